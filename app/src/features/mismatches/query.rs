//! The query of the list of disagreements: filters and page.

use std::fmt::Write;

use crate::{
    features::shared::ActiveFilter,
    query::{At, BadParameter, Parameters, ReleaseChoice, encode},
};

/// Everything the address of the list says. The default is all of them, first those in the way of the current release.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MismatchQuery {
    /// Code of a kind.
    pub kind: Option<String>,
    /// Id of a source.
    pub source: Option<String>,
    /// Only those that stand in the way of this release.
    pub release: Option<ReleaseChoice>,
    /// The page, from 1; 0 counts as 1.
    pub page: u32,
    /// As of when.
    pub at: At,
}

impl MismatchQuery {
    /// Disagreements on a page.
    pub const PAGE_SIZE: u32 = 50;

    /// Reads a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let mut report = |name: &str, value: &str, hint: &'static str| {
            bad.push(BadParameter { name: name.to_owned(), value: value.to_owned(), hint });
        };
        let release = parameters
            .first("release")
            .and_then(|text| text.parse().map_err(|_| report("release", text, ReleaseChoice::HINT)).ok());
        let page = parameters
            .first("page")
            .and_then(|text| text.parse::<u32>().map_err(|_| report("page", text, "a whole number from 1")).ok());
        let page = page.unwrap_or_default();
        let query = Self {
            kind: parameters.first("kind").map(str::to_owned),
            source: parameters.first("source").map(str::to_owned),
            release,
            page: if page <= 1 { 0 } else { page },
            at: At::from_parameters(&parameters, &mut bad),
        };
        (query, bad)
    }

    /// The address of the list with this query.
    pub fn href(&self) -> String {
        self.href_of("/mismatches")
    }

    /// The address of another form of the list (`/mismatches.csv`) with this query.
    pub fn href_of(&self, path: &str) -> String {
        let pairs = [
            ("kind", self.kind.clone()),
            ("source", self.source.clone()),
            ("release", self.release.map(|release| release.to_string())),
            ("page", (self.page > 1).then(|| self.page.to_string())),
            ("at", (self.at != At::Now).then(|| self.at.to_string())),
        ];
        let mut out = path.to_owned();
        for (name, value) in pairs.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            let joint = if out.contains('?') { '&' } else { '?' };
            // Writing to a String cannot fail.
            let _ = write!(out, "{joint}{name}={}", encode(&value));
        }
        out
    }

    /// The same on another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The active filters.
    pub fn filters(&self) -> Vec<ActiveFilter> {
        let base = Self { page: 0, ..self.clone() };
        let kind = self.kind.as_deref().map(|code| super::kind_words(code).to_owned());
        let all = [
            ("kind", kind, Self { kind: None, ..base.clone() }),
            ("source", self.source.clone(), Self { source: None, ..base.clone() }),
            ("release", self.release.map(|release| release.to_string()), Self { release: None, ..base }),
        ];
        let active = |(name, value, without): (_, Option<String>, Self)| {
            Some(ActiveFilter { name, value: value?, without: without.href() })
        };
        all.into_iter().filter_map(active).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_as_the_same() {
        let full = MismatchQuery {
            kind: Some("title-differs".to_owned()),
            source: Some("cep".to_owned()),
            release: Some(ReleaseChoice::Current),
            page: 2,
            at: At::Day("2026-10-08".parse().unwrap()),
        };
        for query in [MismatchQuery::default(), full] {
            let href = query.href();
            let written = href.split_once('?').map_or("", |(_, query)| query);
            assert_eq!(MismatchQuery::parse(written), (query.clone(), vec![]), "{href}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_reported_and_left_out() {
        let (query, bad) = MismatchQuery::parse("release=soon&page=x&at=yesterday");
        assert_eq!((query, bad.len()), (MismatchQuery::default(), 3));
    }
}
