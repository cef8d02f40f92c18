//! The post-freeze checklist of a tracked participation (P-14): answered by evidence where GitHub can answer, signed by
//! a named person.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Event, Evidence, Freeze, Known, Outcome, Pull, PullKind, PullState, Reading, Request, Verdict,
    belonging::{not_linked, unlinked},
    requirement::{implementation_pulls, pull_url},
    verdict::landing_of,
};

/// A line of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = ChecklistLine))]
pub struct Line {
    /// Its key, as events name it.
    pub key: String,
    /// What is asked.
    pub text: String,
    /// What evidence says; unknown where only a person can tell and nobody signed.
    pub outcome: Outcome,
    /// What that rests on.
    pub evidence: Vec<Evidence>,
    /// Who signed it last.
    pub signed: Option<Signature>,
    /// Why it cannot be signed yet.
    pub locked: Option<String>,
}

/// A signature under a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Signature {
    /// Login of the person whose word it is.
    pub by: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// What they stated.
    pub statement: String,
    /// Place in the log.
    pub event: i64,
}

impl Line {
    /// Whether the line is done: signed, open for that still, and contradicted by no evidence.
    pub fn done(&self) -> bool {
        self.signed.is_some() && self.locked.is_none() && self.outcome != Outcome::Fail
    }
}

/// Keys of the five lines that every checklist has.
pub const LINES: [&str; 5] = ["landed", "docs", "verified", "bugs", "tracked"];

/// The lines: the five of the process, then those that the SIG added for the release as (key, text).
pub fn checklist(known: &Known<'_>, verdict: &Verdict, extra: &[(String, String)]) -> Vec<Line> {
    let [landed, docs, verified, bugs, tracked] = LINES;
    let first = line(landed, "All PRs are merged into the release branch", landing(known, verdict));
    let second = line(docs, "The docs PR is merged", documentation(known, verdict));
    // Running, or kept: one that ran out excuses nothing.
    let excepted =
        verdict.judgements.iter().any(|j| matches!(j.request, Request::Granted(_)) || j.done_in_time.is_some());
    let both = first.outcome == Outcome::Pass && second.outcome == Outcome::Pass;
    let mut third = line(
        verified,
        "It is verified as implemented and needs no update or exception",
        (Outcome::Unknown, Vec::new()),
    );
    if !both && !excepted {
        third.locked = Some("lines 1 and 2 have to pass first, or an exception has to be granted".to_owned());
    }
    let mut lines = vec![
        first,
        second,
        third,
        line(bugs, "Bugs are tracked", known_bugs(known, verdict)),
        line(tracked, "The tracking issue tracks the required PRs and issues", tracking(known, verdict)),
    ];
    lines.extend(extra.iter().map(|(key, text)| line(key, text, (Outcome::Unknown, Vec::new()))));
    for line in &mut lines {
        line.signed = signature(known, verdict, &line.key);
        if line.outcome == Outcome::Unknown && line.signed.is_some() {
            line.outcome = Outcome::Pass;
        }
    }
    lines
}

fn line(key: &str, text: &str, (outcome, evidence): (Outcome, Vec<Evidence>)) -> Line {
    Line { key: key.to_owned(), text: text.to_owned(), outcome, evidence, signed: None, locked: None }
}

fn evidence(text: String) -> Evidence {
    Evidence { text, link: None, observed: None }
}

/// What could not be read answers nothing (P-8).
fn unread(known: &Known<'_>, verdict: &Verdict, what: Reading) -> Option<(Outcome, Vec<Evidence>)> {
    let unread = known.unread_by(verdict.now, what, None)?;
    let told = Evidence { text: unread.sentence(), link: None, observed: Some(unread.since) };
    Some((Outcome::Unknown, vec![told]))
}

fn landing(known: &Known<'_>, verdict: &Verdict) -> (Outcome, Vec<Evidence>) {
    let unread = || [Reading::Pulls, Reading::Branches].into_iter().find_map(|what| unread(known, verdict, what));
    let seen = landing_seen(known, verdict);
    if seen.0 == Outcome::Pass { seen } else { unread().unwrap_or(seen) }
}

fn landing_seen(known: &Known<'_>, verdict: &Verdict) -> (Outcome, Vec<Evidence>) {
    let (outcome, share) = verdict.facts.landed;
    let branch = verdict.facts.branch.as_deref().unwrap_or("the release branch");
    let told = share.map(|share| evidence(format!("{} of {} merged PRs are in {branch}.", share.done, share.all)));
    let open = verdict.facts.merged.filter(|merged| merged.done < merged.all);
    let open = open.map(|merged| evidence(format!("{} of {} PRs are merged.", merged.done, merged.all)));
    let outcome = if open.is_some() { Outcome::Fail } else { outcome };
    (outcome, open.into_iter().chain(told).chain(not_landed(known, verdict)).collect())
}

/// Exactly those that are missing from the release (R002-31).
fn not_landed<'k>(known: &'k Known<'_>, verdict: &'k Verdict) -> impl Iterator<Item = Evidence> + 'k {
    let absent_from = |pull: &Pull| {
        let landing = landing_of(known, pull, verdict.release);
        landing.filter(|landing| !landing.contained).map(|landing| landing.branch)
    };
    implementation_pulls(known, verdict.release).filter_map(move |pull| {
        let name = format!("#{} {}", pull.number, pull.title);
        let text = match (pull.state, absent_from(pull)) {
            (PullState::Open, _) => format!("{name} is open."),
            (_, Some(branch)) => format!("{name} is not in {branch}."),
            _ => return None,
        };
        Some(Evidence { text, link: Some(pull_url(&pull.repository, pull.number)), observed: None })
    })
}

/// A merged one is asked for here; a placeholder was enough for the freeze (P-10 b).
fn documentation(known: &Known<'_>, verdict: &Verdict) -> (Outcome, Vec<Evidence>) {
    let pull = known
        .pulls
        .iter()
        .filter(|pull| pull.release == verdict.release && pull.kind == PullKind::Docs)
        .find(|pull| pull.state != PullState::Closed);
    if let Some(pull) = pull {
        let merged = pull.state == PullState::Merged;
        let words = if merged { "is merged" } else { "is open" };
        let link = Some(format!("https://github.com/{}/pull/{}", pull.repository, pull.number));
        let text = format!("#{} {} {words}.", pull.number, pull.title);
        let seen = vec![Evidence { text, link, observed: None }];
        let open = || unread(known, verdict, Reading::Pulls).unwrap_or((Outcome::Fail, Vec::new()));
        let (outcome, told) = if merged { (Outcome::Pass, Vec::new()) } else { open() };
        return (outcome, told.into_iter().chain(seen).collect());
    }
    let signed = known.events.iter().rev().find_map(|recorded| match &recorded.event {
        Event::NoDocsNeeded { release, reason } if *release == verdict.release => Some(Evidence {
            text: format!("@{} signed that no docs are needed: {reason}", recorded.person()),
            link: recorded.link.clone(),
            observed: recorded.occurred_at,
        }),
        _ => None,
    });
    signed.map_or_else(|| (Outcome::Unknown, Vec::new()), |signed| (Outcome::Pass, vec![signed]))
}

/// The issue links every pull request that belongs to the proposal: zero missing passes (R002-35). Where nobody had to
/// find out why one belongs, that it is not linked tells nothing.
fn tracking(known: &Known<'_>, verdict: &Verdict) -> (Outcome, Vec<Evidence>) {
    let unread = [Reading::Issues, Reading::Pulls].into_iter().find_map(|what| unread(known, verdict, what));
    if let Some(unread) = unread {
        return unread;
    }
    if known.issue.is_none() || known.repositories_read.is_none() {
        return (Outcome::Unknown, Vec::new());
    }
    let missing = unlinked(known).into_iter().filter(|pull| pull.release == verdict.release);
    let told: Vec<_> = missing
        .map(|pull| Evidence {
            text: format!("#{} {} is missing from the tracking issue.", pull.number, pull.title),
            link: Some(pull_url(&pull.repository, pull.number)),
            observed: None,
        })
        .collect();
    if told.is_empty() {
        if not_linked(known).any(|pull| pull.release == verdict.release) {
            return (Outcome::Unknown, Vec::new());
        }
        let text = "The tracking issue links every PR that belongs to the proposal.".to_owned();
        return (Outcome::Pass, vec![Evidence { text, link: None, observed: known.repositories_read }]);
    }
    (Outcome::Fail, told)
}

/// Only a person can tell that all are known, so what is open answers nothing.
fn known_bugs(known: &Known<'_>, verdict: &Verdict) -> (Outcome, Vec<Evidence>) {
    let open = known.bugs.iter().filter(|bug| bug.open);
    let told = open.map(|bug| Evidence {
        text: format!("#{} {} is open.", bug.number, bug.title),
        link: Some(format!("https://github.com/{}/issues/{}", bug.repository, bug.number)),
        observed: None,
    });
    let unread = unread(known, verdict, Reading::Issues).map(|(_, told)| told);
    (Outcome::Unknown, unread.into_iter().flatten().chain(told).collect())
}

fn signature(known: &Known<'_>, verdict: &Verdict, key: &str) -> Option<Signature> {
    known.events.iter().rev().find_map(|recorded| match &recorded.event {
        Event::ChecklistSigned { release, line, statement } if *release == verdict.release && line == key => {
            Some(Signature {
                by: recorded.person().to_owned(),
                at: recorded.occurred_at,
                statement: statement.clone(),
                event: recorded.id,
            })
        }
        _ => None,
    })
}

/// Whether the checklist is due: the Code Freeze has passed and the participation is tracked.
pub fn due(verdict: &Verdict) -> bool {
    verdict.tracked && verdict.judgement(Freeze::Code).timing == crate::Timing::Passed
}
