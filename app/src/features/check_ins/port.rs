//! The port behind the check-ins, and what they show.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    Freeze, Halves, Outcome, ReleaseDates, ReleaseVersion, Said, Status, Waiting, Week,
    check_in::{Change, CheckIn, Suggestion},
};

use super::{CheckInAddress, WeekChoice};
use crate::{
    features::shared::{ProposalLink, Tally},
    port::Answer,
    query::{At, ReleaseChoice},
};

/// Which week of which release, and as of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekAsk {
    /// The release.
    pub release: ReleaseChoice,
    /// The week.
    pub week: WeekChoice,
    /// As of when.
    pub at: At,
}

/// A requirement of the gate that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPoint {
    /// In few words: "2 PRs".
    pub words: String,
    /// Fails, or unknown.
    pub outcome: Outcome,
}

/// An open pull request of the participation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPull {
    /// `owner/name`.
    pub repository: String,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Whom it waits on: logins, and whether those are reviewers.
    pub waiting_on: Vec<String>,
    /// Whether it waits on reviewers.
    pub on_review: bool,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Whether its review lags (P-24).
    pub lags: bool,
}

/// A tracked participation in a week.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckInRow {
    /// The proposal.
    pub proposal: ProposalLink,
    /// Its status.
    pub status: Status,
    /// The status in words.
    pub words: String,
    /// Why it is at risk, if it is.
    pub at_risk: Option<String>,
    /// Owning SIG.
    pub sig: String,
    /// Logins of owners.
    pub owners: Vec<String>,
    /// Logins of reviewers.
    pub reviewers: Vec<String>,
    /// The freeze that it has to meet next, and until when.
    pub gate: Option<(Freeze, Option<DateTime<Utc>>)>,
    /// What is open for it.
    pub open: Vec<OpenPoint>,
    /// Open pull requests, those that lag first.
    pub pulls: Vec<OpenPull>,
    /// Whom it waits on first.
    pub waiting: Option<Waiting>,
    /// Since when changes are told.
    pub since: DateTime<Utc>,
    /// What changed since, oldest first.
    pub changes: Arc<Vec<Change>>,
    /// Address of the tracking issue.
    pub issue: String,
    /// Comments by people on its issue since; none where GitHub was never read.
    pub comments: Option<usize>,
    /// The latest word of an earlier week.
    pub last: Option<Arc<(Week, Said)>>,
    /// What was said this week.
    pub check_in: Arc<CheckIn>,
    /// What one would expect.
    pub suggestion: Suggestion,
    /// What was proposed to the SIG and is not confirmed.
    pub to_confirm: Option<(Week, Said)>,
    /// For which sides whoever looks can speak.
    pub may: Halves,
    /// Place in the log of the latest decision about it.
    pub seen: i64,
}

impl CheckInRow {
    /// Its key in addresses: "cep/4702".
    pub fn key(&self) -> String {
        format!("{}/{}", self.proposal.source, self.proposal.number)
    }

    /// Whether whoever looks has still something to say: a side of theirs, else any side, did not speak.
    pub fn is_open_for(&self) -> bool {
        let spoke = self.check_in.halves();
        if self.may.any() {
            (self.may.release_team && !spoke.release_team) || (self.may.approver && !spoke.approver)
        } else {
            !spoke.both()
        }
    }
}

/// The check-ins of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekView {
    /// Which.
    pub address: CheckInAddress,
    /// The week that is now.
    pub present: Week,
    /// The instant as of which proposals are judged: now, or the end of a week that is over.
    pub judged: DateTime<Utc>,
    /// Dates of the release.
    pub dates: ReleaseDates,
    /// Whether anything was imported.
    pub any_proposal: bool,
    /// Whether the release was out in that week.
    pub released: bool,
    /// How many proposals named the release, tracked or not.
    pub named: usize,
    /// Tracked participations, worst first; in an order that check-ins do not change.
    pub rows: Vec<CheckInRow>,
}

impl WeekView {
    /// What the list counts.
    pub const fn of_release(&self) -> Tally {
        Tally { release: self.address.release, tracked: self.rows.len(), named: self.named }
    }

    /// How many have both halves, one, none.
    pub fn tally(&self) -> [usize; 3] {
        let mut tally = [0; 3];
        for row in &self.rows {
            let halves = row.check_in.halves();
            let place = if halves.both() {
                0
            } else if halves.any() {
                1
            } else {
                2
            };
            tally[place] += 1;
        }
        tally
    }

    /// Whether the week can still be spoken about: this one, or the one before.
    pub fn is_open(&self) -> bool {
        self.address.week == self.present || self.address.week == self.present.previous()
    }
}

/// Where a comment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Posted {
    /// It was never handed to the outbox.
    Never,
    /// The outbox has exactly this text: its key there, the state in words, and whether it is out.
    Same(String, String, bool),
    /// The outbox has an earlier text: its key there, and what became of that text, in words.
    Earlier(String, String),
}

/// A comment as it would go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentView {
    /// The proposal.
    pub proposal: ProposalLink,
    /// Address of the tracking issue.
    pub issue: String,
    /// The text.
    pub body: String,
    /// A digest of the text, by which a press posts exactly what was seen.
    pub digest: String,
    /// Where it stands.
    pub posted: Posted,
    /// Whether whoever looks may post it.
    pub may: bool,
}

/// All comments of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentsView {
    /// Which week.
    pub address: CheckInAddress,
    /// The comments, in the order of the week's list.
    pub comments: Vec<CommentView>,
    /// Tracked proposals about which nobody spoke.
    pub silent: usize,
    /// Whether nothing goes to GitHub yet.
    pub held: bool,
}

/// The minutes of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinutesView {
    /// Which week.
    pub address: CheckInAddress,
    /// The minutes, in Markdown.
    pub text: String,
}

/// A week of a participation on the heat map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeatCell {
    /// It was not tracked.
    Out,
    /// Nobody spoke.
    Gap,
    /// Somebody did.
    Spoken(CheckIn),
}

/// A participation on the heat map.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatRow {
    /// The proposal.
    pub proposal: ProposalLink,
    /// Its status.
    pub status: Status,
    /// The status in words.
    pub words: String,
    /// A cell for each week.
    pub cells: Vec<HeatCell>,
}

impl HeatRow {
    /// Whether a decision took it out of the release.
    pub const fn left(&self) -> bool {
        matches!(self.status, Status::Ended { .. } | Status::Departed { .. })
    }
}

/// The check-ins of a release.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatView {
    /// The release.
    pub release: ReleaseVersion,
    /// Its dates.
    pub dates: ReleaseDates,
    /// Releases that have check-ins, newest first.
    pub releases: Vec<ReleaseVersion>,
    /// The week that is now.
    pub present: Week,
    /// Its weeks.
    pub weeks: Vec<Week>,
    /// How many proposals it tracks of those that name it.
    pub tally: Tally,
    /// Its participations, worst first.
    pub rows: Vec<HeatRow>,
}

/// How the pages reach the server.
pub trait CheckInsPort: Send + Sync {
    /// The check-ins of a week.
    fn week(&self, ask: WeekAsk) -> Answer<'_, WeekView>;

    /// The comments of a week.
    fn comments(&self, ask: WeekAsk) -> Answer<'_, CommentsView>;

    /// The minutes of a week.
    fn minutes(&self, ask: WeekAsk) -> Answer<'_, MinutesView>;

    /// All weeks of a release.
    fn heat(&self, release: ReleaseChoice, at: At) -> Answer<'_, HeatView>;
}
