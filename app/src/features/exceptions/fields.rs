//! Fields that only the forms of exceptions have.

use leptos::prelude::*;

use super::port::{Cover, UntilView};
use crate::{
    ui::{self, FormState, Input},
    words,
};

/// Titles of the fields, for the list of what is wrong.
pub(super) const TITLES: &[(&str, &str)] = &[
    ("proposal", "Proposal"),
    ("release", "Release"),
    ("freeze", "Exception from"),
    ("justification", "Why"),
    ("time", "Additional time"),
    ("impact", "If it is not granted"),
    ("covers_more", "Other pull requests"),
    ("requester", "Who asks"),
    ("sent_on", "Day of the mail"),
    ("until", "Granted until"),
    ("reason", "Reason"),
    ("answer", "Answer"),
    ("thread", "Archive link"),
    ("on_behalf_of", "Who decided"),
    ("link", "Link"),
    ("answered_by", "Who answered"),
    ("answered_at", "Where they said it"),
    ("withdrawn_by", "Who withdraws it"),
    ("withdrawn_at", "Where they said it"),
];

/// The part of what was posted that belongs to one of several forms of a page.
pub(super) fn part(state: &FormState, form: &str) -> FormState {
    if state.value("form") == Some(form) { state.clone() } else { FormState::default() }
}

/// The proposal, with those of the release to choose from.
pub(super) fn proposal_input(state: &FormState, value: String, proposals: &[(String, String)]) -> AnyView {
    let problem = state.problem("proposal").map(str::to_owned);
    let invalid = problem.as_ref().map(|_| "true");
    let described = if problem.is_some() { "h-proposal p-proposal" } else { "h-proposal" };
    let options: Vec<_> =
        proposals.iter().map(|(key, title)| view! { <option value=key.clone()>{title.clone()}</option> }).collect();
    let shown = state.value("proposal").map_or(value, str::to_owned);
    view! {
        <div class=if problem.is_some() { "entry wrong" } else { "entry" }>
            <label for="f-proposal">"Proposal"</label>
            <p class="hint" id="h-proposal">"Its source and number, such as cep/4702; words of its title find it in the list."</p>
            {problem.clone().map(|words| view! { <p class="wrong-words" id="p-proposal">{words}</p> })}
            <input type="text" id="f-proposal" name="proposal" list="proposals" value=shown autocomplete="off"
                spellcheck="false" aria-describedby=described aria-invalid=invalid aria-required="true"/>
            <datalist id="proposals">{options}</datalist>
        </div>
    }
    .into_any()
}

/// A time as days or a date, and below it what it comes to: at once with script, after "Preview" without.
pub(super) fn time_input(state: &FormState, input: Input<'_>, until: Option<&UntilView>) -> AnyView {
    // What is wrong stands beside the field already.
    let until = until.filter(|_| state.problem(input.name).is_none());
    view! {
        <div class="time" data-time="">
            {ui::text_input(state, input)}
            {until_words(until)}
        </div>
    }
    .into_any()
}

/// What a typed time comes to.
pub(super) fn until_words(until: Option<&UntilView>) -> AnyView {
    let words = match until {
        Some(UntilView::Instant { at, words }) => view! {
            <b>{words.clone()}</b>" "<small>{words::utc(*at)}" "{ui::local_time(*at)}</small>
        }
        .into_any(),
        Some(UntilView::Refused(why)) => view! { <span class="wrong-words">{why.clone()}</span> }.into_any(),
        None => ().into_any(),
    };
    view! { <p class="until" data-until-words="" role="status">{words}</p> }.into_any()
}

/// Open pull requests to tick, and a line for others.
pub(super) fn covers_input(state: &FormState, pulls: &[Cover]) -> AnyView {
    let posted = !state.fields.is_empty();
    let ticks: Vec<_> = pulls
        .iter()
        .map(|pull| {
            let chosen = if posted { state.values("covers").any(|value| value == pull.name) } else { true };
            view! {
                <label class="tick">
                    <input type="checkbox" name="covers" value=pull.name.clone() checked=chosen/>
                    <span><b>{pull.short.clone()}</b>" "{pull.title.clone()}</span>
                </label>
            }
        })
        .collect();
    let open = (!ticks.is_empty()).then(|| {
        view! {
            <fieldset class="entry covers">
                <legend>"Pull requests it covers"</legend>
                <p class="hint">"Open ones of the proposal. Work outside the ticked ones is not covered."</p>
                <div class="ticks">{ticks}</div>
            </fieldset>
        }
    });
    let more = Input {
        name: "covers_more",
        label: if pulls.is_empty() { "Pull requests it covers" } else { "Other pull requests" },
        hint: Some("As owner/name#123 or a link, separated by spaces or commas. Work outside them is not covered."),
        ..Input::default()
    };
    view! { {open}{ui::text_input(state, more)} }.into_any()
}

/// Names of the two fields that tell whose word is recorded. A page holds several forms, and ids are unique.
pub(super) type Names = (&'static str, &'static str);

/// Those of a decision.
pub(super) const DECIDED: Names = ("on_behalf_of", "link");
/// Those of an answer.
pub(super) const ANSWERED: Names = ("answered_by", "answered_at");
/// Those of a request that is taken back.
pub(super) const WITHDRAWN: Names = ("withdrawn_by", "withdrawn_at");

/// Whose word it is, when another person's is recorded; `login` where only another's can be.
pub(super) fn on_behalf(state: &FormState, (by, link): Names, label: &'static str, login: Option<&str>) -> AnyView {
    let typed = state.value(by).is_some_and(|login| !login.trim().is_empty());
    let open = login.is_some() || typed || state.problem(by).is_some() || state.problem(link).is_some();
    view! {
        <details class="behalf" open=open>
            <summary>"I record what another person said"</summary>
            <div class="stack">
                {ui::text_input(state, Input {
                    name: by,
                    label,
                    hint: Some("Their GitHub login. It is their word; you are named as who recorded it."),
                    value: login.unwrap_or_default().to_owned(),
                    required: login.is_some(),
                })}
                {ui::url_input(state, Input {
                    name: link,
                    label: "Where they said it",
                    hint: Some("A link that others can follow."),
                    required: login.is_some(),
                    ..Input::default()
                })}
            </div>
        </details>
    }
    .into_any()
}
