//! The page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    form, moment,
    port::{Line, MeetingsPort, MeetingsView},
    who,
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, title_row, viewer},
        shared::KeptList,
    },
    query::{At, Parameters},
    ui::{self, Empty, Panel},
};

/// `/meetings`
#[component]
pub fn MeetingsPage() -> impl IntoView {
    let port: Result<Arc<dyn MeetingsPort>, _> = find_port();
    let change = use_url().with_untracked(|url| Parameters::parse(url.search()).first("change").map(str::to_owned));
    let load = async move { port?.meetings().await };
    page(Place::Elsewhere, At::Now, Vec::new(), load, move |view, context| draw(&view, change.as_deref(), context))
}

fn draw(view: &MeetingsView, change: Option<&str>, context: &Context) -> Drawn {
    let state = ui::form_state();
    let csrf = viewer().map(|viewer| viewer.csrf);
    let list = KeptList { address: "/meetings", name: "the meetings", seen: view.seen, csrf: csrf.as_deref() };
    let changed = view.lines.iter().find(|line| Some(line.meeting.key.as_str()) == change && line.may);
    let end = view! {
        <a class="link" href="/calendar.ics">"Calendar"</a>
        <a class="link" href="/agenda">"Agenda"</a>
    };
    let form = csrf.as_deref().filter(|_| !view.seats.is_empty()).map(|csrf| form::form(view, changed, csrf, &state));
    let lines = lines(view, &list);
    let body = view! {
        {title_row("Meetings", ().into_any(), end.into_any())}
        <p class="muted">"When SIGs and the release team meet: at the same time of day in their zone all year round, as the calendar feed has it. Members of a SIG keep its meetings, the release team and admins keep all."</p>
        {list.done("Calendars that read the feed show it when they look again.", context)}
        {view.undo.then(|| list.undo())}
        {ui::problems(&state, &form::TITLES)}
        <div class="two">
            <Panel title="Meetings" id="meetings">{lines}</Panel>
            <div class="stack side">{form}</div>
        </div>
    };
    Drawn { title: "Meetings".to_owned(), body: body.into_any() }
}

fn lines(view: &MeetingsView, list: &KeptList<'_>) -> AnyView {
    if view.lines.is_empty() {
        return view! {
            <Empty what="No meeting is known.">
                <p>"Members of a SIG add its meetings, the release team its own. They then stand in the calendar feed and above the agenda."</p>
            </Empty>
        }
        .into_any();
    }
    let rows: Vec<_> = view.lines.iter().map(|line| one(line, list)).collect();
    view! {
        <table class="cards">
            <caption class="hidden">"Meetings, the next one first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Meeting"</th>
                    <th scope="col">"Who"</th>
                    <th scope="col">"When"</th>
                    <th scope="col">"Next"</th>
                    <th scope="col"><span class="hidden">"Change"</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn one(line: &Line, list: &KeptList<'_>) -> AnyView {
    let meeting = &line.meeting;
    // Only a link that is one by its form; anything else is words.
    let place = meeting.place.clone().map(|place| match place.strip_prefix("https://") {
        Some(short) => {
            let short = short.to_owned();
            view! { <small><a class="link" href=place rel="nofollow noopener">{short}</a></small> }.into_any()
        }
        None => view! { <small>{place}</small> }.into_any(),
    });
    view! {
        <tr>
            <th scope="row">{meeting.title.clone()}" "{place}</th>
            <td data-label="Who" class="nowrap">{who(&meeting.of)}</td>
            <td data-label="When"><span>{meeting.when()}</span></td>
            <td data-label="Next"><span>{line.next.map(|at| moment(meeting, at))}</span></td>
            <td>{line.may.then(|| list.acts(&meeting.key, &meeting.title))}</td>
        </tr>
    }
    .into_any()
}
