//! The program as people run it, for benchmarks and for tests that a router in the same process would not do: its
//! commands, and the server as a process of its own on the private PostgreSQL with the settings for real data.

use std::{
    error::Error,
    fs::{self, File, Permissions},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use server::{postgres::DATABASE, store};
use sqlx::{PgPool, postgres::PgConnectOptions};

/// What a step returns; whatever fails ends the whole.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// A running server. Dropping it ends it; its PostgreSQL follows by itself.
#[derive(Debug)]
pub struct Tracker {
    child: Child,
    data: PathBuf,
    /// Host and port.
    pub address: String,
}

/// PostgreSQL runs as another user when we are root, and has to get at the data directory.
pub fn let_others_pass(directory: &Path) -> Outcome<()> {
    Ok(fs::set_permissions(directory, Permissions::from_mode(0o711))?)
}

fn command(data: &Path, arguments: &[impl AsRef<str>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cep-tracker"));
    for variable in ["DATABASE_URL", "DATABASE_OWNER_URL", "CEP_TRACKER_DEMO", "CEP_TRACKER_LOG_JSON", "RUST_LOG"] {
        command.env_remove(variable);
    }
    command.args(arguments.iter().map(AsRef::as_ref)).env("CEP_TRACKER_DATA", data).stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn run(data: &Path, arguments: &[impl AsRef<str>]) -> Outcome<()> {
    let output = command(data, arguments).output()?;
    if output.status.success() {
        return Ok(());
    }
    let first = arguments.first().map_or("", AsRef::as_ref);
    Err(format!("cep-tracker {first} failed: {}", String::from_utf8_lossy(&output.stderr)).into())
}

impl Tracker {
    /// Starts the server on a free port; `site` is the directory of the browser part.
    pub fn start(data: &Path, site: &Path) -> Outcome<Self> {
        Self::start_with(data, site, &[])
    }

    /// The same with further variables in its environment.
    pub fn start_with(data: &Path, site: &Path, settings: &[(&str, String)]) -> Outcome<Self> {
        let log = File::create(data.with_extension("log"))?;
        let site = site.display().to_string();
        let mut child = command(data, &["serve", "--addr", "127.0.0.1:0", "--site", &site])
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let Some(address) = line.trim().strip_prefix("ready: http://") else {
            child.kill()?;
            let log = fs::read_to_string(data.with_extension("log"))?;
            return Err(format!("the server did not become ready:\n{log}").into());
        };
        Ok(Self { child, data: data.to_owned(), address: address.to_owned() })
    }

    /// Process of the server.
    pub fn server(&self) -> Outcome<i32> {
        Ok(i32::try_from(self.child.id())?)
    }

    /// Main process of its PostgreSQL.
    pub fn postmaster(&self) -> Outcome<i32> {
        let note = fs::read_to_string(self.data.join("postgres").join("postmaster.pid"))?;
        Ok(note.lines().next().ok_or("PostgreSQL's note is empty")?.trim().parse()?)
    }

    /// Where its database is.
    pub fn database(&self) -> PgConnectOptions {
        PgConnectOptions::new().socket(self.data.join("run")).port(5432).database(DATABASE)
    }

    /// Connections to its database as the server's own role.
    pub async fn pool(&self) -> Outcome<PgPool> {
        Ok(store::connect(self.database().username("cep_tracker_server")).await?)
    }

    /// The body of a page for whoever the cookie belongs to, asked for over a connection of its own. HTTP/1.0, so that
    /// the answer ends with it.
    pub fn get_as(&self, path: &str, cookie: &str) -> Outcome<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\nCookie: {cookie}\r\n\r\n", self.address)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("an answer without end of its head")?;
        let status = head.split_whitespace().nth(1).unwrap_or_default();
        if status == "200" { Ok(body.to_owned()) } else { Err(format!("{path} answered {status}").into()) }
    }

    /// Sends it a signal and waits for its end.
    pub fn end(&mut self, signal: Signal) -> Outcome<()> {
        kill(Pid::from_raw(self.server()?), signal)?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Tracker {
    fn drop(&mut self) {
        // Already ended is what we want.
        if self.child.kill().is_ok() {
            self.child.wait().ok();
        }
    }
}
