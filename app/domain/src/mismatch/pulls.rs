//! Disagreements of the tracking issue with the pull requests that it links, or should link.

use super::{Matter, Mismatch, fix::Fix};
use crate::{IssueReading, LinkedPull, Pull, PullState, TimelineBox, belonging::missing_from_issue};

pub(super) fn all(matter: &Matter<'_>) -> Vec<Mismatch> {
    missing(matter).into_iter().chain(boxes(matter)).collect()
}

/// What names the proposal is in its issue (P-10, R002-35).
fn missing(matter: &Matter<'_>) -> Vec<Mismatch> {
    let observed = matter.known.issue.and_then(|issue| issue.observed);
    let found = |missing: crate::Missing| {
        let text = format!("#{} {} names the proposal but is not in its issue.", missing.number, missing.title);
        let left = format!("{}#{}", missing.repository, missing.number);
        let right = format!("issue, {}", missing.place());
        let fix = Fix::issue(missing.bullet);
        Mismatch::new("missing-from-issue", (&left, &right), observed, text, fix).in_way_of(vec![missing.release])
    };
    missing_from_issue(&matter.source.noun, matter.known).into_iter().map(found).collect()
}

/// A box over pull requests is ticked when, and only when, they are merged. Of what was not observed nothing is said.
fn boxes(matter: &Matter<'_>) -> Vec<Mismatch> {
    let (Some(issue), Some(reading)) = (matter.known.issue, matter.issue_text) else { return Vec::new() };
    let disagrees = |line: &TimelineBox| {
        let pulls = under(line, reading).map(|link| observed(matter, link)).collect::<Option<Vec<&Pull>>>()?;
        // What was closed without a merge is no part of it.
        let pulls: Vec<_> = pulls.into_iter().filter(|pull| pull.state != PullState::Closed).collect();
        let open: Vec<_> = pulls.iter().filter(|pull| pull.state == PullState::Open).collect();
        let label = label_of(&line.text);
        let (code, text, mark) = match (line.checked, open.first()) {
            (true, Some(first)) => {
                let text = format!("“{label}” is ticked, but #{} {} is open.", first.number, first.title);
                ("box-ticked", text, ' ')
            }
            (false, None) if !pulls.is_empty() => {
                ("box-not-ticked", format!("All under “{label}” is merged, but it is not ticked."), 'x')
            }
            _ => return None,
        };
        let mut releases: Vec<_> = pulls.iter().map(|pull| pull.release).collect();
        releases.sort_unstable();
        releases.dedup();
        let left = format!("issue, line {}", line.line);
        let fix = Fix::issue(format!("* [{mark}] {}", line.text));
        Some(Mismatch::new(code, (&left, "pull requests"), issue.observed, text, fix).in_way_of(releases))
    };
    reading.boxes.iter().filter(|line| !line.struck).filter_map(disagrees).collect()
}

/// What stands before the colon of a line; the colon of an address is none.
fn label_of(text: &str) -> &str {
    let ends = text.match_indices(':').find(|(at, _)| !text[at + 1..].starts_with("//"));
    let label = ends.map_or(text, |(at, _)| &text[..at]);
    let label = label.find("https://").or_else(|| label.find("http://")).map_or(label, |at| &label[..at]).trim();
    if label.is_empty() { text } else { label }
}

/// Links on the line of a box or below it, up to the next box.
fn under<'r>(line: &'r TimelineBox, reading: &'r IssueReading) -> impl Iterator<Item = &'r LinkedPull> {
    let next = reading.boxes.iter().map(|other| other.line).filter(|other| *other > line.line).min();
    let is_under = move |link: &&LinkedPull| link.line >= line.line && next.is_none_or(|next| link.line < next);
    reading.pulls.iter().filter(is_under)
}

fn observed<'m>(matter: &Matter<'m>, link: &LinkedPull) -> Option<&'m Pull> {
    let mut pulls = matter.known.pulls.iter().map(AsRef::as_ref);
    pulls.find(|pull: &&Pull| pull.number == link.number && pull.repository.eq_ignore_ascii_case(&link.repository))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colon_of_an_address_ends_no_label() {
        assert_eq!(label_of("VEP PRs: https://github.com/a/b/pull/1"), "VEP PRs");
        assert_eq!(label_of("Alpha https://github.com/a/b/pull/1"), "Alpha");
        assert_eq!(label_of("https://github.com/a/b/pull/1"), "https://github.com/a/b/pull/1");
        assert_eq!(label_of("Code merged"), "Code merged");
    }
}
