//! What a test says about a repository: what is in it, and what happens there.

use std::collections::BTreeMap;

use super::{
    GitHub, When,
    acts::{Act, Place},
    git::{Changes, File},
    open::{NewIssue, NewPull},
    webhook,
    world::{Issue, Release},
};

/// A repository, to be spoken of.
#[derive(Clone, Copy)]
pub struct Repository<'g> {
    github: &'g GitHub,
    /// Its numeric id.
    pub id: u64,
}

impl<'g> Repository<'g> {
    /// The one of that id.
    pub fn new(github: &'g GitHub, id: u64) -> Self {
        Self { github, id }
    }

    fn change<T>(&self, change: impl FnOnce(&mut super::world::Repository) -> T) -> T {
        self.github.with(|world| change(world.repositories.get_mut(&self.id).unwrap()))
    }

    /// Where it is.
    pub fn github(&self) -> &'g GitHub {
        self.github
    }

    /// Its owner and name.
    pub fn full_name(&self) -> String {
        self.change(|repository| repository.full_name.clone())
    }

    /// Only tokens that see what is private see it.
    pub fn private(self) -> Self {
        self.change(|repository| repository.private = true);
        self
    }

    /// Gives it another name; the one before redirects.
    pub fn rename(&self, full_name: &str) {
        self.github.with(|world| {
            let (owner, _) = full_name.split_once('/').expect("owner/name");
            world.account_of_kind(owner, "Organization");
            world.names.insert(full_name.to_lowercase(), self.id);
            full_name.clone_into(&mut world.repositories.get_mut(&self.id).unwrap().full_name);
        });
    }

    /// An issue to be opened.
    pub fn issue(&self, number: u64) -> Draft<'g> {
        Draft { repository: *self, new: NewIssue { number, ..NewIssue::default() } }
    }

    /// A pull request to be opened.
    pub fn pull(&self, number: u64) -> Draft<'g> {
        Draft { repository: *self, new: NewIssue { number, pull: Some(NewPull::default()), ..NewIssue::default() } }
    }

    /// Lets something happen to an issue or pull request; the id of the comment, review or row that it makes.
    pub fn act(&self, number: u64, by: &str, at: impl When, act: Act) -> u64 {
        let place = Place { repository: self.id, number, by: Some(by.to_owned()), at: at.when() };
        self.github.with(|world| world.act(&place, act))
    }

    /// Changes the title.
    pub fn retitle(&self, number: u64, title: &str, by: &str, at: impl When) {
        self.act(number, by, at, Act::Edit { title: Some(title.to_owned()), body: None });
    }

    /// Changes the text.
    pub fn edit(&self, number: u64, body: &str, by: &str, at: impl When) {
        self.act(number, by, at, Act::Edit { title: None, body: Some(body.to_owned()) });
    }

    /// The text of an issue or pull request.
    pub fn issue_body(&self, number: u64) -> String {
        self.change(|repository| repository.issues[&number].body.clone().unwrap_or_default())
    }

    /// Gives a label.
    pub fn label(&self, number: u64, name: &str, by: &str, at: impl When) {
        self.act(number, by, at, Act::Label { name: name.to_owned() });
    }

    /// Takes a label.
    pub fn unlabel(&self, number: u64, name: &str, by: &str, at: impl When) {
        self.act(number, by, at, Act::Unlabel { name: name.to_owned() });
    }

    /// Writes a comment; its id.
    pub fn comment(&self, number: u64, by: &str, body: &str, at: impl When) -> u64 {
        self.act(number, by, at, Act::Comment { body: body.to_owned() })
    }

    /// Edits a comment.
    pub fn edit_comment(&self, id: u64, body: &str, by: &str, at: impl When) {
        let number = self.change(|repository| repository.comments[&id]);
        self.act(number, by, at, Act::EditComment { id, body: body.to_owned() });
    }

    /// Deletes a comment.
    pub fn delete_comment(&self, id: u64, by: &str, at: impl When) {
        let number = self.change(|repository| repository.comments[&id]);
        self.act(number, by, at, Act::DeleteComment { id });
    }

    /// Closes an issue or pull request.
    pub fn close(&self, number: u64, by: &str, at: impl When) {
        self.act(number, by, at, Act::Close { reason: None });
    }

    /// Opens it again.
    pub fn reopen(&self, number: u64, by: &str, at: impl When) {
        self.act(number, by, at, Act::Reopen);
    }

    /// Asks somebody for a review; `team:` before the slug of a team.
    pub fn request_review(&self, number: u64, reviewer: &str, by: &str, at: impl When) {
        self.act(number, by, at, Act::RequestReview { reviewer: reviewer.to_owned() });
    }

    /// Reviews a pull request: `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`; the review's id.
    pub fn review(&self, number: u64, who: &str, state: &str, at: impl When) -> u64 {
        self.act(number, who, at, Act::Review { state: state.to_owned(), body: String::new() })
    }

    /// Merges a pull request; the commit.
    pub fn merge(&self, number: u64, by: &str, at: impl When) -> String {
        self.act(number, by, at, Act::Merge { squash: false });
        self.change(|repository| repository.issues[&number].pull.as_ref().unwrap().merge_commit_sha.clone().unwrap())
    }

    /// Goes on with the branch of a pull request.
    pub fn push_to(&self, number: u64, files: &[(&str, &str)], by: &str, at: impl When) {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        self.act(number, by, at, Act::Push { files });
    }

    /// Moves an issue to another repository.
    pub fn transfer(&self, number: u64, to: &str, new_number: u64, by: &str, at: impl When) {
        self.act(number, by, at, Act::Transfer { to: to.to_owned(), number: new_number });
    }

    /// Deletes an issue.
    pub fn delete(&self, number: u64, by: &str, at: impl When) {
        self.act(number, by, at, Act::Delete);
    }

    /// Makes an issue odd in a way for which there is no sentence.
    pub fn with_issue(&self, number: u64, change: impl FnOnce(&mut Issue)) {
        self.github.with(|world| change(world.issue_mut(self.id, number)));
    }

    /// Writes a file to the main line now.
    pub fn file(&self, path: &str, text: &str) -> &Self {
        let now = self.github.now();
        self.push("main", &[(path, text)], &self.owner(), now);
        self
    }

    /// Writes a symbolic link to the main line now.
    pub fn link(&self, path: &str, target: &str) -> &Self {
        let changes = BTreeMap::from([(path.to_owned(), Some(File::link(target)))]);
        self.commit("main", "Link", changes, &self.owner(), self.github.now());
        self
    }

    /// Pushes a commit that writes files to a branch; the commit.
    pub fn push(&self, branch: &str, files: &[(&str, &str)], by: &str, at: impl When) -> String {
        let changes = files.iter().map(|(path, text)| ((*path).to_owned(), Some(File::text(text)))).collect();
        let message = files.first().map_or_else(|| "Nothing".to_owned(), |(path, _)| format!("Write {path}"));
        self.commit(branch, &message, changes, by, at)
    }

    /// Pushes a commit that removes a file; the commit.
    pub fn remove(&self, branch: &str, path: &str, by: &str, at: impl When) -> String {
        self.commit(branch, &format!("Remove {path}"), BTreeMap::from([(path.to_owned(), None)]), by, at)
    }

    /// Pushes a commit to a branch that holds the same as another commit; its name.
    pub fn cherry_pick(&self, branch: &str, sha: &str, by: &str, at: impl When) -> String {
        let (message, changes) = self.change(|repository| {
            let git = &repository.git;
            let picked = &git.commits[sha];
            let parent = picked.parents.first().map_or("", String::as_str);
            let write = |change: super::git::Change| {
                let file = change.new.map(|entry| File { content: git.blobs[&entry.sha].clone(), mode: entry.mode });
                (change.path, file)
            };
            let changes: Changes = git.changes(parent, sha).into_iter().map(write).collect();
            (format!("{}\n\n(cherry picked from commit {sha})", picked.message), changes)
        });
        self.commit(branch, &message, changes, by, at)
    }

    fn commit(&self, branch: &str, message: &str, changes: Changes, by: &str, at: impl When) -> String {
        let at = at.when();
        self.github.with(|world| {
            world.reach(at);
            world.account(by);
            let repository = world.repositories.get_mut(&self.id).unwrap();
            let branch = if branch == "main" { repository.default_branch.clone() } else { branch.to_owned() };
            let git = &mut repository.git;
            let before = git.branches.get(&branch).unwrap_or_else(|| panic!("there is no branch {branch}")).clone();
            let sha = git.commit(std::slice::from_ref(&before), message, Some(by), at, &changes);
            git.branches.insert(branch.clone(), sha.clone());
            webhook::of_push(world, self.id, &format!("refs/heads/{branch}"), &before, &sha, Some(by));
            sha
        })
    }

    /// Cuts a branch from a name or commit.
    pub fn branch(&self, name: &str, from: &str) -> &Self {
        self.name("heads", name, from)
    }

    /// Tags a name or commit.
    pub fn tag(&self, name: &str, of: &str) -> &Self {
        self.name("tags", name, of)
    }

    /// Tags a name or commit, and writes who did it and when.
    pub fn tag_by(&self, name: &str, of: &str, by: &str, at: impl When) -> &Self {
        self.tag(name, of);
        self.change(|repository| repository.git.annotate(name, by, at.when()));
        self
    }

    /// Takes a tag away.
    pub fn untag(&self, name: &str) {
        self.change(|repository| {
            repository.git.tags.remove(name);
            repository.git.notes.remove(name);
        });
    }

    fn name(&self, kind: &str, name: &str, of: &str) -> &Self {
        let owner = self.owner();
        self.github.with(|world| {
            let git = &mut world.repositories.get_mut(&self.id).unwrap().git;
            let sha = git.resolve(of).unwrap_or_else(|| panic!("there is no {of}")).sha.clone();
            let names = if kind == "tags" { &mut git.tags } else { &mut git.branches };
            names.insert(name.to_owned(), sha.clone());
            let nothing = "0".repeat(40);
            webhook::of_push(world, self.id, &format!("refs/{kind}/{name}"), &nothing, &sha, Some(&owner));
        });
        self
    }

    /// Publishes a release of a tag.
    pub fn release(&self, tag: &str, at: impl When) -> &Self {
        let at = at.when();
        self.github.with(|world| {
            world.reach(at);
            let id = world.id();
            let release = Release { id, tag: tag.to_owned(), at };
            world.repositories.get_mut(&self.id).unwrap().releases.push(release);
        });
        self
    }

    /// Gives the main line another name.
    pub fn main_line(&self, name: &str) -> &Self {
        self.change(|repository| {
            let before = std::mem::replace(&mut repository.default_branch, name.to_owned());
            let sha = repository.git.branches.remove(&before).unwrap();
            repository.git.branches.insert(name.to_owned(), sha);
        });
        self
    }

    fn owner(&self) -> String {
        self.full_name().split_once('/').unwrap().0.to_owned()
    }
}

/// An issue or pull request to be opened; `open` ends the sentence.
#[must_use = "`open` opens it"]
pub struct Draft<'g> {
    repository: Repository<'g>,
    new: NewIssue,
}

impl Draft<'_> {
    fn pull_mut(&mut self) -> &mut NewPull {
        self.new.pull.as_mut().expect("a pull request")
    }

    /// Its title.
    pub fn title(mut self, title: &str) -> Self {
        title.clone_into(&mut self.new.title);
        self
    }

    /// Its text.
    pub fn body(mut self, body: &str) -> Self {
        self.new.body = Some(body.to_owned());
        self
    }

    /// Its author. Without one, the account is deleted.
    pub fn by(mut self, login: &str) -> Self {
        self.new.author = Some(login.to_owned());
        self
    }

    /// Labels that it has from the start.
    pub fn labels(mut self, names: &[&str]) -> Self {
        self.new.labels.extend(names.iter().map(|name| (*name).to_owned()));
        self
    }

    /// Somebody that it is assigned to from the start.
    pub fn assigned_to(mut self, login: &str) -> Self {
        self.new.assignees.push(login.to_owned());
        self
    }

    /// When it is opened.
    pub fn at(mut self, at: impl When) -> Self {
        self.new.created_at = Some(at.when());
        self
    }

    /// A file that it writes.
    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.pull_mut().files.insert(path.to_owned(), Some(text.to_owned()));
        self
    }

    /// A file that it removes.
    pub fn without(mut self, path: &str) -> Self {
        self.pull_mut().files.insert(path.to_owned(), None);
        self
    }

    /// The branch that it goes to, if not the main line.
    pub fn into_branch(mut self, base: &str) -> Self {
        self.pull_mut().base = Some(base.to_owned());
        self
    }

    /// The branch that it comes from.
    pub fn on_branch(mut self, head: &str) -> Self {
        self.pull_mut().head = Some(head.to_owned());
        self
    }

    /// It is not ready for review.
    pub fn not_ready(mut self) -> Self {
        self.pull_mut().draft = true;
        self
    }

    /// Opens it; its number.
    pub fn open(self) -> u64 {
        let number = self.new.number;
        self.repository.github.with(|world| world.open(self.repository.id, self.new));
        number
    }
}
