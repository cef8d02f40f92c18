//! What list and page say of a candidate: target, remarks, and the facts beside its document.

use leptos::prelude::*;

use super::port::{CandidateRow, CandidateView};
use crate::{
    features::{
        frame::Context,
        shared::{handle, handles},
    },
    ui::{self, Icon, Panel, Tone},
    words,
};

/// "v1.11 Alpha", as the document states it.
pub(super) fn targets(row: &CandidateRow) -> AnyView {
    if row.targets.is_empty() {
        return view! { <span class="muted">"none stated"</span> }.into_any();
    }
    let all = row.targets.iter().map(|(stage, release)| format!("{release} {}", stage.name()));
    all.collect::<Vec<_>>().join(", ").into_any()
}

/// How many remarks there are on the text; nothing where there are none.
pub(super) fn remarks_badge(remarks: u32) -> Option<AnyView> {
    (remarks > 0).then(|| {
        let words = words::count(remarks as usize, "remark");
        view! { " "{ui::badge(Tone::Warn, Icon::Warning, words)} }.into_any()
    })
}

/// The facts beside the document.
pub(super) fn about(view: &CandidateView, context: &Context) -> AnyView {
    let row = &view.row;
    let pull = format!("https://github.com/{}", pull_path(row));
    let author = row
        .author
        .as_ref()
        .map_or_else(|| view! { <span class="muted">"a deleted account"</span> }.into_any(), |author| handle(author));
    let owners = if row.owners.is_empty() {
        view! { <span class="muted">"nobody named"</span> }.into_any()
    } else {
        handles(&row.owners)
    };
    let sig = view.sig.clone().unwrap_or_else(|| "not stated".to_owned());
    let others: Vec<_> = view
        .others
        .iter()
        .map(|(path, href)| view! { <li><a class="link" href=href.clone()>{path.clone()}</a></li> })
        .collect();
    let (reference, title) = (row.reference(), view.pull_title.clone());
    let (target, read) = (targets(row), ui::age(row.observed_at, context.now()).into_any());
    view! {
        <Panel title="About" id="about">
            <dl class="kv">
                <dt>"Pull request"</dt>
                <dd><a class="link" href=pull>{reference}</a>" "<small>{title}</small></dd>
                <dt>"Opened by"</dt><dd>{author}</dd>
                <dt>"Owner"</dt><dd>{owners}</dd>
                <dt>"SIG"</dt><dd>{sig}</dd>
                <dt>"Target"</dt><dd>{target}</dd>
                <dt>"Read"</dt><dd>{read}</dd>
            </dl>
        </Panel>
        {(!others.is_empty()).then(|| view! {
            <Panel title="Also in this pull request" id="others"><ul class="plain">{others}</ul></Panel>
        })}
    }
    .into_any()
}

fn pull_path(row: &CandidateRow) -> String {
    format!("{}/pull/{}", row.repository, row.pull)
}
