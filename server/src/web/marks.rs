//! Tags and branches of the releases of the main calendar, beside what their schedules plan (P-4).

use domain::{
    ScheduleRow,
    actual::{Actual, Made, Mark, MarkKind, RefNames, beside},
};

use super::AppState;
use crate::{
    store::{self, calendar::BuiltIn, github::reference},
    verdicts::{Moment, ReleaseRecord, World},
};

/// Tags and branches that are known.
#[derive(Debug, Default)]
pub struct Marks {
    built_in: Option<BuiltIn>,
    all: Vec<Mark>,
    known: bool,
}

/// Those that were made by a moment.
///
/// # Errors
/// When the database fails.
pub async fn marks(state: &AppState, world: &World, moment: Moment) -> store::Result<Marks> {
    let Some(built) = world.main_calendar().and_then(|calendar| calendar.built_in.clone()) else {
        return Ok(Marks::default());
    };
    let mut conn = state.context.pool.acquire().await?;
    let dated = reference::dated(&mut conn, &built.repository).await?;
    let known = !dated.is_empty();
    let made = dated.into_iter().filter(|(_, at)| *at <= moment.instant());
    let all = made.filter_map(|(name, at)| {
        let (kind, name) = match name.split_once('/')? {
            ("tags", name) => (MarkKind::Tag, name),
            ("heads", name) => (MarkKind::Branch, name),
            _ => return None,
        };
        Some(Mark { kind, name: name.to_owned(), at })
    });
    Ok(Marks { all: all.collect(), built_in: Some(built), known })
}

impl Marks {
    /// The repository that they are of; none where nothing is known of it.
    pub fn repository(&self) -> Option<&str> {
        self.built_in.as_ref().filter(|_| self.known).map(|built| built.repository.as_str())
    }

    /// What came of each row of a release's schedule, and what no row names.
    pub fn beside(&self, release: &ReleaseRecord, rows: &[ScheduleRow]) -> (Vec<Actual>, Vec<Made>) {
        let names = self.built_in.as_ref().map(|built| built.names.of(release.version));
        let Some(names) = names.filter(|_| self.known) else {
            return (vec![Actual::default(); rows.len()], Vec::new());
        };
        let of_release = |mark: &&Mark| is_of(&names, mark);
        let own: Vec<Mark> = self.all.iter().filter(of_release).cloned().collect();
        beside(rows, &names, &own, release.zone)
    }

    /// Everything that was made for a release, with the day that was planned for it; oldest first.
    pub fn told(&self, release: &ReleaseRecord, rows: &[ScheduleRow]) -> Vec<Made> {
        let (actual, unplanned) = self.beside(release, rows);
        let mut all: Vec<Made> = actual.into_iter().flat_map(|actual| actual.made).chain(unplanned).collect();
        all.sort_by(|a, b| (a.mark.at, &a.mark.name).cmp(&(b.mark.at, &b.mark.name)));
        all
    }
}

fn is_of(names: &RefNames, mark: &Mark) -> bool {
    match mark.kind {
        MarkKind::Tag => names.has_tag(&mark.name),
        MarkKind::Branch => names.has_branch(&mark.name),
    }
}
