//! Events told in a sentence, for histories, feeds and mails: one wording everywhere.

use chrono::{DateTime, Utc};

use crate::{CheckInOutcome, Event, Freeze, FreezeZone, Group, Proposed, PullKind, PullState, words::day_of};

impl CheckInOutcome {
    /// All of them, in the order of their keys: 1 to 5.
    pub const ALL: [Self; 5] = [Self::OnTrack, Self::AtRisk, Self::Blocked, Self::Done, Self::RetargetOrReject];

    /// As it stands in forms, exports and the API: "on-track".
    pub const fn slug(self) -> &'static str {
        match self {
            Self::OnTrack => "on-track",
            Self::AtRisk => "at-risk",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::RetargetOrReject => "retarget-or-reject",
        }
    }

    /// The outcome in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OnTrack => "on track",
            Self::AtRisk => "at risk",
            Self::Blocked => "blocked",
            Self::Done => "done",
            Self::RetargetOrReject => "retarget or reject",
        }
    }
}

impl PullKind {
    /// The kind in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Implementation => "implementation",
            Self::Docs => "docs",
            Self::Bug => "bug fix",
            Self::Unrelated => "unrelated",
        }
    }
}

fn because(what: impl Into<String>, reason: &str) -> String {
    let what = what.into();
    if reason.trim().is_empty() { what } else { format!("{what}: {}", reason.trim()) }
}

/// The last day of something that runs until an instant, Anywhere on Earth.
fn last_day(until: DateTime<Utc>) -> String {
    day_of(until, FreezeZone::ANYWHERE_ON_EARTH)
}

fn handles(logins: &[String]) -> String {
    logins.iter().map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ")
}

impl Event {
    /// What happened, in a sentence without its time and actor.
    pub fn tell(&self) -> String {
        self.tell_fact().or_else(|| self.tell_decision()).unwrap_or_else(|| self.tell_exception())
    }

    fn tell_fact(&self) -> Option<String> {
        Some(match self {
            Self::DocumentRead { path, .. } => format!("Document read: {path}"),
            Self::DocumentGone { path } => format!("Document gone: {path}"),
            Self::IssueObserved { open, .. } => {
                format!("Tracking issue is {}", if *open { "open" } else { "closed" })
            }
            Self::IssueGone { moved_to: Some(to) } => format!("Tracking issue was moved to {to}"),
            Self::IssueGone { moved_to: None } => "Tracking issue was deleted".to_owned(),
            Self::PullObserved(pull) => {
                let state = match pull.state {
                    PullState::Open => "is open",
                    PullState::Merged => "was merged",
                    PullState::Closed => "was closed",
                };
                format!("#{} {} ({}) {state}", pull.number, pull.title, pull.kind.words())
            }
            Self::LandingObserved { number, branch, contained, .. } => {
                format!("#{number} is {} {branch}", if *contained { "in" } else { "not in" })
            }
            Self::BugObserved { number, title, open, .. } => {
                format!("Bug #{number} {title} is {}", if *open { "open" } else { "closed" })
            }
            Self::AliasesRead { path, .. } => format!("Aliases read: {path}"),
            Self::Titled { title } => format!("An imported list calls it “{title}”"),
            Self::RepositoriesRead => "Repositories were read completely".to_owned(),
            Self::ReadingFailed { repository, what, reason } => {
                let of =
                    if repository.contains('#') { "The linked".to_owned() } else { format!("The {} of", what.words()) };
                because(format!("{of} {repository} could not be read"), reason)
            }
            Self::BoardObserved { release, status, .. } => format!("The board of {release} says “{status}”"),
            _ => return None,
        })
    }

    fn tell_decision(&self) -> Option<String> {
        Some(match self {
            Self::HandedOver { to } => format!("Handed over to @{to}"),
            Self::Deferred { reason } => because("Deferred", reason),
            Self::Rejected { reason } => because("Rejected", reason),
            Self::Withdrawn { reason } => because("Withdrawn", reason),
            Self::Replaced { by, reason } => because(format!("Replaced by {by}"), reason),
            Self::Deprecated { reason } => because("Deprecated", reason),
            Self::Assigned { reviewers, approvers } => {
                let named = [("reviewers", reviewers), ("approvers", approvers)]
                    .into_iter()
                    .filter(|(_, logins)| !logins.is_empty())
                    .map(|(role, logins)| format!("{role} {}", handles(logins)));
                format!("Assigned: {}", named.collect::<Vec<_>>().join("; "))
            }
            Self::SignedOff { sig } => format!("Signed off by {sig}"),
            Self::Accepted { release, rank: Some(rank) } => format!("Accepted for {release}, rank {rank}"),
            Self::Accepted { release, rank: None } => format!("Accepted for {release}"),
            Self::Ranked { release, rank: Some(rank) } => format!("Ranked {rank} for {release}"),
            Self::Ranked { release, rank: None } => format!("Put at the end of the order for {release}"),
            Self::Acknowledged { .. } => "The document was read and acknowledged".to_owned(),
            Self::SupportRecorded { note, .. } => because("Support recorded", note),
            Self::FeedbackRecorded { note, .. } => because("User feedback recorded", note),
            Self::PutOnAgenda { reason } => because("Put on the agenda", reason),
            Self::TakenOffAgenda { note } => because("Taken off the agenda", note),
            Self::PullClassified { repository, number, kind, release } => {
                format!("{repository}#{number} is classified as {} for {release}", kind.words())
            }
            Self::ChecklistSigned { release, line, statement } => {
                because(format!("Checklist of {release}, “{line}” signed"), statement)
            }
            Self::PlanClosed { release, plan } => format!("Plan for {release} closed with {} proposals", plan.len()),
            Self::FreezeClosed { release, freeze, judged, .. } => {
                let counts = Group::ALL.map(|group| judged.iter().filter(|one| one.group == group).count());
                let [met, excepted, others] = counts;
                let freeze = freeze.name();
                format!("{freeze} of {release} closed: {met} met it, {excepted} with an exception, {others} others")
            }
            Self::ChecklistLineAdded { release, text, .. } => format!("Checklist of {release} grew by “{text}”"),
            Self::ChecklistLineRemoved { release, line } => format!("Checklist of {release} lost “{line}”"),
            Self::Committed { release, .. } => format!("Owner committed to {release}"),
            Self::Retargeted { from, to, reason, sentence } => {
                because(format!("Retargeted {from} → {to}, {}", reason.words()), sentence)
            }
            Self::Removed { release, reason } => because(format!("Removed from {release}"), reason),
            Self::Readmitted { release, reason } => because(format!("Taken back into {release}"), reason),
            Self::Waived { release, rule, reason } => {
                because(format!("Waived for {release}, “{}”", rule.title()), reason)
            }
            Self::NothingToMerge { release, reason } => because(format!("Nothing to merge for {release}"), reason),
            Self::NoDocsNeeded { release, reason } => because(format!("No docs needed for {release}"), reason),
            Self::CheckedIn { week, outcome, sentence, proposed, .. } => {
                let outcome = proposed.map_or_else(|| outcome.words().to_owned(), Proposed::words);
                because(format!("Check-in {week}, {outcome}"), sentence)
            }
            Self::CheckInAnswered { week, sentence, .. } => because(format!("Answer to check-in {week}"), sentence),
            Self::Declined { release, reason } => because(format!("Declined to let it leave {release}"), reason),
            Self::Undone { event } => format!("Event {event} was undone"),
            _ => return None,
        })
    }

    fn tell_exception(&self) -> String {
        match self {
            Self::ExceptionSent { freeze, requester, until, .. } => {
                let freeze = freeze.map_or("an edge case", Freeze::short);
                format!("@{requester} asked for an exception for {freeze} until {}", last_day(*until))
            }
            Self::ExceptionFiled { request, .. } => format!("Exception {request} was filed"),
            Self::ExceptionInReview { request } => format!("Exception {request} is in review"),
            Self::ExceptionNeedsInformation { request, question } => {
                because(format!("Exception {request} needs information"), question)
            }
            Self::ExceptionAnswered { request, answer } => because(format!("Exception {request} answered"), answer),
            Self::ExceptionGranted { request, until, reason } => {
                because(format!("Exception {request} granted until {}", last_day(*until)), reason)
            }
            Self::ExceptionDenied { request, reason } => because(format!("Exception {request} denied"), reason),
            Self::ExceptionWithdrawn { request } => format!("Exception {request} was withdrawn"),
            _ => String::new(),
        }
    }
}
