//! `/reminders`: what is due soon with who was told of it, and every reminder that was sent.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::FreezeZone;
use leptos::prelude::*;

use super::port::{DueRow, ReminderListView, RemindersPort, SentRow};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, title_row},
        shared::{ProposalLink, handles, nothing_imported},
    },
    query::At,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// The page.
#[component]
pub fn ReminderListPage() -> impl IntoView {
    let port: Result<Arc<dyn RemindersPort>, _> = find_port();
    let load = async move { port?.reminders().await };
    // What is due is due now, whatever day other pages show.
    page(Place::Elsewhere, At::Now, Vec::new(), load, |view, context| Drawn {
        title: "Reminders".to_owned(),
        body: draw(&view, context),
    })
}

fn draw(view: &ReminderListView, context: &Context) -> AnyView {
    let links = view! {
        <a class="link" href="/reminders.csv">"CSV"</a>
        <a class="link" href="/api/v1/reminders">"JSON"</a>
    };
    let late = match view.overdue.len() {
        0 => String::new(),
        late => format!("{late} overdue, "),
    };
    let small = view! { <small>{format!("{late}{} due soon", words::count(view.due.len(), "thing"))}</small> };
    let mail = if view.mail {
        "Who gave an address gets it by mail, all others find it on their page and in their feed."
    } else {
        "No mail server is configured here, so it is on everybody's page and in their feed."
    };
    let inside = if view.any_proposal {
        view! { {overdue(view, context)}{due(view, context)}{sent(view, context)} }.into_any()
    } else {
        view! { <div class="panel">{nothing_imported()}</div> }.into_any()
    };
    view! {
        {title_row("Reminders", small.into_any(), links.into_any())}
        <p class="muted">
            "Those who can act are reminded 14, 7, 3 and 1 days before something is due, until it is done; after two reminders the \
             owning SIG hears of it too. What is overdue stays here as long as somebody can still act; no reminder is sent of it any \
             more, but whoever gets mail finds it there first. "{mail}" "<a class="link" href="/me#reminders">"How you are reminded"</a>"."
        </p>
        {inside}
    }
    .into_any()
}

/// The panel of what is overdue; nothing where nothing is.
fn overdue(view: &ReminderListView, context: &Context) -> Option<AnyView> {
    (!view.overdue.is_empty()).then(|| {
        let note = "only what somebody can still act on".to_owned();
        let inside = table("What is overdue", &view.overdue, context);
        view! { <Panel title="Overdue" id="overdue" note>{inside}</Panel> }.into_any()
    })
}

fn due(view: &ReminderListView, context: &Context) -> AnyView {
    let inside = if view.due.is_empty() {
        view! {
            <Empty what="Nothing is due within 14 days.">
                <p>"Reminders begin 14 days before a freeze, or before the end of an exception."</p>
            </Empty>
        }
        .into_any()
    } else {
        table("What is due soon", &view.due, context)
    };
    view! { <Panel title="Due soon" id="due">{inside}</Panel> }.into_any()
}

fn table(caption: &'static str, rows: &[DueRow], context: &Context) -> AnyView {
    let rows: Vec<_> = rows.iter().map(|row| due_row(row, context)).collect();
    view! {
        <table class="cards reminders">
            <caption class="hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"What is open"</th>
                    <th scope="col">"Due"</th>
                    <th scope="col">"Who can act"</th>
                    <th scope="col">"Reminded"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn due_row(row: &DueRow, context: &Context) -> AnyView {
    let now = context.now();
    let left = if row.deadline <= now {
        let badge = ui::badge(Tone::Bad, Icon::Warning, domain::words::overdue(row.deadline, now));
        view! { <div>{badge}</div> }.into_any()
    } else {
        view! { <small>{format!("in {}", words::countdown(row.deadline - now))}</small> }.into_any()
    };
    let times = match row.times {
        // What is overdue is shown, and reminded of no more.
        0 if row.deadline <= now => "never".to_owned(),
        0 => "not yet".to_owned(),
        times => words::times(times),
    };
    let last = row.last.map(|at| view! { <small>"last "{ui::age(at, context.now())}</small> });
    let sig = (!row.sig.is_empty()).then(|| view! { <small>"for the SIG: "{handles(&row.sig)}</small> });
    view! {
        <tr>
            <th scope="row" class="title">
                <span>{ui::prose(&row.what)}</span>
                {of_proposal(Some(&row.proposal), row.release.to_string())}
            </th>
            <td data-label="Due"><span>{day(row.deadline, row.zone, context)}</span>{left}</td>
            <td data-label="Who can act"><span>{handles(&row.logins)}</span>{sig}</td>
            <td data-label="Reminded"><span>{times}</span>{last}</td>
        </tr>
    }
    .into_any()
}

fn sent(view: &ReminderListView, context: &Context) -> AnyView {
    if view.sent.is_empty() {
        return view! { <Panel title="Sent" id="sent"><Empty what="Nobody was reminded yet."/></Panel> }.into_any();
    }
    let rows: Vec<_> = view.sent.iter().map(|row| sent_row(row, context)).collect();
    view! {
        <Panel title="Sent" id="sent" note="latest first".to_owned()>
            <table class="cards reminders">
                <caption class="hidden">"Reminders that were sent"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Of what"</th>
                        <th scope="col">"Due"</th>
                        <th scope="col">"Whom"</th>
                        <th scope="col">"When"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Panel>
    }
    .into_any()
}

fn sent_row(row: &SentRow, context: &Context) -> AnyView {
    let days = usize::try_from((row.deadline - row.at).num_days()).unwrap_or_default();
    let days = format!("{} before", words::count(days, "day"));
    let sig = row.with_sig.then(|| ui::chip("the SIG too"));
    let by = row.by.as_ref().map(|by| view! { <small>{format!("by @{by}")}</small> });
    view! {
        <tr>
            <th scope="row" class="title">
                <span>{ui::prose(&row.what)}</span>
                {of_proposal(row.proposal.as_ref(), row.release.to_string())}
            </th>
            <td data-label="Due"><span>{day(row.deadline, row.zone, context)}</span><small>{days}</small></td>
            <td data-label="Whom"><span>{handles(&row.logins)}</span>{sig}</td>
            <td data-label="When"><span>{ui::age(row.at, context.now())}</span>{by}</td>
        </tr>
    }
    .into_any()
}

fn of_proposal(proposal: Option<&ProposalLink>, release: String) -> AnyView {
    match proposal {
        None => view! { <small>{release}</small> }.into_any(),
        Some(proposal) => {
            let href = format!("{}?release={release}", proposal.href());
            let name = proposal.name();
            let title = proposal.title.clone();
            view! { <small><a class="link" href=href>{name}</a>" "{title}" · "{release}</small> }.into_any()
        }
    }
}

fn day(deadline: DateTime<Utc>, zone: FreezeZone, context: &Context) -> String {
    words::day_near(words::day_in(deadline, zone), context.now())
}
