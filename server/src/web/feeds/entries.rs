//! What logs tell: decisions of all proposals, and everything about one.

use app::features::decisions::DecisionQuery;
use chrono::{DateTime, Utc};

use super::atom::{Entry, Feed};
use crate::{
    store::{decision::Decided, reminder::Reminder},
    verdicts::World,
    web::{
        AppState,
        api::{self, Problem},
        decisions::{rows_of, type_of},
        reminders::of_login,
        views,
    },
};

/// Most entries of a feed; programs ask again long before there are more.
const MOST: u32 = 100;

/// The latest decisions that match.
///
/// # Errors
/// A problem when the query cannot be used, or the database fails.
pub async fn decisions(state: &AppState, query: &str) -> Result<Feed, Problem> {
    let (query, bad) = DecisionQuery::parse(query);
    api::usable(&bad)?;
    let query = DecisionQuery { page: 0, ..query };
    let world = state.verdicts.world().await?;
    let log = rows_of(state, &query, MOST).await?;
    Ok(Feed {
        title: "CEP Tracker: decisions".to_owned(),
        base: state.context.config.address().to_owned(),
        people: state.context.config.github.web_url.clone(),
        own: query.href_of("/decisions.atom"),
        page: query.href(),
        entries: log.decided.iter().map(|decided| decision(&world, decided)).collect(),
    })
}

fn decision(world: &World, decided: &Decided) -> Entry {
    let recorded = &decided.recorded;
    let record = world.proposals.get(&(decided.source.clone(), decided.number));
    let proposal = record.map(|record| views::link(record));
    let about = proposal.as_ref().map_or_else(
        || format!("All of {}", decided.source),
        |proposal| format!("{}: {}", proposal.name(), proposal.title),
    );
    let name = proposal.map_or_else(|| decided.source.clone(), |proposal| proposal.name());
    let behalf = recorded.on_behalf_of.as_ref().map(|whose| format!(" On behalf of @{whose}."));
    let undone = decided.undone_by.map(|id| format!(" Undone by decision {id}."));
    Entry {
        path: format!("/decisions/{}", recorded.id),
        link: format!("/decisions/{}", recorded.id),
        title: format!("{name}: {}", recorded.event.tell()),
        text: format!("{about}.{}{}", behalf.unwrap_or_default(), undone.unwrap_or_default()),
        author: Some(recorded.actor.clone()),
        happened: recorded.occurred_at,
        updated: recorded.recorded_at,
        kind: type_of(&recorded.event),
    }
}

/// What somebody was reminded of, latest first.
///
/// # Errors
/// A problem when the database fails.
pub async fn reminders(state: &AppState, login: &str) -> Result<Feed, Problem> {
    let world = state.verdicts.world().await?;
    let sent = of_login(state, login).await?;
    let of = |one: &Reminder| serde_json::to_string(&one.of.concern).unwrap_or_default();
    let entry = |one: &Reminder| {
        let record = world.proposals.get(&(one.source.clone(), one.number));
        let name = record.map_or_else(|| format!("{}/{}", one.source, one.number), |record| views::link(record).name());
        let title = record.map(|record| record.title.clone()).unwrap_or_default();
        let day = one.of.deadline.format("%-d %b %Y, %H:%M UTC");
        let page = format!("/{}/{}?release={}", one.source, one.number, one.release);
        Entry {
            path: format!("{page}&reminded={}&of={}", one.at.timestamp(), app::query::encode(&of(one))),
            link: page,
            title: format!("{name}, {}: {}", one.release, one.what),
            text: format!("{title}. Due until {day}."),
            author: one.by.clone(),
            happened: Some(one.at),
            updated: one.at,
            kind: "reminder".to_owned(),
        }
    };
    Ok(Feed {
        title: format!("CEP Tracker: reminders for @{login}"),
        base: state.context.config.address().to_owned(),
        people: state.context.config.github.web_url.clone(),
        own: format!("/people/{}/reminders.atom", app::query::encode(login)),
        page: "/reminders".to_owned(),
        entries: sent.iter().take(MOST as usize).map(entry).collect(),
    })
}

/// Everything about one proposal, latest first.
///
/// # Errors
/// A problem when there is none, or the database fails.
pub async fn of_proposal(state: &AppState, source: &str, number: &str) -> Result<Feed, Problem> {
    let world = state.verdicts.world().await?;
    let known = number.parse().ok().and_then(|number| world.proposals.get(&(source.to_owned(), number)));
    let record = known.ok_or_else(|| Problem::missing(format!("{source}/{number} is not known here.")))?;
    let proposal = views::link(record);
    let now: DateTime<Utc> = state.context.clock.now();
    let mut events: Vec<_> = record.history.events.iter().filter(|event| event.happened_by(now)).collect();
    events
        .sort_by_key(|recorded| std::cmp::Reverse((recorded.occurred_at.unwrap_or(recorded.recorded_at), recorded.id)));
    let entry = |recorded: &&domain::Recorded| {
        let decision = recorded.event.is_decision();
        let page = if decision { format!("/decisions/{}", recorded.id) } else { proposal.href() };
        Entry {
            path: if decision { page.clone() } else { format!("{page}#event-{}", recorded.id) },
            link: page,
            title: recorded.event.tell(),
            text: recorded.link.clone().unwrap_or_default(),
            author: decision.then(|| recorded.actor.clone()),
            happened: recorded.occurred_at,
            updated: recorded.recorded_at,
            kind: type_of(&recorded.event),
        }
    };
    Ok(Feed {
        title: format!("{}: {}", proposal.name(), proposal.title),
        base: state.context.config.address().to_owned(),
        people: state.context.config.github.web_url.clone(),
        own: format!("{}/feed.atom", proposal.href()),
        page: proposal.href(),
        entries: events.iter().take(MOST as usize).map(entry).collect(),
    })
}
