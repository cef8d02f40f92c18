//! Pull requests, short as in lists and in full, their reviews and their files.

use serde_json::{Value, json};

use super::{
    super::{
        git::Change,
        world::{Issue, Pull, Review},
    },
    Shape, association, issue, time,
};

/// A pull request as lists and reviews have it.
pub fn simple(shape: &Shape, of: &Issue) -> Value {
    let pull = of.pull.as_ref().expect("a pull request");
    let (number, id) = (of.number, of.id);
    let (api, html) = (format!("{}/pulls/{number}", shape.api()), format!("{}/pull/{number}", shape.html()));
    let issue_api = format!("{}/issues/{number}", shape.api());
    let statuses = format!("{}/statuses/{}", shape.api(), pull.head_sha);
    let assignees: Vec<_> = of.assignees.iter().map(|login| shape.user(login)).collect();
    let mut json = json!({
        "url": api, "id": id, "node_id": format!("PR_{id}"), "html_url": html,
        "diff_url": format!("{html}.diff"), "patch_url": format!("{html}.patch"), "issue_url": issue_api,
        "commits_url": format!("{api}/commits"), "review_comments_url": format!("{api}/comments"),
        "review_comment_url": format!("{}/pulls/comments{{/number}}", shape.api()),
        "comments_url": format!("{issue_api}/comments"), "statuses_url": statuses,
        "number": number, "state": issue::state(of), "locked": false, "title": of.title,
        "user": shape.somebody(of.author.as_deref()), "body": of.body, "labels": issue::labels(shape, of),
        "milestone": null, "active_lock_reason": null,
        "created_at": time(of.created_at), "updated_at": time(of.updated_at),
        "closed_at": of.closed_at.map(time), "merged_at": pull.merged_at.map(time),
        "merge_commit_sha": pull.merge_commit_sha,
        "assignee": assignees.first(), "assignees": assignees,
        "requested_reviewers": pull.reviewers.iter().map(|login| shape.user(login)).collect::<Vec<_>>(),
        "requested_teams": pull.teams.iter().map(|slug| shape.team(slug)).collect::<Vec<_>>(),
        "author_association": association(of.author.as_deref()), "auto_merge": null, "draft": pull.draft,
    });
    let (owner, _) = shape.repository.full_name.split_once('/').unwrap();
    json["head"] = end(shape, pull.head_owner.as_deref(), owner, &pull.head, &pull.head_sha);
    json["base"] = end(shape, Some(owner), owner, &pull.base, &pull.base_sha);
    json["_links"] = json!({
        "self": { "href": api }, "html": { "href": html }, "issue": { "href": issue_api },
        "comments": { "href": json["comments_url"] }, "review_comments": { "href": json["review_comments_url"] },
        "review_comment": { "href": json["review_comment_url"] }, "commits": { "href": json["commits_url"] },
        "statuses": { "href": statuses },
    });
    json
}

/// A pull request as it is told when asked for.
pub fn whole(shape: &Shape, of: &Issue) -> Value {
    let pull = of.pull.as_ref().expect("a pull request");
    let mut json = simple(shape, of);
    let changes = changes(shape, pull);
    let files: Vec<_> = changes.iter().map(|change| file(shape, pull, change)).collect();
    let sum = |field: &str| files.iter().filter_map(|file| file[field].as_u64()).sum::<u64>();
    for (field, value) in [
        ("merged", json!(pull.merged_at.is_some())),
        ("mergeable", json!(pull.mergeable)),
        ("rebaseable", json!(pull.mergeable)),
        ("mergeable_state", json!(pull.mergeable_state)),
        ("merged_by", shape.somebody(pull.merged_by.as_deref())),
        ("comments", json!(of.comments.len())),
        ("review_comments", json!(0)),
        ("maintainer_can_modify", json!(false)),
        ("commits", json!(pull.commits.len())),
        ("additions", json!(sum("additions"))),
        ("deletions", json!(sum("deletions"))),
        ("changed_files", json!(files.len())),
    ] {
        json[field] = value;
    }
    json
}

/// One end: a branch of a repository, which is none when the fork was deleted.
fn end(shape: &Shape, owner: Option<&str>, base: &str, branch: &str, sha: &str) -> Value {
    let mut repository = owner.map_or(Value::Null, |_| shape.minimal());
    if let Some(fork) = owner.filter(|owner| *owner != base) {
        let name = shape.repository.full_name.replacen(base, fork, 1);
        repository["full_name"] = name.into();
        repository["owner"] = shape.user(fork);
        repository["fork"] = true.into();
        // Forks have ids of their own; this one is as good as any and the same each time.
        repository["id"] = (shape.repository.id * 1_000_000 + repository["owner"]["id"].as_u64().unwrap()).into();
    }
    let label = format!("{}:{branch}", owner.unwrap_or("unknown"));
    json!({ "label": label, "ref": branch, "sha": sha, "user": shape.somebody(owner), "repo": repository })
}

/// A review as lists have it.
pub fn review(shape: &Shape, of: &Issue, review: &Review) -> Value {
    let Review { id, author, state, body, commit, at } = review;
    let html = format!("{}/pull/{}#pullrequestreview-{id}", shape.html(), of.number);
    let pull = format!("{}/pulls/{}", shape.api(), of.number);
    json!({
        "id": id, "node_id": format!("PRR_{id}"), "user": shape.somebody(author.as_deref()), "body": body,
        "state": state, "html_url": html, "pull_request_url": pull,
        "author_association": association(author.as_deref()),
        "_links": { "html": { "href": html }, "pull_request": { "href": pull } },
        "submitted_at": time(*at), "commit_id": commit,
    })
}

/// What a pull request changes, from where its branch left the main line.
pub fn changes(shape: &Shape, pull: &Pull) -> Vec<Change> {
    shape.repository.git.changes(&pull.base_sha, &pull.head_sha)
}

/// A changed file of a pull request.
pub fn file(shape: &Shape, pull: &Pull, change: &Change) -> Value {
    super::file::changed(shape, &pull.head_sha, change)
}
