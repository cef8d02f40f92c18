//! The description of the API, held against what the API answers.

use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::{Value, json};
use server::usecases::load_demo::load_demo;

use crate::support::{Answer, TestApp, people::with_proposals};

async fn description(app: &TestApp) -> Value {
    let answer = app.get("/api/v1/openapi.json").await;
    assert_eq!((answer.status.as_u16(), &answer.headers["content-type"]), (200, &"application/json".parse().unwrap()));
    answer.json()
}

/// Every operation with its path and method.
fn operations(description: &Value) -> Vec<(String, String, Value)> {
    let paths = description["paths"].as_object().unwrap();
    let of = |(path, item): (&String, &Value)| {
        let item = item.as_object().unwrap().clone();
        let path = path.clone();
        item.into_iter().map(move |(method, operation)| (path.clone(), method, operation)).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

/// The address with what the description gives as examples, or with something that cannot be.
fn address(path: &str, operation: &Value, strange: bool) -> String {
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let mut path = path.to_owned();
    for parameter in parameters.iter().filter(|parameter| parameter["in"] == "path") {
        let example = &parameter["example"];
        let example = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        assert!(!example.is_empty() && example != "null", "{path}: {} has no example", parameter["name"]);
        let value = if strange { "%00%7B" } else { &example };
        path = path.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), value);
    }
    path
}

/// That an answer is one of those that the description tells, status and media type.
fn is_described(answer: &Answer, operation: &Value, what: &str) {
    let status = answer.status.as_u16().to_string();
    let told = &operation["responses"][&status];
    assert!(told.is_object(), "{what} answers {status}, which is not described: {}", answer.body);
    let media = answer.headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap().split(';').next().unwrap());
    match (told["content"].as_object(), media) {
        (Some(content), Some(media)) => assert!(content.contains_key(media), "{what}: {media}"),
        (None, None) => {}
        other => panic!("{what}: {other:?}"),
    }
}

/// That a value has what its schema says is always there, so that no two shapes share a name. What may be of several
/// kinds is taken on trust.
fn fits(description: &Value, schema: &Value, value: &Value, what: &str) {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix('#')) {
        let of_name = description.pointer(name).unwrap_or_else(|| panic!("{what}: {name} leads nowhere"));
        return fits(description, of_name, value, &format!("{what} {name}"));
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fits(description, part, value, what);
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(value.get(name).is_some(), "{what} has no {name}: {value}");
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            fits(description, schema, value, what);
        }
    }
    for value in value.as_array().into_iter().flatten() {
        fits(description, &schema["items"], value, what);
    }
}

#[tokio::test]
async fn every_address_answers_as_it_is_described() {
    let app = TestApp::start().await;
    load_demo(&app.context).await.unwrap();
    let description = description(&app).await;
    assert_eq!(description["openapi"], "3.1.0");
    let operations = operations(&description);
    assert!(operations.len() >= 32, "{}", operations.len());
    for (path, _, operation) in operations.iter().filter(|(_, method, _)| method == "get") {
        for strange in [false, true] {
            let address = address(path, operation, strange);
            let answer = app.get(&address).await;
            is_described(&answer, operation, &address);
            if !strange
                && !["/api/v1/me", "/api/v1/exceptions/{id}", "/api/v1/decisions/{id}"].contains(&path.as_str())
                && !path.starts_with("/api/v1/pulls/")
            {
                assert_eq!(answer.status, 200, "{address}: {}", answer.body);
                let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
                fits(&description, schema, &answer.json(), &address);
            }
        }
        for query in ["at=never", "page=minus", "limit=0", "release=soon", "sort=colour"] {
            let address = format!("{}?{query}", address(path, operation, false));
            is_described(&app.get(&address).await, operation, &address);
        }
    }
}

#[tokio::test]
async fn no_reference_of_the_description_leads_nowhere_and_every_name_is_there_once() {
    let app = TestApp::start().await;
    let description = description(&app).await;
    let text = description.to_string();
    let schemas = description["components"]["schemas"].as_object().unwrap();
    for reference in text.split("\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(schemas.contains_key(reference), "{reference}");
    }
    let mut ids: Vec<_> =
        operations(&description).into_iter().map(|(_, _, operation)| operation["operationId"].clone()).collect();
    let all = ids.len();
    ids.sort_by_key(Value::to_string);
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
    let tags: Vec<_> = description["tags"].as_array().unwrap().iter().map(|tag| tag["name"].clone()).collect();
    for (path, _, operation) in operations(&description) {
        assert!(tags.contains(&operation["tags"][0]), "{path} belongs to no part");
        assert!(operation["summary"].is_string() && operation["description"].is_string(), "{path}");
    }
}

#[tokio::test]
async fn every_failure_under_the_api_is_a_problem_document() {
    let app = with_proposals(1).await;
    let token = token(&app, "decide").await;
    let request = |method: &str, address: &str, kind: &str, body: Vec<u8>| {
        Request::builder()
            .method(method)
            .uri(address)
            .header("content-type", kind)
            .header("authorization", format!("Bearer {token}"))
            .body(Body::from(body))
            .unwrap()
    };
    for (status, request) in [
        (404, request("GET", "/api", "text/plain", Vec::new())),
        (404, request("DELETE", "/api/v1/anything/else", "text/plain", Vec::new())),
        (405, request("DELETE", "/api/v1/decisions", "text/plain", Vec::new())),
        (405, request("POST", "/api/v1/proposals", "application/json", Vec::new())),
        (400, request("GET", "/api/v1/proposals/%ff/1", "text/plain", Vec::new())),
        (400, request("POST", "/api/v1/decisions", "application/json", b"{".to_vec())),
        (415, request("POST", "/api/v1/decisions", "text/plain", b"{}".to_vec())),
        (413, request("POST", "/api/v1/decisions", "application/json", vec![b' '; 300 * 1024])),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = app.send(request).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.body);
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{what}");
        assert_eq!(answer.json()["status"], status, "{what}");
        assert!(!answer.json()["detail"].as_str().unwrap().is_empty(), "{what}");
        assert_eq!(answer.headers.contains_key("allow"), status == 405, "{what}");
    }
}

#[tokio::test]
async fn lists_come_in_pages_that_lead_to_each_other() {
    let app = with_proposals(7).await;
    let first = app.get("/api/v1/proposals?sort=number&limit=3").await;
    assert_eq!((first.json()["total"].as_u64(), first.json()["pages"].as_u64()), (Some(7), Some(3)));
    let next = |answer: &Answer| {
        let link = answer.headers["link"].to_str().unwrap().to_owned();
        let found = link.split(", ").find(|link| link.ends_with("rel=\"next\"")).map(str::to_owned);
        found.map(|link| link.trim_start_matches('<').split('>').next().unwrap().to_owned())
    };
    let (mut seen, mut answer) = (Vec::new(), first);
    loop {
        let items = answer.json()["items"].as_array().unwrap().clone();
        seen.extend(items.iter().map(|item| item["number"].as_u64().unwrap()));
        match next(&answer) {
            Some(address) => answer = app.get(&address).await,
            None => break,
        }
    }
    assert_eq!(seen, (1..=7).collect::<Vec<_>>());
    assert_eq!(app.get("/api/v1/proposals?limit=3&page=99").await.json()["page"], 3, "the last one");
    for limit in ["0", "501", "-1", "many"] {
        assert_eq!(app.get(&format!("/api/v1/proposals?limit={limit}")).await.status, 400, "{limit}");
    }
}

#[tokio::test]
async fn an_answer_that_is_known_is_not_sent_again() {
    let app = with_proposals(2).await;
    for address in ["/api/v1/proposals", "/api/v1/proposals/cep/1", "/api/v1/releases", "/api/v1/openapi.json"] {
        let first = app.get(address).await;
        let tag = first.headers["etag"].to_str().unwrap().to_owned();
        app.pass(chrono::TimeDelta::minutes(3));
        let again = Request::get(address).header("if-none-match", format!("\"other\", {tag}")).body(Body::empty());
        let known = app.send(again.unwrap()).await;
        assert_eq!((known.status.as_u16(), known.body.as_str()), (304, ""), "{address}");
        assert_eq!(known.headers["etag"].to_str().unwrap(), tag);
        let other = Request::get(address).header("if-none-match", "W/\"other\"").body(Body::empty()).unwrap();
        assert_eq!(app.send(other).await.status, 200, "{address}");
    }
}

/// A token of the owner of the proposals, who may do so much.
async fn token(app: &TestApp, scope: &str) -> String {
    let browser = app.sign_in_as(12, "olga").await;
    let made = browser.post("/me/tokens", &[("name", "ci"), ("scope", scope)]).await;
    format!("cept_{}", made.body.split_once("cept_").unwrap().1.split('<').next().unwrap())
}

#[tokio::test]
async fn a_token_does_what_it_was_made_for_and_no_more() {
    let app = with_proposals(1).await;
    let before = app.events().await;
    let order = json!({"proposal": "cep/1", "decision": {"action": "feedback", "note": "They like it."}});
    let decide = |token: &str| {
        Request::post("/api/v1/decisions")
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {token}"))
            .body(Body::from(order.to_string()))
            .unwrap()
    };
    let me = |token: &str| {
        let request = Request::get("/api/v1/me").header("authorization", format!("Bearer {token}"));
        request.body(Body::empty()).unwrap()
    };
    for (scope, status, kind) in
        [("read", 403, Some("/problems/scope")), ("", 403, Some("/problems/scope")), ("decide", 403, None)]
    {
        let token = token(&app, scope).await;
        assert_eq!(app.send(me(&token)).await.json()["login"], "olga", "{scope}");
        if scope == "decide" {
            // By the rules: feedback is recorded by the SIG, whoever holds the token.
            let refused = app.send(decide(&token)).await;
            assert_eq!(
                (refused.status.as_u16(), refused.json()["type"].as_str()),
                (status, Some("/problems/not-allowed"))
            );
            let form = Request::post("/cep/1/decide/commit")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("authorization", format!("Bearer {token}"))
                .body(Body::from("release=v1.10"))
                .unwrap();
            assert_eq!(app.send(form).await.status, 403, "forms are for people");
        } else {
            let refused = app.send(decide(&token)).await;
            assert_eq!((refused.status.as_u16(), refused.json()["type"].as_str()), (status, kind), "{scope}");
        }
    }
    assert_eq!(app.events().await, before);
    let commit = json!({"proposal": "cep/1", "decision": {"action": "commit", "release": "v1.10"}});
    let token = token(&app, "decide").await;
    let committed = Request::post("/api/v1/decisions")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::from(commit.to_string()))
        .unwrap();
    let committed = app.send(committed).await;
    assert_eq!(committed.status, 201, "{}", committed.body);
    let place = format!("/api/v1{}", committed.headers["location"].to_str().unwrap());
    assert_eq!(app.get(&place).await.json()["what"], committed.json()["what"]);
}

#[tokio::test]
async fn the_page_about_the_api_shows_every_address_and_shape() {
    let app = TestApp::start().await;
    let description = description(&app).await;
    let short = app.get("/api/v1").await;
    assert_eq!((short.status.as_u16(), short.headers["location"].to_str().unwrap()), (303, "/api/v1/docs"));
    let page = app.get("/api/v1/docs").await;
    assert_eq!(page.status, 200);
    assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    for (path, method, operation) in operations(&description) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(page.body.contains(&format!("<details id=\"{id}\"")), "{id}");
        assert!(page.text().contains(&format!("{} {path}", method.to_uppercase())), "{method} {path}");
    }
    for name in description["components"]["schemas"].as_object().unwrap().keys() {
        assert!(page.body.contains(&format!("id=\"shape-{name}\"")), "{name}");
    }
    let anchors = page.body.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap());
    for anchor in anchors {
        assert!(page.body.contains(&format!("id=\"{anchor}\"")), "{anchor} leads nowhere");
    }
}
