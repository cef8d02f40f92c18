//! `cep-tracker export`: files in the shapes that others read, and the whole instance as one.

mod instance;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Subcommand;
use domain::ReleaseVersion;

use super::{Failure, with_database};
use crate::{
    clock::Clock,
    database::DatabaseConfig,
    documents::exceptions::{write_all_exceptions, write_exceptions},
    usecases::export_exceptions::{ExceptionsByRelease, exceptions_by_release},
    verdicts::Verdicts,
};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    database: DatabaseConfig,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Requests for exceptions as exceptions.yaml; printed when no directory is given.
    Exceptions {
        /// Only those of this release, e.g. v1.10.
        #[arg(long, value_name = "VERSION")]
        release: Option<ReleaseVersion>,
        /// Directory in which releases/vX.Y/exceptions.yaml is written.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// The whole instance as one file: the log with its texts, sources, calendars, settings, people by login.
    ///
    /// What is left out is printed, and listed in the first line of the file; `import --instance` takes it in.
    Instance {
        /// The file, which must not be there yet: compressed lines of JSON, e.g. tracker.jsonl.gz.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Exports.
pub async fn run(args: Args, clock: Clock) -> Result<(), Failure> {
    let (release, out) = match args.what {
        What::Exceptions { release, out } => (release, out),
        What::Instance { file } => return instance::run(&file, &args.database, clock).await,
    };
    let mut releases = with_database(&args.database, clock, async |context| {
        let world = Verdicts::new(context.pool.clone()).world().await.map_err(Failure::new)?;
        Ok(exceptions_by_release(&world, context.clock.now()))
    })
    .await?;
    if let Some(wanted) = release {
        releases.retain(|version, _| *version == wanted);
        releases.entry(wanted).or_default();
    }
    match out {
        Some(directory) => write(&directory, &releases),
        None => Ok(write!(io::stdout().lock(), "{}", write_all_exceptions(&releases))?),
    }
}

/// One file for each release, and a line about each.
fn write(directory: &Path, releases: &ExceptionsByRelease) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for (release, records) in releases {
        let place = directory.join("releases").join(release.to_string());
        let file = place.join("exceptions.yaml");
        std::fs::create_dir_all(&place)
            .and_then(|()| std::fs::write(&file, write_exceptions(*release, records)))
            .map_err(|error| Failure::new(format!("{}: {error}", file.display())))?;
        writeln!(out, "{}: {} exceptions", file.display(), records.len())?;
    }
    if releases.is_empty() {
        writeln!(out, "No exceptions were requested.")?;
    }
    Ok(())
}
