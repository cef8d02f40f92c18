//! Markdown to HTML that can be shown: rendered, resolved against the repository, then sanitised.
//!
//! Left out on purpose: syntax colours and diagrams, which would need script or styles of their own, and raw HTML beyond
//! what the sanitiser lets through.

use std::{borrow::Cow, collections::HashMap};

use ammonia::Builder;
use domain::Source;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::store::document::Heading;

/// Version of this renderer; raise it when its output changes, and documents are rendered anew when next shown.
pub const RENDERER: i32 = 2;

/// Documents longer than this are not rendered but linked, in bytes.
pub const MAX_RENDERED_BYTES: usize = 1024 * 1024;

/// Documents nested deeper than this are not rendered but linked.
pub const MAX_DEPTH: usize = 100;

/// Text beyond this is not searched, in bytes: PostgreSQL refuses larger search vectors.
const MAX_SEARCHABLE_BYTES: usize = 400 * 1024;

/// Prefix of every id in a rendered document, so that none collides with the page's own.
const ID_PREFIX: &str = "doc-";

/// A document as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Sanitised HTML.
    pub html: String,
    /// Table of contents.
    pub contents: Vec<Heading>,
}

/// The part of a text that is searched, without NUL, which PostgreSQL cannot keep.
pub fn searchable(text: &str) -> String {
    let mut end = text.len().min(MAX_SEARCHABLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().replace('\0', " ")
}

/// Renders a document that stands at `path` in the repository of `source`.
pub fn render(text: &str, source: &Source, path: &str) -> Rendered {
    if text.len() > MAX_RENDERED_BYTES {
        return refused("This document is too large to be shown here", source, path);
    }
    let text = text.replace('\0', "\u{fffd}");
    let mut page = Page { source, path, contents: Vec::new(), ids: HashMap::new() };
    let Some(events) = page.events(&text) else {
        return refused("This document is nested too deeply to be shown here", source, path);
    };
    let mut unsafe_html = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut unsafe_html, events.into_iter());
    Rendered { html: sanitise(&unsafe_html), contents: page.contents }
}

fn refused(why: &str, source: &Source, path: &str) -> Rendered {
    let url = source.file_url(path);
    Rendered {
        html: sanitise(&format!("<p>{why}: <a href=\"{url}\">read it in its repository</a>.</p>")),
        contents: Vec::new(),
    }
}

fn sanitise(html: &str) -> String {
    Builder::default()
        .rm_tags(["h1", "h2"])
        .add_generic_attributes(["id"])
        .rm_generic_attributes(["lang"])
        .id_prefix(Some(ID_PREFIX))
        .add_allowed_classes("div", ["doc-table"])
        .add_tag_attributes("div", ["tabindex", "role", "aria-label"])
        // Long lines scroll, by keyboard too.
        .set_tag_attribute_value("pre", "tabindex", "0")
        .clean(html)
        .to_string()
}

struct Page<'a> {
    source: &'a Source,
    path: &'a str,
    contents: Vec<Heading>,
    ids: HashMap<String, usize>,
}

impl Page<'_> {
    /// Events of the text as they are to be written; `None` when it is nested too deeply.
    fn events<'t>(&mut self, text: &'t str) -> Option<Vec<Event<'t>>> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let mut out = Vec::new();
        let mut depth = 0_usize;
        let mut hidden = false;
        let mut parser = Parser::new_ext(text, options);
        while let Some(event) = parser.next() {
            match &event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MAX_DEPTH {
                return None;
            }
            match event {
                Event::Start(Tag::MetadataBlock(_)) => hidden = true,
                Event::End(TagEnd::MetadataBlock(_)) => hidden = false,
                _ if hidden => {}
                Event::Start(Tag::Heading { level, .. }) => {
                    let inner: Vec<_> =
                        parser.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
                    depth = depth.saturating_sub(1);
                    self.heading(level, inner, &mut out);
                }
                Event::Start(Tag::Table(alignments)) => {
                    out.push(Event::Html(
                        "<div class=\"doc-table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">".into(),
                    ));
                    out.push(Event::Start(Tag::Table(alignments)));
                }
                Event::End(TagEnd::Table) => {
                    out.push(Event::End(TagEnd::Table));
                    out.push(Event::Html("</div>".into()));
                }
                Event::TaskListMarker(ticked) => {
                    out.push(Event::Text(if ticked { "☑ ".into() } else { "☐ ".into() }));
                }
                other => out.push(self.resolved(other)),
            }
        }
        Some(out)
    }

    /// The title is on the page already; every other heading goes one step down and joins the table of contents.
    fn heading<'t>(&mut self, level: HeadingLevel, inner: Vec<Event<'t>>, out: &mut Vec<Event<'t>>) {
        let text: String = inner
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                Event::SoftBreak => Some(" "),
                _ => None,
            })
            .collect();
        if level == HeadingLevel::H1 && self.contents.is_empty() && self.ids.is_empty() {
            self.ids.insert(slug(&text), 0);
            return;
        }
        let id = self.unique(slug(&text));
        let shown = match level {
            HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
            HeadingLevel::H3 => HeadingLevel::H4,
            HeadingLevel::H4 => HeadingLevel::H5,
            HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
        };
        out.push(Event::Start(Tag::Heading {
            level: shown,
            id: Some(CowStr::from(id.clone())),
            classes: Vec::new(),
            attrs: Vec::new(),
        }));
        out.extend(inner.into_iter().map(|event| self.resolved(event)));
        out.push(Event::End(TagEnd::Heading(shown)));
        let depth = level as usize;
        self.contents.push(Heading {
            level: u8::try_from(depth).unwrap_or(6),
            id: format!("{ID_PREFIX}{id}"),
            text: text.trim().to_owned(),
        });
    }

    fn unique(&mut self, slug: String) -> String {
        let slug = if slug.is_empty() { "section".to_owned() } else { slug };
        let seen = self.ids.entry(slug.clone()).or_default();
        *seen += 1;
        if *seen == 1 { slug } else { format!("{slug}-{seen}") }
    }

    /// The event with its address resolved, when it has one.
    fn resolved<'t>(&self, event: Event<'t>) -> Event<'t> {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.resolve(&dest_url, "https://github.com", "blob/main").into_owned().into();
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let dest_url = self.resolve(&dest_url, "https://raw.githubusercontent.com", "main").into_owned().into();
                Event::Start(Tag::Image { link_type, dest_url, title, id })
            }
            other => other,
        }
    }

    /// Relative addresses lead to the repository, fragments to this page; everything else stays.
    fn resolve<'u>(&self, url: &'u str, host: &str, branch: &str) -> Cow<'u, str> {
        if let Some(fragment) = url.strip_prefix('#') {
            return format!("#{ID_PREFIX}{}", slug(fragment)).into();
        }
        let has_scheme = url.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        });
        if has_scheme || url.starts_with("//") || url.is_empty() {
            return url.into();
        }
        let (file, fragment) = url.split_once('#').map_or((url, String::new()), |(f, rest)| (f, format!("#{rest}")));
        let directory = self.path.rsplit_once('/').map_or("", |(directory, _)| directory);
        let start = if file.starts_with('/') { "" } else { directory };
        let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
        for part in file.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        format!("{host}/{}/{branch}/{}{fragment}", self.source.repository, parts.join("/")).into()
    }
}

/// The id that GitHub gives a heading, near enough for links between sections to work.
fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            ' ' | '-' => Some('-'),
            '_' => Some('_'),
            c if c.is_alphanumeric() => Some(c.to_ascii_lowercase()),
            _ => None,
        })
        .take(80)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source {
            id: "cep".into(),
            noun: "CEP".into(),
            repository: "kubevirt/project-infra".into(),
            template: "cep".into(),
            owning_sig: Some("sig-ci".into()),
            sign_off: vec![],
            target_label: None,
            approved_label: Some("approved-vep".to_owned()),
            blocking_labels: vec![],
            work_after_code_freeze: false,
            sig_decides_exceptions: false,
            long_exception_days: 14,
            calendar: "kubevirt".into(),
        }
    }

    fn html(text: &str) -> String {
        render(text, &source(), "docs/ci-enhancements/1-x/cep.md").html
    }

    #[test]
    fn nothing_hostile_survives() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "![x](data:text/html;base64,PHNjcmlwdD4=)",
            "<a href='vbscript:x' onclick='y'>z</a>",
            "<svg onload=alert(1)><script>x</script></svg>",
            "<iframe src=https://example.org></iframe>",
            "<style>*{display:none}</style>",
            "<p style='position:fixed'>x</p>",
            "<form action=/x><input name=y><button>z</button></form>",
            "<base href=https://example.org>",
            "<div class='badge'>x</div>",
            "<!-- <script>x</script> -->",
        ] {
            let html = html(hostile).to_lowercase();
            for bad in [
                "<script",
                "onerror",
                "onclick",
                "onload",
                "javascript:",
                "vbscript:",
                "data:",
                "<iframe",
                "<style",
                "style=",
                "<form",
                "<input",
                "<base",
                "badge",
                "<!--",
            ] {
                assert!(!html.contains(bad), "{hostile} left {bad} in {html}");
            }
        }
    }

    #[test]
    fn links_and_images_lead_to_the_repository() {
        let html =
            html("[a](../other/cep.md#goals) [b](/docs/x.md) [c](#design-notes) ![d](flow.png) [e](https://x.org/)");
        for expected in [
            "href=\"https://github.com/kubevirt/project-infra/blob/main/docs/ci-enhancements/other/cep.md#goals\"",
            "href=\"https://github.com/kubevirt/project-infra/blob/main/docs/x.md\"",
            "href=\"#doc-design-notes\"",
            "src=\"https://raw.githubusercontent.com/kubevirt/project-infra/main/docs/ci-enhancements/1-x/flow.png\"",
            "href=\"https://x.org/\"",
        ] {
            assert!(html.contains(expected), "{expected} not in {html}");
        }
    }

    #[test]
    fn links_in_headings_are_resolved_too() {
        let html = html("## [Flow](flow.md)\n");
        assert!(html.contains("/blob/main/docs/ci-enhancements/1-x/flow.md"), "{html}");
    }

    #[test]
    fn headings_go_one_step_down_and_into_the_table_of_contents() {
        let rendered = render("# CEP #1: T\n\n## Goals\n\n### Alpha\n\n## Goals\n", &source(), "a/b.md");
        assert_eq!(
            rendered.contents.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect::<Vec<_>>(),
            [(2, "doc-goals", "Goals"), (3, "doc-alpha", "Alpha"), (2, "doc-goals-2", "Goals")]
        );
        assert!(rendered.html.contains("<h3 id=\"doc-goals\">Goals</h3>"), "{}", rendered.html);
        assert!(!rendered.html.contains("CEP #1"), "the title is on the page already");
    }

    #[test]
    fn tables_task_lists_and_front_matter_are_understood() {
        let html = html("---\ntitle: x\n---\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
        assert!(html.contains("☑ done") && html.contains("☐ open") && html.contains("<table>"), "{html}");
        assert!(!html.contains("title: x"), "{html}");
    }

    #[test]
    fn what_is_too_large_or_too_deep_is_refused_with_a_link() {
        for text in ["x".repeat(MAX_RENDERED_BYTES + 1), "> ".repeat(5_000) + "x", "* ".repeat(5_000) + "x"] {
            let html = html(&text);
            assert!(html.contains("read it in its repository"), "{}", &html[..200.min(html.len())]);
        }
    }
}
