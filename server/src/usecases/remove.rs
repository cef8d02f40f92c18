//! A proposal is removed from a release's milestone (P-12).

use domain::{Recorded, ReleaseVersion};

use super::{
    Context,
    decision::{DecideError, Decider, Key, decide_on_release},
};

/// A proposal is removed from a release's milestone (P-12).
///
/// # Errors
/// When there is no such proposal, the rules do not allow it, or the database fails.
pub async fn remove(
    context: &Context,
    decider: &Decider,
    key: &Key,
    release: ReleaseVersion,
    reason: &str,
) -> Result<Recorded, DecideError> {
    decide_on_release(context, decider, key, release, |docket, _| docket.remove(reason)).await
}
