//! P-16 to P-18: asking for an exception and deciding it, with every refusal in words.

use chrono::{DateTime, Utc};
use domain::{Decision, Event, Freeze, FreezeZone, PullState, RequestState, Terms, decision::asked_until};

use crate::support::*;

/// Its code is open when the Code Freeze comes.
fn late() -> World {
    World::ready()
        .then(110, docs(8, PullState::Open))
        .then(115, code(7, PullState::Open))
        .then(120, Event::RepositoriesRead)
}

fn terms(time: &str) -> Terms {
    Terms {
        release: V,
        freeze: Some(Freeze::Code),
        justification: " The cluster was away. ".to_owned(),
        time: time.to_owned(),
        impact: "Beta slips. ".to_owned(),
        covers: vec!["7".to_owned()],
    }
}

fn ask(time: &str) -> Decision {
    Decision::Ask(terms(time))
}

fn for_freeze(freeze: Option<Freeze>, time: &str) -> Decision {
    Decision::Ask(Terms { freeze, ..terms(time) })
}

fn grant(until: &str) -> Decision {
    Decision::Grant { request: 1, until: until.to_owned(), reason: "fine".to_owned() }
}

fn extend(until: &str) -> Decision {
    Decision::Extend { request: 1, until: until.to_owned(), reason: "fine".to_owned() }
}

fn deny() -> Decision {
    Decision::Deny { request: 1, reason: "late".to_owned() }
}

fn review() -> Decision {
    Decision::Review { request: 1 }
}

fn ask_more() -> Decision {
    Decision::AskMore { request: 1, question: "Which lanes?".to_owned() }
}

fn answer() -> Decision {
    Decision::Answer { request: 1, answer: "All.".to_owned() }
}

fn take_back() -> Decision {
    Decision::TakeBack { request: 1 }
}

fn file() -> Decision {
    Decision::File { request: 1, thread: " https://groups.example/t/1 ".to_owned() }
}

fn state(world: &World, day: i64) -> RequestState {
    world.history.at(on(day)).participation(V, &world.dates).requests.all[0].state.clone()
}

fn until(text: &str, freeze: Option<i64>, now: i64) -> Result<DateTime<Utc>, String> {
    asked_until(text, freeze.map(on), FreezeZone::ANYWHERE_ON_EARTH, on(now)).map_err(|refusal| refusal.to_string())
}

#[test]
fn time_is_asked_for_in_days_weeks_or_until_a_date() {
    for six in ["6", " 6 days ", "6d", "6 D", "six days", "6 day"] {
        assert_eq!(until(six, Some(CF), 140), Ok(on(CF + 6)), "{six}");
    }
    for week in ["1 week", "a week", "one week", "7", "1w"] {
        assert_eq!(until(week, Some(CF), 140), Ok(on(CF + 7)), "{week}");
    }
    assert_eq!(until("two weeks", Some(CF), 140), Ok(on(CF + 14)));
    assert_eq!(until("366 days", Some(CF), 140), Ok(on(CF + 366)));
    // The freeze of day 150 is noon UTC of 31 May, the end of 30 May Anywhere on Earth.
    for date in ["2026-06-05", "2026/06/05", "5 Jun 2026", "5 June 2026", "2026-06-06T12:00:00Z"] {
        assert_eq!(until(date, Some(CF), 140), Ok(on(CF + 6)), "{date}");
    }
    assert_eq!(
        until("3", None, 140),
        Ok(FreezeZone::ANYWHERE_ON_EARTH.end_of(day_of(142))),
        "“other” counts from today"
    );
}

#[test]
fn time_that_cannot_be_kept_or_missed_is_refused_in_words() {
    let empty = "say how much time: a number of days after the freeze, or a date";
    assert_eq!(until("  ", Some(CF), 140), Err(empty.to_owned()));
    for vague in [
        "as soon as possible",
        "ASAP",
        "soon",
        "a few days",
        "-3 days",
        "3.5 days",
        "next week",
        "27 Oct",
        "6 fortnights",
        "2026-13-01",
        "2026-02-30",
        "99999999999999999999",
        "0001-01-01",
        "+262000-01-01T00:00:00Z",
        "６ days",
        "días",
    ] {
        let words = format!(
            "“{vague}” is no time that can be kept or missed; write a number of days after the freeze, such as 6 days, or \
             a date, such as 2026-10-27"
        );
        assert_eq!(until(vague, Some(CF), 140), Err(words));
    }
    for odd in ["0", "0 days", "367", "9999999999 days", "100 weeks", "9223372036854775807"] {
        let words = format!("{odd} is no time that can be asked for; name 1 to 366 days");
        assert_eq!(until(odd, Some(CF), 140), Err(words));
    }
}

#[test]
fn a_request_states_why_how_long_and_what_else_happens() {
    let sent = late().would("ada", on(140), ask("6 days")).unwrap();
    let expected = Event::ExceptionSent {
        request: 1,
        release: V,
        freeze: Some(Freeze::Code),
        requester: "ada".to_owned(),
        justification: "The cluster was away.".to_owned(),
        until: on(CF + 6),
        impact: "Beta slips.".to_owned(),
        covers: vec!["kubevirt/project-infra#7".to_owned()],
    };
    assert_eq!(sent, expected);
    let without = |change: fn(&mut Terms)| {
        let mut terms = terms("6");
        change(&mut terms);
        late().refusal("ada", 140, Decision::Ask(terms))
    };
    assert_eq!(
        without(|terms| terms.justification = "\t ".to_owned()),
        "write why the work cannot be done before the freeze; deciders judge by it"
    );
    assert_eq!(
        without(|terms| terms.impact = "\n".to_owned()),
        "write what happens if it is not granted: to graduation, to maturity, to users"
    );
    assert!(
        without(|terms| terms.time = "as soon as possible".to_owned()).contains("no time that can be kept or missed")
    );
    assert_eq!(
        without(|terms| terms.covers.push("seven".to_owned())),
        "`seven` does not name a pull request; write it as owner/name#123"
    );
}

#[test]
fn covered_pull_requests_are_read_in_every_form() {
    let covers = |texts: &[&str]| {
        let covers = texts.iter().map(|text| (*text).to_owned()).collect();
        match late().would("ada", on(140), Decision::Ask(Terms { covers, ..terms("6") })) {
            Ok(Event::ExceptionSent { covers, .. }) => Ok(covers),
            Ok(other) => panic!("{other:?}"),
            Err(refusal) => Err(refusal.to_string()),
        }
    };
    let forms = [
        "7",
        "#7",
        " kubevirt/project-infra#7",
        "https://github.com/kubevirt/project-infra/pull/7/",
        "",
        "kubevirt/kubevirt#8",
    ];
    assert_eq!(covers(&forms).unwrap(), ["kubevirt/project-infra#7", "kubevirt/kubevirt#8"]);
    assert_eq!(covers(&[]).unwrap(), [""; 0]);
    for bad in
        ["0", "#", "x#1", "a/b#", "a/b/c#1", "a b/c#1", "https://evil.example/a/b/pull/1", "a/<b>#1", "/#1", "-1"]
    {
        assert_eq!(covers(&[bad]), Err(format!("`{bad}` does not name a pull request; write it as owner/name#123")));
    }
}

#[test]
fn asked_time_lies_after_the_freeze_at_most_at_general_availability_and_ahead() {
    let refusal = |time: &str, day| late().refusal("ada", day, ask(time));
    let before = "29 May is not after the Code Freeze of v1.10 (30 May); an exception has to reach beyond it";
    assert_eq!(refusal("2026-05-29", 140), before);
    assert!(refusal("2026-05-30", 140).starts_with("30 May is not after"), "the day of the freeze itself");
    let after = "28 Jun is after the general availability of v1.10 (27 Jun); no exception reaches beyond it";
    assert_eq!(refusal("2026-06-28", 140), after);
    assert!(late().would("ada", on(140), ask("2026-06-27")).is_ok(), "until GA itself");
    assert_eq!(refusal("2 days", CF + 3), "1 Jun is over already; name a day that is still to come");
    assert!(late().would("ada", on(CF + 3), ask("4 days")).is_ok(), "late, which is pointed out");
    let undated = late().dated(|dates| dates.code_freeze = None);
    let no_date = "Code Freeze of v1.10 has no date yet; there is nothing to ask an exception from";
    assert_eq!(undated.refusal("ada", 140, ask("6")), no_date);
    assert!(undated.would("ada", on(140), for_freeze(None, "6")).is_ok(), "another edge case");
    let no_ga = late().dated(|dates| dates.ga = None);
    assert!(no_ga.would("ada", on(140), ask("300 days")).is_ok());
    assert_eq!(late().refusal("ada", GA, ask("6")), "v1.10 has been released; its record is closed");
}

#[test]
fn requests_are_numbered_within_the_proposal_and_never_anew() {
    let number = |world: &World, day, decision| world.would("ada", on(day), decision).unwrap().request();
    assert_eq!(number(&late(), 140, ask("6")), Some(1));
    let two = late().decide("ada", 20, for_freeze(Some(Freeze::Enhancement), "6")).decide("ada", 140, ask("6"));
    assert_eq!(number(&two, 141, ask("7")), Some(3), "a second one is pointed out, not refused");
    let elsewhere = Decision::Ask(Terms { release: NEXT, freeze: None, ..terms("6") });
    let target = two.clone().decide("sig", 30, Decision::Accept { release: NEXT, rank: None });
    assert_eq!(number(&target, 141, elsewhere), Some(3), "across releases");
    let undone = two.then(141, Event::Undone { event: 8 });
    assert_eq!(number(&undone, 142, ask("6")), Some(3), "even when one was undone");
}

#[test]
fn what_takes_no_part_asks_for_nothing_and_what_was_removed_may() {
    assert!(World::new().refusal("ada", 140, ask("6")).starts_with("the proposal takes no part in v1.10"));
    assert!(late().then(130, moved(V, NEXT)).refusal("ada", 140, ask("6")).starts_with("the proposal has left v1.10"));
    assert_eq!(
        late().then(130, deferred()).refusal("ada", 140, ask("6")),
        "the proposal is deferred; it has to be accepted or taken back first"
    );
    assert_eq!(
        late().then(130, rejected()).refusal("ada", 140, ask("6")),
        "the proposal was rejected, and nothing lifts that"
    );
    let back = late().then(130, removed()).decide("ada", 140, ask("6"));
    assert_eq!(back.status(141), "Removed from Milestone");
    assert_eq!(back.decide("rel", 141, grant("6")).status(142), "Exception until 5 Jun (CF)", "a grant re-admits it");
    let proposed =
        World::new().document(1, document()).decide("ada", EF + 1, for_freeze(Some(Freeze::Enhancement), "9"));
    assert_eq!(proposed.status(EF + 2), "Exception pending (EF)", "not accepted yet");
}

#[test]
fn information_is_asked_for_and_given_and_review_goes_on() {
    let sent = late().decide("ada", 140, ask("6")).decide("ada", 140, file());
    assert_eq!(state(&sent, 140), RequestState::Filed);
    let reviewed = sent.clone().decide("rel", 141, review());
    assert_eq!(reviewed.refusal("rel", 141, review()), "it is in review already");
    assert_eq!(reviewed.refusal("ada", 141, answer()), "request 1 is in review; nothing is asked at the moment");
    let asked_ = reviewed.decide("rel", 142, ask_more());
    assert_eq!(state(&asked_, 142), RequestState::NeedsInformation { question: "Which lanes?".to_owned() });
    assert_eq!(asked_.status(142), "Exception pending (CF)");
    let answered = asked_.clone().decide("ada", 143, answer());
    assert_eq!(state(&answered, 143), RequestState::InReview);
    let twice = answered.decide("rel", 144, ask_more()).decide("ada", 145, answer()).decide("rel", 146, grant("6"));
    assert_eq!(twice.status(147), "Exception until 5 Jun (CF)");
    // Whoever decides may also go on without an answer.
    assert_eq!(state(&asked_.decide("rel", 143, review()), 143), RequestState::InReview);
    assert!(sent.would("rel", on(141), grant("6")).is_ok(), "no step is a must");
    for (decision, words) in [
        (Decision::AskMore { request: 1, question: " ".to_owned() }, "a reason is needed"),
        (Decision::Deny { request: 1, reason: String::new() }, "a reason is needed"),
        (Decision::Grant { request: 1, until: "6".to_owned(), reason: String::new() }, "a reason is needed"),
    ] {
        assert!(sent.refusal("rel", 141, decision).starts_with(words));
    }
}

#[test]
fn the_archive_link_is_recorded_once_at_any_time() {
    let sent = late().decide("ada", 140, ask("6"));
    let bad = Decision::File { request: 1, thread: "groups.example".to_owned() };
    assert_eq!(sent.refusal("ada", 140, bad), "`groups.example` is not a link; give one that begins with https://");
    let decided = sent.decide("rel", 141, deny()).decide("ada", 142, file());
    assert_eq!(decided.refusal("ada", 143, file()), "its thread is recorded already: https://groups.example/t/1");
    let after = late().decide("ada", 140, ask("6"));
    assert!(after.would("ada", on(GA + 1), file()).is_ok(), "it decides nothing");
}

#[test]
fn a_grant_lies_after_the_freeze_and_is_given_once() {
    let sent = late().decide("ada", 140, ask("6"));
    let refusal = |text: &str| sent.refusal("rel", 141, grant(text));
    assert!(refusal("2026-05-30").starts_with("30 May is not after the Code Freeze of v1.10 (30 May)"));
    assert!(refusal("2026-06-28").starts_with("28 Jun is after the general availability of v1.10 (27 Jun)"));
    assert!(refusal("as soon as possible").contains("no time that can be kept or missed"));
    assert_eq!(sent.refusal("rel", CF + 3, grant("2")), "1 Jun is over already; name a day that is still to come");
    let undated = sent.clone().dated(|dates| dates.code_freeze = None);
    assert!(undated.refusal("rel", 141, grant("2026-06-05")).starts_with("Code Freeze of v1.10 has no date yet"));
    let granted_ = sent.clone().decide("rel", 141, grant("4 days"));
    assert_eq!(granted_.status(CF + 1), "Exception until 3 Jun (CF)", "shorter than what was asked");
    let anew = "granted time is extended by a decision of its own, and what was denied is asked anew";
    assert_eq!(granted_.refusal("rel", 142, grant("5")), format!("request 1 is granted; {anew}"));
    assert_eq!(granted_.refusal("rel", 142, deny()), "request 1 is granted; it is decided");
    assert_eq!(
        granted_.refusal("ada", 142, take_back()),
        "request 1 is granted; only an undecided request is withdrawn"
    );
    assert_eq!(granted_.refusal("rel", 142, review()), "request 1 is granted; only an undecided request is reviewed");
    assert_eq!(granted_.refusal("rel", 142, ask_more()), "request 1 is granted; there is nothing left to ask");
    let denied_ = sent.decide("rel", 141, deny());
    assert_eq!(denied_.refusal("rel", 142, grant("5")), format!("request 1 is denied; {anew}"));
    assert_eq!(denied_.refusal("rel", 142, extend("5")), "request 1 is denied; only granted time is extended");
    assert_eq!(denied_.refusal("rel", 142, Decision::Review { request: 9 }), "the proposal has no request 9");
}

#[test]
fn granted_time_is_extended_only_beyond_what_was_granted() {
    let granted_ = late().decide("ada", 140, ask("6")).decide("rel", 141, grant("4"));
    let longer = "it is granted until 3 Jun already; an extension has to reach beyond that";
    assert_eq!(granted_.refusal("rel", 142, extend("4")), longer);
    assert_eq!(granted_.refusal("rel", 142, extend("2026-06-02")), longer);
    assert!(granted_.refusal("rel", 142, extend("2026-06-28")).starts_with("28 Jun is after"));
    let extended = granted_.decide("rel", CF + 1, extend("8"));
    assert_eq!(extended.status(CF + 5), "Exception until 7 Jun (CF)");
    let done = extended.then(CF + 7, code(7, PullState::Merged));
    assert_eq!(done.status(CF + 7), "Complete", "done in time");
    let sent = late().decide("ada", 140, ask("6"));
    assert_eq!(sent.refusal("rel", 141, extend("8")), "request 1 is sent; only granted time is extended");
}

#[test]
fn nothing_is_granted_to_what_has_left_or_ended() {
    let sent = late().decide("ada", 140, ask("6"));
    let left = "the proposal has left v1.10; accept it again or retarget it back first";
    assert_eq!(sent.clone().then(141, moved(V, NEXT)).refusal("rel", 142, grant("6")), left);
    let paused = "the proposal is deprecated; it has to be accepted or taken back first";
    assert_eq!(sent.clone().then(141, deprecated()).refusal("rel", 142, grant("6")), paused);
    let granted_ = sent.clone().decide("rel", 141, grant("4"));
    assert_eq!(granted_.clone().then(142, deprecated()).refusal("rel", 143, extend("6")), paused);
    let out = granted_.then(CF + 1, removed());
    assert_eq!(out.status(CF + 2), "Removed from Milestone");
    assert_eq!(out.decide("rel", CF + 2, extend("6")).status(CF + 3), "Exception until 5 Jun (CF)", "re-admitted");
    assert!(sent.then(141, deferred()).would("rel", on(142), deny()).is_ok(), "what is moot may still be denied");
}

#[test]
fn after_general_availability_nothing_is_decided_about_a_request() {
    let sent = late().decide("ada", 140, ask("6")).decide("rel", 141, ask_more());
    for decision in [grant("6"), extend("6"), deny(), review(), ask_more(), answer(), take_back()] {
        assert_eq!(sent.refusal("rel", GA, decision), "v1.10 has been released; its record is closed");
    }
    assert_eq!(sent.status(GA), "Missed (CF)");
}

#[test]
fn a_request_taken_back_is_over() {
    let back = late().decide("ada", 140, ask("6")).decide("ada", 141, take_back());
    assert_eq!(back.status(142), "Not ready for CF: 1 PR");
    assert!(back.refusal("rel", 142, grant("6")).starts_with("request 1 is withdrawn"));
    assert!(back.refusal("ada", 142, take_back()).starts_with("request 1 is withdrawn"));
    assert_eq!(back.decide("ada", 143, ask("6")).status(144), "Exception pending (CF)");
}
