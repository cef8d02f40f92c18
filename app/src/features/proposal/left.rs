//! "What is left": before everything else, what is open, who can do it, by when.

use chrono::{DateTime, Utc};
use domain::{Freeze, Status, Verdict, Waiting, Who, reminder};
use leptos::prelude::*;

use super::port::{ProposalView, Reminded};
use crate::{
    features::{
        frame::{Context, viewer},
        shared::{handles, who_waits},
    },
    ui::{self, Empty, Icon, Panel},
    words,
};

/// The panel.
pub(super) fn what_is_left(view: &ProposalView, context: &Context) -> AnyView {
    let checked = match view.checked_at {
        Some(at) => view! { <small>"checked "{ui::age(at, context.now())}</small> }.into_any(),
        None => view! { <small>"GitHub was not read yet"</small> }.into_any(),
    };
    let (note, inside) = match &view.verdict {
        None => (String::new(), no_release().into_any()),
        Some(verdict) => (deadline(verdict, view, context), open(verdict, view, context)),
    };
    view! { <Panel title="What is left" id="left" note end=checked>{inside}</Panel> }.into_any()
}

fn no_release() -> AnyView {
    view! {
        <Empty what="It takes part in no release yet.">
            <p>"State a version in a target line of the document, and ask the owning SIG to accept it for that release."</p>
        </Empty>
    }
    .into_any()
}

/// "12 days to Code Freeze" and its day.
fn deadline(verdict: &Verdict, view: &ProposalView, context: &Context) -> String {
    let Some(gate) = verdict.gate() else { return String::new() };
    let name = gate.freeze.name();
    let zone = view.dates.zone;
    match (gate.deadline, view.dates.freeze(gate.freeze)) {
        (None, _) => format!("{name} has no date yet"),
        (Some(deadline), instant) => {
            let day = words::day_near(words::day_in(deadline, zone), context.now());
            let day = format!("{day} {}", zone.label());
            let extended = instant.is_some_and(|instant| deadline > instant);
            match (context.now() < deadline, extended) {
                (true, false) => format!("{} to {name}, {day}", words::countdown(deadline - context.now())),
                (true, true) => {
                    format!("{} to the end of the exception, {day}", words::countdown(deadline - context.now()))
                }
                (false, false) => format!("{name} passed on {day}"),
                (false, true) => format!("The exception for {} ended on {day}", gate.freeze.short()),
            }
        }
    }
}

fn open(verdict: &Verdict, view: &ProposalView, context: &Context) -> AnyView {
    if verdict.waiting.is_empty() {
        let what = nothing_left(verdict);
        return view! { <Empty what/> }.into_any();
    }
    let gate = verdict.gate().and_then(|gate| gate.deadline);
    let reminded = |waiting: &Waiting| view.reminded.iter().find(|reminded| reminded.concern == waiting.concern);
    let items: Vec<_> = verdict.waiting.iter().map(|waiting| item(waiting, gate, reminded(waiting), context)).collect();
    view! { <ol class="findings">{items}</ol>{remind(verdict, view, context)} }.into_any()
}

fn nothing_left(verdict: &Verdict) -> &'static str {
    match verdict.status {
        Status::Ready { freeze: Freeze::Enhancement } => "Nothing: every requirement of the Enhancement Freeze is met.",
        Status::Ready { freeze: Freeze::Code } => "Nothing: every requirement of the Code Freeze is met.",
        Status::Complete | Status::Shipped => "Nothing: both freezes are met.",
        Status::Ended { .. } | Status::Departed { .. } => "Nothing: a decision ended it for this release.",
        _ => "Nothing that anybody could do now.",
    }
}

/// The button that reminds those who can act, where anything is left that has a deadline ahead.
fn remind(verdict: &Verdict, view: &ProposalView, context: &Context) -> Option<AnyView> {
    let now = context.now();
    let lately = |due: &reminder::Due<'_>| {
        let of_it = view.reminded.iter().find(|reminded| reminded.concern == due.waiting.concern);
        of_it.is_some_and(|reminded| now - reminded.last < reminder::PAUSE_BY_HAND)
    };
    let ahead: Vec<bool> = reminder::due(verdict, now).map(|due| lately(&due)).collect();
    let viewer = viewer().filter(|_| view.may_remind && !ahead.is_empty())?;
    if ahead.iter().all(|lately| *lately) {
        let said = "Everybody who can act was reminded within a day.";
        return Some(view! { <p class="remark" role="status">{said}</p> }.into_any());
    }
    let said = "Those who can act find it on their page and in their feed, and by mail where they gave an address.";
    Some(
        view! {
            <form class="remark remind" method="post" action=format!("{}/remind", view.proposal.href())>
                {ui::problems(&ui::form_state(), &[])}
                {ui::csrf_field(&viewer.csrf)}
                {ui::hidden_field("release".to_owned(), verdict.release.to_string())}
                <button class="btn">"Remind now"</button>
                <small role="status">{said}</small>
            </form>
        }
        .into_any(),
    )
}

fn times(reminded: &Reminded, context: &Context) -> AnyView {
    let times = words::times(reminded.times);
    let sig = reminded.with_sig.then_some(", and the SIG");
    view! { <small class="reminded">{format!("Reminded {times}, last ")}{ui::age(reminded.last, context.now())}{sig}</small> }
        .into_any()
}

fn item(waiting: &Waiting, gate: Option<DateTime<Utc>>, reminded: Option<&Reminded>, context: &Context) -> AnyView {
    let nobody = waiting.who == Who::Nobody;
    let late = gate.is_some_and(|gate| gate <= context.now());
    let (class, which, state) = match (nobody, late) {
        (true, _) => ("unknown", Icon::Unknown, "Not verified"),
        (false, true) => ("fail", Icon::Cross, "Missed"),
        (false, false) => ("todo", Icon::Circle, "Open"),
    };
    let people = (!waiting.logins.is_empty()).then(|| view! { <small>{handles(&waiting.logins)}</small> });
    let why = match waiting.link.clone() {
        Some(link) => view! { {ui::prose(&waiting.why)}" "<a class="link" href=link>"Show"</a> }.into_any(),
        None => ui::prose(&waiting.why).into_any(),
    };
    // The heading tells the gate's deadline; only another one is worth saying again.
    let by = waiting.deadline.filter(|by| *by > context.now() && Some(*by) != gate);
    let by = by.map(|by| format!(" · by {}", words::last_day(by)));
    view! {
        <li class=class>
            <span class="state">{ui::icon(which)}<span class="hidden">{state}</span></span>
            <div><b>{ui::prose(&waiting.what)}</b><small>{why}{by}</small>{reminded.map(|reminded| times(reminded, context))}</div>
            <div class="who">{ui::chip(who_waits(waiting, context.now()))}{people}</div>
        </li>
    }
    .into_any()
}
