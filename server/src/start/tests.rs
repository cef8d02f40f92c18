//! What is written is read back by our own readers, and `cep-tracker check` finds nothing but sections to write.

use domain::{DocumentReading, SectionState, Severity, diagnostic::codes};

use super::*;
use crate::{
    cli::check,
    documents::{SOURCES, locate, read_proposal},
};

fn source(id: &str) -> Source {
    let (noun, repository, owning_sig) = match id {
        "cep" => ("CEP", "kubevirt/project-infra", Some("sig-ci".to_owned())),
        _ => ("VEP", "kubevirt/enhancements", None),
    };
    serde_json::from_value(serde_json::json!({
        "id": id, "noun": noun, "repository": repository, "template": id, "owning_sig": owning_sig, "sign_off": [],
        "target_label": null, "blocking_labels": [], "work_after_code_freeze": false,
        "sig_decides_exceptions": false, "long_exception_days": 14, "calendar": "kubevirt",
    }))
    .unwrap()
}

fn with<T>(id: &str, query: &str, then: impl FnOnce(&Beginning<'_>) -> T) -> T {
    let source = source(id);
    let (query, bad) = StartQuery::parse(query);
    assert_eq!(bad, [], "the test's own query");
    let template = SOURCES.iter().find(|template| template.id == id).unwrap();
    then(&Beginning { source: &source, template, skeleton: skeleton(id).unwrap(), query: &query })
}

fn read(beginning: &Beginning<'_>) -> DocumentReading {
    read_proposal(beginning.template, &beginning.path(), beginning.document().as_bytes())
}

// By name, since the methods themselves do not hold for every lifetime that `with` asks for.
fn issue(beginning: &Beginning<'_>) -> String {
    beginning.issue()
}

fn document(beginning: &Beginning<'_>) -> String {
    beginning.document()
}

fn lacks(beginning: &Beginning<'_>) -> Vec<String> {
    beginning.lacks()
}

const FULL: &str =
    "title=Lint+jobs&sig=sig-network&release=v1.11&stage=beta&owner=ada&number=4702&reviewers=bob,cy&approvers=dee";

#[test]
fn everything_filled_in_is_read_back() {
    for id in ["cep", "vep"] {
        with(id, FULL, |beginning| {
            let reading = read(beginning);
            let values = |list: &[domain::Stated<String>]| list.iter().map(|s| s.value.clone()).collect::<Vec<_>>();
            assert_eq!(reading.number.as_ref().map(|number| number.value), Some(4702), "{id}");
            assert_eq!(reading.title.as_ref().map(|title| title.value.as_str()), Some("Lint jobs"), "{id}");
            assert_eq!(values(&reading.owners), ["ada"], "{id}");
            assert_eq!(values(&reading.reviewers), ["bob", "cy"], "{id}");
            assert_eq!(values(&reading.approvers), ["dee"], "{id}");
            let targets: Vec<_> =
                domain::history::stated(&reading).map(|(stage, release)| (stage.name(), release.to_string())).collect();
            assert_eq!(targets, [("Beta".to_owned(), "v1.11".to_owned())], "{id}");
            assert_eq!(reading.owning_sig.map(|sig| sig.value).as_deref(), (id == "vep").then_some("sig-network"));
        });
    }
}

#[test]
fn every_section_of_the_template_is_there_and_waits_for_its_author() {
    for (id, sections) in [("cep", 17), ("vep", 19)] {
        with(id, FULL, |beginning| {
            let reading = read(beginning);
            assert_eq!(reading.sections.len(), sections, "{id}");
            let written: Vec<_> = reading.sections.iter().filter(|s| s.state != SectionState::Template).collect();
            assert!(written.is_empty(), "{id}: {written:?}");
        });
    }
}

#[test]
fn the_reader_remarks_on_nothing_whatever_was_chosen() {
    for id in ["cep", "vep"] {
        for stage in ["", "alpha", "beta", "ga", "single"] {
            for people in ["", "&owner=ada&reviewers=bob&approvers=dee"] {
                for release in ["", "&release=v1.11"] {
                    let query = format!("title=Lint+jobs&sig=sig-network&number=4702&stage={stage}{release}{people}");
                    with(id, &query, |beginning| {
                        let reading = read(beginning);
                        let grave: Vec<_> =
                            reading.diagnostics.iter().filter(|found| found.severity != Severity::Note).collect();
                        assert!(grave.is_empty(), "{id} {query}: {grave:#?}\n{}", beginning.document());
                        assert!(!reading.diagnostics.iter().any(|found| found.code == codes::NUMBER_DIFFERS));
                    });
                }
            }
        }
    }
}

#[test]
fn the_document_lies_where_documents_of_its_source_do() {
    with("cep", FULL, |beginning| {
        assert_eq!(beginning.path(), "docs/ci-enhancements/4702-lint-jobs/cep.md");
    });
    with("vep", FULL, |beginning| {
        assert_eq!(beginning.path(), "veps/sig-network/4702-lint-jobs/vep.md");
        let located = locate(beginning.template, &beginning.path()).unwrap();
        assert_eq!((located.number, located.sig.as_deref(), located.main), (Some(4702), Some("sig-network"), true));
    });
}

#[test]
fn the_issue_says_who_what_when_and_links_the_directory() {
    let body = with("vep", FULL, issue);
    for line in [
        "/assign @ada",
        "/sig network",
        "* Alpha release target (x.y):",
        "* Beta release target (x.y): v1.11",
        "* [ ] Beta",
        "https://github.com/kubevirt/enhancements/tree/main/veps/sig-network/4702-lint-jobs",
    ] {
        assert!(body.lines().any(|found| found == line), "{line} in\n{body}");
    }
    let single = with("cep", "title=T&stage=single&release=v1.11", issue);
    assert!(single.contains("* Release target (x.y): v1.11\n"), "{single}");
    assert!(single.contains("/docs/ci-enhancements/NNNN-t\n"), "{single}");
}

#[test]
fn a_title_that_looks_like_a_gap_stays_a_title() {
    let text = with("cep", "title={owner}+{x&number=7&owner=ada", document);
    assert!(text.starts_with("# CEP #7: {owner} {x\n"), "{text}");
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(with("vep", "title=T", lacks), ["the owning SIG", "the release", "the stage", "the owner"]);
    assert!(with("cep", FULL, lacks).is_empty());
}

#[test]
fn the_linter_asks_for_sections_that_only_the_author_can_write_and_for_nothing_else() {
    for id in ["cep", "vep"] {
        with(id, FULL, |beginning| {
            let root = tempfile::tempdir().unwrap();
            let path = root.path().join(beginning.path());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, beginning.document()).unwrap();
            let mut out = Vec::new();
            let now = "2026-08-01T12:00:00Z".parse().unwrap();
            let args = check::Args { paths: vec![path], format: check::Format::Json, releases: None, at: None };
            check::run(&args, now, &mut out).unwrap();
            let found: Vec<serde_json::Value> =
                String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert!(!found.is_empty(), "{id}: a skeleton is not finished");
            for finding in found.iter().filter(|finding| finding["severity"] != "note") {
                let about_criteria = finding["message"].as_str().unwrap().contains("Graduation criteria");
                let own_part =
                    finding["code"] == codes::SECTION_EMPTY || (finding["code"] == codes::BOX_OPEN && about_criteria);
                assert!(own_part, "{id}: {finding}");
            }
        });
    }
}
