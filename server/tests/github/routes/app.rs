//! The app's own addresses: where it is installed, and tokens for that.

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{
    access::{Installation, Token},
    ask::{Ask, Reply},
    page::page,
    shape::{self, PAGES, time},
    world::World,
};

/// What the app says of itself.
#[derive(Debug, Deserialize)]
struct Claims {
    iss: Value,
    iat: i64,
    exp: i64,
}

/// Longest time for which GitHub takes what an app says of itself, in seconds, with a minute for clocks that differ.
const LONGEST: i64 = 11 * 60;

/// Whether a token is the app's own, signed with its key and not for long. Which time it names is not looked at: the
/// clock here is not that of the machine.
fn is_of(app: Option<u64>, token: &str) -> bool {
    let Some(app) = app else { return token.split('.').count() == 3 };
    let key = include_bytes!("../app_public_key_only_for_tests.pem");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_exp = false;
    let read = DecodingKey::from_rsa_pem(key).and_then(|key| decode::<Claims>(token, &key, &validation));
    read.is_ok_and(|read| {
        let Claims { iss, iat, exp } = read.claims;
        let named = iss.as_u64().or_else(|| iss.as_str()?.parse().ok());
        named == Some(app) && (1..=LONGEST).contains(&(exp - iat))
    })
}

/// Answers below `/app`.
pub fn answer(world: &mut World, ask: &Ask, rest: &[&str]) -> Reply {
    if ask.token().is_none_or(|token| !is_of(world.access.app, token)) {
        return Reply::error(401, "A JSON web token could not be decoded");
    }
    match (ask.method.as_str(), rest) {
        ("GET", ["installations"]) => {
            let address = format!("{}/app/installations", world.url);
            page(ask, &address, &world.access.installations, |installation| told(world, installation))
        }
        ("POST", ["installations", id, "access_tokens"]) => match id.parse() {
            Ok(id) => token(world, id),
            Err(_) => Reply::not_found(),
        },
        _ => Reply::not_found(),
    }
}

fn token(world: &mut World, id: u64) -> Reply {
    if !world.access.installations.iter().any(|installation| installation.id == id) {
        return Reply::not_found();
    }
    world.access.issued += 1;
    let name = format!("ghs_installation_{id}_{}", world.access.issued);
    let login = world.account("cep-tracker[bot]").login;
    let expires_at = world.now() + TimeDelta::hours(1);
    let token = Token { expires_at: Some(expires_at), ..Token::of(&login) };
    world.access.tokens.insert(name.clone(), token);
    Reply::with(
        201,
        json!({
            "token": name, "expires_at": time(expires_at), "permissions": permissions(),
            "repository_selection": "all",
        }),
    )
}

fn told(world: &World, installation: &Installation) -> Value {
    let Installation { id, owner } = installation;
    let api = format!("{}/app/installations/{id}", world.url);
    let account = shape::user(world, owner);
    let at = time(world.now());
    json!({
        "id": id, "target_id": account["id"], "target_type": account["type"], "account": account,
        "repository_selection": "all", "access_tokens_url": format!("{api}/access_tokens"),
        "repositories_url": format!("{}/installation/repositories", world.url),
        "html_url": format!("{PAGES}/organizations/{owner}/settings/installations/{id}"),
        "app_id": 1, "app_slug": "cep-tracker", "permissions": permissions(), "events": ["issues", "pull_request"],
        "created_at": at, "updated_at": at, "single_file_name": null, "suspended_by": null, "suspended_at": null,
    })
}

fn permissions() -> Value {
    json!({ "issues": "write", "pull_requests": "write", "contents": "read", "metadata": "read" })
}
