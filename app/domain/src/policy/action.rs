//! Everything that can be done, and the roles that may do it (PROCESS 7).

use serde::{Deserialize, Serialize};

use super::{Circumstances, Role};

/// Something that a person does and that is recorded with their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Accept for a release (P-5).
    Accept,
    /// Put at another place in the SIG's order (P-5).
    Rank,
    /// Close the plan of a release (P-5).
    ClosePlan,
    /// Assign reviewers and approvers (R002-15).
    Assign,
    /// Commit to a release (P-9 g).
    Commit,
    /// Move to another release (P-15).
    Retarget,
    /// Defer (P-6).
    Defer,
    /// Reject (P-6).
    Reject,
    /// Withdraw the proposal (P-6).
    Withdraw,
    /// Replace by another (P-6).
    Replace,
    /// Deprecate (P-6).
    Deprecate,
    /// Remove from a release (P-6).
    Remove,
    /// Take back into a release (P-6).
    Readmit,
    /// Hand over to another owner.
    HandOver,
    /// Sign that no docs are needed (P-10 b).
    NoDocsNeeded,
    /// Sign that there is nothing to merge (P-8).
    NothingToMerge,
    /// Waive a requirement (P-8).
    Waive,
    /// Sign off for a SIG (P-9 h).
    SignOff,
    /// Say what a pull request is for.
    Classify,
    /// Sign a line of the post-freeze checklist (P-14).
    SignLine,
    /// Add a line to the checklist of a release, or take one off (P-14).
    EditChecklist,
    /// Acknowledge the document (R002-63).
    Acknowledge,
    /// Record support (R002-21).
    Support,
    /// Record feedback of users.
    Feedback,
    /// Put on the agenda of the owning SIG.
    PutOnAgenda,
    /// Take off the agenda.
    TakeOffAgenda,
    /// Check in for a week (P-21).
    CheckIn,
    /// Answer a week's check-in (PROCESS 7).
    AnswerCheckIn,
    /// Decline what a check-in proposed (P-21).
    Decline,
    /// Run freeze day: comment on each issue, close it with its snapshot (P-5, P-26).
    CloseFreeze,
    /// Undo one's own last decision.
    Undo,
    /// Ask for an exception (P-16).
    Ask,
    /// Record the archive link of a request's mail (P-17).
    File,
    /// Take a request into review (P-17).
    Review,
    /// Ask the requester for more (P-17).
    AskMore,
    /// Answer what was asked (P-17).
    Answer,
    /// Grant a request (P-18).
    Grant,
    /// Extend granted time (P-18).
    Extend,
    /// Deny a request (P-18).
    Deny,
    /// Take a request back (P-17).
    TakeBack,
    /// Remind those who can act, before it is time (P-27).
    Remind,
    /// Send an announcement, and record where it stands in the archive (P-26).
    Announce,
    /// Keep the roster of representatives (P-25).
    Represent,
    /// Keep when a SIG or the release team meets (P-31).
    KeepMeetings,
    /// Keep the templates of announcements.
    KeepTemplates,
    /// Keep the rosters of the release teams.
    KeepRosters,
    /// Keep the outbox: go live, send what was held, say what became of a mail.
    KeepOutbox,
    /// Cancel something before it goes out.
    CancelOutgoing,
    /// Have GitHub read now, or a webhook processed again.
    #[serde(rename = "read-github")]
    ReadGitHub,
    /// Take the whole instance away as a file: it also tells who was here when, which no page does.
    ExportInstance,
}

impl Action {
    /// All of them, in the order of the matrix.
    pub const ALL: [Self; 50] = [
        Self::Accept,
        Self::Rank,
        Self::ClosePlan,
        Self::Assign,
        Self::Commit,
        Self::Retarget,
        Self::Defer,
        Self::Reject,
        Self::Withdraw,
        Self::Replace,
        Self::Deprecate,
        Self::Remove,
        Self::Readmit,
        Self::HandOver,
        Self::NoDocsNeeded,
        Self::NothingToMerge,
        Self::Waive,
        Self::SignOff,
        Self::Classify,
        Self::SignLine,
        Self::EditChecklist,
        Self::Acknowledge,
        Self::Support,
        Self::Feedback,
        Self::PutOnAgenda,
        Self::TakeOffAgenda,
        Self::CheckIn,
        Self::AnswerCheckIn,
        Self::Decline,
        Self::CloseFreeze,
        Self::Undo,
        Self::Ask,
        Self::File,
        Self::Review,
        Self::AskMore,
        Self::Answer,
        Self::Grant,
        Self::Extend,
        Self::Deny,
        Self::TakeBack,
        Self::Remind,
        Self::Announce,
        Self::Represent,
        Self::KeepMeetings,
        Self::KeepTemplates,
        Self::KeepRosters,
        Self::KeepOutbox,
        Self::CancelOutgoing,
        Self::ReadGitHub,
        Self::ExportInstance,
    ];

    /// Roles that may do it, as far as roles alone tell; [`super::may`] knows the rest.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Accept
            | Self::Rank
            | Self::ClosePlan
            | Self::Assign
            | Self::Retarget
            | Self::Defer
            | Self::Reject
            | Self::Decline
            | Self::Replace
            | Self::Deprecate
            | Self::NoDocsNeeded
            | Self::NothingToMerge
            | Self::SignLine
            | Self::EditChecklist
            | Self::Support
            | Self::Feedback => &[Role::SigMember],
            Self::Commit | Self::Withdraw | Self::HandOver | Self::AnswerCheckIn => &[Role::Owner],
            Self::Remove | Self::Readmit | Self::CloseFreeze | Self::Announce => &[Role::ReleaseTeam],
            Self::Represent | Self::KeepMeetings => {
                &[Role::SigMember, Role::OtherSigMember, Role::ReleaseTeam, Role::Admin]
            }
            Self::PutOnAgenda | Self::TakeOffAgenda => &[Role::Owner, Role::SigMember],
            Self::Waive | Self::Remind => &[Role::SigMember, Role::ReleaseTeam],
            Self::SignOff => &[Role::SigMember, Role::OtherSigMember],
            Self::Classify => &[Role::Owner, Role::SigMember, Role::ReleaseTeam],
            Self::CheckIn => &[Role::ReleaseTeam, Role::Approver, Role::SigMember],
            Self::Acknowledge => &[Role::Reviewer, Role::Approver],
            Self::Review | Self::AskMore | Self::Grant | Self::Extend | Self::Deny => {
                &[Role::ReleaseTeam, Role::SigMember]
            }
            Self::File => &[Role::Contributor, Role::SigMember, Role::ReleaseTeam],
            Self::Undo | Self::Ask | Self::Answer | Self::TakeBack => &[Role::Contributor],
            Self::CancelOutgoing => &[Role::Contributor, Role::Admin],
            Self::KeepTemplates | Self::KeepRosters | Self::KeepOutbox | Self::ReadGitHub | Self::ExportInstance => {
                &[Role::Admin]
            }
        }
    }

    /// Whether it is about the tracker itself or a calendar, and no decision on a proposal or its source.
    pub const fn is_housekeeping(self) -> bool {
        matches!(
            self,
            Self::Remind
                | Self::Announce
                | Self::Represent
                | Self::KeepMeetings
                | Self::KeepTemplates
                | Self::KeepRosters
                | Self::KeepOutbox
                | Self::CancelOutgoing
                | Self::ReadGitHub
                | Self::ExportInstance
        )
    }

    /// Whether it decides a request for an exception, or leads to that: nobody does so on their own (P-18).
    pub const fn decides_request(self) -> bool {
        matches!(self, Self::Review | Self::AskMore | Self::Grant | Self::Extend | Self::Deny)
    }

    /// As it stands in addresses, forms and the API: "hand-over".
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Rank => "rank",
            Self::ClosePlan => "close-plan",
            Self::Assign => "assign",
            Self::Commit => "commit",
            Self::Retarget => "retarget",
            Self::Defer => "defer",
            Self::Reject => "reject",
            Self::Withdraw => "withdraw",
            Self::Replace => "replace",
            Self::Deprecate => "deprecate",
            Self::Remove => "remove",
            Self::Readmit => "readmit",
            Self::HandOver => "hand-over",
            Self::NoDocsNeeded => "no-docs-needed",
            Self::NothingToMerge => "nothing-to-merge",
            Self::Waive => "waive",
            Self::SignOff => "sign-off",
            Self::Classify => "classify",
            Self::SignLine => "sign-line",
            Self::EditChecklist => "edit-checklist",
            Self::Acknowledge => "acknowledge",
            Self::Support => "support",
            Self::Feedback => "feedback",
            Self::PutOnAgenda => "put-on-agenda",
            Self::TakeOffAgenda => "take-off-agenda",
            Self::CheckIn => "check-in",
            Self::AnswerCheckIn => "answer-check-in",
            Self::Decline => "decline",
            Self::CloseFreeze => "close-freeze",
            Self::Undo => "undo",
            Self::Ask => "ask",
            Self::File => "file",
            Self::Review => "review",
            Self::AskMore => "ask-more",
            Self::Answer => "answer",
            Self::Grant => "grant",
            Self::Extend => "extend",
            Self::Deny => "deny",
            Self::TakeBack => "take-back",
            Self::Remind => "remind",
            Self::Announce => "announce",
            Self::Represent => "represent",
            Self::KeepMeetings => "keep-meetings",
            Self::KeepTemplates => "keep-templates",
            Self::KeepRosters => "keep-rosters",
            Self::KeepOutbox => "keep-outbox",
            Self::CancelOutgoing => "cancel-outgoing",
            Self::ReadGitHub => "read-github",
            Self::ExportInstance => "export-instance",
        }
    }

    /// What it is called: "Assigning reviewers".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Accept => "accepting a proposal",
            Self::Rank => "ordering the proposals",
            Self::ClosePlan => "closing the plan",
            Self::Assign => "assigning reviewers and approvers",
            Self::Commit => "committing to a release",
            Self::Retarget => "retargeting a proposal",
            Self::Defer => "deferring a proposal",
            Self::Reject => "rejecting a proposal",
            Self::Withdraw => "withdrawing a proposal",
            Self::Replace => "replacing a proposal",
            Self::Deprecate => "deprecating a proposal",
            Self::Remove => "removing a proposal from a release",
            Self::Readmit => "taking a proposal back into a release",
            Self::HandOver => "handing a proposal over",
            Self::NoDocsNeeded => "signing that no docs are needed",
            Self::NothingToMerge => "signing that there is nothing to merge",
            Self::Waive => "waiving a requirement",
            Self::SignOff => "signing off for a SIG",
            Self::Classify => "classifying a pull request",
            Self::SignLine => "signing a line of the checklist",
            Self::EditChecklist => "changing the checklist",
            Self::Acknowledge => "acknowledging the document",
            Self::Support => "recording support",
            Self::Feedback => "recording user feedback",
            Self::PutOnAgenda => "putting a proposal on the agenda",
            Self::TakeOffAgenda => "taking a proposal off the agenda",
            Self::CheckIn => "checking in",
            Self::AnswerCheckIn => "answering a check-in",
            Self::Decline => "declining what a check-in proposed",
            Self::CloseFreeze => "running freeze day",
            Self::Undo => "undoing a decision",
            Self::Ask => "asking for an exception",
            Self::File => "recording the link of a request's mail",
            Self::Review => "reviewing an exception",
            Self::AskMore => "asking for more information",
            Self::Answer => "answering for a request",
            Self::Grant => "granting an exception",
            Self::Extend => "extending an exception",
            Self::Deny => "denying an exception",
            Self::TakeBack => "withdrawing a request",
            Self::Remind => "reminding",
            Self::Announce => "announcing",
            Self::Represent => "keeping the representatives",
            Self::KeepMeetings => "keeping the meetings",
            Self::KeepTemplates => "keeping the templates",
            Self::KeepRosters => "keeping the rosters",
            Self::KeepOutbox => "keeping the outbox",
            Self::CancelOutgoing => "cancelling what goes out",
            Self::ReadGitHub => "having GitHub read now",
            Self::ExportInstance => "exporting the whole instance",
        }
    }

    /// Who may, in words: "members of sig-network".
    pub(super) fn role_words(self, role: Role, at: &Circumstances) -> String {
        match (role, &at.sig) {
            (Role::SigMember | Role::OtherSigMember, Some(sig)) => format!("members of {sig}"),
            (Role::OtherSigMember, None) => "members of the SIG that signs off".to_owned(),
            (Role::Contributor, _) if matches!(self, Self::Answer | Self::TakeBack | Self::File) => {
                "who asked for it".to_owned()
            }
            (Role::Contributor, _) if self == Self::CancelOutgoing => "who caused it".to_owned(),
            (Role::Contributor, _) => "everybody who is signed in".to_owned(),
            (Role::Owner, _) => "its owners".to_owned(),
            (Role::Reviewer, _) => "its reviewers".to_owned(),
            (Role::Approver, _) => "its approvers".to_owned(),
            (Role::SigMember, _) => "members of the owning SIG".to_owned(),
            (Role::ReleaseTeam, _) => "the release team".to_owned(),
            (Role::Admin, _) => "admins".to_owned(),
        }
    }
}

impl std::str::FromStr for Action {
    type Err = String;

    fn from_str(slug: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|action| action.slug() == slug);
        found.ok_or_else(|| format!("`{slug}` is nothing that can be decided"))
    }
}
