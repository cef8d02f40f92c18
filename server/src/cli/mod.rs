//! The command line: each command parses its arguments, calls use cases, and prints for people or machines.

pub(crate) mod check;
mod completions;
mod decide;
mod demo;
mod explain_pr;
mod export;
mod import;
mod inspect;
mod migrate;
mod replay;
mod serve;
mod sync;

use std::{io, process::ExitCode};

use clap::{CommandFactory, Parser, Subcommand};

use crate::{
    clock::Clock,
    database::{Database, DatabaseConfig, OpenError, join},
    usecases::Context,
};

/// Takes enhancement proposals through their life: tracking issue, document, review, freezes, exceptions, check-ins,
/// landing.
///
/// Documents and schedules are read from repositories and judged against the freezes; what people decide is recorded
/// once; the pages show both. Without `DATABASE_URL` a private PostgreSQL is started and stopped with the program.
#[derive(Debug, Parser)]
#[command(name = "cep-tracker", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages.
    Serve(serve::Args),
    /// Read proposal documents and release schedules from checked-out repositories.
    Import(import::Args),
    /// Write files in the shapes that others read.
    Export(export::Args),
    /// Read GitHub: tracking issues, pull requests, documents, schedules.
    Sync(sync::Args),
    /// Record a decision about a proposal.
    Decide(decide::Args),
    /// Explain what a pull request is for, and whether it should carry the label of approved work.
    ExplainPr(explain_pr::Args),
    /// Show what the tracker reads in proposal documents and schedules.
    Inspect(inspect::Args),
    /// Check proposal documents, e.g. as a presubmit: exit code 0 clean, 1 findings, 2 could not read.
    Check(check::Args),
    /// Migrate the database and stop.
    Migrate(DatabaseConfig),
    /// Rebuild every table from the log, e.g. after an update that reads documents better.
    Replay(DatabaseConfig),
    /// Load the demo world into an empty database, or leave it.
    Demo(demo::Args),
    /// Print shell completions.
    Completions(completions::Args),
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// One sentence for people.
    #[error("{0}")]
    Said(String),
    /// Nobody reads the output any more.
    #[error("the output was closed")]
    Closed,
}

impl Failure {
    pub(crate) fn new(error: impl std::fmt::Display) -> Self {
        Self::Said(error.to_string())
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::new(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::new(error) }
    }
}

/// Runs the command of the process's arguments.
pub async fn main() -> ExitCode {
    let clock = Clock::system();
    let result = match Cli::parse().command {
        Command::Serve(args) => serve::run(args, clock).await.map(|()| 0),
        Command::Import(args) => import::run(args, clock).await.map(|()| 0),
        Command::Export(args) => export::run(args, clock).await.map(|()| 0),
        Command::Sync(args) => sync::run(args, clock).await,
        Command::Decide(args) => decide::run(args, clock).await.map(|()| 0),
        Command::ExplainPr(args) => explain_pr::run(args, clock).await,
        Command::Inspect(args) => inspect::run(&args, &mut io::stdout().lock()).map_err(Failure::from),
        Command::Check(args) => check::run(&args, clock.now(), &mut io::stdout().lock()).map_err(Failure::from),
        Command::Migrate(config) => migrate::run(&config).await.map(|()| 0),
        Command::Replay(config) => replay::run(&config, clock).await.map(|()| 0),
        Command::Demo(args) => demo::run(args, clock).await.map(|()| 0),
        Command::Completions(args) => {
            completions::run(&args, &mut Cli::command());
            Ok(0)
        }
    };
    match result {
        Ok(code) => ExitCode::from(code),
        // Whoever reads has seen enough: `check … | head`.
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("cep-tracker: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Opens the database, runs `work` on it, closes it again.
async fn with_database<T, F>(
    config: &DatabaseConfig,
    clock: Clock,
    work: impl FnOnce(Context) -> F,
) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    let database: Database = join(config).await?;
    let result = work(Context::new(database.pool.clone(), clock)).await;
    database.close().await;
    result
}
