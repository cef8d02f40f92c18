//! What is replaced on open pages when somebody checks in: drawn by the same functions as the pages.

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
