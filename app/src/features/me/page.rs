//! The page.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    about::about,
    port::{MePort, MeView},
    tasks::{awaited, tasks},
};
use crate::{
    features::{
        exceptions::drafts_panel,
        frame::{Context, Drawn, Place, feed, find_port, page, title_row, viewer},
    },
    query::At,
    words,
};

/// `/me`
#[component]
pub fn MePage() -> impl IntoView {
    let port: Result<Arc<dyn MePort>, _> = find_port();
    let load = async move { port?.me().await };
    // What waits on somebody waits now, whatever day other pages show.
    page(Place::Me, At::Now, Vec::new(), load, |view, context| draw(&view, context))
}

fn draw(view: &MeView, context: &Context) -> Drawn {
    let login = viewer().map(|viewer| view! { <small>{format!("@{}", viewer.login)}</small> });
    let calendar = viewer().map(|viewer| format!("/people/{}/calendar.ics", viewer.login));
    let links = view! {
        {calendar.clone().map(|href| view! { <a class="link" href=href>"Calendar"</a> })}
        <a class="link" href="/agenda">"Agenda"</a>
        <a class="link" href="/api/v1/me">"JSON"</a>
    };
    if let Some(href) = calendar {
        feed(href, "Your dates".to_owned());
    }
    let body = view! {
        {title_row("My page", login.into_any(), links.into_any())}
        {tasks(view, context)}
        {drafts_panel(&view.drafts, "/me", context)}
        {awaited(view, context)}
        {about(view, context)}
    };
    let count = view.near_and_far().0.len();
    let title = if count == 0 { "My page".to_owned() } else { format!("My page, {}", words::count(count, "thing")) };
    Drawn { title, body: body.into_any() }
}
