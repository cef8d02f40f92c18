//! Forms of a week: somebody checks in, somebody posts the comments.

use app::{
    features::check_ins::{
        CheckInAddress,
        port::{CheckInRow, WeekAsk, WeekView},
    },
    query::At,
    ui::Problem,
};
use axum::extract::Path;
use domain::{CheckInOutcome, Decision, Proposed, ReleaseVersion, RetargetReason};

use super::{Comments, week};
use crate::{
    usecases::{decide::decide, key::Key, post_check_ins::post_check_ins},
    web::{
        AppState,
        forms::{Answer, Fields, Instead, Posted, problem, problem_of, see_other},
    },
};

fn read(release: &str, week: &str) -> Result<CheckInAddress, Instead> {
    let address = || Some(CheckInAddress { release: release.parse().ok()?, week: week.parse().ok()? });
    address().ok_or_else(|| see_other("/check-ins/current/now").into())
}

/// Records what was said, and goes on to the next proposal that is open.
pub async fn check_in(
    Path((release, week, source, number)): Path<(String, String, String, u32)>,
    posted: Posted,
) -> Answer {
    let address = read(&release, &week)?;
    let sent = posted.from_page(address.meeting(&source, number)).await?;
    let decision = match decision(address, &sent.fields) {
        Ok(decision) => decision,
        Err(problems) => return Ok(sent.again(problems, 422).await),
    };
    let (by, key) = (sent.by_word(("on_behalf_of", "link")), Key { source, number });
    let (state, seen) = (&sent.state, sent.fields.seen());
    Ok(match decide(&state.context, &state.verdicts, &by, &key, decision, seen).await {
        Ok(_) if sent.fields.get("then") == Some("stay") => see_other(&format!("{}&said={key}", sent.page)),
        Ok(_) => see_other(&next(state, address, &sent.viewer.person, &key).await.unwrap_or(sent.page)),
        Err(error) => {
            let mut problem = problem_of(&error);
            if problem.field.as_deref() == Some("reason") {
                problem.field = Some("sentence".to_owned());
            }
            sent.again(vec![problem], error.status()).await
        }
    })
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
        || format!("{}?said={here}", address.below("minutes")),
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
pub async fn post(Path((release, week)): Path<(String, String)>, posted: Posted) -> Answer {
    let address = read(&release, &week)?;
    let sent = posted.from_page(address.below("comments")).await?;
    let chosen: Vec<_> = sent
        .fields
        .0
        .iter()
        .filter_map(|(name, digest)| name.parse::<Key>().ok().map(|key| (key, digest.trim().to_owned())))
        .collect();
    let (state, of) = (&sent.state, (address.release, address.week));
    Ok(match post_check_ins(&state.context, &state.verdicts, &sent.viewer.person, of, &chosen).await {
        Ok(_) => see_other(&sent.page),
        Err(error) => sent.failed(&error, None, error.status()).await,
    })
}
