//! The release of a pull request, where no person said so.

use chrono::{DateTime, Utc};

use super::{Claimant, Ground, Submission, claim::link};
use crate::{PullState, ReleaseDates, ReleaseVersion};

/// By the stage of the issue that holds it and that stage's target; else by the release branch that it goes into; else by
/// the merge window; while open by what is current or planned.
pub(super) fn release(claimant: &Claimant, pull: &Submission, ground: &Ground<'_>) -> Option<ReleaseVersion> {
    by_stage(claimant, pull).or_else(|| by_branch(&pull.base)).or_else(|| match pull.state {
        PullState::Merged => pull.merged_at.and_then(|at| merge_window(at, ground.releases)),
        PullState::Open => while_open(claimant, ground),
        PullState::Closed => pull.created_at.and_then(|at| merge_window(at, ground.releases)),
    })
}

/// A section that stands under no stage is that of the only release planned.
fn by_stage(claimant: &Claimant, pull: &Submission) -> Option<ReleaseVersion> {
    let link = link(claimant, pull)?;
    if let Some(stage) = &link.stage {
        return claimant.targets.iter().filter(|(s, _)| s == stage).map(|(_, release)| *release).max();
    }
    link.kind?;
    let mut planned: Vec<_> = claimant.targets.iter().map(|(_, release)| *release).collect();
    planned.sort_unstable();
    planned.dedup();
    if let [only] = planned.as_slice() { Some(*only) } else { None }
}

/// `release-1.10` is the branch of v1.10.
fn by_branch(base: &str) -> Option<ReleaseVersion> {
    base.strip_prefix("release-")?.parse().ok()
}

/// The current release where the proposal is planned for it or for none; else the next that it is planned for, else the
/// last.
fn while_open(claimant: &Claimant, ground: &Ground<'_>) -> Option<ReleaseVersion> {
    let planned = || claimant.targets.iter().map(|(_, release)| *release);
    let Some(current) = ground.current else { return planned().min() };
    planned().filter(|release| *release >= current).min().or(Some(current))
}

/// The release that work merged at an instant is for: merged before its Code Freeze and not before that of the release
/// before it. A release without a date takes what came after the last freeze known; none when nothing is planned yet.
pub fn merge_window(merged_at: DateTime<Utc>, releases: &[(ReleaseVersion, ReleaseDates)]) -> Option<ReleaseVersion> {
    let frozen = |dates: &ReleaseDates| dates.code_freeze.is_some_and(|freeze| freeze <= merged_at);
    let last = releases.iter().filter(|(_, dates)| frozen(dates)).map(|(version, _)| *version).max();
    let after = releases.iter().filter(|(version, dates)| match last {
        Some(last) => *version > last,
        None => dates.code_freeze.is_some(),
    });
    after.map(|(version, _)| *version).min()
}
