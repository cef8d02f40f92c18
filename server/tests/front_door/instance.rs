//! The whole instance as one file, and back.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{Read, Write};

use axum::{body::Body, http::Request};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use server::{
    config::Config,
    store::instance::{FOLLOWS, LEFT_OUT, Table},
    usecases::{
        export_instance::export_instance,
        import_instance::{ImportInstanceError, import_instance},
        load_demo::load_demo,
    },
};

use crate::support::{
    Answer, TestApp,
    people::{somebody, with_proposals},
};

async fn exported(app: &TestApp) -> Vec<u8> {
    let mut file = Vec::new();
    export_instance(&app.context, &mut file).await.unwrap();
    file
}

fn text_of(file: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn file_of(text: &str) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

/// The day at which both are looked at.
const AT: &str = "2026-10-05";

/// How many variants of a page are walked.
const VARIANTS: u32 = 4;

/// What is left out of the walk: what shows the age of data, the mirror of GitHub, and files of the program.
const NOT_WALKED: [&str; 6] = ["/healthz", "/pkg/", "/favicon", "/sync", "/sign-in", "/export"];

/// The addresses on a page, each at the day of the walk. Of lists, those with at most one parameter: the rest are
/// combinations of them.
fn links(page: &Answer) -> Vec<String> {
    let parts = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    parts
        .filter(|href| href.starts_with('/') && !NOT_WALKED.iter().any(|no| href.starts_with(no)))
        .filter_map(|href| {
            let href = href.replace("&amp;", "&");
            let whole = href.split('#').next()?;
            let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
            let rest: Vec<_> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("at=")).collect();
            let query = rest.first().map(|pair| format!("{pair}&")).unwrap_or_default();
            (rest.len() <= 1).then(|| format!("{path}?{query}at={AT}"))
        })
        .collect()
}

/// What a page or file says, without the age of the data.
fn said(answer: &Answer) -> String {
    let body = answer.body.split("<footer").next().unwrap_or_default();
    let of_page = Answer { status: answer.status, headers: answer.headers.clone(), body: body.to_owned() };
    if answer.body.contains("<!DOCTYPE html>") { of_page.text() } else { answer.body.clone() }
}

#[tokio::test]
async fn every_page_says_the_same_in_the_instance_that_took_the_file_in() {
    let one = TestApp::start().await;
    load_demo(&one.context).await.unwrap();
    let other = TestApp::start().await;
    let told = import_instance(&other.context, &*exported(&one).await).await.unwrap();
    assert_eq!(told.counts["event"] + told.counts["calendar_event"], u64::try_from(one.events().await).unwrap());
    let mut waiting: VecDeque<String> = [format!("/?at={AT}")].into();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut of_path: BTreeMap<String, u32> = BTreeMap::new();
    let (mut seen, mut proposals, mut decisions) = (0, 0, 0);
    while let Some(address) = waiting.pop_front() {
        let (left, right) = (one.get(&address).await, other.get(&address).await);
        assert_eq!(left.status, right.status, "{address}");
        assert_eq!(said(&left), said(&right), "{address}");
        seen += 1;
        proposals += usize::from(address.starts_with("/cep/") || address.starts_with("/vep/"));
        decisions += usize::from(address.starts_with("/decisions/"));
        for link in links(&left) {
            // Of the same page with different parameters a few stand for all.
            let path = link.split('?').next().unwrap_or_default().to_owned();
            let variants = of_path.entry(path).or_insert(0);
            if *variants < VARIANTS && known.insert(link.clone()) {
                *variants += 1;
                waiting.push_back(link);
            }
        }
    }
    println!("{seen} addresses, {proposals} of proposals, {decisions} of decisions");
    assert!(seen > 300 && proposals > 40 && decisions > 100, "{seen} addresses, {proposals}, {decisions}");
}

#[tokio::test]
async fn a_file_that_was_taken_in_gives_the_same_file_again_and_the_log_goes_on_after_it() {
    let one = with_proposals(2).await;
    let rex = one.sign_in_as(17, "rex").await;
    drop(rex);
    let file = exported(&one).await;
    let other = TestApp::start().await;
    other.set_clock("2026-08-01T12:00:00Z");
    import_instance(&other.context, &*file).await.unwrap();
    assert_eq!(text_of(&exported(&other).await), text_of(&file));
    let last: i64 = text_of(&file)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|line| line["row"]["id"].as_i64().filter(|_| line["table"] == "event"))
        .max()
        .unwrap();
    let accept = domain::Decision::Accept { release: "v1.10".parse().unwrap(), rank: None };
    let recorded = other.decide("sigrid", "cep/1", accept).await.unwrap();
    assert_eq!(recorded.id, last + 1, "positions are never given twice");
}

#[tokio::test]
async fn the_file_lists_what_it_leaves_out_and_holds_nothing_of_it() {
    let app = with_proposals(1).await;
    let olga = app.sign_in_as(12, "olga").await;
    let made = olga.post("/me/tokens", &[("name", "my-script")]).await;
    assert!(made.status.is_success() || made.status.is_redirection(), "{}", made.text());
    let text = text_of(&exported(&app).await);
    let head: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let left_out = head["left_out"].as_array().unwrap();
    assert_eq!(left_out.len(), LEFT_OUT.len());
    for what in ["session", "token", "secret", "contact", "draft", "mirror"] {
        assert!(left_out.iter().any(|line| line.as_str().unwrap().contains(what)), "{what}: {head}");
    }
    assert!(text.contains("\"login\":\"olga\""), "public logins are in it");
    for table in ["session", "token", "exception_draft", "webhook_delivery"] {
        assert!(!text.contains(&format!("\"table\":\"{table}\"")), "{table}");
    }
    assert!(!text.contains("my-script") && !text.contains("session_epoch"));
}

#[tokio::test]
async fn an_admin_downloads_the_file_and_another_instance_takes_it_in() {
    let app =
        with_proposals(2).await.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    assert_eq!(app.get("/export").await.headers["location"], "/sign-in?next=/export");
    for role in ["contributor", "SIG member", "release team"] {
        let browser = somebody(role).browser(&app).await;
        let refused = browser.get("/export").await;
        assert_eq!(refused.status, 403, "{role}");
        assert!(refused.body.contains("<h1>Not for you</h1>"), "the usual page: {}", refused.body);
        assert!(refused.text().contains("Exporting the whole instance is for admins"), "{}", refused.text());
        assert!(!browser.get("/settings").await.body.contains("href=\"/export\""), "{role}");
    }
    let adam = somebody("admin").browser(&app).await;
    let settings = adam.get("/settings").await;
    assert!(settings.body.contains("href=\"/export\""), "{}", settings.body);
    assert!(LEFT_OUT.iter().all(|(what, _)| settings.text().contains(what)), "{}", settings.text());
    let made = adam.post("/me/tokens", &[("name", "backup"), ("scope", "read")]).await;
    let token = made.body.split_once("cept_").unwrap().1.split('<').next().unwrap().to_owned();
    let request = Request::get("/export")
        .header("authorization", format!("Bearer cept_{token}"))
        .header("accept-encoding", "gzip, br")
        .body(Body::empty())
        .unwrap();
    let answer = app.stream(request).await;
    assert_eq!(answer.status(), 200);
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-disposition"), "attachment; filename=\"cep-tracker-2026-08-01.jsonl.gz\"");
    assert_eq!((header("content-type"), header("cache-control")), ("application/gzip".into(), "no-store".into()));
    assert!(!answer.headers().contains_key("content-encoding"), "it is compressed already");
    let file = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    assert_eq!(text_of(&file), text_of(&exported(&app).await));
    let other = TestApp::start().await;
    import_instance(&other.context, &*file).await.unwrap();
    assert_eq!(other.get("/cep/1").await.status, 200);
}

#[tokio::test]
async fn one_file_is_written_at_a_time() {
    let app =
        with_proposals(1).await.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    let adam = somebody("admin").browser(&app).await;
    let turn = app.state.exporting.acquire().await.unwrap();
    let busy = adam.get("/export").await;
    assert_eq!((busy.status.as_u16(), &busy.headers["retry-after"]), (503, &"60".parse().unwrap()));
    drop(turn);
    assert_eq!(adam.get("/export").await.status, 200);
}

#[tokio::test]
async fn an_instance_goes_into_an_empty_database_only() {
    let one = with_proposals(1).await;
    let file = exported(&one).await;
    let other = with_proposals(1).await;
    let refused = import_instance(&other.context, &*file).await.unwrap_err();
    assert!(matches!(refused, ImportInstanceError::NotEmpty), "{refused}");
    let somebody = TestApp::start().await;
    somebody.sign_in_as(12, "olga").await;
    assert!(import_instance(&somebody.context, &*file).await.is_err(), "somebody was here already");
}

#[tokio::test]
async fn a_line_that_cannot_be_taken_in_is_named_and_nothing_stays() {
    let app = with_proposals(1).await;
    let good = text_of(&exported(&app).await);
    let lines: Vec<&str> = good.lines().collect();
    let place = lines.iter().position(|line| line.contains("\"table\":\"event\"")).unwrap();
    let blob = lines.iter().position(|line| line.contains("\"table\":\"blob\"")).unwrap();
    let with = |place: usize, line: &str| {
        let mut changed = lines.clone();
        changed[place] = line;
        file_of(&(changed.join("\n") + "\n"))
    };
    let unknown = lines[place].replace("\"type\":\"document-read\"", "\"type\":\"moon-read\"");
    let unknown = unknown.replace("\"type\":\"aliases-read\"", "\"type\":\"moon-read\"");
    let spoilt = lines[blob].replacen("\\\\x", "\\\\x00", 1);
    let mut newer: serde_json::Value = serde_json::from_str(lines[0]).unwrap();
    newer["schema"] = i64::MAX.into();
    let whole = exported(&app).await;
    for (file, line, words) in [
        (with(place, "not JSON"), place + 1, "it is no row"),
        (with(place, &unknown), place + 1, "the event cannot be read"),
        (with(place, "{\"table\":\"moon\",\"row\":{}}"), place + 1, "there is no table “moon”"),
        (with(blob, &spoilt), blob + 1, "is not what its address says"),
        (with(place, lines[place - 1]), place + 1, "duplicate key"),
        (with(0, &newer.to_string()), 1, "newer"),
        (with(0, "{}"), 1, "no file that"),
        (file_of(&lines[..lines.len() - 1].join("\n")), lines.len() - 1, "cut short"),
        (whole[..whole.len() / 2].to_vec(), 0, "damaged or was cut short"),
        (b"PK".to_vec(), 1, "damaged"),
        (Vec::new(), 1, ""),
    ] {
        let empty = TestApp::start().await;
        let refused = import_instance(&empty.context, &*file).await.unwrap_err();
        let ImportInstanceError::Line { line: told, reason } = &refused else { panic!("{refused}") };
        assert!(*told == line || line == 0, "{refused}, not line {line}");
        assert!(reason.contains(words), "{refused}, not {words}");
        assert_eq!(empty.events().await, 0);
        assert_eq!(empty.get("/settings").await.status, 200, "sources are there as before");
    }
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the catalogue is no table of the product")]
async fn every_table_moves_or_follows_from_the_log_or_is_left_out_and_listed() {
    let app = TestApp::start().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> '_sqlx_migrations'",
    )
    .fetch_all(&app.context.pool)
    .await
    .unwrap();
    let moved = Table::ALL.iter().map(|table| table.name());
    let left_out = LEFT_OUT.iter().flat_map(|(_, tables)| tables.iter().copied());
    let told: Vec<&str> = moved.chain(FOLLOWS).chain(left_out).collect();
    let there: BTreeSet<&str> = tables.iter().map(String::as_str).collect();
    assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), there);
    assert_eq!(told.len(), there.len(), "each in one place");
}
