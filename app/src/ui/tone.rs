//! Badges, chips and dots: a tone never stands without a word.

use leptos::prelude::*;

use super::{Icon, icon};

/// The colours that mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done or ready.
    Good,
    /// In work.
    Busy,
    /// Under an exception, or asking for one.
    Exception,
    /// At risk, or wants a look.
    Warn,
    /// Missed.
    Bad,
    /// Nobody can tell yet.
    Unknown,
    /// Out of the race, or not in it yet.
    Quiet,
}

impl Tone {
    /// Every tone, in the order in which areas of a chart are stacked from the ground.
    pub const ALL: [Self; 7] =
        [Self::Good, Self::Busy, Self::Exception, Self::Warn, Self::Bad, Self::Unknown, Self::Quiet];

    /// The class that sets its colours.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "t-good",
            Self::Busy => "t-busy",
            Self::Exception => "t-exception",
            Self::Warn => "t-warn",
            Self::Bad => "t-bad",
            Self::Unknown => "t-unknown",
            Self::Quiet => "t-quiet",
        }
    }
}

impl From<domain::Tone> for Tone {
    fn from(tone: domain::Tone) -> Self {
        match tone {
            domain::Tone::Good => Self::Good,
            domain::Tone::Busy => Self::Busy,
            domain::Tone::Exception => Self::Exception,
            domain::Tone::Bad => Self::Bad,
            domain::Tone::Unknown => Self::Unknown,
            domain::Tone::Quiet => Self::Quiet,
        }
    }
}

/// A pill with icon and word.
pub fn badge(tone: Tone, which: Icon, words: impl Into<String>) -> impl IntoView {
    view! { <span class=format!("badge {}", tone.class())>{icon(which)}{words.into()}</span> }
}

/// A quiet pill with a word.
pub fn chip(words: impl Into<String>) -> impl IntoView {
    view! { <span class="chip">{words.into()}</span> }
}

/// A coloured square for legends; the word stands beside it.
pub fn dot(tone: Tone) -> impl IntoView {
    view! { <span class=format!("dot {}", tone.class()) aria-hidden="true"></span> }
}
