//! Commits: in lists, in timelines, in pushes; and how two lines stand to each other.

use serde_json::{Value, json};

use super::{
    super::git::{Commit, tree_sha},
    Shape, time,
};

/// A commit as lists have it.
pub fn commit(shape: &Shape, commit: &Commit) -> Value {
    let Commit { sha, message, parents, .. } = commit;
    let api = format!("{}/commits/{sha}", shape.api());
    let git = format!("{}/git/commits/{sha}", shape.api());
    let author = shape.somebody(commit.author.as_deref());
    json!({
        "sha": sha,
        "node_id": format!("C_{sha}"),
        "url": api,
        "html_url": format!("{}/commit/{sha}", shape.html()),
        "comments_url": format!("{api}/comments"),
        "commit": {
            "url": git, "author": person(commit), "committer": person(commit), "message": message,
            "tree": tree(shape, commit), "comment_count": 0, "verification": unsigned(),
        },
        "author": author,
        "committer": author,
        "parents": parents.iter().map(|parent| json!({
            "sha": parent,
            "url": format!("{}/commits/{parent}", shape.api()),
            "html_url": format!("{}/commit/{parent}", shape.html()),
        })).collect::<Vec<_>>(),
    })
}

/// A commit as it is told when asked for: with its files.
pub fn whole(shape: &Shape, of: &Commit) -> Value {
    let mut json = commit(shape, of);
    let before = of.parents.first().map_or("", String::as_str);
    let changes = shape.repository.git.changes(before, &of.sha);
    let files: Vec<_> = changes.iter().map(|change| super::file::changed(shape, &of.sha, change)).collect();
    let sum = |field: &str| files.iter().filter_map(|file| file[field].as_u64()).sum::<u64>();
    let (additions, deletions) = (sum("additions"), sum("deletions"));
    json["stats"] = json!({ "additions": additions, "deletions": deletions, "total": additions + deletions });
    json["files"] = files.into();
    json
}

/// A commit as timelines have it.
pub fn in_timeline(shape: &Shape, commit: &Commit) -> Value {
    let mut json = in_git(shape, commit);
    json["event"] = "committed".into();
    json
}

/// A commit as Git keeps it.
pub fn in_git(shape: &Shape, commit: &Commit) -> Value {
    let Commit { sha, message, parents, .. } = commit;
    json!({
        "sha": sha,
        "node_id": format!("C_{sha}"),
        "url": format!("{}/git/commits/{sha}", shape.api()),
        "html_url": format!("{}/commit/{sha}", shape.html()),
        "author": person(commit),
        "committer": person(commit),
        "tree": tree(shape, commit),
        "message": message,
        "parents": parents.iter().map(|parent| json!({
            "sha": parent,
            "url": format!("{}/git/commits/{parent}", shape.api()),
            "html_url": format!("{}/commit/{parent}", shape.html()),
        })).collect::<Vec<_>>(),
        "verification": unsigned(),
    })
}

/// A commit as pushes have it.
pub fn pushed(shape: &Shape, commit: &Commit) -> Value {
    let git = &shape.repository.git;
    let before = commit.parents.first().map_or("", String::as_str);
    let (mut added, mut removed, mut modified) = (Vec::new(), Vec::new(), Vec::new());
    for change in git.changes(before, &commit.sha) {
        match (&change.old, &change.new) {
            (None, _) => added.push(change.path),
            (_, None) => removed.push(change.path),
            _ => modified.push(change.path),
        }
    }
    let person = json!({
        "name": commit.author, "email": null, "username": commit.author, "date": time(commit.at),
    });
    json!({
        "id": commit.sha, "tree_id": tree_sha(&commit.tree, ""), "distinct": true, "message": commit.message,
        "timestamp": time(commit.at), "url": format!("{}/commit/{}", shape.html(), commit.sha),
        "author": person, "committer": person, "added": added, "removed": removed, "modified": modified,
    })
}

/// How `head` stands to `base`; `None` where they have nothing in common.
pub fn compare(shape: &Shape, base: &Commit, head: &Commit) -> Option<Value> {
    let git = &shape.repository.git;
    let (of_base, of_head) = (git.history(&base.sha), git.history(&head.sha));
    let fork = &git.commits[&git.fork(&base.sha, &head.sha)?];
    let mut ahead: Vec<_> = of_head.difference(&of_base).map(|sha| &git.commits[*sha]).collect();
    ahead.sort_by_key(|commit| (commit.at, commit.parents.len()));
    let behind = of_base.difference(&of_head).count();
    let status = match (ahead.len(), behind) {
        (0, 0) => "identical",
        (_, 0) => "ahead",
        (0, _) => "behind",
        _ => "diverged",
    };
    let changes = git.changes(&fork.sha, &head.sha);
    let range = format!("{}...{}", base.sha, head.sha);
    let html = format!("{}/compare/{range}", shape.html());
    Some(json!({
        "url": format!("{}/compare/{range}", shape.api()), "html_url": html, "permalink_url": html,
        "diff_url": format!("{html}.diff"), "patch_url": format!("{html}.patch"),
        "base_commit": commit(shape, base), "merge_base_commit": commit(shape, fork), "status": status,
        "ahead_by": ahead.len(), "behind_by": behind, "total_commits": ahead.len(),
        "commits": ahead.iter().take(250).map(|one| commit(shape, one)).collect::<Vec<_>>(),
        "files": changes.iter().map(|change| super::file::changed(shape, &head.sha, change)).collect::<Vec<_>>(),
    }))
}

fn person(commit: &Commit) -> Value {
    let name = commit.author.as_deref().unwrap_or("unknown");
    json!({ "name": name, "email": format!("{name}@users.noreply.github.com"), "date": time(commit.at) })
}

fn tree(shape: &Shape, commit: &Commit) -> Value {
    let sha = tree_sha(&commit.tree, "");
    json!({ "url": format!("{}/git/trees/{sha}", shape.api()), "sha": sha })
}

/// Nothing here is signed.
pub fn unsigned() -> Value {
    json!({ "verified": false, "reason": "unsigned", "signature": null, "payload": null, "verified_at": null })
}
