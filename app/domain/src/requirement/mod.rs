//! The requirements of the two freezes, each with its result, evidence and who can act (P-8 to P-10).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Event, Freeze, Outcome, Reading, Recorded, ReleaseDates, ReleaseVersion, Source,
    history::{Known, Participation, Unread},
};

mod code;
mod enhancement;

pub(crate) use code::implementation_pulls;
pub(crate) use enhancement::is_within;
pub use enhancement::missing_sign_offs;

/// A requirement of a freeze.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// EF a: the tracking issue links the document's directory.
    Issue,
    /// EF b: SIG label and target label.
    Labels,
    /// EF c: the document is merged.
    Document,
    /// EF d: the target is stated and accepted.
    Target,
    /// EF e: graduation criteria.
    Graduation,
    /// EF f: reviewer and approver by name.
    Reviewers,
    /// EF g: the owner has committed.
    Commitment,
    /// EF h: the other SIGs' sign-off.
    SignOff,
    /// CF a: implementation is merged.
    Implementation,
    /// CF b: documentation.
    Docs,
    /// CF c: no blocking bug.
    Bugs,
}

impl Rule {
    /// Requirements of a freeze, in their order.
    pub const fn of(freeze: Freeze) -> &'static [Self] {
        match freeze {
            Freeze::Enhancement => &[
                Self::Issue,
                Self::Labels,
                Self::Document,
                Self::Target,
                Self::Graduation,
                Self::Reviewers,
                Self::Commitment,
                Self::SignOff,
            ],
            Freeze::Code => &[Self::Implementation, Self::Docs, Self::Bugs],
        }
    }

    /// The freeze that it is a requirement of.
    pub const fn freeze(self) -> Freeze {
        match self {
            Self::Implementation | Self::Docs | Self::Bugs => Freeze::Code,
            _ => Freeze::Enhancement,
        }
    }

    /// Where the process states it.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Issue => "P-9 (a)",
            Self::Labels => "P-9 (b)",
            Self::Document => "P-9 (c)",
            Self::Target => "P-9 (d)",
            Self::Graduation => "P-9 (e)",
            Self::Reviewers => "P-9 (f)",
            Self::Commitment => "P-9 (g)",
            Self::SignOff => "P-9 (h)",
            Self::Implementation => "P-10 (a)",
            Self::Docs => "P-10 (b)",
            Self::Bugs => "P-10 (c)",
        }
    }

    /// What is required, as a short title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Issue => "Tracking issue links the document's directory",
            Self::Labels => "Labels are set",
            Self::Document => "Document is merged",
            Self::Target => "Target is stated and accepted",
            Self::Graduation => "Graduation criteria are filled in",
            Self::Reviewers => "Reviewer and approver are named",
            Self::Commitment => "Owner has committed",
            Self::SignOff => "Other SIGs have signed off",
            Self::Implementation => "Implementation is merged",
            Self::Docs => "Documentation is merged or under way",
            Self::Bugs => "No blocking bug is open",
        }
    }

    /// What to do about it when it fails, as people say it.
    pub const fn task(self) -> &'static str {
        match self {
            Self::Issue => "Link the document's directory in the tracking issue",
            Self::Labels => "Set the labels",
            Self::Document => "Merge the document",
            Self::Target => "State the target and get it accepted",
            Self::Graduation => "Fill in the graduation criteria",
            Self::Reviewers => "Name reviewer and approver",
            Self::Commitment => "Commit to the release",
            Self::SignOff => "Sign it off",
            Self::Implementation => "Merge the implementation",
            Self::Docs => "Open a documentation PR, or sign that none is needed",
            Self::Bugs => "Close what blocks",
        }
    }

    /// What it is about, for what cannot be told.
    pub const fn subject(self) -> &'static str {
        match self {
            Self::Issue => "Tracking issue",
            Self::Labels => "Labels",
            Self::Document => "Document",
            Self::Target => "Target",
            Self::Graduation => "Graduation criteria",
            Self::Reviewers => "Reviewers and approvers",
            Self::Commitment => "Commitment",
            Self::SignOff => "Sign-off of other SIGs",
            Self::Implementation => "Implementation",
            Self::Docs => "Documentation",
            Self::Bugs => "Linked bugs",
        }
    }
}

/// Who can act.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "who", content = "name", rename_all = "kebab-case")]
pub enum Who {
    /// The owner of the proposal.
    Owner,
    /// Named reviewers.
    Reviewers(Vec<String>),
    /// A SIG.
    Sig(String),
    /// The release team.
    ReleaseTeam,
    /// Who asked for an exception.
    Requester,
    /// Nobody has to act: the tracker must read first.
    Nobody,
}

/// What a result rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// What was seen, as a sentence.
    pub text: String,
    /// Where.
    pub link: Option<String>,
    /// When it was so.
    pub observed: Option<DateTime<Utc>>,
}

/// One requirement with its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Requirement {
    /// Which.
    pub rule: Rule,
    /// Pass, fail or unknown; a waived one passes.
    pub outcome: Outcome,
    /// Who waived it and why, if somebody did.
    pub waived: Option<String>,
    /// What is open, in few words ("2 PRs"); empty on a pass.
    pub open: String,
    /// What the result rests on.
    pub evidence: Vec<Evidence>,
    /// Who can act; nobody on a pass.
    pub who: Who,
}

impl Requirement {
    /// What is left to do, with what is open; for what cannot be told, that it is not verified.
    pub fn to_do(&self) -> String {
        match self.outcome {
            Outcome::Unknown => format!("{}: not verified, {}", self.rule.subject(), self.open),
            Outcome::Pass | Outcome::Fail => format!("{}: {}", self.rule.task(), self.open),
        }
    }
}

/// All that requirements are judged by.
pub(crate) struct Case<'a, 'k> {
    pub source: &'a Source,
    pub number: u32,
    pub sig: &'a str,
    pub release: ReleaseVersion,
    pub dates: &'a ReleaseDates,
    /// As of the instant of judgement.
    pub known: &'k Known<'a>,
    /// As of the instant of judgement.
    pub participation: &'k Participation<'a>,
    /// As of now: signed statements and waivers count whenever they were given (P-11).
    pub today: &'k Known<'a>,
    pub now: DateTime<Utc>,
    /// The instant of judgement.
    pub judged_at: DateTime<Utc>,
}

/// Outcome, what is open, evidence and who can act, before waivers.
struct Finding {
    /// Whether it is somebody's word rather than what GitHub shows.
    signed: bool,
    outcome: Outcome,
    open: String,
    evidence: Vec<Evidence>,
    who: Who,
}

impl Finding {
    fn pass(text: impl Into<String>) -> Self {
        Self {
            signed: false,
            outcome: Outcome::Pass,
            open: String::new(),
            evidence: vec![seen(text)],
            who: Who::Nobody,
        }
    }

    fn fail(open: impl Into<String>, text: impl Into<String>, who: Who) -> Self {
        Self { signed: false, outcome: Outcome::Fail, open: open.into(), evidence: vec![seen(text)], who }
    }

    fn unknown(open: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            signed: false,
            outcome: Outcome::Unknown,
            open: open.into(),
            evidence: vec![seen(text)],
            who: Who::Nobody,
        }
    }

    fn at(self, link: String, observed: Option<DateTime<Utc>>) -> Self {
        self.seen_at(Some(link), observed)
    }

    fn seen_at(mut self, link: Option<String>, observed: Option<DateTime<Utc>>) -> Self {
        if let Some(first) = self.evidence.first_mut() {
            first.link = link;
            first.observed = observed;
        }
        self
    }

    /// Who can act, where an unknown is not for the tracker to clear up.
    fn by(self, who: Who) -> Self {
        Self { who, ..self }
    }

    fn signed(recorded: &Recorded, reason: &str) -> Self {
        let pass = Self::pass(format!("Signed by @{}: {reason}", recorded.person()));
        Self { signed: true, ..pass.seen_at(recorded.link.clone(), recorded.occurred_at) }
    }
}

/// What cannot be read is unknown, never a fail (P-8).
fn unread_finding(unread: &Unread<'_>) -> Finding {
    let what = if unread.is_link() { unread.repository } else { unread.what.words() };
    let open = format!("{what} not read");
    Finding::unknown(open, unread.sentence()).seen_at(None, Some(unread.since))
}

fn seen(text: impl Into<String>) -> Evidence {
    Evidence { text: text.into(), link: None, observed: None }
}

impl Case<'_, '_> {
    /// Every requirement of a freeze that applies to the source.
    pub(crate) fn requirements(&self, freeze: Freeze) -> Vec<Requirement> {
        Rule::of(freeze)
            .iter()
            .filter(|rule| **rule != Rule::SignOff || !self.source.sign_off.is_empty())
            .map(|rule| self.waived(*rule, self.find(*rule)))
            .collect()
    }

    /// A waiver counts as a pass, whenever it was given (P-8, P-11); what passes by itself needs none.
    fn waived(&self, rule: Rule, finding: Finding) -> Requirement {
        let Finding { outcome, open, mut evidence, who, .. } = finding;
        let waiver = self.today.events.iter().rev().find_map(|recorded| match &recorded.event {
            Event::Waived { release, rule: which, reason } if *release == self.release && *which == rule => {
                Some((recorded, reason))
            }
            _ => None,
        });
        match waiver {
            Some((recorded, reason)) if outcome != Outcome::Pass => {
                let text = format!("Waived by @{}: {reason}", recorded.person());
                let link = recorded.link.clone();
                evidence.insert(0, Evidence { text: text.clone(), link, observed: recorded.occurred_at });
                let (outcome, open, who) = (Outcome::Pass, String::new(), Who::Nobody);
                Requirement { rule, outcome, waived: Some(text), open, evidence, who }
            }
            _ => Requirement { rule, outcome, waived: None, open, evidence, who },
        }
    }

    fn find(&self, rule: Rule) -> Finding {
        let finding = self.seen(rule);
        // People's statements do not rest on what GitHub shows.
        let unread = self.unread(rule).filter(|_| !finding.signed);
        unread.map_or(finding, |unread| unread_finding(&unread))
    }

    /// What a requirement rests on and could not be read by the instant of judgement, and has not been read since.
    fn unread(&self, rule: Rule) -> Option<Unread<'_>> {
        let own = Some(self.source.repository.as_str());
        let (what, repository) = match rule {
            Rule::Issue | Rule::Labels => (Reading::Issues, own),
            // A document that was read stands as it was read.
            Rule::Document | Rule::Graduation if self.known.document.is_none() => (Reading::Documents, own),
            Rule::Implementation | Rule::Docs => (Reading::Pulls, None),
            Rule::Bugs => (Reading::Issues, None),
            _ => return None,
        };
        self.today.unread_by(self.judged_at, what, repository)
    }

    fn seen(&self, rule: Rule) -> Finding {
        match rule {
            Rule::Issue => self.issue(),
            Rule::Labels => self.labels(),
            Rule::Document => self.document(),
            Rule::Target => self.target(),
            Rule::Graduation => self.graduation(),
            Rule::Reviewers => self.reviewers(),
            Rule::Commitment => self.commitment(),
            Rule::SignOff => self.sign_off(),
            Rule::Implementation => self.implementation(),
            Rule::Docs => self.docs(),
            Rule::Bugs => self.bugs(),
        }
    }

    /// A statement on this release, whenever it was signed (P-11).
    fn statement(&self, matching: impl Fn(&Event) -> Option<&String>) -> Option<Finding> {
        let mut events = self.today.events.iter().rev();
        events.find_map(|recorded| matching(&recorded.event).map(|reason| Finding::signed(recorded, reason)))
    }
}

/// The sum of requirements: a fail is a fail, else an unknown is unknown (P-8).
pub fn sum(requirements: &[Requirement]) -> Outcome {
    sum_of(requirements.iter().map(|requirement| requirement.outcome))
}

/// The sum of outcomes, in the same way.
pub(crate) fn sum_of(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    outcomes.fold(Outcome::Pass, |sum, outcome| match (sum, outcome) {
        (Outcome::Fail, _) | (_, Outcome::Fail) => Outcome::Fail,
        (Outcome::Unknown, _) | (_, Outcome::Unknown) => Outcome::Unknown,
        (Outcome::Pass, Outcome::Pass) => Outcome::Pass,
    })
}

/// "1 PR", "2 PRs".
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn handles(logins: &[&str]) -> String {
    logins.iter().map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ")
}

pub(crate) fn pull_url(repository: &str, number: u32) -> String {
    format!("https://github.com/{repository}/pull/{number}")
}
