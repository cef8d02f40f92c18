//! Shows at once what a time that is typed comes to. The server says it, so that there is one reading of it.

use leptos::prelude::*;

/// Enlivens `[data-time]` in `form[data-until]`, whose attribute says where to ask.
#[island]
pub fn Until() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    enliven();
}

/// Milliseconds without a key before it is asked.
#[cfg(feature = "hydrate")]
const PAUSE: i32 = 250;

/// Fields on which the answer depends.
#[cfg(feature = "hydrate")]
const NAMES: [&str; 6] = ["time", "until", "proposal", "release", "freeze", "request"];

#[cfg(feature = "hydrate")]
fn enliven() -> Option<()> {
    use std::{cell::Cell, rc::Rc};

    use super::{
        browser::{document, first, on},
        later::Later,
        local_time::own_time,
        net,
    };
    use wasm_bindgen::JsCast;
    use web_sys::{Event, HtmlFormElement, UrlSearchParams};

    let document = document()?;
    let form = first(&document, "form[data-until]")?.dyn_into::<HtmlFormElement>().ok()?;
    let address = form.dataset().get("until")?;
    let told = form.query_selector("[data-until-words]").ok().flatten()?;
    let asked = Rc::new(Cell::new(0_u32));
    let typed_form = form.clone();
    let show = Later::new(PAUSE, move || {
        let (Some(all), Ok(fields)) = (net::fields(&typed_form), UrlSearchParams::new()) else { return };
        for name in NAMES {
            if let Some(value) = all.get(name) {
                fields.append(name, &value);
            }
        }
        let place = asked.get().wrapping_add(1);
        asked.set(place);
        let (asked, told) = (asked.clone(), told.clone());
        let query = String::from(fields.to_string());
        net::ask(&format!("{address}?{query}"), None, move |reply| {
            // An answer to an earlier key says nothing any more.
            let Some(reply) = reply.filter(|_| asked.get() == place) else { return };
            let (words, instant) = reply.text.split_once('\n').unwrap_or((&reply.text, ""));
            let own = own_time(instant).map(|own| format!(" · {own}")).unwrap_or_default();
            told.set_text_content(Some(&format!("{words}{own}")));
            drop(told.class_list().toggle_with_force("wrong-words", reply.status != 200));
        });
    });
    on::<Event>(&form, "input", move |event| {
        let name = event.target().and_then(|target| js_sys::Reflect::get(&target, &"name".into()).ok()?.as_string());
        if name.is_some_and(|name| NAMES.contains(&name.as_str())) {
            show.soon();
        }
    });
    Some(())
}
