//! Sends what waits in the outbox: at least once, each mail under one Message-ID however often it goes out.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    mail::Mailer,
    store::{self, outbox},
    usecases::Context,
};

/// How often the outbox is looked into.
pub const INTERVAL: Duration = Duration::from_secs(5);

/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// The longest pause after a failure.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// Looks into the outbox for ever.
pub async fn run(context: Context, mailer: Mailer) {
    loop {
        if let Err(error) = send_due(&context, &mailer).await {
            tracing::error!(%error, "sending mail");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Sends everything that is due; tells how many went out.
///
/// # Errors
/// When the database fails. What a mail server refuses is noted beside the mail and tried again later.
pub async fn send_due(context: &Context, mailer: &Mailer) -> store::Result<u32> {
    let mut count = 0;
    loop {
        // The row stays locked while it is sent, so that a second server does not send it too. Should this one die
        // between sending and noting, it goes out again under the same Message-ID.
        let mut tx = context.pool.begin().await?;
        let now = context.clock.now();
        let Some(due) = outbox::next_due(&mut tx, now).await? else { return Ok(count) };
        match mailer.send(&due.mail).await {
            Ok(()) => {
                outbox::sent(&mut tx, &due, context.clock.now()).await?;
                count += 1;
            }
            Err(error) => {
                tracing::warn!(%error, key = due.key, attempts = due.attempts + 1, "a mail was not sent");
                outbox::failed(&mut tx, &due, &error.to_string(), again_at(due.attempts, now)).await?;
            }
        }
        tx.commit().await?;
    }
}

fn again_at(attempts: i32, now: DateTime<Utc>) -> DateTime<Utc> {
    let doublings = u32::try_from(attempts).unwrap_or(0).min(16);
    now + (FIRST_PAUSE * 2_i32.saturating_pow(doublings)).min(LONGEST_PAUSE)
}
