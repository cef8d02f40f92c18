//! The page.

use leptos::prelude::*;

use super::terms::{GROUPS, Group};
use crate::{
    features::frame::{Context, Drawn, Place, static_page, title_row},
    query::ListQuery,
    status::{self, StatusInfo},
    ui,
};

/// `/glossary`
#[component]
pub fn GlossaryPage() -> impl IntoView {
    static_page(Place::Glossary, draw)
}

fn draw(context: &Context) -> Drawn {
    let groups: Vec<_> = GROUPS.iter().map(group).collect();
    let statuses: Vec<_> = status::ALL.iter().map(|info| explained(info, context)).collect();
    let links: Vec<_> = GROUPS
        .iter()
        .map(|group| (group.id, group.title))
        .chain([("statuses", "Statuses")])
        .map(|(id, title)| view! { <li><a class="link" href=format!("#{id}")>{title}</a></li> })
        .collect();
    let body = view! {
        {title_row("Glossary", ().into_any(), ().into_any())}
        <p class="muted">"The words of the process, each explained once."</p>
        <nav aria-label="Parts of the glossary"><ul class="links">{links}</ul></nav>
        <div class="glossary">{groups}</div>
        <section class="panel" aria-labelledby="statuses">
            <header>
                <h2 id="statuses">"Statuses"</h2>
                <small>"one per proposal and release; the first that applies, from top to bottom"</small>
            </header>
            <dl class="terms statuses">{statuses}</dl>
        </section>
    };
    Drawn { title: "Glossary".to_owned(), body: body.into_any() }
}

fn group(group: &Group) -> AnyView {
    let terms: Vec<_> = group
        .terms
        .iter()
        .map(|term| view! { <div id=term.id><dt>{term.name}</dt><dd>{term.meaning}</dd></div> })
        .collect();
    view! {
        <section class="panel" aria-labelledby=group.id>
            <header><h2 id=group.id>{group.title}</h2></header>
            <dl class="terms">{terms}</dl>
        </section>
    }
    .into_any()
}

fn explained(info: &'static StatusInfo, context: &Context) -> AnyView {
    let href = ListQuery { status: vec![info.slug], at: context.at, ..ListQuery::default() }.href();
    view! {
        <div id=format!("status-{}", info.slug)>
            <dt><a href=href>{ui::badge(info.tone, info.icon, info.label)}</a></dt>
            <dd>{info.meaning}</dd>
        </div>
    }
    .into_any()
}
