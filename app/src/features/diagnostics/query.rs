//! The query of the list of diagnostics: filters and page.

use std::fmt::Write;

use domain::Severity;

use super::Place;
use crate::{
    features::shared::{ActiveFilter, severity_word},
    query::{At, BadParameter, Parameters, ReleaseChoice, encode},
};

/// Everything the address of the list says. The default is all of them, the worst first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiagnosticQuery {
    /// Only those of this kind, by its code.
    pub kind: Option<String>,
    /// Only those that matter so much.
    pub severity: Option<Severity>,
    /// Only those in such a text.
    pub place: Option<Place>,
    /// Id of a source.
    pub source: Option<String>,
    /// Only those about proposals that take part in this release.
    pub release: Option<ReleaseChoice>,
    /// Only those about this proposal, `cep/4702`.
    pub proposal: Option<String>,
    /// The page, from 1; 0 counts as 1.
    pub page: u32,
    /// As of when.
    pub at: At,
}

/// Every severity, the worst first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

impl DiagnosticQuery {
    /// Diagnostics on a page.
    pub const PAGE_SIZE: u32 = 50;

    /// The list of those about one proposal.
    pub fn of_proposal(source: &str, number: u32) -> Self {
        Self { proposal: Some(format!("{source}/{number}")), ..Self::default() }
    }

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
        let severity_of =
            |text: &str| SEVERITIES.into_iter().find(|one| severity_word(*one).eq_ignore_ascii_case(text));
        let severity = read("severity", "error, warning or note", &|text| severity_of(text).is_some());
        let place = read("where", "document, issue or comment", &|text| text.parse::<Place>().is_ok());
        let release = read("release", ReleaseChoice::HINT, &|text| text.parse::<ReleaseChoice>().is_ok());
        let page = read("page", "a whole number from 1", &|text| text.parse::<u32>().is_ok());
        let page = page.and_then(|text| text.parse().ok()).unwrap_or_default();
        let query = Self {
            kind: parameters.first("kind").map(str::to_owned),
            severity: severity.and_then(severity_of),
            place: place.and_then(|text| text.parse().ok()),
            source: parameters.first("source").map(str::to_owned),
            release: release.and_then(|text| text.parse().ok()),
            proposal: parameters.first("proposal").map(str::to_owned),
            page: if page <= 1 { 0 } else { page },
            at: At::from_parameters(&parameters, &mut bad),
        };
        (query, bad)
    }

    /// The address of the list with this query.
    pub fn href(&self) -> String {
        self.href_of("/diagnostics")
    }

    /// The address of another form of the list (`/diagnostics.csv`) with this query.
    pub fn href_of(&self, path: &str) -> String {
        let pairs = [
            ("severity", self.severity.map(|severity| severity_word(severity).to_owned())),
            ("kind", self.kind.clone()),
            ("where", self.place.map(|place| place.slug().to_owned())),
            ("source", self.source.clone()),
            ("release", self.release.map(|release| release.to_string())),
            ("proposal", self.proposal.clone()),
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

    /// The active filters, in the order of the form.
    pub fn filters(&self) -> Vec<ActiveFilter> {
        let base = Self { page: 0, ..self.clone() };
        let severity = self.severity.map(|severity| severity_word(severity).to_owned());
        let place = self.place.map(|place| place.slug().to_owned());
        let release = self.release.map(|release| release.to_string());
        let all = [
            ("severity", severity, Self { severity: None, ..base.clone() }),
            ("kind", self.kind.clone(), Self { kind: None, ..base.clone() }),
            ("where", place, Self { place: None, ..base.clone() }),
            ("source", self.source.clone(), Self { source: None, ..base.clone() }),
            ("release", release, Self { release: None, ..base.clone() }),
            ("proposal", self.proposal.clone(), Self { proposal: None, ..base }),
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
        let full = DiagnosticQuery {
            kind: Some("no-target".to_owned()),
            severity: Some(Severity::Warning),
            place: Some(Place::Comment),
            source: Some("cep".to_owned()),
            release: Some(ReleaseChoice::Current),
            proposal: Some("cep/4702".to_owned()),
            page: 3,
            at: "2026-10-08".parse().unwrap(),
        };
        let href = full.href();
        assert_eq!(DiagnosticQuery::parse(href.split_once('?').unwrap().1), (full.clone(), Vec::new()));
        assert_eq!(full.filters().len(), 6);
        assert_eq!(DiagnosticQuery::default().href(), "/diagnostics");
        assert_eq!(DiagnosticQuery::of_proposal("cep", 4702).href(), "/diagnostics?proposal=cep/4702");
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let (query, bad) = DiagnosticQuery::parse("where=moon&severity=bad&release=soon&page=x");
        assert_eq!(query, DiagnosticQuery::default());
        let names: Vec<_> = bad.iter().map(|bad| bad.name.as_str()).collect();
        assert_eq!(names, ["severity", "where", "release", "page"]);
    }
}
