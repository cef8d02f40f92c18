//! `cep-tracker decide`: records a decision about a proposal or a source. No role is asked of whoever runs it.

mod in_release;
mod request;
mod source;
mod whole;

use std::sync::Arc;

use app::query::At;
use chrono::{DateTime, Utc};
use clap::Subcommand;
use domain::{Decision, Recorded};

use self::{in_release::ReleaseVerb, request::RequestVerb, source::SourceVerb, whole::ProposalVerb};
use super::{Failure, with_database};
use crate::{
    clock::Clock,
    database::DatabaseConfig,
    store,
    usecases::{
        Context,
        decide::{By, SourceDecision, decide, decide_on_source},
        key::Key,
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
    #[command(flatten)]
    InRelease(ReleaseVerb),
    #[command(flatten)]
    Whole(ProposalVerb),
    #[command(flatten)]
    Request(RequestVerb),
    #[command(flatten)]
    Source(SourceVerb),
}

pub(super) fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    let read = text.parse::<At>().ok().and_then(At::instant);
    read.ok_or_else(|| "write it as 2026-10-08 or 2026-10-08T12:00Z".to_owned())
}

/// Records the decision, and prints its place in the log and what follows from it.
pub async fn run(args: Args, clock: Clock) -> Result<(), Failure> {
    if args.actor.trim().is_empty() {
        return Err(Failure::new("say who decides: --actor LOGIN, or CEP_TRACKER_ACTOR in the environment"));
    }
    let by = By { on_behalf_of: args.on_behalf_of, link: args.link, at: args.at, ..By::operator(args.actor) };
    let lines = with_database(&args.database, clock, async |context| {
        let at = by.at.unwrap_or_else(|| context.clock.now());
        match args.verb {
            Verb::InRelease(verb) => on_proposal(&context, &by, verb.decision(at)).await,
            Verb::Whole(verb) => on_proposal(&context, &by, verb.decision()).await,
            Verb::Request(verb) => on_proposal(&context, &by, verb.decision()).await,
            Verb::Source(verb) => on_source(&context, &by, verb.decision()).await,
        }
    })
    .await?;
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

async fn on_proposal(context: &Context, by: &By, (key, decision): (Key, Decision)) -> Result<Vec<String>, Failure> {
    let verdicts = Verdicts::new(context.pool.clone());
    let recorded = decide(context, &verdicts, by, &key, decision, None).await;
    let recorded = recorded.map_err(|error| Failure::new(format!("{key}: {error}")))?;
    let mut lines = vec![told(&recorded)];
    lines.extend(statuses(context, &key).await.map_err(Failure::new)?);
    Ok(lines)
}

async fn on_source(
    context: &Context,
    by: &By,
    (source, decision): (String, SourceDecision),
) -> Result<Vec<String>, Failure> {
    let verdicts = Verdicts::new(context.pool.clone());
    let recorded = decide_on_source(context, &verdicts, by, &source, decision, None).await;
    let recorded = recorded.map_err(|error| Failure::new(format!("{source}: {error}")))?;
    Ok(recorded.iter().map(told).collect())
}

fn told(recorded: &Recorded) -> String {
    // A reason may end as a sentence does.
    format!("Recorded as event {}: {}.", recorded.id, recorded.event.tell().trim_end_matches('.'))
}

/// How the proposal stands now, a line for each release.
async fn statuses(context: &Context, key: &Key) -> store::Result<Vec<String>> {
    let world = Verdicts::new(context.pool.clone()).world().await?;
    let Some(record) = world.proposals.get(&(key.source.clone(), key.number)) else { return Ok(Vec::new()) };
    let rows = world.rows_of(record, Moment::Now(context.clock.now()));
    let line = |row: &Arc<Row>| Some(format!("  {}  {}", row.release?, row.verdict.words));
    Ok(rows.iter().filter_map(line).collect())
}
