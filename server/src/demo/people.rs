//! The people of the demo world, all made up, and the alias files that say who may decide what.

use std::fmt::Write as _;

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
