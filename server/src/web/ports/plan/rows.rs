//! Rows of the plan: what each lacks, how much work it is, how it slipped before.

use app::features::plan::port::{Named, PlanRow};
use domain::{Departure, Event, Freeze, Outcome, ReleaseVersion, Rule, Status};

use super::{Desk, load::People};
use crate::{
    verdicts::{ProposalRecord, Row, Rows},
    web::views,
};

/// Whether it takes part without being accepted: proposed, or not accepted when a freeze passed.
pub fn waits_for_acceptance(row: &Row) -> bool {
    let out = matches!(row.verdict.status, Status::Ended { .. } | Status::Departed { .. } | Status::NotTargeted);
    !out && row.verdict.facts.accepted.is_none()
}

impl Desk<'_> {
    /// What is accepted, in the SIG's order; without a place at the end, by number.
    pub(super) fn accepted(&self, people: &People) -> Vec<PlanRow> {
        let mut rows = self.rows(people, |row| row.verdict.tracked);
        rows.sort_by_key(|row| (row.rank.unwrap_or(u32::MAX), row.proposal.number));
        rows
    }

    /// What waits for acceptance, by number.
    pub(super) fn proposed(&self, people: &People) -> Vec<PlanRow> {
        self.rows(people, waits_for_acceptance)
    }

    fn rows(&self, people: &People, which: fn(&Row) -> bool) -> Vec<PlanRow> {
        let may = self.may();
        let shown = self.shown().filter(|(_, row)| which(row));
        shown.map(|(rows, row)| self.row(rows, row, people, may(&row.sig))).collect()
    }

    fn row(&self, rows: &Rows, row: &Row, people: &People, may: bool) -> PlanRow {
        let record = self.record(row);
        let accepted = usize::from(!row.verdict.tracked);
        let named = named(row).into_iter().map(|login| {
            let with_it = people.accepted(login) + accepted;
            Named { login: login.to_owned(), with_it }
        });
        PlanRow {
            proposal: views::link_of(row),
            sig: row.sig.clone(),
            status: row.verdict.status,
            words: row.verdict.words.clone(),
            rank: row.verdict.facts.accepted.and_then(|accepted| accepted.rank),
            owners: row.owners.clone(),
            people: named.collect(),
            lacks: lacks(row),
            work: row.verdict.facts.merged,
            slips: slips(rows, record, self.version()),
            may,
            seen: record.map_or(0, ProposalRecord::latest_decision_id),
        }
    }

    pub(super) fn record(&self, row: &Row) -> Option<&ProposalRecord> {
        self.world.proposals.get(&(row.source.clone(), row.number)).map(|record| &**record)
    }
}

/// Reviewers and approvers, each once.
pub(super) fn named(row: &Row) -> Vec<&str> {
    let mut named: Vec<&str> = Vec::new();
    for login in row.reviewers.iter().chain(&row.approvers) {
        if !named.iter().any(|known| known.eq_ignore_ascii_case(login)) {
            named.push(login);
        }
    }
    named
}

/// Owner, reviewers, support, commitment, document: what the SIG wants to know before it accepts, as it is now, also
/// where a freeze has passed.
fn lacks(row: &Row) -> Vec<String> {
    let requirements = &row.verdict.judgement(Freeze::Enhancement).requirements;
    let commitment = requirements.iter().find(|requirement| requirement.rule == Rule::Commitment);
    let committed = commitment.is_some_and(|requirement| requirement.outcome == Outcome::Pass);
    let all = [
        (row.document, "document not merged"),
        (!row.owners.is_empty(), "no owner"),
        (!row.reviewers.is_empty(), "no reviewer"),
        (!row.approvers.is_empty(), "no approver"),
        (committed || row.owners.is_empty(), "no commitment"),
        (row.supported, "no support on record"),
    ];
    all.into_iter().filter(|(there, _)| !there).map(|(_, words)| words.to_owned()).collect()
}

/// How it slipped from releases before, oldest first.
pub(super) fn slips(rows: &Rows, record: Option<&ProposalRecord>, version: ReleaseVersion) -> Vec<String> {
    let earlier = rows.iter().filter_map(|row| Some((row.release?, row))).filter(|(release, _)| *release < version);
    earlier.filter_map(|(release, row)| slip(release, &row.verdict.status, record)).collect()
}

fn slip(release: ReleaseVersion, status: &Status, record: Option<&ProposalRecord>) -> Option<String> {
    match status {
        Status::Departed { departure: Departure::Retargeted(to) } => {
            let reason = record.and_then(|record| reason(record, release, *to));
            Some(reason.map_or_else(|| format!("{release} → {to}"), |why| format!("{release} → {to} ({why})")))
        }
        Status::Departed { departure: Departure::Removed } => Some(format!("removed from {release}")),
        Status::Missed { freeze } => Some(format!("missed {} of {release}", freeze.short())),
        Status::NotAccepted => Some(format!("not accepted for {release}")),
        Status::CompleteNotLanded => Some(format!("not landed in {release}")),
        _ => None,
    }
}

/// Why it was moved, by the latest such decision.
fn reason(record: &ProposalRecord, of: ReleaseVersion, goal: ReleaseVersion) -> Option<&'static str> {
    record.history.events.iter().rev().find_map(|recorded| match &recorded.event {
        Event::Retargeted { from, to, reason, .. } if (*from, *to) == (of, goal) => Some(reason.words()),
        _ => None,
    })
}
