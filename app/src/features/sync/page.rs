//! The page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    deliveries::deliveries,
    port::{DeliveryState, SyncPort, SyncView, Way},
    repositories::repositories,
    runs::{runs, under_way},
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, title_row, viewer},
    query::At,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// `/sync`
#[component]
pub fn SyncPage() -> impl IntoView {
    let port: Result<Arc<dyn SyncPort>, _> = find_port();
    let (deliveries, bad) = use_url().with_untracked(|url| DeliveryState::from_query(url.search()));
    let load = async move { port?.sync(deliveries).await };
    // What was read is told as it is now, whatever day other pages show.
    page(Place::Elsewhere, At::Now, bad, load, |view, context| draw(&view, context))
}

fn draw(view: &SyncView, context: &Context) -> Drawn {
    let state = ui::form_state();
    let again = view! { <a class="btn" href="/sync">"Look again"</a> };
    let body = view! {
        {title_row("Sync", ().into_any(), again.into_any())}
        <p class="muted">
            "What is read from GitHub, and how that went. What readers did not understand in documents, issues, comments and pull requests \
             is "<a class="link" href="/diagnostics">"among the diagnostics"</a>"."
        </p>
        {ui::problems(&state, &[])}
        {now(view, context)}
        {under_way(view, context)}
        {repositories(view, context)}
        {runs(view, context)}
        {deliveries(view, context)}
    };
    Drawn { title: "Sync".to_owned(), body: body.into_any() }
}

/// Whether GitHub is read at all, when that last went well, and the forms to have it read now.
fn now(view: &SyncView, context: &Context) -> AnyView {
    if view.way == Way::Demo {
        let what = "The demo world is not read from GitHub.";
        return view! {
            <Panel title="Reading GitHub" id="now">
                <Empty what=what><p>"Leave the demo to read your own repositories."</p></Empty>
            </Panel>
        }
        .into_any();
    }
    if view.way == Way::None {
        return not_configured();
    }
    let last = last(view, context);
    let webhooks = if view.takes_webhooks {
        "taken, so that changes show within seconds"
    } else {
        "not taken; set CEP_TRACKER_GITHUB_WEBHOOK_SECRET"
    };
    let every = format!("every {} minutes", view.every);
    let (asked, form) = (asked(view, context), form(view));
    view! {
        <Panel title="Reading GitHub" id="now">
            <dl class="kv wide">
                <dt>"Last time"</dt><dd>{last}</dd>
                <dt>"How often"</dt><dd>{every}</dd>
                <dt>"Webhooks"</dt><dd>{webhooks}</dd>
                {asked}
            </dl>
            {form}
        </Panel>
    }
    .into_any()
}

/// When everything was last read, and whether the run since then went as well.
fn last(view: &SyncView, context: &Context) -> AnyView {
    let broken = view.latest_whole().map_or(0, |run| run.errors.len());
    let (tone, icon, word) = match (broken, view.last_good) {
        (1.., _) => (Tone::Bad, Icon::Cross, words::count(broken, "part") + " not read"),
        (0, Some(_)) => (Tone::Good, Icon::Check, "read".to_owned()),
        (0, None) => (Tone::Unknown, Icon::Unknown, "not yet".to_owned()),
    };
    let badge = ui::badge(tone, icon, word);
    match view.last_good {
        Some(at) => view! { {badge}" everything was last read "{ui::age(at, context.now())} }.into_any(),
        None => view! { {badge}" everything was not read once so far" }.into_any(),
    }
}

fn not_configured() -> AnyView {
    view! {
        <Panel title="Reading GitHub" id="now">
            <Empty what="GitHub is not read: no token is configured.">
                <p>
                    "Start the server with a token in "<code>"CEP_TRACKER_GITHUB_TOKEN"</code>
                    ", or as a GitHub App with "<code>"CEP_TRACKER_GITHUB_APP_ID"</code>", "
                    <code>"CEP_TRACKER_GITHUB_APP_KEY"</code>" and "<code>"CEP_TRACKER_GITHUB_APP_INSTALLATION"</code>
                    ". A token for public repositories needs no scope."
                </p>
                <p>"Until then issues and pull requests are not known; documents and schedules come from imports."</p>
            </Empty>
        </Panel>
    }
    .into_any()
}

fn asked(view: &SyncView, context: &Context) -> Option<AnyView> {
    let asked = view.asked.as_ref()?;
    let what = if asked.everything { "everything anew" } else { "what changed" };
    let words = format!("@{} asked for {what} ", asked.by);
    Some(
        view! { <dt>"Asked for"</dt><dd>{words}{ui::age(asked.at, context.now())}"; it begins shortly"</dd> }
            .into_any(),
    )
}

fn form(view: &SyncView) -> Option<AnyView> {
    let csrf = viewer().filter(|_| view.may_ask)?.csrf;
    Some(
        view! {
            <form class="buttons ask-sync" method="post" action="/sync">
                {ui::csrf_field(&csrf)}
                <button class="btn primary" name="extent" value="news">"Read what changed now"</button>
                <button class="btn" name="extent" value="everything">"Read everything anew"</button>
                <small>"Everything takes many requests; it also finds what was deleted or moved."</small>
            </form>
        }
        .into_any(),
    )
}
