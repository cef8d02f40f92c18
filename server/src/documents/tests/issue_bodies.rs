//! Whole bodies of tracking issues, in the shapes that the templates gave them over time.

use domain::{IssueReading, PullKind, ReleaseVersion, Stage, Stated, TargetReading};

use super::{
    super::{CEP, VEP, read_issue},
    codes,
};

const FILLED: &str = include_str!("../fixtures/issue_filled.md");

fn read(body: &str) -> IssueReading {
    read_issue(&VEP, "kubevirt/enhancements", 12, "VEP 12: Faster lanes", body)
}

fn names(list: &[Stated<String>]) -> Vec<&str> {
    list.iter().map(|stated| stated.value.as_str()).collect()
}

fn stages(reading: &IssueReading) -> Vec<(Stage, TargetReading)> {
    reading.targets.iter().map(|target| (target.stage.clone(), target.reading)).collect()
}

fn v1(minor: u16) -> ReleaseVersion {
    ReleaseVersion::new(1, minor)
}

#[test]
fn a_filled_form_is_read_without_remarks() {
    let reading = read(FILLED);
    assert_eq!((reading.number, reading.title.as_deref()), (Some(12), Some("Faster lanes")));
    assert_eq!((names(&reading.contacts), reading.contacts[0].line), (vec!["ada"], 11));
    assert_eq!((reading.stage_text.as_str(), reading.stage.clone()), ("Beta", Some(Stage::Beta)));
    assert_eq!(reading.feature_gate.as_ref().map(|gate| (gate.value.as_str(), gate.line)), Some(("FasterLanes", 20)));
    assert_eq!(reading.primary_sig.as_ref().map(|sig| (sig.value.as_str(), sig.line)), Some(("sig-compute", 25)));
    assert_eq!(names(&reading.additional_sigs), ["sig-network", "sig-storage"]);
    assert_eq!(names(reading.document.as_slice()), ["veps/sig-compute/12-lanes/vep.md"]);
    assert_eq!(reading.document_pull, None);
    assert_eq!(reading.releases(), [(Stage::Alpha, v1(9)), (Stage::Beta, v1(10))]);
    assert_eq!(reading.targets.iter().map(|target| target.line).collect::<Vec<_>>(), [37, 38, 39]);
    assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
}

#[test]
fn pull_requests_of_a_filled_form_keep_kind_stage_and_line() {
    let reading = read(FILLED);
    let (code, proposal) = (Some(PullKind::Implementation), Some(PullKind::Proposal));
    let found: Vec<_> = reading.pulls.iter().map(|p| (p.number, p.kind, p.stage.clone(), p.line)).collect();
    let (alpha, beta) = (Some(Stage::Alpha), Some(Stage::Beta));
    let expected = [
        (13, proposal, alpha.clone(), 43),
        (101, code, alpha.clone(), 45),
        (102, code, alpha.clone(), 46),
        (7, Some(PullKind::Docs), alpha, 47),
        (14, proposal, beta.clone(), 50),
        (103, code, beta.clone(), 51),
        (104, code, beta, 51),
        (105, Some(PullKind::Bug), None, 61),
        (90, None, None, 64),
    ];
    assert_eq!(found, expected);
}

#[test]
fn boxes_of_a_filled_form_know_their_stage() {
    let reading = read(FILLED);
    let ticked: Vec<(u32, bool)> = reading.boxes.iter().map(|task| (task.line, task.checked)).collect();
    let expected = [(42, true), (43, true), (44, true), (47, true), (49, false), (50, true), (51, false), (52, false)];
    assert_eq!(ticked, expected);
    assert_eq!(reading.boxes[6].stage, Some(Stage::Beta));
    assert_eq!(reading.boxes[6].kind, Some(PullKind::Implementation));
}

#[test]
fn line_ends_of_the_web_form_change_nothing() {
    assert_eq!(read(&FILLED.replace('\n', "\r\n")), read(FILLED));
}

#[test]
fn the_first_template_shows_its_hints_and_example_versions() {
    let body = "**Primary contact (assignee)**:\n\nHandle of the current contact for the feature.\n\n**Current Feature \
                Stage**:\n\nThe current stage of the feature, should be one of Deprecated, Alpha, Beta or \
                GA.\n\n**Timeline**:\n\n* [] Alpha (v1.5.0?)\n* [] Beta (v1.6.0?)\n  * [] Additional Beta criteria\n* \
                [] GA (v1.7.0?)\n";
    let reading = read(body);
    assert!(reading.contacts.is_empty() && reading.stage_text.is_empty());
    assert_eq!(reading.releases(), [(Stage::Alpha, v1(5)), (Stage::Beta, v1(6)), (Stage::Ga, v1(7))]);
    assert_eq!(reading.boxes.len(), 4);
    let expected = [("placeholder-left", 3), ("placeholder-left", 7), ("target-unclear", 11), ("box-unusual", 11)];
    assert!(expected.iter().all(|code| codes(&reading.diagnostics).contains(code)), "{:?}", reading.diagnostics);
}

#[test]
fn an_untouched_form_states_nothing_and_names_its_placeholders() {
    let body = "**Primary contact (assignee)**:\n<!-- Handle -->\n\n/assign $ASSIGNEE\n\n**Current Feature \
                Stage**:\n\n**Feature Gate**:\n\n**Responsible SIGs**:\n\nPrimary SIG:\n/sig $SIG\n\nAdditional SIGs \
                (optional):\n/sig $SIG\n\n**Enhancement link**:\n\n<!--\nFor example: \
                https://github.com/kubevirt/enhancements/blob/main/veps/sig-x/1-x/vep.md\n-->\n\n**Timeline**:\n\n* \
                Alpha release target (x.y):\n* Beta release target (x.y):\n* Stable release target (x.y):\n\n\n* [ ] \
                Alpha\n  * [ ] VEP PRs:\n  * [ ] Code PRs:\n  * [ ] Docs PRs:\n\n<!-- Uncomment\n* [ ] Beta\n-->\n";
    let reading = read(body);
    assert_eq!((reading.contacts.len(), reading.pulls.len(), reading.boxes.len()), (0, 0, 4));
    assert!(reading.primary_sig.is_none() && reading.document.is_none() && reading.feature_gate.is_none());
    assert!(reading.targets.iter().all(|target| target.reading == TargetReading::Empty));
    let found = codes(&reading.diagnostics);
    assert_eq!(
        found,
        [
            ("field-missing", 1),
            ("placeholder-left", 4),
            ("field-missing", 10),
            ("placeholder-left", 13),
            ("placeholder-left", 16),
            ("field-missing", 18)
        ]
    );
}

#[test]
fn a_form_with_all_stages_and_undrawn_boxes_is_read_by_stage() {
    let stage = |name: &str| format!("* [] {name}\n  * [] VEP PRs:\n  * [] Code PRs: #{}\n\n", name.len());
    let reading = read(&format!("**Timeline**:\n\n{}{}{}", stage("Alpha"), stage("Beta"), stage("GA")));
    let found: Vec<_> = reading.pulls.iter().map(|pull| (pull.number, pull.stage.clone())).collect();
    assert_eq!(found, [(5, Some(Stage::Alpha)), (4, Some(Stage::Beta)), (2, Some(Stage::Ga))]);
    assert_eq!(reading.boxes.len(), 9);
}

#[test]
fn headings_without_bold_and_indented_as_a_whole_are_read() {
    let body = "    Primary contact (assignee):\n\n    /assign ada\n\n    Responsible SIGs:\n\n    Primary SIG:\n    /sig \
                compute\n\n    Timeline:\n\n    Alpha release target (x.y) : [v1.9]\n\n    [ ] Alpha\n";
    let reading = read(body);
    assert_eq!((names(&reading.contacts), names(reading.primary_sig.as_slice())), (vec!["ada"], vec!["sig-compute"]));
    assert_eq!((reading.releases(), reading.boxes.len()), (vec![(Stage::Alpha, v1(9))], 1));
    assert!(codes(&reading.diagnostics).contains(&("indented-code", 12)), "{:?}", reading.diagnostics);
}

#[test]
fn headings_on_adjacent_lines_and_real_headings_open_parts() {
    let body = "### Primary contact\n@ada\n**Feature Gate:** Lanes\n## Timeline\n* Alpha release target (1.9):\n### \
                Related VEPs\n* Beta release target (1.10):\n";
    let reading = read(body);
    assert_eq!(names(&reading.contacts), ["ada"]);
    assert_eq!(names(reading.feature_gate.as_slice()), ["Lanes"]);
    assert_eq!(reading.releases(), [(Stage::Alpha, v1(9))]);
}

#[test]
fn without_a_timeline_heading_its_lines_are_read_wherever_they_stand() {
    let reading = read("We want v1.7 of it.\n\n* Alpha release target (x.y): 1.9\n* [x] Alpha\n");
    assert_eq!((reading.releases(), reading.boxes.len()), (vec![(Stage::Alpha, v1(9))], 1));
}

#[test]
fn two_releases_for_one_stage_are_both_kept_and_reported() {
    let reading = read("**Timeline**:\n\n* Alpha release target (x.y): 1.9\n\n* [ ] Alpha (v1.10)\n");
    assert_eq!(stages(&reading).len(), 2);
    assert!(codes(&reading.diagnostics).contains(&("target-differs", 5)), "{:?}", reading.diagnostics);
}

#[test]
fn links_of_a_source_are_read_against_its_own_repository_and_root() {
    let body = "**Enhancement link**:\nhttps://github.com/kubevirt/project-infra/tree/main/docs/ci-enhancements/12-x\n\
                **Timeline**:\n* [ ] Code PRs: #13, #12\n";
    let reading = read_issue(&CEP, "kubevirt/project-infra", 12, "CEP 12: x", body);
    assert_eq!(names(reading.document.as_slice()), ["docs/ci-enhancements/12-x"]);
    let pulls: Vec<_> = reading.pulls.iter().map(|pull| (pull.repository.as_str(), pull.number)).collect();
    assert_eq!(pulls, [("kubevirt/project-infra", 13)]);
}

#[test]
fn an_issue_without_text_says_so() {
    assert!(codes(&read("").diagnostics).contains(&("empty-file", 0)));
}
