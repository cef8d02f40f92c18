//! Comments and reviews.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Account, Odd, Reader, unreadable};

/// A comment on an issue or pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id, unique in GitHub.
    pub id: i64,
    /// Number of the issue or pull request.
    pub number: u32,
    /// Who wrote it.
    pub author: Account,
    /// Text.
    pub body: String,
    /// When it was written.
    pub created_at: Option<DateTime<Utc>>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Reads a comment. Its issue is named by the list's own field, or by the webhook around it.
///
/// # Errors
/// When it has no id, no issue or no time.
pub fn comment(repository: &str, number: Option<u32>, value: &Value) -> Result<(Comment, Vec<Odd>), Odd> {
    let Some(id) = value["id"].as_i64() else {
        return Err(unreadable(repository.to_owned(), "A comment has no id"));
    };
    let of_address = || value["issue_url"].as_str()?.rsplit('/').next()?.parse().ok();
    let Some(number) = number.or_else(of_address) else {
        return Err(unreadable(format!("{repository} comment {id}"), "It does not say what it is about"));
    };
    let mut reader = Reader::new(format!("{repository}#{number} comment {id}"), value);
    let Some(updated_at) = reader.instant("updated_at") else {
        return Err(unreadable(reader.row, "It does not say when it last changed"));
    };
    let comment = Comment {
        id,
        number,
        author: reader.account("user"),
        body: value["body"].as_str().unwrap_or_default().to_owned(),
        created_at: reader.instant("created_at"),
        updated_at,
    };
    Ok((comment, reader.odd))
}

/// A review of a pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Its id.
    pub id: i64,
    /// Number of the pull request.
    pub number: u32,
    /// Who reviewed.
    pub author: Account,
    /// `approved`, `changes_requested`, `commented`, `dismissed`, in lower case.
    pub state: String,
    /// When.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// Reads a review of a pull request.
///
/// # Errors
/// When it has no id.
pub fn review(repository: &str, number: u32, value: &Value) -> Result<(Review, Vec<Odd>), Odd> {
    let Some(id) = value["id"].as_i64() else {
        return Err(unreadable(format!("{repository}#{number}"), "A review has no id"));
    };
    let mut reader = Reader::new(format!("{repository}#{number} review {id}"), value);
    let review = Review {
        id,
        number,
        author: reader.account("user"),
        state: value["state"].as_str().unwrap_or_default().to_lowercase(),
        submitted_at: reader.instant("submitted_at"),
    };
    Ok((review, reader.odd))
}
