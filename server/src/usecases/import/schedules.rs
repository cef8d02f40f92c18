//! The schedules and aliases of a calendar.

use chrono::{DateTime, Utc};
use domain::ReleaseVersion;
use sqlx::PgConnection;

use super::{ALIASES, ImportError, Known, Progress, READER, Summary, not_over_the_demo, tally::Tally};
use crate::{
    documents,
    files::File,
    store::{
        blob,
        calendar::{self, CalendarEvent, NewCalendarEvent},
        event, import_run, project, schedule,
    },
    usecases::Context,
};

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
    if !calendar::all(&mut tx).await?.iter().any(|known| known.id == calendar) {
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
pub(in crate::usecases) fn release_of(path: &str) -> Option<ReleaseVersion> {
    let (directory, file) = path.rsplit_once('/')?;
    let name = directory.rsplit('/').next()?;
    (file == "schedule.yaml").then(|| name.parse().ok()).flatten()
}

/// Appends an event when the aliases of a calendar's own repository differ, which may list the release team.
async fn read_calendar_aliases(
    conn: &mut PgConnection,
    calendar: &str,
    file: &File,
    now: DateTime<Utc>,
    tally: &mut Tally,
) -> Result<(), ImportError> {
    tally.read += 1;
    tally.diagnose(&file.path, &documents::read_aliases(&file.content).diagnostics);
    let known = calendar::latest_aliases(conn, calendar).await?;
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
