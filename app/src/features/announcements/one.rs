//! One text: the draft, sending it, and the link that makes it announced.

use std::sync::Arc;

use domain::Announcement;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    href,
    list::state,
    port::{AnnouncementsPort, TextView},
};
use crate::{
    features::frame::{Context, Drawn, Place, find_port, page, viewer},
    islands::Copy,
    port::PageError,
    query::{At, Parameters, ReleaseChoice},
    ui::{self, FormState, Icon, Input, Panel, Tone},
    words,
};

/// `/announcements/{release}/{what}`
#[component]
pub fn AnnouncementPage() -> impl IntoView {
    let port: Result<Arc<dyn AnnouncementsPort>, _> = find_port();
    let of = |name: &str| use_params_map().with_untracked(|params| params.get(name).unwrap_or_default());
    let (release, what) = (of("release"), of("what"));
    let load = async move {
        let choice: ReleaseChoice =
            release.parse().map_err(|_| PageError::NotFound(format!("The release “{release}”")))?;
        let what = Announcement::of_slug(&what).ok_or_else(|| PageError::NotFound(format!("The text “{what}”")))?;
        port?.announcement(choice, what).await
    };
    page(Place::Releases, At::Now, Vec::new(), load, |view, context| draw(&view, context))
}

fn draw(view: &TextView, context: &Context) -> Drawn {
    let (state_of_form, what) = (ui::form_state(), view.line.what);
    let title = format!("{}, {}", what.title(), view.release);
    let csrf = viewer().filter(|_| view.barred.is_none()).map(|viewer| viewer.csrf);
    let barred = view.barred.clone().filter(|_| viewer().is_some());
    let done = Parameters::parse(&context.query).first("done").and_then(done_words).map(|words| {
        view! { <div role="status">{ui::notice(Tone::Good, Icon::Check, view! { <p>{words}</p> })}</div> }
    });
    let template = view.keeps.then(|| {
        view! { <a class="link" href=format!("/announcements/templates/{}", what.slug())>"Change its template"</a> }
    });
    let kind = if what.is_document() { "a document in Markdown" } else { "a mail to the list" };
    let side = view! {
        {csrf.as_deref().map(|csrf| send(view, csrf))}
        {csrf.as_deref().map(|csrf| link(view, csrf, &state_of_form))}
    };
    let (whole, file) = (view.whole(), format!("{}/text", href(view.release, what)));
    // What is not true cannot be taken along.
    let (name, is_true) = match (&view.line.early, view.line.outlived) {
        (Some(_), _) => ("Preview", false),
        (None, Some(_)) => ("Past draft", false),
        (None, None) => ("Draft", true),
    };
    let take = is_true.then(|| {
        view! {
            <button type="button" class="btn needs-script" data-copy="">"Copy"</button>
            <a class="btn" href=file download="">"Download"</a>
        }
    });
    let body = view! {
        <div class="head-of-page">
            <div class="crumbs">
                <nav aria-label="Where this is">
                    <a class="link" href=format!("/releases/{}", view.release)>{view.release.to_string()}</a>" / "
                    <a class="link" href=format!("/announcements?release={}", view.release)>"Announcements"</a>" / "
                    {what.title()}
                </nav>
            </div>
            <div class="title-row"><h1>{title.clone()}</h1>{state(&view.line, &view.dates, context)}</div>
        </div>
        {done}
        {ui::problems(&state_of_form, &[("link", "Link in the archive")])}
        {season(view, context)}
        {barred.map(|why| ui::notice(Tone::Quiet, Icon::Minus, view! { <p>{why}</p> }))}
        <div class="two">
            <Panel title=name id="draft" note=kind end=template.into_any()>
                <div class="pad">
                    <div class="fix mail">
                        <pre tabindex="0">{whole}</pre>
                        {take}
                    </div>
                </div>
            </Panel>
            <div class="stack side">{side}</div>
        </div>
        <Copy/>
    };
    Drawn { title, body: body.into_any() }
}

/// Why it is not the time for it: what it tells has not happened yet, what it speaks of as ahead has passed, or it is
/// meant for later.
fn season(view: &TextView, context: &Context) -> Option<AnyView> {
    let long = |at| words::long_day(words::day_in(at, view.dates.zone));
    if let Some((name, at)) = &view.line.early {
        let day = at.map(|at| format!(" before {}", long(at)));
        let day = day.unwrap_or_else(|| " yet: no date is set".to_owned());
        let why = format!("Not{day}: the {name} of {} has not passed, so this is only a preview.", view.release);
        return Some(ui::notice(Tone::Busy, Icon::Clock, view! { <p>{why}</p> }));
    }
    if let Some(freeze) = view.line.outlived {
        let why = format!(
            "No longer: the {} of {} has passed, so this is neither sent nor given out as a file any more.",
            freeze.name(),
            view.release
        );
        let sent = view.line.announced.as_ref().map(|link| {
            view! { " What was sent stands "<a class="link" href=link.href.clone()>"in the archive"</a>"." }
        });
        return Some(ui::notice(Tone::Quiet, Icon::Minus, view! { <p>{why}{sent}</p> }));
    }
    let from = view.line.from.filter(|from| *from > context.now() && view.line.announced.is_none())?;
    let why = format!("Meant for {} or later. Until then proposals can come to stand otherwise than here.", long(from));
    Some(ui::notice(Tone::Quiet, Icon::Calendar, view! { <p>{why}</p> }))
}

fn done_words(done: &str) -> Option<&'static str> {
    match done {
        "sent" => Some("The mail is in the outbox and goes to the list. Record its link once it is in the archive."),
        "announced" => Some("Announced. The link is recorded."),
        _ => None,
    }
}

/// Sends the text, word for word as it is shown, once.
fn send(view: &TextView, csrf: &str) -> AnyView {
    let not_now = view.line.early.as_ref().map(|_| "Not yet.").or(view.line.outlived.map(|_| "No longer."));
    let inside = match (&view.line.sent, &view.no_way, not_now) {
        (Some((state, href)), ..) => {
            let words =
                view! { <p>"It went into the outbox once: "<a class="link" href=href.clone()>{state.clone()}</a></p> };
            view! { <div class="pad">{words}</div> }.into_any()
        }
        (None, _, Some(words)) => view! { <div class="pad"><p class="muted">{words}</p></div> }.into_any(),
        (None, Some(why), None) => {
            view! { <div class="pad"><p class="muted">"Not from here: "{why.clone()}"."</p></div> }.into_any()
        }
        (None, None, None) => {
            let to = view.to.clone().unwrap_or_default();
            view! {
                <form class="pad stack fields" method="post" action=format!("{}/send", href(view.release, view.line.what))>
                    {ui::csrf_field(csrf)}
                    {ui::hidden_field("text".to_owned(), view.whole())}
                    <p>"To "<b>{to}</b>", exactly as it stands here. It is sent once."</p>
                    <div class="buttons"><button class="btn primary">"Send it"</button></div>
                </form>
            }
            .into_any()
        }
    };
    view! { <Panel title="Send" id="send">{inside}</Panel> }.into_any()
}

/// The link that makes it announced.
fn link(view: &TextView, csrf: &str, state: &FormState) -> Option<AnyView> {
    if view.line.early.is_some() {
        return None;
    }
    let value = view.line.announced.as_ref().map(|link| link.href.clone()).unwrap_or_default();
    let (note, button) =
        if value.is_empty() { ("missing", "Record the link") } else { ("recorded", "Change the link") };
    let form = view! {
        <form class="pad stack fields" method="post" action=format!("{}/link", href(view.release, view.line.what))>
            {ui::csrf_field(csrf)}
            {ui::url_input(state, Input {
                name: "link",
                label: "Link in the archive",
                hint: Some("https://groups.google.com/g/kubevirt-dev/c/…"),
                value,
                required: true,
            })}
            <div class="buttons"><button class="btn primary">{button}</button></div>
        </form>
    };
    Some(view! { <Panel title="Announced" id="announced" note>{form}</Panel> }.into_any())
}
