//! As it was at the freeze: the snapshot, which says only what was so then, and beside each what became of it since.

use domain::{Freeze, Group};
use leptos::prelude::*;

use super::{
    groups::{Line, id, known_line, lists, news, stood, table},
    page::Sheet,
    port::{Closed, Kept},
};
use crate::{
    features::shared::handle,
    ui::{self, Empty, Icon, Panel},
    words,
};

/// As it was at the freeze: the snapshot once there is one, else by what is known now.
pub(super) fn then(sheet: &Sheet<'_>) -> AnyView {
    let Some(closed) = sheet.view.closed.as_ref() else {
        let words = "Freeze day is not closed yet: this is how the freeze is judged by what is known now. Closing it keeps \
                     it for ever.";
        let notice = ui::notice(ui::Tone::Busy, Icon::Clock, view! { <p>{words}</p> });
        return view! { {notice}{lists(sheet)} }.into_any();
    };
    let panels: Vec<_> = Group::ALL
        .into_iter()
        .map(|group| {
            let rows: Vec<_> = closed.rows.iter().filter(|row| row.group == group).collect();
            kept(group, &rows, sheet)
        })
        .collect();
    view! { {said(closed, sheet.view.freeze)}{panels}{added(closed, sheet)} }.into_any()
}

fn said(closed: &Closed, freeze: Freeze) -> AnyView {
    let changed = closed.rows.iter().filter(|row| row.since.is_some()).count();
    let since = match changed {
        0 => "Nothing has changed since then".to_owned(),
        1 => "One of them has changed since then, as shown beside it".to_owned(),
        more => format!("{more} of them have changed since then, as shown beside each"),
    };
    let since = match freeze {
        Freeze::Enhancement => format!("{since}; work towards the {} is not told here.", Freeze::Code.name()),
        Freeze::Code => format!("{since}."),
    };
    let links: Vec<_> = closed
        .decisions
        .iter()
        .map(|id| view! { " "<a class="link" href=format!("/decisions/{id}")>{format!("Decision {id}")}</a> })
        .collect();
    view! {
        <section class="panel closed" aria-label="The snapshot">
            <p>
                {ui::icon(Icon::Flag)}" Closed on "
                <time datetime=words::machine(closed.at)>{words::utc(closed.at)}</time>
                " by "{handle(&closed.by)}", as judged at "{words::utc(closed.judged_at)}"."{links}
            </p>
            <p class="muted">{since}</p>
        </section>
    }
    .into_any()
}

fn kept(group: Group, rows: &[&Kept], sheet: &Sheet<'_>) -> AnyView {
    let freeze = sheet.view.freeze;
    if rows.is_empty() {
        let note = words::count(0, "proposal");
        return view! { <Panel title=group.words(freeze) id=id(group) note><Empty what="None."/></Panel> }.into_any();
    }
    let lines = rows.iter().map(|row| Line {
        proposal: &row.proposal,
        badge: stood(group, freeze, (&row.status, &row.words)),
        cells: vec![("Since", news(row.since.as_ref()))],
    });
    table(group, lines.collect(), sheet)
}

/// What was not known to take part when freeze day was closed.
fn added(closed: &Closed, sheet: &Sheet<'_>) -> Option<AnyView> {
    let lines: Vec<_> =
        closed.added.iter().map(|(proposal, words)| known_line(proposal, words.clone(), sheet)).collect();
    (!lines.is_empty()).then(|| {
        view! { <Panel title="Known later" id="added" note="took part by what is known now, and is not in the snapshot"><ul class="plain">{lines}</ul></Panel> }
            .into_any()
    })
}
