//! From the log to the tables: appending an event and writing what follows from it, in one transaction.
//!
//! A replay calls the same functions for every event of the log, so that an empty database with the same log ends with
//! the same tables.

use chrono::{DateTime, Utc};
use domain::{DocumentReading, DocumentVersion, Event, Recorded};
use sqlx::PgConnection;

use super::{
    Result, StoreError, alias, blob, calendar,
    calendar::{CalendarEvent, NewCalendarEvent, RecordedCalendarEvent},
    document,
    event::{self, NewEvent},
    meeting, proposal, roster, schedule, source,
};
use crate::{documents, render};

/// Appends an event and writes what follows from it. The caller holds [`event::lock_log`].
///
/// # Errors
/// When the database fails.
pub async fn append(conn: &mut PgConnection, new: &NewEvent, recorded_at: DateTime<Utc>) -> Result<Recorded> {
    let recorded = event::append(conn, new, recorded_at).await?;
    apply(conn, &new.source, new.number, &recorded).await?;
    Ok(recorded)
}

/// Appends a calendar event and writes what follows from it. The caller holds [`event::lock_log`].
///
/// # Errors
/// When the database fails.
pub async fn append_to_calendar(
    conn: &mut PgConnection,
    new: &NewCalendarEvent,
    recorded_at: DateTime<Utc>,
) -> Result<RecordedCalendarEvent> {
    let recorded = calendar::append(conn, new, recorded_at).await?;
    apply_to_calendar(conn, &recorded).await?;
    Ok(recorded)
}

/// Whether an event changes what tables tell of a proposal beside its events: its title, its place, its documents.
pub const fn tells_more(event: &Event) -> bool {
    matches!(
        event,
        Event::DocumentRead { .. } | Event::DocumentGone { .. } | Event::IssueObserved { .. } | Event::Titled { .. }
    )
}

/// Writes what follows from an event that is in the log already: that there is such a proposal, and more where the event
/// [`tells_more`].
///
/// # Errors
/// When the database fails, or a blob that the event names is missing.
pub async fn apply(conn: &mut PgConnection, source: &str, number: u32, recorded: &Recorded) -> Result<()> {
    let key = (source, number);
    match &recorded.event {
        Event::DocumentRead { path, blob } => read_document(conn, key, recorded, path, blob).await?,
        Event::DocumentGone { path } => {
            let main = document::was_main(conn, source, path).await?;
            document::remove(conn, source, path).await?;
            let version = version_of(recorded, path, main, "", DocumentReading::default());
            document::keep_version(conn, (source, number, recorded.id), &version).await?;
            proposal::ensure(conn, key).await?;
        }
        Event::IssueObserved { title, .. } => {
            let known = proposal::find(conn, source, number).await?;
            // "CEP 4702: Title": the number is known from the key.
            let numbered = |prefix: &str| prefix.to_lowercase().starts_with(source);
            let bare = title.split_once(": ").filter(|(prefix, _)| numbered(prefix)).map_or(title.as_str(), |(_, b)| b);
            let title = Some(bare).filter(|_| known.is_none_or(|row| row.title.is_empty()));
            proposal::touch(conn, key, title, None).await?;
        }
        Event::Titled { title } => {
            let known = proposal::find(conn, source, number).await?;
            let title = Some(title.as_str()).filter(|_| known.is_none_or(|row| row.title.is_empty()));
            proposal::touch(conn, key, title, None).await?;
        }
        Event::AliasesRead { blob, .. } => {
            let reading = documents::read_aliases(&content(conn, blob).await?);
            return alias::replace(conn, source, &reading).await;
        }
        // About the source as a whole: there is nothing to read but the log.
        _ if number == 0 => return Ok(()),
        _ => proposal::ensure(conn, key).await?,
    }
    Ok(())
}

/// Writes what follows from a calendar event that is in the log already.
///
/// # Errors
/// When the database fails, or a blob that the event names is missing.
pub async fn apply_to_calendar(conn: &mut PgConnection, recorded: &RecordedCalendarEvent) -> Result<()> {
    match &recorded.event {
        CalendarEvent::ScheduleRead { version, path, blob, proposed } => {
            let content = content(conn, blob).await?;
            let reading = documents::read_schedule(path, &content);
            schedule::write(conn, recorded, *version, (path, blob, *proposed), &reading).await
        }
        CalendarEvent::AliasesRead { blob, .. } => {
            let reading = documents::read_aliases(&content(conn, blob).await?);
            alias::replace_in_calendar(conn, &recorded.calendar, &reading).await
        }
        // There is nothing to read but the log.
        CalendarEvent::Announced { .. } | CalendarEvent::RepresentationSet { .. } => Ok(()),
        CalendarEvent::MeetingsSet { meetings, .. } => meeting::replace(conn, &recorded.calendar, meetings).await,
        CalendarEvent::RosterSet { version, members } => {
            roster::replace(conn, &recorded.calendar, *version, members).await
        }
    }
}

async fn content(conn: &mut PgConnection, sha256: &str) -> Result<Vec<u8>> {
    blob::find(conn, sha256).await?.ok_or_else(|| StoreError::shape(format!("blob {sha256}"), "it is missing"))
}

fn version_of(recorded: &Recorded, path: &str, main: bool, blob: &str, reading: DocumentReading) -> DocumentVersion {
    DocumentVersion {
        path: path.to_owned(),
        main,
        blob: blob.to_owned(),
        occurred_at: recorded.occurred_at,
        recorded_at: recorded.recorded_at,
        reading,
    }
}

async fn read_document(
    conn: &mut PgConnection,
    (source_id, number): (&str, u32),
    recorded: &Recorded,
    path: &str,
    blob: &str,
) -> Result<()> {
    let source = source::find(conn, source_id)
        .await?
        .ok_or_else(|| StoreError::shape(format!("event {}", recorded.id), format!("no source `{source_id}`")))?;
    let template = documents::SOURCES.iter().find(|template| template.id == source.template).ok_or_else(|| {
        StoreError::shape(format!("source {source_id}"), format!("no template `{}`", source.template))
    })?;
    let content = content(conn, blob).await?;
    let located = documents::locate(template, path);
    let main = located.as_ref().is_some_and(|located| located.main);
    let reading = documents::read_proposal(template, path, &content);
    let text = String::from_utf8_lossy(&content);
    let rendered = render::render(&text, &source, path);
    let title = reading.title.as_ref().map_or("", |stated| stated.value.as_str()).to_owned();
    let present = document::Present {
        source: source_id,
        path,
        number,
        main,
        blob,
        html: &rendered.html,
        contents: &rendered.contents,
        renderer: render::RENDERER,
        title: &title,
        text: &render::searchable(&text),
    };
    document::write(conn, &present).await?;
    let version = version_of(recorded, path, main, blob, reading);
    document::keep_version(conn, (source_id, number, recorded.id), &version).await?;
    let sig = located.and_then(|located| located.sig);
    let title = Some(title.as_str()).filter(|title| main && !title.is_empty());
    proposal::touch(conn, (source_id, number), title, sig.as_deref()).await
}
