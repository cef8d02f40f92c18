//! Single values of a record, in every form seen.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    super::dates::read_date,
    record::{IssueRef, ListedStatus, On},
};

/// Longest text that a value that is no text of people's own can have, in characters.
const MAX_SHORT: usize = 2_000;

/// A day, or an instant such as `2026-10-27T12:00:00Z`.
///
/// # Errors
/// A sentence part that says what is wrong.
pub fn read_on(text: &str) -> Result<On, String> {
    let text = text.trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(On::Instant(instant.with_timezone(&Utc)));
    }
    read_date(text).or_else(|why| spelled(text).ok_or(why)).map(On::Day)
}

/// `Jan 30th, 2019`, `30 January 2019`.
fn spelled(text: &str) -> Option<NaiveDate> {
    let (mut year, mut month, mut day) = (None, None, None);
    for word in text.split([' ', ',', '.']).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        match digits.parse::<u32>() {
            Ok(number) if digits.len() == 4 && digits == word && year.is_none() => year = i32::try_from(number).ok(),
            Ok(number) if digits.len() <= 2 && day.is_none() => day = Some(number),
            Err(_) if digits.is_empty() && month.is_none() => month = Some(month_named(word)?),
            _ => return None,
        }
    }
    let found = NaiveDate::from_ymd_opt(year?, month?, day?)?;
    read_date(&found.to_string()).ok()
}

fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let begin = word.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == begin)?;
    u32::try_from(at + 1).ok()
}

/// An issue by number, `#number` or address, that of a pull request included.
pub fn read_issue(text: &str) -> Option<IssueRef> {
    let text = text.trim();
    if let Some((repository, kind, number)) = on_github(text) {
        return Some(IssueRef { repository: Some(repository), number, pull: kind != "issues" });
    }
    if let Some((repository, number)) = text.rsplit_once('#').filter(|(repository, _)| is_repository(repository)) {
        return Some(IssueRef { repository: Some(repository.to_owned()), number: positive(number)?, pull: false });
    }
    let number = positive(text.strip_prefix('#').unwrap_or(text))?;
    Some(IssueRef { repository: None, number, pull: false })
}

/// A covered pull request as `owner/name#n`. Addresses of issues count too: GitHub leads from one to the other.
pub fn read_pull(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(',').trim_matches(['"', '\'']).trim();
    if let Some((repository, _, number)) = on_github(text) {
        return Some(format!("{repository}#{number}"));
    }
    let (repository, number) = text.rsplit_once('#')?;
    is_repository(repository).then_some(())?;
    Some(format!("{repository}#{}", positive(number)?))
}

/// The address of `owner/name#n`; none for anything else.
pub fn pull_address(pull: &str) -> Option<String> {
    let (repository, number) = pull.rsplit_once('#')?;
    let same = is_repository(repository) && positive(number)?.to_string() == number;
    same.then(|| format!("https://github.com/{repository}/pull/{number}"))
}

/// Repository, `issues`, `pull` or `pulls`, and number of an address on GitHub.
fn on_github(text: &str) -> Option<(String, &str, u32)> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    let rest = rest.strip_prefix("www.").unwrap_or(rest).strip_prefix("github.com/")?;
    let mut parts = rest.split(['/', '?', '#']);
    let repository = format!("{}/{}", parts.next()?, parts.next()?);
    let kind = parts.next().filter(|kind| matches!(*kind, "issues" | "pull" | "pulls"))?;
    let number = positive(parts.next()?)?;
    is_repository(&repository).then_some((repository, kind, number))
}

fn is_repository(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    text.len() <= 140 && text.split_once('/').is_some_and(|(owner, name)| plain(owner) && plain(name))
}

fn positive(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok().filter(|number| (1..=i32::MAX.unsigned_abs()).contains(number)) } else { None }
}

/// A proposal as `cep/4702`.
pub fn read_proposal_key(text: &str) -> Option<(String, u32)> {
    let (source, number) = text.trim().trim_start_matches('/').split_once('/')?;
    let plain = !source.is_empty() && source.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    Some((source.to_owned(), positive(number).filter(|_| plain)?))
}

/// A number from 1.
pub fn read_number(text: &str) -> Option<u32> {
    positive(text.trim())
}

/// A status in any case; empty says nothing.
pub fn read_status(text: &str) -> Option<ListedStatus> {
    let words: String =
        text.trim().chars().take(MAX_SHORT).map(|c| if c == '-' || c == '_' { ' ' } else { c }).collect();
    Some(match words.to_lowercase().as_str() {
        "" => return None,
        "approved" | "granted" | "accepted" => ListedStatus::Approved,
        "denied" | "rejected" | "declined" => ListedStatus::Denied,
        "reverted" => ListedStatus::Reverted,
        "removed" => ListedStatus::Removed,
        "withdrawn" | "cancelled" | "canceled" => ListedStatus::Withdrawn,
        "sent" | "requested" | "pending" | "open" => ListedStatus::Sent,
        "filed" => ListedStatus::Filed,
        "in review" | "under review" | "review" => ListedStatus::InReview,
        "needs information" | "needs info" | "needs more information" => ListedStatus::NeedsInformation,
        _ => ListedStatus::Other(text.trim().chars().take(MAX_SHORT).collect()),
    })
}

/// A link that can be followed.
pub fn is_link(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}
