//! The owning SIG assigns reviewers and approvers (P-9 f).

use domain::{Recorded, decision};

use super::{
    Context,
    decision::{DecideError, Decider, Key, decide_on_proposal},
};

/// The owning SIG assigns reviewers and approvers. A list that is given replaces the earlier one; an empty one leaves it.
///
/// # Errors
/// When there is no such proposal, nobody is named, a name cannot be a login, or the database fails.
pub async fn assign(
    context: &Context,
    decider: &Decider,
    key: &Key,
    reviewers: &[String],
    approvers: &[String],
) -> Result<Recorded, DecideError> {
    decide_on_proposal(context, decider, key, |known| decision::assign(known, reviewers, approvers)).await
}
