//! How a release went week by week: proposal by week, each cell with colour, sign and words.

use std::sync::Arc;

use domain::{Week, check_in::CheckIn};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    CheckInAddress,
    parts::look,
    port::{CheckInsPort, HeatCell, HeatRow, HeatView},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, at_control, find_port, page},
        shared::phase_badge,
    },
    port::PageError,
    query::{At, ReleaseChoice},
    status,
    ui::{Empty, Icon, Markup, Panel},
    words,
};

/// `/check-ins/{release}`
#[component]
pub fn HeatPage() -> impl IntoView {
    let port: Result<Arc<dyn CheckInsPort>, _> = find_port();
    let release = use_params_map().with_untracked(|params| params.get("release").unwrap_or_default());
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let load = async move {
        let choice: ReleaseChoice =
            release.parse().map_err(|_| PageError::NotFound(format!("The release “{release}”")))?;
        port?.heat(choice, at).await
    };
    page(Place::CheckIns, at, bad, load, |view, context| draw(&view, context))
}

fn draw(view: &HeatView, context: &Context) -> Drawn {
    let release = view.release;
    let tabs: Vec<_> = view
        .releases
        .iter()
        .map(|other| {
            let href = context.href(&format!("/check-ins/{other}"));
            view! { <a href=href aria-current=(*other == release).then_some("page")>{other.to_string()}</a> }
        })
        .collect();
    let tabs = (tabs.len() > 1).then(|| view! { <nav class="tabs" aria-label="Releases">{tabs}</nav> });
    let now = context.href(&CheckInAddress { release, week: view.present }.sheet());
    let this_week = now.clone();
    let inside = if view.rows.is_empty() || view.weeks.is_empty() {
        view! {
            <Empty what=format!("Nobody has checked in for {release} yet.")>
                <p>"Each week every tracked proposal is spoken about. "<a class="link" href=this_week>"This week"</a></p>
            </Empty>
        }
        .into_any()
    } else {
        table(view, context)
    };
    let csv = context.href(&format!("/check-ins/{release}/history.csv"));
    let note = format!("{}, newest first", words::count(view.weeks.len(), "week"));
    let counted = counted(view, context);
    let body = view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is">
                    <a class="link" href=context.href(&format!("/releases/{release}"))>{release.to_string()}</a>" / Check-ins"
                </nav>
                {at_control(context)}
            </div>
            <div class="title-row">
                <h1>{format!("Check-ins of {release}")}</h1>
                {phase_badge(&view.dates, context.now())}
                <div class="end"><a class="link" href=csv>"CSV"</a><a class="btn primary" href=now>"This week"</a></div>
            </div>
            {tabs}
        </div>
        <Panel title="Week by week" id="heat" note>
            {counted}
            {legend()}
            <div class="scroll" tabindex="0" role="group" aria-label="Check-ins by proposal and week">{inside}</div>
        </Panel>
    };
    Drawn { title: format!("Check-ins of {release}"), body: body.into_any() }
}

/// Whose lines there are: what is tracked, and what was spoken about before it left.
fn counted(view: &HeatView, context: &Context) -> AnyView {
    let before = view.rows.len().saturating_sub(view.tally.tracked);
    let before = match before {
        0 => String::new(),
        more => format!(", and {more} that left after somebody had spoken about it"),
    };
    view! { <p class="heat-note">{view.tally.draw(&view.dates, context)}{before}</p> }.into_any()
}

fn legend() -> AnyView {
    let mut html = Markup::default();
    for outcome in domain::CheckInOutcome::ALL {
        let (tone, icon, word) = look(outcome);
        html.raw("<li><span class=\"beat ")
            .raw(tone.class())
            .raw("\">")
            .icon(icon)
            .raw("</span>")
            .raw(word)
            .raw("</li>");
    }
    html.raw("<li><span class=\"beat part t-quiet\">").icon(Icon::Check).raw("</span>dashed: one half only</li>");
    html.raw("<li><span class=\"beat\">").icon(Icon::Circle).raw("</span>open: the week is not over</li>");
    html.raw("<li><span class=\"beat gap\"></span>nobody checked in</li>");
    html.raw("<li><span class=\"beat\"></span>empty: not tracked then</li>");
    view! {
        <ul class="heat-legend" inner_html=html.into_html()></ul>
        <p class="heat-note muted">"A cell leads to what was said of the proposal in that week."</p>
    }
    .into_any()
}

fn table(view: &HeatView, context: &Context) -> AnyView {
    let mut head = Markup::default();
    head.raw("<tr><th scope=\"col\">Proposal</th>");
    // The newest first, so that a narrow screen opens at the present.
    for week in view.weeks.iter().rev() {
        let href = context.href(&CheckInAddress { release: view.release, week: *week }.sheet());
        head.raw("<th scope=\"col\"><a href=\"").text(&href).raw("\" title=\"").text(&words::long_day(week.monday()));
        head.raw("\">").text(&format!("W{:02}", week.number())).raw("</a></th>");
    }
    head.raw("</tr>");
    let sheets: Vec<_> = view
        .weeks
        .iter()
        .map(|week| (*week, context.href(&CheckInAddress { release: view.release, week: *week }.sheet())))
        .collect();
    let mut html = Markup::with_capacity(view.rows.len() * (400 + view.weeks.len() * 340));
    for row in &view.rows {
        line(&mut html, row, view, &sheets, context);
    }
    view! {
        <table class="heat">
            <caption class="hidden">{format!("Check-ins of {}", view.release)}</caption>
            <thead inner_html=head.into_html()></thead>
            <tbody inner_html=html.into_html()></tbody>
        </table>
    }
    .into_any()
}

/// A proposal with its weeks, the newest first; `sheets` are the addresses of the weeks' lists.
fn line(html: &mut Markup, row: &HeatRow, view: &HeatView, sheets: &[(Week, String)], context: &Context) {
    let info = status::of_slug(row.status.slug());
    let page = context.href(&format!("{}?release={}#check-ins", row.proposal.href(), view.release));
    html.raw("<tr><th scope=\"row\"><a href=\"").text(&page).raw("\"><span class=\"id\">").text(&row.proposal.name());
    html.raw("</span> ").text(&row.proposal.title).raw("</a> ").badge(info.tone, info.icon, &row.words).raw("</th>");
    let anchor = CheckInAddress::anchor(&row.proposal.source, row.proposal.number);
    for ((week, sheet), one) in sheets.iter().zip(&row.cells).rev() {
        let in_list = format!("{sheet}#{anchor}");
        html.raw("<td>");
        match one {
            HeatCell::Out => _ = html.raw("<span class=\"hidden\">not tracked</span>"),
            HeatCell::Gap if *week == view.present => {
                html.raw("<a class=\"beat\" href=\"").text(&in_list).raw("\" title=\"Open\">").icon(Icon::Circle);
                html.raw("<span class=\"hidden\">Open</span></a>");
            }
            HeatCell::Gap => {
                html.raw("<a class=\"beat gap\" href=\"").text(&in_list);
                html.raw("\" title=\"Nobody checked in\"><span class=\"hidden\">Nobody checked in</span></a>");
            }
            // What left the release need not be in the list of the week; its own page keeps every word.
            HeatCell::Spoken(check_in) => spoken(html, check_in, if row.left() { &page } else { &in_list }),
        }
        html.raw("</td>");
    }
    html.raw("</tr>");
}

/// Sign and colour for the eye; outcome, who and what for whoever points at it or has it read.
fn spoken(html: &mut Markup, check_in: &CheckIn, href: &str) {
    let Some(one) = check_in.outcome() else { return };
    let (tone, icon, word) = look(one.outcome);
    let halves = check_in.halves();
    let missing = if halves.both() { String::new() } else { format!(" ({} did not check in)", halves.missing()) };
    let words = format!("{word}, @{} ({}): {}{missing}", one.by, one.halves.words(), one.sentence);
    html.raw("<a class=\"beat ").raw(tone.class()).raw(if halves.both() { "" } else { " part" });
    html.raw("\" href=\"").text(href).raw("\" title=\"").text(&words).raw("\">").icon(icon);
    html.raw("<span class=\"hidden\">").text(&words).raw("</span></a>");
}
