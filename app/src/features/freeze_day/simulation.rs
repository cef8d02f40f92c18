//! If the freeze were now: what is counted, how many would be in which group, and the lists of them.

use domain::Group;
use leptos::prelude::*;

use super::{
    groups::{ENDED, ended_rows, lists, of_group},
    page::Sheet,
    port::JudgedRow,
};
use crate::{
    status,
    ui::{self, Empty},
};

/// If the freeze were now.
pub(super) fn simulation(sheet: &Sheet<'_>) -> AnyView {
    let view = sheet.view;
    if view.judged.is_empty() {
        let what = format!("No proposal takes part in {} yet.", view.release);
        return view! { <section class="panel" aria-label="If the freeze were now"><Empty what/></section> }.into_any();
    }
    let counts: Vec<_> = Group::ALL.into_iter().map(|group| count(group, sheet)).collect();
    let lead =
        "Every proposal is judged by the rules of the freeze with what is known now. Nothing is decided by looking.";
    let tally = sheet.tally().draw(&view.dates, sheet.context);
    view! {
        <section class="panel if-now" aria-labelledby="if-now">
            <header><h2 id="if-now">"If the freeze were now"</h2><small>{lead}</small></header>
            <ul class="group-counts">{counts}</ul>
            <p class="remark"><small>{tally}"; all of them are counted here."</small></p>
        </section>
        {lists(sheet)}
    }
    .into_any()
}

/// How many are in a group; of the others, which kinds there are.
fn count(group: Group, sheet: &Sheet<'_>) -> AnyView {
    let rows = of_group(group, sheet);
    let words = match group {
        Group::Met => format!("would meet the {}", sheet.view.freeze.name()),
        Group::Exception => "would stand on an exception, pending or granted".to_owned(),
        Group::Others => "others".to_owned(),
    };
    let ended = ended_rows(sheet).len();
    let apart = (group == Group::Others && ended > 0)
        .then(|| view! { <a class="link" href=format!("#{ENDED}")>{format!("and {ended} that ended")}</a> });
    let kinds = (group == Group::Others && !rows.is_empty()).then(|| kinds(&rows));
    view! {
        <li class=class(group)>
            <b>{rows.len()}</b>
            <div><span>{words}" "{apart}</span>{kinds}</div>
        </li>
    }
    .into_any()
}

/// What would be missed is not the same as what nobody accepted: each status with how many have it, what is most urgent
/// first, as the rows are.
fn kinds(rows: &[&JudgedRow]) -> AnyView {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for slug in rows.iter().map(|row| row.status.slug()) {
        match kinds.iter_mut().find(|(known, _)| *known == slug) {
            Some((_, count)) => *count += 1,
            None => kinds.push((slug, 1)),
        }
    }
    let kinds: Vec<_> = kinds
        .into_iter()
        .map(|(slug, count)| {
            let info = status::of_slug(slug);
            view! { <li><b>{count}</b>" "{ui::badge(info.tone, info.icon, info.label)}</li> }
        })
        .collect();
    view! { <ul class="kinds">{kinds}</ul> }.into_any()
}

/// The others are of several kinds, each with a colour of its own.
const fn class(group: Group) -> &'static str {
    match group {
        Group::Met => "t-good",
        Group::Exception => "t-exception",
        Group::Others => "t-quiet",
    }
}
