//! The skeletons, and filling in their gaps.

/// What a template begins with.
#[derive(Debug, Clone, Copy)]
pub struct Skeleton {
    /// Id of the template.
    template: &'static str,
    /// What belongs there, as a sentence.
    pub about: &'static str,
    pub(super) issue: &'static str,
    pub(super) document: &'static str,
    /// Labels that the issue carries besides that of the owning SIG.
    pub labels: &'static [&'static str],
}

const SKELETONS: [Skeleton; 2] = [
    Skeleton {
        template: "cep",
        about: "Changes how CI works: jobs, clusters, tooling and rules for whoever sends code.",
        issue: include_str!("issue_cep.md"),
        document: include_str!("document_cep.md"),
        labels: &["kind/tracker", "kind/enhancement"],
    },
    Skeleton {
        template: "vep",
        about: "Changes the product, or CI in a way that its users notice.",
        issue: include_str!("issue_vep.md"),
        document: include_str!("document_vep.md"),
        labels: &["kind/tracker", "kind/enhancement"],
    },
];

pub(super) const PULL_REQUEST: &str = include_str!("pull_request.md");

/// The skeleton of a template; none for one that is read but not written.
pub fn skeleton(template: &str) -> Option<&'static Skeleton> {
    SKELETONS.iter().find(|skeleton| skeleton.template == template)
}

/// Puts values into the gaps of a skeleton, each once, so that a value that looks like a gap stays as it is. Lines that
/// held nothing but gaps and stay empty go.
pub(super) fn fill(skeleton: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(skeleton.len() * 2);
    for line in skeleton.lines() {
        let start = filled.len();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            let gap = after.split_once('}').and_then(|(name, behind)| {
                values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, behind))
            });
            filled.push_str(before);
            if let Some((value, behind)) = gap {
                filled.push_str(value);
                rest = behind;
            } else {
                filled.push('{');
                rest = after;
            }
        }
        filled.push_str(rest);
        let kept = filled.trim_end_matches(' ').len().max(start);
        filled.truncate(kept);
        if filled.len() > start || line.is_empty() {
            filled.push('\n');
        }
    }
    filled
}
