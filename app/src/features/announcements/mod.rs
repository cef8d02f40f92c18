//! What the release team writes every cycle: each text as a draft, where it was announced, and its template (P-19, P-26).
//!
//! Left out on purpose: the texts and their values, which are `domain`'s.

mod list;
mod one;
pub mod port;
mod template;

use domain::{Announcement, ReleaseVersion};
use leptos::prelude::*;

pub use list::AnnouncementListPage;
pub use one::AnnouncementPage;
pub use template::TemplatePage;

use port::Overdue;

use crate::{
    features::frame::Context,
    ui::{self, Icon, Tone},
    words,
};

/// Address of a text of a release.
pub fn href(release: ReleaseVersion, what: Announcement) -> String {
    format!("/announcements/{release}/{}", what.slug())
}

/// What should have been announced and was not, on every page about the release (P-26).
pub fn overdue_notice(overdue: &[Overdue], context: &Context) -> AnyView {
    let lines: Vec<_> = overdue
        .iter()
        .map(|late| {
            let since = words::ago(late.since, context.now());
            let words = format!("The {} of {} is overdue: it was due {since}. ", late.what.title(), late.release);
            ui::notice(
                Tone::Warn,
                Icon::Warning,
                view! { <p>{words}<a class="link" href=href(late.release, late.what)>"Open the draft"</a></p> },
            )
        })
        .collect();
    lines.into_any()
}
