//! A proposal in one release, judged: what lists and pages are made of.

use chrono::{DateTime, Utc};
use domain::{Known, PullState, ReleaseVersion, Subject, Verdict, owning_sig, verdict_on};

use super::{ProposalRecord, World};

/// A proposal in a release with its verdict, or without a release when it takes part in none.
#[derive(Debug, Clone)]
pub struct Row {
    /// Source of the proposal.
    pub source: String,
    /// What the source calls one.
    pub noun: String,
    /// Number of the proposal.
    pub number: u32,
    /// Title.
    pub title: String,
    /// The release it is about; the current one, by default, for a proposal that names none.
    pub release: Option<ReleaseVersion>,
    /// The verdict.
    pub verdict: Verdict,
    /// Owning SIG.
    pub sig: String,
    /// Logins of owners.
    pub owners: Vec<String>,
    /// Logins of reviewers.
    pub reviewers: Vec<String>,
    /// Logins of approvers.
    pub approvers: Vec<String>,
    /// Whether a document of it is merged.
    pub document: bool,
    /// Whether support by the community is on record (R002-21).
    pub supported: bool,
    /// Logins on whose review its open pull requests wait, of any release; one entry for each pull request.
    pub reviews: Vec<String>,
    /// Until when all this holds without any event.
    pub valid_until: Option<DateTime<Utc>>,
}

impl Row {
    /// One row for each release a proposal takes part in, in order; a single one without release when in none.
    pub(super) fn all(world: &World, record: &ProposalRecord, now: DateTime<Utc>) -> Vec<Self> {
        let known = record.history.at(now);
        let judge = |version: ReleaseVersion| {
            let key = (record.source.calendar.clone(), version);
            let dates = world.releases.get(&key).map_or_else(Default::default, |release| release.dates_at(now));
            let subject = Subject { source: &record.source, history: &record.history, release: version, dates: &dates };
            let mut verdict = verdict_on(subject, &known, now);
            // A schedule version that begins later changes the dates.
            let next = world
                .releases
                .get(&key)
                .and_then(|release| release.versions.iter().filter_map(|v| v.occurred_at).filter(|at| *at > now).min());
            verdict.valid_until = [verdict.valid_until, next].into_iter().flatten().min();
            verdict
        };
        let mut rows: Vec<_> = record
            .named
            .iter()
            .copied()
            .map(judge)
            .filter(|verdict| verdict.status != domain::Status::NotTargeted)
            .map(|verdict| Self::new(record, &known, Some(verdict.release), verdict))
            .collect();
        if rows.is_empty() {
            let version = world.current(now).unwrap_or(ReleaseVersion::new(0, 0));
            rows.push(Self::new(record, &known, None, judge(version)));
        }
        rows
    }

    fn new(record: &ProposalRecord, known: &Known<'_>, release: Option<ReleaseVersion>, verdict: Verdict) -> Self {
        let owned = |logins: Vec<&str>| logins.into_iter().map(str::to_owned).collect();
        Self {
            source: record.source.id.clone(),
            noun: record.source.noun.clone(),
            number: record.history.number,
            title: record.title.clone(),
            release,
            sig: owning_sig(&record.source, &record.history, known).to_owned(),
            owners: owned(known.owners()),
            reviewers: owned(known.reviewers()),
            approvers: owned(known.approvers()),
            document: known.document.is_some(),
            supported: known.supported,
            reviews: awaited(known),
            valid_until: verdict.valid_until,
            verdict,
        }
    }
}

fn awaited(known: &Known<'_>) -> Vec<String> {
    let open = known.pulls.iter().filter(|pull| pull.state == PullState::Open && pull.waiting_on_review);
    open.flat_map(|pull| pull.waiting_on.iter().cloned()).collect()
}
