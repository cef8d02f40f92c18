//! P-19, P-26: what a release team writes every cycle, its templates and the values that go in.

use domain::{
    Announcement, Freeze, Group, Status,
    announcement::{Decided, Facts, Standing, Template, TemplateError, Value, values},
    outgoing::Announced,
};

use crate::support::*;

fn announced() -> Vec<Announced> {
    let one = |name: &str, title: &str, group, words: &str, since: Option<&str>| Announced {
        name: name.to_owned(),
        title: title.to_owned(),
        group,
        words: words.to_owned(),
        since: since.map(str::to_owned),
    };
    vec![
        one("CEP 4655", "Autoscaling lanes", Group::Met, "Complete", None),
        one("CEP 4702", "Flaky tests\nby lane", Group::Others, "Exception required (CF)", Some("Complete")),
    ]
}

fn standing(name: &str, status: Status, tracked: bool) -> Standing {
    Standing {
        name: name.to_owned(),
        title: "Flaky tests by lane".to_owned(),
        status,
        words: status.words(cycle().zone),
        tracked,
        owners: vec!["ada".to_owned()],
        link: format!("https://ceps.example/{name}"),
    }
}

/// The values of a release with one proposal of each kind.
fn all() -> Vec<Value> {
    let dates = cycle();
    let proposals = [
        standing("CEP 1", Status::Proposed, false),
        standing("CEP 2", Status::NotReady { freeze: Freeze::Code }, true),
        standing("CEP 3", Status::Complete, true),
        standing("CEP 4", Status::ExceptionUntil { freeze: Freeze::Code, until: on(CF + 6) }, true),
        standing("CEP 5", Status::ExceptionPending { freeze: Freeze::Code }, true),
    ];
    let groups = announced();
    let decided = |until| Decided {
        name: "CEP 2".to_owned(),
        title: "Flaky tests".to_owned(),
        freeze: Some(Freeze::Code),
        until,
        reason: "Small.".to_owned(),
        at: None,
    };
    let exceptions = [decided(Some(on(CF + 6))), decided(None)];
    values(&Facts {
        release: V,
        dates: &dates,
        base: "https://ceps.example/",
        proposals: &proposals,
        groups: [None, Some(&groups)],
        exceptions: &exceptions,
    })
}

fn text(which: Announcement) -> String {
    which.template().filled(which, &all()).unwrap().body
}

#[test]
fn the_announcement_has_three_groups() {
    let mail = Announcement::Code.template().filled(Announcement::Code, &all()).unwrap();
    assert_eq!(mail.subject, "[v1.10] Code Freeze: what met it");
    assert_eq!(
        mail.body,
        "\
Hello,

the Code Freeze of v1.10 passed on 30 May 2026, the end of the day
Anywhere on Earth, 31 May 2026 12:00 UTC. This is how its proposals
stood at that instant.

Code Freeze met (1)
-------------------
- CEP 4655: Autoscaling lanes

Exception pending or granted (0)
--------------------------------
None.

All others (1)
--------------
- CEP 4702: Flaky tests by lane. Exception required (CF); since then:
  Complete

With evidence: https://ceps.example/releases/v1.10/freeze/cf
"
    );
}

#[test]
fn every_text_is_made_of_values_that_there_are_and_no_mail_is_wider_than_72_characters() {
    for which in Announcement::ALL {
        let mail = which.template().filled(which, &all()).unwrap();
        assert!(!mail.body.contains("{{"), "{}", mail.body);
        assert_eq!(Announcement::of_slug(which.slug()), Some(which));
        let words = |line: &str| line.split_whitespace().count();
        let wide = mail.body.lines().find(|line| line.chars().count() > 72 && words(line) > 2);
        assert!(which.is_document() || wide.is_none(), "{wide:?}");
    }
}

#[test]
fn lists_tell_who_has_to_act() {
    let reminder = text(Announcement::CodeReminder);
    assert!(reminder.contains("- CEP 2: Flaky tests by lane. Not ready for CF (@ada)\n"), "{reminder}");
    assert!(reminder.contains("Ready\n-----\n- CEP 3: Flaky tests by lane\n"), "{reminder}");
    let call = text(Announcement::Call);
    assert!(call.contains("Proposed so far\n---------------\n- CEP 1: Flaky tests by lane\n"), "{call}");
    let exceptions = text(Announcement::Exceptions);
    assert!(exceptions.contains("- CEP 2: Flaky tests (CF): granted until 5 Jun. Small.\n"), "{exceptions}");
    assert!(exceptions.contains("(CF): denied. Small.\n"), "{exceptions}");
    let highlights = text(Announcement::Highlights);
    assert!(highlights.contains("### Flaky tests by lane\n\nTo do:"), "{highlights}");
    assert!(highlights.contains("([CEP 3](https://ceps.example/CEP 3))"), "{highlights}");
}

#[test]
fn a_reminder_names_what_has_an_exception_apart_from_what_is_not_ready() {
    for which in [Announcement::EnhancementReminder, Announcement::CodeReminder] {
        let reminder = text(which);
        let (before, rest) = reminder.split_once("With an exception\n-----------------\n").unwrap();
        let (excepted, ready) = rest.split_once("\n\nReady\n-----\n").unwrap();
        assert_eq!(excepted, "- CEP 4: Flaky tests by lane. Exception until 5 Jun (CF) (@ada)");
        assert!(before.contains("- CEP 2: Flaky") && !before.contains("CEP 4"), "{before}");
        assert!(before.contains("- CEP 5: Flaky tests by lane. Exception pending (CF) (@ada)"), "{before}");
        assert!(ready.starts_with("- CEP 3: Flaky"), "{ready}");
    }
    // At the end of the cycle nothing that is left is passed over.
    let left = text(Announcement::CleanUp);
    assert!(left.contains("CEP 2: Flaky") && left.contains("CEP 4: Flaky"), "{left}");
}

#[test]
fn the_preview_of_an_announcement_does_not_say_that_the_freeze_has_passed() {
    let preview = text(Announcement::Enhancement);
    assert!(
        preview.starts_with("Hello,\n\nthe Enhancement Freeze of v1.10 is on 10 Apr 2026, the end of the day\n"),
        "{preview}"
    );
    let words = preview.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("it has not passed yet. The three groups stand here once the Enhancement Freeze has passed.")
    );
    assert!(!words.contains("passed on") && !words.contains("stood at that instant"), "{preview}");
}

#[test]
fn an_unknown_placeholder_is_an_error_with_its_name() {
    let template = |subject: &str, body: &str| Template { subject: subject.to_owned(), body: body.to_owned() };
    let refused = template("Hello", "On {{ ef }} and {{day}}").checked(&all()).unwrap_err();
    assert_eq!(refused, TemplateError::Unknown { field: "body", name: "day".to_owned() });
    assert_eq!(refused.to_string(), "nothing goes in for {{day}}; the values that do are listed beside the text");
    assert_eq!(template("{{release", "x").checked(&all()).unwrap_err().field(), "subject");
    assert!(matches!(template("Hello", " \n").checked(&all()), Err(TemplateError::Length { field: "body", .. })));
    assert!(matches!(template("a\nb", "x").checked(&all()), Err(TemplateError::Length { field: "subject", .. })));
    let kept = template(" Hello ", "On {{ef}}\r\n\r\n").checked(&all()).unwrap();
    assert_eq!(kept, template("Hello", "On {{ef}}\n"));
}

#[test]
fn what_a_value_holds_is_no_placeholder() {
    let value = Value { name: "release", what: "", text: "{{ef}}".to_owned() };
    let template = Template { subject: "s".to_owned(), body: "{{release}}".to_owned() };
    assert_eq!(template.filled(Announcement::Call, &[value]).unwrap().body, "{{ef}}\n");
}

#[test]
fn the_enhancement_freeze_is_announced_within_one_working_day() {
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let dates = |ef: &str| domain::ReleaseDates { enhancement_freeze: Some(at(ef)), ..cycle() };
    let overdue = |ef: &str| Announcement::Enhancement.overdue_at(&dates(ef)).unwrap();
    assert_eq!(overdue("2026-09-03T12:00:00Z"), at("2026-09-04T12:00:00Z"));
    assert_eq!(overdue("2026-09-04T12:00:00Z"), at("2026-09-07T12:00:00Z"), "over the weekend");
    assert_eq!(Announcement::Code.overdue_at(&cycle()), None);
}

#[test]
fn what_has_not_happened_is_early_and_what_speaks_of_a_past_freeze_as_ahead_is_outlived() {
    let dates = cycle();
    assert!(Announcement::Code.is_early(&dates, on(CF - 1)) && !Announcement::Code.is_early(&dates, on(CF)));
    assert!(Announcement::CleanUp.is_early(&dates, on(CF)), "it says that the release is out");
    let undated = domain::ReleaseDates::default();
    assert!(Announcement::CleanUp.is_early(&undated, on(CF)), "without a date nothing has happened");
    assert!(!Announcement::Call.is_early(&dates, on(1)));
    assert_eq!(Announcement::Call.outlived(&dates, on(EF - 1)), None);
    assert_eq!(Announcement::Call.outlived(&dates, on(EF)), Some(Freeze::Enhancement));
    assert_eq!(Announcement::CodeReminder.outlived(&dates, on(EF)), None);
    assert_eq!(Announcement::CodeReminder.outlived(&dates, on(CF)), Some(Freeze::Code));
}

#[test]
fn a_reminder_is_owed_in_the_two_weeks_before_its_freeze_and_what_tells_its_result_from_then_on() {
    let dates = cycle();
    let owed = |day: i64| -> Vec<Announcement> {
        Announcement::ALL.into_iter().filter(|what| what.is_owed(&dates, on(day))).collect()
    };
    assert_eq!(owed(EF - 15), []);
    assert_eq!(owed(EF - 14), [Announcement::EnhancementReminder]);
    assert_eq!(owed(EF), [Announcement::Enhancement]);
    assert_eq!(owed(CF - 14), [Announcement::Enhancement, Announcement::CodeReminder]);
    assert_eq!(owed(CF), [Announcement::Enhancement, Announcement::Code]);
    assert_eq!(owed(GA), [], "the release is out");
    assert_eq!(Announcement::CodeReminder.until(&dates), dates.code_freeze);
    assert_eq!(Announcement::Code.until(&dates), None, "nothing says by when");
}
