//! What the texts of pull requests name, as the mirror keeps it for looking up.

use domain::{Mention, MentionForm};

use crate::{documents, github::rows::Item};

/// Everything that a pull request's text may name, in lower case: `owner/name#n`, `name#n` where no owner is given,
/// `title#n` for a number in the title.
pub fn refs(repository: &str, item: &Item) -> Vec<String> {
    if !item.is_pull {
        return Vec::new();
    }
    let named = mentions(item).into_iter().map(|mention| match (&mention.repository, mention.form) {
        (Some(named), _) => format!("{named}#{}", mention.number),
        (None, MentionForm::Title) => format!("title#{}", mention.number),
        (None, _) => format!("{repository}#{}", mention.number),
    });
    let picked = cherry_pick_of(item).map(|number| format!("{repository}#{number}"));
    super::distinct(named.chain(picked).map(|name| name.to_lowercase()))
}

/// What may name the issue of a proposal, in the forms of [`refs`].
pub(super) fn names_of(repository: &str, number: u32) -> [String; 3] {
    let name = repository.rsplit('/').next().unwrap_or(repository);
    let [whole, bare] = [repository, name].map(|name| format!("{}#{number}", name.to_lowercase()));
    [whole, bare, format!("title#{number}")]
}

/// Where title and text name proposals.
pub(super) fn mentions(item: &Item) -> Vec<Mention> {
    documents::read_pull_text(&item.title, &item.body).mentions()
}

/// The pull request of the same repository that one says to carry over.
pub fn cherry_pick_of(item: &Item) -> Option<u32> {
    documents::read_pull_text(&item.title, &item.body).pick()
}
