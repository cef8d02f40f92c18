//! Readers of the texts that the process lives in: schedules, proposal documents, OWNERS, tracking issues, comments,
//! pull requests and release boards.
//!
//! Bytes or text go in, a reading of `domain` comes out: every value with its line, and a diagnostic for whatever could
//! not be read or looks wrong. A reader never fails, never panics, never guesses silently, and takes time in proportion
//! to the size of its input. Left out on purpose: fetching files, comparing them with issues and decisions, and any
//! judgement that needs a clock.

mod blank;
mod board;
mod checklist;
mod commands;
mod dates;
mod deadlines;
pub mod exceptions;
mod front_matter;
mod history;
mod inline;
mod issue;
mod limits;
mod line_shape;
mod link;
mod location;
mod outline;
mod owners;
mod people;
mod proposal;
mod pull_text;
mod schedule;
mod sections;
mod targets;
mod template;
mod text;
mod title;
mod visible;
mod yaml;

#[cfg(test)]
mod tests;

pub use blank::unfilled;
pub use board::{
    BOARD_QUERY, BoardError, BoardItem, BoardPage, BoardReading, BoardRow, MAX_BOARD_BYTES, read_board, read_board_page,
};
pub use commands::{Command, commands, ignored_commands};
pub use dates::read_date;
pub use front_matter::MAX_FRONT_MATTER_BYTES;
pub use issue::{MAX_ISSUE_BYTES, read_issue};
pub use limits::{MAX_DIAGNOSTICS, MAX_ENTRIES};
pub use location::{Located, locate, source_of};
pub use owners::{
    Alias, AliasesReading, EVERYTHING, Entry, MAX_OWNERS_BYTES, OwnersFilter, OwnersReading, read_aliases, read_owners,
};
pub use people::is_login;
pub use proposal::{MAX_DOCUMENT_BYTES, read_proposal};
pub use pull_text::{MAX_PULL_TEXT_BYTES, read_pull_text};
pub use schedule::{MAX_SCHEDULE_BYTES, read_schedule};
pub use template::{CEP, GRADUATION, SOURCES, SectionTemplate, SourceTemplate, VEP};
pub use text::MAX_VALUE_CHARS;
