//! Where something is done: a button's words and its address.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::{self, Icon};

/// Where something is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Act {
    /// What the button says: "Commit".
    pub label: String,
    /// The page with the form, or the place outside.
    pub href: String,
}

impl Act {
    /// Whether it leads out of the tracker.
    pub fn leads_out(&self) -> bool {
        !self.href.starts_with('/')
    }
}

/// Buttons, each named with what it is about for those who hear the page.
pub fn act_buttons(acts: &[Act], about: &str) -> AnyView {
    let button = |act: &Act| {
        let name = format!("{}: {about}", act.label);
        let out = act.leads_out().then(|| ui::icon(Icon::External));
        view! { <a class="btn" href=act.href.clone() aria-label=name>{act.label.clone()}{out}</a> }
    };
    acts.iter().map(button).collect_view().into_any()
}
