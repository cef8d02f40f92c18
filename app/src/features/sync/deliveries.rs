//! Webhook deliveries as they came, and what became of them.

use leptos::prelude::*;

use super::port::{DeliveryLine, DeliveryState, SyncView, Way};
use crate::{
    features::frame::{Context, viewer},
    query::encode,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// The panel; nothing where no webhooks are taken and none came.
pub(super) fn deliveries(view: &SyncView, context: &Context) -> Option<AnyView> {
    if view.delivered.is_empty() {
        return (view.takes_webhooks && view.way != Way::Demo).then(|| {
            let forged = (view.forged > 0).then(|| {
                let count = words::count(usize::try_from(view.forged).unwrap_or_default(), "webhook");
                view! { <p>{count}" came with a signature that is not ours. Is the secret at GitHub the one that is configured here?"</p> }
            });
            view! {
                <Panel title="Webhook deliveries" id="deliveries">
                    <Empty what="No webhook came yet.">
                        {forged}
                        <p>"Have GitHub send them to "<code>"/webhooks/github"</code>" of this server, as JSON, with its secret."</p>
                    </Empty>
                </Panel>
            }
            .into_any()
        });
    }
    let csrf = viewer().filter(|_| view.may_ask).map(|viewer| viewer.csrf);
    let lines: Vec<_> = view.deliveries.iter().map(|line| row(line, csrf.as_deref(), context)).collect();
    let states = states(view);
    if lines.is_empty() {
        let what = "No delivery is in this state.";
        return Some(
            view! { <Panel title="Webhook deliveries" id="deliveries">{states}<Empty what/></Panel> }.into_any(),
        );
    }
    let note = if view.forged > 0 { format!("{} refused for their signature", view.forged) } else { String::new() };
    let act = csrf.is_some().then(|| view! { <th scope="col"><span class="hidden">"Process again"</span></th> });
    Some(
        view! {
            <Panel title="Webhook deliveries" id="deliveries" note>
                {states}
                <table class="cards deliveries">
                    <caption class="hidden">"Webhook deliveries, newest first"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Event"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Came"</th>
                            {act}
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </Panel>
        }
        .into_any(),
    )
}

/// A link for each state that any delivery is in, with how many there are.
fn states(view: &SyncView) -> AnyView {
    let choice = |href: String, here: bool, words: &'static str, count: i64| {
        view! { <li><a href=href aria-current=here.then_some("page")><b>{words}</b><small>{count}</small></a></li> }
    };
    let count = |state: DeliveryState| view.delivered.iter().find(|(word, _)| word == state.word()).map(|(_, n)| *n);
    let links: Vec<_> = DeliveryState::ALL
        .into_iter()
        .filter_map(|state| {
            let href = format!("/sync?deliveries={}#deliveries", state.word());
            Some(choice(href, view.shown == Some(state), state.word(), count(state)?))
        })
        .collect();
    let all = view.delivered.iter().map(|(_, count)| count).sum();
    let all = choice("/sync#deliveries".to_owned(), view.shown.is_none(), "all", all);
    view! { <nav class="choose inside" aria-label="States of deliveries"><ul>{all}{links}</ul></nav> }.into_any()
}

fn row(line: &DeliveryLine, csrf: Option<&str>, context: &Context) -> AnyView {
    let (tone, icon) = match line.state.as_str() {
        "done" => (Tone::Good, Icon::Check),
        "failed" => (Tone::Bad, Icon::Cross),
        "ignored" => (Tone::Quiet, Icon::Minus),
        _ => (Tone::Busy, Icon::Clock),
    };
    let tried = (line.attempts > 1).then(|| format!(" tried {} times", line.attempts));
    let act = csrf.map(|csrf| {
        let label = format!("Process {} again", line.id);
        view! {
            <td>
                <form method="post" action=format!("/sync/deliveries/{}/again", encode(&line.id))>
                    {ui::csrf_field(csrf)}
                    <button class="btn" aria-label=label>"Again"</button>
                </form>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row" class="title">{line.event.clone()}<small><code>{line.id.clone()}</code></small></th>
            <td data-label="State">
                <span>{ui::badge(tone, icon, line.state.clone())}<small>{line.note.as_deref().map(ui::prose)}{tried}</small></span>
            </td>
            <td data-label="Came">{ui::age(line.received_at, context.now())}</td>
            {act}
        </tr>
    }
    .into_any()
}
