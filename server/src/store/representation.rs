//! Who speaks for whom, as the log of a calendar tells it: the last roster counts.

use domain::representation::Representative;
use sqlx::PgConnection;

use super::{
    Result,
    calendar::{CalendarEvent, events_of_type},
};

/// The roster of each calendar that has one.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<(String, Vec<Representative>)>> {
    let mut rosters: Vec<(String, Vec<Representative>)> = Vec::new();
    for recorded in events_of_type(conn, "representation-set").await? {
        let CalendarEvent::RepresentationSet { roster, .. } = recorded.event else { continue };
        rosters.retain(|(calendar, _)| *calendar != recorded.calendar);
        rosters.push((recorded.calendar, roster));
    }
    Ok(rosters)
}
