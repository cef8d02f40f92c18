//! The port behind the pages of reminders, and what they show.

use chrono::{DateTime, Utc};
use domain::{FreezeZone, ReleaseVersion, reminder::Cadence};
use serde::{Deserialize, Serialize};

use crate::{features::shared::ProposalLink, port::Answer};

/// Something that is due soon, or overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRow {
    /// The proposal.
    pub proposal: ProposalLink,
    /// The release.
    pub release: ReleaseVersion,
    /// What to do.
    pub what: String,
    /// Until when.
    pub deadline: DateTime<Utc>,
    /// Zone of the release's freezes.
    pub zone: FreezeZone,
    /// Who can act.
    pub logins: Vec<String>,
    /// How often they were reminded of it.
    pub times: u32,
    /// When they were last.
    pub last: Option<DateTime<Utc>>,
    /// Who hears of it for the owning SIG, since two reminders did not help.
    pub sig: Vec<String>,
}

/// A reminder that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRow {
    /// The proposal; none for one that is not known any more.
    pub proposal: Option<ProposalLink>,
    /// The release.
    pub release: ReleaseVersion,
    /// What to do, as it was said then.
    pub what: String,
    /// The deadline, as it was then.
    pub deadline: DateTime<Utc>,
    /// Zone of the release's freezes.
    pub zone: FreezeZone,
    /// Days before it that it had come to.
    pub days: u8,
    /// Who was reminded.
    pub logins: Vec<String>,
    /// Whether the owning SIG was too.
    pub with_sig: bool,
    /// Login of who had it sent; none where the time had come.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderListView {
    /// Whether any proposal is known at all.
    pub any_proposal: bool,
    /// Whether mail can be sent.
    pub mail: bool,
    /// What is overdue and can still be done, the longest overdue first.
    pub overdue: Vec<DueRow>,
    /// What is due soon, the first deadline first.
    pub due: Vec<DueRow>,
    /// What was sent, latest first.
    pub sent: Vec<SentRow>,
}

/// How somebody is reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminding {
    /// Whether mail can be sent.
    pub mail: bool,
    /// Their address, if they gave one.
    pub address: Option<String>,
    /// Whether they confirmed that it is theirs.
    pub confirmed: bool,
    /// How often.
    pub cadence: Cadence,
}

impl Default for Reminding {
    fn default() -> Self {
        Self { mail: false, address: None, confirmed: false, cadence: Cadence::AsDue }
    }
}

/// What the link of a mail leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Login of the person.
    pub login: String,
    /// The address.
    pub address: String,
    /// Whether they confirmed that it is theirs.
    pub confirmed: bool,
    /// How often.
    pub cadence: Cadence,
    /// The link's own part of its address.
    pub token: String,
}

/// How the pages reach the server.
pub trait RemindersPort: Send + Sync {
    /// What is due, and what was sent.
    fn reminders(&self) -> Answer<'_, ReminderListView>;

    /// What a link leads to; [`crate::port::PageError::NotFound`] where it is no one's.
    fn reminder_link(&self, token: String) -> Answer<'_, LinkView>;
}
