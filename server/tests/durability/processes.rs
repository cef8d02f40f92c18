//! Every process of one server: its own, PostgreSQL's, and the shell between them.

use std::{
    fs, io,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use nix::{
    errno::Errno,
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::running::{Outcome, Tracker};

/// How long what was not killed itself may take to notice.
const NOTICE_WITHIN: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);

/// Kills server and PostgreSQL, one right after the other, in this order or the other.
pub fn kill_all(tracker: &mut Tracker, data: &Path, server_first: bool) -> Outcome<()> {
    let postmaster = tracker.postmaster()?;
    if server_first {
        tracker.end(Signal::SIGKILL)?;
    }
    // The main process first: it would take the death of another for a crash and begin to recover.
    kill_if_there(postmaster)?;
    for process in postgres_of(data)? {
        kill_if_there(process)?;
    }
    if !server_first {
        tracker.end(Signal::SIGKILL)?;
    }
    Ok(())
}

fn kill_if_there(process: i32) -> Outcome<()> {
    match kill(Pid::from_raw(process), Signal::SIGKILL) {
        Ok(()) | Err(Errno::ESRCH) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Checks that all of them end.
pub fn assert_none_left(data: &Path, round: u64) {
    let deadline = Instant::now() + NOTICE_WITHIN;
    loop {
        let left = all_of(data).unwrap();
        if left.is_empty() {
            return;
        }
        assert!(Instant::now() < deadline, "round {round}: left behind: {left:?}");
        thread::sleep(POLL);
    }
}

/// Processes that work in the cluster.
fn postgres_of(data: &Path) -> io::Result<Vec<i32>> {
    let cluster = data.join("postgres");
    Ok(numbers()?
        .into_iter()
        .filter(|process| fs::read_link(format!("/proc/{process}/cwd")).is_ok_and(|cwd| cwd == cluster))
        .collect())
}

/// Those, and whatever was told of the data directory: the server and PostgreSQL's shell.
fn all_of(data: &Path) -> io::Result<Vec<i32>> {
    let mut all = postgres_of(data)?;
    let variable = format!("CEP_TRACKER_DATA={}", data.display());
    let told = |process: &i32| {
        let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        String::from_utf8_lossy(&environment).split('\0').any(|entry| entry == variable)
    };
    all.extend(numbers()?.into_iter().filter(told));
    Ok(all)
}

fn numbers() -> io::Result<Vec<i32>> {
    Ok(fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect())
}
