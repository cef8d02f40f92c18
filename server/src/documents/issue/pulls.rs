//! The pull requests and bugs that an issue links, each with what it is for.

use std::collections::{HashMap, HashSet};

use domain::{Diagnostic, LinkedPull, PullKind, ReferenceForm, Stage, diagnostic::codes};

use super::{
    super::{
        link::{Link, To, links_of},
        text::quoted,
        visible::outside_code,
    },
    Place,
    parts::{Part, Said},
};

/// `owner/name` of what a link names; short forms mean the issue's own repository or owner.
pub fn repository_of(place: Place<'_>, link: &Link<'_>) -> Option<String> {
    let own_owner = place.repository.split('/').next()?;
    Some(match (link.owner, link.repository) {
        (Some(owner), Some(name)) => format!("{owner}/{name}"),
        (None, Some(name)) => format!("{own_owner}/{name}"),
        _ => place.repository.to_owned(),
    })
}

/// The links of one line, given what its surroundings say about kind and stage.
///
/// Under a label such as "Code PRs" every form counts, `/issues/` too, because GitHub forwards it. Elsewhere only what
/// is certain to be a pull request counts, or may be one of another repository: a bare number is more often another
/// tracking issue.
pub fn pulls_of(
    place: Place<'_>,
    said: &Said<'_>,
    kind: Option<PullKind>,
    stage: Option<&Stage>,
    found: &mut Vec<Diagnostic>,
) -> Vec<LinkedPull> {
    let mut pulls = Vec::new();
    let text = outside_code(said.text);
    for link in links_of(&text) {
        let Some(repository) = repository_of(place, &link) else { continue };
        let own = repository.eq_ignore_ascii_case(place.repository);
        let proposal = (said.part == Part::Link && own).then_some(PullKind::Proposal);
        let (number, kind) = match link.to {
            To::Pull(number) => (number, kind.or(proposal)),
            To::Issue(number) if kind.is_some() => (number, kind),
            To::Either(_) if matches!(link.form, ReferenceForm::Noun(_)) => continue,
            To::Either(number) if kind.is_some() || proposal.is_some() || !own => (number, kind.or(proposal)),
            To::Unnumbered | To::MisspeltIssue(_) => {
                remark_on_broken(said, found);
                continue;
            }
            _ => continue,
        };
        if !(own && number == place.number) {
            pulls.push(LinkedPull { repository, number, kind, stage: stage.cloned(), line: said.line });
        }
    }
    pulls
}

fn remark_on_broken(said: &Said<'_>, found: &mut Vec<Diagnostic>) {
    let message = format!("{} holds a link that leads to no issue or pull request.", quoted(said.text));
    found.push(Diagnostic::note(said.line, codes::LINK_BROKEN, message, "Link it by its number, or write TBD."));
}

/// One entry per pull request and stage: a mention without stage or kind adds nothing to one that has them, and of the same
/// the one counts that stands among the boxes, which begin at `boxes`.
pub fn without_repetitions(mut pulls: Vec<LinkedPull>, boxes: u32) -> Vec<LinkedPull> {
    let key = |pull: &LinkedPull| (pull.repository.to_lowercase(), pull.number);
    let strength = |pull: &LinkedPull| (pull.kind.is_some(), pull.stage.is_some());
    let mut strongest = HashMap::new();
    for pull in &pulls {
        let best = strongest.entry(key(pull)).or_insert((false, false));
        *best = strength(pull).max(*best);
    }
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    pulls.sort_by_key(|pull| (pull.line < boxes, pull.line));
    for pull in pulls {
        let key = key(&pull);
        let is_strongest = strongest.get(&key).is_none_or(|best| *best == strength(&pull));
        if is_strongest && seen.insert((key, pull.kind, pull.stage.clone())) {
            kept.push(pull);
        }
    }
    kept.sort_by_key(|pull| pull.line);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_same_link_the_one_among_the_boxes_counts() {
        let link = |number, line| LinkedPull {
            repository: "kubevirt/enhancements".to_owned(),
            number,
            kind: Some(PullKind::Proposal),
            stage: None,
            line,
        };
        let kept = without_repetitions(vec![link(234, 49), link(7, 50), link(234, 61), link(234, 70)], 55);
        assert_eq!(kept.iter().map(|pull| (pull.number, pull.line)).collect::<Vec<_>>(), [(7, 50), (234, 61)]);
    }
}
