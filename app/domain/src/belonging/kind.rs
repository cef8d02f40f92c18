//! What a pull request is for, where no person said so.

use super::mention::MentionForm;
use super::{
    Claimant, Ground, Submission,
    claim::{files, link},
};
use crate::PullKind;

/// By the section of the issue that holds it; else by what it changes and where; else by its labels.
pub(super) fn kind(claimant: &Claimant, pull: &Submission, ground: &Ground<'_>) -> PullKind {
    if let Some(kind) = link(claimant, pull).and_then(|link| link.kind) {
        return kind;
    }
    if is_about_the_document(claimant, pull) {
        PullKind::Proposal
    } else if ground.docs_repositories.iter().any(|docs| docs.eq_ignore_ascii_case(&pull.key.repository)) {
        PullKind::Docs
    } else if pull.labels.iter().any(|label| ground.bug_labels.contains(label)) {
        PullKind::Bug
    } else {
        PullKind::Implementation
    }
}

/// All that it changes is in the proposal's directory: code that brings a line of the document along is code. Where the
/// paths are not known, the title that names the proposal says so.
fn is_about_the_document(claimant: &Claimant, pull: &Submission) -> bool {
    if !claimant.repository.eq_ignore_ascii_case(&pull.key.repository) {
        return false;
    }
    match &pull.paths {
        Some(paths) => !paths.is_empty() && files(claimant, pull) == paths.len(),
        None => pull.references.iter().any(|reference| reference.form == MentionForm::Title),
    }
}
