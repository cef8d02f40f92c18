//! Pull requests of proposals with what follows for each: its entry on the work list, and whether it should carry the
//! label of approved work (P-24, P-28, R002-3).
//!
//! What a pull request shows comes from the log, so that any instant can be asked for.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    ClockRules, Entitled, Event, Known, LabelVerdict, ProposalKey, Pull, PullKind, PullState, REVIEW_LAG_DAYS,
    ReleaseDates, Requests, Verdict, WorkItem, Workload, label_verdict,
};

use super::{Moment, ProposalRecord, Row, Rows, World, world::kept};

/// An open pull request as one proposal has it.
#[derive(Debug, Clone)]
pub struct JudgedPull {
    /// Its entry on the work list.
    pub item: WorkItem,
    /// Whether it is on the list: it belongs to a tracked participation of its release.
    pub listed: bool,
    /// What its source's label says of it; none where the source has no such label.
    pub label: Option<LabelVerdict>,
}

/// The open pull requests of a proposal.
pub type JudgedPulls = Arc<Vec<Arc<JudgedPull>>>;

/// A pull request as one proposal has it, with all that explains it.
#[derive(Debug, Clone)]
pub struct Holding<'w> {
    /// The proposal.
    pub record: &'w ProposalRecord,
    /// What follows for it, as last observed and as people classified it.
    pub judged: JudgedPull,
    /// Place in the log of the decision that says what it is for, if a person did.
    pub classified: Option<i64>,
    /// Branches that were looked into, and whether it is there.
    pub landings: Vec<(String, bool)>,
    /// What was seen of it, oldest first.
    pub sightings: Vec<Sighting>,
}

/// What was seen of a pull request at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Since when it was so.
    pub at: Option<DateTime<Utc>>,
    /// Open, merged or closed.
    pub state: PullState,
    /// Whether it was a draft.
    pub draft: bool,
    /// Whom it waited on.
    pub waiting_on: Vec<String>,
    /// Whether those are reviewers.
    pub waiting_on_review: bool,
}

impl World {
    /// Open pull requests of a proposal. Those of the present are kept.
    pub fn open_pulls_of(&self, record: &ProposalRecord, moment: Moment) -> JudgedPulls {
        let has_any = record.history.events.iter().any(|recorded| matches!(recorded.event, Event::PullObserved(_)));
        if !has_any {
            return Arc::default();
        }
        kept(&record.pulls, moment, || {
            let known = record.history.at(moment.instant());
            let bench = Bench::new(self, record, &known, moment);
            let open = known.pulls.iter().filter(|pull| pull.state == PullState::Open);
            let judged: Vec<_> = open.filter_map(|pull| bench.judge(pull)).map(Arc::new).collect();
            let labels = judged.iter().filter_map(|pull| pull.label.as_ref()?.until);
            let ages = judged.iter().filter_map(|pull| next_day(pull.item.pull.waiting_since?, bench.now));
            let until = labels.chain(ages).chain(bench.rows.iter().filter_map(|row| row.valid_until)).min();
            (Arc::new(judged), until)
        })
    }

    /// Every proposal that has a pull request: first those that say it is theirs, the strongest reason first, then those
    /// that gave it up.
    pub fn holdings(&self, (repository, number): (&str, u32), moment: Moment) -> Vec<Holding<'_>> {
        let mut found: Vec<_> =
            self.proposals.values().filter_map(|record| self.holding(record, (repository, number), moment)).collect();
        found.sort_by_key(|holding| {
            let pull = holding.pull();
            (pull.kind == PullKind::Unrelated, holding.classified.is_none(), pull.belonging.is_none(), pull.belonging)
        });
        found
    }

    fn holding<'w>(&'w self, record: &'w ProposalRecord, key: (&str, u32), moment: Moment) -> Option<Holding<'w>> {
        let now = moment.instant();
        let is_it = |pull: &Pull| pull.number == key.1 && pull.repository.eq_ignore_ascii_case(key.0);
        let seen = record.history.events.iter().filter(|recorded| recorded.happened_by(now));
        let mut seen: Vec<_> = seen
            .filter_map(|recorded| match &recorded.event {
                Event::PullObserved(pull) if is_it(pull) => Some(((recorded.occurred_at, recorded.id), pull)),
                _ => None,
            })
            .collect();
        seen.sort_by_key(|(place, _)| *place);
        if seen.is_empty() {
            return None;
        }
        let known = record.history.at(now);
        let pull = known.pulls.iter().find(|pull| is_it(pull))?;
        let bench = Bench::new(self, record, &known, moment);
        let judged = bench.judge(pull)?;
        let classified = known.events.iter().rev().find(|recorded| {
            matches!(&recorded.event, Event::PullClassified { repository, number, .. }
                if *number == key.1 && repository.eq_ignore_ascii_case(key.0))
        });
        let landings = known
            .landings
            .iter()
            .filter(|landing| landing.number == key.1 && landing.repository.eq_ignore_ascii_case(key.0));
        Some(Holding {
            record,
            judged,
            classified: classified.map(|recorded| recorded.id),
            landings: landings.map(|landing| (landing.branch.to_owned(), landing.contained)).collect(),
            sightings: sightings(seen.into_iter().map(|((at, _), pull)| (at, pull))),
        })
    }
}

impl Holding<'_> {
    /// The pull request.
    pub const fn pull(&self) -> &Pull {
        &self.judged.item.pull
    }

    /// Why it is said to belong to the proposal, as a sentence.
    pub fn why(&self) -> String {
        let pull = self.pull();
        match (pull.kind, self.classified, pull.belonging) {
            (PullKind::Unrelated, Some(_), _) => "Somebody said that it is unrelated.".to_owned(),
            (PullKind::Unrelated, None, _) => "It merely mentions the proposal.".to_owned(),
            (_, Some(_), _) => "Somebody classified it so.".to_owned(),
            (_, None, Some(belonging)) => format!("Because {}.", belonging.words()),
            (_, None, None) => "It was recorded so; nothing tells why.".to_owned(),
        }
    }
}

/// When something that began at `since` is a day older than at `now`. A review lags from just after a day of that kind on;
/// the first moment of it is of no matter.
fn next_day(since: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let days = (now - since).num_days().max(0) + 1;
    since.checked_add_signed(TimeDelta::days(days) + TimeDelta::microseconds(1))
}

/// What was seen, without what repeats what was seen before.
fn sightings<'p>(seen: impl Iterator<Item = (Option<DateTime<Utc>>, &'p Pull)>) -> Vec<Sighting> {
    let mut all: Vec<Sighting> = Vec::new();
    for (at, pull) in seen {
        let next = Sighting {
            at,
            state: pull.state,
            draft: pull.draft,
            waiting_on: pull.waiting_on.clone(),
            waiting_on_review: pull.waiting_on_review,
        };
        if all.last().is_none_or(|last| Sighting { at, ..last.clone() } != next) {
            all.push(next);
        }
    }
    all
}

/// What the pull requests of one proposal are judged by.
struct Bench<'a> {
    record: &'a ProposalRecord,
    rows: Rows,
    now: DateTime<Utc>,
    rules: ClockRules,
    /// Dates and requests of each row.
    beside: Vec<(ReleaseDates, Requests<'a>)>,
}

impl<'a> Bench<'a> {
    fn new(world: &World, record: &'a ProposalRecord, known: &Known<'a>, moment: Moment) -> Self {
        let rows = world.rows_of(record, moment);
        let beside = |row: &Arc<Row>| {
            let release = row.verdict.release;
            let dates = world.dates_of(record, release, moment.instant());
            let requests = known.participation(release, &dates).requests;
            (dates, requests)
        };
        let beside = rows.iter().map(beside).collect();
        Self { record, rows, now: moment.instant(), rules: ClockRules::default(), beside }
    }

    /// None only for a proposal without any row, which there is not.
    fn judge(&self, pull: &Pull) -> Option<JudgedPull> {
        let label = self.label(pull);
        if let Some(row) = self.rows.iter().find(|row| row.release == Some(pull.release)) {
            let listed = row.verdict.tracked && pull.kind != PullKind::Unrelated;
            return Some(JudgedPull { item: self.item(&row.verdict, pull), listed, label });
        }
        // Its proposal takes no part in its release: no rank, no freeze.
        let elsewhere = Verdict { now: self.now, ..self.rows.last()?.verdict.clone() };
        let item = WorkItem {
            release: pull.release,
            rank: None,
            freeze: None,
            deadline: None,
            frozen: false,
            ..self.item(&elsewhere, pull)
        };
        Some(JudgedPull { item, listed: false, label })
    }

    fn item(&self, verdict: &Verdict, pull: &Pull) -> WorkItem {
        let proposal = ProposalKey { source: self.record.source.id.clone(), number: self.record.history.number };
        let workload = Workload { proposal, title: &self.record.title, verdict, pulls: Vec::new() };
        workload.item(pull, &self.rules, REVIEW_LAG_DAYS)
    }

    fn label(&self, pull: &Pull) -> Option<LabelVerdict> {
        let source = &self.record.source;
        let label = source.approved_label.as_ref()?;
        let rows = self.rows.iter().zip(&self.beside).filter(|(row, _)| row.release.is_some());
        let entitled: Vec<_> =
            rows.map(|(row, (dates, requests))| Entitled { source, verdict: &row.verdict, dates, requests }).collect();
        Some(label_verdict(pull, label, &entitled))
    }
}
