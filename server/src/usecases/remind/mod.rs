//! Reminds of what is due (P-27): records what was said to whom at which step, and writes to each person who wants mail
//! one digest of it. Who gives no address finds the same on `/me` and in their feed.
//!
//! The text of a digest is computed anew when it is sent ([`ready`]), so that nobody is told of what was done meanwhile.

mod by_hand;
mod due;
mod ready;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::outgoing::digest_mail;
use sqlx::PgConnection;

pub use by_hand::{RemindError, remind_now};
pub use due::{DueLine, due_lines, lines_of, overdue_lines};
pub use ready::{Ready, ready};

use super::{Context, personal_mail};
use crate::{
    store::{
        self,
        outbox::{Cause, Personal, Topic},
        person::{self, Person},
        reminder::{self, ParticipationKey, Reminder},
        subscription::{self, Subscription},
    },
    verdicts::{Verdicts, World},
};

/// Reminders of which the deadline is longer ago count no more.
const REMEMBERED: TimeDelta = TimeDelta::days(60);

/// What was sent, by participation.
pub type Earlier = BTreeMap<ParticipationKey, Vec<Reminder>>;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reminders recorded.
    pub reminders: u32,
    /// Mails written.
    pub mails: u32,
}

/// What was sent and still counts.
///
/// # Errors
/// When the database fails.
pub async fn earlier(conn: &mut PgConnection, now: DateTime<Utc>) -> store::Result<Earlier> {
    reminder::since(conn, now - REMEMBERED).await
}

/// Reminds of everything whose time has come; of nothing while another server is at it.
///
/// # Errors
/// When the database fails.
pub async fn remind(context: &Context, verdicts: &Verdicts) -> store::Result<Summary> {
    let world = verdicts.world().await?;
    let now = context.clock.now();
    let mut tx = context.pool.begin().await?;
    if !reminder::lock(&mut tx).await? {
        return Ok(Summary::default());
    }
    let mut sent = earlier(&mut tx, now).await?;
    let lines = due_lines(&world, &sent, now);
    let mut summary = Summary::default();
    for line in &lines {
        let (Some(audience), Some(days)) = (line.audience, line.days) else { continue };
        let one = line.reminder(days, audience, None, now);
        reminder::put(&mut tx, &one).await?;
        sent.entry(line.key.clone()).or_default().push(one);
        summary.reminders += 1;
    }
    summary.mails = write_digests(&mut tx, context, &world, (&lines, &sent), now).await?;
    tx.commit().await?;
    Ok(summary)
}

/// Writes a digest for everybody who wants one now and for whom there is anything new.
async fn write_digests(
    conn: &mut PgConnection,
    context: &Context,
    world: &World,
    (lines, sent): (&[DueLine], &Earlier),
    now: DateTime<Utc>,
) -> store::Result<u32> {
    let mut count = 0;
    if context.config.mail.is_configured() {
        for subscription in subscription::reachable(conn).await? {
            let wrote = write_digest(conn, context, world, (lines, sent), subscription, now).await?;
            count += u32::from(wrote);
        }
    }
    Ok(count)
}

/// Writes one person's digest, if there is anything new for them and they want one now.
async fn write_digest(
    conn: &mut PgConnection,
    context: &Context,
    world: &World,
    (lines, sent): (&[DueLine], &Earlier),
    subscription: Subscription,
    now: DateTime<Utc>,
) -> store::Result<bool> {
    let Some(person) = person::find(conn, subscription.person).await? else { return Ok(false) };
    if !subscription.cadence.allows(subscription.digest_at, now) {
        return Ok(false);
    }
    let since = subscription.digest_at.max(subscription.confirmed_at.map(|at| at - TimeDelta::days(14)));
    let of = news(lines, sent, &person, since);
    if of.is_empty() {
        return Ok(false);
    }
    let Some(calendar) = world.main_calendar() else { return Ok(false) };
    let key = format!("reminders/{}/{}", person.id, now.format("%Y-%m-%dT%H:%M:%SZ"));
    let late = overdue_lines(world, sent, now);
    let mail = digest(context, late.iter().chain(lines), &person, now);
    let cause = Cause { source: &calendar.id, number: 0, event: 0, by: None };
    let personal = Personal::Digest { person: person.id, of };
    personal_mail::write(conn, context, (&person, personal), (&key, mail), cause, now).await?;
    subscription::wrote_digest(conn, person.id, now).await?;
    Ok(true)
}

/// What somebody was reminded of since their last mail and is still open.
fn news(lines: &[DueLine], sent: &Earlier, person: &Person, since: Option<DateTime<Utc>>) -> Vec<Topic> {
    let own = lines.iter().filter(|line| line.for_person(person).is_some());
    let is_new = |line: &&DueLine| {
        let reminders = sent.get(&line.key).map(Vec::as_slice).unwrap_or_default().iter();
        let mut same = reminders.filter(|reminder| reminder.of.concern == line.concern);
        same.any(|one| since.is_none_or(|since| one.at > since) && one.logins.iter().any(|login| person.is(login)))
    };
    own.filter(is_new).map(DueLine::topic).collect()
}

/// The text of somebody's digest: everything of theirs that is overdue or due soon.
fn digest<'a>(
    context: &Context,
    lines: impl Iterator<Item = &'a DueLine>,
    person: &Person,
    now: DateTime<Utc>,
) -> domain::outgoing::Mail {
    let own: Vec<_> = lines.filter_map(|line| Some((line.for_person(person)?, line.zone))).collect();
    let zone = own.first().map(|(_, zone)| *zone).unwrap_or_default();
    let own: Vec<_> = own.into_iter().map(|(line, _)| line).collect();
    digest_mail(&person.login, &own, zone, context.config.address(), now)
}
