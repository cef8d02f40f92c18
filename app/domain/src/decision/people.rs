//! Who takes part: reviewers and approvers, and a new owner.

use super::RuleError;
use crate::{Event, Known};

/// Reviewers and approvers by name (P-9 f). A list that is given replaces the earlier one; an empty one leaves it.
///
/// # Errors
/// When no name is left after TBD and empty ones are taken out, or one cannot be a login.
pub fn assign(known: &Known<'_>, reviewers: &[String], approvers: &[String]) -> Result<Event, RuleError> {
    let (reviewers, approvers) = (names(reviewers)?, names(approvers)?);
    if reviewers.is_empty() && approvers.is_empty() {
        return Err(RuleError::NoNames);
    }
    let (earlier_reviewers, earlier_approvers) = known.assigned.unwrap_or_default();
    let or = |given: Vec<String>, earlier: &[String]| if given.is_empty() { earlier.to_vec() } else { given };
    Ok(Event::Assigned { reviewers: or(reviewers, earlier_reviewers), approvers: or(approvers, earlier_approvers) })
}

/// Logins without `@`, TBD and repetitions.
fn names(logins: &[String]) -> Result<Vec<String>, RuleError> {
    let mut names: Vec<String> = Vec::new();
    for login in logins.iter().map(|login| login.trim().trim_start_matches('@')) {
        if login.is_empty() || login.eq_ignore_ascii_case("tbd") || names.iter().any(|n| n.eq_ignore_ascii_case(login))
        {
            continue;
        }
        if login.len() > 39 || !login.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(RuleError::NoLogin(login.to_owned()));
        }
        names.push(login.to_owned());
    }
    Ok(names)
}

/// The proposal goes to another owner, who has to commit anew (P-9 g).
///
/// # Errors
/// When it is no login, or they own it already.
pub(super) fn hand_over(known: &Known<'_>, to: &str) -> Result<Event, RuleError> {
    let to = names(&[to.to_owned()])?.pop().ok_or_else(|| RuleError::NoLogin(to.trim().to_owned()))?;
    // One of several owners may take over from the others.
    if let [owner] = known.owners().as_slice()
        && owner.eq_ignore_ascii_case(&to)
    {
        return Err(RuleError::Already(format!("@{to} owns it already")));
    }
    Ok(Event::HandedOver { to })
}
