//! What a killed server may leave: a PostgreSQL still running, and its note of a process that is long gone.
//!
//! Called with the data directory locked, so no other server of ours can own what is found. PostgreSQL's processes are
//! known by their working directory, which is the cluster; its note is not trusted, since process numbers come again.
//!
//! Left out on purpose: SIGKILL, which could leave shared memory behind; adopting the old one, whose settings may be
//! others; and systems without `/proc`, where PostgreSQL's own checks have to do.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::{Instant, sleep};

use super::StartError;
use super::paths::Paths;

/// How long a fast shutdown with its last checkpoint may take.
const FAST_SHUTDOWN: Duration = Duration::from_secs(60);
/// How long processes may take that lost their main process, or were told to end at once.
const AT_ONCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(50);

/// Stops what still runs on the cluster, then removes PostgreSQL's notes and sockets that nobody owns any more.
pub(super) async fn clear(paths: &Paths) -> Result<(), StartError> {
    if !Path::new("/proc/self/cwd").exists() {
        return Ok(());
    }
    stop_orphans(paths).await?;
    remove(&paths.pid_file())?;
    remove(&paths.socket())?;
    remove(&paths.socket_lock())
}

async fn stop_orphans(paths: &Paths) -> Result<(), StartError> {
    let orphans = running_on(&paths.cluster);
    if orphans.is_empty() {
        return Ok(());
    }
    let main = noted_pid(paths).filter(|pid| orphans.contains(pid));
    tracing::warn!(?orphans, ?main, "stopping a PostgreSQL that an earlier server left behind");
    let patience = match main {
        Some(pid) => {
            tell(pid, Signal::SIGINT);
            FAST_SHUTDOWN
        }
        // Without their main process the others end by themselves.
        None => AT_ONCE,
    };
    if all_gone(&paths.cluster, patience).await {
        return Ok(());
    }
    for pid in running_on(&paths.cluster) {
        tell(pid, Signal::SIGQUIT);
    }
    if all_gone(&paths.cluster, AT_ONCE).await {
        return Ok(());
    }
    match running_on(&paths.cluster).first() {
        Some(pid) => Err(StartError::Orphan { cluster: paths.cluster.clone(), pid: *pid }),
        None => Ok(()),
    }
}

async fn all_gone(cluster: &Path, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    while !running_on(cluster).is_empty() {
        if Instant::now() >= deadline {
            return false;
        }
        sleep(POLL).await;
    }
    true
}

/// The processes of PostgreSQL whose working directory is the cluster.
pub(super) fn running_on(cluster: &Path) -> Vec<i32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| works_on(*pid, cluster))
        .collect()
}

fn works_on(pid: i32, cluster: &Path) -> bool {
    let link = |name: &str| fs::read_link(format!("/proc/{pid}/{name}"));
    // After an upgrade of the package the old program's name ends in " (deleted)".
    let is_postgres =
        |program: &Path| program.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"postgres"));
    link("cwd").is_ok_and(|cwd| cwd == cluster) && link("exe").is_ok_and(|program| is_postgres(&program))
}

fn noted_pid(paths: &Paths) -> Option<i32> {
    fs::read_to_string(paths.pid_file()).ok()?.lines().next()?.trim().parse().ok()
}

/// Sends a signal; a process that is already gone is what we want.
fn tell(pid: i32, signal: Signal) {
    if let Err(error) = kill(Pid::from_raw(pid), signal) {
        tracing::debug!(pid, %signal, %error, "the process was not told");
    }
}

fn remove(path: &Path) -> Result<(), StartError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StartError::file("remove", path)(error)),
        _ => Ok(()),
    }
}
