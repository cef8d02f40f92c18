//! Bringing the world to the head of the log, by reading only what is new.

use std::{collections::BTreeMap, sync::Arc};

use domain::Recorded;
use sqlx::PgConnection;

use super::{ProposalRecord, World, groups::Memberships, world::releases};
use crate::store::{
    Result, alias, announcement, calendar,
    event::{self, Head, Keys},
    project, proposal, representation, roster, schedule, source,
};

/// More events at once than this touch so much that whole histories are read.
const FEW: usize = 500;

/// What was appended since a position of the log.
#[derive(Debug, Default)]
struct News {
    /// About sources as a whole.
    sources: Vec<(String, Recorded)>,
    /// About proposals that are known, and no more than the events themselves.
    known: BTreeMap<(String, u32), Vec<Recorded>>,
    /// Other proposals, to be read whole.
    others: Keys,
}

impl News {
    /// Of a world that knows the log up to `known`, brought to `head`.
    async fn since(world: &World, conn: &mut PgConnection, known: i64, head: Head) -> Result<Self> {
        let limit = i64::try_from(FEW).unwrap_or(i64::MAX);
        let few = if world.proposals.is_empty() { Vec::new() } else { event::after(conn, known, limit).await? };
        // What came after the head is read with the next one.
        let in_time = |recorded: &Recorded| recorded.id <= head.proposals;
        if world.proposals.is_empty() || few.len() >= FEW {
            let mut sources = event::of_sources(conn, known).await?;
            sources.retain(|(_, recorded)| in_time(recorded));
            return Ok(Self { sources, others: event::touched_since(conn, known).await?, ..Self::default() });
        }
        let mut news = Self::default();
        let mut of_proposals: BTreeMap<_, Vec<Recorded>> = BTreeMap::new();
        for (source, number, recorded) in few.into_iter().filter(|(_, _, recorded)| in_time(recorded)) {
            if number == 0 {
                news.sources.push((source, recorded));
            } else {
                of_proposals.entry((source, number)).or_default().push(recorded);
            }
        }
        let is_all = |(key, recorded): &((String, u32), Vec<Recorded>)| {
            world.proposals.contains_key(key) && !recorded.iter().any(|one| project::tells_more(&one.event))
        };
        let (of_known, of_others): (_, BTreeMap<_, _>) = of_proposals.into_iter().partition(is_all);
        news.known = of_known;
        for (source, number) in of_others.into_keys() {
            news.others.push(source, number);
        }
        Ok(news)
    }
}

impl World {
    /// This world, brought to `head` by reading only what changed.
    pub(super) async fn refreshed(&self, conn: &mut PgConnection, head: Head) -> Result<Self> {
        let same_calendars = self.head.is_some_and(|known| known.calendars == head.calendars);
        let (sources, calendars, schedules) = if same_calendars {
            (self.sources.clone(), self.calendars.clone(), self.schedules.clone())
        } else {
            let sources = source::all(conn).await?.into_iter().map(|source| (source.id.clone(), Arc::new(source)));
            (sources.collect(), calendar::all(conn).await?, Arc::new(schedule::versions(conn).await?))
        };
        let known = self.head.unwrap_or_default().proposals;
        let news = News::since(self, conn, known, head).await?;
        let memberships = if same_calendars && news.sources.is_empty() {
            self.memberships.clone()
        } else {
            let (aliases, sig_aliases) = (alias::all(conn).await?, source::sig_aliases(conn).await?);
            let (rosters, release_teams) = (roster::all(conn).await?, alias::release_teams(conn).await?);
            Arc::new(Memberships { aliases, sig_aliases, rosters, release_teams })
        };
        let announced =
            if same_calendars { self.announced.clone() } else { Arc::new(announcement::announced(conn).await?) };
        let representation =
            if same_calendars { self.representation.clone() } else { Arc::new(representation::all(conn).await?) };
        let source_events = if news.sources.is_empty() {
            self.source_events.clone()
        } else {
            let mut all = (*self.source_events).clone();
            for (source, recorded) in news.sources {
                all.entry(source).or_default().push(recorded);
            }
            Arc::new(all)
        };
        let mut next = Self {
            head: Some(head),
            sources,
            calendars,
            memberships,
            announced,
            representation,
            source_events,
            schedules,
            ..self.unjudged()
        };
        if !same_calendars {
            // Records of their own, so that nothing judged by the dates of before is kept with them.
            for record in next.proposals.values_mut() {
                *record = Arc::new(record.anew());
            }
        }
        let mut named_before = same_calendars;
        for ((source, number), recorded) in news.known {
            let Some(before) = next.proposals.get(&(source, number)) else { continue };
            let record = before.with(recorded);
            named_before &= next.put(record);
        }
        for (row, history) in proposal::with_histories(conn, &news.others).await? {
            let Some(source) = next.sources.get(&row.source).cloned() else { continue };
            let title = if row.title.is_empty() { "Untitled".to_owned() } else { row.title };
            named_before &= next.put(ProposalRecord::new(source, title, Arc::new(history)));
        }
        if !named_before {
            next.releases = releases(&next.calendars, &next.schedules, &next.proposals);
        }
        Ok(next)
    }

    /// This world after events about one proposal that were appended while nobody else could append; none when it does
    /// not know the proposal.
    pub(super) fn after(&self, source: &str, number: u32, appended: &[Recorded]) -> Option<Self> {
        let before = self.proposals.get(&(source.to_owned(), number))?;
        let record = before.with(appended.to_vec());
        let mut next = self.unjudged();
        if let (Some(head), Some(last)) = (&mut next.head, appended.last()) {
            head.proposals = last.id;
        }
        if !next.put(record) {
            next.releases = releases(&next.calendars, &next.schedules, &next.proposals);
        }
        Some(next)
    }
}

impl ProposalRecord {
    /// The same with what was appended since. What its history has already is not taken twice: it may have been read
    /// whole a moment after the head that its world stands at.
    fn with(&self, appended: Vec<Recorded>) -> Self {
        let mut history = (*self.history).clone();
        let last = history.events.last().map_or(0, |recorded| recorded.id);
        history.events.extend(appended.into_iter().filter(|recorded| recorded.id > last));
        Self::new(self.source.clone(), self.title.clone(), Arc::new(history))
    }
}
