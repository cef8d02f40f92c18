//! What the tracker knows of whoever looks: roles with where each comes from, reminders, tokens,
//! sessions. Folded, since it is
//! rarely wanted.

use leptos::prelude::*;

use super::port::{MeView, RoleLine, TokenLine};
use crate::{
    features::{
        frame::{Context, viewer},
        reminders::reminding,
        shared::ProposalLink,
    },
    ui::{self, Icon},
    words,
};

/// How many proposals of a role are named before the rest is folded.
const NAMED: usize = 12;

/// The folded parts.
pub(super) fn about(view: &MeView, context: &Context) -> AnyView {
    let (login, csrf) = viewer().map(|viewer| (viewer.login, viewer.csrf)).unwrap_or_default();
    let roles: Vec<_> = view.roles.iter().map(|line| role(line, context)).collect();
    let count = words::count(view.roles.len(), "role");
    view! {
        <section class="panel folds" aria-label="You and the tracker">
            <details>
                <summary><h2>"Your roles"</h2><small>{count}", and where each comes from"</small>{ui::icon(Icon::Chevron)}</summary>
                <dl class="kv wide">{roles}</dl>
            </details>
            {reminding(&view.reminding, &login, &csrf)}
            {tokens(&view.tokens, &csrf, context)}
            <details>
                <summary><h2>"Sessions"</h2><small>"sign out on every device"</small>{ui::icon(Icon::Chevron)}</summary>
                <div class="pad">
                    <p>"Ends every session of yours, this one included. Tokens of the API go on working; revoke them above."</p>
                    <form method="post" action="/sign-out/everywhere">
                        {ui::csrf_field(&csrf)}
                        <button class="btn">"Sign out everywhere"</button>
                    </form>
                </div>
            </details>
        </section>
    }
    .into_any()
}

fn role(line: &RoleLine, context: &Context) -> AnyView {
    let read = line.read_at.map(|at| view! { ", read "{ui::age(at, context.now())} });
    view! {
        <dt>{line.role.clone()}</dt>
        <dd>{ui::prose(&line.from)}{read}{proposals(&line.proposals)}</dd>
    }
    .into_any()
}

fn proposals(all: &[ProposalLink]) -> Option<AnyView> {
    let link = |proposal: &ProposalLink| {
        view! { <li><a class="link" href=proposal.href()>{proposal.name()}</a>" "{proposal.title.clone()}</li> }
    };
    let (first, rest) = all.split_at(all.len().min(NAMED));
    let folded = (!rest.is_empty()).then(|| {
        let rest: Vec<_> = rest.iter().map(link).collect();
        view! { <details><summary>{format!("{} more", rest.len())}</summary><ul>{rest}</ul></details> }
    });
    let first: Vec<_> = first.iter().map(link).collect();
    (!all.is_empty()).then(|| view! { <ul class="named">{first}</ul>{folded} }.into_any())
}

fn tokens(all: &[TokenLine], csrf: &str, context: &Context) -> AnyView {
    let lines: Vec<_> = all.iter().map(|line| token(line, csrf, context)).collect();
    let table = (!lines.is_empty()).then(|| {
        view! {
            <table class="cards">
                <caption class="hidden">"Your tokens of the API"</caption>
                <thead>
                    <tr><th scope="col">"Token"</th><th scope="col">"May"</th><th scope="col">"Made"</th><th scope="col">"Last used"</th><th scope="col">"Ends"</th><th scope="col"><span class="hidden">"Revoke"</span></th></tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        }
    });
    let count = if all.is_empty() { "none".to_owned() } else { all.len().to_string() };
    view! {
        <details>
            <summary><h2>"Tokens of the API"</h2><small>{count}</small>{ui::icon(Icon::Chevron)}</summary>
            {table}
            <form class="pad token" method="post" action="/me/tokens">
                {ui::csrf_field(csrf)}
                <label class="field"><span>"Name of a new token"</span><input type="text" name="name" required=true maxlength="60" autocomplete="off"/></label>
                <label class="field"><span>"What it may"</span><select name="scope"><option value="read">"read"</option><option value="decide">"read and decide"</option></select></label>
                <label class="field"><span>"Ends after days (optional)"</span><input type="number" name="days" min="1" max="366" inputmode="numeric"/></label>
                <button class="btn">"Make a token"</button>
                <p class="hint">"One for reading reads what you can read, one for deciding also decides by the "<a class="link" href="/api/v1/docs">"API"</a>" what you can decide. It is shown once."</p>
            </form>
        </details>
    }
    .into_any()
}

fn token(line: &TokenLine, csrf: &str, context: &Context) -> AnyView {
    let now = context.now();
    let used = line.last_used_at.map_or_else(|| "never".into_any(), |at| ui::age(at, now).into_any());
    let ends = line.expires_at.map_or_else(
        || "when revoked".to_owned(),
        |at| if at <= now { "over".to_owned() } else { words::long_day(at.date_naive()) },
    );
    let label = format!("Revoke {}", line.name);
    view! {
        <tr>
            <th scope="row" class="title">{line.name.clone()}</th>
            <td data-label="May">{if line.decides { "read and decide" } else { "read" }}</td>
            <td data-label="Made">{ui::age(line.created_at, now)}</td>
            <td data-label="Last used">{used}</td>
            <td data-label="Ends">{ends}</td>
            <td>
                <form method="post" action=format!("/me/tokens/{}/revoke", line.id)>
                    {ui::csrf_field(csrf)}
                    <button class="btn" aria-label=label>"Revoke"</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}
