//! Lines of the post-freeze checklist that wait for a signature (P-14): one task per release.
//!
//! Due from the Code Freeze to GA, for tracked participations of the SIGs somebody is a member of.

use std::collections::{BTreeMap, BTreeSet};

use app::features::{me::port::Task, shared::Act};
use chrono::{DateTime, Utc};
use domain::{Event, Freeze, ReleaseVersion, checklist::LINES, checklist::checklist};

use super::tasks::Looker;
use crate::verdicts::{ProposalRecord, Row};

/// Participations with open lines, by release.
#[derive(Debug, Default)]
pub(super) struct Due {
    releases: BTreeMap<ReleaseVersion, Open>,
    /// Lines that were added, by source and release.
    extra: BTreeMap<(String, ReleaseVersion), Vec<(String, String)>>,
}

#[derive(Debug, Default)]
struct Open {
    count: u32,
    sigs: BTreeSet<String>,
    since: Option<DateTime<Utc>>,
    ga: Option<DateTime<Utc>>,
}

impl Due {
    /// Counts a participation that has open lines and is theirs.
    pub(super) fn count(&mut self, looker: &Looker<'_>, record: &ProposalRecord, row: &Row, release: ReleaseVersion) {
        if !row.verdict.tracked || !looker.is_member(&record.source.id, &row.sig) {
            return;
        }
        let key = (record.source.calendar.clone(), release);
        let Some(dates) = looker.world.releases.get(&key).map(|known| known.dates_at(looker.now)) else { return };
        if !dates.passed(Freeze::Code, looker.now) || dates.released(looker.now) {
            return;
        }
        let extra = self
            .extra
            .entry((record.source.id.clone(), release))
            .or_insert_with(|| looker.world.extra_lines(&record.source.id, release));
        if is_open(looker, record, row, release, extra) {
            let open = self.releases.entry(release).or_default();
            open.count += 1;
            open.sigs.insert(row.sig.clone());
            open.since = dates.code_freeze;
            open.ga = dates.ga;
        }
    }

    /// A task for each release.
    pub(super) fn tasks(self) -> impl Iterator<Item = Task> {
        self.releases.into_iter().map(|(release, open)| {
            let proposals = if open.count == 1 { "proposal has" } else { "proposals have" };
            Task {
                what: format!("Sign the checklist of {release}: {} {proposals} open lines", open.count),
                why: "After the Code Freeze each line is answered by evidence or signed by name.".to_owned(),
                proposal: None,
                release: Some(release),
                role: open.sigs.iter().map(|sig| format!("member of {sig}")).collect::<Vec<_>>().join(", "),
                since: open.since,
                deadline: open.ga,
                act: Act { label: "Open the checklist".to_owned(), href: format!("/releases/{release}/checklist") },
                or: None,
            }
        })
    }
}

/// Fewer signatures than lines leave one open; only else the whole checklist has to be made.
fn is_open(
    looker: &Looker<'_>,
    record: &ProposalRecord,
    row: &Row,
    release: ReleaseVersion,
    extra: &[(String, String)],
) -> bool {
    let signed = record
        .history
        .events
        .iter()
        .filter(|recorded| matches!(&recorded.event, Event::ChecklistSigned { release: r, .. } if *r == release));
    if signed.count() < LINES.len() + extra.len() {
        return true;
    }
    let known = record.history.at(looker.now);
    checklist(&known, &row.verdict, extra).iter().any(|line| !line.done())
}
