//! The repositories that are read, and how far each is known.

use leptos::prelude::*;

use super::port::{ListLine, RepositoryLine, SyncView, Way};
use crate::{
    features::frame::Context,
    ui::{self, Icon, Panel, Tone},
    words,
};

/// The panel.
pub(super) fn repositories(view: &SyncView, context: &Context) -> Option<AnyView> {
    let any = view.repositories.iter().any(|line| !line.lists.is_empty());
    (!view.repositories.is_empty() && (view.way == Way::Open || any)).then(|| {
        let lines: Vec<_> = view.repositories.iter().map(|line| row(line, context)).collect();
        let note = words::count(view.repositories.len(), "repository").replace("repositorys", "repositories");
        view! {
            <Panel title="Repositories" id="repositories" note>
                <table class="cards">
                    <caption class="hidden">"Repositories that are read"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Repository"</th>
                            <th scope="col">"Lists, known up to"</th>
                            <th scope="col">"Known"</th>
                            <th scope="col">"Last read well"</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </Panel>
        }
        .into_any()
    })
}

fn row(line: &RepositoryLine, context: &Context) -> AnyView {
    let renamed = line.renamed_to.clone().map(|name| format!("now called {name} · "));
    let href = format!("https://github.com/{}", line.name);
    let lists: Vec<_> = line.lists.iter().map(|line| list(line, context)).collect();
    let lists = if lists.is_empty() {
        view! { <span class="muted">"not read yet"</span> }.into_any()
    } else {
        lists.into_any()
    };
    let last = match line.last_good {
        Some(at) => ui::age(at, context.now()).into_any(),
        None => ui::badge(Tone::Unknown, Icon::Unknown, "not yet").into_any(),
    };
    let (issues, pulls) = (count(line.issues, "issue"), count(line.pulls, "PR"));
    view! {
        <tr>
            <th scope="row" class="title">
                <a class="link" href=href>{line.name.clone()}</a>
                <small>{renamed}{line.holds.join(", ")}</small>
            </th>
            <td data-label="Lists"><span>{lists}</span></td>
            <td data-label="Known" class="num">{issues}<small>{pulls}</small></td>
            <td data-label="Last well">{last}</td>
        </tr>
    }
    .into_any()
}

fn count(n: i64, one: &str) -> String {
    words::count(usize::try_from(n).unwrap_or_default(), one)
}

fn list(line: &ListLine, context: &Context) -> AnyView {
    let name = if line.name == "pulls" { "pull requests".to_owned() } else { line.name.clone() };
    let far = match (line.walking, line.up_to) {
        (true, _) => view! { <small>"not to its end yet"</small> }.into_any(),
        (false, Some(_)) if line.empty => view! { <small>"none"</small> }.into_any(),
        (false, Some(at)) => view! { <small>{ui::age(at, context.now())}</small> }.into_any(),
        (false, None) => view! { <small>"not read yet"</small> }.into_any(),
    };
    view! { <span class="list">{name}" "{far}</span> }.into_any()
}
