//! Addresses around the plan of a release.

use domain::ReleaseVersion;

use super::port::{PlanAsk, PlanView};
use crate::{
    port::PageError,
    query::{self, At, BadParameter, Parameters},
};

impl PlanAsk {
    /// Reads an address: the release in its path, the rest in its query. Parameters that cannot be used are reported.
    ///
    /// # Errors
    /// When the path names no release.
    pub fn parse(release: &str, query: &str) -> (Result<Self, PageError>, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let at = At::from_parameters(&parameters, &mut bad);
        let closed = parameters.first("closed").and_then(|value| {
            let read = value.parse().ok();
            if read.is_none() {
                let hint = "the number of a closing, as its link gives it";
                bad.push(BadParameter { name: "closed".to_owned(), value: value.to_owned(), hint });
            }
            read
        });
        let text = |name| parameters.first(name).map(str::to_owned);
        let release = release.parse().map_err(|_| PageError::NotFound(format!("The release “{release}”")));
        let ask = release.map(|release| Self { release, source: text("source"), sig: text("sig"), closed, at });
        (ask, bad)
    }
}

/// The part of a plan that an address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanAddress {
    /// Which release.
    pub release: ReleaseVersion,
    /// Which source; the first with proposals without one.
    pub source: Option<String>,
    /// Which SIG's part.
    pub sig: Option<String>,
}

impl PlanAddress {
    /// The part that a view shows.
    pub fn of(view: &PlanView) -> Self {
        Self { release: view.cycle.version, source: Some(view.source.clone()), sig: view.sig.clone() }
    }

    /// The page.
    pub fn page(&self) -> String {
        self.file("")
    }

    /// The same under another ending: ".csv".
    pub fn file(&self, ending: &str) -> String {
        let given = [("source", &self.source), ("sig", &self.sig)];
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let query: Vec<_> = given.map(|(name, value)| format!("{name}={}", query::encode(value))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/releases/{}/plan{ending}{mark}{}", self.release, query.join("&"))
    }

    /// The page with one more parameter.
    pub fn with(&self, name: &str, value: &str) -> String {
        let page = self.page();
        let joint = if page.contains('?') { '&' } else { '?' };
        format!("{page}{joint}{name}={}", query::encode(value))
    }

    /// Where forms are sent: "accept".
    pub fn action(&self, what: &str) -> String {
        format!("/releases/{}/plan/{what}", self.release)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_was_chosen() {
        let release = ReleaseVersion::new(1, 11);
        let plain = PlanAddress { release, source: None, sig: None };
        assert_eq!(plain.page(), "/releases/v1.11/plan");
        assert_eq!(plain.with("closed", "7"), "/releases/v1.11/plan?closed=7");
        let part = PlanAddress { release, source: Some("vep".to_owned()), sig: Some("sig-network".to_owned()) };
        assert_eq!(part.file(".csv"), "/releases/v1.11/plan.csv?source=vep&sig=sig-network");
        assert_eq!(part.with("done", "order"), "/releases/v1.11/plan?source=vep&sig=sig-network&done=order");
        assert_eq!(part.action("accept"), "/releases/v1.11/plan/accept");
    }
}
