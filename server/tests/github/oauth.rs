//! Signing in: whoever the test says is at the keyboard, with what the real one checks.

use std::collections::BTreeMap;

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::{Value, json};

use super::{
    ask::{Ask, Reply},
    world::World,
};

/// Id of the OAuth app.
pub const CLIENT: &str = "client-of-the-tests";
/// Its secret.
pub const SECRET: &str = "secret-of-the-tests";

/// Who signs in, and how far they are.
#[derive(Default)]
pub struct Oauth {
    /// Who is at the keyboard; nobody says no.
    pub user: Option<Value>,
    /// Codes with their challenge and user.
    codes: BTreeMap<String, (String, Value)>,
    tokens: BTreeMap<String, Value>,
    issued: u32,
}

/// Asks whoever is at the keyboard.
pub fn authorize(world: &mut World, ask: &Ask) -> Reply {
    let parameter = |name: &str| ask.parameter(name).unwrap_or_default().to_owned();
    if parameter("client_id") != CLIENT {
        return Reply::not_found();
    }
    if (parameter("response_type").as_str(), parameter("code_challenge_method").as_str()) != ("code", "S256") {
        return Reply::error(400, "This sign-in comes without PKCE");
    }
    let back = |said: &str| format!("{}?{said}&state={}", parameter("redirect_uri"), parameter("state"));
    let oauth = &mut world.oauth;
    let Some(user) = oauth.user.clone() else {
        return Reply::empty(303).header("location", back("error=access_denied"));
    };
    oauth.issued += 1;
    let code = format!("code-{}", oauth.issued);
    oauth.codes.insert(code.clone(), (parameter("code_challenge"), user));
    Reply::empty(303).header("location", back(&format!("code={code}")))
}

/// Gives a token for a code. What it refuses, it refuses with status 200, as GitHub does.
pub fn access_token(world: &mut World, ask: &Ask) -> Reply {
    let refused = |error: &str| Reply::ok(json!({ "error": error, "error_description": "…" }));
    let field = |name: &str| ask.form(name).unwrap_or_default();
    if field("client_id") != CLIENT || field("client_secret") != SECRET {
        return refused("incorrect_client_credentials");
    }
    let code = field("code");
    let Some((challenge, user)) = world.oauth.codes.remove(&code) else { return refused("bad_verification_code") };
    let verifier = PkceCodeVerifier::new(field("code_verifier"));
    if PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str() != challenge {
        return refused("bad_verification_code");
    }
    let token = format!("gho_{code}");
    world.oauth.tokens.insert(token.clone(), user);
    Reply::ok(json!({ "access_token": token, "token_type": "bearer", "scope": "" }))
}

/// Whose token it is.
pub fn user(world: &World, ask: &Ask) -> Option<Value> {
    world.oauth.tokens.get(ask.token()?).cloned()
}
