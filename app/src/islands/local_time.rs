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
    use js_sys::{Date, Object, Reflect};

    let Some(document) = document() else { return };
    let options = Object::new();
    for (name, value) in [("day", "numeric"), ("month", "short"), ("hour", "2-digit"), ("minute", "2-digit")] {
        drop(Reflect::set(&options, &name.into(), &value.into()));
    }
    for place in all(&document, "[data-local]") {
        let Some(instant) = place.dataset().get("local") else { continue };
        let date = Date::new(&instant.into());
        if !date.get_time().is_nan() {
            let text = String::from(date.to_locale_string("en-GB", &options));
            place.set_text_content(Some(&format!("your time {text}")));
        }
    }
}
