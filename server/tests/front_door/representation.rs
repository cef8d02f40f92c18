//! Who represents whom in which week (P-25).

use server::config::Config;

use crate::support::{
    Answer,
    people::{somebody, with_proposals},
};

const PAGE: &str = "/representation";

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers["location"].to_str().unwrap()
}

/// Week 31 is the present one: 1 August 2026 is its Saturday.
fn line<'a>(seat: &'a str, from: &'a str, to: &'a str) -> [(&'static str, &'a str); 4] {
    [("seat", seat), ("login", "@sven"), ("from", from), ("to", to)]
}

#[tokio::test]
async fn nothing_is_flagged_until_somebody_was_named_then_gaps_are_everywhere() {
    let app = with_proposals(1).await;
    let sigrid = somebody("SIG member").browser(&app).await;
    assert!(app.get(PAGE).await.text().contains("Nobody was named yet."));
    assert!(!app.get("/").await.text().contains("Nobody is on record"));
    let set = sigrid.post("/representation/set", &line("sig-ci", "2026-W30", "2026-W32")).await;
    assert_eq!(location(&set), "/representation?done=kept");
    let gap = "no sig-ci representative in 2026-W33 to 2026-W35";
    for page in [PAGE, "/"] {
        let text = app.get(page).await.text();
        assert!(text.contains(gap), "{page}: {text}");
    }
    assert!(sigrid.get("/me").await.text().contains("Name the sig-ci representative for 2026-W33 to 2026-W35"));
    let nina = somebody("contributor").browser(&app).await;
    assert!(!nina.get("/me").await.text().contains("Name the sig-ci representative"));
    sigrid.post("/representation/set", &line("sig-ci", "2026-W33", "")).await;
    assert!(!app.get("/").await.text().contains("Nobody is on record"));
    let csv = app.get("/representation.csv").await;
    assert_eq!(csv.body, "seat,login,from,to\nsig-ci,sven,2026-W30,2026-W32\nsig-ci,sven,2026-W33,\n");
}

#[tokio::test]
async fn a_sig_names_its_own_and_the_release_team_and_admins_name_everybody() {
    let app =
        with_proposals(1).await.configured(Config { admins: vec!["adam".to_owned()], ..Config::default() }, false);
    for (role, seat, status) in [
        ("contributor", "sig-ci", 403),
        ("owner", "sig-ci", 403),
        ("SIG member", "release-team", 403),
        ("SIG member", "sig-scale", 403),
        ("other SIG's member", "sig-ci", 403),
        ("SIG member", "sig-ci", 303),
        ("release team", "release-team", 303),
    ] {
        let browser = somebody(role).browser(&app).await;
        let answer = browser.post("/representation/set", &line(seat, "2026-W30", "2026-W30")).await;
        assert_eq!(answer.status, status, "{role} for {seat}: {}", answer.text());
    }
    let adam = somebody("admin").browser(&app).await;
    assert_eq!(adam.post("/representation/set", &line("sig-ci", "2026-W31", "")).await.status, 303);
    let anyone = app.browser().post("/representation/set", &line("sig-ci", "2026-W33", "")).await;
    assert_eq!(anyone.status, 401);
}

#[tokio::test]
async fn what_cannot_be_is_told_and_kept_and_a_change_can_be_undone() {
    let app = with_proposals(1).await;
    let rex = somebody("release team").browser(&app).await;
    rex.post("/representation/set", &line("sig-ci", "2026-W31", "2026-W40")).await;
    for (fields, words) in [
        (line("sig-ci", "2026-W40", ""), "@sven is sig-ci representative from 2026-W31 to 2026-W40 already"),
        (line("sig-ci", "soon", ""), "`soon` is no week"),
        (line("sig-ci", "2026-W45", "2026-W44"), "The last week lies before the first"),
        (line("sig-dance", "2026-W45", ""), "`sig-dance` is no SIG"),
    ] {
        let refused = rex.post("/representation/set", &fields).await;
        assert_eq!(refused.status, 422, "{words}");
        assert!(refused.text().contains(words), "{words}: {}", refused.text());
        assert!(
            refused.body.contains(&format!("value=\"{}\"", fields[2].1)),
            "what was typed is kept: {}",
            refused.body
        );
    }
    let mut change = line("sig-ci", "2026-W31", "2026-W38").to_vec();
    change.push(("key", "sig-ci,2026-W31"));
    assert_eq!(rex.post("/representation/set", &change).await.status, 303);
    assert!(app.get("/representation.csv").await.body.contains("2026-W38"));
    assert_eq!(rex.post("/representation/undo", &[]).await.status, 303);
    assert!(app.get("/representation.csv").await.body.contains("2026-W40"));
    assert_eq!(rex.post("/representation/undo", &[]).await.status, 422, "what was undone is not done again");
    let removed = rex.post("/representation/remove", &[("key", "sig-ci,2026-W31")]).await;
    assert_eq!(location(&removed), "/representation?done=removed");
    assert_eq!(app.get("/representation.csv").await.body, "seat,login,from,to\n");
    let gone = rex.post("/representation/remove", &[("key", "sig-ci,2026-W31")]).await;
    assert_eq!(gone.status, 422);
    app.pass(chrono::TimeDelta::minutes(11));
    let late = rex.post("/representation/undo", &[]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("for ten minutes"), "{}", late.text());
}
