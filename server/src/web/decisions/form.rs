//! From the fields of a form to a decision. What is missing or cannot be read is told field by field.

use app::ui::Problem;
use domain::{Action, Decision, ReleaseVersion};
use serde_json::{Map, Value, json};

use crate::web::forms::{Fields, problem};

/// How a field is read.
#[derive(Clone, Copy)]
enum Kind {
    /// Text that may be empty; the rules say whether it may.
    Text,
    /// One of a list, which must be chosen.
    Choice(&'static str),
    /// A release.
    Release,
    /// A whole number; may be empty.
    Number,
    /// A whole number that must be there; says what is missing.
    Needed(&'static str),
    /// A day; may be empty.
    Day,
    /// Logins.
    People,
    /// Links, one a line.
    Lines,
}

/// The fields of each action, by the names of [`Decision`].
const fn fields_of(action: Action) -> &'static [(&'static str, Kind)] {
    use Kind::{Choice, Day, Lines, Needed, Number, People, Release, Text};
    match action {
        Action::Accept | Action::Rank => &[("release", Release), ("rank", Number)],
        Action::Assign => &[("reviewers", People), ("approvers", People)],
        Action::Commit => &[("release", Release), ("on", Day)],
        Action::Retarget => {
            &[("release", Release), ("to", Release), ("reason", Choice("choose why it moves")), ("sentence", Text)]
        }
        Action::Defer | Action::Reject | Action::Withdraw | Action::Deprecate | Action::PutOnAgenda => {
            &[("reason", Text)]
        }
        Action::AnswerCheckIn => &[("release", Release), ("sentence", Text)],
        Action::TakeOffAgenda => &[("note", Text)],
        Action::Replace => &[("by", Needed("write the number of the other proposal")), ("reason", Text)],
        Action::Remove | Action::Readmit | Action::NoDocsNeeded | Action::NothingToMerge | Action::Decline => {
            &[("release", Release), ("reason", Text)]
        }
        Action::HandOver => &[("to", Text)],
        Action::Waive => &[("release", Release), ("rule", Choice("choose the requirement")), ("reason", Text)],
        Action::SignOff => &[("sig", Choice("choose the SIG"))],
        Action::Classify => &[("release", Release), ("kind", Choice("choose what it is for"))],
        Action::SignLine => &[("release", Release), ("line", Choice("choose the line")), ("statement", Text)],
        Action::Support | Action::Feedback => &[("links", Lines), ("note", Text)],
        Action::Undo => &[("event", Needed("there is nothing that could be undone"))],
        _ => &[],
    }
}

/// Whether a form decides it.
pub const fn has_form(action: Action) -> bool {
    !fields_of(action).is_empty() || matches!(action, Action::Acknowledge)
}

/// The field of an action's form that the rules mean by `name`; none when it has none such.
pub fn field_for(action: Action, name: &str) -> Option<&'static str> {
    let own = fields_of(action).iter().map(|(own, _)| *own).chain(["on_behalf_of", "link"]).find(|own| *own == name);
    own.or(match (action, name) {
        (Action::Classify, "number") => Some("pull"),
        (Action::HandOver, "reviewers") => Some("to"),
        (_, "to") => fields_of(action).iter().map(|(own, _)| *own).find(|own| *own == "release"),
        _ => None,
    })
}

/// The decision that a form states.
///
/// # Errors
/// What is missing or cannot be read.
pub fn decision(action: Action, fields: &Fields) -> Result<Decision, Vec<Problem>> {
    let mut object = Map::from_iter([("action".to_owned(), json!(action.slug()))]);
    let mut problems = Vec::new();
    for (name, kind) in fields_of(action) {
        match read(fields, name, *kind) {
            Ok(value) => {
                object.insert((*name).to_owned(), value);
            }
            Err(words) => problems.push(problem(name, words)),
        }
    }
    if action == Action::Classify {
        match fields.get("pull").and_then(pull) {
            Some((repository, number)) => {
                object.insert("repository".to_owned(), json!(repository));
                object.insert("number".to_owned(), json!(number));
            }
            None => problems.push(problem("pull", "choose the pull request")),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    serde_json::from_value(Value::Object(object)).map_err(|error| {
        // Only a form of somebody's own making gets here: ours offer what can be read.
        vec![Problem { field: None, words: format!("this form cannot be read: {error}") }]
    })
}

fn read(fields: &Fields, name: &str, kind: Kind) -> Result<Value, String> {
    let text = fields.get(name);
    match kind {
        Kind::Text => Ok(json!(text.unwrap_or_default())),
        Kind::Choice(missing) => text.map(|text| json!(text)).ok_or_else(|| missing.to_owned()),
        Kind::Release => match text.map(str::parse::<ReleaseVersion>) {
            Some(Ok(release)) => Ok(json!(release)),
            Some(Err(error)) => Err(error.to_string()),
            None => Err("choose the release".to_owned()),
        },
        Kind::Number => text.map_or(Ok(Value::Null), |text| whole_number(text).map(|number| json!(number))),
        Kind::Needed(missing) => {
            text.map_or_else(|| Err(missing.to_owned()), |text| whole_number(text).map(|n| json!(n)))
        }
        Kind::Day => text.map_or(Ok(Value::Null), |text| {
            let day = text.parse::<chrono::NaiveDate>();
            day.map(|day| json!(day)).map_err(|_| format!("`{text}` is no day; write it as 2026-10-08"))
        }),
        Kind::People => Ok(json!(fields.list(name))),
        Kind::Lines => Ok(json!(fields.raw(name).lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>())),
    }
}

fn whole_number(text: &str) -> Result<u32, String> {
    let digits = text.trim_start_matches('#');
    digits.parse().map_err(|_| format!("`{text}` is no whole number"))
}

/// `owner/name#123`.
fn pull(text: &str) -> Option<(&str, u32)> {
    let (repository, number) = text.rsplit_once('#')?;
    Some((repository, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use domain::RetargetReason;

    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_form_becomes_the_decision_that_it_states() {
        let form = fields(&[("release", "1.10"), ("to", "v1.11"), ("reason", "other"), ("sentence", " Why not ")]);
        let expected = Decision::Retarget {
            release: "v1.10".parse().unwrap(),
            to: "v1.11".parse().unwrap(),
            reason: RetargetReason::Other,
            sentence: "Why not".to_owned(),
        };
        assert_eq!(decision(Action::Retarget, &form).ok(), Some(expected));
    }

    #[test]
    fn what_is_missing_is_told_field_by_field() {
        let problems = decision(Action::Retarget, &fields(&[("to", "soon")])).unwrap_err();
        let named: Vec<_> = problems.iter().filter_map(|problem| problem.field.as_deref()).collect();
        assert_eq!(named, ["release", "to", "reason"]);
    }

    #[test]
    fn every_decision_on_a_proposal_has_a_form_or_a_page_of_its_own() {
        let without: Vec<_> = Action::ALL.iter().filter(|action| !has_form(**action)).map(|a| a.slug()).collect();
        let elsewhere = [
            "close-plan",
            "edit-checklist",
            "check-in",
            "close-freeze",
            "ask",
            "file",
            "review",
            "ask-more",
            "answer",
            "grant",
            "extend",
            "deny",
            "take-back",
            "remind",
            "announce",
            "represent",
            "keep-meetings",
            "keep-templates",
            "keep-rosters",
            "keep-outbox",
            "cancel-outgoing",
            "read-github",
            "export-instance",
        ];
        assert_eq!(without, elsewhere);
    }
}
