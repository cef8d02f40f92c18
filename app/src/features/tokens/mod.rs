//! A personal token of the API, shown once.

use leptos::prelude::*;

use super::frame::{Drawn, Place, page, title_row};
use crate::{
    islands::Copy,
    port::PageError,
    query::At,
    ui::{self, Icon, Tone},
};

/// A token that was made just now; provided by the server in the Leptos context of the answer to the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreshToken {
    /// What its person calls it.
    pub name: String,
    /// The token.
    pub secret: String,
}

/// `/me/tokens`, in answer to the form.
#[component]
pub fn FreshTokenPage() -> impl IntoView {
    let fresh = use_context::<FreshToken>();
    let load = async move { fresh.ok_or_else(|| PageError::NotFound("This token".to_owned())) };
    page(Place::Me, At::Now, Vec::new(), load, |fresh, _| Drawn { title: "New token".to_owned(), body: body(&fresh) })
}

fn body(fresh: &FreshToken) -> AnyView {
    let once = view! { <p>"Copy it now: only its hash is kept, so it cannot be shown again."</p> };
    view! {
        {title_row(format!("Token “{}”", fresh.name), ().into_any(), ().into_any())}
        {ui::notice(Tone::Warn, Icon::Warning, once)}
        <div class="panel fresh-token">
            <pre>{fresh.secret.clone()}</pre>
            <button type="button" class="btn needs-script" data-copy="">"Copy"</button>
        </div>
        <p class="muted">"Send it with each request, as "<code>"Authorization: Bearer …"</code>", to the addresses of the "<a class="link" href="/api/v1/docs">"API"</a>". Whoever has it can do there what it may in your name, so keep it like a password and revoke it when it is no longer used."</p>
        <p><a class="link" href="/me">"Back to my page"</a></p>
        <Copy/>
    }
    .into_any()
}
