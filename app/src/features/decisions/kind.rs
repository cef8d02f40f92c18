//! Kinds of decisions, as the log writes them and as its filter offers them.

/// A kind of decision, as the filter offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// As the address writes it.
    pub slug: &'static str,
    /// As people read it.
    pub label: &'static str,
    /// Types of the events that are of this kind, as the log writes them.
    pub types: &'static [&'static str],
}

const fn kind(slug: &'static str, label: &'static str, types: &'static [&'static str]) -> Kind {
    Kind { slug, label, types }
}

/// Every kind of decision, in the order of the matrix of PROCESS 7. Slugs are those of the actions.
pub const KINDS: [Kind; 40] = [
    kind("accept", "Accepted", &["accepted"]),
    kind("rank", "Ranked", &["ranked"]),
    kind("close-plan", "Plan closed", &["plan-closed"]),
    kind("assign", "Assigned", &["assigned"]),
    kind("commit", "Committed", &["committed"]),
    kind("retarget", "Retargeted", &["retargeted"]),
    kind("defer", "Deferred", &["deferred"]),
    kind("reject", "Rejected", &["rejected"]),
    kind("withdraw", "Withdrawn", &["withdrawn"]),
    kind("replace", "Replaced", &["replaced"]),
    kind("deprecate", "Deprecated", &["deprecated"]),
    kind("remove", "Removed", &["removed"]),
    kind("readmit", "Taken back", &["readmitted"]),
    kind("hand-over", "Handed over", &["handed-over"]),
    kind("no-docs-needed", "No docs needed", &["no-docs-needed"]),
    kind("nothing-to-merge", "Nothing to merge", &["nothing-to-merge"]),
    kind("waive", "Waived", &["waived"]),
    kind("sign-off", "Signed off", &["signed-off"]),
    kind("classify", "PR classified", &["pull-classified"]),
    kind("sign-line", "Checklist signed", &["checklist-signed"]),
    kind("edit-checklist", "Checklist changed", &["checklist-line-added", "checklist-line-removed"]),
    kind("acknowledge", "Acknowledged", &["acknowledged"]),
    kind("support", "Support recorded", &["support-recorded"]),
    kind("feedback", "Feedback recorded", &["feedback-recorded"]),
    kind("answer-check-in", "Check-in answered", &["check-in-answered"]),
    kind("decline", "Proposal of a check-in declined", &["declined"]),
    kind("put-on-agenda", "Put on the agenda", &["put-on-agenda"]),
    kind("take-off-agenda", "Taken off the agenda", &["taken-off-agenda"]),
    kind("check-in", "Check-in", &["checked-in"]),
    kind("close-freeze", "Freeze closed", &["freeze-closed"]),
    kind("ask", "Exception asked for", &["exception-sent"]),
    kind("file", "Exception filed", &["exception-filed"]),
    kind("review", "Exception in review", &["exception-in-review"]),
    kind("ask-more", "Information asked for", &["exception-needs-information"]),
    kind("answer", "Information given", &["exception-answered"]),
    kind("grant", "Exception granted", &["exception-granted"]),
    kind("extend", "Exception granted or extended", &["exception-granted"]),
    kind("deny", "Exception denied", &["exception-denied"]),
    kind("take-back", "Exception withdrawn", &["exception-withdrawn"]),
    kind("undo", "Undone", &["undone"]),
];

impl Kind {
    /// The kind that an address names.
    pub fn of_slug(slug: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.slug == slug)
    }

    /// The kind of an event, by its type.
    pub fn of_type(event: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.types.contains(&event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_on_a_proposal_is_a_kind() {
        let others = domain::Action::ALL.iter().filter(|action| Kind::of_slug(action.slug()).is_none());
        let others: Vec<_> = others.map(|action| action.slug()).collect();
        let expected = [
            "remind",
            "announce",
            "represent",
            "keep-meetings",
            "keep-templates",
            "keep-rosters",
            "keep-outbox",
            "cancel-outgoing",
            "read-github",
            "export-instance",
        ];
        assert_eq!(others, expected);
        assert!(domain::Action::ALL.iter().all(|a| a.is_housekeeping() == others.contains(&a.slug())));
    }
}
