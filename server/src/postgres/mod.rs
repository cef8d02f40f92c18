//! A private PostgreSQL for people who have none: found on the machine, kept in the data directory, gone with the server.
//!
//! [`PrivatePostgres::start`] takes the lock on the data directory, makes the cluster when there is none, clears away
//! what a killed server left behind, starts PostgreSQL behind a Unix socket that only its owner may enter, and returns
//! when it accepts connections. A small shell between us and PostgreSQL shuts it down as soon as this process is gone,
//! whatever ended it, so nothing has to be caught or cleaned up.
//!
//! ```text
//! <data>/lock           held by the one server that may use this directory; names its process
//! <data>/postgres/      the cluster; appears complete or not at all
//! <data>/postgres.log   what PostgreSQL prints
//! <data>/run/           the socket (in /tmp when this path is too long for one)
//! ```
//!
//! Left out on purpose: TCP and passwords (nobody else can reach the socket), downloads of PostgreSQL, upgrades between
//! its major versions (a cluster is opened with the version that made it), and restarting it under a running server:
//! whoever holds a [`PrivatePostgres`] learns of its death by [`PrivatePostgres::died`] and ends.

mod account;
mod binaries;
mod cluster;
mod error;
mod leftovers;
mod lock;
mod paths;
mod process;
mod settings;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use account::Account;
use binaries::Binaries;
use lock::DataLock;
use paths::Paths;
use process::Process;

pub use error::StartError;
pub use settings::{Durability, Settings};

/// The role that owns everything, and the database made for it.
pub const DATABASE: &str = "cep_tracker";

/// A running PostgreSQL of our own. Dropping it begins an orderly shutdown without waiting for its end.
#[derive(Debug)]
pub struct PrivatePostgres {
    // Fields drop in this order: PostgreSQL is told to stop before the directory is free for the next server.
    process: Process,
    socket_dir: PathBuf,
    _lock: DataLock,
}

impl PrivatePostgres {
    /// Starts PostgreSQL on `data_dir` (made if missing) with the settings for real data.
    ///
    /// # Errors
    ///
    /// A sentence for the person who started the server: what is missing or in the way, and what to do.
    pub async fn start(data_dir: &Path) -> Result<Self, StartError> {
        Self::start_with(data_dir, &Settings::default()).await
    }

    /// [`Self::start`] with other settings.
    ///
    /// # Errors
    ///
    /// As [`Self::start`].
    pub async fn start_with(data_dir: &Path, settings: &Settings) -> Result<Self, StartError> {
        let account = Account::find()?;
        let paths = Paths::prepare(data_dir, &account)?;
        let lock = DataLock::take(&paths.lock)?;
        let binaries = Binaries::find(cluster::version(&paths.cluster)?.as_deref(), &paths.cluster).await?;
        leftovers::clear(&paths).await?;
        cluster::make_if_missing(&paths, &binaries, &account, settings).await?;
        let process = Process::start(&paths, &binaries, &account, settings).await?;
        Ok(Self { process, socket_dir: paths.socket_dir, _lock: lock })
    }

    /// The address of a private PostgreSQL that another process has started on `data_dir`; `None` when there is none to
    /// be found.
    pub fn url_of_running(data_dir: &Path) -> Option<String> {
        let account = Account::find().ok()?;
        let paths = Paths::prepare(data_dir, &account).ok()?;
        paths.socket().exists().then(|| url(&paths.socket_dir, DATABASE))
    }

    /// The address of the database [`DATABASE`], for `sqlx` and `psql`.
    pub fn url(&self) -> String {
        self.url_for(DATABASE)
    }

    /// The address of another database of the same PostgreSQL; `postgres` always exists.
    pub fn url_for(&self, database: &str) -> String {
        url(&self.socket_dir, database)
    }

    /// The process id of PostgreSQL's main process.
    pub fn pid(&self) -> i32 {
        self.process.postmaster()
    }

    /// Completes when PostgreSQL has ended without being asked to. For a `select!` beside the web server.
    pub async fn died(&mut self) {
        self.process.ended().await;
    }

    /// Shuts down: open transactions are rolled back, everything committed is on disk when this returns.
    pub async fn stop(self) {
        self.process.stop().await;
    }
}

fn url(socket_dir: &Path, database: &str) -> String {
    format!("postgres://{DATABASE}@localhost/{database}?host={}", percent_encoded(socket_dir))
}

/// A path as the value of a query parameter.
fn percent_encoded(path: &Path) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt as _;

    path.as_os_str().as_bytes().iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}
