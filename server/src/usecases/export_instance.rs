//! The whole instance as one file: gzip over lines of JSON. The first line tells what it is and what is left out; each
//! other is a row of a table; the last counts them, so that a file that was cut short is known.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    mem,
};

use chrono::{DateTime, Utc};
use domain::{Action, Circumstances, Refusal, Role};
use flate2::{Compression, write::GzEncoder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;

use super::{Context, house};
use crate::store::{
    self, StoreError,
    instance::{self, LEFT_OUT, Table},
    person::Person,
};

/// Version of the form of the file.
pub const FORM: u32 = 1;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Version of the form of the file.
    pub cep_tracker_instance: u32,
    /// Version of the program that wrote it.
    pub version: String,
    /// The latest migration of the database that it was read from.
    pub schema: i64,
    /// When it was written.
    pub exported_at: DateTime<Utc>,
    /// What it does not hold, in words for people.
    pub left_out: Vec<String>,
}

/// Any other line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// A row of a table.
    Row {
        /// Its table.
        table: String,
        /// Its columns.
        row: Value,
    },
    /// The last line: how many rows of each table there are.
    End {
        /// By table.
        end: Counts,
    },
}

/// How many rows of each table there are.
pub type Counts = BTreeMap<String, u64>;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportInstanceError {
    /// It could not be written.
    #[error("it cannot be written: {0}")]
    Write(#[from] io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for ExportInstanceError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The latest migration that this program knows.
pub fn schema() -> i64 {
    store::MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Whether somebody may take the instance away. It is for admins: besides what is public it tells who signed in and when.
///
/// # Errors
/// When the database fails.
pub async fn may_export(
    conn: &mut PgConnection,
    context: &Context,
    person: &Person,
) -> Result<Result<Role, Refusal>, StoreError> {
    house::may(conn, context, person, Action::ExportInstance, &Circumstances::default()).await
}

/// Where the file goes, piece by piece.
pub trait Sink: Send {
    /// Takes the next piece.
    fn take(&mut self, piece: Vec<u8>) -> impl Future<Output = io::Result<()>> + Send;
}

impl<W: Write + Send> Sink for W {
    async fn take(&mut self, piece: Vec<u8>) -> io::Result<()> {
        self.write_all(&piece)?;
        self.flush()
    }
}

/// How large a piece gets before it is handed on, in bytes.
const PIECE: usize = 64 * 1024;

/// Writes the instance as it is at this moment; what changes meanwhile is not in it.
///
/// # Errors
/// When the database fails, or nothing can be written.
pub async fn export_instance<S: Sink>(context: &Context, mut out: S) -> Result<Counts, ExportInstanceError> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    let head = Head {
        cep_tracker_instance: FORM,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: schema(),
        exported_at: context.clock.now(),
        left_out: LEFT_OUT.iter().map(|(what, _)| (*what).to_owned()).collect(),
    };
    line(&mut packed, &head)?;
    let mut tx = context.pool.begin().await?;
    instance::as_one_state(&mut tx).await?;
    let mut counts = Counts::new();
    for table in Table::ALL {
        let count = counts.entry(table.name().to_owned()).or_default();
        let mut last: Option<Value> = None;
        loop {
            let rows = instance::rows(&mut tx, table, last.as_ref()).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                line(&mut packed, &Line::Row { table: table.name().to_owned(), row: row.clone() })?;
                *count += 1;
                last = Some(row);
                if packed.get_ref().len() >= PIECE {
                    out.take(mem::take(packed.get_mut())).await?;
                }
            }
        }
    }
    tx.commit().await?;
    line(&mut packed, &Line::End { end: counts.clone() })?;
    out.take(packed.finish()?).await?;
    Ok(counts)
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
