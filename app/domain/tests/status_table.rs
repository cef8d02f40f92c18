//! P-12, row by row: every combination of what a status depends on has exactly one, and it is the one the process says.
//!
//! The table is the process in words, written by hand and read line by line; it knows nothing of the code. Its first
//! matching row tells the status. `*` is anything, `/` is or, `-` is none.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use chrono::{DateTime, Utc};
use domain::{
    Departure, Ending, FreezeSituation, FreezeZone, Outcome, ReleaseVersion, Request, Situation, Timing, status,
};

const COLUMNS: [(&str, &[&str]); 12] = [
    ("decision", &["-", "rejected", "withdrawn", "replaced", "deprecated", "deferred"]),
    ("linked", &["yes", "no"]),
    ("left", &["-", "retargeted", "removed"]),
    ("accepted", &["yes", "no"]),
    ("GA", &["ahead", "past"]),
    ("EF", &["ahead", "passed", "undated"]),
    ("result", &["pass", "fail", "unknown"]),
    ("request", &["-", "asked", "granted", "denied"]),
    ("CF", &["ahead", "passed", "undated"]),
    ("result", &["pass", "fail", "unknown"]),
    ("request", &["-", "asked", "granted", "denied"]),
    ("landed", &["pass", "fail", "unknown"]),
];

/// The EF grant runs until 5 Oct, the CF grant until 27 Oct; GA "ahead" includes a GA without a date.
const TABLE: &str = "
decision   linked left       accepted GA    | EF      result       request | CF      result       request | landed  => status

# 1: a decision on the proposal is in force
rejected   *      *          *        *     | *       *            *       | *       *            *       | *       => Rejected
withdrawn  *      *          *        *     | *       *            *       | *       *            *       | *       => Withdrawn
replaced   *      *          *        *     | *       *            *       | *       *            *       | *       => Replaced by 4711
deprecated *      *          *        *     | *       *            *       | *       *            *       | *       => Deprecated
deferred   *      *          *        *     | *       *            *       | *       *            *       | *       => Deferred

# 2: no target, and no decision links proposal and release
-          no     *          *        *     | *       *            *       | *       *            *       | *       => Not targeted

# 3: ended for this release
-          yes    retargeted *        *     | *       *            *       | *       *            *       | *       => Retargeted to v1.11
-          yes    removed    *        *     | *       *            *       | *       *            *       | *       => Removed from Milestone

# 4: not accepted; after GA requests and grants no longer count; only requests for EF can bring it in
-          yes    -          no       past  | *       *            *       | *       *            *       | *       => Not accepted
-          yes    -          no       ahead | passed  *            granted | *       *            *       | *       => Exception until 5 Oct (EF)
-          yes    -          no       ahead | *       *            granted | passed  *            *       | *       => Exception until 5 Oct (EF)
-          yes    -          no       ahead | passed  *            asked   | *       *            *       | *       => Exception pending (EF)
-          yes    -          no       ahead | *       *            asked   | passed  *            *       | *       => Exception pending (EF)
-          yes    -          no       ahead | passed  *            *       | *       *            *       | *       => Not accepted
-          yes    -          no       ahead | *       *            *       | passed  *            *       | *       => Not accepted
-          yes    -          no       ahead | *       *            *       | *       *            *       | *       => Proposed for consideration

# 5: gate passed, fail, no grant, nothing undecided; EF before CF
-          yes    -          yes      ahead | passed  fail         denied  | *       *            *       | *       => Exception denied (EF)
-          yes    -          yes      ahead | passed  fail         -       | *       *            *       | *       => Exception required (EF)
-          yes    -          yes      ahead | *       *            *       | passed  fail         denied  | *       => Exception denied (CF)
-          yes    -          yes      ahead | *       *            *       | passed  fail         -       | *       => Exception required (CF)
-          yes    -          yes      past  | passed  fail         *       | *       *            *       | *       => Missed (EF)
-          yes    -          yes      past  | *       *            *       | passed  fail         *       | *       => Missed (CF)

# 6: the same with unknown
-          yes    -          yes      ahead | passed  unknown      -/denied| *       *            *       | *       => Not verified, due (EF)
-          yes    -          yes      ahead | *       *            *       | passed  unknown      -/denied| *       => Not verified, due (CF)
-          yes    -          yes      past  | passed  unknown      *       | *       *            *       | *       => Not verified (EF)
-          yes    -          yes      past  | *       *            *       | passed  unknown      *       | *       => Not verified (CF)

# 7: gate passed unmet, undecided
-          yes    -          yes      ahead | passed  fail/unknown asked   | *       *            *       | *       => Exception pending (EF)
-          yes    -          yes      ahead | *       *            *       | passed  fail/unknown asked   | *       => Exception pending (CF)

# 8: gate passed unmet, grant running
-          yes    -          yes      ahead | passed  fail/unknown granted | *       *            *       | *       => Exception until 5 Oct (EF)
-          yes    -          yes      ahead | *       *            *       | passed  fail/unknown granted | *       => Exception until 27 Oct (CF)

# 9: the next freeze has no date (whatever has passed is met from here on)
-          yes    -          yes      *     | undated *            *       | *       *            *       | *       => No date (EF)
-          yes    -          yes      *     | passed  pass         *       | undated *            *       | *       => No date (CF)

# 10: next freeze ahead, not pass, grant or undecided
-          yes    -          yes      ahead | ahead   fail/unknown granted | *       *            *       | *       => Exception until 5 Oct (EF)
-          yes    -          yes      ahead | ahead   fail/unknown asked   | *       *            *       | *       => Exception pending (EF)
-          yes    -          yes      ahead | passed  pass         *       | ahead   fail/unknown granted | *       => Exception until 27 Oct (CF)
-          yes    -          yes      ahead | passed  pass         *       | ahead   fail/unknown asked   | *       => Exception pending (CF)

# 11: next freeze ahead
-          yes    -          yes      *     | ahead   pass         *       | *       *            *       | *       => Ready for EF
-          yes    -          yes      *     | ahead   fail         *       | *       *            *       | *       => Not ready for EF
-          yes    -          yes      *     | ahead   unknown      *       | *       *            *       | *       => Not verified for EF
-          yes    -          yes      *     | passed  pass         *       | ahead   pass         *       | *       => Ready for CF
-          yes    -          yes      *     | passed  pass         *       | ahead   fail         *       | *       => Not ready for CF
-          yes    -          yes      *     | passed  pass         *       | ahead   unknown      *       | *       => Not verified for CF

# 12: both met
-          yes    -          yes      ahead | passed  pass         *       | passed  pass         *       | *       => Complete
-          yes    -          yes      past  | passed  pass         *       | passed  pass         *       | pass    => Shipped
-          yes    -          yes      past  | passed  pass         *       | passed  pass         *       | fail    => Complete, not landed
-          yes    -          yes      past  | passed  pass         *       | passed  pass         *       | unknown => Complete, landing not verified
";

/// For each column the values that match, as bits; and the status.
type Row = ([u8; 12], &'static str);

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).skip(1);
    lines
        .map(|line| {
            let (pattern, expected) = line.split_once("=>").unwrap();
            let pattern = pattern.replace('|', " ");
            let cells: Vec<_> = pattern.split_whitespace().collect();
            assert_eq!(cells.len(), COLUMNS.len(), "{line}");
            let mut masks = [0; 12];
            for ((mask, cell), (column, values)) in masks.iter_mut().zip(cells).zip(COLUMNS) {
                for wanted in cell.split('/') {
                    let known = wanted == "*" || values.contains(&wanted);
                    assert!(known, "{wanted} is no value of {column} in {line}");
                    for (bit, _) in values.iter().enumerate().filter(|(_, value)| wanted == "*" || **value == wanted) {
                        *mask |= 1 << bit;
                    }
                }
            }
            (masks, expected.trim())
        })
        .collect()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn outcome(value: &str) -> Outcome {
    match value {
        "pass" => Outcome::Pass,
        "fail" => Outcome::Fail,
        _ => Outcome::Unknown,
    }
}

fn freeze(timing: &str, result: &str, request: &str, until: &str) -> FreezeSituation {
    FreezeSituation {
        timing: match timing {
            "ahead" => Timing::Ahead,
            "passed" => Timing::Passed,
            _ => Timing::NoDate,
        },
        result: outcome(result),
        request: match request {
            "asked" => Request::Undecided,
            "granted" => Request::Granted(instant(until)),
            "denied" => Request::Denied,
            _ => Request::None,
        },
    }
}

fn situation(v: [&str; 12]) -> Situation {
    Situation {
        ending: match v[0] {
            "rejected" => Some(Ending::Rejected),
            "withdrawn" => Some(Ending::Withdrawn),
            "replaced" => Some(Ending::Replaced(Some(4711))),
            "deprecated" => Some(Ending::Deprecated),
            "deferred" => Some(Ending::Deferred),
            _ => None,
        },
        linked: v[1] == "yes",
        departure: match v[2] {
            "retargeted" => Some(Departure::Retargeted(ReleaseVersion::new(1, 11))),
            "removed" => Some(Departure::Removed),
            _ => None,
        },
        accepted: v[3] == "yes",
        released: v[4] == "past",
        enhancement: freeze(v[5], v[6], v[7], "2026-10-06T12:00:00Z"),
        code: freeze(v[8], v[9], v[10], "2026-10-28T12:00:00Z"),
        landed: outcome(v[11]),
    }
}

/// All combinations, as places in the columns' values.
fn combinations() -> impl Iterator<Item = [usize; 12]> {
    let all: usize = COLUMNS.iter().map(|(_, values)| values.len()).product();
    (0..all).map(|mut number| {
        COLUMNS.map(|(_, values)| {
            let place = number % values.len();
            number /= values.len();
            place
        })
    })
}

#[test]
fn every_combination_has_exactly_the_status_of_the_table() {
    let rows = rows();
    let mut used = vec![0_usize; rows.len()];
    let mut checked = 0;
    for places in combinations() {
        let matches = |(masks, _): &Row| masks.iter().zip(places).all(|(mask, place)| mask & (1 << place) != 0);
        let values: [&str; 12] = std::array::from_fn(|column| COLUMNS[column].1[places[column]]);
        let row = rows.iter().position(matches).unwrap_or_else(|| panic!("no row for {values:?}"));
        used[row] += 1;
        checked += 1;
        let found = status(&situation(values)).words(FreezeZone::ANYWHERE_ON_EARTH);
        assert_eq!(found, rows[row].1, "{values:?}");
    }
    let idle: Vec<_> = rows.iter().zip(&used).filter(|(_, count)| **count == 0).map(|(row, _)| row.1).collect();
    assert!(idle.is_empty(), "rows that nothing reaches: {idle:?}");
    assert_eq!((rows.len(), checked), (46, 559_872));
}

#[test]
fn every_status_has_a_row_and_every_freeze_status_one_per_freeze() {
    let mut expected: Vec<_> = rows().into_iter().map(|(_, status)| status).collect();
    expected.sort_unstable();
    expected.dedup();
    assert_eq!(expected.len(), 36, "{expected:#?}");
}
