//! How statuses, stages and people who can act are written and grouped: one vocabulary for pages, mails and exports.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{Departure, DocumentStatus, Ending, FreezeZone, Stage, Status, Who};

/// What a status means to the eye: colour and icon follow from it, never the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Done or ready.
    Good,
    /// In work.
    Busy,
    /// Under an exception, or asking for one.
    Exception,
    /// Missed.
    Bad,
    /// Nobody can tell yet.
    Unknown,
    /// Out of the race, or not in it yet.
    Quiet,
}

/// The same with a capital letter at its beginning.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The same on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day that ends at `instant` in `zone`.
pub fn date_of(instant: DateTime<Utc>, zone: FreezeZone) -> NaiveDate {
    let offset = TimeDelta::minutes(i64::from(zone.0)) - TimeDelta::seconds(1);
    instant.checked_add_signed(offset).unwrap_or(instant).date_naive()
}

/// The end of time that was given without one that is known: it never comes, but GA cuts it short (P-18).
pub const UNKNOWN_END: DateTime<Utc> = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day.and_time(chrono::NaiveTime::MIN).and_utc(),
    None => DateTime::<Utc>::MAX_UTC,
};

/// The day that ends at `instant` in `zone`, e.g. "27 Oct".
pub fn day_of(instant: DateTime<Utc>, zone: FreezeZone) -> String {
    if instant >= UNKNOWN_END {
        return "an unknown day".to_owned();
    }
    date_of(instant, zone).format("%-d %b").to_string()
}

/// By how much a deadline is past, in whole days: "overdue by 3 days".
pub fn overdue(deadline: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match (now - deadline).num_days() {
        ..=0 => "overdue by less than a day".to_owned(),
        1 => "overdue by 1 day".to_owned(),
        days => format!("overdue by {days} days"),
    }
}

impl Status {
    /// The status as written on pages and in mails.
    pub fn words(&self, zone: FreezeZone) -> String {
        match *self {
            Self::Ended { ending } => match ending {
                Ending::Rejected => "Rejected".to_owned(),
                Ending::Withdrawn => "Withdrawn".to_owned(),
                Ending::Replaced(Some(by)) => format!("Replaced by {by}"),
                Ending::Replaced(None) => "Replaced".to_owned(),
                Ending::Deprecated => "Deprecated".to_owned(),
                Ending::Deferred => "Deferred".to_owned(),
            },
            Self::NotTargeted => "Not targeted".to_owned(),
            Self::Departed { departure: Departure::Retargeted(to) } => format!("Retargeted to {to}"),
            Self::Departed { departure: Departure::Removed } => "Removed from Milestone".to_owned(),
            Self::Proposed => "Proposed for consideration".to_owned(),
            Self::NotAccepted => "Not accepted".to_owned(),
            Self::ExceptionDenied { freeze } => format!("Exception denied ({})", freeze.short()),
            Self::ExceptionRequired { freeze } => format!("Exception required ({})", freeze.short()),
            Self::Missed { freeze } => format!("Missed ({})", freeze.short()),
            Self::NotVerifiedDue { freeze } => format!("Not verified, due ({})", freeze.short()),
            Self::NeverVerified { freeze } => format!("Not verified ({})", freeze.short()),
            Self::ExceptionPending { freeze } => format!("Exception pending ({})", freeze.short()),
            Self::ExceptionUntil { freeze, until } => {
                format!("Exception until {} ({})", day_of(until, zone), freeze.short())
            }
            Self::NoDate { freeze } => format!("No date ({})", freeze.short()),
            Self::Ready { freeze } => format!("Ready for {}", freeze.short()),
            Self::NotReady { freeze } => format!("Not ready for {}", freeze.short()),
            Self::NotVerified { freeze } => format!("Not verified for {}", freeze.short()),
            Self::Complete => "Complete".to_owned(),
            Self::Shipped => "Shipped".to_owned(),
            Self::CompleteNotLanded => "Complete, not landed".to_owned(),
            Self::CompleteLandingNotVerified => "Complete, landing not verified".to_owned(),
        }
    }

    /// Stable name for addresses and exports; details such as dates and numbers are left out.
    pub const fn slug(&self) -> &'static str {
        use crate::Freeze::{Code, Enhancement};
        match self {
            Self::Ended { ending: Ending::Rejected } => "rejected",
            Self::Ended { ending: Ending::Withdrawn } => "withdrawn",
            Self::Ended { ending: Ending::Replaced(_) } => "replaced",
            Self::Ended { ending: Ending::Deprecated } => "deprecated",
            Self::Ended { ending: Ending::Deferred } => "deferred",
            Self::NotTargeted => "not-targeted",
            Self::Departed { departure: Departure::Retargeted(_) } => "retargeted",
            Self::Departed { departure: Departure::Removed } => "removed",
            Self::Proposed => "proposed",
            Self::NotAccepted => "not-accepted",
            Self::ExceptionDenied { freeze: Enhancement } => "exception-denied-ef",
            Self::ExceptionDenied { freeze: Code } => "exception-denied-cf",
            Self::ExceptionRequired { freeze: Enhancement } => "exception-required-ef",
            Self::ExceptionRequired { freeze: Code } => "exception-required-cf",
            Self::Missed { freeze: Enhancement } => "missed-ef",
            Self::Missed { freeze: Code } => "missed-cf",
            Self::NotVerifiedDue { freeze: Enhancement } => "not-verified-due-ef",
            Self::NotVerifiedDue { freeze: Code } => "not-verified-due-cf",
            Self::NeverVerified { freeze: Enhancement } => "never-verified-ef",
            Self::NeverVerified { freeze: Code } => "never-verified-cf",
            Self::ExceptionPending { freeze: Enhancement } => "exception-pending-ef",
            Self::ExceptionPending { freeze: Code } => "exception-pending-cf",
            Self::ExceptionUntil { freeze: Enhancement, .. } => "exception-until-ef",
            Self::ExceptionUntil { freeze: Code, .. } => "exception-until-cf",
            Self::NoDate { freeze: Enhancement } => "no-date-ef",
            Self::NoDate { freeze: Code } => "no-date-cf",
            Self::Ready { freeze: Enhancement } => "ready-ef",
            Self::Ready { freeze: Code } => "ready-cf",
            Self::NotReady { freeze: Enhancement } => "not-ready-ef",
            Self::NotReady { freeze: Code } => "not-ready-cf",
            Self::NotVerified { freeze: Enhancement } => "not-verified-ef",
            Self::NotVerified { freeze: Code } => "not-verified-cf",
            Self::Complete => "complete",
            Self::Shipped => "shipped",
            Self::CompleteNotLanded => "complete-not-landed",
            Self::CompleteLandingNotVerified => "complete-landing-not-verified",
        }
    }

    /// What it means to the eye.
    pub const fn tone(&self) -> Tone {
        match self {
            Self::Ready { .. } | Self::Complete | Self::Shipped => Tone::Good,
            Self::NotReady { .. } => Tone::Busy,
            Self::ExceptionPending { .. } | Self::ExceptionUntil { .. } => Tone::Exception,
            Self::ExceptionRequired { .. }
            | Self::ExceptionDenied { .. }
            | Self::Missed { .. }
            | Self::CompleteNotLanded => Tone::Bad,
            Self::NotVerified { .. }
            | Self::NotVerifiedDue { .. }
            | Self::NeverVerified { .. }
            | Self::CompleteLandingNotVerified
            | Self::NoDate { .. } => Tone::Unknown,
            Self::Ended { .. } | Self::NotTargeted | Self::Departed { .. } | Self::Proposed | Self::NotAccepted => {
                Tone::Quiet
            }
        }
    }

    /// How urgent it is to the release team: 0 first. Only for sorting.
    pub const fn urgency(&self) -> u8 {
        match self {
            Self::ExceptionRequired { .. } => 0,
            Self::NotVerifiedDue { .. } => 1,
            Self::ExceptionPending { .. } => 2,
            Self::ExceptionDenied { .. } => 3,
            Self::ExceptionUntil { .. } => 4,
            Self::NotReady { .. } => 5,
            Self::NotVerified { .. } => 6,
            Self::NoDate { .. } => 7,
            Self::Proposed => 8,
            Self::CompleteNotLanded => 9,
            Self::Ready { .. } => 10,
            Self::Complete => 11,
            Self::Missed { .. } | Self::NeverVerified { .. } => 12,
            Self::CompleteLandingNotVerified => 13,
            Self::Shipped => 14,
            Self::NotAccepted => 15,
            Self::Departed { .. } | Self::Ended { .. } | Self::NotTargeted => 16,
        }
    }
}

impl DocumentStatus {
    /// The status as front matter writes it (P-6).
    pub const fn word(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Implementable => "implementable",
            Self::Implemented => "implemented",
            Self::Deferred => "deferred",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Replaced => "replaced",
            Self::Deprecated => "deprecated",
        }
    }
}

impl Stage {
    /// The stage as people write it.
    pub fn name(&self) -> String {
        match self {
            Self::Alpha => "Alpha".to_owned(),
            Self::Beta => "Beta".to_owned(),
            Self::Ga => "GA".to_owned(),
            Self::Single => "Single step".to_owned(),
            Self::Other(word) => word.clone(),
        }
    }
}

impl Who {
    /// Who it is, in words: "owner", "2 reviewers", "sig-ci", "release team", "requester",
    /// "nobody".
    pub fn words(&self) -> String {
        match self {
            Self::Owner => "owner".to_owned(),
            Self::Reviewers(logins) if logins.len() == 1 => "reviewer".to_owned(),
            Self::Reviewers(logins) => format!("{} reviewers", logins.len()),
            Self::Sig(sig) => sig.clone(),
            Self::ReleaseTeam => "release team".to_owned(),
            Self::Requester => "requester".to_owned(),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    /// Stable name for addresses: `owner`, `reviewers`, `sig`, `release-team`, `requester`, `nobody`.
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Reviewers(_) => "reviewers",
            Self::Sig(_) => "sig",
            Self::ReleaseTeam => "release-team",
            Self::Requester => "requester",
            Self::Nobody => "nobody",
        }
    }
}
