//! What is accepted, in its order, and what is proposed.

use leptos::prelude::*;

use super::{page::Sheet, port::PlanRow, rows};
use crate::ui::{Empty, FormState, Icon, Markup, Panel};
use crate::words;

/// Rows in the order that was typed, when a form that orders them came back.
pub(super) fn as_typed(rows: &mut [PlanRow], state: &FormState) {
    let typed = |row: &PlanRow| state.value(&rank_field(row)).and_then(|value| value.parse::<u32>().ok());
    if rows.iter().any(|row| typed(row).is_some()) {
        rows.sort_by_key(|row| typed(row).unwrap_or(u32::MAX));
    }
}

fn rank_field(row: &PlanRow) -> String {
    format!("rank-{}", row.proposal.number)
}

/// Whether rows tell their SIG: not where all are of one.
fn sig_of<'a>(sheet: &Sheet<'_>, row: &'a PlanRow) -> Option<&'a str> {
    (!sheet.view.sigs.is_empty() && sheet.view.sig.is_none()).then_some(row.sig.as_str())
}

/// The accepted ones. Those who may order them get a form: by drag, by key, by small buttons, or by typing numbers.
pub(super) fn accepted(sheet: &Sheet<'_>) -> AnyView {
    let view = sheet.view;
    let release = view.cycle.version;
    let ordered = sheet.csrf.is_some() && view.rights.order && !view.accepted.is_empty();
    let several = sheet.csrf.is_some() && !ordered && view.rights.decide && !view.sigs.is_empty() && view.sig.is_none();
    let hint =
        several.then(|| view! { <p class="remark"><small>"Choose a SIG above to order its proposals."</small></p> });
    let inside = if view.accepted.is_empty() {
        view! {
            <Empty what=format!("Nothing is accepted for {release} yet.")>
                <p>"Accept what is proposed below; it is tracked from then on."</p>
            </Empty>
        }
        .into_any()
    } else {
        let table = accepted_table(sheet, ordered);
        if ordered {
            view! {
                <form id="plan-order" method="post" action=sheet.address.action("order")>
                    {sheet.hidden()}
                    {table}
                </form>
                <p class="remark">
                    <small class="needs-script">"Drag a row by its handle, or press Alt and an arrow key in it."</small>
                    <small data-reorder-status="" role="status" aria-live="polite"></small>
                </p>
            }
            .into_any()
        } else {
            table
        }
    };
    let save = ordered
        .then(|| view! { <button class="btn" form="plan-order" data-reorder-save="">"Save order"</button> }.into_any());
    let note = format!("{}, in the order of the SIG", words::count(view.accepted.len(), "proposal"));
    let end = save.unwrap_or_else(|| ().into_any());
    view! { <Panel title="Accepted" id="accepted" note end>{inside}{hint}</Panel> }.into_any()
}

fn accepted_table(sheet: &Sheet<'_>, ordered: bool) -> AnyView {
    let rows = &sheet.view.accepted;
    let mut html = Markup::with_capacity(rows.len() * 1400);
    for row in rows {
        html.raw("<tr data-row data-reorder-row data-name=\"").text(&row.proposal.name()).raw("\">");
        place(&mut html, sheet, row, ordered);
        rows::title(&mut html, &row.proposal, sig_of(sheet, row), &row.slips, sheet.context);
        rows::status(&mut html, "Status", &row.status, &row.words);
        rows::people(&mut html, &row.people, "accepted");
        rows::work(&mut html, row);
        if ordered {
            steps(&mut html, row);
        }
        html.raw("</tr>");
    }
    let caption = format!("Accepted for {}, in the order of the SIG", sheet.view.cycle.version);
    let steps = ordered.then(|| view! { <th scope="col"><span class="hidden">"Move"</span></th> });
    view! {
        <table class="cards planned">
            <caption class="hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Place"</th>
                    <th scope="col">"Proposal"</th>
                    <th scope="col">"Status"</th>
                    <th scope="col">"Reviewers, approvers"</th>
                    <th scope="col">"Open PRs"</th>
                    {steps}
                </tr>
            </thead>
            <tbody data-reorder="" inner_html=html.into_html()></tbody>
        </table>
    }
    .into_any()
}

/// Its place: a number, or a field for one with a handle.
fn place(html: &mut Markup, sheet: &Sheet<'_>, row: &PlanRow, ordered: bool) {
    html.raw("<td data-label=\"Place\" class=\"place\">");
    let field = rank_field(row);
    let rank = row.rank.map(|rank| rank.to_string()).unwrap_or_default();
    if ordered {
        let value = sheet.state.value(&field).unwrap_or(&rank);
        html.raw("<button type=\"button\" class=\"handle-of-row needs-script\" data-reorder-handle tabindex=\"-1\" aria-hidden=\"true\">");
        html.raw("</button><input type=\"number\" min=\"1\" max=\"9999\" data-reorder-rank name=\"").text(&field);
        html.raw("\" id=\"f-").text(&field).raw("\" value=\"").text(value);
        html.raw("\" aria-label=\"Place of ").text(&row.proposal.name()).raw("\">");
        html.raw("<input type=\"hidden\" name=\"was-").text(&row.proposal.number.to_string());
        html.raw("\" value=\"").text(&rank).raw("\">");
    } else if rank.is_empty() {
        html.raw("<span class=\"muted\">no place</span>");
    } else {
        html.raw("<b>").text(&rank).raw("</b>");
    }
    html.raw("</td>");
}

/// One step up, one step down.
fn steps(html: &mut Markup, row: &PlanRow) {
    let number = row.proposal.number.to_string();
    let name = row.proposal.name();
    html.raw("<td class=\"nudge\">");
    for (way, words, icon) in [("up", "Up", Icon::Up), ("down", "Down", Icon::Down)] {
        html.raw("<button class=\"step\" name=\"move\" data-reorder-step=\"").raw(way).raw("\" value=\"").raw(way);
        html.raw("-").text(&number).raw("\" aria-label=\"").raw(words).raw(": ").text(&name).raw("\">");
        html.icon(icon).raw("<span>").raw(words).raw("</span></button>");
    }
    html.raw("</td>");
}

/// The proposed ones, with what each lacks and what its reviewers would have with it.
pub(super) fn proposed(sheet: &Sheet<'_>) -> AnyView {
    let view = sheet.view;
    let release = view.cycle.version;
    let offered = sheet.csrf.is_some() && view.proposed.iter().any(|row| row.may);
    let inside = if view.proposed.is_empty() {
        view! {
            <Empty what="Nothing waits for acceptance.">
                <p>{format!("Proposals appear here once their document or issue names {release} as a target, or once they are retargeted to it.")}</p>
            </Empty>
        }
        .into_any()
    } else {
        let table = proposed_table(sheet, offered);
        if offered {
            view! {
                <form id="plan-accept" method="post" action=sheet.address.action("accept")>
                    {sheet.hidden()}
                    {table}
                </form>
            }
            .into_any()
        } else {
            table
        }
    };
    let accept =
        offered.then(|| view! { <button class="btn" form="plan-accept">"Accept the ticked ones"</button> }.into_any());
    let refusal = &view.rights.refusal;
    let who = (!refusal.is_empty()).then(|| view! { <p class="remark"><small>{refusal.clone()}</small></p> });
    let note = words::count(view.proposed.len(), "proposal");
    let end = accept.unwrap_or_else(|| ().into_any());
    view! { <Panel title="Proposed for consideration" id="proposed" note end>{inside}{who}</Panel> }.into_any()
}

fn proposed_table(sheet: &Sheet<'_>, offered: bool) -> AnyView {
    let rows = &sheet.view.proposed;
    let ticked: Vec<u32> = sheet.state.values("accept").filter_map(|value| value.parse().ok()).collect();
    let mut html = Markup::with_capacity(rows.len() * 1400);
    for row in rows {
        html.raw("<tr data-row>");
        if offered && row.may {
            rows::tick(&mut html, "accept", &row.proposal, ticked.contains(&row.proposal.number), "Tick");
        } else if offered {
            html.raw("<td class=\"pick\"></td>");
        }
        rows::title(&mut html, &row.proposal, sig_of(sheet, row), &row.slips, sheet.context);
        rows::lacks(&mut html, row);
        rows::people(&mut html, &row.people, "with it");
        rows::work(&mut html, row);
        if offered {
            html.raw("<td class=\"act\">");
            if row.may {
                rows::seen(&mut html, row.proposal.number, row.seen);
                html.raw("<button class=\"btn\" name=\"only\" value=\"").text(&row.proposal.number.to_string());
                html.raw("\">Accept<span class=\"hidden\"> ").text(&row.proposal.name()).raw("</span></button>");
            }
            html.raw("</td>");
        }
        html.raw("</tr>");
    }
    let pick = offered.then(|| view! { <th scope="col"><span class="hidden">"Tick"</span></th> });
    let act = offered.then(|| view! { <th scope="col"><span class="hidden">"Accept"</span></th> });
    view! {
        <table class="cards planned">
            <caption class="hidden">{format!("Proposed for {}", sheet.view.cycle.version)}</caption>
            <thead>
                <tr>
                    {pick}
                    <th scope="col">"Proposal"</th>
                    <th scope="col">"Lacks"</th>
                    <th scope="col">"Reviewers, approvers"</th>
                    <th scope="col">"Open PRs"</th>
                    {act}
                </tr>
            </thead>
            <tbody inner_html=html.into_html()></tbody>
        </table>
    }
    .into_any()
}
