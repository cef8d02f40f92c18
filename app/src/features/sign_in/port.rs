//! The port behind the page for signing in.

use serde::{Deserialize, Serialize};

use crate::port::Answer;

/// How people sign in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInView {
    /// With GitHub.
    GitHub,
    /// As one of the demo's people.
    Personas(Vec<PersonaCard>),
    /// Not at all; it has to be set up.
    Nothing,
}

/// One of the demo's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaCard {
    /// What the form sends.
    pub id: i64,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// What they are, in words.
    pub role: String,
    /// What can be tried as them, as a sentence.
    pub try_this: String,
}

/// How the page reaches the server.
pub trait SignInPort: Send + Sync {
    /// How people sign in here.
    fn ways(&self) -> Answer<'_, SignInView>;
}
