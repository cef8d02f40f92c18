//! What people sign, what a pull request is for, the post-freeze checklist (P-14), and undoing.

use chrono::TimeDelta;
use domain::{
    Decision, Event, Freeze, History, Outcome, PullKind, PullState, Rule, Source,
    checklist::{LINES, Line, checklist, due},
};

use crate::support::{deciding::*, *};

fn because() -> String {
    "because".to_owned()
}

fn classify(number: u32, kind: PullKind) -> Decision {
    Decision::Classify { release: V, repository: "kubevirt/project-infra".to_owned(), number, kind }
}

fn sign(line: &str) -> Decision {
    Decision::SignLine { release: V, line: line.to_owned(), statement: " looked at it ".to_owned() }
}

fn waive(rule: Rule) -> Decision {
    Decision::Waive { release: V, rule, reason: because() }
}

fn nothing_to_merge() -> Decision {
    Decision::NothingToMerge { release: V, reason: because() }
}

fn undo(event: i64) -> Decision {
    Decision::Undo { event }
}

fn last(history: &History) -> i64 {
    history.events.last().unwrap().id
}

#[test]
fn only_what_is_not_met_is_waived() {
    let world = World::new().document(1, document()).then(2, issue()).then(10, accepted());
    assert_eq!(world.clone().decide("sig", 20, waive(Rule::Commitment)).status(21), "Ready for EF");
    assert_eq!(
        world.refusal("sig", 20, waive(Rule::Issue)),
        "“Tracking issue links the document's directory” is met; there is nothing to waive"
    );
    let none = "“Other SIGs have signed off” is met; there is nothing to waive";
    assert_eq!(world.refusal("sig", 20, waive(Rule::SignOff)), none, "the source asks for none");
    let missed = world.then(EF + 1, committed());
    assert_eq!(missed.status(EF + 2), "Exception required (EF)");
    assert_eq!(missed.decide("rel", EF + 2, waive(Rule::Commitment)).status(EF + 3), "Not verified for CF");
}

#[test]
fn nothing_to_merge_is_not_signed_while_an_implementation_is_known() {
    let world = World::ready().then(120, code(7, PullState::Open));
    let known = "kubevirt/project-infra#7 implements it for v1.10; classify it as unrelated first if it does not";
    assert_eq!(world.refusal("sig", 125, nothing_to_merge()), known);
    let read = world.then(120, Event::RepositoriesRead).then(121, no_docs_needed());
    let signed = read.decide("ada", 125, classify(7, PullKind::Unrelated)).decide("sig", 126, nothing_to_merge());
    assert_eq!(signed.status(127), "Ready for CF");
    assert_eq!(signed.status(CF), "Complete");
    let no_docs = Decision::NoDocsNeeded { release: V, reason: because() };
    assert!(signed.would("sig", on(127), no_docs).is_ok());
}

#[test]
fn what_a_pull_request_is_for_changes_what_is_required_however_often_it_is_observed_anew() {
    let world = World::built().then(131, code(9, PullState::Open));
    assert_eq!(world.status(135), "Not ready for CF: 1 PR");
    let said = world.decide("ada", 136, classify(9, PullKind::Unrelated));
    assert_eq!(said.status(136), "Ready for CF");
    assert_eq!(said.clone().then(137, code(9, PullState::Open)).status(138), "Ready for CF");
    let back = said.decide("ada", 138, classify(9, PullKind::Implementation));
    assert_eq!(back.status(139), "Not ready for CF: 1 PR");
    let later = Decision::Classify {
        release: NEXT,
        repository: "kubevirt/project-infra".to_owned(),
        number: 9,
        kind: PullKind::Implementation,
    };
    assert_eq!(back.decide("ada", 140, later).status(141), "Ready for CF", "it belongs to the next release");
    let docs_ = World::built().then(131, code(9, PullState::Open)).decide("ada", 132, classify(9, PullKind::Docs));
    assert_eq!(docs_.status(133), "Ready for CF");
}

#[test]
fn what_a_pull_request_is_for_is_evidence_that_counts_whenever_it_is_learned() {
    let world = World::built().then(131, code(9, PullState::Open));
    assert_eq!(world.status(CF + 1), "Exception required (CF)");
    let said = world.decide("rel", CF + 2, classify(9, PullKind::Unrelated));
    assert_eq!((said.status(CF + 1).as_str(), said.status(CF + 2).as_str()), ("Exception required (CF)", "Complete"));
    let new = World::built().then(CF + 2, code(9, PullState::Open));
    let new = new.then(CF + 3, Event::RepositoriesRead).decide("rel", CF + 4, classify(9, PullKind::Unrelated));
    assert_eq!(new.status(CF + 5), "Complete", "what came after the freeze was not judged there");
}

#[test]
fn only_known_pull_requests_are_classified_and_only_anew() {
    let world = World::built();
    let same = "it is classified as implementation for v1.10 already";
    assert_eq!(world.refusal("ada", 135, classify(7, PullKind::Implementation)), same);
    let unknown = "kubevirt/project-infra#99 is not among the pull requests of this proposal";
    assert_eq!(world.refusal("ada", 135, classify(99, PullKind::Docs)), unknown);
    let nowhere = Decision::Classify {
        release: domain::ReleaseVersion::new(9, 9),
        repository: " kubevirt/project-infra ".to_owned(),
        number: 7,
        kind: PullKind::Docs,
    };
    assert!(world.refusal("ada", 135, nowhere).starts_with("no schedule and no document names v9.9"));
}

#[test]
fn a_sig_signs_off_where_it_is_asked_and_once() {
    let source = Source { sign_off: vec!["sig-ci".to_owned(), "sig-net".to_owned()], ..cep() };
    let world = World::ready().of(source);
    assert_eq!(world.status(20), "Not ready for EF: 1 sign-off");
    let sign_off = |sig: &str| Decision::SignOff { sig: sig.to_owned() };
    let not_asked = |sig| format!("the sign-off of {sig} is not asked for; asked are: sig-net");
    assert_eq!(world.refusal("sig", 20, sign_off("sig-ci")), not_asked("sig-ci"), "it accepts instead");
    assert_eq!(world.refusal("sig", 20, sign_off("sig-x")), not_asked("sig-x"));
    let none = "the sign-off of sig-net is not asked for; asked are: none";
    assert_eq!(World::ready().refusal("net", 20, sign_off("sig-net")), none);
    let signed = world.decide("net", 20, sign_off("sig-net"));
    assert_eq!(signed.status(21), "Ready for EF");
    assert_eq!(signed.refusal("net", 21, sign_off("sig-net")), "sig-net has signed it off already");
}

#[test]
fn each_version_of_the_document_is_acknowledged_once_by_each_person() {
    let acknowledge = || Decision::Acknowledge {};
    let nothing = "no document of it was read; there is nothing to acknowledge";
    assert_eq!(World::new().refusal("cyd", 5, acknowledge()), nothing);
    let world = World::ready().decide("cyd", 20, acknowledge());
    let already = "this version of the document is acknowledged already";
    assert_eq!(world.refusal("Cyd", 21, acknowledge()), already);
    assert!(world.would("bob", on(21), acknowledge()).is_ok());
    let anew = world.document(22, document());
    assert_eq!(anew.would("cyd", on(23), acknowledge()), Ok(Event::Acknowledged { blob: "22".to_owned() }));
}

#[test]
fn support_needs_a_link_and_feedback_needs_words() {
    let links = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let support = |texts: &[&str]| Decision::Support { links: links(texts), note: " +5 ".to_owned() };
    let feedback = |texts: &[&str], note: &str| Decision::Feedback { links: links(texts), note: note.to_owned() };
    let world = World::ready();
    assert_eq!(world.refusal("sig", 20, support(&["", " "])), "`` is not a link; give one that begins with https://");
    for bad in ["groups.example", "javascript:alert(1)", "https://", "https:///x", "https://a b", "ftp://x"] {
        assert!(world.refusal("sig", 20, support(&[bad])).contains("is not a link"), "{bad}");
        assert!(world.refusal("sig", 20, feedback(&[bad], "good")).contains("is not a link"), "{bad}");
    }
    let supported = world.decide("sig", 20, support(&[" https://groups.example/t/2 ", ""]));
    let recorded = Event::SupportRecorded { links: links(&["https://groups.example/t/2"]), note: "+5".to_owned() };
    assert_eq!(supported.history.events.last().unwrap().event, recorded);
    assert_eq!(supported.verdict(on(21)).warnings, []);
    assert!(supported.would("sig", on(21), feedback(&[], "It helps.")).is_ok(), "it may have been said aloud");
}

fn lines(world: &World, day: i64) -> Vec<Line> {
    let known = world.history.at(on(day));
    checklist(&known, &world.verdict(on(day)), &[(EXTRA.to_owned(), "It ran for a week".to_owned())])
}

fn marks(world: &World, day: i64) -> String {
    let mark = |line: &Line| match (line.outcome, line.signed.is_some(), line.locked.is_some()) {
        (_, _, true) => 'x',
        (Outcome::Fail, ..) => '-',
        (Outcome::Pass, true, _) => '#',
        (Outcome::Pass, false, _) => '+',
        (Outcome::Unknown, ..) => '?',
    };
    lines(world, day).iter().map(mark).collect()
}

fn landed() -> World {
    World::built().then(CF + 1, landing(7, "release-1.10", true))
}

#[test]
fn the_checklist_is_answered_by_evidence_and_signed_by_people() {
    let keys: Vec<_> = lines(&landed(), CF + 2).into_iter().map(|line| line.key).collect();
    assert_eq!(keys[..5], LINES);
    assert_eq!(keys[5], EXTRA);
    assert_eq!(marks(&landed(), CF + 2), "++????");
    assert_eq!(marks(&World::built(), CF + 2), "?+x???", "nobody looked whether it landed");
    assert_eq!(marks(&World::built().then(CF + 1, landing(7, "release-1.10", false)), CF + 2), "-+x???");
    assert_eq!(marks(&landed().then(CF + 1, code(9, PullState::Open)), CF + 2), "-+x???");
    let placeholder = World::built().then(131, docs(8, PullState::Open)).then(CF + 1, landing(7, "release-1.10", true));
    assert_eq!(marks(&placeholder, CF + 2), "+-x???", "good enough for the freeze, not for here");
    let unneeded = World::ready().then(130, code(7, PullState::Merged)).then(131, no_docs_needed());
    assert_eq!(marks(&unneeded.then(CF + 1, landing(7, "release-1.10", true)), CF + 2), "++????");
    let signed = LINES.iter().chain([&EXTRA]).fold(landed(), |world, line| world.decide("sig", CF + 2, sign(line)));
    assert_eq!(marks(&signed, CF + 2), "######");
    assert!(lines(&signed, CF + 2).iter().all(Line::done));
    let third = lines(&signed, CF + 2)[2].signed.clone().unwrap();
    assert_eq!((third.by.as_str(), third.at, third.statement.as_str()), ("sig", Some(on(CF + 2)), "looked at it"));
    let broken = signed.then(CF + 3, landing(7, "release-1.10", false));
    assert_eq!(marks(&broken, CF + 4), "-#x###");
    let done: Vec<_> = lines(&broken, CF + 4).iter().map(Line::done).collect();
    assert_eq!(done, [false, true, false, true, true, true], "evidence contradicts what was signed");
    let open = lines(&landed().then(CF + 2, bug(3, true, "kind/bug")), CF + 3);
    assert_eq!(open[3].evidence[0].text, "#3 It breaks is open.");
}

#[test]
fn the_third_line_is_locked_until_the_first_two_pass_or_an_exception_is_linked() {
    let why = "lines 1 and 2 have to pass first, or an exception has to be granted";
    assert_eq!(World::built().refusal("sig", CF + 2, sign("verified")), why);
    assert!(landed().would("sig", on(CF + 2), sign("verified")).is_ok());
    let late = World::built().then(131, code(9, PullState::Open)).then(CF - 5, asked(1, Freeze::Code));
    let excepted = late.then(CF - 4, granted(1, CF + 6));
    assert!(excepted.would("sig", on(CF + 2), sign("verified")).is_ok(), "it runs");
    assert_eq!(excepted.refusal("sig", CF + 6, sign("verified")), why, "it ran out");
    let kept = excepted.then(CF + 3, code(9, PullState::Merged));
    assert!(kept.would("sig", on(CF + 8), sign("verified")).is_ok(), "done in time");
}

#[test]
fn lines_are_signed_for_tracked_proposals_only_and_only_lines_that_there_are() {
    assert_eq!(landed().refusal("sig", CF + 2, sign("moon")), "the checklist of v1.10 has no line `moon`");
    let proposed = World::new().document(1, document()).then(2, issue());
    assert!(proposed.refusal("sig", CF + 2, sign(EXTRA)).starts_with("it is not accepted for v1.10"));
    let out = "the proposal has left v1.10; accept it again or retarget it back first";
    assert_eq!(landed().then(CF + 1, removed()).refusal("sig", CF + 2, sign(EXTRA)), out);
    assert!(!due(&landed().verdict(on(CF - 1))) && due(&landed().verdict(on(CF))));
    assert!(!due(&landed().then(CF + 1, removed()).verdict(on(CF + 2))));
}

#[test]
fn one_undoes_ones_own_last_decision_within_ten_minutes() {
    let world = World::ready().decide("sig", 20, Decision::Remove { release: V, reason: because() });
    let event = last(&world.history);
    let minutes = |minutes| on(20) + TimeDelta::minutes(minutes);
    assert!(world.would("sig", minutes(10), undo(event)).is_ok());
    let over = "the 10 minutes in which it could be undone are over; decide anew instead";
    assert_eq!(world.would("sig", minutes(10) + TimeDelta::seconds(1), undo(event)).unwrap_err().to_string(), over);
    let nothing = |id| format!("there is no decision {id} on this proposal that you could undo");
    assert_eq!(world.would("eve", minutes(1), undo(event)).unwrap_err().to_string(), nothing(event), "another's");
    assert_eq!(world.would("sig", minutes(1), undo(99)).unwrap_err().to_string(), nothing(99));
    let fact = World::new().said_by("sig", Some(on(20)), code(7, PullState::Open));
    assert_eq!(fact.would("sig", minutes(1), undo(1)).unwrap_err().to_string(), nothing(1), "a fact is no decision");
    let back = world.decide_at("sig", minutes(1), undo(event));
    assert_eq!(back.verdict(minutes(2)).words, "Ready for EF");
    assert_eq!(back.would("sig", minutes(2), undo(event)).unwrap_err().to_string(), nothing(event), "undone already");
}

#[test]
fn an_undo_can_be_undone_and_earlier_decisions_one_after_the_other() {
    let minutes = |minutes| on(20) + TimeDelta::minutes(minutes);
    let world = World::ready().decide_at("sig", minutes(0), Decision::Rank { release: V, rank: Some(5) });
    let first = last(&world.history);
    let world = world.decide_at("sig", minutes(1), Decision::Defer { reason: because() });
    let second = last(&world.history);
    let later = "you decided something else on this proposal since; undo that first";
    assert_eq!(world.would("sig", minutes(2), undo(first)).unwrap_err().to_string(), later);
    // What others decided meanwhile is no hindrance.
    let world = world.decide_at("ada", minutes(2), Decision::Feedback { links: Vec::new(), note: because() });
    let world = world.decide_at("sig", minutes(3), undo(second));
    assert_eq!(world.verdict(minutes(4)).words, "Ready for EF");
    let both = world.clone().decide_at("sig", minutes(4), undo(first));
    assert_eq!(both.verdict(minutes(5)).facts.accepted.unwrap().rank, Some(1));
    let redone = world.clone().decide_at("sig", minutes(4), undo(last(&world.history)));
    assert_eq!(redone.verdict(minutes(5)).words, "Deferred");
}

#[test]
fn steps_of_an_exception_cannot_be_undone() {
    let world = World::ready().then(20, asked(1, Freeze::Code));
    let refused = world.would("ada", on(20), undo(last(&world.history))).unwrap_err().to_string();
    assert_eq!(refused, "steps of an exception cannot be undone; decide anew, or withdraw the request");
}

#[test]
fn a_proposal_is_on_the_agenda_once_until_it_is_taken_off() {
    let put = |reason: &str| Decision::PutOnAgenda { reason: reason.to_owned() };
    let off = || Decision::TakeOffAgenda { note: " The first way. ".to_owned() };
    let world = World::ready();
    assert_eq!(world.refusal("ada", 20, off()), "it is not on the agenda");
    let world = world.decide("ada", 20, put(" Which way? "));
    assert_eq!(world.refusal("sig", 21, put("Again.")), "it is on the agenda already");
    let known = world.history.at(on(21));
    let reason = Event::PutOnAgenda { reason: "Which way?".to_owned() };
    assert_eq!(known.on_agenda.map(|recorded| &recorded.event), Some(&reason));
    let undone = world.clone().undone(20);
    assert!(undone.history.at(on(21)).on_agenda.is_none(), "an undo takes it off too");
    let world = world.decide("sig", 22, off());
    assert_eq!(world.history.at(on(22)).on_agenda, None);
    let note = Event::TakenOffAgenda { note: "The first way.".to_owned() };
    assert_eq!(world.history.events.last().unwrap().event, note);
    assert!(world.would("ada", on(23), put("Once more.")).is_ok());
}
