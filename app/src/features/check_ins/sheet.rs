//! The week as a list: every tracked proposal, worst first, with what was said and what is missing.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_url};

use super::{
    parts::{asked, head},
    port::{CheckInRow, CheckInsPort, WeekView},
    table::table,
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page},
        shared::nothing_imported,
    },
    query::At,
    ui::{self, Empty, Icon, Panel, Slice, Tone},
    words,
};

/// `/check-ins/{release}/{week}`
#[component]
pub fn SheetPage() -> impl IntoView {
    listing(false)
}

/// `/check-ins/{release}/{week}/gaps`
#[component]
pub fn GapsPage() -> impl IntoView {
    listing(true)
}

/// Release and week of the address of this page.
pub(super) fn params() -> (String, String) {
    use_params_map()
        .with_untracked(|params| (params.get("release").unwrap_or_default(), params.get("week").unwrap_or_default()))
}

fn listing(gaps: bool) -> impl IntoView {
    let port: Result<Arc<dyn CheckInsPort>, _> = find_port();
    let params = params();
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let load = async move { port?.week(asked(params, at)?).await };
    page(Place::CheckIns, at, bad, load, move |view, context| draw(&view, gaps, context))
}

fn draw(view: &WeekView, gaps: bool, context: &Context) -> Drawn {
    let address = view.address;
    let what = if gaps { "Gaps" } else { "" };
    let title = if gaps { format!("Gaps of {}", address.week) } else { format!("Check-in {}", address.week) };
    let body = view! {
        {head(view, what, links(view), context)}
        {if view.rows.is_empty() { nothing(view, context) } else { found(view, gaps, context) }}
    };
    Drawn { title, body: body.into_any() }
}

fn links(view: &WeekView) -> AnyView {
    let address = view.address;
    let spoken = view.rows.iter().filter(|row| row.check_in.halves().any()).count();
    let first = view.rows.iter().find(|row| row.is_open_for()).or(view.rows.first());
    let meeting = first.filter(|_| view.is_open()).map(|row| {
        let href = address.meeting(&row.proposal.source, row.proposal.number);
        view! { <a class="btn primary" href=href>"Meeting"</a> }
    });
    let comments = (spoken > 0).then(|| {
        let words = format!("Preview {}", words::count(spoken, "comment"));
        view! { <a class="btn" href=address.below("comments")>{words}</a> }
    });
    view! {
        <a class="link" href=address.below("check-ins.csv")>"CSV"</a>
        <a class="link" href=address.below("check-ins.json")>"JSON"</a>
        <a class="btn" href=address.below("minutes")>"Minutes"</a>
        {comments}
        {meeting}
    }
    .into_any()
}

fn nothing(view: &WeekView, context: &Context) -> AnyView {
    if !view.any_proposal {
        return view! { <div class="panel">{nothing_imported()}</div> }.into_any();
    }
    let release = view.address.release;
    if view.released {
        let what = format!("{release} was out by then; check-ins end with general availability.");
        let href = context.href(&view.address.history());
        return view! {
            <div class="panel"><Empty what><p><a class="link" href=href>"How it went week by week"</a></p></Empty></div>
        }
        .into_any();
    }
    let plan = context.href(&format!("/releases/{release}/plan"));
    view! {
        <div class="panel">
            <Empty what=format!("No proposal was tracked in {release} in that week.")>
                <p>"Check-ins begin once the owning SIG accepts a proposal: "<a class="link" href=plan>"the plan"</a></p>
            </Empty>
        </div>
    }
    .into_any()
}

fn found(view: &WeekView, gaps: bool, context: &Context) -> AnyView {
    let address = view.address;
    let [both, half, none] = view.tally();
    let open = half + none;
    let tabs = view! {
        <nav class="tabs" aria-label="Which">
            <a href=context.href(&address.sheet()) aria-current=(!gaps).then_some("page")>
                <b>"All"</b><small>{format!("{} tracked", view.rows.len())}</small>
            </a>
            <a href=context.href(&address.below("gaps")) aria-current=gaps.then_some("page")>
                <b>"Gaps"</b><small>{format!("{open} not complete")}</small>
            </a>
        </nav>
    };
    let slice = |label: &str, count: usize, tone| Slice {
        label: label.to_owned(),
        count: u32::try_from(count).unwrap_or(u32::MAX),
        tone,
    };
    let slices = [
        slice("both halves", both, Tone::Good),
        slice("half done", half, Tone::Warn),
        slice("nobody yet", none, Tone::Quiet),
    ];
    let rows: Vec<&CheckInRow> = view.rows.iter().filter(|row| !gaps || !row.check_in.halves().both()).collect();
    let inside = if rows.is_empty() {
        view! {
            <Empty what="No gap: the release team and an approver spoke about every tracked proposal.">
                <p><a class="link" href=address.below("minutes")>"The minutes"</a></p>
            </Empty>
        }
        .into_any()
    } else {
        table(view, &rows, context)
    };
    let closed = (!view.is_open()).then(|| {
        let words = if address.week > view.present {
            "This week is still to come.".to_owned()
        } else {
            format!("This week is closed. Check-ins are made for {} now, or made up for the week before.", view.present)
        };
        ui::notice(Tone::Quiet, Icon::Clock, words)
    });
    // Of another week the list is not that of now.
    let tally = view.of_release();
    let counted = if address.week == view.present { tally.on_list(context) } else { tally.words().into_any() };
    let note = format!("{both} complete, {half} half done, {none} open");
    view! {
        {closed}
        {tabs}
        {ui::problems(&ui::form_state(), &[])}
        <Panel title="Tracked proposals, worst first" id="check-ins" note>
            <div class="week-bar">{ui::stacked_bar(&slices)}<small>{counted}</small></div>
            {inside}
        </Panel>
    }
    .into_any()
}
