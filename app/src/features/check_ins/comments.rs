//! The comments of a week: exactly as they go out, and how far they are.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    parts::{asked, crumbs},
    port::{CheckInsPort, CommentView, CommentsView, Posted},
    sheet::params,
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, title_row, viewer},
    islands::Copy,
    port::AddHeader,
    query::At,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// `/check-ins/{release}/{week}/comments`
#[component]
pub fn CommentsPage() -> impl IntoView {
    let port: Result<Arc<dyn CheckInsPort>, _> = find_port();
    let params = params();
    let (at, bad) = use_url().with_untracked(|url| At::from_query(url.search()));
    let load = async move { port?.comments(asked(params, at)?).await };
    page(Place::CheckIns, at, bad, load, |view, context| draw(&view, context))
}

fn draw(view: &CommentsView, context: &Context) -> Drawn {
    let address = view.address;
    let title = format!("Comments of week {}", address.week.number());
    let count = view! { <small>{words::count(view.comments.len(), "comment")}</small> };
    let all =
        view.comments.iter().map(|one| format!("{}\n\n{}", one.issue, one.body)).collect::<Vec<_>>().join("\n---\n\n");
    let copy = (!view.comments.is_empty())
        .then(|| view! { <button type="button" class="btn needs-script" data-copy=all>"Copy all"</button> });
    let inside = if view.comments.is_empty() {
        view! {
            <div class="panel">
                <Empty what="Nobody has spoken yet this week, so there is nothing to post.">
                    <p><a class="link" href=address.below("meeting")>"Begin the meeting"</a></p>
                </Empty>
            </div>
        }
        .into_any()
    } else {
        let lines: Vec<_> = view.comments.iter().map(comment).collect();
        view! { {form(view, context)}<div class="comments">{lines}</div> }.into_any()
    };
    let body = view! {
        <div class="head-of-page">{crumbs(address, "Comments", None, context)}{title_row(title.clone(), count.into_any(), copy.into_any())}</div>
        {ui::problems(&ui::form_state(), &[])}
        {inside}
        <Copy/>
    };
    Drawn { title, body: body.into_any() }
}

/// The button that posts what is shown, and how far posting is.
fn form(view: &CommentsView, context: &Context) -> AnyView {
    let address = view.address;
    let fresh: Vec<_> = view.comments.iter().filter(|one| !matches!(one.posted, Posted::Same(..))).collect();
    let sent = view.comments.iter().filter(|one| matches!(one.posted, Posted::Same(_, _, true))).count();
    let handed = view.comments.iter().filter(|one| matches!(one.posted, Posted::Same(..))).count();
    let mine: Vec<_> = fresh.iter().filter(|one| one.may).collect();
    let progress = (handed > 0).then(|| {
        let waiting = handed - sent;
        let words = match (waiting, view.held) {
            (0, _) => format!("{sent} of {} posted", view.comments.len()),
            (_, true) => format!("{waiting} held in the outbox, {sent} of {} posted", view.comments.len()),
            (_, false) => format!("{waiting} on their way, {sent} of {} posted", view.comments.len()),
        };
        view! { <label class="progress"><span>{words}</span><progress max=view.comments.len().to_string() value=sent.to_string()></progress></label> }
    });
    // A page without script follows the progress too.
    if let Some(add) = use_context::<AddHeader>().filter(|_| handed > sent && !view.held) {
        (add.0)("refresh", "3");
    }
    let held = view.held.then(|| {
        ui::notice(
            Tone::Quiet,
            Icon::Pause,
            view! {
                <p>"Nothing goes to GitHub from here yet. What is posted is held in the "<a class="link" href="/outbox">"outbox"</a>", which says what is missing; copy it from here until then."</p>
            },
        )
    });
    let silent = (view.silent > 0).then(|| {
        let words = format!(
            "{} without a check-in this week: nothing is posted about them.",
            words::count(view.silent, "proposal")
        );
        view! { <small><a class="link" href=address.below("gaps")>{words}</a></small> }
    });
    let button = viewer().filter(|_| context.at == At::Now && !mine.is_empty()).map(|viewer| {
        let digests: Vec<_> = mine.iter().map(|one| ui::hidden_field(name(one), one.digest.clone())).collect();
        let words = format!("Post {}", words::count(mine.len(), "comment"));
        view! {
            <form method="post" action=address.below("comments")>
                {ui::csrf_field(&viewer.csrf)}{digests}
                <button class="btn primary">{words}</button>
            </form>
        }
    });
    view! {
        {held}
        <Panel title="Exactly what goes out, one comment for each issue" id="post">
            <div class="pad line-up">{button}{progress}{silent}</div>
        </Panel>
    }
    .into_any()
}

/// Name of the field with the digest of a comment.
fn name(one: &CommentView) -> String {
    format!("{}/{}", one.proposal.source, one.proposal.number)
}

fn comment(one: &CommentView) -> AnyView {
    let id = format!("comment-{}-{}", one.proposal.source, one.proposal.number);
    let state = match &one.posted {
        Posted::Never => view! { <small>"not posted"</small> }.into_any(),
        Posted::Earlier(key, words) => {
            let href = format!("/outbox/{key}");
            view! { <a href=href>{ui::badge(Tone::Warn, Icon::Warning, words.clone())}</a> }.into_any()
        }
        Posted::Same(key, words, out) => {
            let (tone, icon) = if *out { (Tone::Good, Icon::Check) } else { (Tone::Busy, Icon::Clock) };
            let href = format!("/outbox/{key}");
            view! { <a href=href>{ui::badge(tone, icon, words.clone())}</a> }.into_any()
        }
    };
    let (copied, labelled) = (one.body.clone(), id.clone());
    view! {
        <section class="panel" aria-labelledby=labelled>
            <header>
                <h2 id=id><a href=one.proposal.href()>{one.proposal.name()}" "{one.proposal.title.clone()}</a></h2>
                {state}
                <div class="end">
                    <button type="button" class="btn needs-script" data-copy=copied>"Copy"</button>
                    <a class="link" href=one.issue.clone()>"Issue"</a>
                </div>
            </header>
            <pre class="plain" tabindex="0">{one.body.clone()}</pre>
        </section>
    }
    .into_any()
}
