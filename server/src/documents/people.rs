//! Owners, reviewers and approvers, and the few other facts that documents state as `Label: value`.
//!
//! Before the first section any login counts; further down only `@mentions` do, because there the same words occur in
//! prose and API descriptions. Left out on purpose: names without a login, teams, mail addresses.

use domain::{Diagnostic, DocumentReading, Origin, Stated, diagnostic::codes};

use super::{
    line_shape::{is_quote, item_of},
    outline::{Heading, words},
    text::{clip, quoted},
    visible::Line,
};

/// Longest label and longest value that are looked at, in bytes.
const MAX_LABEL: usize = 60;
const MAX_VALUE: usize = 4_000;

/// In what role a document names somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Owner, author or primary contact.
    Owner,
    /// Reviewer.
    Reviewer,
    /// Approver.
    Approver,
}

impl Role {
    /// The role that a label names, whatever its case and number.
    pub fn of(label: &str) -> Option<Self> {
        let label = words(label);
        let last = label.split(' ').next_back()?;
        let known = matches!(label.as_str(), "primary contact" | "contact")
            || label
                .split(' ')
                .rev()
                .skip(1)
                .all(|word| matches!(word, "vep" | "cep" | "assigned" | "proposal" | "design"));
        match last.strip_suffix('s').unwrap_or(last) {
            _ if !known => None,
            "owner" | "author" | "contact" => Some(Self::Owner),
            "reviewer" => Some(Self::Reviewer),
            "approver" => Some(Self::Approver),
            _ => None,
        }
    }

    /// The list of `reading` for this role.
    pub fn list(self, reading: &mut DocumentReading) -> &mut Vec<Stated<String>> {
        match self {
            Self::Owner => &mut reading.owners,
            Self::Reviewer => &mut reading.reviewers,
            Self::Approver => &mut reading.approvers,
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Reviewer => "reviewer",
            Self::Approver => "approver",
        }
    }
}

/// Reads the labelled lines of the text. A role that the front matter names already is left as it is. `header` is the
/// number of visible lines before the first section.
pub fn read_people(
    lines: &[Line<'_>],
    headings: &[Heading],
    header: usize,
    reading: &mut DocumentReading,
    found: &mut Vec<Diagnostic>,
) {
    let settled = [Role::Owner, Role::Reviewer, Role::Approver].map(|role| !role.list(reading).is_empty());
    let [owners, reviewers, approvers] = settled;
    let is_settled = |role| match role {
        Role::Owner => owners,
        Role::Reviewer => reviewers,
        Role::Approver => approvers,
    };
    let mut headings = headings.iter().peekable();
    let mut listing: Option<Role> = None;
    for (at, line) in lines.iter().enumerate() {
        if let Some(heading) = headings.next_if(|heading| heading.at <= at) {
            listing = Role::of(&heading.text).filter(|role| !is_settled(*role));
            continue;
        }
        if line.code || is_quote(&line.text) {
            continue;
        }
        let item = item_of(&line.text);
        let body = item.map_or(line.text.trim(), |item| item.text);
        if let Some((label, value)) = labelled(body) {
            listing = None;
            if let Some(role) = Role::of(label).filter(|role| !is_settled(*role)) {
                if value.is_empty() {
                    listing = Some(role);
                } else if at < header || mentions(value).next().is_some() {
                    take(role, value, line.number, Origin::Line, reading, found);
                }
                continue;
            }
            if at < header {
                take_fact(&words(label), value, line.number, reading);
            }
        } else if item.is_none() && !(listing.is_some() && mentions(body).next().is_some()) {
            listing = None;
        } else if let Some(role) = listing.filter(|_| at < header || mentions(body).next().is_some()) {
            take(role, body, line.number, Origin::Line, reading, found);
        }
    }
}

fn labelled(body: &str) -> Option<(&str, &str)> {
    let bare = body.trim_start_matches(['*', '_', '`']);
    let at = bare.bytes().take(MAX_LABEL).position(|b| b == b':')?;
    let (label, value) = (bare.get(..at)?, bare.get(at + 1..)?);
    (!value.starts_with("//")).then(|| (label, value.trim_start_matches(['*', '_']).trim()))
}

fn take_fact(label: &str, value: &str, line: u32, reading: &mut DocumentReading) {
    let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '`' | '*' | '"'));
    if value.is_empty() || is_tbd(value) {
        return;
    }
    let stated = Stated { value: clip(value), line, from: Origin::Line };
    match label {
        "owning sig" | "sig" if reading.owning_sig.is_none() => reading.owning_sig = Some(stated),
        "feature gate" if reading.feature_gate.is_none() => reading.feature_gate = Some(stated),
        "participating sigs" | "participating sig" if reading.participating_sigs.is_empty() => {
            let each = value.split([',', ' ']).filter(|sig| !sig.is_empty());
            reading.participating_sigs.extend(each.map(|sig| Stated { value: clip(sig), line, from: Origin::Line }));
        }
        _ => {}
    }
}

/// Adds the logins that `value` names to the list of `role`; what is not a login becomes a diagnostic.
pub fn take(
    role: Role,
    value: &str,
    line: u32,
    from: Origin,
    reading: &mut DocumentReading,
    found: &mut Vec<Diagnostic>,
) {
    let end = (0..=MAX_VALUE.min(value.len())).rev().find(|end| value.is_char_boundary(*end)).unwrap_or(0);
    let value = value.get(..end).unwrap_or_default().trim();
    let mentioned: Vec<&str> = mentions(value).collect();
    let names: Vec<&str> = if mentioned.is_empty() {
        value
            .split([',', ';'])
            .map(|name| name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '`' | '*' | '"' | '.')))
            .collect()
    } else {
        mentioned
    };
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        if is_tbd(name) {
            let message = format!("The {} is still to be determined.", role.noun());
            let mend = "Name a person by GitHub login.";
            found.push(Diagnostic::warning(line, codes::PEOPLE_TBD, message, mend));
        } else if !is_login(name) {
            let message = format!("{} is not the GitHub login of a person.", quoted(name));
            let mend = "Write a login such as @octocat; a team or a full name cannot act.";
            found.push(Diagnostic::warning(line, codes::BAD_LOGIN, message, mend));
        } else if role.list(reading).iter().any(|known| known.value.eq_ignore_ascii_case(name)) {
            let message = format!("{} is named twice as {}.", quoted(name), role.noun());
            found.push(Diagnostic::note(line, codes::LOGIN_TWICE, message, "Remove one of the two."));
        } else if role.list(reading).len() < MAX_PEOPLE {
            role.list(reading).push(Stated { value: name.to_owned(), line, from });
        }
    }
}

/// Most people that one list of a document takes; a longer one is no list of people.
const MAX_PEOPLE: usize = 100;

/// The words behind each `@` that begins a word, teams with their slash.
pub(super) fn mentions(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('@').filter_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_')) {
            return None;
        }
        let rest = text.get(at + 1..)?;
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_'))).unwrap_or(rest.len());
        rest.get(..end).filter(|name| !name.is_empty())
    })
}

/// Whether `name` can be a GitHub login: letters, digits and single hyphens, at most 39 of them.
pub fn is_login(name: &str) -> bool {
    let fits = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits && (1..=39).contains(&name.len()) && !name.starts_with('-') && !name.ends_with('-')
}

fn is_tbd(name: &str) -> bool {
    let head: String = name.chars().take(40).collect();
    let words = words(&head);
    words.is_empty()
        || matches!(words.split(' ').next(), Some("tbd" | "tba" | "todo" | "none" | "nobody"))
        || words.starts_with("to be ")
        || words == "n a"
}

#[cfg(test)]
mod tests {
    use super::{
        super::{outline::outline, visible::visible_lines},
        *,
    };

    fn read(text: &str) -> (DocumentReading, Vec<String>) {
        let lines = visible_lines(text, 1, &mut Vec::new());
        let headings = outline(&lines);
        let header = headings.iter().find(|h| h.text == "Overview").map_or(lines.len(), |h| h.at);
        let (mut reading, mut found) = (DocumentReading::default(), Vec::new());
        read_people(&lines, &headings, header, &mut reading, &mut found);
        (reading, found.into_iter().map(|d| d.code).collect())
    }

    fn names(list: &[Stated<String>]) -> Vec<&str> {
        list.iter().map(|s| s.value.as_str()).collect()
    }

    #[test]
    fn people_are_read_from_labelled_lines() {
        let (reading, codes) = read(
            "# CEP #1: t\n\nOwner: @Ada\n**Reviewers:** @bob, [@cy](https://github.com/cy) and @dee-1\n- Approver: eve\n",
        );
        assert_eq!(names(&reading.owners), ["Ada"]);
        assert_eq!(names(&reading.reviewers), ["bob", "cy", "dee-1"]);
        assert_eq!(names(&reading.approvers), ["eve"]);
        assert!(codes.is_empty(), "{codes:?}");
    }

    #[test]
    fn people_are_read_from_lists_under_a_label_or_heading() {
        let (reading, _) = read("Reviewers:\n- @a\n- @b\n\n## Approvers\n\n* @c\n\n## Overview\n\n- @d\n");
        assert_eq!((names(&reading.reviewers), names(&reading.approvers)), (vec!["a", "b"], vec!["c"]));
    }

    #[test]
    fn nobody_is_invented() {
        let (reading, codes) = read(
            "Reviewers: TBD\nApprovers: @kubevirt/sig-x\nOwner: Ada Lovelace\n\n## Overview\n\nOwner: virt-handler\nAuthors: see a@b.org\n",
        );
        assert!(reading.owners.is_empty() && reading.reviewers.is_empty() && reading.approvers.is_empty());
        assert_eq!(codes, ["people-tbd", "bad-login", "bad-login"]);
    }

    #[test]
    fn one_person_named_twice_counts_once() {
        let (reading, codes) = read("Reviewers: @ada, @Ada\n");
        assert_eq!((names(&reading.reviewers), codes), (vec!["ada"], vec!["login-twice".to_owned()]));
    }

    #[test]
    fn other_facts_are_read_before_the_first_section_only() {
        let (reading, _) = read(
            "Owning SIG: sig-compute\nParticipating SIGs: sig-network, sig-storage\n\n# Overview\n\nFeature gate: X\n",
        );
        assert_eq!(reading.owning_sig.map(|s| s.value).as_deref(), Some("sig-compute"));
        assert_eq!(names(&reading.participating_sigs), ["sig-network", "sig-storage"]);
        assert_eq!(reading.feature_gate, None);
    }
}
