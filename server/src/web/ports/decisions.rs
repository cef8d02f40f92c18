//! The log of decisions, and each by itself.

use app::{
    features::decisions::{
        DecisionQuery, Kind,
        port::{Change, DecisionLine, DecisionListView, DecisionView, DecisionsPort},
    },
    port::{Answer, PageError},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Action, Circumstances, Event, Freeze, Group, ReleaseVersion, Role, Standing, owning_sig, policy};

use super::{Ports, decide::undoable, unavailable};
use crate::{
    store::decision::Decided,
    verdicts::{Moment, ProposalRecord, World},
    web::{
        decisions::{Desk, no_decision, one, rows_of, type_of},
        views,
    },
};

impl DecisionsPort for Ports {
    fn decisions(&self, query: DecisionQuery) -> Answer<'_, DecisionListView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let log = rows_of(&self.0, &query, DecisionQuery::PAGE_SIZE).await.map_err(unavailable)?;
            let everything = DecisionQuery { page: query.page, ..DecisionQuery::default() } == query;
            let any = !everything || log.total > 0;
            Ok(DecisionListView {
                any,
                lines: log.decided.iter().map(|decided| line(&world, decided)).collect(),
                total: log.total,
                page: log.page,
                pages: log.pages,
                sources: world.sources.values().map(|source| (source.id.clone(), source.noun.clone())).collect(),
                releases: world.main_releases().rev().map(|release| release.version).collect(),
            })
        })
    }

    fn decision(&self, id: i64) -> Answer<'_, DecisionView> {
        Box::pin(async move {
            let decided = one(&self.0, id).await.map_err(unavailable)?.ok_or_else(|| no_decision(id))?;
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let undone_by = self.other(&world, decided.undone_by).await?;
            let undid = match decided.recorded.event {
                Event::Undone { event } => self.other(&world, Some(event)).await?,
                _ => None,
            };
            let record = world.proposals.get(&(decided.source.clone(), decided.number)).map(|record| &**record);
            let line = line(&world, &decided);
            let now = self.0.context.clock.now();
            let undo = record.and_then(|record| {
                let known = record.history.at(now);
                let desk = Desk::of(self.1.as_ref(), (&world, record, &known), (line.release, None), now);
                undoable(&desk).filter(|undoable| undoable.event == id)
            });
            let kind = type_of(&decided.recorded.event);
            Ok(DecisionView {
                kind: Kind::of_type(&kind).map_or("Decision", |kind| kind.label).to_owned(),
                details: details(&decided.recorded.event),
                role: record.and_then(|record| role(&world, record, &decided, line.release)),
                change: record.and_then(|record| change(&world, record, &decided, line.release)),
                seen: record.map_or(0, ProposalRecord::latest_decision_id),
                undone_by,
                undid,
                undo,
                line,
            })
        })
    }
}

impl Ports {
    /// Another decision that one names.
    async fn other(&self, world: &World, id: Option<i64>) -> Result<Option<DecisionLine>, PageError> {
        let Some(id) = id else { return Ok(None) };
        let decided = one(&self.0, id).await.map_err(unavailable)?;
        Ok(decided.map(|decided| line(world, &decided)))
    }
}

fn line(world: &World, decided: &Decided) -> DecisionLine {
    let recorded = &decided.recorded;
    let record = world.proposals.get(&(decided.source.clone(), decided.number));
    let request = recorded.event.request().and_then(|number| {
        let of_request = |key: &crate::verdicts::ExceptionKey| {
            (key.source.as_str(), key.number, key.request) == (decided.source.as_str(), decided.number, number)
        };
        world.exceptions.iter().find(|(_, key)| of_request(key))
    });
    DecisionLine {
        id: recorded.id,
        occurred_at: recorded.occurred_at,
        recorded_at: recorded.recorded_at,
        what: recorded.event.tell(),
        recorder: recorded.actor.clone(),
        on_behalf_of: recorded.on_behalf_of.clone(),
        link: recorded.link.clone(),
        proposal: record.map(|record| views::link(record)),
        source: decided.source.clone(),
        release: recorded.event.release().or_else(|| request.map(|(_, key)| key.release)),
        exception: request.map(|(id, _)| app::features::exceptions::href(*id)),
        undone_by: decided.undone_by,
    }
}

/// What the sentence about a decision leaves out.
fn details(event: &Event) -> Vec<(String, String)> {
    let pair = |term: &str, value: &str| (term.to_owned(), value.to_owned());
    let list = |term: &str, values: &[String]| (!values.is_empty()).then(|| pair(term, &values.join(" ")));
    match event {
        Event::Committed { on, .. } => vec![pair("Word given on", &app::words::long_day(*on))],
        Event::Acknowledged { blob } => vec![pair("Version", blob.get(..10).unwrap_or(blob))],
        Event::SupportRecorded { links, .. } | Event::FeedbackRecorded { links, .. } => {
            list("Links", links).into_iter().collect()
        }
        Event::ExceptionSent { freeze, justification, impact, covers, .. } => {
            let freeze = freeze.map_or("an edge case", Freeze::name);
            let told = [pair("Freeze", freeze), pair("Justification", justification), pair("Impact", impact)];
            told.into_iter().chain(list("Covered", covers)).collect()
        }
        Event::ExceptionFiled { thread, .. } => vec![pair("Thread", thread)],
        Event::PlanClosed { plan, .. } => {
            let numbers: Vec<_> = plan.iter().map(|planned| planned.number.to_string()).collect();
            vec![pair("In this order", &numbers.join(", "))]
        }
        Event::FreezeClosed { freeze, judged, .. } => {
            let numbers = |group: Group| {
                let of_group = judged.iter().filter(|frozen| frozen.group == group);
                of_group.map(|frozen| frozen.number.to_string()).collect::<Vec<_>>().join(", ")
            };
            let groups = Group::ALL.map(|group| (group.words(*freeze), numbers(group)));
            groups.into_iter().filter(|(_, numbers)| !numbers.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

/// The role in which it was recorded, by the roles at the time as far as they are known today; none where a role that
/// allows it is not found, as with what was imported.
fn role(world: &World, record: &ProposalRecord, decided: &Decided, release: Option<ReleaseVersion>) -> Option<String> {
    let recorded = &decided.recorded;
    let kind = type_of(&recorded.event);
    let action: Action = Kind::of_type(&kind)?.slug.parse().ok()?;
    // What was known a moment before: a handover makes another the owner.
    let at = recorded.occurred_at.unwrap_or(recorded.recorded_at) - TimeDelta::seconds(1);
    let known = record.history.at(at);
    let groups = world.groups(&record.source, release, at);
    let is = |login: &str| login.eq_ignore_ascii_case(&recorded.actor);
    let standing = Standing::of(is, false, &groups, Some((&record.source, &record.history, &known)));
    let sig = match &recorded.event {
        Event::SignedOff { sig } => Some(sig.clone()),
        _ => Some(owning_sig(&record.source, &record.history, &known).to_owned()),
    };
    let sig_decides_exceptions = record.source.sig_decides_exceptions;
    let circumstances = Circumstances { sig_decides_exceptions, sig, requester: false, freeze_passed: false };
    let role = policy::may(action, &standing, &circumstances).ok();
    role.filter(|role| *role != Role::Contributor).map(|role| role.words().to_owned())
}

/// The status just before it happened, and from then on.
fn change(
    world: &World,
    record: &ProposalRecord,
    decided: &Decided,
    release: Option<ReleaseVersion>,
) -> Option<Change> {
    let at = decided.recorded.occurred_at?;
    let status = |at: DateTime<Utc>, release: ReleaseVersion| {
        let rows = world.rows_of(record, Moment::At(at));
        let verdict = rows.iter().find(|row| row.release == Some(release)).map(|row| &row.verdict);
        let not_targeted = || (domain::Status::NotTargeted, "Not targeted".to_owned());
        verdict.map_or_else(not_targeted, |verdict| (verdict.status, verdict.words.clone()))
    };
    let release = release.or_else(|| {
        let rows = world.rows_of(record, Moment::At(at));
        super::proposal::shown(&rows, None, world.current(at)).and_then(|row| row.release)
    })?;
    Some(Change { release, before: status(at - TimeDelta::seconds(1), release), after: status(at, release) })
}
