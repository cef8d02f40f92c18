//! The fields of the form for a new request.

use domain::Freeze;
use leptos::prelude::*;

use super::{
    fields::{covers_input, proposal_input, time_input},
    kind::Kind,
    port::NewView,
};
use crate::ui::{self, FormState, Input};

/// Proposal, freeze and release.
pub(super) fn what(view: &NewView, state: &FormState) -> AnyView {
    let value = view.release.map(|release| release.to_string()).unwrap_or_default();
    let release = Input { name: "release", label: "Release", value, required: true, ..Input::default() };
    view! {
        {proposal_input(state, view.named.clone(), &view.proposals)}
        {freezes(view, state)}
        {ui::select_input(state, release, &releases(view))}
    }
    .into_any()
}

fn releases(view: &NewView) -> Vec<(String, String)> {
    view.releases.iter().map(|release| (release.to_string(), release.to_string())).collect()
}

fn freezes(view: &NewView, state: &FormState) -> AnyView {
    let day = |freeze: Freeze| {
        let known = view.freezes.iter().find(|(known, _)| *known == freeze).map(|(_, day)| day.clone());
        known.map(|day| day.unwrap_or_else(|| "no date yet: there is nothing to ask an exception from".to_owned()))
    };
    let options = [
        ("ef".to_owned(), "Enhancement Freeze (EF)".to_owned(), day(Freeze::Enhancement)),
        ("cf".to_owned(), "Code Freeze (CF)".to_owned(), day(Freeze::Code)),
        ("other".to_owned(), "Another edge case".to_owned(), Some("no freeze depends on it".to_owned())),
    ];
    let value = view.kind.unwrap_or(Kind::Cf).slug().to_owned();
    ui::radio_group(
        state,
        Input { name: "freeze", label: "Exception from", value, required: true, ..Input::default() },
        &options,
    )
}

/// What a request states (P-16).
pub(super) fn request(view: &NewView, state: &FormState) -> AnyView {
    view! {
        {ui::text_area(state, Input {
            name: "justification",
            label: "Why",
            hint: Some("Why the work could not be done before the freeze, and why it is safe to finish it after."),
            required: true,
            ..Input::default()
        }, 4)}
        {time_input(state, Input {
            name: "time",
            label: "Additional time",
            hint: Some("Days after the freeze, such as 6 days, or a last day, such as 2026-10-27. It has to end before GA."),
            required: true,
            ..Input::default()
        }, view.until.as_ref())}
        {ui::text_area(state, Input {
            name: "impact",
            label: "If it is not granted",
            hint: Some(
                "Graduation: does a stage move to a later release? Maturity: what stays unfinished or untested? \
                 Users: who notices, and how?",
            ),
            required: true,
            ..Input::default()
        }, 4)}
        {covers_input(state, &view.pulls)}
    }
    .into_any()
}

/// The part for somebody who records a mail that another person has sent.
pub(super) fn for_another(state: &FormState) -> AnyView {
    let names = ["requester", "link", "sent_on"];
    let open = names
        .iter()
        .any(|name| state.problem(name).is_some() || state.value(name).is_some_and(|value| !value.trim().is_empty()));
    view! {
        <details class="panel behalf" open=open>
            <summary>"I record another person's mail"</summary>
            <div class="pad stack fields">
                {ui::text_input(state, Input {
                    name: "requester",
                    label: "Who asks",
                    hint: Some("Their GitHub login. It is their request; you are named as who recorded it."),
                    ..Input::default()
                })}
                {ui::url_input(state, Input {
                    name: "link",
                    label: "Link to their mail",
                    hint: Some("In the archive of kubevirt-dev."),
                    ..Input::default()
                })}
                {ui::date_input(state, Input {
                    name: "sent_on",
                    label: "Day of the mail",
                    hint: Some("The request counts from then; today, when left empty."),
                    ..Input::default()
                })}
            </div>
        </details>
    }
    .into_any()
}
