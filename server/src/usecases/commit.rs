//! The owner commits to implement a proposal for a release (P-9 g).

use domain::{Recorded, ReleaseVersion};

use super::{
    Context,
    decision::{DecideError, Decider, Key, decide_on_release},
};

/// The owner commits to implement a proposal for a release (P-9 g).
///
/// # Errors
/// When there is no such proposal, the rules do not allow it, or the database fails.
pub async fn commit(
    context: &Context,
    decider: &Decider,
    key: &Key,
    release: ReleaseVersion,
    on: chrono::NaiveDate,
) -> Result<Recorded, DecideError> {
    let who = decider.on_behalf_of.as_deref().unwrap_or(&decider.actor);
    decide_on_release(context, decider, key, release, |docket, known| docket.commit(who, &known.owners(), on)).await
}
