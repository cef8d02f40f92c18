//! The requirements of the two freezes, each with its result, evidence and who can act (P-8 to P-10).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Event, Freeze, Outcome, PullKind, PullState, ReleaseDates, ReleaseVersion, SectionState, Source,
    history::{Known, Participation},
};

/// A requirement of a freeze.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
}

/// Who can act.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// Nobody has to act: the tracker must read first.
    Nobody,
}

/// What a result rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// Outcome, what is open, evidence and who can act, before waivers.
struct Finding {
    outcome: Outcome,
    open: String,
    evidence: Vec<Evidence>,
    who: Who,
}

impl Finding {
    fn pass(text: impl Into<String>) -> Self {
        Self { outcome: Outcome::Pass, open: String::new(), evidence: vec![seen(text)], who: Who::Nobody }
    }

    fn fail(open: impl Into<String>, text: impl Into<String>, who: Who) -> Self {
        Self { outcome: Outcome::Fail, open: open.into(), evidence: vec![seen(text)], who }
    }

    fn unknown(open: impl Into<String>, text: impl Into<String>) -> Self {
        Self { outcome: Outcome::Unknown, open: open.into(), evidence: vec![seen(text)], who: Who::Nobody }
    }

    fn at(mut self, link: String, observed: Option<DateTime<Utc>>) -> Self {
        if let Some(first) = self.evidence.first_mut() {
            first.link = Some(link);
            first.observed = observed;
        }
        self
    }
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

    fn waived(&self, rule: Rule, finding: Finding) -> Requirement {
        let waiver = self.today.events.iter().rev().find_map(|recorded| match &recorded.event {
            Event::Waived { release, rule: waived, reason } if *release == self.release && *waived == rule => {
                Some((recorded, reason))
            }
            _ => None,
        });
        let Finding { outcome, open, mut evidence, who } = finding;
        match waiver {
            Some((recorded, reason)) if outcome != Outcome::Pass => {
                let text = format!("Waived by @{}: {reason}", recorded.person());
                let waived = Some(text.clone());
                evidence.insert(0, Evidence { text, link: recorded.link.clone(), observed: recorded.occurred_at });
                Requirement { rule, outcome: Outcome::Pass, waived, open: String::new(), evidence, who: Who::Nobody }
            }
            _ => Requirement { rule, outcome, waived: None, open, evidence, who },
        }
    }

    fn find(&self, rule: Rule) -> Finding {
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

    fn issue(&self) -> Finding {
        let url = self.source.issue_url(self.number);
        let Some(issue) = self.known.issue else {
            return Finding::unknown("issue not read", format!("Issue #{} has not been read yet.", self.number))
                .at(url, None);
        };
        let directory = self.known.document.and_then(|d| d.path.rsplit_once('/')).map(|(directory, _)| directory);
        let finding = match (issue.linked_document, directory) {
            (None, _) => {
                Finding::fail("issue has no link", "The tracking issue links no document directory.", Who::Owner)
            }
            (Some(path), Some(directory)) if !path.starts_with(directory) => Finding::fail(
                "issue links another path",
                format!("The tracking issue links `{path}`, the document is in `{directory}`."),
                Who::Owner,
            ),
            (Some(path), _) => Finding::pass(format!("Issue #{} links `{path}`.", self.number)),
        };
        finding.at(url, issue.observed)
    }

    fn labels(&self) -> Finding {
        let url = self.source.issue_url(self.number);
        let Some(issue) = self.known.issue else {
            return Finding::unknown("labels not read", "The labels have not been read yet.").at(url, None);
        };
        let wanted = std::iter::once(Source::sig_label(self.sig)).chain(self.source.label_for(self.release));
        let missing: Vec<_> =
            wanted.filter(|label| !issue.labels.contains(label)).map(|label| format!("`{label}`")).collect();
        let finding = if missing.is_empty() {
            Finding::pass("The issue carries the labels it needs.")
        } else {
            let open = if missing.len() == 1 { "1 label".to_owned() } else { format!("{} labels", missing.len()) };
            Finding::fail(open, format!("The issue lacks {}.", missing.join(" and ")), Who::Owner)
        };
        finding.at(url, issue.observed)
    }

    fn document(&self) -> Finding {
        match self.known.document {
            Some(version) => Finding::pass(format!("`{}` is on main.", version.path))
                .at(self.source.file_url(&version.path), version.occurred_at),
            None => Finding::fail("document not merged", "No document of this proposal is on main.", Who::Owner),
        }
    }

    fn target(&self) -> Finding {
        let release = self.release;
        let stated = self.participation.targeted || self.participation.came_from.is_some();
        match (stated, self.participation.accepted) {
            (true, Some(_)) => Finding::pass(format!("{release} is stated and the owning SIG accepted it.")),
            (true, None) => Finding::fail(
                "not accepted",
                format!("{} has not accepted it for {release}.", self.sig),
                Who::Sig(self.sig.to_owned()),
            ),
            (false, _) => Finding::fail(
                "no target",
                format!("Neither document nor issue states {release} as a target."),
                Who::Owner,
            ),
        }
    }

    fn graduation(&self) -> Finding {
        let Some(version) = self.known.document else {
            return Finding::fail("no graduation criteria", "There is no document that could state them.", Who::Owner);
        };
        let section = version.reading.sections.iter().find(|section| section.name == "Graduation Requirements");
        let link = self.source.file_url(&version.path);
        let finding = match section.map(|section| section.state) {
            Some(SectionState::Filled) => Finding::pass("The section states criteria of its own."),
            Some(SectionState::Template) => {
                Finding::fail("no graduation criteria", "The section holds only what the template gives.", Who::Owner)
            }
            Some(SectionState::Missing) | None => {
                Finding::fail("no graduation criteria", "The document has no such section.", Who::Owner)
            }
        };
        finding.at(link, version.occurred_at)
    }

    fn reviewers(&self) -> Finding {
        let (reviewers, approvers) = (self.known.reviewers(), self.known.approvers());
        let sig = Who::Sig(self.sig.to_owned());
        match (reviewers.is_empty(), approvers.is_empty()) {
            (false, false) => {
                Finding::pass(format!("Reviewers {}; approvers {}.", handles(&reviewers), handles(&approvers)))
            }
            (true, true) => Finding::fail("no reviewer, no approver", "Nobody is named for either.", sig),
            (true, false) => Finding::fail("no reviewer", "No reviewer is named.", sig),
            (false, true) => Finding::fail("no approver", "No approver is named.", sig),
        }
    }

    fn commitment(&self) -> Finding {
        let owners = self.known.owners();
        match self.participation.committed {
            _ if owners.is_empty() => Finding::fail("no owner", "No owner is named.", Who::Sig(self.sig.to_owned())),
            Some((who, on)) => {
                Finding::pass(format!("@{who} committed to {} on {}.", self.release, on.format("%-d %b %Y")))
            }
            None => Finding::fail(
                "no commitment",
                format!("{} has not committed to {}.", handles(&owners), self.release),
                Who::Owner,
            ),
        }
    }

    fn sign_off(&self) -> Finding {
        let missing: Vec<&str> = self
            .source
            .sign_off
            .iter()
            .map(String::as_str)
            .filter(|sig| *sig != self.sig && !self.known.signed_off.contains(sig))
            .collect();
        if missing.is_empty() {
            return Finding::pass("Every SIG asked has signed off.");
        }
        let open = if missing.len() == 1 { "1 sign-off".to_owned() } else { format!("{} sign-offs", missing.len()) };
        let who = missing.first().map_or(Who::Nobody, |sig| Who::Sig((*sig).to_owned()));
        Finding::fail(open, format!("Not signed off by {}.", missing.join(", ")), who)
    }

    /// A statement of this release, whenever it was signed (P-11).
    fn statement(&self, matching: impl Fn(&Event) -> Option<&String>) -> Option<Finding> {
        self.today.events.iter().rev().find_map(|recorded| {
            let reason = matching(&recorded.event)?;
            let mut finding = Finding::pass(format!("Signed by @{}: {reason}", recorded.person()));
            if let Some(first) = finding.evidence.first_mut() {
                first.link.clone_from(&recorded.link);
                first.observed = recorded.occurred_at;
            }
            Some(finding)
        })
    }

    fn implementation(&self) -> Finding {
        let pulls: Vec<_> = self
            .known
            .pulls
            .iter()
            .filter(|pull| pull.release == self.release && pull.kind == PullKind::Implementation)
            .filter(|pull| pull.state != PullState::Closed)
            .collect();
        let open: Vec<_> = pulls.iter().filter(|pull| pull.state == PullState::Open).collect();
        if pulls.is_empty() {
            return self.no_implementation();
        }
        if open.is_empty() {
            return Finding::pass(format!("All {} implementation PRs are merged.", pulls.len()));
        }
        let evidence = open.iter().map(|pull| Evidence {
            text: self.pull_sentence(pull),
            link: Some(pull_url(&pull.repository, pull.number)),
            observed: pull.waiting_since,
        });
        let words = if open.len() == 1 { "1 PR".to_owned() } else { format!("{} PRs", open.len()) };
        let mut reviewers: Vec<String> =
            open.iter().filter(|pull| pull.waiting_on_review).flat_map(|pull| pull.waiting_on.clone()).collect();
        reviewers.sort_unstable();
        reviewers.dedup();
        let who = if reviewers.is_empty() { Who::Owner } else { Who::Reviewers(reviewers) };
        Finding { outcome: Outcome::Fail, open: words, evidence: evidence.collect(), who }
    }

    fn pull_sentence(&self, pull: &crate::Pull) -> String {
        let name = format!("#{} {}", pull.number, pull.title);
        let on = handles(&pull.waiting_on.iter().map(String::as_str).collect::<Vec<_>>());
        match pull.waiting_since {
            Some(since) if !pull.waiting_on.is_empty() => {
                let days = (self.now - since).num_days().max(0);
                format!("{name} waits on {on} for {days} {}.", if days == 1 { "day" } else { "days" })
            }
            _ => format!("{name} is open."),
        }
    }

    /// Nothing passes for lack of data (P-8, R002-50).
    fn no_implementation(&self) -> Finding {
        let signed = self.statement(|event| match event {
            Event::NothingToMerge { release, reason } if *release == self.release => Some(reason),
            _ => None,
        });
        if let Some(finding) = signed {
            return finding;
        }
        let read_since_freeze = match (self.dates.code_freeze, self.today.repositories_read) {
            (Some(freeze), Some(read)) => freeze <= self.now && read >= freeze,
            _ => false,
        };
        if read_since_freeze {
            let text = "The repositories were read after the freeze and hold no implementation PR.";
            Finding::fail("no PR", text, Who::Owner)
        } else {
            Finding::unknown("no PR seen", "No implementation PR is known, and nobody signed that there is none.")
        }
    }

    fn docs(&self) -> Finding {
        let pull = self
            .known
            .pulls
            .iter()
            .filter(|pull| pull.release == self.release && pull.kind == PullKind::Docs)
            .find(|pull| pull.state != PullState::Closed);
        if let Some(pull) = pull {
            let state = if pull.state == PullState::Merged { "merged" } else { "open as a placeholder" };
            let text = format!("{} #{} is {state}.", pull.repository, pull.number);
            return Finding::pass(text).at(pull_url(&pull.repository, pull.number), None);
        }
        let signed = self.statement(|event| match event {
            Event::NoDocsNeeded { release, reason } if *release == self.release => Some(reason),
            _ => None,
        });
        signed.unwrap_or_else(|| match self.today.repositories_read {
            Some(_) => Finding::fail("no docs PR", "No documentation PR is open or merged.", Who::Owner),
            None => Finding::unknown("docs not read", "The documentation repositories have not been read yet."),
        })
    }

    fn bugs(&self) -> Finding {
        let blocking: Vec<_> = self
            .known
            .bugs
            .iter()
            .filter(|bug| bug.open && bug.labels.iter().any(|label| self.source.blocking_labels.contains(label)))
            .collect();
        if let Some(first) = blocking.first() {
            let words = if blocking.len() == 1 { "1 bug".to_owned() } else { format!("{} bugs", blocking.len()) };
            let text = format!("#{} {} is open and blocks.", first.number, first.title);
            let url = format!("https://github.com/{}/issues/{}", first.repository, first.number);
            return Finding::fail(words, text, Who::Owner).at(url, None);
        }
        match self.today.repositories_read {
            Some(read) => {
                let mut finding = Finding::pass("No linked bug that blocks is open.");
                if let Some(first) = finding.evidence.first_mut() {
                    first.observed = Some(read);
                }
                finding
            }
            None => Finding::unknown("bugs not read", "Linked bugs have not been read yet."),
        }
    }
}

/// The sum of requirements: a fail is a fail, else an unknown is unknown (P-8).
pub fn sum(requirements: &[Requirement]) -> Outcome {
    let any = |outcome| requirements.iter().any(|requirement| requirement.outcome == outcome);
    if any(Outcome::Fail) {
        Outcome::Fail
    } else if any(Outcome::Unknown) {
        Outcome::Unknown
    } else {
        Outcome::Pass
    }
}

fn handles(logins: &[&str]) -> String {
    logins.iter().map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ")
}

pub(crate) fn pull_url(repository: &str, number: u32) -> String {
    format!("https://github.com/{repository}/pull/{number}")
}
