//! Reminders (P-27): of what is due in 14, 7, 3 and 1 days those are reminded who can act, and nobody else. They stop when
//! the check passes; after two that helped nothing the owning SIG is reminded too.
//!
//! A reminder follows from the verdict of the moment in which it is sent. What has ended, is granted or waits on nobody
//! has no open line with a deadline ahead, so it is silent without any rule of its own. What is overdue is shown for as long
//! as somebody can still act; no reminder is sent of it, so that nobody is nagged without end. Left out on purpose: addresses
//! and sending, which are the server's.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{Concern, Outcome, Status, Verdict, Waiting, Who};

/// Days before a deadline at which people are reminded, furthest first.
pub const DAYS_BEFORE: [u8; 4] = [14, 7, 3, 1];

/// How often those who can act are reminded before the owning SIG is too.
pub const BEFORE_THE_SIG: usize = 2;

/// Nobody is reminded of the same again by hand before so long.
pub const PAUSE_BY_HAND: TimeDelta = TimeDelta::hours(24);

/// How often somebody gets mail with what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cadence {
    /// Whenever something comes to 14, 7, 3 or 1 days.
    #[default]
    AsDue,
    /// At most once a week.
    Weekly,
    /// Never: what is due is on one's page and in one's feed alone.
    Never,
}

impl Cadence {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::AsDue, Self::Weekly, Self::Never];

    /// As forms and the table have it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::AsDue => "as-due",
            Self::Weekly => "weekly",
            Self::Never => "never",
        }
    }

    /// What a form or the table names.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cadence| cadence.slug() == slug)
    }

    /// In words, as an answer to "how often".
    pub const fn words(self) -> &'static str {
        match self {
            Self::AsDue => "14, 7, 3 and 1 days before something is due",
            Self::Weekly => "at most once a week",
            Self::Never => "never",
        }
    }

    /// Whether a mail may follow on one sent at `last`.
    pub fn allows(self, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        match self {
            Self::AsDue => true,
            Self::Weekly => last.is_none_or(|last| now - last >= TimeDelta::days(7)),
            Self::Never => false,
        }
    }
}

/// A line with a deadline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Due<'a> {
    /// What is open, and who can act.
    pub waiting: &'a Waiting,
    /// Until when.
    pub deadline: DateTime<Utc>,
    /// The one of [`DAYS_BEFORE`] that it has come to; none while there is more time, and once it is overdue.
    pub days: Option<u8>,
}

/// A reminder that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// Of what.
    pub concern: Concern,
    /// The deadline at that time.
    pub deadline: DateTime<Utc>,
    /// The one of [`DAYS_BEFORE`] that it had come to; the days that were left where somebody had it sent before.
    pub days: u8,
}

/// Who is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Those who can act.
    Own,
    /// The owning SIG too, since they were reminded before and it is still open.
    WithSig,
}

/// The one of [`DAYS_BEFORE`] that a deadline has come to; none while there is more time, and once it has passed.
pub fn days_before(deadline: DateTime<Utc>, now: DateTime<Utc>) -> Option<u8> {
    let left = deadline - now;
    let come_to = |days: &u8| left <= TimeDelta::days(i64::from(*days));
    DAYS_BEFORE.into_iter().rev().find(come_to).filter(|_| left > TimeDelta::zero())
}

/// What is open with its deadline ahead, where somebody can act. A verdict holds for a while, so `now` may be later than the
/// instant that it was made for.
pub fn due(verdict: &Verdict, now: DateTime<Utc>) -> impl Iterator<Item = Due<'_>> {
    verdict.waiting.iter().filter(|waiting| waiting.who != Who::Nobody).filter_map(move |waiting| {
        let deadline = waiting.deadline.filter(|deadline| *deadline > now)?;
        Some(Due { waiting, deadline, days: days_before(deadline, now) })
    })
}

/// What is open although its deadline has passed, where somebody can still act.
pub fn overdue(verdict: &Verdict, now: DateTime<Utc>) -> impl Iterator<Item = Due<'_>> {
    let open = verdict.waiting.iter().filter(|waiting| waiting.who != Who::Nobody && still_counts(verdict, waiting));
    open.filter_map(move |waiting| {
        let deadline = waiting.deadline.filter(|deadline| *deadline <= now)?;
        Some(Due { waiting, deadline, days: None })
    })
}

/// Whether doing it still changes anything. What failed a freeze for good is healed by an exception alone (P-11), and that
/// is a line of its own; what nobody could tell may still turn out to have been done in time.
fn still_counts(verdict: &Verdict, waiting: &Waiting) -> bool {
    let Concern::Requirement { rule } = waiting.concern else { return true };
    let (Status::ExceptionRequired { freeze } | Status::ExceptionDenied { freeze }) = verdict.status else {
        return true;
    };
    let requirements = &verdict.judgement(freeze).requirements;
    requirements.iter().any(|requirement| requirement.rule == rule && requirement.outcome == Outcome::Unknown)
}

impl Due<'_> {
    /// Whom to remind now; nobody where there is more time, or that was done since it came to these days. `earlier` is what was sent about the
    /// participation. A deadline that moves begins anew, but those who were reminded twice before it moved stay so.
    pub fn audience(&self, earlier: &[Reminded]) -> Option<Audience> {
        let days = self.days?;
        let mut same = earlier.iter().filter(|reminded| reminded.concern == self.waiting.concern);
        let done = same.any(|reminded| reminded.deadline == self.deadline && reminded.days <= days);
        (!done).then(|| self.whom(earlier))
    }

    /// Whom a reminder reaches now, whatever the time.
    pub fn whom(&self, earlier: &[Reminded]) -> Audience {
        let times = earlier.iter().filter(|reminded| reminded.concern == self.waiting.concern).count();
        if times >= BEFORE_THE_SIG { Audience::WithSig } else { Audience::Own }
    }
}
