//! Files and commits.

use serde_json::json;

use super::{
    super::{
        ask::{Ask, Reply},
        git::Commit,
        page::page,
        shape::{Shape, commit, file, reference},
    },
    address,
};

/// Answers what is about files and commits.
pub fn answer(shape: &Shape, ask: &Ask, rest: &[&str]) -> Reply {
    match rest {
        ["git", "trees", name @ ..] => tree(shape, ask, &name.join("/")),
        ["git", "blobs", sha] => file::blob(shape, sha).map_or_else(Reply::not_found, Reply::ok),
        ["git", "matching-refs", prefix @ ..] => Reply::ok(reference::matching(shape, &prefix.join("/"))),
        ["git", "tags", sha] => reference::tag(shape, sha).map_or_else(Reply::not_found, Reply::ok),
        ["git", "commits", sha] => {
            let found = shape.repository.git.commits.get(*sha);
            found.map_or_else(Reply::not_found, |found| Reply::ok(commit::in_git(shape, found)))
        }
        ["contents", path @ ..] => contents(shape, ask, &path.join("/")),
        ["commits"] => history(shape, ask),
        ["commits", name @ ..] => one(shape, &name.join("/")),
        ["branches", name @ ..] => branch(shape, &name.join("/")),
        ["compare", range @ ..] => compare(shape, &range.join("/")),
        _ => Reply::not_found(),
    }
}

/// The tree of whatever names a commit, or of a commit by its tree's own name.
fn tree(shape: &Shape, ask: &Ask, name: &str) -> Reply {
    let git = &shape.repository.git;
    let by_tree = || git.commits.values().find(|commit| super::super::git::tree_sha(&commit.tree, "") == name);
    let Some(commit) = git.resolve(name).or_else(by_tree) else { return Reply::not_found() };
    // GitHub takes any value for yes, `0` and `false` included.
    Reply::ok(file::tree(shape, commit, ask.parameter("recursive").is_some()))
}

fn contents(shape: &Shape, ask: &Ask, path: &str) -> Reply {
    let name = ask.parameter("ref").unwrap_or(&shape.repository.default_branch);
    let Some(commit) = shape.repository.git.resolve(name) else {
        return Reply::error(404, &format!("No commit found for the ref {name}"));
    };
    file::contents(shape, commit, path.trim_end_matches('/'), name).map_or_else(Reply::not_found, Reply::ok)
}

/// Commits from a name back, the latest first; with `path`, those that touched it.
fn history(shape: &Shape, ask: &Ask) -> Reply {
    let git = &shape.repository.git;
    let name = ask.parameter("sha").unwrap_or(&shape.repository.default_branch);
    let Some(head) = git.resolve(name) else { return Reply::not_found() };
    let mut rows: Vec<&Commit> = git.history(&head.sha).into_iter().map(|sha| &git.commits[sha]).collect();
    if let Some(path) = ask.parameter("path") {
        let below = format!("{}/", path.trim_end_matches('/'));
        rows.retain(|commit| commit.touched.iter().any(|touched| touched == path || touched.starts_with(&below)));
    }
    let time = |name: &str| ask.parameter(name).and_then(|text| text.parse::<chrono::DateTime<chrono::Utc>>().ok());
    rows.retain(|commit| time("since").is_none_or(|since| commit.at >= since));
    rows.retain(|commit| time("until").is_none_or(|until| commit.at <= until));
    // Of commits of one time, a later one has the longer history.
    rows.sort_by_cached_key(|commit| std::cmp::Reverse((commit.at, git.history(&commit.sha).len())));
    page(ask, &address(shape, "commits"), &rows, |row| commit::commit(shape, row))
}

fn branch(shape: &Shape, name: &str) -> Reply {
    let git = &shape.repository.git;
    let Some(sha) = git.branches.get(name) else { return Reply::error(404, "Branch not found") };
    let api = format!("{}/branches/{name}", shape.api());
    let mut branch = shape.branch(name, sha);
    branch["commit"] = commit::commit(shape, &git.commits[sha]);
    branch["protection_url"] = format!("{api}/protection").into();
    branch["protection"] = json!({ "enabled": branch["protected"] });
    branch["_links"] = json!({ "self": api, "html": format!("{}/tree/{name}", shape.html()) });
    Reply::ok(branch)
}

fn one(shape: &Shape, name: &str) -> Reply {
    match shape.repository.git.resolve(name) {
        Some(found) => Reply::ok(commit::whole(shape, found)),
        None => Reply::error(422, &format!("No commit found for SHA: {name}")),
    }
}

fn compare(shape: &Shape, range: &str) -> Reply {
    let git = &shape.repository.git;
    let ends = range.split_once("...").and_then(|(base, head)| Some((git.resolve(base)?, git.resolve(head)?)));
    let compared = ends.and_then(|(base, head)| commit::compare(shape, base, head));
    compared.map_or_else(Reply::not_found, Reply::ok)
}
