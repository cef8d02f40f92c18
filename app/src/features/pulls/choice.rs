//! Values of the filters and the order of the work list, as addresses write them.

use std::{fmt, str::FromStr};

use domain::PullKind;

/// What the list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PullSortKey {
    /// The SIG's order, then the nearer deadline, then how long reviewers have had it.
    #[default]
    Priority,
    /// Repository and number.
    Pull,
    /// Source and number of the proposal.
    Proposal,
    /// How long it has waited, longest first.
    Waiting,
    /// The deadline, nearest first.
    Freeze,
}

/// A key and its direction, written `pull` or `-pull`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PullSort {
    /// What by.
    pub key: PullSortKey,
    /// Whether turned round.
    pub descending: bool,
}

impl PullSortKey {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Priority, "priority"),
        (Self::Pull, "pull"),
        (Self::Proposal, "proposal"),
        (Self::Waiting, "waiting"),
        (Self::Freeze, "freeze"),
    ];
}

impl PullSort {
    /// What a page answers to a value it cannot read.
    pub(super) const HINT: &'static str =
        "priority, pull, proposal, waiting or freeze, with a minus in front to turn it round";

    /// The order after the head of a column was pressed.
    #[must_use]
    pub fn pressed(self, key: PullSortKey) -> Self {
        Self { key, descending: self.key == key && !self.descending }
    }
}

impl fmt::Display for PullSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = PullSortKey::ALL.iter().find(|(key, _)| *key == self.key).map_or("priority", |(_, word)| word);
        write!(f, "{}{word}", if self.descending { "-" } else { "" })
    }
}

impl FromStr for PullSort {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (descending, word) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let key = PullSortKey::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(word)).ok_or(())?.0;
        Ok(Self { key, descending })
    }
}

/// Whom a pull request waits on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waits {
    /// Its author owes changes.
    Author,
    /// Its reviewers, whoever they are.
    Reviewers,
    /// Somebody by login, as reviewer or author.
    Login(String),
}

impl Waits {
    /// As the address writes it.
    pub fn value(&self) -> String {
        match self {
            Self::Author => "author".to_owned(),
            Self::Reviewers => "reviewers".to_owned(),
            Self::Login(login) => format!("@{login}"),
        }
    }
}

impl From<&str> for Waits {
    fn from(text: &str) -> Self {
        match text {
            "author" => Self::Author,
            "reviewers" => Self::Reviewers,
            login => Self::Login(login.trim_start_matches('@').to_owned()),
        }
    }
}

/// What is asked about the label of approved work (P-28).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelChoice {
    /// Those that should carry it now, whatever their release.
    Due,
    /// Those that carry it and should not, or should and do not.
    Differs,
}

impl LabelChoice {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Due, Self::Differs];

    /// What a page answers to a value it cannot read.
    pub(super) const HINT: &'static str = "due or differs";

    /// As the address writes it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Differs => "differs",
        }
    }

    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Due => "should carry it",
            Self::Differs => "differs",
        }
    }
}

impl FromStr for LabelChoice {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|choice| choice.slug().eq_ignore_ascii_case(text)).ok_or(())
    }
}

const KINDS: [(PullKind, &str); 5] = [
    (PullKind::Implementation, "implementation"),
    (PullKind::Docs, "docs"),
    (PullKind::Bug, "bug"),
    (PullKind::Proposal, "proposal"),
    (PullKind::Unrelated, "unrelated"),
];

/// A kind of pull request as addresses and the API write it.
pub fn kind_slug(kind: PullKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("unrelated", |(_, slug)| slug)
}

/// The kind that an address writes so.
pub fn kind_of_slug(text: &str) -> Option<PullKind> {
    KINDS.iter().find(|(_, slug)| slug.eq_ignore_ascii_case(text)).map(|(kind, _)| *kind)
}
