//! `cep-tracker export instance`: everything in one file.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use super::super::{Failure, with_database};
use crate::{
    clock::Clock, database::DatabaseConfig, store::instance::LEFT_OUT, usecases::export_instance::export_instance,
};

/// Writes the file and says what is in it, and what is not. A file that could not be finished is taken away.
pub async fn run(path: &Path, database: &DatabaseConfig, clock: Clock) -> Result<(), Failure> {
    let named = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    let file = File::create_new(path).map_err(|error| named(&error))?;
    let written = with_database(database, clock, async |context| {
        export_instance(&context, BufWriter::new(file)).await.map_err(|error| named(&error))
    })
    .await;
    let counts = match written {
        Ok(counts) => counts,
        Err(failure) => {
            if let Err(error) = std::fs::remove_file(path) {
                tracing::warn!(%error, path = %path.display(), "an unfinished file stays");
            }
            return Err(failure);
        }
    };
    let mut out = io::stdout().lock();
    let told: Vec<_> = counts.iter().map(|(table, count)| format!("{count} {table}")).collect();
    writeln!(out, "{}: {}", path.display(), told.join(", "))?;
    writeln!(out, "Left out:")?;
    for (what, _) in LEFT_OUT {
        writeln!(out, "  {what}")?;
    }
    Ok(())
}
