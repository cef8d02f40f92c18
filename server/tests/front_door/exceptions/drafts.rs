//! Drafts: kept as somebody types, found again after signing in, private.

use super::{ask, form, missed, olga, rex, says, to};

#[tokio::test]
async fn a_draft_is_there_after_signing_in() {
    let app = missed(2).await;
    let nobody = app.browser();
    let written = form(&[("time", "two weeks")]);
    let saved = nobody.post("/exceptions/draft", &written).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    says(&saved, &["Saved 12:00 UTC for this browser"]);
    let cookie = saved.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("cep_draft=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    // The browser is closed, and opened again.
    let page = nobody.get("/exceptions/new?proposal=cep/1&freeze=ef").await;
    says(&page, &["This is your draft of 12:00 UTC", "You are not signed in"]);
    assert!(page.body.contains("The criteria wait for legal."), "{}", page.body);
    // Sending leads to the sign-in page, and back to the draft.
    let sent = nobody.post("/exceptions/new", &written).await;
    assert!(to(&sent).starts_with("/sign-in?next=/exceptions/new"), "{:?}", sent.headers["location"]);
    let olga = olga(&app).await;
    olga.set_cookie("cep_draft", &nobody.cookie("cep_draft").unwrap());
    let page = olga.get("/exceptions/new?proposal=cep/1&freeze=ef&release=v1.10").await;
    says(&page, &["This is your draft of 12:00 UTC"]);
    assert!(page.body.contains("value=\"two weeks\""), "{}", page.body);
    assert_eq!(page.headers["cache-control"], "private, no-store");
    // It is hers now, in every browser, and nobody else's.
    says(&super::olga(&app).await.get("/exceptions").await, &["Your drafts", "EF exception for cep/1, v1.10"]);
    let others = [app.browser(), rex(&app).await, nobody];
    for other in others {
        let pages = [other.get("/exceptions").await, other.get("/exceptions/new?proposal=cep/1&freeze=ef").await];
        assert!(pages.iter().all(|page| !page.body.contains("wait for legal")), "a draft is private");
    }
    // Sending deletes it.
    ask(&olga, &[("time", "two weeks")]).await;
    assert!(!olga.get("/exceptions").await.text().contains("Your drafts"));
}

#[tokio::test]
async fn a_session_that_ends_while_somebody_types_loses_nothing() {
    let app = missed(1).await;
    let olga = olga(&app).await;
    let first = olga.post("/exceptions/draft", &form(&[])).await;
    assert_eq!((first.status.as_u16(), first.text().as_str()), (200, "Saved 12:00 UTC"));
    app.pass(chrono::TimeDelta::minutes(1));
    let session = olga.cookie("cep_session").unwrap();
    olga.set_cookie("cep_session", "");
    let late = olga.post("/exceptions/draft", &form(&[("justification", "Legal has answered now.")])).await;
    assert_eq!(late.status, 401);
    says(&late, &["Your session is over", "was saved"]);
    olga.set_cookie("cep_session", &session);
    let page = olga.get("/exceptions/new?proposal=cep/1&freeze=ef").await;
    assert!(page.body.contains("Legal has answered now."), "{}", page.body);
}

#[tokio::test]
async fn a_draft_follows_what_it_is_about_and_can_be_deleted() {
    let app = missed(2).await;
    let olga = olga(&app).await;
    let saved = olga.post("/exceptions/draft", &form(&[])).await;
    let key = saved.headers["x-draft"].to_str().unwrap().to_owned();
    assert_eq!(key, "cep/1 ef v1.10");
    let moved =
        olga.post("/exceptions/draft", &form(&[("freeze", "cf"), ("proposal", "cep/2"), ("kept_as", &key)])).await;
    let key = moved.headers["x-draft"].to_str().unwrap().to_owned();
    let list = olga.get("/exceptions").await;
    says(&list, &["CF exception for cep/2, v1.10"]);
    assert!(!list.text().contains("EF exception for cep/1"), "{}", list.text());
    to(&olga.post("/exceptions/draft/delete", &[("key", &key), ("back", "/exceptions")]).await);
    assert!(!olga.get("/exceptions").await.text().contains("Your drafts"));
    let forged = olga.post("/exceptions/draft", &[("csrf", "guess"), ("justification", "x")]).await;
    assert_eq!(forged.status, 403);
}
