//! Issues (pull requests among them), labels and comments.

use serde_json::{Value, json};

use super::{
    super::world::{Comment, Issue, Label, LabelKind},
    Shape, association, time,
};

/// An issue; a pull request tells so by its key `pull_request`.
pub fn issue(shape: &Shape, issue: &Issue) -> Value {
    let (number, pull) = (issue.number, issue.pull.as_ref());
    let api = format!("{}/issues/{number}", shape.api());
    let page = if pull.is_some() { "pull" } else { "issues" };
    let assignees: Vec<_> = issue.assignees.iter().map(|login| shape.user(login)).collect();
    let mut json = json!({
        "url": api,
        "repository_url": shape.api(),
        "labels_url": format!("{api}/labels{{/name}}"),
        "comments_url": format!("{api}/comments"),
        "events_url": format!("{api}/events"),
        "html_url": format!("{}/{page}/{number}", shape.html()),
        "id": issue.id,
        "node_id": format!("I_{}", issue.id),
        "number": number,
        "title": issue.title,
        "user": shape.somebody(issue.author.as_deref()),
        "labels": labels(shape, issue),
        "state": state(issue),
        "locked": false,
        "assignee": assignees.first(),
        "assignees": assignees,
        "milestone": null,
        "comments": issue.comments.len(),
        "created_at": time(issue.created_at),
        "updated_at": time(issue.updated_at),
        "closed_at": issue.closed_at.map(time),
        "closed_by": shape.somebody(issue.closed_by.as_deref()),
        "author_association": association(issue.author.as_deref()),
        "active_lock_reason": null,
        "body": issue.body,
        "timeline_url": format!("{api}/timeline"),
        "performed_via_github_app": null,
        "state_reason": issue.state_reason,
        "reactions": reactions(&api),
    });
    if let Some(pull) = pull {
        let html = format!("{}/pull/{number}", shape.html());
        json["draft"] = pull.draft.into();
        json["pull_request"] = json!({
            "url": format!("{}/pulls/{number}", shape.api()),
            "html_url": html,
            "diff_url": format!("{html}.diff"),
            "patch_url": format!("{html}.patch"),
            "merged_at": pull.merged_at.map(time),
        });
    }
    json
}

/// `open` or `closed`.
pub fn state(issue: &Issue) -> &'static str {
    if issue.closed_at.is_some() { "closed" } else { "open" }
}

/// The labels of an issue.
pub fn labels(shape: &Shape, issue: &Issue) -> Vec<Value> {
    issue.labels.iter().map(|given| label(shape, given)).collect()
}

/// A label, odd or not.
pub fn label(shape: &Shape, label: &Label) -> Value {
    let name = match label {
        Label::Text(name) => return name.clone().into(),
        Label::Named(name) | Label::Colourless(name) => name,
    };
    let unknown = LabelKind { id: 1, color: "ededed".to_owned(), description: None };
    let LabelKind { id, color, description } = shape.repository.labels.get(name).unwrap_or(&unknown);
    json!({
        "id": id,
        "node_id": format!("LA_{id}"),
        "url": format!("{}/labels/{name}", shape.api()),
        "name": name,
        "color": if matches!(label, Label::Colourless(_)) { None } else { Some(color) },
        "default": false,
        "description": description,
    })
}

/// A comment.
pub fn comment(shape: &Shape, issue: &Issue, comment: &Comment) -> Value {
    let (id, number) = (comment.id, issue.number);
    let page = if issue.pull.is_some() { "pull" } else { "issues" };
    json!({
        "url": format!("{}/issues/comments/{id}", shape.api()),
        "html_url": format!("{}/{page}/{number}#issuecomment-{id}", shape.html()),
        "issue_url": format!("{}/issues/{number}", shape.api()),
        "id": id,
        "node_id": format!("IC_{id}"),
        "user": shape.somebody(comment.author.as_deref()),
        "created_at": time(comment.created_at),
        "updated_at": time(comment.updated_at),
        "body": comment.body,
        "author_association": association(comment.author.as_deref()),
        "performed_via_github_app": null,
        "reactions": reactions(&format!("{}/issues/comments/{id}", shape.api())),
    })
}

/// Nobody reacts here.
fn reactions(api: &str) -> Value {
    json!({
        "url": format!("{api}/reactions"), "total_count": 0, "+1": 0, "-1": 0, "laugh": 0, "hooray": 0,
        "confused": 0, "heart": 0, "rocket": 0, "eyes": 0,
    })
}
