//! When a release was really tagged and branched, beside what its schedule plans (P-4).
//!
//! A row of a schedule says in words what is to be tagged or branched; whoever has that name is what came of it. Left out
//! on purpose: any verdict. Freezes hold as planned, whatever was tagged when.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{FreezeZone, ReleaseVersion, ScheduleRow, words::date_of};

/// How tags and branches of releases are named: `{major}` and `{minor}` stand for a release's numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefPattern {
    /// The tag of the release itself; its pre-releases follow after a hyphen.
    pub tag: String,
    /// The branch that it is built from; none where it has none of its own.
    pub branch: Option<String>,
}

/// The names of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefNames {
    /// The tag of the release itself.
    pub tag: String,
    /// Its branch.
    pub branch: Option<String>,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// A branch was cut.
    Branch,
    /// A commit was tagged.
    Tag,
}

/// A tag or branch of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mark {
    /// Tag or branch.
    pub kind: MarkKind,
    /// Its name: `v1.10.0-rc.1`, `release-1.10`.
    pub name: String,
    /// When it was made. Of a branch: when the last commit was made that it shares with the main branch, before which it
    /// cannot have been cut.
    pub at: DateTime<Utc>,
}

/// What came of a row of a schedule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actual {
    /// What was made, in the order in which the row names it.
    pub made: Vec<Made>,
    /// Names that the row gives, and that nothing has yet.
    pub missing: Vec<String>,
}

/// A mark with how it stands to the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Made {
    /// What was made.
    #[serde(flatten)]
    pub mark: Mark,
    /// The day, in the zone of the calendar.
    pub day: NaiveDate,
    /// Days after the planned one; below zero before it; none where nothing was planned.
    pub late: Option<i64>,
}

impl RefPattern {
    /// The names of a release.
    pub fn of(&self, release: ReleaseVersion) -> RefNames {
        let fill = |pattern: &str| {
            pattern.replace("{major}", &release.major.to_string()).replace("{minor}", &release.minor.to_string())
        };
        RefNames { tag: fill(&self.tag), branch: self.branch.as_deref().map(fill) }
    }

    /// How the names of all tags begin.
    pub fn tags_begin(&self) -> &str {
        beginning(&self.tag)
    }

    /// How the names of all branches begin; none where there are none.
    pub fn branches_begin(&self) -> Option<&str> {
        self.branch.as_deref().map(beginning)
    }
}

fn beginning(pattern: &str) -> &str {
    pattern.split('{').next().unwrap_or_default()
}

impl RefNames {
    /// Whether a tag is that of the release or of one of its pre-releases; those of later patches are not.
    pub fn has_tag(&self, name: &str) -> bool {
        name.strip_prefix(&self.tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// Whether a branch is the release's.
    pub fn has_branch(&self, name: &str) -> bool {
        self.branch.as_deref() == Some(name)
    }

    /// Tags and branches that a row says will be made. "Tag v1.9.0 on release-1.9" makes no branch.
    fn in_row<'r>(&self, row: &'r ScheduleRow) -> Vec<(MarkKind, &'r str)> {
        let mut named = Vec::new();
        let mut before = "";
        for word in row.what.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '`' | '*')) {
            let word = word.trim_end_matches('.');
            if word.is_empty() {
                continue;
            }
            if self.has_tag(word) {
                named.push((MarkKind::Tag, word));
            } else if self.has_branch(word) && ["branch", "cut"].iter().any(|verb| before.eq_ignore_ascii_case(verb)) {
                named.push((MarkKind::Branch, word));
            }
            before = word;
        }
        named
    }
}

/// What came of each row, and the marks that no row names, oldest first.
pub fn beside(rows: &[ScheduleRow], names: &RefNames, marks: &[Mark], zone: FreezeZone) -> (Vec<Actual>, Vec<Made>) {
    let mut planned: Vec<(MarkKind, &str)> = Vec::new();
    let actual = rows.iter().map(|row| {
        let mut actual = Actual::default();
        for (kind, name) in names.in_row(row) {
            match marks.iter().find(|mark| (mark.kind, mark.name.as_str()) == (kind, name)) {
                Some(mark) => actual.made.push(made(mark, Some(row.when), zone)),
                None => actual.missing.push(name.to_owned()),
            }
            planned.push((kind, name));
        }
        actual
    });
    let actual: Vec<_> = actual.collect();
    let mut others: Vec<&Mark> =
        marks.iter().filter(|mark| !planned.contains(&(mark.kind, mark.name.as_str()))).collect();
    others.sort_by_key(|mark| mark.at);
    (actual, others.into_iter().map(|mark| made(mark, None, zone)).collect())
}

fn made(mark: &Mark, planned: Option<NaiveDate>, zone: FreezeZone) -> Made {
    let day = date_of(mark.at, zone);
    Made { mark: mark.clone(), day, late: planned.map(|planned| (day - planned).num_days()) }
}

/// "on the day", "2 days late", "1 day early".
pub fn late_words(late: i64) -> String {
    let days = late.unsigned_abs();
    let unit = if days == 1 { "day" } else { "days" };
    match late {
        0 => "on the day".to_owned(),
        1.. => format!("{days} {unit} late"),
        _ => format!("{days} {unit} early"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> RefNames {
        let pattern =
            RefPattern { tag: "v{major}.{minor}.0".to_owned(), branch: Some("release-{major}.{minor}".to_owned()) };
        pattern.of(ReleaseVersion::new(1, 10))
    }

    fn row(when: &str, what: &str) -> ScheduleRow {
        let empty = String::new;
        ScheduleRow {
            when: when.parse().unwrap(),
            milestone: empty(),
            who: empty(),
            what: what.to_owned(),
            notes: empty(),
            line: 1,
        }
    }

    fn mark(kind: MarkKind, name: &str, at: &str) -> Mark {
        Mark { kind, name: name.to_owned(), at: at.parse().unwrap() }
    }

    #[test]
    fn tags_of_a_release_are_its_own_and_its_pre_releases() {
        let names = names();
        assert!(names.has_tag("v1.10.0") && names.has_tag("v1.10.0-rc.1"));
        assert!(!names.has_tag("v1.10.01") && !names.has_tag("v1.10.1") && !names.has_tag("v1.1.0"));
        assert!(names.has_branch("release-1.10") && !names.has_branch("release-1.1"));
    }

    #[test]
    fn what_a_row_names_stands_beside_it() {
        let rows = [
            row("2026-10-29", "Branch release-1.10 and tag v1.10.0-rc.0 on on release-1.10"),
            row("2026-11-18", "Tag v1.10.0 on release-1.10."),
            row("2026-08-01", "Tag 1.37.0-beta.0"),
        ];
        let marks = [
            mark(MarkKind::Branch, "release-1.10", "2026-10-30T09:00:00Z"),
            mark(MarkKind::Tag, "v1.10.0-rc.0", "2026-10-31T13:00:00Z"),
            mark(MarkKind::Tag, "v1.10.0-rc.2", "2026-11-12T13:00:00Z"),
        ];
        let (actual, others) = beside(&rows, &names(), &marks, FreezeZone::ANYWHERE_ON_EARTH);
        let told = |actual: &Actual| -> Vec<(String, Option<i64>)> {
            actual.made.iter().map(|made| (made.mark.name.clone(), made.late)).collect()
        };
        // The morning of the 30th is still the 29th somewhere.
        assert_eq!(told(&actual[0]), [("release-1.10".to_owned(), Some(0)), ("v1.10.0-rc.0".to_owned(), Some(2))]);
        assert_eq!((actual[1].made.len(), actual[1].missing.as_slice()), (0, ["v1.10.0".to_owned()].as_slice()));
        assert_eq!(actual[2], Actual::default(), "another project's tag");
        assert_eq!(others.iter().map(|made| made.mark.name.as_str()).collect::<Vec<_>>(), ["v1.10.0-rc.2"]);
        assert_eq!(others[0].late, None);
    }

    #[test]
    fn lateness_is_told_in_words() {
        assert_eq!(
            [0, 1, 12, -1, -2].map(late_words),
            ["on the day", "1 day late", "12 days late", "1 day early", "2 days early"]
        );
    }
}
