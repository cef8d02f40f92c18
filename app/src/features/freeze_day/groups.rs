//! The three groups: if the freeze were now, and as it was at the freeze, with how each stands since.

use domain::Group;
use leptos::prelude::*;

use super::{
    page::Sheet,
    port::{Closed, JudgedRow, Kept},
};
use crate::{
    features::shared::{ProposalLink, handle, status_badge},
    status,
    ui::{self, Empty, Icon, Panel},
    words,
};

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

/// A panel for each group that has somebody in it; what has to be looked at first.
fn lists(sheet: &Sheet<'_>) -> AnyView {
    let panels: Vec<_> = [Group::Others, Group::Exception, Group::Met]
        .into_iter()
        .filter_map(|group| {
            let rows = of_group(group, sheet);
            (!rows.is_empty()).then(|| list(group, &rows, sheet))
        })
        .collect();
    view! { {panels}{ended(sheet)} }.into_any()
}

/// Where those stand that a decision ended.
const ENDED: &str = "group-ended";

/// Those of a group of which something can still become.
fn of_group<'a>(group: Group, sheet: &Sheet<'a>) -> Vec<&'a JudgedRow> {
    sheet.view.judged.iter().filter(|row| row.group == group && !row.ended()).collect()
}

fn ended_rows<'a>(sheet: &Sheet<'a>) -> Vec<&'a JudgedRow> {
    sheet.view.judged.iter().filter(|row| row.ended()).collect()
}

/// What ended is announced with the others, but there is nothing to do about it.
fn ended(sheet: &Sheet<'_>) -> Option<AnyView> {
    let rows = ended_rows(sheet);
    let lines: Vec<_> = rows.iter().map(|row| known_line(&row.proposal, row.words.clone(), sheet)).collect();
    let note = words::count(lines.len(), "proposal");
    (!lines.is_empty()).then(|| {
        view! { <Panel title="Ended before the freeze" id=ENDED note><ul class="plain">{lines}</ul></Panel> }.into_any()
    })
}

fn known_line(proposal: &ProposalLink, words: String, sheet: &Sheet<'_>) -> AnyView {
    let href = sheet.href(&proposal.href());
    view! {
        <li><a href=href><span class="id">{proposal.name()}</span>" "{proposal.title.clone()}</a><small>{words}</small></li>
    }
    .into_any()
}

const fn id(group: Group) -> &'static str {
    match group {
        Group::Met => "group-met",
        Group::Exception => "group-exception",
        Group::Others => "group-others",
    }
}

fn list(group: Group, rows: &[&JudgedRow], sheet: &Sheet<'_>) -> AnyView {
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let open = Some(row.open.clone()).filter(|open| !open.is_empty() && group != Group::Met);
            let badge = status_badge(&row.status, &row.words);
            line(&row.proposal, badge, ("Open", open.map(IntoAny::into_any)), sheet)
        })
        .collect();
    let note = words::count(rows.len(), "proposal");
    table(group, note, "Open", lines, sheet)
}

fn line(
    proposal: &ProposalLink,
    badge: AnyView,
    (label, last): (&'static str, Option<AnyView>),
    sheet: &Sheet<'_>,
) -> AnyView {
    // Where a row is a card, a label without anything beside it says nothing.
    let label = if last.is_some() { label } else { "" };
    let href = sheet.href(&format!("{}?release={}", proposal.href(), sheet.view.release));
    view! {
        <tr data-row="">
            <th scope="row" class="title">
                <a data-row-link="" href=href><span class="id">{proposal.name()}</span>" "<b>{proposal.title.clone()}</b></a>
            </th>
            <td data-label="Status"><span class="badges">{badge}</span></td>
            <td data-label=label>{last}</td>
        </tr>
    }
    .into_any()
}

fn table(group: Group, note: String, last: &'static str, lines: Vec<AnyView>, sheet: &Sheet<'_>) -> AnyView {
    let title = group.words(sheet.view.freeze);
    view! {
        <Panel title=title.clone() id=id(group) note>
            <table class="cards frozen">
                <caption class="hidden">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Proposal"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">{last}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Panel>
    }
    .into_any()
}

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
    view! { {said(closed)}{panels}{added(closed, sheet)} }.into_any()
}

fn said(closed: &Closed) -> AnyView {
    let changed = closed.rows.iter().filter(|row| row.since.is_some()).count();
    let since = match changed {
        0 => "Nothing has changed for this freeze since then.".to_owned(),
        1 => "One of them has changed since then, as shown beside it.".to_owned(),
        more => format!("{more} of them have changed since then, as shown beside each."),
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
    let note = words::count(rows.len(), "proposal");
    if rows.is_empty() {
        let title = group.words(sheet.view.freeze);
        return view! { <Panel title id=id(group) note><Empty what="None."/></Panel> }.into_any();
    }
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let info = status::of_slug(&row.status);
            let badge = ui::badge(info.tone, info.icon, row.words.clone()).into_any();
            let since = row
                .since
                .as_ref()
                .map(|since| view! { <span class="since">{since.told(sheet.view.freeze)}</span> }.into_any());
            line(&row.proposal, badge, ("Since", since), sheet)
        })
        .collect();
    table(group, note, "Since", lines, sheet)
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
