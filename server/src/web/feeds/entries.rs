//! What logs tell: decisions of all proposals, and everything about one.

use app::features::decisions::DecisionQuery;
use chrono::{DateTime, Utc};

use super::atom::{Entry, Feed};
use crate::{
    store::decision::Decided,
    verdicts::World,
    web::{
        AppState,
        api::{self, Problem},
        decisions::{rows_of, type_of},
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
