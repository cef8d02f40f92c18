//! What holds for every life of a pull request.

use chrono::TimeDelta;
use domain::{ClockRules, Occasion, ReviewState, Step, review_clock};
use proptest::{prelude::*, sample::select};

use crate::{review::step, support::on};

fn occasion() -> impl Strategy<Value = Occasion> {
    let login = || select(vec!["ada", "bob", "cyd", "kubevirt-bot"]).prop_map(str::to_owned);
    let label = || {
        select(vec!["lgtm", "approved", "do-not-merge/hold", "do-not-merge/work-in-progress"]).prop_map(str::to_owned)
    };
    let states = select(vec![ReviewState::Approved, ReviewState::ChangesRequested, ReviewState::Commented]);
    prop_oneof![
        2 => any::<bool>().prop_map(|draft| Occasion::Opened { draft }),
        1 => select(vec![Occasion::Reopened, Occasion::Draft, Occasion::Ready, Occasion::Closed, Occasion::Merged]),
        2 => login().prop_map(|of| Occasion::ReviewRequested { of }),
        1 => login().prop_map(|of| Occasion::RequestRemoved { of }),
        3 => select(vec![Occasion::Commented, Occasion::Pushed]),
        4 => states.prop_map(|state| Occasion::Reviewed { state }),
        2 => label().prop_map(|label| Occasion::Labelled { label }),
        1 => label().prop_map(|label| Occasion::Unlabelled { label }),
    ]
}

/// A life of forty days, with many things on one day.
fn life() -> impl Strategy<Value = Vec<Step>> {
    let people = select(vec!["ada", "bob", "cyd", "eve", "kubevirt-bot"]);
    prop::collection::vec((0..40_i64, people, occasion()).prop_map(|(day, by, what)| step(day, by, what)), 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_wait_is_negative_or_longer_than_the_life(steps in life(), day in 0..60_i64) {
        let clock = review_clock("ada", &steps, &ClockRules::default(), on(day));
        let first = steps.iter().map(|step| step.at).filter(|at| *at <= on(day)).min();
        let most = first.map_or(TimeDelta::zero(), |first| on(day) - first);
        prop_assert!(clock.waited >= TimeDelta::zero() && clock.waited <= most);
        prop_assert!(clock.since.is_none_or(|since| since <= on(day)));
        prop_assert_eq!(clock.since.is_some(), first.is_some());
    }

    #[test]
    fn the_order_in_which_things_are_told_does_not_matter(steps in life().prop_shuffle(), day in 0..60_i64) {
        let rules = ClockRules::default();
        let clock = review_clock("ada", &steps, &rules, on(day));
        let mut other = steps.clone();
        other.reverse();
        prop_assert_eq!(review_clock("ada", &other, &rules, on(day)), clock);
    }

    #[test]
    fn what_is_later_than_now_does_not_count(steps in life(), day in 0..60_i64) {
        let rules = ClockRules::default();
        let past: Vec<_> = steps.iter().filter(|step| step.at <= on(day)).cloned().collect();
        let (all, past) = (review_clock("ada", &steps, &rules, on(day)), review_clock("ada", &past, &rules, on(day)));
        prop_assert_eq!(all, past);
    }

    #[test]
    fn spans_follow_each_other_without_gaps_and_each_is_another(steps in life()) {
        let clock = review_clock("ada", &steps, &ClockRules::default(), on(60));
        for (one, next) in clock.spans.iter().zip(clock.spans.iter().skip(1)) {
            prop_assert_eq!(one.until, Some(next.from));
            prop_assert!(one.from < next.from && one.since <= one.from);
            prop_assert!(one.waits_on != next.waits_on);
        }
        prop_assert!(clock.spans.last().is_none_or(|last| last.until.is_none()));
    }

    #[test]
    fn a_span_that_is_told_is_what_the_clock_showed_then(steps in life(), day in 0..60_i64) {
        let rules = ClockRules::default();
        let clock = review_clock("ada", &steps, &rules, on(60));
        let then = review_clock("ada", &steps, &rules, on(day));
        let span = clock.spans.iter().rev().find(|span| span.from <= on(day));
        prop_assert_eq!(span.map(|span| (&span.waits_on, span.since)), then.since.map(|since| (&then.waits_on, since)));
    }
}
