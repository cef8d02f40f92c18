//! Drafts of requests: a list for their author, and the notice above a form that continues one.

use chrono::{DateTime, Timelike, Utc};
use leptos::prelude::*;

use super::port::{DraftLink, Drafts};
use crate::{
    features::frame::{Context, viewer},
    ui::{self, Icon, Panel, Tone},
    words,
};

/// "14:03" today, else "6 Oct, 14:03", both UTC.
pub(super) fn saved(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let time = format!("{:02}:{:02} UTC", at.hour(), at.minute());
    if at.date_naive() == now.date_naive() { time } else { format!("{}, {time}", words::short_day(at.date_naive())) }
}

/// The drafts of whoever looks, to go on with or delete; nothing when there are none. `back` is where deleting leads.
pub fn drafts_panel(drafts: &[DraftLink], back: &'static str, context: &Context) -> Option<AnyView> {
    let lines: Vec<_> = drafts
        .iter()
        .map(|draft| {
            view! {
                <li>
                    <span>
                        <a class="link" href=draft.href.clone()>{draft.words.clone()}</a>
                        <small>{format!(" saved {}", saved(draft.saved_at, context.now()))}</small>
                    </span>
                    {delete(&draft.key, back, "Delete")}
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Panel title="Your drafts" id="drafts" note="nobody else sees them">
                <ul class="plain drafts">{lines}</ul>
            </Panel>
        }
        .into_any()
    })
}

/// The form that deletes a draft.
fn delete(key: &str, back: &str, words: &'static str) -> AnyView {
    view! {
        <form method="post" action="/exceptions/draft/delete">
            {viewer().map(|viewer| ui::csrf_field(&viewer.csrf))}
            {ui::hidden_field("key".to_owned(), key.to_owned())}
            {ui::hidden_field("back".to_owned(), back.to_owned())}
            <button class="btn">{words}</button>
        </form>
    }
    .into_any()
}

/// Says that the form goes on with a draft, and what happens to what is typed.
pub(super) fn draft_notice(drafts: &Drafts, context: &Context) -> AnyView {
    let continued = drafts.shown.as_ref().map(|draft| {
        let words = format!("This is your draft of {}. ", saved(draft.saved_at, context.now()));
        ui::notice(
            Tone::Busy,
            Icon::Clock,
            view! { <div class="draft-found"><p>{words}"Go on with it, or "</p>{delete(&drafts.key, "/exceptions/new", "delete it")}</div> },
        )
    });
    let unknown = viewer().is_none().then(|| {
        ui::notice(
            Tone::Busy,
            Icon::Unknown,
            view! {
                <p>
                    "You are not signed in. Fill it in all the same: what you write is kept for this browser for 30 days. \
                     Sending asks you to sign in, and then brings you back to it."
                </p>
            },
        )
    });
    view! { {continued}{unknown} }.into_any()
}
