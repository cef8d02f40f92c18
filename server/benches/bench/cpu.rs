//! CPU time and memory of the server and of PostgreSQL, as `/proc` tells them.
//!
//! `schedstat` counts nanoseconds, while the better known `stat` counts hundredths of a second. A thread that ends
//! between two readings takes its time with it; in what is measured here none of the busy ones do.

use std::{collections::HashMap, fs, io, time::Duration};

use crate::running::{Outcome, Tracker};

/// The processes whose time is counted: the server, and PostgreSQL's main process with all its children.
#[derive(Debug, Clone, Copy)]
pub struct Processes {
    server: i32,
    postmaster: i32,
}

/// Time on a CPU by thread.
#[derive(Debug)]
pub struct Reading(HashMap<(i32, i32), u64>);

impl Processes {
    /// Those of a running server.
    pub fn of(tracker: &Tracker) -> Outcome<Self> {
        Ok(Self { server: tracker.server()?, postmaster: tracker.postmaster()? })
    }

    /// Reads the time of every thread.
    pub fn read(self) -> Outcome<Reading> {
        let mut threads = HashMap::new();
        let mut wanted = vec![self.server, self.postmaster];
        wanted.extend(children(self.postmaster)?);
        for process in wanted {
            for thread in numbers_in(&format!("/proc/{process}/task")).unwrap_or_default() {
                // Gone since it was listed, then; or a kernel without these statistics, which shows below.
                let Ok(text) = fs::read_to_string(format!("/proc/{process}/task/{thread}/schedstat")) else { continue };
                let spent = text.split_whitespace().next().and_then(|number| number.parse().ok());
                threads.insert((process, thread), spent.unwrap_or_default());
            }
        }
        if threads.is_empty() {
            return Err("this system's /proc holds no schedstat, so CPU time cannot be measured".into());
        }
        Ok(Reading(threads))
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

impl Reading {
    /// Time spent from this reading to a later one.
    pub fn until(&self, later: &Self) -> Duration {
        let spent = later.0.iter().map(|(thread, ns)| ns.saturating_sub(self.0.get(thread).copied().unwrap_or(0)));
        Duration::from_nanos(spent.sum())
    }
}

fn numbers_in(directory: &str) -> io::Result<Vec<i32>> {
    let entries = fs::read_dir(directory)?;
    Ok(entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect())
}

fn children(parent: i32) -> io::Result<Vec<i32>> {
    let is_child = |process: &i32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        // The name in parentheses may hold anything; state and parent follow it.
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        after_name.split_whitespace().nth(1).and_then(|number| number.parse().ok()) == Some(parent)
    };
    Ok(numbers_in("/proc")?.into_iter().filter(is_child).collect())
}
