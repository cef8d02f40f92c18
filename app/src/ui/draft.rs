//! Forms that keep what was typed: fields that know what was posted and why it was not taken.
//!
//! The server puts a [`FormState`] into the Leptos context when it draws a page again after a post; without one, fields
//! show their defaults.

use std::sync::Arc;

use leptos::prelude::*;

/// Why something was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the field it is about; none when it is about the whole.
    pub field: Option<String>,
    /// What is wrong and what to do, as a sentence.
    pub words: String,
}

/// What a form posted and why it was not taken.
#[derive(Debug, Clone, Default)]
pub struct FormState {
    /// Names with values, in the order posted.
    pub fields: Vec<(String, String)>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl FormState {
    /// Whether nothing was posted.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.problems.is_empty()
    }

    /// What was typed into a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// What was chosen in a field that takes several.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// What is wrong with a field.
    pub fn problem(&self, name: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|problem| problem.field.as_deref() == Some(name))
            .map(|problem| problem.words.as_str())
    }
}

/// The state of the form on this page.
pub fn form_state() -> FormState {
    use_context::<Arc<FormState>>().map(|state| (*state).clone()).unwrap_or_default()
}

/// What is wrong, above the form; each problem leads to its field. `titles` pairs names of fields with their labels.
pub fn problems(state: &FormState, titles: &[(&str, &str)]) -> AnyView {
    if state.problems.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = state
        .problems
        .iter()
        .map(|problem| {
            let title = titles.iter().find(|(name, _)| problem.field.as_deref() == Some(*name));
            match title {
                Some((name, title)) => {
                    view! { <li><a class="link" href=format!("#f-{name}")>{(*title).to_owned()}</a>": "{problem.words.clone()}</li> }
                        .into_any()
                }
                None => view! { <li>{capital(&problem.words)}</li> }.into_any(),
            }
        })
        .collect();
    view! {
        <div class="problems" role="alert" id="problems" tabindex="-1" autofocus="">
            <p>"Not recorded. What you typed is kept below."</p>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A field of a form.
#[derive(Debug, Clone, Default)]
pub struct Input<'a> {
    /// Its name in the post.
    pub name: &'a str,
    /// What people read.
    pub label: &'a str,
    /// What helps to fill it in.
    pub hint: Option<&'a str>,
    /// What stands in it when nothing was typed.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Input<'_> {
    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    fn shown(&self, state: &FormState) -> String {
        state.value(self.name).map_or_else(|| self.value.clone(), str::to_owned)
    }

    /// Ids of hint and problem, for the field to point to.
    fn described(&self, state: &FormState) -> Option<String> {
        let hint = self.hint.map(|_| format!("h-{}", self.name));
        let problem = state.problem(self.name).map(|_| format!("p-{}", self.name));
        let ids: Vec<_> = hint.into_iter().chain(problem).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Label, hint, the control, and what is wrong with it.
    fn around(&self, state: &FormState, control: AnyView) -> AnyView {
        let optional = (!self.required).then(|| view! { <small>" (optional)"</small> });
        view! {
            <div class="entry" class:wrong=state.problem(self.name).is_some()>
                <label for=self.id()>{self.label.to_owned()}{optional}</label>
                {self.hint(state)}
                {control}
            </div>
        }
        .into_any()
    }

    fn hint(&self, state: &FormState) -> AnyView {
        let hint = self.hint.map(|hint| view! { <p class="hint" id=format!("h-{}", self.name)>{hint.to_owned()}</p> });
        let problem = state
            .problem(self.name)
            .map(|words| view! { <p class="wrong-words" id=format!("p-{}", self.name)>{capital(words)}</p> });
        view! { {hint}{problem} }.into_any()
    }
}

fn line(state: &FormState, input: &Input<'_>, kind: &'static str) -> AnyView {
    let control = control(state, input, kind, None);
    input.around(state, control)
}

/// The field itself; `list` is the id of what a browser suggests.
fn control(state: &FormState, input: &Input<'_>, kind: &'static str, list: Option<String>) -> AnyView {
    let invalid = state.problem(input.name).map(|_| "true");
    view! {
        <input
            type=kind
            id=input.id()
            name=input.name.to_owned()
            value=input.shown(state)
            aria-describedby=input.described(state)
            aria-invalid=invalid
            aria-required=input.required.then_some("true")
            autocomplete="off"
            list=list
        />
    }
    .into_any()
}

/// A line of text.
pub fn text_input(state: &FormState, input: Input<'_>) -> AnyView {
    line(state, &input, "text")
}

/// A line of text, for which a browser suggests these.
pub fn suggested_input<'o>(state: &FormState, input: Input<'_>, options: impl Iterator<Item = &'o str>) -> AnyView {
    let list = format!("l-{}", input.name);
    let options: Vec<_> = options.map(|value| view! { <option value=value.to_owned()></option> }).collect();
    let control = control(state, &input, "text", Some(list.clone()));
    input.around(state, view! { {control}<datalist id=list>{options}</datalist> }.into_any())
}

/// A day.
pub fn date_input(state: &FormState, input: Input<'_>) -> AnyView {
    line(state, &input, "date")
}

/// A time of day.
pub fn time_input(state: &FormState, input: Input<'_>) -> AnyView {
    line(state, &input, "time")
}

/// A whole number.
pub fn number_input(state: &FormState, input: Input<'_>) -> AnyView {
    line(state, &input, "number")
}

/// A link. A line of text to the browser, so that the server's words on a bad one are read.
pub fn url_input(state: &FormState, input: Input<'_>) -> AnyView {
    line(state, &input, "text")
}

/// Logins, separated by commas.
pub fn people_input(state: &FormState, input: Input<'_>) -> AnyView {
    line(state, &input, "text")
}

/// Several lines of text.
pub fn text_area(state: &FormState, input: Input<'_>, rows: u8) -> AnyView {
    let invalid = state.problem(input.name).map(|_| "true");
    let control = view! {
        <textarea
            id=input.id()
            name=input.name.to_owned()
            rows=rows.to_string()
            aria-describedby=input.described(state)
            aria-invalid=invalid
            aria-required=input.required.then_some("true")
        >{input.shown(state)}</textarea>
    };
    input.around(state, control.into_any())
}

/// One of several, in a list: values with their words.
pub fn select_input(state: &FormState, input: Input<'_>, options: &[(String, String)]) -> AnyView {
    let shown = input.shown(state);
    let options: Vec<_> = options
        .iter()
        .map(|(value, words)| view! { <option value=value.clone() selected=*value == shown>{words.clone()}</option> })
        .collect();
    let invalid = state.problem(input.name).map(|_| "true");
    let control = view! {
        <select id=input.id() name=input.name.to_owned() aria-describedby=input.described(state) aria-invalid=invalid>
            {options}
        </select>
    };
    input.around(state, control.into_any())
}

/// One of several, all seen at once: values with their words and hints.
pub fn radio_group(state: &FormState, input: Input<'_>, options: &[(String, String, Option<String>)]) -> AnyView {
    let shown = input.shown(state);
    let choices: Vec<_> = options
        .iter()
        .enumerate()
        .map(|(place, (value, words, hint))| {
            // The first carries the field's id, so that a problem leads to it.
            let id = if place == 0 { input.id() } else { format!("f-{}-{value}", input.name) };
            let hint = hint.clone().map(|hint| view! { <small>{hint}</small> });
            view! {
                <label class="choice">
                    <input type="radio" id=id name=input.name.to_owned() value=value.clone() checked=*value == shown/>
                    <span>{words.clone()}{hint}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="entry" class:wrong=state.problem(input.name).is_some() aria-describedby=input.described(state)>
            <legend>{input.label.to_owned()}</legend>
            {input.hint(state)}
            <div class="choices">{choices}</div>
        </fieldset>
    }
    .into_any()
}
