//! What lists do not say of open pull requests: what happened to them, and which paths they change.

use domain::{Reading, review::Step};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::Connection;

use super::{Reader, SyncError, links_of, plan::Target};
use crate::{
    github::{Answer, ApiError, rows::timeline},
    store::github::{
        item::{self, Kept},
        repository,
    },
};

/// What was read of a pull request besides its row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// What happened to it.
    pub steps: Vec<Step>,
    /// Paths that it changes; none where nobody needs them.
    pub paths: Option<Vec<String>>,
}

impl Detail {
    /// What is kept with an item.
    pub fn of(kept: &Kept) -> Self {
        kept.detail.clone().and_then(|detail| serde_json::from_value(detail).ok()).unwrap_or_default()
    }
}

impl Reader<'_> {
    /// Reads again what is in doubt, then what happened to every open pull request that may belong to a proposal.
    pub(super) async fn details(&mut self, targets: &[Target]) -> Result<(), SyncError> {
        for (name, number) in item::stale(&mut self.conn).await? {
            let outcome = self.reread(&name, number).await;
            self.pass_over(&name, Reading::Issues, &format!("#{number}"), outcome)?;
        }
        let sources: Vec<String> =
            targets.iter().filter(|target| !target.sources.is_empty()).map(|target| target.name.clone()).collect();
        let linked = self.linked().await?;
        let due = item::without_detail(&mut self.conn, &sources, &linked).await?;
        let all = u32::try_from(due.len()).ok();
        for (done, kept) in due.into_iter().enumerate() {
            let outcome = self.detail(&kept, sources.contains(&kept.repository)).await;
            self.pass_over(&kept.repository, Reading::Pulls, &format!("#{}", kept.item.number), outcome)?;
            self.progress("pull requests", u32::try_from(done + 1).unwrap_or(u32::MAX), all).await?;
        }
        Ok(())
    }

    async fn reread(&mut self, name: &str, number: u32) -> Result<(), SyncError> {
        let repository = self.present_name(name).await?;
        self.again(name, &repository, number).await
    }

    /// What a repository is called now.
    pub(super) async fn present_name(&mut self, name: &str) -> Result<String, SyncError> {
        let known = repository::find(&mut self.conn, name).await?;
        Ok(known.and_then(|known| known.renamed_to).unwrap_or_else(|| name.to_owned()))
    }

    /// Every pull request that a tracking issue links, as `owner/name#n`.
    async fn linked(&mut self) -> Result<Vec<String>, SyncError> {
        let world = self.verdicts.world().await?;
        let links = world.proposals.values().flat_map(|record| links_of(record));
        Ok(links.map(|link| format!("{}#{}", link.repository, link.number)).collect())
    }

    async fn detail(&mut self, kept: &Kept, with_paths: bool) -> Result<(), SyncError> {
        let (name, number) = (kept.repository.as_str(), kept.item.number);
        let repository = self.present_name(name).await?;
        let rows = self.pages(format!("/repos/{repository}/issues/{number}/timeline?per_page=100")).await?;
        let steps = timeline::steps(&rows);
        let paths = if with_paths {
            let files = self.pages(format!("/repos/{repository}/pulls/{number}/files?per_page=100")).await?;
            Some(files.iter().filter_map(|file| file["filename"].as_str()).map(str::to_owned).collect())
        } else {
            None
        };
        let detail = serde_json::to_value(Detail { steps, paths }).map_err(crate::store::StoreError::unwritable)?;
        let mut tx = self.conn.begin().await?;
        item::lock(&mut tx).await?;
        item::keep_detail(&mut tx, (name, number), &detail, kept.item.updated_at).await?;
        tx.commit().await?;
        Ok(())
    }

    /// All rows of a list that is read whole.
    async fn pages(&mut self, first: String) -> Result<Vec<Value>, SyncError> {
        let (mut rows, mut url) = (Vec::new(), Some(first));
        while let Some(page) = url {
            let Answer::Full { body, next, .. } = self.api.get(&page, None).await? else { break };
            match body {
                Value::Array(more) => rows.extend(more),
                _ => return Err(ApiError::Unreadable(format!("{page} is no list")).into()),
            }
            url = next;
        }
        Ok(rows)
    }
}
