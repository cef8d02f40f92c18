//! How GitHub tells what there is, field by field as its published description has it. Only reads.
//!
//! Addresses of the API lead to the stand-in, addresses of pages to github.com, as the tracker would show them.

pub mod commit;
pub mod file;
pub mod issue;
pub mod pull;
pub mod reference;
pub mod repository;
pub mod timeline;

use std::cell::OnceCell;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::world::{Account, Repository, World};

/// Where GitHub's pages are.
pub const PAGES: &str = "https://github.com";

/// What is needed to tell something of a repository.
pub struct Shape<'w> {
    /// The world.
    pub world: &'w World,
    /// The repository.
    pub repository: &'w Repository,
    /// The repository as every pull request repeats it, twice.
    minimal: OnceCell<Value>,
}

impl<'w> Shape<'w> {
    /// For a repository that is there.
    pub fn new(world: &'w World, repository: u64) -> Self {
        Self { world, repository: &world.repositories[&repository], minimal: OnceCell::new() }
    }

    /// The repository's address in the API.
    pub fn api(&self) -> String {
        format!("{}/repos/{}", self.world.url, self.repository.full_name)
    }

    /// The repository's page.
    pub fn html(&self) -> String {
        format!("{PAGES}/{}", self.repository.full_name)
    }

    /// Somebody with an account.
    pub fn user(&self, login: &str) -> Value {
        user(self.world, login)
    }

    /// Somebody, or nobody.
    pub fn somebody(&self, login: Option<&str>) -> Value {
        login.map_or(Value::Null, |login| self.user(login))
    }

    /// A team of the repository's owner.
    pub fn team(&self, slug: &str) -> Value {
        let (owner, _) = self.repository.full_name.split_once('/').unwrap();
        let api = format!("{}/organizations/{owner}/team/{slug}", self.world.url);
        let html = format!("{PAGES}/orgs/{owner}/teams/{slug}");
        json!({
            "id": 1, "node_id": format!("T_{slug}"), "name": slug, "slug": slug, "description": null,
            "privacy": "closed", "notification_setting": "notifications_enabled", "permission": "pull",
            "url": api, "html_url": html, "members_url": format!("{api}/members{{/member}}"),
            "repositories_url": format!("{api}/repos"), "type": "organization", "parent": null,
        })
    }
}

/// How close somebody is to a repository: all are members, whoever is gone is nothing.
pub fn association(login: Option<&str>) -> &'static str {
    if login.is_some() { "MEMBER" } else { "NONE" }
}

/// Somebody with an account.
pub fn user(world: &World, login: &str) -> Value {
    let account = world.accounts.get(&login.to_lowercase()).unwrap_or_else(|| panic!("nobody is called {login}"));
    let Account { id, login, kind } = account;
    let api = format!("{}/users/{login}", world.url);
    json!({
        "login": login,
        "id": id,
        "node_id": format!("U_{id}"),
        "avatar_url": format!("https://avatars.githubusercontent.com/u/{id}?v=4"),
        "gravatar_id": "",
        "url": api,
        "html_url": format!("{PAGES}/{login}"),
        "followers_url": format!("{api}/followers"),
        "following_url": format!("{api}/following{{/other_user}}"),
        "gists_url": format!("{api}/gists{{/gist_id}}"),
        "starred_url": format!("{api}/starred{{/owner}}{{/repo}}"),
        "subscriptions_url": format!("{api}/subscriptions"),
        "organizations_url": format!("{api}/orgs"),
        "repos_url": format!("{api}/repos"),
        "events_url": format!("{api}/events{{/privacy}}"),
        "received_events_url": format!("{api}/received_events"),
        "type": kind,
        "user_view_type": "public",
        "site_admin": false,
    })
}

/// Somebody with an account, as they are told when asked for.
pub fn whole_user(world: &World, login: &str) -> Value {
    let mut json = user(world, login);
    for field in ["name", "company", "location", "email", "hireable", "bio", "twitter_username"] {
        json[field] = Value::Null;
    }
    for field in ["public_repos", "public_gists", "followers", "following"] {
        json[field] = 0.into();
    }
    json["blog"] = "".into();
    json["created_at"] = "2015-01-01T00:00:00Z".into();
    json["updated_at"] = "2015-01-01T00:00:00Z".into();
    json
}

/// A time as GitHub writes it.
pub fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
