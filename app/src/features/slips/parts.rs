//! What both pages draw alike: the bars, what their colours stand for, and a line of numbers.

use domain::slip::{Fate, Tally};
use leptos::prelude::*;

use super::port::Counts;
use crate::ui::{self, Bar, Icon, Slice, Tone};

/// The tone of a fate.
pub(super) const fn tone(fate: Fate) -> Tone {
    match fate {
        Fate::In => Tone::Good,
        Fate::Open => Tone::Busy,
        Fate::Unknown => Tone::Unknown,
        Fate::Slipped => Tone::Bad,
        Fate::Ended => Tone::Quiet,
    }
}

/// The icon of a fate.
pub(super) const fn icon(fate: Fate) -> Icon {
    match fate {
        Fate::In => Icon::Check,
        Fate::Open => Icon::Hourglass,
        Fate::Unknown => Icon::Unknown,
        Fate::Slipped => Icon::Arrow,
        Fate::Ended => Icon::Slash,
    }
}

/// A bar of what was planned.
pub(super) fn bar(label: String, planned: &Tally) -> Bar {
    let slice = |fate: Fate| Slice { label: fate.words().to_owned(), count: planned.count(fate), tone: tone(fate) };
    Bar { label, total: format!("{} planned", planned.total()), slices: Fate::ALL.into_iter().map(slice).collect() }
}

/// What the colours of the bars stand for; fates that nothing has are left out.
pub(super) fn key(planned: &Tally) -> AnyView {
    let lines: Vec<_> = Fate::ALL
        .into_iter()
        .filter(|fate| planned.count(*fate) > 0)
        .map(|fate| view! { <li>{ui::badge(tone(fate), icon(fate), fate.words())}</li> })
        .collect();
    view! { <ul class="key">{lines}</ul> }.into_any()
}

/// "Of 14 planned proposals 9 are in the release, 3 slipped and 2 ended."
pub(super) fn sentence(planned: &Tally) -> String {
    let total = planned.total();
    let told = |fate: Fate| {
        let count = planned.count(fate);
        let verb = match fate {
            Fate::In if count == 1 => "is in the release",
            Fate::In => "are in the release",
            Fate::Open if count == 1 => "is still open",
            Fate::Open => "are still open",
            Fate::Unknown => "could not be verified",
            Fate::Slipped => "slipped",
            Fate::Ended => "ended",
        };
        (count > 0).then(|| format!("{count} {verb}"))
    };
    let mut parts: Vec<_> = Fate::ALL.into_iter().filter_map(told).collect();
    let last = parts.pop().unwrap_or_default();
    let parts = if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) };
    match total {
        0 => "Nothing was planned.".to_owned(),
        1 => format!("Of 1 planned proposal {parts}."),
        _ => format!("Of {total} planned proposals {parts}."),
    }
}

/// Heads of the columns that [`numbers`] fills.
pub(super) fn number_heads() -> AnyView {
    let heads = ["Planned", "In", "Open", "Not verified", "Slipped", "Ended", "Added later", "Exceptions"];
    heads.map(|head| view! { <th scope="col" class="count-of">{head}</th> }).collect_view().into_any()
}

/// The numbers of a line.
pub(super) fn numbers(counts: &Counts) -> AnyView {
    let planned = &counts.planned;
    let cell = |label: &'static str, count: u32| {
        let class = if count == 0 { "count-of none" } else { "count-of" };
        view! { <td data-label=label class=class>{count}</td> }
    };
    let added = match counts.added.total() {
        0 => "0".to_owned(),
        all => format!("{all}, {} in", counts.added.shipped),
    };
    let exceptions = match counts.exceptions {
        0 => "0".to_owned(),
        all => format!("{all}, {} granted", counts.granted),
    };
    let text = |label: &'static str, words: String| {
        let class = if words == "0" { "count-of none" } else { "count-of" };
        view! { <td data-label=label class=class>{words}</td> }
    };
    view! {
        {cell("Planned", planned.total())}
        {cell("In", planned.shipped)}
        {cell("Open", planned.open)}
        {cell("Not verified", planned.unknown)}
        {cell("Slipped", planned.slipped)}
        {cell("Ended", planned.ended)}
        {text("Added later", added)}
        {text("Exceptions", exceptions)}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_only_what_there_is() {
        let tally = Tally { shipped: 1, slipped: 2, ended: 1, ..Tally::default() };
        assert_eq!(sentence(&tally), "Of 4 planned proposals 1 is in the release, 2 slipped and 1 ended.");
        assert_eq!(sentence(&Tally { open: 1, ..Tally::default() }), "Of 1 planned proposal 1 is still open.");
        assert_eq!(sentence(&Tally::default()), "Nothing was planned.");
    }
}
