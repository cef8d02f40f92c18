//! The release team announces (P-19, P-26): sends a text to the list, records where it stands in the archive; and admins
//! keep the templates. A text goes out once, exactly as it was shown.

mod draft;

use domain::{
    Action, Announcement, Circumstances, Groups, Refusal, ReleaseVersion, Standing,
    announcement::{Template, TemplateError},
    policy,
};
use sqlx::{PgConnection, Postgres, Transaction};

pub use draft::{Draft, Filled, draft, filled, values_of};

use super::{Context, house};
use crate::{
    store::{
        StoreError,
        announcement::{self, Kept},
        calendar::{CalendarEvent, NewCalendarEvent},
        event,
        outbox::{self, Cause, Outgoing, OutgoingMail},
        person::Person,
        project,
    },
    verdicts::{ReleaseRecord, Verdicts, World},
};

/// Why nothing was done, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum AnnounceError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such release.
    #[error("no schedule and no proposal names {0}")]
    NoRelease(ReleaseVersion),
    /// It is not possible now.
    #[error("{0}")]
    NotNow(String),
    /// Not a link.
    #[error("`{0}` is not a link; give the one of the mail in the archive, which begins with https://")]
    NoLink(String),
    /// The template cannot be used.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AnnounceError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl AnnounceError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::NoRelease(_) => 404,
            Self::NotNow(_) | Self::NoLink(_) | Self::Template(_) => 422,
            Self::Store(_) => 503,
        }
    }

    /// Name of the field that it is about.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::NoLink(_) => Some("link"),
            Self::Template(error) => Some(error.field()),
            _ => None,
        }
    }
}

/// Key of the mail in the outbox: there is one for each text of a release.
pub fn key(release: ReleaseVersion, what: Announcement) -> String {
    format!("announcement/{release}/{}", what.slug())
}

/// Why a text cannot go to the list from here; none where it can.
pub fn no_way(context: &Context, world: &World, release: &ReleaseRecord, what: Announcement) -> Option<&'static str> {
    let calendar = world.calendars.iter().find(|known| known.id == release.calendar);
    let list = calendar.and_then(|calendar| calendar.mailing_list.as_ref());
    match (what.is_document(), list, context.config.mail.is_configured()) {
        (true, ..) => Some("it is a document, and goes where the release is presented"),
        (_, None, _) => Some("the calendar names no mailing list"),
        (_, _, false) => Some("no mail server is configured; send it from your own mail program"),
        _ => None,
    }
}

/// Sends a text to the list, if it is still the one that was shown.
///
/// # Errors
/// When the person may not, the text has changed or went out already, there is no way to send it, or the database fails.
pub async fn send(
    context: &Context,
    verdicts: &Verdicts,
    by: &Person,
    (release, what): (ReleaseVersion, Announcement),
    shown: &str,
) -> Result<(), AnnounceError> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let record = world.release(release).ok_or(AnnounceError::NoRelease(release))?;
    authorise(context, &world, by, record)?;
    due(context, record, what)?;
    if let Some(freeze) = what.outlived(&record.dates_at(context.clock.now()), context.clock.now()) {
        let words = format!("no longer: the {} of {release} has passed", freeze.name());
        return Err(AnnounceError::NotNow(words));
    }
    if let Some(why) = no_way(context, &world, record, what) {
        return Err(AnnounceError::NotNow(format!("it cannot be sent from here: {why}")));
    }
    let now = context.clock.now();
    let key = key(release, what);
    if outbox::find(&mut tx, &record.calendar, &key).await?.is_some() {
        return Err(AnnounceError::NotNow("it was sent already; the outbox says how far it is".to_owned()));
    }
    let Draft { mail, .. } = draft(&mut tx, &world, &context.config, (record, what), now).await?;
    let lines = |text: &str| text.trim().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    if lines(&format!("Subject: {}\n\n{}", mail.subject, mail.body)) != lines(shown) {
        let words = "the text has changed since it was shown; look at it as it is now, and send that";
        return Err(AnnounceError::NotNow(words.to_owned()));
    }
    let to = world.calendars.iter().find(|known| known.id == record.calendar);
    let to = to.and_then(|calendar| calendar.mailing_list.clone()).unwrap_or_default();
    let message_id = context.config.message_id(&format!("{}.{release}.{}", record.calendar, what.slug()));
    let (subject, body) = (mail.subject, mail.body);
    let mail = OutgoingMail { to, subject, body, message_id, in_reply_to: None, personal: None };
    // It follows from no decision in the log of proposals.
    let cause = Cause { source: &record.calendar, number: 0, event: 0, by: Some((&by.login, Some(by.id))) };
    outbox::put(&mut tx, cause, &key, &Outgoing::Mail(mail), false, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Records where a text stands in the archive: from then on it is announced.
///
/// # Errors
/// When the person may not, the link is none, it is too early, or the database fails.
pub async fn record_link(
    context: &Context,
    verdicts: &Verdicts,
    by: &Person,
    (release, what): (ReleaseVersion, Announcement),
    link: &str,
) -> Result<(), AnnounceError> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let record = world.release(release).ok_or(AnnounceError::NoRelease(release))?;
    authorise(context, &world, by, record)?;
    due(context, record, what)?;
    let link = link.trim();
    let rest = link.strip_prefix("https://").filter(|rest| !rest.is_empty() && !rest.starts_with('/'));
    if rest.is_none() || link.contains(char::is_whitespace) || link.len() > 500 {
        return Err(AnnounceError::NoLink(link.to_owned()));
    }
    let now = context.clock.now();
    let new = NewCalendarEvent {
        calendar: record.calendar.clone(),
        actor: by.acting(),
        actor_id: Some(by.id),
        occurred_at: Some(now),
        event: CalendarEvent::Announced { version: release, what, link: link.to_owned() },
    };
    project::append_to_calendar(&mut tx, &new, now).await?;
    tx.commit().await?;
    Ok(())
}

/// What has happened is told once it has.
fn due(context: &Context, release: &ReleaseRecord, what: Announcement) -> Result<(), AnnounceError> {
    let now = context.clock.now();
    let dates = release.dates_at(now);
    match what.not_before(&dates).filter(|_| what.is_early(&dates, now)) {
        Some((name, _)) => {
            let words = format!("the {name} of {} has not passed yet", release.version);
            Err(AnnounceError::NotNow(words))
        }
        None => Ok(()),
    }
}

/// Whether somebody may announce for a release.
///
/// # Errors
/// When they may not.
pub fn authorise(context: &Context, world: &World, person: &Person, release: &ReleaseRecord) -> Result<(), Refusal> {
    let release_team = world.release_team(&release.calendar, Some(release.version), context.clock.now());
    let groups = Groups { release_team, ..Groups::default() };
    let standing = Standing::of(|login| person.is(login), false, &groups, None);
    policy::may(Action::Announce, &standing, &Circumstances::default()).map(|_| ())
}

/// Changes a template; without one, goes back to what the program brings.
///
/// # Errors
/// When the person may not, the template cannot be used, or the database fails.
pub async fn keep_template(
    context: &Context,
    verdicts: &Verdicts,
    by: &Person,
    what: Announcement,
    template: Option<Template>,
) -> Result<(), AnnounceError> {
    let mut tx: Transaction<'_, Postgres> = context.pool.begin().await?;
    may_keep_templates(&mut tx, context, by).await??;
    let world = verdicts.world().await?;
    let now = context.clock.now();
    match template {
        None => announcement::reset_template(&mut tx, what).await?,
        Some(template) => {
            // The names are the same for every release.
            let template = template.checked(&values_of(&world, &context.config, None, now))?;
            let kept = Kept { what, template, by: by.acting(), at: now };
            announcement::keep_template(&mut tx, &kept).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Whether somebody may keep templates.
///
/// # Errors
/// When the database fails.
pub async fn may_keep_templates(
    conn: &mut PgConnection,
    context: &Context,
    person: &Person,
) -> Result<Result<(), Refusal>, StoreError> {
    let may = house::may(conn, context, person, Action::KeepTemplates, &Circumstances::default()).await?;
    Ok(may.map(|_| ()))
}
