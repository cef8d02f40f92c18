//! What became of the plan of one release.

use std::collections::{BTreeMap, BTreeSet};

use app::features::slips::port::{Counts, PlanClosing, PlanOrigin, ReleaseSlipsView, SigCounts, SlipLine};
use domain::{
    Event, Planned, Recorded, RequestState, ScheduleReading, Source,
    slip::{Fate, PostMove, Tally, post_moves},
};

use super::{Life, lives, move_view};
use crate::{
    verdicts::{Moment, ReleaseRecord, World},
    web::{
        exceptions::found::{self, Found},
        views,
    },
};

/// A proposal that a release planned, or accepted later.
pub struct Part<'l> {
    /// The proposal.
    pub life: &'l Life<'l>,
    /// Whether it was planned.
    pub planned: bool,
    /// What became of it.
    pub fate: Fate,
}

/// What a release planned and accepted, in the order of the proposals' keys, and where each source's plan comes from.
pub fn in_release<'l>(
    world: &World,
    release: &ReleaseRecord,
    lives: &'l [Life<'l>],
    moment: Moment,
) -> (Vec<Part<'l>>, Vec<PlanOrigin>) {
    let dates = release.dates_at(moment.instant());
    let mut parts = Vec::new();
    let mut origins = Vec::new();
    for source in world.sources.values().filter(|source| source.calendar == release.calendar) {
        let closed = closed_plan(world, source, release, moment);
        let numbers: Option<BTreeSet<u32>> =
            closed.map(|(_, plan)| plan.iter().map(|planned| planned.number).collect());
        let of_source = lives.iter().filter(|life| life.record.source.id == source.id);
        let before = parts.len();
        parts.extend(of_source.filter_map(|life| {
            let planned = match &numbers {
                Some(numbers) => numbers.contains(&life.record.history.number),
                None => life.accepted_in_time(release.version, &dates),
            };
            let there = planned || life.accepted.contains_key(&release.version);
            there.then(|| Part { life, planned, fate: life.fate(release.version) })
        }));
        let planned = parts.iter().skip(before).filter(|part| part.planned).count();
        if planned > 0 || closed.is_some() {
            origins.push(PlanOrigin {
                source: source.id.clone(),
                noun: source.noun.clone(),
                planned: u32::try_from(planned).unwrap_or(u32::MAX),
                closed: closed.map(|(recorded, _)| closing(recorded)),
            });
        }
    }
    (parts, origins)
}

fn closing(recorded: &Recorded) -> PlanClosing {
    PlanClosing {
        event: recorded.id,
        at: recorded.occurred_at.unwrap_or(recorded.recorded_at),
        by: recorded.person().to_owned(),
    }
}

/// The plan that counts: the one that was closed last before the Enhancement Freeze, else the first that was closed.
fn closed_plan<'w>(
    world: &'w World,
    source: &Source,
    release: &ReleaseRecord,
    moment: Moment,
) -> Option<(&'w Recorded, &'w [Planned])> {
    let now = moment.instant();
    let freeze = release.dates_at(now).enhancement_freeze;
    let closed: Vec<_> = world
        .decided_on_source(&source.id)
        .filter(|recorded| recorded.happened_by(now))
        .filter_map(|recorded| match &recorded.event {
            Event::PlanClosed { release: of, plan } if *of == release.version => Some((recorded, &**plan)),
            _ => None,
        })
        .collect();
    let in_time = |(recorded, _): &&(&Recorded, &[Planned])| freeze.is_none_or(|freeze| recorded.happened_by(freeze));
    closed.iter().rev().find(in_time).or(closed.first()).copied()
}

/// Parts and requests, counted per owning SIG.
pub fn per_sig(parts: &[Part<'_>], found: &[Found], release: &ReleaseRecord) -> BTreeMap<String, Counts> {
    let mut sigs: BTreeMap<String, Counts> = BTreeMap::new();
    for part in parts {
        let counts = sigs.entry(part.life.sig().to_owned()).or_default();
        let tally = if part.planned { &mut counts.planned } else { &mut counts.added };
        *tally = tally.and(Tally::of([part.fate]));
    }
    for request in found.iter().map(|found| &found.counted).filter(|counted| counted.release == release.version) {
        let counts = sigs.entry(request.sig.clone()).or_default();
        counts.exceptions += 1;
        counts.granted += u32::from(matches!(request.state, RequestState::Granted { .. }));
    }
    sigs
}

/// All SIGs together.
pub fn total<'c>(sigs: impl Iterator<Item = &'c Counts>) -> Counts {
    sigs.fold(Counts::default(), |all, counts| all.and(*counts))
}

/// Planned and present dates of a release.
pub fn posts(release: &ReleaseRecord, moment: Moment) -> Vec<PostMove> {
    let mut versions: Vec<_> =
        release.versions.iter().filter(|v| v.occurred_at.is_none_or(|at| at <= moment.instant())).collect();
    versions.sort_by_key(|version| (version.occurred_at, version.event));
    let readings: Vec<&ScheduleReading> = versions.into_iter().map(|version| &version.reading).collect();
    post_moves(&readings)
}

/// Everything on the page of a release.
pub fn release(world: &World, release: &ReleaseRecord, moment: Moment) -> ReleaseSlipsView {
    let lives = lives(world, &release.calendar, moment);
    let (parts, plans) = in_release(world, release, &lives, moment);
    let sigs = per_sig(&parts, &found::all(world, moment), release);
    let gone = |part: &&Part<'_>| !matches!(part.fate, Fate::In | Fate::Open);
    let version = release.version;
    ReleaseSlipsView {
        release: version,
        dates: release.dates_at(moment.instant()),
        before: world.main_releases().map(|other| other.version).take_while(|other| *other < version).last(),
        after: world.main_releases().map(|other| other.version).find(|other| *other > version),
        plans,
        total: total(sigs.values()),
        sigs: sigs.into_iter().map(|(sig, counts)| SigCounts { sig, counts }).collect(),
        lines: parts.iter().filter(gone).map(|part| line(part, release)).collect(),
        posts: posts(release, moment),
    }
}

/// A proposal as the lists and files of a release show it.
pub fn line(part: &Part<'_>, release: &ReleaseRecord) -> SlipLine {
    let left = part.life.left(release.version).filter(|_| matches!(part.fate, Fate::Slipped | Fate::Ended));
    let words = part.life.row(release.version).map(|row| row.verdict.words.clone());
    SlipLine {
        proposal: views::link(part.life.record),
        sig: part.life.sig().to_owned(),
        planned: part.planned,
        fate: part.fate,
        words: words.unwrap_or_else(|| format!("takes no part in {} any more", release.version)),
        left: left.map(move_view),
    }
}
