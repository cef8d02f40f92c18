//! The list of proposals as an address asks for it: searched, filtered, sorted. Page, exports and API share it.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use app::{
    features::proposals::port::{Choice, Facets},
    query::{ListQuery, SortKey},
};
use domain::{ReleaseVersion, Stage, Who};

use super::{AppState, views};
use crate::{
    store::{Result, document},
    verdicts::{Moment, Row, Rows, World},
};

/// What a query selects, in its order, and what the filters can offer.
#[derive(Debug)]
pub struct Selection {
    /// Rows that match.
    pub rows: Vec<Arc<Row>>,
    /// Choices of the filters.
    pub facets: Facets,
}

/// Selects. The full text is searched in the database, everything else in the verdict cache.
///
/// # Errors
/// When the database fails.
pub async fn select(state: &AppState, world: &World, query: &ListQuery, moment: Moment) -> Result<Selection> {
    let hits = match &query.q {
        Some(words) => {
            let mut conn = state.context.pool.acquire().await?;
            document::search(&mut conn, words).await?.into_iter().collect()
        }
        None => HashSet::new(),
    };
    let current = world.current(moment.instant());
    let release = query.release.and_then(|choice| views::meant(world, choice, moment));
    let choice = Choosing { asked: query.release.is_some(), release, current };
    let all = state.listing.all(world, choice, moment);
    let wanted = Wanted { query, hits };
    let mut rows: Vec<Arc<Row>> = all.rows.iter().filter(|row| wanted.takes(row)).cloned().collect();
    sort(&mut rows, query);
    Ok(Selection { facets: all.facets.clone(), rows })
}

/// Which row of each proposal is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choosing {
    asked: bool,
    release: Option<ReleaseVersion>,
    current: Option<ReleaseVersion>,
}

/// The list without filters, most urgent first.
#[derive(Debug)]
struct All {
    of: Arc<Vec<Rows>>,
    choice: Choosing,
    rows: Vec<Arc<Row>>,
    facets: Facets,
}

/// The list without filters as last shown, kept until a row of the world changes.
#[derive(Debug, Default)]
pub struct Listing(Mutex<Option<Arc<All>>>);

impl Listing {
    fn all(&self, world: &World, choice: Choosing, moment: Moment) -> Arc<All> {
        let of = world.rows(moment);
        let kept = self.kept().clone();
        if let Some(kept) = kept.filter(|kept| Arc::ptr_eq(&kept.of, &of) && kept.choice == choice) {
            return kept;
        }
        let Choosing { asked, release, current } = choice;
        let mut rows: Vec<_> = of.iter().filter_map(|rows| shown(rows, asked, release, current)).collect();
        rows.sort_by_cached_key(|row| views::urgency(row));
        let all = Arc::new(All { facets: facets(world, &rows), of, choice, rows });
        if matches!(moment, Moment::Now(_)) {
            *self.kept() = Some(all.clone());
        }
        all
    }

    fn kept(&self) -> MutexGuard<'_, Option<Arc<All>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The row of a proposal that the list shows: that of the release asked for, else the current, else its latest.
fn shown(
    rows: &[Arc<Row>],
    asked: bool,
    release: Option<ReleaseVersion>,
    current: Option<ReleaseVersion>,
) -> Option<Arc<Row>> {
    let of = |version: Option<ReleaseVersion>| rows.iter().find(|row| version.is_some() && row.release == version);
    if asked { of(release).cloned() } else { of(current).or_else(|| rows.last()).cloned() }
}

struct Wanted<'a> {
    query: &'a ListQuery,
    hits: HashSet<(String, u32)>,
}

impl Wanted<'_> {
    fn takes(&self, row: &Row) -> bool {
        let query = self.query;
        let same = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|w| w.eq_ignore_ascii_case(value));
        let among = |wanted: &Option<String>, logins: &[String]| {
            wanted.as_ref().is_none_or(|w| logins.iter().any(|login| login.eq_ignore_ascii_case(w)))
        };
        same(&query.source, &row.source)
            && (query.status.is_empty() || query.status.contains(&row.verdict.status.slug()))
            && (!query.at_risk || row.verdict.at_risk.is_some())
            && query.stage.as_ref().is_none_or(|w| row.verdict.stages.iter().any(|s| stage_word(s) == *w))
            && same(&query.sig, &row.sig)
            && among(&query.owner, &row.owners)
            && among(&query.reviewer, &row.reviewers)
            && self.waits_on(row)
            && self.found(row)
    }

    fn waits_on(&self, row: &Row) -> bool {
        self.query.waiting_on.as_ref().is_none_or(|wanted| match wanted.strip_prefix('@') {
            Some(login) => {
                row.verdict.waiting.iter().any(|w| w.logins.iter().any(|known| known.eq_ignore_ascii_case(login)))
            }
            None if wanted == ListQuery::SOMEBODY => waits_on_somebody(row),
            None => row.verdict.waiting.iter().any(|waiting| waiting.who.slug() == wanted),
        })
    }

    fn found(&self, row: &Row) -> bool {
        let Some(words) = &self.query.q else { return true };
        if self.hits.contains(&(row.source.clone(), row.number)) {
            return true;
        }
        let people = [&row.owners, &row.reviewers, &row.approvers].into_iter().flatten().map(String::as_str);
        let text = format!(
            "{} {} {}/{} {} {} {}",
            row.noun,
            row.number,
            row.source,
            row.number,
            row.title,
            row.sig,
            people.collect::<Vec<_>>().join(" ")
        )
        .to_lowercase();
        words.split_whitespace().all(|word| {
            let word = word.trim_start_matches(['@', '#']).to_lowercase();
            text.contains(&word)
        })
    }
}

fn waits_on_somebody(row: &Row) -> bool {
    row.verdict.waiting.iter().any(|waiting| waiting.who != Who::Nobody)
}

/// Sorts rows that come most urgent first, which stays the order among equals.
fn sort(rows: &mut [Arc<Row>], query: &ListQuery) {
    let by = |a: &Row, b: &Row| match query.sort.key {
        SortKey::Urgency => Ordering::Equal,
        SortKey::Number => (&a.source, a.number).cmp(&(&b.source, b.number)),
        SortKey::Title => a.title.to_lowercase().cmp(&b.title.to_lowercase()),
        SortKey::Release => (a.release.is_none(), a.release).cmp(&(b.release.is_none(), b.release)),
        SortKey::Status => place(a).cmp(&place(b)),
        SortKey::Owner => (a.owners.is_empty(), a.owners.first()).cmp(&(b.owners.is_empty(), b.owners.first())),
        SortKey::Waiting => {
            let since = |row: &Row| row.verdict.waiting.first().and_then(|waiting| waiting.since);
            (since(a).is_none(), since(a)).cmp(&(since(b).is_none(), since(b)))
        }
    };
    rows.sort_by(|a, b| by(a, b));
    if query.sort.descending {
        rows.reverse();
    }
}

fn place(row: &Row) -> usize {
    let slug = row.verdict.status.slug();
    app::status::ALL.iter().position(|info| info.slug == slug).unwrap_or(usize::MAX)
}

/// How an address writes a stage.
pub fn stage_word(stage: &Stage) -> String {
    match stage {
        Stage::Alpha => "alpha".to_owned(),
        Stage::Beta => "beta".to_owned(),
        Stage::Ga => "ga".to_owned(),
        Stage::Single => "single".to_owned(),
        Stage::Other(word) => word.to_lowercase(),
    }
}

/// Values with labels and how many rows have them.
#[derive(Default)]
struct Offer(BTreeMap<String, (String, u32)>);

impl Offer {
    fn add(&mut self, value: &str, label: impl FnOnce() -> String) {
        match self.0.get_mut(value) {
            Some((_, count)) => *count += 1,
            None => {
                self.0.insert(value.to_owned(), (label(), 1));
            }
        }
    }

    fn choices(self) -> Vec<Choice> {
        self.0.into_iter().map(|(value, (label, count))| Choice { value, label, count }).collect()
    }
}

fn facets(world: &World, rows: &[Arc<Row>]) -> Facets {
    let [mut sources, mut stages, mut sigs, mut owners, mut reviewers, mut waiting]: [Offer; 6] = Default::default();
    for row in rows {
        sources.add(&row.source, || row.noun.clone());
        sigs.add(&row.sig, || row.sig.clone());
        for stage in &row.verdict.stages {
            stages.add(&stage_word(stage), || stage.name());
        }
        for login in &row.owners {
            owners.add(login, || format!("@{login}"));
        }
        for login in &row.reviewers {
            reviewers.add(login, || format!("@{login}"));
        }
        let mut slugs: Vec<_> = row.verdict.waiting.iter().map(|waiting| waiting.who.slug()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        for slug in slugs {
            waiting.add(slug, || slug.replace('-', " "));
        }
    }
    let statuses = views::counts(rows.iter().map(|row| row.verdict.status.slug()));
    let releases = world.main_releases().rev().map(|release| {
        let version = release.version.to_string();
        Choice { label: version.clone(), value: version, count: 0 }
    });
    let count = rows.iter().filter(|row| waits_on_somebody(row)).count();
    let somebody = (count > 0).then(|| Choice {
        label: ListQuery::SOMEBODY.to_owned(),
        value: ListQuery::SOMEBODY.to_owned(),
        count: u32::try_from(count).unwrap_or(u32::MAX),
    });
    Facets {
        releases: releases.collect(),
        sources: sources.choices(),
        statuses: statuses
            .into_iter()
            .map(|count| Choice {
                label: app::status::of_slug(&count.slug).label.to_owned(),
                value: count.slug,
                count: count.count,
            })
            .collect(),
        stages: stages.choices(),
        sigs: sigs.choices(),
        owners: owners.choices(),
        reviewers: reviewers.choices(),
        waiting_on: somebody.into_iter().chain(waiting.choices()).collect(),
    }
}
