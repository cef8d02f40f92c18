//! Imports lists of exceptions (FORMATS 5): those that the tracker exported, and those that people wrote.
//!
//! A list of ours carries its steps, which become the same events again. One without steps tells less, and no more than
//! it tells is recorded: approved is granted on the day of the decision, denied and rejected are denied; reverted and
//! removed were granted, and that their fruit was taken out again later, on a day that no list states, is said in the
//! reason. What a list leaves out is called "not recorded" in words, and time without an end runs until GA; where that is
//! not known either, until an unknown day ([`domain::words::UNKNOWN_END`]).
//!
//! Importing again adds nothing: a request is known by its proposal, release and freeze, and by its thread or by its day
//! and requester. What is known is never decided anew by a list. All of it is one transaction under the log's lock. Left
//! out on purpose: a record of the run, since a list says nothing about how fresh the data of a source are.

mod ledger;
mod summary;
mod target;
mod told;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{Diagnostic, Event, ReleaseVersion, diagnostic::codes};
use sqlx::PgConnection;

use super::{
    Context,
    import::{ImportError, not_over_the_demo},
};
use crate::{
    documents::exceptions::{ExceptionRecord, read_exceptions},
    files::File,
    store::{event, event::NewEvent, project},
    verdicts::{Verdicts, World},
};
use ledger::{Found, Ledger};
pub use summary::{Assumed, Remark, Summary};
use target::{Target, target};
use told::{Step, Told, tell};

/// Who records what a list says.
pub const READER: &str = "import";

/// What a list leaves out.
pub const NOT_RECORDED: &str = "Not recorded in exceptions.yaml.";

/// In place of the login of a requester whom a list does not name: no login, so that it is nobody's.
pub const NOBODY: &str = "not recorded";

/// Imports lists.
///
/// # Errors
/// When the assumed source does not exist, the database holds the demo world, or it fails. Nothing has changed then.
pub async fn import_exceptions(context: &Context, assumed: &Assumed, files: &[File]) -> Result<Summary, ImportError> {
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    not_over_the_demo(&mut tx).await?;
    let world = Verdicts::new(context.pool.clone()).world_under_lock(&mut tx).await?;
    if let Some(source) = assumed.source.as_ref().filter(|source| !world.sources.contains_key(*source)) {
        return Err(ImportError::NoSource(source.clone()));
    }
    let mut import = Import {
        world: &world,
        assumed,
        now: context.clock.now(),
        ledgers: BTreeMap::new(),
        summary: Summary::default(),
    };
    for file in files {
        import.read(&mut tx, file).await?;
    }
    let mut summary = import.summary;
    summary.remarks.sort_by(|a, b| (&a.path, a.diagnostic.line).cmp(&(&b.path, b.diagnostic.line)));
    tx.commit().await?;
    Ok(summary)
}

struct Import<'a> {
    world: &'a World,
    assumed: &'a Assumed,
    now: DateTime<Utc>,
    ledgers: BTreeMap<(String, u32), Ledger>,
    summary: Summary,
}

impl Import<'_> {
    async fn read(&mut self, conn: &mut PgConnection, file: &File) -> Result<(), ImportError> {
        let reading = read_exceptions(&file.path, &file.content);
        self.summary.files += 1;
        self.summary.read += reading.records.len() + reading.lost;
        self.summary.unreadable += reading.lost;
        self.remark(file, reading.diagnostics);
        for record in &reading.records {
            let release = record.release.or(reading.release).or(self.assumed.release);
            match self.understand(record, release) {
                Ok((target, told)) => self.record(conn, file, record, &target, told).await?,
                Err(why) => {
                    self.summary.unreadable += 1;
                    let mend = "Correct the record, or name the source and the release on the command line.";
                    let lost = Diagnostic::error(record.line, codes::RECORD_LOST, format!("{why}."), mend);
                    self.remark(file, vec![lost]);
                }
            }
        }
        Ok(())
    }

    fn remark(&mut self, file: &File, diagnostics: Vec<Diagnostic>) {
        let remark = |diagnostic| Remark { path: file.path.clone(), diagnostic };
        self.summary.remarks.extend(diagnostics.into_iter().map(remark));
    }

    /// Which request of which proposal a record is, and what it tells.
    fn understand(&self, record: &ExceptionRecord, release: Option<ReleaseVersion>) -> Result<(Target, Told), String> {
        let target = target(self.world, self.assumed.source.as_deref(), record, release, self.now)?;
        let told = tell(record, &target, self.now)?;
        Ok((target, told))
    }

    /// Appends what is not known yet.
    async fn record(
        &mut self,
        conn: &mut PgConnection,
        file: &File,
        record: &ExceptionRecord,
        target: &Target,
        told: Told,
    ) -> Result<(), ImportError> {
        let key = (target.source.clone(), target.number);
        let known = self.world.proposals.get(&key);
        let ledger = self.ledgers.entry(key).or_insert_with(|| Ledger::of(known.map(|known| &**known)));
        let mut events = Vec::new();
        if !ledger.titled && !record.name.is_empty() {
            ledger.titled = true;
            events.push(target.event(Step::fact(Event::Titled { title: record.name.clone() })));
        }
        let mut remarks = told.remarks;
        match ledger.find(target, record, &told.steps) {
            Found::New(number) => {
                let steps = ledger.add(number, target, told.steps);
                events.extend(steps.into_iter().map(|step| target.event(step)));
                self.summary.new += 1;
            }
            Found::Known(number) => {
                let (steps, otherwise) = ledger.missing(number, told.steps, told.exact);
                remarks.clear();
                remarks.extend(otherwise.map(|words| decided_otherwise(record.line, &words)));
                let count = if steps.is_empty() { &mut self.summary.unchanged } else { &mut self.summary.changed };
                *count += 1;
                events.extend(steps.into_iter().map(|step| target.event(step)));
            }
        }
        self.summary.events += events.len();
        self.remark(file, remarks);
        for event in &events {
            project::append(conn, event, self.now).await?;
        }
        Ok(())
    }
}

impl Target {
    fn event(&self, step: Step) -> NewEvent {
        NewEvent {
            source: self.source.clone(),
            number: self.number,
            actor: step.actor,
            actor_id: None,
            on_behalf_of: step.on_behalf_of,
            link: step.link,
            occurred_at: step.at,
            event: step.event,
        }
    }
}

fn decided_otherwise(line: u32, words: &str) -> Diagnostic {
    Diagnostic::warning(
        line,
        codes::DECIDED_OTHERWISE,
        format!("The tracker knows this request as {words}; that was left as it is."),
        "Correct the file, or decide anew in the tracker.",
    )
}
