//! Pull requests as an address asks for them: found, filtered, sorted.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use app::features::pulls::{
    LabelChoice, PullQuery, PullSortKey, Waits, kind_slug,
    port::{Choice, PullFacets},
};
use domain::{Load, Outcome, Pull, PullKind, ReleaseVersion, WorkItem, load};

use crate::{
    verdicts::{JudgedPull, Moment, World},
    web::views,
};

/// What a query selects, in its order, and what stands beside it.
#[derive(Debug)]
pub struct Selection {
    /// Pull requests that match.
    pub found: Vec<Arc<JudgedPull>>,
    /// How many there are before filters other than the release.
    pub of_release: usize,
    /// The release that is shown; none for every release.
    pub release: Option<ReleaseVersion>,
    /// Choices of the filters.
    pub facets: PullFacets,
    /// What lies with each reviewer, before filters other than the release.
    pub load: Vec<Load>,
}

/// Selects.
pub fn select(world: &World, query: &PullQuery, moment: Moment) -> Selection {
    let release = match (query.release, query.label) {
        (Some(choice), _) => views::meant(world, choice, moment),
        (None, Some(_)) => None,
        (None, None) => world.current(moment.instant()),
    };
    let any_release = query.release.is_none() && query.label.is_some();
    let open = world.proposals.values().flat_map(|record| {
        let open = world.open_pulls_of(record, moment);
        (0..open.len()).filter_map(move |place| open.get(place).cloned())
    });
    let of_release = open.filter(|judged| any_release || release == Some(judged.item.pull.release));
    let all: Vec<Arc<JudgedPull>> = match query.label {
        None => of_release.filter(|judged| judged.listed).collect(),
        Some(choice) => once_each(of_release.filter(|judged| about_label(choice, judged)).collect()),
    };
    let facets = facets(world, &all);
    let load = load(all.iter().map(|judged| &judged.item));
    let mut found: Vec<_> = all.iter().filter(|judged| takes(query, &judged.item)).cloned().collect();
    sort(&mut found, query);
    Selection { found, of_release: all.len(), release, facets, load }
}

/// Whether a pull request is asked for by its label. What is merely mentioned somewhere says nothing against the label
/// that it carries for another proposal.
fn about_label(choice: LabelChoice, judged: &JudgedPull) -> bool {
    judged.label.as_ref().is_some_and(|label| match choice {
        LabelChoice::Due => label.should == Outcome::Pass,
        LabelChoice::Differs => {
            let says = judged.item.pull.kind != PullKind::Unrelated || label.should == Outcome::Pass;
            says && !label.agrees()
        }
    })
}

/// Each pull request once, whatever proposals have it: as one that should carry the label, if for any of them.
fn once_each(mut all: Vec<Arc<JudgedPull>>) -> Vec<Arc<JudgedPull>> {
    all.sort_by_key(|judged| judged.label.as_ref().is_none_or(|label| label.should != Outcome::Pass));
    let mut seen: HashSet<(String, u32)> = HashSet::new();
    all.retain(|judged| seen.insert((judged.item.pull.repository.to_lowercase(), judged.item.pull.number)));
    all
}

fn takes(query: &PullQuery, item: &WorkItem) -> bool {
    let pull = &item.pull;
    query.repository.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&pull.repository))
        && query.kind.is_none_or(|kind| kind == pull.kind)
        && (!query.lagging || item.lags)
        && query.waiting_on.as_ref().is_none_or(|waits| waits_on(waits, pull))
}

fn waits_on(waits: &Waits, pull: &Pull) -> bool {
    match waits {
        Waits::Author => !pull.waiting_on_review && !pull.waiting_on.is_empty(),
        Waits::Reviewers => pull.waiting_on_review,
        Waits::Login(login) => pull.waiting_on.iter().any(|known| known.eq_ignore_ascii_case(login)),
    }
}

/// By the priority of the list, which stays the order among equals.
fn sort(found: &mut [Arc<JudgedPull>], query: &PullQuery) {
    let key = |item: &WorkItem| (item.pull.repository.clone(), item.pull.number);
    let by = |one: &WorkItem, other: &WorkItem| match query.sort.key {
        PullSortKey::Priority => Ordering::Equal,
        PullSortKey::Pull => key(one).cmp(&key(other)),
        PullSortKey::Proposal => one.proposal.cmp(&other.proposal),
        PullSortKey::Waiting => {
            let since = |item: &WorkItem| (item.pull.waiting_since.is_none(), item.pull.waiting_since);
            since(one).cmp(&since(other))
        }
        PullSortKey::Freeze => {
            let until = |item: &WorkItem| (item.deadline.is_none(), item.deadline);
            until(one).cmp(&until(other))
        }
    };
    found.sort_by(|one, other| by(&one.item, &other.item).then_with(|| WorkItem::compare(&one.item, &other.item)));
    if query.sort.descending {
        found.reverse();
    }
}

fn facets(world: &World, all: &[Arc<JudgedPull>]) -> PullFacets {
    let mut repositories: BTreeMap<&str, u32> = BTreeMap::new();
    let mut people: BTreeMap<&str, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<PullKind, u32> = BTreeMap::new();
    let (mut author, mut reviewers, mut lagging) = (0, 0, 0);
    for judged in all {
        let pull = &judged.item.pull;
        *repositories.entry(&pull.repository).or_default() += 1;
        *kinds.entry(pull.kind).or_default() += 1;
        for login in &pull.waiting_on {
            *people.entry(login).or_default() += 1;
        }
        author += u32::from(waits_on(&Waits::Author, pull));
        reviewers += u32::from(pull.waiting_on_review);
        lagging += u32::from(judged.item.lags);
    }
    let choice = |value: String, label: &str, count| Choice { value, label: label.to_owned(), count };
    let sides =
        [choice("reviewers".to_owned(), "reviewers", reviewers), choice("author".to_owned(), "its author", author)];
    let people = people.into_iter().map(|(login, count)| choice(format!("@{login}"), &format!("@{login}"), count));
    let releases = world.main_releases().rev().map(|release| release.version.to_string());
    PullFacets {
        releases: releases.map(|version| choice(version.clone(), &version, 0)).collect(),
        repositories: repositories.into_iter().map(|(name, count)| choice(name.to_owned(), name, count)).collect(),
        waiting_on: sides.into_iter().filter(|side| side.count > 0).chain(people).collect(),
        kinds: kinds.into_iter().map(|(kind, n)| choice(kind_slug(kind).to_owned(), kind.words(), n)).collect(),
        lagging,
    }
}
