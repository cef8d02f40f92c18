//! The minutes of a week, to be copied or downloaded.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    meeting::recorded,
    parts::{asked, crumbs},
    port::{CheckInsPort, MinutesView, WeekView},
    sheet::params,
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, title_row},
    islands::Copy,
    query::{At, Parameters},
    words,
};

/// `/check-ins/{release}/{week}/minutes`
#[component]
pub fn MinutesPage() -> impl IntoView {
    let port: Result<Arc<dyn CheckInsPort>, _> = find_port();
    let params = params();
    let (at, bad, said) = use_url().with_untracked(|url| {
        let (at, bad) = At::from_query(url.search());
        (at, bad, Parameters::parse(url.search()).first("said").map(str::to_owned))
    });
    let ended = said.is_some();
    let load = async move {
        let (port, ask) = (port?, asked(params, at)?);
        let week = if ended { Some(port.week(ask).await?) } else { None };
        Ok((port.minutes(ask).await?, week))
    };
    page(Place::CheckIns, at, bad, load, move |(view, week), context| {
        let last = week.as_ref().and_then(|week| recorded(week, said.as_deref(), context));
        draw(&view, (last, week.as_ref().and_then(left)), context)
    })
}

/// What is still to be said when a meeting is over; nothing where both sides spoke about all.
fn left(week: &WeekView) -> Option<AnyView> {
    let [both, ..] = week.tally();
    let open = week.rows.len().saturating_sub(both);
    (open > 0).then(|| {
        let words = format!("{} without a word of one side or both. ", words::count(open, "proposal"));
        view! { <p class="remark">{words}<a class="link" href=week.address.below("gaps")>"The gaps"</a></p> }.into_any()
    })
}

fn draw(view: &MinutesView, (last, left): (Option<AnyView>, Option<AnyView>), context: &Context) -> Drawn {
    let address = view.address;
    let title = format!("Minutes of week {}", address.week.number());
    let text = view.text.clone();
    let end = view! {
        <button type="button" class="btn needs-script" data-copy=text.clone()>"Copy"</button>
        <a class="btn" href=context.href(&address.below("minutes.md"))>"Download"</a>
    };
    let body = view! {
        <div class="head-of-page">{crumbs(address, "Minutes", None, context)}{title_row(title.clone(), ().into_any(), end.into_any())}</div>
        {last}
        {left}
        <section class="panel" aria-label="The minutes in Markdown"><pre class="plain" tabindex="0">{text}</pre></section>
        <Copy/>
    };
    Drawn { title, body: body.into_any() }
}
