//! Weekly check-ins in the API (P-21): those of a release in a week, and those of a proposal from week to week.

use std::sync::Arc;

use app::{
    features::check_ins::{
        CheckInAddress, WeekChoice,
        port::{CheckInRow, CheckInsPort, HeatCell, OpenPull, WeekAsk},
    },
    query::Parameters,
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
};
use chrono::{DateTime, Utc};
use domain::{
    CheckIn, Freeze, Halves, ReleaseVersion, Said, Waiting, Week,
    check_in::{Answer, Change, Suggestion},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::{AtParameter, CheckInParameters},
    problem::{Missing, Unreadable},
    proposals, releases,
};
use crate::web::{AppState, check_ins::weeks_of, ports::Ports, views};

/// A tracked proposal in a week of its release: how it stands, what changed, what was said and who has still to speak.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckInLine {
    release: ReleaseVersion,
    week: Week,
    source: String,
    number: u32,
    title: String,
    /// Address of its page in the meeting.
    url: String,
    /// The status, as addresses write it.
    status: &'static str,
    /// The status in words with what is open.
    status_words: String,
    /// Why it is at risk, if it is.
    at_risk: Option<String>,
    sig: String,
    owners: Vec<String>,
    reviewers: Vec<String>,
    /// The freeze that it has to meet next; null when it has met both.
    gate: Option<Freeze>,
    /// Until when.
    gate_at: Option<DateTime<Utc>>,
    /// What is open for it, in few words.
    open: Vec<String>,
    /// Open pull requests, those that lag first.
    open_pulls: Vec<OpenPullObject>,
    /// Whom it waits on first.
    waiting: Option<Waiting>,
    /// Since when changes are told: since it was last spoken about.
    since: DateTime<Utc>,
    /// What changed since, oldest first.
    changes: Vec<Change>,
    /// Comments by people on its issue since; null where GitHub was never read.
    comments_by_people: Option<usize>,
    #[serde(flatten)]
    check_in: CheckInObject,
    /// What one would expect to be said, and why.
    suggestion: Suggestion,
    /// The latest word of an earlier week.
    last: Option<Word>,
    /// What was proposed to the SIG and is not confirmed.
    to_confirm: Option<Word>,
    /// Place in the log of the latest decision about it: the `seen` of a decision that knows it.
    seen: i64,
}

/// What was said about a proposal in a week.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CheckIn)]
pub struct CheckInObject {
    /// What holds of both sides: the graver word, among equals the later; null while nobody spoke.
    outcome: Option<Said>,
    /// Everything that was said, in the order in which it was recorded.
    said: Vec<Said>,
    /// What owners answered, in the order in which it was recorded.
    answers: Vec<Answer>,
    /// Which sides spoke.
    spoke: Halves,
    /// Whether both did; what is not complete is a gap.
    complete: bool,
}

impl From<CheckIn> for CheckInObject {
    fn from(check_in: CheckIn) -> Self {
        let spoke = check_in.halves();
        Self {
            outcome: check_in.outcome().cloned(),
            complete: spoke.both(),
            spoke,
            said: check_in.said,
            answers: check_in.answers,
        }
    }
}

/// A word with its week.
#[derive(Debug, Serialize, ToSchema)]
pub struct Word {
    week: Week,
    said: Said,
}

impl From<(Week, Said)> for Word {
    fn from((week, said): (Week, Said)) -> Self {
        Self { week, said }
    }
}

/// An open pull request of a proposal that is spoken about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CheckInPull)]
pub struct OpenPullObject {
    /// `owner/name`.
    repository: String,
    number: u32,
    title: String,
    /// Logins that it waits on.
    waiting_on: Vec<String>,
    /// Whether those are its reviewers.
    on_review: bool,
    /// Since when it waits on them.
    since: Option<DateTime<Utc>>,
    /// Whether its review lags.
    lags: bool,
}

impl From<OpenPull> for OpenPullObject {
    fn from(pull: OpenPull) -> Self {
        let OpenPull { repository, number, title, waiting_on, on_review, since, lags } = pull;
        Self { repository, number, title, waiting_on, on_review, since, lags }
    }
}

/// A row of a week as the API tells it.
pub fn line(address: CheckInAddress, row: CheckInRow) -> CheckInLine {
    let CheckInAddress { release, week } = address;
    let (gate, gate_at) = row.gate.unzip();
    CheckInLine {
        release,
        week,
        url: address.meeting(&row.proposal.source, row.proposal.number),
        source: row.proposal.source,
        number: row.proposal.number,
        title: row.proposal.title,
        status: row.status.slug(),
        status_words: row.words,
        at_risk: row.at_risk,
        sig: row.sig,
        owners: row.owners,
        reviewers: row.reviewers,
        gate,
        gate_at: gate_at.flatten(),
        open: row.open.into_iter().map(|point| point.words).collect(),
        open_pulls: row.pulls.into_iter().map(OpenPullObject::from).collect(),
        waiting: row.waiting,
        since: row.since,
        changes: Arc::unwrap_or_clone(row.changes),
        comments_by_people: row.comments,
        check_in: Arc::unwrap_or_clone(row.check_in).into(),
        suggestion: row.suggestion,
        last: row.last.map(|last| Word::from(Arc::unwrap_or_clone(last))),
        to_confirm: row.to_confirm.map(Word::from),
        seen: row.seen,
    }
}

/// The check-ins of a week
///
/// Every tracked proposal of a release, worst first, in an order that check-ins do not change: the facts, what was said,
/// which side has still to speak, what one would expect to be said. A check-in is made by a decision, `check-in`.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}/check-ins/{week}",
    tag = "Check-ins",
    operation_id = "check_ins",
    params(
        ("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current"),
        ("week" = String, Path, description = "The ISO week: `2026-W41`, or `now`.", example = "now"),
        CheckInParameters,
        AtParameter,
        PageParameters,
    ),
    responses((status = 200, description = "A page of them.", body = Page<CheckInLine>), Unreadable, Missing)
)]
pub(super) async fn of_week(
    State(state): State<AppState>,
    Path((version, week)): Path<(String, String)>,
    uri: Uri,
) -> Result<Page<CheckInLine>, Problem> {
    let at = super::at(uri.query())?;
    let paging = Paging::asked(&uri)?;
    let gaps = gaps(&uri)?;
    let release = releases::choice(&version)?;
    let week: WeekChoice =
        week.parse().map_err(|error| Problem::new(StatusCode::BAD_REQUEST, format!("{error}, or as `now`")))?;
    let judged_at = views::moment(at, state.context.clock.now()).instant();
    let view = Ports(state, None).week(WeekAsk { release, week, at }).await?;
    let rows = view.rows.into_iter().filter(|row| !gaps || !row.check_in.halves().both());
    Ok(paging.whole(Some(judged_at), rows.map(|row| line(view.address, row)).collect()))
}

/// Whether only gaps are asked for.
fn gaps(uri: &Uri) -> Result<bool, Problem> {
    match Parameters::parse(uri.query().unwrap_or_default()).first("gaps") {
        None | Some("0") => Ok(false),
        Some("1") => Ok(true),
        Some(other) => {
            let words = format!("`gaps={other}` cannot be used; understood: 1 or 0.");
            Err(Problem::new(StatusCode::BAD_REQUEST, words))
        }
    }
}

/// A week of a proposal in a release.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalWeek {
    release: ReleaseVersion,
    week: Week,
    /// Address of the week's page.
    url: String,
    #[serde(flatten)]
    check_in: CheckInObject,
}

/// The check-ins of a proposal
///
/// Week by week, latest first, in every release in which it was tracked or spoken about. Weeks in which nobody spoke
/// although it was tracked are there too: nothing was `said` in them.
#[utoipa::path(
    get,
    path = "/api/v1/proposals/{source}/{number}/check-ins",
    tag = "Check-ins",
    operation_id = "proposal_check_ins",
    params(
        ("source" = String, Path, description = "Id of its source.", example = "cep"),
        ("number" = u32, Path, description = "Its number.", example = 4702),
        AtParameter,
        PageParameters,
    ),
    responses((status = 200, description = "A page of its weeks.", body = Page<ProposalWeek>), Unreadable, Missing)
)]
pub(super) async fn of_proposal(
    State(state): State<AppState>,
    Path((source, number)): Path<(String, String)>,
    uri: Uri,
) -> Result<Page<ProposalWeek>, Problem> {
    let at = super::at(uri.query())?;
    let paging = Paging::asked(&uri)?;
    let moment = views::moment(at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let record = proposals::find(&world, &source, &number)?;
    let mut weeks = Vec::new();
    for row in world.rows_of(record, moment).iter().filter(|row| row.release.is_some()) {
        let release = row.verdict.release;
        weeks.extend(weeks_of(&world, record, row, moment.instant()).into_iter().map(|told| (release, told)));
    }
    weeks.sort_by_key(|(release, (week, _))| std::cmp::Reverse((*week, *release)));
    Ok(paging.cut(Some(moment.instant()), &weeks, |(release, (week, cell))| {
        let check_in = match cell {
            HeatCell::Spoken(check_in) => check_in.clone(),
            HeatCell::Gap | HeatCell::Out => CheckIn::gap(*week),
        };
        let address = CheckInAddress { release: *release, week: *week };
        ProposalWeek { release: *release, week: *week, url: address.sheet(), check_in: check_in.into() }
    }))
}
