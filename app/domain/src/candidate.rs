//! What a document in an open pull request already has of a proposal, and what it lacks (PROCESS "proposal", P-9).
//!
//! A candidate has a pull request and no tracking issue yet. It is not judged: nothing is met before there is a proposal.
//! Left out on purpose: everything that a document alone does not tell.

use serde::{Deserialize, Serialize};

use crate::{DocumentReading, Rule, SectionState, history::stated};

/// A requirement of the Enhancement Freeze, as far as the document alone can tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Readiness {
    /// Which.
    pub rule: Rule,
    /// Whether the document does its part.
    pub holds: bool,
    /// What was seen, as a sentence.
    pub text: String,
}

impl Readiness {
    /// The document's part of the requirement, as a short title.
    pub const fn title(&self) -> &'static str {
        match self.rule {
            Rule::Target => "Target is stated",
            Rule::Commitment => "Owner is named",
            rule => rule.title(),
        }
    }

    /// What is left once there is a proposal, as a sentence; none where the document is all it takes.
    pub const fn later(&self) -> Option<&'static str> {
        match self.rule {
            Rule::Target => Some("The owning SIG accepts it once it is a proposal."),
            Rule::Commitment => Some("The owner commits once it is accepted."),
            _ => None,
        }
    }
}

/// How far the requirements are met that rest on the document, in their order.
pub fn readiness(reading: &DocumentReading) -> Vec<Readiness> {
    let handles = |people: &[crate::document::Stated<String>]| {
        people.iter().map(|who| format!("@{}", who.value)).collect::<Vec<_>>().join(", ")
    };
    let targets: Vec<_> = stated(reading).map(|(stage, release)| format!("{release} ({})", stage.name())).collect();
    let (reviewers, approvers) = (handles(&reading.reviewers), handles(&reading.approvers));
    let reviewed = match (reviewers.is_empty(), approvers.is_empty()) {
        (false, false) => format!("Reviewers {reviewers}; approvers {approvers}."),
        (true, true) => "Nobody is named for either.".to_owned(),
        (true, false) => "No reviewer is named.".to_owned(),
        (false, true) => "No approver is named.".to_owned(),
    };
    let (graduation, said) = graduation(reading);
    let owners = handles(&reading.owners);
    let target = if targets.is_empty() {
        "It states no release.".to_owned()
    } else {
        format!("It states {}.", targets.join(", "))
    };
    let owned = if owners.is_empty() { "No owner is named.".to_owned() } else { format!("Owned by {owners}.") };
    let line = |rule, holds, text| Readiness { rule, holds, text };
    vec![
        line(Rule::Target, !targets.is_empty(), target),
        line(Rule::Graduation, graduation, said.to_owned()),
        line(Rule::Reviewers, !reviewers.is_empty() && !approvers.is_empty(), reviewed),
        line(Rule::Commitment, !owners.is_empty(), owned),
    ]
}

/// Whether a document states criteria for graduation (P-9 e), and what was seen.
pub(crate) fn graduation(reading: &DocumentReading) -> (bool, &'static str) {
    let section = reading.sections.iter().find(|section| section.name == "Graduation Requirements");
    match section.map(|section| section.state) {
        Some(SectionState::Filled) => (true, "The section states criteria of its own."),
        Some(SectionState::Template) => (false, "The section holds only what the template gives."),
        Some(SectionState::Missing) | None => (false, "The document has no such section."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, ReleaseVersion, Section, Stage, Target, TargetReading, document::Stated};

    fn said(login: &str) -> Stated<String> {
        Stated { value: login.to_owned(), line: 3, from: Origin::Line }
    }

    fn holding(reading: &DocumentReading) -> Vec<Rule> {
        readiness(reading).into_iter().filter(|line| line.holds).map(|line| line.rule).collect()
    }

    #[test]
    fn an_empty_document_holds_nothing_and_says_what_it_lacks() {
        let lines = readiness(&DocumentReading::default());
        assert_eq!(holding(&DocumentReading::default()), []);
        assert_eq!(lines[0].text, "It states no release.");
        assert_eq!(lines[2].text, "Nobody is named for either.");
    }

    #[test]
    fn what_the_document_states_holds() {
        let target = Target {
            stage_text: "alpha".to_owned(),
            stage: Stage::Alpha,
            raw: "v1.11".to_owned(),
            reading: TargetReading::Version(ReleaseVersion::new(1, 11)),
            line: 9,
            from: Origin::Line,
        };
        let graduation = Section { name: "Graduation Requirements".to_owned(), state: SectionState::Filled, line: 40 };
        let mut reading = DocumentReading {
            targets: vec![target],
            sections: vec![graduation],
            owners: vec![said("olga")],
            reviewers: vec![said("rita")],
            ..DocumentReading::default()
        };
        assert_eq!(holding(&reading), [Rule::Target, Rule::Graduation, Rule::Commitment]);
        assert_eq!(readiness(&reading)[0].text, "It states v1.11 (Alpha).");
        reading.approvers = vec![said("ada")];
        reading.sections[0].state = SectionState::Template;
        assert_eq!(holding(&reading), [Rule::Target, Rule::Reviewers, Rule::Commitment]);
    }
}
