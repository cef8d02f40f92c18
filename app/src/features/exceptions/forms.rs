//! The smaller forms of the page: the archive link, an answer, taking it back; and words that were not recorded.

use domain::Action;
use leptos::prelude::*;

use super::{
    decide::carried,
    fields::{ANSWERED, WITHDRAWN, on_behalf, part},
    href,
    mail::mail_to_send,
    port::ExceptionView,
};
use crate::ui::{self, FormState, Icon, Input, Panel, Tone};

/// Right after sending: what was recorded, and what is left to do.
pub(super) fn sent(view: &ExceptionView) -> AnyView {
    let left = match (&view.recorded, &view.mail.sending, &view.thread) {
        (_, _, Some(_)) => "The release team reviews it now.",
        (Some(_), _, None) => "Record the archive link of the mail, so that everybody finds the thread.",
        (None, Some(_), None) => {
            "The tracker sends its mail to the list. Record the archive link once the mail is there, so that everybody \
             finds the thread."
        }
        (None, None, None) => {
            "Two steps are left: send the mail below to the list, then record its archive link, so that everybody finds \
             the thread."
        }
    };
    let words = format!("The request is recorded. {left}");
    let said = ui::notice(Tone::Good, Icon::Check, view! { <p role="status">{words}</p> });
    view! { {said}{mail(view, true)} }.into_any()
}

/// The mails of the request.
pub(super) fn mail(view: &ExceptionView, open: bool) -> AnyView {
    let answer = view.answer.as_ref().map(|mail| {
        let decided = match mail.sending {
            None => "The decision as an answer in the thread, ready to send",
            Some(_) => "The decision as an answer in the thread",
        };
        view! {
            <details class="panel fold" open=open>
                <summary>{decided}</summary>
                <div class="pad">{mail_to_send(mail)}</div>
            </details>
        }
    });
    // Another's mail, which was merely recorded, went out already.
    let request = view.recorded.is_none().then(|| {
        let ready = view.thread.is_none() && view.mail.sending.is_none();
        let summary = if ready { "The request as a mail, ready to send" } else { "The request as a mail" };
        view! {
            <details class="panel fold" open=open>
                <summary>{summary}</summary>
                <div class="pad">{mail_to_send(&view.mail)}</div>
            </details>
        }
    });
    view! { {answer}{request} }.into_any()
}

/// The archive link, as long as it is missing.
pub(super) fn file(view: &ExceptionView, state: &FormState) -> Option<AnyView> {
    if !view.may.contains(&Action::File) {
        return None;
    }
    let mine = part(state, "file");
    let form = view! {
        <form class="pad stack fields" method="post" action=format!("{}/file", href(view.row.id))>
            {carried(view, "file")}
            {ui::url_input(&mine, Input {
                name: "thread",
                label: "Link of the mail in the archive",
                hint: Some("https://groups.google.com/g/kubevirt-dev/c/…"),
                required: true,
                ..Input::default()
            })}
            <div class="buttons"><button class="btn primary end">"Record the link"</button></div>
        </form>
    }
    .into_any();
    Some(view! { <Panel title="Archive link" id="file" note="missing">{form}</Panel> }.into_any())
}

/// The answer that the requester owes; folded for somebody who can only record it for them.
pub(super) fn answer(view: &ExceptionView, state: &FormState) -> Option<AnyView> {
    if !offers(view, Action::Answer) {
        return None;
    }
    let mine = part(state, "answer");
    let theirs = theirs(view, Action::Answer);
    let question = view.exchanges.last().map(|exchange| exchange.question.0.clone()).unwrap_or_default();
    let label = if theirs.is_some() { "The answer" } else { "Your answer" };
    let form = view! {
        <form class="pad stack fields" method="post" action=format!("{}/answer", href(view.row.id))>
            {carried(view, "answer")}
            <blockquote class="said">{question}</blockquote>
            {ui::text_area(&mine, Input { name: "answer", label, required: true, ..Input::default() }, 3)}
            {on_behalf(&mine, ANSWERED, "Who answered", theirs)}
            <div class="buttons"><button class="btn primary end">"Answer"</button></div>
        </form>
    }
    .into_any();
    if let Some(login) = theirs {
        let summary = format!("Record the answer of @{login}");
        let open = !mine.is_empty();
        return Some(
            view! { <details class="panel fold" open=open><summary>{summary}</summary>{form}</details> }.into_any(),
        );
    }
    let note = "review goes on as soon as you have answered";
    Some(view! { <Panel title="Answer" id="answer" note=note>{form}</Panel> }.into_any())
}

/// Whether the viewer may do something for themselves, or record it for the requester.
fn offers(view: &ExceptionView, action: Action) -> bool {
    view.may.contains(&action) || view.for_another.contains(&action)
}

/// Login of the requester, where the viewer can only record their word.
fn theirs(view: &ExceptionView, action: Action) -> Option<&str> {
    (!view.may.contains(&action)).then_some(view.row.requester.as_str())
}

/// Taking the request back, behind a second press.
pub(super) fn take_back(view: &ExceptionView, state: &FormState) -> Option<AnyView> {
    if !offers(view, Action::TakeBack) {
        return None;
    }
    let mine = part(state, "take-back");
    let theirs = theirs(view, Action::TakeBack);
    let summary = theirs.map_or_else(
        || "Withdraw the request".to_owned(),
        |login| format!("Record that @{login} withdraws the request"),
    );
    let whose = theirs.map(|login| on_behalf(&mine, WITHDRAWN, "Who withdraws it", Some(login)));
    let open = !mine.is_empty();
    Some(
        view! {
            <details class="panel fold" open=open>
                <summary>{summary}</summary>
                <form class="pad stack fields" method="post" action=format!("{}/take-back", href(view.row.id))>
                    {carried(view, "take-back")}
                    <p>"It stays on record as withdrawn. Who needs time after all asks anew."</p>
                    {whose}
                    <div class="buttons"><button class="btn">"Withdraw it"</button></div>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// Words of a form that is not offered any more, since somebody else was first: nothing typed is lost.
pub(super) fn lost_words(view: &ExceptionView, state: &FormState) -> Option<AnyView> {
    let offered = match state.value("form")? {
        "decide" => view.may.contains(&Action::Deny),
        "extend" => view.may.contains(&Action::Extend),
        "answer" => offers(view, Action::Answer),
        "file" => view.may.contains(&Action::File),
        _ => true,
    };
    let typed: Vec<_> = ["until", "reason", "answer", "thread"]
        .into_iter()
        .filter_map(|name| state.value(name))
        .filter(|value| !value.trim().is_empty())
        .map(|value| view! { <pre tabindex="0">{value.to_owned()}</pre> })
        .collect();
    (!offered && !typed.is_empty()).then(|| {
        view! {
            <Panel title="What you wrote" id="lost" note="not recorded; copy what you still need">
                <div class="pad fix">{typed}</div>
            </Panel>
        }
        .into_any()
    })
}
