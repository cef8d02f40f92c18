//! What several features show: the views, and the parts that draw them.

mod act;
mod counts;
mod cycle;
mod empty;
mod filters;
mod finding;
mod history;
mod kept_list;
mod mismatch;
mod people;
mod proposal_table;
mod severity;
mod tally;
mod views;

pub use act::{Act, act_buttons};
pub use counts::{counts, status_badge};
pub use cycle::{cycle_line, moves, next_freeze, phase_badge, post_list};
pub use empty::nothing_imported;
pub use filters::{ActiveFilter, Choice, chips, picks};
pub use finding::{evidence, finding, mark};
pub use history::history_list;
pub use kept_list::KeptList;
pub use mismatch::mismatch;
pub use people::{handle, handles, who_waits};
pub use proposal_table::{Sorting, grouped_table, proposal_table};
pub use severity::{severity_badge, severity_word};
pub use tally::Tally;
pub use views::*;
