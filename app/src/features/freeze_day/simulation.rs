//! If the freeze were now: how many would be in which group, and the lists of them.

use domain::Group;
use leptos::prelude::*;

use super::{
    groups::{ENDED, ended_rows, lists, of_group},
    page::Sheet,
};
use crate::ui::Empty;

/// If the freeze were now.
pub(super) fn simulation(sheet: &Sheet<'_>) -> AnyView {
    let view = sheet.view;
    if view.judged.is_empty() {
        let what = format!("No proposal takes part in {} yet.", view.release);
        return view! { <section class="panel" aria-label="If the freeze were now"><Empty what/></section> }.into_any();
    }
    let counts: Vec<_> = Group::ALL
        .into_iter()
        .map(|group| {
            let count = of_group(group, sheet).len();
            let ended = ended_rows(sheet).len();
            let apart = (group == Group::Others && ended > 0)
                .then(|| view! { <a class="link" href=format!("#{ENDED}")>{format!("and {ended} that ended")}</a> });
            view! { <li class=class(group)><b>{count}</b><span>{would(group, sheet)}" "{apart}</span></li> }
        })
        .collect();
    let lead =
        "Every proposal is judged by the rules of the freeze with what is known now. Nothing is decided by looking.";
    view! {
        <section class="panel if-now" aria-labelledby="if-now">
            <header><h2 id="if-now">"If the freeze were now"</h2><small>{lead}</small></header>
            <ul class="group-counts">{counts}</ul>
        </section>
        {lists(sheet)}
    }
    .into_any()
}

fn would(group: Group, sheet: &Sheet<'_>) -> String {
    match group {
        Group::Met => format!("would meet the {}", sheet.view.freeze.name()),
        Group::Exception => "would stand on an exception, pending or granted".to_owned(),
        Group::Others => "others".to_owned(),
    }
}

const fn class(group: Group) -> &'static str {
    match group {
        Group::Met => "t-good",
        Group::Exception => "t-exception",
        Group::Others => "t-bad",
    }
}
