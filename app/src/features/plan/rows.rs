//! Cells that the lists of the plan share, as HTML: a page shows two hundred rows.

use super::port::{Named, OVERLOAD, PlanRow};
use crate::{
    features::{frame::Context, shared::ProposalLink},
    status,
    ui::{Icon, Markup, Tone},
};

/// Number, title, SIG, and how it slipped before.
pub(super) fn title(
    html: &mut Markup,
    proposal: &ProposalLink,
    sig: Option<&str>,
    slips: &[String],
    context: &Context,
) {
    html.raw("<th scope=\"row\" class=\"title\"><a data-row-link href=\"").text(&context.href(&proposal.href()));
    html.raw("\"><span class=\"id\">").text(&proposal.name()).raw("</span> <b>").text(&proposal.title);
    html.raw("</b></a>");
    if let Some(sig) = sig {
        html.raw("<small>").text(sig).raw("</small>");
    }
    if !slips.is_empty() {
        let times = if slips.len() == 1 { "slipped once".to_owned() } else { format!("slipped {} times", slips.len()) };
        html.raw("<small class=\"slips\">").icon(Icon::Arrow).text(&times).raw(": ").text(&slips.join(", "));
        html.raw("</small>");
    }
    html.raw("</th>");
}

/// The status in the release that a row is about.
pub(super) fn status(html: &mut Markup, label: &'static str, of: &domain::Status, words: &str) {
    let info = status::info(of);
    html.raw("<td data-label=\"").raw(label).raw("\"><span class=\"badges\">");
    html.badge(info.tone, info.icon, words).raw("</span></td>");
}

/// What a plan should know of a proposal and does not.
pub(super) fn lacks(html: &mut Markup, row: &PlanRow) {
    html.raw("<td data-label=\"Lacks\" class=\"lacks\">");
    if row.lacks.is_empty() {
        html.raw("<span class=\"muted\">nothing</span>");
    }
    for words in &row.lacks {
        html.raw("<span class=\"lack\">").icon(Icon::Minus).text(words).raw("</span>");
    }
    html.raw("</td>");
}

/// Reviewers and approvers with what they have on their hands: "3 accepted", or "3 with it" for what is not accepted yet.
pub(super) fn people(html: &mut Markup, people: &[Named], counted: &'static str) {
    html.raw("<td data-label=\"Reviewers\" class=\"people\">");
    if people.is_empty() {
        html.raw("<span class=\"muted\">nobody named</span>");
    }
    for Named { login, with_it } in people {
        html.raw("<span class=\"person\">@").text(login).raw(" ");
        if *with_it > OVERLOAD {
            html.badge(Tone::Warn, Icon::Warning, &format!("{with_it} {counted}"));
        } else {
            html.raw("<small>").text(&with_it.to_string()).raw(" ").raw(counted).raw("</small>");
        }
        html.raw("</span>");
    }
    html.raw("</td>");
}

/// How much of its work is known.
pub(super) fn work(html: &mut Markup, row: &PlanRow) {
    html.raw("<td data-label=\"Open PRs\" class=\"num\">");
    match row.work {
        Some(work) => {
            html.text(&work.all.saturating_sub(work.done).to_string());
            html.raw(" <small>of ").text(&work.all.to_string()).raw("</small>");
        }
        None => _ = html.raw("<span class=\"muted\">not known</span>"),
    }
    html.raw("</td>");
}

/// The latest decision on a row that its form knows.
pub(super) fn seen(html: &mut Markup, number: u32, seen: i64) {
    html.raw("<input type=\"hidden\" name=\"seen-").text(&number.to_string());
    html.raw("\" value=\"").text(&seen.to_string()).raw("\">");
}

/// A box to tick; `ticked` when it was before the form came back.
pub(super) fn tick(html: &mut Markup, name: &'static str, proposal: &ProposalLink, ticked: bool, verb: &'static str) {
    html.raw("<td class=\"pick\"><input type=\"checkbox\" name=\"").raw(name).raw("\" value=\"");
    html.text(&proposal.number.to_string()).raw("\" aria-label=\"").raw(verb).raw(" ").text(&proposal.name());
    html.raw(if ticked { "\" checked></td>" } else { "\"></td>" });
}
