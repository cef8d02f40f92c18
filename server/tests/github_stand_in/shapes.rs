//! The stand-in cannot lie about shapes: everything that it answers and sends agrees with GitHub's published description.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    github::{GitHub, Repository, acts::Act, world::Label},
    prism::Prism,
};

const API: &str = "/repos/kubevirt/enhancements";
const DOCUMENT: &str = "veps/sig-compute/421-x/vep.md";

/// A repository in which everything has happened once.
fn everything_happens(github: &GitHub) -> Repository<'_> {
    let repository = github.repository("kubevirt/enhancements");
    github.install_app(7, "kubevirt");
    github.collect_webhooks("secret");
    repository.file("README.md", "Read me\n").branch("release-1.10", "main").tag("v1.10.0", "main");
    repository.tag_by("v1.10.1", "main", "bob", "2026-08-01");
    repository.release("v1.10.0", "2026-08-01");
    repository.push("main", &[("veps/README.md", "All of them\n")], "alice", "2026-08-01");
    issue_happens(&repository);
    pull_happens(&repository);
    repository.pull(501).title("Draft").by("carol").file("a.md", "a\n").not_ready().at("2026-08-07").open();
    repository.with_issue(501, |issue| issue.pull.as_mut().unwrap().mergeable = None);
    repository
}

fn issue_happens(repository: &Repository) {
    repository.issue(421).title("VEP 421").body("Text").by("alice").labels(&["sig/compute"]).at("2026-08-01").open();
    repository.issue(422).title("A ghost's").at("2026-08-01").open();
    repository.label(421, "approved-vep", "bob", "2026-08-02");
    repository.unlabel(421, "approved-vep", "bob", "2026-08-02");
    repository.retitle(421, "VEP 421: Some thing", "alice", "2026-08-02");
    repository.edit(421, "More text", "alice", "2026-08-02");
    repository.act(421, "bob", "2026-08-02", Act::Assign { login: "carol".to_owned() });
    repository.act(421, "bob", "2026-08-02", Act::Unassign { login: "carol".to_owned() });
    let comment = repository.comment(421, "bob", "Hello", "2026-08-03");
    repository.edit_comment(comment, "Hello again", "bob", "2026-08-03");
    let deleted = repository.comment(421, "bob", "Nothing", "2026-08-03");
    repository.delete_comment(deleted, "bob", "2026-08-03");
    repository.close(421, "alice", "2026-08-04");
    repository.reopen(421, "alice", "2026-08-04");
    let (to, number) = ("kubevirt/enhancements".to_owned(), 422);
    repository.act(421, "alice", "2026-08-04", Act::Mention { repository: to, number });
}

fn pull_happens(repository: &Repository) {
    let draft = repository.pull(500).title("Add VEP 421").body("It").by("alice").labels(&["sig/compute"]);
    draft.file(DOCUMENT, "# VEP\n").at("2026-08-05").open();
    repository.act(500, "alice", "2026-08-05", Act::Draft);
    repository.act(500, "alice", "2026-08-05", Act::Ready);
    repository.act(500, "alice", "2026-08-05", Act::Assign { login: "carol".to_owned() });
    repository.request_review(500, "bob", "alice", "2026-08-05");
    repository.request_review(500, "carol", "alice", "2026-08-05");
    repository.request_review(500, "team:sig-compute", "alice", "2026-08-05");
    let reviewer = "carol".to_owned();
    repository.act(500, "alice", "2026-08-05", Act::RemoveReviewRequest { reviewer });
    repository.push_to(500, &[(DOCUMENT, "# VEP 421\n")], "alice", "2026-08-05");
    let files = [(DOCUMENT.to_owned(), "# VEP #421\n".to_owned())].into();
    repository.act(500, "alice", "2026-08-05", Act::ForcePush { files });
    repository.comment(500, "bob", "Looks good", "2026-08-06");
    repository.review(500, "bob", "CHANGES_REQUESTED", "2026-08-06");
    repository.review(500, "bob", "APPROVED", "2026-08-06");
    let sha = repository.merge(500, "bob", "2026-08-06");
    repository.cherry_pick("release-1.10", &sha, "bob", "2026-08-07");
}

fn reads(github: &GitHub) -> Vec<String> {
    let (comment, blob, sha, tag) = github.with(|world| {
        let repository = world.find("kubevirt/enhancements").unwrap();
        let comment = *repository.comments.keys().next().unwrap();
        let git = &repository.git;
        (
            comment,
            git.blobs.keys().next().unwrap().clone(),
            git.branches["main"].clone(),
            git.notes["v1.10.1"].sha.clone(),
        )
    });
    let hook = github.hook_id();
    let delivery = github.deliveries().last().unwrap().id;
    let mut reads: Vec<String> = [
        "",
        "/issues?state=all&sort=updated&direction=asc&since=2026-01-01T00:00:00Z&per_page=100&labels=sig/compute",
        "/issues?state=all&per_page=2&page=2",
        "/issues/421",
        "/issues/422",
        "/issues/500",
        "/issues/comments?sort=updated&direction=asc&since=2026-01-01T00:00:00Z&per_page=100",
        "/issues/421/comments?per_page=100",
        "/issues/421/labels",
        "/issues/421/timeline?per_page=100",
        "/issues/500/timeline?per_page=100",
        "/pulls?state=all&sort=updated&direction=desc&per_page=100",
        "/pulls/500",
        "/pulls/501",
        "/pulls/500/reviews?per_page=100",
        "/pulls/500/files?per_page=100",
        "/pulls/500/commits?per_page=100",
        "/git/trees/main?recursive=1",
        "/git/trees/main",
        "/contents/README.md?ref=main",
        "/contents/veps",
        "/commits?path=veps&sha=main&per_page=100",
        "/branches?per_page=100",
        "/branches/main",
        "/tags",
        "/git/matching-refs/tags%2Fv1.10",
        "/git/matching-refs/heads%2Frelease-",
        "/releases",
        "/compare/release-1.10...main",
    ]
    .iter()
    .map(|rest| format!("{API}{rest}"))
    .collect();
    reads.push(format!("{API}/issues/comments/{comment}"));
    reads.push(format!("{API}/git/blobs/{blob}"));
    reads.push(format!("{API}/commits/{sha}"));
    reads.push(format!("{API}/git/commits/{sha}"));
    reads.push(format!("{API}/git/tags/{tag}"));
    reads.push(format!("{API}/hooks/{hook}/deliveries?per_page=100"));
    reads.push(format!("{API}/hooks/{hook}/deliveries/{delivery}"));
    reads.extend(["/rate_limit".to_owned(), "/user".to_owned()]);
    reads
}

#[tokio::test]
async fn everything_that_is_answered_and_sent_agrees_with_githubs_description() {
    let github = GitHub::start().await;
    let repository = everything_happens(&github);
    let mut prism = Prism::before(&github).await;
    the_proxy_sees_what_is_wrong(&prism, &repository).await;

    let mut wrong = Vec::new();
    for path in reads(&github) {
        let read = prism.get(&path).await;
        assert_eq!(read.status, 200, "{path}: {}", read.body);
        wrong.extend(read.violations.into_iter().map(|violation| format!("GET {path}: {violation}")));
    }
    wrong.extend(writes(&prism, &github).await);
    wrong.extend(refusals(&prism, &github, &repository).await);
    wrong.extend(sent(&prism, &github).await);
    prism.with_token("head.claims.signature");
    for (method, path, status) in
        [(Method::GET, "/app/installations", 200), (Method::POST, "/app/installations/7/access_tokens", 201)]
    {
        let answer = prism.send(method, path, &Value::Null).await;
        assert_eq!(answer.status, status, "{path}");
        wrong.extend(answer.violations.into_iter().map(|violation| format!("{path}: {violation}")));
    }
    assert!(wrong.is_empty(), "{} violations:\n{}", wrong.len(), wrong.join("\n"));
}

/// A check that never fails would prove nothing.
async fn the_proxy_sees_what_is_wrong(prism: &Prism, repository: &Repository<'_>) {
    let asked = prism.get(&format!("{API}/issues?state=sometimes")).await;
    assert!(asked.violations.iter().any(|violation| violation.contains("\"request\"")), "{:?}", asked.violations);
    let body = json!({ "text": "in the wrong field" });
    let posted = prism.send(Method::POST, &format!("{API}/issues/421/comments"), &body).await;
    assert!(posted.violations.iter().any(|violation| violation.contains("\"request\"")), "{:?}", posted.violations);
    let event = prism.send(Method::POST, "/events/issues/opened", &json!({ "action": "opened" })).await;
    assert!(event.violations.iter().any(|violation| violation.contains("\"request\"")), "{:?}", event.violations);
    let before = repository.github().with(|world| world.issue_mut(repository.id, 501).labels.clone());
    repository.with_issue(501, |issue| issue.labels = vec![Label::Text("a string".to_owned())]);
    let pulls = prism.get(&format!("{API}/pulls?state=all")).await;
    assert!(pulls.violations.iter().any(|violation| violation.contains("\"response\"")), "{:?}", pulls.violations);
    repository.with_issue(501, |issue| issue.labels = before);
}

async fn writes(prism: &Prism, github: &GitHub) -> Vec<String> {
    let comment = github.with(|world| *world.find("kubevirt/enhancements").unwrap().comments.keys().next().unwrap());
    let (hook, delivery) = (github.hook_id(), github.deliveries()[0].id);
    let mut wrong = Vec::new();
    for (method, rest, body, status) in [
        (Method::POST, "/issues/421/comments".to_owned(), json!({ "body": "New" }), 201),
        (Method::PATCH, format!("/issues/comments/{comment}"), json!({ "body": "Newer" }), 200),
        (Method::POST, "/issues/421/labels".to_owned(), json!({ "labels": ["approved-vep"] }), 200),
        (Method::DELETE, "/issues/421/labels/approved-vep".to_owned(), Value::Null, 200),
        (Method::DELETE, format!("/issues/comments/{comment}"), Value::Null, 204),
        (Method::POST, format!("/hooks/{hook}/deliveries/{delivery}/attempts"), Value::Null, 202),
    ] {
        let answer = prism.send(method.clone(), &format!("{API}{rest}"), &body).await;
        assert_eq!(answer.status, status, "{method} {rest}: {}", answer.body);
        wrong.extend(answer.violations.into_iter().map(|violation| format!("{method} {rest}: {violation}")));
    }
    wrong
}

/// Redirects are not among them: the proxy follows them itself.
async fn refusals(prism: &Prism, github: &GitHub, repository: &Repository<'_>) -> Vec<String> {
    repository.issue(600).title("Soon gone").by("alice").open();
    repository.delete(600, "alice", github.now());
    let mut wrong = Vec::new();
    for (rest, status) in [("/issues/600", 410), ("/issues/601", 404), ("/pulls/421", 404)] {
        let answer = prism.get(&format!("{API}{rest}")).await;
        assert_eq!(answer.status, status, "{rest}");
        wrong.extend(answer.violations.into_iter().map(|violation| format!("GET {rest}: {violation}")));
    }
    wrong
}

/// Events go through the same proxy, as requests to addresses that the description is given for them.
async fn sent(prism: &Prism, github: &GitHub) -> Vec<String> {
    let mut wrong = Vec::new();
    for delivery in github.deliveries() {
        let path = format!("/events/{}/{}", delivery.event, delivery.action.as_deref().unwrap_or("none"));
        let answer = prism.send(Method::POST, &path, &delivery.json()).await;
        let of_request = answer.violations.into_iter().filter(|violation| violation.contains("\"request\""));
        wrong.extend(of_request.map(|violation| format!("{path}: {violation}")));
    }
    wrong
}
