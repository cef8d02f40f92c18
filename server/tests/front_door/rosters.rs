//! Rosters: admins keep them, nobody else; every change is kept; a replay gives the same.

use axum::{body::Body, http::Request};
use server::{config::Config, usecases::replay::replay};

use crate::support::{
    Browser, TestApp,
    browser::{body, form},
    fixtures::{V1_10, V1_10_PATH},
};

const SET: &str = "/settings/rosters/v1.10/set";

async fn with_an_admin() -> (TestApp, Browser) {
    let app = TestApp::start().await;
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let app = app.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    let adam = app.sign_in_as(5, "adam").await;
    (app, adam)
}

fn line<'a>(login: &'a str, part: &'a str, from: &'a str, to: &'a str) -> [(&'a str, &'a str); 4] {
    [("login", login), ("part", part), ("from", from), ("to", to)]
}

/// The page as a form of it would be sent now.
async fn seen(browser: &Browser) -> String {
    let page = browser.get("/settings/rosters?release=v1.10").await.body;
    let rest = page.split_once("name=\"seen\" value=\"").unwrap_or_else(|| panic!("{page}")).1;
    rest.split('"').next().unwrap().to_owned()
}

async fn table(app: &TestApp) -> String {
    let page = app.get("/settings/rosters?release=v1.10").await.text();
    let start = page.find("Login Part From To").map_or(0, |at| at + "Login Part From To".len());
    page[start..].split("Release team today").next().unwrap().trim().to_owned()
}

#[tokio::test]
async fn an_admin_adds_changes_and_removes_and_all_of_it_is_kept() {
    let (app, adam) = with_an_admin().await;
    assert!(app.get("/settings/rosters").await.text().contains("Nobody keeps a roster for v1.10 yet."));
    assert_eq!(adam.post(SET, &line("@petra", "lead", "2026-09-01", "")).await.status, 303);
    assert_eq!(adam.post(SET, &line("joon", "shadow", "2026-09-01", "2026-12-01")).await.status, 303);
    assert_eq!(table(&app).await, "@petra lead 1 Sep open @joon shadow 1 Sep 1 Dec");
    let mut change = line("petra", "member", "2026-09-02", "").to_vec();
    change.push(("was", "petra,2026-09-01"));
    assert_eq!(adam.post(SET, &change).await.status, 303);
    let remove = adam.post("/settings/rosters/v1.10/remove", &[("was", "joon,2026-09-01")]).await;
    assert_eq!(
        (remove.status.as_u16(), remove.headers["location"].to_str().unwrap()),
        (303, "/settings/rosters?release=v1.10")
    );
    assert_eq!(table(&app).await, "@petra member 2 Sep open");
    let page = app.get("/settings/rosters?release=v1.10").await.text();
    for words in [
        "added @petra as lead from 1 Sep 2026",
        "added @joon as shadow from 1 Sep 2026 to 1 Dec 2026",
        "@petra: member from 2 Sep 2026, was lead from 1 Sep 2026",
        "removed @joon, shadow from 1 Sep 2026 to 1 Dec 2026",
        "4 changes",
        "Release team today: @petra , by the roster",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    replay(&app.context).await.unwrap();
    assert_eq!(table(&app).await, "@petra member 2 Sep open");
}

#[tokio::test]
async fn nobody_but_admins_changes_a_roster() {
    let (app, _) = with_an_admin().await;
    let events = app.events().await;
    let finn = app.sign_in_as(9, "finn").await;
    let page = finn.get("/settings/rosters").await;
    assert!(!page.body.contains("action=\"/settings/rosters"), "no form is offered");
    let refused = finn.post(SET, &line("finn", "lead", "2026-09-01", "")).await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.text().contains("Nothing was changed: keeping the rosters is for admins; you are a contributor."),
        "{}",
        refused.text()
    );
    let remove = finn.post("/settings/rosters/v1.10/remove", &[("was", "petra,2026-09-01")]).await;
    assert_eq!(remove.status, 403);
    let anybody = app.browser().post(SET, &line("finn", "lead", "2026-09-01", "")).await;
    assert_eq!(anybody.status, 401);
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn another_site_cannot_change_a_roster() {
    let (app, adam) = with_an_admin().await;
    let events = app.events().await;
    let csrf = adam.csrf();
    let mut fields = line("eve", "lead", "2026-09-01", "").to_vec();
    fields.push(("csrf", &csrf));
    let cross: Request<Body> = form(SET).header("sec-fetch-site", "cross-site").body(body(&fields)).unwrap();
    assert_eq!(adam.send(cross).await.status, 403);
    adam.set_csrf("guess");
    assert_eq!(adam.post(SET, &line("eve", "lead", "2026-09-01", "")).await.status, 403);
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words_and_stays_typed() {
    let (app, adam) = with_an_admin().await;
    adam.post(SET, &line("ada", "lead", "2026-09-01", "")).await;
    let events = app.events().await;
    for (fields, words) in [
        (line("not a login", "lead", "2026-09-01", ""), "`not a login` is not a GitHub login"),
        (line("", "lead", "2026-09-01", ""), "A login at GitHub is needed"),
        (line("bob", "lead", "", ""), "The first day is needed"),
        (line("bob", "lead", "2026-09-31", ""), "Write the day as 2026-09-01"),
        (line("bob", "king", "2026-09-01", ""), "`king` is no part in a release team"),
        (line("bob", "lead", "2026-09-02", "2026-09-01"), "The last day lies before the first"),
        (line("ADA", "shadow", "2026-10-01", ""), "@ada is in it already from 1 Sep 2026; change that line instead"),
    ] {
        let answer = adam.post(SET, &fields).await;
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(answer.text().contains(words), "{words}: {}", answer.text());
        let (login, from) = (fields[0].1, fields[2].1);
        assert!(login.is_empty() || answer.body.contains(&format!("value=\"{login}\"")), "{login}: {}", answer.body);
        assert!(from.is_empty() || answer.body.contains(&format!("value=\"{from}\"")), "{from}: {}", answer.body);
    }
    assert_eq!(adam.post("/settings/rosters/v1.99/set", &line("bob", "lead", "2026-09-01", "")).await.status, 404);
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn the_second_of_two_admins_sees_what_the_first_did() {
    let (app, adam) = with_an_admin().await;
    let known = seen(&adam).await;
    let mut first = line("ada", "lead", "2026-09-01", "").to_vec();
    first.push(("seen", &known));
    let mut second = line("bob", "lead", "2026-09-01", "").to_vec();
    second.push(("seen", &known));
    assert_eq!(adam.post(SET, &first).await.status, 303);
    let told = adam.post(SET, &second).await;
    assert_eq!(told.status, 409);
    assert!(told.text().contains("added @ada as lead"), "{}", told.text());
    assert!(told.body.contains("value=\"bob\""), "what was typed stays: {}", told.body);
    assert_eq!(table(&app).await, "@ada lead 1 Sep open");
    let now = seen(&adam).await;
    assert_ne!(now, known);
    assert!(told.body.contains(&format!("name=\"seen\" value=\"{now}\"")), "the form knows it now");
    second.pop();
    second.push(("seen", &now));
    assert_eq!(adam.post(SET, &second).await.status, 303);
    assert_eq!(table(&app).await, "@ada lead 1 Sep open @bob lead 1 Sep open");
}

#[tokio::test]
async fn the_same_again_is_no_change() {
    let (app, adam) = with_an_admin().await;
    adam.post(SET, &line("ada", "lead", "2026-09-01", "")).await;
    let events = app.events().await;
    let mut again = line("ada", "lead", "2026-09-01", "").to_vec();
    again.push(("was", "ada,2026-09-01"));
    assert_eq!(adam.post(SET, &again).await.status, 303);
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn the_page_tells_groups_by_alias_and_settings_the_admins() {
    let (app, _) = with_an_admin().await;
    app.import("cep", &[("OWNERS_ALIASES", "aliases:\n  ci-maintainers:\n  - sigrid\n")]).await;
    let page = app.get("/settings/rosters").await.text();
    assert!(page.contains("sig-ci for cep ci-maintainers @sigrid just now"), "{page}");
    assert!(page.contains("release team for cep sig-release-approvers the file does not hold it"), "{page}");
    let settings = app.get("/settings").await;
    assert!(settings.text().contains("Admins @adam"), "{}", settings.text());
    assert!(settings.body.contains("href=\"/settings/rosters\""));
}
