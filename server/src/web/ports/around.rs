//! What stands around a proposal on its page: requests for exceptions, what the community says, who has acknowledged the
//! document, and what the viewer can do.

use std::sync::Arc;

use app::features::{
    decide::{GROUPS, group, label, verb},
    exceptions::{self, Kind, Stand},
    proposal::port::{ActionLink, Actions, RequestLine, Said},
};
use chrono::{DateTime, Utc};
use domain::{Action, Departure, Event, Known, Recorded, ReleaseVersion, Rule, Status};

use super::decide::undoable;
use crate::{
    verdicts::{ProposalRecord, Row, World},
    web::decisions::{Desk, Why, slug_of},
};

/// Requests for an exception, newest first.
pub fn requests(
    world: &World,
    record: &ProposalRecord,
    known: &Known<'_>,
    rows: &[Arc<Row>],
    now: DateTime<Utc>,
) -> Vec<RequestLine> {
    let sent = known.events.iter().filter_map(|recorded| match recorded.event {
        Event::ExceptionSent { release, .. } => Some(release),
        _ => None,
    });
    let mut releases: Vec<ReleaseVersion> = sent.collect();
    releases.sort_unstable();
    releases.dedup();
    let mut lines = Vec::new();
    for release in releases {
        let key = (record.source.calendar.clone(), release);
        let dates = world.releases.get(&key).map(|release| release.dates_at(now)).unwrap_or_default();
        let verdict = rows.iter().find(|row| row.release == Some(release)).map(|row| &row.verdict);
        for request in known.participation(release, &dates).requests.all {
            let lapse = verdict.and_then(|verdict| request.lapse(verdict, &dates));
            let line = RequestLine {
                href: exceptions::href(request.id),
                about: format!("{} of {release}", Kind::of(request.freeze).name()),
                stand: Stand::of(&request.state, lapse),
                until: request.granted_until().unwrap_or(request.asked_until),
            };
            lines.push((request.id, line));
        }
    }
    lines.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Support on record, newest first.
pub fn support(known: &Known<'_>) -> Vec<Said> {
    said(known, |event| match event {
        Event::SupportRecorded { links, note } => Some((links, note)),
        _ => None,
    })
}

/// Feedback of users on record, newest first.
pub fn feedback(known: &Known<'_>) -> Vec<Said> {
    said(known, |event| match event {
        Event::FeedbackRecorded { links, note } => Some((links, note)),
        _ => None,
    })
}

fn said<'a>(known: &Known<'a>, read: impl Fn(&'a Event) -> Option<(&'a Vec<String>, &'a String)>) -> Vec<Said> {
    let one = |recorded: &&'a Recorded| {
        let (links, note) = read(&recorded.event)?;
        Some(Said {
            note: note.clone(),
            links: links.clone(),
            who: recorded.person().to_owned(),
            at: recorded.occurred_at,
            href: format!("/decisions/{}", recorded.id),
        })
    };
    known.events.iter().rev().filter_map(one).collect()
}

/// Whether somebody has acknowledged the document: its present version, or only one before.
pub fn acknowledged(known: &Known<'_>, login: &str) -> Option<&'static str> {
    let present = &known.document?.blob;
    let own = known.events.iter().filter(|recorded| recorded.person().eq_ignore_ascii_case(login));
    let read = own.rev().find_map(|recorded| match &recorded.event {
        Event::Acknowledged { blob } => Some(blob),
        _ => None,
    })?;
    Some(if read == present { "acknowledged" } else { "acknowledged an earlier version" })
}

/// What the viewer can do about the proposal now.
pub fn actions(desk: &Desk<'_>, signed_in: bool) -> Actions {
    let seen = desk.record.latest_decision_id();
    if !signed_in {
        return Actions { seen, ..Actions::default() };
    }
    let possible: Vec<Action> = Action::ALL
        .into_iter()
        .filter(|action| group(*action).is_some() && desk.makes_sense(*action) && desk.can(*action).is_ok())
        .collect();
    let for_another = Action::ALL
        .into_iter()
        .filter(|action| group(*action).is_some() && !possible.contains(action) && desk.makes_sense(*action))
        .filter(|action| matches!(desk.can(*action), Err(Why::Refused(_))) && desk.can_record_for_another(*action));
    let for_another = for_another.map(|action| in_menu(desk, action)).collect();
    let mut groups: Vec<(String, Vec<ActionLink>)> = GROUPS
        .iter()
        .map(|title| {
            let links =
                possible.iter().filter(|action| group(**action) == Some(*title)).map(|action| in_menu(desk, *action));
            ((*title).to_owned(), links.collect())
        })
        .collect();
    groups.push(("Exceptions".to_owned(), ask(desk).into_iter().collect()));
    groups.retain(|(_, links): &(String, Vec<ActionLink>)| !links.is_empty());
    let open: Vec<Rule> = desk.open_rules().map(|(rule, _)| rule).collect();
    let mends =
        open.into_iter().map(|rule| (rule, mends(desk, rule, &possible))).filter(|(_, links)| !links.is_empty());
    Actions { signed_in, groups, for_another, mends: mends.collect(), undo: undoable(desk), seen }
}

/// The form of an action, as the menu calls it.
fn in_menu(desk: &Desk<'_>, action: Action) -> ActionLink {
    ActionLink { label: label(action).to_owned(), ..link(desk, action, "") }
}

/// The form of an action; `more` is joined to its query.
fn link(desk: &Desk<'_>, action: Action, more: &str) -> ActionLink {
    let release = desk.release.map(|release| format!("?release={release}")).unwrap_or_default();
    let joint = if more.is_empty() {
        ""
    } else if release.is_empty() {
        "?"
    } else {
        "&"
    };
    let href = format!("{}/decide/{}{release}{joint}{more}", desk.record.href(), action.slug());
    ActionLink { label: verb(action).to_owned(), href }
}

/// What mends a requirement that is not met, of what the viewer can do.
fn mends(desk: &Desk<'_>, rule: Rule, possible: &[Action]) -> Vec<ActionLink> {
    let action = match rule {
        Rule::Target => Some(Action::Accept),
        Rule::Reviewers => Some(Action::Assign),
        Rule::Commitment => Some(Action::Commit),
        Rule::SignOff => Some(Action::SignOff),
        Rule::Implementation => Some(Action::NothingToMerge),
        Rule::Docs => Some(Action::NoDocsNeeded),
        _ => None,
    };
    let mend = action.filter(|action| possible.contains(action)).map(|action| link(desk, action, ""));
    let waive = || link(desk, Action::Waive, &format!("rule={}", slug_of(rule)));
    mend.into_iter().chain(desk.can_waive(rule).then(waive)).collect()
}

/// The form that asks for an exception, where a freeze is not met and the release is not out.
fn ask(desk: &Desk<'_>) -> Option<ActionLink> {
    let verdict = desk.verdict?;
    let gate = verdict.gate()?;
    let gone = matches!(
        verdict.status,
        Status::Ended { .. } | Status::Departed { departure: Departure::Retargeted(_) } | Status::NotTargeted
    );
    let dates = desk.dates(verdict.release);
    if gone || dates.released(desk.now) || dates.freeze(gate.freeze).is_none() {
        return None;
    }
    let proposal = format!("{}/{}", desk.record.source.id, desk.record.history.number);
    let href = exceptions::new_href(&proposal, Some(gate.freeze), Some(verdict.release));
    Some(ActionLink { label: "Ask for an exception".to_owned(), href })
}
