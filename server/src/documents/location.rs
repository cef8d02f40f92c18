//! What the path of a document says: number, owning SIG, main document or template.

use super::template::{SOURCES, SourceTemplate};

/// Where a document lies within its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Number at the beginning of the directory's name; `None` for the template and for old paths without number.
    pub number: Option<u32>,
    /// Directory of the owning SIG, where the source has such directories.
    pub sig: Option<String>,
    /// Whether it is the main document; others in the same directory belong to the same proposal.
    pub main: bool,
    /// Whether it lies in the directory of the template (`NNNN-…`).
    pub template: bool,
}

/// Finds the place of `path` in `source`; `None` when documents of this source do not lie there.
///
/// Anything may stand before the root of the source, so that paths on disk work as well as paths in a repository. A
/// file directly in the SIG's directory (`veps/sig-network/decouple-nad.md`) is an old path: a main document that has
/// no number unless its name begins with one.
pub fn locate(source: &SourceTemplate, path: &str) -> Option<Located> {
    let segments: Vec<&str> = path.split('/').filter(|s| !s.is_empty() && *s != ".").collect();
    let file = segments.last()?;
    let stem = file.strip_suffix(".md").or_else(|| file.strip_suffix(".MD"))?;
    let depth = source.root.len();
    let starts = segments.len().checked_sub(depth)?;
    let root = (0..=starts).rev().find(|at| segments.get(*at..at + depth) == Some(source.root))?;
    let inside = segments.get(root + depth..)?;
    let (sig, inside) = match inside {
        [name, rest @ ..] if !rest.is_empty() && source.by_sig && !is_template(name) => {
            (Some((*name).to_owned()), rest)
        }
        _ => (None, inside),
    };
    if source.by_sig && sig.is_none() && inside.len() < 2 {
        return None;
    }
    let (directory, main) = match inside {
        [_] if stem.eq_ignore_ascii_case("readme") => return None,
        [_] => (stem, true),
        [directory, file] => (*directory, file.eq_ignore_ascii_case(source.main_file)),
        [directory, ..] => (*directory, false),
        [] => return None,
    };
    Some(Located { number: number_of(directory), sig, main, template: is_template(directory) })
}

/// The source to whose documents `path` belongs: by its place, else by the name of the file (`cep.md`), else by the
/// noun of the first heading of `text`.
pub fn source_of(path: &str, text: &str) -> Option<&'static SourceTemplate> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let title = text.lines().take(200).find(|line| line.starts_with("# ")).unwrap_or_default();
    let first_word =
        title.get(2..).unwrap_or_default().split(|c: char| !c.is_ascii_alphabetic()).find(|word| !word.is_empty());
    let by_place = SOURCES.iter().find(|source| locate(source, path).is_some());
    let by_name = || SOURCES.iter().find(|source| file.eq_ignore_ascii_case(source.main_file));
    let by_noun =
        || SOURCES.iter().find(|source| first_word.is_some_and(|word| word.eq_ignore_ascii_case(source.noun)));
    by_place.or_else(by_name).or_else(by_noun)
}

fn is_template(directory: &str) -> bool {
    directory.get(..4) == Some("NNNN")
}

fn number_of(directory: &str) -> Option<u32> {
    let end = directory.find(|c: char| !c.is_ascii_digit()).unwrap_or(directory.len());
    let (digits, rest) = directory.split_at_checked(end)?;
    let ends = rest.is_empty() || rest.starts_with(['-', '_', '.']);
    if ends { digits.parse().ok().filter(|number| *number > 0) } else { None }
}

#[cfg(test)]
mod tests {
    use super::{
        super::template::{CEP, VEP},
        *,
    };

    fn place(number: u32, sig: Option<&str>, main: bool) -> Located {
        Located { number: Some(number), sig: sig.map(str::to_owned), main, template: false }
    }

    #[test]
    fn main_and_further_documents_are_told_apart() {
        assert_eq!(locate(&CEP, "docs/ci-enhancements/0123-faster-lanes/cep.md"), Some(place(123, None, true)));
        assert_eq!(locate(&VEP, "veps/sig-network/21-passt/vep.md"), Some(place(21, Some("sig-network"), true)));
        assert_eq!(
            locate(&VEP, "/src/veps/sig-network/21-passt/passt-beta.md"),
            Some(place(21, Some("sig-network"), false))
        );
        assert_eq!(
            locate(&VEP, "veps/sig-network/21-passt/notes/more.md"),
            Some(place(21, Some("sig-network"), false))
        );
    }

    #[test]
    fn the_template_is_known_in_both_sources() {
        for (source, path) in
            [(&CEP, "docs/ci-enhancements/NNNN-cep-template/cep.md"), (&VEP, "veps/NNNN-vep-template/vep.md")]
        {
            let located = locate(source, path).expect("a place");
            assert!(located.template && located.main && located.number.is_none() && located.sig.is_none());
        }
    }

    #[test]
    fn old_flat_paths_are_documents_without_directory() {
        let located = locate(&VEP, "veps/sig-network/decouple-nad.md").expect("a place");
        assert_eq!((located.number, located.main, located.sig.as_deref()), (None, true, Some("sig-network")));
    }

    #[test]
    fn other_files_are_no_documents() {
        for path in [
            "README.md",
            "veps/README.md",
            "veps/sig-network/README.md",
            "veps/sig-network/21-passt/OWNERS",
            "docs/x/vep.md",
            "",
            "veps",
            "/",
        ] {
            assert_eq!(locate(&VEP, path), None, "{path}");
        }
        assert_eq!(locate(&CEP, "veps/sig-network/21-passt/vep.md"), None);
    }

    #[test]
    fn the_source_of_a_draft_is_known_by_place_name_or_title() {
        let id = |path, text| source_of(path, text).map(|source| source.id);
        assert_eq!(id("veps/sig-network/21-passt/cep.md", ""), Some("vep"));
        assert_eq!(id("drafts/cep.md", ""), Some("cep"));
        assert_eq!(id("draft.md", "# CEP #7: t"), Some("cep"));
        assert_eq!(id("draft.md", "# Shopping"), None);
    }

    #[test]
    fn a_number_needs_an_end() {
        assert_eq!(number_of("0171-cold-reboot"), Some(171));
        assert_eq!(number_of("12monkeys"), None);
        assert_eq!(number_of("99999999999-x"), None);
        assert_eq!(number_of("0000-x"), None);
    }
}
