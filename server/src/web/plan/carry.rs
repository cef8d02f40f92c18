//! Carrying over what slipped from the release before: one retarget each, all with the same reason (P-15).

use app::features::plan::port::REASONS;
use axum::extract::Path;
use domain::{Decision, ReleaseVersion, RetargetReason};

use super::{OfPlan, Results, numbers};
use crate::{
    usecases::decide::decide,
    web::forms::{Answer, Posted, problem, whole},
};

/// Retargets those that are ticked; what is refused is told one by one, and the rest is recorded all the same.
pub async fn carry(Path(version): Path<String>, posted: Posted) -> Answer {
    let form = OfPlan::read(&version, posted).await?;
    let fields = &form.sent.fields;
    let chosen = numbers(fields, "carry");
    let from = fields.get("from").and_then(|from| from.parse::<ReleaseVersion>().ok());
    let reason = fields.get("reason").and_then(|value| REASONS.iter().find(|(known, _)| *known == value));
    let sentence = fields.get("sentence").unwrap_or_default().to_owned();
    let mut problems = Vec::new();
    if chosen.is_empty() {
        problems.push(whole("tick at least one proposal to carry over"));
    }
    if reason.is_none() {
        problems.push(problem("reason", "choose why they move to another release"));
    }
    if matches!(reason, Some((_, RetargetReason::Other))) && sentence.is_empty() {
        problems.push(problem("sentence", "“other” needs a sentence that others will understand later"));
    }
    let (Some(from), Some((_, reason)), true) = (from, reason, problems.is_empty()) else {
        if problems.is_empty() {
            problems.push(whole("the form does not say which release they come from; load the page again"));
        }
        return Ok(form.sent.again(problems, 422).await);
    };
    let (by, to) = (form.sent.by(), form.address.release);
    let mut results = Results::default();
    for number in chosen {
        let decision = Decision::Retarget { release: from, to, reason: *reason, sentence: sentence.clone() };
        let (context, verdicts) = (&form.sent.state.context, &form.sent.state.verdicts);
        results.add(number, decide(context, verdicts, &by, &form.key(number), decision, form.seen(number)).await);
    }
    Ok(results.answer(form, "carried", "carry", "Carried over").await)
}
