//! Reading GitHub: from the stand-in through mirror and log to verdicts, with everything that can go wrong on the way.

mod actual_dates;
mod app;
mod candidates;
mod described;
mod examples;
mod faults;
mod links;
mod lists;
mod webhooks;
mod whole;

use std::time::Duration;

use server::{
    config::Config,
    github::{Api, Patience},
    store::github::run::Run,
    usecases::sync::{Extent, sync},
};

use crate::{github::GitHub, support::TestApp};

/// A server that reads the stand-in.
pub struct Tracker {
    pub app: TestApp,
    pub github: GitHub,
    pub api: Api,
}

/// Quick to give up waiting, slow to give up asking.
const PATIENCE: Patience = Patience {
    answer: Duration::from_millis(1500),
    first_pause: Duration::from_millis(2),
    tries: 6,
    limit: Duration::from_secs(3),
};

impl Tracker {
    /// A server on an empty database, with the schedule of v1.10 in the calendar's repository.
    pub async fn start() -> Self {
        Self::start_as(GitHub::config).await
    }

    /// The same as whoever the configuration says.
    pub async fn start_as(config: impl FnOnce(&GitHub) -> Config) -> Self {
        let github = GitHub::start().await;
        for name in [
            "kubevirt/enhancements",
            "kubevirt/project-infra",
            "kubevirt/sig-release",
            "kubevirt/kubevirt",
            "kubevirt/kubevirtci",
            "kubevirt/user-guide",
            "kubevirt/containerized-data-importer",
        ] {
            github.repository(name).file("README.md", "# Read me\n");
        }
        let schedule = crate::support::fixtures::V1_10;
        github.repository("kubevirt/sig-release").file("releases/v1.10/schedule.yaml", schedule);
        let app = TestApp::start().await.configured(config(&github), false);
        let api = Api::new(&app.context.config.github, app.context.clock.clone(), PATIENCE).unwrap().unwrap();
        Self { app, github, api }
    }

    /// Reads what is new.
    pub async fn news(&self) -> Run {
        self.read(Extent::News).await
    }

    /// Reads.
    pub async fn read(&self, extent: Extent) -> Run {
        let run = sync(&self.app.context, &self.api, &self.app.state.verdicts, ("test", extent), &|_| {}).await;
        run.unwrap().expect("nobody else reads")
    }

    /// A VEP: its issue, its merged document, and an open pull request in kubevirt/kubevirt that names it.
    pub fn vep(&self, number: u64) {
        let enhancements = self.github.repository("kubevirt/enhancements");
        let path = format!("veps/sig-compute/{number}-thing/vep.md");
        let body = format!(
            "/assign @olga\n\n**Responsible SIGs**:\n\nPrimary SIG:\n/sig compute\n\n**Enhancement link**:\n\n\
             https://github.com/kubevirt/enhancements/blob/main/{path}\n\n**Timeline**:\n\n\
             * Alpha release target (x.y): 1.10\n\n* [ ] Alpha\n  * [ ] VEP PRs:\n  * [ ] Code PRs: \
             https://github.com/kubevirt/kubevirt/pull/{}\n  * [ ] Docs PRs:\n",
            9000 + number
        );
        enhancements
            .issue(number)
            .title(&format!("VEP {number}: A thing"))
            .body(&body)
            .by("olga")
            .labels(&["kind/tracker", "sig/compute"])
            .assigned_to("olga")
            .at("2026-07-01")
            .open();
        enhancements.file(&path, &document(number));
        self.github
            .repository("kubevirt/kubevirt")
            .pull(9000 + number)
            .title("Do the thing")
            .body(&format!("Part of https://github.com/kubevirt/enhancements/issues/{number}"))
            .by("olga")
            .at("2026-08-01")
            .open();
    }
}

/// A VEP that targets v1.10, with everything that the Enhancement Freeze asks a document for.
fn document(number: u64) -> String {
    format!(
        "# VEP #{number}: A thing\n\n## VEP Status Metadata\n\n### Target releases\n\n\
         - This VEP targets alpha for version: v1.10\n- This VEP targets beta for version:\n\n\
         ### Release Signoff Checklist\n\n- [x] (R) Target version is explicitly mentioned and approved\n\n\
         ## Overview\n\nA thing.\n\n- Owner: @olga\n- Reviewers: @rita\n- Approvers: @ada\n\n\
         ## Graduation Requirements\n\n### Alpha\n\nIt works.\n"
    )
}
