//! The form of the filters, and the active ones as chips.

use leptos::prelude::*;

use super::{
    port::{Choice, ExceptionListView},
    query::ExceptionQuery,
    sort::ExceptionSort,
};
use crate::{
    query::At,
    ui::{self, Icon, Pick},
};

/// One form, sent by GET: what it says is the address of what it shows.
pub(super) fn filter_form(view: &ExceptionListView, query: &ExceptionQuery) -> AnyView {
    let facets = &view.facets;
    let release = query.release.map(|release| release.to_string());
    let mut releases = picks(&facets.releases, release.as_deref());
    let current = view.current.map_or_else(|| "current".to_owned(), |current| format!("current ({current})"));
    let is_current = release.as_deref() == Some("current");
    releases.insert(0, Pick { value: "current".to_owned(), label: current, chosen: is_current });
    let hidden = [
        (query.sort != ExceptionSort::default()).then(|| ("sort".to_owned(), query.sort.to_string())),
        (query.at != At::Now).then(|| ("at".to_owned(), query.at.to_string())),
    ];
    let hidden: Vec<_> = hidden.into_iter().flatten().map(|(name, value)| ui::hidden_field(name, value)).collect();
    let kind = query.freeze.map(super::kind::Kind::slug);
    view! {
        <form class="filters" role="search" aria-label="Find exceptions" action="/exceptions" method="get">
            <div class="search big">
                {ui::icon(Icon::Search)}
                <input type="search" name="q" value=query.q.clone() placeholder="Number, title, people, words of the request"
                    aria-label="Search" data-search="" data-live-filter="" autocomplete="off"/>
                <kbd aria-hidden="true">"/"</kbd>
            </div>
            <div class="fields">
                {ui::select_field("release", "Release", "any", releases)}
                {ui::select_field("freeze", "Freeze", "any", picks(&facets.kinds, kind))}
                {states(&facets.states, query)}
                {ui::select_field("sig", "SIG", "any", picks(&facets.sigs, query.sig.as_deref()))}
                {ui::select_field("source", "Source", "any", picks(&facets.sources, query.source.as_deref()))}
                {hidden}
                <button class="btn primary">"Apply"</button>
            </div>
            <p class="live" data-live-count="" role="status"></p>
        </form>
    }
    .into_any()
}

/// States: several can be chosen.
fn states(choices: &[Choice], query: &ExceptionQuery) -> AnyView {
    let ticks: Vec<_> = choices
        .iter()
        .map(|choice| {
            let chosen = query.state.iter().any(|stand| stand.slug() == choice.value);
            ui::checkbox("state", Pick { value: choice.value.clone(), label: labelled(choice), chosen })
        })
        .collect();
    let words = match query.state.len() {
        0 => "any state".to_owned(),
        1 => "1 state".to_owned(),
        n => format!("{n} states"),
    };
    view! {
        <div class="field">
            <span aria-hidden="true">"State"</span>
            <details class="popover">
                <summary class="btn"><span class="hidden">"State: "</span>{words}{ui::icon(Icon::Chevron)}</summary>
                <fieldset><legend class="hidden">"State"</legend>{ticks}</fieldset>
            </details>
        </div>
    }
    .into_any()
}

fn labelled(choice: &Choice) -> String {
    if choice.count > 0 { format!("{} ({})", choice.label, choice.count) } else { choice.label.clone() }
}

/// The choices of a select. A value of the address that is not offered stays chosen, so that the form keeps it.
fn picks(choices: &[Choice], chosen: Option<&str>) -> Vec<Pick> {
    let mut picks: Vec<_> = choices
        .iter()
        .map(|choice| {
            let chosen = chosen.is_some_and(|value| value.eq_ignore_ascii_case(&choice.value));
            Pick { value: choice.value.clone(), label: labelled(choice), chosen }
        })
        .collect();
    if let Some(value) = chosen.filter(|value| *value != "current" && !picks.iter().any(|pick| pick.chosen)) {
        picks.push(Pick { value: value.to_owned(), label: value.to_owned(), chosen: true });
    }
    picks
}

/// The active filters, each with a link to the list without it.
pub(super) fn chips(query: &ExceptionQuery) -> Option<AnyView> {
    let filters = query.filters();
    let all = ExceptionQuery { at: query.at, sort: query.sort, ..ExceptionQuery::default() }.href();
    let several = filters.len() > 1;
    (!filters.is_empty()).then(|| {
        let chips: Vec<_> = filters
            .into_iter()
            .map(|filter| {
                let label = format!("Remove the filter {}: {}", filter.name, filter.value);
                view! {
                    <li>
                        <a class="chip remove" href=filter.without.href() aria-label=label>
                            <small>{filter.name}</small>{filter.value}{ui::icon(Icon::Cross)}
                        </a>
                    </li>
                }
            })
            .collect();
        let clear = several.then(|| view! { <li><a class="link" href=all>"Remove all"</a></li> });
        view! { <ul class="chips" aria-label="Active filters">{chips}{clear}</ul> }.into_any()
    })
}
