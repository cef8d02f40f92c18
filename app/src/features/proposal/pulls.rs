//! The pull requests of a proposal in the release shown: what each is for, where it stands, whom it waits on, whether
//! it has landed (P-7, P-24).

use chrono::{DateTime, Utc};
use domain::{Pull, PullState};
use leptos::prelude::*;

use super::port::{ProposalView, PullView};
use crate::{
    features::{frame::Context, shared::handles},
    ui::{self, Icon, Panel, Tone},
    words,
};

/// The panel; nothing while no pull request is known, because the requirements say so already.
pub(super) fn pulls(view: &ProposalView, context: &Context) -> AnyView {
    if view.pulls.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = view.pulls.iter().map(|pull| row(pull, context)).collect();
    view! {
        <Panel title="Pull requests" id="pulls" note=words::count(view.pulls.len(), "pull request")>
            <table class="cards">
                <caption class="hidden">"Pull requests of this proposal in this release"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Pull request"</th>
                        <th scope="col">"Kind"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Waiting on"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Panel>
    }
    .into_any()
}

fn row(view: &PullView, context: &Context) -> AnyView {
    let pull = &view.pull;
    let repository = pull.repository.rsplit('/').next().unwrap_or_default().to_owned();
    let href = format!("https://github.com/{}/pull/{}", pull.repository, pull.number);
    view! {
        <tr>
            <th scope="row" class="title">
                <a class="link" href=href>{repository}" #"{pull.number}</a>" "{pull.title.clone()}
            </th>
            <td data-label="Kind">{pull.kind.words()}</td>
            <td data-label="State">{state(view)}</td>
            <td data-label="Waiting on">{waiting(pull, context.now())}</td>
        </tr>
    }
    .into_any()
}

fn state(view: &PullView) -> String {
    match (view.pull.state, &view.landed) {
        (PullState::Open, _) => "open".to_owned(),
        (PullState::Closed, _) => "closed".to_owned(),
        (PullState::Merged, None) => "merged".to_owned(),
        (PullState::Merged, Some((branch, true))) => format!("merged, in {branch}"),
        (PullState::Merged, Some((branch, false))) => format!("merged, not in {branch}"),
    }
}

fn waiting(pull: &Pull, now: DateTime<Utc>) -> AnyView {
    if pull.state != PullState::Open || pull.waiting_on.is_empty() {
        return view! { <span class="muted">"nobody"</span> }.into_any();
    }
    let since =
        pull.waiting_since.filter(|since| *since <= now).map(|since| format!(", {}", words::length(now - since)));
    let badge = pull.lags(now).then(|| ui::badge(Tone::Warn, Icon::Warning, "lags"));
    view! { <span>{handles(&pull.waiting_on)}{since}</span>" "{badge} }.into_any()
}
