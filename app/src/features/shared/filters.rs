//! Filters of a list: the choices of a select, and the active ones as chips.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::{self, Icon, Pick};

/// A choice of a filter with how many lines it leads to; 0 where that is not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What goes into the address.
    pub value: String,
    /// What people read.
    pub label: String,
    /// How many there are.
    pub count: u32,
}

/// An active filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveFilter {
    /// Its name in words.
    pub name: &'static str,
    /// Its value in words.
    pub value: String,
    /// The address of the list without it.
    pub without: String,
}

/// The choices of a select. A value of the address that is not offered stays chosen, so that the form keeps it.
pub fn picks(choices: &[Choice], chosen: Option<&str>) -> Vec<Pick> {
    let label = |Choice { label, count, .. }: &Choice| {
        if *count > 0 { format!("{label} ({count})") } else { label.clone() }
    };
    let mut picks: Vec<_> = choices
        .iter()
        .map(|choice| Pick {
            value: choice.value.clone(),
            label: label(choice),
            chosen: chosen.is_some_and(|value| value.eq_ignore_ascii_case(&choice.value)),
        })
        .collect();
    if let Some(value) = chosen.filter(|_| !picks.iter().any(|pick| pick.chosen)) {
        picks.push(Pick { value: value.to_owned(), label: value.to_owned(), chosen: true });
    }
    picks
}

/// The active filters, each with a link to the list without it.
pub fn chips(filters: Vec<ActiveFilter>) -> Option<AnyView> {
    (!filters.is_empty()).then(|| {
        let chips: Vec<_> = filters
            .into_iter()
            .map(|ActiveFilter { name, value, without }| {
                let label = format!("Remove the filter {name}: {value}");
                view! {
                    <li>
                        <a class="chip remove" href=without aria-label=label>
                            <small>{name}</small>{value}{ui::icon(Icon::Cross)}
                        </a>
                    </li>
                }
            })
            .collect();
        view! { <ul class="chips" aria-label="Active filters">{chips}</ul> }.into_any()
    })
}
