//! What one SIG has to talk about.

use chrono::{DateTime, Utc};
use domain::FreezeZone;
use leptos::prelude::*;

use super::port::SigAgenda;
use crate::{
    features::{
        frame::Context,
        meetings::next_meeting,
        shared::{ProposalLink, act_buttons, handle, handles},
    },
    ui::{self, Icon, Tone},
    words,
};

/// The panel of a SIG.
pub(super) fn part(part: &SigAgenda, context: &Context) -> AnyView {
    let now = context.now();
    let items = part.items.iter().map(|item| {
        let off = item.may.then(|| {
            let href = format!("{}/decide/take-off-agenda", item.proposal.href());
            view! { <a class="btn" href=href>"Take off"</a> }
        });
        let since = item.since.map(|since| view! { " · "{ui::age(since, now)} });
        let decision = context.href(&format!("/decisions/{}", item.decision));
        let more = view! {
            <p>{item.reason.clone()}</p>
            <small>{handle(&item.who)}{since}" · "<a class="link" href=decision>"decision"</a></small>
        };
        line(&item.proposal, more.into_any(), off.into_any(), context)
    });
    let exceptions = part.exceptions.iter().map(|request| {
        let since = request.since.map(|since| view! { " · "{ui::age(since, now)} });
        let href = context.href(&request.href);
        let more = view! {
            <p><a class="link" href=href>{request.about.clone()}</a></p>
            <small>"asked for by "{handle(&request.requester)}{since}</small>
            {late(request.deadline, context)}
        };
        line(&request.proposal, more.into_any(), act_buttons(&request.acts, &request.proposal.name()), context)
    });
    let waits = part.waits.iter().map(|wait| {
        let until = wait.deadline.map(|at| {
            let day = words::short_day(words::day_in(at, FreezeZone::ANYWHERE_ON_EARTH));
            format!(" · until {day}")
        });
        let release = wait.release.map(|release| release.to_string());
        let more = view! {
            <p>{wait.what.clone()}</p>
            <small>{release}{until}": "{ui::prose(&wait.why)}</small>
            {late(wait.deadline, context)}
        };
        line(&wait.proposal, more.into_any(), act_buttons(&wait.acts, &wait.proposal.name()), context)
    });
    let reviews = part.reviews.iter().map(|review| {
        let href = context.href(&review.href());
        let pull = format!("{}#{}", review.repository, review.number);
        let whom = if review.waits_on.is_empty() {
            ", no reviewer named".into_any()
        } else {
            view! { " on "{handles(&review.waits_on)} }.into_any()
        };
        let more = view! {
            <p><a class="link" href=href>{pull}</a></p>
            <small>"has waited "{words::length(now - review.since)}{whom}</small>
        };
        line(&review.proposal, more.into_any(), act_buttons(&review.acts, &review.proposal.name()), context)
    });
    let id = format!("agenda-{}", part.sig);
    let labelled_by = id.clone();
    view! {
        <section class="panel agenda" aria-labelledby=labelled_by>
            <header><h2 id=id>{part.sig.clone()}</h2><small>{words::count(part.len(), "point")}</small></header>
            {part.next.as_ref().map(|(meeting, at)| view! { <div class="pad">{next_meeting(meeting, *at)}</div> })}
            {group("To discuss", items.collect())}
            {group("Exceptions", exceptions.collect())}
            {group("Waits on the SIG", waits.collect())}
            {group("Reviews that lag", reviews.collect())}
        </section>
    }
    .into_any()
}

/// By how much a deadline is past; nothing while it is ahead.
fn late(deadline: Option<DateTime<Utc>>, context: &Context) -> Option<AnyView> {
    let now = context.now();
    let deadline = deadline.filter(|deadline| *deadline <= now)?;
    let badge = ui::badge(Tone::Bad, Icon::Warning, domain::words::overdue(deadline, now));
    Some(view! { <p>{badge}</p> }.into_any())
}

fn group(title: &'static str, lines: Vec<AnyView>) -> Option<AnyView> {
    let count = lines.len();
    (count > 0).then(|| {
        view! { <h3 class="group">{title}" "<small>{count}</small></h3><ul class="points">{lines}</ul> }.into_any()
    })
}

fn line(proposal: &ProposalLink, more: AnyView, end: AnyView, context: &Context) -> AnyView {
    let href = context.href(&proposal.href());
    view! {
        <li>
            <a href=href><span class="id">{proposal.name()}</span>" "<b>{proposal.title.clone()}</b></a>
            <div>{more}</div>
            <div class="acts">{end}</div>
        </li>
    }
    .into_any()
}
