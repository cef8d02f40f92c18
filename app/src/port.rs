//! What all ports share: the shape of an answer, and the errors a page can show.
//!
//! A port is the small trait through which one feature's pages reach the server. The server implements it by
//! delegating to use cases and provides it as `Arc<dyn …Port>` in the Leptos context. Views arrive filtered, sorted and
//! paged; components only draw. Nothing here knows how data is kept.

use std::{future::Future, pin::Pin, sync::Arc};

/// What a port's method returns: object safe, sendable, borrowed from the port.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, PageError>> + Send + 'a>>;

/// Why a page cannot be shown, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// There is no such thing (404); the text names it: "CEP 4702".
    #[error("{0} is not known here")]
    NotFound(String),
    /// The address asks for something that cannot be (400); the text says what and how to mend it.
    #[error("{0}")]
    BadRequest(String),
    /// Whoever looks may not (403); the text says who may.
    #[error("{0}")]
    Forbidden(String),
    /// The data cannot be read at the moment (503); the text says what the reader can do.
    #[error("{0}")]
    Unavailable(String),
}

impl PageError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound(_) => 404,
            Self::BadRequest(_) => 400,
            Self::Forbidden(_) => 403,
            Self::Unavailable(_) => 503,
        }
    }
}

/// Sets the HTTP status of the response; provided by the server in the Leptos context.
#[derive(Clone)]
pub struct SetStatus(pub Arc<dyn Fn(u16) + Send + Sync>);

/// Takes the name of a header and its value.
type Add = dyn Fn(&'static str, &str) + Send + Sync;

/// Adds a header to the response; provided by the server in the Leptos context.
#[derive(Clone)]
pub struct AddHeader(pub Arc<Add>);

/// Who looks at the page, when they are signed in; provided by the server in the Leptos context as `Option<Viewer>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Login at GitHub.
    pub login: String,
    /// Name at GitHub, if they gave one.
    pub name: Option<String>,
    /// What the forms of this session carry, so that no other site can send them.
    pub csrf: String,
}

/// Addresses of the built assets; provided by the server in the Leptos context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// Address of the style sheet.
    pub css_href: String,
    /// The wasm package, when it was built; without it pages simply stay without script.
    pub script: Option<ScriptAssets>,
}

/// Addresses of the wasm package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptAssets {
    /// Address of the JavaScript module that wasm-bindgen wrote.
    pub js_href: String,
    /// Address of the wasm file.
    pub wasm_href: String,
}

/// The theme that the reader chose; read by the server from the cookie `theme` and provided in the Leptos context, so
/// that no page flashes in the wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The system's.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The choice in a `Cookie` header; the system's theme when there is none.
    pub fn from_cookies(header: &str) -> Self {
        let value = header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == "theme");
        match value {
            Some((_, "light")) => Self::Light,
            Some((_, "dark")) => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The word for the document and the button.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_is_read_from_among_other_cookies() {
        assert_eq!(Theme::from_cookies("a=b; theme=dark; c=d"), Theme::Dark);
        assert_eq!(Theme::from_cookies("theme=pink"), Theme::Auto);
        assert_eq!(Theme::from_cookies(""), Theme::Auto);
    }
}
