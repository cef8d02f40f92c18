//! Pull requests and bugs that tracking issues link and that no list brings: in repositories that are not read, or
//! untouched for longer than lists are read back. They are asked for one by one, conditionally, and only so many a run.
//!
//! In a repository that is read one answer is enough, because a list brings every change; elsewhere each run asks again.
//! What cannot be read is kept with its reason, so that nothing passes for lack of it (P-8).

use chrono::TimeDelta;
use domain::{LinkedPull, Reading};
use serde_json::Value;
use sqlx::Connection;

use super::{
    Extent, Reader, SyncError, keep_page,
    plan::{List, Target},
};
use crate::{
    github::{ApiError, rows},
    store::{
        self,
        github::{item, link, page::Page},
    },
    usecases::observe,
    verdicts::{ProposalRecord, World},
};

/// Most items that a run asks for.
const MOST: i64 = 500;

/// What GitHub does not show is asked for again after this time.
const PAUSE: TimeDelta = TimeDelta::days(1);

/// What GitHub showed at an address.
struct Shown {
    body: Value,
    url: String,
    page: Page,
}

/// What a proposal's tracking issue links, as last observed.
pub fn links_of(record: &ProposalRecord) -> impl Iterator<Item = &LinkedPull> {
    let links = record.history.events.iter().rev().find_map(|recorded| match &recorded.event {
        domain::Event::IssueObserved { links, .. } => Some(links),
        _ => None,
    });
    links.into_iter().flatten()
}

/// Every linked item, once; what is merely mentioned is left out.
fn links(world: &World) -> Vec<(String, u32)> {
    let all = world.proposals.values().flat_map(|record| links_of(record)).filter(|link| link.kind.is_some());
    observe::distinct(all.map(|link| (link.repository.clone(), link.number)))
}

/// Repositories all of whose issues and pull requests lists bring.
fn listed(targets: &[Target]) -> Vec<String> {
    let whole = |target: &&Target| [List::Issues, List::Pulls].iter().all(|list| target.lists.contains(list));
    targets.iter().filter(whole).map(|target| target.name.clone()).collect()
}

impl Reader<'_> {
    /// Asks for every linked item that no list brings.
    pub(super) async fn links(&mut self, targets: &[Target]) -> Result<(), SyncError> {
        let world = self.verdicts.world().await?;
        let links = links(&world);
        let (listed, now) = (listed(targets), self.context.clock.now());
        let everything = self.extent == Extent::Everything;
        let due = link::due(&mut self.conn, &links, (&listed, everything), now, MOST).await?;
        let all = u32::try_from(due.len()).ok();
        for (done, (name, number)) in due.into_iter().enumerate() {
            let outcome = self.link(&name, number).await;
            self.pass_over(&name, Reading::Issues, &format!("#{number}"), outcome)?;
            self.progress("linked items", u32::try_from(done + 1).unwrap_or(u32::MAX), all).await?;
        }
        Ok(())
    }

    async fn link(&mut self, name: &str, number: u32) -> Result<(), SyncError> {
        let now = self.context.clock.now();
        let known = item::find(&mut self.conn, name, number).await?;
        let (key, repository) = ((name, number), self.present_name(name).await?);
        match self.look(&repository, number, known.as_ref().is_some_and(|kept| kept.item.is_pull)).await {
            Ok(Some(shown)) => self.keep_link(key, shown).await,
            Ok(None) => Ok(link::note(&mut self.conn, key, now, None).await?),
            Err(SyncError::Api(ApiError::Missing { .. })) => {
                let why = "GitHub shows nothing there; it was deleted, or this account may not see it";
                self.cannot_read(key, why).await
            }
            Err(SyncError::Api(error @ ApiError::Refused { .. })) => self.cannot_read(key, &error.to_string()).await,
            Err(SyncError::Api(error)) if known.is_none() => {
                // It may be over soon; until then nothing is known of it.
                link::note(&mut self.conn, key, now, Some(&error.to_string())).await?;
                Err(error.into())
            }
            Err(error) => Err(error),
        }
    }

    /// What an issue or pull request shows, wherever it moved to; none when that is known.
    async fn look(&mut self, repository: &str, number: u32, is_pull: bool) -> Result<Option<Shown>, SyncError> {
        let kind = if is_pull { "pulls" } else { "issues" };
        let shown = self.follow(format!("/repos/{repository}/{kind}/{number}")).await?;
        // An issue's address shows a pull request too, but less of it.
        let more = shown.as_ref().and_then(|shown| shown.body["pull_request"]["url"].as_str());
        match more.and_then(|address| self.api.path_of(address)) {
            Some(path) => self.follow(path).await,
            None => Ok(shown),
        }
    }

    async fn follow(&mut self, url: String) -> Result<Option<Shown>, SyncError> {
        let (asked, url) = match self.ask(&url).await {
            Err(SyncError::Api(ApiError::Moved { path, to })) => {
                let to = self.api.path_of(&to).ok_or(ApiError::Missing { path, status: 301 })?;
                (self.ask(&to).await?, to)
            }
            asked => (asked?, url),
        };
        Ok(asked.map(|(body, page)| Shown { body, url, page }))
    }

    async fn keep_link(&mut self, (name, number): (&str, u32), shown: Shown) -> Result<(), SyncError> {
        let mut read = match rows::item(name, &shown.body) {
            Ok((read, odd)) => {
                self.odd(odd);
                read
            }
            Err(unreadable) => {
                let why = unreadable.what.clone();
                self.odd(vec![unreadable]);
                return self.cannot_read((name, number), &why).await;
            }
        };
        // Moved or not, it is known by the name under which it is linked.
        read.number = number;
        let (refs, now) = (observe::refs(name, &read), self.context.clock.now());
        let mut tx = self.conn.begin().await?;
        item::lock(&mut tx).await?;
        let kind = item::keep(&mut tx, name, &read, &refs, true).await?;
        link::note(&mut tx, (name, number), now, None).await?;
        keep_page(&mut tx, &self.scope, &shown.url, &shown.page, now).await?;
        tx.commit().await?;
        self.run.changed += i32::from(kind == item::Kind::Changed);
        Ok(())
    }

    /// Keeps why an item cannot be read; one that was known is gone.
    async fn cannot_read(&mut self, (name, number): (&str, u32), why: &str) -> Result<(), SyncError> {
        let again_at = self.context.clock.now() + PAUSE;
        let mut tx = self.conn.begin().await?;
        item::lock(&mut tx).await?;
        item::gone(&mut tx, name, number, "deleted").await?;
        link::note(&mut tx, (name, number), again_at, Some(why)).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Whether something linked was never asked for, and is in no list.
///
/// # Errors
/// When the database fails.
pub(super) async fn any_unasked(conn: &mut sqlx::PgConnection, world: &World) -> store::Result<bool> {
    let targets = super::plan::targets(conn).await?;
    let never = chrono::DateTime::UNIX_EPOCH;
    Ok(!link::due(conn, &links(world), (&listed(&targets), false), never, 1).await?.is_empty())
}
