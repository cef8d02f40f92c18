//! Requests for an exception: what was asked, where each stands, until when a grant runs, what strikes one about it, and
//! what they add up to (P-16 to P-18).
//!
//! Left out on purpose: which steps are possible ([`crate::decision`]), who may take them ([`crate::policy`]), and the
//! texts that go out ([`crate::outgoing`]).

mod findings;
mod request;
mod requests;
mod statistics;

pub use findings::{Finding, findings};
pub use request::{Exchange, Lapse, RequestState, RequestView};
pub use requests::Requests;
pub(crate) use statistics::median;
pub use statistics::{Counted, Statistics};
