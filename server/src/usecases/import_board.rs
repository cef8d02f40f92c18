//! Imports a release board, once: what people decided there becomes decisions here, on behalf of the board and with a
//! link to it (FORMATS 4, P-13).
//!
//! A board tells what holds, not since when and not why. So an acceptance counts as always so where the log knows nothing
//! else about the release; endings count from the day of the board, since a decision on a proposal must not reach back
//! into releases that are out (P-6). What the board leaves out about an exception is called "not recorded" in words, and
//! time without an end runs until GA, as for lists of exceptions ([`super::import_exceptions`]).
//!
//! The log comes first: what it knows already is left alone, and where it says otherwise that is listed, never
//! overwritten. Importing again therefore adds nothing, and a board that changed since is a source of mismatches: every
//! row is also recorded as a fact when it differs from the last look at the board. All of it is one transaction under the
//! log's lock. Left out on purpose: making proposals of rows that name an unknown issue, promotion phase and target stage,
//! which documents state (P-9), and watching a board.

mod desk;
mod exception;
mod fetch;
mod find;
mod reviewer;
mod status;
mod summary;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{Diagnostic, Severity, Source, diagnostic::codes};
use sqlx::PgConnection;

use super::{
    Context,
    decide::dates_of,
    import::{ImportError, not_over_the_demo},
    key::Key,
};
use crate::{
    documents::{BoardReading, BoardRow},
    store::{StoreError, event, project},
    verdicts::{ProposalRecord, Verdicts, World},
};
use desk::Desk;
pub use fetch::{FetchError, fetch_board};
pub use summary::{Mode, Order, Summary, Taken};

/// Who records what a board says.
pub const READER: &str = "import";

/// On whose behalf: no login, so that it is nobody's.
pub const BOARD: &str = "release board";

/// Why a board was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportBoardError {
    /// As for every import.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A board that nobody has seen yet.
    #[error("the board cannot be of {}, which is still to come", .0.format("%F %R UTC"))]
    InFuture(DateTime<Utc>),
    /// Nothing could be read.
    #[error("{}", .0.message)]
    Unreadable(Diagnostic),
}

impl From<StoreError> for ImportBoardError {
    fn from(error: StoreError) -> Self {
        Self::Import(error.into())
    }
}

impl From<sqlx::Error> for ImportBoardError {
    fn from(error: sqlx::Error) -> Self {
        Self::Import(error.into())
    }
}

/// Imports what a board says about the proposals of a source in a release.
///
/// # Errors
/// When nothing on the board can be read, there is no such source, the board is of a day to come, the database holds the
/// demo world, or it fails. Nothing has changed then.
pub async fn import_board(
    context: &Context,
    order: &Order,
    reading: &BoardReading,
) -> Result<Summary, ImportBoardError> {
    let refused = reading.diagnostics.iter().find(|found| found.severity == Severity::Error);
    if let (true, Some(refused)) = (reading.rows.is_empty(), refused) {
        return Err(ImportBoardError::Unreadable(refused.clone()));
    }
    let now = context.clock.now();
    if let Some(at) = order.at.filter(|at| *at > now) {
        return Err(ImportBoardError::InFuture(at));
    }
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    not_over_the_demo(&mut tx).await?;
    let world = Verdicts::new(context.pool.clone()).world_under_lock(&mut tx).await?;
    let Some(source) = world.sources.get(&order.source) else {
        return Err(ImportError::NoSource(order.source.clone()).into());
    };
    let link = order.link.clone().unwrap_or_else(|| boards_of(source));
    let summary = Summary { rows: reading.rows.len(), remarks: reading.diagnostics.clone(), ..Summary::default() };
    let mut import = Import { world: &world, source, order, link, now, seen: BTreeSet::new(), summary };
    for row in &reading.rows {
        import.take(&mut tx, row).await?;
    }
    let mut summary = import.summary;
    summary.remarks.sort_by_key(|remark| remark.line);
    match order.mode {
        Mode::Record => tx.commit().await?,
        Mode::Try => tx.rollback().await?,
    }
    Ok(summary)
}

/// Where the organisation that owns a source has its boards.
fn boards_of(source: &Source) -> String {
    let owner = source.repository.split('/').next().unwrap_or_default();
    format!("https://github.com/orgs/{owner}/projects")
}

struct Import<'a> {
    world: &'a World,
    source: &'a Source,
    order: &'a Order,
    link: String,
    now: DateTime<Utc>,
    /// Numbers of the proposals that a row was about.
    seen: BTreeSet<u32>,
    summary: Summary,
}

impl Import<'_> {
    async fn take(&mut self, conn: &mut PgConnection, row: &BoardRow) -> Result<(), ImportBoardError> {
        // What names nothing was reported by the reader.
        let Some(item) = &row.item else {
            self.summary.unmatched += 1;
            return Ok(());
        };
        let record = match find::proposal(self.world, self.source, item, row.line, &mut self.summary.remarks) {
            Ok(record) => record,
            Err(remark) => {
                self.summary.unmatched += 1;
                self.summary.remarks.push(remark);
                return Ok(());
            }
        };
        let key = Key { source: self.source.id.clone(), number: record.history.number };
        if !self.seen.insert(key.number) {
            let message = format!("An earlier row is about {key} too; this one was left out.");
            let mend = "Take one of the two off the board.";
            self.summary.remarks.push(Diagnostic::warning(row.line, codes::ROW_TWICE, message, mend));
            return Ok(());
        }
        self.judge(conn, row, record, &key).await
    }

    /// What the row says of the proposal, held against what is known.
    async fn judge(
        &mut self,
        conn: &mut PgConnection,
        row: &BoardRow,
        record: &ProposalRecord,
        key: &Key,
    ) -> Result<(), ImportBoardError> {
        let dates = match dates_of(self.world, record, self.order.release, self.now) {
            Ok(dates) => dates,
            Err(rule) => {
                let message = format!("Nothing was taken for {key}: {rule}.");
                let mend = "Import the schedules first, or name another release.";
                self.summary.remarks.push(Diagnostic::warning(row.line, codes::NOT_TAKEN, message, mend));
                return Ok(());
            }
        };
        let known = record.history.at(self.now);
        let participation = known.participation(self.order.release, &dates);
        let at = self.order.at.unwrap_or(self.now);
        let mut desk =
            Desk::new(self.world, self.order, row, (key, record), (&known, &participation), (dates, at, self.now));
        desk.observe();
        desk.decide();
        let desk::Outcome { steps, known, remarks } = desk.outcome();
        self.summary.known += known;
        self.summary.remarks.extend(remarks);
        for step in steps {
            let new = step.event(key, &self.link);
            if new.event.is_decision() {
                self.summary.taken.push(Taken { line: row.line, key: key.clone(), what: new.event.tell() });
            } else {
                self.summary.observed += 1;
            }
            self.summary.events += 1;
            project::append(conn, &new, self.now).await?;
        }
        Ok(())
    }
}
