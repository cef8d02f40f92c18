//! Post-freeze checklists: of one proposal, and of a release as a table (P-14).

use app::{
    features::checklist::port::{
        ChecklistAsk, ChecklistPort, ChecklistSummary, ChecklistView, LineColumn, TableAsk, TableRow, TableSort,
        TableView,
    },
    port::{Answer, PageError},
};
use domain::{
    Action, Freeze, Known, Outcome, Verdict,
    checklist::{Line, checklist, due},
};

use super::{Ports, plan::Standings, releases::chosen, unavailable};
use crate::{
    store::person::Person,
    verdicts::{Moment, ProposalRecord, ReleaseRecord, Row, World},
    web::views,
};

impl ChecklistPort for Ports {
    fn checklist(&self, ask: ChecklistAsk) -> Answer<'_, ChecklistView> {
        Box::pin(async move {
            let moment = views::moment(ask.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            one(&world, &ask, self.1.as_ref(), moment)
        })
    }

    fn checklists(&self, ask: TableAsk) -> Answer<'_, TableView> {
        Box::pin(async move {
            let moment = views::moment(ask.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            table(&world, &ask, self.1.as_ref(), moment)
        })
    }
}

/// The checklist of one participation, for its page and for others to embed.
pub fn summary(
    world: &World,
    record: &ProposalRecord,
    known: &Known<'_>,
    verdict: &Verdict,
    moment: Moment,
) -> ChecklistSummary {
    let key = (record.source.calendar.clone(), verdict.release);
    let release = world.releases.get(&key);
    let dates = release.map(|release| release.dates_at(moment.instant())).unwrap_or_default();
    let extra = world.extra_lines(&record.source.id, verdict.release);
    ChecklistSummary {
        proposal: views::link(record),
        release: verdict.release,
        tracked: verdict.tracked,
        due: due(verdict),
        freeze: dates.freeze(Freeze::Code),
        zone: dates.zone,
        lines: checklist(known, verdict, &extra),
    }
}

fn one(world: &World, ask: &ChecklistAsk, viewer: Option<&Person>, moment: Moment) -> Result<ChecklistView, PageError> {
    let unknown = || PageError::NotFound(format!("/{}/{}", ask.source, ask.number));
    let record = world.proposals.get(&(ask.source.clone(), ask.number)).ok_or_else(unknown)?;
    let rows = world.rows_of(record, moment);
    let asked = ask.release.map(|choice| chosen(world, choice, moment)).transpose()?;
    let current = world.current(moment.instant());
    let of = |version: Option<_>| rows.iter().find(|row| version.is_some() && row.release == version);
    let row = match asked {
        Some(version) => of(asked).ok_or_else(|| {
            PageError::NotFound(format!("A part of {} {} in {version}", record.source.noun, ask.number))
        })?,
        None => of(current).or_else(|| rows.iter().rev().find(|row| row.release.is_some())).ok_or_else(|| {
            PageError::NotFound(format!("A release that {} {} takes part in", record.source.noun, ask.number))
        })?,
    };
    let known = record.history.at(moment.instant());
    let release = world.release(row.verdict.release);
    let refusal = release.map(|release| {
        let standings = Standings::new(world, viewer, &record.source, release, moment.instant());
        standings.on(Action::SignLine, &row.sig).err().unwrap_or_default()
    });
    Ok(ChecklistView {
        summary: summary(world, record, &known, &row.verdict, moment),
        status: row.verdict.status,
        words: row.verdict.words.clone(),
        releases: rows.iter().filter(|row| row.verdict.tracked).filter_map(|row| row.release).collect(),
        refusal: refusal.unwrap_or_else(|| "The release is not known.".to_owned()),
        seen: record.latest_decision_id(),
    })
}

/// The table that an address asks for.
///
/// # Errors
/// When the release or the source is not known.
pub fn table(world: &World, ask: &TableAsk, viewer: Option<&Person>, moment: Moment) -> Result<TableView, PageError> {
    let version = chosen(world, ask.release, moment)?;
    let release = world.release(version).ok_or_else(|| PageError::NotFound(format!("Release {version}")))?;
    let rows = views::rows_in(&world.rows(moment), version);
    let tracked: Vec<&Row> = rows.iter().map(|row| &**row).filter(|row| row.verdict.tracked).collect();
    let sources = sources(world, release, &tracked);
    let first = || sources.iter().find(|(_, _, count)| *count > 0).or(sources.first()).map(|(id, _, _)| id.clone());
    let id = ask.source.clone().or_else(first).unwrap_or_default();
    let source = world.sources.get(&id).filter(|source| source.calendar == release.calendar);
    let source = source.ok_or_else(|| PageError::NotFound(format!("The source “{id}”")))?;
    let mut found: Vec<TableRow> =
        tracked.iter().filter(|row| row.source == id).filter_map(|row| line(world, row, moment)).collect();
    let all = found.len();
    let done =
        (found.iter().map(|row| row.summary.done()).sum(), found.iter().map(|row| row.summary.lines.len()).sum());
    let columns = columns(&found, &world.extra_lines(&id, version));
    if let Some(open) = &ask.open {
        found.retain(|row| row.summary.lines.iter().any(|line| is_open(line, open)));
    }
    sort(&mut found, ask.sort);
    let standings = Standings::new(world, viewer, source, release, moment.instant());
    let passed = release.dates_at(moment.instant()).passed(Freeze::Code, moment.instant());
    Ok(TableView {
        cycle: views::cycle(world, release, &rows, moment),
        due: passed,
        columns,
        sources,
        source: id,
        rows: found,
        tracked: all,
        done,
        open: ask.open.clone(),
        sort: ask.sort,
        refusal: standings.on_source(Action::EditChecklist).err().unwrap_or_default(),
    })
}

fn sources(world: &World, release: &ReleaseRecord, tracked: &[&Row]) -> Vec<(String, String, usize)> {
    let sources = world.sources.values().filter(|source| source.calendar == release.calendar);
    let count = |id: &str| tracked.iter().filter(|row| row.source == id).count();
    sources.map(|source| (source.id.clone(), source.noun.clone(), count(&source.id))).collect()
}

fn line(world: &World, row: &Row, moment: Moment) -> Option<TableRow> {
    let record = world.proposals.get(&(row.source.clone(), row.number))?;
    let known = record.history.at(moment.instant());
    Some(TableRow {
        summary: summary(world, record, &known, &row.verdict, moment),
        status: row.verdict.status,
        words: row.verdict.words.clone(),
        owners: row.owners.clone(),
    })
}

/// The five lines and those of the SIG. Their texts do not depend on the proposal, so that any tells them.
fn columns(rows: &[TableRow], extra: &[(String, String)]) -> Vec<LineColumn> {
    let lines = rows.first().map(|row| row.summary.lines.as_slice()).unwrap_or_default();
    let column = |line: &Line| LineColumn {
        key: line.key.clone(),
        text: line.text.clone(),
        extra: extra.iter().any(|(key, _)| *key == line.key),
    };
    if !lines.is_empty() {
        return lines.iter().map(column).collect();
    }
    extra.iter().map(|(key, text)| LineColumn { key: key.clone(), text: text.clone(), extra: true }).collect()
}

fn is_open(line: &Line, open: &str) -> bool {
    !line.done() && (open == "any" || line.key == open)
}

fn sort(rows: &mut [TableRow], by: TableSort) {
    let number = |row: &TableRow| row.summary.proposal.number;
    match by {
        // Among those with as many done, what is contradicted by evidence comes first.
        TableSort::Open => rows.sort_by_key(|row| {
            let fails = row.summary.lines.iter().filter(|line| line.outcome == Outcome::Fail).count();
            (row.summary.done(), std::cmp::Reverse(fails), number(row))
        }),
        TableSort::Done => rows.sort_by_key(|row| (std::cmp::Reverse(row.summary.done()), number(row))),
        TableSort::Number => rows.sort_by_key(number),
        TableSort::Title => rows.sort_by_cached_key(|row| row.summary.proposal.title.to_lowercase()),
    }
}
