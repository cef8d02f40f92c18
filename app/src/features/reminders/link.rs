//! `/reminders/{token}`: where the link of a mail leads. Whoever has it may confirm the address and stop the mails, without
//! signing in; opening it changes nothing, since programs that look through mail open links too.

use std::sync::Arc;

use domain::reminder::Cadence;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::port::{LinkView, RemindersPort};
use crate::{
    features::frame::{Drawn, Place, find_port, page, title_row},
    port::PageError,
    query::At,
    ui,
};

/// The page.
#[component]
pub fn ReminderLinkPage() -> impl IntoView {
    let port: Result<Arc<dyn RemindersPort>, _> = find_port();
    let token = use_params_map().with_untracked(|params| params.get("token"));
    let load = async move {
        let token = token.ok_or_else(|| PageError::NotFound("This link".to_owned()))?;
        port?.reminder_link(token).await
    };
    page(Place::Elsewhere, At::Now, Vec::new(), load, |view, _| Drawn {
        title: "Reminders by mail".to_owned(),
        body: draw(&view),
    })
}

fn draw(view: &LinkView) -> AnyView {
    let LinkView { login, address, confirmed, cadence, token } = view;
    let state = match (confirmed, cadence) {
        (false, _) => format!("Is {address} yours? Then reminders for @{login} come to it."),
        (true, Cadence::Never) => format!("No reminders are sent to {address}."),
        (true, cadence) => format!("Reminders for @{login} come to {address}, {}.", cadence.words()),
    };
    let act = |act: &'static str, words: &'static str, class: &'static str| {
        view! {
            <form method="post" action=format!("/reminders/{token}")>
                {ui::hidden_field("act".to_owned(), act.to_owned())}
                <button class=class>{words}</button>
            </form>
        }
        .into_any()
    };
    let buttons = match (confirmed, cadence) {
        (false, _) => vec![act("confirm", "Yes, send them here", "btn primary"), act("stop", "No, never", "btn")],
        (true, Cadence::Never) => vec![act("confirm", "Send them again", "btn")],
        (true, _) => vec![act("stop", "Stop these mails", "btn primary")],
    };
    view! {
        {title_row("Reminders by mail", ().into_any(), ().into_any())}
        <div class="panel pad stack">
            <p>{state}</p>
            <div class="buttons">{buttons}</div>
            <p class="muted">"How often they come, and to which address, is chosen "<a class="link" href="/me#reminders">"on your page"</a>"."</p>
        </div>
    }
    .into_any()
}
