//! `cep-tracker explain-pr`: what a pull request is for, and whether it should carry the label of approved work (P-28).

use std::{
    fmt::Write as _,
    io::{self, Write},
    str::FromStr,
};

use app::query::At;
use domain::{LabelVerdict, Outcome, PullKind};

use super::{Failure, with_database};
use crate::{
    clock::Clock,
    database::DatabaseConfig,
    store::github::item,
    verdicts::{Holding, Moment, Verdicts},
};

/// Explain a pull request: its proposal and release and why, and whether it should carry the label of approved work,
/// condition by condition. Exit code 1 when no proposal has it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The pull request, e.g. kubevirt/kubevirt#12345.
    #[arg(value_name = "OWNER/REPO#N")]
    pull: PullName,

    /// As of when, e.g. 2026-10-08T12:00Z; a bare date means its end, Anywhere on Earth [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = at)]
    at: Option<At>,

    #[command(flatten)]
    database: DatabaseConfig,
}

/// A pull request as people write it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PullName {
    repository: String,
    number: u32,
}

impl FromStr for PullName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` does not name a pull request; write it as kubevirt/kubevirt#12345");
        let bare = text.trim().trim_start_matches("https://github.com/");
        let (repository, number) = bare.split_once('#').or_else(|| bare.split_once("/pull/")).ok_or_else(bad)?;
        let number = number.trim_end_matches('/').parse().ok().filter(|number| *number > 0).ok_or_else(bad)?;
        let whole = repository
            .split_once('/')
            .is_some_and(|(owner, name)| !owner.is_empty() && !name.is_empty() && !name.contains('/'));
        whole.then(|| Self { repository: repository.to_owned(), number }).ok_or_else(bad)
    }
}

fn at(text: &str) -> Result<At, String> {
    text.parse().map_err(|()| "write it as 2026-10-08 or 2026-10-08T12:00Z".to_owned())
}

/// Prints the explanation; the exit code.
pub async fn run(args: Args, clock: Clock) -> Result<u8, Failure> {
    let PullName { repository, number } = args.pull;
    let moment = match args.at.and_then(At::instant) {
        Some(instant) => Moment::At(instant),
        None => Moment::Now(clock.now()),
    };
    let (text, code) = with_database(&args.database, clock, async |context| {
        let world = Verdicts::new(context.pool.clone()).world().await.map_err(Failure::new)?;
        let holdings = world.holdings((&repository, number), moment);
        if let Some((first, rest)) = holdings.split_first() {
            return Ok((explanation(first, rest), 0));
        }
        let mut conn = context.pool.acquire().await.map_err(Failure::new)?;
        let read = item::find(&mut conn, &repository, number).await.map_err(Failure::new)?;
        Ok(match read.filter(|kept| kept.item.is_pull) {
            Some(kept) => (format!("{repository}#{number}: {}\nNo proposal claims it.\n", kept.item.title), 1),
            None => (format!("{repository}#{number} was not read, so no proposal can have it.\n"), 1),
        })
    })
    .await?;
    write!(io::stdout().lock(), "{text}")?;
    Ok(code)
}

/// What is known of a pull request, as text.
fn explanation(first: &Holding<'_>, rest: &[Holding<'_>]) -> String {
    let (pull, record) = (first.pull(), first.record);
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}#{}: {}", pull.repository, pull.number, pull.title);
    let name = format!("{} {}: {}", record.source.noun, record.history.number, record.title);
    let tracked = if first.judged.listed { "tracked" } else { "not tracked" };
    let _ = writeln!(out, "  proposal  {name}");
    let _ = writeln!(out, "  kind      {}", pull.kind.words());
    let _ = writeln!(out, "  release   {}, {tracked}", pull.release);
    let _ = writeln!(out, "  why       {}", first.why());
    for other in rest.iter().filter(|other| other.pull().kind != PullKind::Unrelated) {
        let name = format!("{} {}", other.record.source.noun, other.record.history.number);
        let _ = writeln!(out, "  conflict  {name} claims it too. {}", other.why());
    }
    match &first.judged.label {
        Some(label) => label_text(&mut out, label),
        None => _ = writeln!(out, "\nThe source {} has no label of approved work.", record.source.id),
    }
    out
}

fn label_text(out: &mut String, label: &LabelVerdict) {
    let carries = if label.carries { "It does carry it." } else { "It does not carry it." };
    let _ = writeln!(out, "\n{} {carries}", label.words());
    for condition in &label.conditions {
        let word = match condition.outcome {
            Outcome::Pass => "yes    ",
            Outcome::Fail => "no     ",
            Outcome::Unknown => "unknown",
        };
        let _ = writeln!(out, "  {word}  {}", condition.text);
    }
    if let Some(until) = label.until.filter(|until| *until < domain::words::UNKNOWN_END) {
        let _ = writeln!(out, "As things stand until {}.", app::words::utc(until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pull_request_is_named_as_people_write_it() {
        let name = PullName { repository: "kubevirt/kubevirt".to_owned(), number: 12345 };
        for text in ["kubevirt/kubevirt#12345", "https://github.com/kubevirt/kubevirt/pull/12345"] {
            assert_eq!(text.parse(), Ok(name.clone()), "{text}");
        }
        for text in ["kubevirt#1", "kubevirt/kubevirt", "a/b/c#1", "kubevirt/kubevirt#0", "/x#1"] {
            assert!(text.parse::<PullName>().is_err(), "{text}");
        }
    }
}
