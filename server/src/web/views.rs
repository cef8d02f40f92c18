//! From the verdict cache to the views of the app: rows, counts, cycles, lines of history.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    features::shared::{Cycle, DateMove, HistoryItem, ProposalLink, ProposalRow, StatusCount},
    query::ReleaseChoice,
    ui::Tone,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Freeze, Recorded, ReleaseVersion, ScheduleReading};

use crate::{
    store::schedule::ScheduleVersion,
    verdicts::{Moment, ProposalRecord, ReleaseRecord, Row, Rows, World},
};

/// The link to a proposal.
pub fn link(record: &ProposalRecord) -> ProposalLink {
    ProposalLink {
        source: record.source.id.clone(),
        noun: record.source.noun.clone(),
        number: record.history.number,
        title: record.title.clone(),
    }
}

/// The link to the proposal of a row.
pub fn link_of(row: &Row) -> ProposalLink {
    ProposalLink { source: row.source.clone(), noun: row.noun.clone(), number: row.number, title: row.title.clone() }
}

/// A row of a table of proposals.
pub fn proposal_row(row: &Row) -> ProposalRow {
    let verdict = &row.verdict;
    ProposalRow {
        proposal: link_of(row),
        release: row.release,
        stages: verdict.stages.clone(),
        status: verdict.status,
        words: verdict.words.clone(),
        at_risk: verdict.at_risk.clone(),
        open: verdict.gate().filter(|_| !verdict.waiting.is_empty()).map(domain::Judgement::open).unwrap_or_default(),
        waiting: verdict.waiting.first().cloned(),
        owners: row.owners.clone(),
        reviewers: row.reviewers.clone(),
        sig: Some(row.sig.clone()).filter(|sig| sig != domain::NO_SIG),
        rank: verdict.facts.accepted.and_then(|accepted| accepted.rank),
    }
}

/// Where statuses of a tone stand in a bar: what is well, in work, not known, missed, excepted, and last what is out.
const fn place(tone: Tone) -> u8 {
    match tone {
        Tone::Good => 0,
        Tone::Busy => 1,
        Tone::Unknown => 2,
        Tone::Bad | Tone::Warn => 3,
        Tone::Exception => 4,
        Tone::Quiet => 5,
    }
}

/// Counts by status in the order they are drawn: by tone, within that in the order of P-12.
pub fn counts<'a>(slugs: impl Iterator<Item = &'a str>) -> Vec<StatusCount> {
    let mut by_slug = BTreeMap::new();
    for slug in slugs {
        *by_slug.entry(slug).or_default() += 1;
    }
    in_order(&by_slug)
}

/// The same for counts by slug.
pub fn in_order(by_slug: &BTreeMap<&str, u32>) -> Vec<StatusCount> {
    let mut counts: Vec<_> = app::status::ALL
        .iter()
        .filter_map(|info| {
            let count = *by_slug.get(info.slug)?;
            Some((place(info.tone), StatusCount { slug: info.slug.to_owned(), count }))
        })
        .collect();
    counts.sort_by_key(|(place, _)| *place);
    counts.into_iter().map(|(_, count)| count).collect()
}

/// A line of history.
pub fn history_item(recorded: &Recorded, proposal: Option<ProposalLink>) -> HistoryItem {
    let decision = recorded.event.is_decision();
    HistoryItem {
        id: recorded.id,
        occurred_at: recorded.occurred_at,
        recorded_at: recorded.recorded_at,
        what: recorded.event.tell(),
        who: if decision { format!("@{}", recorded.person()) } else { recorded.actor.clone() },
        link: recorded.link.clone(),
        decision,
        proposal,
    }
}

/// The cycle of a release: its posts at the instant shown, and every move known by then. `rows` are the release's.
pub fn cycle(world: &World, release: &ReleaseRecord, rows: &[Arc<Row>], moment: Moment) -> Cycle {
    let now = moment.instant();
    let schedule = release.schedule_at(now);
    let before = world.main_releases().take_while(|other| other.version < release.version).last();
    let first_row = schedule.and_then(|version| version.reading.rows.iter().map(|row| row.when).min());
    Cycle {
        version: release.version,
        dates: release.dates_at(now),
        began: before
            .and_then(|before| before.dates_at(now).ga)
            .or_else(|| first_row.map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc())),
        proposed: schedule.is_some_and(|version| version.proposed),
        moves: moves(release, rows, moment),
    }
}

/// The posts of a schedule, by name.
fn posts(reading: &ScheduleReading) -> [(&'static str, Option<NaiveDate>); 4] {
    [
        (Freeze::Enhancement.name(), reading.enhancement_freeze.date),
        (Freeze::Code.name(), reading.code_freeze.date),
        ("Thaw", reading.thaw.date),
        ("General availability", reading.ga.date),
    ]
}

fn moves(release: &ReleaseRecord, rows: &[Arc<Row>], moment: Moment) -> Vec<DateMove> {
    let mut versions: Vec<&ScheduleVersion> =
        release.versions.iter().filter(|v| v.occurred_at.is_none_or(|at| at <= moment.instant())).collect();
    versions.sort_by_key(|version| (version.occurred_at, version.event));
    let mut moves = Vec::new();
    for pair in versions.windows(2) {
        let [old, new] = pair else { continue };
        for ((post, from), (_, to)) in posts(&old.reading).into_iter().zip(posts(&new.reading)) {
            if from != to {
                let learned = new.occurred_at.unwrap_or(new.recorded_at);
                moves.push(DateMove { post: post.to_owned(), from, to, learned, touches: Vec::new() });
            }
        }
    }
    if !moves.is_empty() {
        let touches = touched(rows);
        for moved in &mut moves {
            moved.touches.clone_from(&touches);
        }
    }
    moves
}

/// Proposals that a move of the release's dates touches: those that take part and have not left.
fn touched(rows: &[Arc<Row>]) -> Vec<ProposalLink> {
    rows.iter()
        .filter(|row| !matches!(row.verdict.status, domain::Status::Ended { .. } | domain::Status::Departed { .. }))
        .map(|row| link_of(row))
        .collect()
}

/// Those of a world's rows that are of a release, most urgent first.
pub fn rows_in(all: &[Rows], release: domain::ReleaseVersion) -> Vec<Arc<Row>> {
    let in_release = |rows: &Rows| rows.iter().find(|row| row.release == Some(release)).cloned();
    let mut rows: Vec<_> = all.iter().filter_map(in_release).collect();
    rows.sort_by_cached_key(|row| urgency(row));
    rows
}

/// What needs somebody soonest comes first; within that, those at risk, then the SIG's order, then the number.
pub fn urgency(row: &Row) -> (u8, bool, u32, u32) {
    let rank = row.verdict.facts.accepted.and_then(|accepted| accepted.rank).unwrap_or(u32::MAX);
    (row.verdict.status.urgency(), row.verdict.at_risk.is_none(), rank, row.number)
}

/// The moment an address asks for.
pub fn moment(at: app::query::At, now: DateTime<Utc>) -> Moment {
    at.instant().map_or(Moment::Now(now), Moment::At)
}

/// The release of the main calendar that a choice means; `None` where none is current, or none comes after it.
pub fn meant(world: &World, choice: ReleaseChoice, moment: Moment) -> Option<ReleaseVersion> {
    let current = || world.current(moment.instant());
    match choice {
        ReleaseChoice::Version(version) => Some(version),
        ReleaseChoice::Current => current(),
        ReleaseChoice::Next => {
            let current = current()?;
            world.main_releases().map(|release| release.version).find(|version| *version > current)
        }
    }
}
