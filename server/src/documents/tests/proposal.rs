//! Documents as a whole: targets, boxes, people and front matter together.

use domain::{DocumentReading, DocumentStatus, Origin, ReleaseVersion, Stage, Stated, TargetReading};
use proptest::prelude::*;

use super::{
    super::{CEP, VEP, read_proposal},
    codes,
};

const PATH: &str = "veps/sig-compute/12-lanes/vep.md";
const DOCUMENT: &str = include_str!("../fixtures/vep_with_front_matter.md");

fn vep(text: &str) -> DocumentReading {
    read_proposal(&VEP, PATH, text.as_bytes())
}

fn targets(text: &str) -> Vec<(String, TargetReading)> {
    vep(text).targets.into_iter().map(|target| (target.stage_text, target.reading)).collect()
}

fn has(reading: &DocumentReading, code: &str, line: u32) -> bool {
    codes(&reading.diagnostics).contains(&(code, line))
}

fn v1(minor: u16) -> TargetReading {
    TargetReading::Version(ReleaseVersion::new(1, minor))
}

#[test]
fn a_whole_document_is_read() {
    let reading = vep(DOCUMENT);
    let names = |list: &[Stated<String>]| list.iter().map(|s| s.value.clone()).collect::<Vec<_>>();
    assert_eq!(reading.number, Some(Stated { value: 12, line: 26, from: Origin::Line }));
    assert_eq!(reading.title.map(|t| t.value).as_deref(), Some("Faster lanes"));
    assert_eq!(
        reading.status,
        Some(Stated { value: DocumentStatus::Implementable, line: 6, from: Origin::FrontMatter })
    );
    assert_eq!(
        (names(&reading.owners), names(&reading.reviewers)),
        (vec!["ada".to_owned()], vec!["bob".to_owned(), "Cy-1".to_owned()])
    );
    assert_eq!(names(&reading.approvers), Vec::<String>::new());
    assert_eq!(reading.replaced_by, None);
    let front: Vec<(&str, TargetReading, u32)> = reading
        .targets
        .iter()
        .filter(|t| t.from == Origin::FrontMatter)
        .map(|t| (t.stage_text.as_str(), t.reading, t.line))
        .collect();
    assert_eq!(front, [("alpha", v1(9), 20), ("beta", TargetReading::Tbd, 21)]);
    assert_eq!(reading.history.iter().map(|h| h.line).collect::<Vec<_>>(), [48, 51]);
    assert_eq!(reading.history[0].text, "2030-01-02: First draft, see the issue");
    assert_eq!(
        codes(&reading.diagnostics),
        [("people-tbd", 16), ("unknown-key", 22), ("target-differs", 33), ("checkbox-disagrees", 40)]
    );
}

#[test]
fn every_wording_of_a_target_line_is_read() {
    let text = "- This VEP targets alpha for version: v1.9\n* This VEP targeted alpha2 for version: 1.8.0 (first design)\nThis vep targets GA for version:\n- **This VEP targets beta for version:** TBD\n- ~This VEP targets alpha for version:~\n- This VEP targets version: v1.10.\n- This VEP targets announcement for version: N/A\n- This CEP targets beta for release `v1.9`\n- This VEP targets stable for version: ~v1.8~ v1.9\n- This VEP targets alpha for version: [v1.9](https://x.org)\n";
    let found = targets(text);
    let expected = [
        ("alpha", v1(9)),
        ("alpha2", v1(8)),
        ("GA", TargetReading::Empty),
        ("beta", TargetReading::Tbd),
        ("alpha", TargetReading::Struck),
        ("", v1(10)),
        ("announcement", TargetReading::NotApplicable),
        ("beta", v1(9)),
        ("stable", v1(9)),
        ("alpha", v1(9)),
    ];
    let found: Vec<(&str, TargetReading)> = found.iter().map(|(stage, reading)| (stage.as_str(), *reading)).collect();
    assert_eq!(found, expected);
    assert_eq!(vep(text).targets[6].stage, Stage::Other("announcement".to_owned()));
}

#[test]
fn comments_code_quotes_and_prose_state_no_target() {
    let text = "<!--\n- This VEP targets GA for version: v1.9\n-->\n```\n- This VEP targets GA for version: v1.9\n```\n> - This VEP targets GA for version: v1.9\n\n    - This VEP targets GA for version: v1.9\n\nThis VEP targets users who wait.\n- [ ] (R) GA target version is explicitly mentioned and approved\nThe target version controls it.\n";
    assert_eq!(targets(text), []);
    assert!(has(&vep(text), "no-target", 0));
}

#[test]
fn a_target_in_another_form_is_pointed_out_and_not_guessed() {
    let reading = vep("- Ship target version: v1.8\n- This VEP targets v1.9 if all goes well\n");
    assert_eq!(reading.targets, []);
    assert!(has(&reading, "target-wording", 1) && has(&reading, "target-wording", 2));
    let reading = read_proposal(&CEP, "docs/ci-enhancements/7-x/cep.md", b"# CEP #7: t\n- Target version: v1.8\n");
    assert_eq!((reading.targets[0].reading, &reading.targets[0].stage), (v1(8), &Stage::Single));
}

#[test]
fn an_unreadable_target_is_kept_as_written_and_reported() {
    let reading =
        vep("- This VEP targets alpha for version: after lunch\n- This VEP targets beta for version: v1.9?\n");
    assert_eq!(
        (reading.targets[0].raw.as_str(), reading.targets[0].reading),
        ("after lunch", TargetReading::Unreadable)
    );
    assert!(has(&reading, "target-unreadable", 1) && has(&reading, "target-unclear", 2));
}

#[test]
fn two_blocks_of_targets_are_reported_once() {
    let block = "- This VEP targets alpha for version: v1.7\n- This VEP targets beta for version:\n";
    let reading = vep(&format!("{block}\n{block}"));
    assert_eq!(
        reading.diagnostics.iter().filter(|d| d.code == "double-target-block").map(|d| d.line).collect::<Vec<_>>(),
        [4]
    );
}

#[test]
fn boxes_and_targets_must_agree_stage_by_stage() {
    let text = "- This VEP targets alpha for version: v1.9\n- This VEP targets beta for version: TBD\n- This VEP targets GA for version: v1.11\n## Release Signoff Checklist\n- [ ] (R) Alpha target version is explicitly mentioned and approved\n- [X] (R) Beta target version is explicitly mentioned and approved\n- ~[ ] (R) GA target version is explicitly mentioned and approved~\n";
    let reading = vep(text);
    assert!(has(&reading, "checkbox-disagrees", 5) && has(&reading, "checkbox-disagrees", 6));
    assert!(!has(&reading, "checkbox-disagrees", 7));
    let cep = read_proposal(
        &CEP,
        "docs/ci-enhancements/7-x/cep.md",
        b"# CEP #7: t\n## Signoff\n- [x] (R) Target version is explicitly mentioned and approved\n",
    );
    assert!(has(&cep, "checkbox-disagrees", 3));
}

#[test]
fn several_releases_ahead_are_pointed_out() {
    let text = "- This VEP targets alpha for version: 1.9\n- This VEP targets beta for version: 1.10\n## Release Signoff Checklist\n- [ ] (R) Alpha target version is explicitly mentioned and approved\n- [ ] (R) Beta target version is explicitly mentioned and approved\n";
    assert!(has(&vep(text), "advance-target", 2));
    assert!(!has(&vep(&text.replacen("[ ]", "[x]", 1)), "advance-target", 2));
}

#[test]
fn numbers_and_sigs_must_agree_with_the_path() {
    assert!(has(&vep("# VEP #13: t\n"), "number-differs", 1));
    assert!(!has(&vep("# VEP #0012: t\n"), "number-differs", 1));
    assert!(has(&vep("---\nvep-number: 14\nowning-sig: sig-network\n---\n# VEP: t\n"), "number-differs", 2));
    assert!(has(&vep("---\nvep-number: 12\nowning-sig: sig-network\n---\n"), "sig-differs", 3));
    assert!(has(&read_proposal(&VEP, "notes/vep.md", b"# VEP #1: t\n"), "misplaced", 0));
}

#[test]
fn further_documents_owe_less() {
    let reading = read_proposal(&VEP, "veps/sig-compute/12-lanes/appendix.md", b"# Appendix\n");
    assert_eq!(reading.title.map(|t| t.value).as_deref(), Some("Appendix"));
    assert_eq!(codes(&reading.diagnostics), [("no-target", 0)]);
    assert_eq!(reading.diagnostics[0].severity, domain::Severity::Note);
}

#[test]
fn front_matter_that_cannot_be_read_is_reported_and_the_text_is_still_read() {
    let reading = vep("---\nstatus: done\nreviewers: [@ada]\n---\n# VEP #12: t\n");
    assert_eq!((reading.number.map(|n| n.line), reading.diagnostics[1].code.as_str()), (Some(5), "yaml-broken"));
    let reading =
        vep("---\nstatus: done\nmilestone: [v1.9]\nsuperseded-by: soon\nauthors:\n- ada l\n---\n# VEP #12: t\n");
    for (code, line) in [("status-unknown", 2), ("odd-value", 3), ("number-unreadable", 4), ("bad-login", 6)] {
        assert!(has(&reading, code, line), "{code}: {:?}", reading.diagnostics);
    }
    let reading = vep("---\ntitle: open\n\n# VEP #12: t\n");
    assert!(has(&reading, "yaml-broken", 1) && reading.number.is_some());
}

#[test]
fn a_rule_at_the_top_is_no_front_matter() {
    let reading = vep("---\n\n# VEP #12: t\n\n---\n\ntext\n");
    assert_eq!(reading.number.map(|n| (n.value, n.line)), Some((12, 3)));
    assert!(!codes(&reading.diagnostics).iter().any(|(code, _)| code.starts_with("yaml")));
}

proptest! {
    #[test]
    fn a_target_line_is_found_under_any_decoration(minor in 0u16..40, bullet in "(- |\\* |\\+ |1\\. |)", bold: bool, verb in "target(s|ed)", blanks in " {0,3}") {
        let mark = if bold { "**" } else { "" };
        let line = format!("{blanks}{bullet}{mark}This VEP {verb} beta for version:{mark}{blanks}v1.{minor}.0");
        prop_assert_eq!(targets(&line), vec![("beta".to_owned(), v1(minor))]);
    }
}
