//! Steps of a request for an exception.

use clap::Subcommand;
use domain::Decision;

use crate::usecases::key::Key;

/// A request for an exception.
#[derive(Debug, clap::Args)]
pub struct OfRequest {
    /// The proposal, e.g. cep/4702.
    proposal: Key,
    /// Number of the request within the proposal.
    #[arg(long)]
    request: u32,
}

/// Granted time.
#[derive(Debug, clap::Args)]
pub struct Granted {
    #[command(flatten)]
    of: OfRequest,
    /// Until when: a date, or a number of days after the freeze.
    #[arg(long)]
    until: String,
    /// Why, in a sentence.
    #[arg(long)]
    reason: String,
}

/// The steps.
#[derive(Debug, Subcommand)]
pub enum RequestVerb {
    /// Record the archive link of a request's mail.
    File {
        #[command(flatten)]
        of: OfRequest,
        /// The link.
        #[arg(long, value_name = "URL")]
        thread: String,
    },
    /// Take a request into review.
    Review(OfRequest),
    /// Ask the requester for more.
    AskMore {
        #[command(flatten)]
        of: OfRequest,
        /// What is asked.
        #[arg(long)]
        question: String,
    },
    /// Answer what was asked.
    Answer {
        #[command(flatten)]
        of: OfRequest,
        /// The answer.
        #[arg(long)]
        answer: String,
    },
    /// Grant a request.
    Grant(Granted),
    /// Extend granted time.
    Extend(Granted),
    /// Deny a request.
    Deny {
        #[command(flatten)]
        of: OfRequest,
        /// Why, in a sentence.
        #[arg(long)]
        reason: String,
    },
    /// Take a request back.
    TakeBack(OfRequest),
}

impl RequestVerb {
    /// What it decides.
    pub fn decision(self) -> (Key, Decision) {
        match self {
            Self::File { of: OfRequest { proposal, request }, thread } => {
                (proposal, Decision::File { request, thread })
            }
            Self::Review(OfRequest { proposal, request }) => (proposal, Decision::Review { request }),
            Self::AskMore { of: OfRequest { proposal, request }, question } => {
                (proposal, Decision::AskMore { request, question })
            }
            Self::Answer { of: OfRequest { proposal, request }, answer } => {
                (proposal, Decision::Answer { request, answer })
            }
            Self::Grant(Granted { of: OfRequest { proposal, request }, until, reason }) => {
                (proposal, Decision::Grant { request, until, reason })
            }
            Self::Extend(Granted { of: OfRequest { proposal, request }, until, reason }) => {
                (proposal, Decision::Extend { request, until, reason })
            }
            Self::Deny { of: OfRequest { proposal, request }, reason } => {
                (proposal, Decision::Deny { request, reason })
            }
            Self::TakeBack(OfRequest { proposal, request }) => (proposal, Decision::TakeBack { request }),
        }
    }
}
