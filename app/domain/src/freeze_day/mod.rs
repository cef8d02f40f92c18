//! Freeze day: how each proposal was, or would be, judged at a freeze, and in which group it is announced (P-5, P-26).
//!
//! Everything is read off a verdict. Left out on purpose: any judgement of its own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Freeze, Request, Status, Subject, Verdict, verdict_on};

mod since;

pub use since::Since;

/// The groups of the announcement (P-26).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = FreezeGroup))]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// The freeze is met.
    Met,
    /// An exception is pending or granted.
    Exception,
    /// All others, with their status.
    Others,
}

impl Group {
    /// All of them, in the order of the announcement.
    pub const ALL: [Self; 3] = [Self::Met, Self::Exception, Self::Others];

    /// The group that a verdict puts a proposal in: met means that this freeze and those before it are.
    pub fn of(verdict: &Verdict, freeze: Freeze) -> Self {
        let up_to_it = || Freeze::BOTH.into_iter().filter(|other| *other <= freeze);
        if verdict.tracked && up_to_it().all(|other| verdict.judgement(other).met()) {
            return Self::Met;
        }
        match verdict.status {
            Status::ExceptionPending { freeze: of } | Status::ExceptionUntil { freeze: of, .. } if of <= freeze => {
                Self::Exception
            }
            _ => Self::Others,
        }
    }

    /// The heading: "Code Freeze met".
    pub fn words(self, freeze: Freeze) -> String {
        match self {
            Self::Met => format!("{} met", freeze.name()),
            Self::Exception => "Exception pending or granted".to_owned(),
            Self::Others => "All others".to_owned(),
        }
    }

    /// How a proposal of the group stood with the freeze, where its status was this one in words. What met it had its status
    /// for the next freeze already, which says nothing about this one.
    pub fn stood(self, freeze: Freeze, words: &str) -> String {
        match self {
            Self::Met => format!("{} met", freeze.short()),
            Self::Exception | Self::Others => words.to_owned(),
        }
    }
}

/// How one proposal was judged at a freeze, as it is kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Its number.
    pub number: u32,
    /// Its title then.
    pub title: String,
    /// Its group.
    pub group: Group,
    /// Slug of its status ([`Status::slug`]).
    pub status: String,
    /// The status in words with what was open.
    pub words: String,
}

impl Frozen {
    /// What is kept of a verdict.
    pub fn of(number: u32, title: &str, verdict: &Verdict, freeze: Freeze) -> Self {
        Self {
            number,
            title: title.to_owned(),
            group: Group::of(verdict, freeze),
            status: verdict.status.slug().to_owned(),
            words: verdict.words.clone(),
        }
    }
}

/// The verdict if a freeze were now: judged by the same rules, under dates in which it is.
pub fn simulated(subject: Subject<'_>, freeze: Freeze, now: DateTime<Utc>) -> Verdict {
    let dates = subject.dates.frozen_at(freeze, now);
    verdict_on(Subject { dates: &dates, ..subject }, &subject.history.at(now), now)
}

/// Whether there is something to settle about it on freeze day, judged by the verdict at the freeze: what is tracked, or
/// asks for an exception.
pub fn comes_up(verdict: &Verdict, freeze: Freeze) -> bool {
    verdict.tracked || Group::of(verdict, freeze) == Group::Exception
}

/// Whether nothing of a freeze waits for a decision any more, judged by the verdict of now.
pub fn settled(verdict: &Verdict, freeze: Freeze) -> bool {
    match verdict.status {
        Status::ExceptionRequired { freeze: of }
        | Status::NotVerifiedDue { freeze: of }
        | Status::ExceptionPending { freeze: of } => of > freeze,
        _ => verdict.judgement(freeze).request != Request::Undecided || Group::of(verdict, freeze) == Group::Met,
    }
}
