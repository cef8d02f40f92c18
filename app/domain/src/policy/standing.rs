//! Which roles a person has towards a proposal.

use std::collections::{BTreeMap, BTreeSet};

use super::Role;
use crate::{History, Known, Source, owning_sig};

/// Members of the groups that count for one proposal in one release, by login.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// Members of each SIG, from the aliases as last read.
    pub sigs: BTreeMap<String, Vec<String>>,
    /// The release team of the release: the configured alias, or its roster.
    pub release_team: Vec<String>,
}

/// What a person is towards a proposal. Default is anyone: not signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    roles: BTreeSet<Role>,
    sigs: BTreeSet<String>,
}

impl Standing {
    /// The roles of somebody who is signed in; `is` tells whether a login means them, `admin` whether they are one.
    pub fn of<'a>(
        is: impl Fn(&str) -> bool,
        admin: bool,
        groups: &Groups,
        proposal: Option<(&'a Source, &'a History, &Known<'a>)>,
    ) -> Self {
        let among = |logins: &[&str]| logins.iter().any(|login| is(login));
        let sigs: BTreeSet<String> = groups
            .sigs
            .iter()
            .filter(|(_, members)| members.iter().any(|member| is(member)))
            .map(|(sig, _)| sig.clone())
            .collect();
        let mut roles = BTreeSet::from([Role::Contributor]);
        let mut give = |role, given: bool| {
            if given {
                roles.insert(role);
            }
        };
        give(Role::Admin, admin);
        give(Role::ReleaseTeam, groups.release_team.iter().any(|member| is(member)));
        if let Some((source, history, known)) = proposal {
            give(Role::Owner, among(&known.owners()));
            give(Role::Reviewer, among(&known.reviewers()));
            give(Role::Approver, among(&known.approvers()));
            let owning = owning_sig(source, history, known);
            give(Role::SigMember, sigs.contains(owning));
            give(Role::OtherSigMember, sigs.iter().any(|sig| sig != owning));
        }
        Self { roles, sigs }
    }

    /// Somebody with exactly these roles, member of these SIGs.
    pub fn with(roles: impl IntoIterator<Item = Role>, sigs: impl IntoIterator<Item = String>) -> Self {
        let mut roles: BTreeSet<_> = roles.into_iter().collect();
        roles.insert(Role::Contributor);
        Self { roles, sigs: sigs.into_iter().collect() }
    }

    /// Whether they are signed in.
    pub fn signed_in(&self) -> bool {
        !self.roles.is_empty()
    }

    /// Whether they have a role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Their roles, lowest first.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.roles.iter().copied()
    }

    /// Whether they are a member of a SIG.
    pub fn member_of(&self, sig: &str) -> bool {
        self.sigs.contains(sig)
    }

    /// SIGs that they are a member of.
    pub fn sigs(&self) -> impl Iterator<Item = &str> {
        self.sigs.iter().map(String::as_str)
    }

    /// Their roles in words: "a contributor", "an owner of the proposal and a member of the release team".
    pub fn words(&self) -> String {
        let above = self.roles.iter().filter(|role| **role != Role::Contributor).map(|role| role.words());
        let words = super::listed(&above.collect::<Vec<_>>(), "and");
        if words.is_empty() { Role::Contributor.words().to_owned() } else { words }
    }
}
