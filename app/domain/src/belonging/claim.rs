//! How strongly a proposal claims a pull request.

use std::cmp::Reverse;

use super::mention::{Mention, MentionForm};
use super::{Claimant, Ground, ProposalKey, Submission};
use crate::{Belonging, LinkedPull};

/// Everything that speaks for one proposal. The smallest is the strongest: by the reasons in their order, then by what
/// tells two equal ones apart, last by the proposal's key, so that there is never a tie.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Strength<'a> {
    /// Issue, document, text, title: false where the reason is there, since false comes first.
    lacks: [bool; 4],
    /// A link in a section for pull requests is more than one elsewhere in the issue.
    elsewhere: bool,
    /// More changed files of the document's directory come first.
    files: Reverse<usize>,
    /// The place in the text, then the form: what is named first is meant first.
    named: Option<(u32, MentionForm)>,
    key: &'a ProposalKey,
}

impl<'a> Strength<'a> {
    /// What speaks for `claimant`; none when nothing does.
    pub fn of(claimant: &'a Claimant, pull: &Submission, ground: &Ground<'_>) -> Option<Self> {
        let link = link(claimant, pull);
        let files = files(claimant, pull);
        let named = |title: bool| {
            let of_form = pull.references.iter().filter(move |r| (r.form == MentionForm::Title) == title);
            of_form.filter(|r| names(r, claimant, pull, ground)).map(|r| (r.line, r.form)).min()
        };
        let (text, title) = (named(false), named(true));
        let lacks = [link.is_none(), files == 0, text.is_none(), title.is_none()];
        lacks.contains(&false).then(|| Self {
            lacks,
            elsewhere: link.is_some_and(|link| link.kind.is_none()),
            files: Reverse(files),
            named: text,
            key: &claimant.key,
        })
    }

    /// The strongest reason.
    pub fn why(&self) -> Belonging {
        match self.lacks {
            [false, ..] => Belonging::Issue,
            [_, false, ..] => Belonging::Document,
            [_, _, false, _] => Belonging::Text,
            [_, _, _, _] => Belonging::Title,
        }
    }
}

/// The tracking issue's link to it: one in a section before one elsewhere, then the first.
pub(super) fn link<'c>(claimant: &'c Claimant, pull: &Submission) -> Option<&'c LinkedPull> {
    let to_it = claimant
        .links
        .iter()
        .filter(|link| link.number == pull.key.number && link.repository.eq_ignore_ascii_case(&pull.key.repository));
    to_it.min_by_key(|link| (link.kind.is_none(), link.line, link.kind, link.stage.clone()))
}

/// How many files of the proposal's directory it changes; none where its paths are not known.
pub(super) fn files(claimant: &Claimant, pull: &Submission) -> usize {
    let Some(directory) = claimant.directory.as_deref() else { return 0 };
    if !claimant.repository.eq_ignore_ascii_case(&pull.key.repository) {
        return 0;
    }
    pull.paths.iter().flatten().filter(|path| is_in(path, directory)).count()
}

/// Whether a path leads into a directory.
pub(super) fn is_in(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a reference means the proposal: its repository and its number, or one that was redirected to it.
fn names(reference: &Mention, claimant: &Claimant, pull: &Submission, ground: &Ground<'_>) -> bool {
    let meant = match (&reference.repository, reference.form) {
        (Some(_), _) => reference.states(&claimant.repository),
        (None, MentionForm::Title) => has_word(&pull.title, &claimant.noun),
        (None, _) => claimant.repository.eq_ignore_ascii_case(&pull.key.repository),
    };
    let written = ProposalKey { source: claimant.key.source.clone(), number: reference.number };
    let number = ground.redirects.get(&written).copied().unwrap_or(reference.number);
    meant && number == claimant.key.number
}

/// Whether a title holds the noun as a word of its own, in any case: "vep-10" does, "veps" does not.
fn has_word(title: &str, noun: &str) -> bool {
    title.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case(noun))
}
