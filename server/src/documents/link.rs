//! References to issues, pull requests and files on GitHub, in every form in which people write them on a line.
//!
//! A line is cut into words, and each word is looked at once, so that time grows with the length of the line alone.
//! Left out on purpose: reference links of Markdown, addresses of other hosts, and whether what is named exists.

use domain::ReferenceForm;

use super::people::is_login;

/// Something on GitHub that a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'a> {
    /// Owner of the repository, where written.
    pub owner: Option<&'a str>,
    /// Name of the repository, where written.
    pub repository: Option<&'a str>,
    /// How it is written.
    pub form: ReferenceForm,
    /// What it leads to.
    pub to: To<'a>,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To<'a> {
    /// An issue (`/issues/N`).
    Issue(u32),
    /// An issue, by an address that GitHub does not know (`/issue/N`).
    MisspeltIssue(u32),
    /// A pull request (`/pull/N`).
    Pull(u32),
    /// An issue or a pull request; the form does not tell.
    Either(u32),
    /// A file or directory: revision and path.
    File(&'a str, &'a str),
    /// The address of an issue or pull request without its number (`/pull/TBD`).
    Unnumbered,
}

/// Nouns of proposals; a number behind one is that of a proposal.
pub const NOUNS: [&str; 2] = ["cep", "vep"];
/// Words before `#N` that are no repository.
const NO_REPOSITORY: [&str; 8] = ["kep", "issue", "issues", "bug", "step", "pull", "part", "task"];

/// The links of `line`, in order. Of a Markdown link that leads to GitHub only the target counts, not the text.
pub fn links_of(line: &str) -> Vec<Link<'_>> {
    let mut links: Vec<Link<'_>> = Vec::new();
    let mut text_began = 0;
    let mut start = 0;
    let mut noun: Option<&str> = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        if !is_delimiter(c) {
            continue;
        }
        if c == '[' && start == at {
            text_began = links.len();
        }
        let (before, word) = (line.get(..start).unwrap_or_default(), line.get(start..at).unwrap_or_default());
        start = at + c.len_utf8();
        if word.is_empty() {
            continue;
        }
        if let Some(mut link) = link_of(word) {
            if link.form == ReferenceForm::Address && before.ends_with("](") {
                links.truncate(text_began);
            }
            if let (ReferenceForm::Short, Some(noun)) = (&link.form, noun) {
                link.form = ReferenceForm::Noun(noun.to_owned());
            }
            links.push(link);
        }
        noun = NOUNS.iter().find(|noun| word.eq_ignore_ascii_case(noun)).copied();
        if c == '[' {
            text_began = links.len();
        }
    }
    links
}

fn is_delimiter(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | ',' | ';' | '"' | '\'' | '|' | '{' | '}' | '`')
}

fn link_of(word: &str) -> Option<Link<'_>> {
    let word = word.trim_matches(|c: char| matches!(c, '.' | ':' | '!' | '*' | '_' | '~' | '…'));
    // `PR:https://…`: a label that is glued to its address.
    let word = word.find("http").filter(|at| *at > 0).and_then(|at| word.get(at..)).unwrap_or(word);
    let scheme = ["https://", "http://"].iter().find_map(|scheme| strip_any_case(word, scheme));
    let rest = scheme.unwrap_or(word);
    let rest = strip_any_case(rest, "www.").unwrap_or(rest);
    match strip_any_case(rest, "github.com/") {
        Some(path) => address(path),
        None if scheme.is_some() => None,
        None => word
            .split_once('#')
            .map_or_else(|| address(word).filter(leads_to_number), |(left, right)| numbered(left, right)),
    }
}

fn strip_any_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Without a host only the form with a number is an address; a path on disk looks like the others.
fn leads_to_number(link: &Link<'_>) -> bool {
    !matches!(link.to, To::File(..) | To::Unnumbered)
}

/// `O/R/issues/N`, `O/R/pull/N/files#x`, `O/R/blob/main/path`.
fn address(path: &str) -> Option<Link<'_>> {
    let path = path.split(['?', '#']).next()?;
    let mut segments = path.splitn(5, '/');
    let (owner, repository, kind, third) = (segments.next()?, segments.next()?, segments.next()?, segments.next());
    if !is_login(owner) || !is_name(repository) {
        return None;
    }
    let to = match (kind, third) {
        ("blob" | "tree", Some(revision)) => To::File(revision, segments.next().unwrap_or_default().trim_matches('/')),
        ("issues" | "issue" | "pull" | "pulls", third) => match (third.and_then(number_of), kind) {
            (Some(number), "issues") => To::Issue(number),
            (Some(number), "issue") => To::MisspeltIssue(number),
            (Some(number), _) => To::Pull(number),
            (None, _) if third == Some("new") => return None,
            // The list of all of them has no third segment, not even an empty one.
            (None, "issues" | "pulls") if third.is_none() => return None,
            (None, _) => To::Unnumbered,
        },
        _ => return None,
    };
    Some(Link { owner: Some(owner), repository: Some(repository), form: ReferenceForm::Address, to })
}

/// `#N`, `R#N`, `O/R#N`.
fn numbered<'a>(left: &'a str, right: &str) -> Option<Link<'a>> {
    let left = left.rsplit(':').next().unwrap_or(left).trim_start_matches(['*', '_', '~']);
    let end = right.find(|c: char| !c.is_ascii_digit()).unwrap_or(right.len());
    let (digits, rest) = right.split_at_checked(end)?;
    let number = number_of(digits).filter(|_| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))?;
    let to = To::Either(number);
    if left.is_empty() {
        return Some(Link { owner: None, repository: None, form: ReferenceForm::Short, to });
    }
    if let Some(noun) = NOUNS.iter().find(|noun| left.eq_ignore_ascii_case(noun)) {
        return Some(Link { owner: None, repository: None, form: ReferenceForm::Noun((*noun).to_owned()), to });
    }
    if let Some((owner, repository)) = left.split_once('/') {
        let fits = is_login(owner) && is_name(repository);
        let link = Link { owner: Some(owner), repository: Some(repository), form: ReferenceForm::Qualified, to };
        return fits.then_some(link);
    }
    let fits = left.len() > 2 && !left.bytes().any(|b| b.is_ascii_uppercase()) && !NO_REPOSITORY.contains(&left);
    (fits && is_name(left)).then_some(Link { owner: None, repository: Some(left), form: ReferenceForm::Repository, to })
}

fn number_of(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok().filter(|number| *number > 0) } else { None }
}

/// Whether `text` can be the name of a repository.
fn is_name(text: &str) -> bool {
    let fits = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    fits && (1..=100).contains(&text.len()) && text.bytes().any(|b| b.is_ascii_alphanumeric())
}

/// Nouns with a number in a title: `VEP-12`, `VEP #12:`, `VEP12`, `[CEP 12]`, several of them.
pub fn nouns_of(title: &str) -> Vec<(&'static str, u32)> {
    let lower = title.to_ascii_lowercase();
    let mut found: Vec<(usize, &'static str, u32)> = Vec::new();
    for noun in NOUNS {
        for (at, _) in lower.match_indices(noun) {
            let before = lower.get(..at).and_then(|before| before.chars().next_back());
            let rest = lower.get(at + noun.len()..).unwrap_or_default().trim_start_matches([' ', '-', '_', '#']);
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, behind) = rest.split_at_checked(end).unwrap_or_default();
            let mut behind = behind.chars();
            // "VEP 97.1" is the number of no issue.
            let ends = match behind.next() {
                Some('.') => !behind.next().is_some_and(|c| c.is_ascii_digit()),
                Some(c) => !c.is_alphanumeric(),
                None => true,
            };
            if let (false, true, Some(number)) = (before.is_some_and(char::is_alphanumeric), ends, number_of(digits)) {
                found.push((at, noun, number));
            }
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, noun, number)| (noun, number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<String> {
        let shown = |link: Link<'_>| {
            let place: Vec<&str> = [link.owner, link.repository].into_iter().flatten().collect();
            format!("{} {:?}", place.join("/"), link.to)
        };
        links_of(line).into_iter().map(shown).collect()
    }

    #[test]
    fn every_form_is_read() {
        assert_eq!(
            read("https://github.com/o/r/pull/1/files, (http://www.GitHub.com/o/r/issues/2#x) github.com/o/r/pull/3."),
            ["o/r Pull(1)", "o/r Issue(2)", "o/r Pull(3)"]
        );
        assert_eq!(
            read("o/r#4, enh#5: #6! PR:#7 o/r/issues/8"),
            ["o/r Either(4)", "enh Either(5)", " Either(6)", " Either(7)", "o/r Issue(8)"]
        );
        assert_eq!(read("<https://github.com/o/r/tree/main/a/b/>"), ["o/r File(\"main\", \"a/b\")"]);
        assert_eq!(
            read("https://github.com/o/r/pull/TBD https://github.com/o/r/issue/9"),
            ["o/r Unnumbered", "o/r MisspeltIssue(9)"]
        );
    }

    #[test]
    fn the_text_of_a_link_to_github_does_not_count_besides_its_target() {
        assert_eq!(read("[#1](https://github.com/o/r/pull/2) #3"), ["o/r Pull(2)", " Either(3)"]);
        assert_eq!(read("[o/r#1](https://example.org/2)"), ["o/r Either(1)"]);
    }

    #[test]
    fn what_merely_looks_like_a_reference_is_none() {
        for line in [
            "C#7",
            "KEP#7",
            "# 7",
            "#7a",
            "#0",
            "a/b/c#7",
            "https://example.org/o/r/pull/7",
            "https://github.com/o/r/issues?q=7",
            "https://github.com/o/r/issues/new",
            "docs/x/pull/me",
            "#99999999999",
        ] {
            assert!(read(line).is_empty(), "{line}: {:?}", read(line));
        }
    }

    #[test]
    fn a_number_behind_a_noun_is_that_of_a_proposal() {
        assert!(links_of("VEP #7, VEP#8").iter().all(|link| link.form == ReferenceForm::Noun("vep".to_owned())));
    }
}
