//! The page.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    operation::operation,
    port::{ApiPort, ApiView, Part},
    shape::shape,
};
use crate::{
    features::frame::{Drawn, Place, find_port, page, title_row},
    query::At,
    ui, words,
};

/// `/api/v1/docs`
#[component]
pub fn ApiPage() -> impl IntoView {
    let port: Result<Arc<dyn ApiPort>, _> = find_port();
    let load = async move { port?.api().await };
    page(Place::Elsewhere, At::Now, Vec::new(), load, |view, _| draw(&view))
}

fn draw(view: &ApiView) -> Drawn {
    let about: Vec<_> = view.about.iter().map(|words| view! { <p>{ui::prose(words)}</p> }).collect();
    let parts: Vec<_> = view.parts.iter().map(part).collect();
    let shapes: Vec<_> = view.shapes.iter().map(shape).collect();
    let count = words::count(view.shapes.len(), "shape");
    let description = view! { <a class="link" href="/api/v1/openapi.json">"OpenAPI"</a> };
    let version = view! { <small>{format!("version {}", view.version)}</small> };
    let body = view! {
        {title_row("API", version.into_any(), description.into_any())}
        <div class="panel pad api-about">{about}{contents(view)}</div>
        {parts}
        <section class="panel api" aria-labelledby="shapes">
            <header><h2 id="shapes">"Shapes"</h2><small>{count}</small></header>
            {shapes}
        </section>
    };
    Drawn { title: "API".to_owned(), body: body.into_any() }
}

/// Every address, to jump to.
fn contents(view: &ApiView) -> AnyView {
    let lines: Vec<_> = view
        .parts
        .iter()
        .map(|part| {
            let links: Vec<_> = part
                .operations
                .iter()
                .map(|operation| {
                    let href = format!("#{}", operation.id);
                    view! { <li><a class="link" href=href>{operation.title.clone()}</a></li> }
                })
                .collect();
            view! { <li><b>{part.name.clone()}</b><ul>{links}</ul></li> }
        })
        .collect();
    view! { <nav aria-label="Addresses of the API"><ul class="api-contents">{lines}</ul></nav> }.into_any()
}

fn part(part: &Part) -> AnyView {
    let id = format!("part-{}", part.name.to_lowercase().replace(' ', "-"));
    let operations: Vec<_> = part.operations.iter().map(operation).collect();
    let labelled_by = id.clone();
    view! {
        <section class="panel api" aria-labelledby=labelled_by>
            <header><h2 id=id>{part.name.clone()}</h2><small>{part.about.clone()}</small></header>
            {operations}
        </section>
    }
    .into_any()
}
