//! The people of the demo world, all made up, and the alias files that say who may decide what.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Week,
    representation::{Representative, Seat},
};

use super::DemoAliases;

/// Members of SIG-CI (`ci-maintainers`).
pub const CI_MAINTAINERS: [&str; 6] = ["ines-demo", "bruno-demo", "tove-demo", "samir-demo", "wanda-demo", "levi-demo"];
/// The release team (`sig-release-approvers`); one of them is in SIG-CI too.
pub const RELEASE_TEAM: [&str; 4] = ["petra-demo", "joon-demo", "alba-demo", "levi-demo"];
/// Approvers of SIG Compute.
pub const COMPUTE: [&str; 2] = ["bram-demo", "noor-demo"];
/// Approvers of SIG Network.
pub const NETWORK: [&str; 2] = ["elio-demo", "priya-demo"];
/// Approvers of SIG Storage.
pub const STORAGE: [&str; 2] = ["gwen-demo", "marek-demo"];

/// Id of the person who administers the demo. GitHub gives no negative ids.
pub const ADMIN: i64 = -6;

/// Somebody as whom the demo can be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Persona {
    /// Id in place of GitHub's, negative.
    pub id: i64,
    /// Login.
    pub login: &'static str,
    /// Name.
    pub name: &'static str,
    /// What they are, in words.
    pub role: &'static str,
    /// What can be tried as them, as a sentence.
    pub try_this: &'static str,
}

/// As whom the demo can be tried.
pub fn personas() -> Vec<Persona> {
    let persona = |id, login, name, role, try_this| Persona { id, login, name, role, try_this };
    vec![
        persona(
            -1,
            "chidi-demo",
            "Chidi Demo",
            "Owner",
            "Owns CEP 4702, which has pull requests left: see what its check-in says, or ask for an exception.",
        ),
        persona(
            -2,
            "gwen-demo",
            "Gwen Demo",
            "Approver",
            "Approves for SIG Storage: sign off VEPs, and give the approver's half of the check-in of VEP 146.",
        ),
        persona(
            -3,
            "ines-demo",
            "Ines Demo",
            "SIG member",
            "Member of SIG CI: accept CEPs for the next release, prioritise them, assign reviewers.",
        ),
        persona(
            -4,
            "petra-demo",
            "Petra Demo",
            "Release team",
            "Runs the release: check in on every proposal, decide exceptions, go through freeze day.",
        ),
        persona(
            -5,
            "levi-demo",
            "Levi Demo",
            "SIG member and release team",
            "Has two roles, so each decision names the one in which it was made.",
        ),
        persona(
            ADMIN,
            "anouk-demo",
            "Anouk Demo",
            "Administrator",
            "Looks after sources and calendars, and decides nothing about a proposal.",
        ),
        persona(
            -7,
            "finn-demo",
            "Finn Demo",
            "Newcomer",
            "Has no role yet: see what everybody may do, and how a first proposal begins.",
        ),
    ]
}

/// Name under which facts from GitHub are recorded.
pub const GITHUB: &str = "github";

/// Who decides for a SIG.
pub fn members(sig: &str) -> &'static [&'static str] {
    match sig {
        "sig-compute" => &COMPUTE,
        "sig-network" => &NETWORK,
        "sig-storage" => &STORAGE,
        "sig-release" => &RELEASE_TEAM,
        _ => &CI_MAINTAINERS,
    }
}

/// One of a list, by number; empty only for an empty list.
pub fn pick(list: &[&'static str], number: u32) -> &'static str {
    let place = usize::try_from(number).unwrap_or_default().checked_rem(list.len());
    place.and_then(|place| list.get(place)).copied().unwrap_or_default()
}

/// The alias files of both sources.
pub fn aliases() -> Vec<DemoAliases> {
    let shared = [("ci-maintainers", &CI_MAINTAINERS[..]), ("sig-release-approvers", &RELEASE_TEAM[..])];
    let sigs = [
        ("sig-compute-approvers", &COMPUTE[..]),
        ("sig-network-approvers", &NETWORK[..]),
        ("sig-storage-approvers", &STORAGE[..]),
    ];
    vec![
        DemoAliases { source: "cep", text: aliases_file(shared) },
        DemoAliases { source: "vep", text: aliases_file(shared.into_iter().chain(sigs)) },
    ]
}

fn aliases_file<'a>(groups: impl IntoIterator<Item = (&'a str, &'a [&'a str])>) -> String {
    let mut text = "aliases:\n".to_owned();
    for (name, members) in groups {
        _ = writeln!(text, "  {name}:");
        for member in members {
            _ = writeln!(text, "  - {member}");
        }
    }
    text
}

/// Who represents whom: the release team is led by turns; SIG Network has nobody in two weeks that are near.
pub fn representatives(now: DateTime<Utc>) -> Vec<Representative> {
    let present = Week::of(now);
    let week = |ahead: i64| Week::of(now + TimeDelta::weeks(ahead));
    let sits = |seat: &str, login: &str, from: Week, to: Option<Week>| Representative {
        seat: Seat::of_slug(seat),
        login: login.to_owned(),
        from,
        to,
    };
    vec![
        sits("release-team", RELEASE_TEAM[0], week(-6), Some(present)),
        sits("release-team", RELEASE_TEAM[1], week(1), None),
        sits("sig-ci", CI_MAINTAINERS[0], week(-6), None),
        sits("sig-compute", COMPUTE[0], week(-6), None),
        sits("sig-network", NETWORK[0], week(-6), Some(week(1))),
        sits("sig-network", NETWORK[1], week(4), None),
    ]
}
