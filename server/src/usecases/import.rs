//! Imports files: proposal documents and aliases of a source, schedules of a calendar.
//!
//! What did not change adds no event, so that importing the same files again changes nothing. A file that cannot be
//! understood is reported with line and reason, and the import goes on. Left out on purpose: fetching; files come from
//! [`crate::files`].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::{Diagnostic, Event, ReleaseVersion, Severity, Source};
use sqlx::PgConnection;

use super::Context;
use crate::{
    documents::{self, SourceTemplate},
    files::File,
    store::{
        StoreError, blob,
        calendar::{CalendarEvent, NewCalendarEvent},
        document,
        event::{self, NewEvent},
        import_run::{self, DiagnosticCount, ImportRun},
        project, schedule, setting, source,
    },
};

/// Files written in one transaction. A transaction is durable when it ends, and the disk waits for each.
const BATCH: usize = 100;

/// Places kept per diagnostic.
const PLACES: usize = 5;

/// Where the aliases of a source are.
pub(super) const ALIASES: &str = "OWNERS_ALIASES";

/// Who records what an import finds.
const READER: &str = "import";

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The record that is kept.
    pub run: ImportRun,
    /// Proposals among the files.
    pub proposals: usize,
    /// Documents beside a proposal's main one.
    pub further: usize,
    /// Files that lie where proposals do but are not: templates, paths without a number.
    pub skipped: usize,
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is no such source.
    #[error("there is no source `{0}`; `cep` and `vep` are there from the start")]
    NoSource(String),
    /// There is no such calendar.
    #[error("there is no calendar `{0}`")]
    NoCalendar(String),
    /// No reader knows its documents.
    #[error("source `{0}` names the template `{1}`, which no reader knows")]
    NoTemplate(String, String),
    /// These files cannot be the repository that was read before.
    #[error(
        "only {found} of the {known} proposals known from `{source_id}` have a document among these files; nothing was \
         changed. Is the directory the root of the repository, and the checkout complete?"
    )]
    MostGone {
        /// The source.
        source_id: String,
        /// Proposals with a document that are known.
        known: usize,
        /// Of those, found again.
        found: usize,
    },
    /// Real data must not mix with the demo.
    #[error("the database holds the demo world; leave it first with `cep-tracker demo leave`")]
    Demo,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for ImportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Is told how far an import is: files done, files in all.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

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

/// Imports the schedules of a calendar: files called `…/vX.Y/schedule.yaml`.
///
/// # Errors
/// When there is no such calendar or the database fails.
pub async fn import_schedules(
    context: &Context,
    calendar: &str,
    files: &[File],
    progress: Progress<'_>,
) -> Result<Summary, ImportError> {
    let started_at = context.clock.now();
    let mut tally = Tally::default();
    let schedules: Vec<(ReleaseVersion, &File)> =
        files.iter().filter_map(|file| release_of(&file.path).map(|version| (version, file))).collect();
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    not_over_the_demo(&mut tx).await?;
    if !crate::store::calendar::all(&mut tx).await?.iter().any(|known| known.id == calendar) {
        return Err(ImportError::NoCalendar(calendar.to_owned()));
    }
    for (done, (version, file)) in schedules.iter().enumerate() {
        let known = schedule::latest(&mut tx, calendar, *version).await?;
        tally.read += 1;
        tally.diagnose(&file.path, &documents::read_schedule(&file.path, &file.content).diagnostics);
        let blob = blob::address(&file.content);
        if known.as_ref().is_some_and(|(before, proposed)| *before == blob && *proposed == file.proposed) {
            tally.unchanged += 1;
        } else {
            blob::keep(&mut tx, &file.content).await?;
            let now = context.clock.now();
            let occurred_at = Known { first: known.is_none(), now }.since(file);
            let event = CalendarEvent::ScheduleRead {
                version: *version,
                path: file.path.clone(),
                blob,
                proposed: file.proposed,
            };
            let new = NewCalendarEvent {
                calendar: calendar.to_owned(),
                actor: READER.to_owned(),
                actor_id: None,
                occurred_at,
                event,
            };
            project::append_to_calendar(&mut tx, &new, now).await?;
            tally.changed += 1;
        }
        progress(done + 1, schedules.len());
    }
    if let Some(file) = files.iter().find(|file| file.path == ALIASES) {
        read_calendar_aliases(&mut tx, calendar, file, context.clock.now(), &mut tally).await?;
    }
    let run = tally.run(format!("calendar:{calendar}"), started_at, context.clock.now());
    import_run::keep(&mut tx, &run).await?;
    tx.commit().await?;
    Ok(Summary { run, proposals: 0, further: 0, skipped: 0 })
}

/// The release of a path such as `releases/v1.10/schedule.yaml`.
pub(super) fn release_of(path: &str) -> Option<ReleaseVersion> {
    let (directory, file) = path.rsplit_once('/')?;
    let name = directory.rsplit('/').next()?;
    (file == "schedule.yaml").then(|| name.parse().ok()).flatten()
}

/// A document among the files.
struct Found<'a> {
    file: &'a File,
    number: u32,
}

/// What an import knows about time.
#[derive(Clone, Copy)]
struct Known {
    /// Nothing of this source was ever read, so nobody can tell since when it has been so.
    first: bool,
    now: DateTime<Utc>,
}

impl Known {
    /// Since when a file has been so: as its reader says; unknown when nothing was read before; else since its
    /// repository changed it, or at the latest since now.
    fn since(self, file: &File) -> Option<DateTime<Utc>> {
        file.occurred_at.or_else(|| (!self.first).then(|| file.changed_at.unwrap_or(self.now).min(self.now)))
    }
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

/// Refuses a database that holds the demo world.
pub(super) async fn not_over_the_demo(conn: &mut PgConnection) -> Result<(), ImportError> {
    if setting::is_demo(conn).await? { Err(ImportError::Demo) } else { Ok(()) }
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

/// The same for the aliases of a source.
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

/// Counts while an import runs.
#[derive(Debug, Default)]
struct Tally {
    read: i32,
    changed: i32,
    unchanged: i32,
    gone: i32,
    further: usize,
    skipped: usize,
    numbers: BTreeSet<u32>,
    diagnostics: BTreeMap<String, DiagnosticCount>,
}

impl Tally {
    /// The document of a proposal that a file is, if it is one.
    fn find<'a>(&mut self, template: &SourceTemplate, file: &'a File) -> Option<Found<'a>> {
        let located = documents::locate(template, &file.path)?;
        if located.template {
            self.skipped += 1;
            return None;
        }
        let Some(number) = located.number else {
            self.skipped += 1;
            self.diagnose(&file.path, &[no_number()]);
            return None;
        };
        self.read += 1;
        if located.main {
            self.numbers.insert(number);
        } else {
            self.further += 1;
        }
        Some(Found { file, number })
    }

    fn diagnose(&mut self, path: &str, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            let count = self.diagnostics.entry(diagnostic.code.clone()).or_insert_with(|| DiagnosticCount {
                code: diagnostic.code.clone(),
                severity: diagnostic.severity,
                count: 0,
                mend: diagnostic.mend.clone(),
                places: Vec::new(),
            });
            count.count += 1;
            if count.places.len() < PLACES {
                count.places.push(format!("{path}:{}", diagnostic.line));
            }
        }
    }

    fn run(&mut self, origin: String, started_at: DateTime<Utc>, finished_at: DateTime<Utc>) -> ImportRun {
        ImportRun {
            origin,
            started_at,
            finished_at,
            read: self.read,
            changed: self.changed,
            unchanged: self.unchanged,
            gone: self.gone,
            diagnostics: std::mem::take(&mut self.diagnostics).into_values().collect(),
        }
    }
}

fn no_number() -> Diagnostic {
    Diagnostic {
        line: 0,
        code: "no-number-in-path".to_owned(),
        severity: Severity::Warning,
        message: "The directory's name does not begin with the number of the tracking issue.".to_owned(),
        mend: "Name the directory after the tracking issue: `4702-short-title`.".to_owned(),
    }
}

/// The same for the aliases of a calendar's own repository, which may list the release team.
async fn read_calendar_aliases(
    conn: &mut PgConnection,
    calendar: &str,
    file: &File,
    now: DateTime<Utc>,
    tally: &mut Tally,
) -> Result<(), ImportError> {
    tally.read += 1;
    tally.diagnose(&file.path, &documents::read_aliases(&file.content).diagnostics);
    let known = crate::store::calendar::latest_aliases(conn, calendar).await?;
    let blob = blob::address(&file.content);
    if known.as_ref() == Some(&blob) {
        tally.unchanged += 1;
        return Ok(());
    }
    blob::keep(conn, &file.content).await?;
    let new = NewCalendarEvent {
        calendar: calendar.to_owned(),
        actor: READER.to_owned(),
        actor_id: None,
        occurred_at: Known { first: known.is_none(), now }.since(file),
        event: CalendarEvent::AliasesRead { path: file.path.clone(), blob },
    };
    project::append_to_calendar(conn, &new, now).await?;
    tally.changed += 1;
    Ok(())
}
