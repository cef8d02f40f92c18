//! The list.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    CandidateQuery,
    about::{remarks_badge, targets},
    port::{CandidateListView, CandidateRow, CandidatesPort, Choice},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, title_row},
        shared::{handle, handles},
    },
    query::At,
    ui::{self, Empty, Icon, Pick},
    words,
};

/// `/candidates`
#[component]
pub fn CandidateListPage() -> impl IntoView {
    let port: Result<Arc<dyn CandidatesPort>, _> = find_port();
    let (query, bad) = use_url().with_untracked(|url| CandidateQuery::parse(url.search()));
    let asked = query.clone();
    let load = async move { port?.candidates(asked).await };
    page(Place::Proposals, At::Now, bad, load, move |view, context| draw(&view, &query, context))
}

fn draw(view: &CandidateListView, query: &CandidateQuery, context: &Context) -> Drawn {
    let links = view! {
        <a class="link" href=query.href_of("/candidates.csv")>"CSV"</a>
        <a class="link" href=query.href_of("/candidates.json")>"JSON"</a>
        <a class="link" href="/proposals">"Proposals"</a>
        <a class="btn" href="/start">"Start a proposal"</a>
    };
    let total = view! { <small>{words::count(view.rows.len(), "candidate")}</small> };
    let body = view! {
        {title_row("Candidates", total.into_any(), links.into_any())}
        <p class="muted">
            "Documents in open pull requests that have no tracking issue yet. With an issue, and once merged, they are proposals."
        </p>
        {(view.all > 0).then(|| filter_form(view, query))}
        {chips(query)}
        <section class="panel" aria-label="Candidates found">{results(view, context)}</section>
    };
    Drawn { title: "Candidates".to_owned(), body: body.into_any() }
}

fn results(view: &CandidateListView, context: &Context) -> AnyView {
    if !view.rows.is_empty() {
        return table(&view.rows, context);
    }
    if view.all > 0 {
        return view! {
            <Empty what="No candidate matches.">
                <p>"Take a filter away above, or "<a class="link" href="/candidates">"show all candidates"</a>"."</p>
            </Empty>
        }
        .into_any();
    }
    if !view.reads_github {
        return view! {
            <Empty what="No candidate is known.">
                <p>
                    "Pull requests are read from GitHub, which this server does not do yet: start it with "
                    <code>"CEP_TRACKER_GITHUB_TOKEN"</code>". "<a class="link" href="/sync">"What is read"</a>
                </p>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty what="No open pull request holds a document without a tracking issue.">
            <p>
                "One that adds a document where proposals lie is listed here with the next reading of GitHub. "
                <a class="link" href="/start">"Start a proposal"</a>
            </p>
        </Empty>
    }
    .into_any()
}

fn table(rows: &[CandidateRow], context: &Context) -> AnyView {
    let lines: Vec<_> = rows.iter().map(|row| line(row, context)).collect();
    view! {
        <table class="cards candidates">
            <caption class="hidden">"Candidates, by source, the latest pull request first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Candidate"</th>
                    <th scope="col">"Pull request"</th>
                    <th scope="col">"Owner"</th>
                    <th scope="col">"Target"</th>
                    <th scope="col">"Document"</th>
                    <th scope="col">"Read"</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

fn line(row: &CandidateRow, context: &Context) -> AnyView {
    let pull = format!("https://github.com/{}/pull/{}", row.repository, row.pull);
    let number = row.number_in_path.or(row.number_in_title);
    let name = number.map_or_else(|| row.noun.clone(), |number| format!("{} {number}", row.noun));
    let owner = if row.owners.is_empty() {
        view! { <span class="muted">"nobody named"</span> }.into_any()
    } else {
        handles(&row.owners)
    };
    let by = row.author.as_ref().filter(|author| !row.owners.iter().any(|owner| owner.eq_ignore_ascii_case(author)));
    let by = by.map(|author| view! { <small>"opened by "{handle(author)}</small> });
    let held = format!("{} of {} parts", row.held(), row.readiness.len());
    view! {
        <tr data-row="">
            <th scope="row" class="title">
                <a href=row.href() data-row-link=""><b>{row.title.clone()}</b></a>
                <small>{name}", no tracking issue"</small>
            </th>
            <td data-label="Pull request">
                <span class="within"><a class="link" href=pull>{row.reference()}</a>" "{row.draft.then(|| ui::chip("draft"))}</span>
            </td>
            <td data-label="Owner"><span class="within">{owner}" "{by}</span></td>
            <td data-label="Target">{targets(row)}</td>
            <td data-label="Document"><span>{held}</span>{remarks_badge(row.remarks)}</td>
            <td data-label="Read">{ui::age(row.observed_at, context.now())}</td>
        </tr>
    }
    .into_any()
}

fn filter_form(view: &CandidateListView, query: &CandidateQuery) -> AnyView {
    let release = query.release.map(|release| release.to_string());
    view! {
        <form class="filters" role="search" aria-label="Find candidates" action="/candidates" method="get">
            <div class="fields">
                {ui::text_field("q", "Search", "words", query.q.clone().unwrap_or_default())}
                {ui::select_field("source", "Source", "any", picks(&view.sources, query.source.as_deref()))}
                {ui::select_field("release", "Target", "any release or none", picks(&view.releases, release.as_deref()))}
                <button class="btn primary">"Apply"</button>
            </div>
        </form>
    }
    .into_any()
}

/// The choices of a select. A value of the address that is not offered stays chosen, so that the form keeps it.
fn picks(choices: &[Choice], chosen: Option<&str>) -> Vec<Pick> {
    let mut picks: Vec<_> = choices
        .iter()
        .map(|choice| Pick {
            value: choice.value.clone(),
            label: format!("{} ({})", choice.label, choice.count),
            chosen: chosen.is_some_and(|value| value.eq_ignore_ascii_case(&choice.value)),
        })
        .collect();
    if let Some(value) = chosen.filter(|_| !picks.iter().any(|pick| pick.chosen)) {
        picks.push(Pick { value: value.to_owned(), label: value.to_owned(), chosen: true });
    }
    picks
}

/// The active filters, each with a link to the list without it.
fn chips(query: &CandidateQuery) -> Option<AnyView> {
    let filters = query.filters();
    (!filters.is_empty()).then(|| {
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
        view! { <ul class="chips" aria-label="Active filters">{chips}</ul> }.into_any()
    })
}
