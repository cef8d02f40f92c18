//! The order of the list.

use std::{fmt, str::FromStr};

/// What the list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// What needs somebody soonest first; also within equal values of every other key.
    #[default]
    Urgency,
    /// Source and number.
    Number,
    /// Title, without regard to case.
    Title,
    /// Release, those without one last.
    Release,
    /// Status, in the order of P-12.
    Status,
    /// First owner.
    Owner,
    /// How long it has waited, longest first.
    Waiting,
}

impl SortKey {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Urgency, "urgency"),
        (Self::Number, "number"),
        (Self::Title, "title"),
        (Self::Release, "release"),
        (Self::Status, "status"),
        (Self::Owner, "owner"),
        (Self::Waiting, "waiting"),
    ];

    /// How the address writes it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(key, _)| *key == self).map_or("urgency", |(_, word)| word)
    }
}

/// A key and its direction, written `title` or `-title`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// Whether the order is turned round.
    pub descending: bool,
}

impl Sort {
    /// What a page answers to a value it cannot read.
    pub const HINT: &'static str =
        "urgency, number, title, release, status, owner or waiting, with a minus in front to turn it round";

    /// What pressing a column's header does: sort by it, or turn it round when it is sorted so already.
    #[must_use]
    pub fn pressed(self, key: SortKey) -> Self {
        Self { key, descending: self.key == key && !self.descending }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.key.word())
    }
}

impl FromStr for Sort {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (descending, word) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let key = SortKey::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(word)).ok_or(())?.0;
        Ok(Self { key, descending })
    }
}
