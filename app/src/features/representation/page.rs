//! The page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    gap_words,
    port::{Line, RepresentationPort, RepresentationView, SeatRow},
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, title_row, viewer},
        shared::{KeptList, handle},
    },
    query::{At, Parameters},
    ui::{self, Empty, FormState, Icon, Input, Panel, Tone},
};

/// `/representation`
#[component]
pub fn RepresentationPage() -> impl IntoView {
    let port: Result<Arc<dyn RepresentationPort>, _> = find_port();
    let change = use_url().with_untracked(|url| Parameters::parse(url.search()).first("change").map(str::to_owned));
    let load = async move { port?.representation().await };
    page(Place::Releases, At::Now, Vec::new(), load, move |view, context| draw(&view, change.as_deref(), context))
}

fn draw(view: &RepresentationView, change: Option<&str>, context: &Context) -> Drawn {
    let state = ui::form_state();
    let csrf = viewer().map(|viewer| viewer.csrf);
    let list = KeptList { address: "/representation", name: "the roster", seen: view.seen, csrf: csrf.as_deref() };
    let changed = view.lines.iter().find(|line| Some(line.key.as_str()) == change && line.may);
    let end = view! { <a class="link" href="/representation.csv">"CSV"</a> };
    let form = csrf.as_deref().filter(|_| !view.seats.is_empty()).map(|csrf| form(view, changed, csrf, &state));
    let lines = lines(view, &list);
    let body = view! {
        {title_row("Representation", ().into_any(), end.into_any())}
        <p class="muted">"Who represents each SIG, and who leads the release team, week by week. Once somebody was named, empty weeks are flagged four weeks ahead."</p>
        {list.done("", context)}
        {view.undo.then(|| list.undo())}
        {ui::problems(&state, &TITLES)}
        {gap_words(&view.gaps).map(|words| ui::notice(Tone::Warn, Icon::Warning, view! { <p>{words}</p> }))}
        <section class="panel" aria-label="Week by week">{grid(view)}</section>
        <div class="two">
            <Panel title="Roster" id="roster">{lines}</Panel>
            <div class="stack side">{form}</div>
        </div>
    };
    Drawn { title: "Representation".to_owned(), body: body.into_any() }
}

const TITLES: [(&str, &str); 4] =
    [("seat", "For"), ("login", "Login at GitHub"), ("from", "First week"), ("to", "Last week")];

/// Seats by weeks.
fn grid(view: &RepresentationView) -> AnyView {
    let heads: Vec<_> = view
        .weeks
        .iter()
        .map(|week| {
            let current = (*week == view.present).then_some("date");
            let day = crate::words::short_day(week.monday());
            view! { <th scope="col" aria-current=current>{format!("W{:02}", week.number())}<small>{day}</small></th> }
        })
        .collect();
    let rows: Vec<_> = view.rows.iter().map(|row| seat(row, view)).collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Seats by weeks">
            <table class="seats">
                <caption class="hidden">"Who has which seat in which week"</caption>
                <thead><tr><th scope="col">"Seat"</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn seat(row: &SeatRow, view: &RepresentationView) -> AnyView {
    let cells: Vec<_> = row
        .weeks
        .iter()
        .zip(&view.weeks)
        .map(|(login, week)| {
            let current = if *week == view.present { "now" } else { "" };
            match login {
                Some(login) => view! { <td class=current>{format!("@{login}")}</td> }.into_any(),
                None if row.kept && *week >= view.present => {
                    let class = format!("gap {current}");
                    view! { <td class=class>{ui::icon(Icon::Warning)}" gap"</td> }.into_any()
                }
                None => view! { <td class=current><span class="muted">"–"</span></td> }.into_any(),
            }
        })
        .collect();
    view! { <tr><th scope="row">{row.seat.to_string()}</th>{cells}</tr> }.into_any()
}

fn lines(view: &RepresentationView, list: &KeptList<'_>) -> AnyView {
    if view.lines.is_empty() {
        return view! {
            <Empty what="Nobody was named yet.">
                <p>"The release team names its lead and the representatives; members of a SIG name their own. Until then nothing is flagged."</p>
            </Empty>
        }
        .into_any();
    }
    let rows: Vec<_> = view.lines.iter().map(|line| one(line, list)).collect();
    view! {
        <table class="cards">
            <caption class="hidden">"Lines of the roster"</caption>
            <thead>
                <tr>
                    <th scope="col">"Seat"</th>
                    <th scope="col">"Who"</th>
                    <th scope="col">"Weeks"</th>
                    <th scope="col"><span class="hidden">"Change"</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn one(line: &Line, list: &KeptList<'_>) -> AnyView {
    let about = format!("@{} as {} {}", line.one.login, line.one.seat, line.one.weeks());
    let over = line.over.then(|| ui::chip("over"));
    view! {
        <tr>
            <th scope="row">{line.one.seat.to_string()}</th>
            <td data-label="Who">{handle(&line.one.login)}</td>
            <td data-label="Weeks">{line.one.weeks()}" "{over}</td>
            <td>{line.may.then(|| list.acts(&line.key, &about))}</td>
        </tr>
    }
    .into_any()
}

fn form(view: &RepresentationView, changed: Option<&Line>, csrf: &str, state: &FormState) -> AnyView {
    let options: Vec<_> = view.seats.iter().map(|seat| (seat.slug().to_owned(), seat.to_string())).collect();
    let of = |value: fn(&Line) -> String| changed.map(value).unwrap_or_default();
    let first = changed.map_or_else(|| view.present.to_string(), |line| line.one.from.to_string());
    let (title, button) = if changed.is_some() { ("Change a line", "Change it") } else { ("Name somebody", "Add") };
    let seat = of(|line| line.one.seat.slug().to_owned());
    let form = view! {
        <form class="pad stack fields" method="post" action="/representation/set">
            {ui::csrf_field(csrf)}
            {ui::hidden_field("seen".to_owned(), view.seen.to_string())}
            {changed.map(|line| ui::hidden_field("key".to_owned(), line.key.clone()))}
            {ui::select_input(state, Input { name: "seat", label: "For", value: seat, required: true, ..Input::default() }, &options)}
            {ui::text_input(state, Input {
                name: "login",
                label: "Login at GitHub",
                value: of(|line| line.one.login.clone()),
                required: true,
                ..Input::default()
            })}
            {ui::text_input(state, Input {
                name: "from",
                label: "First week",
                hint: Some("An ISO week, such as 2026-W41."),
                value: first,
                required: true,
            })}
            {ui::text_input(state, Input {
                name: "to",
                label: "Last week",
                hint: Some("Empty while it is open."),
                value: of(|line| line.one.to.map(|to| to.to_string()).unwrap_or_default()),
                ..Input::default()
            })}
            <div class="buttons"><button class="btn primary end">{button}</button></div>
        </form>
    };
    view! { <Panel title id="form">{form}</Panel> }.into_any()
}
