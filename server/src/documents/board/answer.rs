//! Reads a board as GitHub's GraphQL API answers: a page of items, each with its values by the name of the field.

use domain::{Diagnostic, diagnostic::codes};
use serde_json::Value;

use super::{
    super::text::line_number,
    BoardReading,
    field::{Draft, Field},
};

/// The question: items of board `$number` of organisation `$organization`, after cursor `$after`.
pub const BOARD_QUERY: &str = "\
query($organization: String!, $number: Int!, $after: String) {
  organization(login: $organization) {
    projectV2(number: $number) {
      items(first: 100, after: $after) {
        nodes {
          isArchived
          content {
            ... on Issue { url title }
            ... on PullRequest { url title }
            ... on DraftIssue { title }
          }
          fieldValues(first: 100) {
            nodes {
              ... on ProjectV2ItemFieldSingleSelectValue { name field { ... on ProjectV2FieldCommon { name } } }
              ... on ProjectV2ItemFieldTextValue { text field { ... on ProjectV2FieldCommon { name } } }
              ... on ProjectV2ItemFieldUserValue {
                users(first: 10) { nodes { login } } field { ... on ProjectV2FieldCommon { name } }
              }
            }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}";

/// A page of a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardPage {
    /// What it says.
    pub reading: BoardReading,
    /// Items on it, archived ones included.
    pub items: usize,
    /// Cursor after which the next page begins; none on the last.
    pub next: Option<String>,
}

/// Why an answer holds no board.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BoardError {
    /// GitHub does not show it to this token.
    #[error(
        "GitHub does not show the board to this token; it needs the scope read:project (a classic token), or the right \
         to read the organisation's projects"
    )]
    NoScope,
    /// There is no such organisation or board, in GitHub's words.
    #[error("GitHub knows no such board: {0}")]
    Missing(String),
    /// It refused, in its words.
    #[error("GitHub did not answer: {0}")]
    Refused(String),
    /// The answer has another form.
    #[error("GitHub's answer holds no items of a board")]
    Odd,
}

/// Reads an answer to [`BOARD_QUERY`]; `before` is the number of items on earlier pages. Archived items are left out, as
/// no view shows them.
///
/// # Errors
/// When the answer is a refusal, or holds no board.
pub fn read_board_page(answer: &Value, before: usize) -> Result<BoardPage, BoardError> {
    let board = &answer["data"]["organization"]["projectV2"];
    let items = &board["items"];
    let Some(nodes) = items["nodes"].as_array() else { return Err(refusal(answer)) };
    let mut page = BoardPage { items: nodes.len(), ..BoardPage::default() };
    for (at, node) in nodes.iter().enumerate() {
        read_item(node, line_number(before.saturating_add(at)), &mut page.reading);
    }
    let info = &items["pageInfo"];
    page.next = info["endCursor"].as_str().filter(|_| info["hasNextPage"] == true).map(str::to_owned);
    Ok(page)
}

fn refusal(answer: &Value) -> BoardError {
    let errors = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of_kind =
        |kinds: &[&str]| errors.iter().find(|error| error["type"].as_str().is_some_and(|kind| kinds.contains(&kind)));
    let words = |error: &Value| error["message"].as_str().unwrap_or("no reason is given").to_owned();
    if of_kind(&["INSUFFICIENT_SCOPES", "FORBIDDEN"]).is_some() {
        return BoardError::NoScope;
    }
    if let Some(error) = of_kind(&["NOT_FOUND"]) {
        return BoardError::Missing(words(error));
    }
    match errors.first() {
        Some(error) => BoardError::Refused(words(error)),
        // Without the scope the organisation is null, and not always with an error.
        None if answer["data"].get("organization").is_some_and(Value::is_null) => BoardError::NoScope,
        None => BoardError::Odd,
    }
}

fn read_item(node: &Value, line: u32, reading: &mut BoardReading) {
    if node["isArchived"] == true {
        return;
    }
    let mut draft = Draft::new(line);
    let content = &node["content"];
    if content.is_null() {
        let message = "The item is one that the token may not see.";
        let mend = "Use a token that sees the item's repository.";
        reading.diagnostics.push(Diagnostic::error(line, codes::ROW_LOST, message, mend));
        return;
    }
    for (field, value) in [(Field::Url, &content["url"]), (Field::Title, &content["title"])] {
        draft.put(field, value.as_str().unwrap_or_default());
    }
    for value in node["fieldValues"]["nodes"].as_array().into_iter().flatten() {
        if let Some(field) = value["field"]["name"].as_str().and_then(Field::named) {
            draft.put(field, &words(value));
        }
    }
    reading.rows.push(draft.row(&mut reading.diagnostics));
}

/// The value of a field: what was chosen, what was written, or who was named.
fn words(value: &Value) -> String {
    if let Some(text) = value["name"].as_str().or_else(|| value["text"].as_str()) {
        return text.to_owned();
    }
    let logins = value["users"]["nodes"].as_array().into_iter().flatten().filter_map(|user| user["login"].as_str());
    logins.map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ")
}
