//! Where a request stands as people see it: what was recorded, and what the clock alone made of it (P-17).

use std::str::FromStr;

use domain::{Lapse, RequestState};
use serde::{Deserialize, Serialize};

use crate::ui::{Icon, Tone};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// The mail went out.
    Sent,
    /// Its archive link is recorded.
    Filed,
    /// Somebody who decides looks at it.
    InReview,
    /// The requester owes an answer.
    NeedsInformation,
    /// Granted, and the time runs.
    Granted,
    /// Granted, and done within the time.
    DoneInTime,
    /// Granted, and the time is over.
    Expired,
    /// Denied.
    Denied,
    /// Taken back.
    Withdrawn,
    /// Undecided when its participation ended or GA came.
    Moot,
}

/// The three parts of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Somebody has to decide.
    Undecided,
    /// Granted time runs.
    Running,
    /// Nothing is left to do.
    Settled,
}

impl Stand {
    /// All of them, in the order of their lives.
    pub const ALL: [Self; 10] = [
        Self::Sent,
        Self::Filed,
        Self::InReview,
        Self::NeedsInformation,
        Self::Granted,
        Self::DoneInTime,
        Self::Expired,
        Self::Denied,
        Self::Withdrawn,
        Self::Moot,
    ];

    /// From what is recorded and what the clock made of it.
    pub const fn of(state: &RequestState, lapse: Option<Lapse>) -> Self {
        match (lapse, state) {
            (Some(Lapse::DoneInTime), _) => Self::DoneInTime,
            (Some(Lapse::Expired), _) => Self::Expired,
            (Some(Lapse::Moot), _) => Self::Moot,
            (None, RequestState::Sent) => Self::Sent,
            (None, RequestState::Filed) => Self::Filed,
            (None, RequestState::InReview) => Self::InReview,
            (None, RequestState::NeedsInformation { .. }) => Self::NeedsInformation,
            (None, RequestState::Granted { .. }) => Self::Granted,
            (None, RequestState::Denied { .. }) => Self::Denied,
            (None, RequestState::Withdrawn) => Self::Withdrawn,
        }
    }

    /// The part of the list it stands in.
    pub const fn group(self) -> Group {
        match self {
            Self::Sent | Self::Filed | Self::InReview | Self::NeedsInformation => Group::Undecided,
            Self::Granted => Group::Running,
            _ => Group::Settled,
        }
    }

    /// For addresses and exports.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Filed => "filed",
            Self::InReview => "in-review",
            Self::NeedsInformation => "needs-information",
            Self::Granted => "granted",
            Self::DoneInTime => "done-in-time",
            Self::Expired => "expired",
            Self::Denied => "denied",
            Self::Withdrawn => "withdrawn",
            Self::Moot => "moot",
        }
    }

    /// As it stands on its badge.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Sent => "Sent",
            Self::Filed => "Filed",
            Self::InReview => "In review",
            Self::NeedsInformation => "Needs information",
            Self::Granted => "Granted",
            Self::DoneInTime => "Done in time",
            Self::Expired => "Expired",
            Self::Denied => "Denied",
            Self::Withdrawn => "Withdrawn",
            Self::Moot => "Moot",
        }
    }

    /// Its colour, which never stands alone.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Sent | Self::Filed | Self::InReview | Self::Granted => Tone::Exception,
            Self::NeedsInformation => Tone::Warn,
            Self::DoneInTime => Tone::Good,
            Self::Expired | Self::Denied => Tone::Bad,
            Self::Withdrawn | Self::Moot => Tone::Quiet,
        }
    }

    /// Its icon.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Sent | Self::Filed | Self::InReview => Icon::Clock,
            Self::NeedsInformation => Icon::Unknown,
            Self::Granted => Icon::Hourglass,
            Self::DoneInTime => Icon::Check,
            Self::Expired => Icon::Cross,
            Self::Denied => Icon::Slash,
            Self::Withdrawn | Self::Moot => Icon::Minus,
        }
    }
}

impl FromStr for Stand {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|stand| stand.slug().eq_ignore_ascii_case(text)).ok_or(())
    }
}

impl Group {
    /// The heading of the part.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Undecided => "Undecided",
            Self::Running => "Running",
            Self::Settled => "Settled",
        }
    }
}
