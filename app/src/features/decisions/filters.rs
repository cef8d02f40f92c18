//! The form of the filters, and the active ones as chips.

use leptos::prelude::*;

use super::{DecisionQuery, KINDS, port::DecisionListView};
use crate::ui::{self, Icon, Pick};

/// One form, sent by GET: what it says is the address of what it shows.
pub(super) fn filter_form(view: &DecisionListView, query: &DecisionQuery) -> AnyView {
    let pick = |value: &str, label: &str, chosen: Option<&str>| Pick {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: chosen == Some(value),
    };
    let sources = view.sources.iter().map(|(id, noun)| pick(id, noun, query.source.as_deref())).collect();
    let release = query.release.map(|release| release.to_string());
    let mut releases: Vec<_> = view
        .releases
        .iter()
        .map(|version| pick(&version.to_string(), &version.to_string(), release.as_deref()))
        .collect();
    if let Some(other) = release.as_deref().filter(|_| !releases.iter().any(|pick| pick.chosen)) {
        releases.push(pick(other, other, Some(other)));
    }
    // Grants and extensions are one kind in the log.
    let kinds = KINDS.iter().filter(|kind| kind.slug != "extend" || query.action == Some("extend"));
    let kinds = kinds.map(|kind| pick(kind.slug, kind.label, query.action)).collect();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let dated = query.from.is_some() || query.to.is_some();
    view! {
        <form class="filters" role="search" aria-label="Find decisions" action="/decisions" method="get">
            <div class="search big">
                {ui::icon(Icon::Search)}
                <input type="search" name="q" value=query.q.clone() placeholder="Words of the reason, people, titles"
                    aria-label="Search decisions" autocomplete="off"/>
            </div>
            <div class="fields">
                {ui::select_field("action", "Decision", "any", kinds)}
                {ui::select_field("release", "Release", "any", releases)}
                {ui::select_field("source", "Source", "any", sources)}
                {ui::text_field("proposal", "Proposal", "4702", text(&query.proposal))}
                {ui::text_field("person", "Person", "login", text(&query.person))}
                <details class="popover" open=dated>
                    <summary class="btn">"Dates"</summary>
                    <div>
                        {day("from", "From", query.from)}
                        {day("to", "To", query.to)}
                    </div>
                </details>
                <button class="btn primary">"Apply"</button>
            </div>
        </form>
    }
    .into_any()
}

fn day(name: &'static str, label: &'static str, day: Option<chrono::NaiveDate>) -> AnyView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="date" name=name value=day.map(|day| day.to_string())/>
        </label>
    }
    .into_any()
}

/// The active filters, each with a link to the log without it.
pub(super) fn chips(query: &DecisionQuery) -> Option<AnyView> {
    let filters = query.filters();
    let several = filters.len() > 1;
    let chips: Vec<_> = filters
        .into_iter()
        .map(|(name, value, without)| {
            let label = format!("Remove the filter {name}: {value}");
            view! {
                <li>
                    <a class="chip remove" href=without.href() aria-label=label>
                        <small>{name}</small>{value}{ui::icon(Icon::Cross)}
                    </a>
                </li>
            }
        })
        .collect();
    (!chips.is_empty()).then(|| {
        view! {
            <ul class="chips" aria-label="Active filters">
                {chips}
                {several.then(|| view! { <li><a class="link" href="/decisions">"Clear all"</a></li> })}
            </ul>
        }
        .into_any()
    })
}
