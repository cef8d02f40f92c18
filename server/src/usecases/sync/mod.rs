//! Reads GitHub into the mirror and appends what follows to the log.
//!
//! Lists are walked from their latest change backwards until what is known begins, each page with its ETag, so that a
//! run with nothing new asks one conditional question for each list. A page and its ETag are kept in one transaction:
//! killed at any point, the next run goes on where this one was. One run at a time, across servers, by an advisory lock.
//! What cannot be read is noted and passed over; what was read counts.

mod actual_dates;
mod candidates;
mod contents;
mod details;
mod landings;
mod links;
mod lists;
mod plan;
mod schedules;

use chrono::{DateTime, TimeDelta, Utc};
use domain::Reading;
use sqlx::{PgConnection, Postgres, pool::PoolConnection};

use super::{Context, import::ImportError, observe};
use crate::{
    github::{Answer, Api, ApiError, rows::Odd},
    store::{
        StoreError, blob,
        github::{
            item,
            page::{self, Page},
            repository::{self, Repository},
            run::{self, Run, RunError},
        },
        setting,
    },
    verdicts::Verdicts,
};
pub use details::Detail;
pub use links::links_of;
use plan::{List, Target};

/// Key of the advisory lock that the one sync holds.
const SYNC_LOCK: i64 = 0x6365_7001;

/// Odd rows that are kept with a run.
const MOST_ODD: usize = 200;

/// Pull requests and bugs of code repositories that nobody touched for so long are not read.
const HORIZON: TimeDelta = TimeDelta::days(540);

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What changed since the last time.
    News,
    /// Everything, whatever is known; shows what was deleted or transferred too.
    Everything,
}

/// Why a sync did not run.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Real data must not mix with the demo.
    #[error("the database holds the demo world; leave it first with `cep-tracker demo leave`")]
    Demo,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files that were read cannot be those of the repository.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// GitHub does not answer.
    #[error(transparent)]
    Api(#[from] ApiError),
}

impl From<sqlx::Error> for SyncError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Is told how far a run is.
pub type Told<'a> = &'a (dyn Fn(&Run) + Send + Sync);

/// Runs a sync; none when another server is at it.
///
/// # Errors
/// When the database fails, or holds the demo. What GitHub does not answer is noted in the run.
pub async fn sync(
    context: &Context,
    api: &Api,
    verdicts: &Verdicts,
    (reason, extent): (&str, Extent),
    told: Told<'_>,
) -> Result<Option<Run>, SyncError> {
    run(context, api, verdicts, (reason, Part::Whole(extent)), told).await
}

/// Reads again what webhooks left in doubt, unless a run is at it. False when GitHub did not answer all of it; that stays
/// in doubt.
///
/// # Errors
/// When the database fails, or holds the demo.
pub async fn reread(context: &Context, api: &Api, verdicts: &Verdicts) -> Result<bool, SyncError> {
    let world = verdicts.world().await?;
    let mut conn = context.pool.acquire().await?;
    if item::stale(&mut conn).await?.is_empty() && !links::any_unasked(&mut conn, &world).await? {
        return Ok(true);
    }
    drop(conn);
    let run = run(context, api, verdicts, (run::WEBHOOK, Part::Doubtful), &|_| {}).await?;
    Ok(run.is_some_and(|run| run.errors.is_empty()))
}

/// What a run reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Every repository.
    Whole(Extent),
    /// What is in doubt.
    Doubtful,
}

async fn run(
    context: &Context,
    api: &Api,
    verdicts: &Verdicts,
    (reason, part): (&str, Part),
    told: Told<'_>,
) -> Result<Option<Run>, SyncError> {
    let mut lock = context.pool.acquire().await?;
    if setting::is_demo(&mut lock).await? {
        return Err(SyncError::Demo);
    }
    if !run::try_lock(&mut lock, SYNC_LOCK).await? {
        return Ok(None);
    }
    // However this ends, the lock ends with its connection.
    lock.close_on_drop();
    let mut conn = context.pool.acquire().await?;
    let started_at = context.clock.now();
    let id = run::begin(&mut conn, reason, started_at).await?;
    let mut sync = Reader {
        context,
        api,
        verdicts,
        extent: if let Part::Whole(extent) = part { extent } else { Extent::News },
        told,
        scope: scope(context),
        before: api.spent(),
        run: Run {
            id,
            reason: reason.to_owned(),
            started_at,
            finished_at: None,
            progress: run::Progress::new(),
            requests: 0,
            unchanged: 0,
            changed: 0,
            events: 0,
            odd: Vec::new(),
            errors: Vec::new(),
        },
        conn,
    };
    let outcome = match part {
        Part::Whole(_) => sync.everything().await,
        Part::Doubtful => sync.doubtful().await,
    };
    if let Err(SyncError::Api(error)) = &outcome {
        sync.note_error("GitHub", Reading::Issues, "everything after that", error);
    } else {
        outcome?;
    }
    sync.run.finished_at = Some(context.clock.now());
    sync.note().await?;
    run::unlock(&mut lock, SYNC_LOCK).await?;
    Ok(Some(sync.run))
}

/// Answers are kept apart by who asks: another token may see less.
fn scope(context: &Context) -> String {
    use secrecy::ExposeSecret;
    let github = &context.config.github;
    let who = match (github.token(), github.app()) {
        (Some(token), _) => token.expose_secret().to_owned(),
        (None, Some(app)) => format!("{} {}", app.id, app.installation),
        (None, None) => String::new(),
    };
    let mut hash = blob::address(format!("{who} {}", github.api_url).as_bytes());
    hash.truncate(16);
    hash
}

/// A run under way.
struct Reader<'a> {
    context: &'a Context,
    api: &'a Api,
    verdicts: &'a Verdicts,
    extent: Extent,
    told: Told<'a>,
    scope: String,
    before: u32,
    run: Run,
    conn: PoolConnection<Postgres>,
}

impl Reader<'_> {
    async fn everything(&mut self) -> Result<(), SyncError> {
        if self.extent == Extent::Everything {
            page::forget_all(&mut self.conn).await?;
        }
        let targets = plan::targets(&mut self.conn).await?;
        for target in &targets {
            match self.repository(target).await {
                Err(SyncError::Import(error)) => self.note_error(&target.name, Reading::Documents, "documents", &error),
                outcome => self.pass_over(&target.name, Reading::Issues, "repository", outcome)?,
            }
            self.observe().await?;
        }
        self.links(&targets).await?;
        self.observe().await?;
        self.details(&targets).await?;
        self.observe().await?;
        self.landings(&targets).await?;
        self.run.events += observe::reading(self.context, self.verdicts, &self.run.errors).await?;
        // What follows stands beside the verdicts: where it cannot be read, nothing that is judged becomes unknown.
        self.candidates(&targets).await?;
        self.actual_dates(&targets).await
    }

    async fn doubtful(&mut self) -> Result<(), SyncError> {
        let targets = plan::targets(&mut self.conn).await?;
        self.links(&targets).await?;
        self.details(&targets).await?;
        self.observe().await?;
        self.run.events += observe::links(self.context, self.verdicts).await?;
        self.candidates(&targets).await
    }

    /// Everything that is read of one repository.
    async fn repository(&mut self, target: &Target) -> Result<(), SyncError> {
        let known = repository::find(&mut self.conn, &target.name).await?;
        let known = match known.filter(|_| self.extent == Extent::News) {
            Some(known) => known,
            None => self.identify(&target.name).await?,
        };
        match self.read(target, &known).await {
            Err(SyncError::Api(ApiError::Moved { .. })) => {
                let known = self.identify(&target.name).await?;
                self.read(target, &known).await
            }
            outcome => outcome,
        }
    }

    async fn read(&mut self, target: &Target, known: &Repository) -> Result<(), SyncError> {
        for list in &target.lists {
            let reading = if *list == List::Pulls { Reading::Pulls } else { Reading::Issues };
            let outcome = self.list(target, known, *list).await;
            self.part(target, reading, list.name(), outcome)?;
        }
        if !target.sources.is_empty() {
            let outcome = self.documents(target, known).await;
            self.part(target, Reading::Documents, "documents", outcome)?;
        }
        if !target.calendars.is_empty() {
            let outcome = self.schedules(target, known).await;
            self.part(target, Reading::Documents, "schedules", outcome)?;
        }
        Ok(())
    }

    /// A part that fails leaves the others; a repository that moved is begun again.
    fn part(
        &mut self,
        target: &Target,
        reading: Reading,
        what: &str,
        outcome: Result<(), SyncError>,
    ) -> Result<(), SyncError> {
        match outcome {
            Err(SyncError::Api(error @ ApiError::Moved { .. })) => Err(error.into()),
            outcome => self.pass_over(&target.name, reading, what, outcome),
        }
    }

    /// What GitHub calls a repository now: a renamed one is found under its number.
    async fn identify(&mut self, name: &str) -> Result<Repository, SyncError> {
        let body = match self.api.get(&format!("/repos/{name}"), None).await {
            Err(ApiError::Moved { to, .. }) => {
                let path = crate::github::link::below(&to, &self.context.config.github.api_url);
                let path = path.ok_or_else(|| ApiError::Unreadable(format!("{name} moved to {to}")))?;
                self.api.get(&path, None).await?
            }
            answer => answer?,
        };
        let Answer::Full { body, .. } = body else {
            return Err(ApiError::Unreadable(format!("nothing about {name}")).into());
        };
        let full_name = body["full_name"].as_str().unwrap_or(name);
        let repository = Repository {
            name: name.to_owned(),
            renamed_to: (!full_name.eq_ignore_ascii_case(name)).then(|| full_name.to_owned()),
            default_branch: body["default_branch"].as_str().unwrap_or("main").to_owned(),
        };
        repository::keep(&mut self.conn, &repository, self.context.clock.now()).await?;
        Ok(repository)
    }

    /// Asks a question whose answer may be known; none when it is the same.
    async fn ask(&mut self, url: &str) -> Result<Option<(serde_json::Value, Page)>, SyncError> {
        let known = page::find(&mut self.conn, &self.scope, url).await?;
        match self.api.get(url, known.as_ref().map(|page| page.etag.as_str())).await? {
            Answer::Same => {
                self.run.unchanged += 1;
                Ok(None)
            }
            Answer::Full { body, etag, next } => Ok(Some((body, Page { etag: etag.unwrap_or_default(), next }))),
        }
    }

    /// Keeps that an answer is known. Without an ETag there is nothing to ask with the next time.
    async fn known(&mut self, url: &str, page: &Page) -> Result<(), SyncError> {
        let now = self.context.clock.now();
        keep_page(&mut self.conn, &self.scope, url, page, now).await
    }

    /// Appends what follows from what changed in the mirror.
    async fn observe(&mut self) -> Result<(), SyncError> {
        self.run.events += observe::observe(self.context, self.verdicts).await?;
        self.note().await
    }

    fn odd(&mut self, odd: Vec<Odd>) {
        let room = MOST_ODD.saturating_sub(self.run.odd.len());
        self.run.odd.extend(odd.into_iter().take(room));
    }

    /// Notes what GitHub does not answer, unless it wants not to be asked at all.
    fn pass_over(
        &mut self,
        repository: &str,
        reading: Reading,
        what: &str,
        outcome: Result<(), SyncError>,
    ) -> Result<(), SyncError> {
        match outcome {
            Err(SyncError::Api(error)) if !matches!(error, ApiError::Limited { .. }) => {
                self.note_error(repository, reading, what, &error);
                Ok(())
            }
            outcome => outcome,
        }
    }

    fn note_error(&mut self, repository: &str, reading: Reading, what: &str, why: &dyn std::fmt::Display) {
        tracing::warn!(%why, repository, what, "reading GitHub");
        let (repository, what) = (repository.to_owned(), what.to_owned());
        self.run.errors.push(RunError { repository, reading, what, why: why.to_string() });
    }

    /// Notes how far a part of the run is.
    async fn progress(&mut self, what: &str, done: u32, all: Option<u32>) -> Result<(), SyncError> {
        self.run.progress.insert(what.to_owned(), (done, all));
        self.note().await
    }

    async fn note(&mut self) -> Result<(), SyncError> {
        self.run.requests = i32::try_from(self.api.spent() - self.before).unwrap_or(i32::MAX);
        run::note(&mut self.conn, &self.run).await?;
        (self.told)(&self.run);
        Ok(())
    }
}

async fn keep_page(
    conn: &mut PgConnection,
    scope: &str,
    url: &str,
    page: &Page,
    now: DateTime<Utc>,
) -> Result<(), SyncError> {
    if !page.etag.is_empty() {
        page::keep(conn, scope, url, page, now).await?;
    }
    Ok(())
}
