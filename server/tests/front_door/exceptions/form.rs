//! The form: what it knows, what it refuses, what it shows before it sends.

use super::{ask, form, missed, olga, says};
use crate::support::people::{pull, somebody};

/// Fields that are changed, and what the page says then.
type Refused = (&'static [(&'static str, &'static str)], &'static [&'static str]);

#[tokio::test]
async fn what_the_rules_refuse_is_told_beside_the_field_and_stays_typed() {
    let app = missed(1).await;
    let olga = olga(&app).await;
    let cases: [Refused; 6] = [
        (
            &[("time", "as soon as possible")],
            &["f-time", "“as soon as possible” is no time that can be kept or missed"],
        ),
        (&[("time", "2026-08-20")], &["f-time", "20 Aug is not after the Enhancement Freeze of v1.10 (2 Sep)"]),
        (&[("time", "2026-12-24")], &["f-time", "24 Dec is after the general availability of v1.10 (18 Nov)"]),
        (&[("justification", " ")], &["f-justification", "rite why the work cannot be done before the freeze"]),
        (
            &[("justification", ""), ("time", "soon"), ("impact", "")],
            &["f-justification", "f-time", "f-impact", "graduation, to maturity, to users"],
        ),
        (&[("proposal", "cep/77")], &["f-proposal", "cep/77 is not known here"]),
    ];
    for (changed, words) in cases {
        let before = app.events().await;
        let page = olga.post("/exceptions/new", &form(changed)).await;
        assert!(matches!(page.status.as_u16(), 404 | 422), "{changed:?}: {} {}", page.status, page.text());
        for words in words {
            assert!(page.body.contains(words), "{words}: {}", page.text());
        }
        for (name, value) in form(changed).iter().filter(|(name, value)| !value.trim().is_empty() && *name != "do") {
            assert!(page.body.contains(value), "{name} = {value} is gone: {}", page.text());
        }
        assert!(page.body.contains("autofocus"), "the problems take the focus");
        assert_eq!(app.events().await, before);
    }
}

#[tokio::test]
async fn the_form_is_filled_with_what_is_known_and_shows_the_mail_before_it_goes() {
    let app = missed(1).await;
    app.observe(1, pull(5141)).await;
    let olga = olga(&app).await;
    let page = olga.get("/exceptions/new?proposal=cep/1&freeze=ef").await;
    says(
        &page,
        &[
            "Ask for an EF exception",
            "CEP 1 Proposal 1",
            "2 Sep, 24 hours ago",
            "18 Nov, in",
            "#5141",
            "Lint changed jobs",
        ],
    );
    assert!(page.body.contains("value=\"cep/1\""), "{}", page.body);
    let before = app.events().await;
    let preview = olga.post("/exceptions/new", &form(&[("do", "preview")])).await;
    assert_eq!(preview.status, 200, "{}", preview.text());
    says(
        &preview,
        &["nothing was sent yet", "@olga asks for an exception", "until 16 Sep, 14 days after EF", "pull/5141"],
    );
    assert!(preview.body.contains("The criteria wait for legal."));
    assert_eq!(app.events().await, before);
    let until = olga.get("/exceptions/until?proposal=cep/1&release=v1.10&freeze=cf&time=6+days").await;
    assert_eq!(until.body.lines().last(), Some("2026-10-28T12:00:00Z"), "{}", until.body);
    let never = olga.get("/exceptions/until?proposal=cep/1&release=v1.10&freeze=cf&time=asap").await;
    assert_eq!(never.status, 422);
}

#[tokio::test]
async fn anothers_mail_is_recorded_with_its_day_and_link() {
    let app = missed(1).await;
    let nina = somebody("contributor").browser(&app).await;
    let link = "https://groups.google.com/g/kubevirt-dev/c/xyz";
    let page = nina.post("/exceptions/new", &form(&[("requester", "@olga")])).await;
    assert_eq!(page.status, 422, "{}", page.text());
    says(&page, &["needs a link to where @olga said it"]);
    let at = ask(&nina, &[("requester", "@olga"), ("link", link), ("sent_on", "2026-09-01")]).await;
    let page = nina.get(&at).await;
    says(&page, &["@olga, 1 Sep, before the freeze", "Recorded by @nina", "Filed", "Filed 2 days before the freeze"]);
    assert!(page.body.contains(link));
    let listed = nina.get("/api/v1/exceptions").await.json();
    assert_eq!(listed["items"][0]["state"], "filed", "{listed}");
    let own = nina.post("/exceptions/new", &form(&[("requester", "@nina"), ("sent_on", "2026-09-01")])).await;
    assert_eq!(own.status, 422, "nobody dates their own request back: {}", own.text());
}
