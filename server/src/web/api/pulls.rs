//! Pull requests in the API: the work list, what should carry the label of approved work, and why for any one.

use app::{
    features::pulls::{PullQuery, kind_slug},
    query::At,
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use domain::{Condition, Freeze, Outcome, PullState, ReleaseVersion};
use serde::Serialize;

use super::{Problem, proposals::Page};
use crate::{
    verdicts::{Holding, JudgedPull},
    web::{AppState, pulls::select, views},
};

/// An open pull request as a proposal has it.
#[expect(clippy::struct_excessive_bools, reason = "these are the fields of a JSON object")]
#[derive(Debug, Serialize)]
pub struct OpenPull {
    repository: String,
    number: u32,
    url: String,
    page: String,
    title: String,
    author: String,
    kind: &'static str,
    state: PullState,
    draft: bool,
    source: String,
    proposal: u32,
    proposal_title: String,
    proposal_url: String,
    release: ReleaseVersion,
    listed: bool,
    rank: Option<u32>,
    waiting_on: Vec<String>,
    waiting_on_review: bool,
    waiting_since: Option<DateTime<Utc>>,
    days_in_review: Option<i64>,
    lags: bool,
    lgtm: bool,
    approved: bool,
    hold: bool,
    freeze: Option<Freeze>,
    deadline: Option<DateTime<Utc>>,
    frozen: bool,
    labels: Vec<String>,
    /// The label of approved work; none where the source has none.
    label: Option<String>,
    should_carry: Option<Outcome>,
    carries: Option<bool>,
    carry_until: Option<DateTime<Utc>>,
}

impl OpenPull {
    /// A pull request as it was judged.
    pub fn of(judged: &JudgedPull) -> Self {
        let (item, pull, label) = (&judged.item, &judged.item.pull, judged.label.as_ref());
        Self {
            repository: pull.repository.clone(),
            number: pull.number,
            url: app::features::pulls::github_href(&pull.repository, pull.number),
            page: app::features::pulls::href(&pull.repository, pull.number),
            title: pull.title.clone(),
            author: pull.author.clone(),
            kind: kind_slug(pull.kind),
            state: pull.state,
            draft: pull.draft,
            source: item.proposal.source.clone(),
            proposal: item.proposal.number,
            proposal_title: item.title.clone(),
            proposal_url: format!("/{}/{}", item.proposal.source, item.proposal.number),
            release: pull.release,
            listed: judged.listed,
            rank: item.rank,
            waiting_on: pull.waiting_on.clone(),
            waiting_on_review: pull.waiting_on_review,
            waiting_since: pull.waiting_since,
            days_in_review: item.days_in_review,
            lags: item.lags,
            lgtm: item.votes.lgtm,
            approved: item.votes.approved,
            hold: item.votes.held,
            freeze: item.freeze,
            deadline: item.deadline,
            frozen: item.frozen,
            labels: pull.labels.clone(),
            label: label.map(|label| label.label.clone()),
            should_carry: label.map(|label| label.should),
            carries: label.map(|label| label.carries),
            carry_until: label.and_then(|label| label.until),
        }
    }
}

/// The list, with the parameters of `/pulls`; `label=due` for those that should carry the label of approved work now.
///
/// # Errors
/// A problem document when the query cannot be used, or the database fails.
pub async fn list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Json<Page<OpenPull>>, Problem> {
    let (query, bad) = PullQuery::parse(query.as_deref().unwrap_or_default());
    super::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let found = select::select(&world, &query, moment).found;
    let size = PullQuery::PAGE_SIZE as usize;
    let page = query.page.max(1);
    let rows = found.iter().skip((page as usize - 1).saturating_mul(size)).take(size);
    let items = rows.map(|judged| OpenPull::of(judged)).collect();
    let pages = found.len().div_ceil(size).max(1);
    Ok(Json(Page { at: moment.instant(), total: found.len(), page, pages, items }))
}

/// A pull request, explained.
#[derive(Debug, Serialize)]
pub struct Explained {
    at: DateTime<Utc>,
    #[serde(flatten)]
    pull: OpenPull,
    why: String,
    conditions: Vec<Condition>,
    others: Vec<Other>,
}

/// Another proposal that has the same pull request.
#[derive(Debug, Serialize)]
struct Other {
    source: String,
    proposal: u32,
    kind: &'static str,
    release: ReleaseVersion,
}

/// One pull request, and why it should or should not carry the label.
///
/// # Errors
/// A problem document when no proposal has it, the query cannot be used, or the database fails.
pub async fn one(
    State(state): State<AppState>,
    Path((owner, repo, number)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<Explained>, Problem> {
    let at: At = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let none = || {
        let words = format!("No proposal is known here that has pull request {number} of {owner}/{repo}.");
        Problem::new(StatusCode::NOT_FOUND, words)
    };
    let known: u32 = number.parse().map_err(|_| none())?;
    let world = state.verdicts.world().await?;
    let holdings = world.holdings((&format!("{owner}/{repo}"), known), moment);
    let (first, rest) = holdings.split_first().ok_or_else(none)?;
    Ok(Json(explained(first, rest, moment.instant())))
}

fn explained(first: &Holding<'_>, rest: &[Holding<'_>], at: DateTime<Utc>) -> Explained {
    let others = rest.iter().map(|other| Other {
        source: other.record.source.id.clone(),
        proposal: other.record.history.number,
        kind: kind_slug(other.pull().kind),
        release: other.pull().release,
    });
    Explained {
        at,
        pull: OpenPull::of(&first.judged),
        why: first.why(),
        conditions: first.judged.label.as_ref().map(|label| label.conditions.clone()).unwrap_or_default(),
        others: others.collect(),
    }
}
