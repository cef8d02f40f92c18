//! `cep-tracker import`: documents and schedules from checked-out repositories, or a release board.

mod board;
mod exceptions;
mod instance;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, with_database};
use crate::{
    clock::Clock,
    database::DatabaseConfig,
    files::{self, File},
    usecases::{
        Context,
        import::{Summary, import_schedules, import_source},
    },
};

/// Arguments.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,

    /// A source and where its repository is checked out, e.g. --source cep=../project-infra. Can be given several times.
    /// For a board the source whose proposals are on it, e.g. --source vep.
    #[arg(long = "source", value_name = "ID=DIR|ID")]
    sources: Vec<String>,

    /// Directory with the schedules of releases, e.g. --releases ../sig-release/releases.
    #[arg(long, value_name = "DIR")]
    releases: Option<PathBuf>,

    /// Calendar that the releases belong to.
    #[arg(long, default_value = "kubevirt", value_name = "ID")]
    calendar: String,

    /// The schedules stand in a pull request only: show them as proposed.
    #[arg(long, requires = "releases")]
    proposed: bool,

    /// The whole instance that `export instance` wrote, into an empty database.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sources", "releases", "proposed"])]
    instance: Option<PathBuf>,

    #[command(flatten)]
    board: board::Args,

    #[command(flatten)]
    database: DatabaseConfig,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read lists of exceptions: exceptions.yaml as exported here or written by hand.
    Exceptions(exceptions::Args),
}

fn pair(text: &str) -> Result<(String, PathBuf), Failure> {
    let (id, directory) = text.split_once('=').ok_or_else(|| {
        Failure::new(format!("`--source {text}` cannot be used; write it as ID=DIR, e.g. cep=../project-infra"))
    })?;
    Ok((id.to_owned(), PathBuf::from(directory)))
}

/// Imports what is named.
pub async fn run(mut args: Args, clock: Clock) -> Result<(), Failure> {
    if let Some(What::Exceptions(lists)) = args.what.take() {
        return exceptions::run(lists, clock).await;
    }
    if args.board.is_asked_for() {
        let [source] = args.sources.as_slice() else {
            return Err(Failure::new("name the one source whose proposals are on the board, e.g. --source vep"));
        };
        return board::run(args.board, source.clone(), &args.database, clock).await;
    }
    if let Some(file) = &args.instance {
        return instance::run(file, &args.database, clock).await;
    }
    if args.sources.is_empty() && args.releases.is_none() {
        return Err(Failure::new(
            "nothing to import: name at least one --source ID=DIR or --releases DIR, a --board FILE.tsv or an --instance FILE",
        ));
    }
    let database = args.database.clone();
    with_database(&database, clock, async |context| import(&context, args).await).await
}

async fn import(context: &Context, args: Args) -> Result<(), Failure> {
    let sources: Vec<_> = args.sources.iter().map(|text| pair(text)).collect::<Result<_, _>>()?;
    if let Some(directory) = &args.releases {
        let mut files = files::below(directory, &files::is_schedule)?;
        for file in &mut files {
            file.path = format!("releases/{}", file.path);
            file.proposed = args.proposed;
        }
        files.extend(aliases_beside(directory)?);
        let bar = progress_bar("schedules");
        let summary = import_schedules(context, &args.calendar, &files, &|done, all| advance(&bar, done, all))
            .await
            .map_err(Failure::new)?;
        bar.finish_and_clear();
        print(&summary);
    }
    for (source, directory) in &sources {
        let files = files::below(directory, &files::is_source_file)?;
        let bar = progress_bar(source);
        let summary = import_source(context, source, &files, &|done, all| advance(&bar, done, all))
            .await
            .map_err(Failure::new)?;
        bar.finish_and_clear();
        print(&summary);
    }
    Ok(())
}

/// The aliases of the repository that the schedules are in: beside them, or above in the root.
fn aliases_beside(directory: &Path) -> Result<Option<File>, Failure> {
    for place in [Some(directory), directory.parent()].into_iter().flatten() {
        if let Some(file) = files::one(place, "OWNERS_ALIASES")? {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

fn progress_bar(what: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:10} {bar:40} {pos}/{len}  {elapsed}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_prefix(what.to_owned())
}

fn advance(bar: &ProgressBar, done: usize, all: usize) {
    bar.set_length(all as u64);
    bar.set_position(done as u64);
}

fn print(summary: &Summary) {
    let run = &summary.run;
    let duration = run.finished_at - run.started_at;
    println!(
        "{}: {} read, {} changed, {} unchanged, {} gone ({:.1} s)",
        run.origin,
        run.read,
        run.changed,
        run.unchanged,
        run.gone,
        duration.as_seconds_f64(),
    );
    if summary.proposals + summary.further + summary.skipped > 0 {
        println!(
            "  {} proposals, {} further documents, {} skipped (templates, paths without a number)",
            summary.proposals, summary.further, summary.skipped
        );
    }
    for diagnostic in &run.diagnostics {
        let first = diagnostic.places.first().map_or("", String::as_str);
        println!("  {:>5} × {:<28} e.g. {first}", diagnostic.count, diagnostic.code);
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::cli::{Cli, Command};

    fn parse(line: &str) -> Result<super::Args, String> {
        let cli = Cli::try_parse_from(line.split(' ')).map_err(|error| error.to_string())?;
        match cli.command {
            Command::Import(args) => Ok(args),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn a_board_is_taken_from_a_file_or_by_its_number() {
        let file = parse("cep-tracker import --board board.tsv --source vep --release v1.10 --dry-run").unwrap();
        assert!(file.board.is_asked_for());
        assert_eq!(file.sources, ["vep"]);
        let number = "cep-tracker import --organization kubevirt --board-number 22 --source vep --release v1.10";
        assert!(parse(number).unwrap().board.is_asked_for());
        assert!(
            !parse("cep-tracker import --source cep=../infra --releases ../releases").unwrap().board.is_asked_for()
        );
    }

    #[test]
    fn a_board_needs_its_release_and_comes_alone() {
        assert!(parse("cep-tracker import --board board.tsv --source vep").unwrap_err().contains("--release"));
        assert!(parse("cep-tracker import --board board.tsv --release v1.10 --releases dir").is_err());
        assert!(parse("cep-tracker import --board-number 22 --release v1.10").unwrap_err().contains("--organization"));
        assert!(parse("cep-tracker import board board.tsv").is_err(), "there is one way");
    }
}
