//! `cep-tracker import --board`: a release board, from the file that its view exports or from GitHub.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use chrono::{DateTime, Utc};
use domain::{Freeze, ReleaseVersion, Severity};

use super::super::{Failure, decide::instant, with_database};
use crate::{
    clock::Clock,
    config::GitHubConfig,
    database::DatabaseConfig,
    documents::{BoardReading, read_board},
    github::{Api, Patience},
    usecases::import_board::{Mode, Order, Summary, fetch_board, import_board},
};

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "A release board")]
#[group(id = "a_board", multiple = true)]
pub struct Args {
    /// Take over a release board, once: what "Export view data" of its view gives. Its source is named by --source.
    #[arg(long = "board", value_name = "FILE.tsv", requires = "release", conflicts_with_all = ["releases", "proposed"])]
    file: Option<PathBuf>,

    /// The board's release, e.g. v1.10.
    #[arg(long, value_name = "VERSION")]
    release: Option<ReleaseVersion>,

    /// Number of the board: that in its address. With a file, only for the link; without one the board is read from
    /// GitHub.
    #[arg(long, value_name = "NUMBER", requires_all = ["organization", "release"], conflicts_with_all = ["releases", "proposed"])]
    board_number: Option<u32>,

    /// The board's organisation on GitHub, e.g. kubevirt.
    #[arg(long, value_name = "LOGIN", requires = "board_number")]
    organization: Option<String>,

    /// When the board was so, e.g. 2026-10-08T12:00Z; a bare date means its end, Anywhere on Earth [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    at: Option<DateTime<Utc>>,

    /// The freeze that its exceptions are about: enhancement or code [default: enhancement, code once that has passed]
    #[arg(long, value_parser = freeze)]
    freeze: Option<Freeze>,

    /// Record nothing; only say what would be.
    #[arg(long)]
    dry_run: bool,

    /// Also print what is merely worth knowing: what the board leaves out.
    #[arg(long)]
    notes: bool,

    #[command(flatten)]
    github: GitHubConfig,
}

impl Args {
    /// Whether any of them is given that only makes sense for a board.
    pub fn is_asked_for(&self) -> bool {
        self.file.is_some() || self.board_number.is_some() || self.release.is_some()
    }
}

fn freeze(text: &str) -> Result<Freeze, String> {
    match text {
        "enhancement" => Ok(Freeze::Enhancement),
        "code" => Ok(Freeze::Code),
        _ => Err("write enhancement or code".to_owned()),
    }
}

/// Imports the board and prints what was taken, and what was not.
///
/// # Errors
/// When there is no board to read, or it cannot be taken.
pub async fn run(args: Args, source: String, database: &DatabaseConfig, clock: Clock) -> Result<(), Failure> {
    let Some(release) = args.release else { return Err(Failure::new("name the board's --release, e.g. v1.10")) };
    let board = args.organization.as_deref().zip(args.board_number);
    let (name, reading) = read(&args, board, &clock).await?;
    let order = Order {
        source,
        release,
        link: board.map(|(organization, number)| format!("https://github.com/orgs/{organization}/projects/{number}")),
        at: args.at,
        freeze: args.freeze,
        mode: if args.dry_run { Mode::Try } else { Mode::Record },
    };
    let summary = with_database(database, clock, async |context| {
        import_board(&context, &order, &reading).await.map_err(Failure::new)
    })
    .await?;
    Ok(print(&name, &order, &summary, args.notes, &mut io::stdout().lock())?)
}

/// The board, and what its rows are named after.
async fn read(args: &Args, board: Option<(&str, u32)>, clock: &Clock) -> Result<(String, BoardReading), Failure> {
    if let Some(path) = &args.file {
        let content = std::fs::read(path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
        return Ok((path.display().to_string(), read_board(&content)));
    }
    let Some((organization, number)) = board else {
        return Err(Failure::new("nothing to import: name a --board FILE.tsv, or --organization and --board-number"));
    };
    let api = Api::new(&args.github, clock.clone(), Patience::default()).map_err(Failure::new)?;
    let api = api.ok_or_else(|| {
        Failure::new("there is nothing to read GitHub with; set CEP_TRACKER_GITHUB_TOKEN to a token with read:project")
    })?;
    let reading = fetch_board(&api, organization, number).await.map_err(Failure::new)?;
    Ok((format!("{organization}/{number}"), reading))
}

fn print(name: &str, order: &Order, summary: &Summary, notes: bool, out: &mut impl Write) -> io::Result<()> {
    if order.mode == Mode::Try {
        writeln!(out, "Nothing was recorded; this would be:")?;
    }
    writeln!(
        out,
        "board of {}: {} rows, {} of no known proposal; {} decisions taken, {} known already, {} rows noted as they are; \
         {} events",
        order.release,
        summary.rows,
        summary.unmatched,
        summary.taken.len(),
        summary.known,
        summary.observed,
        summary.events,
    )?;
    for taken in &summary.taken {
        writeln!(out, "{name}:{}: taken: {}: {}", taken.line, taken.key, taken.what)?;
    }
    for (severity, word) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")] {
        let mut told = 0;
        for found in summary.of(severity).filter(|_| severity != Severity::Note || notes) {
            writeln!(out, "{name}:{}: {word}: {} {}", found.line, found.message, found.mend)?;
            told += 1;
        }
        let more = summary.of(severity).count() - told;
        if more > 0 {
            writeln!(out, "and {more} notes on what the board leaves out; --notes shows them")?;
        }
    }
    Ok(())
}
