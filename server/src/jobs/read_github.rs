//! Reads GitHub every few minutes, when somebody asks for it, and what webhooks leave in doubt.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::{
    github::Api,
    store::setting,
    usecases::{
        Context, ask_sync,
        process_webhooks::process_webhooks,
        sync::{Extent, SyncError, reread, sync},
    },
    verdicts::Verdicts,
};

/// How often somebody may have asked, or a webhook come.
pub const INTERVAL: Duration = Duration::from_millis(500);

/// Reads GitHub for ever.
pub async fn run(context: Context, api: Option<Api>, verdicts: Verdicts) {
    let mut next = context.clock.now();
    loop {
        if let Err(error) = round(&context, api.as_ref(), &verdicts, &mut next).await {
            tracing::error!(%error, "reading GitHub");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// What is due now: webhooks that came, what they left in doubt, a run that somebody asked for or whose time has come.
///
/// # Errors
/// When the database fails.
pub async fn round(
    context: &Context,
    api: Option<&Api>,
    verdicts: &Verdicts,
    next: &mut DateTime<Utc>,
) -> Result<(), SyncError> {
    let done = process_webhooks(context, verdicts).await?;
    let Some(api) = api else { return Ok(()) };
    if done > 0 {
        reread(context, api, verdicts).await?;
    }
    let asked = asked(context).await?;
    let now = context.clock.now();
    if asked.is_none() && now < *next {
        return Ok(());
    }
    *next = now + chrono::TimeDelta::minutes(i64::from(context.config.github.every));
    let (who, extent) = asked.unwrap_or_else(|| ("schedule".to_owned(), Extent::News));
    match sync(context, api, verdicts, (&who, extent), &|_| {}).await {
        // The demo is not GitHub's; nothing is read until it is left.
        Ok(_) | Err(SyncError::Demo) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Who asked for a run, once.
async fn asked(context: &Context) -> Result<Option<(String, Extent)>, SyncError> {
    let mut tx = context.pool.begin().await?;
    let Some(asked) = ask_sync::asked(&mut tx).await? else { return Ok(None) };
    setting::set(&mut tx, setting::SYNC_ASKED, &serde_json::Value::Null).await?;
    tx.commit().await?;
    let extent = if asked.everything { Extent::Everything } else { Extent::News };
    Ok(Some((asked.by, extent)))
}
