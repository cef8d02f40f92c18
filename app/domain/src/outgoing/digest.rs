//! The mail that reminds somebody of what is due (P-27).

use chrono::{DateTime, Utc};

use super::{Mail, body::Body};
use crate::{
    FreezeZone, ReleaseVersion,
    words::{day_of, overdue},
};

/// What stands in a mail in the place of a link that is its receiver's alone; it is put in when the mail is sent.
pub const PERSONAL_LINK: &str = "(a link of your own)";

/// One thing in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestLine {
    /// The proposal, e.g. "CEP 4702: Flaky tests by lane".
    pub proposal: String,
    /// The release.
    pub release: ReleaseVersion,
    /// What to do.
    pub what: String,
    /// What it rests on, as a sentence; may be empty.
    pub why: String,
    /// Until when.
    pub deadline: DateTime<Utc>,
    /// In which role it is theirs: "owner", "member of sig-ci".
    pub role: String,
    /// Who was reminded before, where it reaches them for that reason.
    pub after: Vec<String>,
    /// Where it is done.
    pub href: String,
}

/// The mail to `login`. `lines` is not empty, and in the order in which they are due, what is overdue first; `base` is where
/// the tracker is.
pub fn digest_mail(login: &str, lines: &[DigestLine], zone: FreezeZone, base: &str, now: DateTime<Utc>) -> Mail {
    let day = |at| format!("{} {}", day_of(at, zone), zone.label());
    let mut body = Body::default();
    body.line(&format!("Hello @{login},"));
    body.line("");
    body.line(match (lines, late(lines, now)) {
        ([_], 0) => "one thing waits on you and is due soon:",
        (_, 0) => "these wait on you and are due soon:",
        ([_], _) => "one thing waits on you and is overdue:",
        _ => "these wait on you, overdue or due soon:",
    });
    for line in lines {
        body.section(&format!("{}, {}", line.proposal, line.release), &line.what);
        if !line.why.is_empty() {
            body.line(&line.why);
        }
        body.line(&format!("Until {} ({}), as {}.", day(line.deadline), left(line, now), line.role));
        if !line.after.is_empty() {
            let handles: Vec<_> = line.after.iter().map(|login| format!("@{login}")).collect();
            body.line(&format!("It reaches you because reminders to {} have not helped.", handles.join(", ")));
        }
        let inside = line.href.starts_with('/');
        body.line(&if inside { format!("{base}{}", line.href) } else { line.href.clone() });
    }
    body.line("");
    body.line(&format!("Everything that waits on you: {base}/me"));
    body.line(&format!("How often this comes: {base}/me#reminders"));
    body.line(&format!("No more of these mails: {PERSONAL_LINK}"));
    Mail { subject: subject(lines, &day, now), body: body.0 }
}

fn subject(lines: &[DigestLine], day: &dyn Fn(DateTime<Utc>) -> String, now: DateTime<Utc>) -> String {
    match (lines, late(lines, now)) {
        ([], _) => "Nothing waits on you".to_owned(),
        ([only], _) => format!("[{}] {} until {}: {}", only.release, only.proposal, day(only.deadline), only.what),
        ([first, ..], 0) => format!("{} things wait on you, the first until {}", lines.len(), day(first.deadline)),
        (_, late) => format!("{} things wait on you, {late} overdue", lines.len()),
    }
}

fn late(lines: &[DigestLine], now: DateTime<Utc>) -> usize {
    lines.iter().filter(|line| line.deadline <= now).count()
}

/// "3 days left", "overdue by 2 days".
fn left(line: &DigestLine, now: DateTime<Utc>) -> String {
    match (line.deadline - now).num_days() {
        _ if line.deadline <= now => overdue(line.deadline, now),
        0 => "today".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    }
}

/// The mail that asks whether an address is `login`'s own.
pub fn confirmation_mail(login: &str, base: &str) -> Mail {
    let mut body = Body::default();
    body.line(&format!("Hello @{login},"));
    body.line("");
    body.line(&format!(
        "on {base} this address was given for reminders of what is due for the enhancement proposals of @{login}. \
         They are sent once you confirm it:"
    ));
    body.line("");
    body.line(PERSONAL_LINK);
    body.line("");
    body.line("If that was not you, do nothing: no mail follows on this one.");
    Mail { subject: "Confirm your address for reminders".to_owned(), body: body.0 }
}
