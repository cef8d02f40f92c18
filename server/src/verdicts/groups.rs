//! Who belongs to which group: SIGs by their aliases, release teams by roster or alias, and what a person is towards a
//! proposal.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{Event, Groups, Known, Recorded, ReleaseVersion, Source, Standing};

use super::{Moment, ProposalRecord, World};
use crate::store::{alias::Alias, person::Person, roster::Roster, source::SigAlias};

/// Aliases as last read, and what they stand for.
#[derive(Debug, Default)]
pub struct Memberships {
    /// Aliases of all sources.
    pub aliases: Vec<Alias>,
    /// Which of them list the members of a SIG.
    pub sig_aliases: Vec<SigAlias>,
    /// Rosters of release teams.
    pub rosters: Vec<Roster>,
    /// Release teams by alias, as the calendars' own repositories list them.
    pub release_teams: Vec<(String, Vec<String>)>,
}

impl World {
    /// The groups that count for proposals of a source in a release; without one, in the current.
    pub fn groups(&self, source: &Source, release: Option<ReleaseVersion>, now: DateTime<Utc>) -> Groups {
        let mut groups = Groups::default();
        let of_source = self.memberships.sig_aliases.iter().filter(|known| known.source == source.id);
        for SigAlias { sig, alias, .. } in of_source {
            let members = groups.sigs.entry(sig.clone()).or_default();
            members.extend(self.alias(&source.id, alias).into_iter().flatten().cloned());
        }
        let release = release.or_else(|| self.current(now));
        groups.release_team = self.release_team(&source.calendar, release, now);
        groups
    }

    /// Members of the release team: those whom the roster of the release names at the time, else those of the
    /// calendar's alias in its own repository, else in any of its sources.
    pub fn release_team(&self, calendar: &str, release: Option<ReleaseVersion>, now: DateTime<Utc>) -> Vec<String> {
        if let Some(roster) = release.and_then(|release| self.roster_at(calendar, release, now)) {
            return roster;
        }
        if let Some((_, members)) = self.memberships.release_teams.iter().find(|(id, _)| id == calendar) {
            return members.clone();
        }
        let known = self.calendars.iter().find(|known| known.id == calendar);
        let Some(alias) = known.and_then(|known| known.release_team_alias.as_deref()) else { return Vec::new() };
        let sources = self.sources.values().filter(|source| source.calendar == calendar);
        let mut members: Vec<_> =
            sources.filter_map(|source| self.alias(&source.id, alias)).flatten().cloned().collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// Members of the roster of a release at the time; none where nobody keeps one or it names nobody then.
    fn roster_at(&self, calendar: &str, release: ReleaseVersion, now: DateTime<Utc>) -> Option<Vec<String>> {
        let mut rosters = self.memberships.rosters.iter();
        let roster = rosters.find(|roster| roster.calendar == calendar && roster.version == release)?;
        let here = roster.members.iter().filter(|member| member.on(now.date_naive()));
        let members: Vec<_> = here.map(|member| member.login.clone()).collect();
        (!members.is_empty()).then_some(members)
    }

    /// Members of an alias, where it was read.
    pub fn alias(&self, source: &str, name: &str) -> Option<&Vec<String>> {
        let mut aliases = self.memberships.aliases.iter();
        aliases.find(|alias| alias.source == source && alias.name == name).map(|alias| &alias.members)
    }

    /// Whether anything names a login: a proposal, a decision, an alias or a roster.
    pub fn knows(&self, login: &str, moment: Moment) -> bool {
        let is = |known: &String| known.eq_ignore_ascii_case(login);
        let acted = |recorded: &Recorded| is(&recorded.actor) || recorded.on_behalf_of.as_ref().is_some_and(is);
        let Memberships { aliases, rosters, release_teams, .. } = &*self.memberships;
        aliases.iter().flat_map(|alias| &alias.members).any(is)
            || release_teams.iter().flat_map(|(_, members)| members).any(is)
            || rosters.iter().flat_map(|roster| &roster.members).any(|member| is(&member.login))
            || self.representation.iter().flat_map(|(_, all)| all).any(|one| is(&one.login))
            || self
                .rows(moment)
                .iter()
                .flat_map(|rows| rows.iter())
                .any(|row| [&row.owners, &row.reviewers, &row.approvers, &row.reviews].into_iter().flatten().any(is))
            || self.source_events.values().flatten().any(acted)
            || self.proposals.values().flat_map(|record| &record.history.events).any(acted)
    }

    /// When the aliases of a source were last read.
    pub fn aliases_read(&self, source: &str) -> Option<DateTime<Utc>> {
        let events = self.source_events.get(source)?;
        let read = events.iter().rev().find(|recorded| matches!(recorded.event, Event::AliasesRead { .. }));
        read.map(|recorded| recorded.recorded_at)
    }

    /// What somebody is towards a proposal; nobody in particular without a person.
    pub fn standing(
        &self,
        person: Option<(&Person, bool)>,
        record: &ProposalRecord,
        known: &Known<'_>,
        release: Option<ReleaseVersion>,
        now: DateTime<Utc>,
    ) -> Standing {
        let Some((person, admin)) = person else { return Standing::default() };
        let groups = self.groups(&record.source, release, now);
        Standing::of(|login| person.is(login), admin, &groups, Some((&record.source, &record.history, known)))
    }

    /// What somebody is towards a source as a whole: a member of its owning SIG, or of any of its SIGs where each
    /// document names its own.
    pub fn standing_on_source(
        &self,
        person: Option<(&Person, bool)>,
        source: &Source,
        release: Option<ReleaseVersion>,
        now: DateTime<Utc>,
    ) -> Standing {
        let Some((person, admin)) = person else { return Standing::default() };
        let groups = self.groups(source, release, now);
        let standing = Standing::of(|login| person.is(login), admin, &groups, None);
        let member = source.owning_sig.as_ref().map_or(standing.sigs().next().is_some(), |sig| standing.member_of(sig));
        let sigs: Vec<_> = standing.sigs().map(str::to_owned).collect();
        Standing::with(standing.roles().chain(member.then_some(domain::Role::SigMember)), sigs)
    }
}

/// The groups that somebody is in, looked up once for all proposals: [`World::standing`] asks them for each.
#[derive(Debug)]
pub struct Belongs<'w> {
    person: &'w Person,
    /// SIGs, by source.
    sigs: BTreeMap<&'w str, BTreeSet<String>>,
    /// Releases in whose team they are, by calendar.
    teams: BTreeSet<(&'w str, ReleaseVersion)>,
}

impl<'w> Belongs<'w> {
    /// The groups of a person at an instant.
    pub fn of(world: &'w World, person: &'w Person, now: DateTime<Utc>) -> Self {
        let is = |logins: &[String]| logins.iter().any(|login| person.is(login));
        let sigs = world.sources.values().map(|source| {
            let groups = world.groups(source, None, now).sigs.into_iter();
            (source.id.as_str(), groups.filter(|(_, members)| is(members)).map(|(sig, _)| sig).collect())
        });
        let in_team = |calendar: &str, release| is(&world.release_team(calendar, Some(release), now));
        let teams = world.releases.keys().filter(|(calendar, release)| in_team(calendar, *release));
        let teams = teams.map(|(calendar, release)| (calendar.as_str(), *release)).collect();
        Self { person, sigs: sigs.collect(), teams }
    }

    /// Whether one of the logins means them.
    pub fn is_any(&self, logins: &[impl AsRef<str>]) -> bool {
        logins.iter().any(|login| self.person.is(login.as_ref()))
    }

    /// Whether they are in the team of a release.
    pub fn in_team(&self, calendar: &str, release: ReleaseVersion) -> bool {
        self.teams.contains(&(calendar, release))
    }

    /// Whether they are a member of a SIG of a source.
    pub fn is_member(&self, source: &str, sig: &str) -> bool {
        self.sigs.get(source).is_some_and(|sigs| sigs.contains(sig))
    }
}
