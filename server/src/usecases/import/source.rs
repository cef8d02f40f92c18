//! The documents and aliases of a source.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::{Event, Source};
use sqlx::PgConnection;

use super::{ALIASES, ImportError, Known, Progress, READER, Summary, not_over_the_demo, tally::Tally};
use crate::{
    documents,
    files::File,
    store::{
        blob, document,
        event::{self, NewEvent},
        import_run, project, source,
    },
    usecases::Context,
};

/// Files written in one transaction. A transaction is durable when it ends, and the disk waits for each.
const BATCH: usize = 100;

/// Imports the documents and aliases of a source. `files` are all that its repository holds: a document that was there
/// before and is not among them is gone.
///
/// # Errors
/// When there is no such source or the database fails; batches written until then stay.
pub async fn import_source(
    context: &Context,
    source_id: &str,
    files: &[File],
    progress: Progress<'_>,
) -> Result<Summary, ImportError> {
    let started_at = context.clock.now();
    let mut conn = context.pool.acquire().await?;
    let source =
        source::find(&mut conn, source_id).await?.ok_or_else(|| ImportError::NoSource(source_id.to_owned()))?;
    let template = documents::SOURCES
        .iter()
        .find(|template| template.id == source.template)
        .ok_or_else(|| ImportError::NoTemplate(source.id.clone(), source.template.clone()))?;
    not_over_the_demo(&mut conn).await?;
    let before = document::present(&mut conn, source_id).await?;
    let ever = document::ever_read(&mut conn, source_id).await?;
    drop(conn);
    let mut tally = Tally::default();
    let documents: Vec<Found<'_>> = files.iter().filter_map(|file| tally.find(template, file)).collect();
    most_are_there(source_id, &before, &documents)?;
    let mut done = 0;
    for batch in documents.chunks(BATCH) {
        let mut tx = context.pool.begin().await?;
        event::lock_log(&mut tx).await?;
        for found in batch {
            let path = &found.file.path;
            let known = Known { first: ever.is_empty(), now: context.clock.now() };
            read_document(&mut tx, &source, found, known, &mut tally).await?;
            tally.diagnose(path, &documents::read_proposal(template, path, &found.file.content).diagnostics);
            done += 1;
            progress(done, documents.len());
        }
        tx.commit().await?;
    }
    let present: BTreeSet<&str> = documents.iter().map(|found| found.file.path.as_str()).collect();
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let mut gone: Vec<_> = before.iter().filter(|(path, _)| !present.contains(path.as_str())).collect();
    gone.sort();
    for (path, (number, _)) in gone {
        if document::blob_of(&mut tx, source_id, path).await?.is_none() {
            continue;
        }
        let event = Event::DocumentGone { path: path.clone() };
        let at = context.clock.now();
        project::append(&mut tx, &fact(&source.id, *number, Some(at), event), at).await?;
        tally.gone += 1;
    }
    if let Some(file) = files.iter().find(|file| file.path == ALIASES) {
        read_aliases(&mut tx, &source, file, context.clock.now(), &mut tally).await?;
    }
    let run = tally.run(format!("source:{source_id}"), started_at, context.clock.now());
    import_run::keep(&mut tx, &run).await?;
    tx.commit().await?;
    Ok(Summary { run, proposals: tally.numbers.len(), further: tally.further, skipped: tally.skipped })
}

/// A document among the files.
pub(super) struct Found<'a> {
    pub file: &'a File,
    pub number: u32,
}

/// Files of the wrong directory would make every document look gone, and the log forgets nothing.
fn most_are_there(
    source_id: &str,
    before: &HashMap<String, (u32, String)>,
    documents: &[Found<'_>],
) -> Result<(), ImportError> {
    let known: BTreeSet<u32> = before.values().map(|(number, _)| *number).collect();
    let now: BTreeSet<u32> = documents.iter().map(|found| found.number).collect();
    let found = known.intersection(&now).count();
    if known.len() > 1 && found * 2 < known.len() {
        return Err(ImportError::MostGone { source_id: source_id.to_owned(), known: known.len(), found });
    }
    Ok(())
}

fn fact(source: &str, number: u32, occurred_at: Option<DateTime<Utc>>, event: Event) -> NewEvent {
    NewEvent {
        source: source.to_owned(),
        number,
        actor: READER.to_owned(),
        actor_id: None,
        on_behalf_of: None,
        link: None,
        occurred_at,
        event,
    }
}

/// Appends an event when the text differs from what is known.
async fn read_document(
    conn: &mut PgConnection,
    source: &Source,
    found: &Found<'_>,
    known: Known,
    tally: &mut Tally,
) -> Result<(), ImportError> {
    let blob = blob::address(&found.file.content);
    // Asked here, with the log locked, so that two imports at once add one event.
    if document::blob_of(conn, &source.id, &found.file.path).await?.as_ref() == Some(&blob) {
        tally.unchanged += 1;
        return Ok(());
    }
    blob::keep(conn, &found.file.content).await?;
    let now = known.now;
    let occurred_at = known.since(found.file);
    let event = Event::DocumentRead { path: found.file.path.clone(), blob };
    project::append(conn, &fact(&source.id, found.number, occurred_at, event), now).await?;
    tally.changed += 1;
    Ok(())
}

/// Appends an event when the aliases of a source differ.
async fn read_aliases(
    conn: &mut PgConnection,
    source: &Source,
    file: &File,
    now: DateTime<Utc>,
    tally: &mut Tally,
) -> Result<(), ImportError> {
    tally.read += 1;
    tally.diagnose(&file.path, &documents::read_aliases(&file.content).diagnostics);
    let known = event::latest_aliases(conn, &source.id).await?;
    let blob = blob::address(&file.content);
    if known.as_ref() == Some(&blob) {
        tally.unchanged += 1;
        return Ok(());
    }
    blob::keep(conn, &file.content).await?;
    let occurred_at = Known { first: known.is_none(), now }.since(file);
    let event = Event::AliasesRead { path: file.path.clone(), blob };
    project::append(conn, &fact(&source.id, 0, occurred_at, event), now).await?;
    tally.changed += 1;
    Ok(())
}
