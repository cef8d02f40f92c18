//! Commits, branches, tags and files of a repository: a graph that the test describes, with a whole tree at each commit.
//!
//! Names of blobs are Git's own, so that a client may check them. Names of commits and trees are only as long as Git's:
//! nobody can check them without the objects. Left out on purpose: real differences; a changed file is replaced whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use sha1::{Digest, Sha1};

/// Files of a commit by path.
pub type Tree = BTreeMap<String, Entry>;

/// What changes in a commit: texts by path, `None` to remove.
pub type Changes = BTreeMap<String, Option<File>>;

/// A file in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name of its blob.
    pub sha: String,
    /// `100644`, or `120000` for a symbolic link.
    pub mode: &'static str,
}

/// A file to be written.
#[derive(Debug, Clone)]
pub struct File {
    /// What is in it; the target of a link.
    pub content: Vec<u8>,
    /// `100644`, or `120000` for a symbolic link.
    pub mode: &'static str,
}

impl File {
    /// An ordinary file.
    pub fn text(text: &str) -> Self {
        Self { content: text.as_bytes().to_vec(), mode: "100644" }
    }

    /// A symbolic link.
    pub fn link(target: &str) -> Self {
        Self { content: target.as_bytes().to_vec(), mode: "120000" }
    }
}

/// A commit.
#[derive(Debug)]
pub struct Commit {
    /// Its name.
    pub sha: String,
    /// What it follows.
    pub parents: Vec<String>,
    /// Message.
    pub message: String,
    /// Login of its author, if GitHub knows them.
    pub author: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// All files.
    pub tree: Arc<Tree>,
    /// Paths that it touched itself; a merge touches none.
    pub touched: Vec<String>,
}

/// What is written of a tag that is an object of its own: who made it, and when.
#[derive(Debug)]
pub struct Note {
    /// Its name as an object.
    pub sha: String,
    /// Login of who made it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A file that differs between two commits.
#[derive(Debug)]
pub struct Change {
    /// Path.
    pub path: String,
    /// Before.
    pub old: Option<Entry>,
    /// After.
    pub new: Option<Entry>,
}

/// What is merged.
#[derive(Debug, Clone, Copy)]
pub struct Ends<'a> {
    /// The commit that it goes to.
    pub base: &'a str,
    /// The commit that comes.
    pub head: &'a str,
    /// The commit from which they went apart.
    pub fork: &'a str,
}

/// The repository's objects and names.
#[derive(Debug, Default)]
pub struct Git {
    seed: u64,
    /// Commits by name.
    pub commits: BTreeMap<String, Commit>,
    /// Contents by name.
    pub blobs: BTreeMap<String, Vec<u8>>,
    /// Last commits of branches.
    pub branches: BTreeMap<String, String>,
    /// Commits of tags.
    pub tags: BTreeMap<String, String>,
    /// What is written of annotated tags, by name.
    pub notes: BTreeMap<String, Note>,
    /// Heads of pull requests by number.
    pub pulls: BTreeMap<u64, String>,
}

impl Git {
    /// An empty one; `seed` tells its commits from those of others.
    pub fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// Adds a commit that follows `parents` and changes files of the first; its name.
    pub fn commit(
        &mut self,
        parents: &[String],
        message: &str,
        author: Option<&str>,
        at: DateTime<Utc>,
        changes: &Changes,
    ) -> String {
        let mut tree = parents.first().map(|parent| self.commits[parent].tree.clone()).unwrap_or_default();
        if !changes.is_empty() {
            let files = Arc::make_mut(&mut tree);
            for (path, file) in changes {
                match file {
                    Some(file) => files.insert(path.clone(), self.store(file)),
                    None => files.remove(path),
                };
            }
        }
        let touched = changes.keys().cloned().collect();
        self.add(parents, message, author, at, tree, touched)
    }

    /// Adds the commit that merges two ends; its name.
    pub fn merge(
        &mut self,
        ends: Ends<'_>,
        message: &str,
        author: Option<&str>,
        at: DateTime<Utc>,
        squash: bool,
    ) -> String {
        let Ends { base, head, fork } = ends;
        let changes = self.changes(fork, head);
        let mut tree = self.commits[base].tree.clone();
        let touched = changes.iter().map(|change| change.path.clone()).collect();
        for change in changes {
            let files = Arc::make_mut(&mut tree);
            match change.new {
                Some(entry) => files.insert(change.path, entry),
                None => files.remove(&change.path),
            };
        }
        if squash {
            return self.add(&[base.to_owned()], message, author, at, tree, touched);
        }
        self.add(&[base.to_owned(), head.to_owned()], message, author, at, tree, Vec::new())
    }

    fn add(
        &mut self,
        parents: &[String],
        message: &str,
        author: Option<&str>,
        at: DateTime<Utc>,
        tree: Arc<Tree>,
        touched: Vec<String>,
    ) -> String {
        let made = self.commits.len();
        let sha = hex(Sha1::digest(format!("{} {made} {parents:?} {message} {author:?} {at}", self.seed)));
        let commit = Commit {
            sha: sha.clone(),
            parents: parents.to_vec(),
            message: message.to_owned(),
            author: author.map(str::to_owned),
            at,
            tree,
            touched,
        };
        self.commits.insert(sha.clone(), commit);
        sha
    }

    /// Writes who made a tag, and when: the tag is an object of its own from then on.
    pub fn annotate(&mut self, tag: &str, by: &str, at: DateTime<Utc>) {
        let sha = hex(Sha1::digest(format!("tag {} {tag} {} {by} {at}", self.seed, self.tags[tag])));
        self.notes.insert(tag.to_owned(), Note { sha, by: by.to_owned(), at });
    }

    fn store(&mut self, file: &File) -> Entry {
        let mut hash = Sha1::new();
        hash.update(format!("blob {}\0", file.content.len()));
        hash.update(&file.content);
        let sha = hex(hash.finalize());
        self.blobs.entry(sha.clone()).or_insert_with(|| file.content.clone());
        Entry { sha, mode: file.mode }
    }

    /// The commit that a name means: a branch, a tag, a commit or its beginning, `refs/…`, a pull request's head.
    pub fn resolve(&self, name: &str) -> Option<&Commit> {
        let name = name.strip_prefix("refs/").unwrap_or(name);
        let short = name.strip_prefix("heads/").or_else(|| name.strip_prefix("tags/")).unwrap_or(name);
        let of_pull = || self.pulls.get(&name.strip_prefix("pull/")?.strip_suffix("/head")?.parse().ok()?);
        let named = self.branches.get(short).or_else(|| self.tags.get(short)).or_else(of_pull);
        if let Some(sha) = named {
            return self.commits.get(sha);
        }
        let begins = short.len() >= 7 && short.chars().all(|c| c.is_ascii_hexdigit());
        begins
            .then(|| self.commits.range(short.to_owned()..).next().map(|(_, commit)| commit))
            .flatten()
            .filter(|commit| commit.sha.starts_with(short))
    }

    /// A commit with all that it follows.
    pub fn history(&self, sha: &str) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<&str> = self.commits.get(sha).map(|commit| commit.sha.as_str()).into_iter().collect();
        while let Some(sha) = waiting.pop() {
            if seen.insert(sha) {
                waiting.extend(self.commits[sha].parents.iter().map(String::as_str));
            }
        }
        seen
    }

    /// The latest commit that two lines have in common.
    pub fn fork(&self, one: &str, other: &str) -> Option<String> {
        let others = self.history(other);
        let common: BTreeSet<_> = self.history(one).into_iter().filter(|sha| others.contains(sha)).collect();
        let followed: BTreeSet<_> =
            common.iter().flat_map(|sha| &self.commits[*sha].parents).map(String::as_str).collect();
        common
            .into_iter()
            .filter(|sha| !followed.contains(sha))
            .max_by_key(|sha| self.commits[*sha].at)
            .map(str::to_owned)
    }

    /// What differs between the trees of two commits; nothing at all is before the first.
    pub fn changes(&self, old: &str, new: &str) -> Vec<Change> {
        let empty = Tree::new();
        let tree = |sha: &str| self.commits.get(sha).map_or(&empty, |commit| &*commit.tree);
        let (old, new) = (tree(old), tree(new));
        let paths: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        paths
            .into_iter()
            .filter(|path| old.get(*path) != new.get(*path))
            .map(|path| Change { path: path.clone(), old: old.get(path).cloned(), new: new.get(path).cloned() })
            .collect()
    }
}

/// The name of a directory: its files are all that can differ.
pub fn tree_sha(tree: &Tree, directory: &str) -> String {
    let mut hash = Sha1::new();
    for (path, entry) in
        tree.iter().filter(|(path, _)| directory.is_empty() || path.starts_with(&format!("{directory}/")))
    {
        hash.update(format!("{path} {} {}\n", entry.mode, entry.sha));
    }
    hex(hash.finalize())
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
