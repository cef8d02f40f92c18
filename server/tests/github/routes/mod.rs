//! The addresses. A repository is found by its name, by a name it had before (which redirects) and by its id.

mod app;
mod contents;
mod control;
mod hooks;
mod issues;
mod pulls;

use serde_json::{Value, json};

use super::{
    access::{self, LIMIT, Token},
    ask::{Ask, Reply},
    graphql, oauth,
    page::page,
    shape::{self, Shape},
    world::World,
};
pub use control::answer as control;

/// A request about a repository.
struct About<'a> {
    ask: &'a Ask,
    who: Option<&'a Token>,
    repository: u64,
}

/// Answers a request.
pub fn answer(world: &mut World, ask: &Ask) -> Reply {
    let path: Vec<&str> = ask.path.iter().map(String::as_str).collect();
    match (ask.method.as_str(), path.as_slice()) {
        ("GET", ["login", "oauth", "authorize"]) => return oauth::authorize(world, ask),
        ("POST", ["login", "oauth", "access_token"]) => return oauth::access_token(world, ask),
        (_, ["app", rest @ ..]) => return app::answer(world, ask, rest),
        ("GET", ["user"]) => {
            if let Some(user) = oauth::user(world, ask) {
                return Reply::ok(user);
            }
        }
        _ => {}
    }
    let who = match access::who(world, ask) {
        Ok(who) => who,
        Err(refused) => return refused,
    };
    match (ask.method.as_str(), path.as_slice()) {
        ("GET", ["user"]) => match &who {
            Some(token) => Reply::ok(shape::whole_user(world, &token.login)),
            None => Reply::error(401, "Requires authentication"),
        },
        ("GET", ["rate_limit"]) => Reply::ok(rate_limit(world, ask)),
        ("POST", ["graphql"]) => graphql::answer(world, ask, who.as_ref()),
        (_, ["repos", owner, name, rest @ ..]) => by_name(world, ask, who.as_ref(), &format!("{owner}/{name}"), rest),
        (_, ["repositories", id, rest @ ..]) => match id.parse() {
            Ok(id) => in_repository(world, &About { ask, who: who.as_ref(), repository: id }, rest),
            Err(_) => Reply::not_found(),
        },
        _ => Reply::not_found(),
    }
}

fn by_name(world: &mut World, ask: &Ask, who: Option<&Token>, name: &str, rest: &[&str]) -> Reply {
    let Some(found) = world.find(name) else { return Reply::not_found() };
    let id = found.id;
    if !found.full_name.eq_ignore_ascii_case(name) && visible(found.private, who) {
        let rest = ask.target.splitn(5, '/').nth(4).map(|rest| format!("/{rest}")).unwrap_or_default();
        let query = if rest.is_empty() { ask.target.split_once('?').map_or("", |(_, query)| query) } else { "" };
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let status = if ask.method == "GET" { 301 } else { 307 };
        return Reply::moved(status, format!("{}/repositories/{id}{rest}{query}", world.url));
    }
    in_repository(world, &About { ask, who, repository: id }, rest)
}

fn visible(private: bool, who: Option<&Token>) -> bool {
    !private || who.is_some_and(|token| token.sees_private)
}

fn in_repository(world: &mut World, about: &About, rest: &[&str]) -> Reply {
    let known = world.repositories.get(&about.repository);
    if known.is_none_or(|repository| !visible(repository.private, about.who)) {
        return Reply::not_found();
    }
    if about.ask.method != "GET" {
        match about.who {
            None => return Reply::error(401, "Requires authentication"),
            Some(token) if !token.writes => {
                return Reply::error(403, "Resource not accessible by personal access token");
            }
            Some(_) => {}
        }
    }
    let shape = Shape::new(world, about.repository);
    let git = &shape.repository.git;
    match (about.ask.method.as_str(), rest) {
        ("GET", []) => Reply::ok(shape.full()),
        (_, ["issues", rest @ ..]) => issues::answer(world, about, rest),
        ("GET", ["pulls", rest @ ..]) => pulls::answer(world, about, rest),
        (_, ["hooks", hook, "deliveries", rest @ ..]) => hooks::answer(world, about, hook, rest),
        ("GET", ["branches"]) => {
            let rows: Vec<_> = git.branches.iter().collect();
            page(about.ask, &address(&shape, "branches"), &rows, |(name, sha)| shape.branch(name, sha))
        }
        ("GET", ["tags"]) => {
            let rows: Vec<_> = git.tags.iter().rev().collect();
            page(about.ask, &address(&shape, "tags"), &rows, |(name, sha)| shape.tag(name, sha))
        }
        ("GET", ["releases"]) => {
            let rows: Vec<_> = shape.repository.releases.iter().rev().collect();
            page(about.ask, &address(&shape, "releases"), &rows, |release| shape.release(release))
        }
        ("GET", rest) => contents::answer(&shape, about.ask, rest),
        _ => Reply::not_found(),
    }
}

/// Where a list of a repository goes on: GitHub's links name the repository by its id.
fn address(shape: &Shape, rest: &str) -> String {
    format!("{}/repositories/{}/{rest}", shape.world.url, shape.repository.id)
}

fn rate_limit(world: &mut World, ask: &Ask) -> Value {
    let now = world.now();
    let limit = world.access.limit(ask, now);
    let reset = limit.reset.timestamp();
    let core = json!({ "limit": limit.hourly, "used": limit.used, "remaining": limit.remaining(), "reset": reset });
    let other = |limit: u32| json!({ "limit": limit, "used": 0, "remaining": limit, "reset": reset });
    json!({ "resources": { "core": core, "search": other(30), "graphql": other(LIMIT) }, "rate": core })
}
