//! The form of the filters, and the active ones as chips.

use leptos::prelude::*;

use super::{
    choice::{LabelChoice, PullSort, Waits, kind_slug},
    port::{Choice, PullListView},
    query::PullQuery,
};
use crate::{
    query::At,
    ui::{self, Pick},
};

/// One form, sent by GET: what it says is the address of what it shows.
pub(super) fn filter_form(view: &PullListView, query: &PullQuery) -> AnyView {
    let facets = &view.facets;
    let release = query.release.map(|release| release.to_string()).filter(|release| release != "current");
    let current = view.current.map_or_else(|| "current".to_owned(), |current| format!("current ({current})"));
    let is_current = query.release == Some(crate::query::ReleaseChoice::Current);
    let (any, mut releases) =
        (if query.label.is_some() { "any" } else { "current" }, picks(&facets.releases, release.as_deref()));
    if query.label.is_some() || is_current {
        releases.insert(0, Pick { value: "current".to_owned(), label: current, chosen: is_current });
    }
    let waits = query.waiting_on.as_ref().map(Waits::value);
    let kind = query.kind.map(kind_slug);
    let label = query.label.map(LabelChoice::slug);
    let labels: Vec<_> = LabelChoice::ALL
        .into_iter()
        .map(|choice| Choice { value: choice.slug().to_owned(), label: choice.words().to_owned(), count: 0 })
        .collect();
    let lagging = labelled("review lags", facets.lagging);
    let lagging = Pick { value: "1".to_owned(), label: lagging, chosen: query.lagging };
    let hidden = [
        (query.sort != PullSort::default()).then(|| ("sort".to_owned(), query.sort.to_string())),
        (query.at != At::Now).then(|| ("at".to_owned(), query.at.to_string())),
    ];
    let hidden: Vec<_> = hidden.into_iter().flatten().map(|(name, value)| ui::hidden_field(name, value)).collect();
    view! {
        <form class="filters" role="search" aria-label="Find pull requests" action="/pulls" method="get">
            <div class="fields">
                {ui::select_field("release", "Release", any, releases)}
                {ui::select_field("repository", "Repository", "any", picks(&facets.repositories, query.repository.as_deref()))}
                {ui::select_field("waiting_on", "Waiting on", "anybody", picks(&facets.waiting_on, waits.as_deref()))}
                {ui::select_field("kind", "Kind", "any", picks(&facets.kinds, kind))}
                {ui::select_field("label", "Label of approved work", "not asked", picks(&labels, label))}
                {ui::checkbox("lagging", lagging)}
                {hidden}
                <button class="btn primary">"Apply"</button>
            </div>
        </form>
    }
    .into_any()
}

fn labelled(label: &str, count: u32) -> String {
    if count > 0 { format!("{label} ({count})") } else { label.to_owned() }
}

/// The choices of a select. A value of the address that is not offered stays chosen, so that the form keeps it.
fn picks(choices: &[Choice], chosen: Option<&str>) -> Vec<Pick> {
    let mut picks: Vec<_> = choices
        .iter()
        .map(|choice| {
            let chosen = chosen.is_some_and(|value| value.eq_ignore_ascii_case(&choice.value));
            Pick { value: choice.value.clone(), label: labelled(&choice.label, choice.count), chosen }
        })
        .collect();
    if let Some(value) = chosen.filter(|_| !picks.iter().any(|pick| pick.chosen)) {
        picks.push(Pick { value: value.to_owned(), label: value.to_owned(), chosen: true });
    }
    picks
}

/// The active filters, each with a link to the list without it.
pub(super) fn chips(query: &PullQuery) -> Option<AnyView> {
    let filters = query.filters();
    let all = PullQuery { at: query.at, sort: query.sort, ..PullQuery::default() }.href();
    let several = filters.len() > 1;
    (!filters.is_empty()).then(|| {
        let chips: Vec<_> = filters
            .into_iter()
            .map(|filter| {
                let label = format!("Remove the filter {}: {}", filter.name, filter.value);
                view! {
                    <li>
                        <a class="chip remove" href=filter.without.href() aria-label=label>
                            <small>{filter.name}</small>{filter.value}{ui::icon(ui::Icon::Cross)}
                        </a>
                    </li>
                }
            })
            .collect();
        let clear = several.then(|| view! { <li><a class="link" href=all>"Remove all"</a></li> });
        view! { <ul class="chips" aria-label="Active filters">{chips}{clear}</ul> }.into_any()
    })
}
