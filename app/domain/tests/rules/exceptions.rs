//! P-16 to P-18: the life of a request, and what it computes to.

use domain::{DocumentStatus, Event, Freeze, Lapse, PullState, ReleaseDates, Request, RequestState, Requests, Who};

use crate::support::*;

fn filed(request: u32) -> Event {
    Event::ExceptionFiled { request, thread: "https://groups.example/t/1".to_owned() }
}

fn in_review_(request: u32) -> Event {
    Event::ExceptionInReview { request }
}

fn needs_information(request: u32) -> Event {
    Event::ExceptionNeedsInformation { request, question: "Which lanes?".to_owned() }
}

/// Its code is open when the Code Freeze comes.
fn late() -> World {
    World::ready().then(110, docs(8, PullState::Open)).then(115, code(7, PullState::Open))
}

fn requests(world: &World, day: i64) -> Requests<'_> {
    world.history.at(on(day)).participation(V, &world.dates).requests
}

fn state(events: &[Event]) -> RequestState {
    let asked = late().then(140, asked(1, Freeze::Code));
    let world = (141..).zip(events).fold(asked, |world, (day, event)| world.then(day, event.clone()));
    requests(&world, 149).all[0].state.clone()
}

fn standing(world: &World, day: i64) -> Request {
    world.verdict(on(day)).judgement(Freeze::Code).request
}

fn lapse(world: &World, day: i64) -> Option<Lapse> {
    requests(world, day).all[0].lapse(&world.verdict(on(day)), &world.dates)
}

#[test]
fn a_request_goes_from_sent_over_filed_and_review_to_a_decision() {
    assert_eq!(state(&[]), RequestState::Sent);
    assert_eq!(state(&[filed(1)]), RequestState::Filed);
    assert_eq!(state(&[filed(1), in_review_(1)]), RequestState::InReview);
    let question = "Which lanes?".to_owned();
    assert_eq!(state(&[in_review_(1), needs_information(1)]), RequestState::NeedsInformation { question });
    assert_eq!(state(&[needs_information(1), in_review_(1)]), RequestState::InReview);
    assert_eq!(state(&[in_review_(1), granted(1, CF + 6)]), RequestState::Granted { until: on(CF + 6) });
    assert_eq!(state(&[denied(1)]), RequestState::Denied { reason: "because".to_owned() });
    assert_eq!(state(&[withdrawn_request(1)]), RequestState::Withdrawn);
}

#[test]
fn what_does_not_apply_leaves_a_request_as_it_is() {
    let granted_ = RequestState::Granted { until: on(CF + 6) };
    assert_eq!(state(&[granted(1, CF + 6), denied(1)]), granted_);
    assert_eq!(state(&[granted(1, CF + 6), withdrawn_request(1)]), granted_);
    assert_eq!(state(&[granted(1, CF + 6), in_review_(1)]), granted_);
    assert_eq!(state(&[denied(1), withdrawn_request(1)]), RequestState::Denied { reason: "because".to_owned() });
    assert_eq!(state(&[withdrawn_request(1), granted(1, CF + 6)]), RequestState::Withdrawn);
    assert_eq!(state(&[granted(2, CF + 6)]), RequestState::Sent, "another request");
    assert_eq!(state(&[in_review_(1), filed(1)]), RequestState::InReview, "the link comes late");
}

#[test]
fn the_archive_link_is_kept_whenever_it_is_recorded() {
    let world = late().then(140, asked(1, Freeze::Code)).then(141, granted(1, CF + 6));
    assert_eq!(requests(&world, 142).all[0].thread, None, "missing, to be flagged");
    assert_eq!(requests(&world.then(142, filed(1)), 142).all[0].thread, Some("https://groups.example/t/1"));
}

#[test]
fn granted_time_can_be_extended_and_is_at_most_until_general_availability() {
    assert_eq!(state(&[granted(1, CF + 3), granted(1, CF + 9)]), RequestState::Granted { until: on(CF + 9) });
    assert_eq!(state(&[granted(1, GA + 9)]), RequestState::Granted { until: on(GA) });
}

#[test]
fn a_running_grant_wins_then_what_is_undecided_then_the_latest_denial() {
    let first = late().then(140, asked(1, Freeze::Code));
    assert_eq!(standing(&late(), 145), Request::None);
    assert_eq!(standing(&first, 145), Request::Undecided);
    assert_eq!(standing(&first.clone().then(141, needs_information(1)), 145), Request::Undecided);
    assert_eq!(standing(&first.clone().then(141, withdrawn_request(1)), 145), Request::None);
    assert_eq!(standing(&first.clone().then(141, denied(1)), 145), Request::Denied);
    let again = first.clone().then(141, denied(1)).then(142, asked(2, Freeze::Code));
    assert_eq!(standing(&again, 145), Request::Undecided);
    assert_eq!(standing(&again.clone().then(143, denied(2)), 145), Request::Denied);
    assert_eq!(standing(&again.clone().then(143, withdrawn_request(2)), 145), Request::Denied, "the denial stands");
    let granted_ = again.then(143, granted(2, CF + 6));
    assert_eq!(standing(&granted_, 145), Request::Granted(on(CF + 6)));
    assert_eq!(standing(&granted_.clone().then(144, asked(3, Freeze::Code)), 145), Request::Granted(on(CF + 6)));
    assert_eq!(standing(&granted_, CF + 6), Request::None, "over from its instant on");
}

#[test]
fn requests_for_the_two_freezes_and_for_other_cases_are_separate() {
    let world = late().then(140, asked(1, Freeze::Code)).then(141, granted(1, CF + 6));
    let verdict = world.verdict(on(145));
    assert_eq!(verdict.judgement(Freeze::Enhancement).request, Request::None);
    let Event::ExceptionSent { requester, justification, until, impact, covers, .. } = asked(1, Freeze::Code) else {
        unreachable!()
    };
    let other =
        Event::ExceptionSent { request: 1, release: V, freeze: None, requester, justification, until, impact, covers };
    let world = late().then(140, other);
    assert_eq!(standing(&world, 145), Request::None);
    assert_eq!(requests(&world, 145).all.len(), 1, "shown on the proposal");
    assert_eq!(world.then(141, granted(1, CF + 6)).status(CF + 1), "Exception required (CF)", "it has no gate");
}

#[test]
fn done_in_time_expired_and_moot_are_computed() {
    let asked_ = late().then(120, Event::RepositoriesRead).then(140, asked(1, Freeze::Code));
    let granted_ = asked_.clone().then(145, granted(1, CF + 6));
    assert_eq!(lapse(&granted_, CF + 5), None);
    assert_eq!(lapse(&granted_, CF + 6), Some(Lapse::Expired));
    let merged = granted_.then(CF + 3, code(7, PullState::Merged));
    assert_eq!((lapse(&merged, CF + 2), lapse(&merged, CF + 3)), (None, Some(Lapse::DoneInTime)));
    assert_eq!(lapse(&merged, GA + 3), Some(Lapse::DoneInTime));
    assert_eq!(lapse(&asked_, GA - 1), None);
    assert_eq!(lapse(&asked_, GA), Some(Lapse::Moot));
    assert_eq!(lapse(&asked_.clone().then(146, removed()), 147), Some(Lapse::Moot));
    assert_eq!(lapse(&asked_.clone().then(146, deferred()), 147), Some(Lapse::Moot));
    assert_eq!(lapse(&asked_.clone().document(146, with_status(DocumentStatus::Withdrawn)), 147), Some(Lapse::Moot));
    assert_eq!(lapse(&asked_.then(146, denied(1)), GA), None, "decided");
}

#[test]
fn nothing_lapses_into_a_decision() {
    let world = late().then(140, asked(1, Freeze::Code)).dated(|dates| dates.ga = None);
    assert_eq!(world.status(2000), "Exception pending (CF)");
}

#[test]
fn a_request_without_a_calendar_can_still_be_read() {
    let world = late().then(140, asked(1, Freeze::Code)).then(141, granted(1, CF + 6));
    let known = world.history.at(on(150));
    let participation = known.participation(V, &ReleaseDates::default());
    assert_eq!(participation.requests.all[0].state, RequestState::Granted { until: on(CF + 6) });
    assert_eq!(participation.requests.grant_end(Freeze::Code), None);
}

#[test]
fn it_waits_on_the_release_team_or_on_the_requester_who_owes_an_answer() {
    let world = late().then(140, asked(1, Freeze::Code));
    let first = |world: &World, day| world.verdict(on(day)).waiting.first().cloned().unwrap();
    let decide = first(&world, 145);
    assert_eq!(
        (decide.who, decide.what.as_str(), decide.since),
        (Who::ReleaseTeam, "Decide the exception for CF", Some(on(140)))
    );
    let answer = first(&world.clone().then(141, needs_information(1)), 145);
    assert_eq!((&answer.who, answer.since), (&Who::Requester, Some(on(141))));
    assert_eq!((answer.logins, answer.why.as_str()), (vec!["ada".to_owned()], "Which lanes?"));
    let by_sig = world.clone().of(domain::Source { sig_decides_exceptions: true, ..cep() }).verdict(on(145)).waiting;
    let deciders: Vec<_> = by_sig.into_iter().take(2).map(|waiting| waiting.who).collect();
    assert_eq!(deciders, [Who::ReleaseTeam, Who::Sig("sig-ci".to_owned())], "where the source lets the SIG decide");
    let after = world.verdict(on(GA + 1)).waiting;
    assert!(after.iter().all(|waiting| waiting.who != Who::ReleaseTeam), "moot after GA: {after:?}");
}
