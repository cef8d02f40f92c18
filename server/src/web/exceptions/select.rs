//! Requests as an address asks for them: found, filtered, sorted. Page, exports, API and statistics share it.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

use app::features::exceptions::{
    ExceptionKey, ExceptionQuery, Group, Kind, Stand,
    port::{Choice, ExceptionFacets, ExceptionRow},
};
use chrono::{DateTime, Utc};
use domain::ReleaseVersion;

use super::found::{Found, all};
use crate::{
    verdicts::{Moment, World},
    web::views,
};

/// What a query selects, in its order, and what the filters can offer.
#[derive(Debug)]
pub struct Selection {
    /// Requests that match.
    pub found: Vec<Found>,
    /// Choices of the filters.
    pub facets: ExceptionFacets,
    /// Whether there is any request at all.
    pub any: bool,
}

/// Selects.
pub fn select(world: &World, query: &ExceptionQuery, moment: Moment) -> Selection {
    let all = all(world, moment);
    let release = query.release.and_then(|choice| views::meant(world, choice, moment));
    let facets = facets(world, &all);
    let any = !all.is_empty();
    let mut found: Vec<_> = all.into_iter().filter(|found| takes(query, release, found)).collect();
    sort(&mut found, query);
    Selection { found, facets, any }
}

fn takes(query: &ExceptionQuery, release: Option<ReleaseVersion>, found: &Found) -> bool {
    let row = &found.row;
    let same = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|w| w.eq_ignore_ascii_case(value));
    (query.release.is_none() || release == Some(row.release))
        && query.freeze.is_none_or(|kind| kind == row.kind)
        && (query.state.is_empty() || query.state.contains(&row.stand))
        && same(&query.sig, &row.sig)
        && same(&query.source, &row.proposal.source)
        && query.q.as_ref().is_none_or(|words| matches(words, found))
}

/// Whether every word occurs in the request or in what it is about.
fn matches(words: &str, found: &Found) -> bool {
    let row = &found.row;
    let link = &row.proposal;
    let text = format!(
        "{} {}/{} {} {} {} {} {} {} {} {} {}",
        link.name(),
        link.source,
        link.number,
        link.title,
        row.release,
        row.kind.name(),
        row.requester,
        row.sig,
        found.justification,
        found.impact,
        found.reason.as_deref().unwrap_or_default(),
        found.covers.join(" ")
    )
    .to_lowercase();
    words.split_whitespace().all(|word| text.contains(&word.trim_start_matches(['@', '#']).to_lowercase()))
}

/// Sorts within the parts of the list, whose order stays.
fn sort(found: &mut [Found], query: &ExceptionQuery) {
    found.sort_by_key(|found| (found.row.stand.group(), urgency(&found.row)));
    let until = |row: &ExceptionRow| row.granted_until.unwrap_or(row.asked_until);
    let by = |a: &ExceptionRow, b: &ExceptionRow| match query.sort.key {
        ExceptionKey::Urgency => Ordering::Equal,
        ExceptionKey::Proposal => (&a.proposal.source, a.proposal.number).cmp(&(&b.proposal.source, b.proposal.number)),
        ExceptionKey::Release => a.release.cmp(&b.release),
        ExceptionKey::State => a.stand.cmp(&b.stand),
        ExceptionKey::Until => until(a).cmp(&until(b)),
        ExceptionKey::Asked => a.sent_at.cmp(&b.sent_at),
    };
    if query.sort.descending {
        found.reverse();
    }
    found.sort_by(|a, b| {
        let order = by(&a.row, &b.row);
        let order = if query.sort.descending { order.reverse() } else { order };
        a.row.stand.group().cmp(&b.row.stand.group()).then(order)
    });
}

/// Undecided ones oldest first, running ones by their end, settled ones latest first.
fn urgency(row: &ExceptionRow) -> (Option<DateTime<Utc>>, Reverse<Option<DateTime<Utc>>>) {
    match row.stand.group() {
        Group::Undecided => (row.sent_at, Reverse(None)),
        Group::Running => (row.granted_until, Reverse(None)),
        Group::Settled => (None, Reverse(row.since)),
    }
}

fn facets(world: &World, all: &[Found]) -> ExceptionFacets {
    let choices = |value: fn(&ExceptionRow) -> (String, String)| {
        let mut counts: BTreeMap<(String, String), u32> = BTreeMap::new();
        for found in all {
            *counts.entry(value(&found.row)).or_default() += 1;
        }
        let choice = |((value, label), count)| Choice { value, label, count };
        counts.into_iter().map(choice).collect::<Vec<_>>()
    };
    let count = |is: &dyn Fn(&ExceptionRow) -> bool| {
        u32::try_from(all.iter().filter(|found| is(&found.row)).count()).unwrap_or(u32::MAX)
    };
    let kinds = Kind::ALL.into_iter().map(|kind| Choice {
        value: kind.slug().to_owned(),
        label: kind.short().to_owned(),
        count: count(&|row| row.kind == kind),
    });
    let states = Stand::ALL.into_iter().map(|stand| Choice {
        value: stand.slug().to_owned(),
        label: stand.words().to_owned(),
        count: count(&|row| row.stand == stand),
    });
    let releases = world.main_releases().rev().map(|release| Choice {
        value: release.version.to_string(),
        label: release.version.to_string(),
        count: count(&|row| row.release == release.version),
    });
    ExceptionFacets {
        releases: releases.filter(|choice| choice.count > 0).collect(),
        kinds: kinds.filter(|choice| choice.count > 0).collect(),
        states: states.filter(|choice| choice.count > 0).collect(),
        sigs: choices(|row| (row.sig.clone(), row.sig.clone())),
        sources: choices(|row| (row.proposal.source.clone(), row.proposal.noun.clone())),
    }
}
