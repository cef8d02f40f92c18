//! Days and ends as instants.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    Diagnostic, FreezeZone,
    decision::asked_until,
    diagnostic::codes,
    words::{UNKNOWN_END, date_of},
};

use super::Teller;
use crate::documents::{exceptions::On, read_date};

impl Teller<'_> {
    pub(super) fn asked_until(&mut self, sent: Option<DateTime<Utc>>) -> DateTime<Utc> {
        let stated = self.record.asked_until.map(|on| on.end(self.target.zone));
        stated.or_else(|| self.additional_time(sent)).unwrap_or_else(|| self.end())
    }

    pub(super) fn granted_until(&mut self, sent: Option<DateTime<Utc>>) -> DateTime<Utc> {
        let stated = self.record.granted_until.map(|on| on.end(self.target.zone));
        if let Some(until) = stated.or_else(|| self.additional_time(sent)) {
            return until;
        }
        let words = match self.target.dates.ga {
            Some(_) => "Until when it was granted is not stated; it counts until GA".to_owned(),
            None => format!(
                "Until when it was granted is not stated, and GA of {} is not known; it counts without an end",
                self.target.release
            ),
        };
        self.note(&words);
        self.end()
    }

    /// "5 days", or a day.
    fn additional_time(&mut self, sent: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        let text = self.record.additional_time.as_ref()?;
        let zone = self.target.zone;
        let freeze = self.record.phase.freeze().and_then(|freeze| self.target.dates.freeze(freeze));
        // Days count from the freeze, else from the mail; without either only a day tells.
        let until = match freeze.or(sent) {
            Some(from) => asked_until(text, Some(from), zone, from).ok(),
            None => read_date(text).ok().map(|day| zone.end_of(day)),
        };
        if until.is_none() {
            self.note(&format!("The additional time “{text}” tells no end"));
        }
        until
    }

    fn end(&self) -> DateTime<Utc> {
        self.target.dates.ga.unwrap_or(UNKNOWN_END)
    }

    /// When it was decided; a list that contradicts itself there, or is silent, makes it the instant of the request.
    pub(super) fn decided_at(&mut self, sent: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let stated = self.record.reviewed.map(|on| self.instant(on, now));
        match (stated, sent) {
            (Some(at), Some(sent)) if at < sent => {
                let day = |at| date_of(at, self.target.zone);
                let message = format!(
                    "Decided on {}, before it was asked on {}; it counts as decided that day.",
                    day(at),
                    day(sent)
                );
                let mend = "Correct one of the two days.";
                self.remarks.push(Diagnostic::warning(self.record.line, codes::DATES_CONTRADICT, message, mend));
                Some(sent)
            }
            (None, _) => {
                self.note("When it was decided is not stated; it counts as decided on the day it was asked");
                sent
            }
            (stated, _) => stated,
        }
    }

    /// A day as an instant: the middle of what is that day both in UTC and where deadlines end, so that it is shown as
    /// that day everywhere. Today is not over yet.
    pub(super) fn instant(&self, on: On, now: DateTime<Utc>) -> DateTime<Utc> {
        match on {
            On::Instant(instant) => instant,
            On::Day(day) => {
                let instant = middle_of(day, self.target.zone);
                if date_of(now, self.target.zone) == day || now.date_naive() == day {
                    instant.min(now)
                } else {
                    instant
                }
            }
        }
    }
}

fn middle_of(day: NaiveDate, zone: FreezeZone) -> DateTime<Utc> {
    let noon = day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::hours(12);
    noon - TimeDelta::minutes(i64::from(zone.0) / 2)
}
