//! The names under which lists state things, in every spelling seen.

/// A key of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Title of the proposal.
    Name,
    /// The tracking issue.
    Issue,
    /// The proposal.
    Proposal,
    /// Number of the request.
    Request,
    /// Who asks.
    Requester,
    /// When it was asked.
    Requested,
    /// When it was decided.
    Reviewed,
    /// Who decided.
    DecidedBy,
    /// The mail.
    Thread,
    /// Covered pull requests.
    Pulls,
    /// Where it stands.
    Status,
    /// Additional time.
    AdditionalTime,
    /// Until when was asked.
    AskedUntil,
    /// Until when was granted.
    GrantedUntil,
    /// Why it was decided so.
    Reason,
    /// Why it was asked.
    Justification,
    /// What happens otherwise.
    Impact,
    /// Further words.
    Notes,
    /// The freeze.
    Phase,
    /// The release.
    Release,
    /// What happened.
    Steps,
}

impl Key {
    /// The key that a name means, whatever its case and joints.
    pub fn named(name: &str) -> Option<Self> {
        let letters: String = name
            .trim()
            .chars()
            .filter(|c| !matches!(c, '_' | '-' | ' '))
            .flat_map(char::to_lowercase)
            .take(40)
            .collect();
        Some(match letters.as_str() {
            "name" | "title" | "enhancement" => Self::Name,
            "issue" | "tracker" | "trackingissue" | "kep" => Self::Issue,
            "proposal" => Self::Proposal,
            "request" => Self::Request,
            "requester" | "owner" | "requestedby" | "author" => Self::Requester,
            "daterequested" | "requestdate" | "requested" | "requestedon" => Self::Requested,
            "datereviewed" | "reviewdate" | "datedecided" | "decisiondate" | "reviewed" | "decided" => Self::Reviewed,
            "decidedby" | "decider" | "reviewedby" | "reviewer" => Self::DecidedBy,
            "thread" | "link" | "mail" | "discussion" => Self::Thread,
            "pullrequests" | "pullrequest" | "prs" | "pr" | "pulls" => Self::Pulls,
            "status" | "state" | "decision" => Self::Status,
            "additionaltime" | "timerequested" | "time" => Self::AdditionalTime,
            "askeduntil" => Self::AskedUntil,
            "granteduntil" | "until" => Self::GrantedUntil,
            "reason" => Self::Reason,
            "justification" => Self::Justification,
            "impact" => Self::Impact,
            "notes" | "note" | "comments" | "comment" => Self::Notes,
            "type" | "freeze" | "phase" => Self::Phase,
            "release" | "milestone" => Self::Release,
            "steps" => Self::Steps,
            _ => return None,
        })
    }

    /// Whether records begin with it.
    pub const fn begins(self) -> bool {
        matches!(self, Self::Name | Self::Issue | Self::Proposal)
    }
}
