//! Takes in the file of a whole instance, into an empty database only: all of it in one transaction, or nothing.
//!
//! Rows of the log keep their positions, so that permalinks stay. The tables that follow from the log are written from it
//! line by line, as when it was recorded.

use std::io::{BufRead, BufReader, Read};

use flate2::read::GzDecoder;
use serde_json::Value;
use sqlx::PgConnection;

use super::{
    Context,
    export_instance::{Counts, FORM, Head, Line, schema},
};
use crate::store::{
    StoreError, event,
    instance::{self, Table},
    project, setting,
};

/// Tables that files of earlier versions have and nothing reads any more.
const FORMER: [&str; 1] = ["time_zone"];

/// Why nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportInstanceError {
    /// There is something already.
    #[error("the database is not empty; an instance goes into an empty one only, e.g. one of another --data directory")]
    NotEmpty,
    /// A line of the file.
    #[error("line {line}: {reason}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for ImportInstanceError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The first line of the file.
    pub head: Head,
    /// Rows of each table.
    pub counts: Counts,
}

/// Takes the file in.
///
/// # Errors
/// With the line, when the file is of another kind, newer than this program, damaged or cut short, or holds what the
/// database refuses; nothing has changed then.
pub async fn import_instance<R: Read + Send>(context: &Context, file: R) -> Result<Imported, ImportInstanceError> {
    let mut lines = BufReader::new(GzDecoder::new(file)).lines();
    let head = head(lines.next())?;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    if !instance::is_empty(&mut tx).await? {
        return Err(ImportInstanceError::NotEmpty);
    }
    instance::make_room(&mut tx).await?;
    let mut counts = Counts::new();
    let mut ended = None;
    let mut place = 1;
    for line in lines {
        place += 1;
        let wrong = |reason: String| ImportInstanceError::Line { line: place, reason };
        let text = line.map_err(|error| wrong(damaged(&error)))?;
        let read: Line = serde_json::from_str(&text).map_err(|error| wrong(format!("it is no row: {error}")))?;
        match read {
            Line::End { end } => ended = Some(end),
            Line::Row { .. } if ended.is_some() => return Err(wrong("it comes after the end".to_owned())),
            Line::Row { table, row } => {
                take(&mut tx, &table, &row).await.map_err(wrong)?;
                *counts.entry(table).or_default() += 1;
            }
        }
    }
    let wrong = |reason: &str| ImportInstanceError::Line { line: place, reason: reason.to_owned() };
    let mut ended = ended.ok_or_else(|| wrong("the file ends here without its last line: it was cut short"))?;
    // An older version knows fewer tables, and counts none of what they would hold.
    ended.retain(|_, count| *count > 0);
    if counts != ended {
        return Err(wrong("the file holds other rows than its last line counts"));
    }
    instance::go_on_after_the_last(&mut tx).await?;
    setting::next_generation(&mut tx).await?;
    tx.commit().await?;
    Ok(Imported { head, counts })
}

fn head(line: Option<std::io::Result<String>>) -> Result<Head, ImportInstanceError> {
    let wrong = |reason: String| ImportInstanceError::Line { line: 1, reason };
    let text = line.ok_or_else(|| wrong("the file is empty".to_owned()))?.map_err(|error| wrong(damaged(&error)))?;
    let head: Head = serde_json::from_str(&text)
        .map_err(|error| wrong(format!("this is no file that `cep-tracker export instance` wrote: {error}")))?;
    if head.cep_tracker_instance != FORM || head.schema > schema() {
        return Err(wrong(format!("it was written by version {}, which is newer; update first", head.version)));
    }
    Ok(head)
}

fn damaged(error: &std::io::Error) -> String {
    format!("the file is damaged or was cut short: {error}")
}

/// Writes a row and what follows from it. The error is the reason, in words.
async fn take(conn: &mut PgConnection, table: &str, row: &Value) -> Result<(), String> {
    let told = |error: StoreError| error.to_string();
    if FORMER.contains(&table) {
        return Ok(());
    }
    let table = Table::of_name(table).ok_or_else(|| format!("there is no table “{table}” in an instance"))?;
    if table == Table::Blob && !instance::blob_is_whole(row) {
        return Err(format!("the content of {} is not what its address says", row["sha256"]));
    }
    instance::write(conn, table, row).await.map_err(told)?;
    match table {
        Table::Event => {
            let (source, number, recorded) = instance::event_of(row).map_err(told)?;
            project::apply(conn, &source, number, &recorded).await.map_err(told)
        }
        Table::CalendarEvent => {
            let recorded = instance::calendar_event_of(row).map_err(told)?;
            project::apply_to_calendar(conn, &recorded).await.map_err(told)
        }
        _ => Ok(()),
    }
}
