//! Why the private PostgreSQL could not start, in sentences for the person who started the server.
//!
//! Every sentence says what to do. Left out on purpose: error codes; nothing in the program tells these apart but tests.

use std::io;
use std::path::{Path, PathBuf};

const OWN_DATABASE: &str = "or set DATABASE_URL to a database of your own";

/// What kept PostgreSQL from starting. Its text is shown to people as it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// No `postgres` and `initdb` of a usable version anywhere.
    #[error(
        "PostgreSQL {oldest} or newer was not found on this machine (its programs initdb and postgres). Install it \
         (on Debian and Ubuntu: sudo apt-get install -y postgresql), {OWN_DATABASE}.",
        oldest = super::binaries::OLDEST
    )]
    NotInstalled,
    /// The cluster was made by a major version that is not installed any more.
    #[error(
        "The data in {} was made by PostgreSQL {made_by}, which is not installed. Install that version \
         (on Debian and Ubuntu: sudo apt-get install -y postgresql-{made_by}), or move it over with pg_upgrade.",
        cluster.display()
    )]
    OtherVersion {
        /// Where the data is.
        cluster: PathBuf,
        /// The major version in it.
        made_by: String,
    },
    /// We are root, and there is no user to run PostgreSQL as.
    #[error(
        "PostgreSQL refuses to run as root, and this machine has no user named postgres to run it as. Install the \
         package postgresql, which makes that user, start CEP Tracker as an ordinary user, {OWN_DATABASE}."
    )]
    NoAccount,
    /// A folder above the data directory is closed to the user `postgres`.
    #[error(
        "The user postgres, as whom PostgreSQL runs, may not enter {}. Choose a data directory outside it, for example \
         /var/lib/cep-tracker, or open it with: chmod o+x {}", dir.display(), dir.display()
    )]
    ClosedFolder {
        /// The first folder that is closed.
        dir: PathBuf,
    },
    /// Another server holds the lock.
    #[error(
        "The data directory {} is in use by another CEP Tracker{}. Stop that one first, or choose another data \
         directory for this one.", data_dir.display(), pid.map_or(String::new(), |pid| format!(", process {pid}"))
    )]
    InUse {
        /// The data directory both want.
        data_dir: PathBuf,
        /// The process that has it, where it could be read.
        pid: Option<i32>,
    },
    /// The folder for the socket exists and is somebody else's.
    #[error("The folder {} is not a private folder of ours. Remove it, then start again.", dir.display())]
    ForeignSocketFolder {
        /// The folder.
        dir: PathBuf,
    },
    /// A PostgreSQL left by an earlier server does not end.
    #[error(
        "A PostgreSQL left behind on {} (process {pid}) does not stop. Look at what it is doing and stop it, then start \
         again.", cluster.display()
    )]
    Orphan {
        /// The cluster it works on.
        cluster: PathBuf,
        /// Its process id.
        pid: i32,
    },
    /// A file or folder could not be used.
    #[error("Could not {action} {}: {source}. Check its owner, its permissions and the free space.", path.display())]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// A program of PostgreSQL could not even be run.
    #[error("Could not run {}: {source}. Check the installation of PostgreSQL.", program.display())]
    Run {
        /// The program.
        program: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The cluster could not be made.
    #[error("PostgreSQL could not prepare its data in {}. It said:\n{output}", cluster.display())]
    Prepare {
        /// Where it was to be.
        cluster: PathBuf,
        /// What the program printed.
        output: String,
    },
    /// PostgreSQL ended while starting.
    #[error("PostgreSQL ended while starting. The end of {} says:\n{tail}", log.display())]
    Ended {
        /// Its log.
        log: PathBuf,
        /// The log's last lines.
        tail: String,
    },
    /// PostgreSQL runs but accepts no connections.
    #[error(
        "PostgreSQL was not ready after {seconds} seconds. If {} shows it still recovering, start again later.",
        log.display()
    )]
    Slow {
        /// How long was waited.
        seconds: u64,
        /// Its log.
        log: PathBuf,
    },
}

impl StartError {
    /// For `map_err` on file operations: what was tried, and on what.
    pub(super) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { action, path, source }
    }
}
