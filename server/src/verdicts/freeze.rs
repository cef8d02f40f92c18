//! A release as judged at a freeze, and the snapshots that were kept of that (P-5, P-11).

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    Event, Freeze, Frozen, Recorded, ReleaseVersion, Since, Source, Status, Subject, Verdict, freeze_day,
    outgoing::Announced, verdict,
};

use super::{ProposalRecord, ReleaseRecord, World};

/// A proposal with a verdict on it.
pub type Judged = (Arc<ProposalRecord>, Verdict);

/// A snapshot of a source's part of a freeze.
#[derive(Clone, Copy)]
pub struct Closing<'w> {
    /// Id of the source.
    pub source: &'w str,
    /// The decision that closed it.
    pub recorded: &'w Recorded,
    /// The instant at which it was judged.
    pub at: DateTime<Utc>,
    /// What it holds.
    pub judged: &'w [Frozen],
}

impl World {
    /// Every proposal of a release as it stood at the instant of a freeze, by what is known now; none for a freeze
    /// without a date.
    pub fn at_freeze(&self, release: &ReleaseRecord, freeze: Freeze, now: DateTime<Utc>) -> Option<Vec<Judged>> {
        let at = release.dates_at(now).freeze(freeze)?;
        let dates = release.dates_at(at);
        Some(self.judged(release, |record| verdict(subject(record, release, &dates), at)))
    }

    /// The same if the freeze were now.
    pub fn if_frozen(&self, release: &ReleaseRecord, freeze: Freeze, now: DateTime<Utc>) -> Vec<Judged> {
        let dates = release.dates_at(now);
        self.judged(release, |record| freeze_day::simulated(subject(record, release, &dates), freeze, now))
    }

    /// The verdict on one proposal of a release.
    pub fn verdict_in(&self, record: &ProposalRecord, release: &ReleaseRecord, now: DateTime<Utc>) -> Verdict {
        verdict(subject(record, release, &release.dates_at(now)), now)
    }

    /// Those that take part, worst first.
    fn judged(&self, release: &ReleaseRecord, judge: impl Fn(&ProposalRecord) -> Verdict) -> Vec<Judged> {
        let records = self.proposals.values().filter(|record| record.source.calendar == release.calendar);
        let named = records.filter(|record| record.named.contains(&release.version));
        let mut all: Vec<Judged> = named.map(|record| (record.clone(), judge(record))).collect();
        all.retain(|(_, verdict)| verdict.status != Status::NotTargeted);
        all.sort_by_key(|(record, verdict)| (verdict.status.urgency(), record.history.number));
        all
    }

    /// What is announced of a freeze: the snapshot of each source that has one, else what is judged by what is known now;
    /// none before the freeze.
    pub fn announced_groups(
        &self,
        release: &ReleaseRecord,
        freeze: Freeze,
        now: DateTime<Utc>,
    ) -> Option<Vec<Announced>> {
        if !release.dates_at(now).passed(freeze, now) {
            return None;
        }
        let closings = self.freeze_closings(release, freeze);
        let judged = self.at_freeze(release, freeze, now)?;
        let open =
            judged.iter().filter(|(record, _)| closings.iter().all(|closing| closing.source != record.source.id));
        let open = open.map(|(record, verdict)| {
            (&*record.source, Frozen::of(record.history.number, &record.title, verdict, freeze))
        });
        let kept = closings.iter().filter_map(|closing| {
            let source = self.sources.get(closing.source)?;
            Some(closing.judged.iter().map(move |frozen| (&**source, frozen.clone())))
        });
        let all = kept.flatten().chain(open);
        Some(all.map(|(source, frozen)| self.announced((release, freeze), source, frozen, now)).collect())
    }

    /// What became of a proposal since what was kept or judged of it at a freeze, where that is news: the one comparison of
    /// the page and the announcement.
    pub fn since(
        &self,
        release: &ReleaseRecord,
        freeze: Freeze,
        (source, frozen): (&str, &Frozen),
        now: DateTime<Utc>,
    ) -> Option<Since> {
        let record = self.proposals.get(&(source.to_owned(), frozen.number))?;
        frozen.since(&self.verdict_in(record, release, now), freeze)
    }

    fn announced(
        &self,
        (release, freeze): (&ReleaseRecord, Freeze),
        source: &Source,
        frozen: Frozen,
        now: DateTime<Utc>,
    ) -> Announced {
        let since = self.since(release, freeze, (&source.id, &frozen), now).map(|since| since.told);
        let Frozen { number, title, group, words, .. } = frozen;
        Announced { name: format!("{} {number}", source.noun), title, group, words, since }
    }

    /// Decisions that somebody who closes freeze day of a source has to have seen: all about its proposals in the release,
    /// but for words at check-ins, orders and agendas, which change nothing about a freeze.
    pub fn decided_for_freeze(&self, source: &str, release: ReleaseVersion) -> impl Iterator<Item = &Recorded> {
        let of_source = self.proposals.iter().filter(move |((id, _), _)| id == source).map(|(_, record)| record);
        let in_release = of_source.filter(move |record| record.named.contains(&release));
        in_release.flat_map(|record| &record.history.events).filter(move |recorded| {
            let aside = matches!(
                recorded.event,
                Event::CheckedIn { .. }
                    | Event::CheckInAnswered { .. }
                    | Event::Ranked { .. }
                    | Event::PutOnAgenda { .. }
                    | Event::TakenOffAgenda { .. }
            );
            recorded.event.is_decision() && !aside && recorded.event.release().is_none_or(|of| of == release)
        })
    }

    /// Snapshots of a freeze, one for each source whose part was closed.
    pub fn freeze_closings(&self, release: &ReleaseRecord, freeze: Freeze) -> Vec<Closing<'_>> {
        let sources = self.sources.values().filter(|source| source.calendar == release.calendar);
        let closing = |source: &'_ str| {
            let mut decided = self.decided_on_source(source);
            decided.find_map(|recorded| match &recorded.event {
                Event::FreezeClosed { release: r, freeze: f, at, judged } if *r == release.version && *f == freeze => {
                    Some((recorded, *at, &**judged))
                }
                _ => None,
            })
        };
        let found = sources.filter_map(|source| Some((source, closing(&source.id)?)));
        found.map(|(source, (recorded, at, judged))| Closing { source: &source.id, recorded, at, judged }).collect()
    }
}

fn subject<'a>(record: &'a ProposalRecord, release: &ReleaseRecord, dates: &'a domain::ReleaseDates) -> Subject<'a> {
    Subject { source: &record.source, history: &record.history, release: release.version, dates }
}
