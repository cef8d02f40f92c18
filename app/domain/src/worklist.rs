//! The work list: every open pull request of a tracked participation, in the order in which it should be reviewed, and
//! how much lies with whom (R002-3, R002-20).
//!
//! Left out on purpose: what no tracked participation needs, however urgent somebody finds it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{ClockRules, Freeze, ProposalKey, Pull, PullKind, PullState, ReleaseVersion, Timing, Verdict, Votes};

/// A participation with its pull requests.
#[derive(Debug, Clone)]
pub struct Workload<'a> {
    /// The proposal.
    pub proposal: ProposalKey,
    /// Its title.
    pub title: &'a str,
    /// Its verdict; its instant is the one that is told.
    pub verdict: &'a Verdict,
    /// Pull requests of the proposal, whatever their release and state.
    pub pulls: Vec<&'a Pull>,
}

/// One pull request that somebody has to move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkItem {
    /// The proposal.
    pub proposal: ProposalKey,
    /// The proposal's title.
    pub title: String,
    /// The release.
    pub release: ReleaseVersion,
    /// Place in the SIG's order, from 1.
    pub rank: Option<u32>,
    /// The pull request.
    pub pull: Pull,
    /// What its labels say about its review.
    pub votes: Votes,
    /// Whether its review lags (P-24).
    pub lags: bool,
    /// Whole days that it has waited on its reviewers; none while it does not.
    pub days_in_review: Option<i64>,
    /// The freeze that it has to be merged by, or that it missed: the gate of the participation.
    pub freeze: Option<Freeze>,
    /// When that is, a running grant included.
    pub deadline: Option<DateTime<Utc>>,
    /// Whether that freeze has passed.
    pub frozen: bool,
}

/// What lies with one reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Login.
    pub login: String,
    /// Pull requests that wait on their review.
    pub waiting: usize,
    /// Those of them whose review lags.
    pub lagging: usize,
    /// Since when the oldest waits.
    pub oldest: Option<DateTime<Utc>>,
}

/// Every open pull request of the tracked ones among the participations: by the SIG's rank, those without one last; then
/// by the nearer deadline, what has none last; then by how long reviewers have had it.
pub fn work_list(workloads: &[Workload<'_>], rules: &ClockRules, lag_days: i64) -> Vec<WorkItem> {
    let tracked = workloads.iter().filter(|workload| workload.verdict.tracked);
    let mut items: Vec<_> = tracked.flat_map(|workload| workload.items(rules, lag_days)).collect();
    items.sort_by(WorkItem::compare);
    items
}

/// What lies with each reviewer, most lagging first, then most waiting.
pub fn load<'i>(items: impl IntoIterator<Item = &'i WorkItem>) -> Vec<Load> {
    let mut by_login: BTreeMap<String, Load> = BTreeMap::new();
    for item in items.into_iter().filter(|item| item.pull.waiting_on_review) {
        for login in &item.pull.waiting_on {
            let load = by_login.entry(login.to_lowercase()).or_insert_with(|| Load {
                login: login.clone(),
                waiting: 0,
                lagging: 0,
                oldest: None,
            });
            load.waiting += 1;
            load.lagging += usize::from(item.lags);
            load.oldest = [load.oldest, item.pull.waiting_since].into_iter().flatten().min();
        }
    }
    let mut all: Vec<_> = by_login.into_values().collect();
    all.sort_by_key(|load| std::cmp::Reverse((load.lagging, load.waiting)));
    all
}

impl Workload<'_> {
    fn items<'w>(&'w self, rules: &'w ClockRules, lag_days: i64) -> impl Iterator<Item = WorkItem> + 'w {
        let mine = |pull: &&&Pull| {
            pull.release == self.verdict.release && pull.state == PullState::Open && pull.kind != PullKind::Unrelated
        };
        self.pulls.iter().filter(mine).map(move |pull| self.item(pull, rules, lag_days))
    }

    /// A pull request as an entry of the list, whether it is on it or not.
    pub fn item(&self, pull: &Pull, rules: &ClockRules, lag_days: i64) -> WorkItem {
        let now = self.verdict.now;
        let waited = pull.waiting_since.filter(|_| pull.waiting_on_review).map(|since| now - since);
        let gate = self.verdict.gate();
        WorkItem {
            proposal: self.proposal.clone(),
            title: self.title.to_owned(),
            release: self.verdict.release,
            rank: self.verdict.facts.accepted.and_then(|accepted| accepted.rank),
            votes: Votes::of(pull.labels.iter().map(String::as_str), rules),
            lags: waited.is_some_and(|waited| waited > TimeDelta::days(lag_days)),
            days_in_review: waited.map(|waited| waited.num_days().max(0)),
            freeze: gate.map(|gate| gate.freeze),
            deadline: gate.and_then(|gate| gate.deadline),
            frozen: gate.is_some_and(|gate| gate.timing == Timing::Passed),
            pull: pull.clone(),
        }
    }
}

impl WorkItem {
    /// Which of two comes first on the list.
    pub fn compare(one: &Self, other: &Self) -> std::cmp::Ordering {
        one.order().cmp(&other.order())
    }

    /// What the list is ordered by; repository and number make it the same list every time.
    fn order(&self) -> impl Ord + '_ {
        let waiting = self.pull.waiting_since.filter(|_| self.pull.waiting_on_review);
        (
            (self.rank.is_none(), self.rank),
            (self.deadline.is_none(), self.deadline),
            (waiting.is_none(), waiting),
            &self.proposal,
            (&self.pull.repository, self.pull.number),
        )
    }
}
