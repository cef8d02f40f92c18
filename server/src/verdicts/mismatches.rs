//! Where sources disagree about proposals (P-13), with everything at hand that they are judged by.

use std::sync::Arc;

use domain::{IssueReading, Judged, Known, Matter, Mismatch, mismatches};

use super::{Moment, ProposalRecord, World, world::kept};

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
        let dates: Vec<_> = rows.iter().map(|row| self.dates_of(record, row.verdict.release, now)).collect();
        let judged: Vec<_> = rows
            .iter()
            .zip(&dates)
            .filter(|(row, _)| row.release.is_some())
            .map(|(row, dates)| Judged { verdict: &row.verdict, dates })
            .collect();
        let matter = Matter::new(&record.source, &record.history, known);
        mismatches(&Matter { judged: &judged, issue_text, document_text, ..matter })
    }

    /// Disagreements about a proposal as far as the log alone tells them: without the texts of issue and document, which
    /// lists of all proposals would have to read one by one. Those of the present are kept.
    pub fn plain_mismatches(&self, record: &ProposalRecord, moment: Moment) -> Arc<Vec<Mismatch>> {
        kept(&record.mismatches, moment, || {
            let known = record.history.at(moment.instant());
            let found = self.mismatches(record, &known, moment, (None, None));
            let until = self.rows_of(record, moment).iter().filter_map(|row| row.valid_until).min();
            (Arc::new(found), until)
        })
    }
}
