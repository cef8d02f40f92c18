//! What the release team writes to the list (P-19, P-26), in the API.

use app::features::announcements::{href, port::TextLine};
use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, outgoing::Mail};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Problem,
    problem::{Missing, Unreadable},
    releases,
};
use crate::web::{AppState, ports::announcements as port};

/// A text that the release team sends to the list, or publishes with the release.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Announcement)]
pub struct AnnouncementObject {
    /// Which: `call`, `ef-reminder`, `ef`, `cf-reminder`, `cf`, `exceptions`, `clean-up` or `highlights`.
    kind: &'static str,
    /// What it is called.
    title: &'static str,
    /// Address of its page.
    url: String,
    /// How far it is.
    state: AnnouncementState,
    /// From when on it can be sent; null where that has no date.
    from: Option<DateTime<Utc>>,
    /// Since when it is, or by when it would be, overdue; null once it was announced, and where nothing says by when.
    overdue_from: Option<DateTime<Utc>>,
    /// Whether it is overdue.
    overdue: bool,
    /// Where it stands in the archive of the list.
    link: Option<String>,
    /// Login of who recorded the link.
    announced_by: Option<String>,
    /// When the link was recorded.
    announced_at: Option<DateTime<Utc>>,
    /// How far its mail is in the outbox: `waiting`, `sent`; null where it was not sent from here.
    mail: Option<String>,
    /// The subject; null for a document.
    subject: Option<String>,
    /// The text, made of the facts of now; of a document in Markdown.
    body: String,
}

/// How far an announcement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnnouncementState {
    /// Nothing went out from here.
    Draft,
    /// Its mail is in the outbox; `mail` says how far.
    InOutbox,
    /// Its mail was sent.
    Sent,
    /// Its link in the archive is recorded.
    Announced,
}

impl AnnouncementState {
    fn of(line: &TextLine) -> Self {
        match (&line.announced, line.sent.as_ref().map(|(state, _)| state.as_str())) {
            (Some(_), _) => Self::Announced,
            (None, Some("sent")) => Self::Sent,
            (None, Some(_)) => Self::InOutbox,
            (None, None) => Self::Draft,
        }
    }
}

fn object(release: ReleaseVersion, (line, mail): (TextLine, Mail), now: DateTime<Utc>) -> AnnouncementObject {
    let state = AnnouncementState::of(&line);
    let (link, by, at) = match line.announced {
        Some(link) => (Some(link.href), Some(link.by), Some(link.at)),
        None => (None, None, None),
    };
    AnnouncementObject {
        kind: line.what.slug(),
        title: line.what.title(),
        url: href(release, line.what),
        state,
        from: line.from,
        overdue_from: line.overdue,
        overdue: line.overdue.is_some_and(|since| since <= now),
        link,
        announced_by: by,
        announced_at: at,
        mail: line.sent.map(|(state, _)| state),
        subject: (!line.what.is_document()).then_some(mail.subject),
        body: mail.body,
    }
}

/// The announcements of a release
///
/// Every text of the cycle in its order: how far it is, whether it is overdue, and how it reads.
#[utoipa::path(
    get,
    path = "/api/v1/releases/{version}/announcements",
    tag = "Releases",
    operation_id = "announcements",
    params(("version" = String, Path, description = "The release: `v1.10`, `current` or `next`.", example = "current")),
    responses((status = 200, description = "The texts.", body = Vec<AnnouncementObject>), Unreadable, Missing)
)]
pub(super) async fn list(
    State(state): State<AppState>,
    Path(version): Path<String>,
) -> Result<Json<Vec<AnnouncementObject>>, Problem> {
    let release = releases::choice(&version)?;
    let now = state.context.clock.now();
    let (release, texts) = port::texts(&state, release).await?;
    Ok(Json(texts.into_iter().map(|text| object(release, text, now)).collect()))
}
