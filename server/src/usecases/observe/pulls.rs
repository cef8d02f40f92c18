//! Pull requests: where each belongs, what it is for, and on whom it waits.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    Claimant, ClockRules, Event, Placement, ProposalKey, Pull, PullKey, PullKind, PullState, Recorded, ReleaseVersion,
    Submission, place_all, review_clock,
};
use sqlx::PgConnection;

use super::{Found, distinct, ground::Basis, not_before, text};
use crate::{
    github::rows::{ItemState, timeline},
    store::{
        self,
        github::item::{self, Kept},
    },
    usecases::{key::Key, sync::Detail},
};

/// Pull requests that have to be placed because of what changed: they themselves, those that changed issues link or that
/// name them, those that belong to such a proposal, and what they carry over.
pub(super) async fn due(conn: &mut PgConnection, basis: &Basis<'_>, batch: &[Kept]) -> store::Result<Vec<Kept>> {
    let mut due: BTreeMap<(String, u32), Kept> = BTreeMap::new();
    let (mut keys, mut names) = (Vec::new(), Vec::new());
    for kept in batch {
        if kept.item.is_pull {
            due.insert((kept.repository.clone(), kept.item.number), kept.clone());
        }
        // What carries a changed pull request over, or names a changed issue.
        names.extend(text::names_of(&kept.repository, kept.item.number));
    }
    let issues: Vec<&Kept> = batch.iter().filter(|kept| !kept.item.is_pull).collect();
    for claimant in basis.claimants.iter().filter(|claimant| issues.iter().any(|kept| is_issue_of(claimant, kept))) {
        keys.extend(claimant.links.iter().map(|link| (link.repository.clone(), link.number)));
        let of_it = |(proposal, ..): &(ProposalKey, &Recorded, &Pull)| *proposal == claimant.key;
        let known = basis.known.iter().filter(|(_, all)| all.iter().any(of_it));
        keys.extend(known.map(|(key, _)| (key.repository.clone(), key.number)));
    }
    let carried = due.values().filter_map(|kept| Some((kept.repository.clone(), text::cherry_pick_of(&kept.item)?)));
    keys.extend(carried.collect::<Vec<_>>());
    let linked = item::find_all(conn, &distinct(keys)).await?;
    let naming = item::naming(conn, &distinct(names)).await?;
    for kept in linked.into_iter().chain(naming).filter(|kept| kept.item.is_pull) {
        due.entry((kept.repository.clone(), kept.item.number)).or_insert(kept);
    }
    Ok(due.into_values().collect())
}

fn is_issue_of(claimant: &Claimant, kept: &Kept) -> bool {
    claimant.repository == kept.repository && claimant.key.number == kept.item.number
}

/// What is new in pull requests.
pub(super) fn found(basis: &Basis<'_>, due: &[Kept], now: DateTime<Utc>) -> Vec<Found> {
    let submissions: Vec<Submission> = due.iter().map(submission).collect();
    let placed = place_all(&submissions, &basis.ground());
    due.iter()
        .flat_map(|kept| {
            let key = PullKey { repository: kept.repository.clone(), number: kept.item.number };
            placed.get(&key).map(|placement| news(basis, kept, &key, placement, now)).unwrap_or_default()
        })
        .collect()
}

fn submission(kept: &Kept) -> Submission {
    let item = &kept.item;
    Submission {
        key: PullKey { repository: kept.repository.clone(), number: item.number },
        title: item.title.clone(),
        author: item.author.clone().unwrap_or_default(),
        base: item.base.clone(),
        state: state(kept),
        created_at: item.created_at,
        merged_at: item.merged_at,
        labels: item.labels.clone(),
        paths: Detail::of(kept).paths,
        references: text::mentions(item),
        cherry_pick_of: text::cherry_pick_of(item),
    }
}

fn state(kept: &Kept) -> PullState {
    match (kept.item.merged_at, kept.item.state) {
        (Some(_), _) => PullState::Merged,
        (None, ItemState::Open) if kept.gone.is_none() => PullState::Open,
        _ => PullState::Closed,
    }
}

/// What its owner has to learn, and those who thought it theirs.
fn news(basis: &Basis<'_>, kept: &Kept, key: &PullKey, placement: &Placement, now: DateTime<Utc>) -> Vec<Found> {
    let known = basis.known.get(key).map(Vec::as_slice).unwrap_or_default();
    let mut news = Vec::new();
    for (proposal, recorded, pull) in known {
        if Some(proposal) != placement.owner.as_ref() && pull.kind != PullKind::Unrelated {
            let given_up = Pull { kind: PullKind::Unrelated, belonging: None, ..(*pull).clone() };
            news.push((key_of(proposal), not_before(Some(now), Some(recorded)), Event::PullObserved(given_up)));
        }
    }
    let Some(owner) = &placement.owner else { return news };
    let before = known.iter().find(|(proposal, ..)| proposal == owner);
    let release =
        placement.release.or_else(|| before.map(|(.., pull)| pull.release)).or_else(|| fallback(basis, owner));
    let Some(release) = release else { return news };
    let (pull, began) = observed(kept, placement, release, now);
    match before {
        Some((.., known)) if **known == pull => {}
        Some((_, recorded, _)) => {
            let at = not_before(changed_at(kept, &pull, began), Some(recorded));
            news.push((key_of(owner), at, Event::PullObserved(pull)));
        }
        None => news.extend(first_seen(kept, pull, began).map(|(at, event)| (key_of(owner), at, event))),
    }
    news
}

/// A pull request that is seen for the first time was opened before; what it is now, it became later.
fn first_seen(
    kept: &Kept,
    pull: Pull,
    began: Option<DateTime<Utc>>,
) -> impl Iterator<Item = (Option<DateTime<Utc>>, Event)> {
    let opened_at = kept.item.created_at;
    let became_at = changed_at(kept, &pull, began).max(opened_at);
    let opened = Pull {
        state: PullState::Open,
        waiting_on: Vec::new(),
        waiting_on_review: false,
        waiting_since: None,
        labels: Vec::new(),
        ..pull.clone()
    };
    let opened = (became_at > opened_at).then_some((opened_at, Event::PullObserved(opened)));
    opened.into_iter().chain([(became_at, Event::PullObserved(pull))])
}

/// When it became what it is.
fn changed_at(kept: &Kept, pull: &Pull, began: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    match pull.state {
        PullState::Merged => kept.item.merged_at,
        PullState::Closed => kept.item.closed_at.or(Some(kept.item.updated_at)),
        PullState::Open => began.or(Some(kept.item.updated_at)),
    }
}

/// The pull request as it is, and since when it waits as it does.
fn observed(
    kept: &Kept,
    placement: &Placement,
    release: ReleaseVersion,
    now: DateTime<Utc>,
) -> (Pull, Option<DateTime<Utc>>) {
    let item = &kept.item;
    let author = item.author.clone().unwrap_or_default();
    let mut steps = timeline::own_steps(item);
    steps.extend(Detail::of(kept).steps);
    let clock = review_clock(&author, &steps, &ClockRules::default(), now);
    let mut pull = Pull {
        repository: kept.repository.clone(),
        number: item.number,
        title: item.title.clone(),
        author,
        kind: placement.kind,
        release,
        state: state(kept),
        waiting_on: Vec::new(),
        waiting_on_review: false,
        waiting_since: None,
        labels: item.labels.clone(),
        draft: item.draft,
        base: item.base.clone(),
        belonging: placement.belonging,
    };
    if pull.state == PullState::Open {
        clock.show_on(&mut pull);
    }
    (pull, clock.spans.last().map(|span| span.from))
}

/// Where nothing tells its release: the first that the proposal is planned for, else the current one.
fn fallback(basis: &Basis<'_>, owner: &ProposalKey) -> Option<ReleaseVersion> {
    let claimant = basis.claimants.iter().find(|claimant| claimant.key == *owner)?;
    claimant.targets.iter().map(|(_, release)| *release).min().or(basis.current)
}

fn key_of(proposal: &ProposalKey) -> Key {
    Key { source: proposal.source.clone(), number: proposal.number }
}
