//! Whether merged pull requests are in the branch that their release is built from (P-7, P-14): asked from the Code
//! Freeze on until it is so, as long as the release is not long past.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;
use domain::{Event, Pull, PullKind, PullState, Reading, ReleaseVersion};

use sqlx::Connection;

use super::{Reader, SyncError, keep_page, plan::Target};
use crate::{
    github::{Answer, ApiError},
    store::github::{
        item,
        landing::{self, Landing},
        page,
        repository::{self, CodeRepository},
    },
    usecases::{key::Key, observe},
};

/// How long after GA somebody may still want to know.
const AFTER_GA: TimeDelta = TimeDelta::days(60);

/// A pull request whose landing is in question.
struct Question {
    key: Key,
    pull: Pull,
}

impl Reader<'_> {
    /// Asks for every merged implementation pull request that is not known to have landed.
    pub(super) async fn landings(&mut self, targets: &[Target]) -> Result<(), SyncError> {
        let questions = self.questions().await?;
        let all = u32::try_from(questions.len()).ok();
        let mut events = Vec::new();
        let mut branches: HashMap<String, Option<HashMap<String, String>>> = HashMap::new();
        for (done, question) in questions.into_iter().enumerate() {
            let Some(code) = code_of(targets, &question) else { continue };
            let name = &question.pull.repository;
            if !branches.contains_key(name) {
                let read = self.branches(name).await;
                let mut found = None;
                let outcome = read.map(|read| found = Some(read));
                self.pass_over(name, Reading::Branches, "branches", outcome)?;
                branches.insert(name.clone(), found);
            }
            // What could not be read tells nothing.
            let Some(Some(there)) = branches.get(name) else { continue };
            let outcome = self.landing(&question, code, there).await;
            let what = format!("landing of #{}", question.pull.number);
            let outcome = outcome.map(|event| events.extend(event.map(|event| (question.key.clone(), event))));
            self.pass_over(&question.pull.repository, Reading::Branches, &what, outcome)?;
            self.progress("landings", u32::try_from(done + 1).unwrap_or(u32::MAX), all).await?;
        }
        self.run.events += observe::append(self.context, &events, self.context.clock.now()).await?;
        Ok(())
    }

    async fn questions(&mut self) -> Result<Vec<Question>, SyncError> {
        let world = self.verdicts.world().await?;
        let now = self.context.clock.now();
        let mut questions = Vec::new();
        for ((source, number), record) in &world.proposals {
            let known = record.history.at(now);
            let landed: BTreeSet<_> =
                known.landings.iter().filter(|l| l.contained).map(|l| (l.repository, l.number)).collect();
            for pull in &known.pulls {
                let due = world.releases.get(&(record.source.calendar.clone(), pull.release)).is_some_and(|release| {
                    let dates = release.dates_at(now);
                    let past = dates.ga.is_some_and(|ga| ga + AFTER_GA < now);
                    dates.code_freeze.is_some_and(|freeze| freeze <= now) && !past
                });
                let open = pull.kind == PullKind::Implementation
                    && pull.state == PullState::Merged
                    && !landed.contains(&(pull.repository.as_str(), pull.number));
                if due && open {
                    let key = Key { source: source.clone(), number: *number };
                    questions.push(Question { key, pull: pull.clone().into_owned() });
                }
            }
        }
        Ok(questions)
    }

    /// The event, when the answer is news. While the branch stands where it stood, so does the answer.
    async fn landing(
        &mut self,
        question: &Question,
        code: &CodeRepository,
        branches: &HashMap<String, String>,
    ) -> Result<Option<Event>, SyncError> {
        let Pull { repository, number, release, .. } = &question.pull;
        let key = (repository.as_str(), *number);
        let known = repository::find(&mut self.conn, repository).await?;
        let main = known.as_ref().map_or("main", |known| known.default_branch.as_str()).to_owned();
        let branch = code.release_branch.as_ref().map_or(main, |pattern| branch_of(pattern, *release));
        let branch_sha = branches.get(&branch).cloned();
        let before = landing::find(&mut self.conn, key, &branch).await?;
        if before.as_ref().is_some_and(|before| before.branch_sha == branch_sha) {
            return Ok(None);
        }
        let kept = item::find(&mut self.conn, repository, *number).await?;
        let Some(commit) = kept.and_then(|kept| kept.item.merge_commit) else { return Ok(None) };
        let contained = branch_sha.is_some()
            && (self.is_in(repository, &branch, &commit).await? || self.carried(repository, *number, &branch).await?);
        let found = Landing { contained, branch_sha };
        landing::keep(&mut self.conn, key, &branch, &found, self.context.clock.now()).await?;
        let news = before.is_none_or(|before| before.contained != contained);
        let event = Event::LandingObserved { repository: repository.clone(), number: *number, branch, contained };
        Ok(news.then_some(event))
    }

    /// Where the branches of a repository stand.
    async fn branches(&mut self, name: &str) -> Result<HashMap<String, String>, SyncError> {
        let repository = self.present_name(name).await?;
        let mut next = Some(format!("/repos/{repository}/branches?per_page=100"));
        while let Some(url) = next {
            let before = page::find(&mut self.conn, &self.scope, &url).await?;
            next = match self.ask(&url).await? {
                None => before.and_then(|page| page.next),
                Some((body, page)) => {
                    let mut tx = self.conn.begin().await?;
                    for branch in body.as_array().into_iter().flatten() {
                        if let (Some(branch), Some(sha)) = (branch["name"].as_str(), branch["commit"]["sha"].as_str()) {
                            landing::keep_branch(&mut tx, name, branch, sha).await?;
                        }
                    }
                    keep_page(&mut tx, &self.scope, &url, &page, self.context.clock.now()).await?;
                    tx.commit().await?;
                    page.next
                }
            };
        }
        Ok(landing::branches(&mut self.conn, name).await?)
    }

    /// Whether a branch contains a commit: compared with the branch, it has nothing of its own.
    async fn is_in(&mut self, repository: &str, branch: &str, commit: &str) -> Result<bool, SyncError> {
        let name = self.present_name(repository).await?;
        match self.api.get(&format!("/repos/{name}/compare/{branch}...{commit}?per_page=1"), None).await {
            Ok(Answer::Full { body, .. }) => Ok(matches!(body["status"].as_str(), Some("behind" | "identical"))),
            // There is no such branch yet.
            Ok(Answer::Same) | Err(ApiError::Missing { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a merged pull request into the branch carries this one over.
    async fn carried(&mut self, repository: &str, number: u32, branch: &str) -> Result<bool, SyncError> {
        let of = format!("{repository}#{number}");
        let naming = item::naming(&mut self.conn, std::slice::from_ref(&of)).await?;
        Ok(naming.iter().any(|kept| {
            kept.repository == repository
                && kept.item.base == branch
                && kept.item.merged_at.is_some()
                && observe::cherry_pick_of(&kept.item) == Some(number)
        }))
    }
}

/// How the repository of a pull request releases: as its proposal's source says, else as any.
fn code_of<'t>(targets: &'t [Target], question: &Question) -> Option<&'t CodeRepository> {
    let there = || targets.iter().flat_map(|target| &target.code).filter(|code| code.name == question.pull.repository);
    there().find(|code| code.source == question.key.source).or_else(|| there().next())
}

fn branch_of(pattern: &str, release: ReleaseVersion) -> String {
    pattern.replace("{major}", &release.major.to_string()).replace("{minor}", &release.minor.to_string())
}
