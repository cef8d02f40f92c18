//! Writes the reader's own time beside instants given in UTC or Anywhere on Earth.

use leptos::prelude::*;

/// Fills every `[data-local]` of the page.
#[island]
pub fn LocalTime() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    fill();
}

#[cfg(feature = "hydrate")]
fn fill() {
    use super::browser::{all, document};

    let Some(document) = document() else { return };
    for place in all(&document, "[data-local]") {
        let own = place.dataset().get("local").and_then(|instant| own_time(&instant));
        if let Some(own) = own {
            place.set_text_content(Some(&own));
        }
    }
}

/// "your time 28 Oct, 13:00"; `None` for what is no instant.
#[cfg(feature = "hydrate")]
pub(super) fn own_time(instant: &str) -> Option<String> {
    use js_sys::{Date, Object, Reflect};

    let options = Object::new();
    for (name, value) in [("day", "numeric"), ("month", "short"), ("hour", "2-digit"), ("minute", "2-digit")] {
        drop(Reflect::set(&options, &name.into(), &value.into()));
    }
    let date = Date::new(&instant.into());
    (!date.get_time().is_nan()).then(|| format!("your time {}", String::from(date.to_locale_string("en-GB", &options))))
}
