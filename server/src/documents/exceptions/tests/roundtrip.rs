//! What is written is read back as it was.

use chrono::{DateTime, NaiveDate, Utc};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::super::{
    ExceptionRecord, IssueRef, ListedStatus, On, Phase, Step, StepKind, read_exceptions, write_all_exceptions,
    write_exceptions,
};

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (1_500_000_000_i64..1_900_000_000, prop_oneof![Just(0_u32), 0_u32..1_000_000])
        .prop_map(|(seconds, micros)| DateTime::from_timestamp(seconds, micros * 1_000).unwrap())
}

fn ons() -> impl Strategy<Value = On> {
    let day = |days: i32| On::Day(NaiveDate::from_num_days_from_ce_opt(737_000 + days).unwrap());
    prop_oneof![instants().prop_map(On::Instant), (0..4_000).prop_map(day)]
}

/// Anything that people type, NUL aside, which no database keeps.
fn texts() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "a", "Ä", " ", "  ", "\n", "\n\n", ": ", "#", " #", "- ", "\"", "'", "\\", "\t", "|", ">", "{", "%", "@", "`",
        "null", "---", "...", "\r", "\u{200b}", "\u{feff}", "\u{85}", "\u{2028}", "😀", "1", "yes", "~", "\u{1b}",
    ]);
    prop_oneof![
        vec(pieces, 0..12).prop_map(|pieces| pieces.concat()),
        "\\PC{0,40}".prop_map(|text| text.replace('\0', ""))
    ]
}

/// A text without blanks around it, and something in it.
fn short() -> impl Strategy<Value = String> {
    texts().prop_map(|text| format!("a{}b", text.trim()))
}

fn steps() -> impl Strategy<Value = Step> {
    let kinds = select(StepKind::ALL.to_vec());
    (kinds, option::of(instants()), short(), option::of(short()), option::of(short()), instants(), texts()).prop_map(
        |(kind, at, by, on_behalf_of, link, until, words)| {
            let until = Some(until).filter(|_| kind == StepKind::Granted);
            Step { line: 0, at, by, on_behalf_of, link, kind, until, words }
        },
    )
}

fn issues() -> impl Strategy<Value = IssueRef> {
    let repository = option::of(Just("kubevirt/project-infra".to_owned()));
    (repository, 1..2_000_000_u32, any::<bool>()).prop_map(|(repository, number, pull)| {
        let pull = pull && repository.is_some();
        IssueRef { repository, number, pull }
    })
}

fn records() -> impl Strategy<Value = ExceptionRecord> {
    let phases = select(vec![Phase::Enhancement, Phase::Code, Phase::Docs, Phase::Other]);
    let statuses = select(vec![
        ListedStatus::Approved,
        ListedStatus::Denied,
        ListedStatus::Reverted,
        ListedStatus::Removed,
        ListedStatus::Withdrawn,
        ListedStatus::Sent,
        ListedStatus::Filed,
        ListedStatus::InReview,
        ListedStatus::NeedsInformation,
    ]);
    let links = select(vec!["https://groups.google.com/g/l/c/A", "https://groups.google.com/forum/#!topic/l/A"]);
    let head = (phases, short(), issues(), option::of(1..99_u32), option::of("[a-z]{1,9}"), option::of(statuses));
    let times = (option::of(ons()), option::of(ons()), option::of(ons()), option::of(ons()), option::of(short()));
    let words = (option::of(texts()), option::of(texts()), option::of(texts()), vec(short(), 0..3));
    let rest = (option::of(links), vec((1..999_u32).prop_map(|n| format!("a/b#{n}")), 0..3), vec(steps(), 0..4));
    (head, times, words, rest).prop_map(|(head, times, words, rest)| ExceptionRecord {
        line: 0,
        release: "v1.10".parse().ok(),
        phase: head.0,
        name: head.1,
        proposal: Some(("cep".to_owned(), head.2.number)),
        issue: Some(head.2),
        request: head.3,
        requester: head.4.clone(),
        decided_by: head.4,
        status: head.5,
        requested: times.0,
        reviewed: times.1,
        asked_until: times.2,
        granted_until: times.3,
        additional_time: times.4,
        reason: words.0,
        justification: words.1,
        impact: words.2,
        notes: words.3,
        thread: rest.0.map(str::to_owned),
        pulls: rest.1,
        steps: rest.2,
    })
}

fn without_lines(records: Vec<ExceptionRecord>) -> Vec<ExceptionRecord> {
    let bare = |record: ExceptionRecord| {
        let steps = record.steps.into_iter().map(|step| Step { line: 0, ..step }).collect();
        ExceptionRecord { line: 0, steps, ..record }
    };
    let mut records: Vec<_> = records.into_iter().map(bare).collect();
    records.sort_by_key(|record| record.phase);
    records
}

proptest! {
    #[test]
    fn any_record_is_read_back_as_it_was_written(records in vec(records(), 0..4)) {
        let file = write_exceptions("v1.10".parse().unwrap(), &records);
        let reading = read_exceptions("exceptions.yaml", file.as_bytes());
        let broken: Vec<_> = reading.diagnostics.iter().filter(|d| d.code != "record-twice").collect();
        prop_assert!(broken.is_empty(), "{broken:?}\n{file}");
        prop_assert_eq!(without_lines(reading.records), without_lines(records), "{}", file);
    }
}

#[test]
fn several_releases_are_one_stream_in_which_each_names_its_own() {
    let record = |number| ExceptionRecord {
        issue: Some(IssueRef { repository: None, number, pull: false }),
        phase: Phase::Code,
        ..ExceptionRecord::default()
    };
    let all = [("v1.9", 1), ("v1.10", 2)].map(|(release, number)| (release.parse().unwrap(), vec![record(number)]));
    let file = write_all_exceptions(&all.into_iter().collect());
    let reading = read_exceptions("exceptions.yaml", file.as_bytes());
    let found: Vec<_> =
        reading.records.iter().map(|r| (r.release.unwrap().to_string(), r.issue.as_ref().unwrap().number)).collect();
    assert_eq!((found, reading.diagnostics), (vec![("v1.9".to_owned(), 1), ("v1.10".to_owned(), 2)], vec![]));
}

#[test]
fn more_records_than_one_reading_takes_are_read_one_by_one() {
    let step = |what: &str| format!("  - what: {what}\n    by: olga\n    at: 2026-10-01T12:00:00Z\n");
    let steps = ["sent", "in-review", "denied"].map(step).concat();
    let record = |n: u32| format!("- name: N\n  issue: {n}\n  status: denied\n  steps:\n{steps}");
    let file = format!("release: v1.10\ncodeFreeze:\n{}", (1..=1_500).map(record).collect::<String>());
    let reading = read_exceptions("exceptions.yaml", file.as_bytes());
    assert_eq!((reading.records.len(), reading.diagnostics), (1_500, vec![]));
    let whole = |r: &ExceptionRecord| r.steps.len() == 3 && r.phase == Phase::Code && r.release.is_some();
    assert!(reading.records.iter().all(whole));
}

#[test]
fn the_file_has_the_shape_of_those_of_kubernetes() {
    let record = ExceptionRecord {
        name: "Quiet lanes".to_owned(),
        issue: Some(IssueRef { repository: None, number: 4702, pull: false }),
        phase: Phase::Code,
        requested: Some(On::Day("2026-10-20".parse().unwrap())),
        thread: Some("https://groups.google.com/g/l/c/A".to_owned()),
        pulls: vec!["a/b#2".to_owned()],
        status: Some(ListedStatus::Approved),
        justification: Some("First line.\n\nLast: line.".to_owned()),
        ..ExceptionRecord::default()
    };
    let file = write_exceptions("v1.10".parse().unwrap(), &[record]);
    let body = file.split_once("release: v1.10\n").unwrap().1;
    assert_eq!(
        body,
        concat!(
            "\nenhancementFreeze:\n\ncodeFreeze:\n- name: \"Quiet lanes\"\n  issue: 4702\n  date_requested: 2026-10-20\n",
            "  date_reviewed:\n  thread: \"https://groups.google.com/g/l/c/A\"\n  pull_requests:\n",
            "  - \"https://github.com/a/b/pull/2\"\n  status: \"approved\"\n  justification: |-\n    First line.\n\n",
            "    Last: line.\n",
        )
    );
}
