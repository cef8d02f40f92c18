//! How far a document is written, section by section.

use domain::{DocumentReading, SectionState};
use proptest::prelude::*;

use super::{
    super::{CEP, SOURCES, VEP, read_proposal, unfilled},
    codes,
};

fn cep(text: &str) -> DocumentReading {
    read_proposal(&CEP, "docs/ci-enhancements/7-x/cep.md", text.as_bytes())
}

fn state(reading: &DocumentReading, name: &str) -> SectionState {
    reading
        .sections
        .iter()
        .find(|section| section.name == name)
        .map(|section| section.state)
        .expect("a section of the template")
}

#[test]
fn an_unfilled_template_scores_nothing() {
    for source in SOURCES {
        let reading = read_proposal(source, "x.md", unfilled(source).as_bytes());
        assert!(reading.sections.iter().all(|s| s.state == SectionState::Template && s.line > 0), "{}", source.id);
        assert_eq!(reading.completeness(), (0, source.sections.len()));
    }
}

#[test]
fn removing_the_comment_marks_does_not_fill_a_section() {
    let text = unfilled(&VEP).replace("<!--\n", "").replace("-->\n", "");
    let reading = read_proposal(&VEP, "x.md", text.as_bytes());
    assert_eq!(reading.completeness().0, 0, "{:?}", reading.sections);
}

#[test]
fn any_sentence_of_ones_own_fills_a_section() {
    for content in
        ["We do less.", "- one", "```\ncode\n```", "| a |", "N/A, no API changes.", "### Part\n\ntext", "![](x.png)"]
    {
        assert_eq!(
            state(&cep(&format!("# CEP #7: t\n\n## Design\n\n{content}\n")), "Design"),
            SectionState::Filled,
            "{content}"
        );
    }
    for content in
        ["", "TBD", "...", "_To be filled in later_", "- [ ]", "### Part", "---", "<!-- much -->", "```\n```"]
    {
        assert_eq!(
            state(&cep(&format!("# CEP #7: t\n\n## Design\n\n{content}\n")), "Design"),
            SectionState::Template,
            "{content}"
        );
    }
}

#[test]
fn headings_are_known_at_any_level_and_punctuation() {
    for heading in ["# Non Goals", "#### non-goals:", "## **Non-Goals**", "Non Goals\n---------", "## 4. Non Goals ##"]
    {
        assert_eq!(
            state(&cep(&format!("# CEP #7: t\n\n{heading}\n\ntext\n")), "Non Goals"),
            SectionState::Filled,
            "{heading}"
        );
    }
    assert_eq!(state(&cep("# CEP #7: t\n\n## Non Goals of others\n\ntext\n"), "Non Goals"), SectionState::Missing);
}

#[test]
fn stages_belong_to_the_graduation_requirements() {
    let text = "# CEP #7: t\n\n## Implementation Phases\n\n### Alpha\n\nnot this\n\n## Graduation Requirements\n\n### Alpha (v1.9)\n\n- one\n\n### Beta\n\n### GA\n";
    let reading = cep(text);
    assert_eq!(state(&reading, "Alpha"), SectionState::Filled);
    assert_eq!(reading.sections.iter().find(|s| s.name == "Alpha").map(|s| s.line), Some(11));
    assert_eq!((state(&reading, "Beta"), state(&reading, "GA")), (SectionState::Template, SectionState::Template));
    assert_eq!(state(&reading, "Graduation Requirements"), SectionState::Filled);
    assert_eq!(state(&cep("# CEP #7: t\n\n## Plan\n\n### Alpha\n\nx\n"), "Alpha"), SectionState::Missing);
}

#[test]
fn stages_may_stand_at_the_level_of_their_section() {
    let reading =
        cep("# CEP #7: t\n\n## Graduation Requirements\n\n## Beta\n\nwith a switch\n\n## Appendix\n\n## GA\n\nlate\n");
    assert_eq!(state(&reading, "Beta"), SectionState::Filled);
    assert_eq!(state(&reading, "Graduation Requirements"), SectionState::Filled);
    assert_eq!(state(&reading, "GA"), SectionState::Missing);
}

#[test]
fn names_of_older_templates_are_taken_and_remarked_on() {
    let reading = cep("# CEP #7: t\n\n## Feature lifecycle Phases\n\n### Alpha\n\nx\n");
    assert_eq!(state(&reading, "Alpha"), SectionState::Filled);
    assert!(codes(&reading.diagnostics).contains(&("section-renamed", 3)));
}

#[test]
fn a_ticked_graduation_box_needs_criteria() {
    let with = |criteria: &str| {
        format!(
            "# CEP #7: t\n## Release Signoff Checklist\n- [x] (R) Graduation criteria filled\n## Graduation Requirements\n### GA\n{criteria}\n"
        )
    };
    assert!(codes(&cep(&with("")).diagnostics).contains(&("checkbox-disagrees", 3)));
    assert!(!codes(&cep(&with("- it runs")).diagnostics).contains(&("checkbox-disagrees", 3)));
}

proptest! {
    #[test]
    fn filling_any_one_section_adds_it_and_its_parents_only(chosen in 0usize..CEP.sections.len()) {
        let section = &CEP.sections[chosen];
        let hint = section.hints.join("\n");
        let heading = format!(" {}\n\n<!--\n{hint}\n-->\n", section.name);
        let text = unfilled(&CEP).replace(&heading, &format!("{heading}\nOur own words.\n"));
        let filled: Vec<String> = cep(&text).sections.into_iter().filter(|s| s.state == SectionState::Filled).map(|s| s.name).collect();
        let expected: Vec<String> = section.parent.iter().copied().chain([section.name]).map(str::to_owned).collect();
        prop_assert_eq!(filled, expected);
    }
}
