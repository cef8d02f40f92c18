//! Lists that are YAML.

use chrono::NaiveDate;

use super::{
    super::{IssueRef, On, Phase, read_exceptions, release_of_path},
    codes, read, told,
};

fn day(text: &str) -> On {
    On::Day(text.parse::<NaiveDate>().unwrap())
}

#[test]
fn a_map_of_freezes_is_read_with_every_value() {
    let reading = read(concat!(
        "# Exception requests in v1.10\n\nenhancementFreeze:\n- name: \"Quiet lanes\"\n  issue: 4702\n",
        "  date_requested: 2026-09-01\n  date_reviewed: 2026-09-03\n",
        "  thread: \"https://groups.google.com/g/some-list/c/AbCd\"\n  pull_requests:\n",
        "    - \"https://github.com/kubevirt/project-infra/pull/51\"\n    - kubevirt/kubevirt#7\n  status: \"approved\"\n",
        "codeFreeze:\n- name: Loud lanes\n  issue: 4703\n  status: \"rejected\"\ndocsFreeze:\n",
        "- name: Words\n  issue: 4704\n  status: approved\n",
    ));
    assert_eq!(codes(&reading), []);
    assert_eq!(reading.release, "v1.10".parse().ok());
    assert_eq!(
        told(&reading),
        [(4702, "enhancementFreeze", "approved"), (4703, "codeFreeze", "denied"), (4704, "docsFreeze", "approved"),]
    );
    let first = &reading.records[0];
    assert_eq!((first.name.as_str(), first.line), ("Quiet lanes", 4));
    assert_eq!((first.requested, first.reviewed), (Some(day("2026-09-01")), Some(day("2026-09-03"))));
    assert_eq!(first.pulls, ["kubevirt/project-infra#51", "kubevirt/kubevirt#7"]);
}

#[test]
fn in_a_flat_list_the_comment_above_tells_the_freeze() {
    let reading = read(concat!(
        "# Exceptions requested in 1.10\n\n# Enhancements Freeze Exceptions requested in 1.10\n- name: One\n  issue: 1\n",
        "  status: Approved\n\n- name: Two\n  issue: 2\n  status: Denied\n\n# Code Freeze Exceptions requested in 1.10\n",
        "- name: Three\n  issue: 3\n  status: 'denied'\n",
    ));
    assert_eq!(codes(&reading), []);
    assert_eq!(
        told(&reading),
        [(1, "enhancementFreeze", "approved"), (2, "enhancementFreeze", "denied"), (3, "codeFreeze", "denied")]
    );
}

#[test]
fn a_freeze_that_nothing_tells_is_none_and_that_is_said() {
    let reading = read("# Exceptions\n- name: One\n  issue: 1\n  status: approved\n");
    assert_eq!(codes(&reading), [("phase-unknown", 2)]);
    assert_eq!(reading.records[0].phase, Phase::Unknown);
    let both = read("# Enhancement Freeze and Code Freeze exceptions\n- name: One\n  issue: 1\n");
    assert_eq!(codes(&both), [("phase-unknown", 2)], "a comment that names both tells nothing");
}

#[test]
fn empty_parts_empty_items_and_the_template_row_are_nothing() {
    let reading = read(concat!(
        "enhancementFreeze:\n\ncodeFreeze:\n- \n- name: \n  issue: \n  date_requested: \n  pull_requests:\n  - \n",
        "  status:\n- name: One\n  issue: 1\n  pull_requests:\n  -\n  status: Denied\n",
    ));
    assert_eq!(codes(&reading), [("record-empty", 4), ("record-empty", 5)]);
    assert_eq!((told(&reading), reading.lost), (vec![(1, "codeFreeze", "denied")], 0));
}

#[test]
fn the_keys_are_read_in_both_spellings() {
    let reading = read("codeFreeze:\n- name: One\n  issue: 1\n  pull-requests:\n  - https://github.com/a/b/pull/2\n");
    assert_eq!((codes(&reading), reading.records[0].pulls.as_slice()), (vec![], ["a/b#2".to_owned()].as_slice()));
}

#[test]
fn what_stands_for_pull_requests_and_is_none_is_kept_in_words() {
    let reading = read("codeFreeze:\n- name: One\n  issue: 1\n  pull_requests: Will open after the CEP is merged\n");
    assert_eq!(codes(&reading), [("odd-value", 4)]);
    assert_eq!(reading.records[0].notes, ["pull_requests: Will open after the CEP is merged"]);
    let inline = read("codeFreeze:\n- issue: 1\n  pull_requests: https://github.com/a/b/pull/2, a/b#3\n");
    assert_eq!(inline.records[0].pulls, ["a/b#2", "a/b#3"]);
}

#[test]
fn an_issue_is_a_number_or_an_address() {
    let forms = ["4702", "\"#4702\"", "https://github.com/o/r/issues/4702", "https://github.com/o/r/pull/4702/files"];
    let found: Vec<_> = forms
        .iter()
        .map(|form| read(&format!("codeFreeze:\n- name: One\n  issue: {form}\n")).records[0].issue.clone().unwrap())
        .collect();
    let issue =
        |repository: Option<&str>, pull| IssueRef { repository: repository.map(str::to_owned), number: 4702, pull };
    assert_eq!(found, [issue(None, false), issue(None, false), issue(Some("o/r"), false), issue(Some("o/r"), true)]);
}

#[test]
fn an_issue_that_is_none_loses_its_record_and_nothing_else() {
    let reading =
        read("codeFreeze:\n- name: One\n  issue: soon\n- just words\n- name: Two\n- name: Three\n  issue: 3\n");
    assert_eq!(codes(&reading), [("record-lost", 2), ("record-lost", 4), ("record-lost", 5)]);
    assert_eq!((told(&reading), reading.lost), (vec![(3, "codeFreeze", "")], 3));
    assert!(reading.diagnostics[0].message.contains("“soon”"), "{}", reading.diagnostics[0].message);
}

#[test]
fn statuses_are_read_in_any_case_and_others_are_named() {
    let words = ["Approved", "\"DENIED\"", "rejected", "Reverted", "removed", "pending", "maybe"];
    let rows: Vec<_> = words.iter().map(|word| format!("- issue: 1\n  request: 1\n  status: {word}\n")).collect();
    let reading = read(&format!("codeFreeze:\n{}", rows.concat()));
    let statuses: Vec<_> = told(&reading).into_iter().map(|(_, _, status)| status).collect();
    assert_eq!(statuses, ["approved", "denied", "denied", "reverted", "removed", "undecided", "other"]);
    assert_eq!(codes(&reading), [("status-unknown", 22)]);
}

#[test]
fn dates_are_read_as_they_were_written_and_others_are_kept_in_words() {
    let forms = ["2020-11-2", "2020/11/02", "\"2020-11-02\"", "Nov 2nd, 2020", "2 November 2020"];
    for form in forms {
        let reading = read(&format!("codeFreeze:\n- issue: 1\n  date_requested: {form}\n"));
        assert_eq!((codes(&reading), reading.records[0].requested), (vec![], Some(day("2020-11-02"))), "{form}");
    }
    let reading = read("codeFreeze:\n- issue: 1\n  date_requested: last week\n  date_reviewed: 2020-02-30\n");
    assert_eq!(codes(&reading), [("bad-date", 3), ("bad-date", 4)]);
    assert_eq!(reading.records[0].notes, ["date_requested: last week", "date_reviewed: 2020-02-30"]);
}

#[test]
fn every_form_of_a_thread_address_is_kept_as_it_is() {
    for thread in [
        "https://groups.google.com/forum/#!topic/some-list/AbC-dE",
        "https://groups.google.com/forum/?utm_medium=email#!msg/some-list/AbC/dEf",
        "https://groups.google.com/d/msg/some-list/AbC/dEf",
        "https://groups.google.com/g/some-list/c/AbC",
        "https://groups.google.com/g/some-list/c/AbC/m/dEf",
    ] {
        let reading = read(&format!("codeFreeze:\n- issue: 1\n  thread: {thread}\n"));
        assert_eq!((codes(&reading), reading.records[0].thread.as_deref()), (vec![], Some(thread)));
    }
    let reading = read("codeFreeze:\n- issue: 1\n  thread: told at the meeting\n");
    assert_eq!((codes(&reading), reading.records[0].notes.len()), (vec![("odd-value", 3)], 1));
}

#[test]
fn the_same_issue_twice_is_two_requests_and_that_is_said() {
    let reading = read("codeFreeze:\n- issue: 1\n  status: denied\n- issue: 1\n  status: approved\n");
    assert_eq!((codes(&reading), reading.records.len()), (vec![("record-twice", 4)], 2));
    let apart = read("enhancementFreeze:\n- issue: 1\ncodeFreeze:\n- issue: 1\n");
    assert_eq!(codes(&apart), []);
}

#[test]
fn the_fields_of_the_board_are_read_and_what_means_nothing_is_kept() {
    let reading = read(concat!(
        "- name: One\n  issue: 1\n  type: Code Freeze\n  status: Approved\n  link: https://groups.google.com/g/l/c/A\n",
        "  slack_thread: https://example.slack.com/archives/C1/p2\n  prs: https://github.com/a/b/pull/2\n",
        "  additional_time: 5 days\n  request_date: 2026-10-01\n  decision_date: 2026-10-02\n  liaison: \"@rex\"\n",
        "  notes: Low risk\n",
    ));
    assert_eq!(codes(&reading), [("unknown-key", 6), ("unknown-key", 11)]);
    let record = &reading.records[0];
    assert_eq!((record.phase, record.additional_time.as_deref()), (Phase::Code, Some("5 days")));
    assert_eq!((record.requested, record.reviewed), (Some(day("2026-10-01")), Some(day("2026-10-02"))));
    assert_eq!(record.notes, ["Low risk", "slack_thread: https://example.slack.com/archives/C1/p2", "liaison: @rex"]);
}

#[test]
fn paths_name_the_release_in_both_spellings() {
    let release = |path| release_of_path(path).map(|release| release.to_string());
    assert_eq!(release("releases/v1.10/exceptions.yaml").as_deref(), Some("v1.10"));
    assert_eq!(release("/x/releases/release-1.36/exception.yaml").as_deref(), Some("v1.36"));
    assert_eq!(release("exceptions.yaml"), None);
}

#[test]
fn other_files_are_no_lists_and_are_named() {
    assert_eq!(codes(&read("hello\n")), [("not-an-exception-list", 1)]);
    assert_eq!(codes(&read("milestone: hello\n")), [("unknown-key", 1)]);
    assert_eq!(codes(&read("")), [("empty-file", 0)]);
    assert_eq!(codes(&read("# Only a comment\n")), []);
    assert_eq!(codes(&read_exceptions("x", &vec![0xff; 5_000_000])), [("too-large", 0)]);
}
