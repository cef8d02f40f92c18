//! Participations as a table, for reading and export: the verdict is never in it.

use chrono::{DateTime, Utc};
use domain::{Departure, History, ReleaseDates};
use sqlx::PgConnection;

use super::{Result, to_i32};

/// Writes the participations of a proposal anew from its history.
pub(super) async fn refresh(conn: &mut PgConnection, source: &str, history: &History) -> Result<()> {
    sqlx::query!("delete from participation where source = $1 and number = $2", source, to_i32(history.number),)
        .execute(&mut *conn)
        .await?;
    let known = history.at(DateTime::<Utc>::MAX_UTC);
    for release in history.releases() {
        let participation = known.participation(release, &ReleaseDates::default());
        let stages: Vec<String> = known.stages(release).iter().map(domain::Stage::name).collect();
        let (departed, retargeted_to) = match participation.departure {
            Some(Departure::Removed) => (Some("removed"), None),
            Some(Departure::Retargeted(to)) => (Some("retargeted"), Some(to.to_string())),
            None => (None, None),
        };
        sqlx::query!(
            "insert into participation (source, number, major, minor, stages, accepted_at, rank, committed_by,
                                        committed_on, departed, retargeted_to)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            source,
            to_i32(history.number),
            i32::from(release.major),
            i32::from(release.minor),
            &stages,
            participation.accepted.and_then(|accepted| accepted.at),
            participation.accepted.and_then(|accepted| accepted.rank).map(to_i32),
            participation.committed.map(|(who, _)| who),
            participation.committed.map(|(_, on)| on),
            departed,
            retargeted_to,
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
