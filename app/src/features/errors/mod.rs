//! Pages that say what went wrong, what was kept, and what to do.

use leptos::prelude::*;

use super::frame::{Drawn, Place, page};
use crate::{port::PageError, query::At};

/// The page for an address that leads nowhere, or that the server refuses in its own words.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    // An address without a page of its own may say what is wrong with it.
    let error = use_context::<PageError>().unwrap_or_else(|| PageError::NotFound("This address".to_owned()));
    let load = async { Err::<(), _>(error) };
    page(Place::Elsewhere, At::Now, Vec::new(), load, |(), _| Drawn { title: String::new(), body: ().into_any() })
}

/// What stands in `main` when a page cannot be shown.
pub fn error_body(error: &PageError) -> Drawn {
    let (title, what, next) = match error {
        PageError::NotFound(what) => (
            "Not found",
            format!("{what} is not known here."),
            "It may have another number, or may not have been read yet. Proposals have addresses such as /cep/4702, \
             releases such as /releases/v1.10.",
        ),
        PageError::BadRequest(message) => (
            "This address cannot be read",
            message.clone(),
            "Nothing was changed. Mend the address, or start from one of these.",
        ),
        PageError::Forbidden(message) => {
            ("Not for you", message.clone(), "Nothing was changed. Your roles, and where each comes from, are on /me.")
        }
        PageError::Unavailable(message) => (
            "Not available at the moment",
            message.clone(),
            "Nothing was lost. Try again in a minute; /healthz tells what is wrong.",
        ),
    };
    let body = view! {
        <div class="error-page">
            <p class="code">{error.status()}</p>
            <h1>{title}</h1>
            <p>{what}</p>
            <p class="muted">{next}</p>
            <form class="find" role="search" aria-label="Search proposals by words" action="/proposals" method="get">
                <label class="field"><span>"Search proposals"</span><input type="search" name="q"/></label>
                <button class="btn primary">"Search"</button>
            </form>
            <ul class="links">
                <li><a class="link" href="/">"Dashboard"</a></li>
                <li><a class="link" href="/proposals">"All proposals"</a></li>
                <li><a class="link" href="/releases">"All releases"</a></li>
                <li><a class="link" href="/glossary">"What the words mean"</a></li>
            </ul>
        </div>
    };
    Drawn { title: title.to_owned(), body: body.into_any() }
}
