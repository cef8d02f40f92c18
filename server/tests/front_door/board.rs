//! A release board as an exported view and from GitHub: what becomes a decision, what the log knows better, what is
//! listed, and that the board is a source of mismatches from then on.

use domain::{Decision, Event, Freeze, Recorded, Severity, Terms};
use server::{
    documents::{BoardReading, read_board},
    github::{Api, Patience},
    usecases::{
        decide::By,
        import_board::{BOARD, ImportBoardError, Mode, Order, Summary, fetch_board, import_board},
        load_demo::load_demo,
        replay::replay,
    },
};

use crate::{
    github::{
        GitHub,
        access::Token,
        graphql::{Board, Field, Item},
    },
    support::{
        TestApp,
        fixtures::{V1_10, V1_10_PATH},
        instant,
    },
};

const LINK: &str = "https://github.com/orgs/kubevirt/projects/22";

fn order() -> Order {
    Order {
        source: "vep".to_owned(),
        release: "v1.10".parse().unwrap(),
        link: Some(LINK.to_owned()),
        at: None,
        freeze: None,
        mode: Mode::Record,
    }
}

/// A board of VEPs: number, status, reviewer, phase of the exception.
fn board(rows: &[(u32, &str, &str, &str)]) -> BoardReading {
    let line = |(number, status, reviewer, exception): &(u32, &str, &str, &str)| {
        let url = format!("https://github.com/kubevirt/enhancements/issues/{number}");
        format!("VEP {number}: A thing\t{url}\t{status}\t{reviewer}\t{exception}\n")
    };
    let lines: Vec<_> = rows.iter().map(line).collect();
    read_board(format!("Title\tURL\tStatus\tVEP Reviewer\tException phase\n{}", lines.concat()).as_bytes())
}

async fn import(app: &TestApp, rows: &[(u32, &str, &str, &str)]) -> Summary {
    import_board(&app.context, &order(), &board(rows)).await.unwrap()
}

/// VEPs that target v1.10 and name no reviewer; those from 90 on target nothing.
async fn app_with(numbers: &[u32]) -> TestApp {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let target = |number: u32| if number < 90 { "v1.10" } else { "" };
    let files: Vec<_> = numbers
        .iter()
        .map(|number| {
            let path = format!("veps/sig-compute/{number}-a-thing/vep.md");
            let target = target(*number);
            (
                path,
                format!(
                    "# VEP #{number}: A thing\n\n- This VEP targets alpha for version: {target}\n\n- Owner: @olga\n"
                ),
            )
        })
        .collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    app.import("vep", &files).await;
    app
}

async fn decisions(app: &TestApp, number: u32) -> Vec<Recorded> {
    let world = app.state.verdicts.world().await.unwrap();
    let record = &world.proposals[&("vep".to_owned(), number)];
    record.history.events.iter().filter(|recorded| recorded.event.is_decision()).cloned().collect()
}

fn taken(summary: &Summary) -> Vec<String> {
    summary.taken.iter().map(|taken| format!("{} {}: {}", taken.line, taken.key, taken.what)).collect()
}

/// Lines and codes of what has to be looked at.
fn listed(summary: &Summary) -> Vec<(u32, &str)> {
    summary.of(Severity::Error).chain(summary.of(Severity::Warning)).map(|r| (r.line, r.code.as_str())).collect()
}

const ROWS: [(u32, &str, &str, &str); 8] = [
    (1, "Tracked", "@rita", "None"),
    (2, "At risk", "", "Pending"),
    (3, "Complete", "TBD", "Accepted"),
    (4, "Tracked", "rita, rolf", "Rejected"),
    (5, "Removed from Milestone", "", ""),
    (6, "Deferred", "", "None"),
    (7, "Proposed for consideration", "", ""),
    (8, "Exception Required", "", ""),
];

#[tokio::test]
async fn what_people_decided_on_a_board_becomes_decisions_on_its_behalf() {
    let app = app_with(&[1, 2, 3, 4, 5, 6, 7, 8]).await;
    let summary = import(&app, &ROWS).await;
    assert_eq!((summary.rows, summary.unmatched, summary.observed), (8, 0, 8));
    assert_eq!(
        listed(&summary),
        [(3, "not-stated"), (4, "not-stated"), (5, "not-stated")],
        "which freeze the exceptions are about is not on the board: {:?}",
        summary.remarks
    );
    for (number, status) in [
        (1, "Exception required (EF)"),
        (2, "Exception pending (EF)"),
        (3, "Exception until 18 Nov (EF)"),
        (4, "Exception denied (EF)"),
        (5, "Removed from Milestone"),
        (6, "Deferred"),
        (7, "Not accepted"),
        (8, "Not accepted"),
    ] {
        assert_eq!(app.status(&format!("vep/{number}"), "v1.10").await, status, "of {number}");
    }
    let first = decisions(&app, 1).await;
    let expected = [
        Event::Accepted { release: order().release, rank: None },
        Event::Assigned { reviewers: vec!["rita".to_owned()], approvers: Vec::new() },
    ];
    let events: Vec<_> = first.iter().map(|recorded| recorded.event.clone()).collect();
    assert_eq!(events, expected);
    for recorded in &first {
        assert_eq!((recorded.on_behalf_of.as_deref(), recorded.link.as_deref()), (Some(BOARD), Some(LINK)));
    }
    assert_eq!((first[0].occurred_at, first[1].occurred_at), (None, Some(app.context.clock.now())));
    let asked = decisions(&app, 3).await;
    let Event::ExceptionSent { freeze, justification, impact, .. } = &asked[1].event else { panic!("{asked:?}") };
    assert_eq!(*freeze, Some(Freeze::Enhancement));
    assert!([justification, impact].iter().all(|words| words.starts_with("Not recorded")), "{asked:?}");
    assert!(matches!(&asked[2].event, Event::ExceptionGranted { until, reason, .. }
        if *until == instant("2026-11-19T12:00:00Z") && reason.starts_with("Not recorded")));
}

#[tokio::test]
async fn the_same_board_twice_changes_nothing() {
    let app = app_with(&[1, 2, 3, 4, 5, 6, 7, 8]).await;
    let first = import(&app, &ROWS).await;
    let events = app.events().await;
    app.pass(chrono::TimeDelta::hours(1));
    let again = import(&app, &ROWS).await;
    assert_eq!((again.taken, again.observed, again.events), (Vec::new(), 0, 0));
    assert_eq!((app.events().await, again.known), (events, 11));
    assert_eq!(listed(&Summary { remarks: again.remarks, ..Summary::default() }), []);
    assert_eq!(first.known, 0);
    let statuses = async || {
        let mut all = Vec::new();
        for number in 1..=8 {
            all.push(app.status(&format!("vep/{number}"), "v1.10").await);
        }
        all
    };
    let before = statuses().await;
    replay(&app.context).await.unwrap();
    assert_eq!(statuses().await, before);
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_records_nothing() {
    let app = app_with(&[1, 2, 3, 4, 5, 6, 7, 8]).await;
    let events = app.events().await;
    let tried = import_board(&app.context, &Order { mode: Mode::Try, ..order() }, &board(&ROWS)).await.unwrap();
    assert_eq!(app.events().await, events);
    assert_eq!(tried, import(&app, &ROWS).await);
    let all = taken(&tried);
    assert!(all.contains(&"2 vep/1: Accepted for v1.10".to_owned()), "{all:?}");
}

#[tokio::test]
async fn what_the_log_knows_otherwise_is_listed_and_left_as_it_is() {
    let app = app_with(&[1, 2, 3, 4, 5, 6, 7]).await;
    let release = order().release;
    let reason = || "Nobody answers.".to_owned();
    let accept = || Decision::Accept { release, rank: None };
    let assign = Decision::Assign { reviewers: vec!["rolf".to_owned()], approvers: Vec::new() };
    let ask = Decision::Ask(Terms {
        release,
        freeze: Some(Freeze::Code),
        justification: "It is late.".to_owned(),
        time: "5".to_owned(),
        impact: "No alpha.".to_owned(),
        covers: Vec::new(),
    });
    for (proposal, decision) in [
        ("vep/1", accept()),
        ("vep/2", Decision::Remove { release, reason: reason() }),
        ("vep/3", accept()),
        ("vep/4", Decision::Reject { reason: reason() }),
        ("vep/5", assign),
        ("vep/6", accept()),
        ("vep/6", ask.clone()),
        ("vep/6", Decision::Deny { request: 1, reason: reason() }),
        ("vep/7", accept()),
        ("vep/7", ask),
    ] {
        app.decide("rex", proposal, decision).await.unwrap();
    }
    let rows = [
        (1, "Removed from Milestone", "", ""),
        (2, "Tracked", "", "Accepted"),
        (3, "Proposed for consideration", "", "None"),
        (4, "Tracked", "", ""),
        (5, "", "rita", ""),
        (6, "Tracked", "", "Accepted"),
        (7, "Tracked", "", "None"),
    ];
    let summary = import(&app, &rows).await;
    let otherwise = [2, 3, 3, 4, 5, 6, 7, 8].map(|line| (line, "decided-otherwise"));
    assert_eq!(listed(&summary), otherwise, "{:?}", summary.remarks);
    assert_eq!((taken(&summary), summary.observed, summary.known), (Vec::new(), 7, 2));
    assert_eq!(
        summary.remarks[0].message,
        "vep/1: the board says “Removed from Milestone”, the tracker that it is accepted for v1.10; that was left as it is."
    );
}

#[tokio::test]
async fn a_request_that_waits_is_decided_as_the_board_says() {
    let app = app_with(&[1]).await;
    let release = order().release;
    app.decide("rex", "vep/1", Decision::Accept { release, rank: None }).await.unwrap();
    let terms = Terms {
        release,
        freeze: Some(Freeze::Code),
        justification: "It is late.".to_owned(),
        time: "5".to_owned(),
        impact: "No alpha.".to_owned(),
        covers: Vec::new(),
    };
    app.decide_by(&By::operator("olga"), "vep/1", Decision::Ask(terms)).await.unwrap();
    app.pass(chrono::TimeDelta::hours(1));
    let summary = import(&app, &[(1, "Tracked", "", "Rejected")]).await;
    assert_eq!(taken(&summary).len(), 1, "{:?}", taken(&summary));
    let last = decisions(&app, 1).await.pop().unwrap();
    assert!(matches!(last.event, Event::ExceptionDenied { request: 1, .. }), "{last:?}");
    assert_eq!(last.occurred_at, Some(app.context.clock.now()));
    assert_eq!(import(&app, &[(1, "Tracked", "", "Rejected")]).await.events, 0);
}

#[tokio::test]
async fn what_does_not_match_is_listed_with_line_and_reason() {
    let app = app_with(&[1, 2, 3, 91, 92]).await;
    let text = "Title\tURL\tStatus\tVEP Reviewer\tException phase\n\
        VEP 1\tkubevirt/enhancements#1\tAbandoned\t\tPerhaps\n\
        VEP 4\tkubevirt/enhancements#4\tTracked\t\t\n\
        VEP 1\tkubevirt/kubevirt#1\tTracked\t\t\n\
        VEP 1\thttps://github.com/kubevirt/enhancements/pull/1\tTracked\t\t\n\
        A note\t\tTracked\t\t\n\
        CEP 2\t\tTracked\t\t\n\
        VEP 2\t\tTracked\tRita R.\t\n\
        VEP 2\tkubevirt/enhancements#2\tDeferred\t\t\n\
        VEP 91\tkubevirt/enhancements#91\tDeferred\t\tAccepted\n\
        VEP 92\tkubevirt/enhancements#92\tTracked\t\t\n";
    let summary = import_board(&app.context, &order(), &read_board(text.as_bytes())).await.unwrap();
    let mut found = listed(&summary);
    found.sort_unstable();
    let expected = [
        (2, "board-word-unknown"),
        (2, "board-word-unknown"),
        (3, "proposal-unknown"),
        (4, "proposal-unknown"),
        (5, "proposal-unknown"),
        (6, "row-lost"),
        (7, "proposal-unknown"),
        (8, "bad-login"),
        (8, "not-stated"),
        (9, "row-twice"),
        (10, "not-taken"),
        (10, "not-taken"),
        (11, "not-taken"),
    ];
    assert_eq!(found, expected);
    assert_eq!(summary.unmatched, 5);
    let no_target = |line| summary.remarks.iter().any(|r| r.line == line && r.message.contains("no target"));
    assert!(no_target(10) && no_target(11), "{:?}", summary.remarks);
    assert_eq!(taken(&summary), ["8 vep/2: Accepted for v1.10", "11 vep/92: Accepted for v1.10"]);
}

#[tokio::test]
async fn from_then_on_the_board_is_a_source_of_mismatches() {
    let app = app_with(&[1]).await;
    import(&app, &[(1, "Exception Required", "", "")]).await;
    app.decide("rex", "vep/1", Decision::Accept { release: order().release, rank: None }).await.unwrap();
    let codes = async || {
        let json = app.get("/api/v1/proposals/vep/1").await.json();
        let all = json["mismatches"].as_array().unwrap().clone();
        all.iter()
            .map(|m| m["code"].as_str().unwrap().to_owned())
            .filter(|c| c.starts_with("board"))
            .collect::<Vec<_>>()
    };
    assert_eq!(codes().await, Vec::<String>::new());
    app.pass(chrono::TimeDelta::hours(1));
    let later = import(&app, &[(1, "Complete", "", "")]).await;
    assert_eq!((later.observed, later.known, later.events), (1, 1, 1));
    assert_eq!(codes().await, ["board-status-differs"]);
    // An export of an earlier day tells nothing new.
    let earlier = Order { at: Some(instant("2026-10-01T12:00:00Z")), ..order() };
    let earlier = import_board(&app.context, &earlier, &board(&[(1, "Tracked", "", "")])).await.unwrap();
    assert_eq!(earlier.events, 0);
}

#[tokio::test]
async fn nothing_is_decided_about_a_release_that_is_out_unless_the_board_is_of_before() {
    let app = app_with(&[1]).await;
    app.set_clock("2026-12-01T12:00:00Z");
    let rows = board(&[(1, "Tracked", "", "Pending")]);
    let late = import_board(&app.context, &order(), &rows).await.unwrap();
    assert_eq!((listed(&late), late.events), (vec![(2, "not-taken")], 1));
    let before = Order { at: Some(instant("2026-11-01T12:00:00Z")), freeze: Some(Freeze::Code), ..order() };
    let before = import_board(&app.context, &before, &rows).await.unwrap();
    assert_eq!(taken(&before).len(), 2, "{:?}", before.remarks);
    assert!(taken(&before)[1].contains("for CF"), "{:?}", taken(&before));
}

#[tokio::test]
async fn an_import_that_cannot_be_right_is_refused() {
    let app = app_with(&[1]).await;
    let events = app.events().await;
    let rows = board(&ROWS);
    let refused = async |order: Order, rows: &BoardReading| import_board(&app.context, &order, rows).await.unwrap_err();
    let no_source = refused(Order { source: "kep".to_owned(), ..order() }, &rows).await;
    assert!(no_source.to_string().contains("no source `kep`"), "{no_source}");
    let ahead = refused(Order { at: Some(instant("2026-10-09T12:00:00Z")), ..order() }, &rows).await;
    assert!(matches!(ahead, ImportBoardError::InFuture(_)), "{ahead}");
    let no_board = refused(order(), &read_board(b"a,b\n1,2\n")).await;
    assert!(matches!(no_board, ImportBoardError::Unreadable(_)), "{no_board}");
    assert_eq!(app.events().await, events);
    let slip = Order { release: "v1.99".parse().unwrap(), ..order() };
    let slip = import_board(&app.context, &slip, &board(&[(1, "Tracked", "", "")])).await.unwrap();
    assert_eq!((listed(&slip), slip.events), (vec![(2, "not-taken")], 0));

    let demo = TestApp::start().await;
    load_demo(&demo.context).await.unwrap();
    let refused = import_board(&demo.context, &order(), &rows).await.unwrap_err();
    assert!(refused.to_string().contains("demo world"), "{refused}");
}

fn api(github: &GitHub, app: &TestApp, token: Option<&str>) -> Api {
    let mut config = github.config().github;
    if let Some(token) = token {
        config.token = Some(token.into());
    }
    Api::new(&config, app.context.clock.clone(), Patience::default()).unwrap().unwrap()
}

#[tokio::test]
async fn the_board_is_read_from_github_page_by_page() {
    let app = app_with(&[1, 150]).await;
    let github = GitHub::start().await;
    let fields = |status: &str| {
        let reviewer = ("VEP Reviewer".to_owned(), Field::Text("@rita".to_owned()));
        vec![("Status".to_owned(), Field::Choice(status.to_owned())), reviewer]
    };
    let item = |number: u64| Item {
        issue: Some(("kubevirt/enhancements".to_owned(), number)),
        title: format!("VEP {number}"),
        fields: fields("Tracked"),
    };
    let mut items: Vec<_> = (1..=150).map(item).collect();
    items.push(Item { issue: None, title: "A note".to_owned(), fields: fields("Tracked") });
    github.board(Board { organization: "kubevirt".to_owned(), number: 22, title: "1.10".to_owned(), items });
    let reading = fetch_board(&api(&github, &app, None), "kubevirt", 22).await.unwrap();
    assert_eq!((reading.rows.len(), reading.rows[149].line), (151, 150));
    let summary = import_board(&app.context, &order(), &reading).await.unwrap();
    assert_eq!((summary.rows, summary.unmatched), (151, 149));
    assert_eq!(
        taken(&summary),
        [
            "1 vep/1: Accepted for v1.10",
            "1 vep/1: Assigned: reviewers @rita",
            "150 vep/150: Accepted for v1.10",
            "150 vep/150: Assigned: reviewers @rita",
        ]
    );
    assert_eq!(import_board(&app.context, &order(), &reading).await.unwrap().events, 0);
}

#[tokio::test]
async fn a_token_that_reads_no_boards_is_told_what_it_needs() {
    let app = TestApp::start().await;
    let github = GitHub::start().await;
    let items = Vec::new();
    github.board(Board { organization: "kubevirt".to_owned(), number: 22, title: "1.10".to_owned(), items });
    github.add_token("ghp_no_boards", Token::of("bob").without_projects());
    let refused = fetch_board(&api(&github, &app, Some("ghp_no_boards")), "kubevirt", 22).await.unwrap_err();
    assert!(refused.to_string().contains("read:project"), "{refused}");
    let missing = fetch_board(&api(&github, &app, None), "kubevirt", 23).await.unwrap_err();
    assert!(missing.to_string().contains("no such board"), "{missing}");
    assert_eq!(fetch_board(&api(&github, &app, None), "kubevirt", 22).await.unwrap(), BoardReading::default());
}
