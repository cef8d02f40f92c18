//! When releases were really tagged and branched (P-4): shown beside their schedules, and never judged.
//!
//! All tags of releases are one list, all their branches another, each asked for with its ETag; a date is asked for once
//! for each tag. An annotated tag says when it was made; any other is as old as its commit, at least. GitHub does not tell
//! when a branch was cut. What can be shown is the last commit that it shares with the main branch: it was not cut before
//! that, and on a main branch that grows daily not long after. The first tag on the branch would only say that it was cut
//! before, by however much.

use chrono::{DateTime, Utc};
use domain::{Reading, actual::RefNames};
use serde_json::Value;
use sqlx::Connection;

use super::{Reader, SyncError, keep_page, plan::Target};
use crate::{
    github::{Answer, ApiError},
    store::{
        calendar::{BuiltIn, Calendar},
        github::{
            reference::{self, Reference},
            repository,
        },
    },
};

impl Reader<'_> {
    /// Reads tags and branches of the releases of every calendar, and dates those that are not.
    pub(super) async fn actual_dates(&mut self, targets: &[Target]) -> Result<(), SyncError> {
        for calendar in targets.iter().flat_map(|target| &target.calendars) {
            let Some(built) = &calendar.built_in else { continue };
            let outcome = self.references(built).await;
            self.pass_over(&built.repository, Reading::Branches, "tags of releases", outcome)?;
            let names = self.names(calendar, built).await?;
            let of_release = |name: &str| match name.split_once('/') {
                Some(("tags", tag)) => names.iter().any(|names| names.has_tag(tag)),
                Some(("heads", branch)) => names.iter().any(|names| names.has_branch(branch)),
                _ => false,
            };
            for undated in reference::undated(&mut self.conn, &built.repository).await? {
                if of_release(&undated.name) {
                    let outcome = self.date(built, &undated).await;
                    let what = format!("the date of {}", undated.name);
                    self.pass_over(&built.repository, Reading::Branches, &what, outcome)?;
                }
            }
        }
        Ok(())
    }

    /// Names of the releases that have a schedule.
    async fn names(&mut self, calendar: &Calendar, built: &BuiltIn) -> Result<Vec<RefNames>, SyncError> {
        let world = self.verdicts.world().await?;
        let scheduled = world.releases.values().filter(|r| r.calendar == calendar.id && !r.versions.is_empty());
        Ok(scheduled.map(|release| built.names.of(release.version)).collect())
    }

    async fn references(&mut self, built: &BuiltIn) -> Result<(), SyncError> {
        let present = self.present_name(&built.repository).await?;
        let tags = format!("tags/{}", built.names.tags_begin());
        let branches = built.names.branches_begin().map(|beginning| format!("heads/{beginning}"));
        for prefix in std::iter::once(tags).chain(branches) {
            let url = format!("/repos/{present}/git/matching-refs/{prefix}");
            let Some((body, page)) = self.ask(&url).await? else { continue };
            let rows = body.as_array().ok_or_else(|| ApiError::Unreadable(format!("{url} is no list")))?;
            let all: Vec<Reference> = rows.iter().filter_map(reference_of).collect();
            let mut tx = self.conn.begin().await?;
            reference::keep(&mut tx, &built.repository, &prefix, &all).await?;
            keep_page(&mut tx, &self.scope, &url, &page, self.context.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn date(&mut self, built: &BuiltIn, undated: &Reference) -> Result<(), SyncError> {
        let Reference { name, sha, annotated } = undated;
        let present = self.present_name(&built.repository).await?;
        let url = match name.strip_prefix("heads/") {
            Some(branch) => {
                let known = repository::find(&mut self.conn, &built.repository).await?;
                let main = known.map_or_else(|| "main".to_owned(), |known| known.default_branch);
                format!("/repos/{present}/compare/{main}...{branch}?per_page=1")
            }
            None if *annotated => format!("/repos/{present}/git/tags/{sha}"),
            None => format!("/repos/{present}/git/commits/{sha}"),
        };
        let Answer::Full { body, .. } = self.api.get(&url, None).await? else { return Ok(()) };
        let places = [&body["merge_base_commit"]["commit"]["committer"], &body["tagger"], &body["committer"]];
        let at: Option<DateTime<Utc>> = places.iter().find_map(|place| place["date"].as_str()?.parse().ok());
        let at = at.ok_or_else(|| ApiError::Unreadable(format!("{url} has no date")))?;
        reference::date(&mut self.conn, &built.repository, name, at).await?;
        self.run.changed += 1;
        Ok(())
    }
}

fn reference_of(row: &Value) -> Option<Reference> {
    Some(Reference {
        name: row["ref"].as_str()?.strip_prefix("refs/")?.to_owned(),
        sha: row["object"]["sha"].as_str()?.to_owned(),
        annotated: row["object"]["type"] == "tag",
    })
}
