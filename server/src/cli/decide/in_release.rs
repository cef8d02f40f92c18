//! Decisions on a proposal in one release.

use chrono::{DateTime, NaiveDate, Utc};
use clap::{
    Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use domain::{Decision, Freeze, PullKind, ReleaseVersion, RetargetReason, Rule, Terms};
use serde::de::DeserializeOwned;

use crate::usecases::key::Key;

/// A proposal in a release.
#[derive(Debug, clap::Args)]
pub struct InRelease {
    /// The proposal, e.g. cep/4702.
    proposal: Key,
    /// The release, e.g. v1.10.
    #[arg(long)]
    release: ReleaseVersion,
}

/// A proposal in a release, and why.
#[derive(Debug, clap::Args)]
pub struct WithReason {
    #[command(flatten)]
    of: InRelease,
    /// Why, in a sentence.
    #[arg(long)]
    reason: String,
}

/// The decisions.
#[derive(Debug, Subcommand)]
pub enum ReleaseVerb {
    /// Accept a proposal for a release, or rank it anew.
    Accept {
        #[command(flatten)]
        of: InRelease,
        /// Place in the SIG's order, from 1.
        #[arg(long)]
        rank: Option<u32>,
    },
    /// Put a proposal at another place in the SIG's order.
    Rank {
        #[command(flatten)]
        of: InRelease,
        /// The place, from 1 [default: the end]
        #[arg(long)]
        rank: Option<u32>,
    },
    /// Record the owner's commitment to implement a proposal for a release.
    Commit {
        #[command(flatten)]
        of: InRelease,
        /// The day the owner gave their word [default: the day of the decision]
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Move a proposal to another release.
    Retarget {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// The release it leaves.
        #[arg(long)]
        from: ReleaseVersion,
        /// The release it goes to.
        #[arg(long)]
        to: ReleaseVersion,
        /// Why.
        #[arg(long, value_parser = one_of::<RetargetReason>(&REASONS))]
        reason: RetargetReason,
        /// The reason in a sentence; required for `other`.
        #[arg(long, default_value = "", hide_default_value = true)]
        sentence: String,
    },
    /// Remove a proposal from a release's milestone.
    Remove(WithReason),
    /// Take a proposal back into a release.
    Readmit(WithReason),
    /// Sign that users need no documentation of a proposal.
    NoDocsNeeded(WithReason),
    /// Sign that there is no code to merge for a proposal.
    NothingToMerge(WithReason),
    /// Waive a requirement.
    Waive {
        #[command(flatten)]
        of: WithReason,
        /// Which.
        #[arg(long, value_parser = one_of::<Rule>(&RULES))]
        rule: Rule,
    },
    /// Say what a pull request is for, and for which release.
    Classify {
        #[command(flatten)]
        of: InRelease,
        /// The pull request, as owner/name#123.
        #[arg(long, value_parser = pull)]
        pull: (String, u32),
        /// What it is for.
        #[arg(long, value_parser = one_of::<PullKind>(&KINDS))]
        kind: PullKind,
    },
    /// Decline what a check-in proposed: it stays in the release.
    Decline(WithReason),
    /// Sign a line of the post-freeze checklist.
    SignLine {
        #[command(flatten)]
        of: InRelease,
        /// Key of the line, e.g. landed, docs, verified, bugs, tracked.
        #[arg(long)]
        line: String,
        /// What is stated.
        #[arg(long, default_value = "", hide_default_value = true)]
        statement: String,
    },
    /// Ask for an exception.
    Ask {
        #[command(flatten)]
        of: InRelease,
        /// The freeze [default: another edge case]
        #[arg(long, value_parser = one_of::<Freeze>(&FREEZES))]
        freeze: Option<Freeze>,
        /// Why the work cannot be done before the freeze.
        #[arg(long)]
        justification: String,
        /// Additional time: a number of days, or a date.
        #[arg(long)]
        time: String,
        /// What happens if it is not granted.
        #[arg(long)]
        impact: String,
        /// Covered pull requests as owner/name#123, comma-separated.
        #[arg(long, value_delimiter = ',')]
        covers: Vec<String>,
    },
}

const REASONS: [&str; 5] = ["no-convergence", "new-blocker", "community-pushback", "approver-withdrew", "other"];
const KINDS: [&str; 5] = ["proposal", "implementation", "docs", "bug", "unrelated"];
const FREEZES: [&str; 2] = ["enhancement", "code"];
const RULES: [&str; 11] = [
    "issue",
    "labels",
    "document",
    "target",
    "graduation",
    "reviewers",
    "commitment",
    "sign-off",
    "implementation",
    "docs",
    "bugs",
];

/// A value of a closed list, by the word that forms and the API use.
fn one_of<T: DeserializeOwned + Clone + Send + Sync + 'static>(
    words: &'static [&'static str],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words).try_map(|word| serde_json::from_value::<T>(word.into()))
}

fn pull(text: &str) -> Result<(String, u32), String> {
    let parts = text.rsplit_once('#').and_then(|(name, number)| Some((name.to_owned(), number.parse().ok()?)));
    parts.ok_or_else(|| "write it as owner/name#123".to_owned())
}

impl ReleaseVerb {
    /// What it decides, at an instant.
    pub fn decision(self, at: DateTime<Utc>) -> (Key, Decision) {
        match self {
            Self::Accept { of: InRelease { proposal, release }, rank } => {
                (proposal, Decision::Accept { release, rank })
            }
            Self::Rank { of: InRelease { proposal, release }, rank } => (proposal, Decision::Rank { release, rank }),
            Self::Commit { of: InRelease { proposal, release }, on } => {
                (proposal, Decision::Commit { release, on: Some(on.unwrap_or_else(|| at.date_naive())) })
            }
            Self::Retarget { proposal, from, to, reason, sentence } => {
                (proposal, Decision::Retarget { release: from, to, reason, sentence })
            }
            Self::Remove(WithReason { of, reason }) => (of.proposal, Decision::Remove { release: of.release, reason }),
            Self::Readmit(WithReason { of, reason }) => {
                (of.proposal, Decision::Readmit { release: of.release, reason })
            }
            Self::NoDocsNeeded(WithReason { of, reason }) => {
                (of.proposal, Decision::NoDocsNeeded { release: of.release, reason })
            }
            Self::NothingToMerge(WithReason { of, reason }) => {
                (of.proposal, Decision::NothingToMerge { release: of.release, reason })
            }
            Self::Decline(WithReason { of, reason }) => {
                (of.proposal, Decision::Decline { release: of.release, reason })
            }
            Self::Waive { of: WithReason { of, reason }, rule } => {
                (of.proposal, Decision::Waive { release: of.release, rule, reason })
            }
            Self::Classify { of: InRelease { proposal, release }, pull: (repository, number), kind } => {
                (proposal, Decision::Classify { release, repository, number, kind })
            }
            Self::SignLine { of: InRelease { proposal, release }, line, statement } => {
                (proposal, Decision::SignLine { release, line, statement })
            }
            Self::Ask { of: InRelease { proposal, release }, freeze, justification, time, impact, covers } => {
                let terms = Terms { release, freeze, justification, time, impact, covers };
                (proposal, Decision::Ask(terms))
            }
        }
    }
}
