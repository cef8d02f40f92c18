//! Addresses of freeze day.

use domain::{Freeze, ReleaseVersion};

use super::port::{FreezeAsk, Show};
use crate::{
    features::shared::ProposalLink,
    port::PageError,
    query::{At, BadParameter, Parameters},
};

impl FreezeAsk {
    /// Reads an address: release and freeze in its path, the rest in its query. Parameters that cannot be used are
    /// reported.
    ///
    /// # Errors
    /// When the path names no release or no freeze.
    pub fn parse(release: &str, freeze: &str, query: &str) -> (Result<Self, PageError>, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let at = At::from_parameters(&parameters, &mut bad);
        let mut key = |name: &str| {
            let value = parameters.first(name)?;
            let key =
                value.split_once('/').and_then(|(source, number)| Some((source.to_owned(), number.parse().ok()?)));
            if key.is_none() {
                let hint = "a proposal such as cep/4702";
                bad.push(BadParameter { name: name.to_owned(), value: value.to_owned(), hint });
            }
            key
        };
        let (proposal, after) = (key("proposal"), key("after"));
        let show = match parameters.first("show") {
            None => Show::Day,
            Some("then") => Show::Then,
            Some("announcement") => Show::Announcement,
            Some(value) => {
                let hint = "then, or announcement";
                bad.push(BadParameter { name: "show".to_owned(), value: value.to_owned(), hint });
                Show::Day
            }
        };
        let ask = match (release.parse(), Freeze::of_slug(freeze)) {
            (Ok(release), Some(freeze)) => Ok(Self { release, freeze, at, show, proposal, after }),
            (Err(_), _) => Err(PageError::NotFound(format!("The release “{release}”"))),
            (_, None) => Err(PageError::NotFound(format!("The freeze “{freeze}” (there are ef and cf)"))),
        };
        (ask, bad)
    }
}

/// Freeze day of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreezeAddress {
    /// Which release.
    pub release: ReleaseVersion,
    /// Which freeze.
    pub freeze: Freeze,
}

impl FreezeAddress {
    /// The page.
    pub fn page(&self) -> String {
        format!("/releases/{}/freeze/{}", self.release, self.freeze.slug())
    }

    /// One proposal of it.
    pub fn of(&self, proposal: &ProposalLink) -> String {
        self.proposal(&proposal.source, proposal.number)
    }

    /// The same by its key.
    pub fn proposal(&self, source: &str, number: u32) -> String {
        format!("{}?proposal={source}/{number}", self.page())
    }

    /// The first that is not settled after one.
    pub fn after(&self, source: &str, number: u32) -> String {
        format!("{}?after={source}/{number}", self.page())
    }

    /// How it was judged at the freeze: "then"; or the "announcement".
    pub fn show(&self, what: &str) -> String {
        format!("{}?show={what}", self.page())
    }

    /// Where forms are sent: "decide".
    pub fn action(&self, what: &str) -> String {
        format!("{}/{what}", self.page())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_release_freeze_and_proposal() {
        let (ask, bad) = FreezeAsk::parse("v1.10", "CF", "proposal=cep/4702&show=then");
        let ask = ask.unwrap();
        assert_eq!((ask.freeze, ask.show, ask.proposal), (Freeze::Code, Show::Then, Some(("cep".to_owned(), 4702))));
        assert!(bad.is_empty());
        let address = FreezeAddress { release: ReleaseVersion::new(1, 10), freeze: Freeze::Enhancement };
        assert_eq!(address.proposal("cep", 4702), "/releases/v1.10/freeze/ef?proposal=cep/4702");
        assert_eq!(address.action("close"), "/releases/v1.10/freeze/ef/close");
    }

    #[test]
    fn what_cannot_be_is_named() {
        let (ask, bad) = FreezeAsk::parse("v1.10", "cf", "proposal=many&show=all");
        assert!(ask.is_ok());
        assert_eq!(bad.iter().map(|bad| bad.name.as_str()).collect::<Vec<_>>(), ["proposal", "show"]);
        assert!(FreezeAsk::parse("v1.10", "ga", "").0.is_err());
        assert!(FreezeAsk::parse("soon", "cf", "").0.is_err());
    }
}
