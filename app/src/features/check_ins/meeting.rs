//! The meeting: one proposal at a time, large, by keyboard alone; what others record appears while one types.

use std::sync::Arc;

use domain::Outcome;
use leptos::prelude::*;
use leptos_router::hooks::use_url;

use super::{
    fields, live,
    parts::{asked, changes, head, look, said},
    port::{CheckInRow, CheckInsPort, OpenPull, WeekView},
    sheet::params,
    table::lag,
};
use crate::{
    features::{
        frame::{Context, Drawn, Place, find_port, page, viewer},
        shared::{handles, status_badge, who_waits},
    },
    islands::Meeting,
    query::{At, Parameters},
    ui::{self, Empty, Icon, Markup, Tone},
    words,
};

/// `/check-ins/{release}/{week}/meeting?on=cep/4702`
#[component]
pub fn MeetingPage() -> impl IntoView {
    let port: Result<Arc<dyn CheckInsPort>, _> = find_port();
    let params = params();
    let (at, bad, [on, said]) = use_url().with_untracked(|url| {
        let (at, bad) = At::from_query(url.search());
        let parameters = Parameters::parse(url.search());
        (at, bad, ["on", "said"].map(|name| parameters.first(name).map(str::to_owned)))
    });
    let load = async move { port?.week(asked(params, at)?).await };
    page(Place::CheckIns, at, bad, load, move |view, context| draw(&view, (on.as_deref(), said.as_deref()), context))
}

fn draw(view: &WeekView, (on, before): (Option<&str>, Option<&str>), context: &Context) -> Drawn {
    let asked = on.and_then(|key| view.rows.iter().position(|row| row.key() == key));
    let place = asked.or_else(|| view.rows.iter().position(CheckInRow::is_open_for)).unwrap_or(0);
    let inside = if let Some(row) = view.rows.get(place) {
        meeting(view, row, place, context)
    } else {
        let href = view.address.sheet();
        view! {
            <div class="panel">
                <Empty what="No proposal was tracked in that week."><p><a class="link" href=href>"The week"</a></p></Empty>
            </div>
        }
        .into_any()
    };
    let gone = on.filter(|_| asked.is_none()).map(|key| {
        ui::notice(
            Tone::Warn,
            Icon::Warning,
            format!("{key} is not tracked in {}; shown is the next that is open.", view.address.release),
        )
    });
    let body = view! {
        {head(view, "Meeting", end(view), context)}
        {gone}
        {recorded(view, before, context)}
        {ui::problems(&ui::form_state(), &fields::TITLES)}
        {inside}
    };
    let name = view.rows.get(place).map(|row| row.proposal.name()).unwrap_or_default();
    Drawn { title: format!("{name}, check-in {}", view.address.week), body: body.into_any() }
}

/// What was recorded just now, with the way to change or undo it.
pub(super) fn recorded(view: &WeekView, key: Option<&str>, context: &Context) -> Option<AnyView> {
    let row = view.rows.iter().find(|row| Some(row.key().as_str()) == key)?;
    let one = row.check_in.said.last()?;
    let (_, _, word) = look(one.outcome);
    let (change, page) = (view.address.meeting(&row.proposal.source, row.proposal.number), row.proposal.href());
    let proposed = one.proposed.map(|proposed| format!("Proposed to {}: {}. ", row.sig, proposed.words()));
    let words = format!("Recorded for {}: {}. “{}” ", row.proposal.name(), word.to_lowercase(), one.sentence);
    Some(ui::notice(
        Tone::Good,
        Icon::Check,
        view! {
            <p data-recorded="">
                {words}{proposed}<a class="link" href=change>"Change it"</a>" or "
                <a class="link" href=context.href(&page)>"undo it on its page"</a>" within ten minutes."
            </p>
        },
    ))
}

fn end(view: &WeekView) -> AnyView {
    let [both, half, _] = view.tally();
    let all = view.rows.len();
    let address = view.address;
    view! {
        <small>
            <span data-tally="">{format!("{} of {all} spoken about, {both} complete", both + half)}</span>
            <span class="needs-script">"\u{a0}· "<span data-timer="" aria-hidden="true">"0:00"</span></span>
        </small>
        <a class="btn" href=address.below("minutes")>"Minutes"</a>
        <a class="btn" href=address.below("comments")>"Preview comments"</a>
    }
    .into_any()
}

fn meeting(view: &WeekView, row: &CheckInRow, place: usize, context: &Context) -> AnyView {
    let address = view.address;
    let live = context.at == At::Now;
    let live = live.then(|| address.below("live"));
    view! {
        <div class="meeting" data-meeting=live>
            {rail(view, place)}
            <section class="panel" aria-labelledby="on">
                {title(row, context)}
                <div class="pad stack">
                    <div class="halved">
                        <div>
                            <h3>{format!("Since {}", words::week_day(row.since.date_naive()))}</h3>
                            {changes(row, context.now())}
                        </div>
                        <div>{left(row, context)}</div>
                    </div>
                    {last(row, context)}
                    <div data-check-in=row.key() aria-live="polite">
                        <div data-words="" inner_html=live::words(&row.check_in, context.now())></div>
                    </div>
                    {form(view, row, context)}
                    {steps(view, place)}
                </div>
            </section>
        </div>
        <Meeting/>
    }
    .into_any()
}

/// All proposals of the week with their marks; the one that is on is marked.
fn rail(view: &WeekView, place: usize) -> AnyView {
    let lines: Vec<_> = view
        .rows
        .iter()
        .enumerate()
        .map(|(nth, row)| {
            let href = view.address.meeting(&row.proposal.source, row.proposal.number);
            let mark = live::mark(&row.check_in);
            let done = row.check_in.halves().any().then_some("done");
            view! {
                <li>
                    <a href=href class=done aria-current=(nth == place).then_some("true") data-check-in=row.key()>
                        <span data-mark="" inner_html=mark></span>
                        <span>{row.proposal.name()}" "{row.proposal.title.clone()}</span>
                    </a>
                </li>
            }
        })
        .collect();
    view! { <nav class="panel week-rail" aria-label="Proposals of the week"><ol>{lines}</ol></nav> }.into_any()
}

fn title(row: &CheckInRow, context: &Context) -> AnyView {
    let href = context.href(&row.proposal.href());
    let risk = row
        .at_risk
        .clone()
        .map(|why| view! { <span title=why>{ui::badge(Tone::Warn, Icon::Warning, "at risk")}</span> });
    view! {
        <header>
            <a class="id" href=href>{row.proposal.name()}</a>
            <h2 id="on">{row.proposal.title.clone()}</h2>
            {status_badge(&row.status, &row.words)}
            {risk}
            <small>{handles(&row.owners)}</small>
        </header>
    }
    .into_any()
}

/// What is left until the gate.
fn left(row: &CheckInRow, context: &Context) -> AnyView {
    let heading = row.gate.map_or_else(|| "Left".to_owned(), |(freeze, _)| format!("Left for {}", freeze.short()));
    let lines: Vec<_> = row
        .open
        .iter()
        .map(|point| {
            let (class, icon, word) = match point.outcome {
                Outcome::Fail => ("fail", Icon::Cross, "open"),
                _ => ("unknown", Icon::Unknown, "not verified"),
            };
            view! { <li class=class><span class="state">{ui::icon(icon)}<span class="hidden">{word}</span></span>{point.words.clone()}</li> }
        })
        .collect();
    let pulls: Vec<_> = row.pulls.iter().take(6).map(|one| pull(one, context)).collect();
    let waits = row.waiting.as_ref().map(|waiting| {
        view! { <p><small>"Waits on "{who_waits(waiting, context.now())}": "{waiting.what.clone()}</small></p> }
    });
    let none = (lines.is_empty() && pulls.is_empty()).then(|| view! { <p class="muted">"Nothing is open."</p> });
    view! { <h3>{heading}</h3><ul class="left">{lines}{pulls}</ul>{none}{waits} }.into_any()
}

fn pull(one: &OpenPull, context: &Context) -> AnyView {
    let href = format!("/pulls/{}/{}", one.repository, one.number);
    let on = match (one.waiting_on.is_empty(), one.on_review) {
        (true, true) => "waits for any reviewer".to_owned(),
        (true, false) => "nobody is asked to act".to_owned(),
        (false, _) => format!("waits on {}", words::handles(&one.waiting_on)),
    };
    let lags = one.lags.then(|| ui::badge(Tone::Warn, Icon::Warning, lag(one, context.now())));
    view! {
        <li>
            <span class="state">{ui::icon(Icon::Branch)}<span class="hidden">"open pull request"</span></span>
            <span><a class="link" href=href>{format!("#{}", one.number)}</a>" "{one.title.clone()}" "<small>{on}</small>" "{lags}</span>
        </li>
    }
    .into_any()
}

fn last(row: &CheckInRow, context: &Context) -> Option<AnyView> {
    let (week, one) = row.last.as_deref()?;
    let mut html = Markup::default();
    html.raw("<small>").text(&week.to_string()).raw(":</small> ");
    said(&mut html, one, context.now());
    Some(view! { <p class="last" inner_html=html.into_html()></p> }.into_any())
}

/// The form for who may speak; for others why there is none.
fn form(view: &WeekView, row: &CheckInRow, context: &Context) -> AnyView {
    let address = view.address;
    if context.at != At::Now {
        return ().into_any();
    }
    if !view.is_open() {
        let words = format!(
            "Week {} is closed: check-ins are made for {}, or made up for the week before.",
            address.week, view.present
        );
        return view! { <p class="remark"><small>{words}</small></p> }.into_any();
    }
    match viewer() {
        None => {
            let next = crate::query::encode(&address.meeting(&row.proposal.source, row.proposal.number));
            view! {
                <p class="remark">
                    <a class="btn primary" href=format!("/sign-in?next={next}")>"Sign in to check in"</a>
                    <small>"The release team and approvers do."</small>
                </p>
            }
            .into_any()
        }
        Some(_) if !row.may.any() => {
            let words = format!("Checking in is for the release team, the approvers and members of {}.", row.sig);
            view! { <p class="remark"><small>{words}</small></p> }.into_any()
        }
        Some(viewer) => {
            let over = (address.week != view.present).then(|| {
                let words = format!("Week {} is over: what you say now makes up for it.", address.week.number());
                ui::notice(Tone::Warn, Icon::Clock, words)
            });
            view! { {over}{fields::form(row, address, &viewer.csrf)} }.into_any()
        }
    }
}

/// On to the next, back to the one before.
fn steps(view: &WeekView, place: usize) -> AnyView {
    let href = |nth: Option<usize>| {
        let row = view.rows.get(nth?)?;
        Some(view.address.meeting(&row.proposal.source, row.proposal.number))
    };
    let before = href(place.checked_sub(1)).map(|href| {
        view! { <a class="btn" href=href data-previous="" rel="prev">"Back"<kbd class="needs-script">"k"</kbd></a> }
    });
    let after = href(Some(place + 1)).map(|href| {
        view! { <a class="btn" href=href data-next="" rel="next">"Skip"<kbd class="needs-script">"j"</kbd></a> }
    });
    view! { <nav class="around" aria-label="Around it"><small class="muted" data-present=""></small>{before}<small>{format!("{} of {}", place + 1, view.rows.len())}</small>{after}</nav> }
        .into_any()
}
