//! The log of decisions as an address asks for it: read, and written as files. Page, exports and API share it.

use app::{
    features::decisions::{DecisionQuery, Kind},
    port::PageError,
};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Days, NaiveTime, Utc};
use domain::{Event, ReleaseVersion};
use serde::Serialize;
use utoipa::ToSchema;

use super::slug_of;
use crate::{
    store::{
        self,
        decision::{self, Decided, Filter},
    },
    web::{
        AppState,
        api::{self, Problem},
        export::file,
    },
};

/// Most decisions in a file; nobody has ten times as many.
const MOST: i64 = 100_000;

/// A page of the log.
pub struct LogPage {
    /// The decisions, newest first.
    pub decided: Vec<Decided>,
    /// How many match.
    pub total: u32,
    /// The page, from 1.
    pub page: u32,
    /// How many there are, at least 1.
    pub pages: u32,
}

/// The page that a query asks for, of at most `limit` decisions; the last one when it asks for a later one.
///
/// # Errors
/// When the database fails.
pub async fn rows_of(state: &AppState, query: &DecisionQuery, limit: u32) -> store::Result<LogPage> {
    let filter = filter(query);
    let pages = |total: i64| u32::try_from(total).unwrap_or(u32::MAX).div_ceil(limit).max(1);
    let size = i64::from(limit);
    let mut conn = state.context.pool.acquire().await?;
    let mut page = query.page.max(1);
    let (mut decided, mut total) = decision::page(&mut conn, &filter, size, i64::from(page - 1) * size).await?;
    if decided.is_empty() && page > 1 {
        (_, total) = decision::page(&mut conn, &filter, 1, 0).await?;
        page = pages(total);
        (decided, _) = decision::page(&mut conn, &filter, size, i64::from(page - 1) * size).await?;
    }
    Ok(LogPage { decided, total: u32::try_from(total).unwrap_or(u32::MAX), page, pages: pages(total) })
}

fn filter(query: &DecisionQuery) -> Filter {
    let (source, number) = query.key().map_or((None, None), |(source, number)| (source, Some(number)));
    let begin = |day: chrono::NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    let words = query.q.iter().flat_map(|q| q.split_whitespace()).map(|word| word.trim_start_matches(['@', '#']));
    Filter {
        id: None,
        source: source.or_else(|| query.source.clone()),
        number,
        release: query.release.map(|release| release.to_string()),
        types: query.types().unwrap_or_default().iter().map(|name| (*name).to_owned()).collect(),
        person: query.person.clone(),
        words: words.filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        from: query.from.map(begin),
        before: query.to.and_then(|day| day.checked_add_days(Days::new(1))).map(begin),
    }
}

/// A decision as files and the API show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordedDecision)]
pub struct DecisionObject {
    /// Its place in the log.
    id: i64,
    /// Address of its page.
    url: String,
    source: String,
    /// Number of the proposal; null for a decision on the source as a whole.
    number: Option<u32>,
    /// The proposal, as `cep/4702`.
    proposal: Option<String>,
    /// What was done, as addresses write it: `retarget`.
    action: String,
    /// What was decided, as a sentence.
    what: String,
    release: Option<ReleaseVersion>,
    /// Login of who recorded it.
    recorded_by: String,
    /// Login of whose word it is, when another's.
    on_behalf_of: Option<String>,
    /// Where it was said.
    link: Option<String>,
    /// When it happened; null counts as always so.
    occurred_at: Option<DateTime<Utc>>,
    recorded_at: DateTime<Utc>,
    /// Place in the log of what undid it.
    undone_by: Option<i64>,
    /// The event as the log keeps it; what it holds depends on its `type`.
    #[schema(value_type = Object)]
    event: Event,
}

/// The same for a decision of the log.
pub fn object(decided: Decided) -> DecisionObject {
    let Decided { source, number, recorded, undone_by } = decided;
    let number = Some(number).filter(|number| *number > 0);
    DecisionObject {
        id: recorded.id,
        url: format!("/decisions/{}", recorded.id),
        proposal: number.map(|number| format!("{source}/{number}")),
        source,
        number,
        action: action_of(&recorded.event),
        what: recorded.event.tell(),
        release: recorded.event.release(),
        recorded_by: recorded.actor,
        on_behalf_of: recorded.on_behalf_of,
        link: recorded.link,
        occurred_at: recorded.occurred_at,
        recorded_at: recorded.recorded_at,
        undone_by,
        event: recorded.event,
    }
}

/// The action that an event records, as addresses write it.
fn action_of(event: &Event) -> String {
    let name = type_of(event);
    Kind::of_type(&name).map_or(name, |kind| kind.slug.to_owned())
}

/// The type of an event, as the log writes it.
pub fn type_of(event: &Event) -> String {
    let payload = serde_json::to_value(event).unwrap_or_default();
    payload.get("type").map(slug_of).unwrap_or_default()
}

async fn all(state: &AppState, query: Option<String>) -> Result<Vec<DecisionObject>, Problem> {
    let (query, bad) = DecisionQuery::parse(query.as_deref().unwrap_or_default());
    api::usable(&bad)?;
    let mut conn = state.context.pool.acquire().await.map_err(store::StoreError::from)?;
    let (decided, _) = decision::page(&mut conn, &filter(&query), MOST, 0).await?;
    Ok(decided.into_iter().map(object).collect())
}

/// As comma-separated values, for a spreadsheet.
pub async fn csv(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match all(&state, query).await {
        Ok(rows) => file("decisions.csv", &COLUMNS, rows.into_iter().map(record)),
        Err(problem) => problem.into_response(),
    }
}

/// As JSON, the same objects as the API's.
pub async fn json(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match all(&state, query).await {
        Ok(rows) => Json(rows).into_response(),
        Err(problem) => problem.into_response(),
    }
}

const COLUMNS: [&str; 12] = [
    "id",
    "occurred_at",
    "recorded_at",
    "source",
    "number",
    "action",
    "release",
    "what",
    "recorded_by",
    "on_behalf_of",
    "link",
    "undone_by",
];

fn record(row: DecisionObject) -> Vec<String> {
    let text = |value: Option<String>| value.unwrap_or_default();
    vec![
        row.id.to_string(),
        text(row.occurred_at.map(app::words::machine)),
        app::words::machine(row.recorded_at),
        row.source,
        text(row.number.map(|number| number.to_string())),
        row.action,
        text(row.release.map(|release| release.to_string())),
        row.what,
        row.recorded_by,
        text(row.on_behalf_of),
        text(row.link),
        text(row.undone_by.map(|id| id.to_string())),
    ]
}

/// One decision by its place in the log.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn one(state: &AppState, id: i64) -> store::Result<Option<Decided>> {
    let mut conn = state.context.pool.acquire().await?;
    let filter = Filter { id: Some(id), ..Filter::default() };
    let (decided, _) = decision::page(&mut conn, &filter, 1, 0).await?;
    Ok(decided.into_iter().next())
}

/// What people read when there is no such decision.
pub fn no_decision(id: i64) -> PageError {
    PageError::NotFound(format!("Decision {id}"))
}
