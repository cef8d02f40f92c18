//! Decisions on a proposal as a whole.

use clap::Subcommand;
use domain::Decision;

use crate::usecases::key::Key;

/// A proposal, and why.
#[derive(Debug, clap::Args)]
pub struct Ending {
    /// The proposal, e.g. cep/4702.
    proposal: Key,
    /// Why, in a sentence.
    #[arg(long)]
    reason: String,
}

/// The decisions.
#[derive(Debug, Subcommand)]
pub enum ProposalVerb {
    /// Assign reviewers and approvers. A list that is given replaces the earlier one.
    Assign {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// Logins, comma-separated.
        #[arg(long, value_delimiter = ',')]
        reviewers: Vec<String>,
        /// Logins, comma-separated.
        #[arg(long, value_delimiter = ',')]
        approvers: Vec<String>,
    },
    /// Defer a proposal.
    Defer(Ending),
    /// Reject a proposal; nothing lifts that.
    Reject(Ending),
    /// Withdraw a proposal; nothing lifts that.
    Withdraw(Ending),
    /// Replace a proposal by another of its source.
    Replace {
        #[command(flatten)]
        of: Ending,
        /// Number of the other.
        #[arg(long)]
        by: u32,
    },
    /// Deprecate a proposal.
    Deprecate(Ending),
    /// Hand a proposal over to another owner.
    HandOver {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// Login of the new owner.
        #[arg(long)]
        to: String,
    },
    /// Sign a proposal off for a SIG.
    SignOff {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// The SIG, e.g. sig-network.
        #[arg(long)]
        sig: String,
    },
    /// Acknowledge the document as it is now.
    Acknowledge {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
    },
    /// Record support.
    Support {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// Where it was said; may be given several times.
        #[arg(long, value_name = "URL", required = true)]
        links: Vec<String>,
        /// Who supports it and why.
        #[arg(long, default_value = "", hide_default_value = true)]
        note: String,
    },
    /// Record feedback of users.
    Feedback {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// What they say.
        #[arg(long)]
        note: String,
        /// Where it was said; may be given several times.
        #[arg(long, value_name = "URL")]
        links: Vec<String>,
    },
    /// Put on the agenda of the owning SIG.
    PutOnAgenda(Ending),
    /// Take off the agenda: it was dealt with.
    TakeOffAgenda {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// What came of it.
        #[arg(long, default_value = "", hide_default_value = true)]
        note: String,
    },
    /// Undo one's own last decision, within ten minutes.
    Undo {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// Place of the decision in the log.
        #[arg(long)]
        event: i64,
    },
}

impl ProposalVerb {
    /// What it decides.
    pub fn decision(self) -> (Key, Decision) {
        match self {
            Self::Assign { proposal, reviewers, approvers } => (proposal, Decision::Assign { reviewers, approvers }),
            Self::Defer(Ending { proposal, reason }) => (proposal, Decision::Defer { reason }),
            Self::Reject(Ending { proposal, reason }) => (proposal, Decision::Reject { reason }),
            Self::Withdraw(Ending { proposal, reason }) => (proposal, Decision::Withdraw { reason }),
            Self::Deprecate(Ending { proposal, reason }) => (proposal, Decision::Deprecate { reason }),
            Self::Replace { of: Ending { proposal, reason }, by } => (proposal, Decision::Replace { by, reason }),
            Self::HandOver { proposal, to } => (proposal, Decision::HandOver { to }),
            Self::SignOff { proposal, sig } => (proposal, Decision::SignOff { sig }),
            Self::Acknowledge { proposal } => (proposal, Decision::Acknowledge {}),
            Self::Support { proposal, links, note } => (proposal, Decision::Support { links, note }),
            Self::Feedback { proposal, note, links } => (proposal, Decision::Feedback { links, note }),
            Self::PutOnAgenda(Ending { proposal, reason }) => (proposal, Decision::PutOnAgenda { reason }),
            Self::TakeOffAgenda { proposal, note } => (proposal, Decision::TakeOffAgenda { note }),
            Self::Undo { proposal, event } => (proposal, Decision::Undo { event }),
        }
    }
}
