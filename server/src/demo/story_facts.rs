//! What GitHub shows of a story: pull requests, where they landed, bugs.

use domain::{Event, Pull, PullKind, PullState, ReleaseVersion};

use super::{
    calendar::When,
    people::{members, pick},
    story::Story,
};

/// Repository of CI: Prow jobs, images, CEPs.
pub const INFRA: &str = "kubevirt/project-infra";
/// Repository of the providers.
pub const PROVIDERS: &str = "kubevirt/kubevirtci";
/// The main repository.
pub const KUBEVIRT: &str = "kubevirt/kubevirt";
/// The importer.
pub const CDI: &str = "kubevirt/containerized-data-importer";
/// User documentation.
pub const GUIDE: &str = "kubevirt/user-guide";
/// Repository of VEPs.
pub const ENHANCEMENTS: &str = "kubevirt/enhancements";

/// On whom an open pull request waits, and since when.
#[derive(Debug, Clone, Copy)]
pub enum Waits {
    /// On its reviewers.
    Review(&'static str, When),
    /// On its author, who owes changes.
    Author(When),
    /// On nobody in particular.
    Nobody,
}

impl Story<'_> {
    /// An implementation pull request that was merged.
    pub fn merged(
        self,
        release: ReleaseVersion,
        pull: (&'static str, u32),
        title: &str,
        opened: When,
        merged: When,
    ) -> Self {
        let pull = self.pull_request(release, PullKind::Implementation, pull, title);
        self.opened_and_merged(pull, opened, merged)
    }

    /// An implementation pull request that is open.
    pub fn open(
        self,
        release: ReleaseVersion,
        pull: (&'static str, u32),
        title: &str,
        opened: When,
        waits: Waits,
    ) -> Self {
        let pull = self.pull_request(release, PullKind::Implementation, pull, title);
        self.opened_and_waiting(pull, opened, waits)
    }

    /// Documentation that is merged.
    pub fn docs(self, release: ReleaseVersion, number: u32, opened: When, merged: When) -> Self {
        let title = format!("Document: {}", self.title);
        let pull = self.pull_request(release, PullKind::Docs, (GUIDE, number), &title);
        self.opened_and_merged(pull, opened, merged)
    }

    /// Documentation as an open placeholder.
    pub fn docs_begun(self, release: ReleaseVersion, number: u32, opened: When) -> Self {
        let title = format!("Placeholder for {}: {}", self.paper.noun, self.title);
        let pull = self.pull_request(release, PullKind::Docs, (GUIDE, number), &title);
        self.opened_and_waiting(pull, opened, Waits::Nobody)
    }

    /// A pull request closed without a merge.
    pub fn closed(
        mut self,
        release: ReleaseVersion,
        pull: (&'static str, u32),
        title: &str,
        opened: When,
        closed: When,
    ) -> Self {
        let pull = self.pull_request(release, PullKind::Implementation, pull, title);
        let ended = Pull { state: PullState::Closed, ..pull.clone() };
        self = self.opened_and_waiting(pull, opened, Waits::Nobody);
        self.seen(closed, Event::PullObserved(ended));
        self
    }

    pub(super) fn pull_request(
        &self,
        release: ReleaseVersion,
        kind: PullKind,
        (repository, number): (&str, u32),
        title: &str,
    ) -> Pull {
        Pull {
            repository: repository.to_owned(),
            number,
            title: title.to_owned(),
            author: self.owner.to_owned(),
            kind,
            release,
            state: PullState::Open,
            waiting_on: Vec::new(),
            waiting_on_review: false,
            waiting_since: None,
            labels: Vec::new(),
            draft: false,
            base: String::new(),
            belonging: None,
        }
    }

    pub(super) fn opened_and_merged(mut self, pull: Pull, opened: When, merged: When) -> Self {
        let first = self.reviewers.first().or(self.approvers.first()).copied();
        let reviewer = first.unwrap_or(pick(members(self.sig), self.number));
        let done = Pull { state: PullState::Merged, ..pull.clone() };
        self = self.opened_and_waiting(pull, opened, Waits::Review(reviewer, opened));
        let at = self.seen(merged, Event::PullObserved(done.clone()));
        self.pulls.push((at, done));
        self
    }

    fn opened_and_waiting(mut self, pull: Pull, opened: When, waits: Waits) -> Self {
        let (on, review, since) = match waits {
            Waits::Review(login, since) => (Some(login), true, Some(since)),
            Waits::Author(since) => (Some(self.owner), false, Some(since)),
            Waits::Nobody => (None, false, None),
        };
        let waiting_on = on.into_iter().map(str::to_owned).collect();
        let waiting_since = since.map(|when| self.instant(when));
        if !self.paper.repositories.iter().any(|name| *name == pull.repository) {
            let known = [INFRA, PROVIDERS, KUBEVIRT, CDI, ENHANCEMENTS];
            self.paper.repositories.extend(known.into_iter().filter(|name| *name == pull.repository));
        }
        // What it waits on is told when that began.
        let told = since.filter(|since| self.calendar.day(*since) > self.calendar.day(opened)).unwrap_or(opened);
        if told != opened {
            self.seen(opened, Event::PullObserved(pull.clone()));
        }
        self.seen(told, Event::PullObserved(Pull { waiting_on, waiting_on_review: review, waiting_since, ..pull }));
        self
    }

    /// Whether the merged pull requests of a release were found in the branch it was built from.
    pub fn landed(mut self, release: ReleaseVersion, when: When, contained: bool) -> Self {
        let merged: Vec<_> = self.pulls.iter().map(|(_, pull)| pull.clone()).collect();
        for pull in merged.into_iter().filter(|p| p.release == release && p.kind == PullKind::Implementation) {
            let by_release = [KUBEVIRT, CDI].contains(&pull.repository.as_str());
            let branch =
                if by_release { format!("release-{}.{}", release.major, release.minor) } else { "main".to_owned() };
            let Pull { repository, number, .. } = pull;
            self.seen(when, Event::LandingObserved { repository, number, branch, contained });
        }
        self
    }

    /// A linked bug.
    pub fn bug(
        mut self,
        (repository, number): (&str, u32),
        title: &str,
        when: When,
        open: bool,
        labels: &[&str],
    ) -> Self {
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        let (repository, title) = (repository.to_owned(), title.to_owned());
        self.seen(when, Event::BugObserved { repository, number, title, open, labels });
        self
    }
}
