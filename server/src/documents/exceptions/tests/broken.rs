//! Lists that are no YAML, and lists that were made to hurt.

use domain::diagnostic::codes as known;
use proptest::prelude::*;

use super::{codes, read, told};
use crate::documents::exceptions::read_exceptions;

#[test]
fn a_comma_behind_an_item_is_left_out() {
    let reading = read(concat!(
        "# Code Freeze\n- name: \"One\"\n  issue: 1\n  pull_requests:\n  - \"https://github.com/a/b/pull/2\", \n",
        "  - \"https://github.com/a/b/pull/3\"\n  status: \"approved\"\n- name: Two\n  issue: 2\n  status: denied\n",
    ));
    assert_eq!(codes(&reading), [("yaml-broken", 5), ("yaml-repaired", 5)]);
    assert_eq!(told(&reading), [(1, "codeFreeze", "approved"), (2, "codeFreeze", "denied")]);
    assert_eq!(reading.records[0].pulls, ["a/b#2", "a/b#3"]);
}

#[test]
fn characters_that_nobody_sees_on_a_blank_line_are_left_out() {
    let reading = read("# Code Freeze\n- name: One\n  issue: 1\n\u{200b}\n- name: Two\n  issue: 2\n  status: denied\n");
    assert_eq!(told(&reading), [(1, "codeFreeze", ""), (2, "codeFreeze", "denied")]);
    assert!(codes(&reading).contains(&("yaml-repaired", 4)), "{:?}", codes(&reading));
}

#[test]
fn stray_items_missing_spaces_and_wrong_indents_are_read_as_they_were_meant() {
    let reading = read(concat!(
        "# Exceptions to Code Freeze requested in 1.10\n\n",
        "- name: \n  issue: \n  pull_requests:\n  - \n  status:\n  \n",
        "- name: One\n  issue: 1\n  date_requested: Jan 30th, 2019\n  pull_requests: Will open after the CEP is merged \n",
        "  - \n  status: Approved \n\n",
        "- name: Two  words\n  issue: 2 \n  pull_requests:\n    - https://github.com/a/b/pull/2\n  - \n",
        "  status:Approved\n \n",
        " - name: Three\n  issue: 3\n  pull_requests:https://github.com/a/b/issues/3\n  - \n  status: Denied\n  \n",
        "  - name: Add new Taint Effect: Eviction\n  issue: 4\n  thread: https://groups.google.com/g/l/c/A#b\n",
        "  status: Approved\n",
    ));
    assert_eq!(
        told(&reading),
        [
            (1, "codeFreeze", "approved"),
            (2, "codeFreeze", "approved"),
            (3, "codeFreeze", "denied"),
            (4, "codeFreeze", "approved")
        ]
    );
    assert_eq!(reading.records[1].pulls, ["a/b#2"]);
    assert_eq!(reading.records[2].pulls, ["a/b#3"]);
    assert_eq!(reading.records[3].name, "Add new Taint Effect: Eviction");
    assert_eq!(reading.records[3].thread.as_deref(), Some("https://groups.google.com/g/l/c/A#b"));
    let lines: Vec<u32> = codes(&reading).iter().filter(|(code, _)| *code == "yaml-repaired").map(|c| c.1).collect();
    for line in [13, 20, 21, 23, 25, 29] {
        assert!(lines.contains(&line), "{line} not in {lines:?}");
    }
    assert_eq!(reading.lost, 0);
}

#[test]
fn in_a_broken_map_the_parts_still_count_and_one_record_does_not_cost_the_others() {
    let reading = read(concat!(
        "release: v1.12\nenhancementFreeze:\n- name: One\n  issue: 1\n   status: \"denied\ncodeFreeze:\n- name: Two\n  issue: 2\n",
        "  justification: |-\n    status:as said\n    - and more\n  status: approved\n",
    ));
    assert_eq!(told(&reading)[1], (2, "codeFreeze", "approved"), "{:?}", reading.diagnostics);
    assert_eq!(reading.records[1].justification.as_deref(), Some("status:as said\n- and more"));
    assert_eq!(reading.records[0].issue.as_ref().map(|issue| issue.number), Some(1));
    assert_eq!(reading.records[0].release, "v1.12".parse().ok());
}

#[test]
fn a_step_that_cannot_be_read_is_named_and_the_others_stay() {
    let reading = read(concat!(
        "codeFreeze:\n- issue: 1\n  steps:\n  - what: sent\n    by: olga\n    at: 2026-10-01T12:00:00Z\n",
        "  - what: granted\n    by: rex\n  - what: danced\n    by: rex\n  - nothing\n",
    ));
    assert_eq!(codes(&reading), [("step-lost", 7), ("step-lost", 9), ("step-lost", 11)]);
    assert_eq!(reading.records[0].steps.len(), 1);
}

#[test]
fn a_key_stated_twice_counts_once_and_the_other_is_kept() {
    let reading = read("codeFreeze:\n- issue: 1\n  status: denied\n  status: approved\n");
    assert_eq!((codes(&reading), told(&reading)[0].2), (vec![("duplicate-key", 4)], "denied"));
    assert_eq!(reading.records[0].notes, ["status: approved"]);
}

#[test]
fn nuls_do_not_reach_the_database() {
    let reading = read("codeFreeze:\n- issue: 1\n  name: \"a\\0b\"\n  justification: \"c\\0d\"\n");
    let record = &reading.records[0];
    assert_eq!((record.name.as_str(), record.justification.as_deref()), ("a\u{fffd}b", Some("c\u{fffd}d")));
}

fn check(bytes: &[u8]) {
    let lines = u32::try_from(bytes.split(|b| matches!(b, b'\n' | b'\r')).count()).unwrap();
    let reading = read_exceptions("releases/v1.10/exceptions.yaml", bytes);
    for diagnostic in reading.diagnostics {
        assert!(diagnostic.line <= lines, "line {} of {lines}", diagnostic.line);
        assert!(known::ALL.contains(&diagnostic.code.as_str()), "{}", diagnostic.code);
        assert!(diagnostic.message.ends_with('.') && diagnostic.mend.ends_with('.'), "{diagnostic:?}");
    }
}

proptest! {
    #[test]
    fn nothing_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn nothing_panics_on_pieces_of_lists(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "- ", "name: ", "issue: ", "1", "\n", "  ", "steps:", "what: sent", "codeFreeze:", "---\n", "\"", ",", "|", ":",
        "#", "status:", "\u{200b}", "pull_requests:", "[", "}", "*a", "&a ", "\t", "2020-11-2", "at: ",
        "https://github.com/a/b/pull/2", "é",
    ]), 0..60)) {
        check(pieces.concat().as_bytes());
    }
}

#[test]
fn large_files_take_time_in_proportion() {
    for unit in
        ["- name: a\n  issue: 1\n", "- \n", "-", "codeFreeze:\n", "\u{200b}\n", "- name: [\n", "status:x\n", "a: \"\n"]
    {
        let started = std::time::Instant::now();
        check(unit.repeat(60_000 / unit.len()).as_bytes());
        assert!(started.elapsed().as_secs() < 4, "{unit:?} took {:?}", started.elapsed());
    }
}
