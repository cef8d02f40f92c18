//! Placing pull requests with the proposals that they belong to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Claim, Claimant, Classified, Ground, Placement, PullKey, Submission, claim::Strength, kind, window};
use crate::{Belonging, PullKind};

/// Where one pull request belongs; `original` is where the one belongs that it carries over, if it carries one.
pub fn place(pull: &Submission, ground: &Ground<'_>, original: Option<&Placement>) -> Placement {
    let said = latest_words(pull, ground);
    let given_up = |claim: &Claim| said.iter().any(|word| gives_up(word) && word.proposal == claim.proposal);
    let mut claims = claims(pull, ground, original);
    let kept = said.iter().copied().find(|word| !gives_up(word));
    // A pull request that only its claimant gave up stays there, as unrelated, for all to see.
    let all_gave_up = claims.iter().all(given_up);
    let unrelated = said.iter().copied().find(|_| all_gave_up);
    if !all_gave_up {
        claims.retain(|claim| !given_up(claim));
    }
    let by_word = kept.or(unrelated);
    let owner = by_word.map(|word| &word.proposal).or(claims.first().map(|claim| &claim.proposal)).cloned();
    let belonging = claims.iter().find(|claim| Some(&claim.proposal) == owner.as_ref()).map(|claim| claim.why);
    let claimant = ground.claimants.iter().find(|claimant| Some(&claimant.key) == owner.as_ref());
    let (kind, release) = match (by_word, claimant) {
        (Some(word), _) => (word.kind, Some(word.release)),
        (None, Some(claimant)) => found(claimant, pull, ground, belonging, original),
        (None, None) => (PullKind::Unrelated, None),
    };
    let others = claims.into_iter().filter(|claim| Some(&claim.proposal) != owner.as_ref() && !given_up(claim));
    Placement {
        others: others.collect(),
        belonging: belonging.filter(|_| kind != PullKind::Unrelated),
        decided: by_word.map(|word| word.event),
        owner,
        kind,
        release,
    }
}

/// Where many pull requests belong, those that carry others over included; each is to be given once.
pub fn place_all(pulls: &[Submission], ground: &Ground<'_>) -> BTreeMap<PullKey, Placement> {
    let by_key: BTreeMap<&PullKey, &Submission> = pulls.iter().map(|pull| (&pull.key, pull)).collect();
    let mut placed = BTreeMap::new();
    for pull in by_key.values() {
        // What it carries over comes first, however long the chain; a ring of them is cut where it closes.
        let mut chain = vec![*pull];
        let mut seen = BTreeSet::from([&pull.key]);
        while let Some(next) = chain.last().and_then(|last| original_of(last, &by_key)) {
            if placed.contains_key(&next.key) || !seen.insert(&next.key) {
                break;
            }
            chain.push(next);
        }
        for pull in chain.into_iter().rev() {
            let original = original_of(pull, &by_key).and_then(|original| placed.get(&original.key));
            let placement = place(pull, ground, original);
            placed.entry(pull.key.clone()).or_insert(placement);
        }
    }
    placed
}

fn original_of<'p>(pull: &Submission, by_key: &BTreeMap<&PullKey, &'p Submission>) -> Option<&'p Submission> {
    let number = pull.cherry_pick_of?;
    by_key.get(&PullKey { repository: pull.key.repository.clone(), number }).copied()
}

/// Every claim, strongest first. What carries over another is claimed by its owner, after all others.
fn claims(pull: &Submission, ground: &Ground<'_>, original: Option<&Placement>) -> Vec<Claim> {
    let mut own: Vec<_> = ground
        .claimants
        .iter()
        .filter_map(|claimant| Some((Strength::of(claimant, pull, ground)?, claimant)))
        .collect();
    own.sort_by(|(one, _), (other, _)| one.cmp(other));
    let own = own.iter().map(|(strength, claimant)| Claim { proposal: claimant.key.clone(), why: strength.why() });
    let mut all: Vec<Claim> = own.collect();
    let carried = original.filter(|original| original.kind != PullKind::Unrelated).and_then(|o| o.owner.clone());
    all.extend(carried.map(|proposal| Claim { proposal, why: Belonging::CherryPick }));
    let mut seen = BTreeSet::new();
    all.retain(|claim| seen.insert(claim.proposal.clone()));
    all
}

/// Kind and release by what GitHub shows; what only carries over another is for the same.
fn found(
    claimant: &Claimant,
    pull: &Submission,
    ground: &Ground<'_>,
    belonging: Option<Belonging>,
    original: Option<&Placement>,
) -> (PullKind, Option<crate::ReleaseVersion>) {
    let carried = original.filter(|_| belonging == Some(Belonging::CherryPick));
    let kind = carried.map_or_else(|| kind::kind(claimant, pull, ground), |original| original.kind);
    (kind, window::release(claimant, pull, ground))
}

fn gives_up(word: &Classified) -> bool {
    word.kind == PullKind::Unrelated
}

/// The latest word on it of each proposal, latest first.
fn latest_words<'a>(pull: &Submission, ground: &Ground<'a>) -> Vec<&'a Classified> {
    let mut said: Vec<_> = ground.classified.iter().filter(|word| word.pull == pull.key).collect();
    said.sort_by_key(|word| std::cmp::Reverse((word.at, word.event)));
    let mut seen = BTreeSet::new();
    said.retain(|word| seen.insert(&word.proposal));
    said
}
