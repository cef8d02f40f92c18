//! The query of the work list: filters, order, page.

use std::fmt::Write;

use domain::PullKind;

use super::choice::{LabelChoice, PullSort, Waits, kind_of_slug, kind_slug};
use crate::query::{At, BadParameter, Parameters, ReleaseChoice, encode};

/// Everything the address of the list says. The default is the work of the current release, in the order in which it
/// should be reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PullQuery {
    /// The release; without one the current, or every release where the label is asked for.
    pub release: Option<ReleaseChoice>,
    /// Only those in this repository, `owner/name`.
    pub repository: Option<String>,
    /// Only those that wait on them.
    pub waiting_on: Option<Waits>,
    /// Only those whose review lags (P-24).
    pub lagging: bool,
    /// Only those of this kind.
    pub kind: Option<PullKind>,
    /// By the label of approved work; then of every tracked state, not only work on the list.
    pub label: Option<LabelChoice>,
    /// The order.
    pub sort: PullSort,
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
    pub without: PullQuery,
}

impl PullQuery {
    /// Rows of a page: the whole work of a release, as a rule.
    pub const PAGE_SIZE: u32 = 500;

    /// Reads a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let mut read = |name: &str, hint: &'static str, known: &dyn Fn(&str) -> bool| {
            let value = parameters.first(name)?;
            if known(value) {
                return Some(value);
            }
            bad.push(BadParameter { name: name.to_owned(), value: value.to_owned(), hint });
            None
        };
        let release = read("release", ReleaseChoice::HINT, &|text| text.parse::<ReleaseChoice>().is_ok());
        let kind =
            read("kind", "implementation, docs, bug, proposal or unrelated", &|text| kind_of_slug(text).is_some());
        let label = read("label", LabelChoice::HINT, &|text| text.parse::<LabelChoice>().is_ok());
        let sort = read("sort", PullSort::HINT, &|text| text.parse::<PullSort>().is_ok());
        let page = read("page", "a whole number from 1", &|text| text.parse::<u32>().is_ok());
        let lagging =
            read("lagging", "1 or 0", &|text| matches!(text, "1" | "true" | "yes" | "on" | "0" | "false" | "no"));
        let page = page.and_then(|text| text.parse().ok()).unwrap_or_default();
        let query = Self {
            release: release.and_then(|text| text.parse().ok()),
            repository: parameters.first("repository").map(str::to_owned),
            waiting_on: parameters.first("waiting_on").filter(|text| *text != "@").map(Waits::from),
            lagging: lagging.is_some_and(|text| matches!(text, "1" | "true" | "yes" | "on")),
            kind: kind.and_then(kind_of_slug),
            label: label.and_then(|text| text.parse().ok()),
            sort: sort.and_then(|text| text.parse().ok()).unwrap_or_default(),
            page: if page <= 1 { 0 } else { page },
            at: At::from_parameters(&parameters, &mut bad),
        };
        (query, bad)
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let pairs = [
            ("release", self.release.map(|release| release.to_string())),
            ("repository", self.repository.clone()),
            ("waiting_on", self.waiting_on.as_ref().map(Waits::value)),
            ("lagging", self.lagging.then(|| "1".to_owned())),
            ("kind", self.kind.map(|kind| kind_slug(kind).to_owned())),
            ("label", self.label.map(|label| label.slug().to_owned())),
            ("sort", (self.sort != PullSort::default()).then(|| self.sort.to_string())),
            ("page", (self.page > 1).then(|| self.page.to_string())),
            ("at", (self.at != At::Now).then(|| self.at.to_string())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The query string without `?`; empty for the default. Reading it back gives the same query.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.pairs() {
            let joint = if out.is_empty() { "" } else { "&" };
            // Writing to a String cannot fail.
            let _ = write!(out, "{joint}{name}={}", encode(&value));
        }
        out
    }

    /// The address of the list with this query.
    pub fn href(&self) -> String {
        self.href_of("/pulls")
    }

    /// The address of another form of the list (`/pulls.csv`) with this query.
    pub fn href_of(&self, path: &str) -> String {
        let query = self.to_query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same in another order, on the first page.
    #[must_use]
    pub fn sorted(&self, sort: PullSort) -> Self {
        Self { sort, page: 0, ..self.clone() }
    }

    /// The same on another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same for what waits on somebody, on the first page.
    #[must_use]
    pub fn waiting(&self, on: Waits) -> Self {
        Self { waiting_on: Some(on), page: 0, ..self.clone() }
    }

    /// The active filters, in the order of the form.
    pub fn filters(&self) -> Vec<ActiveFilter> {
        let base = Self { page: 0, ..self.clone() };
        let all = [
            ("release", self.release.map(|r| r.to_string()), Self { release: None, ..base.clone() }),
            ("repository", self.repository.clone(), Self { repository: None, ..base.clone() }),
            ("waiting on", self.waiting_on.as_ref().map(Waits::value), Self { waiting_on: None, ..base.clone() }),
            ("kind", self.kind.map(|kind| kind.words().to_owned()), Self { kind: None, ..base.clone() }),
            ("review", self.lagging.then(|| "lags".to_owned()), Self { lagging: false, ..base.clone() }),
            ("label", self.label.map(|label| label.words().to_owned()), Self { label: None, ..base }),
        ];
        all.into_iter()
            .filter_map(|(name, value, without)| Some(ActiveFilter { name, value: value?, without }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::choice::PullSortKey, *};

    fn full() -> PullQuery {
        PullQuery {
            release: Some(ReleaseChoice::Current),
            repository: Some("kubevirt/kubevirt".to_owned()),
            waiting_on: Some(Waits::Login("rita".to_owned())),
            lagging: true,
            kind: Some(PullKind::Bug),
            label: Some(LabelChoice::Due),
            sort: PullSort { key: PullSortKey::Waiting, descending: true },
            page: 2,
            at: At::Day("2026-10-08".parse().unwrap()),
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        let author = PullQuery { waiting_on: Some(Waits::Author), ..PullQuery::default() };
        for query in [PullQuery::default(), author, full()] {
            assert_eq!(PullQuery::parse(&query.to_query()), (query.clone(), vec![]), "{}", query.to_query());
        }
        assert_eq!(PullQuery::parse("?release=&page=1&sort=priority&at=now&lagging=0").0.href(), "/pulls");
    }

    #[test]
    fn what_cannot_be_used_is_reported_and_left_out() {
        let (query, bad) = PullQuery::parse("release=soon&kind=poem&label=blue&sort=colour&page=x&lagging=maybe");
        assert_eq!(query, PullQuery::default());
        let names: Vec<_> = bad.iter().map(|bad| bad.name.as_str()).collect();
        assert_eq!(names, ["release", "kind", "label", "sort", "page", "lagging"]);
    }

    #[test]
    fn each_chip_leads_to_the_list_without_its_filter() {
        let filters = full().filters();
        assert_eq!(filters.len(), 6);
        assert!(filters.iter().all(|filter| filter.without.filters().len() == 5 && filter.without.page == 0));
    }
}
