//! What the Enhancement Freeze requires (P-9).

use super::{Case, Finding, Who, count, handles};
use crate::{Known, Source, candidate::graduation, verdict::NO_SIG};

impl Case<'_, '_> {
    /// P-9 (a).
    pub(super) fn issue(&self) -> Finding {
        let url = self.source.issue_url(self.number);
        let Some(issue) = self.known.issue else {
            return Finding::unknown("issue not read", format!("Issue #{} has not been read yet.", self.number))
                .at(url, None);
        };
        let directory = self.known.document.and_then(|d| d.path.rsplit_once('/')).map(|(directory, _)| directory);
        let finding = match (issue.linked_document, directory) {
            (None, _) => {
                Finding::fail("issue has no link", "The tracking issue links no document directory.", Who::Owner)
            }
            // Whether the link is right shows when there is something to link.
            (Some(path), None) => Finding::unknown(
                "no document to link",
                format!("The tracking issue links `{path}`, but no document of this proposal is on main."),
            )
            .by(Who::Owner),
            (Some(path), Some(directory)) if !is_within(path, directory) => Finding::fail(
                "issue links another path",
                format!("The tracking issue links `{path}`, the document is in `{directory}`."),
                Who::Owner,
            ),
            (Some(path), Some(_)) => Finding::pass(format!("Issue #{} links `{path}`.", self.number)),
        };
        finding.at(url, issue.observed)
    }

    /// P-9 (b).
    pub(super) fn labels(&self) -> Finding {
        let url = self.source.issue_url(self.number);
        let Some(issue) = self.known.issue else {
            return Finding::unknown("labels not read", "The labels have not been read yet.").at(url, None);
        };
        if self.sig == NO_SIG {
            return Finding::unknown("no owning SIG", "Nothing says which SIG owns it, so its label is not known.")
                .at(url, issue.observed)
                .by(Who::Owner);
        }
        let wanted = std::iter::once(Source::sig_label(self.sig)).chain(self.source.label_for(self.release));
        let missing: Vec<_> =
            wanted.filter(|label| !issue.labels.contains(label)).map(|label| format!("`{label}`")).collect();
        let finding = if missing.is_empty() {
            Finding::pass("The issue carries the labels it needs.")
        } else {
            Finding::fail(
                count(missing.len(), "label"),
                format!("The issue lacks {}.", missing.join(" and ")),
                Who::Owner,
            )
        };
        finding.at(url, issue.observed)
    }

    /// P-9 (c).
    pub(super) fn document(&self) -> Finding {
        match self.known.document {
            Some(version) => Finding::pass(format!("`{}` is on main.", version.path))
                .at(self.source.file_url(&version.path), version.occurred_at),
            None => Finding::fail("document not merged", "No document of this proposal is on main.", Who::Owner),
        }
    }

    /// P-9 (d): what document or issue states, or where a retarget moved it (P-15).
    pub(super) fn target(&self) -> Finding {
        let release = self.release;
        let stated = self.participation.targeted || self.participation.came_from.is_some();
        match (stated, self.participation.accepted) {
            (true, Some(_)) => Finding::pass(format!("{release} is stated and the owning SIG accepted it.")),
            (true, None) => Finding::fail(
                "not accepted",
                format!("{} has not accepted it for {release}.", self.sig),
                Who::Sig(self.sig.to_owned()),
            ),
            (false, _) => Finding::fail(
                "no target",
                format!("Neither document nor issue states {release} as a target."),
                Who::Owner,
            ),
        }
    }

    /// P-9 (e).
    pub(super) fn graduation(&self) -> Finding {
        let Some(version) = self.known.document else {
            return Finding::fail("no graduation criteria", "There is no document that could state them.", Who::Owner);
        };
        let link = self.source.file_url(&version.path);
        let finding = match graduation(&version.reading) {
            (true, said) => Finding::pass(said),
            (false, said) => Finding::fail("no graduation criteria", said, Who::Owner),
        };
        finding.at(link, version.occurred_at)
    }

    /// P-9 (f).
    pub(super) fn reviewers(&self) -> Finding {
        let (reviewers, approvers) = (self.known.reviewers(), self.known.approvers());
        let sig = Who::Sig(self.sig.to_owned());
        match (reviewers.is_empty(), approvers.is_empty()) {
            (false, false) => {
                Finding::pass(format!("Reviewers {}; approvers {}.", handles(&reviewers), handles(&approvers)))
            }
            (true, true) => Finding::fail("no reviewer, no approver", "Nobody is named for either.", sig),
            (true, false) => Finding::fail("no reviewer", "No reviewer is named.", sig),
            (false, true) => Finding::fail("no approver", "No approver is named.", sig),
        }
    }

    /// P-9 (g).
    pub(super) fn commitment(&self) -> Finding {
        let owners = self.known.owners();
        match self.participation.committed {
            _ if owners.is_empty() => Finding::fail("no owner", "No owner is named.", Who::Sig(self.sig.to_owned())),
            Some((who, on)) => {
                Finding::pass(format!("@{who} committed to {} on {}.", self.release, on.format("%-d %b %Y")))
            }
            None => Finding::fail(
                "no commitment",
                format!("{} has not committed to {}.", handles(&owners), self.release),
                Who::Owner,
            ),
        }
    }

    /// P-9 (h).
    pub(super) fn sign_off(&self) -> Finding {
        let missing = missing_sign_offs(self.source, self.known, self.sig);
        if missing.is_empty() {
            return Finding::pass("Every SIG asked has signed off.");
        }
        let who = missing.first().map_or(Who::Nobody, |sig| Who::Sig((*sig).to_owned()));
        Finding::fail(count(missing.len(), "sign-off"), format!("Not signed off by {}.", missing.join(", ")), who)
    }
}

/// SIGs that are asked to sign off and have not, the owning one apart.
pub fn missing_sign_offs<'a>(source: &'a Source, known: &Known<'_>, owning: &str) -> Vec<&'a str> {
    let asked = source.sign_off.iter().map(String::as_str);
    asked.filter(|sig| *sig != owning && !known.signed_off.contains(sig)).collect()
}

/// Whether a link leads to a directory or to something in it.
pub(crate) fn is_within(path: &str, directory: &str) -> bool {
    let path = path.trim_start_matches(['.', '/']).trim_end_matches('/');
    path.strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
