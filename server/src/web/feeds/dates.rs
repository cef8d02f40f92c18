//! The dates that calendars show, with what programs need to notice that one moved.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Event, Freeze, ReleaseVersion, ScheduleReading, Status, words::UNKNOWN_END};

use crate::{
    store::schedule::ScheduleVersion,
    verdicts::{Moment, ReleaseRecord, World},
    web::exceptions::found,
};

/// Whose dates.
pub enum Whose {
    /// All of the main calendar.
    Everybody,
    /// Of one release.
    Release(ReleaseVersion),
    /// What somebody has to keep: freezes of releases in which they own, review or approve something, and the ends of
    /// exceptions that are theirs.
    Person(String),
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At an instant.
    At(DateTime<Utc>),
    /// On a day.
    On(NaiveDate),
}

/// A date in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// The same for ever, and no other date's.
    pub uid: String,
    /// What it is called.
    pub title: String,
    /// What there is to say about it.
    pub about: String,
    /// When.
    pub when: When,
    /// How often it moved.
    pub sequence: u32,
    /// When it was last learned to be so.
    pub modified: DateTime<Utc>,
    /// Whether it was taken back.
    pub cancelled: bool,
    /// Path of its page.
    pub path: String,
}

/// The dates, in the order of their names.
pub fn dates(world: &World, whose: &Whose, moment: Moment) -> Vec<Date> {
    let theirs = match whose {
        Whose::Person(login) => Some(releases_of(world, login, moment)),
        _ => None,
    };
    let mut all = Vec::new();
    for release in world.main_releases() {
        let shown = match whose {
            Whose::Everybody => true,
            Whose::Release(version) => *version == release.version,
            Whose::Person(_) => theirs.as_ref().is_some_and(|theirs| theirs.contains(&release.version)),
        };
        if shown {
            all.extend(of_release(release, theirs.is_some(), moment.instant()));
        }
    }
    all.extend(ends(world, whose, moment));
    all.sort_by(|one, other| one.uid.cmp(&other.uid));
    all
}

/// Releases in which somebody has a part in something that has not left them.
fn releases_of(world: &World, login: &str, moment: Moment) -> BTreeSet<ReleaseVersion> {
    let is = |known: &String| known.eq_ignore_ascii_case(login);
    let rows = world.rows(moment);
    let with_them = rows.iter().flat_map(|rows| rows.iter()).filter(|row| {
        let left = matches!(row.verdict.status, Status::Ended { .. } | Status::Departed { .. });
        !left && [&row.owners, &row.reviewers, &row.approvers].into_iter().flatten().any(is)
    });
    with_them.filter_map(|row| row.release).collect()
}

/// A post of a schedule: its key, its name, and whether it is the end of its day or the day.
type Post = (String, String, bool);

/// Everything that one version of a schedule states, with its day.
fn posts(version: ReleaseVersion, reading: &ScheduleReading, freezes_alone: bool) -> Vec<(Post, NaiveDate)> {
    let mut all = vec![
        ("enhancement-freeze", Freeze::Enhancement.name(), reading.enhancement_freeze.date),
        ("code-freeze", Freeze::Code.name(), reading.code_freeze.date),
    ];
    if !freezes_alone {
        all.extend([("thaw", "Code Thaw", reading.thaw.date), ("ga", "General availability", reading.ga.date)]);
    }
    let named = all.into_iter().filter_map(|(key, name, day)| {
        let post = (format!("{version}-{key}"), format!("KubeVirt {version}: {name}"), true);
        Some((post, day?))
    });
    let tagged = if freezes_alone { Vec::new() } else { reading.pre_releases() };
    let tagged = tagged.into_iter().map(|(tag, day)| {
        let name = format!("KubeVirt {tag}");
        ((tag, name, false), day)
    });
    named.chain(tagged).collect()
}

/// The posts of a release, as the versions of its schedule moved them.
fn of_release(release: &ReleaseRecord, freezes_alone: bool, now: DateTime<Utc>) -> Vec<Date> {
    let by_now = |version: &&ScheduleVersion| version.occurred_at.is_none_or(|at| at <= now);
    let mut versions: Vec<_> = release.versions.iter().filter(by_now).collect();
    versions.sort_by_key(|version| (version.occurred_at, version.event));
    let mut dates: Vec<(Post, NaiveDate, u32, DateTime<Utc>, bool)> = Vec::new();
    for version in versions {
        let learned = version.occurred_at.unwrap_or(version.recorded_at);
        let stated = posts(release.version, &version.reading, freezes_alone);
        for (post, day, sequence, modified, cancelled) in &mut dates {
            let now_on = stated.iter().find(|(known, _)| known.0 == post.0).map(|(_, day)| *day);
            if (now_on, now_on.is_none()) != (Some(*day), *cancelled) && (now_on.is_some() || !*cancelled) {
                *day = now_on.unwrap_or(*day);
                *cancelled = now_on.is_none();
                *sequence += 1;
                *modified = learned;
            }
        }
        for (post, day) in stated {
            if dates.iter().all(|(known, ..)| known.0 != post.0) {
                dates.push((post, day, 0, learned, false));
            }
        }
    }
    let zone = release.zone;
    let date = |(post, day, sequence, modified, cancelled): (Post, NaiveDate, u32, DateTime<Utc>, bool)| {
        let (key, title, at_its_end) = post;
        let day_words = app::words::long_day(day);
        let (when, about) = if at_its_end {
            (When::At(zone.end_of(day)), format!("At the end of {day_words} ({}).", zone.label()))
        } else {
            (When::On(day), format!("On {day_words}, as the schedule has it."))
        };
        let path = format!("/releases/{}", release.version);
        let uid = format!("{key}@{}.cep-tracker", release.calendar);
        Date { uid, title, about, when, sequence, modified, cancelled, path }
    };
    dates.into_iter().map(date).collect()
}

/// Ends of granted exceptions. One without an end that anybody knows has none here.
fn ends(world: &World, whose: &Whose, moment: Moment) -> Vec<Date> {
    let mut all = Vec::new();
    for found in found::all(world, moment) {
        let row = &found.row;
        let Some(until) = row.granted_until.filter(|until| *until < UNKNOWN_END) else { continue };
        let key = (row.proposal.source.clone(), row.proposal.number);
        let (Some(record), Some(exception)) = (world.proposals.get(&key), world.exceptions.get(&row.id)) else {
            continue;
        };
        let known = record.history.at(moment.instant());
        let shown = match whose {
            Whose::Everybody => true,
            Whose::Release(version) => *version == row.release,
            Whose::Person(login) => {
                let owns = known.owners().into_iter().any(|owner| owner.eq_ignore_ascii_case(login));
                owns || row.requester.eq_ignore_ascii_case(login)
            }
        };
        if !shown {
            continue;
        }
        let grants = known.events.iter().filter(|recorded| {
            matches!(recorded.event, Event::ExceptionGranted { request, .. } if request == exception.request)
        });
        let grants: Vec<_> = grants.collect();
        let told = |recorded: &&&domain::Recorded| recorded.occurred_at.unwrap_or(recorded.recorded_at);
        all.push(Date {
            uid: format!("exception-{}@{}.cep-tracker", row.id, record.source.id),
            title: format!("Exception of {} {} ends", row.proposal.noun, row.proposal.number),
            about: format!("{}, {}. Asked for by @{}.", row.proposal.title, row.release, row.requester),
            when: When::At(until),
            sequence: u32::try_from(grants.len().saturating_sub(1)).unwrap_or(u32::MAX),
            modified: grants.iter().map(told).max().or(found.decided_at).unwrap_or(until),
            cancelled: false,
            path: format!("/exceptions/{}", row.id),
        });
    }
    all
}
