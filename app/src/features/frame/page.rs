//! How a page comes to be: load the frame and the view, draw it, or draw why it cannot be shown.

use std::{future::Future, sync::Arc};

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_url;

use super::{
    Place,
    layout::layout,
    port::{Frame, FramePort},
};
use crate::{
    features::errors::error_body,
    port::{PageError, SetStatus},
    query::{At, BadParameter},
};

/// What every page knows of its request.
#[derive(Debug, Clone)]
pub struct Context {
    /// Where the navigation stands.
    pub place: Place,
    /// The frame; `None` when not even that could be read.
    pub frame: Option<Frame>,
    /// The instant of the address.
    pub at: At,
    /// Path of the address.
    pub path: String,
    /// Query of the address, without `?`.
    pub query: String,
    /// Parameters that could not be used.
    pub bad: Vec<BadParameter>,
}

impl Context {
    /// The instant that the page shows. Without a frame no page is drawn that asks for it.
    pub fn now(&self) -> DateTime<Utc> {
        self.frame.as_ref().map(Frame::shown).unwrap_or_default()
    }

    /// A link within the tracker that keeps the instant shown.
    pub fn href(&self, href: &str) -> String {
        self.at.keep(href)
    }
}

/// A drawn page.
pub struct Drawn {
    /// Title of the document, without the name of the program.
    pub title: String,
    /// What stands in `main`.
    pub body: AnyView,
}

/// Draws a page: `load` gets its view from a port, `draw` draws it.
pub fn page<V, L>(
    place: Place,
    at: At,
    bad: Vec<BadParameter>,
    load: L,
    draw: impl FnOnce(V, &Context) -> Drawn + Send + 'static,
) -> impl IntoView
where
    V: Send + 'static,
    L: Future<Output = Result<V, PageError>> + Send + 'static,
{
    let port = port::<dyn FramePort>();
    let url = use_url();
    let (path, query) = url.with_untracked(|url| (url.path().to_owned(), url.search().to_owned()));
    Suspend::new(async move {
        let frame = match port {
            Ok(port) => port.frame(at).await,
            Err(error) => Err(error),
        };
        let (frame, view) = match frame {
            Ok(frame) => (Some(frame), load.await),
            Err(error) => (None, Err(error)),
        };
        let context = Context { place, frame, at, path, query, bad };
        let Drawn { title, body } = match view {
            Ok(view) => draw(view, &context),
            Err(error) => {
                if let Some(set_status) = use_context::<SetStatus>() {
                    (set_status.0)(error.status());
                }
                error_body(&error)
            }
        };
        view! {
            <Title text=escaped(&format!("{title} · CEP Tracker"))/>
            {layout(&context, body)}
        }
    })
}

/// Draws a page that needs no data of its own.
pub fn static_page(place: Place, draw: impl FnOnce(&Context) -> Drawn + Send + 'static) -> impl IntoView {
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    page(place, at, bad, async { Ok(()) }, move |(), context| draw(context))
}

/// A port from the context.
///
/// # Errors
///
/// A server that does not provide it cannot show the page.
pub fn port<P: ?Sized + Send + Sync + 'static>() -> Result<Arc<P>, PageError> {
    use_context::<Arc<P>>()
        .ok_or_else(|| PageError::Unavailable("This server does not offer the data of this page.".to_owned()))
}

/// `leptos_meta` writes the title into the head as it is, and titles come from documents that anybody may write.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
