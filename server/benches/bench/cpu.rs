//! CPU time and memory of the server and of PostgreSQL, as `/proc` tells them.
//!
//! `schedstat` counts nanoseconds, but only of what still runs. PostgreSQL's processes end with their connections; what
//! they have spent is found in `stat` of its main process, in hundredths of a second.

use std::{fs, io, ops::Div, time::Duration};

use crate::running::{Outcome, Tracker};

/// The processes whose time is counted: the server, and PostgreSQL's main process with all its children.
#[derive(Debug, Clone, Copy)]
pub struct Processes {
    server: i32,
    postmaster: i32,
}

/// Time on a CPU.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spent {
    /// By the server.
    pub server: Duration,
    /// By PostgreSQL, its processes that have ended included.
    pub postgres: Duration,
}

impl Processes {
    /// Those of a running server.
    pub fn of(tracker: &Tracker) -> Outcome<Self> {
        Ok(Self { server: tracker.server()?, postmaster: tracker.postmaster()? })
    }

    /// What was spent since they began.
    pub fn spent(self) -> Outcome<Spent> {
        let server = of_process(self.server);
        if server.is_zero() {
            return Err("this system's /proc holds no schedstat, so CPU time cannot be measured".into());
        }
        let running: Duration = children(self.postmaster)?.into_iter().map(of_process).sum();
        Ok(Spent { server, postgres: of_process(self.postmaster) + running + of_ended_children(self.postmaster)? })
    }

    /// What was spent since an earlier reading.
    pub fn since(self, earlier: Spent) -> Outcome<Spent> {
        Ok(self.spent()?.less(earlier))
    }

    /// Connections of the server to PostgreSQL, by the titles of the processes that serve them.
    pub fn connections(self) -> Outcome<usize> {
        let is_one = |process: &i32| {
            let title = fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap_or_default();
            title.contains("cep_tracker_server")
        };
        Ok(children(self.postmaster)?.iter().filter(|process| is_one(process)).count())
    }

    /// Present and highest resident memory of the server, in megabytes.
    pub fn memory(self) -> Outcome<(f64, f64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server))?;
        let megabytes = |name: &str| -> Outcome<f64> {
            let line = status.lines().find(|line| line.starts_with(name)).ok_or("no memory in /proc")?;
            let kilobytes: f64 = line.split_whitespace().nth(1).ok_or("no memory in /proc")?.parse()?;
            Ok(kilobytes / 1024.0)
        };
        Ok((megabytes("VmRSS:")?, megabytes("VmHWM:")?))
    }
}

impl Spent {
    /// Without a part of it.
    pub fn less(self, part: Self) -> Self {
        Self { server: self.server.saturating_sub(part.server), postgres: self.postgres.saturating_sub(part.postgres) }
    }

    /// By both.
    pub fn total(self) -> Duration {
        self.server + self.postgres
    }
}

impl Div<u32> for Spent {
    type Output = Self;

    fn div(self, count: u32) -> Self {
        Self { server: self.server / count, postgres: self.postgres / count }
    }
}

/// Time of all threads of a process. One that is gone since it was listed counts as ended.
fn of_process(process: i32) -> Duration {
    let threads = numbers_in(&format!("/proc/{process}/task")).unwrap_or_default();
    let of_thread = |thread: i32| {
        let text = fs::read_to_string(format!("/proc/{process}/task/{thread}/schedstat")).unwrap_or_default();
        text.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).unwrap_or_default()
    };
    Duration::from_nanos(threads.into_iter().map(of_thread).sum())
}

fn numbers_in(directory: &str) -> io::Result<Vec<i32>> {
    let entries = fs::read_dir(directory)?;
    Ok(entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect())
}

fn children(parent: i32) -> io::Result<Vec<i32>> {
    let is_child = |process: &i32| stat(*process, PARENT).is_ok_and(|found| found == i64::from(parent));
    Ok(numbers_in("/proc")?.into_iter().filter(is_child).collect())
}

/// Time of the children of a process that have ended.
pub fn of_ended_children(parent: i32) -> io::Result<Duration> {
    let ticks = stat(parent, ENDED_USER)? + stat(parent, ENDED_SYSTEM)?;
    Ok(TICK * u32::try_from(ticks).unwrap_or_default())
}

/// Places in `/proc/PID/stat`, counted from the field after the name.
const PARENT: usize = 1;
const ENDED_USER: usize = 13;
const ENDED_SYSTEM: usize = 14;

/// The unit of times there, on every Linux.
const TICK: Duration = Duration::from_millis(10);

fn stat(process: i32, place: usize) -> io::Result<i64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in parentheses may hold anything.
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let number = after_name.split_whitespace().nth(place).and_then(|number| number.parse().ok());
    number.ok_or_else(|| io::Error::other("a process has no such number in /proc"))
}
