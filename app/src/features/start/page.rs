//! The page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    StartQuery,
    choose::choose,
    port::{StartPort, StartView},
    steps::{Step, dates, number, people, step, the_commitment},
    texts::{document, issue, pull},
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, title_row, viewer},
    islands::Copy,
    query::{At, ReleaseChoice},
};

/// `/start`
#[component]
pub fn StartPage() -> impl IntoView {
    let port: Result<Arc<dyn StartPort>, _> = find_port();
    let (mut query, bad) = use_url().with_untracked(|url| StartQuery::parse(url.search()));
    // Somebody who is signed in proposes in their own name, unless they say otherwise.
    query.owner = query.owner.or_else(|| viewer().map(|viewer| viewer.login));
    let asked = query.clone();
    let load = async move { port?.start(asked).await };
    page(Place::Start, At::Now, bad, load, move |view, context| {
        query.release = view.release.map(ReleaseChoice::Version);
        draw(&view, &query, context)
    })
}

fn draw(view: &StartView, query: &StartQuery, context: &Context) -> Drawn {
    let begun = view.begun.as_ref();
    let known = begun.and_then(|begun| begun.known.as_ref());
    let chosen = begun.is_some_and(|begun| begun.lacks.is_empty());
    let is = |done: bool| if done { Step::Done } else { Step::Open };
    let body = view! {
        {title_row("Start a proposal", ().into_any(), ().into_any())}
        <p class="muted lead">"From the idea to the commitment, in the order in which it goes smoothly. Everything that can be written ahead is; what you fill in stays in the address of this page, so you can keep it or send it on."</p>
        <ol class="steps">
            {step(1, "Choose", is(chosen), choose(view, query, context))}
            {step(2, "Open the tracking issue", is(query.number.is_some()), issue(begun))}
            {step(3, "Give it its number", is(query.number.is_some() && begun.is_some()), number(begun, query))}
            {step(4, "Write the document", is(known.is_some_and(|known| known.document)), document(begun, query))}
            {step(5, "Open a pull request", is(known.is_some_and(|known| known.document || known.pull.is_some())), pull(begun))}
            {step(6, "Find reviewers and an approver", is(known.is_some_and(|known| known.people.is_some())), people(begun, query))}
            {step(7, "Commit to the release", is(known.is_some_and(|known| known.committed)), the_commitment(begun, query))}
            {step(8, "Keep the dates", Step::Info, dates(view, query, context))}
        </ol>
        <Copy/>
    };
    Drawn { title: "Start a proposal".to_owned(), body: body.into_any() }
}
