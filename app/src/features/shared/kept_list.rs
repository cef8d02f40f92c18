//! A list that is kept by hand: what can be done to it and to each of its lines.

use leptos::prelude::*;

use crate::{
    features::frame::Context,
    query::{Parameters, encode},
    ui::{self, Icon, Tone},
};

/// A list on its page, for whoever looks.
pub struct KeptList<'a> {
    /// Address of the page.
    pub address: &'static str,
    /// Its name in a sentence: "the roster".
    pub name: &'static str,
    /// Place in the log of its latest change, for forms.
    pub seen: i64,
    /// The token of whoever is signed in.
    pub csrf: Option<&'a str>,
}

impl KeptList<'_> {
    /// What was done, after a form was sent; `then` says what follows.
    pub fn done(&self, then: &'static str, context: &Context) -> Option<AnyView> {
        let parameters = Parameters::parse(&context.query);
        let what = match parameters.first("done")? {
            "removed" => "The line is removed.",
            "undone" => "Your last change is undone.",
            _ => "The line is kept.",
        };
        let notice = ui::notice(Tone::Good, Icon::Check, view! { <p>{what}" "{then}</p> });
        Some(view! { <div role="status">{notice}</div> }.into_any())
    }

    /// The button for whoever changed it last.
    pub fn undo(&self) -> Option<AnyView> {
        let csrf = self.csrf?;
        let form = view! {
            <form method="post" action=format!("{}/undo", self.address) class="undo">
                <span>{format!("You changed {} last.", self.name)}</span>
                {ui::csrf_field(csrf)}
                {ui::hidden_field("seen".to_owned(), self.seen.to_string())}
                <button class="btn">"Undo"</button>
                <small>"within ten minutes"</small>
            </form>
        };
        Some(form.into_any())
    }

    /// The buttons of a line, for whoever may change it. `about` tells screen readers which line.
    pub fn acts(&self, key: &str, about: &str) -> Option<AnyView> {
        let csrf = self.csrf?;
        let href = format!("{}?change={}#form", self.address, encode(key));
        let about = format!(" {about}");
        let acts = view! {
            <span class="acts">
                <a class="btn" href=href>"Change"<span class="hidden">{about.clone()}</span></a>
                <form method="post" action=format!("{}/remove", self.address)>
                    {ui::csrf_field(csrf)}
                    {ui::hidden_field("key".to_owned(), key.to_owned())}
                    {ui::hidden_field("seen".to_owned(), self.seen.to_string())}
                    <button class="btn">"Remove"<span class="hidden">{about.clone()}</span></button>
                </form>
            </span>
        };
        Some(acts.into_any())
    }
}
