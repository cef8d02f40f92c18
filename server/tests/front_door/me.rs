//! One's own page: what waits on whoever is signed in, across all roles, and nothing else.

use domain::{Decision, Freeze, Terms};
use server::config::Config;

use crate::support::{
    Browser, TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
};

const ALIASES: &str =
    "aliases:\n  ci-maintainers:\n  - sigrid\n  - Theo\n  sig-release-approvers:\n  - rolf\n  - theo\n";

/// One CEP of olga that targets v1.10, in planning.
async fn with_a_proposal() -> TestApp {
    let app = TestApp::start().await;
    app.set_clock("2026-08-01T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    app.import("cep", &[(&cep_path(4702), &cep(4702, "Prow job config linting")), ("OWNERS_ALIASES", ALIASES)]).await;
    app
}

async fn accepted() -> TestApp {
    let app = with_a_proposal().await;
    let release = "v1.10".parse().unwrap();
    app.decide("sigrid", "cep/4702", Decision::Accept { release, rank: None }).await.unwrap();
    app
}

fn terms(freeze: Freeze) -> Decision {
    Decision::Ask(Terms {
        release: "v1.10".parse().unwrap(),
        freeze: Some(freeze),
        justification: "The provider moved by a week.".to_owned(),
        time: "2026-10-27".to_owned(),
        impact: "Beta moves to v1.11.".to_owned(),
        covers: Vec::new(),
    })
}

async fn waits(browser: &Browser) -> Vec<String> {
    let json = browser.get("/api/v1/me").await.json();
    // The check-in and what is to be announced come with the calendar, whatever else waits; they have tests of their own.
    let by_calendar = |line: &String| {
        ["Check-in of week", "Check in for week", "Answer the check-in", "Send the "]
            .iter()
            .any(|head| line.starts_with(head))
    };
    let all = json["waits_on_you"].as_array().unwrap_or_else(|| panic!("{json}")).clone();
    let told =
        all.iter().map(|task| format!("{} ({})", task["what"].as_str().unwrap(), task["role"].as_str().unwrap()));
    told.filter(|line| !by_calendar(line)).collect()
}

async fn awaited(browser: &Browser) -> Vec<String> {
    let json = browser.get("/api/v1/me").await.json();
    let all = json["you_wait_on"].as_array().unwrap().clone();
    all.iter().map(|line| format!("{}: {}", line["whom"].as_str().unwrap(), line["what"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_sign_in_and_back() {
    let app = TestApp::start().await;
    let answer = app.get("/me").await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.headers["location"], "/sign-in?next=/me");
    assert_eq!(app.get("/api/v1/me").await.status, 401);
}

#[tokio::test]
async fn nothing_waits_on_a_newcomer() {
    let app = with_a_proposal().await;
    let page = app.sign_in_as(9, "finn").await.get("/me").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Nothing waits on you."), "{text}");
    assert!(!text.contains("You wait on"), "{text}");
    assert!(text.contains("Contributor signed in"), "{text}");
    assert_eq!(page.headers["cache-control"], "private, no-cache");
}

#[tokio::test]
async fn an_owner_sees_what_is_theirs_with_its_form_until_it_is_done() {
    let app = accepted().await;
    let olga = app.sign_in_as(1, "Olga").await;
    let page = olga.get("/me").await;
    let text = page.text();
    assert!(text.contains("Commit to the release: no commitment"), "{text}");
    assert!(text.contains("as owner"), "{text}");
    assert!(text.contains("in 33 days , 2 Sep"), "{text}");
    assert!(page.body.contains("href=\"/cep/4702/decide/commit?release=v1.10\""), "{}", page.body);
    assert_eq!(waits(&olga).await.len(), 1);
    let release = "v1.10".parse().unwrap();
    app.decide("olga", "cep/4702", Decision::Commit { release, on: None }).await.unwrap();
    assert!(waits(&olga).await.is_empty());
}

#[tokio::test]
async fn older_and_farther_releases_are_folded_away_with_their_count() {
    let app = with_a_proposal().await;
    let far = |version: &str, year: &str| {
        let path = format!("releases/{version}/schedule.yaml");
        (path, V1_10.replace("2026/", year).replace("v1.10", version))
    };
    let (next, farther) = (far("v1.11", "2027/"), far("v1.12", "2028/"));
    app.import_schedules(&[(V1_10_PATH, V1_10), (&next.0, &next.1), (&farther.0, &farther.1)]).await;
    let of = |number: u32, version: &str| cep(number, "Another").replace("v1.10", version);
    let [one, two] =
        [(4703, "v1.11"), (4704, "v1.12")].map(|(number, version)| (cep_path(number), of(number, version)));
    let own = (cep_path(4702), cep(4702, "Prow job config linting"));
    let files = [&own, &one, &two].map(|(path, text)| (path.as_str(), text.as_str()));
    app.import("cep", &[files[0], files[1], files[2], ("OWNERS_ALIASES", ALIASES)]).await;
    let page = app.sign_in_as(2, "sigrid").await.get("/me").await;
    let (near, folded) =
        page.body.split_once("1 thing in other releases: v1.12").unwrap_or_else(|| panic!("{}", page.text()));
    assert!(near.contains("Plan v1.10:") && near.contains("Plan v1.11:") && !near.contains("Plan v1.12:"), "{near}");
    assert!(folded.contains("Plan v1.12:"), "{folded}");
    assert!(page.body.contains("<title>My page, 2 things"), "{}", page.body);
}

#[tokio::test]
async fn a_sig_member_gets_one_line_for_the_plan_and_its_owner_waits_on_them() {
    let app = with_a_proposal().await;
    let sigrid = app.sign_in_as(2, "sigrid").await;
    assert_eq!(waits(&sigrid).await, ["Plan v1.10: 1 proposal waits to be accepted (member of sig-ci)"]);
    assert!(sigrid.get("/me").await.body.contains("href=\"/releases/v1.10/plan\""));
    let olga = app.sign_in_as(1, "olga").await;
    assert!(awaited(&olga).await.contains(&"sig-ci: Decide whether v1.10 takes it".to_owned()));
    assert!(waits(&app.sign_in_as(3, "rolf").await).await.is_empty(), "the release team decides no plan");
}

#[tokio::test]
async fn a_missed_freeze_is_overdue_and_leads_to_the_form_filled_in() {
    let app = accepted().await;
    app.set_clock("2026-09-04T12:00:00Z");
    let olga = app.sign_in_as(1, "olga").await;
    let page = olga.get("/me").await;
    assert!(page.text().contains("Overdue"), "{}", page.text());
    let href = "/exceptions/new?proposal=cep/4702&amp;freeze=ef&amp;release=v1.10";
    assert!(page.body.contains(href), "{}", page.body);
    assert!(
        waits(&olga).await[0].starts_with("Ask for an exception, or leave the milestone"),
        "{:?}",
        waits(&olga).await
    );
}

#[tokio::test]
async fn a_request_waits_on_the_release_team_and_its_requester_waits() {
    let app = accepted().await;
    app.set_clock("2026-10-08T12:00:00Z");
    let sent = app.decide("theo", "cep/4702", terms(Freeze::Code)).await.unwrap();
    let (rolf, theo) = (app.sign_in_as(3, "rolf").await, app.sign_in_as(4, "theo").await);
    assert_eq!(waits(&rolf).await, ["Decide the exception for CF (release team)"]);
    let page = rolf.get("/me").await;
    assert!(page.body.contains(&format!("href=\"/exceptions/{}\"", sent.id)), "{}", page.body);
    let own = waits(&theo).await;
    assert!(!own.iter().any(|line| line.starts_with("Decide the exception")), "nobody decides their own: {own:?}");
    assert!(awaited(&theo).await.contains(&"release team: Decide the exception for CF".to_owned()));
    let olga = app.sign_in_as(1, "olga").await;
    assert!(awaited(&olga).await.contains(&"release team: Decide the exception for CF".to_owned()));

    let question = "Which lanes?".to_owned();
    app.decide("rolf", "cep/4702", Decision::AskMore { request: 1, question }).await.unwrap();
    let own = waits(&theo).await;
    assert!(own.contains(&"Answer on the exception for CF (requester)".to_owned()), "{own:?}");
    assert!(waits(&rolf).await.is_empty());
}

#[tokio::test]
async fn a_roster_takes_the_place_of_the_alias() {
    let app = accepted().await.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    app.set_clock("2026-10-08T12:00:00Z");
    app.decide("olga", "cep/4702", terms(Freeze::Code)).await.unwrap();
    let adam = app.sign_in_as(5, "adam").await;
    let fields = [("login", "nora"), ("part", "lead"), ("from", "2026-08-01"), ("to", ""), ("seen", "0")];
    assert_eq!(adam.post("/settings/rosters/v1.10/set", &fields).await.status, 303);
    let nora = app.sign_in_as(6, "Nora").await;
    assert_eq!(waits(&nora).await, ["Decide the exception for CF (release team)"]);
    assert!(waits(&app.sign_in_as(3, "rolf").await).await.is_empty());
    let roles = nora.get("/me").await.text();
    assert!(roles.contains("Release team of v1.10 the roster, as lead from 1 Aug 2026"), "{roles}");
}

#[tokio::test]
async fn after_the_code_freeze_the_checklist_is_one_line() {
    let app = accepted().await;
    app.set_clock("2026-10-23T12:00:00Z");
    let sigrid = app.sign_in_as(2, "sigrid").await;
    let lines = waits(&sigrid).await;
    assert!(
        lines.contains(&"Sign the checklist of v1.10: 1 proposal has open lines (member of sig-ci)".to_owned()),
        "{lines:?}"
    );
    app.set_clock("2026-11-20T12:00:00Z");
    let lines = waits(&app.sign_in_as(2, "sigrid").await).await;
    assert!(!lines.iter().any(|line| line.contains("checklist")), "GA is over: {lines:?}");
}

#[tokio::test]
async fn a_renamed_login_gains_nothing_until_an_admin_confirms_it() {
    let app = accepted().await.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    app.sign_in_as(7, "mallory").await;
    let mallory = app.sign_in_as(7, "olga").await;
    assert!(waits(&mallory).await.is_empty());
    assert!(mallory.get("/me").await.text().contains("Not confirmed @olga came after a renaming"));

    let adam = app.sign_in_as(5, "adam").await;
    let page = adam.get("/settings/rosters").await.text();
    assert!(page.contains("@olga until now @mallory, number 7 at GitHub"), "{page}");
    let confirm = [("came_as", "olga"), ("person", "7")];
    assert_eq!(mallory.post("/settings/people/confirm", &confirm).await.status, 403);
    assert!(waits(&mallory).await.is_empty());
    assert_eq!(adam.post("/settings/people/confirm", &[("came_as", "olga"), ("person", "8")]).await.status, 409);
    assert_eq!(adam.post("/settings/people/confirm", &confirm).await.status, 303);
    assert_eq!(waits(&mallory).await.len(), 1);
    assert!(!adam.get("/settings/rosters").await.text().contains("number 7"));
}

#[tokio::test]
async fn the_folded_parts_tell_roles_and_tokens() {
    let app = accepted().await;
    let theo = app.sign_in_as(4, "theo").await;
    theo.post("/me/tokens", &[("name", "laptop"), ("days", "30")]).await;
    let text = theo.get("/me").await.text();
    for words in [
        "Member of sig-ci alias ci-maintainers in OWNERS_ALIASES of kubevirt/project-infra",
        "Release team of v1.10",
        "laptop",
        "Revoke",
        "Sign out everywhere",
    ] {
        assert!(text.replace(['`', ' '], "").contains(&words.replace(' ', "")), "{words}: {text}");
    }
}
