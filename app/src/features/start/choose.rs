//! The first step: the one form of the page. Fields of later steps belong to it too, by its id.

use leptos::prelude::*;

use super::{
    StartQuery,
    port::{SourceChoice, StartView},
    query::STAGES,
};
use crate::{
    features::{frame::Context, shared::nothing_imported},
    ui::{self, Icon, Input, Tone},
    words,
};

/// Id of the form.
pub(super) const FORM: &str = "start";

/// The form, and what came of it.
pub(super) fn choose(view: &StartView, query: &StartQuery, context: &Context) -> AnyView {
    if view.sources.is_empty() {
        return nothing_imported();
    }
    let state = ui::form_state();
    let chosen = view.sources.iter().find(|source| Some(&source.id) == query.source.as_ref());
    let default = chosen.or_else(|| view.sources.first()).map(|source| source.id.clone()).unwrap_or_default();
    let sources: Vec<_> = view
        .sources
        .iter()
        .map(|source| (source.id.clone(), format!("{} in {}", source.noun, source.repository), Some(about(source))))
        .collect();
    let input = |name, label, hint, value: String| Input { name, label, hint, value, required: true };
    let optional = |name, label, hint, value: String| Input { name, label, hint, value, required: false };
    let title_hint = "Short and descriptive; it becomes the title of issue and document.";
    let owner_hint = "Who leads it to the end and commits to a release. Your own, most of the time.";
    view! {
        <form id=FORM class="sheet" method="get" action="/start">
            {ui::radio_group(&state, input("source", "What it changes", None, default), &sources)}
            {ui::text_input(&state, input("title", "Title", Some(title_hint), query.title.clone()))}
            {sig(view, chosen, query)}
            <div class="pair">
                {ui::select_input(&state, optional("release", "Release to aim at", Some("Only the next ones; it can be moved later."), query.version().map(|release| release.to_string()).unwrap_or_default()), &releases(view, context))}
                {ui::select_input(&state, optional("stage", "Stage in that release", None, query.stage_slug().unwrap_or_default().to_owned()), &stages())}
            </div>
            {ui::text_input(&state, input("owner", "Owner’s login at GitHub", Some(owner_hint), query.owner.clone().unwrap_or_default()))}
            <div class="submit"><button class="btn primary">"Write the texts"</button></div>
        </form>
        {outcome(view)}
    }
    .into_any()
}

fn about(source: &SourceChoice) -> String {
    let owned = match &source.owning_sig {
        Some(sig) => format!("{sig} owns every one."),
        None => "The SIG that you name owns it.".to_owned(),
    };
    format!("{} {owned}", source.about)
}

/// The SIGs of the chosen source, else of whichever lets documents name their own.
fn sig(view: &StartView, chosen: Option<&SourceChoice>, query: &StartQuery) -> Option<AnyView> {
    let source = match chosen {
        Some(chosen) => chosen,
        None => view.sources.iter().find(|source| source.owning_sig.is_none())?,
    };
    if source.owning_sig.is_some() {
        return None;
    }
    let none = (String::new(), "choose…".to_owned());
    let sigs: Vec<_> = std::iter::once(none).chain(source.sigs.iter().map(|sig| (sig.clone(), sig.clone()))).collect();
    let hint = format!("Needed for a {}: it lies in the directory of its SIG.", source.noun);
    let input = Input {
        name: "sig",
        label: "Owning SIG",
        hint: Some(&hint),
        value: query.sig.clone().unwrap_or_default(),
        required: chosen.is_some(),
    };
    Some(ui::select_input(&ui::form_state(), input, &sigs))
}

fn releases(view: &StartView, context: &Context) -> Vec<(String, String)> {
    let now = context.now();
    let words = |choice: &super::port::ReleaseOption| match choice.dates.enhancement_freeze {
        None => format!("{}, no date yet", choice.version),
        Some(freeze) => {
            let day = words::day_near(words::day_in(freeze, choice.dates.zone), now);
            if freeze > now {
                format!("{}, Enhancement Freeze {day}", choice.version)
            } else {
                format!("{}, Enhancement Freeze passed on {day}", choice.version)
            }
        }
    };
    let none = (String::new(), "not decided yet".to_owned());
    std::iter::once(none).chain(view.releases.iter().map(|c| (c.version.to_string(), words(c)))).collect()
}

fn stages() -> Vec<(String, String)> {
    let none = (String::new(), "not decided yet".to_owned());
    let all = STAGES.iter().map(|(slug, _, words)| ((*slug).to_owned(), (*words).to_owned()));
    std::iter::once(none).chain(all).collect()
}

/// What is still missing, and what there is already.
fn outcome(view: &StartView) -> Option<AnyView> {
    let begun = view.begun.as_ref()?;
    let lacks = (!begun.lacks.is_empty()).then(|| {
        let words = format!("Still to be chosen: {}. The texts below leave a gap there.", begun.lacks.join(", "));
        ui::notice(Tone::Warn, Icon::Warning, view! { <p>{words}</p> })
    });
    let similar = (!begun.similar.is_empty()).then(|| {
        let lines: Vec<_> = begun
            .similar
            .iter()
            .map(|proposal| view! { <li><a class="link" href=proposal.href()>{proposal.name()}</a>" "{proposal.title.clone()}</li> })
            .collect();
        let inside = view! { <p>"There are proposals with much the same title. To take one over is often quicker than to begin anew:"</p><ul>{lines}</ul> };
        ui::notice(Tone::Busy, Icon::Search, inside)
    });
    Some(view! { {lacks}{similar} }.into_any())
}
