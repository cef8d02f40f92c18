//! The planning page: everything from the rows of the verdict cache, so that two hundred proposals cost no query.

mod closed;
mod load;
mod rights;
mod rows;
mod slipped;

use std::sync::Arc;

use app::{
    features::plan::port::{Part, PlanAsk, PlanPort, PlanView},
    port::{Answer, PageError},
};
use domain::{ReleaseVersion, Source};

use super::{Ports, releases::chosen, unavailable};
use crate::{
    store::person::Person,
    verdicts::{Moment, ReleaseRecord, Row, Rows, World},
    web::views,
};
pub use rights::Standings;
pub use rows::waits_for_acceptance;

impl PlanPort for Ports {
    fn plan(&self, ask: PlanAsk) -> Answer<'_, PlanView> {
        Box::pin(async move {
            let moment = views::moment(ask.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            view(&world, &ask, self.1.as_ref(), moment)
        })
    }
}

/// What all parts of the view are made of.
struct Desk<'a> {
    world: &'a World,
    release: &'a ReleaseRecord,
    source: &'a Arc<Source>,
    sig: Option<&'a str>,
    moment: Moment,
    /// Rows of every proposal of the calendar that is shown.
    all: Vec<&'a Rows>,
    standings: Standings<'a>,
}

impl Desk<'_> {
    fn version(&self) -> ReleaseVersion {
        self.release.version
    }

    /// Rows of this release in the part that is shown.
    fn shown(&self) -> impl Iterator<Item = (&Rows, &Arc<Row>)> {
        let here = |row: &Row| row.source == self.source.id && self.sig.is_none_or(|sig| row.sig == sig);
        self.in_release().filter(move |(_, row)| here(row))
    }

    /// Rows of this release, of all sources.
    fn in_release(&self) -> impl Iterator<Item = (&Rows, &Arc<Row>)> {
        let version = self.version();
        self.all.iter().filter_map(move |rows| Some((*rows, rows.iter().find(|row| row.release == Some(version))?)))
    }
}

/// The plan as an address asks for it, for whoever looks.
///
/// # Errors
/// When the release, the source, the SIG or the closing is not known.
pub fn view(world: &World, ask: &PlanAsk, viewer: Option<&Person>, moment: Moment) -> Result<PlanView, PageError> {
    let version = chosen(world, ask.release, moment)?;
    let release = world.release(version).ok_or_else(|| PageError::NotFound(format!("Release {version}")))?;
    let kept = world.rows(moment);
    let of_calendar = |rows: &&Rows| {
        let source = rows.first().and_then(|row| world.sources.get(&row.source));
        source.is_some_and(|source| source.calendar == release.calendar)
    };
    let all: Vec<&Rows> = kept.iter().filter(of_calendar).collect();
    let sources = parts(world, release, &all);
    let source = source(world, ask, &sources)?;
    let standings = Standings::new(world, viewer, source, release, moment.instant());
    let sig = ask.sig.as_deref().filter(|_| source.owning_sig.is_none());
    let desk = Desk { world, release, source, sig, moment, all, standings };
    let sigs = if source.owning_sig.is_none() { desk.sigs() } else { Vec::new() };
    if let Some(sig) = sig.filter(|sig| sigs.iter().all(|part| part.id != *sig)) {
        return Err(PageError::NotFound(format!("A proposal of {sig} in {version}")));
    }
    let rows: Vec<Arc<Row>> = desk.in_release().map(|(_, row)| row.clone()).collect();
    let (closings, snapshot) = desk.closings(ask.closed)?;
    let people = desk.people();
    let (accepted, proposed) = (desk.accepted(&people), desk.proposed(&people));
    let slipped = desk.slipped();
    let rights = desk.rights(&accepted, &proposed, &slipped);
    Ok(PlanView {
        cycle: views::cycle(world, release, &rows, moment),
        current: world.current(moment.instant()) == Some(version),
        before: desk.before().map(|before| before.version),
        after: world.main_releases().map(|other| other.version).find(|other| *other > version),
        sources,
        sigs,
        source: source.id.clone(),
        noun: source.noun.clone(),
        sig: sig.map(str::to_owned),
        rights,
        seen: world.latest_on_plan(&source.id, version),
        accepted,
        proposed,
        slipped,
        load: people.most_first(),
        closings,
        snapshot,
    })
}

fn counted<'a>(id: &str, name: &str, rows: impl Iterator<Item = &'a Arc<Row>>) -> Part {
    let mut part = Part { id: id.to_owned(), name: name.to_owned(), accepted: 0, proposed: 0 };
    for row in rows {
        part.accepted += usize::from(row.verdict.tracked);
        part.proposed += usize::from(waits_for_acceptance(row));
    }
    part
}

/// The sources of the release's calendar.
fn parts(world: &World, release: &ReleaseRecord, all: &[&Rows]) -> Vec<Part> {
    let sources = world.sources.values().filter(|source| source.calendar == release.calendar);
    let of = |id: &str| {
        let rows = all.iter().filter(move |rows| rows.first().is_some_and(|row| row.source == id));
        rows.filter_map(|rows| rows.iter().find(|row| row.release == Some(release.version))).collect::<Vec<_>>()
    };
    sources.map(|source| counted(&source.id, &source.noun, of(&source.id).into_iter())).collect()
}

/// The source asked for, else the first that has proposals in the release, else the first.
fn source<'w>(world: &'w World, ask: &PlanAsk, parts: &[Part]) -> Result<&'w Arc<Source>, PageError> {
    let id = match &ask.source {
        Some(id) => Some(id),
        None => parts.iter().find(|part| part.accepted + part.proposed > 0).or(parts.first()).map(|part| &part.id),
    };
    let known = id.filter(|id| parts.iter().any(|part| part.id == **id)).and_then(|id| world.sources.get(id));
    known.ok_or_else(|| PageError::NotFound(format!("The source “{}”", id.map_or("", String::as_str))))
}

impl Desk<'_> {
    /// The SIGs that own something of what is accepted or proposed.
    fn sigs(&self) -> Vec<Part> {
        let of_source: Vec<_> =
            self.in_release().map(|(_, row)| row).filter(|row| row.source == self.source.id).collect();
        let mut names: Vec<&str> = of_source.iter().map(|row| row.sig.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let part = |name: &str| counted(name, name, of_source.iter().copied().filter(|row| row.sig == name));
        names.into_iter().map(part).filter(|part| part.accepted + part.proposed > 0).collect()
    }

    /// The release before.
    fn before(&self) -> Option<&ReleaseRecord> {
        let version = self.version();
        self.world.main_releases().take_while(|other| other.version < version).last().map(|record| &**record)
    }
}
