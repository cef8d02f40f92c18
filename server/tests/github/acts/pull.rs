//! What happens to pull requests alone.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    super::{
        git::{Ends, File},
        webhook,
        world::{Kind, Review, World},
    },
    Act, Place,
};

impl World {
    pub(super) fn act_on_pull(&mut self, place: &Place, act: Act) -> u64 {
        if let Act::RequestReview { reviewer } | Act::RemoveReviewRequest { reviewer } = &act
            && !reviewer.starts_with("team:")
        {
            self.account(reviewer);
        }
        let pull = self.pull_mut(place);
        let (action, extra, kind) = match act {
            Act::RequestReview { reviewer } => {
                if let Some(team) = reviewer.strip_prefix("team:") {
                    pull.teams.push(team.to_owned());
                    ("review_requested", json!({ "requested_team": team }), Kind::TeamRequested(team.to_owned()))
                } else {
                    pull.reviewers.push(reviewer.clone());
                    ("review_requested", json!({ "requested_reviewer": reviewer }), Kind::ReviewRequested(reviewer))
                }
            }
            Act::RemoveReviewRequest { reviewer } => {
                pull.reviewers.retain(|login| *login != reviewer);
                let extra = json!({ "requested_reviewer": reviewer });
                ("review_request_removed", extra, Kind::ReviewRequestRemoved(reviewer))
            }
            Act::Draft => {
                pull.draft = true;
                ("converted_to_draft", json!({}), Kind::ConvertToDraft)
            }
            _ => {
                pull.draft = false;
                ("ready_for_review", json!({}), Kind::ReadyForReview)
            }
        };
        let id = self.happened(place, Some(kind));
        webhook::of_issue(self, place, action, extra);
        id
    }

    pub(super) fn review(&mut self, place: &Place, state: String, body: String) -> u64 {
        let id = self.id();
        let pull = self.pull_mut(place);
        let author = place.by.clone();
        // Whoever reviews is no longer asked to.
        pull.reviewers.retain(|login| Some(login) != author.as_ref());
        let commit = pull.head_sha.clone();
        pull.reviews.push(Review { id, author, state, body, commit, at: place.at });
        self.happened(place, Some(Kind::Reviewed(id)));
        webhook::of_review(self, place, id);
        id
    }

    pub(super) fn push(&mut self, place: &Place, files: BTreeMap<String, String>, anew: bool) -> u64 {
        let changes = files.iter().map(|(path, text)| (path.clone(), Some(File::text(text)))).collect();
        let pull = self.pull_mut(place);
        let before = pull.head_sha.clone();
        let parent = if anew { pull.base_sha.clone() } else { before.clone() };
        let git = &mut self.repositories.get_mut(&place.repository).unwrap().git;
        let sha = git.commit(&[parent], "Go on", place.by.as_deref(), place.at, &changes);
        git.pulls.insert(place.number, sha.clone());
        let pull = self.pull_mut(place);
        if anew {
            pull.commits.clear();
        }
        pull.commits.push(sha.clone());
        pull.head_sha.clone_from(&sha);
        if anew {
            let gone = |kind: &Kind| matches!(kind, Kind::Committed(_));
            self.issue_mut(place.repository, place.number).timeline.retain(|event| !gone(&event.kind));
            self.happened(place, Some(Kind::ForcePushed(sha.clone())));
        }
        let id = self.happened(place, Some(Kind::Committed(sha.clone())));
        webhook::of_issue(self, place, "synchronize", json!({ "before": before, "after": sha }));
        id
    }

    pub(super) fn merge(&mut self, place: &Place, squash: bool) -> u64 {
        let title = self.issue_mut(place.repository, place.number).title.clone();
        let (base, head, fork) = {
            let pull = self.pull_mut(place);
            (pull.base.clone(), pull.head_sha.clone(), pull.base_sha.clone())
        };
        let git = &mut self.repositories.get_mut(&place.repository).unwrap().git;
        let before = git.branches.get(&base).unwrap_or_else(|| panic!("there is no branch {base}")).clone();
        let number = place.number;
        let message = if squash { format!("{title} (#{number})") } else { format!("Merge pull request #{number}") };
        let ends = Ends { base: &before, head: &head, fork: &fork };
        let sha = git.merge(ends, &message, place.by.as_deref(), place.at, squash);
        git.branches.insert(base.clone(), sha.clone());
        let pull = self.pull_mut(place);
        pull.merged_at = Some(place.at);
        pull.merged_by.clone_from(&place.by);
        pull.merge_commit_sha = Some(sha.clone());
        let issue = self.issue_mut(place.repository, place.number);
        issue.closed_at = Some(place.at);
        issue.closed_by.clone_from(&place.by);
        let id = self.happened(place, Some(Kind::Merged(sha.clone())));
        self.happened(place, Some(Kind::Closed(None)));
        webhook::of_issue(self, place, "closed", json!({}));
        webhook::of_push(self, place.repository, &format!("refs/heads/{base}"), &before, &sha, place.by.as_deref());
        id
    }
}
