//! What goes out: mails, comments and labels, written in the transaction of their cause and sent by a job.
//!
//! A row is found under its source and a key. The key of a comment is its slot: written again with another text, the
//! comment changes in its place. What is kept in JSON has a shape by its kind; a new shape gets a new kind, so that what
//! was written stays readable. A row that cannot be read is told as such and stands in nobody's way.

mod keep;
mod list;
mod put;
mod send;

use chrono::{DateTime, Utc};
use domain::{Concern, ReleaseVersion};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::to_u32;

pub use keep::{again, arrived, cancel, confirm, hold};
pub use list::{Counts, Filter, by_keys, counts, find, of_proposal, page, said, troubles, written_since};
pub use put::{Cause, put};
pub use send::{Roads, abandoned, claim, failed, later, say, sent, stopped, uncertain};

/// What goes out. JSON in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outgoing {
    /// A mail.
    Mail(OutgoingMail),
    /// A comment on an issue or pull request.
    Comment(OutgoingComment),
    /// A label to be put on, or taken off.
    Label(OutgoingLabel),
}

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMail {
    /// Address of the receiver.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Its Message-ID: the same however often it is sent.
    pub message_id: String,
    /// Message-ID of the mail that it answers.
    pub in_reply_to: Option<String>,
    /// What makes it one person's own; `to` is then their login, and the address is looked up when it is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<Personal>,
}

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Personal {
    /// Asks whether an address is theirs.
    Confirmation {
        /// GitHub's number of the person.
        person: i64,
        /// Which address, by the fingerprint of its token.
        token: String,
    },
    /// Reminds of what is due.
    Digest {
        /// GitHub's number of the person.
        person: i64,
        /// What it was written for: it goes out while any of it is open.
        of: Vec<Topic>,
    },
}

impl Personal {
    /// GitHub's number of the person.
    pub const fn person(&self) -> i64 {
        match self {
            Self::Confirmation { person, .. } | Self::Digest { person, .. } => *person,
        }
    }
}

/// Something that a participation waits on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Source of the proposal.
    pub source: String,
    /// Its number.
    pub number: u32,
    /// The release.
    pub release: ReleaseVersion,
    /// What it is about.
    pub concern: Concern,
}

/// A comment to be posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingComment {
    /// `owner/name`.
    pub repository: String,
    /// Number of the issue or pull request.
    pub number: u32,
    /// Markdown, without the marker.
    pub body: String,
    /// What it is the comment for, e.g. `exception/4702/1/decision`: there is one comment to a slot.
    pub slot: String,
}

/// A label to be put on or taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingLabel {
    /// `owner/name`.
    pub repository: String,
    /// Number of the issue or pull request.
    pub number: u32,
    /// Which of the two.
    pub change: LabelChange,
    /// The label.
    pub name: String,
}

/// What is done with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelChange {
    /// It is put on.
    Add,
    /// It is taken off.
    Remove,
}

impl Outgoing {
    /// Its kind, as the table has it.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Mail(_) => Kind::Mail,
            Self::Comment(_) => Kind::Comment,
            Self::Label(_) => Kind::Label,
        }
    }

    /// Repository and number of the issue or pull request.
    pub fn target(&self) -> Option<(&str, u32)> {
        match self {
            Self::Mail(_) => None,
            Self::Comment(comment) => Some((&comment.repository, comment.number)),
            Self::Label(label) => Some((&label.repository, label.number)),
        }
    }

    /// What goes out, word for word.
    pub fn preview(&self, source: &str) -> String {
        match self {
            Self::Mail(mail) => format!("To: {}\nSubject: {}\n\n{}", mail.to, mail.subject, mail.body),
            Self::Comment(comment) => format!("{}\n\n{}\n", comment.body.trim_end(), marker(source, &comment.slot)),
            Self::Label(label) => {
                let words = match label.change {
                    LabelChange::Add => ("Put", "on"),
                    LabelChange::Remove => ("Take", "off"),
                };
                format!("{} the label {} {} {}#{}", words.0, label.name, words.1, label.repository, label.number)
            }
        }
    }

    /// Rows from before there were kinds hold a mail alone.
    fn read(payload: Value) -> Result<Self, String> {
        let read = if payload.get("kind").is_some() {
            serde_json::from_value(payload)
        } else {
            serde_json::from_value(payload).map(Self::Mail)
        };
        read.map_err(|why| why.to_string())
    }
}

/// The key of a label of a pull request: there is one last word on each.
pub fn label_key(repository: &str, number: u32, name: &str) -> String {
    format!("label/{repository}/{number}/{name}")
}

/// What a comment carries so that it is found again. It is invisible on GitHub.
pub fn marker(source: &str, slot: &str) -> String {
    format!("<!-- cep-tracker:{source}/{slot} -->")
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $slug:literal)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$of])* $variant),* }

        impl $name {
            /// As the table and addresses have it.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug),* }
            }

            /// None for what only a newer version knows.
            pub fn of_slug(slug: &str) -> Option<Self> {
                match slug { $($slug => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// What kind of thing goes out.
    Kind {
        /// A mail.
        Mail "mail"
        /// A comment on GitHub.
        Comment "comment"
        /// A label on GitHub.
        Label "label"
    }
}

words! {
    /// How far it is.
    State {
        /// It goes out when its time comes.
        Waiting "waiting"
        /// It was written while nothing went to GitHub; an admin sends or discards it.
        Held "held"
        /// A sender has taken it, or ended with it in hand.
        Sending "sending"
        /// Nobody knows whether it went out. A comment or label is looked for; of a mail a person is asked.
        Uncertain "uncertain"
        /// It went out.
        Sent "sent"
        /// It was refused for good.
        Failed "failed"
        /// Somebody cancelled it.
        Cancelled "cancelled"
    }
}

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Source of the proposal.
    pub source: String,
    /// Its key within the source.
    pub key: String,
    /// Number of the proposal.
    pub number: u32,
    /// Position in the log of what it follows from.
    pub event: i64,
    /// Its kind, as the table has it.
    pub kind: String,
    /// Issue or pull request, for comments and labels.
    pub target: Option<(String, u32)>,
    /// What goes out, or why that cannot be read.
    pub what: Result<Outgoing, String>,
    /// What goes out, word for word.
    pub preview: String,
    /// Which text of its slot that is, from 1.
    pub version: i32,
    /// How far it is.
    pub state: State,
    /// How often it was tried; while it is being sent, this time included.
    pub attempts: i32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it is tried next, while it waits.
    pub next_attempt_at: DateTime<Utc>,
    /// GitHub's id of the comment, once it is known.
    pub remote_id: Option<i64>,
    /// Login and GitHub's number of whoever caused it; none where the tracker did by itself.
    pub caused_by: Option<(String, Option<i64>)>,
    /// Who cancelled it, or said that it arrived.
    pub closed_by: Option<String>,
    /// When it was first written.
    pub created_at: DateTime<Utc>,
    /// When its text or state last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

impl Entry {
    /// Whether it goes to GitHub.
    pub fn is_for_github(&self) -> bool {
        self.kind != Kind::Mail.slug()
    }
}

struct Row {
    source: String,
    key: String,
    number: i32,
    event: i64,
    kind: String,
    repository: Option<String>,
    item: Option<i32>,
    payload: Value,
    preview: String,
    version: i32,
    state: String,
    attempts: i32,
    last_error: Option<String>,
    next_attempt_at: DateTime<Utc>,
    remote_id: Option<i64>,
    caused_by: Option<String>,
    caused_by_id: Option<i64>,
    closed_by: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        Self {
            number: to_u32(row.number),
            event: row.event,
            target: row.repository.zip(row.item.map(to_u32)),
            what: Outgoing::read(row.payload),
            // The table knows no others.
            state: State::of_slug(&row.state).unwrap_or(State::Failed),
            caused_by: row.caused_by.map(|login| (login, row.caused_by_id)),
            source: row.source,
            key: row.key,
            kind: row.kind,
            preview: row.preview,
            version: row.version,
            attempts: row.attempts,
            last_error: row.last_error,
            next_attempt_at: row.next_attempt_at,
            remote_id: row.remote_id,
            closed_by: row.closed_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
            sent_at: row.sent_at,
        }
    }
}
