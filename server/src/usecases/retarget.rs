//! A proposal moves to another release (P-15).

use domain::{Recorded, ReleaseVersion, RetargetReason};

use super::{
    Context,
    decision::{DecideError, Decider, Key, dates_of, decide_on_release},
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
    let dates = dates_of(context, key, to).await?;
    decide_on_release(context, decider, key, release, |docket, _| docket.retarget((to, &dates), reason, sentence)).await
}
