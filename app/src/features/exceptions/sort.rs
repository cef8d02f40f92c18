//! The order of the list.

use std::{fmt, str::FromStr};

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExceptionKey {
    /// What needs somebody soonest: undecided ones by age, running ones by their end, settled ones latest first.
    #[default]
    Urgency,
    /// Source and number of the proposal.
    Proposal,
    /// Release.
    Release,
    /// Where it stands.
    State,
    /// Until when: granted, else asked.
    Until,
    /// When it was sent.
    Asked,
}

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExceptionSort {
    /// What by.
    pub key: ExceptionKey,
    /// Whether downwards.
    pub descending: bool,
}

impl ExceptionKey {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Urgency, "urgency"),
        (Self::Proposal, "proposal"),
        (Self::Release, "release"),
        (Self::State, "state"),
        (Self::Until, "until"),
        (Self::Asked, "asked"),
    ];
}

impl ExceptionSort {
    /// What a page answers to a value it cannot read.
    pub(super) const HINT: &'static str =
        "urgency, proposal, release, state, until or asked, with - in front for the reverse";

    /// The order after the head of a column was pressed: by it, or turned round when it was so already.
    #[must_use]
    pub fn pressed(self, key: ExceptionKey) -> Self {
        Self { key, descending: self.key == key && !self.descending }
    }
}

impl fmt::Display for ExceptionSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = ExceptionKey::ALL.iter().find(|(key, _)| *key == self.key).map_or("urgency", |(_, word)| word);
        write!(f, "{}{word}", if self.descending { "-" } else { "" })
    }
}

impl FromStr for ExceptionSort {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (descending, word) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let key = ExceptionKey::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(word)).map(|(key, _)| *key);
        key.map(|key| Self { key, descending }).ok_or(())
    }
}
