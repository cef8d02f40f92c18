//! Asking the server for a few words while somebody types.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{HtmlFormElement, RequestInit, Response, UrlSearchParams};

/// What came back.
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// The body.
    pub text: String,
    /// The header `x-draft`, where there is one.
    pub draft: Option<String>,
}

/// The fields of a form as they would be sent.
pub fn fields(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    // The constructor takes every list of pairs; web-sys knows only some of them.
    UrlSearchParams::new_with_str_sequence_sequence(data.as_ref()).ok()
}

/// Asks by GET, or by POST when there is something to send; `None` when there is no connection.
pub fn ask(address: &str, post: Option<&UrlSearchParams>, act: impl FnOnce(Option<Reply>) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let init = RequestInit::new();
    if let Some(body) = post {
        init.set_method("POST");
        init.set_body(body.as_ref());
    }
    let answer = window.fetch_with_str_and_init(address, &init);
    then(&answer, |answer| {
        let Some(response) = answer.and_then(|answer| answer.dyn_into::<Response>().ok()) else { return act(None) };
        let (status, draft) = (response.status(), response.headers().get("x-draft").ok().flatten());
        match response.text() {
            Ok(text) => then(&text, move |text| {
                act(text.and_then(|text| text.as_string()).map(|text| Reply { status, text, draft }));
            }),
            Err(_) => act(None),
        }
    });
}

/// Acts once with what a promise brings; with `None` when it fails.
fn then(promise: &Promise, act: impl FnOnce(Option<JsValue>) + 'static) {
    let act = std::rc::Rc::new(std::cell::RefCell::new(Some(act)));
    let again = act.clone();
    let good = Closure::once_into_js(move |value: JsValue| {
        if let Some(act) = act.borrow_mut().take() {
            act(Some(value));
        }
    });
    let bad = Closure::once_into_js(move |_: JsValue| {
        if let Some(act) = again.borrow_mut().take() {
            act(None);
        }
    });
    // By name, since the typed form wants closures that live on here.
    let method = Reflect::get(promise, &"then".into()).ok().and_then(|then| then.dyn_into::<js_sys::Function>().ok());
    if let Some(method) = method {
        drop(method.call2(promise, &good, &bad));
    }
}
