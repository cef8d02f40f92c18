//! The review clock: on whom a pull request waits, since when, and how long its reviewers had it in all (P-24, R002-45).
//!
//! It runs over what happened to the pull request, in whatever order that is given: it starts with a request, a push or
//! an answer, stops with a review, and stands still while the author owes changes. Reading timelines is left to whoever
//! reads GitHub; so is telling a comment that is nothing but commands ("/retest"), which does not belong in here.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::Pull;

mod turn;

use turn::Table;

/// What a review said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// Approved.
    Approved,
    /// Changes are owed.
    ChangesRequested,
    /// Comments only.
    Commented,
}

/// What can happen to a pull request. The order is the one in which equal instants count: what opens it first, what a
/// push undoes after the push, what ends it last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Occasion {
    /// It was opened.
    Opened {
        /// As a draft.
        draft: bool,
    },
    /// It was opened again.
    Reopened,
    /// It became a draft.
    Draft,
    /// It is a draft no more.
    Ready,
    /// Somebody was asked for a review.
    ReviewRequested {
        /// Login of who was asked.
        of: String,
    },
    /// Somebody is not asked any more.
    RequestRemoved {
        /// Login of who was asked.
        of: String,
    },
    /// A comment outside a review.
    Commented,
    /// A review was given.
    Reviewed {
        /// What it said.
        state: ReviewState,
    },
    /// Commits were pushed.
    Pushed,
    /// A label came.
    Labelled {
        /// Its name.
        label: String,
    },
    /// A label went.
    Unlabelled {
        /// Its name.
        label: String,
    },
    /// Closed without a merge.
    Closed,
    /// Merged.
    Merged,
}

/// Something that happened to a pull request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    #[serde(flatten)]
    pub what: Occasion,
    /// Login of who did it.
    pub by: String,
}

/// What the clock has to know besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRules {
    /// Logins of robots, in any case: nobody waits on them, and what they say is no review.
    pub robots: Vec<String>,
    /// Endings of robots' logins.
    pub robot_endings: Vec<String>,
    /// The label of a review that found it good.
    pub lgtm: String,
    /// The label of an approval.
    pub approved: String,
    /// The label that holds a merge back.
    pub hold: String,
    /// The label of work in progress; it counts like a draft.
    pub work_in_progress: String,
}

impl Default for ClockRules {
    /// The labels and robots of KubeVirt's own CI.
    fn default() -> Self {
        let owned = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect();
        Self {
            robots: owned(&["kubevirt-bot", "kubevirt-commenter-bot", "kubevirt-prow", "k8s-ci-robot"]),
            robot_endings: owned(&["[bot]", "-bot"]),
            lgtm: "lgtm".to_owned(),
            approved: "approved".to_owned(),
            hold: "do-not-merge/hold".to_owned(),
            work_in_progress: "do-not-merge/work-in-progress".to_owned(),
        }
    }
}

impl ClockRules {
    /// Whether a login is a robot's.
    pub fn is_robot(&self, login: &str) -> bool {
        let login = login.to_lowercase();
        self.robots.iter().any(|robot| robot.eq_ignore_ascii_case(&login))
            || self.robot_endings.iter().any(|ending| login.ends_with(&ending.to_lowercase()))
    }
}

/// What the labels of a pull request say about its review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// A review found it good.
    pub lgtm: bool,
    /// It was approved.
    pub approved: bool,
    /// It is held back.
    pub held: bool,
}

impl Votes {
    /// What these labels say.
    pub fn of<'l>(labels: impl IntoIterator<Item = &'l str>, rules: &ClockRules) -> Self {
        labels.into_iter().fold(Self::default(), |votes, label| Self {
            lgtm: votes.lgtm || label == rules.lgtm,
            approved: votes.approved || label == rules.approved,
            held: votes.held || label == rules.hold,
        })
    }
}

/// On whom a pull request waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", content = "logins", rename_all = "kebab-case")]
pub enum WaitsOn {
    /// Its reviewers, by login where somebody was asked; none by name means whoever reviews there.
    Reviewers(Vec<String>),
    /// Its author, who owes changes or an answer.
    Author(String),
    /// Nobody: it is closed, or has all that it needs.
    Nobody,
}

impl WaitsOn {
    /// Whether reviewers have the turn.
    pub const fn is_review(&self) -> bool {
        matches!(self, Self::Reviewers(_))
    }

    /// The logins that it waits on.
    pub fn logins(&self) -> Vec<String> {
        match self {
            Self::Reviewers(logins) => logins.clone(),
            Self::Author(login) => vec![login.clone()],
            Self::Nobody => Vec::new(),
        }
    }

    /// Whether the same side has the turn, whoever is named.
    fn is_turn_of(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// A time in which it waited on the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// On whom.
    pub waits_on: WaitsOn,
    /// From when on.
    pub from: DateTime<Utc>,
    /// Since when that side has the turn: earlier than `from` where only names changed.
    pub since: DateTime<Utc>,
    /// Until when; none while it lasts.
    pub until: Option<DateTime<Utc>>,
}

/// What the clock shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewClock {
    /// On whom it waits now.
    pub waits_on: WaitsOn,
    /// Since when; none before anything is known.
    pub since: Option<DateTime<Utc>>,
    /// How long it has waited on reviewers in all, the author's time taken out.
    pub waited: TimeDelta,
    /// All that it waited on, oldest first, without gaps.
    pub spans: Vec<Span>,
    /// What its labels say.
    pub votes: Votes,
}

/// The clock of a pull request of `author` at `now`, by all its steps from its opening on. The order of the steps does not matter; what is later than `now`
/// does not count, nor does a step that is given twice.
pub fn review_clock(author: &str, steps: &[Step], rules: &ClockRules, now: DateTime<Utc>) -> ReviewClock {
    let mut steps: Vec<&Step> = steps.iter().filter(|step| step.at <= now).collect();
    steps.sort_unstable();
    steps.dedup();
    let mut table = Table::new(author, rules);
    let mut spans: Vec<Span> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        table.take(step);
        // What happens at one instant counts as one: only what stands after it is told.
        let last_of_its_instant = steps.get(place + 1).is_none_or(|next| next.at > step.at);
        if last_of_its_instant {
            turn_over(&mut spans, table.waits_on(), step.at);
        }
    }
    let waited = spans.iter().filter(|span| span.waits_on.is_review());
    let waited = waited.map(|span| span.until.unwrap_or(now) - span.from).sum();
    let (waits_on, since) =
        spans.last().map_or((WaitsOn::Nobody, None), |last| (last.waits_on.clone(), Some(last.since)));
    ReviewClock { waits_on, since, waited, spans, votes: table.votes() }
}

fn turn_over(spans: &mut Vec<Span>, waits_on: WaitsOn, at: DateTime<Utc>) {
    let mut since = at;
    if let Some(last) = spans.last_mut() {
        if last.waits_on == waits_on {
            return;
        }
        last.until = Some(at);
        if last.waits_on.is_turn_of(&waits_on) {
            since = last.since;
        }
    }
    spans.push(Span { waits_on, from: at, since, until: None });
}

impl ReviewClock {
    /// Puts what it shows into a pull request as it is observed.
    pub fn show_on(&self, pull: &mut Pull) {
        pull.waiting_on = self.waits_on.logins();
        pull.waiting_on_review = self.waits_on.is_review();
        pull.waiting_since = self.since.filter(|_| self.waits_on != WaitsOn::Nobody);
    }
}
