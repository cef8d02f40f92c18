//! The document as written, its sections, and the documents beside it.

use domain::{SectionState, Severity};
use leptos::prelude::*;

use super::port::{DocumentView, ProposalView};
use crate::{
    features::frame::Context,
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// The rendered document with its table of contents, and where a change of it is in review.
pub(super) fn document(view: &ProposalView) -> AnyView {
    let document = if let Some(document) = &view.document {
        document_panel(document)
    } else {
        let noun = view.proposal.noun.clone();
        view! {
            <Panel title="Document" id="document">
                <Empty what="No document was read.">
                    <p>{format!("It appears here once the {noun} is merged and imported.")}</p>
                </Empty>
            </Panel>
        }
        .into_any()
    };
    view! { {in_review(view)}{document} }.into_any()
}

/// Open pull requests that add or change the document. What they say is not on main, so nothing is judged by it.
fn in_review(view: &ProposalView) -> Option<AnyView> {
    let lines: Vec<_> = view
        .in_review
        .iter()
        .map(|review| {
            let remarks = match review.remarks {
                0 => view! { <small>"no remark on the text"</small> }.into_any(),
                n => ui::badge(Tone::Warn, Icon::Warning, words::count(n as usize, "remark")).into_any(),
            };
            let draft = review.draft.then(|| ui::chip("draft"));
            view! {
                <li>
                    <span><a class="link" href=review.href.clone()>{review.reference.clone()}</a>" "{review.title.clone()}</span>
                    <span>{draft}" "{remarks}</span>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Panel title="Document in review" id="in-review" note="not merged, so nothing is judged by it">
                <ul class="plain">{lines}</ul>
            </Panel>
        }
        .into_any()
    })
}

/// A rendered document with its table of contents.
pub fn document_panel(document: &DocumentView) -> AnyView {
    let link = view! { <a class="link" href=document.url.clone()>"Source"</a> };
    let (path, contents, html) = (document.path.clone(), contents(document), document.html.clone());
    view! {
        <Panel title="Document" id="document" end=link.into_any()>
            <p class="path"><code>{path}</code></p>
            {contents}
            <div class="doc" inner_html=html></div>
        </Panel>
    }
    .into_any()
}

fn contents(document: &DocumentView) -> Option<AnyView> {
    let top = document.contents.iter().map(|heading| heading.level).min()?;
    let lines: Vec<_> = document
        .contents
        .iter()
        .filter(|heading| heading.level < top + 3)
        .map(|heading| {
            let class = match heading.level - top {
                0 => "l0",
                1 => "l1",
                _ => "l2",
            };
            view! { <li class=class><a class="link" href=format!("#{}", heading.id)>{heading.text.clone()}</a></li> }
        })
        .collect();
    let words = words::count(document.contents.len(), "heading");
    Some(
        view! {
            <details class="contents">
                <summary>"Contents "<small>{words}</small></summary>
                <nav aria-label="Contents of the document"><ul>{lines}</ul></nav>
            </details>
        }
        .into_any(),
    )
}

/// How far the sections are written, and what could not be read.
pub fn sections_panel(document: &DocumentView) -> AnyView {
    let filled = document.sections.iter().filter(|section| section.state == SectionState::Filled).count();
    let lines: Vec<_> = document
        .sections
        .iter()
        .map(|section| {
            let (class, which, words) = match section.state {
                SectionState::Filled => ("pass", Icon::Check, "written"),
                SectionState::Template => ("todo", Icon::Circle, "template only"),
                SectionState::Missing => ("unknown", Icon::Minus, "missing"),
            };
            view! { <li class=class><span class="state">{ui::icon(which)}</span>{section.name.clone()}<small>{words}</small></li> }
        })
        .collect();
    let open = document.sections.len() > filled;
    let note = format!("{filled} of {} written", document.sections.len());
    let remarks = diagnostics(document);
    view! {
        <Panel title="Sections" id="sections" note>
            <details class="sections" open=open>
                <summary>"Sections of the template"</summary>
                <ul>{lines}</ul>
            </details>
            {remarks}
        </Panel>
    }
    .into_any()
}

fn diagnostics(document: &DocumentView) -> Option<AnyView> {
    let lines: Vec<_> = document
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity != Severity::Note)
        .map(|diagnostic| {
            let line = (diagnostic.line > 0).then(|| format!("line {} · ", diagnostic.line));
            view! {
                <li>
                    <span>{ui::prose(&diagnostic.message)}</span>
                    <small>{line}<code>{diagnostic.code.clone()}</code>" · "{ui::prose(&diagnostic.mend)}</small>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        let words = words::count(lines.len(), "remark");
        view! {
            <div class="pad">
                {ui::badge(Tone::Warn, Icon::Warning, format!("{words} on the text"))}
                <ul class="remarks">{lines}</ul>
            </div>
        }
        .into_any()
    })
}

/// Versions that were read, and further documents.
pub(super) fn further(view: &ProposalView, context: &Context) -> AnyView {
    let versions = view.document.as_ref().map(|document| document.versions.as_slice()).unwrap_or_default();
    let versions: Vec<_> = versions
        .iter()
        .map(|version| {
            let short: String = version.blob.chars().take(10).collect();
            let name = match version.href.clone() {
                Some(href) => view! { <a class="link" href=href><code>{short}</code></a> }.into_any(),
                None => view! { <code>{short}</code> }.into_any(),
            };
            view! { <li><span>{name}</span><small>"read "{ui::age(version.read_at, context.now())}</small></li> }
        })
        .collect();
    let documents: Vec<_> = view
        .further
        .iter()
        .map(|document| {
            view! { <li><a class="link" href=document.url.clone()>{document.title.clone()}</a><small>{document.path.clone()}</small></li> }
        })
        .collect();
    view! {
        {(!versions.is_empty()).then(|| view! {
            <Panel title="Document versions" id="versions"><ol class="plain">{versions}</ol></Panel>
        })}
        {(!documents.is_empty()).then(|| view! {
            <Panel title="Further documents" id="further"><ul class="plain">{documents}</ul></Panel>
        })}
    }
    .into_any()
}
