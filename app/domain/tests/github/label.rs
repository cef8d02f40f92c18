//! Whether a pull request should carry the label of approved work: every case of P-28.

use domain::{Entitled, Event, Freeze, LabelVerdict, Outcome, Pull, PullKind, PullState, Source, label_verdict};

use crate::support::*;

const LABEL: &str = "approved-vep";

fn asks(freeze: Option<Freeze>, covers: &[&str]) -> Event {
    let Event::ExceptionSent { request, release, requester, justification, until, impact, .. } = asked(1, Freeze::Code)
    else {
        unreachable!()
    };
    let covers = covers.iter().map(|covered| (*covered).to_owned()).collect();
    Event::ExceptionSent { request, release, freeze, requester, justification, until, impact, covers }
}

fn judged(world: &World, pull: &Pull, day: i64) -> LabelVerdict {
    let (verdict, known) = (world.verdict(on(day)), world.history.at(on(day)));
    let requests = known.participation(V, &world.dates).requests;
    let entitled = Entitled { source: &world.source, verdict: &verdict, dates: &world.dates, requests: &requests };
    label_verdict(pull, LABEL, &[entitled])
}

fn implementation() -> Pull {
    pull(7, PullKind::Implementation, PullState::Open)
}

fn covered(day: i64, freeze: Option<Freeze>, until: i64) -> World {
    World::ready().then(day, asks(freeze, &["KubeVirt/project-infra#7"])).then(day + 1, granted(1, until))
}

fn vep() -> Source {
    Source { work_after_code_freeze: true, ..cep() }
}

#[test]
fn every_case_has_its_answer() {
    let (pass, fail, unknown) = (Outcome::Pass, Outcome::Fail, Outcome::Unknown);
    let missed = World::new().document(1, document()).then(2, issue()).then(10, accepted());
    let unseen = World::new().document(1, document()).then(10, accepted()).then(10, committed());
    let late = missed.clone().then(EF + 1, asked(1, Freeze::Enhancement)).then(EF + 2, granted(1, EF + 20));
    let removed_ = covered(145, Some(Freeze::Code), CF + 10).then(CF + 1, removed());
    let cases = [
        ("before the freeze of enhancements", World::ready(), 50, pass),
        ("between the freezes", World::ready(), 120, pass),
        ("not tracked", World::new().document(1, document()).then(2, issue()), 50, fail),
        ("removed", World::ready().then(110, removed()), 120, fail),
        ("enhancement freeze ahead and not ready", missed.clone(), 50, pass),
        ("enhancement freeze missed", missed, 120, fail),
        ("enhancement freeze not verified", unseen, 120, unknown),
        ("enhancement freeze missed, exception granted", late.clone(), EF + 5, pass),
        ("enhancement freeze missed, exception over", late, EF + 20, fail),
        ("code freeze passed", World::ready(), CF, fail),
        ("code freeze passed, work goes on", World::ready().of(vep()), CF, pass),
        ("thawed", World::ready().of(vep()), THAW, fail),
        ("covered by a grant", covered(145, Some(Freeze::Code), CF + 4), CF + 2, pass),
        ("covered by a grant after the thaw", covered(145, Some(Freeze::Code), THAW + 4), THAW + 2, pass),
        ("covered by a grant for an edge case", covered(145, None, THAW + 4), THAW + 2, pass),
        ("covered by a grant that is over", covered(145, Some(Freeze::Code), CF + 4), CF + 4, fail),
        ("covered, but removed since", removed_, CF + 2, fail),
        (
            "covered, but moved since",
            covered(145, Some(Freeze::Code), CF + 10).then(CF + 1, moved(V, NEXT)),
            CF + 2,
            fail,
        ),
        (
            "covered, but withdrawn since",
            covered(145, Some(Freeze::Code), CF + 10).then(CF + 1, withdrawn()),
            CF + 2,
            fail,
        ),
        ("covered, but released", covered(145, Some(Freeze::Code), GA + 9), GA, fail),
        ("no date for the code freeze", World::ready().dated(|dates| dates.code_freeze = None), 170, pass),
        ("released without a code freeze", World::ready().dated(|dates| dates.code_freeze = None), GA, fail),
        ("no thaw, work goes on", World::ready().of(vep()).dated(|dates| dates.thaw = None), THAW + 3, pass),
    ];
    for (case, world, day, expected) in cases {
        let label = judged(&world, &implementation(), day);
        assert_eq!(label.should, expected, "{case}: {:#?}", label.conditions);
        assert!(label.until.is_none_or(|until| until > on(day)), "{case}");
        assert!(label.until.is_none() || label.should == pass, "{case}");
    }
}

#[test]
fn only_open_implementation_carries_it_unless_a_grant_names_it() {
    let world = World::ready();
    for state in [PullState::Merged, PullState::Closed] {
        assert_eq!(judged(&world, &pull(7, PullKind::Implementation, state), 50).should, Outcome::Fail);
    }
    for kind in [PullKind::Proposal, PullKind::Docs, PullKind::Bug, PullKind::Unrelated] {
        assert_eq!(judged(&world, &pull(7, kind, PullState::Open), 50).should, Outcome::Fail, "{kind:?}");
    }
    let grant = covered(145, Some(Freeze::Code), CF + 4);
    assert_eq!(judged(&grant, &pull(7, PullKind::Bug, PullState::Open), CF + 2).should, Outcome::Pass);
    assert_eq!(judged(&grant, &pull(8, PullKind::Implementation, PullState::Open), CF + 2).should, Outcome::Fail);
    let other = Pull { repository: "kubevirt/kubevirt".to_owned(), ..implementation() };
    assert_eq!(judged(&grant, &other, CF + 2).should, Outcome::Fail);
    assert_eq!(judged(&world, &Pull { release: NEXT, ..implementation() }, 50).should, Outcome::Fail);
    assert_eq!(label_verdict(&implementation(), LABEL, &[]).should, Outcome::Fail);
}

#[test]
fn the_verdict_says_why_condition_by_condition() {
    let label = judged(&World::ready(), &implementation(), CF);
    let told: Vec<_> = label.conditions.iter().map(|c| (c.text.as_str(), c.outcome)).collect();
    assert_eq!(
        told,
        [
            ("It is open.", Outcome::Pass),
            ("It is an implementation PR.", Outcome::Pass),
            ("Its proposal is tracked for v1.10.", Outcome::Pass),
            ("The Enhancement Freeze was met.", Outcome::Pass),
            ("The Code Freeze has passed.", Outcome::Fail),
            ("No running exception names it.", Outcome::Fail),
        ]
    );
    assert_eq!(label.words(), "It should not carry `approved-vep`.");
    let grant = judged(&covered(145, Some(Freeze::Code), CF + 4), &implementation(), CF + 2);
    assert_eq!(grant.conditions.last().unwrap().text, "An exception that names it runs until 3 Jun.");
}

#[test]
fn it_says_until_when_a_yes_stands() {
    let until = |world: &World, day| judged(world, &implementation(), day).until;
    assert_eq!(until(&World::ready(), 50), Some(on(CF)));
    assert_eq!(until(&World::ready().of(vep()), 50), Some(on(THAW)));
    let unready = World::new().document(1, document()).then(2, issue()).then(10, accepted());
    assert_eq!(until(&unready, 50), Some(on(EF)), "as things stand it will miss the freeze");
    assert_eq!(until(&covered(145, Some(Freeze::Code), CF + 4), 147), Some(on(CF + 4)), "the grant reaches further");
    assert_eq!(until(&covered(145, Some(Freeze::Code), CF + 4).of(vep()), 147), Some(on(THAW)));
    assert_eq!(until(&covered(145, Some(Freeze::Code), CF + 4), CF + 2), Some(on(CF + 4)));
    assert_eq!(until(&World::ready(), CF), None);
    let undated = World::ready().dated(|dates| (dates.code_freeze, dates.ga) = (None, None));
    assert_eq!((judged(&undated, &implementation(), 120).should, until(&undated, 120)), (Outcome::Pass, None));
}

#[test]
fn it_is_compared_with_what_the_pull_request_carries() {
    let carrying = Pull { labels: vec![LABEL.to_owned()], ..implementation() };
    let due = judged(&World::ready(), &implementation(), 50);
    assert!(!due.carries && !due.agrees());
    assert!(judged(&World::ready(), &carrying, 50).agrees());
    assert!(!judged(&World::ready(), &carrying, CF).agrees());
    let unseen = World::new().document(1, document()).then(10, accepted()).then(10, committed());
    assert!(judged(&unseen, &carrying, 120).agrees(), "what cannot be told changes nothing");
}
