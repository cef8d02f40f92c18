//! All disagreements between the sources of truth, first what stands in the way of the current release (P-13).
//!
//! Left out on purpose: mending anything. A fix is a text for people.

mod page;
pub mod port;
mod query;

pub use page::MismatchListPage;
pub use query::MismatchQuery;

/// Kinds of disagreements with their words, in the order in which filters offer them.
pub const KINDS: [(&str, &str); 22] = [
    ("target-differs", "accepted for another release"),
    ("document-still-says", "document still says the old release"),
    ("freeze-passed", "targets a freeze that passed"),
    ("issue-target-differs", "issue and document name other releases"),
    ("checkbox-disagrees", "ticked box and acceptance"),
    ("link-differs", "issue links another directory"),
    ("sig-label-differs", "SIG label"),
    ("target-label-differs", "target label"),
    ("missing-from-issue", "PR missing from the issue"),
    ("issue-closed", "issue closed too early"),
    ("issue-number-differs", "number in the issue's title"),
    ("stage-differs", "stage of the issue"),
    ("issue-sig-differs", "primary SIG of the issue"),
    ("documents-disagree", "documents name other releases"),
    ("number-differs", "number in the document"),
    ("title-differs", "title"),
    ("status-differs", "status"),
    ("owner-differs", "owner"),
    ("assignee-differs", "assignee of the issue"),
    ("board-status-differs", "status on the board"),
    ("board-exception-differs", "exception on the board"),
    ("board-reviewer-differs", "reviewer on the board"),
];

/// A kind in words; its code for one that has none.
pub fn kind_words(code: &str) -> &str {
    KINDS.iter().find(|(known, _)| *known == code).map_or(code, |(_, words)| words)
}
