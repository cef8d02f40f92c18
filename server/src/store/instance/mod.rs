//! A whole instance, row by row as JSON: what an export of it reads, and what an import writes.
//!
//! What follows from the log is not among it, because it is written again from the log; what is left out, and why, is
//! told by [`LEFT_OUT`]. A test reads the catalogue: every table is in one of the three lists.

mod read;
mod row;
mod write;

pub use read::{as_one_state, rows};
pub use row::{blob_is_whole, calendar_event_of, event_of};
pub use write::{go_on_after_the_last, is_empty, make_room, write};

/// A table whose rows move, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the tables'")]
pub enum Table {
    Calendar,
    Meeting,
    Source,
    SigAlias,
    CodeRepository,
    Setting,
    Person,
    Login,
    Blob,
    CalendarEvent,
    Event,
    ImportRun,
    Outgoing,
    AnnouncementTemplate,
    Candidate,
    GitHubRef,
    Reminder,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Calendar,
        Self::Meeting,
        Self::Source,
        Self::SigAlias,
        Self::CodeRepository,
        Self::Setting,
        Self::Person,
        Self::Login,
        Self::Blob,
        Self::CalendarEvent,
        Self::Event,
        Self::ImportRun,
        Self::Outgoing,
        Self::AnnouncementTemplate,
        Self::Candidate,
        Self::GitHubRef,
        Self::Reminder,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Meeting => "meeting",
            Self::Source => "source",
            Self::SigAlias => "sig_alias",
            Self::CodeRepository => "code_repository",
            Self::Setting => "setting",
            Self::Person => "person",
            Self::Login => "login",
            Self::Blob => "blob",
            Self::CalendarEvent => "calendar_event",
            Self::Event => "event",
            Self::ImportRun => "import_run",
            Self::Outgoing => "outgoing",
            Self::AnnouncementTemplate => "announcement_template",
            Self::Candidate => "candidate",
            Self::GitHubRef => "github_ref",
            Self::Reminder => "reminder",
        }
    }

    /// The table of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }
}

/// Tables that are written from the log.
pub const FOLLOWS: [&str; 8] =
    ["alias", "calendar_alias", "document", "document_version", "proposal", "release", "roster", "schedule_version"];

/// What does not move: in words for people, with its tables.
pub const LEFT_OUT: [(&str, &[&str]); 9] = [
    ("sessions: everybody signs in again", &["session"]),
    ("tokens of the API: everybody makes new ones", &["token"]),
    ("secrets: they are in the server's configuration, never in the database", &[]),
    ("names and contact data of people; their public logins and ids are kept", &[]),
    ("drafts of requests for an exception: they are their author's alone", &["exception_draft"]),
    (
        "how people are reminded and at which address: everybody chooses anew",
        &["subscription", "stopped_address", "asked_address"],
    ),
    (
        "mails to a person, and what was being sent at the moment; what waited is held until an admin of the new instance \
         sends it",
        &[],
    ),
    ("whether anything is sent to GitHub: an admin of the new instance turns it on", &[]),
    (
        "the mirror of GitHub with its runs and webhooks, candidates and tags aside: it is read again",
        &[
            "github_repository",
            "github_page",
            "github_list",
            "github_item",
            "github_comment",
            "github_review",
            "github_file",
            "github_branch",
            "github_landing",
            "github_link",
            "sync_run",
            "webhook_delivery",
        ],
    ),
];

/// Settings that move: how the database stands to the demo.
const SETTINGS: [&str; 1] = [super::setting::DEMO];
