//! Looks from time to time which pull requests should carry a label or lose it: time alone changes that (P-28).

use std::time::Duration;

use crate::{
    usecases::{Context, set_labels::set_labels},
    verdicts::Verdicts,
};

/// How often it looks.
pub const INTERVAL: Duration = Duration::from_secs(60);

/// Looks for ever.
pub async fn run(context: Context, verdicts: Verdicts) {
    loop {
        if let Err(error) = set_labels(&context, &verdicts).await {
            tracing::error!(%error, "queueing labels");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
