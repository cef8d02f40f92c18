//! The part of one's own page that says how one is reminded.

use domain::reminder::Cadence;
use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::port::Reminding;
use crate::ui::{self, Icon, Input};

/// The folded part, open where something was typed into it or is left to do.
pub fn reminding(view: &Reminding, login: &str, csrf: &str) -> AnyView {
    let state = ui::form_state();
    let done = use_url().with_untracked(|url| url.search().contains("done=reminders"));
    let open = done || state.value("cadence").is_some() || (view.address.is_some() && !view.confirmed);
    let kept = done.then(|| view! { <p role="status">"Kept."</p> });
    let feed = format!("/people/{login}/reminders.atom");
    let inside = if view.mail { form(view, csrf, &state) } else { no_mail() };
    view! {
        <details id="reminders" open=open>
            <summary><h2>"Reminders"</h2><small>{summary(view)}</small>{ui::icon(Icon::Chevron)}</summary>
            <div class="pad stack">
                <p>
                    "You are reminded of what you can do yourself 14, 7, 3 and 1 days before it is due, until it is done. After two \
                     reminders that did not help, the owning SIG hears of it too. "
                    <a class="link" href="/reminders">"All that is due soon"</a>", and the same for you alone "
                    <a class="link" href=feed>"as a feed"</a>"."
                </p>
                {kept}
                {inside}
            </div>
        </details>
    }
    .into_any()
}

fn summary(view: &Reminding) -> String {
    match (&view.address, view.confirmed, view.cadence) {
        (None, ..) => "on this page and in your feed".to_owned(),
        (Some(_), false, _) => "waits for you to confirm your address".to_owned(),
        (Some(_), true, Cadence::Never) => "no mail".to_owned(),
        (Some(address), true, cadence) => format!("to {address}, {}", cadence.words()),
    }
}

fn no_mail() -> AnyView {
    view! {
        <p class="muted">"No mail server is configured here, so nothing comes by mail; this page and the feed say what is due."</p>
    }
    .into_any()
}

fn form(view: &Reminding, csrf: &str, state: &ui::FormState) -> AnyView {
    let cadences: Vec<_> =
        Cadence::ALL.iter().map(|cadence| (cadence.slug().to_owned(), cadence.words().to_owned())).collect();
    let waits = (view.address.is_some() && !view.confirmed).then(|| {
        let words = "A mail is on its way to this address. Open the link in it; until then nothing else is sent. Saving again \
                     sends another.";
        ui::notice(ui::Tone::Warn, Icon::Mail, view! { <p>{words}</p> })
    });
    let address = Input {
        name: "address",
        label: "Mail address",
        hint: Some("It is shown to nobody but you and is in no export. Leave it empty to get no mail."),
        value: view.address.clone().unwrap_or_default(),
        required: false,
    };
    let cadence = Input {
        name: "cadence",
        label: "How often",
        value: view.cadence.slug().to_owned(),
        required: true,
        ..Input::default()
    };
    view! {
        {waits}
        <form class="stack fields" method="post" action="/me/reminders">
            {ui::problems(state, &[("address", "Mail address"), ("cadence", "How often")])}
            {ui::csrf_field(csrf)}
            {ui::text_input(state, address)}
            {ui::select_input(state, cadence, &cadences)}
            <div class="buttons"><button class="btn primary end">"Save"</button></div>
        </form>
    }
    .into_any()
}
