//! Proposals that wait to be accepted for a release (P-5): one task for each release, since they are decided together.

use std::collections::{BTreeMap, BTreeSet};

use app::features::{me::port::Task, shared::Act};
use chrono::{DateTime, Utc};
use domain::{Freeze, ReleaseVersion};

use crate::verdicts::Row;

/// Releases with proposals that wait.
#[derive(Debug, Default)]
pub(super) struct Plans(BTreeMap<ReleaseVersion, Plan>);

#[derive(Debug, Default)]
struct Plan {
    count: u32,
    roles: BTreeSet<String>,
    deadline: Option<DateTime<Utc>>,
}

impl Plans {
    /// Counts a proposal that waits on somebody in a role.
    pub(super) fn add(&mut self, row: &Row, role: String) {
        let plan = self.0.entry(row.verdict.release).or_default();
        plan.count += 1;
        plan.roles.insert(role);
        plan.deadline = row.verdict.judgement(Freeze::Enhancement).deadline;
    }

    /// A task for each release.
    pub(super) fn tasks(self) -> impl Iterator<Item = Task> {
        self.0.into_iter().map(|(release, plan)| {
            let (proposals, wait) = if plan.count == 1 { ("proposal", "waits") } else { ("proposals", "wait") };
            Task {
                what: format!("Plan {release}: {} {proposals} {wait} to be accepted", plan.count),
                why: "Decide for each whether the release takes it, and put them in order.".to_owned(),
                proposal: None,
                release: Some(release),
                role: plan.roles.into_iter().collect::<Vec<_>>().join(", "),
                since: None,
                deadline: plan.deadline,
                act: Act { label: "Open the plan".to_owned(), href: format!("/releases/{release}/plan") },
                or: None,
            }
        })
    }
}
