//! The query of the list of exceptions: search, filters, order, page.

use std::{fmt::Write, str::FromStr};

use super::{kind::Kind, sort::ExceptionSort, state::Stand};
use crate::query::{At, BadParameter, Parameters, ReleaseChoice, encode};

/// Everything the address of the list says. The default is the whole list, what waits longest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExceptionQuery {
    /// Words to search for in proposal, people and the request.
    pub q: Option<String>,
    /// Only requests in this release.
    pub release: Option<ReleaseChoice>,
    /// Only requests of this kind.
    pub freeze: Option<Kind>,
    /// Where requests stand; any of them.
    pub state: Vec<Stand>,
    /// Owning SIG.
    pub sig: Option<String>,
    /// Id of a source.
    pub source: Option<String>,
    /// The order within each part of the list.
    pub sort: ExceptionSort,
    /// The page, from 1; 0 counts as 1.
    pub page: u32,
    /// As of when.
    pub at: At,
}

/// One active filter, for its chip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveFilter {
    /// Name of the filter in words.
    pub name: &'static str,
    /// Its value in words.
    pub value: String,
    /// The query without it, on its first page.
    pub without: ExceptionQuery,
}

impl ExceptionQuery {
    /// Rows of a page.
    pub const PAGE_SIZE: u32 = 100;

    /// Reads a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let text = |name: &str| parameters.first(name).map(str::to_owned);
        let page: u32 = parsed(&parameters, "page", "a whole number from 1", &mut bad).unwrap_or_default();
        let query = Self {
            q: text("q"),
            release: parsed(&parameters, "release", ReleaseChoice::HINT, &mut bad),
            freeze: parsed(&parameters, "freeze", "ef, cf or other", &mut bad),
            state: states(&parameters, &mut bad),
            sig: text("sig"),
            source: text("source"),
            sort: parsed(&parameters, "sort", ExceptionSort::HINT, &mut bad).unwrap_or_default(),
            page: if page <= 1 { 0 } else { page },
            at: At::from_parameters(&parameters, &mut bad),
        };
        (query, bad)
    }

    /// The query string without `?`; empty for the default. Reading it back gives the same query.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            let joint = if out.is_empty() { "" } else { "&" };
            // Writing to a String cannot fail.
            let _ = write!(out, "{joint}{name}={}", encode(value));
        };
        for (name, value) in [("q", &self.q), ("sig", &self.sig), ("source", &self.source)] {
            if let Some(value) = value {
                add(name, value);
            }
        }
        if let Some(release) = self.release {
            add("release", &release.to_string());
        }
        if let Some(kind) = self.freeze {
            add("freeze", kind.slug());
        }
        for stand in &self.state {
            add("state", stand.slug());
        }
        if self.sort != ExceptionSort::default() {
            add("sort", &self.sort.to_string());
        }
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        if self.at != At::Now {
            add("at", &self.at.to_string());
        }
        out
    }

    /// The address of the list with this query.
    pub fn href(&self) -> String {
        self.href_of("/exceptions")
    }

    /// The address of another form of the list (`/exceptions.csv`) with this query.
    pub fn href_of(&self, path: &str) -> String {
        let query = self.to_query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same in another order, on the first page.
    #[must_use]
    pub fn sorted(&self, sort: ExceptionSort) -> Self {
        Self { sort, page: 0, ..self.clone() }
    }

    /// The same on another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The active filters, search included, in the order of the form.
    pub fn filters(&self) -> Vec<ActiveFilter> {
        let base = Self { page: 0, ..self.clone() };
        let mut found = Vec::new();
        let mut add = |name, value: Option<String>, without: Self| {
            found.extend(value.map(|value| ActiveFilter { name, value, without }));
        };
        add("search", self.q.as_ref().map(|q| format!("“{q}”")), Self { q: None, ..base.clone() });
        add("release", self.release.map(|r| r.to_string()), Self { release: None, ..base.clone() });
        add("freeze", self.freeze.map(|k| k.short().to_owned()), Self { freeze: None, ..base.clone() });
        for stand in &self.state {
            let state = self.state.iter().copied().filter(|other| other != stand).collect();
            add("state", Some(stand.words().to_owned()), Self { state, ..base.clone() });
        }
        add("source", self.source.clone(), Self { source: None, ..base.clone() });
        add("SIG", self.sig.clone(), Self { sig: None, ..base.clone() });
        found
    }
}

fn parsed<T: FromStr>(
    parameters: &Parameters,
    name: &str,
    hint: &'static str,
    bad: &mut Vec<BadParameter>,
) -> Option<T> {
    let value = parameters.first(name)?;
    let read = value.parse().ok();
    if read.is_none() {
        bad.push(BadParameter { name: name.to_owned(), value: value.to_owned(), hint });
    }
    read
}

fn states(parameters: &Parameters, bad: &mut Vec<BadParameter>) -> Vec<Stand> {
    let mut found = Vec::new();
    for value in parameters.all("state").flat_map(|value| value.split(',')).map(str::trim).filter(|v| !v.is_empty()) {
        match value.parse() {
            Ok(stand) if !found.contains(&stand) => found.push(stand),
            Ok(_) => {}
            Err(()) => bad.push(BadParameter {
                name: "state".to_owned(),
                value: value.to_owned(),
                hint: "sent, filed, in-review, needs-information, granted, done-in-time, expired, denied, withdrawn, moot",
            }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{super::sort::ExceptionKey, *};

    fn full() -> ExceptionQuery {
        ExceptionQuery {
            q: Some("retest & budget".to_owned()),
            release: Some(ReleaseChoice::Current),
            freeze: Some(Kind::Cf),
            state: vec![Stand::InReview, Stand::DoneInTime],
            sig: Some("sig-ci".to_owned()),
            source: Some("cep".to_owned()),
            sort: ExceptionSort { key: ExceptionKey::Until, descending: true },
            page: 2,
            at: At::Day("2026-10-08".parse().unwrap()),
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        for query in [ExceptionQuery::default(), full()] {
            assert_eq!(ExceptionQuery::parse(&query.to_query()), (query.clone(), vec![]), "{}", query.to_query());
        }
        assert_eq!(ExceptionQuery::parse("?q=&page=1&sort=urgency&at=now").0.href(), "/exceptions");
    }

    #[test]
    fn what_cannot_be_used_is_reported_and_left_out() {
        let (query, bad) = ExceptionQuery::parse("freeze=rc&state=lost,denied&sort=colour&page=x&release=soon");
        assert_eq!(query, ExceptionQuery { state: vec![Stand::Denied], ..ExceptionQuery::default() });
        let names: Vec<_> = bad.iter().map(|bad| bad.name.as_str()).collect();
        assert_eq!(names, ["page", "release", "freeze", "state", "sort"]);
    }

    #[test]
    fn each_chip_leads_to_the_list_without_its_filter() {
        let filters = full().filters();
        assert_eq!(filters.len(), 7);
        assert!(filters.iter().all(|filter| filter.without.filters().len() == 6 && filter.without.page == 0));
    }
}
