//! The agenda of the next meeting of a SIG: what was put on it, exceptions to discuss, what waits on the SIG, reviews that
//! lag. Computed whenever it is looked at, save for what people put on it.

mod markdown;
mod page;
mod parts;
pub mod port;

pub use markdown::markdown;
pub use page::AgendaPage;
