//! The documents and the tracking issue of a story.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Event, Pull, PullKind, ReleaseVersion, Stage};

use super::{
    DemoFile,
    calendar::{AHEAD, NEXT, When},
    story::{Story, Told, Version},
};

impl Story<'_> {
    /// So many days before the Enhancement Freeze; before the day of showing where that freeze is far ahead.
    pub(super) fn before(release: ReleaseVersion, days: i64) -> When {
        if release == NEXT || release == AHEAD { When::Ago(days) } else { When::Ef(release, -days) }
    }

    /// Document and issue state a release: the document is changed some weeks before the freeze.
    pub fn proposed(self, release: ReleaseVersion, stage: Stage) -> Self {
        self.proposed_on(release, stage, Self::before(release, 19))
    }

    /// The same on a day of its own.
    pub fn proposed_on(mut self, release: ReleaseVersion, stage: Stage, merged: When) -> Self {
        self.state(release, stage);
        let opened = match merged {
            When::Ef(version, days) => When::Ef(version, days - 16),
            When::Ago(days) => When::Ago(days + 16),
            other => other,
        };
        let title = match self.versions.len() {
            0 => format!("Add {} {}: {}", self.paper.noun, self.number, self.title),
            _ => format!("{} {}: retarget to {release}", self.paper.noun, self.number),
        };
        let ahead = u32::try_from(self.versions.len()).unwrap_or_default();
        let number = self.number + 1 + ahead * 180;
        let kind = PullKind::Proposal;
        let pull = self.pull_request(release, kind, (self.paper.repository, number), &title);
        self = self.opened_and_merged(pull, opened, merged);
        let at = self.instant(merged);
        self.document_from(at);
        self.issue(merged)
    }

    /// The issue alone states a release; there is no document.
    pub fn announced(mut self, release: ReleaseVersion, stage: Stage, when: When) -> Self {
        self.state(release, stage);
        self.issue(when)
    }

    fn state(&mut self, release: ReleaseVersion, stage: Stage) {
        self.targets.retain(|(other, _)| *other != stage);
        self.targets.push((stage, release));
    }

    /// The document as it is from then on, with the pull requests merged by then.
    pub fn revised(mut self, when: When) -> Self {
        let at = self.instant(when);
        self.document_from(at);
        self
    }

    fn document_from(&mut self, at: DateTime<Utc>) {
        let raw = |stage: &Stage| self.raw_targets.iter().find(|(s, _)| s == stage).map(|(_, raw)| (*raw).to_owned());
        let stated =
            self.targets.iter().map(|(stage, release)| (stage.clone(), raw(stage).unwrap_or(release.to_string())));
        let mut targets: Vec<_> = stated.collect();
        for (stage, text) in self.raw_targets {
            if !targets.iter().any(|(s, _)| s == stage) {
                targets.push((stage.clone(), (*text).to_owned()));
            }
        }
        self.versions.push(Version { at, targets });
    }

    /// A further document in the proposal's directory.
    pub fn further(mut self, name: &str, when: When, text: &str) -> Self {
        let (path, at) = (format!("{}/{name}", self.directory()), self.instant(when));
        self.further.push(DemoFile { source: self.source, path, text: text.to_owned(), occurred_at: at });
        self
    }

    /// Directory of the document in the repository.
    fn directory(&self) -> String {
        match self.source {
            "cep" => format!("docs/ci-enhancements/{}-{}", self.number, self.slug),
            _ => format!("veps/{}/{}-{}", self.sig, self.number, self.slug),
        }
    }

    /// The tracking issue is read.
    pub fn issue(mut self, when: When) -> Self {
        if !self.issue_seen {
            return self;
        }
        let mut labels = vec!["kind/tracker".to_owned(), "kind/enhancement".to_owned()];
        labels.push(self.sig.replacen("sig-", "sig/", 1));
        if self.source == "cep" {
            labels.extend(self.targets.iter().map(|(_, release)| format!("target/{release}")));
        }
        if let Some(only) = self.issue_labels {
            labels = only.iter().map(|label| (*label).to_owned()).collect();
        }
        let linked_document = match self.issue_links {
            Some("") => None,
            Some(path) => Some(path.to_owned()),
            None => Some(self.directory()),
        };
        let title = self.issue_title.unwrap_or(self.title);
        let event = Event::IssueObserved {
            title: format!("{} {}: {title}", self.paper.noun, self.number),
            open: true,
            labels,
            assignees: [self.first_owner]
                .iter()
                .filter(|owner| !owner.is_empty())
                .map(|owner| (*owner).to_owned())
                .collect(),
            linked_document,
            targets: self.issue_targets.clone().map_or_else(|| self.targets.clone(), |only| vec![only]),
            links: Vec::new(),
        };
        self.seen(when, event);
        self
    }

    /// The end: documents and events.
    pub fn told(mut self) -> Told {
        if self.read {
            self.seen(When::Ago(0), Event::RepositoriesRead);
        }
        let mut files = std::mem::take(&mut self.further);
        for Version { at, targets } in &self.versions {
            let mut paper = self.paper.clone();
            paper.targets.clone_from(targets);
            paper.people = self.people_in_document();
            paper.history = self.history_until(*at);
            let main = if self.source == "cep" { "cep.md" } else { "vep.md" };
            let path = format!("{}/{main}", self.directory());
            files.push(DemoFile { source: self.source, path, text: paper.write(), occurred_at: *at });
        }
        Told { files, entries: self.entries }
    }

    fn people_in_document(&self) -> Vec<String> {
        if let Some(lines) = self.people_lines {
            return lines.iter().map(|line| (*line).to_owned()).collect();
        }
        let list = |logins: &[&str]| logins.iter().map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ");
        vec![
            format!("- Owner: @{}", self.first_owner),
            format!("- Reviewers: {}", list(self.reviewers)),
            format!("- Approvers: {}", list(self.approvers)),
        ]
    }

    fn history_until(&self, at: DateTime<Utc>) -> Vec<(NaiveDate, String, String)> {
        let mut merged: Vec<_> =
            self.pulls.iter().filter(|(merged, pull)| *merged <= at && pull.kind == PullKind::Implementation).collect();
        merged.sort_by_key(|(merged, _)| *merged);
        let line = |(merged, pull): &&(DateTime<Utc>, Pull)| {
            let link = format!("https://github.com/{}/pull/{}", pull.repository, pull.number);
            (merged.date_naive(), pull.title.clone(), link)
        };
        merged.iter().map(line).collect()
    }
}
