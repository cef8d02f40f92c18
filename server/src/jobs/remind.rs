//! Looks from time to time what has become due, and reminds of it (P-27).

use std::time::Duration;

use crate::{
    usecases::{Context, remind::remind},
    verdicts::Verdicts,
};

/// How often it looks: the steps are days, so nobody waits for it.
pub const INTERVAL: Duration = Duration::from_secs(600);

/// Looks for ever.
pub async fn run(context: Context, verdicts: Verdicts) {
    loop {
        if let Err(error) = remind(&context, &verdicts).await {
            tracing::error!(%error, "reminding");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
