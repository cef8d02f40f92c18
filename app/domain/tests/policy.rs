//! PROCESS 7: who may do what, cell by cell, against a table written by hand from the process; it knows nothing of the
//! code. The same matrix stands in ARCHITECTURE.md.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use domain::{
    Action, Circumstances, Refusal, Role, Standing,
    policy::{may, may_record_for},
};

/// `yes` always, `-` never, `own` for who asked for the exception, `not-own` for all but them, `before` before the freeze,
/// `source` where the source lets the SIG decide exceptions, `source-not-own` both, `their-sig` for a SIG of theirs.
const TABLE: &str = "
action            contributor owner reviewer approver sig-member     other-sig release-team admin

# contributor: ask for an exception; edit, send and withdraw one's own; everyone: undo their own last decision
ask               yes         yes   yes      yes      yes            yes       yes          yes
answer            own         own   own      own      own            own       own          own
take-back         own         own   own      own      own            own       own          own
undo              yes         yes   yes      yes      yes            yes       yes          yes

# owner: commit, classify the proposal's PRs, withdraw the proposal, hand it over
commit            -           yes   -        -        -              -         -            -
withdraw          -           yes   -        -        -              -         -            -
hand-over         -           yes   -        -        -              -         -            -
classify          -           yes   -        -        yes            -         yes          -

# owners and members of the SIG: the agenda of the SIG
put-on-agenda     -           yes   -        -        yes            -         -            -
take-off-agenda   -           yes   -        -        yes            -         -            -

# reviewer, approver: acknowledge
acknowledge       -           -     yes      yes      -              -         -            -

# SIG member, for its proposals
accept            -           -     -        -        yes            -         -            -
rank              -           -     -        -        yes            -         -            -
close-plan        -           -     -        -        yes            -         -            -
assign            -           -     -        -        yes            -         -            -
retarget          -           -     -        -        yes            -         -            -
defer             -           -     -        -        yes            -         -            -
reject            -           -     -        -        yes            -         -            -
replace           -           -     -        -        yes            -         -            -
deprecate         -           -     -        -        yes            -         -            -
waive             -           -     -        -        before         -         yes          -
no-docs-needed    -           -     -        -        yes            -         -            -
nothing-to-merge  -           -     -        -        yes            -         -            -
support           -           -     -        -        yes            -         -            -
feedback          -           -     -        -        yes            -         -            -
sign-line         -           -     -        -        yes            -         -            -
edit-checklist    -           -     -        -        yes            -         -            -

# SIG member for its proposals, release team: remind
remind            -           -     -        -        yes            -         yes          -

# approvers, SIG member, release team: their half of the check-in
check-in          -           -     -        yes      yes            -         yes          -

# owner: answers a check-in
answer-check-in   -           yes   -        -        -              -         -            -

# SIG member: confirms what a check-in proposed by retargeting or rejecting, or declines it
decline           -           -     -        -        yes            -         -            -

# on any proposal: their own SIG's sign-off
sign-off          -           -     -        -        their-sig      their-sig -            -

# release team: freeze day, announcements, representation; for their SIG its members too
close-freeze      -           -     -        -        -              -         yes          -
announce          -           -     -        -        -              -         yes          -
represent         -           -     -        -        their-sig      their-sig yes          yes
keep-meetings     -           -     -        -        their-sig      their-sig yes          yes

# release team: review and decide exceptions, extend, remove and re-admit; the SIG where the source says so;
# never the requester on their own. The link of a mail: its requester, or who reviews.
file              own         own   own      own      source-or-own  own       yes          own
review            -           -     -        -        source-not-own -         not-own      -
ask-more          -           -     -        -        source-not-own -         not-own      -
grant             -           -     -        -        source-not-own -         not-own      -
extend            -           -     -        -        source-not-own -         not-own      -
deny              -           -     -        -        source-not-own -         not-own      -
remove            -           -     -        -        -              -         yes          -
readmit           -           -     -        -        -              -         yes          -

# admin: rosters, outbox (go live, cancel), webhook redelivery; decides nothing about a proposal. What somebody caused they may cancel
keep-templates    -           -     -        -        -              -         -            yes
keep-rosters      -           -     -        -        -              -         -            yes
keep-outbox       -           -     -        -        -              -         -            yes
cancel-outgoing   own         own   own      own      own            own       own          yes
read-github       -           -     -        -        -              -         -            yes
export-instance   -           -     -        -        -              -         -            yes
";

const ROLES: [(&str, Role); 8] = [
    ("contributor", Role::Contributor),
    ("owner", Role::Owner),
    ("reviewer", Role::Reviewer),
    ("approver", Role::Approver),
    ("sig-member", Role::SigMember),
    ("other-sig", Role::OtherSigMember),
    ("release-team", Role::ReleaseTeam),
    ("admin", Role::Admin),
];

const OWNING: &str = "sig-ci";
const OTHER: &str = "sig-network";

/// A member of the owning SIG is in `sig-ci`, one of another SIG in `sig-network`.
fn standing(roles: &[Role]) -> Standing {
    let sigs = roles.iter().filter_map(|role| match role {
        Role::SigMember => Some(OWNING.to_owned()),
        Role::OtherSigMember => Some(OTHER.to_owned()),
        _ => None,
    });
    Standing::with(roles.iter().copied(), sigs)
}

/// Every combination of what matters besides roles.
fn circumstances() -> Vec<Circumstances> {
    let mut all = Vec::new();
    for bits in 0..8_u8 {
        for sig in [None, Some(OWNING), Some(OTHER), Some("sig-storage")] {
            all.push(Circumstances {
                freeze_passed: bits & 1 != 0,
                sig_decides_exceptions: bits & 2 != 0,
                requester: bits & 4 != 0,
                sig: sig.map(str::to_owned),
            });
        }
    }
    all
}

fn holds(cell: &str, role: Role, at: &Circumstances) -> bool {
    match cell {
        "yes" => true,
        "-" => false,
        "own" => at.requester,
        "not-own" => !at.requester,
        "before" => !at.freeze_passed,
        "source-or-own" => at.sig_decides_exceptions || at.requester,
        "source-not-own" => at.sig_decides_exceptions && !at.requester,
        "their-sig" => at.sig.as_deref() == Some(if role == Role::SigMember { OWNING } else { OTHER }),
        other => panic!("`{other}` means nothing"),
    }
}

/// Action and its cells, in the order of [`ROLES`].
fn table() -> Vec<(Action, Vec<&'static str>)> {
    let mut lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let head: Vec<_> = lines.next().unwrap().split_whitespace().skip(1).collect();
    assert_eq!(head, ROLES.map(|(name, _)| name));
    lines
        .map(|line| {
            let mut cells = line.split_whitespace();
            let action = cells.next().unwrap().parse().unwrap();
            let cells: Vec<_> = cells.collect();
            assert_eq!(cells.len(), ROLES.len(), "{line}");
            (action, cells)
        })
        .collect()
}

#[test]
fn the_table_has_a_row_for_every_action_and_a_column_for_every_role() {
    let mut actions: Vec<_> = table().into_iter().map(|(action, _)| action).collect();
    actions.sort_unstable();
    let mut all = Action::ALL.to_vec();
    all.sort_unstable();
    assert_eq!(actions, all);
    assert_eq!(ROLES.map(|(_, role)| role), Role::ALL);
}

#[test]
fn each_role_alone_may_exactly_what_the_table_says() {
    let mut checked = 0;
    for (action, cells) in table() {
        for ((_, role), cell) in ROLES.iter().zip(cells) {
            for at in circumstances() {
                let allowed = may(action, &standing(&[*role]), &at);
                assert_eq!(allowed.is_ok(), holds(cell, *role, &at), "{action:?} by {role:?} with {at:?}: {allowed:?}");
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 50 * 8 * 32);
}

#[test]
fn more_roles_never_take_a_right_away_but_for_an_owner_who_waives() {
    let table = table();
    for bits in 0..1_u16 << ROLES.len() {
        let chosen = ROLES.iter().enumerate().filter(|(place, _)| bits & (1 << place) != 0);
        let roles: Vec<Role> = chosen.map(|(_, (_, role))| *role).collect();
        let person = standing(&roles);
        for (action, cells) in &table {
            for at in circumstances() {
                let one = |(cell, (_, role)): (&&str, &(&str, Role))| {
                    (roles.contains(role) || *role == Role::Contributor) && holds(cell, *role, &at)
                };
                let own = *action == Action::Waive && roles.contains(&Role::Owner);
                let expected = !own && cells.iter().zip(&ROLES).any(one);
                assert_eq!(may(*action, &person, &at).is_ok(), expected, "{action:?} by {roles:?} with {at:?}");
            }
        }
    }
}

#[test]
fn the_role_that_allows_it_is_one_that_the_person_has() {
    for (action, _) in table() {
        for (_, role) in ROLES {
            for at in circumstances() {
                if let Ok(acting) = may(action, &standing(&[role, Role::Approver]), &at) {
                    assert!([role, Role::Approver, Role::Contributor].contains(&acting), "{action:?} as {acting:?}");
                }
            }
        }
    }
}

#[test]
fn who_is_not_signed_in_may_do_nothing() {
    for action in Action::ALL {
        for at in circumstances() {
            assert_eq!(may(action, &Standing::default(), &at), Err(Refusal::SignIn(action)));
        }
    }
}

#[test]
fn an_admin_decides_nothing_about_a_proposal() {
    let admin = standing(&[Role::Admin]);
    let contributor = standing(&[Role::Contributor]);
    for action in Action::ALL.into_iter().filter(|action| !action.is_housekeeping()) {
        for at in circumstances() {
            assert_eq!(may(action, &admin, &at).is_ok(), may(action, &contributor, &at).is_ok(), "{action:?}");
        }
    }
}

#[test]
fn a_refusal_says_who_may_and_what_the_person_is() {
    let nothing = Circumstances::default();
    let says = |action, roles: &[Role], at: &Circumstances| may(action, &standing(roles), at).unwrap_err().to_string();
    assert_eq!(
        may(Action::Accept, &Standing::default(), &nothing).unwrap_err().to_string(),
        "sign in first: accepting a proposal is recorded with your name"
    );
    assert_eq!(
        says(Action::Accept, &[], &nothing),
        "accepting a proposal is for members of the owning SIG; you are a contributor"
    );
    assert_eq!(
        says(Action::Classify, &[Role::Reviewer, Role::Admin], &nothing),
        "classifying a pull request is for its owners, members of the owning SIG or the release team; you are a \
         reviewer of the proposal and an admin"
    );
    assert_eq!(
        says(Action::SignOff, &[Role::SigMember], &Circumstances { sig: Some(OTHER.to_owned()), ..nothing.clone() }),
        "signing off for a SIG is for members of sig-network; you are a member of the owning SIG"
    );
    assert_eq!(
        says(Action::Grant, &[Role::SigMember], &nothing),
        "granting an exception is for the release team; you are a member of the owning SIG"
    );
    let source = Circumstances { sig_decides_exceptions: true, ..nothing.clone() };
    assert_eq!(
        says(Action::Grant, &[Role::Owner], &source),
        "granting an exception is for the release team or members of the owning SIG; you are an owner of the proposal"
    );
    assert_eq!(
        says(Action::File, &[Role::SigMember], &nothing),
        "recording the link of a request's mail is for who asked for it or the release team; you are a member of the \
         owning SIG"
    );
    let own = Circumstances { requester: true, ..nothing.clone() };
    assert_eq!(
        says(Action::Deny, &[Role::ReleaseTeam], &own),
        "nobody decides on their own request; another member of the release team has to"
    );
    assert_eq!(
        says(Action::Waive, &[Role::Owner, Role::ReleaseTeam], &nothing),
        "nobody waives a requirement of their own proposal"
    );
    let passed = Circumstances { freeze_passed: true, ..nothing };
    assert_eq!(
        says(Action::Waive, &[Role::SigMember], &passed),
        "the freeze has passed; from then on only the release team can waive a requirement of it"
    );
}

#[test]
fn a_word_is_recorded_for_another_only_by_who_is_entitled_and_only_where_both_may() {
    for (action, _) in table() {
        for (_, of_recorder) in ROLES {
            for (_, of_person) in ROLES {
                for at in circumstances() {
                    for own in [false, true] {
                        // The person may have asked for the exception, or who records it.
                        let recorder = (&standing(&[of_recorder]), &Circumstances { requester: own, ..at.clone() });
                        let person = (&standing(&[of_person]), &at);
                        let allowed = may_record_for(action, recorder, person).is_ok();
                        let keeps = [Role::SigMember, Role::ReleaseTeam].contains(&of_recorder);
                        let writes = (keeps && !action.decides_request()) || action == Action::Ask;
                        let entitled = writes || may(action, recorder.0, recorder.1).is_ok();
                        let mine = (action.decides_request() && own)
                            || (action == Action::Waive && of_recorder == Role::Owner);
                        let whose = if action == Action::Undo { recorder } else { person };
                        let expected = entitled && !mine && may(action, whose.0, whose.1).is_ok();
                        assert_eq!(allowed, expected, "{action:?} by {of_recorder:?} for {of_person:?} with {at:?}");
                    }
                }
            }
        }
        let nobody = (&Standing::default(), &Circumstances::default());
        let team = (&standing(&[Role::ReleaseTeam, Role::SigMember, Role::Owner]), &Circumstances::default());
        assert_eq!(may_record_for(action, nobody, team), Err(Refusal::SignIn(action)));
        assert!(action == Action::Undo || may_record_for(action, team, nobody).is_err(), "{action:?}");
    }
}

#[test]
fn every_action_has_a_slug_that_reads_back_and_words_of_its_own() {
    let mut words: Vec<_> = Action::ALL.iter().map(|action| action.words()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Action::ALL.len());
    for action in Action::ALL {
        assert_eq!(action.slug().parse(), Ok(action));
        assert_eq!(serde_json::to_value(action).unwrap(), action.slug());
    }
    assert!("sudo".parse::<Action>().is_err());
}

type Cell = (&'static str, fn(&Circumstances) -> bool);

/// What a cell can say, and when that allows it.
const CELLS: [Cell; 8] = [
    ("yes", |_| true),
    ("", |_| false),
    ("own", |at| at.requester),
    ("yes, not own", |at| !at.requester),
    ("before the freeze", |at| !at.freeze_passed),
    ("where the source says so", |at| at.sig_decides_exceptions || at.requester),
    ("where the source says so, not own", |at| at.sig_decides_exceptions && !at.requester),
    ("for their SIG", |at| at.sig.as_deref() == Some(OWNING)),
];

/// The policy itself as a Markdown table; what a contributor may, everybody who is signed in may.
fn printed() -> String {
    let head =
        "| | contributor | owner | reviewer | approver | SIG member | member of another SIG | release team | admin |";
    let mut text = format!("{head}\n|{}\n", " --- |".repeat(9));
    for action in Action::ALL {
        let allowed = |role: Role| -> Vec<bool> {
            circumstances().iter().map(|at| may(action, &standing(&[role]), at).is_ok()).collect()
        };
        let anybody = allowed(Role::Contributor);
        let cells = Role::ALL.map(|role| {
            let here = allowed(role);
            if role != Role::Contributor && here == anybody {
                return "";
            }
            let theirs = |at: &Circumstances| match (role, at.sig.as_deref()) {
                (Role::OtherSigMember, Some(OTHER)) => Circumstances { sig: Some(OWNING.to_owned()), ..at.clone() },
                (Role::OtherSigMember, Some(OWNING)) => Circumstances { sig: Some(OTHER.to_owned()), ..at.clone() },
                _ => at.clone(),
            };
            let fits =
                |(_, holds): &&Cell| circumstances().iter().map(|at| holds(&theirs(at))).eq(here.iter().copied());
            CELLS.iter().find(fits).unwrap_or_else(|| panic!("no words for {action:?} by {role:?}")).0
        });
        text.push_str(&format!("| {} | {} |\n", action.words(), cells.join(" | ")).replace("  ", " "));
    }
    text
}

#[test]
fn the_architecture_shows_the_matrix_as_it_is() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once("<!-- roles -->\n").expect("ARCHITECTURE.md marks the matrix with <!-- roles -->");
    let (shown, _) = rest.split_once("<!-- /roles -->").unwrap();
    assert_eq!(shown.trim(), printed().trim(), "the matrix to paste between the markers:\n\n{}", printed());
}
