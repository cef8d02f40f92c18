//! The panels that decide: grant, deny or ask for more; extend what is granted.

use domain::Action;
use leptos::prelude::*;

use super::{
    fields::{DECIDED, on_behalf, part, time_input, until_words},
    href,
    mail::shown,
    port::ExceptionView,
};
use crate::{
    features::frame::viewer,
    ui::{self, FormState, Icon, Input, Panel, Tone},
    words,
};

/// Everything a form on this page sends along.
pub(super) fn carried(view: &ExceptionView, form: &'static str) -> AnyView {
    view! {
        {viewer().map(|viewer| ui::csrf_field(&viewer.csrf))}
        {ui::hidden_field("form".to_owned(), form.to_owned())}
        {ui::hidden_field("seen".to_owned(), view.seen.to_string())}
    }
    .into_any()
}

/// The three choices, for who may decide; for others who are signed in, why not.
pub(super) fn decide(view: &ExceptionView, state: &FormState) -> Option<AnyView> {
    if !view.may.contains(&Action::Deny) {
        return view.may_not.clone().map(|why| ui::notice(Tone::Quiet, Icon::Minus, view! { <p>{why}</p> }));
    }
    let mine = part(state, "decide");
    let note = view.role.clone().map(|role| format!("{role}; the decision answers in the thread and on the issue"));
    let review = view.may.contains(&Action::Review).then(|| review(view));
    let form = view! {
        <form class="pad stack fields" method="post" action=format!("{}/decide", href(view.row.id)) data-until="/exceptions/until">
            {carried(view, "decide")}
            {until_context(view)}
            {choices(view, &mine)}
            {ui::text_area(&mine, Input {
                name: "reason",
                label: "Reason, or what you ask",
                hint: Some("Goes into the thread, the issue and the history as you write it."),
                required: true,
                ..Input::default()
            }, 3)}
            {on_behalf(&mine, DECIDED, "Who decided", None)}
            {preview(view, &mine)}
            <div class="buttons">
                <button class="btn" name="do" value="preview">"Preview"</button>
                <button class="btn primary end" name="do" value="decide">
                    <span class="for-grant">"Grant"</span>
                    <span class="for-deny">"Deny"</span>
                    <span class="for-more">"Ask for more"</span>
                </button>
            </div>
        </form>
    }
    .into_any();
    let note = note.unwrap_or_default();
    Some(view! { <Panel title="Decide" id="decide" note=note end=review.into_any()>{form}</Panel> }.into_any())
}

/// What the preview of an instant needs to know.
fn until_context(view: &ExceptionView) -> AnyView {
    ui::hidden_field("request".to_owned(), view.row.id.to_string())
}

fn choices(view: &ExceptionView, state: &FormState) -> AnyView {
    let chosen = state.value("choice").unwrap_or("grant").to_owned();
    let radio = |value: &'static str, words: &'static str| {
        view! {
            <label>
                <input type="radio" name="choice" value=value checked=chosen == value/>
                {words}
            </label>
        }
    };
    let problem = state.problem("until").map(str::to_owned);
    let meant = view.until.as_ref().filter(|_| problem.is_none());
    let until = state.value("until").map_or_else(|| asked_day(view), str::to_owned);
    let described = if problem.is_some() { "p-until h-until" } else { "h-until" };
    view! {
        <fieldset class="outcomes">
            <legend class="hidden">"Decision"</legend>
            <div class="outcome t-good" data-time="">
                {radio("grant", "Grant until")}
                <input type="text" id="f-until" name="until" value=until aria-label="Granted until" autocomplete="off"
                    aria-describedby=described aria-invalid=problem.as_ref().map(|_| "true")/>
            </div>
            <div class="outcome t-bad">{radio("deny", "Deny")}</div>
            <div class="outcome t-warn">{radio("ask-more", "Ask for more")}</div>
        </fieldset>
        {problem.map(|words| view! { <p class="wrong-words" id="p-until">{words}</p> })}
        <div class="granted-until" id="h-until">
            {until_words(meant)}
        </div>
    }
    .into_any()
}

/// The day asked for, as the field takes it.
fn asked_day(view: &ExceptionView) -> String {
    words::day_in(view.row.granted_until.unwrap_or(view.row.asked_until), view.dates.zone).to_string()
}

/// What the decision would send.
fn preview(view: &ExceptionView, state: &FormState) -> Option<AnyView> {
    if state.value("choice") == Some("ask-more") {
        let words = "A question waits for the requester on this page; no mail and no comment is sent.";
        return Some(view! { <p class="muted">{words}</p> }.into_any());
    }
    view.preview.as_ref().map(|(mail, comment)| {
        let head = format!("To: {}\nSubject: {}", mail.to, mail.subject);
        let number = view.row.proposal.number;
        let previewed = state.value("do") == Some("preview");
        view! {
            <details class="preview" open=previewed>
                <summary>{format!("Preview: mail to {}, comment on #{number}", list_name(&mail.to))}</summary>
                <div class="stack">
                    {shown("The answer in the thread", &head, &mail.body)}
                    {shown("The comment on the tracking issue", "", comment)}
                </div>
            </details>
        }
        .into_any()
    })
}

/// "kubevirt-dev" of its address.
fn list_name(address: &str) -> String {
    address.split('@').next().unwrap_or(address).to_owned()
}

/// Takes the request into review.
fn review(view: &ExceptionView) -> AnyView {
    view! {
        <form method="post" action=format!("{}/review", href(view.row.id))>
            {carried(view, "review")}
            <button class="btn">"Take into review"</button>
        </form>
    }
    .into_any()
}

/// More time for what is granted.
pub(super) fn extend(view: &ExceptionView, state: &FormState) -> Option<AnyView> {
    if !view.may.contains(&Action::Extend) {
        return None;
    }
    let mine = part(state, "extend");
    let form = view! {
        <form class="pad stack fields" method="post" action=format!("{}/extend", href(view.row.id)) data-until="/exceptions/until">
            {carried(view, "extend")}
            {until_context(view)}
            {time_input(&mine, Input {
                name: "until",
                label: "Granted until",
                hint: Some("A last day, such as 2026-10-27, or days after the freeze. Not after GA."),
                value: asked_day(view),
                required: true,
            }, view.until.as_ref())}
            {ui::text_area(&mine, Input { name: "reason", label: "Reason", required: true, ..Input::default() }, 3)}
            {on_behalf(&mine, DECIDED, "Who decided", None)}
            {preview(view, &mine)}
            <div class="buttons">
                <button class="btn" name="do" value="preview">"Preview"</button>
                <button class="btn primary end" name="do" value="extend">"Extend the time"</button>
            </div>
        </form>
    }
    .into_any();
    let note = view.role.clone().unwrap_or_default();
    Some(view! { <Panel title="Extend" id="extend" note=note>{form}</Panel> }.into_any())
}
