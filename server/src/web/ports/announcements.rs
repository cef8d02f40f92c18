//! The announcements.

use app::{
    features::announcements::port::{AnnouncementsPort, Link, ListView, Overdue, TemplateView, TextLine, TextView},
    port::{Answer, PageError},
    query::ReleaseChoice,
};
use chrono::{DateTime, Utc};
use domain::{Announcement, ReleaseVersion, outgoing::Mail};
use sqlx::PgConnection;

use super::{Ports, releases::chosen, unavailable};
use crate::{
    store::{
        self, StoreError,
        announcement::{self, Kept},
        outbox,
        person::Person,
    },
    usecases::announce::{authorise, draft, filled, key, may_keep_templates, no_way, values_of},
    verdicts::{Moment, ReleaseRecord, World},
    web::AppState,
};

impl AnnouncementsPort for Ports {
    fn announcements(&self, release: ReleaseChoice) -> Answer<'_, ListView> {
        Box::pin(async move { list(&self.0, release, self.1.as_ref()).await })
    }

    fn announcement(&self, release: ReleaseChoice, what: Announcement) -> Answer<'_, TextView> {
        Box::pin(async move { text(&self.0, release, what, self.1.as_ref()).await })
    }

    fn template(&self, what: Announcement) -> Answer<'_, TemplateView> {
        Box::pin(async move { template(&self.0, what, self.1.as_ref()).await })
    }
}

fn failed(error: sqlx::Error) -> PageError {
    unavailable(StoreError::from(error))
}

/// Whether a viewer may change templates.
async fn keeps(conn: &mut PgConnection, state: &AppState, viewer: Option<&Person>) -> Result<bool, PageError> {
    let Some(person) = viewer else { return Ok(false) };
    Ok(may_keep_templates(conn, &state.context, person).await.map_err(unavailable)?.is_ok())
}

fn release_of(world: &World, choice: ReleaseChoice, now: DateTime<Utc>) -> Result<&ReleaseRecord, PageError> {
    let version = chosen(world, choice, Moment::Now(now))?;
    let release = world.release(version).ok_or_else(|| PageError::NotFound(format!("Release {version}")))?;
    Ok(release)
}

async fn list(state: &AppState, choice: ReleaseChoice, viewer: Option<&Person>) -> Result<ListView, PageError> {
    let now = state.context.clock.now();
    let world = state.verdicts.world().await.map_err(unavailable)?;
    let release = release_of(&world, choice, now)?;
    let mut conn = state.context.pool.acquire().await.map_err(failed)?;
    let kept = announcement::templates(&mut conn).await.map_err(unavailable)?;
    let mut texts = Vec::new();
    for what in Announcement::ALL {
        texts.push(line(&mut conn, &world, release, what, &kept, now).await.map_err(unavailable)?);
    }
    Ok(ListView {
        release: release.version,
        dates: release.dates_at(now),
        releases: world.main_releases().rev().map(|release| release.version).collect(),
        texts,
        keeps: keeps(&mut conn, state, viewer).await?,
    })
}

async fn line(
    conn: &mut PgConnection,
    world: &World,
    release: &ReleaseRecord,
    what: Announcement,
    kept: &[Kept],
    now: DateTime<Utc>,
) -> store::Result<TextLine> {
    let dates = release.dates_at(now);
    let of = |known: &&announcement::Announced| {
        known.calendar == release.calendar && known.version == release.version && known.what == what
    };
    let announced = world.announced.iter().find(of);
    let announced = announced.map(|known| Link { href: known.link.clone(), by: known.by.clone(), at: known.at });
    let key = key(release.version, what);
    let sent = outbox::find(conn, &release.calendar, &key).await?;
    Ok(TextLine {
        what,
        from: what.from(&dates),
        early: what.not_before(&dates).filter(|_| what.is_early(&dates, now)).map(|(name, at)| (name.to_owned(), at)),
        outlived: what.outlived(&dates, now),
        overdue: what.overdue_at(&dates).filter(|_| announced.is_none() && !dates.released(now)),
        announced,
        sent: sent.map(|entry| (entry.state.slug().to_owned(), format!("/outbox/{}/{key}", release.calendar))),
        changed: kept.iter().any(|kept| kept.what == what),
    })
}

/// Every text of a release as it reads now, with how far it is.
///
/// # Errors
/// When the release is not known, or the database fails.
pub async fn texts(
    state: &AppState,
    choice: ReleaseChoice,
) -> Result<(ReleaseVersion, Vec<(TextLine, Mail)>), PageError> {
    let now = state.context.clock.now();
    let world = state.verdicts.world().await.map_err(unavailable)?;
    let release = release_of(&world, choice, now)?;
    let mut conn = state.context.pool.acquire().await.map_err(failed)?;
    let kept = announcement::templates(&mut conn).await.map_err(unavailable)?;
    let values = values_of(&world, &state.context.config, Some(release), now);
    let mut texts = Vec::new();
    for what in Announcement::ALL {
        let line = line(&mut conn, &world, release, what, &kept, now).await.map_err(unavailable)?;
        texts.push((line, filled(&kept, what, &values).mail));
    }
    Ok((release.version, texts))
}

/// One text of a release, for whoever looks.
///
/// # Errors
/// When the release is not known, or the database fails.
pub async fn text(
    state: &AppState,
    choice: ReleaseChoice,
    what: Announcement,
    viewer: Option<&Person>,
) -> Result<TextView, PageError> {
    let now = state.context.clock.now();
    let world = state.verdicts.world().await.map_err(unavailable)?;
    let release = release_of(&world, choice, now)?;
    let mut conn = state.context.pool.acquire().await.map_err(failed)?;
    let kept = announcement::templates(&mut conn).await.map_err(unavailable)?;
    let line = line(&mut conn, &world, release, what, &kept, now).await.map_err(unavailable)?;
    let draft = draft(&mut conn, &world, &state.context.config, (release, what), now).await.map_err(unavailable)?;
    let to = world.calendars.iter().find(|known| known.id == release.calendar);
    let barred = viewer.and_then(|person| authorise(&state.context, &world, person, release).err());
    Ok(TextView {
        release: release.version,
        dates: release.dates_at(now),
        line,
        subject: draft.mail.subject,
        body: draft.mail.body,
        to: to.and_then(|calendar| calendar.mailing_list.clone()),
        no_way: no_way(&state.context, &world, release, what).map(str::to_owned),
        barred: barred.map(|refusal| sentence(&refusal.to_string())),
        keeps: keeps(&mut conn, state, viewer).await?,
    })
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect()).unwrap_or_default()
}

async fn template(state: &AppState, what: Announcement, viewer: Option<&Person>) -> Result<TemplateView, PageError> {
    let now = state.context.clock.now();
    let world = state.verdicts.world().await.map_err(unavailable)?;
    let release = release_of(&world, ReleaseChoice::Current, now)?;
    let mut conn = state.context.pool.acquire().await.map_err(failed)?;
    let draft = draft(&mut conn, &world, &state.context.config, (release, what), now).await.map_err(unavailable)?;
    let value = |value: domain::announcement::Value| (value.name.to_owned(), value.what.to_owned(), value.text);
    Ok(TemplateView {
        what,
        template: draft.template,
        changed: draft.changed,
        values: draft.values.into_iter().map(value).collect(),
        keeps: keeps(&mut conn, state, viewer).await?,
    })
}

/// What should have been announced by an instant and was not (P-26); of one release, or of all that are not out.
pub fn overdue(world: &World, of: Option<ReleaseVersion>, now: DateTime<Utc>) -> Vec<Overdue> {
    let due = world.announcements_due(now).into_iter();
    due.filter(|due| of.is_none_or(|release| due.release == release))
        .filter_map(|due| {
            let since = due.until.filter(|until| *until <= now)?;
            Some(Overdue { release: due.release, what: due.what, since })
        })
        .collect()
}
