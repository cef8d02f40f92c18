//! Kinds, states and acts: how they read and how addresses write them.

use serde::{Deserialize, Serialize};

use crate::ui::{Icon, Tone};

/// What kind of thing goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A mail.
    Mail,
    /// A comment on GitHub.
    Comment,
    /// A label on GitHub.
    Label,
    /// Something that a newer version wrote.
    Other,
}

impl Kind {
    /// Those that are known.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Comment, Self::Label];

    /// As addresses have it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Comment => "comment",
            Self::Label => "label",
            Self::Other => "other",
        }
    }

    /// As it reads.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Mail => "Mail",
            Self::Comment => "Comment",
            Self::Label => "Label",
            Self::Other => "Something unknown",
        }
    }

    /// The kind of a slug.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stand {
    /// Nobody knows whether it went out.
    Uncertain,
    /// It was refused for good.
    Failed,
    /// It was written while nothing went to GitHub.
    Held,
    /// It is being sent.
    Sending,
    /// It goes out when its time comes.
    Waiting,
    /// It went out.
    Sent,
    /// Somebody cancelled it.
    Cancelled,
}

impl Stand {
    /// All of them, what wants attention first.
    pub const ALL: [Self; 7] =
        [Self::Uncertain, Self::Failed, Self::Held, Self::Sending, Self::Waiting, Self::Sent, Self::Cancelled];

    /// As addresses have it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Uncertain => "uncertain",
            Self::Failed => "failed",
            Self::Held => "held",
            Self::Sending => "sending",
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a slug.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stand| stand.slug() == slug)
    }

    /// As it reads.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Uncertain => "Uncertain",
            Self::Failed => "Failed",
            Self::Held => "Held",
            Self::Sending => "Being sent",
            Self::Waiting => "Waiting",
            Self::Sent => "Sent",
            Self::Cancelled => "Cancelled",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Uncertain => Tone::Unknown,
            Self::Failed => Tone::Bad,
            Self::Held => Tone::Exception,
            Self::Sending | Self::Waiting => Tone::Busy,
            Self::Sent => Tone::Good,
            Self::Cancelled => Tone::Quiet,
        }
    }

    /// Its icon.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Uncertain => Icon::Unknown,
            Self::Failed => Icon::Cross,
            Self::Held => Icon::Pause,
            Self::Sending => Icon::Arrow,
            Self::Waiting => Icon::Clock,
            Self::Sent => Icon::Check,
            Self::Cancelled => Icon::Slash,
        }
    }
}

/// What somebody can do with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// A held one goes out, as it is shown.
    Send,
    /// It does not go out.
    Cancel,
    /// It goes out once more.
    Again,
    /// A mail of which nobody knew arrived.
    Arrived,
}

impl Act {
    /// As forms send it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Cancel => "cancel",
            Self::Again => "again",
            Self::Arrived => "arrived",
        }
    }

    /// The act of a slug.
    pub fn of_slug(slug: &str) -> Option<Self> {
        [Self::Send, Self::Cancel, Self::Again, Self::Arrived].into_iter().find(|act| act.slug() == slug)
    }

    /// What its button says about a row in that state.
    pub const fn words(self, stand: Stand) -> &'static str {
        match (self, stand) {
            (Self::Send, _) => "Send it",
            (Self::Cancel, Stand::Held | Stand::Failed) => "Discard it",
            (Self::Cancel, _) => "Cancel it",
            (Self::Again, _) => "Send it again",
            (Self::Arrived, _) => "It arrived",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_read_back() {
        assert!(Stand::ALL.iter().all(|stand| Stand::of_slug(stand.slug()) == Some(*stand)));
        assert!(Kind::ALL.iter().all(|kind| Kind::of_slug(kind.slug()) == Some(*kind)));
        assert_eq!(Act::of_slug("arrived"), Some(Act::Arrived));
        assert_eq!((Stand::of_slug("gone"), Kind::of_slug("other"), Act::of_slug("")), (None, None, None));
    }
}
