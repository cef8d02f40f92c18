//! The log of decisions, read newest first, filtered and paged.
//!
//! Left out on purpose: anything that writes; decisions are appended like every event (see [`super::event`]).

use chrono::{DateTime, Utc};
use domain::Recorded;
use sqlx::PgConnection;

use super::{Result, StoreError, to_i32, to_u32};

/// Which decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The one at this place in the log.
    pub id: Option<i64>,
    /// Of this source.
    pub source: Option<String>,
    /// On this proposal.
    pub number: Option<u32>,
    /// About this release, as the log writes it.
    pub release: Option<String>,
    /// Of these types of events; all when none is named.
    pub types: Vec<String>,
    /// Recorded by, or the word of, this login.
    pub person: Option<String>,
    /// Holding each of these words, in what was decided, by whom, or in the proposal's title.
    pub words: Vec<String>,
    /// That happened at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// That happened before this instant.
    pub before: Option<DateTime<Utc>>,
}

/// A decision with where it belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Source.
    pub source: String,
    /// Number of the proposal; 0 for the source as a whole.
    pub number: u32,
    /// The decision.
    pub recorded: Recorded,
    /// Place in the log of what undid it, unless that was undone itself.
    pub undone_by: Option<i64>,
}

/// A row of the log with how many match in all.
struct Row {
    id: i64,
    source: String,
    number: i32,
    payload: serde_json::Value,
    actor: String,
    on_behalf_of: Option<String>,
    link: Option<String>,
    occurred_at: Option<DateTime<Utc>>,
    recorded_at: DateTime<Utc>,
    undone_by: Option<i64>,
    total: i64,
}

/// Decisions that match, newest first, at most `limit` after the first `offset`; and how many match in all, which is
/// known only where the page asked for holds any.
///
/// # Errors
/// When the database fails, or the log holds a shape of a newer version.
pub async fn page(conn: &mut PgConnection, filter: &Filter, limit: i64, offset: i64) -> Result<(Vec<Decided>, i64)> {
    let like = |word: &String| format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let words: Vec<String> = filter.words.iter().map(like).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select e.id, e.source, e.number, e.payload, e.actor, e.on_behalf_of, e.link, e.occurred_at, e.recorded_at,
               (select max(u.id) from event u
                where u.source = e.source and u.number = e.number and u.payload ->> 'type' = 'undone'
                    and (u.payload ->> 'event')::bigint = e.id
                    and not exists (
                        select from event again
                        where again.source = u.source and again.number = u.number
                            and again.payload ->> 'type' = 'undone' and (again.payload ->> 'event')::bigint = u.id
                    )) as undone_by,
               count(*) over () as "total!"
           from event e
           where e.payload ->> 'type' not in (
                   'document-read', 'document-gone', 'issue-observed', 'pull-observed', 'landing-observed',
                   'bug-observed', 'aliases-read', 'repositories-read', 'titled', 'reading-failed', 'board-observed',
                   'issue-gone'
               )
               and ($1::bigint is null or e.id = $1)
               and ($2::text is null or e.source = $2)
               and ($3::integer is null or e.number = $3)
               and (cardinality($4::text[]) = 0 or e.payload ->> 'type' = any($4))
               and ($5::text is null or $5 in (e.payload ->> 'release', e.payload ->> 'from', e.payload ->> 'to')
                   or e.payload ? 'request' and exists (
                       select from event sent
                       where sent.source = e.source and sent.number = e.number
                           and sent.payload ->> 'type' = 'exception-sent'
                           and sent.payload -> 'request' = e.payload -> 'request'
                           and sent.payload ->> 'release' = $5
                   ))
               and ($6::text is null or lower($6) in (lower(e.actor), lower(e.on_behalf_of)))
               and ($7::timestamptz is null or coalesce(e.occurred_at, e.recorded_at) >= $7)
               and ($8::timestamptz is null or coalesce(e.occurred_at, e.recorded_at) < $8)
               and not exists (
                   select from unnest($9::text[]) as word (pattern)
                   where not (
                       concat_ws(' ', e.actor, e.on_behalf_of, e.link, e.number) ilike word.pattern
                       or exists (select from jsonb_each_text(e.payload) as part (key, said)
                                  where part.said ilike word.pattern)
                       or exists (select from proposal p
                                  where p.source = e.source and p.number = e.number and p.title ilike word.pattern)
                   )
               )
           order by coalesce(e.occurred_at, e.recorded_at) desc, e.id desc
           limit $10 offset $11"#,
        filter.id,
        filter.source,
        filter.number.map(to_i32),
        &filter.types,
        filter.release,
        filter.person,
        filter.from,
        filter.before,
        &words,
        limit,
        offset,
    )
    .fetch_all(conn)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let decided = rows.into_iter().map(Row::into_decided).collect::<Result<_>>()?;
    Ok((decided, total))
}

impl Row {
    fn into_decided(self) -> Result<Decided> {
        let event =
            serde_json::from_value(self.payload).map_err(|why| StoreError::shape(format!("event {}", self.id), why))?;
        let recorded = Recorded {
            id: self.id,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            actor: self.actor,
            on_behalf_of: self.on_behalf_of,
            link: self.link,
            event,
        };
        Ok(Decided { source: self.source, number: to_u32(self.number), recorded, undone_by: self.undone_by })
    }
}
