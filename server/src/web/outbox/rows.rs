//! Rows of the outbox as pages and files show them.

use app::features::outbox::{
    Kind, OutboxQuery, Stand,
    port::{OutgoingRow, Target},
};

use crate::{
    config::Config,
    store::{
        self,
        outbox::{self, Entry, Filter, State},
    },
    verdicts::World,
    web::{AppState, views},
};

/// The rows that a query asks for, at most `limit` of them, how many match, and the page; the last one when it asks for a later one.
///
/// # Errors
/// When the database fails.
pub async fn rows_of(state: &AppState, query: &OutboxQuery, limit: u32) -> store::Result<(Vec<Entry>, u32, u32)> {
    let filter = filter(query);
    let size = i64::from(limit);
    let mut conn = state.context.pool.acquire().await?;
    let page = query.page.max(1);
    let (entries, total) = outbox::page(&mut conn, &filter, size, i64::from(page - 1) * size).await?;
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let last = total.div_ceil(limit).max(1);
    if page <= last {
        return Ok((entries, total, page));
    }
    let (entries, _) = outbox::page(&mut conn, &filter, size, i64::from(last - 1) * size).await?;
    Ok((entries, total, last))
}

/// So many pages that many rows make, at least 1.
pub fn pages_of(total: u32) -> u32 {
    total.div_ceil(OutboxQuery::PAGE_SIZE).max(1)
}

/// What a query selects.
pub(super) fn filter(query: &OutboxQuery) -> Filter {
    let (source, number) = query.key().map_or((None, None), |(source, number)| (source, Some(number)));
    let (state, kind) = (query.state.map(Stand::slug), query.kind.map(Kind::slug));
    Filter { state: state.map(str::to_owned), kind: kind.map(str::to_owned), source, number }
}

/// A row, for whoever may do nothing with it.
pub fn row(world: &World, config: &Config, entry: Entry) -> OutgoingRow {
    let record = world.proposals.get(&(entry.source.clone(), entry.number));
    let kind = Kind::of_slug(&entry.kind).unwrap_or(Kind::Other);
    let target = entry.target.as_ref().map(|(repository, number)| Target {
        name: format!("{repository}#{number}"),
        href: format!("{}/{repository}/issues/{number}", config.github.web_url),
    });
    let comment = target.as_ref().zip(entry.remote_id);
    let comment = comment.map(|(target, id)| format!("{}#issuecomment-{id}", target.href));
    // What follows from a rule, or is about a release as a whole, follows from no decision.
    let decided = entry.caused_by.is_some() && entry.event > 0;
    let decision = decided.then(|| format!("/decisions/{}", entry.event));
    let waits = matches!(entry.state, State::Waiting) || entry.state == State::Uncertain && entry.is_for_github();
    OutgoingRow {
        kind,
        proposal: record.map(|record| views::link(record)),
        target,
        comment,
        broken: entry.what.err(),
        stand: stand(entry.state),
        attempts: u32::try_from(entry.attempts).unwrap_or_default(),
        error: entry.last_error,
        next_try: waits.then_some(entry.next_attempt_at),
        created_at: entry.created_at,
        updated_at: entry.updated_at,
        sent_at: entry.sent_at.filter(|_| entry.state == State::Sent),
        caused_by: entry.caused_by.map(|(login, _)| login),
        decision,
        closed_by: entry.closed_by,
        acts: Vec::new(),
        preview: entry.preview,
        source: entry.source,
        key: entry.key,
        version: entry.version,
    }
}

const fn stand(state: State) -> Stand {
    match state {
        State::Waiting => Stand::Waiting,
        State::Held => Stand::Held,
        State::Sending => Stand::Sending,
        State::Uncertain => Stand::Uncertain,
        State::Sent => Stand::Sent,
        State::Failed => Stand::Failed,
        State::Cancelled => Stand::Cancelled,
    }
}
