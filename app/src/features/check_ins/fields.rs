//! The form of a check-in: an outcome by one key, a sentence, and where it should go if it should go.

use domain::{CheckInOutcome, ReleaseVersion, RetargetReason, check_in::Halves};
use leptos::prelude::*;

use super::{CheckInAddress, parts::look, port::CheckInRow};
use crate::ui::{self, FormState, Input};

/// Reasons for a retarget, by their values in forms (P-15).
const REASONS: [(&str, RetargetReason); 5] = [
    ("no-convergence", RetargetReason::NoConvergence),
    ("new-blocker", RetargetReason::NewBlocker),
    ("community-pushback", RetargetReason::CommunityPushback),
    ("approver-withdrew", RetargetReason::ApproverWithdrew),
    ("other", RetargetReason::Other),
];

/// Names of the fields with their labels, for problems above the form.
pub(super) const TITLES: [(&str, &str); 6] = [
    ("outcome", "Outcome"),
    ("sentence", "In a sentence"),
    ("propose", "What should happen"),
    ("to", "To which release"),
    ("on_behalf_of", "On behalf of"),
    ("link", "Where it was said"),
];

/// The form for one proposal. What was typed before it was refused is kept.
pub(super) fn form(row: &CheckInRow, address: CheckInAddress, csrf: &str) -> AnyView {
    let state = ui::form_state();
    let proposal = &row.proposal;
    let action = address.form(&proposal.source, proposal.number);
    let seen = ui::hidden_field("seen".to_owned(), row.seen.to_string());
    let own = row.check_in.said.iter().rev().find(|said| said.halves == row.may);
    let sentence = Input {
        name: "sentence",
        label: "In a sentence",
        value: own.map(|said| said.sentence.clone()).unwrap_or_default(),
        required: true,
        ..Input::default()
    };
    let chosen = state.value("outcome").map(str::to_owned).or_else(|| own.map(|said| said.outcome.slug().to_owned()));
    let leaves = chosen.as_deref() == Some(CheckInOutcome::RetargetOrReject.slug());
    view! {
        <form class="check-in" method="post" action=action data-check-in-form="" data-key=row.key() data-sides=sides(row.may)>
            {ui::csrf_field(csrf)}
            {seen}
            {outcomes(&state, chosen.as_deref(), row)}
            {ui::text_input(&state, sentence)}
            {leaving(&state, address.release, leaves)}
            {on_behalf(&state)}
            <div class="submit">
                <button class="btn primary" name="then" value="next">"Save and next"<kbd class="needs-script">"Enter"</kbd></button>
                <button class="btn" name="then" value="stay">"Save"</button>
                <small>"as "{row.may.words()}</small>
            </div>
        </form>
    }
    .into_any()
}

/// The sides of a word, as the form and the stream name them to the script.
pub fn sides(halves: Halves) -> &'static str {
    match (halves.release_team, halves.approver) {
        (true, true) => "release-team approver",
        (true, false) => "release-team",
        (false, true) => "approver",
        (false, false) => "",
    }
}

/// One key for each outcome.
fn outcomes(state: &FormState, chosen: Option<&str>, row: &CheckInRow) -> AnyView {
    let picks: Vec<_> = CheckInOutcome::ALL
        .into_iter()
        .zip(1..)
        .map(|(outcome, key)| {
            let (tone, icon, word) = look(outcome);
            let suggested = outcome == row.suggestion.outcome;
            // What is suggested is nobody's word before somebody gives it.
            let checked = chosen.is_some_and(|chosen| chosen == outcome.slug());
            let class = format!("pick-outcome {}{}", tone.class(), if suggested { " suggested" } else { "" });
            view! {
                <label class=class>
                    <input type="radio" name="outcome" value=outcome.slug() checked=checked required=true data-outcome=key.to_string()/>
                    {ui::icon(icon)}
                    <span>{word}</span>
                    <kbd class="needs-script" aria-hidden="true">{key}</kbd>
                </label>
            }
        })
        .collect();
    let (_, _, word) = look(row.suggestion.outcome);
    let problem = state.problem("outcome").map(|words| view! { <p class="problem">{words.to_owned()}</p> });
    view! {
        <fieldset class="outcomes" id="f-outcome">
            <legend>"Outcome"</legend>
            <div class="picks">{picks}</div>
            {problem}
            <small>{format!("Suggested: {}, because {}.", word.to_lowercase(), row.suggestion.reason)}</small>
        </fieldset>
    }
    .into_any()
}

/// What the owning SIG is asked to confirm; only read with the fifth outcome.
fn leaving(state: &FormState, release: ReleaseVersion, open: bool) -> AnyView {
    let ways = [("retarget".to_owned(), "Retarget".to_owned(), None), ("reject".to_owned(), "Reject".to_owned(), None)];
    let reasons: Vec<_> =
        REASONS.iter().map(|(slug, reason)| ((*slug).to_owned(), reason.words().to_owned())).collect();
    let propose =
        Input { name: "propose", label: "What should happen", value: "retarget".to_owned(), ..Input::default() };
    let to = Input { name: "to", label: "To which release", value: release.next().to_string(), ..Input::default() };
    let reason = Input { name: "reason", label: "Why it moves", ..Input::default() };
    view! {
        <details class="leaving" data-leaving="" open=open>
            <summary>"Retarget or reject: what should happen"</summary>
            <div class="fields">
                {ui::radio_group(state, propose, &ways)}
                {ui::text_input(state, to)}
                {ui::select_input(state, reason, &reasons)}
            </div>
            <small>"The owning SIG confirms it. Until then it stays tracked."</small>
        </details>
    }
    .into_any()
}

fn on_behalf(state: &FormState) -> AnyView {
    let who =
        Input { name: "on_behalf_of", label: "On behalf of", hint: Some("Login of who said it."), ..Input::default() };
    let link = Input { name: "link", label: "Where it was said", ..Input::default() };
    let open = ["on_behalf_of", "link"].iter().any(|name| state.value(name).is_some_and(|value| !value.is_empty()));
    view! {
        <details class="behalf" open=open>
            <summary>"Record it for somebody else"</summary>
            <div class="fields">{ui::people_input(state, who)}{ui::url_input(state, link)}</div>
        </details>
    }
    .into_any()
}
