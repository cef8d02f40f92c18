//! The frame of a step, and the steps that are not texts: number, people, commitment, dates.

use chrono::{DateTime, Utc};
use domain::FreezeZone;
use leptos::prelude::*;

use super::{
    StartQuery,
    choose::FORM,
    port::{Begun, ReleaseOption, StartView},
    texts::{known_link, later},
};
use crate::{
    features::{frame::Context, shared::handles},
    ui::{self, Icon},
    words,
};

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// As far as the tracker knows.
    Done,
    /// Not yet.
    Open,
    /// Nothing that could be done.
    Info,
}

/// One step.
pub(super) fn step(place: u8, title: &'static str, stands: Step, inside: AnyView) -> AnyView {
    let id = format!("step-{place}");
    let (class, tick) = match stands {
        Step::Done => ("panel done", Some(view! { <small class="tick">{ui::icon(Icon::Check)}"done"</small> })),
        Step::Open | Step::Info => ("panel", None),
    };
    view! {
        <li class=class aria-labelledby=id>
            <header><h2 id=id.clone()><span class="place">{place}</span>{title}</h2>{tick}</header>
            <div class="inside">{inside}</div>
        </li>
    }
    .into_any()
}

/// A field of the form in the first step.
fn field(name: &'static str, label: &'static str, value: String, hint: &'static str, numeric: bool) -> AnyView {
    let id = format!("f-{name}");
    let hint_id = format!("h-{name}");
    view! {
        <div class="entry">
            <label for=id.clone()>{label}</label>
            <p class="hint" id=hint_id.clone()>{hint}</p>
            <input type="text" id=id name=name value=value form=FORM aria-describedby=hint_id autocomplete="off" spellcheck="false" inputmode=numeric.then_some("numeric")/>
        </div>
    }
    .into_any()
}

/// The number of the issue.
pub(super) fn number(begun: Option<&Begun>, query: &StartQuery) -> AnyView {
    let value = query.number.map(|number| number.to_string()).unwrap_or_default();
    let known = begun.and_then(|begun| begun.known.as_ref());
    let known =
        known.map(|known| known_link(known, format!("That number is known here, as “{}”:", known.proposal.title)));
    let url = begun.and_then(|begun| begun.issue.url.clone());
    let url = url.map(|url| view! { <p>"The issue: "<a class="link" href=url.clone()>{url.clone()}</a></p> });
    view! {
        <div class="inline">
            {field("number", "Number of the tracking issue", value, "GitHub shows it behind the title of the issue, as #4702.", true)}
            <button class="btn" form=FORM>"Use it"</button>
        </div>
        {url}
        {known}
    }
    .into_any()
}

/// Whom to ask.
pub(super) fn people(begun: Option<&Begun>, query: &StartQuery) -> AnyView {
    let Some(begun) = begun else { return later("Whom to ask appears here once the first step is filled in.") };
    let named = begun.known.as_ref().and_then(|known| known.people.clone().map(|people| known_link(known, people)));
    let lines: Vec<_> = begun
        .people
        .iter()
        .map(|group| {
            let what = if group.owns { "owns it: reviewers and approver" } else { "signs it off before the freeze" };
            let members = if group.members.is_empty() {
                view! { <span class="muted">"no alias that lists its members was read"</span> }.into_any()
            } else {
                handles(&group.members)
            };
            view! { <dt>{group.sig.clone()}<small>{what}</small></dt><dd>{members}</dd> }
        })
        .collect();
    view! {
        {named}
        <p>"At least one reviewer and one approver have to be named before the Enhancement Freeze; “TBD” does not count. Ask in the meeting of the SIG or on the issue; the SIG can also assign them here."</p>
        <dl class="kv wide">{lines}</dl>
        <div class="pair">
            {field("reviewers", "Reviewers", query.reviewers.join(", "), "Logins, separated by commas; they go into the document.", false)}
            {field("approvers", "Approvers", query.approvers.join(", "), "The same.", false)}
        </div>
        <div class="submit"><button class="btn" form=FORM>"Put them into the document"</button></div>
    }
    .into_any()
}

/// The owner's word.
pub(super) fn the_commitment(begun: Option<&Begun>, query: &StartQuery) -> AnyView {
    let explained = view! {
        <p>"The owner commits to implement it before the Code Freeze of the release. That is recorded with name and date, and has to be there by the Enhancement Freeze. To be accepted is the SIG’s part; neither promises that it lands."</p>
    };
    let known = begun.and_then(|begun| begun.known.as_ref());
    let next = match (known, query.version()) {
        (Some(known), Some(release)) if known.committed => {
            known_link(known, format!("The owner has committed to {release}:"))
        }
        (Some(known), Some(release)) => {
            let href = format!("{}/decide/commit?release={release}", known.proposal.href());
            view! { <div class="submit"><a class="btn primary" href=href>{format!("Commit to {release}")}</a></div> }
                .into_any()
        }
        (Some(_), None) => later("Choose a release in the first step to get to the form."),
        (None, _) => later(
            "The form is on the page of the proposal as soon as the tracker has read it, from the issue or the document.",
        ),
    };
    view! { {explained}{next} }.into_any()
}

/// The dates of the release, or of those there are.
pub(super) fn dates(view: &StartView, query: &StartQuery, context: &Context) -> AnyView {
    let chosen: Vec<&ReleaseOption> =
        view.releases.iter().filter(|choice| query.version().is_none_or(|release| choice.version == release)).collect();
    if chosen.is_empty() {
        return later("No schedule of that release was read yet.");
    }
    chosen.into_iter().take(2).map(|choice| dates_of(choice, context)).collect::<Vec<_>>().into_any()
}

fn dates_of(choice: &ReleaseOption, context: &Context) -> AnyView {
    let dates = &choice.dates;
    let posts = [
        (
            "Enhancement Freeze",
            dates.enhancement_freeze,
            "issue, document, people and commitment are there, and the SIG accepted it",
        ),
        ("Code Freeze", dates.code_freeze, "the implementation is merged, docs are merged or under way"),
        ("General availability", dates.ga, "the release is out"),
    ];
    let lines: Vec<_> = posts
        .into_iter()
        .map(|(name, at, what)| {
            let when = at.map_or_else(|| "no date yet".into_any(), |at| when(at, dates.zone, context.now()));
            view! { <dt>{name}</dt><dd>{when}<small>"by then "{what}</small></dd> }
        })
        .collect();
    let href = format!("/releases/{}", choice.version);
    view! {
        <h3><a class="link" href=href>{choice.version.to_string()}</a></h3>
        <dl class="kv wide due">{lines}</dl>
    }
    .into_any()
}

fn when(at: DateTime<Utc>, zone: FreezeZone, now: DateTime<Utc>) -> AnyView {
    let day = words::day_in(at, zone);
    let ahead = at > now;
    let left = if ahead { format!(" · {} left", words::countdown(at - now)) } else { " · passed".to_owned() };
    let local = ahead.then(|| view! { " "<small>{ui::local_time(at)}</small> });
    let title = format!("End of {}, {}", words::long_day(day), zone.label());
    view! { <b>{ui::day_time(day, words::week_day(day))}</b><span title=title>{left}</span>{local} }.into_any()
}
