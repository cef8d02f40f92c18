//! Says how one wants to be reminded (P-27): how often, and at which address. Mail goes to an address only after a link that
//! was sent there confirmed it; the same link ends it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{outgoing::confirmation_mail, reminder::Cadence};
use sqlx::PgConnection;

use super::{Context, personal_mail};
use crate::{
    mail::checked_address,
    secret::{self, NoRandomness},
    store::{
        StoreError,
        outbox::{self, Cause, Personal},
        person::Person,
        subscription::{self, Subscription},
    },
    verdicts::Verdicts,
};

const A_DAY: TimeDelta = TimeDelta::days(1);

/// Most mails that ask for a confirmation, in a day and for one person: the address may be anybody's.
const MOST_ASKED: i64 = 5;

/// Most mails that ask one address, in a day and whoever gave it: several accounts flood nobody's mailbox.
const MOST_TO_ADDRESS: i32 = 3;

/// Why nothing was kept.
#[derive(Debug, thiserror::Error)]
pub enum SubscribeError {
    /// Not an address.
    #[error("`{0}` is not a mail address, such as ada@example.org")]
    Address(String),
    /// No mail leaves this server.
    #[error("no mail server is configured here, so no mail can be sent; your page and your feed say what is due")]
    NoMail,
    /// Whoever has it wants none.
    #[error("whoever has this address said that they want no mail from here")]
    Stopped,
    /// Too often.
    #[error("{MOST_ASKED} mails that ask for a confirmation were sent for you today; try again tomorrow")]
    Often,
    /// Too often, by whomever.
    #[error("{MOST_TO_ADDRESS} mails that ask for a confirmation went to this address today; try again tomorrow")]
    OftenThere,
    /// No secret can be made.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for SubscribeError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Keeps what somebody chose; no address ends all mail. A new address is asked to confirm itself.
///
/// # Errors
/// When it is no address, no mail can be sent, too many were asked, or the database fails.
pub async fn subscribe(
    context: &Context,
    verdicts: &Verdicts,
    person: &Person,
    address: &str,
    cadence: Cadence,
) -> Result<Subscription, SubscribeError> {
    let address = match address.trim() {
        "" => None,
        text => Some(checked_address(text).map_err(|_| SubscribeError::Address(text.to_owned()))?),
    };
    if address.is_some() && !context.config.mail.is_configured() {
        return Err(SubscribeError::NoMail);
    }
    let calendar = verdicts.world().await?.main_calendar().map(|calendar| calendar.id.clone());
    let now = context.clock.now();
    let mut tx = context.pool.begin().await?;
    let known = subscription::find_to_change(&mut tx, person.id).await?;
    let same = known.as_ref().filter(|known| known.address == address && known.confirmed_at.is_some());
    let kept = if let Some(known) = same {
        Subscription { cadence, ..known.clone() }
    } else {
        let digest_at = known.and_then(|known| known.digest_at);
        let token = secret::random()?;
        Subscription { person: person.id, cadence, address, confirmed_at: None, token, digest_at }
    };
    subscription::put(&mut tx, &kept).await?;
    let asks = kept.confirmed_at.is_none() && kept.cadence != Cadence::Never;
    if let (Some(calendar), Some(address), true) = (calendar, &kept.address, asks) {
        if subscription::is_stopped(&mut tx, address).await? {
            return Err(SubscribeError::Stopped);
        }
        if subscription::count_question(&mut tx, address, now - A_DAY, now).await? > MOST_TO_ADDRESS {
            return Err(SubscribeError::OftenThere);
        }
        ask(&mut tx, context, &calendar, person, &kept, now).await?;
    }
    tx.commit().await?;
    Ok(kept)
}

/// Asks an address whether it is theirs.
async fn ask(
    conn: &mut PgConnection,
    context: &Context,
    calendar: &str,
    person: &Person,
    kept: &Subscription,
    now: DateTime<Utc>,
) -> Result<(), SubscribeError> {
    let prefix = format!("confirmation/{}/", person.id);
    if outbox::written_since(conn, calendar, &prefix, now - A_DAY).await? >= MOST_ASKED {
        return Err(SubscribeError::Often);
    }
    let token = kept.fingerprint();
    let key = format!("{prefix}{}", &token[..16]);
    let text = confirmation_mail(&person.login, context.config.address());
    let cause = Cause { source: calendar, number: 0, event: 0, by: Some((&person.login, Some(person.id))) };
    let personal = Personal::Confirmation { person: person.id, token };
    Ok(personal_mail::write(conn, context, (person, personal), (&key, text), cause, now).await?)
}

/// What the link of a mail does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The address is theirs.
    Confirm,
    /// They want no more mail.
    Stop,
}

/// Does what whoever opened the link of a mail wants; false where the link is no one's.
///
/// # Errors
/// When the database fails.
pub async fn by_link(context: &Context, token: &str, act: Act) -> Result<bool, StoreError> {
    let mut tx = context.pool.begin().await?;
    let now = context.clock.now();
    let known = match act {
        Act::Confirm => subscription::confirm(&mut tx, token, Cadence::default(), now).await?,
        Act::Stop => subscription::stop(&mut tx, token, now).await?,
    };
    tx.commit().await?;
    Ok(known)
}
