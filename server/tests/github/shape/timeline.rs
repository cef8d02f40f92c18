//! The rows of a timeline.

use serde_json::{Value, json};

use super::{
    super::world::{Event, Issue, Kind, Label},
    Shape, commit, issue, pull, time,
};

/// A row; `None` for a comment that was deleted.
pub fn row(shape: &Shape, of: &Issue, event: &Event) -> Option<Value> {
    let (name, extra) = match &event.kind {
        Kind::Labeled(name) => ("labeled", json!({ "label": short_label(shape, name) })),
        Kind::Unlabeled(name) => ("unlabeled", json!({ "label": short_label(shape, name) })),
        Kind::Assigned(login) => ("assigned", json!({ "assignee": shape.user(login) })),
        Kind::Unassigned(login) => ("unassigned", json!({ "assignee": shape.user(login) })),
        Kind::Commented(id) => return commented(shape, of, *id),
        Kind::Reviewed(id) => return reviewed(shape, of, *id),
        Kind::Committed(sha) => return Some(commit::in_timeline(shape, &shape.repository.git.commits[sha])),
        Kind::CrossReferenced(repository, number) => {
            return cross_referenced(shape, event, *repository, *number);
        }
        Kind::Odd(value) => return Some(value.clone()),
        Kind::ReviewRequested(login) => ("review_requested", requested(shape, event, "reviewer", shape.user(login))),
        Kind::TeamRequested(slug) => ("review_requested", requested(shape, event, "team", shape.team(slug))),
        Kind::ReviewRequestRemoved(login) => {
            ("review_request_removed", requested(shape, event, "reviewer", shape.user(login)))
        }
        Kind::ForcePushed(sha) => ("head_ref_force_pushed", of_commit(shape, Some(sha))),
        Kind::ReadyForReview => ("ready_for_review", json!({})),
        Kind::ConvertToDraft => ("convert_to_draft", json!({})),
        Kind::Closed(sha) => {
            let mut extra = of_commit(shape, sha.as_deref());
            extra["state_reason"] = json!(of.state_reason);
            ("closed", extra)
        }
        Kind::Reopened => ("reopened", json!({ "state_reason": null })),
        Kind::Merged(sha) => ("merged", of_commit(shape, Some(sha))),
        Kind::Renamed(from, to) => ("renamed", json!({ "rename": { "from": from, "to": to } })),
    };
    let mut row = json!({
        "id": event.id,
        "node_id": format!("EV_{}", event.id),
        "url": format!("{}/issues/events/{}", shape.api(), event.id),
        "actor": shape.somebody(event.actor.as_deref()),
        "event": name,
        "commit_id": null,
        "commit_url": null,
        "created_at": time(event.at),
        "performed_via_github_app": null,
    });
    for (field, value) in extra.as_object().into_iter().flatten() {
        row[field] = value.clone();
    }
    Some(row)
}

fn short_label(shape: &Shape, name: &str) -> Value {
    let label = issue::label(shape, &Label::Named(name.to_owned()));
    json!({ "name": name, "color": label["color"] })
}

fn requested(shape: &Shape, event: &Event, whom: &str, value: Value) -> Value {
    let mut extra = json!({ "review_requester": shape.somebody(event.actor.as_deref()) });
    extra[format!("requested_{whom}")] = value;
    extra
}

fn of_commit(shape: &Shape, sha: Option<&str>) -> Value {
    json!({ "commit_id": sha, "commit_url": sha.map(|sha| format!("{}/commits/{sha}", shape.api())) })
}

fn commented(shape: &Shape, of: &Issue, id: u64) -> Option<Value> {
    let comment = of.comments.iter().find(|comment| comment.id == id)?;
    let mut row = issue::comment(shape, of, comment);
    row["event"] = "commented".into();
    row["actor"] = row["user"].clone();
    Some(row)
}

fn reviewed(shape: &Shape, of: &Issue, id: u64) -> Option<Value> {
    let review = of.pull.as_ref()?.reviews.iter().find(|review| review.id == id)?;
    let mut row = pull::review(shape, of, review);
    row["event"] = "reviewed".into();
    // Timelines write the state small, lists in capitals.
    row["state"] = review.state.to_lowercase().into();
    Some(row)
}

fn cross_referenced(shape: &Shape, event: &Event, repository: u64, number: u64) -> Option<Value> {
    let other = Shape::new(shape.world, repository);
    let mut source = issue::issue(&other, other.repository.issues.get(&number)?);
    source["repository"] = other.minimal();
    Some(json!({
        "event": "cross-referenced",
        "actor": shape.somebody(event.actor.as_deref()),
        "created_at": time(event.at),
        "updated_at": time(event.at),
        "source": { "type": "issue", "issue": source },
    }))
}
