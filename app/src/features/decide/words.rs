//! What each decision is called and what follows from it.

use domain::{Action, ReleaseVersion};

/// The verb on the button.
pub const fn verb(action: Action) -> &'static str {
    match action {
        Action::Accept => "Accept",
        Action::Rank => "Change the rank",
        Action::Assign => "Assign",
        Action::Commit => "Commit",
        Action::Retarget => "Retarget",
        Action::Defer => "Defer",
        Action::Reject => "Reject",
        Action::Withdraw => "Withdraw",
        Action::Replace => "Replace",
        Action::Deprecate => "Deprecate",
        Action::Remove => "Remove",
        Action::Readmit => "Take back",
        Action::HandOver => "Hand over",
        Action::NoDocsNeeded => "No docs needed",
        Action::NothingToMerge => "Nothing to merge",
        Action::Waive => "Waive",
        Action::SignOff => "Sign off",
        Action::Classify => "Classify",
        Action::SignLine => "Sign",
        Action::Acknowledge => "Acknowledge",
        Action::Support => "Record support",
        Action::Feedback => "Record feedback",
        Action::PutOnAgenda => "Put on the agenda",
        Action::TakeOffAgenda => "Take off the agenda",
        Action::AnswerCheckIn => "Answer",
        Action::Decline => "Decline",
        Action::Undo => "Undo",
        _ => "Record",
    }
}

/// What the action is called in the menu.
pub const fn label(action: Action) -> &'static str {
    match action {
        Action::Assign => "Assign reviewers and approvers",
        Action::Classify => "Classify a PR",
        Action::SignLine => "Sign a checklist line",
        Action::Waive => "Waive a requirement",
        Action::Acknowledge => "Acknowledge the document",
        Action::SignOff => "Sign off for a SIG",
        Action::Commit => "Commit to it",
        Action::AnswerCheckIn => "Answer the check-in",
        Action::Decline => "Decline what a check-in proposed",
        other => verb(other),
    }
}

/// Headings of the menu on a proposal's page.
pub const GROUPS: [&str; 3] = ["This release", "The proposal", "People"];

/// Under which heading of the menu an action stands; none for those that stand elsewhere.
pub const fn group(action: Action) -> Option<&'static str> {
    match action {
        Action::Accept
        | Action::Rank
        | Action::Commit
        | Action::Retarget
        | Action::Remove
        | Action::Readmit
        | Action::NoDocsNeeded
        | Action::NothingToMerge
        | Action::Waive
        | Action::SignLine
        | Action::AnswerCheckIn
        | Action::Decline => Some(GROUPS[0]),
        Action::Classify
        | Action::Defer
        | Action::Reject
        | Action::Withdraw
        | Action::Replace
        | Action::Deprecate
        | Action::Support
        | Action::Feedback
        | Action::PutOnAgenda
        | Action::TakeOffAgenda => Some(GROUPS[1]),
        Action::Assign | Action::HandOver | Action::Acknowledge | Action::SignOff => Some(GROUPS[2]),
        _ => None,
    }
}

/// The title of the page: "Retarget CEP 4702 from v1.10".
pub fn title(action: Action, name: &str, release: Option<ReleaseVersion>) -> String {
    let with = |joint: &str| release.map(|release| format!(" {joint} {release}")).unwrap_or_default();
    match action {
        Action::Accept => format!("Accept {name}{}", with("for")),
        Action::Rank => format!("Change the rank of {name}{}", with("in")),
        Action::Assign => format!("Assign reviewers and approvers to {name}"),
        Action::Commit => format!("Commit to {name}{}", with("for")),
        Action::Retarget => format!("Retarget {name}{}", with("from")),
        Action::Defer => format!("Defer {name}"),
        Action::Reject => format!("Reject {name}"),
        Action::Withdraw => format!("Withdraw {name}"),
        Action::Replace => format!("Replace {name}"),
        Action::Deprecate => format!("Deprecate {name}"),
        Action::Remove => format!("Remove {name}{}", with("from")),
        Action::Readmit => format!("Take {name} back{}", with("into")),
        Action::HandOver => format!("Hand {name} over"),
        Action::NoDocsNeeded => format!("No docs needed for {name}{}", with("in")),
        Action::NothingToMerge => format!("Nothing to merge for {name}{}", with("in")),
        Action::Waive => format!("Waive a requirement of {name}{}", with("for")),
        Action::SignOff => format!("Sign {name} off for a SIG"),
        Action::Classify => format!("Classify a pull request of {name}"),
        Action::SignLine => format!("Sign the checklist of {name}{}", with("for")),
        Action::Acknowledge => format!("Acknowledge the document of {name}"),
        Action::Support => format!("Record support for {name}"),
        Action::Feedback => format!("Record user feedback on {name}"),
        Action::PutOnAgenda => format!("Put {name} on the agenda"),
        Action::TakeOffAgenda => format!("Take {name} off the agenda"),
        Action::AnswerCheckIn => format!("Answer this week's check-in on {name}{}", with("in")),
        Action::Decline => {
            format!("Decline to let {name} leave{}", release.map_or_else(String::new, |r| format!(" {r}")))
        }
        Action::Undo => format!("Undo a decision on {name}"),
        _ => format!("Decide on {name}"),
    }
}

/// What follows from it, in one or two sentences.
pub const fn consequence(action: Action) -> &'static str {
    match action {
        Action::Accept => {
            "The release tracks it from now on. Acceptance counts from when it is given; it also lifts a deferral, a \
             removal or a retarget for this release."
        }
        Action::Rank => "It moves in the SIG's order. When it was accepted stays as it is.",
        Action::Assign => {
            "What is given replaces the earlier list; an empty field leaves it. Names in the document itself win over \
             an assignment."
        }
        Action::Commit => {
            "The owner gives their word to implement it before the Code Freeze. A commitment counts from when it is given."
        }
        Action::Retarget => {
            "It leaves this release with its acceptance and commitment, and starts as proposed in the other. Where it \
             came from is kept."
        }
        Action::Defer => {
            "It takes part in no release that is not out yet, until it is accepted, taken back or retargeted to one."
        }
        Action::Reject => "It is over for every release that is not out yet. Nothing lifts a rejection.",
        Action::Withdraw => "It is over for every release that is not out yet. Nothing lifts a withdrawal.",
        Action::Replace => {
            "It is over for every release that is not out yet, in favour of the other proposal. Nothing lifts this."
        }
        Action::Deprecate => {
            "It takes part in no release that is not out yet. Released ones keep their status; accepting it again lifts it."
        }
        Action::Remove => "It leaves the milestone, and a running exception ends. It can be taken back later.",
        Action::Readmit => {
            "The removal is lifted. A freeze that was missed stays missed; only an exception or a waiver heals that."
        }
        Action::HandOver => {
            "The new owner takes the place of the present ones, and has to commit to the release themselves."
        }
        Action::NoDocsNeeded => "The documentation requirement of the Code Freeze is met by your signature.",
        Action::NothingToMerge => "The implementation requirement of the Code Freeze is met by your signature.",
        Action::Waive => "The requirement counts as met and is shown as waived, with your name and reason.",
        Action::SignOff => "The SIG has no objection to the proposal. The sign-off stands for every release.",
        Action::Classify => {
            "What you say wins over what was read, however often that is read anew. Requirements and label follow."
        }
        Action::SignLine => "You vouch for this line by name. Evidence that contradicts it is still shown.",
        Action::Acknowledge => {
            "You have read the document as it is now and decide on its basis. A later version has to be acknowledged anew."
        }
        Action::Support => "The links show who supports the proposal. They are listed on its page.",
        Action::Feedback => "It is listed on the proposal's page, with its links.",
        Action::PutOnAgenda => {
            "It stands on the agenda of its SIG's next meeting, with your reason, until somebody takes it off."
        }
        Action::TakeOffAgenda => "It was dealt with. What you write stays in the log.",
        Action::AnswerCheckIn => {
            "It stands beside what release team and approver say this week, in the meeting, the minutes and the comment. It \
             is no outcome: those two decide about that."
        }
        Action::Decline => {
            "It stays in the release. What the check-in proposed stays on record beside your reason, and waits on the SIG no \
             longer."
        }
        Action::Undo => "It counts as if it had never been made. Both stay in the log.",
        _ => "",
    }
}

/// Labels of the fields by name, for the list of problems above the form.
pub const LABELS: [(&str, &str); 22] = [
    ("release", "Release"),
    ("rank", "Rank"),
    ("reviewers", "Reviewers"),
    ("approvers", "Approvers"),
    ("on", "Day of the commitment"),
    ("to", "To"),
    ("reason", "Reason"),
    ("sentence", "In a sentence"),
    ("by", "Replaced by"),
    ("rule", "Requirement"),
    ("sig", "SIG"),
    ("pull", "Pull request"),
    ("repository", "Pull request"),
    ("number", "Pull request"),
    ("kind", "Kind"),
    ("line", "Line"),
    ("statement", "Statement"),
    ("links", "Links"),
    ("note", "Note"),
    ("event", "Decision"),
    ("on_behalf_of", "On behalf of"),
    ("link", "Where it was said"),
];
