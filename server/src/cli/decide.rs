//! `cep-tracker decide`: records a decision about a proposal.

use std::sync::Arc;

use app::query::At;
use chrono::{DateTime, NaiveDate, Utc};
use clap::{Subcommand, ValueEnum};
use domain::{Recorded, ReleaseVersion, RetargetReason};

use super::{Failure, with_database};
use crate::{
    clock::Clock,
    database::DatabaseConfig,
    store,
    usecases::{
        Context, accept, assign, commit,
        decision::{DecideError, Decider, Key},
        remove, retarget,
    },
    verdicts::{Moment, Row, Verdicts},
};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,

    /// GitHub login of the person who records the decision.
    #[arg(long, global = true, env = "CEP_TRACKER_ACTOR", default_value = "", hide_default_value = true)]
    actor: String,

    /// The person whose decision it is, when it is another's; needs --link.
    #[arg(long, global = true, value_name = "LOGIN")]
    on_behalf_of: Option<String>,

    /// Where it was said: mail, issue comment, meeting notes.
    #[arg(long, global = true, value_name = "URL")]
    link: Option<String>,

    /// When it was decided, e.g. 2026-10-08T12:00Z; a bare date means its end, Anywhere on Earth [default: now]
    #[arg(long, global = true, value_name = "INSTANT", value_parser = instant)]
    at: Option<DateTime<Utc>>,

    #[command(flatten)]
    database: DatabaseConfig,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Accept a proposal for a release, or rank it anew.
    Accept {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// The release, e.g. v1.10.
        #[arg(long)]
        release: ReleaseVersion,
        /// Place in the SIG's order, from 1.
        #[arg(long)]
        rank: Option<u32>,
    },
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
    /// Record the owner's commitment to implement a proposal for a release.
    Commit {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// The release, e.g. v1.10.
        #[arg(long)]
        release: ReleaseVersion,
        /// The day the owner gave their word [default: the day of the decision]
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Remove a proposal from a release's milestone.
    Remove {
        /// The proposal, e.g. cep/4702.
        proposal: Key,
        /// The release, e.g. v1.10.
        #[arg(long)]
        release: ReleaseVersion,
        /// Why, in a sentence.
        #[arg(long)]
        reason: String,
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
        #[arg(long, value_enum)]
        reason: Reason,
        /// The reason in a sentence; required for `other`.
        #[arg(long, default_value = "", hide_default_value = true)]
        sentence: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Reason {
    NoConvergence,
    NewBlocker,
    CommunityPushback,
    ApproverWithdrew,
    Other,
}

impl From<Reason> for RetargetReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::NoConvergence => Self::NoConvergence,
            Reason::NewBlocker => Self::NewBlocker,
            Reason::CommunityPushback => Self::CommunityPushback,
            Reason::ApproverWithdrew => Self::ApproverWithdrew,
            Reason::Other => Self::Other,
        }
    }
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    let read = text.parse::<At>().ok().and_then(At::instant);
    read.ok_or_else(|| "write it as 2026-10-08 or 2026-10-08T12:00Z".to_owned())
}

/// Records the decision, and prints its place in the log and what follows from it.
pub async fn run(args: Args, clock: Clock) -> Result<(), Failure> {
    if args.actor.trim().is_empty() {
        return Err(Failure::new("say who decides: --actor LOGIN, or CEP_TRACKER_ACTOR in the environment"));
    }
    let decider = Decider { actor: args.actor, on_behalf_of: args.on_behalf_of, link: args.link, at: args.at };
    let lines = with_database(&args.database, clock, async |context| {
        let key = args.verb.proposal().clone();
        let recorded = decide(&context, &decider, args.verb).await.map_err(Failure::new)?;
        let mut lines = vec![format!("Recorded as event {}: {}.", recorded.id, recorded.event.tell())];
        lines.extend(statuses(&context, &key).await.map_err(Failure::new)?);
        Ok(lines)
    })
    .await?;
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

/// How the proposal stands now, a line for each release.
async fn statuses(context: &Context, key: &Key) -> store::Result<Vec<String>> {
    let world = Verdicts::new(context.pool.clone()).world().await?;
    let Some(record) = world.proposals.get(&(key.source.clone(), key.number)) else { return Ok(Vec::new()) };
    let rows = world.rows_of(record, Moment::Now(context.clock.now()));
    let line = |row: &Arc<Row>| Some(format!("  {}  {}", row.release?, row.verdict.words));
    Ok(rows.iter().filter_map(line).collect())
}

impl Verb {
    const fn proposal(&self) -> &Key {
        match self {
            Self::Accept { proposal, .. }
            | Self::Assign { proposal, .. }
            | Self::Commit { proposal, .. }
            | Self::Remove { proposal, .. }
            | Self::Retarget { proposal, .. } => proposal,
        }
    }
}

async fn decide(context: &Context, decider: &Decider, verb: Verb) -> Result<Recorded, DecideError> {
    match verb {
        Verb::Accept { proposal, release, rank } => accept::accept(context, decider, &proposal, release, rank).await,
        Verb::Assign { proposal, reviewers, approvers } => {
            assign::assign(context, decider, &proposal, &reviewers, &approvers).await
        }
        Verb::Commit { proposal, release, on } => {
            let on = on.unwrap_or_else(|| decider.at.unwrap_or_else(|| context.clock.now()).date_naive());
            commit::commit(context, decider, &proposal, release, on).await
        }
        Verb::Remove { proposal, release, reason } => {
            remove::remove(context, decider, &proposal, release, &reason).await
        }
        Verb::Retarget { proposal, from, to, reason, sentence } => {
            retarget::retarget(context, decider, &proposal, from, to, reason.into(), &sentence).await
        }
    }
}
