//! The minutes of a week, to be copied or downloaded.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    parts::{asked, crumbs},
    port::{CheckInsPort, MinutesView},
    sheet::params,
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, title_row},
    islands::Copy,
    query::At,
};

/// `/check-ins/{release}/{week}/minutes`
#[component]
pub fn MinutesPage() -> impl IntoView {
    let port: Result<Arc<dyn CheckInsPort>, _> = find_port();
    let params = params();
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let load = async move { port?.minutes(asked(params, at)?).await };
    page(Place::CheckIns, at, bad, load, |view, context| draw(&view, context))
}

fn draw(view: &MinutesView, context: &Context) -> Drawn {
    let address = view.address;
    let title = format!("Minutes of week {}", address.week.number());
    let text = view.text.clone();
    let end = view! {
        <button type="button" class="btn needs-script" data-copy=text.clone()>"Copy"</button>
        <a class="btn" href=context.href(&address.below("minutes.md"))>"Download"</a>
    };
    let body = view! {
        <div class="head-of-page">{crumbs(address, "Minutes", None, context)}{title_row(title.clone(), ().into_any(), end.into_any())}</div>
        <section class="panel" aria-label="The minutes in Markdown"><pre class="plain" tabindex="0">{text}</pre></section>
        <Copy/>
    };
    Drawn { title, body: body.into_any() }
}
