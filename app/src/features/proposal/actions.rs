//! What the reader can do about the proposal: the menu, what mends a requirement, and undoing one's last decision.

use domain::Rule;
use leptos::prelude::*;

use super::port::{ActionLink, ProposalView};
use crate::{
    features::{decide::undo_button, frame::Context},
    query::encode,
    ui::{self, Icon},
};

/// The menu, or how to get one; nothing while another instant is shown.
pub(super) fn menu(view: &ProposalView, context: &Context) -> AnyView {
    let Some(actions) = &view.actions else { return ().into_any() };
    if !actions.signed_in {
        let here = view.proposal.href();
        let here = if context.query.is_empty() { here } else { format!("{here}?{}", context.query) };
        let href = format!("/sign-in?next={}", encode(&here));
        return view! { <a class="link" href=href rel="nofollow">"Sign in to decide"</a> }.into_any();
    }
    let groups: Vec<_> = actions
        .groups
        .iter()
        .map(|(title, group)| view! { <div><h2>{title.clone()}</h2>{links(group)}</div> })
        .collect();
    let for_another = (!actions.for_another.is_empty()).then(|| {
        view! { <details><summary>"Record another's word"</summary>{links(&actions.for_another)}</details> }
    });
    view! {
        <details class="popover actions">
            <summary class="btn primary">"Actions"{ui::icon(Icon::Chevron)}</summary>
            <nav aria-label="Actions on this proposal">{groups}{for_another}</nav>
        </details>
    }
    .into_any()
}

fn links(links: &[ActionLink]) -> AnyView {
    let links: Vec<_> =
        links.iter().map(|link| view! { <li><a href=link.href.clone()>{link.label.clone()}</a></li> }).collect();
    view! { <ul>{links}</ul> }.into_any()
}

/// The viewer's last decision, while it can be undone.
pub(super) fn undo(view: &ProposalView) -> Option<AnyView> {
    let actions = view.actions.as_ref()?;
    Some(undo_button(&view.proposal.href(), actions.undo.as_ref()?, actions.seen))
}

/// Links that mend a requirement.
pub(super) fn mends(view: &ProposalView, rule: Rule) -> Option<AnyView> {
    let (_, links) = view.actions.as_ref()?.mends.iter().find(|(mended, _)| *mended == rule)?;
    let links: Vec<_> = links.iter().map(|link| mend(link, rule)).collect();
    Some(view! { <span class="mends">{links}</span> }.into_any())
}

fn mend(link: &ActionLink, rule: Rule) -> AnyView {
    let about = format!(": {}", rule.title());
    view! { <a class="btn" href=link.href.clone()>{link.label.clone()}<span class="hidden">{about}</span></a> }
        .into_any()
}
