//! Exceptions: the list, each request with the facts for its decision, the form that files one, and the statistics
//! (P-16 to P-20).
//!
//! Left out on purpose: the rules of a request and the words of its mails, which are `domain`'s.

mod about;
mod ask;
mod decide;
mod drafts;
mod facts;
mod fields;
mod filters;
mod forms;
mod kind;
mod list;
mod mail;
mod new;
mod page;
pub mod port;
mod query;
mod request;
mod sort;
mod state;
mod statistics;
mod table;

use domain::{Freeze, ReleaseVersion};

pub use drafts::drafts_panel;
pub use kind::Kind;
pub use list::ExceptionListPage;
pub use new::NewExceptionPage;
pub use page::ExceptionPage;
pub use query::{ActiveFilter, ExceptionQuery};
pub use sort::{ExceptionKey, ExceptionSort};
pub use state::{Group, Stand};
pub use statistics::ExceptionStatisticsPage;

use crate::query::encode;

/// Address of the form for a new request. `proposal` is `cep/4702`, or empty for an empty form; without a freeze the
/// form proposes the one that is next to be missed.
pub fn new_href(proposal: &str, freeze: Option<Freeze>, release: Option<ReleaseVersion>) -> String {
    let parts = [
        (!proposal.is_empty()).then(|| format!("proposal={}", encode(proposal))),
        freeze.map(|freeze| format!("freeze={}", Kind::of(Some(freeze)).slug())),
        release.map(|release| format!("release={release}")),
    ];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { "/exceptions/new".to_owned() } else { format!("/exceptions/new?{query}") }
}

/// Address of a request.
pub fn href(id: i64) -> String {
    format!("/exceptions/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_addressed_with_what_is_known() {
        assert_eq!(new_href("", None, None), "/exceptions/new");
        let release = "v1.10".parse().unwrap();
        assert_eq!(
            new_href("cep/4702", Some(Freeze::Code), Some(release)),
            "/exceptions/new?proposal=cep/4702&freeze=cf&release=v1.10"
        );
    }
}
