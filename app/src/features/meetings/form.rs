//! The form of a meeting.

use domain::meeting::{LONGEST, Meeting, RAREST, ZONES};
use leptos::prelude::*;

use super::{
    port::{Line, MeetingsView},
    who,
};
use crate::ui::{self, FormState, Input, Panel};

/// The fields with their labels, for the list of what is wrong.
pub(super) const TITLES: [(&str, &str); 8] = [
    ("title", "Title"),
    ("of", "Who meets"),
    ("first", "First day"),
    ("begins", "Begins"),
    ("zone", "Time zone"),
    ("minutes", "Minutes"),
    ("weeks", "Every so many weeks"),
    ("place", "Where"),
];

/// For a new meeting, or for one that is changed.
pub(super) fn form(view: &MeetingsView, changed: Option<&Line>, csrf: &str, state: &FormState) -> AnyView {
    let was = changed.map(|line| &line.meeting);
    let of = |value: fn(&Meeting) -> String| was.map(value).unwrap_or_default();
    let seats: Vec<_> = view.seats.iter().map(|seat| (seat.slug().to_owned(), who(seat))).collect();
    let zone =
        was.or_else(|| view.lines.first().map(|line| &line.meeting)).map_or("UTC", |meeting| meeting.zone.name());
    let weeks = was.map_or(1, |was| was.every_weeks);
    let first = was.map_or(view.today, |was| was.first_day);
    let (title, button) = if was.is_some() { ("Change a meeting", "Change it") } else { ("Add a meeting", "Add") };
    let input = |name, value: String, hint| Input {
        name,
        label: TITLES.iter().find(|(known, _)| *known == name).map_or(name, |(_, label)| label),
        hint,
        value,
        required: !matches!(name, "minutes" | "place"),
    };
    let (longest, rarest) =
        (format!("At most {LONGEST}; empty where nobody knows."), format!("1 is weekly, at most {RAREST}."));
    let other = was.map(|_| view! { <a class="btn" href="/meetings">"Add another instead"</a> });
    let form = view! {
        <form class="pad stack fields" method="post" action="/meetings/set">
            {ui::csrf_field(csrf)}
            {ui::hidden_field("seen".to_owned(), view.seen.to_string())}
            {was.map(|was| ui::hidden_field("key".to_owned(), was.key.clone()))}
            {ui::text_input(state, input("title", of(|was| was.title.clone()), None))}
            {ui::select_input(state, input("of", of(|was| was.of.slug().to_owned()), None), &seats)}
            {ui::date_input(state, input("first", first.to_string(), Some("It comes again on the same day of the week.")))}
            {ui::time_input(state, input("begins", of(|was| was.begins.format("%H:%M").to_string()), None))}
            {ui::suggested_input(state, input("zone", zone.to_owned(), Some("Such as Europe/Berlin.")), ZONES.iter().map(|zone| zone.name()))}
            {ui::number_input(state, input("minutes", was.and_then(|was| was.minutes).map(|minutes| minutes.to_string()).unwrap_or_default(), Some(&longest)))}
            {ui::number_input(state, input("weeks", weeks.to_string(), Some(&rarest)))}
            {ui::text_input(state, input("place", of(|was| was.place.clone().unwrap_or_default()), Some("A link, or words.")))}
            <div class="buttons">{other}<button class="btn primary end">{button}</button></div>
        </form>
    };
    view! { <Panel title id="form">{form}</Panel> }.into_any()
}
