//! Who has to review it all.

use leptos::prelude::*;

use super::{
    page::Sheet,
    port::{Load, OVERLOAD},
};
use crate::{
    features::shared::handle,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// How many people the panel shows at once.
const SHOWN: usize = 12;

/// The panel: per person what is accepted, what is proposed, and which reviews wait.
pub(super) fn reviewers(sheet: &Sheet<'_>) -> AnyView {
    let all = &sheet.view.load;
    let longest = all.iter().map(|load| load.accepted + load.proposed).max().unwrap_or_default().max(OVERLOAD + 1);
    let line = |load: &Load| line(load, longest);
    let (first, rest) = all.split_at(all.len().min(SHOWN));
    let first: Vec<_> = first.iter().map(line).collect();
    let rest: Vec<_> = rest.iter().map(line).collect();
    let rest = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", rest.len());
        view! { <details><summary>{summary}</summary><ul class="load">{rest}</ul></details> }
    });
    let inside = if first.is_empty() {
        view! { <Empty what="No reviewer and no approver is named yet."/> }.into_any()
    } else {
        view! { <ul class="load">{first}</ul>{rest} }.into_any()
    };
    let note = format!("{}, all sources", sheet.view.cycle.version);
    let remark =
        format!("More than {OVERLOAD} proposals of one release are marked. Waiting reviews are those of any release.");
    view! {
        <Panel title="Reviewer load" id="load" note>
            {inside}
            <p class="remark"><small>{remark}</small></p>
        </Panel>
    }
    .into_any()
}

fn line(load: &Load, longest: usize) -> AnyView {
    let Load { login, accepted, proposed, reviews } = load;
    let mark = if *accepted > OVERLOAD {
        Some(ui::badge(Tone::Warn, Icon::Warning, "too much").into_any())
    } else if accepted + proposed > OVERLOAD {
        Some(view! { <small>"too much with all proposed"</small> }.into_any())
    } else {
        None
    };
    let counts = format!("{accepted} accepted · {proposed} proposed");
    let reviews = (*reviews > 0).then(|| format!(" · {}", words::count(*reviews, "review") + " waiting"));
    view! {
        <li>
            <div class="who">{handle(login)}{mark}</div>
            {bar(load, longest)}
            <small>{counts}{reviews}</small>
        </li>
    }
    .into_any()
}

/// Accepted, then proposed, with a line where it gets too much. The words below say the same.
fn bar(load: &Load, longest: usize) -> AnyView {
    let at = |count: usize| format!("{:.1}%", f64::from(small(count)) * 100.0 / f64::from(small(longest)));
    let tone = if load.accepted > OVERLOAD { Tone::Warn } else { Tone::Busy };
    view! {
        <svg class="bar" width="100%" height="10" aria-hidden="true">
            <rect class=tone.class() x="0" width=at(load.accepted) height="100%"></rect>
            <rect class=format!("{} light", tone.class()) x=at(load.accepted) width=at(load.proposed) height="100%"></rect>
            <line class="limit" x1=at(OVERLOAD) x2=at(OVERLOAD) y1="0" y2="10"></line>
        </svg>
    }
    .into_any()
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
