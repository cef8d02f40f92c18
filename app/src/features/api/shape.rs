//! A shape of what is sent or answered.

use leptos::prelude::*;

use super::port::{Choice, Field, Kind, Shape, Word};
use crate::ui;

/// The shape, folded.
pub(super) fn shape(shape: &Shape) -> AnyView {
    let fields = (!shape.fields.is_empty()).then(|| fields(&shape.fields));
    let choices: Vec<_> = shape.choices.iter().map(choice).collect();
    let choices = (!choices.is_empty()).then(|| view! { <p>"One of:"</p><ul class="choices">{choices}</ul> });
    view! {
        <details id=Shape::anchor(&shape.name) class="operation">
            <summary><h3><code>{shape.name.clone()}</code></h3><span>{ui::prose(&shape.about)}</span></summary>
            <div class="pad">{fields}{choices}</div>
        </details>
    }
    .into_any()
}

fn fields(all: &[Field]) -> AnyView {
    let lines: Vec<_> = all
        .iter()
        .map(|field| {
            let optional = (!field.required).then_some(", may be missing");
            view! {
                <dt><code>{field.name.clone()}</code></dt>
                <dd>{kind(&field.kind)}<small>{optional}</small>" "{ui::prose(&field.about)}</dd>
            }
        })
        .collect();
    view! { <dl class="kv fields">{lines}</dl> }.into_any()
}

fn choice(choice: &Choice) -> AnyView {
    let inside = (!choice.fields.is_empty()).then(|| fields(&choice.fields));
    view! { <li>{kind(&choice.kind)}" "{ui::prose(&choice.about)}{inside}</li> }.into_any()
}

/// What a value is, with links to the shapes that it names.
pub(super) fn kind(kind: &Kind) -> AnyView {
    kind.0
        .iter()
        .map(|word| match word {
            Word::Text(text) => ui::prose(text),
            Word::Shape(name) => {
                let href = format!("#{}", Shape::anchor(name));
                view! { <a class="link" href=href>{name.clone()}</a> }.into_any()
            }
        })
        .collect::<Vec<_>>()
        .into_any()
}
