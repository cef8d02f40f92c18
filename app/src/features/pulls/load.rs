//! What lies with each reviewer, beside the list.

use domain::Load;
use leptos::prelude::*;

use super::{choice::Waits, query::PullQuery};
use crate::{
    features::frame::Context,
    ui::{self, Icon, Panel, Tone},
    words,
};

/// Reviewers that are shown at once; the others unfold.
const SHOWN: usize = 6;

/// The panel: each reviewer leads to what waits on them.
pub(super) fn load(all: &[Load], query: &PullQuery, context: &Context) -> AnyView {
    let base = PullQuery { release: query.release, at: query.at, ..PullQuery::default() };
    let mut lines: Vec<_> = all.iter().map(|load| line(load, &base, context)).collect();
    let rest = lines.split_off(lines.len().min(SHOWN));
    let more = rest.len();
    let rest = (more > 0).then(|| {
        view! { <details><summary>{words::count(more, "more reviewer")}</summary><ul class="plain">{rest}</ul></details> }
    });
    let note = words::count(all.len(), "reviewer");
    view! {
        <div class="stack side">
            <Panel title="Reviews by person" id="load" note>
                <ul class="plain">{lines}</ul>
                {rest}
            </Panel>
        </div>
    }
    .into_any()
}

fn line(load: &Load, base: &PullQuery, context: &Context) -> AnyView {
    let now = context.now();
    let oldest = load.oldest.filter(|oldest| *oldest <= now).map(|at| format!(", oldest {}", words::length(now - at)));
    let lags = (load.lagging > 0).then(|| ui::badge(Tone::Warn, Icon::Warning, lagging(load.lagging)));
    let href = base.waiting(Waits::Login(load.login.clone())).href();
    view! {
        <li>
            <span><a class="link" href=href>"@"{load.login.clone()}</a>" "{lags}</span>
            <small>{load.waiting}" waiting"{oldest}</small>
        </li>
    }
    .into_any()
}

fn lagging(count: usize) -> String {
    if count == 1 { "1 lags".to_owned() } else { format!("{count} lag") }
}
