//! Schedules and aliases of a calendar's repository: those on the main branch, and those that an open pull request
//! proposes for releases that have none yet (P-1).

use std::collections::BTreeSet;

use super::{Reader, SyncError, plan::Target};
use crate::{
    files::File,
    store::github::{item, repository::Repository},
    usecases::import::{ALIASES, import_schedules, release_of},
};

impl Reader<'_> {
    /// Reads the schedules that a repository holds.
    pub(super) async fn schedules(&mut self, target: &Target, known: &Repository) -> Result<(), SyncError> {
        let wanted = |path: &str| path == ALIASES || release_of(path).is_some();
        let merged = self.files(target, known, &wanted).await?;
        let proposed = self.proposed(target, known).await?;
        let Some((mut files, url, page)) = merged else {
            // Nothing changed on the main branch; what is proposed is taken in by itself.
            return self.take_in(target, &proposed).await;
        };
        let there: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
        files.extend(proposed.into_iter().filter(|file| !there.contains(&file.path)));
        self.take_in(target, &files).await?;
        self.known(&url, &page).await
    }

    async fn take_in(&mut self, target: &Target, files: &[File]) -> Result<(), SyncError> {
        if files.is_empty() {
            return Ok(());
        }
        for calendar in &target.calendars {
            let summary = import_schedules(self.context, &calendar.id, files, &|_, _| {}).await?;
            self.run.changed += summary.run.changed;
        }
        Ok(())
    }

    /// Schedules in open pull requests, of releases that have none on the main branch.
    async fn proposed(&mut self, target: &Target, known: &Repository) -> Result<Vec<File>, SyncError> {
        let repository = known.renamed_to.clone().unwrap_or_else(|| target.name.clone());
        let merged = crate::store::github::file::of_repository(&mut self.conn, &target.name).await?;
        let mut files = Vec::new();
        for pull in item::open_pulls(&mut self.conn, &target.name).await? {
            let url = format!("/repos/{repository}/pulls/{}/files?per_page=100", pull.item.number);
            let Some((body, page)) = self.ask(&url).await? else { continue };
            for path in body.as_array().into_iter().flatten().filter_map(|file| file["filename"].as_str()) {
                if release_of(path).is_none() || merged.contains_key(path) {
                    continue;
                }
                let content = self.content_at(&repository, path, &pull.item.head).await?;
                let changed_at = Some(pull.item.updated_at);
                files.push(File { path: path.to_owned(), content, occurred_at: None, changed_at, proposed: true });
            }
            self.known(&url, &page).await?;
        }
        Ok(files)
    }
}
