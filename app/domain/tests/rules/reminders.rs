//! Of what, when and whom the tracker reminds (P-27).

use chrono::{TimeDelta, Utc};
use domain::{
    Concern, FreezeZone, Rule, Verdict,
    outgoing::{DigestLine, PERSONAL_LINK, digest_mail},
    reminder::{Audience, BEFORE_THE_SIG, Cadence, DAYS_BEFORE, Reminded, days_before, due, overdue},
};
use proptest::prelude::*;

use crate::support::*;

const DOCS: Concern = Concern::Requirement { rule: Rule::Docs };

/// Accepted, with an implementation that waits for its reviewer.
fn building() -> World {
    World::ready().then(110, code(7, domain::PullState::Open)).then(111, domain::Event::RepositoriesRead)
}

fn concerns(verdict: &Verdict) -> Vec<(Concern, u8)> {
    due(verdict, verdict.now).filter_map(|due| Some((due.waiting.concern, due.days?))).collect()
}

#[test]
fn it_is_time_at_14_7_3_and_1_days_and_never_once_the_deadline_has_passed() {
    let deadline = on(CF);
    let left = |hours: i64| days_before(deadline, deadline - TimeDelta::hours(hours));
    let told: Vec<_> = [15 * 24, 14 * 24, 8 * 24, 7 * 24, 4 * 24, 3 * 24, 2 * 24, 24, 1, 0, -1].map(left).into();
    let days = [None, Some(14), Some(14), Some(7), Some(7), Some(3), Some(3), Some(1), Some(1), None, None];
    assert_eq!(told, days);
}

#[test]
fn what_is_open_is_due_until_the_check_passes() {
    let world = building();
    assert_eq!(concerns(&world.verdict(on(CF - 20))), [], "there is more time");
    let implementation = Concern::Requirement { rule: Rule::Implementation };
    assert_eq!(concerns(&world.verdict(on(CF - 7))), [(implementation, 7), (DOCS, 7)]);
    let signed = world.clone().then(CF - 6, no_docs_needed());
    assert_eq!(concerns(&signed.verdict(on(CF - 3))), [(implementation, 3)]);
    assert_eq!(concerns(&World::built().verdict(on(CF - 3))), [], "everything passes");
    assert_eq!(concerns(&world.verdict(on(CF + 1))), [], "too late for a reminder");
}

fn late(verdict: &Verdict) -> Vec<(Concern, i64)> {
    overdue(verdict, verdict.now).map(|due| (due.waiting.concern, (verdict.now - due.deadline).num_days())).collect()
}

#[test]
fn what_is_overdue_is_what_still_changes_something_and_ends_with_the_release() {
    let world = building();
    let code = domain::Freeze::Code;
    assert_eq!(late(&world.verdict(on(CF - 1))), [], "the deadline is ahead");
    assert_eq!(
        late(&world.verdict(on(CF + 3))),
        [(Concern::Missed { freeze: code }, 3)],
        "an exception alone heals it"
    );
    assert_eq!(late(&world.clone().then(CF + 1, removed()).verdict(on(CF + 3))), [], "nobody can act");
    assert_eq!(late(&world.verdict(on(GA + 1))), [], "the release is out");
    let pending = world.clone().then(CF - 2, asked(1, code)).verdict(on(CF + 3));
    let open: Vec<_> = late(&pending).into_iter().map(|(concern, _)| concern).collect();
    let implementation = Concern::Requirement { rule: Rule::Implementation };
    assert!(open.contains(&implementation) && open.contains(&DOCS), "under a grant it would be in time: {open:?}");
    assert_eq!(late(&World::ready().verdict(on(CF + 3))), [], "what nobody could read waits on nobody");
}

#[test]
fn what_has_ended_is_silent_and_a_granted_exception_reminds_before_its_own_end() {
    assert_eq!(concerns(&building().then(CF - 9, removed()).verdict(on(CF - 3))), []);
    assert_eq!(concerns(&building().then(CF - 9, rejected()).verdict(on(CF - 3))), []);
    let granted = building().then(CF - 9, asked(1, domain::Freeze::Code)).then(CF - 8, granted(1, CF + 9));
    assert_eq!(concerns(&granted.verdict(on(CF - 8))), [], "17 days are left");
    assert!(concerns(&granted.verdict(on(CF + 3))).iter().all(|(_, days)| *days == 7));
    assert!(!concerns(&granted.verdict(on(CF + 3))).is_empty());
}

#[test]
fn who_decides_a_request_is_reminded_of_it_before_the_freeze() {
    let asked = building().then(CF - 5, asked(1, domain::Freeze::Code)).verdict(on(CF - 2));
    let request = due(&asked, asked.now).find(|due| matches!(due.waiting.concern, Concern::Request { .. })).unwrap();
    assert_eq!((request.deadline, request.days), (on(CF), Some(3)));
    assert_eq!(request.waiting.who, domain::Who::ReleaseTeam);
}

/// What was sent about the docs, day by day.
fn sent(verdicts: &[(i64, Verdict)]) -> Vec<(i64, Audience)> {
    let mut earlier = Vec::new();
    let mut told = Vec::new();
    for (day, verdict) in verdicts {
        for due in due(verdict, verdict.now).filter(|due| due.waiting.concern == DOCS) {
            if let Some(audience) = due.audience(&earlier) {
                told.push((*day, audience));
                earlier.push(Reminded { concern: DOCS, deadline: due.deadline, days: due.days.unwrap() });
            }
        }
    }
    told
}

#[test]
fn it_is_said_once_at_each_step_and_reaches_the_sig_after_two() {
    let world = building();
    let days: Vec<_> = (CF - 20..CF + 5).map(|day| (day, world.verdict(on(day)))).collect();
    let own = [(CF - 14, Audience::Own), (CF - 7, Audience::Own)];
    let with_sig = [(CF - 3, Audience::WithSig), (CF - 1, Audience::WithSig)];
    assert_eq!(sent(&days), [own, with_sig].concat());
}

#[test]
fn who_was_away_gets_one_reminder_and_not_those_that_were_missed() {
    let world = building();
    assert_eq!(sent(&[(CF - 2, world.verdict(on(CF - 2)))]), [(CF - 2, Audience::Own)]);
}

#[test]
fn a_mail_a_week_is_a_mail_a_week() {
    let now = on(50);
    assert!(Cadence::Weekly.allows(None, now));
    assert!(!Cadence::Weekly.allows(Some(now - TimeDelta::days(6)), now));
    assert!(Cadence::Weekly.allows(Some(now - TimeDelta::days(7)), now));
    assert!(Cadence::AsDue.allows(Some(now), now) && !Cadence::Never.allows(None, now));
    assert!(Cadence::ALL.iter().all(|cadence| Cadence::of_slug(cadence.slug()) == Some(*cadence)));
}

#[test]
fn the_digest_says_what_to_do_until_when_where_and_how_to_stop_it() {
    let line = |what: &str, after: &[&str]| DigestLine {
        proposal: "CEP 4702: Flaky tests by lane".to_owned(),
        release: V,
        what: what.to_owned(),
        why: "No docs PR is linked.".to_owned(),
        deadline: "2026-10-22T12:00:00Z".parse().unwrap(),
        role: "owner".to_owned(),
        after: after.iter().map(|login| (*login).to_owned()).collect(),
        href: "/cep/4702".to_owned(),
    };
    let now = "2026-10-19T12:00:00Z".parse::<chrono::DateTime<Utc>>().unwrap();
    let lines = [line("Open a documentation PR", &[]), line("Merge the implementation", &["ada"])];
    let mail = digest_mail("nora", &lines, FreezeZone::ANYWHERE_ON_EARTH, "https://ceps.example.org", now);
    assert_eq!(mail.subject, "2 things wait on you, the first until 21 Oct AoE");
    assert_eq!(mail.body, DIGEST);
    assert_eq!(mail.body.matches(PERSONAL_LINK).count(), 1);
    let one = digest_mail("nora", &lines[..1], FreezeZone::ANYWHERE_ON_EARTH, "https://ceps.example.org", now);
    assert_eq!(one.subject, "[v1.10] CEP 4702: Flaky tests by lane until 21 Oct AoE: Open a documentation PR");
}

#[test]
fn a_digest_tells_what_is_overdue_first() {
    let line = |deadline: &str, what: &str| DigestLine {
        proposal: "CEP 4702: Flaky tests by lane".to_owned(),
        release: V,
        what: what.to_owned(),
        why: String::new(),
        deadline: deadline.parse().unwrap(),
        role: "owner".to_owned(),
        after: Vec::new(),
        href: "/cep/4702".to_owned(),
    };
    let now = "2026-10-19T12:00:00Z".parse::<chrono::DateTime<Utc>>().unwrap();
    let lines = [line("2026-10-16T12:00:00Z", "Ask for an exception"), line("2026-10-22T12:00:00Z", "Open a docs PR")];
    let mail = digest_mail("nora", &lines, FreezeZone::ANYWHERE_ON_EARTH, "https://ceps.example.org", now);
    assert_eq!(mail.subject, "2 things wait on you, 1 overdue");
    assert!(mail.body.contains("these wait on you, overdue or due soon:"), "{}", mail.body);
    assert!(mail.body.contains("Until 15 Oct AoE (overdue by 3 days), as owner."), "{}", mail.body);
    let soon = now + TimeDelta::days(-1);
    assert_eq!(domain::words::overdue(soon, now), "overdue by 1 day");
    assert_eq!(domain::words::overdue(now, now), "overdue by less than a day");
}

const DIGEST: &str = "\
Hello @nora,

these wait on you and are due soon:

CEP 4702: Flaky tests by lane, v1.10
------------------------------------
Open a documentation PR
No docs PR is linked.
Until 21 Oct AoE (3 days left), as owner.
https://ceps.example.org/cep/4702

CEP 4702: Flaky tests by lane, v1.10
------------------------------------
Merge the implementation
No docs PR is linked.
Until 21 Oct AoE (3 days left), as owner.
It reaches you because reminders to @ada have not helped.
https://ceps.example.org/cep/4702

Everything that waits on you: https://ceps.example.org/me
How often this comes: https://ceps.example.org/me#reminders
No more of these mails: (a link of your own)
";

proptest! {
    /// However often it is looked, each step reminds at most once, and the SIG only after two.
    #[test]
    fn nobody_is_reminded_twice_of_the_same_at_the_same_step(hours in proptest::collection::btree_set(0_i64..480, 1..60)) {
        let world = building();
        let verdicts: Vec<_> =
            hours.iter().rev().map(|left| (*left, world.verdict(on(CF) - TimeDelta::hours(*left)))).collect();
        let told = sent(&verdicts);
        prop_assert!(told.len() <= DAYS_BEFORE.len());
        for (place, (_, audience)) in told.iter().enumerate() {
            prop_assert_eq!(*audience == Audience::WithSig, place >= BEFORE_THE_SIG);
        }
    }
}
