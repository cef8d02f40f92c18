//! Reads a board from GitHub, page by page. Nothing is kept of it but what the import takes.

use domain::{Diagnostic, diagnostic::codes};
use serde_json::json;

use crate::{
    documents::{BOARD_QUERY, BoardError, BoardReading, MAX_ENTRIES, read_board_page},
    github::{Api, ApiError},
};

/// Why a board could not be read from GitHub.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// GitHub did not answer.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// It answered without a board.
    #[error(transparent)]
    Board(#[from] BoardError),
}

/// Reads a board of an organisation, at most [`MAX_ENTRIES`] rows of it.
///
/// # Errors
/// When GitHub cannot be asked, or shows no such board to this token.
pub async fn fetch_board(api: &Api, organization: &str, number: u32) -> Result<BoardReading, FetchError> {
    let mut reading = BoardReading::default();
    let (mut items, mut after) = (0, None);
    loop {
        let variables = json!({ "organization": organization, "number": number, "after": after });
        let answer = api.query(&json!({ "query": BOARD_QUERY, "variables": variables })).await?;
        let page = read_board_page(&answer, items)?;
        items += page.items;
        reading.rows.extend(page.reading.rows);
        reading.diagnostics.extend(page.reading.diagnostics);
        match page.next {
            None => return Ok(reading),
            // A page without items would go on for ever.
            Some(_) if page.items == 0 || items >= MAX_ENTRIES => break,
            next => after = next,
        }
    }
    let message = format!("The board has more than {items} items; only those were read.");
    let mend = "Archive what is done.";
    reading.diagnostics.push(Diagnostic::error(0, codes::TOO_LARGE, message, mend));
    Ok(reading)
}
