//! Recording the word of somebody who does not sign in (PROCESS 7).

use super::{Action, Circumstances, Refusal, Role, Standing, may};

/// The role in which `person` may do something that `recorder` records for them.
///
/// The word has to be one that the person may give, and whoever records it has to be entitled: by the same right, as a
/// member of the owning SIG, or as one of the release team. Another's mail that asks for an exception may be recorded by
/// anybody who is signed in (P-17).
///
/// # Errors
/// When either of them may not.
pub fn may_record_for(
    action: Action,
    recorder: (&Standing, &Circumstances),
    person: (&Standing, &Circumstances),
) -> Result<Role, Refusal> {
    let own = may(action, recorder.0, recorder.1);
    let keeps_records = recorder.0.has(Role::SigMember) || recorder.0.has(Role::ReleaseTeam);
    match own {
        // These hold for whoever writes it down, too.
        Err(refusal @ (Refusal::SignIn(_) | Refusal::OwnRequest | Refusal::OwnProposal)) => Err(refusal),
        // What a decider said may be written down by another decider alone.
        Err(refusal) if action.decides_request() => Err(refusal),
        Err(refusal) if !keeps_records && action != Action::Ask => Err(refusal),
        _ if action == Action::Undo => may(action, recorder.0, recorder.1),
        _ => may(action, person.0, person.1),
    }
}
