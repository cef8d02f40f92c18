//! Decisions on a source as a whole.

use clap::Subcommand;
use domain::ReleaseVersion;

use crate::usecases::decide::SourceDecision;

/// The decisions.
#[derive(Debug, Subcommand)]
pub enum SourceVerb {
    /// Close a source's plan of a release.
    ClosePlan {
        /// The source, e.g. cep.
        source: String,
        /// The release, e.g. v1.10.
        #[arg(long)]
        release: ReleaseVersion,
    },
    /// Put the accepted proposals of a release in an order; those not named stay behind as they were.
    Reorder {
        /// The source, e.g. cep.
        source: String,
        /// The release, e.g. v1.10.
        #[arg(long)]
        release: ReleaseVersion,
        /// Numbers of proposals, comma-separated.
        #[arg(long, value_delimiter = ',', required = true)]
        order: Vec<u32>,
    },
    /// Add a line to the post-freeze checklist of a release.
    AddLine {
        /// The source, e.g. cep.
        source: String,
        /// The release, e.g. v1.10.
        #[arg(long)]
        release: ReleaseVersion,
        /// What is asked.
        #[arg(long)]
        text: String,
    },
    /// Take such a line off again.
    RemoveLine {
        /// The source, e.g. cep.
        source: String,
        /// The release, e.g. v1.10.
        #[arg(long)]
        release: ReleaseVersion,
        /// Key of the line.
        #[arg(long)]
        line: String,
    },
}

impl SourceVerb {
    /// What it decides, about which source.
    pub fn decision(self) -> (String, SourceDecision) {
        match self {
            Self::ClosePlan { source, release } => (source, SourceDecision::ClosePlan { release }),
            Self::Reorder { source, release, order } => (source, SourceDecision::Reorder { release, order }),
            Self::AddLine { source, release, text } => (source, SourceDecision::AddLine { release, text }),
            Self::RemoveLine { source, release, line } => (source, SourceDecision::RemoveLine { release, line }),
        }
    }
}
