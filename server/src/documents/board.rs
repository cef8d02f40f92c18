//! Reads a release board of GitHub's projects (FORMATS 4): the file that a view's "Export view data" gives, and the
//! answers of the API.
//!
//! Both give the same rows: what the board says of each item, as written. The columns of a view come in any order, and a
//! view may leave some out. Left out on purpose: what the words mean, which proposal an item is, and every column that
//! nothing follows from; the last are named in a note.

mod answer;
mod field;

use csv::{ReaderBuilder, StringRecord};
use domain::{Diagnostic, diagnostic::codes};

pub use answer::{BOARD_QUERY, BoardError, BoardPage, read_board_page};
use field::{Draft, Field};

use super::{
    limits,
    text::{decode, line_number, quoted},
};

/// Largest file that is read, in bytes. A board of a hundred proposals has some fifty thousand.
pub const MAX_BOARD_BYTES: usize = 4 * 1024 * 1024;

/// What a board says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardReading {
    /// Its rows, in its order.
    pub rows: Vec<BoardRow>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a board says of one item. Values are as written; none where nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardRow {
    /// Line of the file on which the row begins, counted from 1; without a file, its place on the board.
    pub line: u32,
    /// Title of the item.
    pub title: String,
    /// What it is.
    pub item: Option<BoardItem>,
    /// Status.
    pub status: Option<String>,
    /// Who reviews it.
    pub reviewer: Option<String>,
    /// Phase of its exception.
    pub exception: Option<String>,
    /// Phase of its promotion: net new, graduating and so on.
    pub promotion: Option<String>,
    /// Maturity stage that it is to reach.
    pub stage: Option<String>,
}

/// What an item of a board is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoardItem {
    /// An issue.
    Issue {
        /// `owner/name`.
        repository: String,
        /// Its number there.
        number: u32,
    },
    /// A pull request.
    Pull {
        /// `owner/name`.
        repository: String,
        /// Its number there.
        number: u32,
    },
    /// Named by its title alone: "VEP 12: Faster lanes".
    Titled {
        /// The noun in lower case.
        noun: String,
        /// The number behind it, which need not be that of the issue.
        number: u32,
    },
}

/// Reads an exported view. Never panics; rows that name nothing are kept and reported.
pub fn read_board(bytes: &[u8]) -> BoardReading {
    let mut reading = BoardReading::default();
    match decode(bytes, MAX_BOARD_BYTES, &mut reading.diagnostics) {
        Ok(text) => read_table(&text, &mut reading),
        Err(refused) => reading.diagnostics.push(refused),
    }
    limits::keep(&mut reading.rows, "board", "rows", &mut reading.diagnostics);
    reading.diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    limits::keep_diagnostics(&mut reading.diagnostics, "board");
    reading
}

fn read_table(text: &str, reading: &mut BoardReading) {
    let mut table =
        ReaderBuilder::new().delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = table.records();
    let Some(Ok(head)) = records.next() else { return };
    let Some(columns) = columns(&head, &mut reading.diagnostics) else { return };
    for record in records {
        match record {
            Ok(record) => read_row(&columns, &record, reading),
            Err(error) => {
                let line = error.position().map_or(0, line_of);
                let message = format!("A row cannot be read: {error}.");
                reading.diagnostics.push(Diagnostic::error(line, codes::ROW_LOST, message, "Export the view again."));
            }
        }
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let message = "The number of quotation marks is odd: where one is not closed, rows may have been read as one.";
        reading.diagnostics.push(Diagnostic::warning(0, codes::ODD_VALUE, message, "Export the view again."));
    }
}

/// What each column holds; none when it is no board.
fn columns(head: &StringRecord, found: &mut Vec<Diagnostic>) -> Option<Vec<Option<Field>>> {
    let mut columns: Vec<Option<Field>> = Vec::new();
    let mut unread = Vec::new();
    for name in head {
        let field = Field::named(name);
        match field {
            Some(field) if columns.contains(&Some(field)) => {
                let message = format!("The column {} was read already.", quoted(name));
                found.push(Diagnostic::note(1, codes::DUPLICATE_KEY, message, "Nothing; the first one counts."));
                columns.push(None);
                continue;
            }
            None if !name.trim().is_empty() => unread.push(quoted(name)),
            _ => {}
        }
        columns.push(field);
    }
    let has = |field| columns.contains(&Some(field));
    if !has(Field::Url) && !has(Field::Title) && !has(Field::Number) {
        let message = "The first line names no column with titles or addresses of issues.";
        let mend = "Give the file that “Export view data” of a project's view gives: tab-separated, with a head line.";
        found.push(Diagnostic::error(1, codes::NOT_A_BOARD, message, mend));
        return None;
    }
    for (field, name) in [(Field::Status, "Status"), (Field::Reviewer, "Reviewer"), (Field::Exception, "Exception")] {
        if !has(field) {
            let message = format!("The view has no column for “{name}”; nothing is known of it.");
            found.push(Diagnostic::warning(1, codes::COLUMN_MISSING, message, "Show the column and export again."));
        }
    }
    if !unread.is_empty() {
        let message = format!("Columns from which nothing follows: {}.", unread.join(", "));
        found.push(Diagnostic::note(1, codes::UNKNOWN_KEY, message, "Nothing."));
    }
    Some(columns)
}

fn read_row(columns: &[Option<Field>], record: &StringRecord, reading: &mut BoardReading) {
    if record.iter().all(|value| value.trim().is_empty()) {
        return;
    }
    let mut draft = Draft::new(record.position().map_or(0, line_of));
    for (field, value) in columns.iter().zip(record) {
        if let Some(field) = field {
            draft.put(*field, value);
        }
    }
    reading.rows.push(draft.row(&mut reading.diagnostics));
}

fn line_of(position: &csv::Position) -> u32 {
    line_number(usize::try_from(position.line()).unwrap_or(usize::MAX).saturating_sub(1))
}
