//! Disagreements as an address asks for them, and as files.

use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};

use app::features::{
    mismatches::{MismatchQuery, kind_words},
    shared::Choice,
};
use axum::{
    Json, Router,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{Mismatch, ReleaseVersion, in_the_way_first};

use super::{
    AppState,
    api::{self, Problem, mismatches::FoundMismatch},
    export::file,
    views,
};
use crate::{
    store,
    verdicts::{Mismatches, Moment, ProposalRecord, World},
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new().route("/mismatches.csv", get(csv)).route("/mismatches.json", get(json))
}

/// A disagreement with its proposal.
#[derive(Debug, Clone)]
pub struct Found {
    /// The proposal.
    pub record: Arc<ProposalRecord>,
    /// What disagrees.
    pub mismatch: Arc<Mismatch>,
}

impl Borrow<Mismatch> for Found {
    fn borrow(&self) -> &Mismatch {
        &self.mismatch
    }
}

/// What a query selects, and what the filters can offer.
#[derive(Debug)]
pub struct Selection {
    /// The release in whose way `first` stand.
    pub release: Option<ReleaseVersion>,
    /// Those in its way, oldest first.
    pub first: Vec<Found>,
    /// The others.
    pub rest: Vec<Found>,
    /// Whether there is any at all.
    pub any: bool,
    /// Kinds that occur.
    pub kinds: Vec<Choice>,
    /// Sources.
    pub sources: Vec<Choice>,
    /// Releases that something stands in the way of, newest first.
    pub releases: Vec<Choice>,
}

/// Selects.
///
/// # Errors
/// When the database fails.
pub async fn select(
    state: &AppState,
    world: &World,
    query: &MismatchQuery,
    moment: Moment,
) -> store::Result<Selection> {
    let records: Vec<&ProposalRecord> = world.proposals.values().map(|record| &**record).collect();
    let found = state.verdicts.mismatches(world, &records, moment).await?;
    let of = |(record, found): (&Arc<ProposalRecord>, &Mismatches)| -> Vec<Found> {
        found.iter().map(|mismatch| Found { record: record.clone(), mismatch: mismatch.clone() }).collect()
    };
    let all: Vec<Found> = world.proposals.values().zip(&found).flat_map(of).collect();
    let asked = query.release.and_then(|choice| views::meant(world, choice, moment));
    let release = asked.or_else(|| world.current(moment.instant()));
    let (kinds, sources, releases) = facets(&all);
    let any = !all.is_empty();
    let takes = |found: &Found| {
        let source = &found.record.source.id;
        query.kind.as_ref().is_none_or(|kind| *kind == found.mismatch.code)
            && query.source.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(source))
            && (query.release.is_none() || asked.is_some_and(|asked| found.mismatch.stands_in_the_way_of(asked)))
    };
    let (first, rest) = in_the_way_first(all.into_iter().filter(takes).collect(), release);
    Ok(Selection { release, first, rest, any, kinds, sources, releases })
}

fn facets(all: &[Found]) -> (Vec<Choice>, Vec<Choice>, Vec<Choice>) {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let mut sources: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut releases: BTreeMap<ReleaseVersion, u32> = BTreeMap::new();
    for Found { record, mismatch } in all {
        *kinds.entry(&mismatch.code).or_default() += 1;
        *sources.entry((&record.source.id, &record.source.noun)).or_default() += 1;
        for release in &mismatch.releases {
            *releases.entry(*release).or_default() += 1;
        }
    }
    let choice = |value: &str, label: &str, count| Choice { value: value.to_owned(), label: label.to_owned(), count };
    let kinds = kinds.into_iter().map(|(code, count)| choice(code, kind_words(code), count)).collect();
    let sources = sources.into_iter().map(|((id, noun), count)| choice(id, noun, count)).collect();
    let releases = releases.into_iter().rev().map(|(release, count)| {
        let version = release.to_string();
        choice(&version, &version, count)
    });
    (kinds, sources, releases.collect())
}

async fn selected(state: &AppState, query: Option<&str>) -> Result<Vec<Found>, Problem> {
    let (query, bad) = MismatchQuery::parse(query.unwrap_or_default());
    api::usable(&bad)?;
    let moment = views::moment(query.at, state.context.clock.now());
    let world = state.verdicts.world().await?;
    let Selection { mut first, rest, .. } = select(state, &world, &query, moment).await?;
    first.extend(rest);
    Ok(first)
}

async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match selected(&state, query.as_deref()).await {
        Ok(found) => Json(found.iter().map(FoundMismatch::of).collect::<Vec<_>>()).into_response(),
        Err(problem) => problem.into_response(),
    }
}

const COLUMNS: [&str; 11] =
    ["source", "number", "title", "kind", "text", "left", "right", "since", "releases", "what_to_do", "fix"];

async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match selected(&state, query.as_deref()).await {
        Ok(found) => file("mismatches.csv", &COLUMNS, found.iter().map(record)),
        Err(problem) => problem.into_response(),
    }
}

fn record(found: &Found) -> Vec<String> {
    let Found { record, mismatch } = found;
    vec![
        record.source.id.clone(),
        record.history.number.to_string(),
        record.title.clone(),
        mismatch.code.clone(),
        mismatch.text.clone(),
        mismatch.left.clone(),
        mismatch.right.clone(),
        mismatch.since.map(app::words::machine).unwrap_or_default(),
        mismatch.releases.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        mismatch.fix_kind.words().to_owned(),
        mismatch.fix.clone(),
    ]
}
