//! Signing in, with GitHub and in the demo; sessions, and what is refused.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
    routing::{get, post},
};
use chrono::TimeDelta;
use serde_json::json;
use server::{
    config::{Config, is_admin},
    store::{self, person},
    usecases::load_demo::{leave_demo, load_demo},
    web::session::{self, SignedIn},
};

use crate::{
    github::GitHub,
    support::{
        Answer, Browser, TestApp,
        browser::{body, form},
        unchecked,
    },
};

const COOKIE: &str = "cep_session";

/// A tracker that signs in at a stand-in.
async fn with_github() -> (TestApp, GitHub) {
    let github = GitHub::start().await;
    let app = TestApp::start().await.configured(github.config(), false);
    (app, github)
}

/// Goes to GitHub; the path that it leads back to.
async fn to_github_and_back(browser: &Browser, github: &GitHub, next: &str) -> String {
    let sent = browser.post("/sign-in", &[("next", next)]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    github.visit(location(&sent)).await
}

fn location(answer: &Answer) -> &str {
    answer.headers["location"].to_str().unwrap()
}

fn set_cookie(answer: &Answer) -> &str {
    answer.headers["set-cookie"].to_str().unwrap()
}

async fn sessions(app: &TestApp) -> i64 {
    unchecked("select count(*) from session").fetch_one(&app.context.pool).await.unwrap().0
}

#[tokio::test]
async fn somebody_signs_in_with_github_and_goes_on_to_where_they_were() {
    let (app, github) = with_github().await;
    github.is_used_by(42, "Ada");
    let browser = app.browser();
    let page = browser.get("/sign-in?next=/releases").await;
    assert!(page.text().contains("Sign in with GitHub"), "{}", page.text());
    let back = to_github_and_back(&browser, &github, "/releases").await;
    let entered = browser.get(&back).await;
    assert_eq!((entered.status.as_u16(), location(&entered)), (303, "/releases"));
    assert_eq!(browser.who().await.as_deref(), Some("Ada"));
    let found = person::find(&mut app.context.pool.acquire().await.unwrap(), 42).await.unwrap().unwrap();
    assert_eq!((found.name.as_deref(), found.logins.as_slice()), (Some("Name of Ada"), &["ada".to_owned()][..]));
}

#[tokio::test]
async fn an_answer_with_another_state_signs_nobody_in() {
    let (app, github) = with_github().await;
    github.is_used_by(666, "mallory");
    let mallory = app.browser();
    let of_mallory = to_github_and_back(&mallory, &github, "/").await;
    let victim = app.browser();
    let begun = victim.post("/sign-in", &[]).await;
    assert_eq!(begun.status, 303);
    let refused = victim.get(&of_mallory).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("belongs to no sign-in of this browser"), "{}", refused.text());
    assert_eq!(victim.who().await, None);
}

#[tokio::test]
async fn an_answer_without_the_cookie_signs_nobody_in() {
    let (app, github) = with_github().await;
    github.is_used_by(42, "ada");
    let back = to_github_and_back(&app.browser(), &github, "/").await;
    let other = app.browser();
    assert_eq!(other.get(&back).await.status, 400);
    assert_eq!(other.who().await, None);
}

#[tokio::test]
async fn an_answer_is_good_once_and_not_for_long() {
    let (app, github) = with_github().await;
    github.is_used_by(42, "ada");
    let browser = app.browser();
    let back = to_github_and_back(&browser, &github, "/").await;
    assert_eq!(browser.get(&back).await.status, 303);
    assert_eq!(browser.get(&back).await.status, 400, "replayed");
    let late = app.browser();
    let back = to_github_and_back(&late, &github, "/").await;
    app.pass(TimeDelta::minutes(16));
    assert_eq!(late.get(&back).await.status, 400, "late");
}

#[tokio::test]
async fn a_code_of_another_sign_in_is_refused_by_its_challenge() {
    let (app, github) = with_github().await;
    github.is_used_by(666, "mallory");
    let code_of = |back: &str| back.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
    let stolen = code_of(&to_github_and_back(&app.browser(), &github, "/").await);
    let victim = app.browser();
    let back = to_github_and_back(&victim, &github, "/").await;
    let refused = victim.get(&back.replace(&code_of(&back), &stolen)).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("GitHub did not confirm who you are"), "{}", refused.text());
    assert_eq!(victim.who().await, None);
}

#[tokio::test]
async fn a_used_code_and_a_wrong_secret_are_refused() {
    let (app, github) = with_github().await;
    github.is_used_by(42, "ada");
    let first = app.browser();
    let used = to_github_and_back(&first, &github, "/").await;
    assert_eq!(first.get(&used).await.status, 303);
    let code = |back: &str| back.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
    let again = app.browser();
    let back = to_github_and_back(&again, &github, "/").await;
    assert_eq!(again.get(&back.replace(&code(&back), &code(&used))).await.status, 400);

    let mut config = github.config();
    config.github.client_secret = Some("not-it".into());
    let app = app.configured(config, false);
    let browser = app.browser();
    let back = to_github_and_back(&browser, &github, "/").await;
    assert_eq!(browser.get(&back).await.status, 400);
    assert_eq!(browser.who().await, None);
}

#[tokio::test]
async fn who_refuses_at_github_reads_what_that_means() {
    let (app, github) = with_github().await;
    github.is_used_by_nobody();
    let browser = app.browser();
    let back = to_github_and_back(&browser, &github, "/releases").await;
    let refused = browser.get(&back).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("GitHub was not allowed to tell who you are."), "{}", refused.text());
    assert!(refused.body.contains("value=\"/releases\""), "where to go on is kept");
}

#[tokio::test]
async fn without_github_it_says_so() {
    let (app, github) = with_github().await;
    github.is_used_by(42, "ada");
    let browser = app.browser();
    let back = to_github_and_back(&browser, &github, "/").await;
    let mut config = github.config();
    config.github.web_url = "http://127.0.0.1:1".to_owned();
    let refused = app.configured(config, false).taken_over(&browser).get(&back).await;
    assert_eq!(refused.status, 502);
    assert!(refused.text().contains("GitHub cannot be reached"), "{}", refused.text());

    let app = TestApp::start().await;
    let bare = app.browser();
    assert!(bare.get("/sign-in").await.text().contains("Signing in is not set up on this server."));
    assert_eq!(bare.post("/sign-in", &[]).await.status, 404);
}

#[tokio::test]
async fn the_id_of_a_session_changes_at_sign_in() {
    let (app, github) = with_github().await;
    github.is_used_by(42, "ada");
    let browser = app.browser();
    let back = to_github_and_back(&browser, &github, "/").await;
    let planted = browser.cookie(COOKIE).unwrap();
    assert_eq!(browser.get(&back).await.status, 303);
    assert_ne!(browser.cookie(COOKIE).unwrap(), planted);
    let thief = app.browser();
    thief.set_cookie(COOKIE, &planted);
    assert_eq!(thief.who().await, None);

    let invented = app.browser();
    let made_up = "AAAAAAAAAAAAAAAAAAAAAA";
    invented.set_cookie(COOKIE, made_up);
    let back = to_github_and_back(&invented, &github, "/").await;
    assert_eq!(invented.get(&back).await.status, 303);
    assert_ne!(invented.cookie(COOKIE).as_deref(), Some(made_up));
}

#[tokio::test]
async fn the_cookie_is_for_http_alone_and_secure_where_people_come_by_https() {
    let (app, github) = with_github().await;
    let flags = |answer: &Answer| {
        let mut flags: Vec<_> = set_cookie(answer).split("; ").skip(1).map(str::to_owned).collect();
        flags.sort();
        flags.join("; ")
    };
    let sent = app.browser().post("/sign-in", &[]).await;
    assert_eq!(flags(&sent), "HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax");
    let mut config = github.config();
    config.base_url = Some("https://tracker.test".to_owned());
    let secure = app.configured(config, false);
    let sent = secure.browser().post("/sign-in", &[]).await;
    assert!(set_cookie(&sent).starts_with("__Host-cep_session="), "{}", set_cookie(&sent));
    assert_eq!(flags(&sent), "HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax; Secure");
    let out = secure.sign_in_as(1, "ada").await.post("/sign-out", &[]).await;
    assert!(set_cookie(&out).starts_with("__Host-cep_session=;"), "{}", set_cookie(&out));
    assert!(flags(&out).ends_with("Secure") && flags(&out).contains("Max-Age=0"), "{}", flags(&out));
}

#[tokio::test]
async fn visitors_get_no_cookie_and_no_session() {
    let app = TestApp::start().await;
    for path in ["/", "/proposals", "/sign-in", "/nowhere"] {
        assert!(!app.get(path).await.headers.contains_key("set-cookie"), "{path}");
    }
    assert_eq!(sessions(&app).await, 0);
}

#[tokio::test]
async fn a_session_lives_fourteen_days_without_a_visit() {
    let app = TestApp::start().await;
    let browser = app.sign_in_as(1, "ada").await;
    app.pass(TimeDelta::days(13));
    assert_eq!(browser.who().await.as_deref(), Some("ada"));
    app.pass(TimeDelta::days(13));
    assert_eq!(browser.who().await.as_deref(), Some("ada"), "the visit has prolonged it");
    app.pass(TimeDelta::days(14));
    assert_eq!(browser.who().await, None);
    assert_eq!(browser.cookie(COOKIE), None, "the cookie is taken back");
}

#[tokio::test]
async fn a_session_lives_thirty_days_however_much_it_is_used() {
    let app = TestApp::start().await;
    let browser = app.sign_in_as(1, "ada").await;
    for _ in 0..29 {
        app.pass(TimeDelta::days(1));
        assert_eq!(browser.who().await.as_deref(), Some("ada"));
    }
    app.pass(TimeDelta::days(1));
    assert_eq!(browser.who().await, None);
}

#[tokio::test]
async fn reading_pages_writes_the_session_at_most_every_ten_minutes() {
    let app = TestApp::start().await;
    let browser = app.sign_in_as(1, "ada").await;
    app.pass(TimeDelta::minutes(9));
    assert!(!browser.get("/").await.headers.contains_key("set-cookie"));
    app.pass(TimeDelta::minutes(1));
    assert!(browser.get("/").await.headers.contains_key("set-cookie"));
    assert!(!browser.get("/").await.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn signing_out_ends_this_session_alone() {
    let app = TestApp::start().await;
    let (here, elsewhere) = (app.sign_in_as(1, "ada").await, app.sign_in_as(1, "ada").await);
    let kept = here.cookie(COOKIE).unwrap();
    let out = here.post("/sign-out", &[]).await;
    assert_eq!((out.status.as_u16(), location(&out)), (303, "/"));
    assert_eq!(here.cookie(COOKIE), None);
    let thief = app.browser();
    thief.set_cookie(COOKIE, &kept);
    assert_eq!(thief.who().await, None, "the session itself is gone");
    assert_eq!(elsewhere.who().await.as_deref(), Some("ada"));
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_sessions_on_all_servers() {
    let app = TestApp::start().await;
    let (here, elsewhere, other) =
        (app.sign_in_as(1, "ada").await, app.sign_in_as(1, "ada").await, app.sign_in_as(2, "bob").await);
    let second = app.second().await.taken_over(&elsewhere);
    assert_eq!(second.who().await.as_deref(), Some("ada"));
    assert_eq!(here.post("/sign-out/everywhere", &[]).await.status, 303);
    for browser in [&here, &elsewhere, &second] {
        assert_eq!(browser.who().await, None);
    }
    assert_eq!(other.who().await.as_deref(), Some("bob"));
    assert_eq!(app.sign_in_as(1, "ada").await.who().await.as_deref(), Some("ada"), "one can come back");
}

#[tokio::test]
async fn forms_of_other_sites_and_without_the_sessions_token_are_refused() {
    let app = TestApp::start().await;
    let browser = app.sign_in_as(1, "ada").await;
    let csrf = browser.csrf();
    let fields = [("csrf", csrf.as_str())];
    let cross = form("/sign-out").header("sec-fetch-site", "cross-site").body(body(&fields)).unwrap();
    assert_eq!(browser.send(cross).await.status, 403);
    for wrong in [&[][..], &[("csrf", "guess")], &[("csrf", "")]] {
        let request = form("/sign-out").header("sec-fetch-site", "same-origin").body(body(wrong)).unwrap();
        assert_eq!(browser.send(request).await.status, 403, "{wrong:?}");
    }
    let cross = form("/sign-in").header("sec-fetch-site", "cross-site").body(body(&[])).unwrap();
    assert_eq!(browser.send(cross).await.status, 403);
    browser.set_csrf(&app.sign_in_as(1, "ada").await.csrf());
    assert_eq!(browser.post("/sign-out", &[]).await.status, 403, "the token of another session");
    assert_eq!(browser.who().await.as_deref(), Some("ada"));
}

#[tokio::test]
async fn only_addresses_of_our_own_are_gone_on_to() {
    let (app, github) = with_github().await;
    github.is_used_by(42, "ada");
    for foreign in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let browser = app.browser();
        let back = to_github_and_back(&browser, &github, foreign).await;
        assert_eq!(location(&browser.get(&back).await), "/", "{foreign}");
    }
}

#[tokio::test]
async fn a_renamed_person_keeps_the_old_login_and_gains_nothing_by_the_new_one() {
    let app = TestApp::start().await;
    app.sign_in_as(1, "ada").await;
    assert_eq!(app.sign_in_as(1, "Olga").await.who().await.as_deref(), Some("Olga"));
    let mut conn = app.context.pool.acquire().await.unwrap();
    let renamed = person::find(&mut conn, 1).await.unwrap().unwrap();
    assert!(renamed.is("ADA") && !renamed.is("olga"), "{renamed:?}");
    assert_eq!(person::by_login(&mut conn, "olga").await.unwrap(), None);
    let waiting = person::unconfirmed(&mut conn).await.unwrap();
    assert_eq!(waiting.iter().map(|login| (login.login.as_str(), login.person)).collect::<Vec<_>>(), [("olga", 1)]);
    assert!(person::confirm(&mut conn, "Olga", "root").await.unwrap());
    assert!(person::by_login(&mut conn, "OLGA").await.unwrap().unwrap().is("ada"), "an administrator has confirmed it");
    assert!(!person::confirm(&mut conn, "nobody-came-with-it", "root").await.unwrap());
}

#[tokio::test]
async fn who_registers_a_login_again_inherits_nothing() {
    let app = TestApp::start().await;
    app.sign_in_as(1, "ada").await;
    app.sign_in_as(1, "ada-renamed").await;
    assert_eq!(app.sign_in_as(2, "Ada").await.who().await.as_deref(), Some("Ada"), "they may sign in");
    let mut conn = app.context.pool.acquire().await.unwrap();
    let taker = person::find(&mut conn, 2).await.unwrap().unwrap();
    assert_eq!(taker.logins, Vec::<String>::new());
    assert_eq!(person::by_login(&mut conn, "ada").await.unwrap().unwrap().id, 1);
    let config = Config { admins: vec!["ada".to_owned()], ..Config::default() };
    assert!(!is_admin(&config, false, &taker));
    // Nor does a new name help who came with a taken one.
    app.sign_in_as(2, "rita").await;
    assert!(!person::find(&mut conn, 2).await.unwrap().unwrap().is("rita"));
}

#[tokio::test]
async fn a_token_stands_for_its_person_until_it_is_revoked() {
    let app = TestApp::start().await;
    let browser = app.sign_in_as(1, "ada").await;
    let made = browser.post("/me/tokens", &[("name", "ci"), ("days", "30")]).await;
    assert_eq!((made.status.as_u16(), made.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    let token = made.body.split_once("cept_").unwrap().1.split('<').next().unwrap();
    let token = format!("cept_{token}");
    let with_token = |token: &str| Request::get("/glossary").header("authorization", format!("Bearer {token}"));
    let signed_in = |answer: Answer| answer.text().contains("Sign out");
    assert!(signed_in(app.send(with_token(&token).body(Body::empty()).unwrap()).await));
    assert!(!signed_in(app.send(with_token("cept_guess").body(Body::empty()).unwrap()).await));
    let kept = unchecked("select count(*) from token where sha256 like '%cept%' or name like '%cept%'");
    assert_eq!(kept.fetch_one(&app.context.pool).await.unwrap().0, 0);

    // A token may not make another.
    let more =
        form("/me/tokens").header("authorization", format!("Bearer {token}")).body(body(&[("name", "x")])).unwrap();
    assert_eq!(app.send(more).await.status, 403);
    let mut conn = app.context.pool.acquire().await.unwrap();
    let tokens = store::token::list(&mut conn, 1).await.unwrap();
    assert_eq!((tokens.len(), tokens[0].name.as_str(), tokens[0].last_used_at.is_some()), (1, "ci", true));

    // Nor may somebody else revoke it; its person can.
    let revoke = format!("/me/tokens/{}/revoke", tokens[0].id);
    assert_eq!(app.sign_in_as(2, "bob").await.post(&revoke, &[]).await.status, 303);
    assert!(signed_in(app.send(with_token(&token).body(Body::empty()).unwrap()).await));
    assert_eq!(browser.post(&revoke, &[]).await.status, 303);
    assert!(!signed_in(app.send(with_token(&token).body(Body::empty()).unwrap()).await));
}

#[tokio::test]
async fn a_token_ends_with_its_days() {
    let app = TestApp::start().await;
    let browser = app.sign_in_as(1, "ada").await;
    let made = browser.post("/me/tokens", &[("name", "ci"), ("days", "1")]).await;
    let token = format!("cept_{}", made.body.split_once("cept_").unwrap().1.split('<').next().unwrap());
    let request =
        || Request::get("/glossary").header("authorization", format!("bearer {token}")).body(Body::empty()).unwrap();
    assert!(app.send(request()).await.text().contains("Sign out"));
    app.pass(TimeDelta::days(1));
    assert!(!app.send(request()).await.text().contains("Sign out"));
    for (name, days) in [("", "1"), ("x", "0"), ("x", "1000"), ("x", "soon")] {
        assert_eq!(browser.post("/me/tokens", &[("name", name), ("days", days)]).await.status, 422, "{name} {days}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_asked_to_when_they_send_a_form() {
    let app = TestApp::start().await;
    let asked = app.browser().post("/me/tokens", &[("name", "ci")]).await;
    assert_eq!(asked.status, 401);
    assert!(asked.text().contains("You are not signed in, or your session is over."), "{}", asked.text());
}

#[tokio::test]
async fn a_handler_that_needs_somebody_asks_for_them() {
    async fn change(SignedIn(viewer): SignedIn, headers: HeaderMap) -> Result<String, StatusCode> {
        if session::forged(&headers, &viewer, None) { Err(StatusCode::FORBIDDEN) } else { Ok(viewer.person.login) }
    }
    let app = TestApp::start().await;
    let router = Router::new()
        .route("/mine", get(|SignedIn(viewer): SignedIn| async { viewer.person.login }))
        .route("/api/v1/mine", post(change))
        .layer(session::layer(&app.context))
        .with_state(app.state.clone());

    let nobody = app.browser().at(router.clone());
    let asked = nobody.get("/mine?at=now").await;
    assert_eq!((asked.status.as_u16(), location(&asked)), (303, "/sign-in?next=/mine%3Fat%3Dnow"));
    let refused = nobody.post_json("/api/v1/mine", &json!({})).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["status"]), (401, &json!(401)));
    assert_eq!(refused.headers["www-authenticate"], "Bearer");

    let ada = app.sign_in_as(1, "ada").await.at(router);
    assert_eq!(ada.get("/mine").await.body, "ada");
    assert_eq!(ada.post_json("/api/v1/mine", &json!({})).await.body, "ada");
    ada.set_csrf("guess");
    assert_eq!(ada.post_json("/api/v1/mine", &json!({})).await.status, 403);
}

#[tokio::test]
async fn the_demo_offers_its_people_to_whoever_sits_at_the_machine() {
    let app = TestApp::start().await.configured(Config::default(), true);
    let chooser = "Who do you want to be?";
    assert!(!app.get("/sign-in").await.text().contains(chooser), "there is no demo yet");
    load_demo(&app.context).await.unwrap();
    let browser = app.browser();
    let page = browser.get("/sign-in").await.text();
    for role in ["Owner", "Approver", "SIG member", "Release team", "Administrator", "Newcomer", "two roles"] {
        assert!(page.contains(role), "{role}: {page}");
    }
    let entered = browser.post("/sign-in/persona", &[("id", "-3"), ("next", "/proposals")]).await;
    assert_eq!((entered.status.as_u16(), location(&entered)), (303, "/proposals"));
    assert_eq!(browser.who().await.as_deref(), Some("ines-demo"));
    assert_eq!(browser.post("/sign-in/persona", &[("id", "-4")]).await.status, 303);
    assert_eq!(browser.who().await.as_deref(), Some("petra-demo"), "one can change");
    assert_eq!(sessions(&app).await, 1);
    assert_eq!(browser.post("/sign-in/persona", &[("id", "42")]).await.status, 404);

    leave_demo(&store::connect(app.owner.clone()).await.unwrap()).await.unwrap();
    assert_eq!(browser.who().await, None, "the demo's people leave with it");
}

#[tokio::test]
async fn the_demos_people_are_not_offered_to_others() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let public = Config { base_url: Some("https://demo.example".to_owned()), ..Config::default() };
    for app in [app.configured(Config::default(), false), app.configured(public, true)] {
        assert!(!app.get("/sign-in").await.text().contains("Who do you want to be?"));
        assert_eq!(app.browser().post("/sign-in/persona", &[("id", "-3")]).await.status, 404);
        assert_eq!(sessions(&app).await, 0);
    }
}
