//! A mail to one person at the moment in which it is sent: is there still a reason, where does it go, what does it say now.

use chrono::{DateTime, Utc};
use domain::{outgoing::PERSONAL_LINK, reminder::Cadence};

use super::{Context, digest, due_lines, earlier, overdue_lines};
use crate::{
    store::{
        self,
        outbox::{self, Entry, Outgoing, OutgoingMail, Personal, Topic},
        person::{self, Person},
        subscription::{self, Subscription},
    },
    verdicts::Verdicts,
};

/// What is to be done with it.
#[derive(Debug)]
pub enum Ready {
    /// It is sent so.
    Send {
        /// With the receiver's address, and their link in its place.
        mail: OutgoingMail,
        /// Where they stop such mails.
        stop: Option<String>,
    },
    /// It is not sent, for this reason.
    Stop(&'static str),
}

/// Brings a mail up to date. What is kept in the outbox is then what is sent, without address and link.
///
/// # Errors
/// When the database fails.
pub async fn ready(
    context: &Context,
    verdicts: &Verdicts,
    entry: &Entry,
    (mail, personal): (&OutgoingMail, &Personal),
) -> store::Result<Ready> {
    let mut conn = context.pool.acquire().await?;
    let now = context.clock.now();
    let id = personal.person();
    let (Some(person), Some(subscription)) =
        (person::find(&mut conn, id).await?, subscription::find(&mut conn, id).await?)
    else {
        return Ok(Ready::Stop("its receiver gave no address"));
    };
    let mut mail = mail.clone();
    let stop = match personal {
        Personal::Confirmation { .. } if subscription.confirmed_at.is_some() => {
            return Ok(Ready::Stop("the address is confirmed already"));
        }
        Personal::Confirmation { token, .. } if *token != subscription.fingerprint() => {
            return Ok(Ready::Stop("another address was given since"));
        }
        Personal::Confirmation { .. } => None,
        Personal::Digest { .. } if subscription.digest_at.is_some_and(|at| at > entry.created_at) => {
            return Ok(Ready::Stop("a later mail tells the same"));
        }
        Personal::Digest { of, .. } => {
            drop(conn);
            match current(context, verdicts, (&person, &subscription), of, now).await? {
                Err(why) => return Ok(Ready::Stop(why)),
                Ok(text) => (mail.subject, mail.body) = (text.subject, text.body),
            }
            let mut conn = context.pool.acquire().await?;
            outbox::say(&mut conn, entry, &Outgoing::Mail(mail.clone()), now).await?;
            Some(link(context, &subscription))
        }
    };
    let Some(address) = &subscription.address else { return Ok(Ready::Stop("its receiver gave no address")) };
    mail.to.clone_from(address);
    mail.body = mail.body.replace(PERSONAL_LINK, &link(context, &subscription));
    Ok(Ready::Send { mail, stop })
}

/// The text as it is now, or why there is none.
async fn current(
    context: &Context,
    verdicts: &Verdicts,
    (person, subscription): (&Person, &Subscription),
    of: &[Topic],
    now: DateTime<Utc>,
) -> store::Result<Result<domain::outgoing::Mail, &'static str>> {
    if subscription.cadence == Cadence::Never || subscription.confirmed().is_none() {
        return Ok(Err("its receiver wants no reminders any more"));
    }
    let world = verdicts.world().await?;
    let earlier = earlier(&mut *context.pool.acquire().await?, now).await?;
    // What came to its deadline since the mail was written is still open.
    let mut lines = overdue_lines(&world, &earlier, now);
    lines.extend(due_lines(&world, &earlier, now));
    let still = |topic: &Topic| lines.iter().any(|line| line.topic() == *topic && line.for_person(person).is_some());
    if !of.iter().any(still) {
        return Ok(Err("everything that it was about is done"));
    }
    Ok(Ok(digest(context, lines.iter(), person, now)))
}

fn link(context: &Context, subscription: &Subscription) -> String {
    format!("{}/reminders/{}", context.config.address(), subscription.token)
}
