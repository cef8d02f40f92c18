//! What is replaced on open pages when somebody checks in: drawn by the same functions as the pages.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::check_in::CheckIn;

use super::parts::{all_said, answer, halves, look};
use crate::ui::{Icon, Markup};

/// The mark of a proposal in the list of the meeting.
pub fn mark(check_in: &CheckIn) -> String {
    let mut html = Markup::default();
    let spoke = check_in.halves();
    match check_in.outcome() {
        Some(one) => {
            let (tone, icon, word) = look(one.outcome);
            let state = if spoke.both() { "complete" } else { "half done" };
            html.raw("<span class=\"outcome-mark ").raw(tone.class()).raw(if spoke.both() {
                "\">"
            } else {
                " part\">"
            });
            html.icon(icon).raw("<span class=\"hidden\">").raw(word).raw(", ").raw(state).raw("</span></span>");
        }
        None => {
            html.raw("<span class=\"outcome-mark\">")
                .icon(Icon::Circle)
                .raw("<span class=\"hidden\">open</span></span>");
        }
    }
    html.into_html()
}

/// What was said about a proposal this week, with who has not spoken.
pub fn words(check_in: &CheckIn, now: DateTime<Utc>) -> String {
    let mut html = Markup::default();
    if !check_in.said.is_empty() {
        html.raw("<ul class=\"spoken\">");
        all_said(&mut html, check_in, now);
        html.raw("</ul>");
    }
    if !check_in.answers.is_empty() {
        html.raw("<ul class=\"spoken\">");
        for one in &check_in.answers {
            html.raw("<li>");
            answer(&mut html, one, now);
            html.raw("</li>");
        }
        html.raw("</ul>");
    }
    html.raw("<p class=\"halves\">");
    halves(&mut html, check_in.halves());
    html.raw("</p>");
    html.into_html()
}

/// How many names are told.
const NAMES: usize = 6;

/// Who is in a meeting, for somebody in it. Names are for those who are signed in. Never empty: browsers pass over events
/// without data.
pub fn present(people: &BTreeSet<String>, guests: usize, signed_in: bool) -> String {
    let count = people.len() + guests;
    if count < 2 {
        return "Nobody else is here".to_owned();
    }
    if !signed_in {
        return format!("{count} people are here");
    }
    let mut names: Vec<String> = people.iter().take(NAMES).map(|login| format!("@{login}")).collect();
    match people.len().saturating_sub(NAMES) {
        0 => {}
        more => names.push(format!("{more} more")),
    }
    match guests {
        0 => {}
        1 => names.push("one who is not signed in".to_owned()),
        guests => names.push(format!("{guests} who are not signed in")),
    }
    let last = names.pop().unwrap_or_default();
    format!("Here: {} and {last}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_signed_in_reads_names_and_others_a_number() {
        let people = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(present(&people(&["ada"]), 0, true), "Nobody else is here");
        assert_eq!(present(&people(&["rex", "ada"]), 0, true), "Here: @ada and @rex");
        assert_eq!(present(&people(&["rex", "ada"]), 1, true), "Here: @ada, @rex and one who is not signed in");
        assert_eq!(present(&people(&["rex", "ada"]), 1, false), "3 people are here");
        let many = people(&["a", "b", "c", "d", "e", "f", "g", "h"]);
        assert_eq!(present(&many, 0, true), "Here: @a, @b, @c, @d, @e, @f and 2 more");
    }
}
