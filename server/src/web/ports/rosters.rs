//! The rosters.

use app::{
    features::rosters::port::{
        ChangeLine, GroupLine, MemberLine, ReleaseLine, RenamedLine, RostersPort, RostersView, TeamView,
    },
    port::{Answer, PageError},
};
use chrono::{DateTime, Utc};
use domain::ReleaseVersion;
use sqlx::PgConnection;

use super::{Ports, unavailable};
use crate::{
    store::{self, StoreError, calendar, person},
    usecases::keep_roster::{history, may_keep},
    verdicts::World,
};

impl RostersPort for Ports {
    fn rosters(&self, release: Option<ReleaseVersion>) -> Answer<'_, RostersView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let now = self.0.context.clock.now();
            let shown = match release {
                Some(version) if world.release(version).is_none() => {
                    return Err(PageError::NotFound(format!("Release {version}")));
                }
                Some(version) => Some(version),
                None => world.current(now),
            };
            self.view(&world, shown, now).await.map_err(unavailable)
        })
    }
}

impl Ports {
    async fn view(
        &self,
        world: &World,
        shown: Option<ReleaseVersion>,
        now: DateTime<Utc>,
    ) -> store::Result<RostersView> {
        let mut conn = self.0.context.pool.acquire().await?;
        let keeps = match &self.1 {
            Some(person) => may_keep(&mut conn, &self.0.context, person).await?.is_ok(),
            None => false,
        };
        let team = match shown {
            Some(version) => Some(team(&mut conn, world, version, now).await?),
            None => None,
        };
        let renamed = if keeps { renamed(&mut conn).await? } else { Vec::new() };
        Ok(RostersView { keeps, releases: releases(world, now), team, groups: groups(world), renamed })
    }
}

fn calendar_id(world: &World) -> &str {
    world.main_calendar().map_or("", |calendar| calendar.id.as_str())
}

fn releases(world: &World, now: DateTime<Utc>) -> Vec<ReleaseLine> {
    let current = world.current(now);
    let rosters = &world.memberships.rosters;
    let members = |version| {
        let roster = rosters.iter().find(|roster| roster.calendar == calendar_id(world) && roster.version == version);
        u32::try_from(roster.map_or(0, |roster| roster.members.len())).unwrap_or(u32::MAX)
    };
    let line = |version| ReleaseLine { version, current: current == Some(version), members: members(version) };
    world.main_releases().rev().map(|release| line(release.version)).collect()
}

async fn team(
    conn: &mut PgConnection,
    world: &World,
    version: ReleaseVersion,
    now: DateTime<Utc>,
) -> store::Result<TeamView> {
    let id = calendar_id(world);
    let mut rosters = world.memberships.rosters.iter();
    let roster = rosters.find(|roster| roster.calendar == id && roster.version == version);
    let today = now.date_naive();
    let members: Vec<MemberLine> = roster
        .into_iter()
        .flat_map(|roster| &roster.members)
        .map(|member| MemberLine {
            login: member.login.clone(),
            part: member.part.word().to_owned(),
            from: member.from,
            to: member.to,
            now: member.on(today),
        })
        .collect();
    let alias = world.main_calendar().and_then(|calendar| calendar.release_team_alias.as_deref());
    let today_by = match (members.iter().any(|member| member.now), members.is_empty(), alias) {
        (true, ..) => "by the roster".to_owned(),
        (false, true, Some(alias)) => format!("by the alias `{alias}`, since nobody keeps a roster"),
        (false, false, Some(alias)) => format!("by the alias `{alias}`, since the roster names nobody today"),
        (false, _, None) => "since no alias stands for the release team".to_owned(),
    };
    let changes = history(&calendar::rosters_of(conn, id, version).await?);
    Ok(TeamView {
        version,
        seen: changes.last().map_or(0, |changed| changed.recorded.id),
        members,
        today: world.release_team(id, Some(version), now),
        today_by,
        history: changes
            .into_iter()
            .rev()
            .map(|changed| ChangeLine {
                id: changed.recorded.id,
                what: changed.what,
                by: changed.recorded.actor,
                at: changed.recorded.recorded_at,
            })
            .collect(),
    })
}

/// Aliases of the SIGs, then those of the release teams.
fn groups(world: &World) -> Vec<GroupLine> {
    let line = |group: &str, source: &str, alias: &str| GroupLine {
        group: group.to_owned(),
        source: source.to_owned(),
        alias: alias.to_owned(),
        members: world.alias(source, alias).cloned(),
        read_at: world.aliases_read(source),
    };
    let sigs = world.memberships.sig_aliases.iter().map(|known| line(&known.sig, &known.source, &known.alias));
    let teams = world.calendars.iter().filter_map(|calendar| {
        let alias = calendar.release_team_alias.as_deref()?;
        let sources = world.sources.values().filter(|source| source.calendar == calendar.id);
        Some(sources.map(move |source| line("release team", &source.id, alias)))
    });
    sigs.chain(teams.flatten()).collect()
}

async fn renamed(conn: &mut PgConnection) -> Result<Vec<RenamedLine>, StoreError> {
    let mut all = Vec::new();
    for waiting in person::unconfirmed(conn).await? {
        let known_as = person::find(conn, waiting.person).await?.map(|person| person.logins).unwrap_or_default();
        let person::Unconfirmed { login, person, seen_at } = waiting;
        all.push(RenamedLine { login, person, known_as, seen_at });
    }
    Ok(all)
}
