//! Deliveries of the webhook: what was sent, and sending it once more.

use serde_json::{Value, json};

use super::{
    super::{
        ask::Reply,
        shape::time,
        webhook::{self, Delivery},
        world::World,
    },
    About,
};

/// Answers below `/hooks/ID/deliveries`.
pub fn answer(world: &mut World, about: &About, hook: &str, rest: &[&str]) -> Reply {
    if world.hooks.hook.as_ref().is_none_or(|known| known.id.to_string() != hook) {
        return Reply::not_found();
    }
    let found = |id: &str| {
        let mut known = world.hooks.deliveries.iter();
        known.find(|delivery| delivery.id.to_string() == id && delivery.repository == about.repository).cloned()
    };
    match (about.ask.method.as_str(), rest) {
        ("GET", []) => list(world, about, hook),
        ("GET", [id]) => found(id).map_or_else(Reply::not_found, |delivery| Reply::ok(whole(&delivery))),
        ("POST", [id, "attempts"]) => match found(id) {
            Some(delivery) => {
                let (id, at) = (world.id(), world.now());
                webhook::pass_on(world, Delivery { id, at, again: true, status: None, ..delivery });
                Reply::with(202, json!({}))
            }
            None => Reply::not_found(),
        },
        _ => Reply::not_found(),
    }
}

/// The latest first. GitHub's list goes on by a cursor, not by page.
fn list(world: &World, about: &About, hook: &str) -> Reply {
    let ask = about.ask;
    let size = ask.parameter("per_page").and_then(|text| text.parse().ok()).unwrap_or(30_usize).clamp(1, 100);
    let before = ask.parameter("cursor").and_then(|cursor| cursor.strip_prefix("v1_")?.parse().ok());
    let ours = world.hooks.deliveries.iter().rev().filter(|delivery| delivery.repository == about.repository);
    let rows: Vec<_> = ours.filter(|delivery| before.is_none_or(|before: u64| delivery.id < before)).collect();
    let reply = Reply::ok(rows.iter().take(size).map(|delivery| row(delivery)).collect::<Vec<_>>());
    if rows.len() <= size {
        return reply;
    }
    let address = format!("{}/repositories/{}/hooks/{hook}/deliveries", world.url, about.repository);
    let cursor = rows[size - 1].id;
    reply.header("link", format!("<{address}?per_page={size}&cursor=v1_{cursor}>; rel=\"next\""))
}

fn row(delivery: &Delivery) -> Value {
    let status = delivery.status.unwrap_or(0);
    json!({
        "id": delivery.id, "guid": delivery.guid, "delivered_at": time(delivery.at), "redelivery": delivery.again,
        "duration": 0.1, "status": if (200..300).contains(&status) { "OK" } else { "Invalid HTTP Response" },
        "status_code": status, "event": delivery.event, "action": delivery.action, "installation_id": null,
        "repository_id": delivery.repository, "throttled_at": null,
    })
}

fn whole(delivery: &Delivery) -> Value {
    let mut json = row(delivery);
    let headers: serde_json::Map<_, _> =
        delivery.headers().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    json["request"] = json!({ "headers": headers, "payload": delivery.json() });
    json["response"] = json!({ "headers": {}, "payload": "" });
    json
}
