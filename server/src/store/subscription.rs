//! How people are reminded: how often, and at which address. Contact data: never public, in no export (P-36).

use chrono::{DateTime, Utc};
use domain::reminder::Cadence;
use sqlx::PgConnection;

use super::{Result, blob};

/// How somebody is reminded.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// GitHub's number of the person.
    pub person: i64,
    /// How often.
    pub cadence: Cadence,
    /// Their address, if they gave one.
    pub address: Option<String>,
    /// When they confirmed that it is theirs.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Part of the links in mails to the address.
    pub token: String,
    /// When the last mail with what is due was written.
    pub digest_at: Option<DateTime<Utc>>,
}

/// Neither addresses nor tokens belong into a log.
impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { person, cadence, confirmed_at, digest_at, .. } = self;
        let known = (person, cadence, confirmed_at, digest_at);
        f.debug_tuple("Subscription").field(&known).finish_non_exhaustive()
    }
}

impl Subscription {
    /// By what a mail knows that it is about this address, without telling its link.
    pub fn fingerprint(&self) -> String {
        blob::address(self.token.as_bytes())
    }

    /// The address, once it is known to be theirs.
    pub fn confirmed(&self) -> Option<&str> {
        self.address.as_deref().filter(|_| self.confirmed_at.is_some())
    }
}

struct Row {
    person: i64,
    cadence: String,
    address: Option<String>,
    confirmed_at: Option<DateTime<Utc>>,
    token: String,
    digest_at: Option<DateTime<Utc>>,
}

impl From<Row> for Subscription {
    fn from(Row { person, cadence, address, confirmed_at, token, digest_at }: Row) -> Self {
        // The table knows no others; who cannot be read is left alone.
        let cadence = Cadence::of_slug(&cadence).unwrap_or(Cadence::Never);
        Self { person, cadence, address, confirmed_at, token, digest_at }
    }
}

/// What somebody chose, if they ever did.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, person: i64) -> Result<Option<Subscription>> {
    let row = sqlx::query_as!(
        Row,
        "select person, cadence, address, confirmed_at, token, digest_at from subscription where person = $1",
        person,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Subscription::from))
}

/// The same, so that nobody else changes it before this transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn find_to_change(conn: &mut PgConnection, person: i64) -> Result<Option<Subscription>> {
    let row = sqlx::query_as!(
        Row,
        "select person, cadence, address, confirmed_at, token, digest_at from subscription where person = $1 for update",
        person,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Subscription::from))
}

/// Notes that a digest was written.
///
/// # Errors
/// When the database fails.
pub async fn wrote_digest(conn: &mut PgConnection, person: i64, at: DateTime<Utc>) -> Result<()> {
    sqlx::query!("update subscription set digest_at = $2 where person = $1", person, at).execute(conn).await?;
    Ok(())
}

/// Confirms the address of a link, and has mail go to it again where it was stopped. False where the link is no one's.
///
/// # Errors
/// When the database fails.
pub async fn confirm(conn: &mut PgConnection, token: &str, cadence: Cadence, at: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query!(
        "update subscription
         set confirmed_at = coalesce(confirmed_at, $3), cadence = case when cadence = 'never' then $2 else cadence end
         where token = $1",
        token,
        cadence.slug(),
        at,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends mail to the address of a link. One that was never confirmed gets no further question from anybody. False where
/// the link is no one's.
///
/// # Errors
/// When the database fails.
pub async fn stop(conn: &mut PgConnection, token: &str, at: DateTime<Utc>) -> Result<bool> {
    let stopped = sqlx::query!(
        "update subscription set cadence = 'never' where token = $1 returning address, confirmed_at",
        token,
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(stopped) = stopped else { return Ok(false) };
    if let (Some(address), None) = (stopped.address, stopped.confirmed_at) {
        sqlx::query!(
            "insert into stopped_address (sha256, stopped_at) values ($1, $2) on conflict (sha256) do nothing",
            blob::address(address.to_lowercase().as_bytes()),
            at,
        )
        .execute(conn)
        .await?;
    }
    Ok(true)
}

/// Whether whoever has an address said that they want no mail from here.
///
/// # Errors
/// When the database fails.
pub async fn is_stopped(conn: &mut PgConnection, address: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from stopped_address where sha256 = $1) as "stopped!""#,
        blob::address(address.to_lowercase().as_bytes()),
    )
    .fetch_one(conn)
    .await?)
}

/// Counts a question to an address; tells how many there were since `since`, this one included. Whoever asks the same at
/// once waits, so that none is missed.
///
/// # Errors
/// When the database fails.
pub async fn count_question(
    conn: &mut PgConnection,
    address: &str,
    since: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into asked_address (sha256, since, times) values ($1, $3, 1)
         on conflict (sha256) do update
         set times = case when asked_address.since > $2 then asked_address.times + 1 else 1 end,
             since = case when asked_address.since > $2 then asked_address.since else excluded.since end
         returning times",
        blob::address(mailbox(address).as_bytes()),
        since,
        at,
    )
    .fetch_one(conn)
    .await?)
}

/// The mailbox that an address leads to: capitals and what stands after a plus sign make no other one.
fn mailbox(address: &str) -> String {
    let address = address.to_lowercase();
    match address.rsplit_once('@') {
        Some((name, host)) => format!("{}@{host}", name.split_once('+').map_or(name, |(name, _)| name)),
        None => address,
    }
}

/// Whose a link is.
///
/// # Errors
/// When the database fails.
pub async fn by_token(conn: &mut PgConnection, token: &str) -> Result<Option<Subscription>> {
    let row = sqlx::query_as!(
        Row,
        "select person, cadence, address, confirmed_at, token, digest_at from subscription where token = $1",
        token,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Subscription::from))
}

/// All to whom mail can go.
///
/// # Errors
/// When the database fails.
pub async fn reachable(conn: &mut PgConnection) -> Result<Vec<Subscription>> {
    let rows = sqlx::query_as!(
        Row,
        "select person, cadence, address, confirmed_at, token, digest_at from subscription
         where address is not null and confirmed_at is not null and cadence <> 'never' order by person",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Subscription::from).collect())
}

/// Keeps what somebody chose.
///
/// # Errors
/// When the database fails.
pub async fn put(conn: &mut PgConnection, subscription: &Subscription) -> Result<()> {
    let Subscription { person, cadence, address, confirmed_at, token, digest_at } = subscription;
    sqlx::query!(
        "insert into subscription (person, cadence, address, confirmed_at, token, digest_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (person) do update
         set cadence = excluded.cadence, address = excluded.address, confirmed_at = excluded.confirmed_at,
             token = excluded.token, digest_at = excluded.digest_at",
        person,
        cadence.slug(),
        address.as_deref(),
        *confirmed_at,
        token,
        *digest_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}
