//! A label: read first, put on or taken off only where that is needed. Done twice it is done once.

use axum::http::Method;
use reqwest::Url;
use serde_json::{Value, json};

use super::{
    Outcome,
    github::{after_change, after_question, all, change},
};
use crate::{
    github::{Api, ApiError},
    store::outbox::{LabelChange, OutgoingLabel},
};

/// Puts it on, or takes it off.
pub(super) async fn send(api: &Api, label: &OutgoingLabel) -> Outcome {
    let OutgoingLabel { repository, number, change: wanted, name } = label;
    let path = format!("/repos/{repository}/issues/{number}/labels");
    let labels = match all(api, &format!("{path}?per_page=100")).await {
        Ok(labels) => labels,
        Err(error) => return after_question(error),
    };
    let is_it =
        |given: &Value| given["name"].as_str().or_else(|| given.as_str()).is_some_and(|n| n.eq_ignore_ascii_case(name));
    let carries = labels.iter().any(is_it);
    let done = match (wanted, carries) {
        (LabelChange::Add, true) | (LabelChange::Remove, false) => return Outcome::Sent(None),
        (LabelChange::Add, false) => change(api, &Method::POST, &path, Some(&json!({ "labels": [name] }))).await,
        (LabelChange::Remove, true) => change(api, &Method::DELETE, &format!("{path}/{}", segment(name)), None).await,
    };
    match (done, wanted) {
        // Somebody else took it off meanwhile.
        (Ok(_), _) | (Err(ApiError::Missing { .. }), LabelChange::Remove) => Outcome::Sent(None),
        (Err(error), LabelChange::Add | LabelChange::Remove) => after_change(error),
    }
}

/// As one segment of a path: labels have slashes in them.
fn segment(name: &str) -> String {
    let Ok(mut url) = Url::parse("https://label") else { return name.to_owned() };
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.clear().push(name);
    }
    url.path().trim_start_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_in_a_label_is_no_slash_of_the_path() {
        assert_eq!(segment("sig/ci"), "sig%2Fci");
        assert_eq!(segment("good first issue?"), "good%20first%20issue%3F");
    }
}
