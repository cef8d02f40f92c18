//! Schedules: every shape of the real files, and what goes wrong in edited ones.

use chrono::NaiveDate;
use domain::{Deadline, DeadlineOrigin, ReleaseVersion, ScheduleReading};
use proptest::prelude::*;

use super::{super::read_schedule, codes};

const WITH_THAW: &str = include_str!("../fixtures/schedule_with_thaw.yaml");
const WITHOUT_FREEZE_ROW: &str = include_str!("../fixtures/schedule_without_freeze_row.yaml");

fn read(text: &str) -> ScheduleReading {
    read_schedule("releases/v1.9/schedule.yaml", text.as_bytes())
}

fn found(reading: &ScheduleReading) -> Vec<&str> {
    codes(&reading.diagnostics).into_iter().map(|(code, _)| code).collect()
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn row(when: &str, milestone: &str, what: &str) -> String {
    format!("- when: {when}\n  milestone: {milestone}\n  who: KubeVirt\n  what: {what}\n")
}

/// A schedule of v1.9 in which nothing is wrong.
fn complete() -> String {
    [
        row("2026/04/30", "Alpha 0", "VEP Freeze"),
        row("2026/06/24", "Code Freeze", "Branch release-1.9"),
        row("2026/07/22", "GA", "Tag v1.9.0 on release-1.9"),
    ]
    .concat()
}

#[test]
fn a_schedule_with_a_thaw_keeps_freeze_and_branch_apart() {
    let reading = read_schedule("releases/v2.10/schedule.yaml", WITH_THAW.as_bytes());
    assert_eq!(reading.version, Some(ReleaseVersion::new(2, 10)));
    assert_eq!(reading.enhancement_freeze, Deadline { date: day("2031-03-05"), from: DeadlineOrigin::Row, line: 15 });
    assert_eq!((reading.code_freeze.date, reading.code_freeze.line), (day("2031-05-07"), 26));
    assert_eq!((reading.branch_cut.date, reading.thaw.date), (day("2031-05-14"), day("2031-05-14")));
    assert_eq!(reading.ga.date, day("2031-06-04"));
    assert_eq!(codes(&reading.diagnostics), []);
    assert_eq!(reading.rows.len(), 9);
}

#[test]
fn rows_come_without_emphasis_and_with_unfolded_notes() {
    let reading = read_schedule("releases/v2.10/schedule.yaml", WITH_THAW.as_bytes());
    assert_eq!(reading.rows[0].milestone, "");
    assert_eq!(reading.rows[7].milestone, "KubeVirt GA");
    assert_eq!(
        reading.rows[4].notes,
        "Lanes that are not standard are to be bumped by their owners. See the [lane guide](../lanes.md) first"
    );
}

#[test]
fn without_a_row_the_alpha_that_tags_this_version_gives_the_freeze() {
    let reading = read_schedule("v1.0/schedule.yaml", WITHOUT_FREEZE_ROW.as_bytes());
    assert_eq!(reading.enhancement_freeze, Deadline { date: day("2023-03-14"), from: DeadlineOrigin::Alpha, line: 5 });
    assert_eq!(reading.code_freeze.date, reading.thaw.date);
    assert_eq!(reading.ga.date, day("2023-06-06"));
    assert_eq!(codes(&reading.diagnostics), [("freeze-from-alpha", 5)]);
}

#[test]
fn the_freeze_goes_by_several_names() {
    for name in [
        "VEP Freeze",
        "Enhancement Freeze",
        "Enhancements freeze",
        "Virtualization Enhancement Proposal (VEP) Freeze",
        "KubeVirt Enhancement Freeze (v1.9)",
        "VEP Freeze (AoE)",
        "\"Tag v1.9.0-alpha.1, VEP Freeze\"",
    ] {
        assert_eq!(read(&row("2026/04/30", "null", name)).enhancement_freeze.date, day("2026-04-30"), "{name}");
        assert_eq!(read(&row("2026/04/30", name, "x")).enhancement_freeze.date, day("2026-04-30"), "{name}");
    }
    for name in ["Reminder of VEP Freeze", "VEP Freeze exceptions close", "Code Freeze"] {
        assert_eq!(read(&row("2026/04/30", "null", name)).enhancement_freeze.date, None, "{name}");
    }
}

#[test]
fn deadlines_of_other_projects_are_not_ours() {
    let foreign = "- when: 2026/05/01\n  milestone: GA\n  who: CDI\n  what: x\n- when: 2026/05/02\n  milestone: Kubernetes Code Freeze\n  who: Somebody\n  what: x\n";
    let reading = read(foreign);
    assert_eq!((reading.ga.date, reading.code_freeze.date), (None, None));
}

#[test]
fn what_a_file_does_not_state_has_no_date_and_is_reported() {
    let reading = read(&row("2026/04/30", "null", "Something"));
    assert_eq!(reading.ga, Deadline::default());
    assert_eq!(found(&reading), ["no-enhancement-freeze", "no-code-freeze", "no-branch-cut", "no-ga"]);
}

#[test]
fn a_freeze_row_that_differs_from_alpha_counts_and_is_reported() {
    let reading = read(&(row("2026/04/23", "Alpha 0", "Tag v1.9.0-alpha.0") + &complete()));
    assert_eq!(reading.enhancement_freeze.date, day("2026-04-30"));
    assert_eq!(codes(&reading.diagnostics), [("freeze-differs-from-alpha", 5)]);
}

#[test]
fn one_deadline_on_two_days_is_reported_and_the_first_counts() {
    let reading = read(&(complete() + &row("2026/07/29", "GA", "again")));
    assert_eq!(reading.ga.date, day("2026-07-22"));
    assert_eq!(codes(&reading.diagnostics), [("deadline-twice", 13)]);
    assert_eq!(found(&read(&(complete() + &row("2026/07/22", "GA", "same day")))), Vec::<&str>::new());
}

#[test]
fn deadlines_out_of_order_are_reported() {
    let text = complete().replace("2026/06/24", "2026/04/01");
    assert_eq!(found(&read(&text)), ["out-of-order", "rows-unsorted"]);
}

#[test]
fn rows_without_a_readable_day_are_left_out_and_named() {
    let text = complete() + &row("2026/02/30", "RC 1", "x") + "- milestone: RC 2\n  what: y\n- just text\n";
    let reading = read(&text);
    assert_eq!(reading.rows.len(), 3);
    assert_eq!(codes(&reading.diagnostics), [("bad-date", 13), ("row-without-date", 17), ("row-lost", 19)]);
}

#[test]
fn unknown_and_doubled_keys_and_odd_values_are_named() {
    let text = complete() + "- when: 2026/08/01\n  When: 1\n  who: a\n  who: b\n  what: [x]\n";
    let reading = read(&text);
    assert_eq!(reading.rows[3].who, "a");
    assert_eq!(codes(&reading.diagnostics), [("unknown-key", 14), ("duplicate-key", 16), ("odd-value", 17)]);
}

#[test]
fn a_broken_row_costs_only_itself() {
    let text = complete().replace("  what: Branch release-1.9\n", "  what: \"Branch\n  notes: a: b: c\n");
    let reading = read(&text);
    assert_eq!((reading.enhancement_freeze.date, reading.ga.date), (day("2026-04-30"), day("2026-07-22")));
    assert_eq!(reading.code_freeze.date, None);
    let codes = found(&reading);
    assert!(
        codes.contains(&"yaml-broken") && codes.contains(&"row-lost") && codes.contains(&"no-code-freeze"),
        "{codes:?}"
    );
}

#[test]
fn files_that_are_no_schedule_are_told_apart() {
    assert_eq!(found(&read("releases/v1.9/schedule.yaml")), ["symlink-text"]);
    assert_eq!(found(&read("404: Not Found")), ["not-a-schedule"]);
    assert_eq!(found(&read("just words")), ["not-a-schedule"]);
    assert_eq!(found(&read("# only a comment\n")), ["not-a-schedule"]);
    assert_eq!(found(&read("")), ["empty-file"]);
    assert_eq!(found(&read_schedule("schedule.yaml", complete().as_bytes())), ["no-version"]);
    assert_eq!(
        found(&read_schedule("v1.8/schedule.yaml", complete().as_bytes())),
        ["no-branch-cut", "version-differs"]
    );
}

#[test]
fn bytes_that_editors_leave_behind_do_not_matter() {
    let text = format!("\u{feff}{}", complete().replace('\n', "\r\n"));
    let reading = read(&text);
    assert_eq!((reading.rows.len(), found(&reading)), (3, vec!["byte-order-mark"]));
    let mut bytes = complete().into_bytes();
    bytes.extend(b"- when: 2026/08/01\n  what: \xff\n");
    let reading = read_schedule("releases/v1.9/schedule.yaml", &bytes);
    assert_eq!(codes(&reading.diagnostics), [("invalid-utf8", 14)]);
    let tabs = read(&complete().replace("  who", "\twho"));
    assert!(found(&tabs).contains(&"yaml-broken"), "{:?}", tabs.diagnostics);
}

proptest! {
    #[test]
    fn a_deadline_is_found_whatever_form_its_day_has(offset in 0i64..40_000, slashes: bool, padded: bool) {
        let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::TimeDelta::days(offset);
        let form = match (slashes, padded) { (true, true) => "%Y/%m/%d", (true, false) => "%Y/%-m/%-d", (false, true) => "%Y-%m-%d", (false, false) => "%Y-%-m-%-d" };
        let reading = read(&row(&day.format(form).to_string(), "KubeVirt Code Freeze", "x"));
        prop_assert_eq!(reading.code_freeze.date, Some(day));
    }
}
