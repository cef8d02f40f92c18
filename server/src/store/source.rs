//! Sources of proposals, as configured.

use domain::Source;
use sqlx::PgConnection;

use super::{Result, to_u32};

/// All sources, by id.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut PgConnection) -> Result<Vec<Source>> {
    let rows = sqlx::query!(
        "select id, noun, repository, template, owning_sig, sign_off, target_label, approved_label, blocking_labels,
                work_after_code_freeze, sig_decides_exceptions, long_exception_days, calendar
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
            approved_label: row.approved_label,
            blocking_labels: row.blocking_labels,
            work_after_code_freeze: row.work_after_code_freeze,
            sig_decides_exceptions: row.sig_decides_exceptions,
            long_exception_days: to_u32(row.long_exception_days),
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

/// An alias of a source's `OWNERS_ALIASES` that lists the members of a SIG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigAlias {
    /// The source.
    pub source: String,
    /// The SIG.
    pub sig: String,
    /// Name of the alias.
    pub alias: String,
}

/// Which aliases stand for which SIG, of all sources.
///
/// # Errors
/// When the database fails.
pub async fn sig_aliases(conn: &mut PgConnection) -> Result<Vec<SigAlias>> {
    Ok(sqlx::query_as!(SigAlias, "select source, sig, alias from sig_alias order by source, sig, alias")
        .fetch_all(conn)
        .await?)
}

/// The label of approved work (P-28) of each source that has one.
///
/// # Errors
/// When the database fails.
pub async fn approved_labels(conn: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select id, approved_label as "label!" from source where approved_label is not null order by id"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.label)).collect())
}
