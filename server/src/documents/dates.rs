//! Days as people write them into schedules and exception lists.

use chrono::{Datelike, NaiveDate};

/// Years a schedule may speak of. Anything else is a slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

/// Reads `2023-06-13`, `2025/06/25` and `2020-11-2`, also with a time of day behind, which is dropped.
///
/// # Errors
/// A sentence that says what is wrong: not a date, or no day of the calendar.
pub fn read_date(text: &str) -> Result<NaiveDate, String> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let separator = if day.contains('/') { '/' } else { '-' };
    let mut parts = day.split(separator);
    let mut next = |longest: usize| {
        let part = parts.next()?;
        let fits = (1..=longest).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if fits { part.parse::<u32>().ok() } else { None }
    };
    let (year, month, date) = (next(4), next(2), next(2));
    let (Some(year), Some(month), Some(date), None) = (year, month, date, parts.next()) else {
        return Err("it is not of the form 2026/06/24".to_owned());
    };
    let found = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, date));
    match found {
        Some(found) if YEARS.contains(&found.year()) => Ok(found),
        Some(_) => Err(format!("its year is outside {} to {}", YEARS.start(), YEARS.end())),
        None => Err("the calendar has no such day".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_in_use_are_read() {
        let day = NaiveDate::from_ymd_opt(2020, 11, 2);
        for text in ["2020-11-02", "2020/11/02", "2020-11-2", " 2020/11/2 ", "2020-11-02T00:00:00Z", "2020-11-02 12:00"]
        {
            assert_eq!(read_date(text).ok(), day, "{text}");
        }
    }

    #[test]
    fn slips_and_days_that_do_not_exist_are_refused() {
        for text in [
            "",
            "soon",
            "2025/02/30",
            "2025-13-01",
            "25/06/2025",
            "2025-06",
            "2025-06-01-02",
            "0205-06-01",
            "2025/06-01",
            "٢٠٢٥-٠٦-٠١",
        ] {
            assert!(read_date(text).is_err(), "{text}");
        }
    }
}
