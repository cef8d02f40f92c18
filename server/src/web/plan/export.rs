//! The plan as a file: what is accepted in its order, then what is proposed; or a closed plan as it was.

use app::{
    features::plan::port::{PlanAsk, PlanRow, PlanView, SnapshotRow},
    port::PageError,
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::web::{
    AppState,
    api::{self, Problem},
    export, ports, views,
};

/// A proposal of the plan.
#[derive(Debug, Serialize)]
struct Line {
    release: String,
    source: String,
    number: u32,
    title: String,
    sig: String,
    plan: &'static str,
    rank: Option<u32>,
    status: String,
    owners: Vec<String>,
    reviewers_and_approvers: Vec<String>,
    lacks: Vec<String>,
    open_prs: Option<usize>,
    slipped: Vec<String>,
}

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

async fn view(state: &AppState, version: &str, query: Option<String>) -> Result<PlanView, Problem> {
    let (ask, bad) = PlanAsk::parse(version, query.as_deref().unwrap_or_default());
    api::usable(&bad)?;
    let world = state.verdicts.world().await?;
    let told = |error: PageError| {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND);
        Problem::new(status, error.to_string())
    };
    let ask = ask.map_err(told)?;
    let moment = views::moment(ask.at, state.context.clock.now());
    ports::plan(&world, &ask, None, moment).map_err(told)
}

/// As comma-separated values.
pub async fn csv(State(state): State<AppState>, Path(version): Path<String>, RawQuery(query): RawQuery) -> Response {
    match view(&state, &version, query).await {
        Ok(view) => {
            let name = format!("plan-{}-{}.csv", view.cycle.version, view.source);
            let records = match asked(&view) {
                Some(lines) => lines.map(ClosedLine::record).collect::<Vec<_>>(),
                None => lines(&view).map(Line::record).collect(),
            };
            let columns = if asked(&view).is_some() { &CLOSED_COLUMNS[..] } else { &COLUMNS[..] };
            export::file(&name, columns, records)
        }
        Err(problem) => problem.into_response(),
    }
}

/// As JSON.
pub async fn json(State(state): State<AppState>, Path(version): Path<String>, RawQuery(query): RawQuery) -> Response {
    match view(&state, &version, query).await {
        Ok(view) => match asked(&view) {
            Some(lines) => Json(lines.collect::<Vec<_>>()).into_response(),
            None => Json(lines(&view).collect::<Vec<_>>()).into_response(),
        },
        Err(problem) => problem.into_response(),
    }
}

fn lines(view: &PlanView) -> impl Iterator<Item = Line> {
    let accepted = view.accepted.iter().map(|row| ("accepted", row));
    let proposed = view.proposed.iter().map(|row| ("proposed", row));
    accepted.chain(proposed).map(|(plan, row)| line(view, plan, row))
}

fn line(view: &PlanView, plan: &'static str, row: &PlanRow) -> Line {
    Line {
        release: view.cycle.version.to_string(),
        source: row.proposal.source.clone(),
        number: row.proposal.number,
        title: row.proposal.title.clone(),
        sig: row.sig.clone(),
        plan,
        rank: row.rank,
        status: row.words.clone(),
        owners: row.owners.clone(),
        reviewers_and_approvers: row.people.iter().map(|named| named.login.clone()).collect(),
        lacks: row.lacks.clone(),
        open_prs: row.work.map(|work| work.all.saturating_sub(work.done)),
        slipped: row.slips.clone(),
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

impl Line {
    fn record(self) -> Vec<String> {
        vec![
            self.release,
            self.source,
            self.number.to_string(),
            self.title,
            self.sig,
            self.plan.to_owned(),
            number(self.rank),
            self.status,
            self.owners.join(" "),
            self.reviewers_and_approvers.join(" "),
            self.lacks.join("; "),
            number(self.open_prs),
            self.slipped.join("; "),
        ]
    }
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
