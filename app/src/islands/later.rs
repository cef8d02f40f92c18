//! Something that is done once somebody has stopped typing.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};

/// Does a thing a while after the last time it was asked for.
#[derive(Clone)]
pub struct Later {
    timer: Rc<Cell<Option<i32>>>,
    act: Rc<Closure<dyn FnMut()>>,
    wait: i32,
}

impl Later {
    /// `act`, `wait` milliseconds after the last call of [`Later::soon`].
    pub fn new(wait: i32, mut act: impl FnMut() + 'static) -> Self {
        let timer = Rc::new(Cell::new(None));
        let over = timer.clone();
        let act = Closure::new(move || {
            over.set(None);
            act();
        });
        Self { timer, act: Rc::new(act), wait }
    }

    /// Begins to wait, anew when it waits already.
    pub fn soon(&self) {
        self.stop();
        let Some(window) = web_sys::window() else { return };
        let act = (*self.act).as_ref().unchecked_ref();
        self.timer.set(window.set_timeout_with_callback_and_timeout_and_arguments_0(act, self.wait).ok());
    }

    /// Waits no more; tells whether it did.
    pub fn stop(&self) -> bool {
        let Some(timer) = self.timer.take() else { return false };
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(timer);
        }
        true
    }
}
