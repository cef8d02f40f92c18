//! Who may do what (PROCESS 7): one function that pages, use cases, API and tests share.
//!
//! Left out on purpose: whether the thing is possible where the proposal stands; that is [`crate::decision`]'s.

mod action;
mod on_behalf;
mod role;
mod standing;

pub use action::Action;
pub use on_behalf::may_record_for;
pub use role::Role;
pub use standing::{Groups, Standing};

/// What matters besides a person's roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// The freeze that a waiver is about has passed (P-8).
    pub freeze_passed: bool,
    /// The source lets the owning SIG decide exceptions too (P-18).
    pub sig_decides_exceptions: bool,
    /// The person, or who records it for them, asked for the exception that the action is about, or caused what is to be
    /// cancelled.
    pub requester: bool,
    /// The SIG that a sign-off speaks for (P-9 h).
    pub sig: Option<String>,
}

/// Why somebody may not do something, in words for them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not signed in.
    #[error("sign in first: {} is recorded with your name", .0.words())]
    SignIn(Action),
    /// None of the roles that may.
    #[error("{} is for {}; you are {}", .action.words(), .may, .are)]
    Role {
        /// What was tried.
        action: Action,
        /// Roles that may, in words.
        may: String,
        /// Roles that the person has, in words.
        are: String,
    },
    /// Nobody decides a request of their own (P-18).
    #[error("nobody decides on their own request; another member of the release team has to")]
    OwnRequest,
    /// Nobody waives for their own proposal (P-8).
    #[error("nobody waives a requirement of their own proposal")]
    OwnProposal,
    /// From the freeze on only the release team waives (P-8).
    #[error("the freeze has passed; from then on only the release team can waive a requirement of it")]
    FreezePassed,
}

/// The role in which a person may do something (P-8, P-18, PROCESS 7).
///
/// # Errors
/// When none of their roles allows it.
pub fn may(action: Action, standing: &Standing, at: &Circumstances) -> Result<Role, Refusal> {
    if !standing.signed_in() {
        return Err(Refusal::SignIn(action));
    }
    let decides = action.decides_request();
    if decides && at.requester {
        return Err(Refusal::OwnRequest);
    }
    if action == Action::Waive && standing.has(Role::Owner) {
        return Err(Refusal::OwnProposal);
    }
    let allowed = |role: &Role| standing.has(*role) && fits(action, *role, standing, at);
    if let Some(role) = action.roles().iter().copied().find(allowed) {
        return Ok(role);
    }
    if action == Action::Waive && at.freeze_passed && standing.has(Role::SigMember) {
        return Err(Refusal::FreezePassed);
    }
    let exception = decides || action == Action::File;
    let sig_may = !exception || at.sig_decides_exceptions;
    let named = action.roles().iter().filter(|role| **role != Role::SigMember || sig_may);
    let mut may: Vec<_> = named.map(|role| action.role_words(*role, at)).collect();
    may.dedup();
    Err(Refusal::Role { action, may: listed(&may, "or"), are: standing.words() })
}

/// "a, b or c".
fn listed<T: AsRef<str>>(words: &[T], last: &str) -> String {
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((end, [])) => (*end).to_owned(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
        None => String::new(),
    }
}

/// Whether a role that may do such a thing may do it here.
fn fits(action: Action, role: Role, standing: &Standing, at: &Circumstances) -> bool {
    match (action, role) {
        (Action::Waive, Role::SigMember) => !at.freeze_passed,
        (Action::SignOff, _) | (Action::Represent | Action::KeepMeetings, Role::SigMember | Role::OtherSigMember) => {
            at.sig.as_deref().is_some_and(|sig| standing.member_of(sig))
        }
        (Action::File, Role::SigMember) => at.sig_decides_exceptions,
        (_, Role::SigMember) if action.decides_request() => at.sig_decides_exceptions,
        (Action::TakeBack | Action::Answer | Action::File | Action::CancelOutgoing, Role::Contributor) => at.requester,
        _ => true,
    }
}
