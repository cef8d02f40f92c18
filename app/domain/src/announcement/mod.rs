//! What a release team writes to the list every cycle (P-19, P-26): which texts there are, when each is due, and what
//! goes into them. The texts are templates with placeholders, which admins may change.
//!
//! Left out on purpose: where templates are kept, and sending.

use chrono::{DateTime, Datelike, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::{Freeze, ReleaseDates};

mod default;
mod template;
mod values;

pub use template::{Template, TemplateError};
pub use values::{Decided, Facts, Standing, Value, values};

/// A text of the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Announcement {
    /// Planning begins.
    Call,
    /// The Enhancement Freeze comes.
    EnhancementReminder,
    /// What met the Enhancement Freeze (P-26).
    Enhancement,
    /// The Code Freeze comes.
    CodeReminder,
    /// What met the Code Freeze.
    Code,
    /// What was decided on exceptions.
    Exceptions,
    /// What is left at the end of the cycle.
    CleanUp,
    /// What users should know of the release: a skeleton to be filled in.
    Highlights,
}

impl Announcement {
    /// All of them, in the order of the cycle.
    pub const ALL: [Self; 8] = [
        Self::Call,
        Self::EnhancementReminder,
        Self::Enhancement,
        Self::CodeReminder,
        Self::Code,
        Self::Exceptions,
        Self::CleanUp,
        Self::Highlights,
    ];

    /// As addresses and the log write it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::EnhancementReminder => "ef-reminder",
            Self::Enhancement => "ef",
            Self::CodeReminder => "cf-reminder",
            Self::Code => "cf",
            Self::Exceptions => "exceptions",
            Self::CleanUp => "clean-up",
            Self::Highlights => "highlights",
        }
    }

    /// The one that an address names.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.slug() == slug)
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Call => "Call for proposals",
            Self::EnhancementReminder => "Reminder of the Enhancement Freeze",
            Self::Enhancement => "Enhancement Freeze announcement",
            Self::CodeReminder => "Reminder of the Code Freeze",
            Self::Code => "Code Freeze announcement",
            Self::Exceptions => "Decisions on exceptions",
            Self::CleanUp => "Clean-up at the end of the cycle",
            Self::Highlights => "Release highlights",
        }
    }

    /// Whether it is a document in Markdown rather than a mail to the list.
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Highlights)
    }

    /// The freeze whose result it tells.
    pub const fn freeze(self) -> Option<Freeze> {
        match self {
            Self::Enhancement => Some(Freeze::Enhancement),
            Self::Code => Some(Freeze::Code),
            _ => None,
        }
    }

    /// From when on it can be sent; none where its date is not known, or it has none.
    pub fn from(self, dates: &ReleaseDates) -> Option<DateTime<Utc>> {
        let before = |at: Option<DateTime<Utc>>| at.and_then(|at| at.checked_sub_signed(TimeDelta::days(14)));
        match self {
            Self::Call | Self::Exceptions => None,
            Self::EnhancementReminder => before(dates.enhancement_freeze),
            Self::Enhancement => dates.enhancement_freeze,
            Self::CodeReminder => before(dates.code_freeze),
            Self::Code | Self::Highlights => dates.code_freeze,
            Self::CleanUp => dates.ga,
        }
    }

    /// What has to pass before it is true, with its instant where that is known; none where it is true at any time.
    pub const fn not_before(self, dates: &ReleaseDates) -> Option<(&'static str, Option<DateTime<Utc>>)> {
        match self {
            Self::Enhancement => Some((Freeze::Enhancement.name(), dates.enhancement_freeze)),
            Self::Code => Some((Freeze::Code.name(), dates.code_freeze)),
            Self::CleanUp => Some(("general availability", dates.ga)),
            _ => None,
        }
    }

    /// Whether it would tell what has not happened yet.
    pub fn is_early(self, dates: &ReleaseDates, now: DateTime<Utc>) -> bool {
        self.not_before(dates).is_some_and(|(_, at)| at.is_none_or(|at| now < at))
    }

    /// The freeze that it speaks of as ahead, once that has passed: there is nothing to call for or to remind of any more.
    pub fn outlived(self, dates: &ReleaseDates, now: DateTime<Utc>) -> Option<Freeze> {
        let ahead = match self {
            Self::Call | Self::EnhancementReminder => Freeze::Enhancement,
            Self::CodeReminder => Freeze::Code,
            _ => return None,
        };
        dates.passed(ahead, now).then_some(ahead)
    }

    /// The instant from which on it is overdue: the Enhancement Freeze is announced within one working day (P-26).
    pub fn overdue_at(self, dates: &ReleaseDates) -> Option<DateTime<Utc>> {
        (self == Self::Enhancement).then_some(dates.enhancement_freeze).flatten().map(after_a_working_day)
    }

    /// By when it goes out: what is announced within a working day by then, a reminder before what it reminds of; none where
    /// nothing says by when.
    pub fn until(self, dates: &ReleaseDates) -> Option<DateTime<Utc>> {
        match self {
            Self::EnhancementReminder => dates.enhancement_freeze,
            Self::CodeReminder => dates.code_freeze,
            _ => self.overdue_at(dates),
        }
    }

    /// Whether it is the release team's to send now: its time has come, and what it speaks of is not over.
    pub fn is_owed(self, dates: &ReleaseDates, now: DateTime<Utc>) -> bool {
        let come = self.from(dates).is_some_and(|from| from <= now);
        come && !self.is_document() && self.outlived(dates, now).is_none() && !dates.released(now)
    }

    /// The template it begins with.
    pub fn template(self) -> Template {
        default::template(self)
    }
}

/// The same time on the next working day.
fn after_a_working_day(at: DateTime<Utc>) -> DateTime<Utc> {
    let weekend = |at: &DateTime<Utc>| matches!(at.weekday(), Weekday::Sat | Weekday::Sun);
    let days = (1..=7).filter_map(|days| at.checked_add_signed(TimeDelta::days(days)));
    days.into_iter().find(|at| !weekend(at)).unwrap_or(at)
}
