//! The query of the list of proposals: search, filters, order, page.

use std::fmt::Write;

use super::{At, BadParameter, Parameters, ReleaseChoice, Sort, encode};
use crate::status;

/// Everything the address of the list says. `ListQuery::default()` is the whole list, most urgent first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListQuery {
    /// Words to search for in number, title, people and document.
    pub q: Option<String>,
    /// Only participations in this release, judged for it. Without it each proposal appears once, for the current
    /// release if it takes part in it, else for its latest.
    pub release: Option<ReleaseChoice>,
    /// Id of a source.
    pub source: Option<String>,
    /// Slugs of statuses (see [`domain::Status::slug`]); any of them.
    pub status: Vec<&'static str>,
    /// Only those at risk.
    pub at_risk: bool,
    /// A stage: `alpha`, `beta`, `ga`, `single`, or another word.
    pub stage: Option<String>,
    /// Owning SIG: `sig-ci`.
    pub sig: Option<String>,
    /// Login of an owner.
    pub owner: Option<String>,
    /// Login of a reviewer.
    pub reviewer: Option<String>,
    /// Whom it waits on: a key ([`domain::Who::slug`]), a login with `@`, or [`Self::SOMEBODY`].
    pub waiting_on: Option<String>,
    /// The order.
    pub sort: Sort,
    /// The page, from 1; 0 counts as 1.
    pub page: u32,
    /// As of when.
    pub at: At,
}

/// One active filter, for its chip: what it says, and the query without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Name of the filter in words.
    pub name: &'static str,
    /// Its value in words.
    pub value: String,
    /// The query without it, on its first page.
    pub without: ListQuery,
}

impl ListQuery {
    /// Rows of a page.
    pub const PAGE_SIZE: u32 = 100;

    /// Waiting on anybody at all, as opposed to nobody.
    pub const SOMEBODY: &str = "somebody";

    /// Reads a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let text = |name: &str| parameters.first(name).map(str::to_owned);
        let login = |name: &str| parameters.first(name).map(|l| l.trim_start_matches('@').to_owned());
        let query = Self {
            q: text("q"),
            release: parsed(&parameters, "release", ReleaseChoice::HINT, &mut bad),
            source: text("source"),
            status: statuses(&parameters, &mut bad),
            at_risk: flag(&parameters, "at_risk", &mut bad),
            stage: text("stage").map(|s| s.to_lowercase()),
            sig: text("sig"),
            owner: login("owner").filter(|l| !l.is_empty()),
            reviewer: login("reviewer").filter(|l| !l.is_empty()),
            waiting_on: text("waiting_on"),
            sort: parsed(&parameters, "sort", Sort::HINT, &mut bad).unwrap_or_default(),
            page: parsed::<u32>(&parameters, "page", "a whole number from 1", &mut bad).unwrap_or_default(),
            at: At::from_parameters(&parameters, &mut bad),
        };
        let first_page = query.page <= 1;
        (Self { page: if first_page { 0 } else { query.page }, ..query }, bad)
    }

    /// The query string without `?`; empty for the default. Reading it back gives the same query.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            let joint = if out.is_empty() { "" } else { "&" };
            // Writing to a String cannot fail.
            let _ = write!(out, "{joint}{name}={}", encode(value));
        };
        let texts = [
            ("q", &self.q),
            ("source", &self.source),
            ("stage", &self.stage),
            ("sig", &self.sig),
            ("owner", &self.owner),
            ("reviewer", &self.reviewer),
            ("waiting_on", &self.waiting_on),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                add(name, value);
            }
        }
        if let Some(release) = self.release {
            add("release", &release.to_string());
        }
        for slug in &self.status {
            add("status", slug);
        }
        if self.at_risk {
            add("at_risk", "1");
        }
        if self.sort != Sort::default() {
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
        self.href_of("/proposals")
    }

    /// The address of another form of the list (`/proposals.csv`) with this query.
    pub fn href_of(&self, path: &str) -> String {
        let query = self.to_query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same with another order, on the first page.
    #[must_use]
    pub fn sorted(&self, sort: Sort) -> Self {
        Self { sort, page: 0, ..self.clone() }
    }

    /// The same on another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The active filters, search included, in the order of the form.
    pub fn filters(&self) -> Vec<Filter> {
        let base = Self { page: 0, ..self.clone() };
        let mut found = Vec::new();
        let mut add = |name, value: Option<String>, without: ListQuery| {
            if let Some(value) = value {
                found.push(Filter { name, value, without });
            }
        };
        add("search", self.q.as_ref().map(|q| format!("“{q}”")), Self { q: None, ..base.clone() });
        add("release", self.release.map(|r| r.to_string()), Self { release: None, ..base.clone() });
        add("source", self.source.clone(), Self { source: None, ..base.clone() });
        for slug in &self.status {
            let rest = self.status.iter().copied().filter(|s| s != slug).collect();
            add("status", Some(status::of_slug(slug).label.to_owned()), Self { status: rest, ..base.clone() });
        }
        add("flag", self.at_risk.then(|| "at risk".to_owned()), Self { at_risk: false, ..base.clone() });
        add("stage", self.stage.clone(), Self { stage: None, ..base.clone() });
        add("SIG", self.sig.clone(), Self { sig: None, ..base.clone() });
        add("owner", self.owner.as_ref().map(|l| format!("@{l}")), Self { owner: None, ..base.clone() });
        add("reviewer", self.reviewer.as_ref().map(|l| format!("@{l}")), Self { reviewer: None, ..base.clone() });
        add(
            "waiting on",
            self.waiting_on.as_ref().map(|w| w.replace('-', " ")),
            Self { waiting_on: None, ..base.clone() },
        );
        found
    }
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

fn flag(parameters: &Parameters, name: &str, bad: &mut Vec<BadParameter>) -> bool {
    match parameters.first(name) {
        Some("1" | "true" | "yes" | "on") => true,
        None | Some("0" | "false" | "no") => false,
        Some(other) => {
            report(bad, name, other, "1 or 0");
            false
        }
    }
}

fn statuses(parameters: &Parameters, bad: &mut Vec<BadParameter>) -> Vec<&'static str> {
    let mut found = Vec::new();
    for value in parameters.all("status").flat_map(|v| v.split(',')).map(str::trim).filter(|v| !v.is_empty()) {
        match status::known_slug(value) {
            Some(slug) if !found.contains(&slug) => found.push(slug),
            Some(_) => {}
            None => report(bad, "status", value, "one of the statuses of the glossary, as the links there write them"),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{super::SortKey, *};

    fn full() -> ListQuery {
        ListQuery {
            q: Some("flaky & slow lanes".to_owned()),
            release: Some(ReleaseChoice::Current),
            source: Some("cep".to_owned()),
            status: vec!["ready-cf", "exception-pending-ef"],
            at_risk: true,
            stage: Some("beta".to_owned()),
            sig: Some("sig-ci".to_owned()),
            owner: Some("owner-a".to_owned()),
            reviewer: Some("reviewer-b".to_owned()),
            waiting_on: Some("release-team".to_owned()),
            sort: Sort { key: SortKey::Title, descending: true },
            page: 3,
            at: At::Day("2026-10-08".parse().unwrap()),
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        for query in [ListQuery::default(), full()] {
            assert_eq!(ListQuery::parse(&query.to_query()), (query.clone(), vec![]), "{}", query.to_query());
        }
    }

    #[test]
    fn the_whole_list_has_a_plain_address() {
        assert_eq!(ListQuery::default().href(), "/proposals");
        assert_eq!(ListQuery::parse("?q=&release=&page=1&sort=urgency&at=now").0.href(), "/proposals");
    }

    #[test]
    fn unknown_parameters_are_ignored_and_bad_ones_reported() {
        let (query, bad) =
            ListQuery::parse("utm_source=mail&release=soon&sort=colour&page=-1&at_risk=maybe&status=ready");
        assert_eq!(query, ListQuery::default());
        let names: Vec<_> = bad.iter().map(|b| b.name.as_str()).collect();
        assert_eq!(names, ["release", "status", "at_risk", "sort", "page"]);
    }

    #[test]
    fn statuses_come_repeated_or_with_commas_and_count_once() {
        let (query, bad) = ListQuery::parse("status=ready-cf,shipped&status=shipped");
        assert_eq!((query.status, bad.len()), (vec!["ready-cf", "shipped"], 0));
    }

    #[test]
    fn each_chip_leads_to_the_list_without_its_filter() {
        let filters = full().filters();
        assert_eq!(filters.len(), 11);
        for filter in &filters {
            assert_eq!(filter.without.filters().len(), 10, "{}", filter.name);
            assert_eq!(filter.without.page, 0);
        }
    }

    #[test]
    fn pressing_a_header_twice_turns_the_order_round() {
        let once = Sort::default().pressed(SortKey::Title);
        assert_eq!(once.to_string(), "title");
        assert_eq!(once.pressed(SortKey::Title).to_string(), "-title");
        assert_eq!(once.pressed(SortKey::Title).pressed(SortKey::Title).to_string(), "title");
    }
}
