//! What waits on whoever looks, by deadline, and what they wait on.
//!
//! A member of a busy SIG has hundreds of lines, so lines are markup rather than trees of views, and of each group the
//! first are open. Older and farther releases are folded away.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::port::{Awaited, MeView, Task};
use crate::{
    features::{
        frame::Context,
        shared::{Act, handles},
    },
    ui::{self, Empty, Icon, Markup, Panel, Tone},
    words,
};

/// How many lines of a group are shown before the rest is folded.
const OPEN: usize = 25;

/// How many lines of a group a page holds at most; the rest is in its JSON.
const MOST: usize = 200;

/// What is due within this time is due this week.
const WEEK: TimeDelta = TimeDelta::days(7);

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Overdue,
    ThisWeek,
    Later,
    NoDate,
}

impl Due {
    const ALL: [Self; 4] = [Self::Overdue, Self::ThisWeek, Self::Later, Self::NoDate];

    fn of(deadline: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        match deadline {
            None => Self::NoDate,
            Some(deadline) if deadline <= now => Self::Overdue,
            Some(deadline) if deadline - now <= WEEK => Self::ThisWeek,
            Some(_) => Self::Later,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::ThisWeek => "Within seven days",
            Self::Later => "Later",
            Self::NoDate => "No date",
        }
    }

    const fn tone(self) -> (Tone, Icon) {
        match self {
            Self::Overdue => (Tone::Bad, Icon::Warning),
            Self::ThisWeek => (Tone::Warn, Icon::Hourglass),
            Self::Later => (Tone::Busy, Icon::Calendar),
            Self::NoDate => (Tone::Quiet, Icon::Circle),
        }
    }
}

/// The panel of what waits on them: first in the current release and the one that is planned, folded in all others.
pub(super) fn tasks(view: &MeView, context: &Context) -> AnyView {
    let now = context.now();
    let (near, far) = view.near_and_far();
    let inside = if near.is_empty() {
        view! {
            <Empty what="Nothing waits on you.">
                <p>"What you own, review or decide appears here as soon as it is your turn. "<a class="link" href="/proposals?release=current">"Proposals of the current release"</a></p>
            </Empty>
        }
        .into_any()
    } else {
        groups(&near, now).into_any()
    };
    let note = match near.len() {
        0 => String::new(),
        count => format!("{}, by deadline", words::count(count, "thing")),
    };
    let elsewhere = elsewhere(&far, now);
    view! { <Panel title="Waits on you" id="waits-on-you" note>{inside}{elsewhere}</Panel> }.into_any()
}

/// What waits in older and farther releases.
fn elsewhere(far: &[&Task], now: DateTime<Utc>) -> Option<AnyView> {
    (!far.is_empty()).then(|| {
        let releases: BTreeSet<_> = far.iter().filter_map(|task| task.release).collect();
        let releases = releases.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let words = format!("{} in other releases: {releases}", words::count(far.len(), "thing"));
        view! { <details class="more elsewhere"><summary>{words}</summary>{groups(far, now)}</details> }.into_any()
    })
}

fn groups(tasks: &[&Task], now: DateTime<Utc>) -> Vec<AnyView> {
    let of_group = |due| {
        let of_group: Vec<_> = tasks.iter().copied().filter(|task| Due::of(task.deadline, now) == due).collect();
        (!of_group.is_empty()).then(|| group(due, &of_group, now))
    };
    Due::ALL.into_iter().filter_map(of_group).collect()
}

fn group(due: Due, of_group: &[&Task], now: DateTime<Utc>) -> AnyView {
    let (shown, beyond) = of_group.split_at(of_group.len().min(MOST));
    let (first, rest) = shown.split_at(shown.len().min(OPEN));
    let (tone, icon) = due.tone();
    let folded = (!rest.is_empty()).then(|| {
        let words = format!("{} more", rest.len());
        view! { <details class="more"><summary>{words}</summary><ul class="tasks" inner_html=lines(rest, now)></ul></details> }
    });
    view! {
        <h3 class="group">{ui::badge(tone, icon, due.words())}<small>{of_group.len()}</small></h3>
        <ul class="tasks" inner_html=lines(first, now)></ul>
        {folded}
        {(!beyond.is_empty()).then(|| view! {
            <p class="remark"><a class="link" href="/api/v1/me">{format!("{} more are in the JSON of this page", beyond.len())}</a></p>
        })}
    }
    .into_any()
}

fn lines(tasks: &[&Task], now: DateTime<Utc>) -> String {
    let mut html = Markup::with_capacity(tasks.len() * 640);
    for task in tasks {
        line(&mut html, task, now);
    }
    html.into_html()
}

fn line(html: &mut Markup, task: &Task, now: DateTime<Utc>) {
    html.raw("<li data-row><div><p class=\"on\">");
    if let Some(proposal) = &task.proposal {
        let href = match task.release {
            Some(release) => format!("{}?release={release}", proposal.href()),
            None => proposal.href(),
        };
        html.raw("<a href=\"").text(&href).raw("\"><span class=\"id\">").text(&proposal.name());
        html.raw("</span> ").text(&proposal.title).raw("</a> ");
    }
    if let Some(release) = task.release {
        html.raw(if task.proposal.is_some() { "<small>· " } else { "<small>" })
            .text(&release.to_string())
            .raw("</small>");
    }
    html.raw("</p><p class=\"what\"><b>");
    prose(html, &task.what);
    html.raw("</b></p>");
    if !task.why.is_empty() {
        html.raw("<small>");
        prose(html, &task.why);
        html.raw("</small>");
    }
    html.raw("</div><div class=\"when\">");
    match (task.deadline, task.since) {
        (Some(deadline), _) => due_words(html, deadline, now),
        (None, Some(since)) if now - since >= TimeDelta::hours(1) => {
            html.raw("<span>waits ").text(&words::length(now - since)).raw("</span>");
        }
        _ => {}
    }
    html.raw("<small>as ").text(&task.role).raw("</small></div><div class=\"acts\">");
    for act in [Some(&task.act), task.or.as_ref()].into_iter().flatten() {
        button(html, act, task);
    }
    html.raw("</div></li>");
}

/// The same as [`crate::features::shared::act_buttons`].
fn button(html: &mut Markup, act: &Act, task: &Task) {
    html.raw("<a class=\"btn\" href=\"").text(&act.href).raw("\" aria-label=\"").text(&act.label);
    if let Some(proposal) = &task.proposal {
        html.raw(": ").text(&proposal.name());
    }
    html.raw("\">").text(&act.label);
    if act.leads_out() {
        html.icon(Icon::External);
    }
    html.raw("</a>");
}

/// "in 12 days, 21 Oct", "3 d over, 5 Oct": the day that ends with the deadline, Anywhere on Earth.
fn due_words(html: &mut Markup, deadline: DateTime<Utc>, now: DateTime<Utc>) {
    let left = if deadline > now {
        format!("in {}", words::countdown(deadline - now))
    } else {
        format!("{} over", words::length(now - deadline))
    };
    html.raw("<time datetime=\"").text(&words::machine(deadline)).raw("\" title=\"").text(&words::utc(deadline));
    html.raw("\"><b>").text(&left).raw("</b>, ");
    let day = words::day_in(deadline, domain::FreezeZone::ANYWHERE_ON_EARTH);
    html.text(&words::day_near(day, now)).raw("</time>");
}

/// The same as [`ui::prose`].
fn prose(html: &mut Markup, text: &str) {
    let mut parts = text.split('`').peekable();
    let mut code = false;
    while let Some(part) = parts.next() {
        match (code, parts.peek().is_some()) {
            (true, true) => html.raw("<code>").text(part).raw("</code>"),
            (true, false) => html.raw("`").text(part),
            (false, _) => html.text(part),
        };
        code = !code;
    }
}

/// The panel of what they wait on; nothing when that is nothing.
pub(super) fn awaited(view: &MeView, context: &Context) -> Option<AnyView> {
    (!view.you_wait_on.is_empty()).then(|| {
        let lines: Vec<_> = view.you_wait_on.iter().map(|awaited| wait(awaited, context)).collect();
        let note = format!("{}, longest wait first", words::count(lines.len(), "thing"));
        view! { <Panel title="You wait on" id="you-wait-on" note><ul class="tasks">{lines}</ul></Panel> }.into_any()
    })
}

fn wait(awaited: &Awaited, context: &Context) -> AnyView {
    let Awaited { what, whom, logins, proposal, release, since, href } = awaited;
    let page = href.clone().unwrap_or_else(|| match release {
        Some(release) => format!("{}?release={release}", proposal.href()),
        None => proposal.href(),
    });
    let since = since.map(|since| view! { <small>{format!("for {}", words::length(context.now() - since))}</small> });
    let people = (!logins.is_empty()).then(|| view! { <small>{handles(logins)}</small> });
    view! {
        <li>
            <div>
                <p class="on">
                    <a href=page><span class="id">{proposal.name()}</span>" "{proposal.title.clone()}</a>
                    {release.map(|release| view! { " "<small>{format!("· {release}")}</small> })}
                </p>
                <p class="what">{ui::prose(what)}</p>
            </div>
            <div class="when">{ui::chip(whom.clone())}{people}{since}</div>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_is_grouped_by_how_soon() {
        let now: DateTime<Utc> = "2026-10-08T12:00:00Z".parse().unwrap();
        let in_days = |days| Some(now + TimeDelta::days(days));
        let of = |deadline| Due::of(deadline, now);
        assert_eq!(of(Some(now)), Due::Overdue, "at its instant it has passed (P-2)");
        assert_eq!([of(in_days(1)), of(in_days(7)), of(in_days(8))], [Due::ThisWeek, Due::ThisWeek, Due::Later]);
        assert_eq!(of(None), Due::NoDate);
    }

    #[test]
    fn prose_in_markup_is_the_same_as_in_views() {
        for (text, html) in [
            ("plain <b>", "plain &lt;b&gt;"),
            ("lacks `sig/ci`.", "lacks <code>sig/ci</code>."),
            ("odd ` tick", "odd ` tick"),
            ("`a` and `b", "<code>a</code> and `b"),
        ] {
            let mut markup = Markup::default();
            prose(&mut markup, text);
            assert_eq!(markup.into_html(), html);
        }
    }
}
