//! The roster of one release, and how it is changed.

use leptos::prelude::*;

use super::port::{ChangeLine, MemberLine, RostersView, TeamView};
use crate::{
    features::{
        frame::{Context, viewer},
        shared::{handle, handles},
    },
    ui::{self, Empty, Input, Panel},
    words,
};

/// Parts with their words.
const PARTS: [(&str, &str); 3] = [("lead", "Lead"), ("shadow", "Shadow"), ("member", "Member")];

/// Titles of the fields, for the summary of what is wrong.
pub(super) const TITLES: [(&str, &str); 4] =
    [("login", "Login at GitHub"), ("part", "Part"), ("from", "First day"), ("to", "Last day")];

/// The roster with its form, for whoever may change it.
pub(super) fn team(view: &RostersView, team: &TeamView, change: Option<&str>, context: &Context) -> AnyView {
    let changed = team.members.iter().find(|member| change == Some(&member.key()));
    let csrf = viewer().filter(|_| view.keeps).map(|viewer| viewer.csrf);
    let lines: Vec<_> = team.members.iter().map(|member| line(team, member, csrf.as_deref(), context)).collect();
    let table = if lines.is_empty() {
        let what = format!("Nobody keeps a roster for {} yet.", team.version);
        let who = today(team);
        view! { <Empty what><p>{who}</p></Empty> }.into_any()
    } else {
        let act = csrf.is_some().then(|| view! { <th scope="col"><span class="hidden">"Change"</span></th> });
        view! {
            <table class="cards roster">
                <caption class="hidden">{format!("Release team of {}", team.version)}</caption>
                <thead><tr><th scope="col">"Login"</th><th scope="col">"Part"</th><th scope="col">"From"</th><th scope="col">"To"</th>{act}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
            <p class="remark"><small>{today(team)}</small></p>
        }
        .into_any()
    };
    let form = csrf.map(|csrf| form(team, changed, &csrf));
    view! { <Panel title=format!("Release team of {}", team.version) id="team">{table}{form}</Panel> }.into_any()
}

/// Who counts today, and why.
fn today(team: &TeamView) -> AnyView {
    if team.today.is_empty() {
        let words = format!("Nobody counts as release team of {} today, {}.", team.version, team.today_by);
        return ui::prose(&words).into_any();
    }
    view! { "Release team today: "{handles(&team.today)}", "{ui::prose(&team.today_by)}"." }.into_any()
}

fn line(team: &TeamView, member: &MemberLine, csrf: Option<&str>, context: &Context) -> AnyView {
    let day = |day| words::day_near(day, context.now());
    let open = member.to.map_or_else(|| "open".to_owned(), day);
    let act = csrf.map(|csrf| {
        let change = format!("/settings/rosters?release={}&change={}#change", team.version, member.key());
        let labels = (format!("Change @{}", member.login), format!("Remove @{}", member.login));
        view! {
            <td>
                <div class="acts">
                    <a class="btn" href=change aria-label=labels.0>"Change"</a>
                    <form method="post" action=format!("/settings/rosters/{}/remove", team.version)>
                        {ui::csrf_field(csrf)}
                        {ui::hidden_field("seen".to_owned(), team.seen.to_string())}
                        {ui::hidden_field("was".to_owned(), member.key())}
                        <button class="btn" aria-label=labels.1>"Remove"</button>
                    </form>
                </div>
            </td>
        }
    });
    let past = (!member.now).then_some("muted");
    view! {
        <tr class=past>
            <th scope="row" class="title">{handle(&member.login)}</th>
            <td data-label="Part">{member.part.clone()}</td>
            <td data-label="From">{day(member.from)}</td>
            <td data-label="To">{open}{(!member.now).then(|| view! { " "<small>"not today"</small> })}</td>
            {act}
        </tr>
    }
    .into_any()
}

/// The one form: adds somebody, or changes the line that the address names.
fn form(team: &TeamView, changed: Option<&MemberLine>, csrf: &str) -> AnyView {
    let state = ui::form_state();
    let value = |of: fn(&MemberLine) -> String| changed.map(of).unwrap_or_default();
    let required = |name, label, value| Input { name, label, hint: None, value, required: true };
    let title = match changed {
        Some(member) => format!("Change @{}", member.login),
        None => "Add somebody".to_owned(),
    };
    let button = if changed.is_some() { "Save" } else { "Add" };
    let part = changed.map_or_else(|| "member".to_owned(), |member| member.part.clone());
    let parts: Vec<_> = PARTS.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect();
    let to = Input {
        name: "to",
        label: "Last day",
        hint: Some("Empty while it is open."),
        value: changed.and_then(|member| member.to).map(|day| day.to_string()).unwrap_or_default(),
        required: false,
    };
    let back = format!("/settings/rosters?release={}", team.version);
    let cancel = changed.is_some().then(|| view! { <a class="link" href=back>"Do not change it"</a> });
    let seen = state.value("seen").map_or_else(|| team.seen.to_string(), str::to_owned);
    view! {
        <form id="change" class="sheet roster-form" method="post" action=format!("/settings/rosters/{}/set", team.version)>
            <h3>{title}</h3>
            {ui::csrf_field(csrf)}
            {ui::hidden_field("seen".to_owned(), seen)}
            {ui::hidden_field("was".to_owned(), value(MemberLine::key))}
            <div class="row">
                {ui::text_input(&state, required("login", "Login at GitHub", value(|member| member.login.clone())))}
                {ui::select_input(&state, required("part", "Part", part), &parts)}
                {ui::date_input(&state, required("from", "First day", value(|member| member.from.to_string())))}
                {ui::date_input(&state, to)}
            </div>
            <div class="submit"><button class="btn primary">{button}</button>{cancel}</div>
            <p class="hint">"Leads, shadows and members all count as release team. Every change is kept, with your name."</p>
        </form>
    }
    .into_any()
}

/// What was changed.
pub(super) fn history(team: &TeamView, context: &Context) -> Option<AnyView> {
    (!team.history.is_empty()).then(|| {
        let lines: Vec<_> = team.history.iter().map(|change| change_line(change, context)).collect();
        let note = words::count(lines.len(), "change");
        view! { <Panel title="Changes" id="changes" note><ol class="events">{lines}</ol></Panel> }.into_any()
    })
}

fn change_line(change: &ChangeLine, context: &Context) -> AnyView {
    view! {
        <li id=format!("event-{}", change.id) class="decision">
            <span>{change.what.join("; ")}</span>
            <small>{handle(&change.by)}" · "{ui::age(change.at, context.now())}</small>
        </li>
    }
    .into_any()
}
