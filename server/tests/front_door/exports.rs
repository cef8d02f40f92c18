//! Files for spreadsheets: nothing that anybody writes becomes a formula, and commas, quotes and lines stay in their cells.

use domain::{Decision, Event, Freeze, Terms};

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    people::{OWNERS_ALIASES, pull},
};

/// Titles as somebody would write them who wants to be run, or who likes punctuation.
const TITLES: [&str; 5] = [
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1,2)",
    "＝1+1",
    "Says \"no\", twice; and, again",
];

async fn hostile() -> TestApp {
    let app = TestApp::start().await;
    app.set_clock("2026-08-01T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let documents: Vec<_> = (1..).zip(TITLES).map(|(n, title)| (cep_path(n), cep(n, title))).collect();
    let mut files: Vec<(&str, &str)> = documents.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("OWNERS_ALIASES", OWNERS_ALIASES));
    app.import("cep", &files).await;
    let release = "v1.10".parse().unwrap();
    for n in 1..=5 {
        let proposal = format!("cep/{n}");
        app.decide("sigrid", &proposal, Decision::Accept { release, rank: None }).await.unwrap();
        app.observe(n, pull(50 + n)).await;
    }
    let issue = Event::IssueObserved {
        title: "=1+1".to_owned(),
        open: true,
        labels: Vec::new(),
        assignees: Vec::new(),
        linked_document: None,
        targets: Vec::new(),
        links: Vec::new(),
    };
    app.observe(1, issue).await;
    let terms = Terms {
        release,
        freeze: Some(Freeze::Code),
        justification: "-1+1".to_owned(),
        time: "6".to_owned(),
        impact: "\t=2+2".to_owned(),
        covers: Vec::new(),
    };
    app.set_clock("2026-10-08T12:00:00Z");
    app.decide("olga", "cep/1", Decision::Ask(terms)).await.unwrap();
    let (until, reason) = ("2026-10-27".to_owned(), "=1+1".to_owned());
    app.decide("rex", "cep/1", Decision::Grant { request: 1, until, reason }).await.unwrap();
    app.decide("olga", "cep/2", Decision::Withdraw { reason: "@now, \"really\"".to_owned() }).await.unwrap();
    app
}

#[tokio::test]
async fn no_cell_of_any_file_is_a_formula_and_every_row_has_its_columns() {
    let app = hostile().await;
    for (address, rows) in [
        ("/proposals.csv", 5),
        ("/decisions.csv", 7),
        ("/exceptions.csv", 1),
        ("/exceptions/statistics.csv", 3),
        ("/pulls.csv", 1),
        ("/mismatches.csv", 1),
        ("/outbox.csv", 1),
        ("/releases/v1.10/plan.csv?source=cep", 4),
        ("/releases/v1.10/checklist.csv?source=cep", 20),
    ] {
        let answer = app.get(address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
        assert!(answer.headers["content-disposition"].to_str().unwrap().ends_with(".csv\""), "{address}");
        let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
        let records: Vec<_> = reader.records().map(|record| record.unwrap()).collect();
        assert!(records.len() >= rows, "{address}: {} rows: {}", records.len(), answer.body);
        for cell in records.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']), "{address}: {cell:?}");
        }
    }
}

#[tokio::test]
async fn a_spreadsheet_reads_titles_as_they_are_written() {
    let app = hostile().await;
    let answer = app.get("/proposals.csv?sort=number").await;
    let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
    let titles: Vec<_> =
        reader.records().map(|record| record.unwrap()[2].trim_start_matches('\'').to_owned()).collect();
    assert_eq!(titles, TITLES);
}
