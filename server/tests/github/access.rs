//! Who may come in, what they may do, and how often: tokens, installations of the app, and the primary rate limit.
//!
//! Left out on purpose: rights repository by repository. A token sees what is private or it does not, writes or does not.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::{ask::Ask, ask::Reply, world::World};

/// A token that may everything, for tests to which it does not matter.
pub const TOKEN: &str = "ghp_token_of_the_tests";

/// How many requests a token has in an hour.
pub const LIMIT: u32 = 5_000;

/// What a token may.
#[derive(Debug, Clone)]
pub struct Token {
    /// Login of whose it is.
    pub login: String,
    /// Whether it sees what is private.
    pub sees_private: bool,
    /// Whether it may write.
    pub writes: bool,
    /// Whether it reads project boards (`read:project`).
    pub reads_projects: bool,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// An installation of the app.
#[derive(Debug, Clone)]
pub struct Installation {
    /// Numeric id.
    pub id: u64,
    /// Login of the organisation.
    pub owner: String,
}

/// What is known of all of them.
#[derive(Debug, Default)]
pub struct Access {
    /// Tokens.
    pub tokens: BTreeMap<String, Token>,
    /// Installations.
    pub installations: Vec<Installation>,
    /// How many tokens installations were given.
    pub issued: u32,
    /// Id of the app whose signatures are checked; none where any three parts will do.
    pub app: Option<u64>,
    limits: BTreeMap<String, Limit>,
}

/// How much of the primary limit is used.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Requests since the hour began.
    pub used: u32,
    /// When it begins anew.
    pub reset: DateTime<Utc>,
    /// Requests in an hour.
    pub hourly: u32,
}

impl Token {
    /// One that may everything.
    pub fn of(login: &str) -> Self {
        Self { login: login.to_owned(), sees_private: true, writes: true, reads_projects: true, expires_at: None }
    }

    /// The same without what is private.
    pub fn for_public_only(self) -> Self {
        Self { sees_private: false, ..self }
    }

    /// The same for reading only.
    pub fn for_reading_only(self) -> Self {
        Self { writes: false, ..self }
    }

    /// The same without project boards.
    pub fn without_projects(self) -> Self {
        Self { reads_projects: false, ..self }
    }
}

/// Who asks: nobody, or whose token it is.
///
/// # Errors
/// GitHub's refusal when the token is none.
pub fn who(world: &World, ask: &Ask) -> Result<Option<Token>, Reply> {
    let Some(said) = ask.header("authorization") else { return Ok(None) };
    let bad = || Reply::error(401, "Bad credentials");
    let token = ask.token().filter(|_| !said.is_empty()).ok_or_else(bad)?;
    let found = world.access.tokens.get(token).ok_or_else(bad)?;
    if found.expires_at.is_some_and(|end| end <= world.now()) {
        return Err(bad());
    }
    Ok(Some(found.clone()))
}

impl Access {
    /// The limit of whoever asks, begun anew if its hour is over.
    pub fn limit(&mut self, ask: &Ask, now: DateTime<Utc>) -> &mut Limit {
        let key = ask.token().unwrap_or("").to_owned();
        let hourly = if key.is_empty() { 60 } else { LIMIT };
        let fresh = Limit { used: 0, reset: now + TimeDelta::hours(1), hourly };
        let current = self.limits.entry(key).or_insert(fresh);
        if current.reset <= now {
            *current = fresh;
        }
        current
    }
}

impl Limit {
    /// Requests left.
    pub fn remaining(&self) -> u32 {
        self.hourly.saturating_sub(self.used)
    }
}
