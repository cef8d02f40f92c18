//! What is done on checklists: sign a line, add a line to a release, take one off; and the export of the table.

use app::query::encode;
use axum::{
    Router,
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Decision, Outcome, ReleaseVersion, checklist::Line};

use super::{
    AppState,
    api::checklists::table,
    export,
    forms::{Answer, Posted, problem_of, see_other},
    page,
};
use crate::usecases::{
    decide::{SourceDecision, decide, decide_on_source},
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
async fn sign(Path((source, number)): Path<(String, u32)>, posted: Posted) -> Answer {
    let page = format!("/{source}/{number}/checklist");
    let release = posted.fields.get("release").and_then(|text| text.parse::<ReleaseVersion>().ok());
    let release = release.ok_or_else(|| see_other(&page))?;
    let sent = posted.from_page(format!("{page}?release={release}")).await?;
    let line = sent.fields.get("line").unwrap_or_default().to_owned();
    let field = format!("statement-{line}");
    let statement = sent.fields.get(&field).unwrap_or_default().to_owned();
    let decision = Decision::SignLine { release, line: line.clone(), statement };
    let (context, verdicts, key) = (&sent.state.context, &sent.state.verdicts, Key { source, number });
    Ok(match decide(context, verdicts, &sent.by(), &key, decision, sent.fields.seen()).await {
        Ok(_) => see_other(&format!("{}#line-{}", sent.page, encode(&line))),
        Err(error) => {
            let mut problem = problem_of(&error);
            if problem.field.as_deref().is_some_and(|name| matches!(name, "line" | "reason")) {
                problem.field = Some(field);
            }
            sent.again(vec![problem], error.status()).await
        }
    })
}

/// Adds a line to the checklist of a release, or takes one off.
async fn lines(Path(version): Path<String>, posted: Posted) -> Answer {
    let release = version.parse::<ReleaseVersion>().map_err(|_| see_other("/releases"))?;
    let source = posted.fields.get("source").unwrap_or_default().to_owned();
    let sent = posted.from_page(format!("/releases/{release}/checklist?source={}", encode(&source))).await?;
    let (decision, field) = match sent.fields.get("remove") {
        Some(line) => (SourceDecision::RemoveLine { release, line: line.to_owned() }, None),
        None => (SourceDecision::AddLine { release, text: sent.fields.raw("text").to_owned() }, Some("text")),
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    Ok(match decide_on_source(context, verdicts, &sent.by(), &source, decision, None).await {
        Ok(_) => see_other(&format!("{}#extra", sent.page)),
        Err(error) => {
            let mut problem = problem_of(&error);
            if error.status() == 422 {
                problem.field = field.map(str::to_owned);
            }
            sent.again(vec![problem], error.status()).await
        }
    })
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
