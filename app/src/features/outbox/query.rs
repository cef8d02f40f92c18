//! The query of the outbox: filters and page.

use super::{Kind, Stand};
use crate::query::{BadParameter, Parameters, encode};

/// Everything the address says. The default is everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutboxQuery {
    /// Only in this state.
    pub state: Option<Stand>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// A proposal: its number, or source and number as `cep/4702`.
    pub proposal: Option<String>,
    /// The page, from 1; 0 counts as 1.
    pub page: u32,
}

impl OutboxQuery {
    /// Rows on a page.
    pub const PAGE_SIZE: u32 = 30;

    /// Reads a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let mut report = |name: &str, value: &str, hint: &'static str| {
            bad.push(BadParameter { name: name.to_owned(), value: value.to_owned(), hint });
        };
        let state = parameters.first("state").and_then(|slug| {
            let known = Stand::of_slug(slug);
            if known.is_none() {
                report("state", slug, "a state such as held or failed");
            }
            known
        });
        let kind = parameters.first("kind").and_then(|slug| {
            let known = Kind::of_slug(slug);
            if known.is_none() {
                report("kind", slug, "mail, comment or label");
            }
            known
        });
        let proposal = parameters.first("proposal").and_then(|text| {
            let known = key(text).map(|_| text.trim_matches('/').to_owned());
            if known.is_none() {
                report("proposal", text, "a number such as 4702, or cep/4702");
            }
            known
        });
        let page = parameters.first("page").and_then(|text| {
            let known = text.parse::<u32>().ok();
            if known.is_none() {
                report("page", text, "a whole number from 1");
            }
            known
        });
        let page = page.filter(|page| *page > 1).unwrap_or_default();
        (Self { state, kind, proposal, page }, bad)
    }

    /// Source and number of the proposal asked for.
    pub fn key(&self) -> Option<(Option<String>, u32)> {
        self.proposal.as_deref().and_then(key)
    }

    /// The query string without `?`; empty for the default.
    pub fn to_query(&self) -> String {
        let pairs = [
            ("state", self.state.map(|state| state.slug().to_owned())),
            ("kind", self.kind.map(|kind| kind.slug().to_owned())),
            ("proposal", self.proposal.clone()),
            ("page", (self.page > 1).then(|| self.page.to_string())),
        ];
        let pairs = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encode(&value?))));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The address of the outbox with this query.
    pub fn href(&self) -> String {
        self.href_of("/outbox")
    }

    /// The address of another form of it (`/outbox.csv`) with this query.
    pub fn href_of(&self, path: &str) -> String {
        let query = self.to_query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same on another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same for another state, from its first page.
    #[must_use]
    pub fn in_state(&self, state: Option<Stand>) -> Self {
        Self { state, page: 0, ..self.clone() }
    }
}

fn key(text: &str) -> Option<(Option<String>, u32)> {
    let text = text.trim_matches('/');
    let (source, number) = text.split_once('/').map_or((None, text), |(source, number)| (Some(source), number));
    let number = number.trim_start_matches('#').parse().ok().filter(|number| *number <= i32::MAX.unsigned_abs())?;
    Some((source.map(str::to_owned), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_as_the_same() {
        let full = OutboxQuery {
            state: Some(Stand::Held),
            kind: Some(Kind::Comment),
            proposal: Some("cep/4702".to_owned()),
            page: 3,
        };
        for query in [OutboxQuery::default(), full] {
            assert_eq!(OutboxQuery::parse(&query.to_query()), (query.clone(), vec![]), "{}", query.to_query());
        }
    }

    #[test]
    fn what_cannot_be_used_is_reported_and_left_out() {
        let (query, bad) = OutboxQuery::parse("?state=lost&kind=pigeon&proposal=x&page=-1");
        assert_eq!(query, OutboxQuery::default());
        let names: Vec<_> = bad.iter().map(|bad| bad.name.as_str()).collect();
        assert_eq!(names, ["state", "kind", "proposal", "page"]);
    }
}
