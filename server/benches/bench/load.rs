//! Load from `wrk`: a number of connections that ask again and again for some seconds. Only ever sent to this machine.

use std::{path::Path, process::Command, time::Duration};

use crate::running::Outcome;

/// What `wrk` has seen.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Answers.
    pub requests: u32,
    /// Time it took.
    pub took: Duration,
    /// Latency that half of the requests stayed under.
    pub p50: Duration,
    /// The same for 95 %.
    pub p95: Duration,
    /// The same for 99 %.
    pub p99: Duration,
}

/// Prints one line that is easy to read, since `wrk` itself leaves the 95th percentile out.
const SCRIPT: &str = r#"
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("result %d %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"#;

/// Asks for a page over so many connections for so long, each time with these headers.
pub fn run(directory: &Path, url: &str, clients: u8, time: Duration, headers: &[(&str, &str)]) -> Outcome<Load> {
    load(directory, url, (clients, time), headers, "")
}

/// Sends what a script says, over so many connections for so long.
pub fn post(directory: &Path, url: &str, clients: u8, time: Duration, script: &str) -> Outcome<Load> {
    load(directory, url, (clients, time), &[], script)
}

fn load(
    directory: &Path,
    url: &str,
    (clients, time): (u8, Duration),
    headers: &[(&str, &str)],
    requests: &str,
) -> Outcome<Load> {
    let script = directory.join("wrk.lua");
    std::fs::write(&script, format!("{requests}{SCRIPT}"))?;
    let mut command = Command::new("wrk");
    command.args(["--threads", "1", "--latency", "--timeout", "10s", "--connections", &clients.to_string()]);
    command.args(["--duration", &format!("{}s", time.as_secs())]).arg("--script").arg(&script);
    for (name, value) in headers {
        command.args(["--header", &format!("{name}: {value}")]);
    }
    let output = command.arg(url).output().map_err(|error| {
        format!("the load generator wrk does not run ({error}); install it with your system's packages (Debian: wrk)")
    })?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("result ")).ok_or("wrk printed no result")?;
    let numbers: Vec<u64> = line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [requests, took, errors, p50, p95, p99] = numbers[..] else { return Err("wrk printed something else".into()) };
    if errors > 0 || requests == 0 {
        return Err(format!("{url}: {errors} of {requests} requests failed").into());
    }
    let micros = Duration::from_micros;
    let requests = u32::try_from(requests)?;
    Ok(Load { requests, took: micros(took), p50: micros(p50), p95: micros(p95), p99: micros(p99) })
}
