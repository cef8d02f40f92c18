//! A source with proposals, its groups, and somebody for each role.

use chrono::Utc;
use domain::{Event, Pull, PullKind, PullState, Role, Standing};
use server::store::{event, project};

use super::{
    Browser, TestApp,
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
};

/// Members of sig-ci, of another SIG, and of the release team.
pub const OWNERS_ALIASES: &str = "aliases:\n  ci-maintainers:\n    - sigrid\n    - sven\n  sig-scale-approvers:\n    - \
                                  otto\n  sig-release-approvers:\n    - rex\n    - rosa\n";

/// Somebody in a role.
#[derive(Debug, Clone, Copy)]
pub struct Somebody {
    /// What the role is called in the tests.
    pub role: &'static str,
    /// GitHub's numeric id; 0 for who is not signed in.
    pub id: i64,
    /// Login.
    pub login: &'static str,
    roles: &'static [Role],
    sigs: &'static [&'static str],
}

/// Somebody for each role of PROCESS 7.
pub const PEOPLE: [Somebody; 9] = [
    Somebody { role: "anyone", id: 0, login: "", roles: &[], sigs: &[] },
    Somebody { role: "contributor", id: 11, login: "nina", roles: &[Role::Contributor], sigs: &[] },
    Somebody { role: "owner", id: 12, login: "olga", roles: &[Role::Owner], sigs: &[] },
    Somebody { role: "reviewer", id: 13, login: "rita", roles: &[Role::Reviewer], sigs: &[] },
    Somebody { role: "approver", id: 14, login: "ada", roles: &[Role::Approver], sigs: &[] },
    Somebody { role: "SIG member", id: 15, login: "sigrid", roles: &[Role::SigMember], sigs: &["sig-ci"] },
    Somebody {
        role: "other SIG's member",
        id: 16,
        login: "otto",
        roles: &[Role::OtherSigMember],
        sigs: &["sig-scale"],
    },
    Somebody { role: "release team", id: 17, login: "rex", roles: &[Role::ReleaseTeam], sigs: &[] },
    Somebody { role: "admin", id: 18, login: "adam", roles: &[Role::Admin], sigs: &[] },
];

impl Somebody {
    /// What they are towards a proposal of the tests, by the rules alone.
    pub fn standing(&self) -> Standing {
        if self.id == 0 {
            return Standing::default();
        }
        Standing::with(self.roles.iter().copied(), self.sigs.iter().map(|sig| (*sig).to_owned()))
    }

    /// Their browser.
    pub async fn browser(&self, app: &TestApp) -> Browser {
        if self.id == 0 { app.browser() } else { app.sign_in_as(self.id, self.login).await }
    }
}

/// The one in a role.
pub fn somebody(role: &str) -> Somebody {
    *PEOPLE.iter().find(|somebody| somebody.role == role).unwrap()
}

/// An application with groups and so many proposals, numbered from 1, on 1 August 2026.
pub async fn with_proposals(count: u32) -> TestApp {
    let app = TestApp::start().await;
    app.set_clock("2026-08-01T12:00:00Z");
    app.import_schedules(&[(V1_10_PATH, V1_10)]).await;
    let documents: Vec<_> = (1..=count).map(|n| (cep_path(n), cep(n, &format!("Proposal {n}")))).collect();
    let mut files: Vec<(&str, &str)> = documents.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("OWNERS_ALIASES", OWNERS_ALIASES));
    app.import("cep", &files).await;
    app
}

/// A pull request that implements a proposal, as GitHub would show it.
pub fn pull(number: u32) -> Event {
    Event::PullObserved(Pull {
        repository: "kubevirt/project-infra".to_owned(),
        number,
        title: "Lint changed jobs".to_owned(),
        author: "olga".to_owned(),
        kind: PullKind::Implementation,
        release: "v1.10".parse().unwrap(),
        state: PullState::Open,
        waiting_on: Vec::new(),
        waiting_on_review: false,
        waiting_since: None,
        labels: Vec::new(),
        draft: false,
        base: String::new(),
        belonging: None,
    })
}

impl TestApp {
    /// Lets GitHub show something about a proposal.
    pub async fn observe(&self, number: u32, event: Event) {
        let now: chrono::DateTime<Utc> = self.context.clock.now();
        let new = event::NewEvent {
            source: "cep".to_owned(),
            number,
            actor: "github".to_owned(),
            actor_id: None,
            on_behalf_of: None,
            link: None,
            occurred_at: Some(now),
            event,
        };
        let mut tx = self.context.pool.begin().await.unwrap();
        event::lock_log(&mut tx).await.unwrap();
        project::append(&mut tx, &new, now).await.unwrap();
        tx.commit().await.unwrap();
    }
}
