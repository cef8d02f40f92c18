//! Sessions of `tower-sessions` in our own table.
//!
//! Not `tower-sessions-sqlx-store`: it makes every checked query speak `time` instead of `chrono`, keeps ids that whoever
//! reads the table could use, and judges expiry by a clock that tests cannot move. Here an id is kept as its hash, a
//! session that was ended is not written again by a request still under way, and a new one never takes over an id.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::{Kept, PENDING};
use crate::{
    store::{StoreError, blob, session},
    usecases::Context,
};

/// The sessions of a database.
#[derive(Debug, Clone)]
pub struct Sessions {
    context: Context,
}

impl Sessions {
    /// Over a database, by its clock.
    pub const fn new(context: Context) -> Self {
        Self { context }
    }

    async fn connection(&self) -> Result<sqlx::pool::PoolConnection<sqlx::Postgres>> {
        self.context.pool.acquire().await.map_err(|error| backend(error.into()))
    }

    fn expires_at(&self, record: &Record) -> DateTime<Utc> {
        let kept = record.data.get(Kept::KEY).and_then(|value| serde_json::from_value::<Kept>(value.clone()).ok());
        kept.map_or_else(|| self.context.clock.now() + PENDING, |kept| kept.expires_at())
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        record.id = Id::default();
        let (sha256, data, expires_at) = (hash(&record.id), data(record), self.expires_at(record));
        session::create(&mut *self.connection().await?, &sha256, &data, expires_at).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (sha256, data, expires_at) = (hash(&record.id), data(record), self.expires_at(record));
        session::save(&mut *self.connection().await?, &sha256, &data, expires_at).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.context.clock.now();
        let data = session::load(&mut *self.connection().await?, &hash(id), now).await.map_err(backend)?;
        let Some(Value::Object(data)) = data else { return Ok(None) };
        // Expiry was judged above; the record's own says nothing here.
        let expiry_date = tower_sessions::cookie::time::OffsetDateTime::UNIX_EPOCH;
        Ok(Some(Record { id: *id, data: data.into_iter().collect(), expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        session::delete(&mut *self.connection().await?, &hash(id)).await.map_err(backend)
    }
}

fn hash(id: &Id) -> String {
    blob::address(&id.0.to_le_bytes())
}

fn data(record: &Record) -> Value {
    Value::Object(record.data.clone().into_iter().collect::<Map<_, _>>())
}

fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}
