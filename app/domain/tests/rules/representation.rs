//! P-25: who speaks for whom in which week, and the gaps.

use domain::{
    Week,
    representation::{Gap, Representative, Seat, gaps},
};

fn week(text: &str) -> Week {
    text.parse().unwrap()
}

fn sits(seat: &Seat, login: &str, from: &str, to: Option<&str>) -> Representative {
    Representative { seat: seat.clone(), login: login.to_owned(), from: week(from), to: to.map(week) }
}

fn sig() -> Seat {
    Seat::Sig("sig-ci".to_owned())
}

#[test]
fn nothing_is_flagged_until_somebody_was_ever_named() {
    assert_eq!(gaps(&[], week("2026-W41")), []);
    let past = [sits(&sig(), "ada", "2026-W01", Some("2026-W02"))];
    let gap = Gap { seat: sig(), from: week("2026-W41"), to: week("2026-W45") };
    assert_eq!(gaps(&past, week("2026-W41")), [gap], "once kept, it has to be kept");
}

#[test]
fn a_gap_is_flagged_four_weeks_ahead_and_told_as_one() {
    let roster = [
        sits(&sig(), "ada", "2026-W40", Some("2026-W42")),
        sits(&sig(), "bob", "2026-W45", None),
        sits(&Seat::ReleaseTeam, "rel", "2026-W30", None),
    ];
    let found = gaps(&roster, week("2026-W41"));
    assert_eq!(found, [Gap { seat: sig(), from: week("2026-W43"), to: week("2026-W44") }]);
    assert_eq!(found[0].weeks(), "2026-W43 to 2026-W44");
    assert_eq!(gaps(&roster[1..], week("2026-W45")), []);
    assert_eq!(gaps(&roster[..1], week("2026-W38")).len(), 1, "W38 and W39, before anybody");
}

#[test]
fn two_do_not_have_one_seat_in_one_week() {
    let ada = sits(&sig(), "ada", "2026-W40", Some("2026-W42"));
    assert!(ada.overlaps(&sits(&sig(), "bob", "2026-W42", None)));
    assert!(!ada.overlaps(&sits(&sig(), "bob", "2026-W43", None)));
    assert!(!ada.overlaps(&sits(&Seat::ReleaseTeam, "bob", "2026-W42", None)));
    assert!(sits(&sig(), "bob", "2026-W30", None).overlaps(&ada));
    assert_eq!(ada.weeks(), "from 2026-W40 to 2026-W42");
}

#[test]
fn a_seat_is_written_as_forms_name_it() {
    for seat in [sig(), Seat::ReleaseTeam] {
        assert_eq!(Seat::of_slug(seat.slug()), seat);
    }
    let json = serde_json::to_value(sits(&sig(), "ada", "2026-W40", None)).unwrap();
    assert_eq!(json["seat"], serde_json::json!({ "sig": "sig-ci" }));
}
