//! The steps that are texts: issue, document, pull request. Each can be copied, and opened at GitHub filled in.

use leptos::prelude::*;

use super::{
    StartQuery,
    port::{Begun, Known},
};
use crate::ui::{self, Icon};

/// What stands in a step that needs the first one.
pub(super) fn later(words: &'static str) -> AnyView {
    view! { <p class="muted">{words}</p> }.into_any()
}

/// Leads to a form at GitHub.
fn outside(href: String, words: &'static str, class: &'static str) -> AnyView {
    view! { <a class=class href=href>{words}{ui::icon(Icon::External)}</a> }.into_any()
}

/// The page of what is known already.
pub(super) fn known_link(known: &Known, words: String) -> AnyView {
    view! { <p class="known">{ui::icon(Icon::Check)}<span>{words}" "<a class="link" href=known.proposal.href()>{known.proposal.name()}</a></span></p> }
        .into_any()
}

/// The tracking issue.
pub(super) fn issue(begun: Option<&Begun>) -> AnyView {
    let Some(begun) = begun else {
        return later("Title and body appear here once the first step is filled in.");
    };
    let issue = &begun.issue;
    let read = begun.known.as_ref().filter(|known| known.issue);
    let read = read.map(|known| known_link(known, "The tracker has read the issue of".to_owned()));
    let form = match &issue.form {
        Some(form) => outside(form.clone(), "Open it at GitHub, filled in", "btn primary"),
        None => view! {
            <p>"The text is too long for an address. Open an empty issue and copy title and body into it."</p>
            {outside(issue.empty_form.clone(), "Open an empty issue at GitHub", "btn primary")}
        }
        .into_any(),
    };
    let labels = begun.labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ");
    let directory = issue.directory.clone().filter(|_| begun.document.is_some()).map(|directory| {
        view! { <p>"Now that it has a number, the issue can link the document’s directory. Put this below “Enhancement link”, also before the document is merged:"</p>{ui::copyable("Enhancement link", directory)} }
    });
    view! {
        {read}
        <p>{format!("One issue in {} follows the {} through all its stages; its number becomes the number of the proposal.", begun.source.repository, begun.source.noun)}</p>
        {ui::copyable("Title of the issue", issue.title.clone())}
        {ui::copyable("Body of the issue", issue.body.clone())}
        <p>"Labels: "{ui::prose(&labels)}". The commands in the body set what you may not set yourself."</p>
        <div class="submit">{form}</div>
        {directory}
    }
    .into_any()
}

/// The document.
pub(super) fn document(begun: Option<&Begun>, query: &StartQuery) -> AnyView {
    let Some(begun) = begun else {
        return later("The document appears here, from the template, once the first step is filled in.");
    };
    let Some(document) = &begun.document else {
        return later(
            "The document carries the number of the issue in its title and its path. Enter the number above, and it appears here.",
        );
    };
    let there = begun.known.as_ref().filter(|known| known.document).map(|known| {
        view! { {known_link(known, "The document is on main; what follows is how it began.".to_owned())} }
    });
    let form = match &document.form {
        Some(form) => outside(form.clone(), "Create the file at GitHub, filled in", "btn primary"),
        None => view! {
            <p>"The text is too long for an address. Copy it, then create the file; its path is filled in."</p>
            {outside(document.empty_form.clone(), "Create the file at GitHub", "btn primary")}
        }
        .into_any(),
    };
    view! {
        {there}
        <p>"The template with number, title, people and target filled in. The comments say what each section is for; a section that holds only its comment counts as empty. Before a release is targeted it needs graduation criteria."</p>
        {ui::copyable("Path of the document", document.path.clone())}
        {ui::copyable("The document", document.text.clone())}
        <div class="submit">
            {form}
            <a class="btn" href=query.href("/start/document") download="">"Download it"</a>
        </div>
        <p class="hint">"Check it at any time: "<code>{format!("cep-tracker check {}", document.path)}</code></p>
    }
    .into_any()
}

/// The pull request.
pub(super) fn pull(begun: Option<&Begun>) -> AnyView {
    let Some((begun, pull)) = begun.and_then(|begun| begun.pull.as_ref().map(|pull| (begun, pull))) else {
        return later("What to write in it appears here once there is a number.");
    };
    let there = begun.known.as_ref().and_then(|known| known.pull.clone()).map(|(words, url)| {
        view! { <p class="known">{ui::icon(Icon::Check)}<span>"The tracker knows of "<a class="link" href=url>{words}</a></span></p> }
    });
    view! {
        {there}
        <p>"It adds the document and nothing else; code goes into pull requests of its own. Name the tracking issue in it, so that both are found from each other."</p>
        {ui::copyable("Title of the pull request", pull.title.clone())}
        {ui::copyable("Body of the pull request", pull.body.clone())}
    }
    .into_any()
}
