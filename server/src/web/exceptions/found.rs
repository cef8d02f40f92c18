//! Requests with everything that lists, exports and statistics tell of them.

use std::collections::BTreeSet;

use app::features::exceptions::{Group, Kind, Stand, port::ExceptionRow};
use chrono::{DateTime, Utc};
use domain::{Known, ReleaseDates, ReleaseVersion, RequestState, RequestView, Verdict, exception::Counted};

use crate::{
    verdicts::{Moment, ProposalRecord, Row, World},
    web::views,
};

/// A request with what lists, exports and statistics need of it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The row.
    pub row: ExceptionRow,
    /// As it is counted.
    pub counted: Counted,
    /// Where it stands, as recorded.
    pub state: RequestState,
    /// Archive link.
    pub thread: Option<String>,
    /// Why it was last decided so.
    pub reason: Option<String>,
    /// When it was last decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it is asked for.
    pub justification: String,
    /// What happens if it is not granted.
    pub impact: String,
    /// Covered pull requests.
    pub covers: Vec<String>,
}

/// Every request that was sent by the instant, in the order of their addresses.
pub fn all(world: &World, moment: Moment) -> Vec<Found> {
    let proposals: BTreeSet<_> = world.exceptions.values().map(|key| (key.source.clone(), key.number)).collect();
    let records = proposals.iter().filter_map(|key| world.proposals.get(key));
    let mut found: Vec<_> = records.flat_map(|record| of_proposal(world, record, moment)).collect();
    found.sort_by_key(|found| found.row.id);
    found
}

/// The requests of one proposal.
pub fn of_proposal(world: &World, record: &ProposalRecord, moment: Moment) -> Vec<Found> {
    let known = record.history.at(moment.instant());
    let rows = world.rows_of(record, moment);
    let releases: BTreeSet<ReleaseVersion> = world
        .exceptions
        .values()
        .filter(|key| key.source == record.source.id && key.number == record.history.number)
        .map(|key| key.release)
        .collect();
    let of_release = |release: ReleaseVersion| {
        let dates = dates(world, record, release, moment.instant());
        let row = rows.iter().find(|row| row.release == Some(release));
        let requests = known.participation(release, &dates).requests;
        let rest = requests.all.iter().map(|request| found(record, &known, request, (row.map(|row| &**row), &dates)));
        rest.collect::<Vec<_>>()
    };
    releases.into_iter().flat_map(of_release).collect()
}

/// The dates of a release in the calendar of a proposal.
pub fn dates(world: &World, record: &ProposalRecord, release: ReleaseVersion, now: DateTime<Utc>) -> ReleaseDates {
    let key = (record.source.calendar.clone(), release);
    world.releases.get(&key).map_or_else(ReleaseDates::default, |release| release.dates_at(now))
}

fn found(
    record: &ProposalRecord,
    known: &Known<'_>,
    request: &RequestView<'_>,
    (row, dates): (Option<&Row>, &ReleaseDates),
) -> Found {
    let lapse = row.and_then(|row| request.lapse(&row.verdict, dates));
    let sig = row
        .map_or_else(|| domain::owning_sig(&record.source, &record.history, known).to_owned(), |row| row.sig.clone());
    let row = row_of(record, request, (row.map(|row| &row.verdict), dates), &sig);
    Found {
        counted: Counted::of(request, &sig, lapse, dates),
        state: request.state.clone(),
        thread: request.thread.map(str::to_owned),
        reason: request.reason.map(str::to_owned),
        decided_at: request.decided_at,
        justification: request.justification.to_owned(),
        impact: request.impact.to_owned(),
        covers: request.covers.to_vec(),
        row,
    }
}

fn row_of(
    record: &ProposalRecord,
    request: &RequestView<'_>,
    (verdict, dates): (Option<&Verdict>, &ReleaseDates),
    sig: &str,
) -> ExceptionRow {
    let stand = Stand::of(&request.state, verdict.and_then(|verdict| request.lapse(verdict, dates)));
    let last = request.exchanges.last();
    let waits_on = (stand.group() == Group::Undecided).then(|| match stand {
        Stand::NeedsInformation => format!("@{}", request.requester),
        _ => "release team".to_owned(),
    });
    let asked = last.and_then(|exchange| exchange.asked.occurred_at);
    let answered = last.and_then(|exchange| exchange.answer).and_then(|(_, recorded)| recorded.occurred_at);
    let since = match stand.group() {
        Group::Undecided if stand == Stand::NeedsInformation => asked.or(request.sent_at),
        Group::Undecided => answered.or(request.sent_at),
        _ => request.decided_at.or(request.sent_at),
    };
    let granted_until = request.granted_until();
    ExceptionRow {
        id: request.id,
        proposal: views::link(record),
        release: request.release,
        kind: Kind::of(request.freeze),
        requester: request.requester.to_owned(),
        sent_at: request.sent_at,
        stand,
        since,
        waits_on,
        asked_until: request.asked_until,
        granted_until,
        last_day: domain::words::day_of(granted_until.unwrap_or(request.asked_until), dates.zone),
        sig: sig.to_owned(),
    }
}
