//! Issues, their comments, labels and timelines; what the tracker writes.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::super::{
    acts::{Act, Place},
    ask::{Ask, Reply},
    page::page,
    shape::{Shape, issue, timeline},
    world::{Comment, Gone, Issue, World},
};
use super::{About, address};

/// Answers below `/issues`.
pub fn answer(world: &mut World, about: &About, rest: &[&str]) -> Reply {
    let ask = about.ask;
    match (ask.method.as_str(), rest) {
        ("GET", []) => list(&Shape::new(world, about.repository), ask),
        ("GET", ["comments"]) => all_comments(&Shape::new(world, about.repository), ask),
        (_, ["comments", id]) => id.parse().map_or_else(|_| Reply::not_found(), |id| one_comment(world, about, id)),
        (_, [number, rest @ ..]) => match number.parse() {
            Ok(number) => in_issue(world, about, number, rest),
            Err(_) => Reply::not_found(),
        },
        _ => Reply::not_found(),
    }
}

fn in_issue(world: &mut World, about: &About, number: u64, rest: &[&str]) -> Reply {
    let ask = about.ask;
    let shape = Shape::new(world, about.repository);
    let Some(of) = shape.repository.issues.get(&number) else { return gone(&shape, ask, number, rest) };
    let list = |what: &str| address(&shape, &format!("issues/{number}/{what}"));
    match (ask.method.as_str(), rest) {
        ("GET", []) => Reply::ok(issue::issue(&shape, of)),
        ("GET", ["comments"]) => {
            let since = since(ask);
            let rows: Vec<_> = of.comments.iter().filter(|comment| comment.updated_at >= since).collect();
            page(ask, &list("comments"), &rows, |comment| issue::comment(&shape, of, comment))
        }
        ("GET", ["timeline"]) => {
            let rows: Vec<_> = of.timeline.iter().filter_map(|event| timeline::row(&shape, of, event)).collect();
            page(ask, &list("timeline"), &rows, Value::clone)
        }
        ("GET", ["labels"]) => page(ask, &list("labels"), &of.labels, |label| issue::label(&shape, label)),
        ("POST", ["comments"]) => {
            let Some(body) = text(ask, "body") else { return invalid() };
            let place = place(world, about, number);
            let id = world.act(&place, Act::Comment { body });
            Reply::with(201, told(world, about.repository, id))
        }
        ("POST", ["labels"]) => label(world, about, number),
        ("DELETE", ["labels", name]) => unlabel(world, about, number, name),
        _ => Reply::not_found(),
    }
}

/// What became of an issue that is not here.
fn gone(shape: &Shape, ask: &Ask, number: u64, rest: &[&str]) -> Reply {
    match shape.repository.gone.get(&number) {
        None => Reply::not_found(),
        Some(Gone::Deleted) => Reply::error(410, "This issue was deleted"),
        Some(Gone::Transferred(repository, number)) => {
            let rest = if rest.is_empty() { String::new() } else { format!("/{}", rest.join("/")) };
            let status = if ask.method == "GET" { 301 } else { 307 };
            let query = ask.target.split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"));
            let to = format!("{}/repositories/{repository}/issues/{number}{rest}{query}", shape.world.url);
            Reply::moved(status, to)
        }
    }
}

fn list(shape: &Shape, ask: &Ask) -> Reply {
    let allowed: [(&str, &[&str]); 3] = [
        ("state", &["open", "closed", "all"]),
        ("sort", &["created", "updated", "comments"]),
        ("direction", &["asc", "desc"]),
    ];
    if allowed.iter().any(|(name, values)| ask.parameter(name).is_some_and(|value| !values.contains(&value))) {
        return invalid();
    }
    let since = since(ask);
    let labels: Vec<_> = ask.parameter("labels").unwrap_or("").split(',').filter(|label| !label.is_empty()).collect();
    let has = |of: &Issue, label: &str| of.labels.iter().any(|given| given.name() == label);
    let mut rows: Vec<_> = shape
        .repository
        .issues
        .values()
        .filter(|of| in_state(ask, of) && of.updated_at >= since && labels.iter().all(|label| has(of, label)))
        .collect();
    sort(ask, &mut rows);
    page(ask, &address(shape, "issues"), &rows, |of| issue::issue(shape, of))
}

/// Whether it is in the state that is asked for, `open` if nothing is said.
pub fn in_state(ask: &Ask, of: &Issue) -> bool {
    match ask.parameter("state").unwrap_or("open") {
        "all" => true,
        state => issue::state(of) == state,
    }
}

/// By creation, newest first, or as is asked for. What is equal goes by number.
pub fn sort(ask: &Ask, rows: &mut [&Issue]) {
    match ask.parameter("sort") {
        Some("updated") => rows.sort_by_key(|of| (of.updated_at, of.number)),
        Some("comments") => rows.sort_by_key(|of| (of.comments.len(), of.number)),
        _ => rows.sort_by_key(|of| (of.created_at, of.number)),
    }
    if ask.parameter("direction") != Some("asc") {
        rows.reverse();
    }
}

fn all_comments(shape: &Shape, ask: &Ask) -> Reply {
    let since = since(ask);
    let issues = shape.repository.issues.values();
    let mut rows: Vec<(&Issue, &Comment)> =
        issues.flat_map(|of| of.comments.iter().map(move |comment| (of, comment))).collect();
    rows.retain(|(_, comment)| comment.updated_at >= since);
    match ask.parameter("sort") {
        Some("updated") => rows.sort_by_key(|(_, comment)| (comment.updated_at, comment.id)),
        Some(_) => rows.sort_by_key(|(_, comment)| (comment.created_at, comment.id)),
        None => rows.sort_by_key(|(_, comment)| comment.id),
    }
    // Without `sort`, GitHub leaves `direction` aside.
    if ask.parameter("sort").is_some() && ask.parameter("direction") != Some("asc") {
        rows.reverse();
    }
    page(ask, &address(shape, "issues/comments"), &rows, |(of, comment)| issue::comment(shape, of, comment))
}

fn one_comment(world: &mut World, about: &About, id: u64) -> Reply {
    let Some(number) = world.repositories[&about.repository].comments.get(&id).copied() else {
        return Reply::not_found();
    };
    match about.ask.method.as_str() {
        "GET" => Reply::ok(told(world, about.repository, id)),
        "PATCH" => {
            let Some(body) = text(about.ask, "body") else { return invalid() };
            let place = place(world, about, number);
            world.act(&place, Act::EditComment { id, body });
            Reply::ok(told(world, about.repository, id))
        }
        "DELETE" => {
            let place = place(world, about, number);
            world.act(&place, Act::DeleteComment { id });
            Reply::empty(204)
        }
        _ => Reply::not_found(),
    }
}

fn label(world: &mut World, about: &About, number: u64) -> Reply {
    let json = about.ask.json();
    let names = json.get("labels").unwrap_or(&json).as_array().cloned().unwrap_or_default();
    let named = |label: &Value| label.as_str().or_else(|| label["name"].as_str()).map(str::to_owned);
    let names: Vec<String> = names.iter().filter_map(named).collect();
    if names.is_empty() {
        return invalid();
    }
    for name in names {
        let labels = &world.repositories[&about.repository].issues[&number].labels;
        if labels.iter().all(|label| label.name() != name) {
            let place = place(world, about, number);
            world.act(&place, Act::Label { name });
        }
    }
    labels(world, about, number)
}

fn unlabel(world: &mut World, about: &About, number: u64, name: &str) -> Reply {
    let given = &world.repositories[&about.repository].issues[&number].labels;
    if given.iter().all(|label| label.name() != name) {
        return Reply::error(404, "Label does not exist");
    }
    let place = place(world, about, number);
    world.act(&place, Act::Unlabel { name: name.to_owned() });
    labels(world, about, number)
}

fn labels(world: &World, about: &About, number: u64) -> Reply {
    let shape = Shape::new(world, about.repository);
    Reply::ok(issue::labels(&shape, &shape.repository.issues[&number]))
}

fn place(world: &mut World, about: &About, number: u64) -> Place {
    let by = about.who.map(|token| token.login.clone());
    Place { repository: about.repository, number, by, at: world.tick() }
}

fn told(world: &World, repository: u64, id: u64) -> Value {
    let shape = Shape::new(world, repository);
    let of = &shape.repository.issues[&shape.repository.comments[&id]];
    issue::comment(&shape, of, of.comments.iter().find(|comment| comment.id == id).unwrap())
}

fn since(ask: &Ask) -> DateTime<Utc> {
    ask.parameter("since").and_then(|text| text.parse().ok()).unwrap_or(DateTime::UNIX_EPOCH)
}

fn text(ask: &Ask, field: &str) -> Option<String> {
    ask.json()[field].as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn invalid() -> Reply {
    Reply::error(422, "Validation Failed")
}
