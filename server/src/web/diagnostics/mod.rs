//! Diagnostics of documents, tracking issues and comments as an address asks for them, and as files.

mod collect;
mod export;

use std::{collections::BTreeMap, sync::Arc};

use app::features::{
    diagnostics::{DiagnosticQuery, Place},
    shared::{Choice, severity_word},
};
use axum::{Router, routing::get};
use domain::{Diagnostic, ReleaseVersion, Severity};

use super::{AppState, views};
use crate::{
    store::Result,
    verdicts::{Moment, ProposalRecord, World},
};
pub use export::FoundLine;

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new().route("/diagnostics.csv", get(export::csv)).route("/diagnostics.json", get(export::json))
}

/// A diagnostic with where it stands.
#[derive(Debug, Clone)]
pub struct Found {
    /// The proposal.
    pub record: Arc<ProposalRecord>,
    /// What kind of text it is about.
    pub place: Place,
    /// Which text, in words.
    pub text: String,
    /// The text at GitHub, at its line where GitHub can show that.
    pub href: String,
    /// What is said.
    pub diagnostic: Diagnostic,
}

/// What a query selects, and what the filters can offer.
#[derive(Debug)]
pub struct Selection {
    /// The worst first; within that by proposal, text and line.
    pub found: Vec<Found>,
    /// Whether there is any at all.
    pub any: bool,
    /// Severities that occur, the worst first.
    pub severities: Vec<Choice>,
    /// Kinds that occur.
    pub kinds: Vec<Choice>,
    /// Kinds of text.
    pub places: Vec<Choice>,
    /// Sources.
    pub sources: Vec<Choice>,
    /// Releases, newest first.
    pub releases: Vec<Choice>,
}

/// Selects.
///
/// # Errors
/// When the database fails.
pub async fn select(state: &AppState, world: &World, query: &DiagnosticQuery, moment: Moment) -> Result<Selection> {
    let mut all = collect::all(state, world, moment).await?;
    let asked = query.release.and_then(|choice| views::meant(world, choice, moment));
    let takes_part =
        |found: &Found, release| world.rows_of(&found.record, moment).iter().any(|row| row.release == Some(release));
    let mut facets = Facets::default();
    let any = !all.is_empty();
    for found in &all {
        facets.count(found, world, moment);
    }
    all.retain(|Found { record, place, diagnostic, .. }| {
        let named = format!("{}/{}", record.source.id, record.history.number);
        query.kind.as_ref().is_none_or(|kind| *kind == diagnostic.code)
            && query.severity.is_none_or(|severity| severity == diagnostic.severity)
            && query.place.is_none_or(|wanted| wanted == *place)
            && query.source.as_ref().is_none_or(|source| source.eq_ignore_ascii_case(&record.source.id))
            && query
                .proposal
                .as_ref()
                .is_none_or(|proposal| proposal.trim_start_matches('/').eq_ignore_ascii_case(&named))
    });
    all.retain(|found| query.release.is_none() || asked.is_some_and(|release| takes_part(found, release)));
    // Stable, so that within a severity the order of proposals and lines stays.
    all.sort_by_key(|found| std::cmp::Reverse(found.diagnostic.severity));
    Ok(facets.selection(all, any))
}

#[derive(Default)]
struct Facets {
    severities: BTreeMap<std::cmp::Reverse<Severity>, u32>,
    kinds: BTreeMap<String, u32>,
    places: BTreeMap<Place, u32>,
    sources: BTreeMap<(String, String), u32>,
    releases: BTreeMap<ReleaseVersion, u32>,
}

impl Facets {
    fn count(&mut self, found: &Found, world: &World, moment: Moment) {
        let Found { record, place, diagnostic, .. } = found;
        *self.severities.entry(std::cmp::Reverse(diagnostic.severity)).or_default() += 1;
        *self.kinds.entry(diagnostic.code.clone()).or_default() += 1;
        *self.places.entry(*place).or_default() += 1;
        *self.sources.entry((record.source.id.clone(), record.source.noun.clone())).or_default() += 1;
        for release in world.rows_of(record, moment).iter().filter_map(|row| row.release) {
            *self.releases.entry(release).or_default() += 1;
        }
    }

    fn selection(self, found: Vec<Found>, any: bool) -> Selection {
        let choice =
            |value: &str, label: &str, count| Choice { value: value.to_owned(), label: label.to_owned(), count };
        let plain = |value: &str, count| choice(value, value, count);
        Selection {
            found,
            any,
            severities: self.severities.iter().map(|(severity, n)| plain(severity_word(severity.0), *n)).collect(),
            kinds: self.kinds.iter().map(|(kind, n)| plain(kind, *n)).collect(),
            places: self.places.iter().map(|(place, n)| plain(place.slug(), *n)).collect(),
            sources: self.sources.iter().map(|((id, noun), n)| choice(id, noun, *n)).collect(),
            releases: self.releases.iter().rev().map(|(release, n)| plain(&release.to_string(), *n)).collect(),
        }
    }
}
