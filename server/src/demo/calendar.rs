//! The releases of the demo world and their `schedule.yaml` files, dated around the instant it is shown.
//!
//! All dates hang on one Wednesday, the Code Freeze of the current release, which lies 8 to 14 days after the day of
//! showing; everything else is told in weeks from there, so that every phase holds whenever the demo is loaded. The
//! oldest release has a back-filled file of the old kind: its Enhancement Freeze follows from its Alpha 0 row, and its
//! GA row was lost. That is the one way in which participations of a past release can still be "Complete" or
//! "Exception required (CF)" while another release is current (P-12: GA without date).

use std::fmt::Write as _;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use domain::{FreezeZone, ReleaseVersion};

use super::DemoSchedule;

/// An older release, from whose file the GA row was lost.
pub const OLD: ReleaseVersion = ReleaseVersion::new(1, 8);
/// The release that shipped some weeks ago.
pub const SHIPPED: ReleaseVersion = ReleaseVersion::new(1, 9);
/// The current release, in its Implementation phase.
pub const CURRENT: ReleaseVersion = ReleaseVersion::new(1, 10);
/// The next release, in its Planning phase.
pub const NEXT: ReleaseVersion = ReleaseVersion::new(1, 11);
/// A release without a schedule.
pub const AHEAD: ReleaseVersion = ReleaseVersion::new(1, 12);

/// A day in the demo world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// So many days before the day of showing.
    Ago(i64),
    /// So many days after it.
    In(i64),
    /// Days from the Enhancement Freeze of a release.
    Ef(ReleaseVersion, i64),
    /// Days from the Code Freeze of a release.
    Cf(ReleaseVersion, i64),
    /// Days from the GA of a release, the lost one included.
    Ga(ReleaseVersion, i64),
    /// The Monday so many weeks before the present one.
    Monday(i64),
}

/// One cycle, in weeks from the Code Freeze of the current release.
struct Cycle {
    version: ReleaseVersion,
    enhancement: i64,
    code: i64,
    thaw: i64,
    ga: i64,
    kubernetes: u16,
}

const CYCLES: [Cycle; 4] = [
    Cycle { version: OLD, enhancement: -39, code: -32, thaw: -32, ga: -28, kubernetes: 35 },
    Cycle { version: SHIPPED, enhancement: -23, code: -16, thaw: -16, ga: -12, kubernetes: 36 },
    Cycle { version: CURRENT, enhancement: -7, code: 0, thaw: 1, ga: 4, kubernetes: 37 },
    Cycle { version: NEXT, enhancement: 9, code: 16, thaw: 17, ga: 20, kubernetes: 38 },
];

/// The days of the demo world as seen from one instant.
#[derive(Debug, Clone, Copy)]
pub struct Calendar {
    now: DateTime<Utc>,
    anchor: NaiveDate,
}

impl Calendar {
    /// The calendar of the world shown at `now`.
    pub fn around(now: DateTime<Utc>) -> Self {
        let earliest = now.date_naive() + TimeDelta::days(8);
        let to_wednesday = (Weekday::Wed.num_days_from_monday() + 7 - earliest.weekday().num_days_from_monday()) % 7;
        Self { now, anchor: earliest + TimeDelta::days(i64::from(to_wednesday)) }
    }

    /// The day meant. Past ones that would fall on a weekend are the Friday before, the last few days aside.
    pub fn day(&self, when: When) -> NaiveDate {
        let today = self.now.date_naive();
        let from = |version, weeks: fn(&Cycle) -> i64, days| {
            let weeks = CYCLES.iter().find(|cycle| cycle.version == version).map_or(30, weeks);
            self.anchor + TimeDelta::weeks(weeks) + TimeDelta::days(days)
        };
        let day = match when {
            When::Ago(days) => today - TimeDelta::days(days),
            When::In(days) => return today + TimeDelta::days(days),
            When::Ef(version, days) => from(version, |cycle| cycle.enhancement, days),
            When::Cf(version, days) => from(version, |cycle| cycle.code, days),
            When::Ga(version, days) => from(version, |cycle| cycle.ga, days),
            When::Monday(weeks) => {
                let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
                return monday - TimeDelta::weeks(weeks);
            }
        };
        let weekend = i64::from(day.weekday().num_days_from_monday()) - 4;
        if weekend > 0 && day < today - TimeDelta::days(10) { day - TimeDelta::days(weekend) } else { day }
    }

    /// An instant of that day in working hours, chosen by `salt`; never later than the instant of showing.
    pub fn at(&self, when: When, salt: u32) -> DateTime<Utc> {
        let minutes = 7 * 60 + i64::from(salt.wrapping_mul(2_654_435_761) >> 8) % (10 * 60);
        let instant = self.day(when).and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(minutes);
        instant.min(self.now - TimeDelta::minutes(1 + i64::from(salt % 45)))
    }

    /// An instant that is not before another of the same day: two days of one weekend fall on the Friday before, and what
    /// is told later happened later.
    pub fn not_before(&self, earlier: DateTime<Utc>, at: DateTime<Utc>) -> DateTime<Utc> {
        if at > earlier || at.date_naive() != earlier.date_naive() {
            return at;
        }
        (earlier + TimeDelta::minutes(7)).min(self.now - TimeDelta::seconds(30)).max(earlier)
    }

    /// The end of that day Anywhere on Earth.
    pub fn end_of(&self, when: When) -> DateTime<Utc> {
        FreezeZone::ANYWHERE_ON_EARTH.end_of(self.day(when))
    }

    /// Every version of every schedule, in the order of their times.
    pub fn schedules(&self) -> Vec<DemoSchedule> {
        let [old, shipped, current, next] = &CYCLES;
        let first_plan = Cycle { code: current.code - 1, thaw: current.thaw - 1, ..*current };
        let published = [(old, 300, 21), (shipped, 240, 9), (&first_plan, 150, 5), (current, 0, 2), (next, 16, 14)];
        let mut all: Vec<_> = published
            .into_iter()
            .map(|(cycle, days_ago, salt)| DemoSchedule {
                version: cycle.version,
                path: format!("releases/{}/schedule.yaml", cycle.version),
                text: self.schedule(cycle),
                // The freeze of the current release was moved a month before it.
                occurred_at: match days_ago {
                    0 => self.at(When::Cf(CURRENT, -30), salt),
                    days => self.at(When::Ago(days), salt),
                },
            })
            .collect();
        all.sort_by_key(|schedule| schedule.occurred_at);
        all
    }

    /// The instant of showing.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Tags and branches that the schedules plan, with their days.
    pub fn planned_references(&self) -> Vec<(String, NaiveDate)> {
        let of_cycle = |cycle: &Cycle| {
            let Cycle { version, enhancement, thaw, ga, .. } = *cycle;
            let tag = |name: &str| format!("tags/{version}.0{name}");
            let branch = format!("heads/release-{}.{}", version.major, version.minor);
            [
                (tag("-alpha.0"), enhancement),
                (tag("-beta.0"), enhancement + 3),
                (branch, thaw),
                (tag("-rc.0"), thaw),
                (tag("-rc.1"), ga - 1),
                (tag(""), ga),
            ]
            .map(|(name, weeks)| (name, self.anchor + TimeDelta::weeks(weeks)))
        };
        CYCLES.iter().flat_map(of_cycle).collect()
    }

    fn schedule(&self, cycle: &Cycle) -> String {
        let style = if cycle.version == OLD { Style::BackFilled } else { Style::Generated };
        let mut rows = rows(cycle, style);
        rows.sort_by_key(|row| row.weeks);
        let text: String = rows.iter().map(|row| row.yaml(self.anchor + TimeDelta::weeks(row.weeks), style)).collect();
        // Generated files end without a newline.
        if style == Style::Generated { text.trim_end().to_owned() } else { text }
    }
}

/// The two kinds of file in the calendar's repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// ISO dates, empty keys left out, "Feature Freeze".
    BackFilled,
    /// Dates with slashes, `null` for empty.
    Generated,
}

/// One row of a schedule.
struct Row {
    weeks: i64,
    milestone: &'static str,
    who: &'static str,
    what: String,
    notes: &'static str,
}

impl Row {
    fn yaml(&self, day: NaiveDate, style: Style) -> String {
        match style {
            Style::BackFilled => {
                let mut text = format!("- when: {}\n", day.format("%Y-%m-%d"));
                for (key, value) in [("milestone", self.milestone), ("who", self.who), ("what", &self.what)] {
                    if !value.is_empty() {
                        _ = writeln!(text, "  {key}: {value}");
                    }
                }
                text
            }
            Style::Generated => format!(
                "- when: {}\n  milestone: {}\n  who: {}\n  what: {}\n  notes: {}\n",
                day.format("%Y/%m/%d"),
                scalar(self.milestone),
                self.who,
                self.what,
                scalar(self.notes),
            ),
        }
    }
}

/// A YAML scalar: `null` for nothing, quoted where it begins like markup.
fn scalar(text: &str) -> String {
    match text.chars().next() {
        None => "null".to_owned(),
        Some('*' | '[') => format!("\"{text}\""),
        Some(_) => text.to_owned(),
    }
}

fn rows(cycle: &Cycle, style: Style) -> Vec<Row> {
    let Cycle { version, enhancement, code, thaw, ga, kubernetes } = *cycle;
    let branch = format!("release-{}.{}", version.major, version.minor);
    let row = |weeks, milestone, who, what: String, notes| Row { weeks, milestone, who, what, notes };
    let mut rows = vec![
        row(enhancement - 7, "", "Kubernetes", format!("Tag 1.{kubernetes}.0-beta.0"), ""),
        row(
            enhancement - 5,
            "",
            "KubeVirt CI",
            format!("Start the 1.{kubernetes} provider"),
            "On-demand presubmit first",
        ),
        row(enhancement - 1, "Kubernetes Release", "Kubernetes", format!("1.{kubernetes}.0 release"), ""),
        row(enhancement, "KubeVirt Alpha 0", "KubeVirt", format!("Tag {version}.0-alpha.0"), ""),
        row(enhancement + 2, "", "KubeVirt CI", "CI lanes for provider are voting".to_owned(), ""),
        row(
            enhancement + 3,
            "KubeVirt Beta 0",
            "KubeVirt",
            format!("Tag {version}.0-beta.0"),
            "Begin [release checklist](../release-checklist.md)",
        ),
        row(ga - 1, "KubeVirt RC 1", "KubeVirt", format!("Tag {version}.0-rc.1 on {branch}"), ""),
    ];
    let branched = format!("Branch {branch} and tag {version}.0-rc.0 on {branch}");
    if style == Style::BackFilled {
        rows.push(row(code, "Feature Freeze", "KubeVirt", branched, ""));
        return rows;
    }
    let freeze = "Virtualization Enhancement Proposal (VEP) Freeze".to_owned();
    rows.push(row(enhancement, "KubeVirt Alpha 0", "KubeVirt", freeze, ""));
    if thaw == code {
        rows.push(row(code, "KubeVirt Code Freeze", "KubeVirt", branched, "Stabilization begins"));
    } else {
        let merging = "Change merging rules on main branch".to_owned();
        rows.push(row(
            code,
            "KubeVirt Code Freeze",
            "KubeVirt",
            merging,
            "approved-vep, bug fixes and exceptions only",
        ));
        rows.push(row(thaw, "KubeVirt Code Thaw", "KubeVirt", branched, "Stabilization begins, main is open again"));
    }
    rows.push(row(ga, "**KubeVirt GA**", "KubeVirt", format!("Tag {version}.0 on {branch}"), ""));
    rows.push(row(ga + 2, "**CDI GA**", "CDI", "CDI release".to_owned(), "[CDI] follows within about two weeks"));
    rows
}
