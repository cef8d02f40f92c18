//! What the pages of check-ins share: how an outcome looks, who spoke, what changed.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    CheckInOutcome, Halves, Said,
    check_in::{Answer, Change, CheckIn, Declined},
};
use leptos::prelude::*;

use super::{
    CheckInAddress,
    port::{CheckInRow, WeekView},
};
use crate::{
    features::frame::{Context, at_control},
    ui::{self, Icon, Markup, Tone},
    words,
};

/// Colour, icon and word of an outcome.
pub const fn look(outcome: CheckInOutcome) -> (Tone, Icon, &'static str) {
    match outcome {
        CheckInOutcome::OnTrack => (Tone::Busy, Icon::Check, "On track"),
        CheckInOutcome::AtRisk => (Tone::Warn, Icon::Warning, "At risk"),
        CheckInOutcome::Blocked => (Tone::Bad, Icon::Slash, "Blocked"),
        CheckInOutcome::Done => (Tone::Good, Icon::Checks, "Done"),
        CheckInOutcome::RetargetOrReject => (Tone::Exception, Icon::Arrow, "Retarget or reject"),
    }
}

/// Who has checked in and who has not.
pub(super) fn halves(html: &mut Markup, spoke: Halves) {
    for (name, done) in [("release team", spoke.release_team), ("approver", spoke.approver)] {
        if done {
            html.raw("<span class=\"half done\">")
                .icon(Icon::Check)
                .raw(name)
                .raw("<span class=\"hidden\"> checked in</span></span>");
        } else {
            html.raw("<span class=\"half\">").raw(name).raw(": open</span>");
        }
    }
}

/// "at risk: Waits on a review. @lea (release team), 7 Oct".
pub(super) fn said(html: &mut Markup, said: &Said, now: DateTime<Utc>) {
    let (tone, icon, word) = look(said.outcome);
    html.badge(tone, icon, word).raw(" ");
    word_of(html, (&said.sentence, &said.by, said.halves.words()), said.recorded_by.as_deref(), (said.at, now));
    if let Some(proposed) = said.proposed {
        html.raw(" <b>Proposed: ").text(&proposed.words()).raw(".</b>");
    }
    if let Some(Declined { by, recorded_by, at, reason }) = &said.declined {
        html.raw(" <b>Declined:</b> ");
        word_of(html, (reason, by, "SIG"), recorded_by.as_deref(), (*at, now));
    }
}

/// What an owner said to it.
pub(super) fn answer(html: &mut Markup, one: &Answer, now: DateTime<Utc>) {
    word_of(html, (&one.sentence, &one.by, "owner"), one.recorded_by.as_deref(), (one.at, now));
}

/// A sentence with whose it is, in which role, who recorded it if another, and when.
fn word_of(
    html: &mut Markup,
    (sentence, by, role): (&str, &str, &str),
    recorded_by: Option<&str>,
    (at, now): (Option<DateTime<Utc>>, DateTime<Utc>),
) {
    html.raw("<q>").text(sentence).raw("</q> <small>@").text(by).raw(" (").text(role).raw(")");
    if let Some(by) = recorded_by {
        html.raw(", recorded by @").text(by);
    }
    if let Some(at) = at {
        html.raw(", ").text(&words::day_near(at.date_naive(), now));
    }
    html.raw("</small>");
}

/// Everything said in a week, what was amended struck out but kept.
pub(super) fn all_said(html: &mut Markup, check_in: &CheckIn, now: DateTime<Utc>) {
    for one in &check_in.said {
        let amended = check_in.is_amended(one);
        html.raw(if amended { "<li class=\"amended\"><small>amended: </small>" } else { "<li>" });
        said(html, one, now);
        html.raw("</li>");
    }
}

/// What changed, as a list with links.
pub(super) fn changes(row: &CheckInRow, now: DateTime<Utc>) -> AnyView {
    let lines: Vec<_> = row.changes.iter().rev().take(MOST_CHANGES).map(|change| line(change, now)).collect();
    let more = row.changes.len().saturating_sub(MOST_CHANGES);
    let more = (more > 0).then(|| view! { <li><small>{format!("and {more} more before")}</small></li> });
    let comments = row.comments.filter(|count| *count > 0).map(|count| {
        let words = format!("{} by people", words::count(count, "comment"));
        view! { <li><a class="link" href=row.issue.clone()>{words}</a>" on the issue"</li> }.into_any()
    });
    if lines.is_empty() && comments.is_none() {
        return view! { <p class="muted">"No change has been seen."</p> }.into_any();
    }
    view! { <ul class="changes">{lines}{more}{comments}</ul> }.into_any()
}

/// How many changes are shown.
const MOST_CHANGES: usize = 8;

fn line(change: &Change, now: DateTime<Utc>) -> AnyView {
    let day = words::day_near(change.at.date_naive(), now);
    let text = ui::prose(&change.text);
    match &change.link {
        Some(href) => view! { <li><a class="link" href=href.clone()>{text}</a>" "<small>{day}</small></li> }.into_any(),
        None => view! { <li>{text}" "<small>{day}</small></li> }.into_any(),
    }
}

/// Heading of a page of the week, with the weeks beside it.
pub(super) fn head(view: &WeekView, what: &'static str, end: AnyView, context: &Context) -> AnyView {
    let CheckInAddress { release, week } = view.address;
    let next = view
        .dates
        .next_post(view.judged)
        .map(|(name, at)| ui::chip(format!("{name} in {}", words::countdown(at - view.judged))))
        .filter(|_| view.address.week >= view.present);
    view! {
        <div class="head-of-page">
            {crumbs(view.address, what, Some(view), context)}
            <div class="title-row">
                <h1>{format!("Check-in, week {}", week.number())}</h1>
                {ui::chip(release.to_string())}
                {next}
                <div class="end">{end}</div>
            </div>
        </div>
    }
    .into_any()
}

/// How long before its Enhancement Freeze a release can have had check-ins: links lead no further back.
const WEEKS_BEFORE: TimeDelta = TimeDelta::weeks(26);

/// Where a page of a week is, with the weeks around it that can hold anything.
pub(super) fn crumbs(
    address: CheckInAddress,
    what: &'static str,
    view: Option<&WeekView>,
    context: &Context,
) -> AnyView {
    let CheckInAddress { release, week } = address;
    let days = format!("{} to {}", words::short_day(week.monday()), words::long_day(week.sunday()));
    let sheet = (!what.is_empty()).then(|| {
        view! { " / "<a class="link" href=context.href(&address.sheet())>{week.to_string()}</a>" / "{what} }
    });
    let here = what.is_empty().then(|| format!(" / {week}"));
    let of = |week| context.href(&address.in_week(week).sheet());
    let before = view.filter(|view| {
        let first = view.dates.enhancement_freeze.unwrap_or(view.present.begins()) - WEEKS_BEFORE;
        week.begins() > first
    });
    let before = before.map(|_| view! { <a class="link" href=of(week.previous()) rel="prev">"Week before"</a> });
    let after = view.filter(|view| week < view.present);
    let after = after.map(|_| view! { <a class="link" href=of(week.next()) rel="next">"Week after"</a> });
    view! {
        <div class="crumbs">
            <nav aria-label="Where this is">
                <a class="link" href=context.href(&format!("/releases/{release}"))>{release.to_string()}</a>" / "
                <a class="link" href=context.href(&address.history())>"Check-ins"</a>{here}{sheet}
            </nav>
            <nav class="weeks" aria-label="Weeks">{before}<small>{days}</small>{after}</nav>
            {at_control(context)}
        </div>
    }
    .into_any()
}

/// Reads release and week from the path of a page.
pub(super) fn asked(
    params: (String, String),
    at: crate::query::At,
) -> Result<super::port::WeekAsk, crate::port::PageError> {
    let (release, week) = params;
    let release = release.parse().map_err(|_| crate::port::PageError::NotFound(format!("The release “{release}”")))?;
    let week = week.parse().map_err(|error: domain::check_in::NoWeek| {
        crate::port::PageError::NotFound(format!("The week “{week}” ({error})"))
    })?;
    Ok(super::port::WeekAsk { release, week, at })
}
