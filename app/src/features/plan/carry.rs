//! What slipped from the release before, offered to be carried over.

use leptos::prelude::*;

use super::{
    page::Sheet,
    port::{REASONS, SlippedRow, Way},
    rows,
};
use crate::{
    ui::{self, Input, Markup, Panel},
    words,
};

/// The panel; nothing where nothing slipped.
pub(super) fn over(sheet: &Sheet<'_>) -> Option<AnyView> {
    let view = sheet.view;
    let before = view.before?;
    if view.slipped.is_empty() {
        return None;
    }
    let release = view.cycle.version;
    let offered = sheet.csrf.is_some() && view.slipped.iter().any(|row| row.may);
    let retargets = offered && view.slipped.iter().any(|row| row.may && row.way == Way::Retarget);
    let table = table(sheet, offered);
    let inside = if offered {
        let fields = retargets.then(|| fields(sheet));
        view! {
            <form id="plan-carry" method="post" action=sheet.address.action("carry")>
                {sheet.hidden()}
                {ui::hidden_field("from".to_owned(), before.to_string())}
                {table}
                {fields}
            </form>
        }
        .into_any()
    } else {
        table
    };
    let note = format!("{} from {before}", words::count(view.slipped.len(), "proposal"));
    let title = format!("Carry over to {release}");
    Some(view! { <Panel title id="carry" note>{inside}</Panel> }.into_any())
}

fn fields(sheet: &Sheet<'_>) -> AnyView {
    let state = &sheet.state;
    let none = (String::new(), "Choose a reason".to_owned());
    let reasons = REASONS.iter().map(|(value, reason)| ((*value).to_owned(), reason.words().to_owned()));
    let reasons: Vec<_> = std::iter::once(none).chain(reasons).collect();
    let reason = Input {
        name: "reason",
        label: "Reason",
        hint: Some("The same for all that are ticked."),
        required: true,
        ..Input::default()
    };
    let sentence = Input {
        name: "sentence",
        label: "In a sentence",
        hint: Some("Kept with each of them for ever. Needed where the reason is “other”."),
        ..Input::default()
    };
    let before = sheet.view.before.map(|before| before.to_string()).unwrap_or_default();
    let goes = format!("They leave {before} and are proposed for {}.", sheet.view.cycle.version);
    view! {
        <div class="pad sheet">
            {ui::select_input(state, reason, &reasons)}
            {ui::text_input(state, sentence)}
            <div class="submit">
                <button class="btn primary">"Carry over the ticked ones"</button>
                <small>{goes}</small>
            </div>
        </div>
    }
    .into_any()
}

fn table(sheet: &Sheet<'_>, offered: bool) -> AnyView {
    let view = sheet.view;
    let ticked: Vec<u32> = sheet.state.values("carry").filter_map(|value| value.parse().ok()).collect();
    let sigs = !view.sigs.is_empty() && view.sig.is_none();
    let mut html = Markup::with_capacity(view.slipped.len() * 900);
    for row in &view.slipped {
        html.raw("<tr data-row>");
        if offered {
            if row.may && row.way == Way::Retarget {
                rows::tick(&mut html, "carry", &row.proposal, ticked.contains(&row.proposal.number), "Carry over");
            } else {
                html.raw("<td class=\"pick\"></td>");
            }
        }
        rows::title(&mut html, &row.proposal, sigs.then_some(row.sig.as_str()), &row.slips, sheet.context);
        rows::status(&mut html, "Status there", &row.status, &row.words);
        way(&mut html, sheet, row, offered);
        html.raw("</tr>");
    }
    let before = view.before.map(|before| before.to_string()).unwrap_or_default();
    let pick = offered.then(|| view! { <th scope="col"><span class="hidden">"Tick"</span></th> });
    view! {
        <table class="cards planned">
            <caption class="hidden">{format!("Slipped from {before}")}</caption>
            <thead>
                <tr>
                    {pick}
                    <th scope="col">"Proposal"</th>
                    <th scope="col">{format!("Status in {before}")}</th>
                    <th scope="col">"How it comes along"</th>
                </tr>
            </thead>
            <tbody inner_html=html.into_html()></tbody>
        </table>
    }
    .into_any()
}

/// By its tick, or by a button of its own where only acceptance links it with this release.
fn way(html: &mut Markup, sheet: &Sheet<'_>, row: &SlippedRow, offered: bool) {
    html.raw("<td data-label=\"How\" class=\"way\">");
    let release = sheet.view.cycle.version.to_string();
    match row.way {
        Way::Retarget => _ = html.raw("<span class=\"muted\">retargeted, with a reason</span>"),
        Way::Accept if offered && row.may => {
            html.raw("<button class=\"btn\" name=\"only\" value=\"").text(&row.proposal.number.to_string());
            html.raw("\" formaction=\"").text(&sheet.address.action("accept")).raw("\">Accept for ").text(&release);
            html.raw("<span class=\"hidden\">: ").text(&row.proposal.name()).raw("</span></button>");
        }
        Way::Accept => _ = html.raw("<span class=\"muted\">by acceptance; its record there is closed</span>"),
    }
    if offered && row.may {
        rows::seen(html, row.proposal.number, row.seen);
    }
    html.raw("</td>");
}
