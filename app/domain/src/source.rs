//! Where proposals come from. All of it is data: the two default sources are rows like any other.

use serde::{Deserialize, Serialize};

use crate::ReleaseVersion;

/// A source of proposals (PROCESS "source").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// First segment of its proposals' addresses, e.g. `cep`.
    pub id: String,
    /// What one of its proposals is called, e.g. `CEP`.
    pub noun: String,
    /// `owner/name` of the repository that holds documents and tracking issues.
    pub repository: String,
    /// Which reader and template its documents follow, e.g. `cep`.
    pub template: String,
    /// The SIG that owns every proposal, or none when each document names its own.
    pub owning_sig: Option<String>,
    /// SIGs whose sign-off is required before the Enhancement Freeze (P-9 h), the owning one aside.
    pub sign_off: Vec<String>,
    /// Target label with `{version}` in it, e.g. `target/{version}`; none when targets carry no label.
    pub target_label: Option<String>,
    /// The label that lets a pull request of approved work pass first (P-28); none where the source has no such label.
    #[serde(default)]
    pub approved_label: Option<String>,
    /// Labels that make an open linked bug block the Code Freeze (P-10 c).
    pub blocking_labels: Vec<String>,
    /// Whether approved work goes on between Code Freeze and thaw (P-28).
    pub work_after_code_freeze: bool,
    /// Whether the owning SIG may decide exceptions besides the release team (P-18).
    pub sig_decides_exceptions: bool,
    /// Exceptions longer than this many days are pointed out to the deciders (P-18).
    pub long_exception_days: u32,
    /// Calendar of its releases.
    pub calendar: String,
}

impl Source {
    /// The label of an owning SIG (`sig-ci` becomes `sig/ci`).
    pub fn sig_label(sig: &str) -> String {
        sig.strip_prefix("sig-").map_or_else(|| sig.to_owned(), |name| format!("sig/{name}"))
    }

    /// The target label for a release, where the source defines one.
    pub fn label_for(&self, release: ReleaseVersion) -> Option<String> {
        self.target_label.as_ref().map(|pattern| pattern.replace("{version}", &release.to_string()))
    }

    /// Address of the tracking issue.
    pub fn issue_url(&self, number: u32) -> String {
        format!("https://github.com/{}/issues/{number}", self.repository)
    }

    /// Address of a file on the main branch.
    pub fn file_url(&self, path: &str) -> String {
        format!("https://github.com/{}/blob/main/{path}", self.repository)
    }
}
