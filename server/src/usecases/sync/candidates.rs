//! Documents in open pull requests: what may become a proposal, and documents of known ones in review.
//!
//! Which paths a pull request changes was read with its details; a document is read from its head, once for each head. So
//! a run in which nothing was pushed asks nothing. What is found is for reading: no event follows, and no verdict.

use domain::Reading;
use sqlx::Connection;

use super::{
    Detail, Reader, SyncError,
    contents::{content_url, decoded},
    plan::Target,
};
use crate::{
    documents::{self, Located, SourceTemplate},
    github::{Answer, ApiError},
    store::{
        blob,
        github::{
            candidate::{self, Candidate, Content},
            file,
            item::{self, Kept},
        },
    },
};

/// A pull request that changes more documents is no proposal but goes over all of them.
const MOST_DOCUMENTS: usize = 20;

/// A document that a pull request changes.
struct Wanted {
    source: String,
    template: &'static SourceTemplate,
    path: String,
    located: Located,
}

impl Reader<'_> {
    /// Reads the documents of open pull requests whose heads were not looked at, and forgets those of the others.
    pub(super) async fn candidates(&mut self, targets: &[Target]) -> Result<(), SyncError> {
        for target in targets.iter().filter(|target| !target.sources.is_empty()) {
            let on_main = file::of_repository(&mut self.conn, &target.name).await?;
            let mut known = candidate::heads(&mut self.conn, &target.name).await?;
            for pull in item::open_pulls(&mut self.conn, &target.name).await? {
                let wanted = wanted(target, &pull, |path| on_main.contains_key(path));
                for document in wanted {
                    let place = (document.source.clone(), pull.item.number, document.path.clone());
                    let looked_at = known.remove(&place);
                    if looked_at.as_ref() != Some(&pull.item.head) {
                        let what = format!("{} of #{}", document.path, pull.item.number);
                        let outcome = self.candidate(&pull, &document).await;
                        self.pass_over(&target.name, Reading::Documents, &what, outcome)?;
                    }
                }
                let key = (target.name.as_str(), pull.item.number);
                candidate::rename(&mut self.conn, key, &pull.item.title, pull.item.draft).await?;
            }
            // Merged, closed, or not touched any more.
            for place in known.keys() {
                candidate::forget(&mut self.conn, &target.name, place).await?;
            }
        }
        Ok(())
    }

    async fn candidate(&mut self, pull: &Kept, wanted: &Wanted) -> Result<(), SyncError> {
        let repository = self.present_name(&pull.repository).await?;
        let found = self.document_at(&repository, &wanted.path, &pull.item.head).await?;
        let text = found.as_ref().map(|(_, text)| text.as_slice()).unwrap_or_default();
        let read = Candidate {
            source: wanted.source.clone(),
            repository: pull.repository.clone(),
            pull: pull.item.number,
            path: wanted.path.clone(),
            head: pull.item.head.clone(),
            main: wanted.located.main,
            number: wanted.located.number,
            sig: wanted.located.sig.clone(),
            reading: documents::read_proposal(wanted.template, &wanted.path, text),
            pull_title: pull.item.title.clone(),
            author: pull.item.author.clone(),
            draft: pull.item.draft,
            observed_at: self.context.clock.now(),
            content: found.as_ref().map(|(sha, text)| Content { git_sha: sha.clone(), blob: blob::address(text) }),
        };
        let mut tx = self.conn.begin().await?;
        if let Some((_, text)) = &found {
            blob::keep(&mut tx, text).await?;
        }
        candidate::keep(&mut tx, &read).await?;
        tx.commit().await?;
        self.run.changed += 1;
        Ok(())
    }

    /// A document as of a commit, with git's address of it; none where it is not there, or is no file.
    async fn document_at(
        &mut self,
        repository: &str,
        path: &str,
        at: &str,
    ) -> Result<Option<(String, Vec<u8>)>, SyncError> {
        let body = match self.api.get(&content_url(repository, path, at), None).await {
            Ok(Answer::Full { body, .. }) => body,
            Ok(Answer::Same) | Err(ApiError::Missing { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let Some(sha) = body["sha"].as_str().filter(|_| body["type"] == "file") else { return Ok(None) };
        // Of a large file this answer has the address only.
        let text = match decoded(&body).filter(|_| body["encoding"] == "base64") {
            Some(text) => text,
            None => self.blob(repository, sha).await?,
        };
        Ok(Some((sha.to_owned(), text)))
    }
}

/// The documents that a pull request changes. The template of a source is none, but a copy of it is, whatever it is
/// called. What is not known of a pull request is not guessed.
fn wanted(target: &Target, pull: &Kept, on_main: impl Fn(&str) -> bool) -> Vec<Wanted> {
    let paths = Detail::of(pull).paths.unwrap_or_default();
    let mut wanted = Vec::new();
    for source in &target.sources {
        let Some(template) = documents::SOURCES.iter().find(|template| template.id == source.template) else {
            continue;
        };
        for path in &paths {
            if let Some(located) = documents::locate(template, path).filter(|at| !at.template || !on_main(path)) {
                wanted.push(Wanted { source: source.id.clone(), template, path: path.clone(), located });
            }
        }
    }
    if wanted.len() > MOST_DOCUMENTS || pull.item.head.is_empty() { Vec::new() } else { wanted }
}
