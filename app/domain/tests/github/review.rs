//! The review clock, told as the lives of pull requests.

use chrono::TimeDelta;
use domain::{ClockRules, Occasion, PullKind, PullState, ReviewClock, ReviewState, Step, Votes, WaitsOn, review_clock};

use crate::support::{on, pull};

pub fn step(day: i64, by: &str, what: Occasion) -> Step {
    Step { at: on(day), by: by.to_owned(), what }
}

fn clock(steps: &[Step], day: i64) -> ReviewClock {
    review_clock("ada", steps, &ClockRules::default(), on(day))
}

fn opened(day: i64) -> Step {
    step(day, "ada", Occasion::Opened { draft: false })
}

fn asks(day: i64, by: &str, of: &str) -> Step {
    step(day, by, Occasion::ReviewRequested { of: of.to_owned() })
}

fn reviews(day: i64, by: &str, state: ReviewState) -> Step {
    step(day, by, Occasion::Reviewed { state })
}

fn comments(day: i64, by: &str) -> Step {
    step(day, by, Occasion::Commented)
}

fn pushes(day: i64) -> Step {
    step(day, "ada", Occasion::Pushed)
}

fn labels(day: i64, label: &str) -> Step {
    step(day, "kubevirt-bot", Occasion::Labelled { label: label.to_owned() })
}

fn unlabels(day: i64, label: &str) -> Step {
    step(day, "kubevirt-bot", Occasion::Unlabelled { label: label.to_owned() })
}

fn reviewers(logins: &[&str]) -> WaitsOn {
    WaitsOn::Reviewers(logins.iter().map(|login| (*login).to_owned()).collect())
}

fn author() -> WaitsOn {
    WaitsOn::Author("ada".to_owned())
}

/// On whom it waits, since which day, and how many days reviewers had it.
fn shows(steps: &[Step], day: i64) -> (WaitsOn, Option<i64>, i64) {
    let clock = clock(steps, day);
    let since = clock.since.map(|since| (since - on(0)).num_days());
    (clock.waits_on, since, clock.waited.num_days())
}

#[test]
fn before_anything_is_known_it_waits_on_nobody() {
    assert_eq!(shows(&[], 10), (WaitsOn::Nobody, None, 0));
}

#[test]
fn it_waits_on_reviewers_from_its_opening_by_name_once_they_are_asked() {
    assert_eq!(shows(&[opened(1)], 5), (reviewers(&[]), Some(1), 4));
    let asked = [opened(1), asks(2, "kubevirt-bot", "Bob"), asks(2, "kubevirt-bot", "cyd")];
    assert_eq!(shows(&asked, 5), (reviewers(&["Bob", "cyd"]), Some(1), 4), "names do not start it anew");
    let fewer = [&asked[..], &[step(3, "ada", Occasion::RequestRemoved { of: "bob".to_owned() })]].concat();
    assert_eq!(shows(&fewer, 5), (reviewers(&["cyd"]), Some(1), 4));
}

#[test]
fn a_draft_waits_on_its_author_until_it_is_ready() {
    let draft = step(1, "ada", Occasion::Opened { draft: true });
    let asked = [draft, asks(2, "ada", "bob")];
    assert_eq!(shows(&asked, 5), (author(), Some(1), 0));
    let ready = [&asked[..], &[step(6, "ada", Occasion::Ready)]].concat();
    assert_eq!(shows(&ready, 9), (reviewers(&["bob"]), Some(6), 3));
    let again = [&ready[..], &[step(8, "ada", Occasion::Draft)]].concat();
    assert_eq!(shows(&again, 9), (author(), Some(8), 2));
    let marked = [opened(1), labels(2, "do-not-merge/work-in-progress"), unlabels(4, "do-not-merge/work-in-progress")];
    assert_eq!(shows(&marked, 3), (author(), Some(2), 1));
    assert_eq!(shows(&marked, 6), (reviewers(&[]), Some(4), 3));
}

#[test]
fn time_in_which_the_author_owes_changes_is_taken_out() {
    let steps = [
        opened(1),
        asks(1, "kubevirt-bot", "bob"),
        reviews(4, "bob", ReviewState::ChangesRequested),
        pushes(10),
        reviews(12, "bob", ReviewState::Commented),
        comments(15, "ada"),
    ];
    assert_eq!(shows(&steps, 3), (reviewers(&["bob"]), Some(1), 2));
    assert_eq!(shows(&steps, 9), (author(), Some(4), 3));
    assert_eq!(shows(&steps, 11), (reviewers(&["bob"]), Some(10), 4), "he is to look again");
    assert_eq!(shows(&steps, 14), (author(), Some(12), 5));
    assert_eq!(shows(&steps, 20), (reviewers(&["bob"]), Some(15), 10), "the answer gives it back");
    let history: Vec<_> = clock(&steps, 20).spans.into_iter().map(|span| (span.waits_on, span.from)).collect();
    let expected = [
        (reviewers(&["bob"]), on(1)),
        (author(), on(4)),
        (reviewers(&["bob"]), on(10)),
        (author(), on(12)),
        (reviewers(&["bob"]), on(15)),
    ];
    assert_eq!(history, expected);
}

#[test]
fn an_answer_does_not_settle_changes_that_are_owed_but_a_new_request_does() {
    let owed = [opened(1), reviews(2, "bob", ReviewState::ChangesRequested), comments(3, "ada")];
    assert_eq!(shows(&owed, 5), (author(), Some(2), 1));
    let asked = [&owed[..], &[asks(6, "ada", "bob")]].concat();
    assert_eq!(shows(&asked, 8), (reviewers(&["bob"]), Some(6), 3));
    let more = [&owed[..], &[reviews(4, "cyd", ReviewState::Commented), comments(5, "ada")]].concat();
    assert_eq!(shows(&more, 6), (author(), Some(2), 1));
}

#[test]
fn the_last_who_wanted_changes_takes_them_back_by_approving() {
    let two = [
        opened(1),
        reviews(2, "bob", ReviewState::ChangesRequested),
        reviews(2, "cyd", ReviewState::ChangesRequested),
        reviews(4, "bob", ReviewState::Approved),
    ];
    assert_eq!(shows(&two, 5).0, author());
    let both = [&two[..], &[reviews(6, "CYD", ReviewState::Approved)]].concat();
    assert_eq!(shows(&both, 7), (reviewers(&[]), Some(6), 2));
}

#[test]
fn a_question_of_a_reviewer_waits_on_the_author_and_a_strangers_comment_changes_nothing() {
    let asked = [opened(1), asks(1, "kubevirt-bot", "bob")];
    let stranger = [&asked[..], &[comments(3, "eve")]].concat();
    assert_eq!(shows(&stranger, 5).0, reviewers(&["bob"]));
    let reviewer = [&asked[..], &[comments(3, "bob")]].concat();
    assert_eq!(shows(&reviewer, 5), (author(), Some(3), 2));
    let answered = [&reviewer[..], &[reviews(6, "ada", ReviewState::Commented)]].concat();
    assert_eq!(shows(&answered, 8), (reviewers(&["bob"]), Some(6), 4), "a reply within the review is an answer");
}

#[test]
fn robots_are_nobody() {
    for robot in ["kubevirt-bot", "K8s-CI-Robot", "dependabot[bot]", "my-bot"] {
        let steps =
            [opened(1), asks(1, "ada", robot), reviews(2, robot, ReviewState::ChangesRequested), comments(3, robot)];
        assert_eq!(shows(&steps, 5), (reviewers(&[]), Some(1), 4), "{robot}");
    }
    let rules = ClockRules { robots: vec!["tide".to_owned()], robot_endings: Vec::new(), ..ClockRules::default() };
    assert!(rules.is_robot("Tide") && !rules.is_robot("kubevirt-bot"));
    // Who reviews for a living may open pull requests, and robots do.
    let own =
        [step(1, "kubevirt-bot", Occasion::Opened { draft: false }), reviews(2, "bob", ReviewState::ChangesRequested)];
    let clock = review_clock("kubevirt-bot", &own, &ClockRules::default(), on(3));
    assert_eq!(clock.waits_on, WaitsOn::Author("kubevirt-bot".to_owned()));
}

#[test]
fn with_lgtm_and_approved_it_waits_on_nobody_unless_it_is_held() {
    let good = [opened(1), labels(3, "lgtm"), labels(5, "approved")];
    assert_eq!(shows(&good, 4), (reviewers(&[]), Some(1), 3));
    assert_eq!(shows(&good, 9), (WaitsOn::Nobody, Some(5), 4));
    let held = [&good[..], &[labels(6, "do-not-merge/hold")]].concat();
    assert_eq!(shows(&held, 9), (author(), Some(6), 4));
    assert_eq!(clock(&held, 9).votes, Votes { lgtm: true, approved: true, held: true });
    let released = [&held[..], &[unlabels(10, "do-not-merge/hold")]].concat();
    assert_eq!(shows(&released, 12).0, WaitsOn::Nobody);
    let pushed = [&released[..], &[pushes(13), unlabels(13, "lgtm")]].concat();
    assert_eq!(shows(&pushed, 15), (reviewers(&[]), Some(13), 6));
    let early = [opened(1), labels(2, "do-not-merge/hold")];
    assert_eq!(shows(&early, 5), (reviewers(&[]), Some(1), 4), "held is reviewed all the same");
}

#[test]
fn what_is_closed_or_merged_waits_on_nobody_until_it_is_opened_again() {
    let merged = [opened(1), step(3, "kubevirt-bot", Occasion::Merged)];
    assert_eq!(shows(&merged, 9), (WaitsOn::Nobody, Some(3), 2));
    let closed = [opened(1), step(3, "ada", Occasion::Closed), step(6, "ada", Occasion::Reopened)];
    assert_eq!(shows(&closed, 5), (WaitsOn::Nobody, Some(3), 2));
    assert_eq!(shows(&closed, 9), (reviewers(&[]), Some(6), 5));
}

#[test]
fn it_shows_on_the_pull_request() {
    let mut seen = pull(7, PullKind::Implementation, PullState::Open);
    let steps = [opened(1), asks(1, "ada", "bob"), step(9, "ada", Occasion::Merged)];
    clock(&steps, 5).show_on(&mut seen);
    let shown = (seen.waiting_on.clone(), seen.waiting_on_review, seen.waiting_since);
    assert_eq!(shown, (vec!["bob".to_owned()], true, Some(on(1))));
    clock(&steps, 12).show_on(&mut seen);
    assert_eq!((seen.waiting_on, seen.waiting_on_review, seen.waiting_since), (Vec::new(), false, None));
}

#[test]
fn what_is_given_twice_counts_once() {
    let steps = [opened(1), reviews(2, "bob", ReviewState::Commented), comments(3, "ada")];
    let twice = [&steps[..], &steps[..]].concat();
    assert_eq!(clock(&twice, 9), clock(&steps, 9));
    assert_eq!(clock(&steps, 9).waited, TimeDelta::days(7));
}
