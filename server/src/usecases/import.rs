//! Imports files: proposal documents and aliases of a source, schedules of a calendar.
//!
//! What did not change adds no event, so that importing the same files again changes nothing. A file that cannot be
//! understood is reported with line and reason, and the import goes on. Left out on purpose: fetching; files come from
//! [`crate::files`].

mod schedules;
mod source;
mod tally;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

pub use schedules::import_schedules;
pub(super) use schedules::release_of;
pub use source::import_source;

use crate::{
    files::File,
    store::{StoreError, import_run::ImportRun, setting},
};

/// Where the aliases of a source are.
pub(super) const ALIASES: &str = "OWNERS_ALIASES";

/// Who records what an import finds.
const READER: &str = "import";

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The record that is kept.
    pub run: ImportRun,
    /// Proposals among the files.
    pub proposals: usize,
    /// Documents beside a proposal's main one.
    pub further: usize,
    /// Files that lie where proposals do but are not: templates, paths without a number.
    pub skipped: usize,
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is no such source.
    #[error("there is no source `{0}`; `cep` and `vep` are there from the start")]
    NoSource(String),
    /// There is no such calendar.
    #[error("there is no calendar `{0}`")]
    NoCalendar(String),
    /// No reader knows its documents.
    #[error("source `{0}` names the template `{1}`, which no reader knows")]
    NoTemplate(String, String),
    /// These files cannot be the repository that was read before.
    #[error(
        "only {found} of the {known} proposals known from `{source_id}` have a document among these files; nothing was \
         changed. Is the directory the root of the repository, and the checkout complete?"
    )]
    MostGone {
        /// The source.
        source_id: String,
        /// Proposals with a document that are known.
        known: usize,
        /// Of those, found again.
        found: usize,
    },
    /// Real data must not mix with the demo.
    #[error("the database holds the demo world; leave it first with `cep-tracker demo leave`")]
    Demo,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for ImportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Is told how far an import is: files done, files in all.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What an import knows about time.
#[derive(Clone, Copy)]
struct Known {
    /// Nothing of this source was ever read, so nobody can tell since when it has been so.
    first: bool,
    now: DateTime<Utc>,
}

impl Known {
    /// Since when a file has been so: as its reader says; unknown when nothing was read before; else since its
    /// repository changed it, or at the latest since now.
    fn since(self, file: &File) -> Option<DateTime<Utc>> {
        file.occurred_at.or_else(|| (!self.first).then(|| file.changed_at.unwrap_or(self.now).min(self.now)))
    }
}

/// Refuses a database that holds the demo world.
pub(super) async fn not_over_the_demo(conn: &mut PgConnection) -> Result<(), ImportError> {
    if setting::is_demo(conn).await? { Err(ImportError::Demo) } else { Ok(()) }
}
