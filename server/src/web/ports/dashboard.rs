//! The dashboard.

use std::sync::Arc;

use app::{
    features::{
        dashboard::port::{DashboardPort, DashboardView, DayCounts, WaitingItem},
        shared::{HistoryItem, NextDate, ProposalRow},
    },
    port::Answer,
    query::{At, ReleaseChoice},
};
use chrono::{DateTime, Utc};
use domain::{Concern, ReleaseVersion, Request, Status, Waiting, Who};

use super::{Ports, unavailable};
use crate::{
    store::person::Person,
    verdicts::{Moment, ReleaseRecord, Row, World},
    web::{
        candidates,
        me::{Looker, place_of},
        views,
    },
};

/// How much of each list the dashboard shows; the rest is a link away.
const WAITING: usize = 8;
const ROWS: usize = 40;
const DATES: usize = 6;
const DECISIONS: usize = 6;

impl DashboardPort for Ports {
    fn dashboard(&self, at: At) -> Answer<'_, DashboardView> {
        Box::pin(async move {
            let moment = views::moment(at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let candidates = candidates::count(&self.0, &world, None, moment).await.map_err(unavailable)?;
            Ok(DashboardView { candidates, ..view(&world, self.1.as_ref(), moment) })
        })
    }
}

fn view(world: &World, viewer: Option<&Person>, moment: Moment) -> DashboardView {
    let now = moment.instant();
    let release = world.current(now).and_then(|version| world.release(version));
    let rows = release.map(|release| views::rows_in(&world.rows(moment), release.version)).unwrap_or_default();
    let waiting = waiting(&rows);
    let of = |status: fn(&Row) -> bool| u32::try_from(rows.iter().filter(|row| status(row)).count()).unwrap_or(0);
    DashboardView {
        gaps: world.representation_gaps(now),
        overdue: super::announcements::overdue(world, release.map(|release| release.version), now),
        cycle: release.map(|release| views::cycle(world, release, &rows, moment)),
        next: views::meant(world, ReleaseChoice::Next, moment),
        any_proposal: !world.proposals.is_empty(),
        counts: views::counts(rows.iter().map(|row| row.verdict.status.slug())),
        tracked: of(|row| row.verdict.tracked),
        proposed: of(|row| row.verdict.status == Status::Proposed),
        candidates: 0,
        waiting_total: u32::try_from(waiting.len()).unwrap_or(u32::MAX),
        waiting: waiting_items(world, viewer, &waiting[..waiting.len().min(WAITING)], moment),
        rows_total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        rows: rows.iter().take(ROWS).map(|row| views::proposal_row(row)).collect::<Vec<ProposalRow>>(),
        next_dates: release.map(|release| next_dates(release, &rows, now)).unwrap_or_default(),
        decisions: decisions(world, now),
        over_time: release.map(|release| over_time(world, release.version, moment)).unwrap_or_default(),
    }
}

/// What somebody can do now: decisions that are waited for, then what was missed, then the rest by its deadline.
fn waiting(rows: &[Arc<Row>]) -> Vec<(&Row, &Waiting)> {
    let mut items: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let waiting = row.verdict.waiting.iter().find(|waiting| waiting.who != Who::Nobody)?;
            let class = match (&waiting.who, row.verdict.status) {
                (Who::ReleaseTeam, _) => 0,
                _ if waiting.concern == Concern::Confirmation => 0,
                (_, Status::ExceptionRequired { .. }) => 1,
                (Who::Reviewers(_), _) => 2,
                (_, Status::ExceptionUntil { .. } | Status::NotReady { .. }) => 3,
                _ => 4,
            };
            Some(((class, waiting.since), (&**row, waiting)))
        })
        .collect();
    items.sort_by_key(|(key, _)| *key);
    items.into_iter().map(|(_, item)| item).collect()
}

/// Each with the button of whoever looks: to do it where it waits on them now, else to look at it.
fn waiting_items(
    world: &World,
    viewer: Option<&Person>,
    shown: &[(&Row, &Waiting)],
    moment: Moment,
) -> Vec<WaitingItem> {
    let looker = match (viewer, moment) {
        (Some(person), Moment::Now(now)) => Some(Looker::new(world, person, now)),
        _ => None,
    };
    let item = |(row, waiting): &(&Row, &Waiting)| {
        // The same may wait on several; whoever looks may be one of them.
        let mut same = row.verdict.waiting.iter().filter(|one| one.concern == waiting.concern);
        let act = looker.as_ref().and_then(|looker| same.find_map(|one| looker.act(row, one)));
        let act = act.or_else(|| place_of(waiting));
        WaitingItem { proposal: views::link_of(row), waiting: (*waiting).clone(), act }
    };
    shown.iter().map(item).collect()
}

fn next_dates(release: &ReleaseRecord, rows: &[Arc<Row>], now: DateTime<Utc>) -> Vec<NextDate> {
    let mut dates: Vec<NextDate> = Vec::new();
    if let Some(schedule) = release.schedule_at(now) {
        let reading = &schedule.reading;
        let posts = [
            (reading.enhancement_freeze.date, "Enhancement Freeze", true),
            (reading.code_freeze.date, "Code Freeze", true),
            (reading.thaw.date, "Thaw", false),
            (reading.ga.date, "General availability", true),
        ];
        dates.extend(posts.into_iter().filter_map(|(day, what, strong)| {
            let day = day?;
            let href = Some(format!("/releases/{}", release.version));
            Some(NextDate { at: release.zone.end_of(day), day: Some(day), what: what.to_owned(), strong, href })
        }));
    }
    for row in rows {
        for (freeze, request) in row.verdict.facts.exceptions {
            if let Request::Granted(until) = request {
                let link = views::link_of(row);
                dates.push(NextDate {
                    at: until,
                    day: Some(domain::words::date_of(until, release.zone)),
                    what: format!("Exception ({}) of {} ends", freeze.short(), link.name()),
                    strong: false,
                    href: Some(link.href()),
                });
            }
        }
    }
    dates.retain(|date| date.at > now);
    dates.sort_by_key(|date| date.at);
    dates.truncate(DATES);
    dates
}

fn decisions(world: &World, now: DateTime<Utc>) -> Vec<HistoryItem> {
    let mut latest: Vec<_> =
        world.proposals.values().filter_map(|record| Some((record.latest_decision(now)?, record))).collect();
    latest.sort_by_key(|(recorded, _)| std::cmp::Reverse((recorded.occurred_at, recorded.id)));
    latest
        .into_iter()
        .take(DECISIONS)
        .map(|(recorded, record)| views::history_item(recorded, Some(views::link(record))))
        .collect()
}

fn over_time(world: &World, release: ReleaseVersion, moment: Moment) -> Vec<DayCounts> {
    world
        .counts_over_time(release, moment)
        .iter()
        .map(|(day, by_slug)| DayCounts { day: *day, counts: views::in_order(by_slug) })
        .collect()
}
