//! The files of a repository, by the tree of its main branch: only contents that are not known are read.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::Connection;

use super::{Reader, SyncError, plan::Target};
use crate::{
    documents,
    files::File,
    github::{Answer, ApiError},
    store::{
        blob,
        github::{
            file::{self, KnownFile},
            page::Page,
            repository::Repository,
        },
    },
    usecases::import::{ALIASES, import_source},
};

impl Reader<'_> {
    /// Reads proposal documents and aliases of the sources that a repository holds.
    pub(super) async fn documents(&mut self, target: &Target, known: &Repository) -> Result<(), SyncError> {
        let templates: Vec<_> = target
            .sources
            .iter()
            .filter_map(|source| documents::SOURCES.iter().find(|template| template.id == source.template))
            .collect();
        let wanted = |path: &str| {
            path == ALIASES || templates.iter().any(|template| documents::locate(template, path).is_some())
        };
        let Some((files, url, page)) = self.files(target, known, &wanted).await? else { return Ok(()) };
        for source in &target.sources {
            let summary = import_source(self.context, &source.id, &files, &|_, _| {}).await?;
            self.run.changed += summary.run.changed + summary.run.gone;
        }
        self.known(&url, &page).await
    }

    /// The wanted files on the main branch, with the address and ETag of their tree to be kept once they are taken in;
    /// none when nothing changed.
    pub(super) async fn files(
        &mut self,
        target: &Target,
        known: &Repository,
        wanted: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Option<(Vec<File>, String, Page)>, SyncError> {
        let repository = known.renamed_to.as_ref().unwrap_or(&target.name);
        let url = format!("/repos/{repository}/git/trees/{}?recursive=1", known.default_branch);
        let Some((tree, page)) = self.ask(&url).await? else { return Ok(None) };
        if tree["truncated"].as_bool() == Some(true) {
            let why = ApiError::Unreadable("the repository has more files than GitHub lists at once".to_owned());
            return Err(why.into());
        }
        let before = file::of_repository(&mut self.conn, &target.name).await?;
        let found = entries(&tree, wanted);
        let (mut files, what) = (Vec::new(), format!("{} files", target.name));
        let all = u32::try_from(found.len()).ok();
        for (done, (path, git_sha)) in found.into_iter().enumerate() {
            files.push(self.file(target, known, &before, (path, git_sha)).await?);
            self.progress(&what, u32::try_from(done + 1).unwrap_or(u32::MAX), all).await?;
        }
        Ok(Some((files, url, page)))
    }

    /// One file: what is known of it, else its content from GitHub.
    async fn file(
        &mut self,
        target: &Target,
        known: &Repository,
        before: &HashMap<String, KnownFile>,
        (path, git_sha): (String, String),
    ) -> Result<File, SyncError> {
        let of = |path: String, content: Vec<u8>, changed_at| File {
            path,
            content,
            occurred_at: None,
            changed_at,
            proposed: false,
        };
        if let Some(same) = before.get(&path).filter(|file| file.git_sha == git_sha)
            && let Some(content) = blob::find(&mut self.conn, &same.sha256).await?
        {
            return Ok(of(path, content, same.changed_at));
        }
        let repository = known.renamed_to.as_ref().unwrap_or(&target.name);
        let content = self.blob(repository, &git_sha).await?;
        // Of what is read for the first time nobody can tell since when it has been so; it is not asked either.
        let changed_at =
            if before.is_empty() { None } else { self.changed_at(repository, &known.default_branch, &path).await? };
        let mut tx = self.conn.begin().await?;
        blob::keep(&mut tx, &content).await?;
        let fresh = KnownFile { git_sha, sha256: blob::address(&content), changed_at };
        file::keep(&mut tx, &target.name, &path, &fresh).await?;
        tx.commit().await?;
        Ok(of(path, content, changed_at))
    }

    /// A file by git's address of its content.
    pub(super) async fn blob(&mut self, repository: &str, git_sha: &str) -> Result<Vec<u8>, SyncError> {
        let url = format!("/repos/{repository}/git/blobs/{git_sha}");
        let Answer::Full { body, .. } = self.api.get(&url, None).await? else {
            return Err(ApiError::Unreadable(format!("{url} without content")).into());
        };
        decoded(&body).ok_or_else(|| ApiError::Unreadable(format!("{url} is not in base64")).into())
    }

    /// When the main branch last changed a file.
    async fn changed_at(
        &mut self,
        repository: &str,
        branch: &str,
        path: &str,
    ) -> Result<Option<DateTime<Utc>>, SyncError> {
        let url = format!("/repos/{repository}/commits?sha={branch}&path={}&per_page=1", encoded(path));
        let Answer::Full { body, .. } = self.api.get(&url, None).await? else { return Ok(None) };
        Ok(body[0]["commit"]["committer"]["date"].as_str().and_then(|date| date.parse().ok()))
    }

    /// A file of a branch or commit, by its path.
    pub(super) async fn content_at(&mut self, repository: &str, path: &str, at: &str) -> Result<Vec<u8>, SyncError> {
        let url = content_url(repository, path, at);
        let Answer::Full { body, .. } = self.api.get(&url, None).await? else {
            return Err(ApiError::Unreadable(format!("{url} without content")).into());
        };
        decoded(&body).ok_or_else(|| ApiError::Unreadable(format!("{url} is not in base64")).into())
    }
}

/// Paths and addresses of the wanted files of a tree; symbolic links are passed over.
fn entries(tree: &Value, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<(String, String)> {
    let entries = tree["tree"].as_array().into_iter().flatten();
    entries
        .filter(|entry| entry["type"] == "blob" && entry["mode"] != "120000")
        .filter_map(|entry| Some((entry["path"].as_str()?.to_owned(), entry["sha"].as_str()?.to_owned())))
        .filter(|(path, _)| wanted(path))
        .collect()
}

/// GitHub breaks base64 into lines.
pub(super) fn decoded(body: &Value) -> Option<Vec<u8>> {
    let text: String = body["content"].as_str()?.split_whitespace().collect();
    BASE64_STANDARD.decode(text).ok()
}

/// Where a file of a branch or commit is.
pub(super) fn content_url(repository: &str, path: &str, at: &str) -> String {
    format!("/repos/{repository}/contents/{}?ref={at}", encoded(path))
}

/// A path as it stands in an address.
fn encoded(path: &str) -> String {
    path.split('/').map(app::query::encode).collect::<Vec<_>>().join("/")
}
