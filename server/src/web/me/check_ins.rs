//! Check-ins of this week that are theirs to make or to answer (P-21), and what a check-in proposed for their SIG to
//! confirm.
//!
//! The release team speaks in a meeting, so it has one task for each release; an approver and an owner have one for each
//! proposal.

use std::collections::BTreeMap;

use app::features::{check_ins::CheckInAddress, me::port::Task, shared::Act};
use domain::{
    ReleaseVersion, Week,
    check_in::{CheckIn, check_in},
};

use super::tasks::Looker;
use crate::{
    verdicts::{Moment, ProposalRecord, Row},
    web::{confirm::ToConfirm, views},
};

/// What is due this week.
#[derive(Debug, Default)]
pub(super) struct Weekly {
    meetings: BTreeMap<ReleaseVersion, u32>,
    tasks: Vec<Task>,
}

impl Weekly {
    /// Counts a participation.
    pub(super) fn count(&mut self, looker: &Looker<'_>, record: &ProposalRecord, row: &Row, release: ReleaseVersion) {
        if !row.verdict.tracked || !looker.meets_about(&record.source.calendar, release) {
            return;
        }
        let team = looker.in_team(&record.source.calendar, release);
        let approver = looker.is_any(&row.approvers);
        let member = looker.is_member(&record.source.id, &row.sig);
        let owner = looker.is_any(&row.owners);
        if !(team || approver || member || owner) {
            return;
        }
        let known = record.history.at(looker.now);
        let week = Week::of(looker.now);
        let address = CheckInAddress { release, week };
        let this_week = check_in(&known, release, week);
        let spoke = this_week.halves();
        if team && !spoke.release_team {
            *self.meetings.entry(release).or_default() += 1;
        }
        if approver && !spoke.approver {
            self.tasks.push(Task {
                what: format!("Check in for week {}", week.number()),
                why: "The approver's half; before or after the meeting.".to_owned(),
                proposal: Some(views::link_of(row)),
                release: Some(release),
                role: "approver".to_owned(),
                since: None,
                deadline: Some(week.ends()),
                act: Act { label: "Check in".to_owned(), href: address.meeting(&row.source, row.number) },
                or: None,
            });
        }
        if owner && this_week.answers.is_empty() {
            self.tasks.push(answer(row, release, &this_week));
        }
        let confirm = ToConfirm::of(looker.world, (record, row), &known, Moment::Now(looker.now));
        if let Some(confirm) = confirm.filter(|_| member) {
            self.tasks.push(Task {
                what: confirm.what(),
                why: confirm.why(),
                proposal: Some(views::link_of(row)),
                release: Some(release),
                role: format!("member of {}", row.sig),
                since: confirm.said.at,
                deadline: None,
                act: confirm.confirm(),
                or: Some(confirm.decline()),
            });
        }
    }

    /// One task for each release whose meeting is open, then those of single proposals.
    pub(super) fn tasks(self, looker: &Looker<'_>) -> impl Iterator<Item = Task> {
        let week = Week::of(looker.now);
        let meetings = self.meetings.into_iter().map(move |(release, count)| {
            let proposals = if count == 1 { "proposal" } else { "proposals" };
            Task {
                what: format!(
                    "Check-in of week {}: {count} {proposals} without the release team's word",
                    week.number()
                ),
                why: "The release team's half.".to_owned(),
                proposal: None,
                release: Some(release),
                role: "release team".to_owned(),
                since: None,
                deadline: Some(week.ends()),
                act: Act {
                    label: "Open the meeting".to_owned(),
                    href: CheckInAddress { release, week }.below("meeting"),
                },
                or: None,
            }
        });
        meetings.chain(self.tasks)
    }
}

/// What an owner has to say to a week, before the others spoke or after.
fn answer(row: &Row, release: ReleaseVersion, check_in: &CheckIn) -> Task {
    let why = match check_in.outcome() {
        Some(said) => format!("@{}: {}", said.by, said.sentence),
        None => "Nobody has spoken yet; what you say stands beside the check-in.".to_owned(),
    };
    Task {
        what: format!("Answer the check-in of week {}", check_in.week.number()),
        why,
        proposal: Some(views::link_of(row)),
        release: Some(release),
        role: "owner".to_owned(),
        since: None,
        deadline: Some(check_in.week.ends()),
        act: Act {
            label: "Answer".to_owned(),
            href: format!("/{}/{}/decide/answer-check-in?release={release}", row.source, row.number),
        },
        or: None,
    }
}
