//! What happens to issues and pull requests alike, and to what is said about them.

use serde_json::{Value, json};

use super::{
    super::{
        webhook,
        world::{Comment, Gone, Issue, Kind, Label, World},
    },
    Act, Place,
};

impl World {
    pub(super) fn act_on_issue(&mut self, place: &Place, act: Act) -> u64 {
        match &act {
            Act::Label { name } => self.define_label(place.repository, name),
            Act::Assign { login } => drop(self.account(login)),
            _ => {}
        }
        let other = match &act {
            Act::Mention { repository, .. } => self.repository(repository),
            _ => 0,
        };
        let issue = self.issue_mut(place.repository, place.number);
        let (action, extra, kind) = match act {
            Act::Edit { title, body } => edit(issue, title, body),
            Act::Label { name } => {
                if !issue.labels.iter().any(|label| label.name() == name) {
                    issue.labels.push(Label::Named(name.clone()));
                }
                ("labeled", json!({ "label": name }), Some(Kind::Labeled(name)))
            }
            Act::Unlabel { name } => {
                issue.labels.retain(|label| label.name() != name);
                ("unlabeled", json!({ "label": name }), Some(Kind::Unlabeled(name)))
            }
            Act::Assign { login } => {
                issue.assignees.push(login.clone());
                ("assigned", json!({ "assignee": login }), Some(Kind::Assigned(login)))
            }
            Act::Unassign { login } => {
                issue.assignees.retain(|assignee| *assignee != login);
                ("unassigned", json!({ "assignee": login }), Some(Kind::Unassigned(login)))
            }
            Act::Close { reason } => {
                issue.closed_at = Some(place.at);
                issue.closed_by.clone_from(&place.by);
                let by_hand = issue.pull.is_none().then(|| "completed".to_owned());
                issue.state_reason = reason.or(by_hand);
                ("closed", json!({}), Some(Kind::Closed(None)))
            }
            Act::Reopen => {
                (issue.closed_at, issue.closed_by) = (None, None);
                issue.state_reason = issue.pull.is_none().then(|| "reopened".to_owned());
                ("reopened", json!({}), Some(Kind::Reopened))
            }
            Act::Mention { number, .. } => ("", json!({}), Some(Kind::CrossReferenced(other, number))),
            Act::Odd { event } => ("", json!({}), Some(Kind::Odd(event))),
            other => unreachable!("{other:?} is handled elsewhere"),
        };
        let id = self.happened(place, kind);
        if !action.is_empty() {
            webhook::of_issue(self, place, action, extra);
        }
        id
    }

    pub(super) fn act_on_comment(&mut self, place: &Place, act: Act) -> u64 {
        let new = self.id();
        let issue = self.issue_mut(place.repository, place.number);
        let mut before = None;
        let (id, action) = match &act {
            Act::Comment { body } => {
                let (created_at, updated_at) = (place.at, place.at);
                let comment = Comment { id: new, author: place.by.clone(), body: body.clone(), created_at, updated_at };
                issue.comments.push(comment);
                (new, "created")
            }
            Act::EditComment { id, body } => {
                let comment = issue.comments.iter_mut().find(|comment| comment.id == *id).unwrap();
                before = Some(std::mem::replace(&mut comment.body, body.clone()));
                comment.updated_at = place.at;
                (*id, "edited")
            }
            Act::DeleteComment { id } => (*id, "deleted"),
            other => unreachable!("{other:?} is no act on a comment"),
        };
        if action == "created" {
            self.repositories.get_mut(&place.repository).unwrap().comments.insert(id, place.number);
            self.happened(place, Some(Kind::Commented(id)));
        } else if action == "deleted" {
            // Editing a comment leaves its issue's time of change alone; deleting it does not.
            self.happened(place, None);
        }
        webhook::of_comment(self, place, action, id, before.as_deref());
        if action == "deleted" {
            self.issue_mut(place.repository, place.number).comments.retain(|comment| comment.id != id);
            self.repositories.get_mut(&place.repository).unwrap().comments.remove(&id);
        }
        id
    }

    pub(super) fn transfer(&mut self, place: &Place, to: &str, number: u64) -> u64 {
        let target = self.repository(to);
        webhook::of_issue(self, place, "transferred", json!({}));
        let id = self.id();
        let from = self.repositories.get_mut(&place.repository).unwrap();
        let mut issue = from.issues.remove(&place.number).unwrap();
        from.gone.insert(place.number, Gone::Transferred(target, number));
        from.comments.retain(|_, of| *of != place.number);
        (issue.id, issue.number, issue.updated_at) = (id, number, place.at);
        let labels: Vec<_> = issue.labels.iter().map(|label| label.name().to_owned()).collect();
        let comments: Vec<_> = issue.comments.iter().map(|comment| comment.id).collect();
        for label in labels {
            self.define_label(target, &label);
        }
        let repository = self.repositories.get_mut(&target).unwrap();
        repository.comments.extend(comments.into_iter().map(|comment| (comment, number)));
        repository.issues.insert(number, issue);
        id
    }

    pub(super) fn delete(&mut self, place: &Place) -> u64 {
        webhook::of_issue(self, place, "deleted", json!({}));
        let repository = self.repositories.get_mut(&place.repository).unwrap();
        repository.issues.remove(&place.number);
        repository.comments.retain(|_, of| *of != place.number);
        repository.gone.insert(place.number, Gone::Deleted);
        0
    }
}

/// Title and text change; the event's action, what it says besides, and the row.
fn edit(issue: &mut Issue, title: Option<String>, body: Option<String>) -> (&'static str, Value, Option<Kind>) {
    let mut changes = json!({});
    let mut kind = None;
    if let Some(title) = title {
        let old = std::mem::replace(&mut issue.title, title.clone());
        changes["title"] = json!({ "from": old });
        kind = Some(Kind::Renamed(old, title));
    }
    if let Some(body) = body {
        changes["body"] = json!({ "from": issue.body.replace(body) });
    }
    ("edited", json!({ "changes": changes }), kind)
}
