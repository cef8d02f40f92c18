//! The outbox in the API.

use app::features::outbox::{OutboxQuery, port::OutgoingRow};
use axum::{extract::State, http::Uri};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::OutboxParameters,
    problem::Unreadable,
};
use crate::web::{
    AppState,
    outbox::{row, rows_of},
};

/// Something that goes out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outgoing {
    pub(in crate::web) source: String,
    /// Key within the source.
    pub(in crate::web) key: String,
    /// Address of its page.
    url: String,
    /// `mail`, `comment` or `label`.
    pub(in crate::web) kind: &'static str,
    /// The proposal, as `cep/4702`.
    pub(in crate::web) proposal: Option<String>,
    /// Where it goes on GitHub.
    pub(in crate::web) target: Option<String>,
    pub(in crate::web) target_url: Option<String>,
    /// The comment, once it is there.
    comment_url: Option<String>,
    /// How far it is.
    pub(in crate::web) state: &'static str,
    /// How often it was tried.
    pub(in crate::web) attempts: u32,
    /// What went wrong last.
    pub(in crate::web) error: Option<String>,
    pub(in crate::web) next_try: Option<DateTime<Utc>>,
    /// Login of whose decision caused it.
    pub(in crate::web) caused_by: Option<String>,
    /// Login of who cancelled or settled it.
    pub(in crate::web) closed_by: Option<String>,
    pub(in crate::web) created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    pub(in crate::web) sent_at: Option<DateTime<Utc>>,
    /// What goes out, word for word.
    pub(in crate::web) text: String,
}

impl From<OutgoingRow> for Outgoing {
    fn from(row: OutgoingRow) -> Self {
        let (target, target_url) = row.target.clone().map(|target| (target.name, target.href)).unzip();
        Self {
            url: row.href(),
            kind: row.kind.slug(),
            proposal: row.proposal.as_ref().map(|proposal| format!("{}/{}", proposal.source, proposal.number)),
            target,
            target_url,
            comment_url: row.comment,
            state: row.stand.slug(),
            attempts: row.attempts,
            error: row.broken.or(row.error),
            next_try: row.next_try,
            caused_by: row.caused_by,
            closed_by: row.closed_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
            sent_at: row.sent_at,
            text: row.preview,
            source: row.source,
            key: row.key,
        }
    }
}

/// The outbox
///
/// Comments, labels and mails that go out or went out, latest first, word for word.
#[utoipa::path(
    get,
    path = "/api/v1/outbox",
    operation_id = "outbox",
    tag = "Outbox",
    params(OutboxParameters, PageParameters),
    responses((status = 200, description = "A page of it.", body = Page<Outgoing>), Unreadable)
)]
pub(super) async fn list(State(state): State<AppState>, uri: Uri) -> Result<Page<Outgoing>, Problem> {
    let (query, bad) = OutboxQuery::parse(uri.query().unwrap_or_default());
    super::usable(&bad)?;
    let paging = Paging::of(&uri, query.page)?;
    let world = state.verdicts.world().await?;
    let (entries, total, page) = rows_of(&state, &query, paging.limit).await?;
    let rows = entries.into_iter().map(|entry| row(&world, &state.context.config, entry).into());
    Ok(paging.page(None, (total as usize, page), rows.collect()))
}
