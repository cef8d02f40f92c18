//! What is done on checklists: sign a line, add a line to a release, take one off; and the export of the table.

use app::query::encode;
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Decision, Outcome, ReleaseVersion, checklist::Line};

use super::{
    AppState,
    api::checklists::table,
    export,
    forms::{Fields, again, guard, problem_of, see_other, sign_in_first},
    page,
    session::MaybeViewer,
};
use crate::usecases::{
    decide::{By, SourceDecision, decide, decide_on_source},
    key::Key,
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/{source}/{number}/checklist", get(page::page).post(sign))
        .route("/releases/{version}/checklist/lines", post(lines))
        .route("/releases/{version}/checklist.csv", get(csv))
}

/// Signs a line with one's name.
async fn sign(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path((source, number)): Path<(String, u32)>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let page = format!("/{source}/{number}/checklist");
    let Some(release) = fields.get("release").and_then(|text| text.parse::<ReleaseVersion>().ok()) else {
        return see_other(&page);
    };
    let page = format!("{page}?release={release}");
    let Some(viewer) = viewer else { return sign_in_first(&page) };
    if let Err(answer) = guard(&headers, &viewer, &fields) {
        return *answer;
    }
    let line = fields.get("line").unwrap_or_default().to_owned();
    let field = format!("statement-{line}");
    let statement = fields.get(&field).unwrap_or_default().to_owned();
    let decision = Decision::SignLine { release, line: line.clone(), statement };
    let by = By::person(viewer.person.clone());
    let key = Key { source, number };
    match decide(&state.context, &state.verdicts, &by, &key, decision, fields.seen()).await {
        Ok(_) => see_other(&format!("{page}#line-{}", encode(&line))),
        Err(error) => {
            let mut problem = problem_of(&error);
            if problem.field.as_deref().is_some_and(|name| matches!(name, "line" | "reason")) {
                problem.field = Some(field);
            }
            again(state, Some(viewer), &page, &headers, fields, vec![problem], error.status()).await
        }
    }
}

/// Adds a line to the checklist of a release, or takes one off.
async fn lines(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(version): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let Ok(release) = version.parse::<ReleaseVersion>() else { return see_other("/releases") };
    let source = fields.get("source").unwrap_or_default().to_owned();
    let page = format!("/releases/{release}/checklist?source={}", encode(&source));
    let Some(viewer) = viewer else { return sign_in_first(&page) };
    if let Err(answer) = guard(&headers, &viewer, &fields) {
        return *answer;
    }
    let decision = match fields.get("remove") {
        Some(line) => SourceDecision::RemoveLine { release, line: line.to_owned() },
        None => SourceDecision::AddLine { release, text: fields.raw("text").to_owned() },
    };
    let field = if fields.get("remove").is_some() { None } else { Some("text") };
    let by = By::person(viewer.person.clone());
    match decide_on_source(&state.context, &state.verdicts, &by, &source, decision, None).await {
        Ok(_) => see_other(&format!("{page}#extra")),
        Err(error) => {
            let mut problem = problem_of(&error);
            if error.status() == 422 {
                problem.field = field.map(str::to_owned);
            }
            again(state, Some(viewer), &page, &headers, fields, vec![problem], error.status()).await
        }
    }
}

/// The table as comma-separated values: a row for each line of each proposal.
async fn csv(State(state): State<AppState>, Path(version): Path<String>, RawQuery(query): RawQuery) -> Response {
    let view = match table(&state, &version, query.as_deref()).await {
        Ok(view) => view,
        Err(problem) => return problem.into_response(),
    };
    let name = format!("checklist-{}-{}.csv", view.cycle.version, view.source);
    let records = view.rows.iter().flat_map(|row| {
        let proposal = &row.summary.proposal;
        row.summary.lines.iter().map(|line| {
            let about = [row.summary.release.to_string(), proposal.source.clone(), proposal.number.to_string()];
            about.into_iter().chain([proposal.title.clone()]).chain(told(line)).collect()
        })
    });
    export::file(&name, &COLUMNS, records)
}

const COLUMNS: [&str; 12] = [
    "release",
    "source",
    "number",
    "title",
    "line",
    "text",
    "done",
    "evidence",
    "seen",
    "signed_by",
    "signed_at",
    "statement",
];

fn told(line: &Line) -> [String; 8] {
    let evidence = match line.outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Unknown => "unknown",
    };
    let signed = line.signed.as_ref();
    let seen = line.evidence.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" ");
    [
        line.key.clone(),
        line.text.clone(),
        line.done().to_string(),
        evidence.to_owned(),
        seen,
        signed.map(|signed| signed.by.clone()).unwrap_or_default(),
        signed.and_then(|signed| signed.at).map(app::words::machine).unwrap_or_default(),
        signed.map(|signed| signed.statement.clone()).unwrap_or_default(),
    ]
}
