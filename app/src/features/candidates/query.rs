//! The query of the list of candidates.

use std::fmt::Write;

use crate::query::{BadParameter, Parameters, ReleaseChoice, encode};

/// Everything the address of the list says. Candidates are told as they are now: pull requests have no past here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CandidateQuery {
    /// Words that title, path, number or people hold.
    pub q: Option<String>,
    /// Id of a source.
    pub source: Option<String>,
    /// Only those that state this release.
    pub release: Option<ReleaseChoice>,
}

impl CandidateQuery {
    /// Reads a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let release = parameters.first("release").and_then(|text| {
            let refuse = |_| {
                bad.push(BadParameter {
                    name: "release".to_owned(),
                    value: text.to_owned(),
                    hint: ReleaseChoice::HINT,
                });
            };
            text.parse().map_err(refuse).ok()
        });
        let text = |name: &str| parameters.first(name).map(str::to_owned);
        (Self { q: text("q"), source: text("source"), release }, bad)
    }

    /// The address of the list with this query.
    pub fn href(&self) -> String {
        self.href_of("/candidates")
    }

    /// The address of another form of the list (`/candidates.csv`) with this query.
    pub fn href_of(&self, path: &str) -> String {
        let pairs = [
            ("q", self.q.clone()),
            ("source", self.source.clone()),
            ("release", self.release.map(|release| release.to_string())),
        ];
        let mut out = path.to_owned();
        for (name, value) in pairs.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            let joint = if out.contains('?') { '&' } else { '?' };
            // Writing to a String cannot fail.
            let _ = write!(out, "{joint}{name}={}", encode(&value));
        }
        out
    }

    /// The active filters: name, value, and the query without it.
    pub fn filters(&self) -> Vec<(&'static str, String, Self)> {
        let all = [
            ("search", self.q.clone(), Self { q: None, ..self.clone() }),
            ("source", self.source.clone(), Self { source: None, ..self.clone() }),
            ("release", self.release.map(|release| release.to_string()), Self { release: None, ..self.clone() }),
        ];
        all.into_iter().filter_map(|(name, value, without)| Some((name, value?, without))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_as_the_same() {
        let full = CandidateQuery {
            q: Some("image & cache".to_owned()),
            source: Some("vep".to_owned()),
            release: "v1.11".parse().ok(),
        };
        for query in [CandidateQuery::default(), full.clone()] {
            let href = query.href();
            assert_eq!(CandidateQuery::parse(href.trim_start_matches("/candidates")), (query, Vec::new()), "{href}");
        }
        assert_eq!(full.filters().len(), 3);
    }

    #[test]
    fn a_release_that_is_none_is_named_and_left_out() {
        let (query, bad) = CandidateQuery::parse("?release=soon&source=cep");
        assert_eq!((query.release, query.source.as_deref()), (None, Some("cep")));
        assert_eq!(bad.iter().map(|bad| bad.value.as_str()).collect::<Vec<_>>(), ["soon"]);
    }
}
