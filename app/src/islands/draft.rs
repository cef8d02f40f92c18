//! Saves a form as somebody types, so that a closed browser loses nothing.

use leptos::prelude::*;

/// Enlivens `form[data-draft]`, whose attribute says where drafts are saved.
#[island]
pub fn Draft() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    enliven();
}

/// Milliseconds without a key before a draft is saved.
#[cfg(feature = "hydrate")]
const PAUSE: i32 = 800;

#[cfg(feature = "hydrate")]
fn enliven() -> Option<()> {
    use super::{
        browser::{document, first, on},
        later::Later,
        net,
    };
    use wasm_bindgen::JsCast;
    use web_sys::{Event, HtmlFormElement, HtmlInputElement};

    let document = document()?;
    let form = first(&document, "form[data-draft]")?.dyn_into::<HtmlFormElement>().ok()?;
    let address = form.dataset().get("draft")?;
    let told = first(&document, "[data-draft-words]")?;
    let (saved_form, save_to) = (form.clone(), address.clone());
    let save = Later::new(PAUSE, move || {
        let Some(fields) = net::fields(&saved_form) else { return };
        let (told, form) = (told.clone(), saved_form.clone());
        net::ask(&save_to, Some(&fields), move |reply| {
            let Some(reply) = reply else {
                let words =
                    "Not saved: there is no connection. What you wrote is still here; it is tried again as you write.";
                return told.set_text_content(Some(words));
            };
            told.set_text_content(Some(&reply.text));
            let kept = form.query_selector("input[name='kept_as']").ok().flatten();
            if let (Some(key), Some(Ok(kept))) = (reply.draft, kept.map(JsCast::dyn_into::<HtmlInputElement>)) {
                kept.set_value(&key);
            }
        });
    });
    let typed = save.clone();
    on::<Event>(&form, "input", move |_| typed.soon());
    // What is sent needs no draft any more.
    let sending = save.clone();
    on::<Event>(&form, "submit", move |_| _ = sending.stop());
    // Whoever leaves between two keys leaves it saved.
    let window = web_sys::window()?;
    on::<Event>(&window.clone(), "pagehide", move |_| {
        if save.stop()
            && let Some(fields) = net::fields(&form)
        {
            drop(window.navigator().send_beacon_with_opt_url_search_params(&address, Some(&fields)));
        }
    });
    Some(())
}
