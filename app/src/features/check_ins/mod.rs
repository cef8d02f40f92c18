//! The weekly check-in (PROCESS 5): the week as a list, one proposal at a time for the meeting, the comments that go out,
//! the minutes, and how a release went week by week.
//!
//! Left out on purpose: who may speak and what a word means, which are `domain`'s.

mod address;
mod comments;
mod fields;
mod heat;
mod live;
mod meeting;
mod minutes;
mod parts;
pub mod port;
mod sheet;
mod table;

pub use address::{CheckInAddress, WeekChoice};
pub use comments::CommentsPage;
pub use fields::sides;
pub use heat::HeatPage;
pub use live::{mark, present, words};
pub use meeting::MeetingPage;
pub use minutes::MinutesPage;
pub use parts::look;
pub use sheet::{GapsPage, SheetPage};
