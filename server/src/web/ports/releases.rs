//! The list of releases and the page of one.

use app::{
    features::releases::port::{ReleaseListView, ReleaseRow, ReleaseView, ReleasesPort},
    port::{Answer, PageError},
    query::{At, ReleaseChoice},
};
use domain::ReleaseVersion;

use super::{Ports, unavailable};
use crate::{
    verdicts::{Moment, ReleaseRecord, World},
    web::{
        marks::{Marks, marks},
        views,
    },
};

impl ReleasesPort for Ports {
    fn releases(&self, at: At) -> Answer<'_, ReleaseListView> {
        Box::pin(async move {
            let moment = views::moment(at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let all = world.rows(moment);
            Ok(ReleaseListView {
                current: world.current(moment.instant()),
                releases: world
                    .main_releases()
                    .rev()
                    .map(|release| {
                        let rows = views::rows_in(&all, release.version);
                        ReleaseRow {
                            cycle: views::cycle(&world, release, &rows, moment),
                            proposals: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                            counts: views::counts(rows.iter().map(|row| row.verdict.status.slug())),
                        }
                    })
                    .collect(),
            })
        })
    }

    fn release(&self, choice: ReleaseChoice, at: At) -> Answer<'_, ReleaseView> {
        Box::pin(async move {
            let moment = views::moment(at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let version = chosen(&world, choice, moment)?;
            let release = world.release(version).ok_or_else(|| PageError::NotFound(format!("Release {version}")))?;
            let marks = marks(&self.0, &world, moment).await.map_err(unavailable)?;
            Ok(view(&world, release, &marks, moment))
        })
    }
}

/// The release that a choice means at an instant.
///
/// # Errors
/// When it means none.
pub fn chosen(world: &World, choice: ReleaseChoice, moment: Moment) -> Result<ReleaseVersion, PageError> {
    let missing = match choice {
        ReleaseChoice::Next => "A release after the current one",
        _ => "A current release (no schedule was read yet)",
    };
    views::meant(world, choice, moment).ok_or_else(|| PageError::NotFound(missing.to_owned()))
}

fn view(world: &World, release: &ReleaseRecord, marks: &Marks, moment: Moment) -> ReleaseView {
    let version = release.version;
    let rows = views::rows_in(&world.rows(moment), version);
    let schedule = release.schedule_at(moment.instant());
    let url = |path: &str| {
        let repository = &world.calendars.iter().find(|calendar| calendar.id == release.calendar)?.repository;
        Some(format!("https://github.com/{repository}/blob/main/{path}"))
    };
    let planned = schedule.map(|version| version.reading.rows.clone()).unwrap_or_default();
    let (actual, unplanned) = marks.beside(release, &planned);
    ReleaseView {
        overdue: super::announcements::overdue(world, Some(version), moment.instant()),
        cycle: views::cycle(world, release, &rows, moment),
        current: world.current(moment.instant()) == Some(version),
        before: world.main_releases().map(|other| other.version).take_while(|other| *other < version).last(),
        after: world.main_releases().map(|other| other.version).find(|other| *other > version),
        counts: views::counts(rows.iter().map(|row| row.verdict.status.slug())),
        rows: rows.iter().map(|row| views::proposal_row(row)).collect(),
        schedule: planned.into_iter().zip(actual).collect(),
        unplanned,
        built_in: marks.repository().map(str::to_owned),
        schedule_url: schedule.and_then(|version| url(&version.path)),
        diagnostics: schedule.map(|version| version.reading.diagnostics.clone()).unwrap_or_default(),
    }
}
