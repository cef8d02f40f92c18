//! The agenda of the SIGs, from the rows of the verdict cache, and as a file.

use std::collections::BTreeMap;

use app::features::{
    agenda::{
        markdown,
        port::{AgendaAsk, AgendaException, AgendaItem, AgendaReview, AgendaView, AgendaWait, SigAgenda},
    },
    exceptions::{self, Group, port::ExceptionRow},
    shared::Act,
};
use axum::{
    Router,
    extract::{RawQuery, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use domain::{Action, Concern, Event, Pull, Who};

use super::{
    AppState,
    api::{self, Problem},
    confirm::ToConfirm,
    decisions::Desk,
    exceptions::found,
    me::act_on,
    views,
};
use crate::{
    store::person::Person,
    verdicts::{Belongs, Moment, ProposalRecord, Row, World},
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new().route("/agenda.md", get(file))
}

async fn file(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let read = async {
        let (ask, bad) = AgendaAsk::parse(query.as_deref().unwrap_or_default());
        api::usable(&bad)?;
        let world = state.verdicts.world().await?;
        let moment = views::moment(ask.at, state.context.clock.now());
        Ok::<_, Problem>(view(&world, &ask, None, (moment, state.context.config.address())).markdown)
    };
    match read.await {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, "text/markdown; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"agenda.md\""),
            ];
            (headers, text).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

/// The agenda for whoever looks. `origin` is the address under which people reach the tracker.
pub fn view(world: &World, ask: &AgendaAsk, viewer: Option<&Person>, (moment, origin): (Moment, &str)) -> AgendaView {
    let mut parts: BTreeMap<String, SigAgenda> = BTreeMap::new();
    let reader = Reader::of(world, viewer, moment);
    for record in world.proposals.values() {
        let rows = world.rows_of(record, moment);
        let sig = rows.first().map_or(domain::NO_SIG, |row| row.sig.as_str());
        let part = parts.entry(sig.to_owned()).or_default();
        point(world, record, viewer, moment, part);
        for row in rows.iter() {
            for review in reviews(record, row, &reader, moment) {
                if !part.reviews.contains(&review) {
                    part.reviews.push(review);
                }
            }
        }
        for row in rows.iter() {
            let confirm = confirmation(world, record, row, &reader, moment).map(|wait| (row.sig.clone(), wait));
            for (sig, wait) in confirm.into_iter().chain(waits(record, row, &reader)) {
                once(&mut parts.entry(sig).or_default().waits, wait);
            }
        }
    }
    for request in found::all(world, moment) {
        if request.row.stand.group() == Group::Undecided {
            let row = &request.row;
            parts.entry(row.sig.clone()).or_default().exceptions.push(AgendaException {
                proposal: row.proposal.clone(),
                about: format!("{} of {}", row.kind.name(), row.release),
                href: exceptions::href(row.id),
                requester: row.requester.clone(),
                since: row.sent_at,
                deadline: deadline(world, &request, moment),
                acts: reader.decides(world, row),
            });
        }
    }
    for (sig, part) in &mut parts {
        part.sig.clone_from(sig);
        part.items.sort_by_key(|item| (item.since, item.decision));
        part.exceptions.sort_by_key(|request| request.since);
        part.waits.sort_by_key(|wait| (wait.deadline.is_none(), wait.deadline));
        part.reviews.sort_by_key(|review| review.since);
    }
    let parts: Vec<SigAgenda> = parts.into_values().filter(|part| !part.is_empty()).collect();
    let sigs = parts.iter().map(|part| (part.sig.clone(), part.len())).collect();
    let shown = |part: &SigAgenda| ask.sig.as_ref().is_none_or(|sig| part.sig == *sig);
    let parts: Vec<SigAgenda> = parts.into_iter().filter(shown).collect();
    let markdown = markdown(&parts, origin, moment.instant());
    AgendaView { sig: ask.sig.clone(), sigs, parts, markdown }
}

/// What was put on the agenda and not taken off again.
fn point(world: &World, record: &ProposalRecord, viewer: Option<&Person>, moment: Moment, part: &mut SigAgenda) {
    let now = moment.instant();
    let known = record.history.at(now);
    let Some(recorded) = known.on_agenda else { return };
    let Event::PutOnAgenda { reason } = &recorded.event else { return };
    let may = matches!(moment, Moment::Now(_))
        && Desk::of(viewer, (world, record, &known), (None, None), now).can(Action::TakeOffAgenda).is_ok();
    part.items.push(AgendaItem {
        proposal: views::link(record),
        reason: reason.clone(),
        who: recorded.person().to_owned(),
        since: recorded.occurred_at,
        decision: recorded.id,
        may: viewer.is_some() && may,
    });
}

/// What waits on a SIG, under the SIG that must act: acceptance, assignment and landing on the owning one, a sign-off on
/// each that owes it. Exceptions have a part of their own.
fn waits(record: &ProposalRecord, row: &Row, reader: &Reader<'_>) -> Vec<(String, AgendaWait)> {
    let wait = |waiting: &domain::Waiting| {
        let Who::Sig(sig) = &waiting.who else { return None };
        let wait = AgendaWait {
            proposal: views::link(record),
            release: row.release,
            what: waiting.what.clone(),
            why: waiting.why.clone(),
            deadline: waiting.deadline,
            acts: reader.if_member(record, sig, || vec![act_on(waiting, row)]),
        };
        // What a check-in proposed is told with both its buttons.
        let elsewhere = waiting.is_on_exception() || waiting.concern == Concern::Confirmation;
        Some((sig.clone(), wait)).filter(|_| row.release.is_some() && !elsewhere)
    };
    row.verdict.waiting.iter().filter_map(wait).collect()
}

/// What a check-in proposed and the owning SIG has still to confirm (P-21).
fn confirmation(
    world: &World,
    record: &ProposalRecord,
    row: &Row,
    reader: &Reader<'_>,
    moment: Moment,
) -> Option<AgendaWait> {
    let confirm = ToConfirm::of(world, (record, row), &record.history.at(moment.instant()), moment)?;
    Some(AgendaWait {
        proposal: views::link(record),
        release: row.release,
        what: confirm.what(),
        why: confirm.why(),
        deadline: None,
        acts: reader.if_member(record, &row.sig, || vec![confirm.confirm(), confirm.decline()]),
    })
}

/// Each matter once: what is asked of a proposal for several releases counts for the one in which it is due first.
fn once(waits: &mut Vec<AgendaWait>, wait: AgendaWait) {
    match waits.iter_mut().find(|known| known.proposal == wait.proposal && known.what == wait.what) {
        Some(known)
            if wait.deadline.is_some()
                && known.deadline.is_none_or(|at| wait.deadline.is_some_and(|other| other < at)) =>
        {
            *known = wait;
        }
        Some(_) => {}
        None => waits.push(wait),
    }
}

/// Reviews of a tracked participation that lag (P-24).
fn reviews(record: &ProposalRecord, row: &Row, reader: &Reader<'_>, moment: Moment) -> Vec<AgendaReview> {
    if !row.verdict.tracked {
        return Vec::new();
    }
    let now = moment.instant();
    let known = record.history.at(now);
    let open = row.release.into_iter().flat_map(|release| known.open_pulls(release));
    let lags = open.filter(|pull| pull.lags(now)).filter_map(|pull| {
        let since = pull.waiting_since?;
        Some(AgendaReview {
            proposal: views::link(record),
            repository: pull.repository.clone(),
            number: pull.number,
            waits_on: pull.waiting_on.clone(),
            since,
            acts: reader.review(record, row, pull),
        })
    });
    lags.collect()
}

/// Until when a request should be decided, as the verdict says it; none where its requester owes an answer.
fn deadline(world: &World, request: &found::Found, moment: Moment) -> Option<DateTime<Utc>> {
    let proposal = &request.row.proposal;
    let record = world.proposals.get(&(proposal.source.clone(), proposal.number))?;
    let rows = world.rows_of(record, moment);
    let row = rows.iter().find(|row| row.release == Some(request.row.release))?;
    let concern = Concern::Request { id: request.row.id };
    let waiting = row.verdict.waiting.iter().find(|waiting| waiting.concern == concern && waiting.is_on_exception())?;
    waiting.deadline
}

/// Whoever looks, and what of all this is theirs to do; nothing at another instant than now.
struct Reader<'a>(Option<(&'a Person, Belongs<'a>)>);

impl<'a> Reader<'a> {
    fn of(world: &'a World, viewer: Option<&'a Person>, moment: Moment) -> Self {
        let person = viewer.filter(|_| matches!(moment, Moment::Now(_)));
        Self(person.map(|person| (person, Belongs::of(world, person, moment.instant()))))
    }

    fn if_member(&self, record: &ProposalRecord, sig: &str, acts: impl FnOnce() -> Vec<Act>) -> Vec<Act> {
        let member = self.0.as_ref().is_some_and(|(_, groups)| groups.is_member(&record.source.id, sig));
        if member { acts() } else { Vec::new() }
    }

    /// The request's page for those who decide it; nobody decides their own (P-18).
    fn decides(&self, world: &World, row: &ExceptionRow) -> Vec<Act> {
        let Some((person, groups)) = &self.0 else { return Vec::new() };
        let Some(source) = world.sources.get(&row.proposal.source) else { return Vec::new() };
        let may = groups.in_team(&source.calendar, row.release)
            || source.sig_decides_exceptions && groups.is_member(&source.id, &row.sig);
        if !may || person.is(&row.requester) {
            return Vec::new();
        }
        vec![Act { label: "Decide".to_owned(), href: exceptions::href(row.id) }]
    }

    /// The pull request for those on whom it waits; who reviews it, for the SIG, where nobody is named.
    fn review(&self, record: &ProposalRecord, row: &Row, pull: &Pull) -> Vec<Act> {
        let theirs = self.0.as_ref().is_some_and(|(_, groups)| groups.is_any(&pull.waiting_on));
        if theirs {
            let href = format!("https://github.com/{}/pull/{}", pull.repository, pull.number);
            return vec![Act { label: "Review".to_owned(), href }];
        }
        if !pull.waiting_on.is_empty() {
            return Vec::new();
        }
        let href = format!("{}/decide/assign", record.href());
        self.if_member(record, &row.sig, || vec![Act { label: "Assign".to_owned(), href }])
    }
}
