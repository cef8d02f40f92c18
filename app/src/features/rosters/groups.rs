//! Groups by alias, and logins that wait for an admin.

use leptos::prelude::*;

use super::port::{GroupLine, RenamedLine, RostersView};
use crate::{
    features::{
        frame::{Context, viewer},
        shared::{handle, handles},
    },
    ui::{self, Empty, Panel},
    words,
};

/// Which alias stands for which group, with its members and the age of its file.
pub(super) fn groups(view: &RostersView, context: &Context) -> AnyView {
    let lines: Vec<_> = view.groups.iter().map(|group| line(group, context)).collect();
    let inside = if lines.is_empty() {
        view! { <Empty what="No alias stands for a group here."/> }.into_any()
    } else {
        view! {
            <table class="cards">
                <caption class="hidden">"Groups by alias"</caption>
                <thead><tr><th scope="col">"Group"</th><th scope="col">"Alias"</th><th scope="col">"Members"</th><th scope="col">"Read"</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    };
    let note = "from OWNERS_ALIASES of each source";
    view! { <Panel title="Groups by alias" id="groups" note>{inside}</Panel> }.into_any()
}

fn line(group: &GroupLine, context: &Context) -> AnyView {
    let members = match &group.members {
        None => view! { <span class="muted">"the file does not hold it"</span> }.into_any(),
        Some(members) if members.is_empty() => view! { <span class="muted">"nobody"</span> }.into_any(),
        Some(members) => view! { <span>{handles(members)}</span> }.into_any(),
    };
    let read = group.read_at.map_or_else(|| "never".into_any(), |at| ui::age(at, context.now()).into_any());
    view! {
        <tr>
            <th scope="row" class="title">{group.group.clone()}<small>{format!("for {}", group.source)}</small></th>
            <td data-label="Alias"><code>{group.alias.clone()}</code></td>
            <td data-label="Members">{members}</td>
            <td data-label="Read">{read}</td>
        </tr>
    }
    .into_any()
}

/// Logins that mean nobody until an admin confirms them; nothing when there are none.
pub(super) fn renamed(view: &RostersView, context: &Context) -> Option<AnyView> {
    let csrf = viewer().filter(|_| view.keeps)?.csrf;
    (!view.renamed.is_empty()).then(|| {
        let lines: Vec<_> = view.renamed.iter().map(|renamed| renamed_line(renamed, &csrf, context)).collect();
        let note = words::count(lines.len(), "login");
        view! {
            <Panel title="Renamed, to be confirmed" id="renamed" note>
                <p class="pad">"These people came back under another login. Until you confirm it, the login gives them no role: at GitHub a login that somebody gave up can be taken by anybody. Ask the person by another way first."</p>
                <ul class="plain">{lines}</ul>
            </Panel>
        }
        .into_any()
    })
}

fn renamed_line(renamed: &RenamedLine, csrf: &str, context: &Context) -> AnyView {
    let known = match renamed.known_as.as_slice() {
        [] => format!("nobody until now, number {} at GitHub", renamed.person),
        logins => format!("until now {}, number {} at GitHub", words::handles(logins), renamed.person),
    };
    let label = format!("Confirm @{}", renamed.login);
    view! {
        <li>
            <span>{handle(&renamed.login)}" "<small>{known}", last here "{ui::age(renamed.seen_at, context.now())}</small></span>
            <form method="post" action="/settings/people/confirm">
                {ui::csrf_field(csrf)}
                {ui::hidden_field("came_as".to_owned(), renamed.login.clone())}
                {ui::hidden_field("person".to_owned(), renamed.person.to_string())}
                <button class="btn" aria-label=label>"Confirm"</button>
            </form>
        </li>
    }
    .into_any()
}
