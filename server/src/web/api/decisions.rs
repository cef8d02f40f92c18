//! Decisions in the API: the log, and recording one.

use app::features::decisions::DecisionQuery;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, Uri, header},
};
use domain::Decision;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    Problem,
    pages::{Page, PageParameters, Paging},
    parameters::DecisionParameters,
    problem::{Missing, Refused, Unknown, Unreadable},
};
use crate::{
    store::decision::Decided,
    usecases::{
        decide::{By, SourceDecision, decide, decide_on_source},
        key::Key,
    },
    web::{
        AppState,
        decisions::{self, DecisionObject, object, rows_of},
        session::{SignedIn, forged},
    },
};

/// Decisions
///
/// The log of what people decided, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/decisions",
    tag = "Decisions",
    operation_id = "decisions",
    params(DecisionParameters, PageParameters),
    responses((status = 200, description = "A page of it.", body = Page<DecisionObject>), Unreadable)
)]
pub(super) async fn list(State(state): State<AppState>, uri: Uri) -> Result<Page<DecisionObject>, Problem> {
    let (query, bad) = DecisionQuery::parse(uri.query().unwrap_or_default());
    super::usable(&bad)?;
    let paging = Paging::of(&uri, query.page)?;
    let log = rows_of(&state, &query, paging.limit).await?;
    let items = log.decided.into_iter().map(object).collect();
    Ok(paging.page(None, (log.total as usize, log.page), items))
}

/// A decision
///
/// As it was recorded, and what undid it.
#[utoipa::path(
    get,
    path = "/api/v1/decisions/{id}",
    tag = "Decisions",
    operation_id = "decision",
    params(("id" = i64, Path, description = "Its place in the log.", example = 120)),
    responses((status = 200, description = "The decision.", body = DecisionObject), Unreadable, Missing)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<DecisionObject>, Problem> {
    let missing = || Problem::missing(format!("Decision {id} is not known here."));
    let place = id.parse().map_err(|_| missing())?;
    decisions::one(&state, place).await?.map(|decided| Json(object(decided))).ok_or_else(missing)
}

/// What is to be recorded: on a proposal, or on a source as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The proposal, as `cep/4702`; for decisions on one.
    #[serde(default)]
    #[schema(example = "cep/4702")]
    proposal: Option<String>,
    /// Id of the source; for decisions on all of it.
    #[serde(default)]
    source: Option<String>,
    /// Place in the log of the latest decision that was known; what others decided after it is answered with 409.
    #[serde(default)]
    seen: Option<i64>,
    /// Login of whose word it is, when another's.
    #[serde(default)]
    on_behalf_of: Option<String>,
    /// Where it was said.
    #[serde(default)]
    link: Option<String>,
    /// What is decided.
    #[schema(value_type = AnyDecision)]
    decision: Value,
}

/// A decision on a proposal, or on a source as a whole.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AnyDecision {
    /// On a proposal.
    OfProposal(Decision),
    /// On a source.
    OfSource(SourceDecision),
}

/// What was recorded: one decision on a proposal; on a source, one for each proposal that it moves.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Recorded)]
pub enum RecordedObject {
    /// On a proposal.
    One(Box<DecisionObject>),
    /// On a source.
    Several(Vec<DecisionObject>),
}

/// The answer to what was recorded: its address, and the decision or decisions.
type Created = (StatusCode, [(HeaderName, String); 1], Json<RecordedObject>);

/// Decide
///
/// Records a decision of whose token it is, by the same rules as the pages. A weekly check-in is one of them: `check-in`,
/// with release, `outcome` and `sentence`; without a `week` it is for the present one. For which sides it speaks follows
/// from the roles of the person.
#[utoipa::path(
    post,
    path = "/api/v1/decisions",
    tag = "Decisions",
    operation_id = "decide",
    security(("token" = [])),
    request_body(
        content = Order,
        examples(
            ("commit" = (summary = "An owner commits", value = json!({
                "proposal": "cep/4702",
                "decision": { "action": "commit", "release": "v1.10" },
            }))),
            ("check-in" = (summary = "Somebody checks in for this week", value = json!({
                "proposal": "cep/4702",
                "decision": {
                    "action": "check-in", "release": "v1.10", "outcome": "at-risk", "sentence": "It waits on a quota.",
                },
            }))),
        )
    ),
    responses(
        (status = 201, description = "It is recorded; `Location` is its page.", body = RecordedObject),
        Refused,
        Unknown,
        Missing,
    )
)]
pub(super) async fn record(
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
    let json = headers.get(header::CONTENT_TYPE).is_none_or(|kind| {
        kind.to_str().is_ok_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim().ends_with("json")))
    });
    if !json {
        let why = "The body has to be JSON, by its `Content-Type` too.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
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
            Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(RecordedObject::One(Box::new(object(decided))))))
        }
        (None, Some(source)) => {
            let decision: SourceDecision = as_decision(order.decision)?;
            let recorded =
                decide_on_source(&state.context, &state.verdicts, &by, &source, decision, order.seen).await?;
            let mut objects = Vec::new();
            for recorded in &recorded {
                objects.extend(decisions::one(&state, recorded.id).await?.map(object));
            }
            let place = recorded.first().map_or_else(String::new, |recorded| format!("/decisions/{}", recorded.id));
            Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(RecordedObject::Several(objects))))
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
