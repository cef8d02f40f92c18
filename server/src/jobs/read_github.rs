//! Reads GitHub every few minutes, when somebody asks for it, and what webhooks leave in doubt.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::{sync::Notify, time::timeout};

use crate::{
    github::Api,
    store::setting,
    usecases::{
        Context, ask_sync,
        sync::{Extent, SyncError, reread, sync},
    },
    verdicts::Verdicts,
};

/// How often somebody may have asked.
pub const INTERVAL: Duration = Duration::from_millis(500);

/// How long GitHub is left alone about what is in doubt once it did not answer; the next run asks too.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// When what is due.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// The next run.
    pub run: DateTime<Utc>,
    /// Asking about what is in doubt; none as long as nothing came.
    pub doubt: Option<DateTime<Utc>>,
}

/// Reads GitHub for ever; `doubt` tells that a webhook was taken in.
pub async fn run(context: Context, api: Option<Api>, verdicts: Verdicts, doubt: Arc<Notify>) {
    let Some(api) = api else { return };
    let mut due = Due { run: context.clock.now(), doubt: None };
    loop {
        match round(&context, &api, &verdicts, &mut due).await {
            // The demo is not GitHub's; nothing is read until it is left.
            Ok(()) | Err(SyncError::Demo) => {}
            Err(error) => tracing::error!(%error, "reading GitHub"),
        }
        if timeout(INTERVAL, doubt.notified()).await.is_ok() {
            // A pause goes on.
            due.doubt.get_or_insert(context.clock.now());
        }
    }
}

/// What is due now: what webhooks left in doubt, a run that somebody asked for or whose time has come.
///
/// # Errors
/// When the database fails, or holds the demo.
pub async fn round(context: &Context, api: &Api, verdicts: &Verdicts, due: &mut Due) -> Result<(), SyncError> {
    let now = context.clock.now();
    if due.doubt.is_some_and(|at| now >= at) {
        let settled = reread(context, api, verdicts).await?;
        due.doubt = (!settled).then_some(now + PAUSE);
    }
    let asked = asked(context).await?;
    if asked.is_none() && now < due.run {
        return Ok(());
    }
    due.run = now + TimeDelta::minutes(i64::from(context.config.github.every));
    let (who, extent) = asked.unwrap_or_else(|| ("schedule".to_owned(), Extent::News));
    sync(context, api, verdicts, (&who, extent), &|_| {}).await.map(|_| ())
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
