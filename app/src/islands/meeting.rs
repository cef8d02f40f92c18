//! The meeting by keyboard: 1 to 5 choose the outcome, `j` and `k` go on and back, Enter saves. And what others record
//! appears while one types, without touching what is typed.

use leptos::prelude::*;

/// Enlivens `[data-meeting]`: its value is the address of the stream of events.
#[island]
pub fn Meeting() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        keys();
        keep();
        timer();
        listen();
    }
}

#[cfg(feature = "hydrate")]
const SENTENCE: &str = "[data-check-in-form] [name=sentence]";

/// Under this the place of what was sent last is kept.
#[cfg(feature = "hydrate")]
const SENT: &str = "sent sentence";

/// Keeps a sentence that is not sent yet while one looks at other proposals, and goes on in it after a refusal.
#[cfg(feature = "hydrate")]
fn keep() -> Option<()> {
    use super::browser::{document, first, on};
    use wasm_bindgen::JsCast;
    use web_sys::{Event, HtmlInputElement};

    let document = document()?;
    let form = first(&document, "[data-check-in-form]")?;
    let field = first(&document, SENTENCE)?.dyn_into::<HtmlInputElement>().ok()?;
    let storage = web_sys::window()?.session_storage().ok()??;
    let place = format!("sentence {}", form.get_attribute("action")?);
    let refused = first(&document, "#problems").is_some();
    let refused_field = first(&document, "[data-check-in-form] [aria-invalid=true]");
    if refused {
        // The next key goes into what is wrong, else into the sentence, not to a short cut.
        drop(refused_field.map_or_else(|| field.focus(), |wrong| wrong.focus()));
    }
    // What was sent is forgotten once a page says that it was recorded: until then a session may turn out to be over.
    if let (Some(_), Ok(Some(sent))) = (first(&document, "[data-recorded]"), storage.get_item(SENT)) {
        drop(storage.remove_item(&sent));
        drop(storage.remove_item(SENT));
    }
    if let Some(kept) = storage.get_item(&place).ok()?.filter(|_| !refused) {
        field.set_value(&kept);
    }
    let (typed, sent) = ((storage.clone(), place.clone(), field.clone()), (storage, place));
    on::<Event>(&field, "input", move |_| drop(typed.0.set_item(&typed.1, &typed.2.value())));
    on::<Event>(&form, "submit", move |_| drop(sent.0.set_item(SENT, &sent.1)));
    Some(())
}

/// Puts the caret into the sentence: what was said before is replaced by typing, what is half typed goes on.
#[cfg(feature = "hydrate")]
fn go_on_in_sentence(document: &web_sys::Document) -> Option<()> {
    use wasm_bindgen::JsCast;
    use web_sys::HtmlInputElement;

    let field = super::browser::first(document, SENTENCE)?.dyn_into::<HtmlInputElement>().ok()?;
    drop(field.focus());
    if field.value() == field.default_value() {
        field.select();
    } else {
        let end = u32::try_from(field.value().encode_utf16().count()).ok()?;
        drop(field.set_selection_range(end, end));
    }
    Some(())
}

#[cfg(feature = "hydrate")]
fn keys() {
    use super::browser::{around, document, first, on};
    use wasm_bindgen::JsCast;
    use web_sys::{Event, HtmlInputElement, KeyboardEvent};

    let Some(document) = document() else { return };
    let opened = document.clone();
    on::<KeyboardEvent>(&document.clone(), "keydown", move |event| {
        // On a radio button the browser's own keys go on; digits choose there too.
        let typing = around(&event, "input:not([type=radio]), textarea, select, [contenteditable], dialog").is_some();
        let key = event.key();
        // Out of the sentence, so that a digit chooses again.
        if let Some(field) = around(&event, SENTENCE).filter(|_| key == "Escape") {
            drop(field.dyn_into::<HtmlInputElement>().map(|field| field.blur()));
            return;
        }
        if typing || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let press = |selector: &str| {
            if let Some(link) = first(&document, selector) {
                event.prevent_default();
                link.click();
            }
        };
        match key.as_str() {
            "j" => press("[data-next]"),
            "k" => press("[data-previous]"),
            "1" | "2" | "3" | "4" | "5" => {
                press(&format!("[data-outcome=\"{key}\"]"));
                go_on_in_sentence(&document);
            }
            _ => {}
        }
    });
    on::<Event>(&opened.clone(), "change", move |event| {
        let Some(pick) = around(&event, "[data-outcome]").and_then(|pick| pick.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if let Some(leaving) = first(&opened, "[data-leaving]") {
            drop(leaving.toggle_attribute_with_force("open", pick.value() == "retarget-or-reject"));
        }
    });
}

/// How long this proposal has been on.
#[cfg(feature = "hydrate")]
fn timer() {
    use super::browser::{document, first};
    use wasm_bindgen::{JsCast, closure::Closure};

    let Some(place) = document().and_then(|document| first(&document, "[data-timer]")) else { return };
    let mut seconds = 0_u32;
    let tick = Closure::<dyn FnMut()>::new(move || {
        seconds += 1;
        place.set_text_content(Some(&format!("{}:{:02}", seconds / 60, seconds % 60)));
    });
    if let Some(window) = web_sys::window() {
        drop(window.set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), 1000));
        tick.forget();
    }
}

#[cfg(feature = "hydrate")]
fn listen() -> Option<()> {
    use super::browser::{document, first, on};
    use web_sys::{EventSource, MessageEvent};

    let document = document()?;
    let address = first(&document, "[data-meeting]")?.dataset().get("meeting")?;
    let source = EventSource::new(&address).ok()?;
    let opened = document.clone();
    on::<MessageEvent>(&source, "check-in", move |event| {
        let Some(text) = event.data().as_string() else { return };
        show(&document, &text);
    });
    let there = first(&opened, "[data-present]");
    on::<MessageEvent>(&source, "present", move |event| {
        if let (Some(place), Some(text)) = (&there, event.data().as_string()) {
            place.set_text_content(Some(&text));
        }
    });
    // The connection lives as long as the page.
    std::mem::forget(source);
    Some(())
}

/// Puts in what the server drew: lines of "name value", the values of `mark` and `words` being HTML on one line.
#[cfg(feature = "hydrate")]
fn show(document: &web_sys::Document, text: &str) -> Option<()> {
    use super::browser::{all, first};
    use wasm_bindgen::JsCast;

    let value = |name: &str| {
        text.lines().find_map(|line| line.split_once(' ').filter(|(key, _)| *key == name).map(|(_, value)| value))
    };
    let key = value("key")?;
    for (name, place) in [("mark", "[data-mark]"), ("words", "[data-words]")] {
        let Some(html) = value(name) else { continue };
        for element in all(document, &format!("[data-check-in=\"{key}\"] {place}")) {
            element.set_inner_html(html);
        }
    }
    if let Some(link) = first(document, &format!("a[data-check-in=\"{key}\"]")) {
        drop(link.class_list().add_1("done"));
    }
    if let (Some(tally), Some(place)) = (value("tally"), first(document, "[data-tally]")) {
        place.set_text_content(Some(tally));
    }
    let form = first(document, &format!("[data-check-in-form][data-key=\"{key}\"]"))?;
    let field = first(document, SENTENCE)?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    let sides = |text: Option<String>| text.unwrap_or_default();
    let (mine, theirs) = (sides(form.dataset().get("sides")), value("sides")?);
    // What was seen may be amended without being told again; not while one types for the same side.
    let against = mine.split(' ').any(|side| theirs.split(' ').any(|other| other == side));
    if !against || field.value() == field.default_value() {
        let seen = first(document, &format!("[data-check-in-form][data-key=\"{key}\"] [name=seen]"))?;
        seen.dyn_into::<web_sys::HtmlInputElement>().ok()?.set_value(value("seen")?);
    }
    Some(())
}
