//! Sources of proposals, as configured.

use domain::Source;
use sqlx::PgConnection;

use super::Result;

/// All sources, by id.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<Source>> {
    let rows = sqlx::query!(
        "select id, noun, repository, template, owning_sig, sign_off, target_label, blocking_labels,
                work_after_code_freeze, calendar
         from source order by id"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Source {
            id: row.id,
            noun: row.noun,
            repository: row.repository,
            template: row.template,
            owning_sig: row.owning_sig,
            sign_off: row.sign_off,
            target_label: row.target_label,
            blocking_labels: row.blocking_labels,
            work_after_code_freeze: row.work_after_code_freeze,
            calendar: row.calendar,
        })
        .collect())
}

/// One source.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, id: &str) -> Result<Option<Source>> {
    Ok(all(conn).await?.into_iter().find(|source| source.id == id))
}
