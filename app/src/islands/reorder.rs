//! Puts the rows of a list into another order: by dragging their handle, by Alt with an arrow key, or by the small
//! buttons, which without script send the form. Nothing is saved before the reader presses "Save order".

use leptos::prelude::*;

/// Enlivens `tbody[data-reorder]`.
#[island]
pub fn Reorder() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    enliven();
}

#[cfg(feature = "hydrate")]
fn enliven() -> Option<()> {
    use std::{cell::RefCell, rc::Rc};

    use super::browser::{around, document, first, on};
    use wasm_bindgen::JsCast;
    use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

    let document = document()?;
    let list: Element = first(&document, "[data-reorder]:has([data-reorder-rank])")?.into();
    let row_of = |event: &Event| around(event, "[data-reorder-row]");

    let keyed = list.clone();
    on::<KeyboardEvent>(&list, "keydown", move |event| {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        if let Some(row) = row_of(&event).filter(|_| event.alt_key()) {
            event.prevent_default();
            let focused = web_sys::window().and_then(|window| window.document()?.active_element());
            step(&keyed, &row, up);
            // A row that is moved in the document loses the focus.
            if let Some(focused) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                drop(focused.focus());
            }
        }
    });

    let pressed = list.clone();
    on::<MouseEvent>(&list, "click", move |event| {
        let Some(button) = around(&event, "[data-reorder-step]") else { return };
        let Some(row) = row_of(&event) else { return };
        event.prevent_default();
        step(&pressed, &row, button.get_attribute("data-reorder-step").as_deref() == Some("up"));
        if let Ok(button) = button.dyn_into::<HtmlElement>() {
            drop(button.focus());
        }
    });

    let dragged: Rc<RefCell<Option<Element>>> = Rc::default();
    let grabbed = dragged.clone();
    on::<Event>(&list, "pointerdown", move |event| {
        let row = around(&event, "[data-reorder-handle]").and_then(|_| row_of(&event));
        if let Some(row) = row {
            event.prevent_default();
            drop(row.class_list().add_1("dragged"));
            *grabbed.borrow_mut() = Some(row);
        }
    });
    let (held, over) = (dragged.clone(), list.clone());
    on::<MouseEvent>(&document, "pointermove", move |event| {
        if let Some(row) = held.borrow().as_ref() {
            drag(&over, row, f64::from(event.client_y()));
        }
    });
    for end in ["pointerup", "pointercancel"] {
        let (held, over) = (dragged.clone(), list.clone());
        on::<Event>(&document, end, move |_| {
            if let Some(row) = held.borrow_mut().take() {
                drop(row.class_list().remove_1("dragged"));
                tell(&over, &row);
            }
        });
    }
    Some(())
}

/// One place up or down.
#[cfg(feature = "hydrate")]
fn step(list: &web_sys::Element, row: &web_sys::Element, up: bool) {
    let moved = if up {
        row.previous_element_sibling().map(|before| list.insert_before(row, Some(&before)))
    } else {
        row.next_element_sibling().map(|after| list.insert_before(&after, Some(row)))
    };
    if moved.is_some() {
        tell(list, row);
    }
}

/// To where the pointer is: past a neighbour once its middle is passed.
#[cfg(feature = "hydrate")]
fn drag(list: &web_sys::Element, row: &web_sys::Element, y: f64) {
    let middle = |other: &web_sys::Element| {
        let shape = other.get_bounding_client_rect();
        shape.top() + shape.height() / 2.0
    };
    while let Some(before) = row.previous_element_sibling().filter(|before| y < middle(before)) {
        drop(list.insert_before(row, Some(&before)));
    }
    while let Some(after) = row.next_element_sibling().filter(|after| y > middle(after)) {
        drop(list.insert_before(&after, Some(row)));
    }
}

/// Numbers the rows as they stand, says where the row is now, and points to the button that saves.
#[cfg(feature = "hydrate")]
fn tell(list: &web_sys::Element, row: &web_sys::Element) {
    use super::browser::{all, document, first};
    use wasm_bindgen::JsCast;

    let Some(document) = document() else { return };
    let ranks = all(&document, "[data-reorder] [data-reorder-rank]");
    for (place, field) in ranks.iter().enumerate() {
        if let Some(field) = field.dyn_ref::<web_sys::HtmlInputElement>() {
            field.set_value(&(place + 1).to_string());
        }
    }
    let rows = list.children();
    let place = (0..rows.length()).find(|place| rows.item(*place).is_some_and(|other| other.is_same_node(Some(row))));
    if let (Some(place), Some(told)) = (place, first(&document, "[data-reorder-status]")) {
        let name = row.get_attribute("data-name").unwrap_or_default();
        told.set_text_content(Some(&format!("{name} is now {} of {}. Not saved yet.", place + 1, rows.length())));
    }
    if let Some(save) = first(&document, "[data-reorder-save]") {
        drop(save.class_list().add_1("primary"));
    }
}
