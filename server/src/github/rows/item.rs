//! Issues and pull requests.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Account, Odd, Reader, number_of, unreadable};

/// State of an issue or pull request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemState {
    /// Open.
    #[default]
    Open,
    /// Closed; a pull request may have been merged.
    Closed,
}

/// An issue or a pull request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// Its number.
    pub number: u32,
    /// Whether it is a pull request.
    pub is_pull: bool,
    /// Title.
    pub title: String,
    /// Text; empty when none was written.
    pub body: String,
    /// Who opened it.
    pub author: Account,
    /// Open or closed.
    pub state: ItemState,
    /// Why it was closed: `completed`, `not_planned`, …
    pub state_reason: Option<String>,
    /// Names of its labels, sorted.
    pub labels: Vec<String>,
    /// Logins.
    pub assignees: Vec<String>,
    /// Title of its milestone.
    pub milestone: Option<String>,
    /// When it was opened.
    pub created_at: Option<DateTime<Utc>>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it was merged.
    pub merged_at: Option<DateTime<Utc>>,
    /// The commit that merged it.
    pub merge_commit: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The branch it goes into; empty for an issue.
    pub base: String,
    /// The latest commit of its branch; empty for an issue.
    pub head: String,
    /// Logins whose review is asked for.
    pub requested: Vec<String>,
}

/// Reasons that GitHub gives for closing.
const REASONS: [&str; 4] = ["completed", "not_planned", "reopened", "duplicate"];

/// Reads an issue or pull request of `repository`, as lists, single answers and webhooks give them.
///
/// # Errors
/// When it has no number or no time.
pub fn item(repository: &str, value: &Value) -> Result<(Item, Vec<Odd>), Odd> {
    let Some(number) = number_of(&value["number"]) else {
        return Err(unreadable(repository.to_owned(), "A row has no number"));
    };
    let row = format!("{repository}#{number}");
    let mut reader = Reader::new(row.clone(), value);
    let Some(updated_at) = reader.instant("updated_at") else {
        return Err(unreadable(row, "It does not say when it last changed"));
    };
    // Lists of issues mark pull requests; lists of pull requests have what only those have.
    let is_pull = value["pull_request"].is_object() || value["base"].is_object();
    let merged_at = reader.instant("merged_at").or_else(|| value["pull_request"]["merged_at"].as_str()?.parse().ok());
    let state_reason = reader.text("state_reason").map(str::to_owned);
    if let Some(reason) = state_reason.as_deref().filter(|reason| !REASONS.contains(reason)) {
        reader.remark(format!("`state_reason` is `{reason}`, which is not known; it was kept as it is."));
    }
    let state = match reader.text("state") {
        Some("open") => ItemState::Open,
        Some("closed") => ItemState::Closed,
        other => {
            reader.remark(format!("`state` is {other:?}; it was taken as open."));
            ItemState::Open
        }
    };
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let item = Item {
        number,
        is_pull,
        title: text("title"),
        body: text("body"),
        author: reader.account("user"),
        state,
        state_reason,
        labels: reader.labels(),
        assignees: reader.logins("assignees"),
        milestone: value["milestone"]["title"].as_str().map(str::to_owned),
        created_at: reader.instant("created_at"),
        updated_at,
        closed_at: reader.instant("closed_at"),
        merged_at,
        merge_commit: value["merge_commit_sha"].as_str().filter(|_| merged_at.is_some()).map(str::to_owned),
        draft: value["draft"].as_bool().unwrap_or(false),
        base: value["base"]["ref"].as_str().unwrap_or_default().to_owned(),
        head: value["head"]["sha"].as_str().unwrap_or_default().to_owned(),
        requested: reader.logins("requested_reviewers"),
    };
    Ok((item, reader.odd))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row() -> Value {
        json!({
            "number": 421, "title": "VEP 421: Passt", "body": null, "user": {"login": "alice"}, "state": "open",
            "labels": [{"name": "sig/network", "color": "ededed"}], "assignees": [{"login": "alice"}],
            "created_at": "2026-05-01T08:00:00Z", "updated_at": "2026-05-02T08:00:00Z"
        })
    }

    #[test]
    fn an_ordinary_issue_is_read_without_remarks() {
        let (item, odd) = item("kubevirt/enhancements", &row()).unwrap();
        assert_eq!((item.number, item.is_pull, item.body.as_str()), (421, false, ""));
        assert_eq!((item.author.as_deref(), item.labels), (Some("alice"), vec!["sig/network".to_owned()]));
        assert_eq!(odd, []);
    }

    #[test]
    fn what_is_odd_costs_a_remark_and_not_the_row() {
        let mut value = row();
        value["user"] = Value::Null;
        value["labels"] = json!(["bare", {"name": "grey", "color": null}, {"colour": "x"}]);
        value["state_reason"] = json!("eaten_by_dog");
        let (item, odd) = item("o/r", &value).unwrap();
        assert_eq!((item.author, item.labels), (None, vec!["bare".to_owned(), "grey".to_owned()]));
        assert_eq!(item.state_reason.as_deref(), Some("eaten_by_dog"));
        assert_eq!(odd.len(), 5, "{odd:?}");
        assert!(odd.iter().all(|odd| odd.row == "o/r#421"));
    }

    #[test]
    fn a_row_without_number_or_time_is_named_and_left_out() {
        let mut value = row();
        value["updated_at"] = json!("yesterday");
        assert!(item("o/r", &value).unwrap_err().what.contains("left out"));
        assert!(item("o/r", &json!({"title": "x"})).is_err());
    }

    #[test]
    fn a_merged_pull_request_is_one_in_either_list() {
        let mut value = row();
        value["state"] = json!("closed");
        value["pull_request"] = json!({"merged_at": "2026-05-02T07:00:00Z"});
        let (of_issues, _) = item("o/r", &value).unwrap();
        assert!(of_issues.is_pull && of_issues.merged_at.is_some());
        value["pull_request"] = Value::Null;
        value["merged_at"] = json!("2026-05-02T07:00:00Z");
        value["merge_commit_sha"] = json!("abc");
        value["base"] = json!({"ref": "main"});
        let (of_pulls, _) = item("o/r", &value).unwrap();
        assert_eq!((of_pulls.is_pull, of_pulls.base.as_str()), (true, "main"));
        assert_eq!(of_pulls.merge_commit.as_deref(), Some("abc"));
    }
}
