//! The roles of PROCESS 7.

use serde::{Deserialize, Serialize};

/// What a person is towards a proposal. "Anyone", who is not signed in, has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Signed in.
    Contributor,
    /// Owner of the proposal.
    Owner,
    /// Reviewer of the proposal.
    Reviewer,
    /// Approver of the proposal.
    Approver,
    /// Member of the owning SIG.
    SigMember,
    /// Member of another SIG: its sign-off is theirs.
    OtherSigMember,
    /// Member of the release team of the release concerned.
    ReleaseTeam,
    /// Keeps the tracker; decides nothing about a proposal.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Contributor,
        Self::Owner,
        Self::Reviewer,
        Self::Approver,
        Self::SigMember,
        Self::OtherSigMember,
        Self::ReleaseTeam,
        Self::Admin,
    ];

    /// The role in words, for one person.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Contributor => "a contributor",
            Self::Owner => "an owner of the proposal",
            Self::Reviewer => "a reviewer of the proposal",
            Self::Approver => "an approver of the proposal",
            Self::SigMember => "a member of the owning SIG",
            Self::OtherSigMember => "a member of another SIG",
            Self::ReleaseTeam => "a member of the release team",
            Self::Admin => "an admin",
        }
    }
}
