//! Requests for an exception of this proposal, and what the community says about it.

use leptos::prelude::*;

use super::port::{ProposalView, RequestLine, Said};
use crate::{
    features::{
        exceptions::{Group, Stand},
        frame::Context,
        shared::handle,
    },
    ui::{self, Panel},
    words,
};

/// Its requests; nothing when there never was one.
pub(super) fn requests(view: &ProposalView) -> Option<AnyView> {
    let lines: Vec<_> = view.requests.iter().map(request).collect();
    (!lines.is_empty())
        .then(|| view! { <Panel title="Exceptions" id="requests"><ul class="plain">{lines}</ul></Panel> }.into_any())
}

fn request(line: &RequestLine) -> AnyView {
    let until = words::short_day(words::day_in(line.until, domain::FreezeZone::ANYWHERE_ON_EARTH));
    let words = match line.stand {
        Stand::Granted => format!("Granted until {until}"),
        stand if stand.group() == Group::Undecided => format!("{}, asked until {until}", stand.words()),
        stand => stand.words().to_owned(),
    };
    view! {
        <li>
            <a class="link" href=line.href.clone()>{line.about.clone()}</a>
            <span>{ui::badge(line.stand.tone(), line.stand.icon(), words)}</span>
        </li>
    }
    .into_any()
}

/// Support and user feedback, each with its links; nothing when there is none.
pub(super) fn said(view: &ProposalView, context: &Context) -> Option<AnyView> {
    if view.support.is_empty() && view.feedback.is_empty() {
        return None;
    }
    let part = |title: &'static str, all: &[Said]| {
        let lines: Vec<_> = all.iter().map(|said| line(said, context)).collect();
        (!lines.is_empty()).then(|| view! { <h3 class="group">{title}</h3><ul class="said">{lines}</ul> })
    };
    let (support, feedback) = (part("Support", &view.support), part("User feedback", &view.feedback));
    Some(view! { <Panel title="Community" id="community">{support}{feedback}</Panel> }.into_any())
}

fn line(said: &Said, context: &Context) -> AnyView {
    let links: Vec<_> =
        said.links.iter().map(|link| view! { " "<a class="link" href=link.clone()>{host(link)}</a> }).collect();
    let when = said.at.filter(|at| *at <= context.now()).map(|at| view! { " · "{ui::age(at, context.now())} });
    view! {
        <li>
            <span>{said.note.clone()}{links}</span>
            <small>{handle(&said.who)}" · "<a class="link" href=said.href.clone()>"decision"</a>{when}</small>
        </li>
    }
    .into_any()
}

/// Where a link leads, short: its host.
fn host(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest).to_owned()
}
