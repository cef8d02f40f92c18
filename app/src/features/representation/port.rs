//! The port behind the roster of representatives.

use domain::{
    Week,
    representation::{Gap, Representative, Seat},
};
use serde::{Deserialize, Serialize};

use crate::port::Answer;

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepresentationView {
    /// The present week.
    pub present: Week,
    /// The weeks that are shown.
    pub weeks: Vec<Week>,
    /// A row for each seat.
    pub rows: Vec<SeatRow>,
    /// Gaps from the present week on.
    pub gaps: Vec<Gap>,
    /// The lines of the roster, by seat and first week.
    pub lines: Vec<Line>,
    /// Seats that the viewer may fill.
    pub seats: Vec<Seat>,
    /// Place of the latest change in the log.
    pub seen: i64,
    /// Whether the viewer can undo the last change.
    pub undo: bool,
}

/// A seat, week by week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatRow {
    /// The seat.
    pub seat: Seat,
    /// Whether anybody was ever named for it.
    pub kept: bool,
    /// Login of who has it in each week shown.
    pub weeks: Vec<Option<String>>,
}

/// A line of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What names it in forms.
    pub key: String,
    /// The line.
    pub one: Representative,
    /// Whether its last week is over.
    pub over: bool,
    /// Whether the viewer may change it.
    pub may: bool,
}

/// How the page reaches the server.
pub trait RepresentationPort: Send + Sync {
    /// The roster of the main calendar.
    fn representation(&self) -> Answer<'_, RepresentationView>;
}
