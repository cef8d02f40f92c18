//! P-19: what goes out about an exception, word for word.

use domain::{
    Event, Freeze, FreezeZone,
    outgoing::{About, Answer, Asked, Ruling, answer_mail, decision_comment, request_mail},
};

use crate::support::*;

fn about(world: &World) -> About<'_> {
    About {
        source: &world.source,
        number: 4702,
        title: "Flaky tests by lane",
        release: V,
        freeze: Some(Freeze::Code),
        dates: &world.dates,
        base: "https://ceps.example/",
        id: Some(31),
    }
}

fn asks(covers: &[String]) -> Asked<'_> {
    Asked {
        requester: "ada",
        justification: "The lane report needs a permission in the cluster that was only granted yesterday, so that the \
                        last pull request could not be tested before.\n\nWhat is left:\n- the report itself, which is \
                        written but waits for a second look by somebody who knows Prow\n- its documentation",
        until: on(CF + 6),
        impact: "  Graduation to Beta slips to v1.11.\n",
        covers,
    }
}

fn rules(ruling: Ruling) -> Answer<'static> {
    Answer {
        requester: "ada",
        ruling,
        reason: "Small, and nothing else waits for it.\nBob looks after it.",
        by: "rel",
        covers_named: true,
        thread: Some("https://groups.example/t/1"),
    }
}

#[test]
fn the_mail_that_asks_says_what_why_how_long_and_where() {
    let world = World::new();
    let covers = ["kubevirt/project-infra#7".to_owned(), "kubevirt/kubevirtci#12".to_owned()];
    let mail = request_mail(&about(&world), &asks(&covers));
    assert_eq!(mail.subject, "[v1.10] Code Freeze exception for CEP 4702: Flaky tests by lane");
    assert_eq!(
        mail.body,
        "\
Hello,

@ada asks for an exception from the Code Freeze of v1.10 (30 May 2026)
for CEP 4702: Flaky tests by lane.

Additional time
---------------
Until 5 Jun 2026, the end of the day Anywhere on Earth, 6 Jun 2026 12:00
UTC. That is 6 days after the Code Freeze.

Justification
-------------
The lane report needs a permission in the cluster that was only granted
yesterday, so that the last pull request could not be tested before.

What is left:
- the report itself, which is written but waits for a second look by
  somebody who knows Prow
- its documentation

Impact if it is not granted
---------------------------
Graduation to Beta slips to v1.11.

Covered pull requests
---------------------
- https://github.com/kubevirt/project-infra/pull/7
- https://github.com/kubevirt/kubevirtci/pull/12

Work outside of these is not covered.

Proposal: https://ceps.example/cep/4702
Tracking issue: https://github.com/kubevirt/project-infra/issues/4702
Request: https://ceps.example/exceptions/31
"
    );
}

#[test]
fn no_line_of_a_mail_is_longer_than_72_characters_but_for_a_word_that_is() {
    let world = World::new();
    let long = "https://github.com/".to_owned() + &"x".repeat(80);
    let justification = format!("Ünïcödé {} {long} {}", "wörd ".repeat(40), "    indented".repeat(20));
    let mail = request_mail(&about(&world), &Asked { justification: &justification, ..asks(&[]) });
    for line in mail.body.lines() {
        assert!(line.chars().count() <= 72 || line == long, "{line}");
        assert_eq!(line, line.trim_end(), "no blanks at the end");
    }
    assert!(mail.body.contains("None is named.\n"));
}

#[test]
fn a_title_with_line_breaks_stays_in_the_subject() {
    let world = World::new();
    let title = "Flaky\r\nBcc: everybody@example.org\n tests";
    let mail = request_mail(&About { title, ..about(&world) }, &asks(&[]));
    assert_eq!(mail.subject, "[v1.10] Code Freeze exception for CEP 4702: Flaky Bcc: everybody@example.org tests");
}

#[test]
fn one_for_another_edge_case_or_without_dates_names_no_freeze_it_does_not_know() {
    let world = World::new();
    let other = About { freeze: None, id: None, ..about(&world) };
    let mail = request_mail(&other, &asks(&[]));
    assert_eq!(mail.subject, "[v1.10] Exception for CEP 4702: Flaky tests by lane");
    assert!(mail.body.contains("@ada asks for an exception in v1.10 for CEP 4702: Flaky tests by lane.\n"));
    assert!(!mail.body.contains("Request:") && !mail.body.contains("after the"), "{}", mail.body);
    let undated = domain::ReleaseDates::default();
    let mail = request_mail(&About { dates: &undated, ..about(&world) }, &asks(&[]));
    assert!(mail.body.contains("from the Code Freeze of v1.10 for CEP"), "{}", mail.body);
    let noon = domain::ReleaseDates { zone: FreezeZone(0), ..cycle() };
    let mail = request_mail(&About { dates: &noon, ..about(&world) }, &asks(&[]));
    assert!(mail.body.contains("Until 6 Jun 2026 12:00 UTC."), "not the end of a day there: {}", mail.body);
}

#[test]
fn the_answer_carries_decision_reason_and_who_decided() {
    let world = World::new();
    let mail = answer_mail(&about(&world), &rules(Ruling::Granted(on(CF + 6))));
    assert_eq!(mail.subject, "Re: [v1.10] Code Freeze exception for CEP 4702: Flaky tests by lane");
    assert_eq!(
        mail.body,
        "\
Hello @ada,

the Code Freeze exception for CEP 4702: Flaky tests by lane is granted
until 5 Jun 2026, the end of the day Anywhere on Earth, 6 Jun 2026 12:00
UTC. That is 6 days after the Code Freeze.

Reason
------
Small, and nothing else waits for it.
Bob looks after it.

Work outside of the pull requests that the request names is not covered.

Decided by @rel.

Proposal: https://ceps.example/cep/4702
Tracking issue: https://github.com/kubevirt/project-infra/issues/4702
Request: https://ceps.example/exceptions/31
"
    );
    let denied = answer_mail(&about(&world), &rules(Ruling::Denied)).body;
    assert!(denied.contains("tests by lane is denied.\n") && !denied.contains("Work outside"), "{denied}");
    let extended = answer_mail(&about(&world), &rules(Ruling::Extended(on(CF + 1)))).body;
    assert!(extended.contains("is extended:\nit is granted until 31 May 2026"), "{extended}");
    assert!(extended.contains("That is 1 day after the Code Freeze."), "{extended}");
}

#[test]
fn the_comment_carries_the_same_in_markdown() {
    let world = World::new();
    assert_eq!(
        decision_comment(&about(&world), &rules(Ruling::Granted(on(CF + 6)))),
        "\
**Code Freeze exception for v1.10: granted until 5 Jun 2026** (the end of the day Anywhere on Earth, 6 Jun 2026 12:00 UTC). That is 6 days after the Code Freeze.

> Small, and nothing else waits for it.
> Bob looks after it.

Decided by @rel, asked for by @ada. Work outside of the pull requests that the request names is not covered.

[Request](https://ceps.example/exceptions/31) · [Mail](https://groups.example/t/1)
"
    );
    let bare = Answer { covers_named: false, thread: None, ..rules(Ruling::Denied) };
    assert_eq!(
        decision_comment(&About { freeze: None, id: None, ..about(&world) }, &bare),
        "\
**Exception in v1.10: denied.**

> Small, and nothing else waits for it.
> Bob looks after it.

Decided by @rel, asked for by @ada.
"
    );
}

#[test]
fn the_latest_decision_of_a_request_is_told() {
    let world = World::ready().then(140, asked(1, Freeze::Code)).then(141, granted(1, CF + 3));
    let latest = |world: &World| {
        let known = world.history.at(on(149));
        let requests = known.participation(V, &world.dates).requests;
        Answer::latest(&requests.all[0]).map(|answer| (answer.ruling, answer.by.to_owned(), answer.reason.to_owned()))
    };
    let (ada, why) = ("ada".to_owned(), "because".to_owned());
    assert_eq!(latest(&world), Some((Ruling::Granted(on(CF + 3)), ada.clone(), why.clone())));
    let extended = world.clone().then(142, granted(1, CF + 9));
    assert_eq!(latest(&extended), Some((Ruling::Extended(on(CF + 9)), ada.clone(), why.clone())));
    let asked_ = World::ready().then(140, asked(1, Freeze::Code));
    assert_eq!(latest(&asked_), None);
    assert_eq!(latest(&asked_.clone().then(141, denied(1))), Some((Ruling::Denied, ada, why)));
    let known = asked_.history.at(on(149));
    let requests = known.participation(V, &asked_.dates).requests;
    let Event::ExceptionSent { impact, .. } = asked(1, Freeze::Code) else { unreachable!() };
    assert_eq!(Asked::from(&requests.all[0]).impact, impact);
}
