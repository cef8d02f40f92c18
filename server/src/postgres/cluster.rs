//! Makes PostgreSQL's data, once. It is made beside its place and moved there when complete, so that a start broken off
//! half-way leaves nothing that looks usable.
//!
//! Left out on purpose: tables (the migrations'), and any second role.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Output, Stdio};

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::account::Account;
use super::binaries::Binaries;
use super::paths::{Paths, make_private};
use super::{DATABASE, Durability, Settings, StartError};

/// The first version that brings a Unicode locale of its own.
const BUILTIN_LOCALE: u32 = 17;

/// The major version that made the cluster; `None` when there is no cluster yet.
pub(super) fn version(cluster: &Path) -> Result<Option<String>, StartError> {
    let path = cluster.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StartError::file("read", &path)(error)),
    }
}

/// Makes the cluster with the database [`DATABASE`], unless it is there.
pub(super) async fn make_if_missing(
    paths: &Paths,
    binaries: &Binaries,
    account: &Account,
    settings: &Settings,
) -> Result<(), StartError> {
    if version(&paths.cluster)?.is_some() {
        return Ok(());
    }
    let new = &paths.unfinished;
    tracing::info!(cluster = %paths.cluster.display(), version = binaries.major, "preparing PostgreSQL's data");
    initdb(new, binaries, account, settings, unicode_locale(binaries)).await?;
    create_database(new, binaries, account).await?;
    fs::rename(new, &paths.cluster).map_err(StartError::file("make", &paths.cluster))
}

fn unicode_locale(binaries: &Binaries) -> &'static [&'static str] {
    if binaries.major >= BUILTIN_LOCALE {
        &["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    } else {
        &["--locale=C.UTF-8", "--lc-messages=C"]
    }
}

async fn initdb(
    new: &Path,
    binaries: &Binaries,
    account: &Account,
    settings: &Settings,
    locale: &[&str],
) -> Result<(), StartError> {
    remove_unfinished(new)?;
    make_private(new, account)?;
    let mut command = account.command(&binaries.initdb);
    command.arg("-D").arg(new).args(["--username", DATABASE, "--encoding=UTF8", "--data-checksums"]);
    command.args(["--auth-local=trust", "--auth-host=reject"]).args(locale).stdin(Stdio::null());
    if settings.durability == Durability::None {
        command.arg("--no-sync");
    }
    let output = command.output().await.map_err(cannot_run(&binaries.initdb))?;
    let printed = printed_by(&output);
    if output.status.success() {
        return Ok(());
    }
    if locale != PLAIN_LOCALE && printed.contains("invalid locale") {
        tracing::warn!("this system lacks the locale C.UTF-8: letters beyond ASCII will not match ignoring case");
        return Box::pin(initdb(new, binaries, account, settings, PLAIN_LOCALE)).await;
    }
    Err(StartError::Prepare { cluster: new.to_owned(), output: printed })
}

const PLAIN_LOCALE: &[&str] = &["--locale=C"];

/// In PostgreSQL's single-user mode, which needs neither a client program nor a running server.
async fn create_database(new: &Path, binaries: &Binaries, account: &Account) -> Result<(), StartError> {
    let mut command: Command = account.command(&binaries.postgres);
    command.arg("--single").arg("-D").arg(new).arg("postgres");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(cannot_run(&binaries.postgres))?;
    if let Some(mut stdin) = child.stdin.take() {
        let statement = format!("create database {DATABASE}\n");
        stdin.write_all(statement.as_bytes()).await.map_err(cannot_run(&binaries.postgres))?;
    }
    let output = child.wait_with_output().await.map_err(cannot_run(&binaries.postgres))?;
    let printed = printed_by(&output);
    // A failed statement does not end this mode with an error.
    if output.status.success() && !printed.contains("ERROR:") {
        return Ok(());
    }
    Err(StartError::Prepare { cluster: new.to_owned(), output: printed })
}

fn remove_unfinished(new: &Path) -> Result<(), StartError> {
    match fs::remove_dir_all(new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StartError::file("remove", new)(error)),
        _ => Ok(()),
    }
}

fn printed_by(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text
}

fn cannot_run(program: &Path) -> impl FnOnce(io::Error) -> StartError {
    let program = program.to_owned();
    move |source| StartError::Run { program, source }
}
