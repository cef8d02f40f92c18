//! P-6, P-15, P-18: which decisions end which participations, and what lifts them.

use domain::{DocumentReading, DocumentStatus, Event, Freeze, PullState};

use crate::support::*;

/// What is decided on a day, in words; each word is one event, a day apart, beginning on day 20.
fn tell(script: &str) -> World {
    let script = script.split_whitespace().enumerate();
    script.fold(World::new().document(1, document()), |world, (place, word)| {
        let day = 20 + i64::try_from(place).unwrap();
        match word {
            "accept" => world.then(day, accepted()),
            "readmit" => world.then(day, readmitted()),
            "remove" => world.then(day, removed()),
            "leave" => world.then(day, moved(V, NEXT)),
            "come" => world.then(day, moved(NEXT, V)),
            "defer" => world.then(day, deferred()),
            "deprecate" => world.then(day, deprecated()),
            "reject" => world.then(day, rejected()),
            "withdraw" => world.then(day, withdrawn()),
            "replace" => world.then(day, replaced()),
            "ask" => world.then(day, asked(1, Freeze::Enhancement)),
            "grant" => world.then(day, granted(1, EF + 10)),
            "undo" => world.undone(day),
            "doc-defers" => world.document(day, with_status(DocumentStatus::Deferred)),
            "doc-deprecates" => world.document(day, with_status(DocumentStatus::Deprecated)),
            "doc-rejects" => world.document(day, with_status(DocumentStatus::Rejected)),
            "doc-withdraws" => world.document(day, with_status(DocumentStatus::Withdrawn)),
            "doc-goes-on" => world.document(day, with_status(DocumentStatus::Implementable)),
            "doc-edits-deferred" => {
                let reading = DocumentReading { history: Vec::new(), ..with_status(DocumentStatus::Deferred) };
                world.document(day, reading)
            }
            other => panic!("nobody knows how to {other}"),
        }
    })
}

/// "tracked" and "open" stand for whatever an accepted, or a merely proposed, participation is at that point.
fn outcome(script: &str) -> String {
    let verdict = tell(script).verdict(on(40));
    match verdict.words.as_str() {
        _ if verdict.tracked => "tracked".to_owned(),
        "Proposed for consideration" => "open".to_owned(),
        words => words.to_owned(),
    }
}

fn holds(table: &str) {
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        let (script, expected) = line.split_once("=>").unwrap();
        assert_eq!(outcome(script), expected.trim(), "{script}");
    }
}

#[test]
fn decisions_on_the_proposal_end_what_is_not_released() {
    holds(
        "
        accept               => tracked
        accept defer         => Deferred
        accept deprecate     => Deprecated
        accept reject        => Rejected
        accept withdraw      => Withdrawn
        accept replace       => Replaced by 4711
        defer                => Deferred
        reject               => Rejected
        ",
    );
}

#[test]
fn accepting_readmitting_and_retargeting_lift_what_can_be_lifted() {
    holds(
        "
        accept defer accept      => tracked
        accept defer readmit     => tracked
        accept defer come        => tracked
        defer accept             => tracked
        defer readmit            => open
        defer come               => open
        accept deprecate accept  => tracked
        accept deprecate readmit => tracked
        accept deprecate come    => tracked
        accept remove accept     => tracked
        accept remove readmit    => tracked
        accept remove come       => tracked
        accept leave accept      => tracked
        accept leave readmit     => open
        accept leave come        => open
        accept defer accept defer => Deferred
        ",
    );
}

#[test]
fn nothing_lifts_rejected_withdrawn_and_replaced_but_an_undo() {
    for (word, status) in [("reject", "Rejected"), ("withdraw", "Withdrawn"), ("replace", "Replaced by 4711")] {
        for lifter in ["accept", "readmit", "come", "ask grant", "defer", "deprecate", "defer accept", "remove readmit"]
        {
            assert_eq!(outcome(&format!("accept {word} {lifter}")), status, "{word} {lifter}");
        }
        assert_eq!(outcome(&format!("accept {word} undo")), "tracked");
    }
}

#[test]
fn removal_and_retarget_end_one_participation() {
    holds(
        "
        accept remove            => Removed from Milestone
        accept leave             => Retargeted to v1.11
        accept remove leave      => Retargeted to v1.11
        accept remove undo       => tracked
        accept leave undo        => tracked
        remove readmit           => open
        ",
    );
}

#[test]
fn a_retarget_ends_acceptance_and_commitment_and_the_new_participation_starts_as_proposed() {
    let world = World::ready().then(20, moved(V, NEXT));
    assert_eq!(world.status(21), "Retargeted to v1.11");
    let there = domain::verdict(world.subject(NEXT), on(21));
    assert_eq!((there.words.as_str(), there.tracked), ("Proposed for consideration", false));
    let back = world.then(22, accepted());
    assert_eq!(back.status(23), "Not ready for EF: no commitment", "accepted again, but the owner's word is gone");
}

#[test]
fn a_grant_readmits_what_was_removed_and_nothing_else() {
    holds(
        "
        accept ask remove grant    => tracked
        accept remove ask grant    => tracked
        accept ask leave grant     => Retargeted to v1.11
        accept ask defer grant     => Deferred
        accept ask remove          => Removed from Milestone
        accept ask grant remove    => Removed from Milestone
        ",
    );
}

#[test]
fn an_ending_status_in_the_document_counts_where_the_tracker_has_no_decision() {
    holds(
        "
        accept doc-defers                        => Deferred
        accept doc-deprecates                    => Deprecated
        accept doc-rejects                       => Rejected
        accept doc-withdraws                     => Withdrawn
        accept doc-goes-on                       => tracked
        accept doc-defers doc-goes-on            => tracked
        accept doc-rejects doc-goes-on           => tracked
        accept doc-defers accept                 => tracked
        accept doc-defers readmit                => tracked
        accept doc-defers accept doc-edits-deferred => tracked
        accept doc-defers accept doc-goes-on doc-defers => Deferred
        accept doc-rejects accept                => Rejected
        accept doc-withdraws readmit             => Withdrawn
        doc-rejects accept                       => Rejected
        ",
    );
}

#[test]
fn a_decision_in_the_tracker_wins_over_the_document() {
    holds(
        "
        accept doc-rejects defer        => Deferred
        accept defer doc-goes-on        => Deferred
        accept withdraw doc-defers      => Withdrawn
        accept doc-defers reject        => Rejected
        accept doc-rejects defer undo   => Rejected
        ",
    );
}

#[test]
fn what_was_released_keeps_its_status() {
    let shipped = World::built().then(170, landing(7, "release-1.10", true));
    for decision in [deferred(), rejected(), withdrawn(), replaced(), deprecated()] {
        assert_eq!(shipped.clone().then(GA, decision.clone()).status(GA + 5), "Shipped", "{decision:?} at GA");
        assert_ne!(shipped.clone().then(GA - 1, decision.clone()).status(GA + 5), "Shipped", "{decision:?} before");
        let next = shipped.clone().then(11, moved(V, NEXT)).then(12, accepted()).then(GA, decision);
        let mut undated = next.clone();
        undated.dates = domain::ReleaseDates::default();
        let there = domain::verdict(undated.subject(NEXT), on(GA + 5));
        assert!(matches!(there.status, domain::Status::Ended { .. }), "{there:?}");
    }
    let status = with_status(DocumentStatus::Deprecated);
    assert_eq!(shipped.clone().document(GA + 1, status.clone()).status(GA + 5), "Shipped");
    assert_eq!(shipped.clone().document(GA - 1, status.clone()).status(GA + 5), "Deprecated");
    // A later decision of the tracker does not reopen what the document had ended before GA.
    assert_eq!(shipped.document(GA - 1, status).then(GA + 2, deferred()).status(GA + 5), "Deprecated");
}

#[test]
fn a_decision_whose_time_is_unknown_counts_as_always_so() {
    let world = World::built().at(None, rejected());
    assert_eq!(world.status(0), "Rejected");
    assert_eq!(world.status(GA + 5), "Rejected");
}

#[test]
fn a_document_that_moves_keeps_the_time_of_its_status() {
    let old = "docs/ci-enhancements/4702-old/cep.md";
    let status = with_status(DocumentStatus::Deferred);
    let world =
        World::new().version(1, old, true, status.clone()).then(10, accepted()).document(20, status).gone(21, old);
    assert!(world.verdict(on(30)).tracked, "deferred before it was accepted, moved after");
}

#[test]
fn undoing_an_undo_brings_the_decision_back() {
    let world = World::ready().then(20, removed()).undone(21).undone(22);
    assert_eq!(world.status(21), "Ready for EF");
    assert_eq!(world.status(22), "Removed from Milestone");
}

#[test]
fn an_undone_decision_has_no_effect_at_any_earlier_instant() {
    let world = World::new().document(1, document()).then(2, issue()).then(10, committed()).then(EF - 1, accepted());
    let undone = world.undone(EF + 1).then(EF + 2, accepted());
    let verdict = undone.verdict(on(EF + 5));
    assert_eq!(verdict.words, "Exception required (EF)", "its acceptance before the freeze was taken back");
}

#[test]
fn a_target_in_the_document_links_and_so_does_every_decision_but_no_fact_does() {
    assert_eq!(World::new().status(20), "Not targeted");
    assert_eq!(World::new().document(1, document()).status(20), "Proposed for consideration");
    assert_eq!(World::new().then(1, issue()).status(20), "Proposed for consideration");
    assert_eq!(World::new().then(1, code(7, PullState::Open)).status(20), "Not targeted");
    assert_eq!(World::new().then(1, Event::SignedOff { sig: "sig-x".to_owned() }).status(20), "Not targeted");
    let decisions = [committed(), readmitted(), waived(domain::Rule::Docs), asked(1, Freeze::Code), moved(NEXT, V)];
    for decision in decisions {
        assert_eq!(World::new().then(1, decision.clone()).status(20), "Proposed for consideration", "{decision:?}");
    }
    for decision in [removed(), moved(V, NEXT)] {
        assert_ne!(World::new().then(1, decision.clone()).status(20), "Not targeted", "{decision:?}");
    }
}

/// What each decision makes of the four things it can touch, as P-6, P-15 and P-18 say: `=` leaves it as it is.
/// "Final" are the endings that nothing lifts.
const EFFECTS: &str = "
decision  | no ending  | Deferred or Deprecated | final ending | left       | accepted
accept    | =          | none                   | =            | no         | yes
readmit   | =          | none                   | =            | no         | =
come      | =          | none                   | =            | no         | =
leave     | =          | =                      | =            | Retargeted to v1.11    | no
remove    | =          | =                      | =            | Removed from Milestone | =
defer     | Deferred   | Deferred               | =            | =          | =
deprecate | Deprecated | Deprecated             | =            | =          | =
reject    | Rejected   | Rejected               | =            | =          | =
withdraw  | Withdrawn  | Withdrawn              | =            | =          | =
replace   | Replaced by 4711 | Replaced by 4711 | =            | =          | =
ask       | =          | =                      | =            | =          | =
grant     | =          | =                      | =            | readmits   | =
";

/// The status after a sequence of decisions, by the table above alone.
fn by_the_table(script: &[&str]) -> String {
    let (mut ending, mut left, mut accepted, mut asked) = ("none", "no", "no", false);
    for word in script {
        let row = EFFECTS.lines().find(|line| line.split('|').next().unwrap().trim() == *word).unwrap();
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let on_ending = match ending {
            "none" => cells[1],
            "Deferred" | "Deprecated" => cells[2],
            _ => cells[3],
        };
        ending = if on_ending == "=" { ending } else { on_ending };
        asked |= *word == "ask";
        left = match cells[4] {
            "readmits" if asked && left == "Removed from Milestone" => "no",
            "readmits" | "=" => left,
            cell => cell,
        };
        accepted = if cells[5] == "=" { accepted } else { cells[5] };
    }
    let status = match (ending, left, accepted) {
        ("none", "no", "yes") => "tracked",
        ("none", "no", _) => "open",
        ("none", left, _) => left,
        (ending, ..) => ending,
    };
    status.to_owned()
}

#[test]
fn every_sequence_of_up_to_three_decisions_after_any_first_state_ends_as_the_table_says() {
    let words: Vec<_> = EFFECTS.lines().skip(2).map(|line| line.split('|').next().unwrap().trim()).collect();
    assert_eq!(words.len(), 12);
    let mut scripts: Vec<Vec<&str>> = vec![Vec::new(), vec!["accept"], vec!["accept", "ask"]];
    let mut checked = 0;
    for _ in 0..3 {
        scripts =
            scripts.iter().flat_map(|script| words.iter().map(move |word| [&script[..], &[word]].concat())).collect();
        for script in &scripts {
            assert_eq!(outcome(&script.join(" ")), by_the_table(script), "{script:?}");
            checked += 1;
        }
    }
    assert_eq!(checked, 3 * (12 + 12 * 12 + 12 * 12 * 12));
}
