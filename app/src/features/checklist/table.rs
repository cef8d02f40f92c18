//! The checklists of a release as one table.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    lines,
    port::{ChecklistPort, TableAsk, TableSort, TableView},
    summary::starting,
    tools::{self, Address},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page},
        shared::phase_badge,
    },
    port::PageError,
    query::{At, Parameters, ReleaseChoice},
    status,
    ui::{self, Column, Empty, Icon, Markup, Panel, Tone},
    words,
};

/// `/releases/{version}/checklist`
#[component]
pub fn ChecklistTablePage() -> impl IntoView {
    let port: Result<Arc<dyn ChecklistPort>, _> = find_port();
    let version = use_params_map().with_untracked(|params| params.get("version").unwrap_or_default());
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let parameters = use_url().with_untracked(|url| Parameters::parse(url.search()));
    let load = async move {
        let release: ReleaseChoice =
            version.parse().map_err(|_| PageError::NotFound(format!("The release “{version}”")))?;
        let text = |name| parameters.first(name).map(str::to_owned);
        let sort = parameters.first("sort").map(TableSort::parse).unwrap_or_default();
        port?.checklists(TableAsk { release, source: text("source"), open: text("open"), sort, at }).await
    };
    page(Place::Releases, at, bad, load, |view, context| draw(&view, context))
}

fn draw(view: &TableView, context: &Context) -> Drawn {
    let version = view.cycle.version;
    let address = Address::of(view);
    let starts = starting(view.cycle.dates.code_freeze, view.cycle.dates.zone, context);
    let starts =
        starts.map(|words| ui::notice(Tone::Quiet, Icon::Clock, format!("{words} What is known so far is shown.")));
    let inside = if view.tracked == 0 {
        let plan = context.href(&format!("/releases/{version}/plan"));
        view! {
            <Empty what=format!("No proposal is tracked in {version}.")>
                <p>"Proposals are tracked once their SIG accepts them: "
                    <a class="link" href=plan>"the plan"</a>
                </p>
            </Empty>
        }
        .into_any()
    } else if view.rows.is_empty() {
        let all = context.href(&Address { open: None, ..address.clone() }.page());
        view! {
            <Empty what="None matches the filter.">
                <p><a class="link" href=all>"Show all that are tracked"</a></p>
            </Empty>
        }
        .into_any()
    } else {
        table(view, &address, context)
    };
    let note = format!("{} of {} lines done", view.done.0, view.done.1);
    let csv = view! { <a class="link" href=context.href(&address.csv())>"CSV"</a> };
    let title = format!("{} of {} tracked", view.rows.len(), view.tracked);
    let body = view! {
        {head(view, &address, context)}
        {starts}
        {ui::problems(&ui::form_state(), &[("text", "What is asked")])}
        {tools::filter(view, &address, context)}
        <Panel title id="table" note end=csv.into_any()>
            <div class="scroll" tabindex="0" role="group" aria-label="The checklists">{inside}</div>
        </Panel>
        {tools::extra_lines(view, context)}
    };
    Drawn { title: format!("Post-freeze checklist of {version}"), body: body.into_any() }
}

fn head(view: &TableView, address: &Address, context: &Context) -> AnyView {
    let version = view.cycle.version;
    let tabs: Vec<_> = view
        .sources
        .iter()
        .map(|(id, name, tracked)| {
            let href = context.href(&Address { source: id.clone(), open: None, ..address.clone() }.page());
            let current = (*id == view.source).then_some("page");
            view! { <a href=href aria-current=current><b>{name.clone()}</b><small>{format!("{tracked} tracked")}</small></a> }
        })
        .collect();
    let tabs = (tabs.len() > 1).then(|| view! { <nav class="tabs" aria-label="Sources">{tabs}</nav> });
    view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is">
                    <a class="link" href=context.href("/releases")>"Releases"</a>" / "
                    <a class="link" href=context.href(&format!("/releases/{version}"))>{version.to_string()}</a>
                    " / Checklist"
                </nav>
            </div>
            <div class="title-row">
                <h1>{format!("Post-freeze checklist of {version}")}</h1>
                {phase_badge(&view.cycle.dates, context.now())}
                <div class="end">{at_control(context)}</div>
            </div>
            {tabs}
        </div>
    }
    .into_any()
}

fn table(view: &TableView, address: &Address, context: &Context) -> AnyView {
    let mut html = Markup::with_capacity(view.rows.len() * view.columns.len() * 400);
    for row in &view.rows {
        let summary = &row.summary;
        let name = summary.proposal.name();
        html.raw("<tr data-row><th scope=\"row\" class=\"title\"><a data-row-link href=\"");
        html.text(&context.href(&summary.href())).raw("\"><span class=\"id\">").text(&name).raw("</span> <b>");
        html.text(&summary.proposal.title).raw("</b></a><small>").text(&words::handles(&row.owners));
        let info = status::info(&row.status);
        html.raw("</small> ").badge(info.tone, info.icon, &row.words).raw("</th>");
        html.raw("<td data-label=\"Done\" class=\"num\"><b>").text(&summary.done().to_string());
        html.raw("</b> <small>of ").text(&summary.lines.len().to_string()).raw("</small></td>");
        for line in &summary.lines {
            lines::cell(&mut html, line, &lines::short(&line.key, &line.text), &name, context);
        }
        html.raw("</tr>");
    }
    let sorted = |label, up: TableSort, down: Option<TableSort>| {
        let next = down.filter(|_| view.sort == up).unwrap_or(up);
        ui::header_cell(Column {
            label,
            href: Some(context.href(&Address { sort: next, ..address.clone() }.page())),
            sorted: (view.sort == up).then_some(false).or((Some(view.sort) == down).then_some(true)),
        })
    };
    let heads: Vec<_> = view
        .columns
        .iter()
        .map(
            |column| view! { <th scope="col" title=column.text.clone()>{lines::short(&column.key, &column.text)}</th> },
        )
        .collect();
    view! {
        <table class="cards checklists">
            <caption class="hidden">{format!("Checklists of {}, a row for each tracked proposal", view.cycle.version)}</caption>
            <thead>
                <tr>
                    {sorted("Proposal", TableSort::Number, Some(TableSort::Title))}
                    {sorted("Done", TableSort::Open, Some(TableSort::Done))}
                    {heads}
                </tr>
            </thead>
            <tbody inner_html=html.into_html()></tbody>
        </table>
    }
    .into_any()
}
