//! What slipped from the release before: missed, not complete, not accepted, removed.

use app::features::plan::port::{SlippedRow, Way};
use domain::{Departure, Status};

use super::{Desk, rows::slips};
use crate::{verdicts::ProposalRecord, web::views};

impl Desk<'_> {
    /// Those that do not take part in this release, by number.
    pub(super) fn slipped(&self) -> Vec<SlippedRow> {
        let Some(before) = self.before() else { return Vec::new() };
        let now = self.moment.instant();
        let out = before.dates_at(now).released(now);
        let may = self.may();
        let mut found = Vec::new();
        for rows in &self.all {
            let Some(row) = rows.iter().find(|row| row.release == Some(before.version)) else { continue };
            let here = row.source == self.source.id && self.sig.is_none_or(|sig| row.sig == sig);
            let takes_part = rows.iter().any(|row| row.release == Some(self.version()));
            if !here || takes_part || !has_slipped(&row.verdict.status) {
                continue;
            }
            let record = self.record(row);
            let left = matches!(row.verdict.status, Status::Departed { .. });
            found.push(SlippedRow {
                proposal: views::link_of(row),
                sig: row.sig.clone(),
                status: row.verdict.status,
                words: row.verdict.words.clone(),
                slips: slips(rows, record, before.version),
                way: if left || out { Way::Accept } else { Way::Retarget },
                may: may(&row.sig),
                seen: record.map_or(0, ProposalRecord::latest_decision_id),
            });
        }
        found
    }
}

/// Whether a status in a release means that the work did not make it there: a freeze passed unmet without an exception
/// that is granted or asked for, no acceptance, a removal, or work that is not in the branch.
const fn has_slipped(status: &Status) -> bool {
    matches!(
        status,
        Status::Missed { .. }
            | Status::NeverVerified { .. }
            | Status::NotVerifiedDue { .. }
            | Status::ExceptionRequired { .. }
            | Status::ExceptionDenied { .. }
            | Status::NotAccepted
            | Status::CompleteNotLanded
            | Status::Departed { departure: Departure::Removed }
    )
}
