//! Exceptions as a file: what is exported is imported again as it was, and lists written by hand become requests.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{Counted, Event, Freeze, Recorded, ReleaseDates, RequestState, Severity, Statistics};
use server::{
    documents::exceptions::read_exceptions,
    files::File,
    store::{event, event::NewEvent, project},
    usecases::{
        import::ImportError,
        import_exceptions::{Assumed, Summary, import_exceptions},
        load_demo::load_demo,
        replay::replay,
    },
    verdicts::World,
};

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    instant,
};

const LIST: &str = "releases/v1.10/exceptions.yaml";

fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        content: text.as_bytes().to_vec(),
        occurred_at: None,
        changed_at: None,
        proposed: false,
    }
}

async fn import(app: &TestApp, path: &str, text: &str) -> Summary {
    let assumed = Assumed { source: Some("cep".to_owned()), release: None };
    import_exceptions(&app.context, &assumed, &[file(path, text)]).await.unwrap()
}

/// What happened to every request, without places in the log and the times at which it was learned.
fn steps(world: &World) -> Vec<String> {
    let mut all = Vec::new();
    for ((source, number), record) in &world.proposals {
        for recorded in record.history.events.iter().filter(|recorded| recorded.event.request().is_some()) {
            let Recorded { occurred_at, actor, on_behalf_of, link, event, .. } = recorded;
            all.push(format!("{source}/{number} {occurred_at:?} {actor} {on_behalf_of:?} {link:?} {event:?}"));
        }
    }
    all
}

/// Every request as it stands under one set of dates, and what all of them add up to.
fn requests(world: &World, dates: &BTreeMap<String, ReleaseDates>) -> (Vec<String>, String) {
    let now = instant("2026-10-08T12:00:00Z");
    let (mut all, mut counted) = (Vec::new(), Vec::new());
    for ((source, number), record) in &world.proposals {
        let known = record.history.at(now);
        for release in &record.named {
            let dates = dates.get(&release.to_string()).copied().unwrap_or_default();
            for request in &known.participation(*release, &dates).requests.all {
                counted.push(Counted::of(request, source, None, &dates));
                all.push(format!(
                    "{source}/{number} {release} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?} {} {} {:?} {:?} {:?} {:?}",
                    request.freeze,
                    request.requester,
                    request.recorder,
                    request.link,
                    request.sent_at,
                    request.asked_until,
                    request.state,
                    (request.first_decided_at, request.decided_at),
                    request.justification,
                    request.impact,
                    request.covers,
                    request.reason,
                    request.thread,
                    request.exchanges.iter().map(|e| (e.question, e.answer.map(|(a, _)| a))).collect::<Vec<_>>(),
                ));
            }
        }
    }
    (all, format!("{:?}", Statistics::of(&counted)))
}

/// The one request of a proposal.
async fn request(app: &TestApp, number: u32) -> (RequestState, Vec<Recorded>) {
    let world = app.state.verdicts.world().await.unwrap();
    let record = &world.proposals[&("cep".to_owned(), number)];
    let known = record.history.at(app.context.clock.now());
    let release = record.named[0];
    let dates = world.release(release).map(|release| release.dates_at(app.context.clock.now())).unwrap_or_default();
    let participation = known.participation(release, &dates);
    assert_eq!(participation.requests.all.len(), 1, "one request of {number}");
    let request = &participation.requests.all[0];
    (request.state.clone(), request.log.iter().map(|recorded| (*recorded).clone()).collect())
}

#[tokio::test]
async fn the_export_of_the_demo_imported_into_an_empty_database_gives_the_same_exceptions() {
    let demo = TestApp::start().await;
    load_demo(&demo.context).await.unwrap();
    let answer = demo.get("/exceptions.yaml").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "application/yaml; charset=utf-8");
    let reading = read_exceptions("exceptions.yaml", answer.body.as_bytes());
    assert!(reading.records.len() >= 5 && reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);

    let empty = TestApp::start().await;
    let first = import(&empty, "exceptions.yaml", &answer.body).await;
    assert_eq!((first.read, first.new, first.unreadable), (reading.records.len(), reading.records.len(), 0));
    assert_eq!(first.remarks, []);
    let before = demo.state.verdicts.world().await.unwrap();
    let after = empty.state.verdicts.world().await.unwrap();
    assert_eq!(sorted(steps(&after)), sorted(steps(&before)));
    let dates: BTreeMap<_, _> = before
        .main_releases()
        .map(|release| (release.version.to_string(), release.dates_at(instant("2026-10-08T12:00:00Z"))))
        .collect();
    assert_eq!(requests(&after, &dates), requests(&before, &dates));
    for ((source, number), record) in &after.proposals {
        assert_eq!(record.title, before.proposals[&(source.clone(), *number)].title);
    }

    let events = empty.events().await;
    let again = import(&empty, "exceptions.yaml", &answer.body).await;
    assert_eq!((again.new, again.changed, again.unchanged, again.events), (0, 0, reading.records.len(), 0));
    assert_eq!(empty.events().await, events);
    assert_eq!(empty.get("/exceptions.yaml").await.body, answer.body, "its own export is the same file");
    replay(&empty.context).await.unwrap();
    assert_eq!(empty.get("/exceptions.yaml").await.body, answer.body);
}

/// Appends what happened to a request, a minute apart.
async fn happen(app: &TestApp, number: u32, events: Vec<Event>) {
    let mut tx = app.context.pool.begin().await.unwrap();
    event::lock_log(&mut tx).await.unwrap();
    for (minute, event) in (0..).zip(events) {
        let new = NewEvent {
            source: "vep".to_owned(),
            number,
            actor: "rex".to_owned(),
            actor_id: Some(7),
            on_behalf_of: Some("olga".to_owned()).filter(|_| minute % 2 == 0),
            link: Some("https://groups.google.com/g/kubevirt-dev/c/A#b: c".to_owned()),
            occurred_at: (minute != 3).then(|| instant("2026-10-01T12:00:00.123456Z") + TimeDelta::minutes(minute)),
            event,
        };
        project::append(&mut tx, &new, app.context.clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn sent(request: u32, release: &str, freeze: Option<Freeze>) -> Event {
    Event::ExceptionSent {
        request,
        release: release.parse().unwrap(),
        freeze,
        requester: "Olga".to_owned(),
        justification: "Two lines:\n\n  - \"quoted\" # and more\n".to_owned(),
        until: instant("2026-10-27T12:00:00Z"),
        impact: "null".to_owned(),
        covers: vec!["kubevirt/kubevirt#7".to_owned(), "kubevirt/kubevirt#7".to_owned()],
    }
}

#[tokio::test]
async fn every_kind_of_step_comes_back_as_it_was() {
    let app = TestApp::start().await;
    let (request, until) = (4, instant("2026-10-30T12:00:00.5Z"));
    let steps_of_4 = vec![
        sent(request, "v1.10", Some(Freeze::Code)),
        Event::ExceptionFiled { request, thread: "https://groups.google.com/forum/#!topic/l/A".to_owned() },
        Event::ExceptionInReview { request },
        Event::ExceptionNeedsInformation { request, question: "Which?\nAnd when?".to_owned() },
        Event::ExceptionAnswered { request, answer: " This one; now\t".to_owned() },
        Event::ExceptionGranted { request, until, reason: "Low risk.".to_owned() },
        Event::ExceptionGranted { request, until: until + TimeDelta::days(2), reason: "Extended.".to_owned() },
    ];
    happen(&app, 21, steps_of_4).await;
    happen(&app, 21, vec![sent(5, "v1.9", None), Event::ExceptionWithdrawn { request: 5 }]).await;
    let denied = Event::ExceptionDenied { request: 1, reason: String::new() };
    happen(&app, 22, vec![sent(1, "v1.10", Some(Freeze::Enhancement)), denied]).await;
    let file = app.get("/exceptions.yaml").await.body;
    let other = TestApp::start().await;
    let summary = import(&other, "exceptions.yaml", &file).await;
    assert_eq!((summary.new, summary.remarks.len()), (3, 0), "{:?}", summary.remarks);
    let worlds = (app.state.verdicts.world().await.unwrap(), other.state.verdicts.world().await.unwrap());
    assert_eq!(sorted(steps(&worlds.1)), sorted(steps(&worlds.0)), "{file}");
    assert_eq!(requests(&worlds.1, &BTreeMap::new()), requests(&worlds.0, &BTreeMap::new()));
    let later =
        vec![Event::ExceptionGranted { request, until: until + TimeDelta::days(9), reason: "Again.".to_owned() }];
    happen(&app, 21, later).await;
    let summary = import(&other, "exceptions.yaml", &app.get("/exceptions.yaml").await.body).await;
    assert_eq!((summary.changed, summary.unchanged, summary.events), (1, 2, 1), "only what came since");
}

#[tokio::test]
async fn a_number_that_is_taken_is_given_anew_and_the_request_is_still_known() {
    let (app, other) = (TestApp::start().await, TestApp::start().await);
    happen(&app, 21, vec![sent(1, "v1.10", Some(Freeze::Code))]).await;
    happen(&other, 21, vec![sent(1, "v1.9", Some(Freeze::Code))]).await;
    let file = app.get("/exceptions.yaml").await.body;
    assert_eq!(import(&other, "exceptions.yaml", &file).await.new, 1);
    let world = other.state.verdicts.world().await.unwrap();
    assert_eq!(world.exceptions.values().map(|key| key.request).collect::<Vec<_>>(), [1, 2]);
    let again = import(&other, "exceptions.yaml", &file).await;
    assert_eq!((again.unchanged, again.events), (1, 0));
}

#[tokio::test]
async fn two_imports_at_once_add_each_request_once() {
    let app = TestApp::start().await;
    let rows: Vec<_> = (1..40).map(|n| format!("- name: N{n}\n  issue: {n}\n  date_requested: 2026-10-01\n")).collect();
    let list = format!("codeFreeze:\n{}", rows.concat());
    let (one, two) = tokio::join!(import(&app, LIST, &list), import(&app, LIST, &list));
    assert_eq!((one.new + two.new, one.unchanged + two.unchanged), (39, 39));
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

#[tokio::test]
async fn one_release_is_one_file_and_others_are_answered_in_words() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let all = app.get("/exceptions.yaml").await.body;
    let releases: Vec<_> = all.lines().filter_map(|line| line.strip_prefix("release: ")).collect();
    let one = app.get(&format!("/exceptions.yaml?release={}", releases[0])).await;
    assert_eq!(one.status, 200);
    assert!(all.starts_with(&one.body) && one.body.len() < all.len(), "{}", one.body);
    assert_eq!(app.get("/exceptions.yaml?release=v9.9").await.status, 404);
    assert_eq!(app.get("/exceptions.yaml?release=soon").await.status, 400);
    assert!(!app.get("/exceptions.yaml?at=2020-01-01").await.body.contains("- name"), "nothing had been asked then");
}

#[tokio::test]
async fn a_list_as_kubernetes_keeps_it_becomes_requests_that_say_what_it_leaves_out() {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    app.import("cep", &[(&cep_path(1), &cep(1, "From its document"))]).await;
    let list = concat!(
        "# Code Freeze Exceptions requested in v1.10\n- name: Another name\n  issue: 1\n  date_requested: 2026-10-01\n",
        "  date_reviewed: 2026-10-02\n  thread: https://groups.google.com/g/kubevirt-dev/c/A\n",
        "  pull_requests: Will open after the CEP is merged\n  status: Approved\n",
        "- name: Denied words\n  issue: 2\n  date_requested: 2026-10-02\n  date_reviewed: 2026-10-01\n  status: rejected\n",
        "- name: Taken out\n  issue: https://github.com/kubevirt/project-infra/issues/3\n  status: reverted\n",
        "- name: Still open\n  issue: 4\n  requester: \"@olga\"\n  date_requested: 2026-10-07\n  additional_time: 5 days\n",
        "- name: Elsewhere\n  issue: https://github.com/kubernetes/features/issues/22\n  status: approved\n",
        "- name: Nowhere\n  issue: soon\n- name: Ahead\n  issue: 5\n  date_requested: 2027-10-07\n",
    );
    let summary = import(&app, LIST, list).await;
    assert_eq!((summary.read, summary.new, summary.unreadable), (7, 4, 3), "{:?}", summary.remarks);
    let errors: Vec<_> = summary.of(Severity::Error).map(|remark| remark.diagnostic.line).collect();
    assert_eq!(errors, [22, 25, 27]);

    let (state, log) = request(&app, 1).await;
    let ga = instant("2026-11-19T12:00:00Z");
    assert!(matches!(state, RequestState::Granted { until } if until == ga), "{state:?}");
    assert_eq!(log[0].occurred_at, Some(instant("2026-10-01T18:00:00Z")));
    assert_eq!(log[2].occurred_at, Some(instant("2026-10-02T18:00:00Z")));
    let sent = format!("{:?}", log[0].event);
    for words in ["not recorded", "Not recorded in exceptions.yaml.", "Will open after the CEP is merged"] {
        assert!(sent.contains(words), "{words} not in {sent}");
    }
    let (state, log) = request(&app, 2).await;
    assert!(matches!(state, RequestState::Denied { .. }), "{state:?}");
    assert_eq!(log[1].occurred_at, log[0].occurred_at, "not decided before it was asked");
    assert!(summary.of(Severity::Warning).any(|remark| remark.diagnostic.code == "dates-contradict"));
    let (state, log) = request(&app, 3).await;
    assert!(matches!(state, RequestState::Granted { .. }) && log[1].event.tell().contains("reverted"), "{log:?}");
    let (state, log) = request(&app, 4).await;
    assert_eq!((state, log[0].person()), (RequestState::Sent, "olga"));
    assert!(format!("{:?}", log[0].event).contains("2026-10-27T12:00:00Z"), "five days after the freeze");

    let events = app.events().await;
    let again = import(&app, LIST, list).await;
    assert_eq!((again.new, again.changed, again.unchanged, again.unreadable), (0, 0, 4, 3));
    assert_eq!(app.events().await, events);
    for (path, title) in [("/cep/1", "From its document"), ("/cep/2", "Denied words")] {
        let page = app.get(path).await;
        assert!(page.status == 200 && page.text().contains(title), "{title} not on {path}");
    }
}

#[tokio::test]
async fn the_same_issue_twice_stays_two_requests_however_often_it_is_imported() {
    let app = TestApp::start().await;
    let list = "codeFreeze:\n- name: A\n  issue: 1\n  status: denied\n- name: B\n  issue: 1\n  status: approved\n";
    assert_eq!(import(&app, LIST, list).await.new, 2);
    let again = import(&app, LIST, list).await;
    assert_eq!((again.new, again.unchanged, again.events), (0, 2, 0), "{:?}", again.remarks);
    let world = app.state.verdicts.world().await.unwrap();
    let (told, statistics) = requests(&world, &BTreeMap::new());
    assert!(statistics.contains("granted: 1") && statistics.contains("median_days_granted: None"), "{told:?}");
    let page = app.get("/cep/1").await.text();
    assert!(page.contains("an unknown day"), "GA of v1.10 is not known: {page}");
}

#[tokio::test]
async fn a_decision_that_a_list_learned_later_is_added_and_never_a_second_one() {
    let app = TestApp::start().await;
    let list = |status: &str| {
        format!("codeFreeze:\n- name: A\n  issue: 1\n  date_requested: 2026-10-01\n  status: {status}\n")
    };
    import(&app, LIST, &list("")).await;
    let decided = import(&app, LIST, &list("denied")).await;
    assert_eq!((decided.changed, decided.events), (1, 1));
    assert!(matches!(request(&app, 1).await.0, RequestState::Denied { .. }));
    let other = import(&app, LIST, &list("approved")).await;
    assert_eq!((other.unchanged, other.events), (1, 0));
    assert!(other.of(Severity::Warning).any(|remark| remark.diagnostic.code == "decided-otherwise"));
    assert!(matches!(request(&app, 1).await.0, RequestState::Denied { .. }), "the tracker's word stays");
}

#[tokio::test]
async fn a_list_names_what_nobody_knows() {
    let app = TestApp::start().await;
    let list = "codeFreeze:\n- issue: 1\n- issue: 2\n  proposal: kep/2\n";
    let none = import_exceptions(&app.context, &Assumed::default(), &[file("exceptions.yaml", list)]).await.unwrap();
    let words: Vec<_> = none.of(Severity::Error).map(|remark| remark.diagnostic.message.as_str()).collect();
    assert_eq!(words, ["The record names 1 without a source.", "There is no source “kep”."]);
    let no_release = import(&app, "exceptions.yaml", "codeFreeze:\n- issue: 1\n").await;
    assert_eq!((no_release.unreadable, app.events().await), (1, 0));
    let assumed = Assumed { source: Some("kep".to_owned()), release: None };
    let refused = import_exceptions(&app.context, &assumed, &[]).await.unwrap_err();
    assert!(matches!(refused, ImportError::NoSource(_)), "{refused}");
}

#[tokio::test]
async fn real_lists_are_not_read_over_the_demo() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let refused = import_exceptions(&app.context, &Assumed::default(), &[]).await.unwrap_err();
    assert!(matches!(refused, ImportError::Demo), "{refused}");
}
