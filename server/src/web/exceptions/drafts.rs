//! Drafts: saved as somebody types, kept for a browser until its reader signs in, found again on the pages.

use app::features::exceptions::{
    Kind,
    port::{DraftLink, DraftShown, Drafts},
};
use app::query::{Parameters, encode};
use axum::http::{HeaderMap, HeaderValue, header};

use super::form::{Typed, draft_key};
use crate::{
    secret,
    store::{
        Result, blob,
        draft::{self, Draft, DraftKey, KEPT_FOR, Keeper},
    },
    usecases::Context,
    web::{forms::Fields, session::Viewer},
};

/// Name of the cookie under which a browser keeps its drafts.
const COOKIE: &str = "cep_draft";

/// Fields that say nothing of the request.
const NOT_KEPT: [&str; 4] = ["csrf", "do", "seen", "kept_as"];

/// Fields that somebody fills in; without any of them there is nothing to keep.
const WRITTEN: [&str; 7] = ["justification", "time", "impact", "covers_more", "requester", "link", "sent_on"];

/// Whose drafts a request is about: whoever is signed in, else the browser by its cookie.
pub fn keeper(viewer: Option<&Viewer>, headers: &HeaderMap) -> Option<Keeper> {
    viewer.map(|viewer| Keeper::Person(viewer.person.id)).or_else(|| browser(headers))
}

/// The browser, when it has kept drafts before.
fn browser(headers: &HeaderMap) -> Option<Keeper> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.filter(|(name, _)| *name == COOKIE).map(|(_, value)| value).next()?;
    (value.len() == 64).then(|| Keeper::Browser(blob::address(value.as_bytes())))
}

/// What was kept: the key, and a cookie for a browser that had none.
pub struct Saved {
    /// What tells the draft from others; `None` when nothing was written that could be kept.
    pub key: Option<DraftKey>,
    /// The cookie to set.
    pub cookie: Option<HeaderValue>,
}

/// Keeps what a form holds, under what it is about now; the draft under what it was about before goes.
///
/// # Errors
/// When the database fails.
pub async fn keep(context: &Context, viewer: Option<&Viewer>, headers: &HeaderMap, fields: &Fields) -> Result<Saved> {
    let (keeper, cookie) = match keeper(viewer, headers) {
        Some(keeper) => (keeper, None),
        None => match secret::random() {
            Ok(value) => {
                let keeper = Keeper::Browser(blob::address(value.as_bytes()));
                (keeper, cookie(&value, context.config.is_https()))
            }
            Err(error) => {
                tracing::error!(%error, "keeping a draft");
                return Ok(Saved { key: None, cookie: None });
            }
        },
    };
    let key = draft_key(fields);
    let kept = fields.0.iter().filter(|(name, _)| !NOT_KEPT.contains(&name.as_str())).cloned().collect();
    let draft = Draft { key: key.clone(), fields: kept, saved_at: context.clock.now() };
    let mut tx = context.pool.begin().await?;
    let before = fields.get("kept_as").and_then(DraftKey::parse).filter(|before| *before != key);
    if let Some(before) = before {
        draft::delete(&mut tx, &keeper, &before).await?;
    }
    let written = WRITTEN.iter().any(|name| fields.get(name).is_some());
    if written {
        draft::save(&mut tx, &keeper, &draft).await?;
    } else {
        draft::delete(&mut tx, &keeper, &key).await?;
    }
    tx.commit().await?;
    Ok(Saved { key: written.then_some(key), cookie: cookie.filter(|_| written) })
}

/// Forgets the draft that was sent.
///
/// # Errors
/// When the database fails.
pub async fn forget(context: &Context, viewer: &Viewer, fields: &Fields) -> Result<()> {
    let keeper = Keeper::Person(viewer.person.id);
    let mut tx = context.pool.begin().await?;
    for key in fields.get("kept_as").and_then(DraftKey::parse).into_iter().chain([draft_key(fields)]) {
        draft::delete(&mut tx, &keeper, &key).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn cookie(value: &str, https: bool) -> Option<HeaderValue> {
    let age = KEPT_FOR.num_seconds();
    let secure = if https { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{COOKIE}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")).ok()
}

/// The drafts of whoever looks, latest first. Those of the browser become theirs when they are signed in.
///
/// # Errors
/// When the database fails.
pub async fn of_viewer(context: &Context, viewer: Option<&Viewer>, headers: &HeaderMap) -> Result<Vec<Draft>> {
    let Some(keeper) = keeper(viewer, headers) else { return Ok(Vec::new()) };
    let mut tx = context.pool.begin().await?;
    if let (Keeper::Person(_), Some(browser)) = (&keeper, browser(headers)) {
        draft::take_over(&mut tx, &browser, &keeper).await?;
    }
    let drafts = draft::of(&mut tx, &keeper).await?;
    tx.commit().await?;
    Ok(drafts)
}

/// The drafts as a page shows them; the one that the form at this address goes on with is set apart.
pub fn on_page(mut drafts: Vec<Draft>, query: Option<&str>) -> Drafts {
    let shown = query.and_then(|query| {
        let parameters = Parameters::parse(query);
        let place = drafts.iter().position(|draft| is_meant(&draft.key, &parameters))?;
        Some(drafts.remove(place))
    });
    Drafts {
        key: shown.as_ref().map(|draft| draft.key.to_string()).unwrap_or_default(),
        shown: shown.map(|draft| DraftShown { fields: draft.fields, saved_at: draft.saved_at }),
        others: drafts.iter().map(link).collect(),
    }
}

/// Whether the form at an address is about what a draft is about: the proposal, and what else the address names.
fn is_meant(key: &DraftKey, parameters: &Parameters) -> bool {
    let typed = Typed::of(|name| parameters.first(name));
    let (source, number) = typed.key.map(|key| (key.source, key.number)).unwrap_or_default();
    (source, number) == (key.source.clone(), key.number)
        && typed.kind.is_none_or(|kind| kind.slug() == key.freeze)
        && typed.release.ok().is_none_or(|release| release.to_string() == key.release)
}

/// A draft as a link.
pub fn link(draft: &Draft) -> DraftLink {
    let key = &draft.key;
    let kind = key.freeze.parse::<Kind>().ok();
    let proposal = if key.number == 0 { String::new() } else { format!("{}/{}", key.source, key.number) };
    let parts = [("proposal", proposal.as_str()), ("freeze", key.freeze.as_str()), ("release", key.release.as_str())];
    let named = parts.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<_> = named.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let what = kind.map_or("Exception", Kind::name);
    let of = if proposal.is_empty() { " for no proposal yet".to_owned() } else { format!(" for {proposal}") };
    let release = if key.release.is_empty() { String::new() } else { format!(", {}", key.release) };
    DraftLink {
        href: format!("/exceptions/new?{}", query.join("&")),
        words: format!("{what}{of}{release}"),
        key: key.to_string(),
        saved_at: draft.saved_at,
    }
}
