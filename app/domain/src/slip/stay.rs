//! How long a proposal stays in a maturity stage. KubeVirt's rule of thumb: Alpha for at most two releases, Beta for at
//! most three. A warning, never a requirement.

use serde::Serialize;

use super::Fate;
use crate::{ReleaseVersion, Stage};

/// Stages with the number of releases that they should last at most.
const MOST: [(Stage, usize); 2] = [(Stage::Alpha, 2), (Stage::Beta, 3)];

/// A stage that lasts longer than it should.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stay {
    /// Which stage.
    pub stage: Stage,
    /// The releases in which it is in that stage, in order.
    pub releases: Vec<ReleaseVersion>,
    /// How many there should be at most.
    pub most: usize,
}

impl Stay {
    /// "Alpha for 3 releases (v1.8, v1.9, v1.10); the rule of thumb is at most 2."
    pub fn sentence(&self) -> String {
        let names: Vec<_> = self.releases.iter().map(ToString::to_string).collect();
        format!(
            "{} for {} releases ({}); the rule of thumb is at most {}.",
            self.stage.name(),
            names.len(),
            names.join(", "),
            self.most
        )
    }
}

/// Stages that last too long. `parts` are the proposal's releases in order, with stages and fate; `calendar` all releases
/// in order up to the latest that is planned. A stage begins with the first release that has it and was not slipped; it
/// ends before the one that has a later stage, else with `current`.
pub fn long_stays(
    parts: &[(ReleaseVersion, &[Stage], Fate)],
    calendar: &[ReleaseVersion],
    current: Option<ReleaseVersion>,
) -> Vec<Stay> {
    let counts = |fate: Fate| !matches!(fate, Fate::Slipped | Fate::Ended);
    let first = |is: &dyn Fn(&Stage) -> bool| {
        parts.iter().find(|(_, stages, fate)| counts(*fate) && stages.iter().any(is)).map(|(release, ..)| *release)
    };
    let stay = |(stage, most): &(Stage, usize)| {
        let from = first(&|s| s == stage)?;
        let until = first(&|s| step(s) > step(stage));
        let within = |release: &&ReleaseVersion| {
            **release >= from
                && match until {
                    Some(until) => **release < until,
                    None => current.is_some_and(|current| **release <= current),
                }
        };
        let releases: Vec<_> = calendar.iter().filter(within).copied().collect();
        (releases.len() > *most).then(|| Stay { stage: stage.clone(), releases, most: *most })
    };
    MOST.iter().filter_map(stay).collect()
}

/// Where a stage stands among those that follow each other; 0 for any other word.
const fn step(stage: &Stage) -> u8 {
    match stage {
        Stage::Alpha => 1,
        Stage::Beta => 2,
        Stage::Ga => 3,
        Stage::Single | Stage::Other(_) => 0,
    }
}
