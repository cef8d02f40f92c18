//! How much time is asked for, as people write it (P-16).

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::RuleError;
use crate::{FreezeZone, words::date_of};

/// The longest time that can be meant by a number of days; more is a slip of the pen.
const MAX_DAYS: i64 = 366;

/// The instant at which asked or granted time ends: a date (its end in the zone), an instant, or days and weeks after
/// the freeze. For "other", days count from today.
///
/// # Errors
/// When the text is empty, names no time ("as soon as possible"), or cannot be read.
pub fn asked_until(
    text: &str,
    freeze: Option<DateTime<Utc>>,
    zone: FreezeZone,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, RuleError> {
    let text = text.trim();
    let refuse = |words: String| Err(RuleError::NoTime(words));
    if text.is_empty() {
        return refuse("say how much time: a number of days after the freeze, or a date".to_owned());
    }
    if let Some(instant) = text.parse::<DateTime<Utc>>().ok().filter(|instant| plausible(instant.date_naive())) {
        return Ok(instant);
    }
    if let Some(day) = date(text) {
        return Ok(zone.end_of(day));
    }
    match days(text) {
        Some(days @ 1..=MAX_DAYS) => {
            let from = freeze.unwrap_or_else(|| zone.end_of(date_of(now, zone)));
            Ok(from + TimeDelta::days(days))
        }
        Some(_) => refuse(format!("{text} is no time that can be asked for; name 1 to {MAX_DAYS} days")),
        None => refuse(format!(
            "“{text}” is no time that can be kept or missed; write a number of days after the freeze, such as 6 days, \
             or a date, such as 2026-10-27"
        )),
    }
}

/// "2026-10-27", "2026/10/27", "27 Oct 2026", "27 October 2026".
fn date(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%d %B %Y"]
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(text, format).ok())
        .filter(|day| plausible(*day))
}

/// Other years are slips of the pen.
fn plausible(day: NaiveDate) -> bool {
    (2000..2200).contains(&day.year())
}

/// "6", "6 days", "6d", "1 week", "two weeks".
fn days(text: &str) -> Option<i64> {
    let text = text.to_lowercase();
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(split);
    let (number, unit) = if digits.is_empty() {
        let (word, unit) = rest.split_once(' ')?;
        (in_words(word)?, unit)
    } else {
        (digits.parse().ok()?, rest)
    };
    match unit.trim() {
        "" | "d" | "day" | "days" => Some(number),
        "w" | "week" | "weeks" => number.checked_mul(7),
        _ => None,
    }
}

fn in_words(word: &str) -> Option<i64> {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if word == "a" {
        return Some(1);
    }
    words.iter().position(|known| *known == word).and_then(|place| i64::try_from(place + 1).ok())
}
