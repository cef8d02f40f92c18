//! Where sources disagree about proposals (P-13), with everything at hand that they are judged by.

use domain::{IssueReading, Judged, Known, Matter, Mismatch, mismatches};

use super::{Moment, ProposalRecord, World};

impl World {
    /// Disagreements about a proposal at a moment. With the texts of issue and document more is found, and fixes of the
    /// document are patches.
    pub fn mismatches(
        &self,
        record: &ProposalRecord,
        known: &Known<'_>,
        moment: Moment,
        (issue_text, document_text): (Option<&IssueReading>, Option<&str>),
    ) -> Vec<Mismatch> {
        let now = moment.instant();
        let rows = self.rows_of(record, moment);
        let dates: Vec<_> = rows
            .iter()
            .map(|row| {
                let key = (record.source.calendar.clone(), row.verdict.release);
                self.releases.get(&key).map(|release| release.dates_at(now)).unwrap_or_default()
            })
            .collect();
        let judged: Vec<_> = rows
            .iter()
            .zip(&dates)
            .filter(|(row, _)| row.release.is_some())
            .map(|(row, dates)| Judged { verdict: &row.verdict, dates })
            .collect();
        let matter = Matter::new(&record.source, &record.history, known);
        mismatches(&Matter { judged: &judged, issue_text, document_text, ..matter })
    }
}
