//! Whether the work is in the release (P-7, P-12).

use super::{Share, court::Court};
use crate::{
    Event, Outcome, Pull, PullKind, PullState, Reading, ReleaseVersion,
    history::{Known, Landing},
    requirement::implementation_pulls,
};

/// Whether the work is in the release.
pub(super) struct Landed {
    pub outcome: Outcome,
    pub merged: Option<Share>,
    pub share: Option<Share>,
    pub branch: Option<String>,
}

impl Court<'_, '_> {
    /// Every implementation pull request has to be in the branch that the release is built from.
    pub fn landed(&self) -> Landed {
        let pulls: Vec<_> = implementation_pulls(self.today, self.subject.release).collect();
        if pulls.is_empty() {
            let outcome = if self.nothing_to_merge() { Outcome::Pass } else { Outcome::Unknown };
            return Landed { outcome, merged: None, share: None, branch: None };
        }
        let merged = pulls.iter().filter(|pull| pull.state == PullState::Merged).count();
        let landings: Vec<_> =
            pulls.iter().filter_map(|pull| landing_of(self.today, pull, self.subject.release)).collect();
        let contained = landings.iter().filter(|landing| landing.contained).count();
        // What is in a branch stays there; what is not in it may have come while nobody could look.
        let looked = [Reading::Branches, Reading::Pulls].map(|what| self.today.unread_by(self.now, what, None));
        let outcome = if merged < pulls.len() || contained < landings.len() {
            if looked == [None, None] { Outcome::Fail } else { Outcome::Unknown }
        } else if contained == pulls.len() && !self.lacks_a_link() {
            Outcome::Pass
        } else {
            Outcome::Unknown
        };
        Landed {
            outcome,
            merged: Some(Share { done: merged, all: pulls.len() }),
            share: (!landings.is_empty()).then_some(Share { done: contained, all: pulls.len() }),
            branch: landings.first().map(|landing| landing.branch.to_owned()),
        }
    }

    /// Whether an implementation pull request is linked that could not be read.
    fn lacks_a_link(&self) -> bool {
        self.today.unread_link(PullKind::Implementation, self.subject.release).is_some()
    }

    fn nothing_to_merge(&self) -> bool {
        let release = self.subject.release;
        let signs = |event: &Event| matches!(event, Event::NothingToMerge { release: r, .. } if *r == release);
        self.today.events.iter().any(|recorded| signs(&recorded.event))
    }
}

/// What was seen of a pull request in the release's own branch, else in whatever branch was looked at last.
pub(crate) fn landing_of<'a>(known: &Known<'a>, pull: &Pull, release: ReleaseVersion) -> Option<Landing<'a>> {
    let all = known.landings.iter().rev();
    let mut of_pull = all.filter(|landing| (landing.repository, landing.number) == (&*pull.repository, pull.number));
    let latest = of_pull.next()?;
    let own = std::iter::once(latest).chain(of_pull).find(|landing| is_branch_of(landing.branch, release));
    Some(*own.unwrap_or(latest))
}

/// `release-1.10` is the branch of v1.10.
fn is_branch_of(branch: &str, release: ReleaseVersion) -> bool {
    let version = branch.rsplit(|c: char| !c.is_ascii_digit() && c != '.').next();
    version.and_then(|text| text.parse().ok()) == Some(release)
}
