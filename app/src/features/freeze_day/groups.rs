//! The three groups as tables: how each proposal stood with the freeze, or would, and what else there is to say of it.

use domain::{Freeze, Group, Since};
use leptos::prelude::*;

use super::{page::Sheet, port::JudgedRow};
use crate::{
    features::shared::ProposalLink,
    status,
    ui::{self, Icon, Panel, Tone},
    words,
};

/// A panel for each group that has somebody in it; what has to be looked at first.
pub(super) fn lists(sheet: &Sheet<'_>) -> AnyView {
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
pub(super) const ENDED: &str = "group-ended";

/// Those of a group of which something can still become.
pub(super) fn of_group<'a>(group: Group, sheet: &Sheet<'a>) -> Vec<&'a JudgedRow> {
    sheet.view.judged.iter().filter(|row| row.group == group && !row.ended()).collect()
}

pub(super) fn ended_rows<'a>(sheet: &Sheet<'a>) -> Vec<&'a JudgedRow> {
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

/// A proposal with a few words, where that is all.
pub(super) fn known_line(proposal: &ProposalLink, words: String, sheet: &Sheet<'_>) -> AnyView {
    let href = sheet.href(&proposal.href());
    view! {
        <li><a href=href><span class="id">{proposal.name()}</span>" "{proposal.title.clone()}</a><small>{words}</small></li>
    }
    .into_any()
}

/// The part of the page where a group stands.
pub(super) const fn id(group: Group) -> &'static str {
    match group {
        Group::Met => "group-met",
        Group::Exception => "group-exception",
        Group::Others => "group-others",
    }
}

/// How a proposal stood with the freeze, and nothing else: `slug` and `words` are those of its status then.
pub(super) fn stood(group: Group, freeze: Freeze, (slug, words): (&str, &str)) -> AnyView {
    let (tone, icon) = match group {
        Group::Met => (Tone::Good, Icon::Check),
        Group::Exception | Group::Others => {
            let info = status::of_slug(slug);
            (info.tone, info.icon)
        }
    };
    ui::badge(tone, icon, group.stood(freeze, words)).into_any()
}

/// What became of it since, where that is news.
pub(super) fn news(since: Option<&Since>) -> Option<AnyView> {
    since.map(|since| view! { <span class="since">{since.told.clone()}</span> }.into_any())
}

fn list(group: Group, rows: &[&JudgedRow], sheet: &Sheet<'_>) -> AnyView {
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let open = Some(row.open.clone()).filter(|open| !open.is_empty() && group != Group::Met);
            let badge = match group {
                Group::Met if !sheet.view.passed => {
                    ui::badge(Tone::Good, Icon::Check, format!("Would meet {}", sheet.view.freeze.short())).into_any()
                }
                _ => stood(group, sheet.view.freeze, (row.status.slug(), &row.words)),
            };
            let since = sheet.view.passed.then(|| ("Since", news(row.news.as_ref())));
            let cells = [("Open", open.map(IntoAny::into_any))].into_iter().chain(since).collect();
            Line { proposal: &row.proposal, badge, cells }
        })
        .collect();
    table(group, lines, sheet)
}

/// A row of a table.
pub(super) struct Line<'a> {
    pub proposal: &'a ProposalLink,
    /// How it stood.
    pub badge: AnyView,
    /// What else there is to say, each under its heading; the same headings in every row.
    pub cells: Vec<(&'static str, Option<AnyView>)>,
}

impl Line<'_> {
    fn draw(self, sheet: &Sheet<'_>) -> AnyView {
        let Self { proposal, badge, cells } = self;
        let cells: Vec<_> = cells
            .into_iter()
            .map(|(label, inside)| {
                // Where a row is a card, a label without anything beside it says nothing.
                let label = if inside.is_some() { label } else { "" };
                view! { <td data-label=label>{inside}</td> }
            })
            .collect();
        let href = sheet.href(&format!("{}?release={}", proposal.href(), sheet.view.release));
        view! {
            <tr data-row="">
                <th scope="row" class="title">
                    <a data-row-link="" href=href>
                        <span class="id">{proposal.name()}</span>" "<b>{proposal.title.clone()}</b>
                    </a>
                </th>
                <td data-label=when(sheet)><span class="badges">{badge}</span></td>
                {cells}
            </tr>
        }
        .into_any()
    }
}

/// Of which instant the verdict is.
const fn when(sheet: &Sheet<'_>) -> &'static str {
    if sheet.view.passed { "At the freeze" } else { "If it were now" }
}

/// The table of a group.
pub(super) fn table(group: Group, lines: Vec<Line<'_>>, sheet: &Sheet<'_>) -> AnyView {
    let note = words::count(lines.len(), "proposal");
    let title = match group {
        Group::Met if !sheet.view.passed => format!("Would meet the {}", sheet.view.freeze.name()),
        _ => group.words(sheet.view.freeze),
    };
    let heads = lines.first().into_iter().flat_map(|line| &line.cells);
    let heads: Vec<_> = heads.map(|(head, _)| view! { <th scope="col">{*head}</th> }).collect();
    let lines: Vec<_> = lines.into_iter().map(|line| line.draw(sheet)).collect();
    let when = when(sheet);
    view! {
        <Panel title=title.clone() id=id(group) note>
            <table class="cards frozen">
                <caption class="hidden">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Proposal"</th>
                        <th scope="col">{when}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Panel>
    }
    .into_any()
}
