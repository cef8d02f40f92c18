//! Pull requests in the API: the work list, what should carry the label of approved work, and why for any one.

use app::features::pulls::{PullQuery, kind_slug};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::Uri,
};
use chrono::{DateTime, Utc};
use domain::{Condition, Freeze, Outcome, PullState, ReleaseVersion};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::{AtParameter, PullParameters},
    problem::{Missing, Unreadable},
};
use crate::{
    verdicts::{Holding, JudgedPull},
    web::{AppState, pulls::select, views},
};

/// An open pull request as a proposal has it.
#[expect(clippy::struct_excessive_bools, reason = "these are the fields of a JSON object")]
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenPull {
    repository: String,
    number: u32,
    /// Address at GitHub.
    url: String,
    /// Address of its page here.
    page: String,
    title: String,
    author: String,
    /// What it is for.
    kind: &'static str,
    state: PullState,
    draft: bool,
    source: String,
    proposal: u32,
    proposal_title: String,
    proposal_url: String,
    release: ReleaseVersion,
    /// Whether it is on the work list.
    listed: bool,
    rank: Option<u32>,
    waiting_on: Vec<String>,
    waiting_on_review: bool,
    waiting_since: Option<DateTime<Utc>>,
    days_in_review: Option<i64>,
    /// Whether its review lags.
    lags: bool,
    lgtm: bool,
    approved: bool,
    hold: bool,
    freeze: Option<Freeze>,
    deadline: Option<DateTime<Utc>>,
    /// Whether the freeze has passed for it.
    frozen: bool,
    labels: Vec<String>,
    /// The label of approved work; none where the source has none.
    label: Option<String>,
    /// Whether it should carry that.
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

/// Open pull requests
///
/// The work list of proposals' pull requests; `label=due` names those that should carry the label of approved work now.
#[utoipa::path(
    get,
    path = "/api/v1/pulls",
    tag = "Pull requests",
    operation_id = "pulls",
    params(PullParameters, AtParameter, PageParameters),
    responses((status = 200, description = "A page of them.", body = Page<OpenPull>), Unreadable)
)]
pub(super) async fn list(State(state): State<AppState>, uri: Uri) -> Result<Page<OpenPull>, Problem> {
    let (query, bad) = PullQuery::parse(uri.query().unwrap_or_default());
    super::usable(&bad)?;
    let paging = Paging::of(&uri, query.page)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let found = select::select(&world, &query, moment).found;
    Ok(paging.cut(Some(moment.instant()), &found, |judged| OpenPull::of(judged)))
}

/// A pull request, explained.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explained {
    /// The instant it was judged at.
    at: DateTime<Utc>,
    #[serde(flatten)]
    pull: OpenPull,
    /// Why it belongs to the proposal, as a sentence.
    why: String,
    /// What speaks for and against the label.
    conditions: Vec<Condition>,
    /// Other proposals that have it too.
    others: Vec<Other>,
}

/// Another proposal that has the same pull request.
#[derive(Debug, Serialize, ToSchema)]
pub struct Other {
    source: String,
    proposal: u32,
    kind: &'static str,
    release: ReleaseVersion,
}

/// A pull request, explained
///
/// Why it belongs to its proposal, and why it should or should not carry the label of approved work.
#[utoipa::path(
    get,
    path = "/api/v1/pulls/{owner}/{repo}/{number}",
    tag = "Pull requests",
    operation_id = "pull",
    params(
        ("owner" = String, Path, description = "Owner of the repository.", example = "kubevirt"),
        ("repo" = String, Path, description = "Name of the repository.", example = "kubevirt"),
        ("number" = u32, Path, description = "Its number.", example = 16012),
        AtParameter,
    ),
    responses((status = 200, description = "The pull request.", body = Explained), Unreadable, Missing)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Path((owner, repo, number)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<Explained>, Problem> {
    let at = super::at(query.as_deref())?;
    let moment = views::moment(at, state.context.clock.now());
    let none = || {
        let words = format!("No proposal is known here that has pull request {number} of {owner}/{repo}.");
        Problem::missing(words)
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
