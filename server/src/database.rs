//! Opens the database: the one of `DATABASE_URL`, else a private PostgreSQL of our own; migrated, with the two roles.
//!
//! The owner migrates; the server works as a role that can append to the log but not change it. With `DATABASE_URL` alone
//! both are the same role, and the health check says so.

use std::{path::PathBuf, str::FromStr};

use clap::Args;
use sqlx::{Connection, PgConnection, PgPool, postgres::PgConnectOptions};

use crate::{
    postgres::{PrivatePostgres, StartError},
    store::{self, StoreError, roles},
};

/// The role that the server works as on a private PostgreSQL.
const SERVER_ROLE: &str = "cep_tracker_server";

/// Where the data lives.
#[derive(Debug, Clone, Default, Args)]
pub struct DatabaseConfig {
    /// PostgreSQL to use, e.g. `postgres://user@host/database`. Without it a private PostgreSQL is started in --data.
    #[arg(long, global = true, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// The same database as the role that owns the tables and migrates them. Then the role of --database-url only needs
    /// to log in: it is given what the server needs, which leaves it unable to change the log.
    #[arg(long, global = true, env = "DATABASE_OWNER_URL", value_name = "URL", hide_env_values = true)]
    pub database_owner_url: Option<String>,

    /// Directory of the private PostgreSQL [default: cep-tracker in the user's data directory]
    #[arg(long, global = true, env = "CEP_TRACKER_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// An open database.
#[derive(Debug)]
pub struct Database {
    /// The role of the server.
    pub pool: PgPool,
    /// The role that migrates; needed again only to leave the demo.
    pub owner: PgConnectOptions,
    /// Set when it is our own.
    pub private: Option<PrivatePostgres>,
}

/// Why the database cannot be opened, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The private PostgreSQL did not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// No place for it.
    #[error("there is no home directory to keep data in; name one with --data DIR, or give a DATABASE_URL")]
    NoHome,
    /// The address is not one.
    #[error("{name} is not a PostgreSQL address: {why}")]
    Address {
        /// Name of the setting.
        name: &'static str,
        /// What is wrong.
        why: String,
    },
    /// The database does not answer.
    #[error("the database does not answer ({0}); is it running, and may this role connect?")]
    Connect(sqlx::Error),
    /// Migration failed.
    #[error("the database could not be migrated: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// Roles could not be set up.
    #[error("the roles could not be set up: {0}")]
    Roles(#[from] StoreError),
}

/// Opens the database and migrates it.
///
/// # Errors
/// A sentence for the person who started the program.
pub async fn open(config: &DatabaseConfig) -> Result<Database, OpenError> {
    match &config.database_url {
        Some(url) => open_given(url, config.database_owner_url.as_deref()).await,
        None => open_private(config).await,
    }
}

/// Opens the database beside a server that may be running on it: a private PostgreSQL that another process has started is
/// used as it is.
///
/// # Errors
/// A sentence for the person who started the program.
pub async fn join(config: &DatabaseConfig) -> Result<Database, OpenError> {
    match open(config).await {
        Err(OpenError::Start(StartError::InUse { data_dir, pid })) => {
            let Some(url) = PrivatePostgres::url_of_running(&data_dir) else {
                return Err(OpenError::Start(StartError::InUse { data_dir, pid }));
            };
            let owner = address("the private PostgreSQL", &url)?;
            let pool = store::connect(owner.clone().username(SERVER_ROLE)).await.map_err(OpenError::Connect)?;
            Ok(Database { pool, owner, private: None })
        }
        opened => opened,
    }
}

async fn open_given(url: &str, owner_url: Option<&str>) -> Result<Database, OpenError> {
    let options = address("DATABASE_URL", url)?;
    let owner = owner_url.map_or_else(|| Ok(options.clone()), |url| address("DATABASE_OWNER_URL", url))?;
    let mut conn = migrated(&owner).await?;
    if owner_url.is_some() {
        roles::grant(&mut conn, options.get_username()).await?;
    }
    close(conn).await;
    let pool = store::connect(options).await.map_err(OpenError::Connect)?;
    Ok(Database { pool, owner, private: None })
}

async fn open_private(config: &DatabaseConfig) -> Result<Database, OpenError> {
    let data = config.data.clone().or_else(default_data).ok_or(OpenError::NoHome)?;
    let private = PrivatePostgres::start(&data).await?;
    let owner = address("the private PostgreSQL", &private.url())?;
    let mut conn = migrated(&owner).await?;
    roles::ensure(&mut conn, SERVER_ROLE).await?;
    roles::grant(&mut conn, SERVER_ROLE).await?;
    close(conn).await;
    let pool = store::connect(owner.clone().username(SERVER_ROLE)).await.map_err(OpenError::Connect)?;
    Ok(Database { pool, owner, private: Some(private) })
}

async fn migrated(owner: &PgConnectOptions) -> Result<PgConnection, OpenError> {
    let mut conn = PgConnection::connect_with(owner).await.map_err(OpenError::Connect)?;
    store::MIGRATIONS.run(&mut conn).await?;
    Ok(conn)
}

/// What is left of a connection that has done its work is nobody's concern.
async fn close(conn: PgConnection) {
    if let Err(error) = conn.close().await {
        tracing::debug!(%error, "closing a connection");
    }
}

fn address(name: &'static str, url: &str) -> Result<PgConnectOptions, OpenError> {
    PgConnectOptions::from_str(url).map_err(|error| OpenError::Address { name, why: error.to_string() })
}

/// `/var/lib/cep-tracker` for root, whose home PostgreSQL's own user may not enter; for others
/// `$XDG_DATA_HOME/cep-tracker`, else `~/.local/share/cep-tracker`.
fn default_data() -> Option<PathBuf> {
    if nix::unistd::Uid::effective().is_root() {
        return Some(PathBuf::from("/var/lib/cep-tracker"));
    }
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .map(|base| base.join("cep-tracker"))
}

impl Database {
    /// Closes connections and stops a private PostgreSQL in order.
    pub async fn close(self) {
        self.pool.close().await;
        if let Some(private) = self.private {
            private.stop().await;
        }
    }
}
