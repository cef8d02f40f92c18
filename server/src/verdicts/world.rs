//! Sources, releases and proposals as the log tells them.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::{FreezeZone, History, Recorded, ReleaseDates, ReleaseVersion, Source, current_release};
use sqlx::PgConnection;

use super::{Row, course::Course};
use crate::store::{
    Result,
    calendar::{self, Calendar},
    event, proposal,
    schedule::{self, ScheduleVersion},
    source,
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
    /// The schedule that holds at an instant, as known today: an unknown time counts as always so. Before the first
    /// known one, the first.
    pub fn schedule_at(&self, instant: DateTime<Utc>) -> Option<&ScheduleVersion> {
        let held = self.versions.iter().filter(|v| v.occurred_at.is_none_or(|at| at <= instant));
        held.max_by_key(|v| (v.occurred_at, v.event)).or_else(|| self.versions.first())
    }

    /// The dates that hold at an instant.
    pub fn dates_at(&self, instant: DateTime<Utc>) -> ReleaseDates {
        self.schedule_at(instant).map_or_else(
            || ReleaseDates { zone: self.zone, ..ReleaseDates::default() },
            |version| ReleaseDates::from_reading(&version.reading, self.zone),
        )
    }
}

/// A proposal with its history and, for a while, its verdicts.
#[derive(Debug)]
pub struct ProposalRecord {
    /// Where it comes from.
    pub source: Arc<Source>,
    /// Its title; "Untitled" when none was ever read.
    pub title: String,
    /// Everything ever learned about it.
    pub history: History,
    rows: Mutex<Option<Kept>>,
    pub(super) course: Mutex<Option<Course>>,
}

/// Rows with the time for which they hold.
#[derive(Debug, Clone)]
struct Kept {
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    rows: Arc<Vec<Arc<Row>>>,
}

/// Everything known, as of one position of the log.
#[derive(Debug, Default)]
pub struct World {
    pub(super) head: Option<i64>,
    /// Sources by id.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// Calendars.
    pub calendars: Vec<Calendar>,
    /// Releases by calendar and version, those without a schedule included.
    pub releases: BTreeMap<(String, ReleaseVersion), Arc<ReleaseRecord>>,
    /// Proposals by source and number.
    pub proposals: BTreeMap<(String, u32), Arc<ProposalRecord>>,
}

impl World {
    /// This world, brought to `head` by reading only what changed.
    pub(super) async fn refreshed(&self, conn: &mut PgConnection, head: i64) -> Result<Self> {
        let sources: BTreeMap<_, _> =
            source::all(conn).await?.into_iter().map(|source| (source.id.clone(), Arc::new(source))).collect();
        let calendars = calendar::all(conn).await?;
        let mut proposals = self.proposals.clone();
        let touched = event::touched_since(conn, self.head.unwrap_or_default()).await?;
        for (source, number) in touched {
            let Some(row) = proposal::find(conn, &source, number).await? else { continue };
            let Some(source) = sources.get(&source).cloned() else { continue };
            let history = proposal::history(conn, &row).await?;
            let title = if row.title.is_empty() { "Untitled".to_owned() } else { row.title };
            let record = ProposalRecord { source, title, history, rows: Mutex::default(), course: Mutex::default() };
            proposals.insert((row.source, row.number), Arc::new(record));
        }
        let versions = schedule::versions(conn).await?;
        let releases = releases(&calendars, versions, &proposals);
        if !same_dates(&releases, &self.releases) {
            for record in proposals.values() {
                *record.kept() = None;
                *record.course.lock().unwrap_or_else(PoisonError::into_inner) = None;
            }
        }
        Ok(Self { head: Some(head), sources, calendars, releases, proposals })
    }

    /// Whether nothing was ever read.
    pub fn is_empty(&self) -> bool {
        self.proposals.is_empty() && self.releases.is_empty()
    }

    /// The calendar that pages show: the one most proposals live by; the first without proposals.
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
        let dates: Vec<_> = self.main_releases().map(|release| (release.version, release.dates_at(now))).collect();
        current_release(dates.iter().map(|(version, dates)| (*version, dates)), now)
    }

    /// Rows of one proposal: one for each release it takes part in, in order. Those of the present are kept.
    pub fn rows_of(&self, record: &ProposalRecord, moment: Moment) -> Arc<Vec<Arc<Row>>> {
        let Moment::Now(now) = moment else {
            return Arc::new(Row::all(self, record, moment.instant()).into_iter().map(Arc::new).collect());
        };
        if let Some(kept) = record.kept().as_ref().filter(|kept| kept.holds_at(now)) {
            return kept.rows.clone();
        }
        let rows: Vec<_> = Row::all(self, record, now).into_iter().map(Arc::new).collect();
        let until = rows.iter().filter_map(|row| row.valid_until).min();
        let rows = Arc::new(rows);
        *record.kept() = Some(Kept { from: now, until, rows: rows.clone() });
        rows
    }

    /// Rows of all proposals at an instant.
    pub fn rows(&self, moment: Moment) -> impl Iterator<Item = (&Arc<ProposalRecord>, Arc<Vec<Arc<Row>>>)> {
        self.proposals.values().map(move |record| (record, self.rows_of(record, moment)))
    }
}

impl ProposalRecord {
    /// The latest decision by an instant.
    pub fn latest_decision(&self, now: DateTime<Utc>) -> Option<&Recorded> {
        let decisions = self.history.events.iter().filter(|event| event.event.is_decision() && event.happened_by(now));
        decisions.max_by_key(|recorded| (recorded.occurred_at, recorded.id))
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<Kept>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Address of its page.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.source.id, self.history.number)
    }
}

impl Kept {
    fn holds_at(&self, now: DateTime<Utc>) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

fn releases(
    calendars: &[Calendar],
    versions: Vec<ScheduleVersion>,
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
        record.versions.push(version);
    }
    for record in proposals.values() {
        for version in record.history.releases() {
            let calendar = &record.source.calendar;
            releases.entry((calendar.clone(), version)).or_insert_with(|| empty(calendar, version));
        }
    }
    releases.into_iter().map(|(key, record)| (key, Arc::new(record))).collect()
}

fn same_dates(
    one: &BTreeMap<(String, ReleaseVersion), Arc<ReleaseRecord>>,
    other: &BTreeMap<(String, ReleaseVersion), Arc<ReleaseRecord>>,
) -> bool {
    let events = |record: &ReleaseRecord| record.versions.iter().map(|v| v.event).collect::<Vec<_>>();
    one.len() == other.len()
        && one.iter().zip(other).all(|((key, a), (other_key, b))| key == other_key && events(a) == events(b))
}
