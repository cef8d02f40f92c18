//! Who has to review a release: what is accepted, what is proposed, and which reviews wait.

use std::collections::BTreeMap;

use app::features::plan::port::Load;

use super::{Desk, rows::named, waits_for_acceptance};

/// Loads by login in lower case.
pub(super) struct People(BTreeMap<String, Load>);

impl People {
    /// How many accepted proposals of the release name somebody.
    pub(super) fn accepted(&self, login: &str) -> usize {
        self.0.get(&login.to_ascii_lowercase()).map_or(0, |load| load.accepted)
    }

    /// Them, those with most first.
    pub(super) fn most_first(&self) -> Vec<Load> {
        let mut all: Vec<_> = self.0.values().cloned().collect();
        all.sort_by_key(|load| std::cmp::Reverse((load.accepted, load.proposed, load.reviews)));
        all
    }
}

impl Desk<'_> {
    /// Everybody who reviews or approves something of this release, of any source.
    pub(super) fn people(&self) -> People {
        let mut people: BTreeMap<String, Load> = BTreeMap::new();
        for (_, row) in self.in_release() {
            let (accepted, proposed) = (row.verdict.tracked, waits_for_acceptance(row));
            if !accepted && !proposed {
                continue;
            }
            for login in named(row) {
                let load = people.entry(login.to_ascii_lowercase()).or_insert_with(|| Load {
                    login: login.to_owned(),
                    accepted: 0,
                    proposed: 0,
                    reviews: 0,
                });
                load.accepted += usize::from(accepted);
                load.proposed += usize::from(proposed);
            }
        }
        // A proposal has one row for each of its releases, all with the same reviews.
        for login in self.all.iter().filter_map(|rows| rows.first()).flat_map(|row| &row.reviews) {
            if let Some(load) = people.get_mut(&login.to_ascii_lowercase()) {
                load.reviews += 1;
            }
        }
        People(people)
    }
}
