//! A proposal moves to another release (P-15).

use domain::{Recorded, ReleaseVersion, RetargetReason};

use super::{
    Context,
    decision::{DecideError, Decider, Key, decide_on_release},
};

/// A proposal moves to another release (P-15).
///
/// # Errors
/// When there is no such proposal, the rules do not allow it, or the database fails.
pub async fn retarget(
    context: &Context,
    decider: &Decider,
    key: &Key,
    release: ReleaseVersion,
    to: ReleaseVersion,
    reason: RetargetReason,
    sentence: &str,
) -> Result<Recorded, DecideError> {
    decide_on_release(context, decider, key, release, |docket| docket.retarget(to, reason, sentence)).await
}
