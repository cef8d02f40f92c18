//! What the tracker knows of somebody: their roles with where each comes from, their tokens.

use app::features::{
    me::port::{RoleLine, TokenLine},
    reminders::port::Reminding,
    shared::ProposalLink,
};
use domain::ReleaseVersion;

use super::tasks::Looker;
use crate::{
    config::Config,
    store::{
        roster::RosterMember,
        subscription::Subscription,
        token::{Scope, Token},
    },
    verdicts::{Moment, ReleaseRecord, Row},
    web::views,
};

/// A token as the page shows it.
pub(super) fn token(token: Token) -> TokenLine {
    let Token { id, name, scope, created_at, last_used_at, expires_at } = token;
    TokenLine { id, name, decides: scope == Scope::Decide, created_at, last_used_at, expires_at }
}

/// How they are reminded.
pub(super) fn reminding(subscription: Option<Subscription>, config: &Config) -> Reminding {
    let mail = config.mail.is_configured();
    match subscription {
        None => Reminding { mail, ..Reminding::default() },
        Some(Subscription { address, confirmed_at, cadence, .. }) => {
            Reminding { mail, address, confirmed: confirmed_at.is_some(), cadence }
        }
    }
}

/// Their roles, highest first; everybody who is signed in is a contributor.
pub(super) fn roles(looker: &Looker<'_>, admin: bool) -> Vec<RoleLine> {
    let person = looker.person;
    let mut all = Vec::new();
    if !person.is(&person.login) {
        all.push(line(
            "Not confirmed",
            format!("@{} came after a renaming, so it gives no role until an admin confirms it", person.login),
        ));
    }
    if admin {
        all.push(line("Admin", "configuration of this server".to_owned()));
    }
    all.extend(release_teams(looker));
    all.extend(sigs(looker));
    all.extend(of_proposals(looker));
    all.push(line("Contributor", "signed in".to_owned()));
    all
}

fn line(role: impl Into<String>, from: String) -> RoleLine {
    RoleLine { role: role.into(), from, read_at: None, proposals: Vec::new() }
}

fn sigs(looker: &Looker<'_>) -> Vec<RoleLine> {
    let world = looker.world;
    let known = world
        .memberships
        .sig_aliases
        .iter()
        .filter(|known| world.alias(&known.source, &known.alias).is_some_and(|members| looker.is_any(members)));
    known
        .map(|known| {
            let repository = world.sources.get(&known.source).map_or("", |source| source.repository.as_str());
            let from = format!("alias `{}` in OWNERS_ALIASES of {repository}", known.alias);
            RoleLine { read_at: world.aliases_read(&known.source), ..line(format!("Member of {}", known.sig), from) }
        })
        .collect()
}

/// Teams of the current release and those after it, by roster or alias.
fn release_teams(looker: &Looker<'_>) -> Vec<RoleLine> {
    let (world, now) = (looker.world, looker.now);
    let mut by_alias: Vec<ReleaseVersion> = Vec::new();
    let mut all = Vec::new();
    let current = world.current(now);
    let ahead = world.main_releases().filter(|release| current.is_none_or(|current| release.version >= current));
    for release in ahead.filter(|release| looker.in_team(&release.calendar, release.version)) {
        match by_roster(looker, release) {
            Some(from) => all.push(line(format!("Release team of {}", release.version), from)),
            None => by_alias.push(release.version),
        }
    }
    let alias = world.main_calendar().and_then(|calendar| calendar.release_team_alias.as_deref());
    if let (Some(alias), false) = (alias, by_alias.is_empty()) {
        let read = world.sources.values().filter(|source| world.alias(&source.id, alias).is_some());
        let versions = by_alias.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        all.push(RoleLine {
            read_at: read.filter_map(|source| world.aliases_read(&source.id)).max(),
            ..line(format!("Release team of {versions}"), format!("alias `{alias}`, where no roster is kept"))
        });
    }
    all
}

fn by_roster(looker: &Looker<'_>, release: &ReleaseRecord) -> Option<String> {
    let mut rosters = looker.world.memberships.rosters.iter();
    let roster = rosters.find(|roster| roster.calendar == release.calendar && roster.version == release.version)?;
    let here = |member: &&RosterMember| member.on(looker.now.date_naive()) && looker.person.is(&member.login);
    let member = roster.members.iter().find(here)?;
    Some(format!("the roster, as {} from {}", member.part.word(), app::words::long_day(member.from)))
}

fn of_proposals(looker: &Looker<'_>) -> Vec<RoleLine> {
    let rows = looker.world.rows(Moment::Now(looker.now));
    let named = |of: fn(&Row) -> &Vec<String>| -> Vec<ProposalLink> {
        let last = rows.iter().filter_map(|rows| rows.last());
        last.filter(|row| looker.is_any(of(row))).map(|row| views::link_of(row)).collect()
    };
    let lines = [
        ("Owner", named(|row| &row.owners), "the document, else the assignee of the issue, or a handover"),
        ("Reviewer", named(|row| &row.reviewers), "the document, else an assignment by the SIG"),
        ("Approver", named(|row| &row.approvers), "the document, else an assignment by the SIG"),
    ];
    let given = lines.into_iter().filter(|(_, proposals, _)| !proposals.is_empty());
    given.map(|(role, proposals, from)| RoleLine { proposals, ..line(role, from.to_owned()) }).collect()
}
