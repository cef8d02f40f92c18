//! Around the table of a release: its addresses, the filter, and the lines that the SIG adds.

use domain::ReleaseVersion;
use leptos::prelude::*;

use super::{
    lines,
    port::{LineColumn, TableSort, TableView},
};
use crate::{
    features::frame::{Context, viewer},
    query::{self, At},
    ui::{self, Input, Panel, Pick},
    words,
};

/// An address of the table.
#[derive(Debug, Clone)]
pub(super) struct Address {
    pub release: ReleaseVersion,
    pub source: String,
    pub open: Option<String>,
    pub sort: TableSort,
}

impl Address {
    pub fn of(view: &TableView) -> Self {
        let (source, open) = (view.source.clone(), view.open.clone());
        Self { release: view.cycle.version, source, open, sort: view.sort }
    }

    pub fn page(&self) -> String {
        self.file("")
    }

    pub fn csv(&self) -> String {
        self.file(".csv")
    }

    fn file(&self, ending: &str) -> String {
        let open = self.open.as_deref().map(|open| format!("&open={}", query::encode(open))).unwrap_or_default();
        let sort =
            if self.sort == TableSort::default() { String::new() } else { format!("&sort={}", self.sort.word()) };
        let (release, source) = (self.release, query::encode(&self.source));
        format!("/releases/{release}/checklist{ending}?source={source}{open}{sort}")
    }
}

/// Shows those in which something is open.
pub(super) fn filter(view: &TableView, address: &Address, context: &Context) -> AnyView {
    let pick = |value: &str, label: String| Pick {
        value: value.to_owned(),
        label,
        chosen: view.open.as_deref() == Some(value),
    };
    let of = |column: &LineColumn| pick(&column.key, lines::short(&column.key, &column.text));
    let picks = std::iter::once(pick("any", "Anything".to_owned())).chain(view.columns.iter().map(of)).collect();
    let at = (context.at != At::Now).then(|| ui::hidden_field("at".to_owned(), context.at.to_string()));
    let sort =
        (view.sort != TableSort::default()).then(|| ui::hidden_field("sort".to_owned(), view.sort.word().to_owned()));
    view! {
        <form class="filters" method="get" action=format!("/releases/{}/checklist", address.release)>
            {ui::hidden_field("source".to_owned(), view.source.clone())}
            {sort}
            {at}
            <div class="fields">
                {ui::select_field("open", "What is open", "All, whatever is open", picks)}
                <button class="btn">"Show"</button>
            </div>
        </form>
    }
    .into_any()
}

/// The lines that the SIG added for this release, and the form for another (P-14).
pub(super) fn extra_lines(view: &TableView, context: &Context) -> AnyView {
    let csrf = viewer().filter(|_| context.at == At::Now && view.refusal.is_empty()).map(|viewer| viewer.csrf);
    let extra: Vec<_> = view.columns.iter().filter(|column| column.extra).collect();
    let hidden = || {
        let csrf = csrf.as_deref().map(ui::csrf_field);
        let field = |name: &str, value: String| ui::hidden_field(name.to_owned(), value);
        view! { {csrf}{field("source", view.source.clone())} }.into_any()
    };
    let action = format!("/releases/{}/checklist/lines", view.cycle.version);
    let items: Vec<_> = extra
        .iter()
        .map(|column| {
            let remove = csrf.is_some().then(|| {
                view! {
                    <form method="post" action=action.clone()>
                        {hidden()}
                        {ui::hidden_field("remove".to_owned(), column.key.clone())}
                        <button class="btn">"Remove"<span class="hidden">" “"{column.text.clone()}"”"</span></button>
                    </form>
                }
            });
            view! { <li><span>{column.text.clone()}</span>{remove}</li> }
        })
        .collect();
    let list = if items.is_empty() {
        view! { <p class="muted">"None: the five lines of the process are all that is asked."</p> }.into_any()
    } else {
        view! { <ul class="extra-lines">{items}</ul> }.into_any()
    };
    let add = csrf.is_some().then(|| {
        let hint = Some("One more thing to be signed for every tracked proposal of this release. Other releases keep their own lines.");
        let input = Input { name: "text", label: "What is asked", hint, required: true, ..Input::default() };
        view! {
            <form class="sheet" method="post" action=action.clone()>
                {hidden()}
                {ui::text_input(&ui::form_state(), input)}
                <div class="submit"><button class="btn primary">"Add the line"</button></div>
            </form>
        }
    });
    let who = (!view.refusal.is_empty()).then(|| view! { <small>{view.refusal.clone()}</small> });
    let note = words::count(extra.len(), "line");
    view! {
        <Panel title=format!("Lines added for {}", view.cycle.version) id="extra" note>
            <div class="pad stack-s">{list}{add}{who}</div>
        </Panel>
    }
    .into_any()
}
