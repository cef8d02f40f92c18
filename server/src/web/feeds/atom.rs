//! Logs written as Atom (RFC 4287).

use atom_syndication::{Category, Content, Generator, Link, Person, Text};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};

use crate::web::api::Problem;

/// A log.
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// Where the tracker is, without a path.
    pub base: String,
    /// Where the pages of people are: GitHub.
    pub people: String,
    /// Path of the feed itself, which names it.
    pub own: String,
    /// Path of the page with the same.
    pub page: String,
    /// The entries, latest first.
    pub entries: Vec<Entry>,
}

/// Something that happened.
pub struct Entry {
    /// Path that names it and nothing else.
    pub path: String,
    /// Path of the page about it.
    pub link: String,
    /// What happened, as a sentence.
    pub title: String,
    /// What else there is to say.
    pub text: String,
    /// Login of who did it; none for what the tracker read.
    pub author: Option<String>,
    /// When it happened.
    pub happened: Option<DateTime<Utc>>,
    /// When it was recorded.
    pub updated: DateTime<Utc>,
    /// Its type.
    pub kind: String,
}

/// The feed as an answer.
///
/// # Errors
/// When it cannot be written, which memory alone can cause.
pub fn answer(feed: Feed) -> Result<Response, Problem> {
    let broken = |_| Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "The feed cannot be written.");
    let xml = written(feed).write_to(Vec::new()).map_err(broken)?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}

fn written(mut feed: Feed) -> atom_syndication::Feed {
    let entries = std::mem::take(&mut feed.entries);
    let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or_default();
    let base = &feed.base;
    let link = |rel: &str, path: &str, kind: &str| Link {
        href: format!("{base}{path}"),
        rel: rel.to_owned(),
        mime_type: Some(kind.to_owned()),
        ..Link::default()
    };
    let entry = |entry: Entry| atom_syndication::Entry {
        title: Text::plain(clean(&entry.title)),
        id: format!("{base}{}", entry.path),
        updated: entry.updated.fixed_offset(),
        published: entry.happened.map(|at| at.fixed_offset()),
        authors: vec![author(entry.author.as_deref(), &feed)],
        categories: vec![Category { term: entry.kind, ..Category::default() }],
        links: vec![link("alternate", &entry.link, "text/html")],
        content: (!entry.text.is_empty()).then(|| Content {
            value: Some(clean(&entry.text)),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..atom_syndication::Entry::default()
    };
    let entries = entries.into_iter().map(entry).collect();
    atom_syndication::Feed {
        title: Text::plain(clean(&feed.title)),
        id: format!("{base}{}", feed.own),
        updated: updated.fixed_offset(),
        authors: vec![author(None, &feed)],
        generator: Some(Generator {
            value: "CEP Tracker".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            ..Generator::default()
        }),
        links: vec![link("self", &feed.own, "application/atom+xml"), link("alternate", &feed.page, "text/html")],
        entries,
        ..atom_syndication::Feed::default()
    }
}

fn author(login: Option<&str>, feed: &Feed) -> Person {
    login.map_or_else(
        || Person { name: "CEP Tracker".to_owned(), uri: Some(feed.base.clone()), ..Person::default() },
        |login| Person {
            name: clean(login),
            uri: Some(format!("{}/{}", feed.people, app::query::encode(login))),
            ..Person::default()
        },
    )
}

/// XML has no place for most control characters, however they are escaped (XML 1.0, 2.2).
fn clean(text: &str) -> String {
    let allowed =
        |c: char| !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if allowed(c) { c } else { '\u{fffd}' }).collect()
}
