//! What the Code Freeze requires (P-10).

use super::{Case, Evidence, Finding, Who, count, handles, pull_url, unread_finding};
use crate::{Event, Outcome, Pull, PullKind, PullState, ReleaseVersion, history::Known};

impl Case<'_, '_> {
    /// P-10 (a).
    pub(super) fn implementation(&self) -> Finding {
        let pulls: Vec<_> = implementation_pulls(self.known, self.release).collect();
        let mut open: Vec<_> = pulls.iter().filter(|pull| pull.state == PullState::Open).collect();
        // Those that wait on the people named beside them come first.
        open.sort_by_key(|pull| !pull.waiting_on_review);
        if pulls.is_empty() {
            return self.no_implementation();
        }
        if open.is_empty() {
            if let Some(unread) = self.unread_link(PullKind::Implementation) {
                return unread;
            }
            return Finding::pass(format!("{} merged.", count(pulls.len(), "implementation PR")));
        }
        let evidence = open.iter().map(|pull| Evidence {
            text: self.pull_sentence(pull),
            link: Some(pull_url(&pull.repository, pull.number)),
            observed: pull.waiting_since,
        });
        let waited_on = open.iter().filter(|pull| pull.waiting_on_review).flat_map(|pull| &pull.waiting_on);
        let mut reviewers: Vec<String> = waited_on.cloned().collect();
        reviewers.sort_unstable();
        reviewers.dedup();
        let who = if reviewers.is_empty() { Who::Owner } else { Who::Reviewers(reviewers) };
        let evidence = evidence.collect();
        Finding { signed: false, outcome: Outcome::Fail, open: count(open.len(), "PR"), evidence, who }
    }

    /// How long a pull request had waited at the instant of judgement.
    fn pull_sentence(&self, pull: &Pull) -> String {
        let name = format!("#{} {}", pull.number, pull.title);
        let on = handles(&pull.waiting_on.iter().map(String::as_str).collect::<Vec<_>>());
        match pull.waiting_since {
            Some(since) if !pull.waiting_on.is_empty() => {
                let days = usize::try_from((self.judged_at - since).num_days()).unwrap_or(0);
                format!("{name} waits on {on} for {}.", count(days, "day"))
            }
            _ => format!("{name} is open."),
        }
    }

    /// Nothing passes for lack of data (P-8, R002-50).
    fn no_implementation(&self) -> Finding {
        let signed = self.statement(|event| match event {
            Event::NothingToMerge { release, reason } if *release == self.release => Some(reason),
            _ => None,
        });
        if let Some(finding) = signed {
            return finding;
        }
        if let Some(unread) = self.unread_link(PullKind::Implementation) {
            return unread;
        }
        let read_since_freeze = match (self.dates.code_freeze, self.today.repositories_read) {
            (Some(freeze), Some(read)) => freeze <= self.now && read >= freeze,
            _ => false,
        };
        let text = "No implementation PR is known, and nobody signed that there is none.";
        if read_since_freeze {
            let text = "The repositories were read after the freeze and hold no implementation PR.";
            Finding::fail("no PR", text, Who::Owner)
        } else if self.today.repositories_read.is_some() {
            Finding::unknown("no PR seen", text).by(Who::Owner)
        } else {
            Finding::unknown("no PR seen", text)
        }
    }

    /// P-10 (b).
    pub(super) fn docs(&self) -> Finding {
        let pull = self
            .known
            .pulls
            .iter()
            .filter(|pull| pull.release == self.release && pull.kind == PullKind::Docs)
            .find(|pull| pull.state != PullState::Closed);
        if let Some(pull) = pull {
            let state = if pull.state == PullState::Merged { "merged" } else { "open as a placeholder" };
            let text = format!("{} #{} is {state}.", pull.repository, pull.number);
            return Finding::pass(text).at(pull_url(&pull.repository, pull.number), None);
        }
        let signed = self.statement(|event| match event {
            Event::NoDocsNeeded { release, reason } if *release == self.release => Some(reason),
            _ => None,
        });
        let signed = signed.or_else(|| self.unread_link(PullKind::Docs));
        signed.unwrap_or_else(|| match self.today.repositories_read {
            Some(_) => Finding::fail("no docs PR", "No documentation PR is open or merged.", Who::Owner),
            None => Finding::unknown("docs not read", "The documentation repositories have not been read yet."),
        })
    }

    /// P-10 (c).
    pub(super) fn bugs(&self) -> Finding {
        let blocking: Vec<_> = self
            .known
            .bugs
            .iter()
            .filter(|bug| bug.open && bug.labels.iter().any(|label| self.source.blocking_labels.contains(label)))
            .collect();
        if let Some(first) = blocking.first() {
            let text = format!("#{} {} is open and blocks.", first.number, first.title);
            let url = format!("https://github.com/{}/issues/{}", first.repository, first.number);
            return Finding::fail(count(blocking.len(), "bug"), text, Who::Owner).at(url, None);
        }
        if let Some(unread) = self.unread_link(PullKind::Bug) {
            return unread;
        }
        match self.today.repositories_read {
            Some(read) => Finding::pass("No linked bug that blocks is open.").seen_at(None, Some(read)),
            None => Finding::unknown("bugs not read", "Linked bugs have not been read yet."),
        }
    }

    /// That something linked cannot be read, where nothing else makes the requirement fail.
    fn unread_link(&self, kind: PullKind) -> Option<Finding> {
        self.today.unread_link(kind, self.release).map(|unread| unread_finding(&unread))
    }
}

/// The implementation pull requests of a release; those closed without a merge are no part of it (P-10 a).
pub(crate) fn implementation_pulls<'k>(
    known: &'k Known<'_>,
    release: ReleaseVersion,
) -> impl Iterator<Item = &'k Pull> {
    known.pulls.iter().map(AsRef::as_ref).filter(move |pull| {
        pull.release == release && pull.kind == PullKind::Implementation && pull.state != PullState::Closed
    })
}
