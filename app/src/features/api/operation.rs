//! One address with what it takes and answers.

use leptos::prelude::*;

use super::{
    port::{Field, Operation, Reply},
    shape::kind,
};
use crate::ui;

/// The address, folded: what it does stands in its first line.
pub(super) fn operation(operation: &Operation) -> AnyView {
    let token = operation.token.then(|| ui::chip("token"));
    let body = operation.body.as_ref().map(|body| view! { <h4>"Body"</h4><p>{kind(body)}", as JSON"</p> });
    let parameters = (!operation.parameters.is_empty()).then(|| parameters(operation));
    let answers: Vec<_> = operation.answers.iter().map(reply).collect();
    let caption = format!("Answers of {}", operation.title);
    view! {
        <details id=operation.id.clone() class="operation">
            <summary>
                <h3><span class="method">{operation.method.clone()}</span>" "<code>{operation.path.clone()}</code></h3>
                <span>{operation.title.clone()}</span>
                {token}
            </summary>
            <div class="pad">
                <p>{ui::prose(&operation.about)}</p>
                <pre tabindex="0" aria-label=format!("Example of {}", operation.title)><code>{operation.example.clone()}</code></pre>
                {parameters}
                {body}
                <h4>"Answers"</h4>
                <table class="cards answers">
                    <caption class="hidden">{caption}</caption>
                    <thead><tr><th scope="col">"Status"</th><th scope="col">"Meaning"</th><th scope="col">"Body"</th></tr></thead>
                    <tbody>{answers}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn parameters(operation: &Operation) -> AnyView {
    let rows: Vec<_> = operation.parameters.iter().map(parameter).collect();
    let caption = format!("Parameters of {}", operation.title);
    view! {
        <h4>"Parameters"</h4>
        <table class="cards parameters">
            <caption class="hidden">{caption}</caption>
            <thead><tr><th scope="col">"Name"</th><th scope="col">"In"</th><th scope="col">"Value"</th><th scope="col">"Meaning"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn parameter(field: &Field) -> AnyView {
    let needed = field.required.then_some(" needed");
    view! {
        <tr>
            <th scope="row" class="title"><code>{field.name.clone()}</code><small>{needed}</small></th>
            <td data-label="In">{field.place.clone()}</td>
            <td data-label="Value">{kind(&field.kind)}</td>
            <td data-label="Meaning">{ui::prose(&field.about)}</td>
        </tr>
    }
    .into_any()
}

fn reply(reply: &Reply) -> AnyView {
    let body = if reply.media.is_empty() {
        "none".into_any()
    } else {
        view! { {kind(&reply.kind)}" "<small>{reply.media.clone()}</small> }.into_any()
    };
    view! {
        <tr>
            <th scope="row" class="num">{reply.status.clone()}</th>
            <td data-label="Meaning">{ui::prose(&reply.about)}</td>
            <td data-label="Body">{body}</td>
        </tr>
    }
    .into_any()
}
