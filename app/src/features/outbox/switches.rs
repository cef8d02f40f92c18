//! What goes out at present, and for admins how to change that, with what follows from it.

use leptos::prelude::*;

use super::port::OutboxView;
use crate::{
    features::frame::viewer,
    ui::{self, Icon, Panel, Tone},
};

/// The panel.
pub(super) fn switches(view: &OutboxView) -> AnyView {
    let sending = &view.sending;
    let on = |on: bool, words: &'static str| {
        let (tone, icon) = if on { (Tone::Good, Icon::Check) } else { (Tone::Quiet, Icon::Pause) };
        ui::badge(tone, icon, words)
    };
    let github = match (&sending.no_way, sending.github) {
        (Some(why), _) => view! {
            {on(false, "shown only")}" "{format!("Nothing can go to GitHub from here: {why}.")}
        }
        .into_any(),
        (None, true) => view! {
            {on(true, "sent")}" "<span>"Comments and labels go to GitHub as they are written."</span>
            {button(view, "outbox", false, "Turn sending off")}
            {explain(view, "What waits is held then, and shown here. What was sent stays on GitHub.")}
        }
        .into_any(),
        (None, false) => view! {
            {on(false, "shown only")}" "<span>"Nothing goes to GitHub. Each comment and label is held here exactly as it would be sent."</span>
            {button(view, "outbox", true, "Turn sending on")}
            {explain(view, "From then on whatever is written goes out by itself. What is held already stays held until you send or discard it below.")}
        }
        .into_any(),
    };
    let labels = if sending.labels {
        view! {
            {on(true, "kept")}" "<span>"Open pull requests get the label of approved work, or lose it, as the rules say."</span>
            {button(view, "labels", false, "Turn labels off")}
            {explain(view, "No further label is written into the outbox. What is in it stays.")}
        }
    } else {
        view! {
            {on(false, "left alone")}" "<span>"The labels of pull requests are not changed."</span>
            {button(view, "labels", true, "Turn labels on")}
            {explain(view, "Every known open pull request is looked at each minute. Where its label differs from the rules, one change is written into the outbox; what somebody changes by hand afterwards stays.")}
        }
    };
    let mail = if sending.mail {
        view! { {on(true, "sent")}" "<span>"Mails go out by the configured server."</span> }
    } else {
        view! { {on(false, "not sent")}" "<span>"No mail server is configured: mails are given ready to send where they arise."</span> }
    };
    view! {
        <Panel title="What goes out" id="sending">
            <dl class="kv wide sending">
                <dt>"To GitHub"</dt><dd>{github}</dd>
                <dt>"Labels"</dt><dd>{labels}</dd>
                <dt>"By mail"</dt><dd>{mail}</dd>
            </dl>
        </Panel>
    }
    .into_any()
}

fn button(view: &OutboxView, which: &str, on: bool, words: &'static str) -> Option<AnyView> {
    let csrf = viewer().filter(|_| view.keeps)?.csrf;
    Some(
        view! {
            <form method="post" action="/outbox/switch">
                {ui::csrf_field(&csrf)}
                {ui::hidden_field("which".to_owned(), which.to_owned())}
                {ui::hidden_field("on".to_owned(), if on { "yes" } else { "no" }.to_owned())}
                <button class="btn">{words}</button>
            </form>
        }
        .into_any(),
    )
}

fn explain(view: &OutboxView, words: &'static str) -> Option<AnyView> {
    view.keeps.then(|| view! { <small>{words}</small> }.into_any())
}
