//! Sources, releases and proposals as the log tells them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::{
    FreezeZone, History, Recorded, ReleaseDates, ReleaseVersion, Source, current_release,
    representation::Representative,
};

use super::{
    Row,
    check_ins::Spoken,
    course::{Chart, Course},
    events::{self, ExceptionKey},
    groups::Memberships,
    mismatches::KeptMismatches,
    pulls::JudgedPulls,
};
use crate::store::{
    announcement::Announced,
    calendar::Calendar,
    event::Head,
    schedule::{self, ScheduleVersion},
};

/// The instant a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The clock's now; its verdicts are kept.
    Now(DateTime<Utc>),
    /// Another instant, past or future.
    At(DateTime<Utc>),
}

impl Moment {
    /// The instant.
    pub const fn instant(self) -> DateTime<Utc> {
        match self {
            Self::Now(instant) | Self::At(instant) => instant,
        }
    }
}

/// A release with every version of its schedule.
#[derive(Debug, Clone)]
pub struct ReleaseRecord {
    /// Its calendar.
    pub calendar: String,
    /// Which release.
    pub version: ReleaseVersion,
    /// Zone in which its days end.
    pub zone: FreezeZone,
    /// Versions of its schedule in the order they were read; none for a release that only proposals name.
    pub versions: Vec<ScheduleVersion>,
}

impl ReleaseRecord {
    /// The schedule that holds at an instant.
    pub fn schedule_at(&self, instant: DateTime<Utc>) -> Option<&ScheduleVersion> {
        schedule::held_at(self.versions.iter(), instant)
    }

    /// The dates that hold at an instant.
    pub fn dates_at(&self, instant: DateTime<Utc>) -> ReleaseDates {
        self.schedule_at(instant).map_or_else(
            || ReleaseDates { zone: self.zone, ..ReleaseDates::default() },
            |version| ReleaseDates::from_reading(&version.reading, self.zone),
        )
    }
}

/// Rows of one proposal.
pub type Rows = Arc<Vec<Arc<Row>>>;

/// A proposal with its history and, for a while, its verdicts.
#[derive(Debug)]
pub struct ProposalRecord {
    /// Where it comes from.
    pub source: Arc<Source>,
    /// Its title; "Untitled" when none was ever read.
    pub title: String,
    /// Everything ever learned about it.
    pub history: Arc<History>,
    /// Every release that its history names, in order.
    pub named: Vec<ReleaseVersion>,
    /// Places of the decisions in its history, in the order in which they happened.
    decisions: Vec<usize>,
    rows: Mutex<Option<Kept<Rows>>>,
    pub(super) course: Mutex<Option<Course>>,
    pub(super) pulls: Mutex<Option<Kept<JudgedPulls>>>,
    pub(super) mismatches: Mutex<Option<Kept<KeptMismatches>>>,
    pub(super) spoken: Mutex<Option<Kept<Arc<Spoken>>>>,
}

/// Something that follows from verdicts, with the time for which it holds.
#[derive(Debug)]
pub(super) struct Kept<T> {
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
    pub what: T,
}

/// Everything known, as of one position of the log.
#[derive(Debug, Default)]
pub struct World {
    pub(super) head: Option<Head>,
    /// Sources by id.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// Calendars.
    pub calendars: Vec<Calendar>,
    /// Aliases and what they stand for.
    pub memberships: Arc<Memberships>,
    /// Events about sources as a whole, by source, in the order of the log.
    pub source_events: Arc<BTreeMap<String, Vec<Recorded>>>,
    /// What was announced where.
    pub announced: Arc<Vec<Announced>>,
    /// Who speaks for whom, by calendar.
    pub representation: Arc<Vec<(String, Vec<Representative>)>>,
    /// Every request for an exception, by its address: the position in the log at which it was sent.
    pub exceptions: Arc<BTreeMap<i64, ExceptionKey>>,
    pub(super) schedules: Arc<Vec<ScheduleVersion>>,
    /// Releases by calendar and version, those without a schedule included.
    pub releases: BTreeMap<(String, ReleaseVersion), Arc<ReleaseRecord>>,
    /// Proposals by source and number.
    pub proposals: BTreeMap<(String, u32), Arc<ProposalRecord>>,
    pub(super) rows: Mutex<Option<Kept<Arc<Vec<Rows>>>>>,
    pub(super) chart: Mutex<Option<Chart>>,
}

impl World {
    /// The same facts, without what was judged of all of them together.
    pub(super) fn unjudged(&self) -> Self {
        Self {
            head: self.head,
            sources: self.sources.clone(),
            calendars: self.calendars.clone(),
            memberships: self.memberships.clone(),
            source_events: self.source_events.clone(),
            announced: self.announced.clone(),
            representation: self.representation.clone(),
            exceptions: self.exceptions.clone(),
            schedules: self.schedules.clone(),
            releases: self.releases.clone(),
            proposals: self.proposals.clone(),
            rows: Mutex::default(),
            chart: Mutex::default(),
        }
    }

    /// Puts a proposal in the place of what was known of it. False when it names a release that is not among those
    /// known; one that was ever named stays, because histories only grow.
    pub(super) fn put(&mut self, record: ProposalRecord) -> bool {
        let key = (record.source.id.clone(), record.history.number);
        let sent = events::exceptions(std::iter::once((&key, &record)));
        if sent.keys().any(|id| !self.exceptions.contains_key(id)) {
            Arc::make_mut(&mut self.exceptions).extend(sent);
        }
        let named_before = record.keys().all(|key| self.releases.contains_key(&key));
        self.proposals.insert(key, Arc::new(record));
        named_before
    }

    /// The calendar that pages show: the one most sources live by; the first of several.
    pub fn main_calendar(&self) -> Option<&Calendar> {
        let count = |id: &str| self.sources.values().filter(|source| source.calendar == id).count();
        self.calendars.iter().rev().max_by_key(|calendar| count(&calendar.id))
    }

    /// Releases of the main calendar in order.
    pub fn main_releases(&self) -> impl DoubleEndedIterator<Item = &Arc<ReleaseRecord>> {
        let id = self.main_calendar().map_or("", |calendar| calendar.id.as_str());
        self.releases.values().filter(move |release| release.calendar == id)
    }

    /// A release of the main calendar.
    pub fn release(&self, version: ReleaseVersion) -> Option<&Arc<ReleaseRecord>> {
        self.main_releases().find(|release| release.version == version)
    }

    /// The current release of the main calendar (PROCESS "current").
    pub fn current(&self, now: DateTime<Utc>) -> Option<ReleaseVersion> {
        self.current_of(&self.main_calendar()?.id, now)
    }

    /// The current release of a calendar.
    pub fn current_of(&self, calendar: &str, now: DateTime<Utc>) -> Option<ReleaseVersion> {
        let releases = self.releases.values().filter(|release| release.calendar == calendar);
        let dates: Vec<_> = releases.map(|release| (release.version, release.dates_at(now))).collect();
        current_release(dates.iter().map(|(version, dates)| (*version, dates)), now)
    }

    /// Rows of one proposal: one for each release it takes part in, in order. Those of the present are kept.
    pub fn rows_of(&self, record: &ProposalRecord, moment: Moment) -> Rows {
        kept(&record.rows, moment, || {
            let rows: Rows = Arc::new(Row::all(self, record, moment.instant()).into_iter().map(Arc::new).collect());
            let until = rows.iter().filter_map(|row| row.valid_until).min();
            (rows, until)
        })
    }

    /// The dates that hold for a release of the calendar of a proposal's source.
    pub fn dates_of(&self, record: &ProposalRecord, release: ReleaseVersion, now: DateTime<Utc>) -> ReleaseDates {
        let key = (record.source.calendar.clone(), release);
        self.releases.get(&key).map(|release| release.dates_at(now)).unwrap_or_default()
    }

    /// Rows of all proposals at an instant, in the order of their keys. Those of the present are the same [`Arc`] until
    /// one of them changes.
    pub fn rows(&self, moment: Moment) -> Arc<Vec<Rows>> {
        let judge = || Arc::new(self.proposals.values().map(|record| self.rows_of(record, moment)).collect::<Vec<_>>());
        let Moment::Now(now) = moment else { return judge() };
        // Held while judging, so that requests that come at once do not all do the same.
        let mut kept = locked(&self.rows);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.holds_at(now)) {
            return kept.what.clone();
        }
        let rows = judge();
        let until = rows.iter().flat_map(|rows| rows.iter()).filter_map(|row| row.valid_until).min();
        *kept = Some(Kept { from: now, until, what: rows.clone() });
        rows
    }
}

/// What holds at a moment: at the present what is kept while that holds, else what `judge` says, with the instant until
/// which it holds.
pub(super) fn kept<T: Clone>(
    place: &Mutex<Option<Kept<T>>>,
    moment: Moment,
    judge: impl FnOnce() -> (T, Option<DateTime<Utc>>),
) -> T {
    let Moment::Now(now) = moment else { return judge().0 };
    if let Some(kept) = locked(place).as_ref().filter(|kept| kept.holds_at(now)) {
        return kept.what.clone();
    }
    let (what, until) = judge();
    *locked(place) = Some(Kept { from: now, until, what: what.clone() });
    what
}

/// What is kept is whole at any time, so that a panic elsewhere does not spoil it.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ProposalRecord {
    pub(super) fn new(source: Arc<Source>, title: String, history: Arc<History>) -> Self {
        let mut decisions: Vec<_> = history.events.iter().enumerate().filter(|(_, r)| r.event.is_decision()).collect();
        decisions.sort_by_key(|(_, recorded)| (recorded.occurred_at, recorded.id));
        let decisions = decisions.into_iter().map(|(place, _)| place).collect();
        let named = history.releases();
        Self {
            source,
            title,
            history,
            named,
            decisions,
            rows: Mutex::default(),
            course: Mutex::default(),
            pulls: Mutex::default(),
            mismatches: Mutex::default(),
            spoken: Mutex::default(),
        }
    }

    /// The same without anything that was judged.
    pub(super) fn anew(&self) -> Self {
        Self::new(self.source.clone(), self.title.clone(), self.history.clone())
    }

    /// The latest decision by an instant.
    pub fn latest_decision(&self, now: DateTime<Utc>) -> Option<&Recorded> {
        let mut latest_first = self.decisions.iter().rev().filter_map(|place| self.history.events.get(*place));
        latest_first.find(|recorded| recorded.happened_by(now))
    }

    /// Calendar and version of every release it ever named.
    fn keys(&self) -> impl Iterator<Item = (String, ReleaseVersion)> {
        self.named.iter().map(|version| (self.source.calendar.clone(), *version))
    }

    /// Address of its page.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.source.id, self.history.number)
    }
}

impl<T> Kept<T> {
    pub(super) fn holds_at(&self, now: DateTime<Utc>) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

pub(super) fn releases(
    calendars: &[Calendar],
    versions: &[ScheduleVersion],
    proposals: &BTreeMap<(String, u32), Arc<ProposalRecord>>,
) -> BTreeMap<(String, ReleaseVersion), Arc<ReleaseRecord>> {
    let zone = |id: &str| calendars.iter().find(|c| c.id == id).map_or(FreezeZone::default(), |c| c.zone);
    let empty = |calendar: &str, version| ReleaseRecord {
        calendar: calendar.to_owned(),
        version,
        zone: zone(calendar),
        versions: Vec::new(),
    };
    let mut releases: BTreeMap<(String, ReleaseVersion), ReleaseRecord> = BTreeMap::new();
    for version in versions {
        let key = (version.calendar.clone(), version.version);
        let record = releases.entry(key).or_insert_with(|| empty(&version.calendar, version.version));
        record.versions.push(version.clone());
    }
    for record in proposals.values() {
        for version in &record.named {
            let calendar = &record.source.calendar;
            releases.entry((calendar.clone(), *version)).or_insert_with(|| empty(calendar, *version));
        }
    }
    releases.into_iter().map(|(key, record)| (key, Arc::new(record))).collect()
}
