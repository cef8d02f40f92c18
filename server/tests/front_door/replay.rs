//! Replaying the log into emptied tables gives the same tables.

use domain::Decision;
use server::usecases::replay::replay;

use crate::support::{
    TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
};

const TABLES: [&str; 7] =
    ["alias", "proposal", "document", "document_version", "release", "roster", "schedule_version"];

async fn dump(app: &TestApp) -> Vec<String> {
    let mut dump = Vec::new();
    for table in TABLES {
        let sql = format!("select coalesce(json_agg(t order by t::text), '[]')::text from {table} t");
        dump.push(text(app, &sql).await);
    }
    dump
}

#[expect(clippy::disallowed_methods, reason = "a dump of whole tables is no query of the product")]
async fn text(app: &TestApp, sql: &str) -> String {
    sqlx::query_scalar(sql).fetch_one(&app.context.pool).await.unwrap()
}

#[tokio::test]
async fn the_log_gives_the_same_tables_and_verdicts() {
    let app = TestApp::start().await;
    app.set_clock("2026-08-01T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let path = cep_path(4702);
    app.import("cep", &[(&path, &cep(4702, "Linting"))]).await;
    app.pass(chrono::TimeDelta::days(1));
    app.import("cep", &[(&path, &cep(4702, "Linting of jobs"))]).await;
    app.import("cep", &[(&cep_path(2), &cep(2, "Two"))]).await;
    let accept = Decision::Accept { release: "v1.10".parse().unwrap(), rank: Some(3) };
    app.decide("sigrid", "cep/2", accept).await.unwrap();
    let (before, status) = (dump(&app).await, app.status("cep/2", "v1.10").await);
    let replayed = replay(&app.context).await.unwrap();
    assert_eq!((replayed.events, replayed.calendar_events), (5, 1));
    assert_eq!(dump(&app).await, before);
    assert_eq!(app.status("cep/2", "v1.10").await, status);
}

#[tokio::test]
async fn the_demo_replays_to_the_same_tables() {
    let app = TestApp::start().await;
    server::usecases::load_demo::load_demo(&app.context).await.unwrap();
    let before = dump(&app).await;
    replay(&app.context).await.unwrap();
    assert_eq!(dump(&app).await, before);
}
