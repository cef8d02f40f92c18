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
