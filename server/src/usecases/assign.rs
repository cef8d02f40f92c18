//! The owning SIG assigns reviewers and approvers (P-9 f).

use domain::Recorded;

use super::{
    Context,
    decision::{DecideError, Decider, Key, assignment, decide_on_proposal},
};

/// The owning SIG assigns reviewers and approvers; replaces earlier assignments.
///
/// # Errors
/// When there is no such proposal, nobody is named, or the database fails.
pub async fn assign(
    context: &Context,
    decider: &Decider,
    key: &Key,
    reviewers: &[String],
    approvers: &[String],
) -> Result<Recorded, DecideError> {
    decide_on_proposal(context, decider, key, assignment(reviewers, approvers)).await
}
