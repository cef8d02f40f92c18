//! What a line of waiting is about, and where it is done.

use app::{
    features::{exceptions, me::port::Act},
    query::encode,
};
use domain::{Freeze, Outcome, Requirement, Rule, Status, Waiting, Who};

use crate::verdicts::Row;

/// What a line of waiting is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Matter<'a> {
    /// A request for an exception.
    Request,
    /// The SIG's acceptance.
    Acceptance,
    /// A missed freeze that needs an exception.
    Exception(Freeze),
    /// A missed freeze whose exception was denied.
    Denied,
    /// A requirement of the gate.
    Requirement(&'a Requirement),
    /// Bringing it into the release branch.
    Landing,
}

impl<'a> Matter<'a> {
    /// What a line of the row's verdict is about. The verdict writes its lines from requests, acceptance, a missed freeze,
    /// requirements and landing; a requirement is known by its own words.
    pub(super) fn of(waiting: &Waiting, row: &'a Row) -> Self {
        let verdict = &row.verdict;
        let open = verdict.gate().into_iter().flat_map(|gate| &gate.requirements);
        let mut open =
            open.filter(|requirement| requirement.outcome != Outcome::Pass && requirement.who == waiting.who);
        if let Some(requirement) = open.find(|requirement| requirement.to_do() == waiting.what) {
            return Self::Requirement(requirement);
        }
        let missed = |freeze| waiting.who == Who::Owner && waiting.since == verdict.judgement(freeze).deadline;
        match verdict.status {
            Status::Proposed if matches!(waiting.who, Who::Sig(_)) && waiting.since.is_none() => Self::Acceptance,
            Status::ExceptionRequired { freeze } if missed(freeze) => Self::Exception(freeze),
            Status::ExceptionDenied { freeze } if missed(freeze) => Self::Denied,
            Status::CompleteNotLanded if matches!(waiting.who, Who::Sig(_)) => Self::Landing,
            _ => Self::Request,
        }
    }

    /// Where it is done. `request` is the address of the request that it is about.
    pub(super) fn act(self, waiting: &Waiting, row: &Row, request: Option<i64>) -> Act {
        let page = format!("/{}/{}", row.source, row.number);
        let release = row.release.map(|release| format!("?release={release}")).unwrap_or_default();
        let form = |label: &str, action: &str| act(label, format!("{page}/decide/{action}{release}"));
        match self {
            Self::Request => match (request, &waiting.who) {
                (Some(id), Who::Requester) => act("Answer", exceptions::href(id)),
                (Some(id), _) => act("Decide", exceptions::href(id)),
                (None, _) => act("Open", page),
            },
            Self::Acceptance => form("Accept", "accept"),
            Self::Exception(freeze) => {
                let proposal = format!("{}/{}", row.source, row.number);
                act("Ask for one", exceptions::new_href(&proposal, Some(freeze), row.release))
            }
            Self::Denied | Self::Landing => act("Open", format!("{page}{release}")),
            Self::Requirement(requirement) => match (requirement.rule, &waiting.who) {
                (Rule::Commitment, Who::Owner) => form("Commit", "commit"),
                (Rule::Reviewers, Who::Sig(_)) => form("Assign", "assign"),
                (Rule::Target, Who::Sig(_)) => form("Accept", "accept"),
                (Rule::SignOff, Who::Sig(_)) => form("Sign off", "sign-off"),
                (Rule::Document, _) => act("Write it", start(row)),
                (Rule::Implementation, Who::Reviewers(_)) => outside("Review", waiting, row),
                _ => outside(words_of(waiting), waiting, row),
            },
        }
    }
}

fn act(label: &str, href: String) -> Act {
    Act { label: label.to_owned(), href }
}

/// The page that starts a proposal, at the document.
fn start(row: &Row) -> String {
    let release = row.release.map(|release| format!("&release={release}")).unwrap_or_default();
    let title = encode(&row.title);
    format!("/start?source={}&number={}&title={title}&sig={}{release}#step-4", row.source, row.number, row.sig)
}

fn outside(label: &str, waiting: &Waiting, row: &Row) -> Act {
    let here = || format!("/{}/{}", row.source, row.number);
    act(label, waiting.link.clone().unwrap_or_else(here))
}

fn words_of(waiting: &Waiting) -> &'static str {
    match waiting.link.as_deref() {
        Some(link) if link.contains("/pull/") => "Open the PR",
        Some(link) if link.contains("/issues/") => "Open the issue",
        Some(link) if link.contains("/blob/") => "Open the document",
        _ => "Open",
    }
}
