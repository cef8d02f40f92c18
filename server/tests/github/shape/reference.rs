//! Branches and tags as Git keeps them, and tags that are objects of their own.

use serde_json::{Value, json};

use super::{Shape, commit::unsigned, time};

/// Branches (`heads/…`) and tags (`tags/…`) whose names begin so, all at once: GitHub makes no pages of them.
pub fn matching(shape: &Shape, prefix: &str) -> Value {
    let git = &shape.repository.git;
    let branches = git.branches.iter().map(|(name, sha)| (format!("heads/{name}"), "commit", sha));
    let tags = git.tags.iter().map(|(name, sha)| {
        let note = git.notes.get(name);
        (format!("tags/{name}"), if note.is_some() { "tag" } else { "commit" }, note.map_or(sha, |note| &note.sha))
    });
    let found = branches.chain(tags).filter(|(name, ..)| name.starts_with(prefix));
    found.map(|(name, kind, sha)| reference(shape, &name, kind, sha)).collect()
}

fn reference(shape: &Shape, name: &str, kind: &str, sha: &str) -> Value {
    json!({
        "ref": format!("refs/{name}"), "node_id": format!("REF_{name}"),
        "url": format!("{}/git/refs/{name}", shape.api()),
        "object": { "sha": sha, "type": kind, "url": format!("{}/git/{kind}s/{sha}", shape.api()) },
    })
}

/// A tag that is an object, by the object's name.
pub fn tag(shape: &Shape, sha: &str) -> Option<Value> {
    let git = &shape.repository.git;
    let (name, note) = git.notes.iter().find(|(_, note)| note.sha == sha)?;
    let of = &git.tags[name];
    Some(json!({
        "node_id": format!("TA_{sha}"), "tag": name, "sha": sha, "url": format!("{}/git/tags/{sha}", shape.api()),
        "message": format!("Release {name}"),
        "tagger": { "name": note.by, "email": format!("{}@users.noreply.github.com", note.by), "date": time(note.at) },
        "object": { "sha": of, "type": "commit", "url": format!("{}/git/commits/{of}", shape.api()) },
        "verification": unsigned(),
    }))
}
