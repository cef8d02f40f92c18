//! What is done about one proposal on freeze day: it is decided about, and its issue is commented on.

use app::ui::Problem;
use axum::extract::Path;
use domain::{Decision, Rule};

use super::{Names, OfProposal};
use crate::{
    usecases::{
        comment_freeze::{Handed, comment_freeze},
        decide::decide_on_freeze_day,
    },
    web::forms::{Answer, Posted, problem, see_other},
};

/// Decides about one proposal, and stays with it so that its comment can be posted; leaving it goes on.
pub(super) async fn decide(Path(names): Path<Names>, posted: Posted) -> Answer {
    let form = OfProposal::read(&names, posted).await?;
    let choice = form.sent.fields.get("choice").unwrap_or_default().to_owned();
    let decision = match decision(&choice, &form) {
        Ok(Some(decision)) => decision,
        Ok(None) => return Ok(see_other(&format!("{}&done=left", form.next()))),
        Err(problem) => return Ok(form.sent.again(vec![problem], 422).await),
    };
    let OfProposal { sent, address, key } = form;
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let of = (address.release, address.freeze);
    Ok(match decide_on_freeze_day(context, verdicts, &sent.by(), &key, of, decision, sent.fields.seen()).await {
        Ok(_) => see_other(&format!("{}&done={choice}", sent.page)),
        Err(error) => sent.refused(error).await,
    })
}

/// What was chosen; none when it is left as it is.
fn decision(choice: &str, form: &OfProposal) -> Result<Option<Decision>, Problem> {
    let (fields, release) = (&form.sent.fields, form.address.release);
    let reason = fields.raw("reason").to_owned();
    let request = || {
        let number = fields.get("request").and_then(|number| number.parse().ok());
        number.ok_or_else(|| problem("choice", "no request of it waits for a decision"))
    };
    Ok(Some(match choice {
        "leave" => return Ok(None),
        "waive" => {
            let rule = serde_json::from_value::<Rule>(fields.raw("rule").into());
            let rule = rule.map_err(|_| problem("rule", "choose the requirement that is waived"))?;
            Decision::Waive { release, rule, reason }
        }
        "grant" => Decision::Grant { request: request()?, until: fields.raw("until").to_owned(), reason },
        "deny" => Decision::Deny { request: request()?, reason },
        "remove" => Decision::Remove { release, reason },
        _ => return Err(problem("choice", "choose what is decided: leave it, waive, grant, deny, or remove")),
    }))
}

/// Puts the comment into the outbox, and goes on.
pub(super) async fn comment(Path(names): Path<Names>, posted: Posted) -> Answer {
    let form = OfProposal::read(&names, posted).await?;
    let next = form.next();
    let OfProposal { sent, address, key } = form;
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let of = (address.release, address.freeze);
    let posted = comment_freeze(context, verdicts, &sent.viewer.person, &key, of, sent.fields.raw("text")).await;
    Ok(match posted {
        Ok(Handed::Held) => see_other(&format!("{next}&done=held")),
        Ok(Handed::OnItsWay) => see_other(&format!("{next}&done=posted")),
        Err(error) => sent.refused(error).await,
    })
}
