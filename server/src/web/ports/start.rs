//! The page that starts a proposal.

use std::collections::BTreeSet;

use app::{
    features::{
        shared::ProposalLink,
        start::{
            StartQuery,
            port::{
                Begun, DocumentText, IssueText, Known as KnownView, PullText, ReleaseOption, SigPeople, SourceChoice,
                StartPort, StartView,
            },
        },
    },
    port::Answer,
    query::ReleaseChoice,
};
use chrono::{DateTime, Utc};
use domain::{PullKind, PullState, ReleaseDates, Source};

use super::{Ports, unavailable};
use crate::{
    documents,
    start::{Beginning, new_file, new_issue, skeleton},
    verdicts::{Moment, ProposalRecord, World},
    web::views,
};

/// Most proposals with much the same title that are shown.
const SIMILAR: usize = 3;

/// Words of a title that are shorter tell nothing.
const WORD: usize = 4;

impl StartPort for Ports {
    fn start(&self, query: StartQuery) -> Answer<'_, StartView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            Ok(view(&world, &query, self.0.context.clock.now()))
        })
    }
}

fn view(world: &World, query: &StartQuery, now: DateTime<Utc>) -> StartView {
    let query = &told(world, query, now);
    let choices = world.sources.values().filter_map(|source| choice(world, source, now));
    let begun = beginning(world, query, now, |beginning, choice| begun(world, beginning, choice, now));
    StartView { sources: choices.collect(), releases: releases(world, query, now), release: query.version(), begun }
}

/// The same with the release that `current` or `next` means.
fn told(world: &World, query: &StartQuery, now: DateTime<Utc>) -> StartQuery {
    let release = query.release.and_then(|choice| views::meant(world, choice, Moment::Now(now)));
    StartQuery { release: release.map(ReleaseChoice::Version), ..query.clone() }
}

/// What was begun, when it names a source and has a title; what cannot be chosen there is left out.
pub fn beginning<T>(
    world: &World,
    query: &StartQuery,
    now: DateTime<Utc>,
    then: impl FnOnce(&Beginning<'_>, SourceChoice) -> T,
) -> Option<T> {
    let source = world.sources.get(query.source.as_deref()?)?;
    if !query.title.chars().any(char::is_alphanumeric) {
        return None;
    }
    let choice = choice(world, source, now)?;
    let mut query = told(world, query, now);
    query.sig = query.sig.filter(|sig| choice.sigs.contains(sig));
    let template = documents::SOURCES.iter().find(|template| template.id == source.template)?;
    let skeleton = skeleton(template.id)?;
    Some(then(&Beginning { source, template, skeleton, query: &query }, choice))
}

/// A source that has a skeleton to begin with.
fn choice(world: &World, source: &Source, now: DateTime<Utc>) -> Option<SourceChoice> {
    let skeleton = skeleton(&source.template)?;
    Some(SourceChoice {
        id: source.id.clone(),
        noun: source.noun.clone(),
        repository: source.repository.clone(),
        about: skeleton.about.to_owned(),
        owning_sig: source.owning_sig.clone(),
        sigs: if source.owning_sig.is_some() { Vec::new() } else { sigs(world, source, now) },
    })
}

/// SIGs that an alias, the sign-off or the place of a proposal names.
fn sigs(world: &World, source: &Source, now: DateTime<Utc>) -> Vec<String> {
    let by_alias = world.groups(source, None, now).sigs.into_keys();
    let of_source = world.proposals.values().filter(|record| record.source.id == source.id);
    let by_place = of_source.filter_map(|record| record.history.directory_sig.clone());
    let by_place = by_place.filter(|sig| sig.starts_with("sig-"));
    let all: BTreeSet<String> = by_alias.chain(source.sign_off.iter().cloned()).chain(by_place).collect();
    all.into_iter().collect()
}

/// Releases that are not out, and the one that was chosen.
fn releases(world: &World, query: &StartQuery, now: DateTime<Utc>) -> Vec<ReleaseOption> {
    // One before the current may have no date of its end and still be over.
    let current = world.current(now);
    let ahead = world.main_releases().filter(|release| current.is_none_or(|current| release.version >= current));
    let known = ahead.map(|release| (release.version, release.dates_at(now)));
    let mut all: Vec<_> = known
        .filter(|(version, dates)| !dates.released(now) || query.version() == Some(*version))
        .map(|(version, dates)| ReleaseOption { version, dates })
        .collect();
    if let Some(version) = query.version().filter(|version| all.iter().all(|choice| choice.version != *version)) {
        all.push(ReleaseOption { version, dates: ReleaseDates::default() });
    }
    all.sort_by_key(|choice| choice.version);
    all
}

fn begun(world: &World, beginning: &Beginning<'_>, choice: SourceChoice, now: DateTime<Utc>) -> Begun {
    let Beginning { source, query, .. } = *beginning;
    let record = query.number.and_then(|number| world.proposals.get(&(source.id.clone(), number)));
    Begun {
        lacks: beginning.lacks(),
        issue: issue(beginning),
        document: query.number.map(|_| document(beginning)),
        pull: query.number.map(|_| PullText { title: beginning.heading(), body: beginning.pull_request() }),
        labels: beginning.labels(),
        people: people(world, beginning, now),
        known: record.map(|record| known(record, query, now)),
        similar: similar(world, &query.title, (&source.id, query.number)),
        source: choice,
    }
}

fn issue(beginning: &Beginning<'_>) -> IssueText {
    let Beginning { source, query, .. } = *beginning;
    let (title, body) = (beginning.heading(), beginning.issue());
    let (form, empty_form) = new_issue(&source.repository, &title, &body, &beginning.labels());
    let url = query.number.map(|number| source.issue_url(number));
    let directory = url.is_some().then(|| beginning.directory_url());
    IssueText { title, body, form, empty_form, url, directory }
}

fn document(beginning: &Beginning<'_>) -> DocumentText {
    let (path, text) = (beginning.path(), beginning.document());
    let (form, empty_form) = new_file(&beginning.source.repository, &path, &text);
    let url = beginning.source.file_url(&path);
    DocumentText { path, text, form, empty_form, url }
}

/// The owning SIG, then those that sign it off.
fn people(world: &World, beginning: &Beginning<'_>, now: DateTime<Utc>) -> Vec<SigPeople> {
    let source = beginning.source;
    let groups = world.groups(source, beginning.query.version(), now).sigs;
    let owning = beginning.sig();
    let others = source.sign_off.iter().map(String::as_str).filter(|sig| Some(*sig) != owning);
    let members = |sig: &str| groups.get(sig).cloned().unwrap_or_default();
    let line = |sig: &str, owns| SigPeople { sig: sig.to_owned(), owns, members: members(sig) };
    owning.map(|sig| line(sig, true)).into_iter().chain(others.map(|sig| line(sig, false))).collect()
}

fn known(record: &ProposalRecord, query: &StartQuery, now: DateTime<Utc>) -> KnownView {
    let known = record.history.at(now);
    let proposes = |kind, state| kind == PullKind::Proposal && state != PullState::Closed;
    let pull = known.pulls.iter().find(|pull| proposes(pull.kind, pull.state)).map(|pull| {
        let url = format!("https://github.com/{}/pull/{}", pull.repository, pull.number);
        (format!("{}#{}", pull.repository, pull.number), url)
    });
    let owned = |logins: Vec<&str>| logins.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let (reviewers, approvers) = (owned(known.reviewers()), owned(known.approvers()));
    let people = (!reviewers.is_empty() && !approvers.is_empty()).then(|| {
        let handles = app::words::handles;
        format!("Named: reviewers {}, approvers {}.", handles(&reviewers), handles(&approvers))
    });
    let committed = query
        .version()
        .is_some_and(|release| known.participation(release, &ReleaseDates::default()).committed.is_some());
    KnownView {
        proposal: views::link(record),
        issue: known.issue.is_some(),
        document: known.document.is_some(),
        pull,
        people,
        committed,
    }
}

/// Proposals whose titles share most of their words; not the one that is being written.
fn similar(world: &World, title: &str, (source, number): (&str, Option<u32>)) -> Vec<ProposalLink> {
    let wanted = words(title);
    let others = world.proposals.iter().filter(|((id, n), _)| (id.as_str(), Some(*n)) != (source, number));
    let mut found: Vec<_> = others
        .filter_map(|(_, record)| {
            let common = words(&record.title).intersection(&wanted).count();
            (common >= 2 && common * 2 >= wanted.len()).then_some((common, record))
        })
        .collect();
    found.sort_by_key(|(common, _)| std::cmp::Reverse(*common));
    found.into_iter().take(SIMILAR).map(|(_, record)| views::link(record)).collect()
}

fn words(title: &str) -> BTreeSet<String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= WORD);
    words.map(str::to_lowercase).collect()
}
