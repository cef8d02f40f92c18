//! A line: where it stands in an icon and a word, its evidence, and who signed it.

use domain::{Evidence, Outcome, checklist::Line};
use leptos::prelude::*;

use crate::{
    features::{frame::Context, shared::handle},
    ui::{self, Icon, Markup},
    words,
};

/// Where a line stands: class, icon, word.
pub(super) fn state(line: &Line) -> (&'static str, Icon, &'static str) {
    match line.outcome {
        _ if line.done() => ("pass", Icon::Check, "Done"),
        Outcome::Fail => ("fail", Icon::Cross, "Open"),
        _ if line.locked.is_some() => ("unknown", Icon::Pause, "Locked"),
        Outcome::Pass => ("todo", Icon::Circle, "To sign"),
        Outcome::Unknown => ("unknown", Icon::Unknown, "Not verified"),
    }
}

/// What a line's column is called.
pub(super) fn short(key: &str, text: &str) -> String {
    let known = match key {
        "landed" => "In the branch",
        "docs" => "Docs",
        "verified" => "Verified",
        "bugs" => "Bugs",
        "tracked" => "Issue",
        _ => text,
    };
    known.to_owned()
}

/// Evidence and signature under a line.
pub(super) fn told(line: &Line, context: &Context) -> AnyView {
    let seen: Vec<_> = line.evidence.iter().map(|one| view! { <small>{evidence(one, context)}</small> }).collect();
    let nothing = (line.evidence.is_empty() && line.signed.is_none())
        .then(|| view! { <small>"No evidence; somebody has to look and sign."</small> });
    let locked = line.locked.clone().filter(|_| !line.done()).map(|why| view! { <small>"Locked: "{why}</small> });
    view! { {seen}{nothing}{locked}{signature(line, context)} }.into_any()
}

fn evidence(evidence: &Evidence, context: &Context) -> AnyView {
    let link = evidence.link.clone().map(|link| view! { " "<a class="link" href=link>"Show"</a> });
    let seen = evidence.observed.filter(|at| *at <= context.now());
    let seen = seen.map(|at| view! { " · "{ui::age(at, context.now())} });
    view! { {ui::prose(&evidence.text)}{link}{seen} }.into_any()
}

fn signature(line: &Line, context: &Context) -> Option<AnyView> {
    line.signed.as_ref().map(|signed| {
        let when = signed.at.filter(|at| *at <= context.now()).map(|at| view! { ", "{ui::age(at, context.now())} });
        let said = (!signed.statement.is_empty()).then(|| format!(": “{}”", signed.statement));
        view! { <small class="signed">"Signed by "{handle(&signed.by)}{when}{said}</small> }.into_any()
    })
}

/// A cell of the table: icon and word, the rest on demand.
pub(super) fn cell(html: &mut Markup, line: &Line, column: &str, name: &str, context: &Context) {
    let (class, icon, word) = state(line);
    html.raw("<td data-label=\"").text(column).raw("\"><details class=\"cell ").raw(class).raw("\"><summary>");
    html.icon(icon).raw("<span>").raw(word).raw("</span><span class=\"hidden\">: ").text(column).raw(" of ");
    html.text(name).raw("</span></summary>");
    for evidence in &line.evidence {
        html.raw("<small>").text(&evidence.text);
        if let Some(link) = evidence.link.as_deref().filter(|link| link.starts_with("https://")) {
            html.raw(" <a class=\"link\" href=\"").text(link).raw("\">Show</a>");
        }
        html.raw("</small>");
    }
    if let Some(why) = line.locked.as_deref().filter(|_| !line.done()) {
        html.raw("<small>").text(why).raw("</small>");
    }
    match &line.signed {
        Some(signed) => {
            html.raw("<small class=\"signed\">Signed by @").text(&signed.by);
            if let Some(at) = signed.at.filter(|at| *at <= context.now()) {
                html.raw(", ").text(&words::long_day(at.date_naive()));
            }
            if !signed.statement.is_empty() {
                html.raw(": “").text(&signed.statement).raw("”");
            }
            html.raw("</small>");
        }
        None => _ = html.raw("<small>Nobody has signed it yet.</small>"),
    }
    html.raw("</details></td>");
}
