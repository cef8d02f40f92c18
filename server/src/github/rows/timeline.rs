//! What happened to a pull request, as its timeline tells it.

use chrono::{DateTime, Utc};
use domain::review::{Occasion, ReviewState, Step};
use serde_json::Value;

use super::{Item, ItemState};

/// Reads the rows of a timeline; what is of no use for the review clock, and what is odd, is passed over.
pub fn steps(rows: &[Value]) -> Vec<Step> {
    rows.iter().filter_map(step).collect()
}

fn step(row: &Value) -> Option<Step> {
    let name = |value: &Value| value.as_str().map(str::to_owned);
    let asked = || name(&row["requested_reviewer"]["login"]).or_else(|| name(&row["requested_team"]["slug"]));
    let label = || name(&row["label"]["name"]).or_else(|| name(&row["label"]));
    let what = match row["event"].as_str()? {
        "reopened" => Occasion::Reopened,
        "convert_to_draft" => Occasion::Draft,
        "ready_for_review" => Occasion::Ready,
        "review_requested" => Occasion::ReviewRequested { of: asked()? },
        "review_request_removed" => Occasion::RequestRemoved { of: asked()? },
        "commented" => says_something(row["body"].as_str()?).then_some(Occasion::Commented)?,
        "reviewed" => Occasion::Reviewed { state: review_state(row["state"].as_str()?)? },
        "committed" | "head_ref_force_pushed" => Occasion::Pushed,
        "labeled" => Occasion::Labelled { label: label()? },
        "unlabeled" => Occasion::Unlabelled { label: label()? },
        "closed" => Occasion::Closed,
        "merged" => Occasion::Merged,
        _ => return None,
    };
    let by = ["actor", "user", "author"].iter().find_map(|who| name(&row[*who]["login"])).unwrap_or_default();
    Some(Step { at: time(row)?, what, by })
}

/// Each kind of row has its time in a place of its own.
fn time(row: &Value) -> Option<DateTime<Utc>> {
    let places = [&row["created_at"], &row["submitted_at"], &row["committer"]["date"], &row["author"]["date"]];
    places.iter().find_map(|place| place.as_str()?.parse().ok())
}

fn review_state(state: &str) -> Option<ReviewState> {
    match state.to_lowercase().as_str() {
        "approved" => Some(ReviewState::Approved),
        "changes_requested" => Some(ReviewState::ChangesRequested),
        "commented" => Some(ReviewState::Commented),
        _ => None,
    }
}

/// A comment that is nothing but commands says nothing.
fn says_something(body: &str) -> bool {
    body.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('/'))
}

/// What the item itself tells: when it was opened, and how it ended.
pub fn own_steps(item: &Item) -> Vec<Step> {
    let by = item.author.clone().unwrap_or_default();
    let mut steps = Vec::new();
    if let Some(at) = item.created_at {
        steps.push(Step { at, what: Occasion::Opened { draft: item.draft }, by: by.clone() });
        let asked = item.requested.iter();
        steps.extend(asked.map(|of| Step { at, what: Occasion::ReviewRequested { of: of.clone() }, by: by.clone() }));
    }
    match (item.merged_at, item.closed_at) {
        (Some(at), _) => steps.push(Step { at, what: Occasion::Merged, by }),
        (None, Some(at)) if item.state == ItemState::Closed => steps.push(Step { at, what: Occasion::Closed, by }),
        _ => {}
    }
    steps
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_kind_of_row_is_read_with_its_own_time_and_person() {
        let rows = [
            json!({"event": "review_requested", "created_at": "2026-05-01T08:00:00Z", "actor": {"login": "alice"},
                   "requested_reviewer": {"login": "bob"}}),
            json!({"event": "reviewed", "submitted_at": "2026-05-02T08:00:00Z", "user": {"login": "bob"},
                   "state": "CHANGES_REQUESTED"}),
            json!({"event": "committed", "author": {"date": "2026-05-03T08:00:00Z"},
                   "committer": {"date": "2026-05-03T09:00:00Z"}}),
            json!({"event": "commented", "created_at": "2026-05-04T08:00:00Z", "actor": {"login": "bob"},
                   "body": "/retest\n/hold"}),
            json!({"event": "labeled", "created_at": "2026-05-05T08:00:00Z", "actor": null, "label": "lgtm"}),
            json!({"event": "subscribed", "created_at": "2026-05-05T08:00:00Z"}),
        ];
        let steps = steps(&rows);
        assert_eq!(steps.len(), 4, "{steps:?}");
        assert_eq!((steps[1].by.as_str(), steps[1].at), ("bob", "2026-05-02T08:00:00Z".parse().unwrap()));
        assert_eq!(steps[2].at, "2026-05-03T09:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(steps[3].what, Occasion::Labelled { label: "lgtm".to_owned() });
    }
}
