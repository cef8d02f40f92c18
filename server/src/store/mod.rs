//! All SQL, one file a noun. Functions take a connection, so that their caller decides what is one transaction.
//!
//! The log (`event`, `calendar_event`, `blob`) is the truth. [`project`] writes the other tables from it, and is the same
//! code for a new event and for a replay of the whole log.

pub mod alias;
pub mod announcement;
pub mod blob;
pub mod calendar;
pub mod decision;
pub mod document;
pub mod draft;
pub mod event;
pub mod github;
pub mod import_run;
pub mod instance;
pub mod live;
pub mod meeting;
pub mod outbox;
pub mod person;
pub mod project;
pub mod proposal;
pub mod rebuild;
pub mod reminder;
pub mod representation;
pub mod roles;
pub mod roster;
pub mod schedule;
pub mod session;
pub mod setting;
pub mod source;
pub mod subscription;
pub mod token;

use std::time::Duration;

use sqlx::{
    Connection as _,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
};

/// Migrations, built into the binary.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// Something that the log or a table holds cannot be understood by this version of the program.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed or refused.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// A stored value has a shape that this version does not know.
    #[error("{what} cannot be read: {why}")]
    Shape {
        /// Which value.
        what: String,
        /// What is wrong with it.
        why: String,
    },
}

impl StoreError {
    /// A value of our own that cannot be written as JSON.
    pub(crate) fn unwritable(why: serde_json::Error) -> Self {
        Self::shape("a value to be kept", why)
    }

    pub(crate) fn shape(what: impl Into<String>, why: impl std::fmt::Display) -> Self {
        Self::Shape { what: what.into(), why: why.to_string() }
    }
}

/// Result of a store function.
pub type Result<T> = std::result::Result<T, StoreError>;

/// How long a request waits for a connection before it says that the database is busy.
pub const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection in use so recently is taken to be alive; others are asked first, which costs a round trip.
const UNTESTED: Duration = Duration::from_secs(2);

/// A pool of connections that speaks UTC.
///
/// # Errors
/// When the database cannot be reached.
pub async fn connect(options: PgConnectOptions) -> std::result::Result<PgPool, sqlx::Error> {
    PgPoolOptions::new()
        .max_connections(10)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > UNTESTED {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options.application_name("cep-tracker").options([("timezone", "UTC")]))
        .await
}

/// Numbers are `integer` in the database and unsigned in the domain.
pub(crate) fn to_u32(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// See [`to_u32`]. A proposal number beyond two thousand million does not exist.
pub(crate) fn to_i32(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
