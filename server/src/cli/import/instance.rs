//! `cep-tracker import --instance FILE`: the file of a whole instance, into an empty database.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use super::super::{Failure, with_database};
use crate::{
    clock::Clock,
    database::DatabaseConfig,
    usecases::import_instance::{Imported, import_instance},
};

/// Takes the file in and says what was in it, and what was left out of it.
pub async fn run(path: &Path, database: &DatabaseConfig, clock: Clock) -> Result<(), Failure> {
    let named = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(|error| named(&error))?;
    let Imported { head, counts } = with_database(database, clock, async |context| {
        import_instance(&context, file).await.map_err(|error| named(&error))
    })
    .await?;
    let mut out = io::stdout().lock();
    let told: Vec<_> = counts.iter().map(|(table, count)| format!("{count} {table}")).collect();
    writeln!(out, "{}: written on {} by version {}", path.display(), app::words::utc(head.exported_at), head.version)?;
    writeln!(out, "  {}", told.join(", "))?;
    writeln!(out, "Left out of it:")?;
    for what in head.left_out {
        writeln!(out, "  {what}")?;
    }
    Ok(())
}
