//! The plan as a file: what is accepted in its order, then what is proposed; or a closed plan as it was.

use app::features::plan::port::{PlanView, SnapshotRow};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::web::{
    AppState,
    api::plans::{Planned, planned, view},
    export,
};

/// A proposal of a closed plan.
#[derive(Debug, Serialize)]
struct ClosedLine {
    release: String,
    closed_at: String,
    closed_by: String,
    source: String,
    number: u32,
    title: String,
    rank: Option<u32>,
    rank_now: Option<u32>,
    status_now: String,
}

/// As comma-separated values.
pub async fn csv(State(state): State<AppState>, Path(version): Path<String>, RawQuery(query): RawQuery) -> Response {
    match view(&state, &version, query.as_deref()).await {
        Ok(view) => {
            let name = format!("plan-{}-{}.csv", view.cycle.version, view.source);
            let records = match asked(&view) {
                Some(lines) => lines.map(ClosedLine::record).collect::<Vec<_>>(),
                None => planned(&view).map(record).collect(),
            };
            let columns = if asked(&view).is_some() { &CLOSED_COLUMNS[..] } else { &COLUMNS[..] };
            export::file(&name, columns, records)
        }
        Err(problem) => problem.into_response(),
    }
}

/// As JSON.
pub async fn json(State(state): State<AppState>, Path(version): Path<String>, RawQuery(query): RawQuery) -> Response {
    match view(&state, &version, query.as_deref()).await {
        Ok(view) => match asked(&view) {
            Some(lines) => Json(lines.collect::<Vec<_>>()).into_response(),
            None => Json(planned(&view).collect::<Vec<_>>()).into_response(),
        },
        Err(problem) => problem.into_response(),
    }
}

fn asked(view: &PlanView) -> Option<impl Iterator<Item = ClosedLine>> {
    let snapshot = view.snapshot.as_ref().filter(|snapshot| snapshot.asked)?;
    let of = |row: &SnapshotRow| ClosedLine {
        release: view.cycle.version.to_string(),
        closed_at: app::words::machine(snapshot.closing.at),
        closed_by: snapshot.closing.by.clone(),
        source: row.proposal.source.clone(),
        number: row.proposal.number,
        title: row.proposal.title.clone(),
        rank: row.rank,
        rank_now: row.rank_now,
        status_now: row.words.clone(),
    };
    Some(snapshot.rows.iter().map(of))
}

const COLUMNS: [&str; 13] = [
    "release",
    "source",
    "number",
    "title",
    "sig",
    "plan",
    "rank",
    "status",
    "owners",
    "reviewers_and_approvers",
    "lacks",
    "open_prs",
    "slipped",
];

const CLOSED_COLUMNS: [&str; 9] =
    ["release", "closed_at", "closed_by", "source", "number", "title", "rank", "rank_now", "status_now"];

fn number<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn record(line: Planned) -> Vec<String> {
    vec![
        line.release,
        line.source,
        line.number.to_string(),
        line.title,
        line.sig,
        line.plan.to_owned(),
        number(line.rank),
        line.status,
        line.owners.join(" "),
        line.reviewers_and_approvers.join(" "),
        line.lacks.join("; "),
        number(line.open_prs),
        line.slipped.join("; "),
    ]
}

impl ClosedLine {
    fn record(self) -> Vec<String> {
        vec![
            self.release,
            self.closed_at,
            self.closed_by,
            self.source,
            self.number.to_string(),
            self.title,
            number(self.rank),
            number(self.rank_now),
            self.status_now,
        ]
    }
}
