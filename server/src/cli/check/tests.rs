//! The linter as it is called from a command line.

use super::*;
use crate::documents::{CEP, unfilled};

const TARGETED: &str = "- This CEP targets alpha for version: v1.9\n- This CEP targets beta for version: v1.11\n";

struct Repository(tempfile::TempDir);

impl Repository {
    fn with(files: &[(&str, &str)]) -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            let file = root.path(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        root
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn check(&self, path: &str, releases: Option<(&str, &str)>) -> (u8, Vec<(String, String)>) {
        let args = Args {
            paths: vec![self.path(path)],
            format: Format::Json,
            releases: releases.map(|(dir, _)| self.path(dir)),
            at: releases.map(|(_, at)| parse_instant(at).unwrap()),
        };
        let mut out = Vec::new();
        let exit = run(&args, DateTime::UNIX_EPOCH, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let found = text.lines().map(|line| {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            (object["code"].as_str().unwrap().to_owned(), object["message"].as_str().unwrap().to_owned())
        });
        (exit, found.collect())
    }
}

fn schedule(freeze: &str, ga: &str) -> String {
    format!("- when: {freeze}\n  who: KubeVirt\n  what: VEP Freeze\n- when: {ga}\n  milestone: GA\n  who: KubeVirt\n")
}

#[test]
fn the_unfilled_template_is_told_what_it_lacks() {
    let repository = Repository::with(&[("docs/ci-enhancements/NNNN-cep-template/cep.md", &unfilled(&CEP))]);
    let (exit, found) = repository.check("docs/ci-enhancements/NNNN-cep-template/cep.md", None);
    assert_eq!(exit, 1);
    for section in CEP.sections {
        assert!(
            found.iter().any(|(code, text)| code == "section-empty" && text.contains(section.name)),
            "{}",
            section.name
        );
    }
    for code in ["template-title", "no-target", "box-open"] {
        assert!(found.iter().any(|(found, _)| found == code), "{code}");
    }
}

#[test]
fn the_template_is_passed_over_in_a_search() {
    let repository = Repository::with(&[("docs/ci-enhancements/NNNN-cep-template/cep.md", &unfilled(&CEP))]);
    assert_eq!(repository.check("docs", None), (0, Vec::new()));
}

#[test]
fn targets_are_judged_by_freeze_and_release() {
    let (nine, ten, eleven) = (
        schedule("2026/04/30", "2026/07/22"),
        schedule("2026/09/02", "2026/11/18"),
        schedule("2027/01/13", "2027/04/01"),
    );
    let repository = Repository::with(&[
        ("docs/ci-enhancements/7-x/cep.md", TARGETED),
        ("releases/v1.9/schedule.yaml", &nine),
        ("releases/v1.10/schedule.yaml", &ten),
        ("releases/v1.11/schedule.yaml", &eleven),
    ]);
    let late = |at: &str| {
        let (_, found) = repository.check("docs", Some(("releases", at)));
        let wanted = ["freeze-passed", "advance-target"];
        found.into_iter().map(|(code, _)| code).filter(|code| wanted.contains(&code.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(late("2026-05-01T11:59:59Z"), ["advance-target"]);
    assert_eq!(late("2026-05-01T12:00:00Z"), ["freeze-passed", "advance-target"]);
    assert_eq!(late("2026-07-22"), ["advance-target"]);
    assert_eq!(late("2026-12-01"), Vec::<String>::new());
    assert_eq!(late("2027-01-13"), ["freeze-passed"]);
}

#[test]
fn what_cannot_be_read_is_not_a_pass() {
    let repository = Repository::with(&[("docs/ci-enhancements/7-x/cep.md", TARGETED)]);
    assert_eq!(repository.check("docs/missing", None).0, 2);
    assert_eq!(repository.check("docs", Some(("docs", "2026-01-01"))).0, 2);
}

#[test]
fn instants_are_read_as_time_or_day() {
    assert_eq!(parse_instant("2026-04-30"), parse_instant("2026-05-01T12:00:00Z"));
    assert!(parse_instant("yesterday").is_err());
}
