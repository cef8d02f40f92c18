//! The query of the log: filters and page.

use std::fmt::Write;

use chrono::NaiveDate;
use domain::ReleaseVersion;

use super::Kind;
use crate::query::{BadParameter, Parameters, encode};

/// Everything the address of the log says. The default is the whole log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DecisionQuery {
    /// Words to search for in reasons, names and titles.
    pub q: Option<String>,
    /// Id of a source.
    pub source: Option<String>,
    /// A proposal: its number, or source and number as `cep/4702`.
    pub proposal: Option<String>,
    /// Only decisions about this release.
    pub release: Option<ReleaseVersion>,
    /// Slug of a kind of decision.
    pub action: Option<&'static str>,
    /// Login of whoever recorded it or whose word it is.
    pub person: Option<String>,
    /// From the beginning of this day, UTC.
    pub from: Option<NaiveDate>,
    /// To the end of this day, UTC.
    pub to: Option<NaiveDate>,
    /// The page, from 1; 0 counts as 1.
    pub page: u32,
}

impl DecisionQuery {
    /// Decisions on a page.
    pub const PAGE_SIZE: u32 = 50;

    /// Reads a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let text = |name: &str| parameters.first(name).map(str::to_owned);
        let action = parameters.first("action").and_then(|slug| {
            let known = Kind::of_slug(slug).map(|kind| kind.slug);
            if known.is_none() {
                report(&mut bad, "action", slug, "an action such as retarget or grant");
            }
            known
        });
        let proposal = parameters.first("proposal").and_then(|text| {
            let known = key(text).map(|_| text.trim_matches('/').to_owned());
            if known.is_none() {
                report(&mut bad, "proposal", text, "a number such as 4702, or cep/4702");
            }
            known
        });
        let query = Self {
            q: text("q"),
            source: text("source"),
            proposal,
            release: parsed(&parameters, "release", "a release such as v1.10", &mut bad),
            action,
            person: text("person").map(|login| login.trim_start_matches('@').to_owned()).filter(|l| !l.is_empty()),
            from: parsed(&parameters, "from", "a day such as 2026-10-08", &mut bad).filter(|day| sane(*day)),
            to: parsed(&parameters, "to", "a day such as 2026-10-08", &mut bad).filter(|day| sane(*day)),
            page: parsed(&parameters, "page", "a whole number from 1", &mut bad).unwrap_or_default(),
        };
        let first_page = query.page <= 1;
        (Self { page: if first_page { 0 } else { query.page }, ..query }, bad)
    }

    /// Source and number of the proposal asked for.
    pub fn key(&self) -> Option<(Option<String>, u32)> {
        self.proposal.as_deref().and_then(key)
    }

    /// Types of the events asked for; none when all are.
    pub fn types(&self) -> Option<&'static [&'static str]> {
        self.action.and_then(Kind::of_slug).map(|kind| kind.types)
    }

    /// The query string without `?`; empty for the default.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.pairs() {
            let joint = if out.is_empty() { "" } else { "&" };
            // Writing to a String cannot fail.
            let _ = write!(out, "{joint}{name}={}", encode(&value));
        }
        out
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let pairs = [
            ("q", self.q.clone()),
            ("source", self.source.clone()),
            ("proposal", self.proposal.clone()),
            ("release", self.release.map(|release| release.to_string())),
            ("action", self.action.map(str::to_owned)),
            ("person", self.person.clone()),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("page", (self.page > 1).then(|| self.page.to_string())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The address of the log with this query.
    pub fn href(&self) -> String {
        self.href_of("/decisions")
    }

    /// The address of another form of the log (`/decisions.csv`) with this query.
    pub fn href_of(&self, path: &str) -> String {
        let query = self.to_query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same on another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The active filters: name, value in words, and the query without it.
    pub fn filters(&self) -> Vec<(&'static str, String, Self)> {
        let base = Self { page: 0, ..self.clone() };
        let label = |slug| Kind::of_slug(slug).map(|kind| kind.label.to_owned());
        let all = [
            ("search", self.q.as_ref().map(|q| format!("“{q}”")), Self { q: None, ..base.clone() }),
            ("source", self.source.clone(), Self { source: None, ..base.clone() }),
            ("proposal", self.proposal.clone(), Self { proposal: None, ..base.clone() }),
            ("release", self.release.map(|release| release.to_string()), Self { release: None, ..base.clone() }),
            ("decision", self.action.and_then(label), Self { action: None, ..base.clone() }),
            ("person", self.person.as_ref().map(|l| format!("@{l}")), Self { person: None, ..base.clone() }),
            ("from", self.from.map(|day| day.to_string()), Self { from: None, ..base.clone() }),
            ("to", self.to.map(|day| day.to_string()), Self { to: None, ..base }),
        ];
        all.into_iter().filter_map(|(name, value, without)| Some((name, value?, without))).collect()
    }
}

fn key(text: &str) -> Option<(Option<String>, u32)> {
    let text = text.trim_matches('/');
    let (source, number) = text.split_once('/').map_or((None, text), |(source, number)| (Some(source), number));
    let number = number.trim_start_matches('#').parse().ok().filter(|number| *number <= i32::MAX.unsigned_abs())?;
    Some((source.map(str::to_owned), number))
}

/// Days around which the database can reckon.
fn sane(day: NaiveDate) -> bool {
    (1970..=2999).contains(&chrono::Datelike::year(&day))
}

fn report(bad: &mut Vec<BadParameter>, name: &str, value: &str, hint: &'static str) {
    bad.push(BadParameter { name: name.to_owned(), value: value.to_owned(), hint });
}

fn parsed<T: std::str::FromStr>(
    parameters: &Parameters,
    name: &str,
    hint: &'static str,
    bad: &mut Vec<BadParameter>,
) -> Option<T> {
    let value = parameters.first(name)?;
    value.parse().map_err(|_| report(bad, name, value, hint)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> DecisionQuery {
        DecisionQuery {
            q: Some("pool & lanes".to_owned()),
            source: Some("cep".to_owned()),
            proposal: Some("cep/4702".to_owned()),
            release: "v1.10".parse().ok(),
            action: Some("retarget"),
            person: Some("sigrid".to_owned()),
            from: "2026-10-01".parse().ok(),
            to: "2026-10-08".parse().ok(),
            page: 2,
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        for query in [DecisionQuery::default(), full()] {
            assert_eq!(DecisionQuery::parse(&query.to_query()), (query.clone(), vec![]), "{}", query.to_query());
        }
    }

    #[test]
    fn what_cannot_be_used_is_reported_and_left_out() {
        let (query, bad) = DecisionQuery::parse("action=dance&proposal=x&release=soon&from=yesterday&page=-1&to=");
        assert_eq!(query, DecisionQuery::default());
        let names: Vec<_> = bad.iter().map(|bad| bad.name.as_str()).collect();
        assert_eq!(names, ["action", "proposal", "release", "from", "page"]);
    }

    #[test]
    fn each_filter_can_be_taken_away() {
        let filters = full().filters();
        assert_eq!(filters.len(), 8);
        assert!(filters.iter().all(|(_, _, without)| without.filters().len() == 7 && without.page == 0));
    }
}
