//! The port behind the page about the API, and what it shows.

use crate::port::Answer;

/// The whole page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiView {
    /// Version of the description.
    pub version: String,
    /// What there is to know first, by paragraph.
    pub about: Vec<String>,
    /// The parts, in their order.
    pub parts: Vec<Part>,
    /// The shapes of what is sent and answered, by name.
    pub shapes: Vec<Shape>,
}

/// Addresses that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// What can be done.
    pub operations: Vec<Operation>,
}

/// Something that can be done at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What tells it from all others.
    pub id: String,
    /// The method: `GET`.
    pub method: String,
    /// The address.
    pub path: String,
    /// What it does, in few words.
    pub title: String,
    /// What it does.
    pub about: String,
    /// Whether it needs a token.
    pub token: bool,
    /// What it takes in its address.
    pub parameters: Vec<Field>,
    /// What it takes in its body.
    pub body: Option<Kind>,
    /// What it answers.
    pub answers: Vec<Reply>,
    /// How a shell asks.
    pub example: String,
}

/// Something that is named and has a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where it stands; empty for a field of a shape.
    pub place: String,
    /// What its value is.
    pub kind: Kind,
    /// What it means.
    pub about: String,
    /// Whether it is always there.
    pub required: bool,
}

/// What a value is, in words; the names of shapes among them lead to them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kind(pub Vec<Word>);

/// A part of these words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Text.
    Text(String),
    /// The name of a shape.
    Shape(String),
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: String,
    /// What it means.
    pub about: String,
    /// Its media type; empty for an answer without a body.
    pub media: String,
    /// What the body is.
    pub kind: Kind,
}

/// A shape that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// What it is made of, when it is an object.
    pub fields: Vec<Field>,
    /// What else it is, each a choice: values that it takes, or kinds of objects.
    pub choices: Vec<Choice>,
}

/// One of several things that a shape can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What.
    pub kind: Kind,
    /// What it means.
    pub about: String,
    /// What it is made of, when it is an object.
    pub fields: Vec<Field>,
}

impl Shape {
    /// Where the page shows it.
    pub fn anchor(name: &str) -> String {
        format!("shape-{name}")
    }
}

/// How the page reaches the server.
pub trait ApiPort: Send + Sync {
    /// What the API offers.
    fn api(&self) -> Answer<'_, ApiView>;
}
