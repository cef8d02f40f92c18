//! Why a decision was not recorded, in words for people.

use chrono::{DateTime, Utc};
use domain::{Recorded, Refusal, RuleError};

use crate::{store::StoreError, usecases::key::Key};

/// Why a decision was not recorded, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such proposal.
    #[error("{0} is not known here; import its document first")]
    NoProposal(Key),
    /// There is no such source.
    #[error("there is no source `{0}`")]
    NoSource(String),
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Their login means somebody else, or nobody yet (PROCESS 7).
    #[error("your login @{0} belonged to somebody else here, or changed; an admin has to confirm that it means you")]
    Unconfirmed(String),
    /// The rules do not allow it.
    #[error("{0}")]
    Rule(RuleError),
    /// Others decided after the form was drawn.
    #[error("{}", meanwhile(.0))]
    Meanwhile(Vec<Recorded>),
    /// A decision on behalf of another needs a link to where that person said it (PROCESS 7).
    #[error("a decision on behalf of @{0} needs a link to where @{0} said it")]
    NoLink(String),
    /// Not a link.
    #[error("`{0}` is not a link; give one that begins with https://")]
    BadLink(String),
    /// On behalf of nobody.
    #[error("`{0}` is not a GitHub login")]
    NoLogin(String),
    /// It cannot be dated ahead.
    #[error("a decision cannot be dated {0}, which is still to come")]
    InFuture(DateTime<Utc>),
    /// Nobody dates their own word back.
    #[error("your own word counts from the moment you record it; leave the day out, or name whose mail it was")]
    OwnPast,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for DecideError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl DecideError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NoProposal(_) | Self::NoSource(_) => 404,
            Self::Refused(Refusal::SignIn(_)) => 401,
            Self::Refused(_) | Self::Unconfirmed(_) => 403,
            Self::Meanwhile(_) => 409,
            Self::Rule(_)
            | Self::NoLink(_)
            | Self::BadLink(_)
            | Self::NoLogin(_)
            | Self::InFuture(_)
            | Self::OwnPast => 422,
            Self::Store(_) => 503,
        }
    }

    /// Name of the field that it is about, in forms and in the API.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoLink(_) | Self::BadLink(_) => Some("link"),
            Self::NoLogin(_) => Some("on_behalf_of"),
            Self::InFuture(_) | Self::OwnPast => Some("sent_on"),
            Self::Rule(rule) => field_of(rule),
            _ => None,
        }
    }
}

const fn field_of(rule: &RuleError) -> Option<&'static str> {
    Some(match rule {
        RuleError::NoReason => "reason",
        RuleError::NoJustification => "justification",
        RuleError::NoImpact => "impact",
        RuleError::NoTime(_)
        | RuleError::BeforeFreeze(..)
        | RuleError::AfterGa(..)
        | RuleError::Over(_)
        | RuleError::NotLonger(_) => "until",
        RuleError::NoFreezeDate(..) => "freeze",
        RuleError::NoCoveredPull(_) => "covers",
        RuleError::NoRank => "rank",
        RuleError::NoLogin(_) | RuleError::NoNames => "reviewers",
        RuleError::NoLink(_) => "links",
        RuleError::InFuture(_) => "on",
        RuleError::NothingProposed => "propose",
        RuleError::SameRelease(_)
        | RuleError::UnknownRelease(..)
        | RuleError::TargetFrozen(_)
        | RuleError::TargetBehind(..) => "to",
        RuleError::NoLine(..) | RuleError::LineNotReady(_) => "line",
        RuleError::NoPull(..) => "number",
        RuleError::ReplacedByItself => "by",
        RuleError::NoSignOff(..) => "sig",
        RuleError::NothingToWaive(_) => "rule",
        _ => return None,
    })
}

/// "@petra granted it meanwhile: …"
fn meanwhile(events: &[Recorded]) -> String {
    let told: Vec<_> =
        events.iter().map(|recorded| format!("@{}: {}", recorded.person(), recorded.event.tell())).collect();
    format!("meanwhile somebody else decided ({}); look at that, and decide again if it still holds", told.join("; "))
}
