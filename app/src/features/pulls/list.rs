//! The work list: what should be reviewed today, readable without signing in.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    LabelChoice,
    filters::{chips, filter_form},
    load::load,
    port::{PullListView, PullsPort},
    query::PullQuery,
    table::table,
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
        shared::nothing_imported,
    },
    ui::{Empty, pager},
    words,
};

/// `/pulls`
#[component]
pub fn PullListPage() -> impl IntoView {
    let port: Result<Arc<dyn PullsPort>, _> = find_port();
    let (query, bad) = use_url().with_untracked(|url| PullQuery::parse(url.search()));
    let asked = query.clone();
    let load = async move { port?.pulls(asked).await };
    page(Place::Pulls, query.at, bad, load, move |view, context| draw(&view, &query, context))
}

fn draw(view: &PullListView, query: &PullQuery, context: &Context) -> Drawn {
    let title = match (view.release, query.label) {
        (Some(release), None) => format!("Pull requests of {release}"),
        _ => "Pull requests".to_owned(),
    };
    let due = PullQuery { label: Some(LabelChoice::Due), at: query.at, ..PullQuery::default() };
    let due = query.label.is_none().then(|| view! { <a class="link" href=due.href()>"Due for the label"</a> });
    let links = view! {
        {due}
        <a class="link" href=query.href_of("/pulls.csv")>"CSV"</a>
        <a class="link" href=query.href_of("/pulls.json")>"JSON"</a>
        {at_control(context)}
    };
    let total = view! { <small>{words::count(view.total as usize, "open pull request")}</small> };
    let beside = (query.label.is_none() && !view.load.is_empty()).then(|| load(&view.load, query, context));
    let class = if beside.is_some() { "two worklist" } else { "worklist" };
    let body = view! {
        {title_row(title.clone(), total.into_any(), links.into_any())}
        {view.any_pull.then(|| filter_form(view, query))}
        {chips(query)}
        <div class=class>
            <div class="stack">
                <section class="panel" aria-label="Pull requests found">{results(view, query, context)}</section>
                {pager(view.page, view.pages, |page| query.on_page(page).href())}
            </div>
            {beside}
        </div>
    };
    Drawn { title, body: body.into_any() }
}

fn results(view: &PullListView, query: &PullQuery, context: &Context) -> AnyView {
    if !view.any_proposal {
        return nothing_imported();
    }
    if !view.any_pull {
        return no_pull_yet(view.reads_github);
    }
    if !view.rows.is_empty() {
        return table(view, query, context);
    }
    if view.of_release == 0 && query.label.is_none() {
        let release = view.release.map_or_else(|| "the release".to_owned(), |release| release.to_string());
        let what = format!("Nothing waits: no tracked proposal has an open pull request in {release}.");
        let plan = context.href("/releases/current/plan");
        return view! {
            <Empty what=what>
                <p>
                    "A pull request is listed once its proposal is accepted for the release. "
                    <a class="link" href=plan>"What the release takes"</a>
                </p>
            </Empty>
        }
        .into_any();
    }
    let all = PullQuery { release: query.release, at: query.at, ..PullQuery::default() }.href();
    view! {
        <Empty what="No pull request matches.">
            <p>"Take a filter away above, or "<a class="link" href=all>"show all open pull requests"</a>"."</p>
        </Empty>
    }
    .into_any()
}

fn no_pull_yet(reads_github: bool) -> AnyView {
    let next = if reads_github {
        view! { <p>"GitHub is read; "<a class="link" href="/sync">"how far that is"</a>"."</p> }.into_any()
    } else {
        view! {
            <p>
                "They are read from GitHub, which this server does not do yet: start it with "
                <code>"CEP_TRACKER_GITHUB_TOKEN"</code>". "<a class="link" href="/sync">"What is read"</a>
            </p>
        }
        .into_any()
    };
    view! { <Empty what="No pull request is known yet.">{next}</Empty> }.into_any()
}
