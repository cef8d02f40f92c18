//! What all requests add up to: per release, per freeze, per SIG.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use domain::exception::Statistics;

use super::port::{ExceptionsPort, StatRow, StatisticsView};
use crate::{
    features::frame::{Context, Drawn, Place, at_control, find_port, page, title_row},
    query::At,
    ui::{self, Empty, Panel, Slice, Tone},
};

/// `/exceptions/statistics`
#[component]
pub fn ExceptionStatisticsPage() -> impl IntoView {
    let port: Result<Arc<dyn ExceptionsPort>, _> = find_port();
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let load = async move { port?.exception_statistics(at).await };
    page(Place::Exceptions, at, bad, load, |view, context| draw(&view, context))
}

fn draw(view: &StatisticsView, context: &Context) -> Drawn {
    let links = view! {
        <a class="link" href=context.href("/exceptions/statistics.csv")>"CSV"</a>
        {at_control(context)}
    };
    let tables = if view.all.requested == 0 {
        view! {
            <section class="panel" aria-label="Statistics">
                <Empty what="Nobody has asked for an exception yet.">
                    <p>"Numbers appear here with the first request."</p>
                </Empty>
            </section>
        }
        .into_any()
    } else {
        view! {
            {table("releases", "Per release", "Release", &view.releases, context)}
            {table("freezes", "Per freeze", "Freeze", &view.freezes, context)}
            {table("sigs", "Per SIG", "SIG", &view.sigs, context)}
        }
        .into_any()
    };
    let body = view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is">
                    <a class="link" href=context.href("/exceptions")>"Exceptions"</a>" / statistics"
                </nav>
            </div>
            {title_row("Statistics of exceptions", ().into_any(), links.into_any())}
        </div>
        {tables}
    };
    Drawn { title: "Statistics of exceptions".to_owned(), body: body.into_any() }
}

fn table(id: &'static str, title: &'static str, of: &'static str, rows: &[StatRow], context: &Context) -> AnyView {
    let lines: Vec<_> = rows.iter().map(|row| line(row, context)).collect();
    view! {
        <Panel title=title id=id>
            <table class="cards statistics">
                <caption class="hidden">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{of}</th>
                        <th scope="col">"Requested"</th>
                        <th scope="col">"Granted"</th>
                        <th scope="col">"Denied"</th>
                        <th scope="col">"Undecided"</th>
                        <th scope="col">"Decided in"</th>
                        <th scope="col">"Granted for"</th>
                        <th scope="col">"Done in time"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Panel>
    }
    .into_any()
}

fn line(row: &StatRow, context: &Context) -> AnyView {
    let counts = &row.counts;
    view! {
        <tr>
            <th scope="row"><a class="link" href=context.href(&row.href)>{row.name.clone()}</a></th>
            <td data-label="Requested" class="num">{counts.requested}{bar(counts)}</td>
            <td data-label="Granted" class="num">{counts.granted}</td>
            <td data-label="Denied" class="num">{counts.denied}</td>
            <td data-label="Undecided" class="num">{counts.undecided.saturating_sub(counts.moot)}</td>
            <td data-label="Decided in" class="num">{days(counts.median_days_to_decision)}</td>
            <td data-label="Granted for" class="num">{days(counts.median_days_granted)}</td>
            <td data-label="Done in time" class="num">{in_time(counts)}</td>
        </tr>
    }
    .into_any()
}

/// Granted, denied, undecided, and the rest, as one bar.
fn bar(counts: &Statistics) -> AnyView {
    let slice = |label: &str, count: usize, tone| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Slice { label: label.to_owned(), count, tone }
    };
    ui::stacked_bar(&[
        slice("granted", counts.granted, Tone::Good),
        slice("denied", counts.denied, Tone::Bad),
        slice("undecided", counts.undecided.saturating_sub(counts.moot), Tone::Exception),
        slice("withdrawn or moot", counts.withdrawn + counts.moot, Tone::Quiet),
    ])
}

/// "median 1 day", "median 2.5 days", "none yet".
pub(super) fn days(median: Option<f64>) -> String {
    median.map_or_else(
        || "none yet".to_owned(),
        |days| {
            let shown = if days >= 10.0 { format!("{days:.0}") } else { format!("{days:.1}") };
            let shown = shown.strip_suffix(".0").unwrap_or(&shown);
            format!("median {shown} day{}", if shown == "1" { "" } else { "s" })
        },
    )
}

/// "3 of 3".
pub(super) fn in_time(counts: &Statistics) -> String {
    match counts.done_in_time {
        share if share.all == 0 => "none yet".to_owned(),
        share => format!("{} of {}", share.done, share.all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_told_without_needless_digits() {
        for (days_of, words) in
            [(1.0, "median 1 day"), (2.5, "median 2.5 days"), (5.0, "median 5 days"), (12.4, "median 12 days")]
        {
            assert_eq!(days(Some(days_of)), words);
        }
        assert_eq!(days(None), "none yet");
    }
}
