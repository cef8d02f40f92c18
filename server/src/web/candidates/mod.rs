//! Candidates as an address asks for them: documents in open pull requests, with whose they are.

mod export;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::features::candidates::{
    CandidateQuery,
    port::{CandidateRow, Choice},
};
use axum::{Router, routing::get};
use chrono::{DateTime, Utc};
use domain::{Diagnostic, ReleaseVersion, Severity, Source, candidate::readiness, history::stated};

pub use export::{CandidateObject, objects};

use super::{AppState, views};
use crate::{
    store::{
        self,
        github::candidate::{self, Brief, Candidate},
    },
    verdicts::{Moment, ProposalRecord, World},
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new().route("/candidates.csv", get(export::csv)).route("/candidates.json", get(export::json))
}

/// A document in an open pull request.
#[derive(Debug, Clone)]
pub struct Found {
    /// As it was read.
    pub document: Candidate,
    /// The source whose document it is.
    pub source: Arc<Source>,
    /// The proposal whose document it is; none for one that has no tracking issue yet.
    pub proposal: Option<Arc<ProposalRecord>>,
    /// Whether another document of the pull request comes first.
    pub beside_another: bool,
}

impl Found {
    /// Whether it is a candidate: the main document of what is no proposal yet.
    pub fn is_candidate(&self) -> bool {
        self.document.main && self.proposal.is_none()
    }
}

/// Every document in an open pull request.
///
/// # Errors
/// When the database fails.
pub async fn all(state: &AppState, world: &World) -> store::Result<Vec<Found>> {
    let mut conn = state.context.pool.acquire().await?;
    let mut first = BTreeSet::new();
    let documents = candidate::all(&mut conn).await?.into_iter().filter_map(|document| {
        let source = world.sources.get(&document.source)?.clone();
        let stated = document.reading.number.as_ref().map(|stated| stated.value);
        let proposal = proposal_of(world, &document.source, &document.path, (document.number, stated)).cloned();
        let beside_another = !first.insert((document.repository.clone(), document.pull));
        Some(Found { document, source, proposal, beside_another })
    });
    Ok(documents.collect())
}

/// The proposal whose document lies at a path: by the number of its directory; where that has none, by what lies there
/// on main, else by the number that the document states.
fn proposal_of<'w>(
    world: &'w World,
    source: &str,
    path: &str,
    (number, stated): (Option<u32>, Option<u32>),
) -> Option<&'w Arc<ProposalRecord>> {
    let by_number = |number: u32| world.proposals.get(&(source.to_owned(), number));
    if let Some(number) = number {
        return by_number(number);
    }
    let mut of_source = world.proposals.values().filter(|record| record.source.id == source);
    let by_path = of_source.find(|record| record.history.documents.iter().any(|version| version.path == path));
    by_path.or_else(|| by_number(stated?))
}

/// How many candidates there are that hold all of `words`; none at another moment than now, since only the present is
/// known of pull requests.
///
/// # Errors
/// When the database fails.
pub async fn count(state: &AppState, world: &World, words: Option<&str>, moment: Moment) -> store::Result<u32> {
    if !matches!(moment, Moment::Now(_)) {
        return Ok(0);
    }
    let mut conn = state.context.pool.acquire().await?;
    let briefs = candidate::briefs(&mut conn).await?;
    let counts = |brief: &&Brief| {
        let number = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
        let numbers = (number(brief.number), number(brief.stated));
        let text = || {
            let title = brief.title.as_deref().unwrap_or_default();
            let people = format!("{} {}", brief.owners.join(" "), brief.author.as_deref().unwrap_or_default());
            let Brief { repository, pull, path, pull_title, .. } = brief;
            searched(&[title, pull_title, path, &people, &format!("{repository}#{pull}"), &told(numbers)])
        };
        world.sources.contains_key(&brief.source)
            && proposal_of(world, &brief.source, &brief.path, numbers).is_none()
            && words.is_none_or(|words| holds(&text(), words))
    };
    Ok(u32::try_from(briefs.iter().filter(counts).count()).unwrap_or(u32::MAX))
}

fn told((number, stated): (Option<u32>, Option<u32>)) -> String {
    number.or(stated).map(|number| number.to_string()).unwrap_or_default()
}

fn searched(parts: &[&str]) -> String {
    parts.join(" ").to_lowercase()
}

/// Whether a text holds all the words of a search.
fn holds(text: &str, words: &str) -> bool {
    words.split_whitespace().all(|word| text.contains(&word.trim_start_matches(['@', '#']).to_lowercase()))
}

/// What a query selects, and what the filters can offer.
#[derive(Debug, Default)]
pub struct Selection {
    /// Candidates that match: by source, then the latest pull request first.
    pub rows: Vec<CandidateRow>,
    /// The documents of those rows, side by side.
    pub found: Vec<Found>,
    /// How many candidates there are without any filter.
    pub all: usize,
    /// Sources that have any.
    pub sources: Vec<Choice>,
    /// Releases that any of them states, newest first.
    pub releases: Vec<Choice>,
}

/// Selects.
pub fn select(world: &World, all: Vec<Found>, query: &CandidateQuery, now: DateTime<Utc>) -> Selection {
    let asked = query.release.map(|choice| views::meant(world, choice, Moment::Now(now)));
    let candidates: Vec<Found> = all.into_iter().filter(Found::is_candidate).collect();
    let mut selection = Selection { all: candidates.len(), ..Selection::default() };
    (selection.sources, selection.releases) = facets(&candidates);
    let takes = |(found, row): &(Found, CandidateRow)| {
        let people = format!("{} {}", row.owners.join(" "), row.author.as_deref().unwrap_or_default());
        let number = told((row.number_in_path, row.number_in_title));
        let title = &found.document.pull_title;
        let text = || searched(&[&row.title, title, &row.path, &people, &row.reference(), &number]);
        query.source.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&row.source))
            && asked.is_none_or(|asked| row.targets.iter().any(|(_, release)| Some(*release) == asked))
            && query.q.as_ref().is_none_or(|words| holds(&text(), words))
    };
    let rows = candidates.into_iter().map(|found| {
        let row = row(&found);
        (found, row)
    });
    let mut rows: Vec<_> = rows.filter(takes).collect();
    rows.sort_by(|(_, a), (_, b)| (&a.source, b.pull, &a.path).cmp(&(&b.source, a.pull, &b.path)));
    (selection.found, selection.rows) = rows.into_iter().unzip();
    selection
}

fn facets(candidates: &[Found]) -> (Vec<Choice>, Vec<Choice>) {
    let mut sources: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut releases: BTreeMap<ReleaseVersion, u32> = BTreeMap::new();
    for found in candidates {
        *sources.entry((&found.source.id, &found.source.noun)).or_default() += 1;
        let stated: BTreeSet<_> = stated(&found.document.reading).map(|(_, release)| release).collect();
        for release in stated {
            *releases.entry(release).or_default() += 1;
        }
    }
    let choice = |value: &str, label: &str, count| Choice { value: value.to_owned(), label: label.to_owned(), count };
    let sources = sources.into_iter().map(|((id, noun), count)| choice(id, noun, count)).collect();
    let releases = releases.into_iter().rev().map(|(release, count)| {
        let version = release.to_string();
        choice(&version, &version, count)
    });
    (sources, releases.collect())
}

/// A document as lists and its page show it.
pub fn row(found: &Found) -> CandidateRow {
    let Candidate { reading, .. } = &found.document;
    CandidateRow {
        source: found.source.id.clone(),
        noun: found.source.noun.clone(),
        repository: found.document.repository.clone(),
        pull: found.document.pull,
        path: found.document.path.clone(),
        title: reading.title.as_ref().map_or_else(|| found.document.pull_title.clone(), |title| title.value.clone()),
        number_in_path: found.document.number,
        number_in_title: reading.number.as_ref().map(|stated| stated.value),
        owners: reading.owners.iter().map(|stated| stated.value.clone()).collect(),
        author: found.document.author.clone(),
        targets: stated(reading).map(|(stage, release)| (stage.clone(), release)).collect(),
        draft: found.document.draft,
        remarks: remarks(&reading.diagnostics),
        readiness: readiness(reading),
        observed_at: found.document.observed_at,
        beside_another: found.beside_another,
    }
}

/// How many diagnostics want something mended.
pub fn remarks(diagnostics: &[Diagnostic]) -> u32 {
    let wanting = diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Note);
    u32::try_from(wanting.count()).unwrap_or(u32::MAX)
}
