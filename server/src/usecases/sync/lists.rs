//! Walking the lists of a repository into the mirror.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::Connection;

use super::{
    Extent, HORIZON, Reader, SyncError, keep_page,
    plan::{List, Target},
};
use crate::{
    github::{Answer, ApiError, rows},
    store::github::{
        comment, item,
        page::{self, Page},
        repository::Repository,
    },
    usecases::observe,
};

/// What a page held.
#[derive(Debug, Default)]
struct Held {
    numbers: Vec<u32>,
    oldest: Option<DateTime<Utc>>,
}

impl Reader<'_> {
    /// Reads a list from its latest change to where it is known.
    pub(super) async fn list(&mut self, target: &Target, known: &Repository, list: List) -> Result<(), SyncError> {
        let repository = known.renamed_to.as_ref().unwrap_or(&target.name);
        let what = format!("{} {}", target.name, list.name());
        let reach = page::reach(&mut self.conn, &target.name, list.name()).await?;
        let stop = self.stop_at(target, reach.cursor);
        let first = list.first(repository);
        let (mut url, mut pages, mut seen) = (first.clone(), 0, Vec::new());
        loop {
            let before = page::find(&mut self.conn, &self.scope, &url).await?;
            let (held, next) = match self.ask(&url).await? {
                None if url == first && !reach.walking && reach.cursor.is_some() => break,
                None => (Held::default(), before.and_then(|page| page.next)),
                Some((body, page)) => {
                    let held = self.keep_rows(target, list, &body, (&url, &page), url == first).await?;
                    (held, page.next)
                }
            };
            pages += 1;
            seen.extend(held.numbers);
            self.progress(&what, pages, None).await?;
            let reached = held.oldest.is_some_and(|oldest| stop.is_some_and(|stop| oldest < stop));
            match next {
                Some(next) if !reached => url = next,
                _ => break,
            }
        }
        page::end_walk(&mut self.conn, &target.name, list.name()).await?;
        if self.extent == Extent::Everything && list != List::Comments {
            self.missing(target, repository, list, &seen).await?;
        }
        Ok(())
    }

    /// Where a list is known to its end, or of no use any more.
    fn stop_at(&self, target: &Target, cursor: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        let cursor = cursor.filter(|_| self.extent == Extent::News);
        let horizon = target.sources.is_empty().then(|| self.context.clock.now() - HORIZON);
        cursor.max(horizon)
    }

    /// Keeps the rows of a page together with its ETag.
    async fn keep_rows(
        &mut self,
        target: &Target,
        list: List,
        body: &Value,
        (url, page): (&str, &Page),
        first: bool,
    ) -> Result<Held, SyncError> {
        let Some(rows) = body.as_array() else {
            return Err(ApiError::Unreadable(format!("{url} is no list")).into());
        };
        let (mut held, mut odd) = (Held::default(), Vec::new());
        let mut tx = self.conn.begin().await?;
        item::lock(&mut tx).await?;
        for row in rows {
            let updated_at = match list {
                List::Comments => match rows::comment(&target.name, None, row) {
                    Ok((read, remarks)) => {
                        odd.extend(remarks);
                        self.run.changed += i32::from(comment::keep(&mut tx, &target.name, &read).await?);
                        read.updated_at
                    }
                    Err(unreadable) => {
                        odd.push(unreadable);
                        continue;
                    }
                },
                List::Issues | List::Pulls => match rows::item(&target.name, row) {
                    // Pull requests have a list of their own, which says more of them.
                    Ok((read, _)) if list == List::Issues && read.is_pull => read.updated_at,
                    Ok((read, remarks)) => {
                        odd.extend(remarks);
                        let refs = observe::refs(&target.name, &read);
                        let kind = item::keep(&mut tx, &target.name, &read, &refs, true).await?;
                        self.run.changed += i32::from(kind == item::Kind::Changed);
                        held.numbers.push(read.number);
                        read.updated_at
                    }
                    Err(unreadable) => {
                        odd.push(unreadable);
                        continue;
                    }
                },
            };
            held.oldest = Some(held.oldest.map_or(updated_at, |oldest| oldest.min(updated_at)));
        }
        if first {
            page::begin_walk(&mut tx, &target.name, list.name()).await?;
        }
        keep_page(&mut tx, &self.scope, url, page, self.context.clock.now()).await?;
        tx.commit().await?;
        self.odd(odd);
        Ok(held)
    }

    /// What was in the mirror and is not in the complete list was deleted or transferred; each is asked for by itself.
    async fn missing(&mut self, target: &Target, repository: &str, list: List, seen: &[u32]) -> Result<(), SyncError> {
        let horizon = self.stop_at(target, None);
        let known = item::numbers(&mut self.conn, &target.name, list == List::Pulls).await?;
        for number in known.into_iter().filter(|number| !seen.contains(number)) {
            let kept = item::find(&mut self.conn, &target.name, number).await?;
            let old = kept.is_some_and(|kept| horizon.is_some_and(|horizon| kept.item.updated_at < horizon));
            if !old {
                self.again(&target.name, repository, number).await?;
            }
        }
        Ok(())
    }

    /// Reads one issue or pull request by itself.
    pub(super) async fn again(&mut self, name: &str, repository: &str, number: u32) -> Result<(), SyncError> {
        let is_pull = item::find(&mut self.conn, name, number).await?.is_some_and(|kept| kept.item.is_pull);
        let kind = if is_pull { "pulls" } else { "issues" };
        let answer = self.api.get(&format!("/repos/{repository}/{kind}/{number}"), None).await;
        let mut tx = self.conn.begin().await?;
        item::lock(&mut tx).await?;
        match answer {
            Ok(Answer::Full { body, .. }) => match rows::item(name, &body) {
                Ok((read, odd)) => {
                    let refs = observe::refs(name, &read);
                    let kind = item::keep(&mut tx, name, &read, &refs, true).await?;
                    item::settle(&mut tx, name, number).await?;
                    tx.commit().await?;
                    self.odd(odd);
                    self.run.changed += i32::from(kind == item::Kind::Changed);
                    return Ok(());
                }
                Err(unreadable) => {
                    drop(tx);
                    self.odd(vec![unreadable]);
                    return Ok(());
                }
            },
            Ok(Answer::Same) => {}
            Err(ApiError::Missing { .. }) => item::gone(&mut tx, name, number, "deleted").await?,
            Err(ApiError::Moved { to, .. }) => item::gone(&mut tx, name, number, &to).await?,
            Err(error) => return Err(error.into()),
        }
        tx.commit().await?;
        Ok(())
    }
}
