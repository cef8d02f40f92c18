//! Drafts of requests, which only their author sees.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A draft of a request, which only its author sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DraftLink {
    /// Where it is continued.
    pub href: String,
    /// What it is about: "CF exception for cep/4702, v1.10".
    pub words: String,
    /// What tells it from the author's others; for the form that deletes it.
    pub key: String,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
}

/// What the draft on a page and the other drafts of its author are; provided by the server in the Leptos context. Never
/// part of a page of anybody else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    /// The draft that the form continues.
    pub shown: Option<DraftShown>,
    /// All of them, latest first; the one shown is left out.
    pub others: Vec<DraftLink>,
    /// What tells the one shown from the others.
    pub key: String,
}

/// The draft that a form continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftShown {
    /// Its fields by name.
    pub fields: Vec<(String, String)>,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
}
