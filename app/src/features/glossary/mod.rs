//! The glossary: each term once, and each status with its badge. It needs no data and has no port.

mod page;
mod terms;

pub use page::GlossaryPage;
