//! What rows of an instance hold: events of the log, and contents that have to be what their addresses say.

use domain::Recorded;
use serde_json::{Value, json};

use crate::store::{
    Result, StoreError, blob,
    calendar::{CalendarEvent, RecordedCalendarEvent},
};

/// The event of a row of the log, with source and number.
///
/// # Errors
/// When this version does not know its shape.
pub fn event_of(row: &Value) -> Result<(String, u32, Recorded)> {
    let wrong = |why: &dyn std::fmt::Display| StoreError::shape("the event", why);
    let source = row["source"].as_str().ok_or_else(|| wrong(&"it names no source"))?;
    let number =
        row["number"].as_u64().and_then(|n| u32::try_from(n).ok()).ok_or_else(|| wrong(&"it has no number"))?;
    let mut recorded = row.clone();
    recorded["event"] = recorded["payload"].take();
    Ok((source.to_owned(), number, serde_json::from_value(recorded).map_err(|why| wrong(&why))?))
}

/// The event of a row of the calendars' log.
///
/// # Errors
/// When this version does not know its shape.
pub fn calendar_event_of(row: &Value) -> Result<RecordedCalendarEvent> {
    #[derive(serde::Deserialize)]
    struct Read {
        id: i64,
        calendar: String,
        actor: String,
        occurred_at: Option<chrono::DateTime<chrono::Utc>>,
        recorded_at: chrono::DateTime<chrono::Utc>,
        payload: CalendarEvent,
    }
    let read: Read =
        serde_json::from_value(row.clone()).map_err(|why| StoreError::shape("the calendar's event", why))?;
    let Read { id, calendar, actor, occurred_at, recorded_at, payload: event } = read;
    Ok(RecordedCalendarEvent { id, calendar, actor, occurred_at, recorded_at, event })
}

/// Whether the content of a blob is what its address says.
pub fn blob_is_whole(row: &Value) -> bool {
    let content = row["content"].as_str().and_then(|text| text.strip_prefix("\\x")).and_then(bytes);
    content.is_some_and(|content| json!(blob::address(&content)) == row["sha256"])
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = hex.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs.map(|pair| Some((digit(pair.first()?)? << 4) | digit(pair.last()?)?)).collect()
}
