//! The document that the issue links, or the pull request that stands in its place until it is merged.

use domain::{Diagnostic, IssueReading, Origin, Stated, diagnostic::codes};

use super::{
    super::{
        link::{Link, To, links_of},
        text::quoted,
        visible::outside_code,
    },
    Place,
    parts::{Part, Parts},
    pulls::repository_of,
};

/// Reads what stands under "Enhancement link". The first document counts; a pull request that is named as one goes
/// before a number that may be an issue's.
pub fn read_document(place: Place<'_>, parts: &Parts<'_>, reading: &mut IssueReading, found: &mut Vec<Diagnostic>) {
    let mut maybe = None;
    for said in parts.of(Part::Link) {
        let text = outside_code(said.text);
        for link in links_of(&text) {
            let own = repository_of(place, &link).is_some_and(|name| name.eq_ignore_ascii_case(place.repository));
            match link.to {
                To::File(_, path) if reading.document.is_none() => match document_path(place, path).filter(|_| own) {
                    Some(value) => reading.document = Some(Stated { value, line: said.line, from: Origin::Line }),
                    None => remark_on_other(place, &link, path, said.line, found),
                },
                To::Pull(number) if own => reading.document_pull = reading.document_pull.or(Some(number)),
                To::Either(number)
                    if own && number != place.number && !matches!(link.form, domain::ReferenceForm::Noun(_)) =>
                {
                    maybe = maybe.or(Some(number));
                }
                _ => {}
            }
        }
    }
    reading.document_pull = reading.document_pull.or(maybe);
}

/// The path from the root of the source on, so that a branch with slashes in its name does no harm.
fn document_path(place: Place<'_>, path: &str) -> Option<String> {
    let root = place.template.root;
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).take(64).collect();
    let start = segments.windows(root.len()).position(|window| window == root)?;
    let inside = segments.get(start..).filter(|inside| inside.len() > root.len())?;
    Some(inside.join("/").trim_end_matches('.').to_owned())
}

fn remark_on_other(place: Place<'_>, link: &Link<'_>, path: &str, line: u32, found: &mut Vec<Diagnostic>) {
    let repository = repository_of(place, link).unwrap_or_default();
    found.push(Diagnostic::warning(
        line,
        codes::DOCUMENT_ELSEWHERE,
        format!("{} in {repository} is no document of a {}.", quoted(path), place.template.noun),
        format!("Link the document under {}/ in {}.", place.template.root.join("/"), place.repository),
    ));
}
