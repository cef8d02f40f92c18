//! The frame around every page: header, banners, footer, and how a page loads its data.

mod account;
mod layout;
mod page;
mod parts;
pub mod port;

pub use account::viewer;
pub use page::{Context, Drawn, page, port as find_port, static_page};
pub use parts::{at_control, feed, title_row};

/// The places of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The dashboard.
    Dashboard,
    /// The list of proposals, and each proposal.
    Proposals,
    /// The work list, and each pull request.
    Pulls,
    /// The list of exceptions, and each exception.
    Exceptions,
    /// The weekly check-ins.
    CheckIns,
    /// The list of releases, and each release.
    Releases,
    /// What was decided.
    Decisions,
    /// The glossary.
    Glossary,
    /// The settings.
    Settings,
    /// What goes out.
    Outbox,
    /// What one's own person has and has to do.
    Me,
    /// How a proposal begins.
    Start,
    /// Signing in.
    SignIn,
    /// None of them.
    Elsewhere,
}
