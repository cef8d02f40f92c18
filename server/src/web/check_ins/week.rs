//! The check-ins of a week, from the verdicts and what was said.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

use app::{
    features::check_ins::{
        CheckInAddress, WeekChoice,
        port::{CheckInRow, OpenPoint, OpenPull, WeekAsk, WeekView},
    },
    port::PageError,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{ClockRules, Halves, Outcome, Pull, ReleaseVersion, Role, Standing, Week, check_in::suggest};
use sqlx::PgConnection;

use crate::{
    store::{self, github::comment, person::Person},
    verdicts::{Belongs, Moment, ProposalRecord, Row, Spoken, World},
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
    let repositories: BTreeSet<_> = world.sources.values().map(|source| source.repository.clone()).collect();
    let repositories: Vec<_> = repositories.into_iter().collect();
    let mut found = Comments::new();
    for (repository, number, login, at) in comment::since(conn, &repositories, now - COMMENTS_OF).await? {
        if !rules.is_robot(&login) {
            found.entry((repository, number)).or_default().push(at);
        }
    }
    Ok(found)
}

/// For which sides of a participation whoever looks can speak.
fn halves(looker: Option<&Belongs<'_>>, record: &ProposalRecord, spoken: &Spoken, release: ReleaseVersion) -> Halves {
    let Some(looker) = looker else { return Halves::default() };
    let source = &record.source;
    let roles = [
        (Role::ReleaseTeam, looker.in_team(&source.calendar, release)),
        (Role::Approver, looker.is_any(&spoken.approvers)),
        (Role::SigMember, looker.is_member(&source.id, &spoken.sig)),
    ];
    let roles = roles.into_iter().filter_map(|(role, has)| has.then_some(role));
    Halves::of(&Standing::with(roles, []))
}

/// The instants that a week is looked at from.
#[derive(Clone, Copy)]
struct Times {
    week: Week,
    /// When the page is looked at: what was said until then counts.
    now: Moment,
    /// When proposals are judged: now, or the end of a week that is over.
    judged: Moment,
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
    let times = Times { week, now: moment, judged };
    // Nobody has to be spoken about once the release is out.
    let all = if released { Vec::new() } else { views::rows_in(&world.rows(judged), version) };
    let mut rows: Vec<(_, CheckInRow)> = all
        .iter()
        .filter(|row| row.verdict.tracked)
        .filter_map(|row| {
            let record = world.proposals.get(&(row.source.clone(), row.number))?;
            let shown = line(record, row, looker.as_ref(), comments, times);
            Some((order(row, &shown), shown))
        })
        .collect();
    rows.sort_by_key(|(order, _)| *order);
    Ok(WeekView {
        address: CheckInAddress { release: version, week },
        present,
        judged: judged.instant(),
        dates,
        any_proposal: !world.proposals.is_empty(),
        released,
        named: all.len(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    })
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
    let version = row.verdict.release;
    let spoken = record.spoken((version, times.week), times.now);
    let (now, judged) = (times.now.instant(), times.judged.instant());
    let of_then =
        (times.judged != times.now).then(|| record.history.at(judged).open_pulls(version).cloned().collect::<Vec<_>>());
    let pulls = of_then.as_ref().unwrap_or(&spoken.pulls);
    let (since, until) = (spoken.since, now.min(times.week.ends()));
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
        pulls: listed(pulls, judged),
        waiting: row.verdict.waiting.first().cloned(),
        since,
        changes: spoken.changes.clone(),
        issue: record.source.issue_url(record.history.number),
        comments: commented.map(|all| all.iter().filter(|at| since < **at && **at <= until).count()),
        last: spoken.last.clone(),
        suggestion: suggest(&row.verdict, pulls, now),
        to_confirm: spoken.to_confirm.clone().filter(|(proposed, _)| *proposed <= times.week),
        may: halves(looker, record, &spoken, version),
        seen: record.latest_decision_id(),
        check_in: spoken.check_in.clone(),
    }
}

/// Open pull requests, those that lag first, then those that wait longest.
fn listed(open: &[Pull], now: DateTime<Utc>) -> Vec<OpenPull> {
    let mut open: Vec<_> = open
        .iter()
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
