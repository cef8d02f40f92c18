//! Where what waits on somebody is done.

use app::{
    features::{exceptions, shared::Act},
    query::encode,
};
use domain::{Concern, Rule, Waiting, Who};

use crate::verdicts::Row;

/// Where a line is done.
pub fn act_on(waiting: &Waiting, row: &Row) -> Act {
    let page = format!("/{}/{}", row.source, row.number);
    let release = row.release.map(|release| format!("?release={release}")).unwrap_or_default();
    let form = |label: &str, action: &str| act(label, format!("{page}/decide/{action}{release}"));
    match (waiting.concern, &waiting.who) {
        (Concern::Request { id }, Who::Requester) => act("Answer", exceptions::href(id)),
        (Concern::Request { id }, _) => act("Decide", exceptions::href(id)),
        (Concern::Confirmation, _) => act("Look at it", format!("{page}{release}")),
        (Concern::Acceptance, _) => form("Accept", "accept"),
        (Concern::Missed { freeze }, _) => {
            let proposal = format!("{}/{}", row.source, row.number);
            act("Ask for one", exceptions::new_href(&proposal, Some(freeze), row.release))
        }
        (Concern::Denied { .. } | Concern::Landing, _) => act("Open", format!("{page}{release}")),
        (Concern::Requirement { rule }, who) => match (rule, who) {
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

/// Where somebody looks at a line that others act on.
pub fn place_of(waiting: &Waiting) -> Option<Act> {
    let href = match waiting.concern {
        Concern::Request { id } => Some(exceptions::href(id)),
        _ => waiting.link.clone(),
    };
    Some(act("Show", href?))
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
