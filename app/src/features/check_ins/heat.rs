//! How a release went week by week: proposal by week, each cell with colour, sign and words.

use std::sync::Arc;

use domain::check_in::CheckIn;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    CheckInAddress,
    parts::look,
    port::{CheckInsPort, HeatCell, HeatView},
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
    let note = format!(
        "{}, {}, newest first",
        words::count(view.rows.len(), "proposal"),
        words::count(view.weeks.len(), "week")
    );
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
            {legend()}
            <div class="scroll" tabindex="0" role="group" aria-label="Check-ins by proposal and week">{inside}</div>
        </Panel>
    };
    Drawn { title: format!("Check-ins of {release}"), body: body.into_any() }
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
    html.raw("<li><span class=\"beat gap\">").icon(Icon::Cross).raw("</span>nobody spoke</li>");
    view! { <ul class="heat-legend" inner_html=html.into_html()></ul> }.into_any()
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
    let mut html = Markup::with_capacity(view.rows.len() * (400 + view.weeks.len() * 220));
    for row in &view.rows {
        let info = status::of_slug(row.status.slug());
        let href = context.href(&format!("{}?release={}#check-ins", row.proposal.href(), view.release));
        html.raw("<tr><th scope=\"row\"><a href=\"")
            .text(&href)
            .raw("\"><span class=\"id\">")
            .text(&row.proposal.name());
        html.raw("</span> ")
            .text(&row.proposal.title)
            .raw("</a> ")
            .badge(info.tone, info.icon, &row.words)
            .raw("</th>");
        for (week, one) in view.weeks.iter().zip(&row.cells).rev() {
            let late = *week == view.present;
            cell(&mut html, one, late);
        }
        html.raw("</tr>");
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

fn cell(html: &mut Markup, one: &HeatCell, present: bool) {
    html.raw("<td>");
    match one {
        HeatCell::Out => _ = html.raw("<span class=\"hidden\">not tracked</span>"),
        HeatCell::Gap if present => {
            html.raw("<span class=\"beat\" title=\"Open\">")
                .icon(Icon::Circle)
                .raw("<span class=\"hidden\">open</span></span>");
        }
        HeatCell::Gap => {
            html.raw("<span class=\"beat gap\" title=\"Nobody spoke\">").icon(Icon::Cross);
            html.raw("<span class=\"hidden\">nobody spoke</span></span>");
        }
        HeatCell::Spoken(check_in) => spoken(html, check_in),
    }
    html.raw("</td>");
}

fn spoken(html: &mut Markup, check_in: &CheckIn) {
    let Some(one) = check_in.outcome() else { return };
    let (tone, icon, word) = look(one.outcome);
    let halves = check_in.halves();
    html.raw("<span class=\"beat ").raw(tone.class()).raw(if halves.both() {
        "\" title=\""
    } else {
        " part\" title=\""
    });
    let who = format!("{word}: {} (@{}, {})", one.sentence, one.by, halves.words());
    html.text(&who).raw("\">").icon(icon).raw("<span class=\"hidden\">").text(&who);
    if !halves.both() {
        html.raw(", ").raw(halves.missing()).raw(" did not speak");
    }
    html.raw("</span></span>");
}
