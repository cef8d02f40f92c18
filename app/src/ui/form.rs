//! Fields of forms, each with its label.

use leptos::prelude::*;

/// One choice of a select or a checkbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A select whose first choice is none.
pub fn select_field(name: &'static str, label: &'static str, any: &'static str, picks: Vec<Pick>) -> AnyView {
    let options: Vec<_> = picks
        .into_iter()
        .map(|pick| view! { <option value=pick.value selected=pick.chosen>{pick.label}</option> })
        .collect();
    view! {
        <label class="field">
            <span>{label}</span>
            <select name=name><option value="">{any}</option>{options}</select>
        </label>
    }
    .into_any()
}

/// A line of text.
pub fn text_field(name: &'static str, label: &'static str, hint: &'static str, value: String) -> AnyView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="text" name=name value=value placeholder=hint autocomplete="off" spellcheck="false"/>
        </label>
    }
    .into_any()
}

/// A day.
pub fn date_field(name: &'static str, label: &'static str, value: String) -> AnyView {
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="date" name=name value=value required=true/>
        </label>
    }
    .into_any()
}

/// A box to tick.
pub fn checkbox(name: &'static str, pick: Pick) -> AnyView {
    view! {
        <label class="tick">
            <input type="checkbox" name=name value=pick.value checked=pick.chosen/>
            <span>{pick.label}</span>
        </label>
    }
    .into_any()
}

/// Something that is sent along.
pub fn hidden_field(name: String, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// What proves that a form was drawn for the session that sends it.
pub fn csrf_field(token: &str) -> AnyView {
    hidden_field("csrf".to_owned(), token.to_owned())
}
