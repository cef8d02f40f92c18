//! Every row of P-12 through a real history.

use domain::{Event, Freeze, PullState, Rule};

use crate::support::*;

/// Met the Enhancement Freeze, and nothing is known about its code.
fn idle() -> World {
    World::ready()
}

/// Met the Enhancement Freeze, its code is open.
fn late() -> World {
    World::ready()
        .then(110, docs(8, PullState::Open))
        .then(115, code(7, PullState::Open))
        .then(120, Event::RepositoriesRead)
}

/// Not committed, so that it fails the Enhancement Freeze; otherwise complete.
fn uncommitted() -> World {
    World::new()
        .document(1, document())
        .then(2, issue())
        .then(10, accepted())
        .then(120, Event::RepositoriesRead)
        .then(130, code(7, PullState::Merged))
        .then(130, no_docs_needed())
}

/// Nobody has read its issue, so that its Enhancement Freeze cannot be told.
fn unread() -> World {
    World::new().document(1, document()).then(10, accepted()).then(10, committed())
}

#[test]
fn before_the_enhancement_freeze() {
    assert_eq!(World::new().status(20), "Not targeted");
    assert_eq!(World::new().document(1, document()).status(20), "Proposed for consideration");
    assert_eq!(uncommitted().status(20), "Not ready for EF: no commitment");
    assert_eq!(unread().status(20), "Not verified for EF");
    assert_eq!(World::ready().status(20), "Ready for EF");
    assert_eq!(uncommitted().then(15, asked(1, Freeze::Enhancement)).status(20), "Exception pending (EF)");
    let granted = uncommitted().then(15, asked(1, Freeze::Enhancement)).then(16, granted(1, EF + 9));
    assert_eq!(granted.status(20), "Exception until 19 Apr (EF)");
    assert_eq!(World::ready().dated(|dates| dates.enhancement_freeze = None).status(20), "No date (EF)");
}

#[test]
fn after_the_enhancement_freeze() {
    let day = EF + 5;
    let asked_ef = |world: World| world.then(EF + 1, asked(1, Freeze::Enhancement));
    assert_eq!(World::new().document(1, document()).status(day), "Not accepted");
    let proposed = asked_ef(World::new().document(1, document()));
    assert_eq!(proposed.status(day), "Exception pending (EF)");
    assert_eq!(proposed.then(EF + 2, granted(1, EF + 9)).status(day), "Exception until 19 Apr (EF)");
    assert_eq!(uncommitted().status(day), "Exception required (EF)");
    assert_eq!(unread().status(day), "Not verified, due (EF)");
    assert_eq!(asked_ef(uncommitted()).status(day), "Exception pending (EF)");
    assert_eq!(asked_ef(unread()).status(day), "Exception pending (EF)");
    assert_eq!(asked_ef(uncommitted()).then(EF + 2, denied(1)).status(day), "Exception denied (EF)");
    assert_eq!(asked_ef(unread()).then(EF + 2, denied(1)).status(day), "Not verified, due (EF)");
    let granted = asked_ef(uncommitted()).then(EF + 2, granted(1, EF + 9));
    assert_eq!(granted.status(day), "Exception until 19 Apr (EF)");
    assert_eq!(granted.status(EF + 9), "Exception required (EF)", "the grant is over");
    assert_eq!(granted.then(EF + 3, committed()).status(day), "Not verified for CF", "done in time");
}

#[test]
fn before_the_code_freeze() {
    let day = CF - 10;
    assert_eq!(idle().status(day), "Not verified for CF");
    assert_eq!(late().status(day), "Not ready for CF: 1 PR");
    assert_eq!(World::built().status(day), "Ready for CF");
    assert_eq!(late().then(125, asked(1, Freeze::Code)).status(day), "Exception pending (CF)");
    let granted = late().then(125, asked(1, Freeze::Code)).then(126, granted(1, CF + 6));
    assert_eq!(granted.status(day), "Exception until 5 Jun (CF)");
    assert_eq!(World::built().dated(|dates| dates.code_freeze = None).status(day), "No date (CF)");
}

#[test]
fn after_the_code_freeze() {
    let day = CF + 5;
    let asked_cf = |world: World| world.then(CF + 1, asked(1, Freeze::Code));
    assert_eq!(idle().status(day), "Not verified, due (CF)");
    assert_eq!(late().status(day), "Exception required (CF)");
    assert_eq!(World::built().status(day), "Complete");
    assert_eq!(asked_cf(late()).status(day), "Exception pending (CF)");
    assert_eq!(asked_cf(late()).then(CF + 2, denied(1)).status(day), "Exception denied (CF)");
    let granted = asked_cf(late()).then(CF + 2, granted(1, CF + 6));
    assert_eq!(granted.status(day), "Exception until 5 Jun (CF)");
    assert_eq!(granted.clone().then(CF + 4, code(7, PullState::Merged)).status(day), "Complete");
    assert_eq!(granted.then(CF + 7, code(7, PullState::Merged)).status(CF + 8), "Exception required (CF)");
    assert_eq!(late().then(CF + 1, waived(Rule::Implementation)).status(day), "Complete");
}

#[test]
fn with_both_freezes_missed_the_earlier_row_wins_and_within_a_row_the_enhancement_freeze() {
    let day = CF + 5;
    assert_eq!(uncommitted().then(140, code(9, PullState::Open)).status(day), "Exception required (EF)");
    let unread_and_late = unread().then(140, code(9, PullState::Open));
    assert_eq!(unread_and_late.status(day), "Exception required (CF)", "row 5 comes before row 6");
    let gate = unread_and_late.verdict(on(day)).gate().map(|gate| gate.freeze);
    assert_eq!(gate, Some(Freeze::Code), "the gate is the freeze that the status names");
    let granted = uncommitted().then(EF + 1, asked(1, Freeze::Enhancement)).then(EF + 2, granted(1, CF + 20));
    assert_eq!(granted.clone().then(140, code(9, PullState::Open)).status(day), "Exception required (CF)");
    assert_eq!(granted.status(day), "Exception until 19 Jun (EF)");
}

#[test]
fn after_general_availability_requests_and_grants_no_longer_count() {
    let day = GA + 5;
    let asked_cf = late().then(CF + 1, asked(1, Freeze::Code));
    assert_eq!(uncommitted().status(day), "Missed (EF)");
    assert_eq!(unread().status(day), "Not verified (EF)");
    assert_eq!(late().status(day), "Missed (CF)");
    assert_eq!(idle().status(day), "Not verified (CF)");
    assert_eq!(asked_cf.status(day), "Missed (CF)");
    assert_eq!(asked_cf.clone().then(CF + 2, denied(1)).status(day), "Missed (CF)");
    let merged_late = asked_cf.clone().then(CF + 7, code(7, PullState::Merged));
    assert_eq!(merged_late.clone().then(GA + 1, granted(1, GA)).status(day), "Missed (CF)", "granted after GA");
    assert_eq!(merged_late.then(CF + 8, granted(1, GA)).status(day), "Complete, landing not verified");
    let proposed = World::new().document(1, document()).then(EF + 1, asked(1, Freeze::Enhancement));
    assert_eq!(proposed.status(day), "Not accepted");
}

#[test]
fn after_general_availability_with_both_freezes_met() {
    let day = GA + 5;
    let land = |contained| World::built().then(170, landing(7, "release-1.10", contained));
    assert_eq!(land(true).status(day), "Shipped");
    assert_eq!(land(false).status(day), "Complete, not landed");
    assert_eq!(World::built().status(day), "Complete, landing not verified");
    assert_eq!(land(true).dated(|dates| dates.ga = None).status(day), "Complete", "GA without a date");
    let signed =
        World::ready().then(120, Event::RepositoriesRead).then(130, nothing_to_merge()).then(130, no_docs_needed());
    assert_eq!(signed.status(day), "Shipped", "nothing was to be merged");
}
