//! The check-ins of a week, from the verdicts and what was said.

use std::{cmp::Reverse, collections::HashMap};

use app::{
    features::check_ins::{
        CheckInAddress, WeekChoice,
        port::{CheckInRow, OpenPoint, OpenPull, WeekAsk, WeekView},
    },
    port::PageError,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ClockRules, Halves, Known, Outcome, PullKind, PullState, ReleaseVersion, Role, Standing, Week,
    check_in::{CheckIn, changes, check_ins, suggest, to_confirm},
    owning_sig,
};
use sqlx::PgConnection;

use crate::{
    store::{self, github::comment, person::Person},
    verdicts::{Belongs, Moment, ProposalRecord, Row, World},
    web::{ports::chosen, views},
};

/// When people commented on tracking issues, by repository and number.
pub type Comments = HashMap<(String, u32), Vec<DateTime<Utc>>>;

/// How long ago comments are looked for: more than the time between two check-ins.
const COMMENTS_OF: TimeDelta = TimeDelta::days(30);

/// Comments by people on the issues of all sources.
///
/// # Errors
/// When the database fails.
pub async fn comments_by_people(conn: &mut PgConnection, world: &World, now: DateTime<Utc>) -> store::Result<Comments> {
    let rules = ClockRules::default();
    let mut found = Comments::new();
    for source in world.sources.values() {
        for (number, login, at) in comment::since(&mut *conn, &source.repository, now - COMMENTS_OF).await? {
            if !rules.is_robot(&login) {
                found.entry((source.repository.clone(), number)).or_default().push(at);
            }
        }
    }
    Ok(found)
}

/// For which sides of a participation whoever looks can speak.
fn halves(looker: Option<&Belongs<'_>>, record: &ProposalRecord, known: &Known<'_>, release: ReleaseVersion) -> Halves {
    let Some(looker) = looker else { return Halves::default() };
    let source = &record.source;
    let roles = [
        (Role::ReleaseTeam, looker.in_team(&source.calendar, release)),
        (Role::Approver, looker.is_any(&known.approvers())),
        (Role::SigMember, looker.is_member(&source.id, owning_sig(source, &record.history, known))),
    ];
    let roles = roles.into_iter().filter_map(|(role, has)| has.then_some(role));
    Halves::of(&Standing::with(roles, []))
}

/// The instants that a week is looked at from.
#[derive(Clone, Copy)]
struct Times {
    week: Week,
    /// When the page is looked at: what was said until then counts.
    now: DateTime<Utc>,
    /// When proposals are judged: now, or the end of a week that is over.
    judged: DateTime<Utc>,
}

/// The week that an address asks for.
///
/// # Errors
/// When the release is not known.
pub fn week(
    world: &World,
    ask: WeekAsk,
    person: Option<&Person>,
    comments: &Comments,
    now: DateTime<Utc>,
) -> Result<WeekView, PageError> {
    let moment = views::moment(ask.at, now);
    let version = chosen(world, ask.release, moment)?;
    let release = world.release(version).ok_or_else(|| PageError::NotFound(format!("Release {version}")))?;
    let present = Week::of(moment.instant());
    let week = match ask.week {
        WeekChoice::Now => present,
        WeekChoice::Week(week) => week,
    };
    let over = week < present;
    let judged = if over { Moment::At(week.ends() - TimeDelta::seconds(1)) } else { moment };
    let dates = release.dates_at(judged.instant());
    let released = dates.released(week.begins());
    let looker = person.map(|person| Belongs::of(world, person, moment.instant()));
    let times = Times { week, now: moment.instant(), judged: judged.instant() };
    let mut rows: Vec<(_, CheckInRow)> = tracked(world, version, judged, released)
        .filter_map(|row| {
            let record = world.proposals.get(&(row.source.clone(), row.number))?;
            let shown = line(record, &row, looker.as_ref(), comments, times);
            Some((order(&row, &shown), shown))
        })
        .collect();
    rows.sort_by_key(|(order, _)| *order);
    Ok(WeekView {
        address: CheckInAddress { release: version, week },
        present,
        dates,
        any_proposal: !world.proposals.is_empty(),
        released,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    })
}

/// Participations that have to be spoken about; none once the release is out.
pub(super) fn tracked(
    world: &World,
    version: ReleaseVersion,
    moment: Moment,
    released: bool,
) -> impl Iterator<Item = std::sync::Arc<Row>> {
    let rows = if released { Vec::new() } else { views::rows_in(&world.rows(moment), version) };
    rows.into_iter().filter(|row| row.verdict.tracked)
}

/// Worst first, in an order that does not change while people check in.
fn order(row: &Row, shown: &CheckInRow) -> (Reverse<u8>, u8, u32, u32) {
    let (urgency, _, rank, number) = views::urgency(row);
    (Reverse(shown.suggestion.outcome.gravity()), urgency, rank, number)
}

fn line(
    record: &ProposalRecord,
    row: &Row,
    looker: Option<&Belongs<'_>>,
    comments: &Comments,
    times: Times,
) -> CheckInRow {
    let known = record.history.at(times.now);
    let then = (times.judged != times.now).then(|| record.history.at(times.judged));
    let then = then.as_ref().unwrap_or(&known);
    let version = row.verdict.release;
    let mut all = check_ins(&known, version);
    let check_in = all.remove(&times.week).unwrap_or_else(|| CheckIn::gap(times.week));
    let earlier = all.into_iter().rev().find(|(week, _)| *week < times.week);
    let spoken = earlier.as_ref().and_then(|(_, one)| one.said.iter().filter_map(|said| said.at).max());
    let since = spoken.unwrap_or_else(|| times.week.previous().begins());
    let until = times.now.min(times.week.ends());
    let gate = row.verdict.gate();
    let open = gate.into_iter().flat_map(|gate| &gate.requirements).filter(|r| r.outcome != Outcome::Pass);
    let commented = comments.get(&(record.source.repository.clone(), record.history.number));
    CheckInRow {
        proposal: views::link(record),
        status: row.verdict.status,
        words: row.verdict.words.clone(),
        at_risk: row.verdict.at_risk.clone(),
        sig: row.sig.clone(),
        owners: row.owners.clone(),
        reviewers: row.reviewers.clone(),
        gate: gate.map(|gate| (gate.freeze, gate.deadline)),
        open: open.map(|r| OpenPoint { words: r.open.clone(), outcome: r.outcome }).collect(),
        pulls: open_pulls(then, version, times.judged),
        waiting: row.verdict.waiting.first().cloned(),
        since,
        changes: changes((&record.source, record.history.number), &known, version, (since, until)),
        issue: record.source.issue_url(record.history.number),
        comments: commented.map(|all| all.iter().filter(|at| since < **at && **at <= until).count()),
        last: earlier.and_then(|(week, one)| one.outcome().map(|said| (week, said.clone()))),
        suggestion: suggest(&row.verdict, then),
        to_confirm: to_confirm(&known, version),
        may: halves(looker, record, &known, version),
        seen: record.latest_decision_id(),
        check_in,
    }
}

/// Open pull requests of a participation, those that lag first, then those that wait longest.
fn open_pulls(known: &Known<'_>, version: ReleaseVersion, now: DateTime<Utc>) -> Vec<OpenPull> {
    let open = known
        .pulls
        .iter()
        .filter(|pull| pull.release == version && pull.state == PullState::Open && pull.kind != PullKind::Unrelated);
    let mut open: Vec<_> = open
        .map(|pull| OpenPull {
            repository: pull.repository.clone(),
            number: pull.number,
            title: pull.title.clone(),
            waiting_on: pull.waiting_on.clone(),
            on_review: pull.waiting_on_review,
            since: pull.waiting_since,
            lags: pull.lags(now),
        })
        .collect();
    open.sort_by_key(|pull| (!pull.lags, pull.since.is_none(), pull.since));
    open
}
