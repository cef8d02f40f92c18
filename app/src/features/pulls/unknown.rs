//! A pull request that no proposal has: what is read, and how it would be found.

use leptos::prelude::*;

use super::{
    github_href,
    parts::short_name,
    port::{LooseView, Read},
};
use crate::{
    features::{
        frame::{Context, Drawn},
        shared::handle,
    },
    port::SetStatus,
    ui::{self, Icon, Panel},
};

/// The page. What was never read is not known here (404); what was read and belongs to nobody is.
pub(super) fn loose(view: &LooseView, context: &Context) -> Drawn {
    if let (None, Some(status)) = (&view.read, use_context::<SetStatus>()) {
        (status.0)(404);
    }
    let name = short_name(&view.repository, view.number);
    let title = view.read.as_ref().map_or_else(|| name.clone(), |read| format!("{name}: {}", read.title));
    let body = view! {
        <div class="title-row">
            <h1>{title.clone()}</h1>
            <div class="end">
                <a class="btn" href=github_href(&view.repository, view.number)>{ui::icon(Icon::External)}"At GitHub"</a>
            </div>
        </div>
        {match &view.read {
            Some(read) => claimed_by_nobody(view, read),
            None => never_read(view),
        }}
        {how(context)}
    };
    Drawn { title, body: body.into_any() }
}

fn claimed_by_nobody(view: &LooseView, read: &Read) -> AnyView {
    let author = read.author.as_deref().map(|author| view! { " by "{handle(author)} });
    let labels = view.labels.iter().map(|label| {
        let carries = read.labels.contains(label);
        let words = if carries {
            format!("It carries `{label}` and should not: it belongs to no proposal.")
        } else {
            format!("It should not carry `{label}`, and does not: it belongs to no proposal.")
        };
        view! { <p>{ui::prose(&words)}</p> }
    });
    let labels: Vec<_> = labels.collect();
    view! {
        <Panel title="No proposal claims it" id="nobody">
            <div class="text">
                <p>"It was read from GitHub"{author}", and nothing ties it to a proposal."</p>
                {labels}
            </div>
        </Panel>
    }
    .into_any()
}

fn never_read(view: &LooseView) -> AnyView {
    let repositories: Vec<_> =
        view.repositories.iter().map(|repository| view! { <li><code>{repository.clone()}</code></li> }).collect();
    let none = repositories.is_empty();
    let is_read = view.repositories.iter().any(|known| known.eq_ignore_ascii_case(&view.repository));
    let why = match (view.reads_github, is_read) {
        (false, _) => {
            "This server does not read GitHub: start it with `CEP_TRACKER_GITHUB_TOKEN`, and what is open and what was touched in the last one and a half years is read."
        }
        (true, true) => {
            "Its repository is read, and it was not among its pull requests: the number may be an issue's, it may be older than one and a half years, or newer than the last reading."
        }
        (true, false) => "Its repository is not among those that are read.",
    };
    view! {
        <Panel title="It was not read" id="nobody">
            <div class="text">
                <p>{ui::prose(why)}</p>
                {(!none).then(|| view! { <p>"Pull requests are read in:"</p><ul class="repositories">{repositories}</ul> })}
                <p><a class="link" href="/sync">"What is read from GitHub, and when that was last done"</a></p>
            </div>
        </Panel>
    }
    .into_any()
}

fn how(context: &Context) -> AnyView {
    let list = context.href("/pulls");
    view! {
        <Panel title="How it would be found" id="how">
            <div class="text">
                <p>"A pull request belongs to a proposal when one of these holds, the strongest first:"</p>
                <ol class="reasons">
                    <li>"somebody classified it on the proposal's page;"</li>
                    <li>"the tracking issue links it;"</li>
                    <li>"it changes the proposal's document;"</li>
                    <li>"its text names the tracking issue, for example with its address;"</li>
                    <li>"its title names the proposal;"</li>
                    <li>"it carries a pull request of the proposal into a release branch."</li>
                </ol>
                <p><a class="link" href=list>"All open pull requests of the current release"</a></p>
            </div>
        </Panel>
    }
    .into_any()
}
