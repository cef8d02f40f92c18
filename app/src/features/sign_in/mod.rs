//! The page for signing in: with GitHub, or as one of the demo's people.

mod page;
pub mod port;

pub use page::SignInPage;

/// Why the last try came to nothing; provided by the server in the Leptos context when it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What happened, as a sentence.
    pub what: String,
    /// What is so now and what to do, as sentences.
    pub mend: String,
}
