//! Files: blobs, trees, contents, and what changed in them.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{
    super::git::{Change, Commit, Entry, tree_sha},
    Shape,
};

/// What is not written as it is in an address.
const ADDRESS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// A blob.
pub fn blob(shape: &Shape, sha: &str) -> Option<Value> {
    let content = shape.repository.git.blobs.get(sha)?;
    Some(json!({
        "sha": sha, "node_id": format!("B_{sha}"), "size": content.len(), "encoding": "base64",
        "url": format!("{}/git/blobs/{sha}", shape.api()), "content": base64(content),
    }))
}

/// The tree of a commit: all of it, or only what is at its top.
pub fn tree(shape: &Shape, commit: &Commit, recursive: bool) -> Value {
    let directories: BTreeSet<&str> = commit.tree.keys().flat_map(|path| above(path)).collect();
    let mut rows: Vec<(&str, Value)> = Vec::new();
    for path in directories {
        let sha = tree_sha(&commit.tree, path);
        let url = format!("{}/git/trees/{sha}", shape.api());
        rows.push((path, json!({ "path": path, "mode": "040000", "type": "tree", "sha": sha, "url": url })));
    }
    for (path, Entry { sha, mode }) in commit.tree.iter() {
        let url = format!("{}/git/blobs/{sha}", shape.api());
        let size = shape.repository.git.blobs[sha].len();
        rows.push((path, json!({ "path": path, "mode": mode, "type": "blob", "sha": sha, "size": size, "url": url })));
    }
    rows.retain(|(path, _)| recursive || !path.contains('/'));
    rows.sort_by_key(|(path, _)| *path);
    let sha = tree_sha(&commit.tree, "");
    json!({
        "url": format!("{}/git/trees/{sha}", shape.api()), "sha": sha, "truncated": false,
        "tree": rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>(),
    })
}

/// What is at a path of a commit: a file with its content, or what is in a directory.
pub fn contents(shape: &Shape, commit: &Commit, path: &str, name: &str) -> Option<Value> {
    let git = &shape.repository.git;
    if let Some(entry) = commit.tree.get(path) {
        let target = String::from_utf8_lossy(&git.blobs[&entry.sha]).into_owned();
        // A link to a file of the repository is followed.
        let followed = (entry.mode == "120000").then(|| commit.tree.get(&beside(path, &target))).flatten();
        let entry = followed.unwrap_or(entry);
        let mut json = row(shape, path, entry, name);
        if entry.mode == "120000" {
            json["target"] = target.into();
        } else {
            json["encoding"] = "base64".into();
            json["content"] = base64(&git.blobs[&entry.sha]).into();
        }
        return Some(json);
    }
    let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
    let inside: Vec<_> = commit.tree.iter().filter(|(file, _)| file.starts_with(&prefix)).collect();
    if inside.is_empty() {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for (file, entry) in inside {
        match file[prefix.len()..].split_once('/') {
            None => rows.push(row(shape, file, entry, name)),
            Some((directory, _)) if seen.insert(directory.to_owned()) => {
                let path = format!("{prefix}{directory}");
                let sha = tree_sha(&commit.tree, &path);
                rows.push(row(shape, &path, &Entry { sha, mode: "040000" }, name));
            }
            Some(_) => {}
        }
    }
    Some(rows.into())
}

/// A file that changed up to the commit `sha`.
pub fn changed(shape: &Shape, sha: &str, change: &Change) -> Value {
    let text = |entry: &Option<Entry>| {
        let content = entry.as_ref().and_then(|entry| shape.repository.git.blobs.get(&entry.sha));
        content.map(|content| String::from_utf8_lossy(content).into_owned()).unwrap_or_default()
    };
    let (old, new) = (text(&change.old), text(&change.new));
    let (deletions, additions) = (old.lines().count(), new.lines().count());
    let status = match (&change.old, &change.new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "modified",
    };
    let marked = |mark: &'static str, text: &str| -> String {
        text.lines().flat_map(|line| [mark.to_owned(), line.to_owned()]).collect()
    };
    let head = format!("@@ -{},{deletions} +{},{additions} @@", deletions.min(1), additions.min(1));
    let address = utf8_percent_encode(&change.path, ADDRESS);
    json!({
        "sha": change.new.as_ref().or(change.old.as_ref()).map(|entry| &entry.sha),
        "filename": change.path, "status": status,
        "additions": additions, "deletions": deletions, "changes": additions + deletions,
        "blob_url": format!("{}/blob/{sha}/{address}", shape.html()),
        "raw_url": format!("{}/raw/{sha}/{address}", shape.html()),
        "contents_url": format!("{}/contents/{address}?ref={sha}", shape.api()),
        "patch": format!("{head}{}{}", marked("\n-", &old), marked("\n+", &new)),
    })
}

fn row(shape: &Shape, path: &str, entry: &Entry, name: &str) -> Value {
    let address = utf8_percent_encode(path, ADDRESS);
    let (kind, objects, page) = match entry.mode {
        "040000" => ("dir", "trees", "tree"),
        "120000" => ("symlink", "blobs", "blob"),
        _ => ("file", "blobs", "blob"),
    };
    let api = format!("{}/contents/{address}?ref={name}", shape.api());
    let git = format!("{}/git/{objects}/{}", shape.api(), entry.sha);
    let html = format!("{}/{page}/{name}/{address}", shape.html());
    let raw = format!("https://raw.githubusercontent.com/{}/{name}/{address}", shape.repository.full_name);
    json!({
        "type": kind, "name": path.rsplit('/').next(), "path": path, "sha": entry.sha,
        "size": shape.repository.git.blobs.get(&entry.sha).map_or(0, Vec::len),
        "url": api, "git_url": git, "html_url": html,
        "download_url": if kind == "dir" { None } else { Some(raw) },
        "_links": { "self": api, "git": git, "html": html },
    })
}

/// The directories above a path.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// What a relative link at `path` leads to.
fn beside(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// In lines of sixty characters, as GitHub breaks them.
fn base64(content: &[u8]) -> String {
    let text = STANDARD.encode(content);
    text.as_bytes().chunks(60).flat_map(|line| [String::from_utf8_lossy(line), "\n".into()]).collect()
}
