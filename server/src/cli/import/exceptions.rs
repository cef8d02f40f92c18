//! `cep-tracker import exceptions`: lists of exceptions, exported by the tracker or written by hand.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use domain::{ReleaseVersion, Severity};

use super::super::{Failure, with_database};
use crate::{
    clock::Clock,
    database::DatabaseConfig,
    documents::exceptions::release_of_path,
    files::{self, File},
    usecases::import_exceptions::{Assumed, Summary, import_exceptions},
};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Lists, or directories below which there are some: files called exceptions.yaml.
    #[arg(required = true, value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,

    /// Source of the records that name a number alone, e.g. cep.
    #[arg(long, value_name = "ID")]
    source: Option<String>,

    /// Release of the files whose path names none, e.g. v1.10.
    #[arg(long, value_name = "VERSION")]
    release: Option<ReleaseVersion>,

    /// Also print what is merely worth knowing: what lists leave out, and what was kept as a note.
    #[arg(long)]
    notes: bool,

    #[command(flatten)]
    database: DatabaseConfig,
}

/// Imports the lists and prints what became of each record.
pub async fn run(args: Args, clock: Clock) -> Result<(), Failure> {
    let mut files = Vec::new();
    for path in &args.paths {
        files.extend(lists(path)?);
    }
    if files.is_empty() {
        return Err(Failure::new("nothing to import: no file called exceptions.yaml is there"));
    }
    let assumed = Assumed { source: args.source, release: args.release };
    let summary = with_database(&args.database, clock, async |context| {
        import_exceptions(&context, &assumed, &files).await.map_err(Failure::new)
    })
    .await?;
    Ok(print(&summary, args.notes, &mut io::stdout().lock())?)
}

/// The lists at a path, which is named as it was given.
fn lists(path: &Path) -> io::Result<Vec<File>> {
    if !path.is_dir() {
        let content = std::fs::read(path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        return Ok(vec![file(path, content)]);
    }
    let found = files::below(path, &is_list)?;
    Ok(found.into_iter().map(|found| file(&path.join(&found.path), found.content)).collect())
}

fn is_list(name: &str) -> bool {
    matches!(name, "exceptions.yaml" | "exceptions.yml" | "exception.yaml" | "exception.yml")
}

/// A list under the path that it was given, or under its full one where only that names a release.
fn file(path: &Path, content: Vec<u8>) -> File {
    let given = path.display().to_string();
    let full = || std::fs::canonicalize(path).ok().map(|path| path.display().to_string());
    let path = match release_of_path(&given) {
        Some(_) => given,
        None => full().filter(|full| release_of_path(full).is_some()).unwrap_or(given),
    };
    File { path, content, occurred_at: None, changed_at: None, proposed: false }
}

fn print(summary: &Summary, notes: bool, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "exceptions: {} read in {} files, {} new, {} changed, {} unchanged, {} unreadable; {} events",
        summary.read,
        summary.files,
        summary.new,
        summary.changed,
        summary.unchanged,
        summary.unreadable,
        summary.events,
    )?;
    for (severity, word) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")] {
        let mut told = 0;
        for remark in summary.of(severity).filter(|_| severity != Severity::Note || notes) {
            let found = &remark.diagnostic;
            writeln!(out, "{}:{}: {word}: {} {}", remark.path, found.line, found.message, found.mend)?;
            told += 1;
        }
        let more = summary.of(severity).count() - told;
        if more > 0 {
            writeln!(out, "and {more} notes on what the lists leave out; --notes shows them")?;
        }
    }
    Ok(())
}
