//! Why a decision cannot be recorded.

use chrono::NaiveDate;

use crate::ReleaseVersion;

/// Why a decision cannot be recorded, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Nothing lifts this ending (P-6).
    #[error("the proposal was {0}, and nothing lifts that")]
    Ended(&'static str),
    /// Something lifts this ending, and has to first (P-6).
    #[error("the proposal is {0}; it has to be accepted or taken back first")]
    Paused(&'static str),
    /// It is so already.
    #[error("{0}")]
    Already(String),
    /// It does not take part.
    #[error("the proposal takes no part in {0}: neither target nor decision names it")]
    NoPart(ReleaseVersion),
    /// It left.
    #[error("the proposal has left {0}; accept it again or retarget it back first")]
    Left(ReleaseVersion),
    /// The release is out.
    #[error("{0} has been released; its record is closed")]
    Released(ReleaseVersion),
    /// The process asks for a reason.
    #[error("a reason is needed: write one sentence that others will understand later")]
    NoReason,
    /// From and to are the same.
    #[error("it targets {0} already; name another release")]
    SameRelease(ReleaseVersion),
    /// Nothing is proposed for a release any more whose Enhancement Freeze has passed (P-12).
    #[error(
        "the Enhancement Freeze of {0} has passed, and nothing starts as proposed there any more; name a later release, or \
         have it accepted for {0} and ask for an exception"
    )]
    TargetFrozen(ReleaseVersion),
    /// An older release without dates.
    #[error("{0} lies before {1}, and no schedule says that it is still to come; name a later release")]
    TargetBehind(ReleaseVersion, ReleaseVersion),
    /// No release of that number.
    #[error("no schedule and no document names {0}; releases known: {1}")]
    UnknownRelease(ReleaseVersion, String),
    /// Ranks begin at 1.
    #[error("a rank is a place in the SIG's order, from 1")]
    NoRank,
    /// Not a GitHub login.
    #[error("`{0}` is not a GitHub login")]
    NoLogin(String),
    /// Somebody else's word.
    #[error("@{0} is not an owner of it ({1}); an owner's word can be recorded on their behalf, with a link to it")]
    NotOwner(String, String),
    /// No names.
    #[error("name at least one reviewer or approver by GitHub login; TBD does not count")]
    NoNames,
    /// A date that cannot be.
    #[error("a commitment cannot be dated {0}, which is still to come")]
    InFuture(NaiveDate),
    /// It is not accepted, so it has no rank.
    #[error("it is not accepted for {0}; accept it first, its rank goes with that")]
    NotAccepted(ReleaseVersion),
    /// Only what was removed can be taken back.
    #[error("it was not removed from {0}; there is nothing to take back")]
    NotRemoved(ReleaseVersion),
    /// A link is asked for.
    #[error("`{0}` is not a link; give one that begins with https://")]
    NoLink(String),
    /// Replaced by itself.
    #[error("a proposal cannot be replaced by itself")]
    ReplacedByItself,
    /// No such line.
    #[error("the checklist of {0} has no line `{1}`")]
    NoLine(ReleaseVersion, String),
    /// The line is not open for a signature yet (P-14).
    #[error("{0}")]
    LineNotReady(String),
    /// No such pull request.
    #[error("{0}#{1} is not among the pull requests of this proposal")]
    NoPull(String, u32),
    /// There is no document.
    #[error("no document of it was read; there is nothing to acknowledge")]
    NoDocument,
    /// A SIG whose sign-off is not asked for.
    #[error("the sign-off of {0} is not asked for; asked are: {1}")]
    NoSignOff(String, String),
    /// A requirement that passes needs no waiver.
    #[error("“{0}” is met; there is nothing to waive")]
    NothingToWaive(&'static str),
    /// What is stated contradicts what is known.
    #[error("{0}")]
    Contradicted(String),
    /// No such request.
    #[error("the proposal has no request {0}")]
    NoRequest(u32),
    /// The request stands elsewhere.
    #[error("request {0} is {1}; {2}")]
    RequestState(u32, &'static str, &'static str),
    /// More than anybody reads.
    #[error("write it in at most {0} characters, and link what is longer")]
    TooLong(usize),
    /// More pull requests than anybody reviews.
    #[error("name at most {0} pull requests")]
    TooManyPulls(usize),
    /// The justification is missing (P-16).
    #[error("write why the work cannot be done before the freeze; deciders judge by it")]
    NoJustification,
    /// The impact is missing (P-16).
    #[error("write what happens if it is not granted: to graduation, to maturity, to users")]
    NoImpact,
    /// The time is missing or no time (P-16).
    #[error("{0}")]
    NoTime(String),
    /// No grant for a freeze without a date (P-18).
    #[error("{0} of {1} has no date yet; there is nothing to ask an exception from")]
    NoFreezeDate(&'static str, ReleaseVersion),
    /// Granted time lies after the freeze (P-18).
    #[error("{0} is not after the {1} of {2} ({3}); an exception has to reach beyond it")]
    BeforeFreeze(String, &'static str, ReleaseVersion, String),
    /// Granted time lies before GA (P-18).
    #[error("{0} is after the general availability of {1} ({2}); no exception reaches beyond it")]
    AfterGa(String, ReleaseVersion, String),
    /// Granted time lies ahead.
    #[error("{0} is over already; name a day that is still to come")]
    Over(String),
    /// An extension has to be longer (P-18).
    #[error("it is granted until {0} already; an extension has to reach beyond that")]
    NotLonger(String),
    /// A covered pull request that cannot be read.
    #[error("`{0}` does not name a pull request; write it as owner/name#123")]
    NoCoveredPull(String),
    /// No such decision to undo.
    #[error("there is no decision {0} on this proposal that you could undo")]
    NothingToUndo(i64),
    /// A week that is still to come, or long over (P-21).
    #[error("{0}")]
    WrongWeek(String),
    /// What should happen instead is missing (P-21).
    #[error("say what should happen: the release it should move to, with the reason, or that it should be rejected")]
    NothingProposed,
    /// No check-in proposed anything, or that was answered (P-21).
    #[error("no check-in proposes that it leaves {0}; there is nothing to decline")]
    NothingToDecline(ReleaseVersion),
    /// Undone already, or not the latest.
    #[error("{0}")]
    NotUndoable(String),
}
