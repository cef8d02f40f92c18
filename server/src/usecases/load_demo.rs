//! Loads the demo world into an empty database, and leaves it again.

mod mirror;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Announcement, Decision, Event, Freeze, Recorded};
use sqlx::{PgPool, postgres::PgConnectOptions};

use super::{
    Context,
    decide::{By, DecideError, SourceDecision, decide, decide_on_source},
    import::{ImportError, import_schedules, import_source},
    key::Key,
};
use crate::{
    demo::{self, DemoEvent},
    files::File,
    store::{
        self, StoreError,
        calendar::{CalendarEvent, NewCalendarEvent},
        event,
        event::NewEvent,
        project, rebuild, setting,
    },
    verdicts::Verdicts,
};

/// Calendar and sources of the demo: those that every database begins with.
const CALENDAR: &str = "kubevirt";
const SOURCES: &[&str] = &["cep", "vep"];

/// Why the demo world was not loaded or left.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// It would mix with real data.
    #[error("the database is not empty; the demo world is loaded into an empty one only")]
    NotEmpty,
    /// There is no demo to leave.
    #[error("the database holds no demo world, so there is nothing to leave")]
    NotDemo,
    /// A file of the demo was refused.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A decision of the demo was refused.
    #[error(transparent)]
    Decide(#[from] DecideError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for DemoError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Loads the demo world as of now. The decisions that have use cases go through them, the rest is appended to the log
/// as the readers of GitHub and the coming forms write it.
///
/// # Errors
/// When the database is not empty or fails.
pub async fn load_demo(context: &Context) -> Result<(), DemoError> {
    begin(context).await?;
    load(context).await?;
    let mut conn = context.pool.acquire().await?;
    setting::set(&mut conn, setting::DEMO, &setting::DEMO_LOADED.into()).await?;
    Ok(())
}

/// The same when the server starts: not after somebody left the demo, and anew when an earlier start was cut short.
/// Says whether it was loaded.
///
/// # Errors
/// When the database fails.
pub async fn load_demo_at_start(context: &Context, owner: PgConnectOptions) -> Result<bool, DemoError> {
    let mut conn = context.pool.acquire().await?;
    let stands = setting::get(&mut conn, setting::DEMO).await?;
    drop(conn);
    if stands == Some(setting::DEMO_LEFT.into()) {
        return Ok(false);
    }
    if stands == Some(setting::DEMO_LOADING.into()) {
        let owner = store::connect(owner).await?;
        empty(&owner, setting::DEMO_LOADING, None).await?;
        owner.close().await;
    }
    match load_demo(context).await {
        Ok(()) => Ok(true),
        Err(DemoError::NotEmpty) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Marks the database as being loaded; refuses one that holds anything.
async fn begin(context: &Context) -> Result<(), DemoError> {
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let head = event::head(&mut tx).await?;
    let loading = setting::get(&mut tx, setting::DEMO).await? == Some(setting::DEMO_LOADING.into());
    if (head.proposals, head.calendars) != (0, 0) || loading {
        return Err(DemoError::NotEmpty);
    }
    setting::set(&mut tx, setting::DEMO, &setting::DEMO_LOADING.into()).await?;
    tx.commit().await?;
    Ok(())
}

async fn load(context: &Context) -> Result<(), DemoError> {
    let world = demo::world(context.clock.now());
    let quiet: &(dyn Fn(usize, usize) + Sync) = &|_, _| {};
    // One round per version of a file, oldest first, as if each had been read in its time.
    let mut schedules: Vec<File> = world
        .schedules
        .into_iter()
        .map(|schedule| File {
            path: schedule.path,
            content: schedule.text.into_bytes(),
            occurred_at: Some(schedule.occurred_at),
            changed_at: None,
            proposed: false,
        })
        .collect();
    schedules.sort_by_key(|file| file.occurred_at);
    for round in rounds(schedules) {
        import_schedules(context, CALENDAR, &round, quiet).await?;
    }
    for source in SOURCES {
        let mut files: Vec<File> = world
            .files
            .iter()
            .filter(|file| file.source == *source)
            .map(|file| File {
                path: file.path.clone(),
                content: file.text.clone().into_bytes(),
                occurred_at: Some(file.occurred_at),
                changed_at: None,
                proposed: false,
            })
            .collect();
        files.sort_by_key(|file| file.occurred_at);
        let mut known: Vec<File> = Vec::new();
        for round in rounds(files) {
            known.retain(|file| round.iter().all(|newer| newer.path != file.path));
            known.extend(round);
            let mut all = known.clone();
            all.extend(world.aliases.iter().filter(|aliases| aliases.source == *source).map(|aliases| File {
                path: "OWNERS_ALIASES".to_owned(),
                content: aliases.text.clone().into_bytes(),
                occurred_at: None,
                changed_at: None,
                proposed: false,
            }));
            import_source(context, source, &all, quiet).await?;
        }
    }
    record(context, world.events).await?;
    mirror::write(context, world.candidates, &world.references).await?;
    close_freeze(context).await?;
    announce(context).await
}

/// That was announced, and a roster of representatives is kept; it has a gap ahead.
async fn announce(context: &Context) -> Result<(), DemoError> {
    let now = context.clock.now();
    let calendar = |at: DateTime<Utc>, event| NewCalendarEvent {
        calendar: CALENDAR.to_owned(),
        // No persona: nobody finds an undo of what they did not do.
        actor: demo::RELEASE_TEAM[1].to_owned(),
        actor_id: None,
        occurred_at: Some(at),
        event,
    };
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let roster = CalendarEvent::RepresentationSet { roster: demo::representatives(now), undoing: false };
    project::append_to_calendar(&mut tx, &calendar(now - TimeDelta::weeks(6), roster), now).await?;
    let link = "https://groups.google.com/g/kubevirt-dev/c/demo-enhancement-freeze".to_owned();
    let announced = CalendarEvent::Announced { version: demo::CURRENT, what: Announcement::Enhancement, link };
    project::append_to_calendar(&mut tx, &calendar(now - TimeDelta::weeks(5), announced), now).await?;
    tx.commit().await?;
    Ok(())
}

/// The release team closed the Enhancement Freeze of the current release some hours after it.
async fn close_freeze(context: &Context) -> Result<(), DemoError> {
    let verdicts = Verdicts::new(context.pool.clone());
    let (release, freeze) = (demo::CURRENT, Freeze::Enhancement);
    let world = verdicts.world().await?;
    let known = world.release(release).and_then(|known| known.dates_at(context.clock.now()).freeze(freeze));
    let Some(at) = known else { return Ok(()) };
    for source in SOURCES {
        let by = By { at: Some(at + TimeDelta::hours(4)), ..By::operator(demo::RELEASE_TEAM[0]) };
        let decision = SourceDecision::CloseFreeze { release, freeze };
        decide_on_source(context, &verdicts, &by, source, decision, None).await?;
    }
    Ok(())
}

/// Records the events of the demo in their order. An undo there names the place of what it undoes, from 1.
async fn record(context: &Context, events: Vec<DemoEvent>) -> Result<(), DemoError> {
    let verdicts = Verdicts::new(context.pool.clone());
    let mut ids = Vec::with_capacity(events.len());
    let mut facts = Vec::new();
    for mut demo in events {
        if let Event::Undone { event } = &mut demo.event {
            append(context, &mut facts, &mut ids).await?;
            let place = usize::try_from(*event - 1).unwrap_or(usize::MAX);
            *event = ids.get(place).copied().unwrap_or_default();
        }
        if let Some(decision) = decision_of(&demo.event) {
            append(context, &mut facts, &mut ids).await?;
            ids.push(record_decision(context, &verdicts, demo, decision).await?.id);
        } else {
            facts.push(demo);
        }
    }
    append(context, &mut facts, &mut ids).await
}

/// Splits versions of files into rounds in which each path comes once.
fn rounds(files: Vec<File>) -> Vec<Vec<File>> {
    let mut rounds: Vec<Vec<File>> = Vec::new();
    for file in files {
        match rounds.iter_mut().find(|round| round.iter().all(|other| other.path != file.path)) {
            Some(round) => round.push(file),
            None => rounds.push(vec![file]),
        }
    }
    rounds
}

/// Empties a database that holds the demo world. `owner` is the role that may change the log.
///
/// # Errors
/// When the database does not hold the demo world, or fails.
pub async fn leave_demo(owner: &PgPool) -> Result<(), DemoError> {
    empty(owner, setting::DEMO_LOADED, Some(setting::DEMO_LEFT)).await
}

/// Empties a database that stands to the demo as `now`, and writes how it stands `then`.
async fn empty(owner: &PgPool, now: &str, then: Option<&str>) -> Result<(), DemoError> {
    let mut tx = owner.begin().await?;
    event::lock_log(&mut tx).await?;
    if setting::get(&mut tx, setting::DEMO).await? != Some(now.into()) {
        return Err(DemoError::NotDemo);
    }
    rebuild::forget_everything(&mut tx).await?;
    if let Some(then) = then {
        setting::set(&mut tx, setting::DEMO, &then.into()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Decisions on a release and assignments go through the use case, as people make them; the rest of the demo's past is
/// appended as it is told.
fn decision_of(event: &Event) -> Option<Decision> {
    Some(match event.clone() {
        Event::Accepted { release, rank } => Decision::Accept { release, rank },
        Event::Assigned { reviewers, approvers } => Decision::Assign { reviewers, approvers },
        Event::Committed { release, on } => Decision::Commit { release, on: Some(on) },
        Event::Removed { release, reason } => Decision::Remove { release, reason },
        Event::Retargeted { from, to, reason, sentence } => Decision::Retarget { release: from, to, reason, sentence },
        _ => return None,
    })
}

async fn append(context: &Context, facts: &mut Vec<DemoEvent>, ids: &mut Vec<i64>) -> Result<(), DemoError> {
    if facts.is_empty() {
        return Ok(());
    }
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    for demo in facts.drain(..) {
        let new = NewEvent {
            source: demo.source.to_owned(),
            number: demo.number,
            actor: demo.actor,
            actor_id: None,
            on_behalf_of: demo.on_behalf_of,
            link: demo.link,
            occurred_at: Some(demo.occurred_at),
            event: demo.event,
        };
        ids.push(project::append(&mut tx, &new, context.clock.now()).await?.id);
    }
    tx.commit().await?;
    Ok(())
}

async fn record_decision(
    context: &Context,
    verdicts: &Verdicts,
    demo: DemoEvent,
    decision: Decision,
) -> Result<Recorded, DemoError> {
    let key = Key { source: demo.source.to_owned(), number: demo.number };
    let by =
        By { on_behalf_of: demo.on_behalf_of, link: demo.link, at: Some(demo.occurred_at), ..By::operator(demo.actor) };
    Ok(decide(context, verdicts, &by, &key, decision, None).await?)
}
