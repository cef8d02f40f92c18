//! The page.

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    Refusal,
    port::{PersonaCard, SignInPort, SignInView},
};
use crate::{
    features::frame::{Drawn, Place, find_port, page, title_row, viewer},
    port::Viewer,
    query::{At, Parameters},
    ui::{self, Icon, Tone},
};

/// `/sign-in`.
#[component]
pub fn SignInPage() -> impl IntoView {
    let port = find_port::<dyn SignInPort>();
    let load = async move { port?.ways().await };
    let query = use_url().with_untracked(|url| url.search().to_owned());
    let parameters = Parameters::parse(&query);
    let next = parameters.iter().find(|(name, _)| *name == "next").map(|(_, value)| value.to_owned());
    let refusal = use_context::<Refusal>();
    page(Place::SignIn, At::Now, Vec::new(), load, move |view, _| Drawn {
        title: "Sign in".to_owned(),
        body: body(&view, &next.unwrap_or_default(), refusal),
    })
}

fn body(view: &SignInView, next: &str, refusal: Option<Refusal>) -> AnyView {
    let refused = refusal.map(|refusal| {
        let text = view! { <p><b>{refusal.what}</b>" "{refusal.mend}</p> };
        view! { <div role="alert">{ui::notice(Tone::Bad, Icon::Warning, text)}</div> }
    });
    let (title, ways) = match view {
        SignInView::GitHub => ("Sign in", github(next)),
        SignInView::Personas(cards) => ("Who do you want to be?", personas(cards, next)),
        SignInView::Nothing => ("Sign in", nothing()),
    };
    view! {
        {title_row(title, ().into_any(), ().into_any())}
        {refused}
        {viewer().map(|viewer| already(&viewer))}
        {ways}
    }
    .into_any()
}

fn already(viewer: &Viewer) -> AnyView {
    let name = viewer.name.clone().unwrap_or_else(|| viewer.login.clone());
    let text = view! { <p>"You are signed in as "<b>{name}</b>" (@"{viewer.login.clone()}")."</p> };
    ui::notice(Tone::Good, Icon::Check, text)
}

fn github(next: &str) -> AnyView {
    view! {
        <div class="panel sign-in-box">
            <p>"Everything can be read without signing in. Sign in to decide, to ask for an exception, and to see what waits for you."</p>
            <form method="post" action="/sign-in">
                {ui::hidden_field("next".to_owned(), next.to_owned())}
                <button class="btn primary">"Sign in with GitHub"</button>
            </form>
            <p class="muted"><small>"GitHub tells the tracker your public name and number, nothing else. What you may do here follows from the documents and alias files that name you."</small></p>
        </div>
    }
    .into_any()
}

fn personas(cards: &[PersonaCard], next: &str) -> AnyView {
    let here = viewer().map(|viewer| viewer.login);
    let cards: Vec<_> = cards.iter().map(|card| persona(card, next, here.as_deref() == Some(&card.login))).collect();
    view! {
        <p class="muted">"This is the demo world on your own machine: choose anyone, and change at any time. Nobody here is real."</p>
        <ul class="personas">{cards}</ul>
    }
    .into_any()
}

fn persona(card: &PersonaCard, next: &str, here: bool) -> AnyView {
    let button = format!("Continue as {}", card.name);
    view! {
        <li class="panel">
            <h2>{card.name.clone()}</h2>
            <p class="role">{ui::chip(card.role.clone())}<small>"@"{card.login.clone()}</small></p>
            <p>{card.try_this.clone()}</p>
            <form method="post" action="/sign-in/persona">
                {ui::hidden_field("id".to_owned(), card.id.to_string())}
                {ui::hidden_field("next".to_owned(), next.to_owned())}
                <button class="btn">{button}</button>
                {here.then(|| view! { <small>"You are signed in as them."</small> })}
            </form>
        </li>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <div class="panel sign-in-box">
            <p><b>"Signing in is not set up on this server."</b></p>
            <p>"Everything can be read without it. Whoever runs the server makes an OAuth app at GitHub, under Settings, Developer settings, with the callback address "<code>"<base URL>/sign-in/callback"</code>", and starts the server with:"</p>
            <pre>"CEP_TRACKER_BASE_URL=https://ceps.example.org\nCEP_TRACKER_GITHUB_CLIENT_ID=…\nCEP_TRACKER_GITHUB_CLIENT_SECRET=…"</pre>
            <p class="muted"><small>"The demo offers made-up people instead, when the server listens on 127.0.0.1."</small></p>
        </div>
    }
    .into_any()
}
