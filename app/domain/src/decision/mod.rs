//! Which decisions are possible where a proposal stands. Pure: a decision goes in, the event to be recorded or a refusal
//! that people understand comes out. Who may decide is not asked here, but in [`crate::policy`].

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    CheckInOutcome, Event, Halves, History, Known, Proposed, PullKind, ReleaseDates, ReleaseVersion, RetargetReason,
    Rule, Source, Week, policy::Action,
};

mod check_in;
mod docket;
mod ending;
mod error;
mod people;
mod request;
mod statement;
mod terms;
mod undo;

pub use docket::Docket;
pub use error::RuleError;
pub use people::assign;
pub use request::Terms;
pub use terms::asked_until;
pub use undo::{UNDO_MINUTES, undo_minutes_left};

/// Everything that people decide about one proposal, as they say it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "action", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are those of the events they become, documented there")]
pub enum Decision {
    /// Accept for a release, or rank anew.
    Accept {
        release: ReleaseVersion,
        #[serde(default)]
        rank: Option<u32>,
    },
    /// Put at another place in the SIG's order; none is its end.
    Rank {
        release: ReleaseVersion,
        #[serde(default)]
        rank: Option<u32>,
    },
    /// Assign reviewers and approvers; an empty list leaves the earlier one.
    Assign {
        #[serde(default)]
        reviewers: Vec<String>,
        #[serde(default)]
        approvers: Vec<String>,
    },
    /// Commit to a release; today, without a day.
    Commit {
        release: ReleaseVersion,
        #[serde(default)]
        on: Option<NaiveDate>,
    },
    /// Move to another release.
    Retarget {
        release: ReleaseVersion,
        to: ReleaseVersion,
        reason: RetargetReason,
        #[serde(default)]
        sentence: String,
    },
    /// Defer.
    Defer { reason: String },
    /// Reject.
    Reject { reason: String },
    /// Withdraw the proposal.
    Withdraw { reason: String },
    /// Replace by another proposal of the source.
    Replace { by: u32, reason: String },
    /// Deprecate.
    Deprecate { reason: String },
    /// Remove from a release.
    Remove { release: ReleaseVersion, reason: String },
    /// Take back into a release.
    Readmit { release: ReleaseVersion, reason: String },
    /// Hand over to another owner.
    HandOver { to: String },
    /// Sign that no docs are needed.
    NoDocsNeeded { release: ReleaseVersion, reason: String },
    /// Sign that there is nothing to merge.
    NothingToMerge { release: ReleaseVersion, reason: String },
    /// Waive a requirement.
    Waive { release: ReleaseVersion, rule: Rule, reason: String },
    /// Sign off for a SIG.
    SignOff { sig: String },
    /// Say what a pull request is for, and for which release.
    Classify { release: ReleaseVersion, repository: String, number: u32, kind: PullKind },
    /// Sign a line of the post-freeze checklist.
    SignLine {
        release: ReleaseVersion,
        line: String,
        #[serde(default)]
        statement: String,
    },
    /// Acknowledge the document as it is now.
    Acknowledge {},
    /// Record support.
    Support {
        #[serde(default)]
        links: Vec<String>,
        #[serde(default)]
        note: String,
    },
    /// Record feedback of users.
    Feedback {
        #[serde(default)]
        links: Vec<String>,
        note: String,
    },
    /// Put on the agenda of the owning SIG.
    PutOnAgenda { reason: String },
    /// Take off the agenda.
    TakeOffAgenda {
        #[serde(default)]
        note: String,
    },
    /// Answer a week's check-in as an owner; this week's, without a week.
    AnswerCheckIn {
        release: ReleaseVersion,
        #[serde(default)]
        week: Option<Week>,
        sentence: String,
    },
    /// Decline what a check-in proposed.
    Decline { release: ReleaseVersion, reason: String },
    /// Check in for a week; for this one, without a week.
    CheckIn {
        release: ReleaseVersion,
        #[serde(default)]
        week: Option<Week>,
        outcome: CheckInOutcome,
        sentence: String,
        #[serde(default)]
        proposed: Option<Proposed>,
    },
    /// Undo one's own last decision.
    Undo { event: i64 },
    /// Ask for an exception.
    Ask(Terms),
    /// Record the archive link of a request's mail.
    File { request: u32, thread: String },
    /// Take a request into review.
    Review { request: u32 },
    /// Ask the requester for more.
    AskMore { request: u32, question: String },
    /// Answer what was asked.
    Answer { request: u32, answer: String },
    /// Grant a request until a day (its end in the release's zone) or an instant.
    Grant { request: u32, until: String, reason: String },
    /// Extend granted time.
    Extend { request: u32, until: String, reason: String },
    /// Deny a request.
    Deny { request: u32, reason: String },
    /// Take a request back.
    TakeBack { request: u32 },
}

impl Decision {
    /// What is done, for the question who may.
    pub const fn action(&self) -> Action {
        match self {
            Self::Accept { .. } => Action::Accept,
            Self::Rank { .. } => Action::Rank,
            Self::Assign { .. } => Action::Assign,
            Self::Commit { .. } => Action::Commit,
            Self::Retarget { .. } => Action::Retarget,
            Self::Defer { .. } => Action::Defer,
            Self::Reject { .. } => Action::Reject,
            Self::Withdraw { .. } => Action::Withdraw,
            Self::Replace { .. } => Action::Replace,
            Self::Deprecate { .. } => Action::Deprecate,
            Self::Remove { .. } => Action::Remove,
            Self::Readmit { .. } => Action::Readmit,
            Self::HandOver { .. } => Action::HandOver,
            Self::NoDocsNeeded { .. } => Action::NoDocsNeeded,
            Self::NothingToMerge { .. } => Action::NothingToMerge,
            Self::Waive { .. } => Action::Waive,
            Self::SignOff { .. } => Action::SignOff,
            Self::Classify { .. } => Action::Classify,
            Self::SignLine { .. } => Action::SignLine,
            Self::Acknowledge {} => Action::Acknowledge,
            Self::Support { .. } => Action::Support,
            Self::Feedback { .. } => Action::Feedback,
            Self::PutOnAgenda { .. } => Action::PutOnAgenda,
            Self::TakeOffAgenda { .. } => Action::TakeOffAgenda,
            Self::CheckIn { .. } => Action::CheckIn,
            Self::AnswerCheckIn { .. } => Action::AnswerCheckIn,
            Self::Decline { .. } => Action::Decline,
            Self::Undo { .. } => Action::Undo,
            Self::Ask(_) => Action::Ask,
            Self::File { .. } => Action::File,
            Self::Review { .. } => Action::Review,
            Self::AskMore { .. } => Action::AskMore,
            Self::Answer { .. } => Action::Answer,
            Self::Grant { .. } => Action::Grant,
            Self::Extend { .. } => Action::Extend,
            Self::Deny { .. } => Action::Deny,
            Self::TakeBack { .. } => Action::TakeBack,
        }
    }

    /// The release it names.
    pub const fn release(&self) -> Option<ReleaseVersion> {
        match self {
            Self::Accept { release, .. }
            | Self::Rank { release, .. }
            | Self::Commit { release, .. }
            | Self::Retarget { release, .. }
            | Self::Remove { release, .. }
            | Self::Readmit { release, .. }
            | Self::NoDocsNeeded { release, .. }
            | Self::NothingToMerge { release, .. }
            | Self::Waive { release, .. }
            | Self::Classify { release, .. }
            | Self::SignLine { release, .. }
            | Self::CheckIn { release, .. }
            | Self::AnswerCheckIn { release, .. }
            | Self::Decline { release, .. }
            | Self::Ask(Terms { release, .. }) => Some(*release),
            _ => None,
        }
    }

    /// The request for an exception that it names.
    pub const fn request(&self) -> Option<u32> {
        match self {
            Self::File { request, .. }
            | Self::Review { request }
            | Self::AskMore { request, .. }
            | Self::Answer { request, .. }
            | Self::Grant { request, .. }
            | Self::Extend { request, .. }
            | Self::Deny { request, .. }
            | Self::TakeBack { request } => Some(*request),
            _ => None,
        }
    }
}

/// The dates of a release of the proposal's calendar; refuses one that no schedule and no document names.
pub type DatesOf<'a> = &'a dyn Fn(ReleaseVersion) -> Result<ReleaseDates, RuleError>;

/// A proposal as it stands when something is decided about it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// Where it comes from.
    pub source: &'a Source,
    /// Everything ever learned about it.
    pub history: &'a History,
    /// What is known at the time of the decision.
    pub known: &'a Known<'a>,
    /// Dates of releases.
    pub dates: DatesOf<'a>,
    /// Lines of the post-freeze checklist that the SIG added for a release: key and text.
    pub extra_lines: &'a dyn Fn(ReleaseVersion) -> Vec<(String, String)>,
    /// Whether a login means the person who records the decision.
    pub recorder: &'a dyn Fn(&str) -> bool,
    /// Login of the person whose word it is.
    pub person: &'a str,
    /// For which sides of a check-in that person speaks (P-21).
    pub halves: Halves,
    /// The time of the decision.
    pub now: DateTime<Utc>,
}

impl Case<'_> {
    /// What is to be recorded.
    ///
    /// # Errors
    /// When the rules do not allow it where the proposal stands.
    pub fn decide(&self, decision: Decision) -> Result<Event, RuleError> {
        match decision {
            Decision::Accept { release, rank } => self.on(release, |docket| docket.accept(rank)),
            Decision::Rank { release, rank } => self.on(release, |docket| docket.rank(rank)),
            Decision::Commit { release, on } => self.commit(release, on),
            Decision::Remove { release, reason } => self.on(release, |docket| docket.remove(&reason)),
            Decision::Readmit { release, reason } => self.on(release, |docket| docket.readmit(&reason)),
            Decision::Retarget { release, to, reason, sentence } => {
                let dates = (self.dates)(to)?;
                self.on(release, |docket| docket.retarget((to, &dates), reason, &sentence))
            }
            Decision::Assign { reviewers, approvers } => assign(self.known, &reviewers, &approvers),
            Decision::HandOver { to } => people::hand_over(self.known, &to),
            Decision::Defer { reason } => self.defer(&reason),
            Decision::Reject { reason } => self.reject(&reason),
            Decision::Withdraw { reason } => self.withdraw(&reason),
            Decision::Replace { by, reason } => self.replace(by, &reason),
            Decision::Deprecate { reason } => self.deprecate(&reason),
            Decision::NoDocsNeeded { release, reason } => self.no_docs_needed(release, &reason),
            Decision::NothingToMerge { release, reason } => self.nothing_to_merge(release, &reason),
            Decision::Waive { release, rule, reason } => self.waive(release, rule, &reason),
            Decision::SignOff { sig } => self.sign_off(&sig),
            Decision::Classify { release, repository, number, kind } => {
                self.classify(release, &repository, number, kind)
            }
            Decision::SignLine { release, line, statement } => self.sign_line(release, &line, &statement),
            Decision::Acknowledge {} => self.acknowledge(),
            Decision::Support { links, note } => statement::support(&links, &note),
            Decision::Feedback { links, note } => statement::feedback(&links, &note),
            Decision::PutOnAgenda { reason } => self.put_on_agenda(&reason),
            Decision::TakeOffAgenda { note } => self.take_off_agenda(&note),
            Decision::CheckIn { release, week, outcome, sentence, proposed } => {
                self.check_in(release, week, outcome, &sentence, proposed)
            }
            Decision::AnswerCheckIn { release, week, sentence } => self.answer_check_in(release, week, &sentence),
            Decision::Decline { release, reason } => self.decline(release, &reason),
            Decision::Undo { event } => self.undo(event),
            Decision::Ask(terms) => self.ask(terms),
            Decision::File { request, thread } => self.file(request, &thread),
            Decision::Review { request } => self.review(request),
            Decision::AskMore { request, question } => self.ask_more(request, &question),
            Decision::Answer { request, answer } => self.answer(request, &answer),
            Decision::Grant { request, until, reason } => self.grant(request, &until, &reason),
            Decision::Extend { request, until, reason } => self.extend(request, &until, &reason),
            Decision::Deny { request, reason } => self.deny(request, &reason),
            Decision::TakeBack { request } => self.take_back(request),
        }
    }

    /// A decision on the proposal's part in one release.
    fn on<T>(
        &self,
        release: ReleaseVersion,
        decide: impl FnOnce(&Docket<'_>) -> Result<T, RuleError>,
    ) -> Result<T, RuleError> {
        let dates = (self.dates)(release)?;
        let participation = self.known.participation(release, &dates);
        decide(&Docket { participation: &participation, release, dates: &dates, now: self.now })
    }

    fn commit(&self, release: ReleaseVersion, on: Option<NaiveDate>) -> Result<Event, RuleError> {
        let on = on.unwrap_or_else(|| self.now.date_naive());
        self.on(release, |docket| docket.commit(self.person, &self.known.owners(), on))
    }
}

/// Longest text of a decision, in characters.
const MAX_WORDS: usize = 10_000;

/// A reason or another sentence that must be there.
fn sentence(words: &str) -> Result<String, RuleError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(RuleError::NoReason);
    }
    not_too_long(words)
}

/// What the log keeps for ever, and what mails carry, has an end.
fn not_too_long(words: &str) -> Result<String, RuleError> {
    if words.chars().count() > MAX_WORDS { Err(RuleError::TooLong(MAX_WORDS)) } else { Ok(words.to_owned()) }
}

/// A link that others can follow.
fn link(text: &str) -> Result<String, RuleError> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let good =
        rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) && !text.contains(char::is_whitespace);
    if good { Ok(text.to_owned()) } else { Err(RuleError::NoLink(text.to_owned())) }
}
