//! Runs PostgreSQL under a shell that ends it when we are gone.
//!
//! The shell holds the reading end of a pipe whose writing end is ours. The system closes our end when this process ends,
//! by whatever cause, and the shell then asks PostgreSQL for a fast shutdown. That needs no signal handler here, and no
//! "die with my parent", which on Linux means the parent *thread*. Both run in a process group of their own, so that
//! Ctrl-C in a terminal reaches the server alone, which can finish what it is writing.
//!
//! Left out on purpose: restarting PostgreSQL; rotating its log beyond keeping one old part.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::net::UnixStream;
use tokio::process::{Child, ChildStdin};
use tokio::time::{Instant, sleep, timeout};

use super::account::Account;
use super::binaries::Binaries;
use super::paths::Paths;
use super::{Settings, StartError};

/// Long enough for recovery after a crash with much to replay.
const READY_WITHIN: Duration = Duration::from_secs(300);
const STOP_WITHIN: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(20);
const LARGEST_LOG: u64 = 20 * 1024 * 1024;
/// The line of `postmaster.pid` that tells the state.
const STATE_LINE: usize = 7;

/// `$@` is PostgreSQL with its arguments; the pipe from us is the shell's standard input, kept as 3 because the shell
/// gives background commands none. Signals meant for the server's whole group or unit do not end the shell early.
const SUPERVISOR: &str = r#"
trap '' HUP INT TERM
exec 3<&0 </dev/null
"$@" 3<&- &
postgres=$!
( read -r _ <&3; kill -INT "$postgres" 2>/dev/null ) &
watcher=$!
exec 3<&-
wait "$postgres"
status=$?
kill -KILL "$watcher" 2>/dev/null
exit "$status"
"#;

/// PostgreSQL, running and ready.
#[derive(Debug)]
pub(super) struct Process {
    supervisor: Child,
    /// Closing it stops PostgreSQL.
    lifeline: Option<ChildStdin>,
    postmaster: i32,
}

impl Process {
    /// Starts PostgreSQL on an existing cluster and waits until it accepts connections.
    pub(super) async fn start(
        paths: &Paths,
        binaries: &Binaries,
        account: &Account,
        settings: &Settings,
    ) -> Result<Self, StartError> {
        let log = open_log(&paths.log)?;
        let errors = log.try_clone().map_err(StartError::file("open", &paths.log))?;
        let mut command = account.command("/bin/sh");
        command.args(["-c", SUPERVISOR, "cep-tracker-postgres"]).arg(&binaries.postgres);
        command.args(settings.arguments(&paths.cluster, &paths.socket_dir));
        command.stdin(Stdio::piped()).stdout(log).stderr(errors).process_group(0);
        let mut supervisor = command.spawn().map_err(|source| StartError::Run { program: "/bin/sh".into(), source })?;
        let lifeline = supervisor.stdin.take();
        let postmaster = wait_until_ready(&mut supervisor, paths).await?;
        tracing::info!(pid = postmaster, version = binaries.major, "PostgreSQL is ready");
        Ok(Self { supervisor, lifeline, postmaster })
    }

    pub(super) fn postmaster(&self) -> i32 {
        self.postmaster
    }

    /// Completes when PostgreSQL has ended.
    pub(super) async fn ended(&mut self) {
        match self.supervisor.wait().await {
            Ok(status) => tracing::error!(%status, "PostgreSQL ended"),
            Err(error) => tracing::error!(%error, "PostgreSQL's supervisor was lost"),
        }
    }

    /// Fast shutdown; after half a minute at once, which PostgreSQL makes up for at its next start.
    pub(super) async fn stop(mut self) {
        drop(self.lifeline.take());
        if timeout(STOP_WITHIN, self.supervisor.wait()).await.is_ok() {
            return;
        }
        tracing::warn!(pid = self.postmaster, "PostgreSQL takes long to stop and is told to end at once");
        if kill(Pid::from_raw(self.postmaster), Signal::SIGQUIT).is_ok()
            && timeout(STOP_WITHIN, self.supervisor.wait()).await.is_err()
        {
            tracing::error!(pid = self.postmaster, "PostgreSQL does not stop; the next start will deal with it");
        }
    }
}

/// Waits for PostgreSQL's own word that it is ready, then for its socket; returns its process id.
async fn wait_until_ready(supervisor: &mut Child, paths: &Paths) -> Result<i32, StartError> {
    let deadline = Instant::now() + READY_WITHIN;
    loop {
        if let Some(pid) = ready_pid(&paths.pid_file())
            && UnixStream::connect(paths.socket()).await.is_ok()
        {
            return Ok(pid);
        }
        if !matches!(supervisor.try_wait(), Ok(None)) {
            return Err(StartError::Ended { log: paths.log.clone(), tail: tail(&paths.log) });
        }
        if Instant::now() >= deadline {
            return Err(StartError::Slow { seconds: READY_WITHIN.as_secs(), log: paths.log.clone() });
        }
        sleep(POLL).await;
    }
}

fn ready_pid(pid_file: &Path) -> Option<i32> {
    let text = fs::read_to_string(pid_file).ok()?;
    let ready = text.lines().nth(STATE_LINE)?.trim() == "ready";
    text.lines().next().filter(|_| ready)?.trim().parse().ok()
}

/// Opens the log for appending; one that has grown large becomes `postgres.log.old` first.
fn open_log(path: &Path) -> Result<File, StartError> {
    if fs::metadata(path).is_ok_and(|meta| meta.len() > LARGEST_LOG) {
        fs::rename(path, path.with_extension("log.old")).map_err(StartError::file("rename", path))?;
    }
    OpenOptions::new().append(true).create(true).mode(0o600).open(path).map_err(StartError::file("open", path))
}

/// The last lines of the log, for the error.
fn tail(path: &Path) -> String {
    let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(10)..].join("\n")
}
