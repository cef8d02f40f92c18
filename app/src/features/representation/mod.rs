//! Who represents which SIG and who leads the release team, week by week (P-25).

mod page;
pub mod port;

use domain::representation::Gap;
use leptos::prelude::*;

pub use page::RepresentationPage;

use crate::ui::{self, Icon, Tone};

/// Weeks in which nobody has a seat, as a line across a page, with the way to where they are filled.
pub fn gap_notice(gaps: &[Gap]) -> Option<AnyView> {
    gap_words(gaps).map(|words| {
        ui::notice(
            Tone::Warn,
            Icon::Warning,
            view! { <p>{words}" "<a class="link" href="/representation">"Representation"</a></p> },
        )
    })
}

fn gap_words(gaps: &[Gap]) -> Option<String> {
    let lines: Vec<_> = gaps.iter().map(|gap| format!("no {} in {}", gap.seat, gap.weeks())).collect();
    (!lines.is_empty()).then(|| format!("Nobody is on record: {}.", lines.join("; ")))
}
