//! What happened to a participation since it was last spoken about (P-22): pull requests, their reviews and labels, the
//! tracking issue, the document, landings, bugs, decisions.
//!
//! Left out on purpose: comments by people, which are no events of the log, and moved dates, which are the release's.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ClockRules, Event, Known, Pull, PullKind, PullState, Recorded, ReleaseVersion, Source, Votes, requirement::pull_url,
};

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Change {
    /// When.
    pub at: DateTime<Utc>,
    /// What, as a clause: "#5118 was merged".
    pub text: String,
    /// Where to see it.
    pub link: Option<String>,
}

/// What the tracking issue said last.
struct Issue<'a> {
    open: bool,
    labels: &'a [String],
}

/// Everything seen so far, to tell what is new.
#[derive(Default)]
struct Before<'a> {
    pulls: HashMap<(&'a str, u32), &'a Pull>,
    landed: HashMap<(&'a str, u32, &'a str), bool>,
    bugs: HashMap<(&'a str, u32), bool>,
    issue: Option<Issue<'a>>,
    documents: HashMap<&'a str, &'a str>,
}

/// What changed after `since` and by `until`, oldest first. What is not known to have happened then is left out.
pub fn changes(
    (source, number): (&Source, u32),
    known: &Known<'_>,
    release: ReleaseVersion,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
) -> Vec<Change> {
    let mut before = Before::default();
    let mut found = Vec::new();
    for recorded in &known.events {
        let Some((text, link)) = before.learn(recorded, release) else { continue };
        let Some(at) = recorded.occurred_at.filter(|at| since < *at && *at <= until) else { continue };
        found.push(Change { at, text, link: link.or_else(|| Some(source.issue_url(number))) });
    }
    found
}

impl<'a> Before<'a> {
    /// Takes an event in and tells what it changed, with the place to look at; nothing where that is nothing.
    fn learn(&mut self, recorded: &'a Recorded, release: ReleaseVersion) -> Option<(String, Option<String>)> {
        match &recorded.event {
            Event::PullObserved(pull) => {
                let earlier = self.pulls.insert((&pull.repository, pull.number), pull);
                let ours =
                    (pull.release == release || pull.kind == PullKind::Proposal) && pull.kind != PullKind::Unrelated;
                let news = news_of(pull, earlier);
                let link = pull_url(&pull.repository, pull.number);
                (ours && !news.is_empty()).then(|| (format!("#{} {}", pull.number, news.join(", ")), Some(link)))
            }
            Event::LandingObserved { repository, number, branch, contained } => {
                let earlier = self.landed.insert((repository, *number, branch), *contained).unwrap_or(false);
                let link = Some(pull_url(repository, *number));
                (*contained && !earlier).then(|| (format!("#{number} came into {branch}"), link))
            }
            Event::BugObserved { repository, number, title, open, .. } => {
                let earlier = self.bugs.insert((repository, *number), *open);
                let word = if *open { "was opened" } else { "was closed" };
                let link = Some(format!("https://github.com/{repository}/issues/{number}"));
                (earlier != Some(*open)).then(|| (format!("Bug #{number} {title} {word}"), link))
            }
            Event::IssueObserved { open, labels, .. } => {
                let earlier = self.issue.replace(Issue { open: *open, labels });
                let news = earlier.map(|earlier| news_of_issue(&earlier, *open, labels)).unwrap_or_default();
                (!news.is_empty()).then(|| (format!("Tracking issue {}", news.join(", ")), None))
            }
            Event::DocumentRead { path, blob } => {
                let word = if self.documents.insert(path, blob).is_some() { "changed" } else { "was merged" };
                Some((format!("The document {word}"), None))
            }
            // Who spoke is told by the check-ins themselves; what was undone is as if it had never been.
            Event::CheckedIn { .. } | Event::CheckInAnswered { .. } | Event::Declined { .. } | Event::Undone { .. } => {
                None
            }
            event if event.is_decision() => {
                let about = event.release().is_none_or(|of| of == release);
                about.then(|| (format!("{} by @{}", event.tell().trim_end_matches('.'), recorded.person()), None))
            }
            _ => None,
        }
        .map(|(text, link)| (text, link.or_else(|| recorded.link.clone())))
    }
}

fn news_of(pull: &Pull, earlier: Option<&Pull>) -> Vec<String> {
    let mut news: Vec<String> = Vec::new();
    let mut say = |words: &str| news.push(words.to_owned());
    match (earlier.map(|earlier| earlier.state), pull.state) {
        (None, PullState::Open) => say("was opened"),
        (Some(PullState::Open) | None, PullState::Merged) => say("was merged"),
        (Some(PullState::Open), PullState::Closed) => say("was closed without a merge"),
        (Some(PullState::Closed), PullState::Open) => say("was opened again"),
        _ => {}
    }
    let Some(earlier) = earlier.filter(|_| pull.state == PullState::Open) else { return news };
    if earlier.draft != pull.draft {
        say(if pull.draft { "became a draft" } else { "is ready for review" });
    }
    let rules = ClockRules::default();
    let votes = |pull: &Pull| Votes::of(pull.labels.iter().map(String::as_str), &rules);
    let (then, now) = (votes(earlier), votes(pull));
    let marks =
        [(then.lgtm, now.lgtm, "lgtm"), (then.approved, now.approved, "approved"), (then.held, now.held, "hold")];
    for (_, now, label) in marks.into_iter().filter(|(then, now, _)| then != now) {
        say(&format!("{} {label}", if now { "got" } else { "lost" }));
    }
    if earlier.waiting_on_review != pull.waiting_on_review && earlier.state == PullState::Open {
        say(if pull.waiting_on_review { "is back with its reviewers" } else { "was reviewed" });
    }
    news
}

fn news_of_issue(earlier: &Issue<'_>, open: bool, labels: &[String]) -> Vec<String> {
    let mut news = Vec::new();
    if earlier.open != open {
        news.push(if open { "was opened again".to_owned() } else { "was closed".to_owned() });
    }
    let without = |all: &[String], other: &[String]| {
        let only: Vec<_> =
            all.iter().filter(|label| !other.contains(label)).map(|label| format!("`{label}`")).collect();
        only.join(", ")
    };
    for (word, labels) in [("got", without(labels, earlier.labels)), ("lost", without(earlier.labels, labels))] {
        if !labels.is_empty() {
            news.push(format!("{word} {labels}"));
        }
    }
    news
}
