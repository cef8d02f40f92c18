//! A repository, short and in full, with its owner, branches, tags and releases.

use serde_json::{Value, json};

use super::super::world::Release;
use super::{Shape, time};

/// Addresses in a repository: field, and what follows the repository's own.
const ADDRESSES: [(&str, &str); 37] = [
    ("archive_url", "/{archive_format}{/ref}"),
    ("assignees_url", "/assignees{/user}"),
    ("blobs_url", "/git/blobs{/sha}"),
    ("branches_url", "/branches{/branch}"),
    ("collaborators_url", "/collaborators{/collaborator}"),
    ("comments_url", "/comments{/number}"),
    ("commits_url", "/commits{/sha}"),
    ("compare_url", "/compare/{base}...{head}"),
    ("contents_url", "/contents/{+path}"),
    ("contributors_url", "/contributors"),
    ("deployments_url", "/deployments"),
    ("downloads_url", "/downloads"),
    ("events_url", "/events"),
    ("forks_url", "/forks"),
    ("git_commits_url", "/git/commits{/sha}"),
    ("git_refs_url", "/git/refs{/sha}"),
    ("git_tags_url", "/git/tags{/sha}"),
    ("hooks_url", "/hooks"),
    ("issue_comment_url", "/issues/comments{/number}"),
    ("issue_events_url", "/issues/events{/number}"),
    ("issues_url", "/issues{/number}"),
    ("keys_url", "/keys{/key_id}"),
    ("labels_url", "/labels{/name}"),
    ("languages_url", "/languages"),
    ("merges_url", "/merges"),
    ("milestones_url", "/milestones{/number}"),
    ("notifications_url", "/notifications{?since,all,participating}"),
    ("pulls_url", "/pulls{/number}"),
    ("releases_url", "/releases{/id}"),
    ("stargazers_url", "/stargazers"),
    ("statuses_url", "/statuses/{sha}"),
    ("subscribers_url", "/subscribers"),
    ("subscription_url", "/subscription"),
    ("tags_url", "/tags"),
    ("teams_url", "/teams"),
    ("trees_url", "/git/trees{/sha}"),
    ("url", ""),
];

impl Shape<'_> {
    /// The repository as pull requests and events have it.
    pub fn minimal(&self) -> Value {
        self.minimal.get_or_init(|| self.draw()).clone()
    }

    fn draw(&self) -> Value {
        let repository = self.repository;
        let (owner, name) = repository.full_name.split_once('/').unwrap();
        let (html, pages) = (self.html(), format!("github.com/{}.git", repository.full_name));
        let open = repository.issues.values().filter(|issue| issue.closed_at.is_none()).count();
        let pushed = repository.git.commits.values().map(|commit| commit.at).max().unwrap_or(repository.created_at);
        let mut json = json!({
            "id": repository.id, "node_id": format!("R_{}", repository.id), "name": name,
            "full_name": repository.full_name, "private": repository.private, "owner": self.user(owner),
            "html_url": html, "description": null, "fork": false,
            "created_at": time(repository.created_at), "updated_at": time(pushed), "pushed_at": time(pushed),
            "git_url": format!("git://{pages}"), "ssh_url": format!("git@github.com:{}.git", repository.full_name),
            "clone_url": format!("https://{pages}"), "svn_url": html, "open_issues_count": open, "open_issues": open,
            "visibility": if repository.private { "private" } else { "public" },
            "default_branch": repository.default_branch, "language": "Go", "size": 1, "topics": [],
        });
        for field in ["mirror_url", "homepage", "license"] {
            json[field] = Value::Null;
        }
        for field in ["stargazers_count", "watchers_count", "forks_count", "forks", "watchers"] {
            json[field] = 0.into();
        }
        for field in ["has_issues", "has_projects", "has_downloads", "allow_forking"] {
            json[field] = true.into();
        }
        let no = ["has_wiki", "has_pages", "has_discussions", "archived", "disabled", "is_template"];
        for field in no.into_iter().chain(["web_commit_signoff_required"]) {
            json[field] = false.into();
        }
        for (field, rest) in ADDRESSES {
            json[field] = Value::from(format!("{}{rest}", self.api()));
        }
        json
    }

    /// The repository as it is told when asked for.
    pub fn full(&self) -> Value {
        let mut json = self.minimal();
        json["network_count"] = 0.into();
        json["subscribers_count"] = 0.into();
        if let Some(organization) = json["owner"].as_object().filter(|owner| owner["type"] == "Organization").cloned() {
            json["organization"] = organization.into();
        }
        json
    }

    /// The owner as events have it.
    pub fn organization(&self) -> Value {
        let (owner, _) = self.repository.full_name.split_once('/').unwrap();
        let account = &self.world.accounts[&owner.to_lowercase()];
        let api = format!("{}/orgs/{owner}", self.world.url);
        json!({
            "login": account.login, "id": account.id, "node_id": format!("O_{}", account.id), "url": api,
            "repos_url": format!("{api}/repos"), "events_url": format!("{api}/events"),
            "hooks_url": format!("{api}/hooks"), "issues_url": format!("{api}/issues"),
            "members_url": format!("{api}/members{{/member}}"),
            "public_members_url": format!("{api}/public_members{{/member}}"),
            "avatar_url": format!("https://avatars.githubusercontent.com/u/{}?v=4", account.id), "description": null,
        })
    }

    /// A branch and its last commit.
    pub fn branch(&self, name: &str, sha: &str) -> Value {
        json!({
            "name": name,
            "commit": { "sha": sha, "url": format!("{}/commits/{sha}", self.api()) },
            "protected": name == self.repository.default_branch,
        })
    }

    /// A tag and its commit.
    pub fn tag(&self, name: &str, sha: &str) -> Value {
        json!({
            "name": name,
            "zipball_url": format!("{}/zipball/refs/tags/{name}", self.api()),
            "tarball_url": format!("{}/tarball/refs/tags/{name}", self.api()),
            "commit": { "sha": sha, "url": format!("{}/commits/{sha}", self.api()) },
            "node_id": format!("REF_{name}"),
        })
    }

    /// A release.
    pub fn release(&self, release: &Release) -> Value {
        let Release { id, tag, at } = release;
        let (owner, _) = self.repository.full_name.split_once('/').unwrap();
        let api = format!("{}/releases/{id}", self.api());
        json!({
            "url": api, "html_url": format!("{}/releases/tag/{tag}", self.html()),
            "assets_url": format!("{api}/assets"), "upload_url": format!("{api}/assets{{?name,label}}"),
            "tarball_url": format!("{}/tarball/{tag}", self.api()),
            "zipball_url": format!("{}/zipball/{tag}", self.api()),
            "id": id, "node_id": format!("RE_{id}"), "tag_name": tag, "name": tag, "body": "",
            "target_commitish": self.repository.default_branch, "draft": false,
            "prerelease": tag.contains('-'), "created_at": time(*at), "published_at": time(*at),
            "author": self.user(owner), "assets": [],
        })
    }
}
