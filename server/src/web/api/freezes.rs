//! Freeze day in the API (P-5, P-11, P-26): how a freeze would judge, judged, and what was learned since.

use app::features::freeze_day::{
    FreezeAddress,
    port::{Closed, FreezeAsk, FreezeView, JudgedRow, Show},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::Uri,
};
use chrono::{DateTime, Utc};
use domain::{Freeze, Group, ReleaseVersion};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::AtParameter,
    problem::{Missing, Unreadable},
    releases,
};
use crate::web::{AppState, ports::freeze_day, views};

/// A freeze of a release.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreezeDay {
    /// The instant shown.
    at: DateTime<Utc>,
    release: ReleaseVersion,
    freeze: Freeze,
    /// Address of its page.
    url: String,
    /// When it passes, or passed; null without a date.
    freeze_at: Option<DateTime<Utc>>,
    /// What its proposals tell.
    state: FreezeState,
    /// How many are in which group.
    groups: GroupCounts,
    /// How many come up on freeze day and wait for a decision.
    unsettled: usize,
    /// The snapshot; null until freeze day was closed.
    snapshot: Option<Snapshot>,
    /// Ids of the sources whose part is not closed.
    open_sources: Vec<String>,
}

/// What the proposals of a freeze tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FreezeState {
    /// How they would be judged if the freeze were now: it has not passed.
    Simulation,
    /// How they are judged at the freeze, by what is known now.
    Judged,
    /// How they were judged at the freeze, as it was kept when freeze day was closed.
    Closed,
}

/// Proposals by group.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct GroupCounts {
    /// The freeze is met.
    met: usize,
    /// An exception is pending or granted.
    exception: usize,
    /// All others.
    others: usize,
}

/// The snapshot of a freeze.
#[derive(Debug, Serialize, ToSchema)]
pub struct Snapshot {
    /// When it was taken.
    at: DateTime<Utc>,
    /// Login of who closed freeze day.
    by: String,
    /// The instant at which everything was judged.
    judged_at: DateTime<Utc>,
    /// The decisions that hold it, one for each source.
    decisions: Vec<i64>,
    /// Of how many proposals there is news since, or which came after.
    learned: usize,
}

/// How a proposal was, is or would be judged at a freeze.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrozenProposal)]
pub struct FrozenObject {
    source: String,
    number: u32,
    /// Its title; of a snapshot the one it had then.
    title: String,
    /// Address of its page.
    url: String,
    group: Group,
    /// The status, as addresses write it.
    status: String,
    /// The status in words with what was open.
    status_words: String,
    /// Whether this is kept in the snapshot.
    kept: bool,
    /// What became of it since the snapshot, where that is news; work towards the next freeze is none.
    learned: Option<Learned>,
    /// The status at the instant shown, where the freeze has passed and that is another.
    now: Option<StatusNow>,
}

/// What became of a proposal since the snapshot of a freeze.
#[derive(Debug, Serialize, ToSchema)]
pub struct Learned {
    /// Its group by now.
    group: Group,
    /// The status of now in words.
    status_words: String,
    /// What is news of it, as the page tells it beside the snapshot.
    told: String,
}

/// A status that became another since a freeze.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusNow {
    /// The status, as addresses write it.
    status: &'static str,
    /// The status in words.
    status_words: String,
}

/// Every proposal of the freeze, in the order of the groups: what the snapshot holds, then what is judged beside it.
fn proposals(view: FreezeView) -> Vec<FrozenObject> {
    let mut judged = view.judged;
    let mut all = Vec::new();
    for kept in view.closed.map(|closed| closed.rows).unwrap_or_default() {
        let key = (&kept.proposal.source, kept.proposal.number);
        let place = judged.iter().position(|row| (&row.proposal.source, row.proposal.number) == key);
        let today = place.map(|place| judged.remove(place)).and_then(|row| row.since);
        all.push(FrozenObject {
            url: kept.proposal.href(),
            source: kept.proposal.source,
            number: kept.proposal.number,
            title: kept.proposal.title,
            group: kept.group,
            status: kept.status,
            status_words: kept.words,
            kept: true,
            learned: kept.since.map(|since| Learned {
                group: since.group,
                status_words: since.words,
                told: since.told,
            }),
            now: today.map(|(status, status_words)| StatusNow { status: status.slug(), status_words }),
        });
    }
    all.extend(judged.into_iter().map(beside));
    all.sort_by_key(|one| one.group);
    all
}

/// A proposal that no snapshot holds.
fn beside(row: JudgedRow) -> FrozenObject {
    FrozenObject {
        url: row.proposal.href(),
        source: row.proposal.source,
        number: row.proposal.number,
        title: row.proposal.title,
        group: row.group,
        status: row.status.slug().to_owned(),
        status_words: row.words,
        kept: false,
        learned: None,
        now: row.since.map(|(status, status_words)| StatusNow { status: status.slug(), status_words }),
    }
}

fn snapshot(closed: &Closed) -> Snapshot {
    Snapshot {
        at: closed.at,
        by: closed.by.clone(),
        judged_at: closed.judged_at,
        decisions: closed.decisions.clone(),
        learned: closed.rows.iter().filter(|row| row.since.is_some()).count() + closed.added.len(),
    }
}

/// Reads the freeze that an address asks for.
async fn view(state: &AppState, (version, freeze): &(String, String), query: &str) -> Result<FreezeView, Problem> {
    releases::choice(version)?;
    let (ask, _) = FreezeAsk::parse(version, freeze, "");
    let ask = FreezeAsk { at: super::at(Some(query))?, show: Show::Then, ..ask? };
    Ok(freeze_day::view(state, &ask, None).await?)
}

/// A freeze of a release
///
/// Before it, what would happen if it were now; from then on how it is judged, and once freeze day was closed the snapshot
/// of that, with how much was learned since.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}/freeze/{freeze}",
    tag = "Releases",
    operation_id = "freeze_day",
    params(
        ("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current"),
        ("freeze" = String, Path, description = "The freeze: `ef` or `cf`.", example = "ef"),
        AtParameter,
    ),
    responses((status = 200, description = "The freeze.", body = FreezeDay), Unreadable, Missing)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Path(names): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<FreezeDay>, Problem> {
    let query = query.unwrap_or_default();
    let view = view(&state, &names, &query).await?;
    let at = views::moment(super::at(Some(&query))?, state.context.clock.now()).instant();
    let state = match (view.passed, &view.closed) {
        (false, _) => FreezeState::Simulation,
        (true, None) => FreezeState::Judged,
        (true, Some(_)) => FreezeState::Closed,
    };
    let address = FreezeAddress { release: view.release, freeze: view.freeze };
    let unsettled = view.judged.iter().filter(|row| view.passed && row.comes_up && !row.settled).count();
    let mut day = FreezeDay {
        at,
        release: view.release,
        freeze: view.freeze,
        url: address.page(),
        freeze_at: view.dates.freeze(view.freeze),
        state,
        groups: GroupCounts::default(),
        unsettled,
        snapshot: view.closed.as_ref().map(snapshot),
        open_sources: view.sources.clone(),
    };
    for one in proposals(view) {
        match one.group {
            Group::Met => day.groups.met += 1,
            Group::Exception => day.groups.exception += 1,
            Group::Others => day.groups.others += 1,
        }
    }
    Ok(Json(day))
}

/// The proposals of a freeze
///
/// By group: how each was judged at the freeze, or would be if it were now; how that is judged by what was learned since;
/// and what its status became.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}/freeze/{freeze}/proposals",
    tag = "Releases",
    operation_id = "freeze_day_proposals",
    params(
        ("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current"),
        ("freeze" = String, Path, description = "The freeze: `ef` or `cf`.", example = "ef"),
        AtParameter,
        PageParameters,
    ),
    responses((status = 200, description = "A page of them.", body = Page<FrozenObject>), Unreadable, Missing)
)]
pub(super) async fn list(
    State(state): State<AppState>,
    Path(names): Path<(String, String)>,
    uri: Uri,
) -> Result<Page<FrozenObject>, Problem> {
    let paging = Paging::asked(&uri)?;
    let query = uri.query().unwrap_or_default();
    let at = views::moment(super::at(Some(query))?, state.context.clock.now()).instant();
    Ok(paging.whole(Some(at), proposals(view(&state, &names, query).await?)))
}
