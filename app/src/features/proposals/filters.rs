//! The form of the filters, and the active ones as chips.

use leptos::prelude::*;

use super::port::{Choice, ProposalListView};
use crate::{
    query::{At, ListQuery, Sort},
    ui::{self, Icon, Pick},
};

/// One form, sent by GET: what it says is the address of what it shows.
pub(super) fn filter_form(view: &ProposalListView, query: &ListQuery) -> AnyView {
    let facets = &view.facets;
    let release = query.release.map(|release| release.to_string());
    let mut releases = picks(&facets.releases, release.as_deref());
    let current = view.current.map_or_else(|| "current".to_owned(), |current| format!("current ({current})"));
    let is_current = release.as_deref() == Some("current");
    releases.insert(0, Pick { value: "current".to_owned(), label: current, chosen: is_current });
    let more = [query.stage.is_some(), query.sig.is_some(), query.owner.is_some(), query.reviewer.is_some()];
    let hidden = [
        (query.sort != Sort::default()).then(|| ("sort".to_owned(), query.sort.to_string())),
        (query.at != At::Now).then(|| ("at".to_owned(), query.at.to_string())),
    ];
    let hidden: Vec<_> = hidden.into_iter().flatten().map(|(name, value)| ui::hidden_field(name, value)).collect();
    let risk = Pick { value: "1".to_owned(), label: "at risk".to_owned(), chosen: query.at_risk };
    view! {
        <form class="filters" role="search" aria-label="Find proposals" action="/proposals" method="get">
            <div class="search big">
                {ui::icon(Icon::Search)}
                <input type="search" name="q" value=query.q.clone() placeholder="Number, title, people, words of the document"
                    aria-label="Search" data-search="" data-live-filter="" autocomplete="off"/>
                <kbd aria-hidden="true">"/"</kbd>
            </div>
            <div class="fields">
                {ui::select_field("release", "Release", "any", releases)}
                {ui::select_field("source", "Source", "any", picks(&facets.sources, query.source.as_deref()))}
                {statuses(&facets.statuses, query)}
                {ui::select_field("waiting_on", "Waiting on", "anybody", picks(&facets.waiting_on, query.waiting_on.as_deref()))}
                {ui::checkbox("at_risk", risk)}
                <details class="popover" open=more.contains(&true)>
                    <summary class="btn">"More"</summary>
                    <div>
                        {ui::select_field("stage", "Stage", "any", picks(&facets.stages, query.stage.as_deref()))}
                        {ui::select_field("sig", "SIG", "any", picks(&facets.sigs, query.sig.as_deref()))}
                        {ui::select_field("owner", "Owner", "anybody", picks(&facets.owners, query.owner.as_deref()))}
                        {ui::select_field("reviewer", "Reviewer", "anybody", picks(&facets.reviewers, query.reviewer.as_deref()))}
                    </div>
                </details>
                {hidden}
                <button class="btn primary">"Apply"</button>
            </div>
            <p class="live" data-live-count="" role="status"></p>
        </form>
    }
    .into_any()
}

/// Statuses: several can be chosen.
fn statuses(choices: &[Choice], query: &ListQuery) -> AnyView {
    let ticks: Vec<_> = choices
        .iter()
        .map(|choice| {
            let chosen = query.status.iter().any(|slug| *slug == choice.value);
            ui::checkbox("status", Pick { value: choice.value.clone(), label: labelled(choice), chosen })
        })
        .collect();
    let words = match query.status.len() {
        0 => "any status".to_owned(),
        1 => "1 status".to_owned(),
        n => format!("{n} statuses"),
    };
    view! {
        <div class="field">
            <span aria-hidden="true">"Status"</span>
            <details class="popover">
                <summary class="btn"><span class="hidden">"Status: "</span>{words}{ui::icon(Icon::Chevron)}</summary>
                <fieldset><legend class="hidden">"Status"</legend>{ticks}</fieldset>
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
pub(super) fn chips(query: &ListQuery) -> Option<AnyView> {
    let filters = query.filters();
    (!filters.is_empty()).then(|| {
        let all = ListQuery { at: query.at, sort: query.sort, ..ListQuery::default() }.href();
        let several = filters.len() > 1;
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
        view! {
            <ul class="chips" aria-label="Active filters">
                {chips}
                {several.then(|| view! { <li><a class="link" href=all>"Clear all"</a></li> })}
            </ul>
        }
        .into_any()
    })
}
