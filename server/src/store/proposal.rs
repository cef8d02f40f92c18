//! Proposals: one row each, for their titles.

use std::collections::BTreeMap;

use domain::History;
use sqlx::PgConnection;

use super::{
    Result, document,
    event::{self, Keys},
    to_i32, to_u32,
};

/// Key and title of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalRow {
    /// Source.
    pub source: String,
    /// Number of the tracking issue.
    pub number: u32,
    /// Title, empty when none was ever read.
    pub title: String,
    /// SIG by the place of its document.
    pub directory_sig: Option<String>,
}

/// These proposals, each with everything ever learned about it.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn with_histories(conn: &mut PgConnection, keys: &Keys) -> Result<Vec<(ProposalRow, History)>> {
    if keys.sources.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        "select proposal.source, proposal.number, proposal.title, proposal.directory_sig
         from unnest($1::text[], $2::integer[]) as key (source, number)
         join proposal on proposal.source = key.source and proposal.number = key.number",
        &keys.sources,
        &keys.numbers,
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut touched: BTreeMap<(String, u32), (ProposalRow, History)> = rows
        .into_iter()
        .map(|row| {
            let number = to_u32(row.number);
            let history = History { number, directory_sig: row.directory_sig.clone(), ..History::default() };
            let key = (row.source.clone(), number);
            (
                key,
                (
                    ProposalRow { source: row.source, number, title: row.title, directory_sig: row.directory_sig },
                    history,
                ),
            )
        })
        .collect();
    for (source, number, recorded) in event::of_proposals(conn, keys).await? {
        if let Some((_, history)) = touched.get_mut(&(source, number)) {
            history.events.push(recorded);
        }
    }
    for (source, number, version) in document::versions_of(conn, keys).await? {
        if let Some((_, history)) = touched.get_mut(&(source, number)) {
            history.documents.push(version);
        }
    }
    Ok(touched.into_values().collect())
}

/// One proposal.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, source: &str, number: u32) -> Result<Option<ProposalRow>> {
    let row = sqlx::query!(
        "select source, number, title, directory_sig from proposal where source = $1 and number = $2",
        source,
        to_i32(number),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| ProposalRow {
        source: row.source,
        number: to_u32(row.number),
        title: row.title,
        directory_sig: row.directory_sig,
    }))
}

/// Notes that there is a proposal. Writes nothing when it is known.
pub(super) async fn ensure(conn: &mut PgConnection, (source, number): (&str, u32)) -> Result<()> {
    sqlx::query!(
        "insert into proposal (source, number) values ($1, $2) on conflict (source, number) do nothing",
        source,
        to_i32(number),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes what is newly known of a proposal's title and place.
pub(super) async fn touch(
    conn: &mut PgConnection,
    (source, number): (&str, u32),
    title: Option<&str>,
    directory_sig: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "insert into proposal (source, number, title, directory_sig) values ($1, $2, coalesce($3, ''), $4)
         on conflict (source, number) do update
         set title = coalesce(nullif(excluded.title, ''), proposal.title),
             directory_sig = coalesce(excluded.directory_sig, proposal.directory_sig)",
        source,
        to_i32(number),
        title,
        directory_sig,
    )
    .execute(conn)
    .await?;
    Ok(())
}
