//! The port behind the announcements.

use chrono::{DateTime, Utc};
use domain::{Announcement, Freeze, ReleaseDates, ReleaseVersion, announcement::Template};
use serde::{Deserialize, Serialize};

use crate::{port::Answer, query::ReleaseChoice};

/// The texts of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListView {
    /// Which release.
    pub release: ReleaseVersion,
    /// Its dates.
    pub dates: ReleaseDates,
    /// The releases that can be shown, newest first.
    pub releases: Vec<ReleaseVersion>,
    /// The texts, in the order of the cycle.
    pub texts: Vec<TextLine>,
    /// Whether the viewer may change templates.
    pub keeps: bool,
}

/// A text of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLine {
    /// Which.
    pub what: Announcement,
    /// From when on it can be sent.
    pub from: Option<DateTime<Utc>>,
    /// Where it would tell what has not happened yet: what that is, and when, where a date is known.
    pub early: Option<(String, Option<DateTime<Utc>>)>,
    /// Where it speaks of a freeze as ahead that has passed: which. Its time is over, sent or not.
    pub outlived: Option<Freeze>,
    /// Since when it is overdue.
    pub overdue: Option<DateTime<Utc>>,
    /// Where it stands in the archive.
    pub announced: Option<Link>,
    /// How far its mail is, and its address in the outbox.
    pub sent: Option<(String, String)>,
    /// Whether an admin changed its template.
    pub changed: bool,
}

/// Where a text stands in the archive, and who recorded that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The address.
    pub href: String,
    /// Login.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextView {
    /// Which release.
    pub release: ReleaseVersion,
    /// Its dates.
    pub dates: ReleaseDates,
    /// How far it is.
    pub line: TextLine,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Address of the list.
    pub to: Option<String>,
    /// Why it cannot be sent from here; none when it can.
    pub no_way: Option<String>,
    /// Why the viewer may not announce; none when they may.
    pub barred: Option<String>,
    /// Whether the viewer may change its template.
    pub keeps: bool,
}

impl TextView {
    /// The text as it is shown, copied and sent.
    pub fn whole(&self) -> String {
        if self.line.what.is_document() {
            self.body.clone()
        } else {
            format!("Subject: {}\n\n{}", self.subject, self.body)
        }
    }
}

/// A template with the values that go in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateView {
    /// Which text.
    pub what: Announcement,
    /// The template in force.
    pub template: Template,
    /// Who changed it and when; none when it is as the program brings it.
    pub changed: Option<(String, DateTime<Utc>)>,
    /// Names of values, what they are, and what they hold for the current release.
    pub values: Vec<(String, String, String)>,
    /// Whether the viewer may change it.
    pub keeps: bool,
}

/// Something that should have been announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Which release.
    pub release: ReleaseVersion,
    /// Which text.
    pub what: Announcement,
    /// When it was due.
    pub since: DateTime<Utc>,
}

/// How the pages reach the server.
pub trait AnnouncementsPort: Send + Sync {
    /// The texts of a release.
    fn announcements(&self, release: ReleaseChoice) -> Answer<'_, ListView>;

    /// One text of a release.
    fn announcement(&self, release: ReleaseChoice, what: Announcement) -> Answer<'_, TextView>;

    /// A template.
    fn template(&self, what: Announcement) -> Answer<'_, TemplateView>;
}
