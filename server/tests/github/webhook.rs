//! The events that GitHub sends: made by every change, signed, and either delivered one after another to the configured
//! address or kept for a test to shuffle, repeat and forge.

use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::UnboundedSender;

use super::{
    acts::Place,
    git::hex,
    shape::{self, Shape},
    world::{GHOST, Label, World},
};

/// Where events go.
#[derive(Default)]
pub struct Hooks {
    /// The hook, once a test has set one up.
    pub hook: Option<Hook>,
    /// Every event since, oldest first.
    pub deliveries: Vec<Delivery>,
}

/// A webhook, the same for all repositories.
pub struct Hook {
    /// Numeric id.
    pub id: u64,
    /// What signs its events.
    pub secret: String,
    /// Takes what is to be delivered; without it events are only kept.
    pub sender: Option<UnboundedSender<Delivery>>,
}

/// An event, as it is sent.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Numeric id, another for each attempt.
    pub id: u64,
    /// `X-GitHub-Delivery`, the same for each attempt.
    pub guid: String,
    /// `X-GitHub-Event`.
    pub event: String,
    /// The action within, where the event has some.
    pub action: Option<String>,
    /// Id of its repository.
    pub repository: u64,
    /// The body, byte for byte.
    pub body: String,
    /// `X-Hub-Signature-256`.
    pub signature: String,
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// Whether it was asked for once more.
    pub again: bool,
    /// What the receiver answered; `None` before, 0 when it did not.
    pub status: Option<u16>,
}

impl Delivery {
    /// The headers that it is sent with.
    pub fn headers(&self) -> [(&'static str, String); 5] {
        [
            ("content-type", "application/json".to_owned()),
            ("user-agent", "GitHub-Hookshot/stand-in".to_owned()),
            ("x-github-event", self.event.clone()),
            ("x-github-delivery", self.guid.clone()),
            ("x-hub-signature-256", self.signature.clone()),
        ]
    }

    /// The same event with a signature that somebody without the secret would send.
    pub fn forged(&self) -> Self {
        Self { signature: sign("not the secret", self.body.as_bytes()), ..self.clone() }
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The signature of a body: `sha256=…`.
pub fn sign(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", hex(mac.finalize().into_bytes()))
}

/// Sends a delivery by HTTP; the status of the answer, 0 when there is none.
pub async fn deliver(http: &reqwest::Client, url: &str, delivery: &Delivery) -> u16 {
    let mut request = http.post(url).body(delivery.body.clone());
    for (name, value) in delivery.headers() {
        request = request.header(name, value);
    }
    request.send().await.map_or(0, |answer| answer.status().as_u16())
}

/// Sends the event of an issue or a pull request.
pub fn of_issue(world: &mut World, place: &Place, action: &str, extra: Value) {
    if world.hooks.hook.is_none() {
        return;
    }
    let shape = Shape::new(world, place.repository);
    let issue = &shape.repository.issues[&place.number];
    let mut payload = json!({ "action": action });
    let event = if issue.pull.is_some() { "pull_request" } else { "issues" };
    if issue.pull.is_some() {
        payload["number"] = json!(issue.number);
        payload["pull_request"] = shape::pull::whole(&shape, issue);
    } else {
        payload["issue"] = shape::issue::issue(&shape, issue);
    }
    for (key, value) in extra.as_object().into_iter().flatten() {
        payload[key] = match (key.as_str(), value.as_str()) {
            ("label", Some(name)) => shape::issue::label(&shape, &Label::Named(name.to_owned())),
            ("assignee" | "requested_reviewer", Some(login)) => shape.user(login),
            ("requested_team", Some(slug)) => shape.team(slug),
            _ => value.clone(),
        };
    }
    send(world, event, Some(action), place.repository, payload, place.by.as_deref());
}

/// Sends the event of a comment; `before` is what it said until it was edited.
pub fn of_comment(world: &mut World, place: &Place, action: &str, id: u64, before: Option<&str>) {
    if world.hooks.hook.is_none() {
        return;
    }
    let shape = Shape::new(world, place.repository);
    let issue = &shape.repository.issues[&place.number];
    let comment = issue.comments.iter().find(|comment| comment.id == id).unwrap();
    let mut payload = json!({
        "action": action,
        "issue": shape::issue::issue(&shape, issue),
        "comment": shape::issue::comment(&shape, issue, comment),
    });
    if let Some(before) = before {
        payload["changes"] = json!({ "body": { "from": before } });
    }
    send(world, "issue_comment", Some(action), place.repository, payload, place.by.as_deref());
}

/// Sends the event of a review.
pub fn of_review(world: &mut World, place: &Place, id: u64) {
    if world.hooks.hook.is_none() {
        return;
    }
    let shape = Shape::new(world, place.repository);
    let issue = &shape.repository.issues[&place.number];
    let pull = issue.pull.as_ref().unwrap();
    let mut review = shape::pull::review(&shape, issue, pull.reviews.iter().find(|review| review.id == id).unwrap());
    // Events write it small, lists in capitals.
    review["state"] = json!(review["state"].as_str().unwrap().to_lowercase());
    let action = if review["state"] == "dismissed" { "dismissed" } else { "submitted" };
    let payload = json!({ "action": action, "review": review, "pull_request": shape::pull::simple(&shape, issue) });
    send(world, "pull_request_review", Some(action), place.repository, payload, place.by.as_deref());
}

/// Sends the event of a branch or a tag that moved.
pub fn of_push(world: &mut World, repository: u64, name: &str, before: &str, after: &str, by: Option<&str>) {
    if world.hooks.hook.is_none() {
        return;
    }
    let shape = Shape::new(world, repository);
    let git = &shape.repository.git;
    let old = git.history(before);
    let new = git.history(after).into_iter().filter(|sha| !old.contains(sha)).map(|sha| &git.commits[sha]);
    let commits: Vec<_> = new.map(|commit| shape::commit::pushed(&shape, commit)).collect();
    let payload = json!({
        "ref": name,
        "before": before,
        "after": after,
        "created": old.is_empty(),
        "deleted": false,
        "forced": false,
        "base_ref": null,
        "compare": format!("{}/compare/{}...{}", shape.html(), &before[..12], &after[..12]),
        "commits": commits,
        "head_commit": shape::commit::pushed(&shape, &git.commits[after]),
        "pusher": { "name": by, "email": null },
    });
    send(world, "push", None, repository, payload, by);
}

fn send(world: &mut World, event: &str, action: Option<&str>, repository: u64, mut payload: Value, by: Option<&str>) {
    let shape = Shape::new(world, repository);
    payload["repository"] = shape.minimal();
    payload["organization"] = shape.organization();
    payload["sender"] = shape.user(by.unwrap_or(GHOST));
    let (id, at, body) = (world.id(), world.now(), payload.to_string());
    let Some(hook) = &world.hooks.hook else { return };
    let delivery = Delivery {
        id,
        guid: guid(id),
        event: event.to_owned(),
        action: action.map(str::to_owned),
        repository,
        signature: sign(&hook.secret, body.as_bytes()),
        body,
        at,
        again: false,
        status: None,
    };
    pass_on(world, delivery);
}

/// Keeps a delivery and hands it to whoever delivers.
pub fn pass_on(world: &mut World, delivery: Delivery) {
    world.hooks.deliveries.push(delivery.clone());
    if let Some(sender) = world.hooks.hook.as_ref().and_then(|hook| hook.sender.as_ref()) {
        // Nobody listens any more when the runtime ends.
        let _ = sender.send(delivery);
    }
}

/// An id in the form of GitHub's, the same in each run.
fn guid(id: u64) -> String {
    let digits = hex(Sha256::digest(id.to_be_bytes()));
    format!("{}-{}-4{}-a{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..32])
}
