//! Forms of a week: somebody checks in, somebody posts the comments.

use app::{
    features::check_ins::{
        CheckInAddress,
        port::{CheckInRow, WeekAsk, WeekView},
    },
    query::At,
    ui::Problem,
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{CheckInOutcome, Decision, Proposed, ReleaseVersion, RetargetReason, Week};

use super::{Comments, week};
use crate::{
    usecases::{
        decide::{By, decide},
        key::Key,
        post_check_ins::{PostError, post_check_ins},
    },
    web::{
        AppState,
        forms::{Fields, again, guard, problem, problem_of, refused_form, see_other, sign_in_first},
        session::MaybeViewer,
    },
};

fn read(release: &str, week: &str) -> Option<CheckInAddress> {
    Some(CheckInAddress { release: release.parse().ok()?, week: week.parse().ok()? })
}

/// Records what was said, and goes on to the next proposal that is open.
pub async fn check_in(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path((release, week, source, number)): Path<(String, String, String, u32)>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let Some(address) = read(&release, &week) else { return see_other("/check-ins/current/now") };
    let page = address.meeting(&source, number);
    let Some(viewer) = viewer else { return sign_in_first(&page) };
    if let Err(forged) = guard(&headers, &viewer, &fields) {
        return refused_form(state, viewer, &page, &headers, fields, forged).await;
    }
    let decision = match decision(address, &fields) {
        Ok(decision) => decision,
        Err(problems) => return again(state, Some(viewer), &page, &headers, fields, problems, 422).await,
    };
    let by = By {
        on_behalf_of: fields.get("on_behalf_of").map(str::to_owned),
        link: fields.get("link").map(str::to_owned),
        ..By::person(viewer.person.clone())
    };
    let key = Key { source, number };
    match decide(&state.context, &state.verdicts, &by, &key, decision, fields.seen()).await {
        Ok(_) if fields.get("then") == Some("stay") => see_other(&page),
        Ok(_) => see_other(&next(&state, address, &viewer.person, &key).await.unwrap_or(page)),
        Err(error) => {
            let mut problem = problem_of(&error);
            if problem.field.as_deref() == Some("reason") {
                problem.field = Some("sentence".to_owned());
            }
            again(state, Some(viewer), &page, &headers, fields, vec![problem], error.status()).await
        }
    }
}

/// Where the meeting goes on: at the next that is open for the person, from the top again after the last; at the
/// minutes when none is.
async fn next(
    state: &AppState,
    address: CheckInAddress,
    person: &crate::store::person::Person,
    here: &Key,
) -> Option<String> {
    let world = state.verdicts.world().await.ok()?;
    let ask = WeekAsk {
        release: app::query::ReleaseChoice::Version(address.release),
        week: app::features::check_ins::WeekChoice::Week(address.week),
        at: At::Now,
    };
    let view: WeekView = week(&world, ask, Some(person), &Comments::new(), state.context.clock.now()).ok()?;
    let place = view.rows.iter().position(|row| row.key() == here.to_string()).unwrap_or(0);
    let (before, after) = view.rows.split_at(place.min(view.rows.len()));
    let next = after.iter().skip(1).chain(before).find(|row| CheckInRow::is_open_for(row));
    Some(next.map_or_else(
        || address.below("minutes"),
        |row| format!("{}?said={here}&on={}", address.below("meeting"), row.key()),
    ))
}

/// What the form says.
fn decision(address: CheckInAddress, fields: &Fields) -> Result<Decision, Vec<Problem>> {
    let CheckInAddress { release, week } = address;
    let mut problems = Vec::new();
    let slug = fields.get("outcome").unwrap_or_default();
    let outcome = CheckInOutcome::ALL.into_iter().find(|outcome| outcome.slug() == slug);
    let proposed =
        if outcome == Some(CheckInOutcome::RetargetOrReject) { proposed(fields, &mut problems) } else { None };
    let Some(outcome) = outcome else {
        problems.insert(0, problem("outcome", "choose how it goes"));
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let sentence = fields.get("sentence").unwrap_or_default().to_owned();
    Ok(Decision::CheckIn { release, week: Some(week), outcome, sentence, proposed })
}

fn proposed(fields: &Fields, problems: &mut Vec<Problem>) -> Option<Proposed> {
    match fields.get("propose") {
        Some("reject") => return Some(Proposed::Reject),
        Some("retarget") => {}
        _ => {
            problems.push(problem("propose", "choose whether it should move or be rejected"));
            return None;
        }
    }
    let to = fields.get("to").map(str::parse::<ReleaseVersion>);
    let reason = fields.get("reason").map(|slug| serde_json::from_value::<RetargetReason>(slug.into()));
    match (to, reason) {
        (Some(Ok(to)), Some(Ok(reason))) => return Some(Proposed::Retarget { to, reason }),
        (None, _) => problems.push(problem("to", "name the release that it should move to")),
        (Some(Err(error)), _) => problems.push(problem("to", error.to_string())),
        (_, _) => problems.push(problem("reason", "choose why it moves")),
    }
    None
}

/// Hands the comments that were looked at to the outbox.
pub async fn post(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path((release, week)): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let Some(address) = read(&release, &week) else { return see_other("/check-ins/current/now") };
    let page = address.below("comments");
    let Some(viewer) = viewer else { return sign_in_first(&page) };
    if let Err(forged) = guard(&headers, &viewer, &fields) {
        return refused_form(state, viewer, &page, &headers, fields, forged).await;
    }
    let chosen: Vec<_> = fields
        .0
        .iter()
        .filter_map(|(name, digest)| name.parse::<Key>().ok().map(|key| (key, digest.trim().to_owned())))
        .collect();
    let of: (ReleaseVersion, Week) = (address.release, address.week);
    match post_check_ins(&state.context, &state.verdicts, &viewer.person, of, &chosen).await {
        Ok(_) => see_other(&page),
        Err(error) => {
            let status = error.status();
            let words = if let PostError::Store(error) = &error {
                tracing::error!(%error, "posting check-ins");
                "the database does not answer at the moment; nothing was posted, try again in a minute".to_owned()
            } else {
                error.to_string()
            };
            let problems = vec![Problem { field: None, words }];
            again(state, Some(viewer), &page, &headers, fields, problems, status).await
        }
    }
}
