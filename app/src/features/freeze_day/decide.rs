//! What is decided about a proposal on freeze day: one form, whose fields follow the choice.

use domain::Status;
use leptos::prelude::*;

use super::{
    page::Sheet,
    port::{OpenRequest, Sitting},
    sitting::key,
};
use crate::{
    features::exceptions,
    ui::{self, FormState, Input},
    words,
};

/// The form, for whoever may run freeze day.
pub(super) fn decide(sitting: &Sitting, sheet: &Sheet<'_>) -> Option<AnyView> {
    let csrf = sheet.csrf.as_deref()?;
    if !sheet.open(&sitting.proposal.source) {
        return Some(closed(sitting));
    }
    let state = &sheet.state;
    let request = sitting.request.as_ref().filter(|_| sitting.offers.decide);
    let until = request.map(|request| until(request, state, sheet));
    let form = view! {
        <form class="pad stack fields settle" method="post" action=sheet.address.action("decide")>
            {ui::csrf_field(csrf)}
            {ui::hidden_field("proposal".to_owned(), key(&sitting.proposal))}
            {ui::hidden_field("seen".to_owned(), sitting.seen.to_string())}
            {request.map(|request| ui::hidden_field("request".to_owned(), request.number.to_string()))}
            {choices(sitting, sheet)}
            {rules(sitting, state)}
            {until}
            <div class="for-reason">
                {ui::text_area(state, Input {
                    name: "reason",
                    label: "Reason",
                    hint: Some("One sentence that others will understand later."),
                    required: true,
                    ..Input::default()
                }, 2)}
            </div>
            <div class="buttons">
                <small>"A decision is recorded with your name. The comment is yours to post afterwards."</small>
                <button class="btn primary end">"Save"</button>
            </div>
        </form>
    };
    Some(form.into_any())
}

/// Once the snapshot is kept nothing is decided here any more.
fn closed(sitting: &Sitting) -> AnyView {
    let href = sitting.proposal.href();
    view! {
        <p class="pad settle">
            "Freeze day is closed. What is decided from now on is decided on "
            <a class="link" href=href>{format!("the page of {}", sitting.proposal.name())}</a>
            ", and shown beside the snapshot."
        </p>
    }
    .into_any()
}

fn choices(sitting: &Sitting, sheet: &Sheet<'_>) -> AnyView {
    let chosen = sheet.state.value("choice").unwrap_or("leave").to_owned();
    let mut number = 0;
    let mut next_key = || {
        number += 1;
        number.to_string()
    };
    let mut radio = |value: &'static str, words: &'static str, tone: &'static str| {
        let key = next_key();
        let leads = (value != "leave").then_some("reason");
        view! {
            <div class=format!("outcome {tone}")>
                <label data-key=key.clone() data-leads=leads>
                    <input type="radio" name="choice" value=value checked=chosen == value/>
                    {words}
                </label>
                <kbd class="needs-script">{key}</kbd>
            </div>
        }
        .into_any()
    };
    let offers = &sitting.offers;
    let leave = radio("leave", "Leave as it is", "t-quiet");
    let waive = (!offers.waive.is_empty()).then(|| radio("waive", "Waive", "t-warn"));
    let request = sitting.request.is_some() && offers.decide;
    let grant = request.then(|| radio("grant", "Grant", "t-good"));
    let deny = request.then(|| radio("deny", "Deny", "t-bad"));
    let remove = offers.remove.then(|| radio("remove", "Remove", "t-bad"));
    view! {
        <fieldset class="outcomes by-freeze">
            <legend class="hidden">"Decision"</legend>
            {leave}{waive}{grant}{deny}{exception(sitting, sheet)}{remove}
        </fieldset>
    }
    .into_any()
}

/// Where nobody asked, somebody can record the mail of who does; the form for that is the one of exceptions.
fn exception(sitting: &Sitting, sheet: &Sheet<'_>) -> Option<AnyView> {
    let missed = matches!(sitting.status.0, Status::ExceptionRequired { .. } | Status::NotVerifiedDue { .. });
    let freeze = sheet.view.freeze;
    if sitting.request.is_some() || !missed || sitting.status.0.freeze() != Some(freeze) {
        return None;
    }
    let href = exceptions::new_href(&key(&sitting.proposal), Some(freeze), Some(sheet.view.release));
    Some(view! { <a class="outcome t-exception" href=href data-key="e">"Record an exception…"<kbd class="needs-script">"e"</kbd></a> }.into_any())
}

fn rules(sitting: &Sitting, state: &FormState) -> Option<AnyView> {
    let offers = &sitting.offers.waive;
    let options: Vec<_> = offers
        .iter()
        .map(|offer| {
            let open = if offer.open.is_empty() { String::new() } else { format!(": {}", offer.open) };
            (offer.slug.clone(), format!("{}{open}", offer.rule.title()))
        })
        .collect();
    let input = Input { name: "rule", label: "Requirement to waive", required: true, ..Input::default() };
    (!options.is_empty())
        .then(|| view! { <div class="for-waive">{ui::select_input(state, input, &options)}</div> }.into_any())
}

fn until(request: &OpenRequest, state: &FormState, sheet: &Sheet<'_>) -> AnyView {
    let value = words::day_in(request.until, sheet.view.dates.zone).to_string();
    let hint = Some("A last day, such as 2026-10-27, or days after the freeze. Not after GA.");
    let input = Input { name: "until", label: "Granted until", hint, value, required: true };
    view! { <div class="for-grant">{ui::text_input(state, input)}</div> }.into_any()
}
