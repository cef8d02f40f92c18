//! Addresses for tests that run elsewhere, such as those in a browser: `POST /_control/…` with JSON.
//!
//! | address | body |
//! | --- | --- |
//! | `seed` | as in `seed.rs` |
//! | `open` | `repository`, and an issue or pull request as in a seed file |
//! | `act` | `repository`, `number`, `by`, `at`, and an act as in a seed file |
//! | `fault` | `fault`, `method`, `path` (a part of it), `next` or `every` |
//! | `clear` | nothing; faults and log are forgotten |
//! | `user` | `id`, `login` of who signs in next |
//!
//! `GET /_control/log` tells what was asked, `GET /_control/deliveries` which events were sent and how they were answered.
//! The webhook is an argument of the example.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{
    acts::{Act, Place},
    ask::{Ask, Reply},
    fault::{Draft, Fault},
    instant,
    open::{NewIssue, time},
    seed::Seed,
    world::Shared,
};

/// Does what a control address says.
pub fn answer(world: &Shared, ask: &Ask) -> Reply {
    let path: Vec<&str> = ask.path.iter().map(String::as_str).collect();
    let done = match (ask.method.as_str(), &path[1..]) {
        ("GET", ["log"]) => return Reply::ok(log(world)),
        ("GET", ["deliveries"]) => return Reply::ok(deliveries(world)),
        ("POST", ["seed"]) => read::<Seed>(ask).map(|seed| world.lock().unwrap().load(seed)),
        ("POST", ["open"]) => read::<Open>(ask).map(|open| {
            let mut world = world.lock().unwrap();
            let repository = world.repository(&open.repository);
            world.open(repository, open.issue);
        }),
        ("POST", ["act"]) => return read::<Happen>(ask).map_or_else(refused, |happen| act(world, happen)),
        ("POST", ["fault"]) => read::<NewFault>(ask).and_then(|new| fault(world, &new)),
        ("POST", ["clear"]) => {
            let mut world = world.lock().unwrap();
            world.faults.clear();
            world.log.clear();
            Ok(())
        }
        ("POST", ["user"]) => {
            let mut user = ask.json();
            user["name"] = user["login"].clone();
            world.lock().unwrap().oauth.user = Some(user);
            Ok(())
        }
        _ => return Reply::not_found(),
    };
    done.map_or_else(refused, |()| Reply::ok(json!({ "done": true })))
}

#[derive(Deserialize)]
struct Open {
    repository: String,
    #[serde(flatten)]
    issue: NewIssue,
}

#[derive(Deserialize)]
struct Happen {
    repository: String,
    number: u64,
    by: Option<String>,
    #[serde(default, deserialize_with = "time")]
    at: Option<chrono::DateTime<chrono::Utc>>,
    #[serde(flatten)]
    act: Act,
}

#[derive(Deserialize)]
#[serde(default)]
struct NewFault {
    fault: String,
    /// Seconds, a status, or the time at which the hour ends.
    value: Value,
    method: Option<String>,
    path: String,
    next: Option<u32>,
    every: Option<u32>,
}

impl Default for NewFault {
    fn default() -> Self {
        let (fault, path) = (String::new(), String::new());
        Self { fault, value: Value::Null, method: None, path, next: None, every: None }
    }
}

fn read<T: serde::de::DeserializeOwned>(ask: &Ask) -> Result<T, String> {
    serde_json::from_slice(&ask.body).map_err(|error| error.to_string())
}

fn refused(why: String) -> Reply {
    Reply::error(422, &why)
}

fn act(world: &Shared, happen: Happen) -> Reply {
    let mut world = world.lock().unwrap();
    let Some(repository) = world.find(&happen.repository) else { return Reply::not_found() };
    if !repository.issues.contains_key(&happen.number) {
        return Reply::not_found();
    }
    let (repository, at) = (repository.id, happen.at.unwrap_or_else(|| world.tick()));
    let place = Place { repository, number: happen.number, by: happen.by, at };
    let id = world.act(&place, happen.act);
    Reply::ok(json!({ "id": id }))
}

fn fault(world: &Shared, new: &NewFault) -> Result<(), String> {
    let seconds = new.value.as_u64().and_then(|value| u32::try_from(value).ok());
    let fault = match new.fault.as_str() {
        "status" => Fault::Status(new.value.as_u64().and_then(|value| value.try_into().ok()).unwrap_or(500)),
        "bad_gateway_before" => Fault::BadGatewayBefore,
        "bad_gateway_after" => Fault::BadGatewayAfter,
        "silence" => Fault::Silence,
        "silence_after" => Fault::SilenceAfter,
        "drip" => Fault::Drip(Duration::from_millis(new.value.as_u64().unwrap_or(10))),
        "cut_off" => Fault::CutOff,
        "broken_off" => Fault::BrokenOff,
        "reset" => Fault::Reset,
        "secondary_limit" => Fault::SecondaryLimit(seconds),
        "too_many" => Fault::TooMany(seconds.unwrap_or(60)),
        "exhausted" => Fault::Exhausted(new.value.as_str().and_then(instant).ok_or("`value` says until when")?),
        "never_304" => Fault::Never304,
        other => return Err(format!("{other} is no fault")),
    };
    let (method, path) = (new.method.clone(), new.path.clone());
    let holds =
        move |ask: &Ask| method.as_ref().is_none_or(|method| *method == ask.method) && ask.path().contains(&path);
    let draft = Draft::new(world.clone(), fault).when(holds);
    match (new.next, new.every) {
        (Some(times), _) => draft.next(times),
        (None, Some(nth)) => draft.every(nth),
        (None, None) => draft.always(),
    }
    Ok(())
}

fn log(world: &Shared) -> Value {
    let world = world.lock().unwrap();
    let row = |entry: &super::super::log::Entry| {
        json!({
            "at": entry.at.as_secs_f64(), "method": entry.method, "target": entry.target,
            "if_none_match": entry.if_none_match, "login": entry.login, "status": entry.status,
        })
    };
    world.log.iter().map(row).collect()
}

fn deliveries(world: &Shared) -> Value {
    let world = world.lock().unwrap();
    let row = |delivery: &super::super::webhook::Delivery| json!({ "event": delivery.event, "action": delivery.action, "status": delivery.status });
    world.hooks.deliveries.iter().map(row).collect()
}
