//! An empty document of a source: what an author starts from, and what must score as nothing written (R002-13).

use std::fmt::Write;

use super::template::SourceTemplate;

/// The document that the template of `source` describes, with its hints as comments.
pub fn unfilled(source: &SourceTemplate) -> String {
    let mut text = format!("# {} #NNNN: Your short, descriptive title\n\n", source.noun);
    text.push_str(
        "## Release Signoff Checklist\n\nItems marked with (R) are required *prior to targeting to a release*.\n\n",
    );
    for line in source.checklist {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "- [ ] {line}");
    }
    for section in source.sections {
        let level = "#".repeat(2 + depth(source, section.parent));
        let _ = write!(text, "\n{level} {}\n\n<!--\n{}\n-->\n", section.name, section.hints.join("\n"));
    }
    text
}

fn depth(source: &SourceTemplate, parent: Option<&str>) -> usize {
    let above =
        |name: &str| source.sections.iter().find(|section| section.name == name).and_then(|section| section.parent);
    std::iter::successors(parent, |name| above(name)).take(source.sections.len()).count()
}
