//! Reads title and text of a pull request: which proposals, pull requests and documents it names.
//!
//! Everything is listed as written; which proposal it means, and whether that counts, is for the rules of the domain.
//! Closing keywords ("Fixes") make no difference. Left out on purpose: bare `#N` in prose, which is mostly another pull
//! request, nouns with a number in prose, and everything in code or comments.

use domain::{
    Diagnostic, DocumentLink, Origin, PullText, Reference, ReferenceForm, ReferencePlace, Stated, diagnostic::codes,
};

use super::{
    limits::{keep, keep_diagnostics},
    line_shape::{heading_of, item_of},
    link::{Link, NOUNS, To, links_of, nouns_of},
    outline::words,
    text::{MAX_VALUE_CHARS, clip, decode, quoted},
    visible::{Line, outside_code, visible_lines},
};

/// Largest text of a pull request that is read, in bytes. GitHub takes 65,536 characters.
pub const MAX_PULL_TEXT_BYTES: usize = 1024 * 1024;

/// Longest label before a reference, in bytes.
const MAX_LABEL: usize = 60;

/// Reads what a pull request says about proposals. Never fails; an empty text says nothing.
pub fn read_pull_text(title: &str, body: &str) -> PullText {
    let mut text = PullText::default();
    let mut found = Vec::new();
    read_title(&clip(title), &mut text);
    match decode(body.as_bytes(), MAX_PULL_TEXT_BYTES, &mut found) {
        Ok(body) => read_lines(&visible_lines(&body, 1, &mut found), &mut text, &mut found),
        Err(refusal) if refusal.code == codes::EMPTY_FILE => {}
        Err(refusal) => found.push(refusal),
    }
    keep(&mut text.references, "text", "references", &mut found);
    keep(&mut text.pulls, "text", "links to pull requests", &mut found);
    keep(&mut text.documents, "text", "links to files", &mut found);
    keep(&mut text.picks, "text", "cherry-picked pull requests", &mut found);
    keep(&mut text.picked_commits, "text", "cherry-picked commits", &mut found);
    found.sort_by_key(|diagnostic| diagnostic.line);
    keep_diagnostics(&mut found, "text");
    text.diagnostics = found;
    text
}

fn read_title(title: &str, text: &mut PullText) {
    let place = ReferencePlace::Title;
    for (noun, number) in nouns_of(title) {
        let form = ReferenceForm::Noun(noun.to_owned());
        text.references.push(Reference { owner: None, repository: None, number, form, place, line: 0 });
    }
    for link in links_of(title).into_iter().filter(|link| is_explicit(&link.form)) {
        sort_in(&link, place, 0, text);
    }
    // `[release-1.10] …`, also behind other marks such as `[WIP]`.
    let marks = title.split('[').skip(1).filter_map(|mark| mark.split_once(']')).map(|(mark, _)| mark.trim());
    text.branch = marks.filter(|mark| is_release_branch(mark)).map(str::to_owned).next();
}

fn is_release_branch(mark: &str) -> bool {
    let version = mark.strip_prefix("release-").unwrap_or_default();
    version.contains('.') && version.bytes().all(|b| b.is_ascii_digit() || b == b'.') && mark.len() < 40
}

/// Forms that say themselves in which repository they lead.
fn is_explicit(form: &ReferenceForm) -> bool {
    matches!(form, ReferenceForm::Address | ReferenceForm::Qualified | ReferenceForm::Repository)
}

fn read_lines(lines: &[Line<'_>], text: &mut PullText, found: &mut Vec<Diagnostic>) {
    let mut labelled = false;
    for line in lines.iter().filter(|line| !line.code) {
        let shown = outside_code(&line.text);
        let links = links_of(&shown);
        let label = is_tracking_label(&shown);
        // A label asks for what stands behind it or, when nothing does, on the next line.
        let place = if label || labelled { ReferencePlace::Label } else { ReferencePlace::Text };
        labelled = label && links.is_empty();
        read_commits(&shown, line.number, text);
        if let Some(rest) = behind_pick(&shown) {
            text.picks.extend(links_of(rest).iter().filter_map(|link| reference(link, place, line.number)).take(1));
            continue;
        }
        for link in &links {
            match link.to {
                To::Unnumbered => remark_on_broken(&shown, line.number, found),
                To::MisspeltIssue(_) => {
                    remark_on_broken(&shown, line.number, found);
                    sort_in(link, place, line.number, text);
                }
                _ if is_explicit(&link.form) || place == ReferencePlace::Label => {
                    sort_in(link, place, line.number, text);
                }
                _ => {}
            }
        }
    }
}

/// `Tracking issue:`, `VEP tracking issue:`, `Implements VEP:`, `## Associated VEP`.
fn is_tracking_label(line: &str) -> bool {
    let body = heading_of(line).map(|(_, title)| title).or_else(|| item_of(line).map(|item| item.text));
    let body = body.unwrap_or(line).trim().trim_start_matches(['>', ' ']);
    let Some(label) = body.split(':').next().filter(|label| label.len() <= MAX_LABEL) else { return false };
    if label.len() == body.len() && heading_of(line).is_none() {
        return false;
    }
    let label = words(label);
    let known = |word: &str| {
        NOUNS.contains(&word)
            || word.bytes().all(|b| b.is_ascii_digit())
            || matches!(
                word,
                "tracking"
                    | "tracker"
                    | "issue"
                    | "issues"
                    | "associated"
                    | "reference"
                    | "implements"
                    | "related"
                    | "for"
                    | "link"
                    | "url"
                    | "proposal"
                    | "enhancement"
                    | "number"
            )
    };
    let means = |word: &str| NOUNS.contains(&word) || matches!(word, "tracking" | "tracker");
    label.split(' ').all(known) && label.split(' ').any(means)
}

/// What stands behind "cherry-pick of" or "backport of".
fn behind_pick(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    let (at, words) = ["cherry-pick of", "cherry pick of", "cherrypick of", "backport of"]
        .iter()
        .find_map(|words| Some((lower.find(words)?, words)))?;
    line.get(at + words.len()..).filter(|rest| !links_of(rest).is_empty())
}

fn read_commits(line: &str, number: u32, text: &mut PullText) {
    const MARK: &str = "cherry picked from commit";
    let lower = line.to_ascii_lowercase();
    for (at, _) in lower.match_indices(MARK) {
        let rest = lower.get(at + MARK.len()..).unwrap_or_default().trim_start();
        let end = rest.bytes().take(64).take_while(u8::is_ascii_hexdigit).count();
        if let Some(value) = rest.get(..end).filter(|commit| commit.len() >= 7) {
            text.picked_commits.push(Stated { value: value.to_owned(), line: number, from: Origin::Line });
        }
    }
}

fn reference(link: &Link<'_>, place: ReferencePlace, line: u32) -> Option<Reference> {
    let (To::Issue(number) | To::MisspeltIssue(number) | To::Pull(number) | To::Either(number)) = link.to else {
        return None;
    };
    let owned = |part: Option<&str>| part.map(str::to_owned);
    let (owner, repository) = (owned(link.owner), owned(link.repository));
    Some(Reference { owner, repository, number, form: link.form.clone(), place, line })
}

fn sort_in(link: &Link<'_>, place: ReferencePlace, line: u32, text: &mut PullText) {
    if let (To::File(revision, path), Some(owner), Some(repository)) = (link.to, link.owner, link.repository) {
        text.documents.push(DocumentLink {
            owner: owner.to_owned(),
            repository: repository.to_owned(),
            revision: revision.to_owned(),
            path: path.chars().take(MAX_VALUE_CHARS).collect(),
            line,
        });
    } else if let Some(reference) = reference(link, place, line) {
        match link.to {
            To::Pull(_) => text.pulls.push(reference),
            _ => text.references.push(reference),
        }
    }
}

fn remark_on_broken(line: &str, number: u32, found: &mut Vec<Diagnostic>) {
    let placeholder = line.contains("<vep_tracking_issue_number>") || line.contains("_number>");
    let (code, message) = if placeholder {
        (codes::PLACEHOLDER_LEFT, format!("{} is what the template puts here.", quoted(line)))
    } else {
        (codes::LINK_BROKEN, format!("{} holds a link that leads to no issue or pull request.", quoted(line)))
    };
    found.push(Diagnostic::note(number, code, message, "Link the tracking issue by its number."));
}
