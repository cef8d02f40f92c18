//! Carrying over what slipped from the release before: one retarget each, all with the same reason (P-15).

use app::features::plan::port::REASONS;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{Decision, ReleaseVersion, RetargetReason};

use super::{Results, Sent, numbers, of_field, whole};
use crate::{
    usecases::decide::decide,
    web::{AppState, forms::Fields, session::MaybeViewer},
};

/// Retargets those that are ticked; what is refused is told one by one, and the rest is recorded all the same.
pub async fn carry(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(version): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let sent = match Sent::read(state, viewer, &version, headers, fields) {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let chosen = numbers(&sent.fields, "carry");
    let from = sent.fields.get("from").and_then(|from| from.parse::<ReleaseVersion>().ok());
    let reason = sent.fields.get("reason").and_then(|value| REASONS.iter().find(|(known, _)| *known == value));
    let sentence = sent.fields.get("sentence").unwrap_or_default().to_owned();
    let mut problems = Vec::new();
    if chosen.is_empty() {
        problems.push(whole("tick at least one proposal to carry over"));
    }
    if reason.is_none() {
        problems.push(of_field("reason", "choose why they move to another release"));
    }
    if matches!(reason, Some((_, RetargetReason::Other))) && sentence.is_empty() {
        problems.push(of_field("sentence", "“other” needs a sentence that others will understand later"));
    }
    let (Some(from), Some((_, reason)), true) = (from, reason, problems.is_empty()) else {
        if problems.is_empty() {
            problems.push(whole("the form does not say which release they come from; load the page again"));
        }
        return sent.again(problems, 422).await;
    };
    let (by, to) = (sent.by(), sent.address.release);
    let mut results = Results::default();
    for number in chosen {
        let decision = Decision::Retarget { release: from, to, reason: *reason, sentence: sentence.clone() };
        let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
        results.add(number, decide(context, verdicts, &by, &sent.key(number), decision, sent.seen(number)).await);
    }
    results.answer(sent, "carried", "carry", "Carried over").await
}
