//! The template of a text, with the values that go in.

use std::sync::Arc;

use domain::Announcement;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::port::{AnnouncementsPort, TemplateView};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, viewer},
        shared::handle,
    },
    port::PageError,
    query::{At, Parameters},
    ui::{self, FormState, Icon, Input, Panel, Tone},
    words,
};

/// `/announcements/templates/{what}`
#[component]
pub fn TemplatePage() -> impl IntoView {
    let port: Result<Arc<dyn AnnouncementsPort>, _> = find_port();
    let what = use_params_map().with_untracked(|params| params.get("what").unwrap_or_default());
    let load = async move {
        let what = Announcement::of_slug(&what).ok_or_else(|| PageError::NotFound(format!("The text “{what}”")))?;
        port?.template(what).await
    };
    page(Place::Releases, At::Now, Vec::new(), load, |view, context| draw(&view, context))
}

fn draw(view: &TemplateView, context: &Context) -> Drawn {
    let state = ui::form_state();
    let title = format!("Template: {}", view.what.title());
    let done = Parameters::parse(&context.query).first("done").map(|_| {
        view! { <div role="status">{ui::notice(Tone::Good, Icon::Check, view! { <p>"The template is kept. Drafts are made of it from now on."</p> })}</div> }
    });
    let changed = match &view.changed {
        Some((by, at)) => view! { <small>"changed "{words::utc(*at)}" by "{handle(by)}</small> }.into_any(),
        None => view! { <small>"as the tracker brings it"</small> }.into_any(),
    };
    let values: Vec<_> = view
        .values
        .iter()
        .map(|(name, what, text)| {
            let name = format!("{{{{{name}}}}}");
            view! { <dt><code>{name}</code></dt><dd>{what.clone()}<small>{first_line(text)}</small></dd> }
        })
        .collect();
    let form = form(view, &state);
    let body = view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is"><a class="link" href="/announcements">"Announcements"</a>" / Template"</nav>
            </div>
            <div class="title-row"><h1>{title.clone()}</h1>{changed}</div>
        </div>
        {done}
        {ui::problems(&state, &[("subject", "Subject"), ("body", "Text")])}
        <div class="two">
            <Panel title="Template" id="template" note="a value stands where its name stands in double braces">
                {form}
            </Panel>
            <div class="stack side">
                <Panel title="What goes in" id="values" note="for the current release">
                    <dl class="values">{values}</dl>
                </Panel>
            </div>
        </div>
    };
    Drawn { title, body: body.into_any() }
}

fn first_line(text: &str) -> String {
    let mut lines = text.lines();
    let first: String = lines.next().unwrap_or_default().chars().take(60).collect();
    if lines.next().is_some() { format!("{first} …") } else { first }
}

fn form(view: &TemplateView, state: &FormState) -> AnyView {
    let Some(csrf) = viewer().filter(|_| view.keeps).map(|viewer| viewer.csrf) else {
        let text = format!("Subject: {}\n\n{}", view.template.subject, view.template.body);
        return view! { <div class="pad"><div class="fix mail"><pre tabindex="0">{text}</pre></div></div> }.into_any();
    };
    let address = format!("/announcements/templates/{}", view.what.slug());
    let reset = view.changed.is_some().then(|| {
        view! {
            <form class="pad" method="post" action=format!("{address}/reset")>
                {ui::csrf_field(&csrf)}
                <button class="btn">"Go back to what the tracker brings"</button>
            </form>
        }
    });
    view! {
        <form class="pad stack fields" method="post" action=address.clone()>
            {ui::csrf_field(&csrf)}
            {ui::text_input(state, Input {
                name: "subject",
                label: "Subject",
                value: view.template.subject.clone(),
                required: true,
                ..Input::default()
            })}
            {ui::text_area(state, Input {
                name: "body",
                label: "Text",
                value: view.template.body.clone(),
                required: true,
                ..Input::default()
            }, 24)}
            <div class="buttons"><button class="btn primary end">"Keep the template"</button></div>
        </form>
        {reset}
    }
    .into_any()
}
