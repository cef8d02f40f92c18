//! Where sources disagree about proposals (P-13), with everything at hand that they are judged by.

use std::sync::Arc;

use domain::{FixKind, IssueReading, Judged, Matter, Mismatch, mismatches};

use super::{
    Moment, ProposalRecord, Verdicts, World,
    world::{Kept, locked},
};
use crate::store::{Result, blob};

/// Documents whose texts are read at a time.
const BATCH: usize = 100;

/// Disagreements about one proposal.
pub type Mismatches = Arc<Vec<Arc<Mismatch>>>;

/// What is kept with a proposal: what its issue stated, and the disagreements that followed.
pub(super) type KeptMismatches = (Option<Arc<IssueReading>>, Mismatches);

/// A proposal whose document has to be read for a patch.
struct Open<'r> {
    place: usize,
    record: &'r ProposalRecord,
    reading: Option<Arc<IssueReading>>,
    blob: String,
}

impl Verdicts {
    /// Disagreements about each of some proposals at a moment, in their order. Those of the present are kept until the
    /// proposal, the text of its issue or time changes them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mismatches(
        &self,
        world: &World,
        records: &[&ProposalRecord],
        moment: Moment,
    ) -> Result<Vec<Mismatches>> {
        let texts = self.issue_texts(world).await?;
        let (mut all, mut open) = (Vec::with_capacity(records.len()), Vec::new());
        for (place, record) in records.iter().enumerate() {
            let reading = texts.get(&(record.source.id.clone(), record.history.number)).cloned();
            if let Some(known) = known(record, reading.as_ref(), moment) {
                all.push(known);
                continue;
            }
            let found = world.find_mismatches(record, moment, (reading.as_deref(), None));
            let fixes_document = found.iter().any(|mismatch| mismatch.fix_kind == FixKind::Document);
            match blob_of(record, moment).filter(|_| fixes_document) {
                Some(blob) => {
                    all.push(Arc::default());
                    open.push(Open { place, record, reading, blob });
                }
                None => all.push(world.keep_mismatches(record, moment, reading, found)),
            }
        }
        for batch in open.chunks(BATCH) {
            let blobs: Vec<String> = batch.iter().map(|open| open.blob.clone()).collect();
            let contents = blob::find_all(&mut *self.pool.acquire().await?, &blobs).await?;
            for Open { place, record, reading, blob } in batch {
                let text = contents.get(blob).map(|content| String::from_utf8_lossy(content));
                let found = world.find_mismatches(record, moment, (reading.as_deref(), text.as_deref()));
                if let Some(of_it) = all.get_mut(*place) {
                    *of_it = world.keep_mismatches(record, moment, reading.clone(), found);
                }
            }
        }
        Ok(all)
    }
}

/// What is kept for the present, where it still holds.
fn known(record: &ProposalRecord, reading: Option<&Arc<IssueReading>>, moment: Moment) -> Option<Mismatches> {
    let Moment::Now(now) = moment else { return None };
    let kept = locked(&record.mismatches);
    let (of, found) = kept.as_ref().filter(|kept| kept.holds_at(now)).map(|kept| &kept.what)?;
    let same = match (of, reading) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    };
    same.then(|| found.clone())
}

/// The content of the main document at a moment.
fn blob_of(record: &ProposalRecord, moment: Moment) -> Option<String> {
    record.history.at(moment.instant()).document.map(|version| version.blob.clone())
}

impl World {
    /// With the texts of issue and document more is found, and fixes of the document are patches.
    fn find_mismatches(
        &self,
        record: &ProposalRecord,
        moment: Moment,
        (issue_text, document_text): (Option<&IssueReading>, Option<&str>),
    ) -> Vec<Mismatch> {
        let now = moment.instant();
        let known = record.history.at(now);
        let rows = self.rows_of(record, moment);
        let dates: Vec<_> = rows.iter().map(|row| self.dates_of(record, row.verdict.release, now)).collect();
        let judged: Vec<_> = rows
            .iter()
            .zip(&dates)
            .filter(|(row, _)| row.release.is_some())
            .map(|(row, dates)| Judged { verdict: &row.verdict, dates })
            .collect();
        let matter = Matter::new(&record.source, &record.history, &known);
        mismatches(&Matter { judged: &judged, issue_text, document_text, ..matter })
    }

    fn keep_mismatches(
        &self,
        record: &ProposalRecord,
        moment: Moment,
        reading: Option<Arc<IssueReading>>,
        found: Vec<Mismatch>,
    ) -> Mismatches {
        let found: Mismatches = Arc::new(found.into_iter().map(Arc::new).collect());
        if let Moment::Now(from) = moment {
            let until = self.rows_of(record, moment).iter().filter_map(|row| row.valid_until).min();
            *locked(&record.mismatches) = Some(Kept { from, until, what: (reading, found.clone()) });
        }
        found
    }
}
