//! The stand-in for GitHub as a program of its own, for the browser tests and for trying things by hand.
//!
//! ```text
//! cargo run -p server --example github_stand_in -- --port 4001 --seed FILE.json \
//!     --webhook http://127.0.0.1:3000/webhooks/github --secret SECRET
//! ```
//!
//! It prints `ready: http://…` once it listens, and is controlled under `/_control/` (see
//! `tests/github/routes/control.rs`). Its time is the machine's. It ends with Ctrl-C or SIGTERM.

use std::{error::Error, fs, io::Write as _, path::PathBuf};

use clap::Parser;

#[path = "../tests/github/mod.rs"]
mod github;

#[derive(Parser)]
struct Arguments {
    /// Port of this machine; 0 chooses a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Repositories to begin with.
    #[arg(long, value_name = "FILE.json")]
    seed: Option<PathBuf>,
    /// Where events are delivered.
    #[arg(long, value_name = "URL", requires = "secret")]
    webhook: Option<String>,
    /// What signs them.
    #[arg(long)]
    secret: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let github = github::GitHub::start_at(arguments.port, github::world::Clock::Machine).await;
    github.is_used_by(42, "ada");
    if let Some(file) = arguments.seed {
        github.load(serde_json::from_slice(&fs::read(file)?)?);
    }
    if let (Some(url), Some(secret)) = (arguments.webhook, arguments.secret) {
        github.send_webhooks(&url, &secret);
    }
    println!("ready: {}", github.url());
    std::io::stdout().flush()?;
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
    Ok(())
}
