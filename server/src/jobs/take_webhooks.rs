//! Makes facts of webhooks as soon as they come, however long GitHub is being read at the time.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Notify, time::timeout};

use crate::{
    usecases::{Context, process_webhooks::process_webhooks},
    verdicts::Verdicts,
};

/// How often it looks untold: for what came to another server, or before a restart, or is to be processed again.
pub const INTERVAL: Duration = Duration::from_millis(500);

/// Takes in what comes for ever; is told by `came`, and tells `doubt` when GitHub may have to be asked about it.
pub async fn run(context: Context, verdicts: Verdicts, came: Arc<Notify>, doubt: Arc<Notify>) {
    loop {
        match process_webhooks(&context, &verdicts).await {
            Ok(0) => {}
            Ok(_) => doubt.notify_one(),
            Err(error) => tracing::error!(%error, "processing webhooks"),
        }
        // Told or not, it looks.
        timeout(INTERVAL, came.notified()).await.ok();
    }
}
