//! The owning SIG accepts a proposal for a release, or ranks it anew (P-5).

use domain::{Recorded, ReleaseVersion};

use super::{
    Context,
    decision::{DecideError, Decider, Key, decide_on_release},
};

/// The owning SIG accepts a proposal for a release, or ranks it anew (P-5).
///
/// # Errors
/// When there is no such proposal, the rules do not allow it, or the database fails.
pub async fn accept(
    context: &Context,
    decider: &Decider,
    key: &Key,
    release: ReleaseVersion,
    rank: Option<u32>,
) -> Result<Recorded, DecideError> {
    decide_on_release(context, decider, key, release, |docket, _| docket.accept(rank)).await
}
