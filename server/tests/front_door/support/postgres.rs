//! One private PostgreSQL for the whole run, started when the first test asks for it.

use std::{
    str::FromStr,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
};

use server::postgres::{PrivatePostgres, Settings, StartError};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

static SERVER: OnceLock<String> = OnceLock::new();
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Address of the server's maintenance database.
fn server() -> &'static str {
    SERVER.get_or_init(|| {
        let (tell, told) = mpsc::channel();
        // A thread of its own with a runtime of its own: the server outlives the test that started it.
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let postgres = start().await;
                tell.send(postgres.url_for("postgres")).unwrap();
                std::future::pending::<()>().await;
            });
        });
        told.recv().unwrap()
    })
}

/// The cluster is kept between runs; a second run at the same time gets one of its own.
async fn start() -> PrivatePostgres {
    let user = nix::unistd::Uid::effective();
    for copy in 0..16 {
        let directory = std::env::temp_dir().join(format!("cep-tracker-tests-{user}-{copy}"));
        match PrivatePostgres::start_with(&directory, &Settings::fast()).await {
            Err(StartError::InUse { .. }) => {}
            started => return started.unwrap(),
        }
    }
    panic!("sixteen test runs at once");
}

/// A database that holds nothing at all.
pub async fn empty_database() -> PgConnectOptions {
    let mut conn = PgConnection::connect(server()).await.unwrap();
    let name = format!("test_{}", COUNTER.fetch_add(1, Ordering::Relaxed));
    for statement in [format!("drop database if exists {name} with (force)"), format!("create database {name}")] {
        sqlx::raw_sql(&statement).execute(&mut conn).await.unwrap();
    }
    conn.close().await.unwrap();
    PgConnectOptions::from_str(server()).unwrap().database(&name)
}

/// A connection as the owner.
pub async fn owner_of(options: &PgConnectOptions) -> PgConnection {
    PgConnection::connect_with(options).await.unwrap()
}
