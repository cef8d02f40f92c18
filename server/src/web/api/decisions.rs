//! Decisions in the API: the log, and recording one.

use app::features::decisions::DecisionQuery;
use axum::{
    Json,
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
};
use domain::Decision;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::Problem;
use crate::{
    store::decision::Decided,
    usecases::{
        decide::{By, DecideError, SourceDecision, decide, decide_on_source},
        key::Key,
    },
    web::{
        AppState,
        decisions::{DecisionObject, object, one, rows_of},
        forms::words_of,
        session::{SignedIn, forged},
    },
};

/// A page of the log.
#[derive(Debug, Serialize)]
pub struct Log {
    total: u32,
    page: u32,
    pages: u32,
    items: Vec<DecisionObject>,
}

/// The log, with the parameters of `/decisions`.
///
/// # Errors
/// A problem document when the query cannot be used, or the database fails.
pub async fn list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Json<Log>, Problem> {
    let (query, bad) = DecisionQuery::parse(query.as_deref().unwrap_or_default());
    super::usable(&bad)?;
    let log = rows_of(&state, &query).await?;
    let items = log.decided.into_iter().map(object).collect();
    Ok(Json(Log { total: log.total, page: log.page, pages: log.pages, items }))
}

/// What is to be recorded: on a proposal, or on a source as a whole.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    #[serde(default)]
    proposal: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    seen: Option<i64>,
    #[serde(default)]
    on_behalf_of: Option<String>,
    #[serde(default)]
    link: Option<String>,
    decision: Value,
}

/// The answer to what was recorded: its address, and the decision or decisions.
type Created = (StatusCode, [(HeaderName, String); 1], Json<Value>);

/// Records a decision.
///
/// # Errors
/// A problem document: 400 when it cannot be read, 401 and 403 when it is not theirs to decide, 404, 409 when others
/// decided meanwhile, 422 when the rules do not allow it.
pub async fn record(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Created, Problem> {
    if forged(&headers, &viewer, None) {
        let why = "With a session's cookie a change needs the header `x-csrf-token` and has to come from a page of ours. \
                   Nothing was recorded.";
        return Err(Problem::new(StatusCode::FORBIDDEN, why).of_kind("forged"));
    }
    if String::from_utf8_lossy(&body).contains("\\u0000") {
        return Err(bad("a character U+0000 cannot be kept; leave it out".to_owned(), None));
    }
    let order: Order = read(serde_json::from_slice(&body), "the body", None)?;
    let by = By { on_behalf_of: order.on_behalf_of, link: order.link, ..By::person(viewer.person) };
    match (order.proposal, order.source) {
        (Some(proposal), None) => {
            let key: Key = proposal.parse().map_err(|why| bad(why, Some("proposal")))?;
            let decision: Decision = as_decision(order.decision)?;
            let recorded = decide(&state.context, &state.verdicts, &by, &key, decision, order.seen).await?;
            let decided = Decided { source: key.source, number: key.number, recorded, undone_by: None };
            let place = format!("/decisions/{}", decided.recorded.id);
            Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(json!(object(decided)))))
        }
        (None, Some(source)) => {
            let decision: SourceDecision = as_decision(order.decision)?;
            let recorded =
                decide_on_source(&state.context, &state.verdicts, &by, &source, decision, order.seen).await?;
            let mut objects = Vec::new();
            for recorded in &recorded {
                objects.extend(one(&state, recorded.id).await?.map(object));
            }
            let place = recorded.first().map_or_else(String::new, |recorded| format!("/decisions/{}", recorded.id));
            Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(json!(objects))))
        }
        _ => Err(bad("name either the `proposal`, as cep/4702, or the `source`, as cep", Some("proposal"))),
    }
}

fn as_decision<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    read(serde_json::from_value(value), "the decision", Some("decision"))
}

fn read<T>(value: serde_json::Result<T>, what: &str, field: Option<&'static str>) -> Result<T, Problem> {
    value.map_err(|error| bad(format!("{what} cannot be read: {error}"), field))
}

fn bad(words: impl Into<String>, field: Option<&'static str>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, words).at_field(field)
}

impl From<DecideError> for Problem {
    fn from(error: DecideError) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = match status {
            StatusCode::FORBIDDEN => "not-allowed",
            StatusCode::CONFLICT => "meanwhile",
            StatusCode::UNPROCESSABLE_ENTITY => "rule",
            _ => "",
        };
        Self::new(status, words_of(&error)).of_kind(kind).at_field(error.field())
    }
}
