//! One private PostgreSQL for the whole run, started when the first test asks for it.

use std::{
    ops::Deref,
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
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

static SERVER: OnceLock<Server> = OnceLock::new();
static COUNTER: AtomicU32 = AtomicU32::new(0);

struct Server {
    /// Address of the maintenance database.
    url: String,
    /// Takes the names of databases whose tests are over.
    done: UnboundedSender<String>,
}

fn server() -> &'static Server {
    SERVER.get_or_init(|| {
        let (tell, told) = mpsc::channel();
        let (done, mut names) = unbounded_channel::<String>();
        // A thread of its own with a runtime of its own: the server outlives the test that started it.
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let postgres = start().await;
                let url = postgres.url_for("postgres");
                tell.send(url.clone()).unwrap();
                while let Some(name) = names.recv().await {
                    // The next run drops what stays; nothing may end this thread, which holds the server.
                    if let Err(error) = drop_database(&url, &name).await {
                        eprintln!("{name} stays: {error}");
                    }
                }
                drop(postgres);
            });
        });
        Server { url: told.recv().unwrap(), done }
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

async fn drop_database(url: &str, name: &str) -> sqlx::Result<()> {
    let mut conn = PgConnection::connect(url).await?;
    sqlx::raw_sql(&format!("drop database if exists {name} with (force)")).execute(&mut conn).await?;
    conn.close().await
}

/// The owner's way to a database of one test. It goes when the test is over, and stays when the test failed.
pub struct TestDatabase(PgConnectOptions);

impl Deref for TestDatabase {
    type Target = PgConnectOptions;

    fn deref(&self) -> &PgConnectOptions {
        &self.0
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if !thread::panicking() {
            let name = self.0.get_database().unwrap_or_default().to_owned();
            let _ = server().done.send(name);
        }
    }
}

/// A database that holds nothing at all.
pub async fn empty_database() -> TestDatabase {
    let name = format!("test_{}", COUNTER.fetch_add(1, Ordering::Relaxed));
    drop_database(&server().url, &name).await.unwrap();
    let mut conn = PgConnection::connect(&server().url).await.unwrap();
    sqlx::raw_sql(&format!("create database {name}")).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    TestDatabase(PgConnectOptions::from_str(&server().url).unwrap().database(&name))
}

/// A connection as the owner.
pub async fn owner_of(options: &PgConnectOptions) -> PgConnection {
    PgConnection::connect_with(options).await.unwrap()
}
