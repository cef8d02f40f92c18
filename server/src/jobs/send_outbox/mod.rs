//! Sends what is due in the outbox: comments and labels exactly once, mail at least once and never a second time without
//! a person saying so.
//!
//! A row is noted as being sent, and that is committed, before anything leaves the machine. Whoever finds it so later
//! knows that its sender died on the way: a comment is then looked for on GitHub by its marker, a label is read, of a
//! mail a person is asked. A sender that did not come back is given up only after [`LEASE`], which is longer than any
//! sending can take and than GitHub works on a request, so that what it left under way is there to be found.

mod comment;
mod github;
mod label;
mod mail;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    github::Api,
    mail::Mailer,
    store::{
        self,
        outbox::{self, Entry, Outgoing, Roads},
    },
    usecases::{Context, keep_outbox},
    verdicts::Verdicts,
};

/// How often the outbox is looked into.
pub const INTERVAL: Duration = Duration::from_secs(5);

/// The first pause after a failure; each further one is twice as long. Long enough that GitHub has made up its mind about
/// a request that it did not answer.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// The longest pause after a failure.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// One sending takes at most so long, waiting for GitHub's limits included.
const LONGEST: Duration = Duration::from_secs(480);

/// After so long a sender that did not come back is given up.
pub const LEASE: TimeDelta = TimeDelta::seconds(600);

/// The ways out that are configured.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// To the mail server.
    pub mailer: Option<Mailer>,
    /// To GitHub.
    pub api: Option<Api>,
}

/// What came of a sending.
#[derive(Debug)]
enum Outcome {
    /// It went out; GitHub's id of a comment.
    Sent(Option<i64>),
    /// It certainly did not go out, and may later; not before the instant that GitHub named.
    Later(String, Option<DateTime<Utc>>),
    /// Nobody knows.
    Unclear(String),
    /// It is refused for good.
    Final(String),
    /// There is no reason for it any more.
    Stopped(String),
}

/// Looks into the outbox for ever.
pub async fn run(context: Context, verdicts: Verdicts, ways: Ways) {
    loop {
        if let Err(error) = send_due(&context, &verdicts, &ways).await {
            tracing::error!(%error, "sending what is in the outbox");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Sends everything that is due; tells how many rows went out.
///
/// # Errors
/// When the database fails. What is refused is noted with its row.
pub async fn send_due(context: &Context, verdicts: &Verdicts, ways: &Ways) -> store::Result<u32> {
    let mut conn = context.pool.acquire().await?;
    let why = "the server ended while it sent this mail";
    outbox::abandoned(&mut conn, why, context.clock.now()).await?;
    drop(conn);
    let mut count = 0;
    loop {
        let mut conn = context.pool.acquire().await?;
        let github = ways.api.is_some() && keep_outbox::is_live(&mut conn, &context.config).await?;
        let roads = Roads { mail: ways.mailer.is_some(), github };
        let now = context.clock.now();
        let Some(entry) = outbox::claim(&mut conn, roads, now, now + LEASE).await? else { return Ok(count) };
        // No connection is held while the other side takes its time.
        drop(conn);
        let sending = tokio::time::timeout(LONGEST, send(context, verdicts, ways, &entry)).await;
        let outcome = sending.unwrap_or_else(|_| Outcome::Unclear(format!("no end after {} s", LONGEST.as_secs())));
        count += u32::from(matches!(outcome, Outcome::Sent(_)));
        note(context, &entry, outcome).await?;
    }
}

async fn send(context: &Context, verdicts: &Verdicts, ways: &Ways, entry: &Entry) -> Outcome {
    match (&entry.what, ways) {
        (Ok(Outgoing::Mail(mail)), Ways { mailer: Some(mailer), .. }) => {
            mail::send(context, verdicts, mailer, (entry, mail)).await
        }
        (Ok(Outgoing::Comment(comment)), Ways { api: Some(api), .. }) => comment::send(api, entry, comment).await,
        (Ok(Outgoing::Label(label)), Ways { api: Some(api), .. }) => label::send(api, label).await,
        (Err(why), _) => Outcome::Final(format!("what is to be sent cannot be read: {why}")),
        _ => Outcome::Later("there is no way to send it".to_owned(), None),
    }
}

async fn note(context: &Context, entry: &Entry, outcome: Outcome) -> store::Result<()> {
    let mut conn = context.pool.acquire().await?;
    let now = context.clock.now();
    let again_at = again_at(entry.attempts, now);
    let Entry { source, key, attempts, .. } = entry;
    match &outcome {
        Outcome::Sent(_) => tracing::info!(source, key, attempts, "sent"),
        Outcome::Stopped(why) => tracing::info!(source, key, why, "not sent: there is no reason any more"),
        Outcome::Later(why, _) | Outcome::Unclear(why) | Outcome::Final(why) => {
            tracing::warn!(source, key, attempts, why, "not sent, or nobody knows");
        }
    }
    match outcome {
        Outcome::Sent(id) => outbox::sent(&mut conn, entry, id, now).await,
        Outcome::Later(why, not_before) => {
            outbox::later(&mut conn, entry, &why, not_before.unwrap_or(again_at), now).await
        }
        Outcome::Unclear(why) => outbox::uncertain(&mut conn, entry, &why, again_at, now).await,
        Outcome::Final(why) => outbox::failed(&mut conn, entry, &why, now).await,
        Outcome::Stopped(why) => outbox::stopped(&mut conn, entry, &why, now).await,
    }
}

/// `attempts` counts the one that failed.
fn again_at(attempts: i32, now: DateTime<Utc>) -> DateTime<Utc> {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    now + (FIRST_PAUSE * 2_i32.saturating_pow(doublings)).min(LONGEST_PAUSE)
}
