//! What goes out on freeze day: the comment on each tracking issue, and the announcement in three groups (P-26).

use super::{About, moment_in};
use crate::{Freeze, Group, Judgement, Outcome, Status, Verdict};

/// A proposal in the announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// "CEP 4702".
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its group at the freeze.
    pub group: Group,
    /// Its status at the freeze, in words.
    pub words: String,
    /// Its status now, where decisions or evidence changed it since.
    pub since: Option<String>,
}

/// The three groups of a freeze with their headings, as they stand in the announcement.
pub fn groups_text(freeze: Freeze, announced: &[Announced]) -> String {
    let group = |group: Group| {
        let of_group: Vec<_> = announced.iter().filter(|one| one.group == group).collect();
        let lines: Vec<_> = of_group.iter().map(|one| line(one, group)).collect();
        let text = if lines.is_empty() { "None.".to_owned() } else { lines.join("\n") };
        let head = format!("{} ({})", group.words(freeze), of_group.len());
        format!("{head}\n{}\n{text}", "-".repeat(head.chars().count()))
    };
    Group::ALL.map(group).join("\n\n")
}

/// What met the freeze needs no words about it.
fn line(one: &Announced, group: Group) -> String {
    let title = one.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if group == Group::Met { String::new() } else { format!(". {}", one.words) };
    let since = one.since.as_ref().map(|since| format!("; since then: {since}")).unwrap_or_default();
    format!("- {}: {title}{words}{since}", one.name)
}

/// The comment on a proposal's tracking issue, in Markdown: the verdict of a freeze with what is open, and what is next.
pub fn freeze_comment(about: &About<'_>, verdict: &Verdict, freeze: Freeze) -> String {
    let judgement = verdict.judgement(freeze);
    let (name, release) = (freeze.name(), about.release);
    // Of what met it or left since, the status of now speaks of something else.
    let about_it = verdict.status.freeze() == Some(freeze);
    let ended = matches!(verdict.status, Status::Departed { .. } | Status::Ended { .. });
    let words = if Group::of(verdict, freeze) == Group::Met && !about_it && !ended { "met" } else { &verdict.words };
    let head = format!("**{name} of {release}: {words}**");
    let judged = format!("Judged at {}.", moment_in(judgement.judged_at, about.dates.zone));
    let (id, number, base) = (&about.source.id, about.number, about.base());
    let state = format!("[The proposal with its evidence]({base}/{id}/{number}?release={release})");
    let ask = (about_it && matches!(verdict.status, Status::ExceptionRequired { .. })).then(|| {
        let kind = freeze.slug();
        format!(
            " · [Ask for an exception]({base}/exceptions/new?proposal={id}/{number}&freeze={kind}&release={release})"
        )
    });
    let links = format!("{state}{}", ask.unwrap_or_default());
    let next = if about_it || ended { next(verdict, about) } else { String::new() };
    let paragraphs = [head, judged, open(judgement), next, links];
    format!("{}\n", paragraphs.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n"))
}

fn open(judgement: &Judgement) -> String {
    let lines = judgement.requirements.iter().filter_map(|requirement| {
        let title = requirement.rule.title();
        let why = requirement.evidence.first().map(|evidence| evidence.text.as_str()).unwrap_or_default();
        match (&requirement.waived, requirement.outcome) {
            (Some(waived), _) => Some(format!("- {title}: {waived}")),
            (None, Outcome::Pass) => None,
            (None, Outcome::Fail) => Some(format!("- Open: {title} ({}). {why}", requirement.open)),
            (None, Outcome::Unknown) => Some(format!("- Not verified: {title} ({}). {why}", requirement.open)),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn next(verdict: &Verdict, about: &About<'_>) -> String {
    match verdict.status {
        Status::ExceptionRequired { .. } => {
            "It needs an exception to stay in the release; without one the release team removes it.".to_owned()
        }
        Status::ExceptionDenied { .. } => "Its exception was denied; retarget it to a later release.".to_owned(),
        Status::ExceptionPending { .. } => "An exception was asked for; the release team decides on it.".to_owned(),
        Status::ExceptionUntil { until, .. } => {
            format!("What is open has to be done by {}.", moment_in(until, about.dates.zone))
        }
        Status::NotVerifiedDue { .. } => {
            "What could not be checked has to be shown: link what was merged, or sign that there is nothing to merge."
                .to_owned()
        }
        Status::Departed { .. } | Status::Ended { .. } => "It is no part of this release any more.".to_owned(),
        _ => String::new(),
    }
}
