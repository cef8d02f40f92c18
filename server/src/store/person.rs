//! People who have signed in, and whom their logins mean.
//!
//! People are known by GitHub's numeric id. Documents and aliases name logins, which GitHub lets people change and gives
//! away again. So the first login of a person means that person for ever; one that comes later, by renaming, means nobody
//! until an administrator confirms it; and one that is bound to somebody is never taken over.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::Result;

/// Somebody who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// GitHub's numeric id; negative for the people of the demo.
    pub id: i64,
    /// The present login, as GitHub writes it.
    pub login: String,
    /// The name, as GitHub tells it.
    pub name: Option<String>,
    /// Every login that means this person, in lower case; the present one only if it is confirmed.
    pub logins: Vec<String>,
}

impl Person {
    /// Whether `login`, as a document or an alias file names it, means this person.
    pub fn is(&self, login: &str) -> bool {
        self.logins.iter().any(|own| own.eq_ignore_ascii_case(login))
    }

    /// The login under which the log names them: their present one, once they have shown that it is theirs.
    pub fn acting(&self) -> String {
        if self.is(&self.login) { self.login.clone() } else { self.logins.first().unwrap_or(&self.login).clone() }
    }
}

/// The person of a numeric id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, id: i64) -> Result<Option<Person>> {
    Ok(sqlx::query_as!(
        Person,
        r#"select id, login, name,
               array(select l.login from login l where l.person = p.id and l.confirmed order by l.login) as "logins!"
           from person p where id = $1"#,
        id,
    )
    .fetch_optional(conn)
    .await?)
}

/// Whom a confirmed login means.
///
/// # Errors
/// When the database fails.
pub async fn by_login(conn: &mut PgConnection, login: &str) -> Result<Option<Person>> {
    let id = sqlx::query_scalar!("select person from login where login = lower($1) and confirmed", login)
        .fetch_optional(&mut *conn)
        .await?;
    match id {
        Some(id) => find(conn, id).await,
        None => Ok(None),
    }
}

/// Records that GitHub has told who somebody is. To be called in a transaction.
///
/// # Errors
/// When the database fails.
pub async fn seen(
    conn: &mut PgConnection,
    id: i64,
    login: &str,
    name: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Person> {
    let is_new = sqlx::query_scalar!(
        r#"insert into person (id, login, name, first_seen_at, seen_at) values ($1, $2, $3, $4, $4)
           on conflict (id) do update set login = excluded.login, name = excluded.name, seen_at = excluded.seen_at
           returning xmax = 0 as "is_new!""#,
        id,
        login,
        name,
        now,
    )
    .fetch_one(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into login (login, person, confirmed, seen_at) values (lower($1), $2, $3, $4)
         on conflict (login) do update set seen_at = excluded.seen_at where login.person = excluded.person",
        login,
        id,
        is_new,
        now,
    )
    .execute(&mut *conn)
    .await?;
    let logins = sqlx::query_scalar!("select login from login where person = $1 and confirmed order by login", id)
        .fetch_all(conn)
        .await?;
    Ok(Person { id, login: login.to_owned(), name: name.map(str::to_owned), logins })
}

/// A login that its person came with later and that means nobody yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unconfirmed {
    /// The login.
    pub login: String,
    /// Who came with it.
    pub person: i64,
    /// When they last did.
    pub seen_at: DateTime<Utc>,
}

/// The logins that wait for an administrator, latest first.
///
/// # Errors
/// When the database fails.
pub async fn unconfirmed(conn: &mut PgConnection) -> Result<Vec<Unconfirmed>> {
    Ok(sqlx::query_as!(
        Unconfirmed,
        "select login, person, seen_at from login where not confirmed order by seen_at desc, login",
    )
    .fetch_all(conn)
    .await?)
}

/// From now on `login` means the person who came with it. `by` is the administrator. False when nobody came with it.
///
/// # Errors
/// When the database fails.
pub async fn confirm(conn: &mut PgConnection, login: &str, by: &str) -> Result<bool> {
    let done = sqlx::query!(
        "update login set confirmed = true, confirmed_by = coalesce(confirmed_by, $2) where login = lower($1)",
        login,
        by,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The person of a session that began in `epoch`, unless they have signed out everywhere since.
///
/// # Errors
/// When the database fails.
pub async fn in_session(conn: &mut PgConnection, id: i64, epoch: i64) -> Result<Option<Person>> {
    Ok(sqlx::query_as!(
        Person,
        r#"select id, login, name,
               array(select l.login from login l where l.person = p.id and l.confirmed order by l.login) as "logins!"
           from person p where id = $1 and session_epoch <= $2"#,
        id,
        epoch,
    )
    .fetch_optional(conn)
    .await?)
}

/// The epoch in which a session of a person would begin.
///
/// # Errors
/// When the database fails.
pub async fn session_epoch(conn: &mut PgConnection, id: i64) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar!("select session_epoch from person where id = $1", id).fetch_optional(conn).await?)
}

/// Signs a person out everywhere.
///
/// # Errors
/// When the database fails.
pub async fn end_sessions(conn: &mut PgConnection, id: i64) -> Result<()> {
    sqlx::query!("update person set session_epoch = session_epoch + 1 where id = $1", id).execute(conn).await?;
    Ok(())
}
