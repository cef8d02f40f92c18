//! The announcement in its three groups, and the form that closes freeze day.

use domain::{Announcement, Freeze};
use leptos::prelude::*;

use super::{page::Sheet, port::Closed};
use crate::{
    features::{announcements, shared::handle},
    ui::{self, Empty, Icon, Panel, Tone},
    words,
};

/// The part of the page.
pub(super) fn draw(sheet: &Sheet<'_>) -> AnyView {
    let view = sheet.view;
    let (subject, text) = view.mail.clone().unwrap_or_default();
    let whole = format!("Subject: {subject}\n\n{text}");
    let what = match view.freeze {
        Freeze::Enhancement => Announcement::Enhancement,
        Freeze::Code => Announcement::Code,
    };
    let note = match &view.closed {
        Some(_) => "the groups are those of the snapshot",
        None => "as judged by what is known now; closing freeze day fixes the groups",
    };
    let text = announcements::href(view.release, what);
    let file = sheet.address.action("announcement.txt");
    view! {
        <div class="two">
            <Panel title="The mail to the list" id="mail" note>
                <div class="pad">
                    <div class="fix mail">
                        <pre tabindex="0">{whole}</pre>
                        <button type="button" class="btn needs-script" data-copy="">"Copy"</button>
                        <a class="btn" href=file download="">"Download"</a>
                    </div>
                    <p class="remark">
                        "It counts as announced once its link in the archive is recorded: "
                        <a class="link" href=text>"send it, or record the link"</a>"."
                    </p>
                </div>
            </Panel>
            <div class="stack side">{close(sheet)}{view.closed.as_ref().map(closed)}</div>
        </div>
    }
    .into_any()
}

fn closed(closed: &Closed) -> AnyView {
    let count = words::count(closed.rows.len(), "proposal");
    let (at, by) = (words::utc(closed.at), handle(&closed.by));
    view! {
        <Panel title="Closed" id="closed" note="kept as it was">
            <div class="pad">
                <p>{at}" by "{by}", with "{count}"."</p>
            </div>
        </Panel>
    }
    .into_any()
}

/// The form that closes it, for whoever may; what is not settled is pointed out, not refused.
fn close(sheet: &Sheet<'_>) -> Option<AnyView> {
    let view = sheet.view;
    let csrf = sheet.csrf.as_deref().filter(|_| !view.sources.is_empty())?;
    let open: Vec<_> = view
        .judged
        .iter()
        .filter(|row| row.comes_up && !row.settled)
        .map(|row| {
            let href = sheet.address.of(&row.proposal);
            view! { <li><a class="link" href=href>{row.proposal.name()}</a>" "{row.proposal.title.clone()}</li> }
        })
        .collect();
    let count = open.len();
    let open = (count > 0).then(|| {
        let words = format!("{} not settled yet. Closing does not wait for them:", words::count(count, "proposal"));
        view! { {ui::notice(Tone::Warn, Icon::Warning, view! { <p>{words}</p> })}<ul class="unsettled">{open}</ul> }
    });
    let empty = view.judged.is_empty();
    let form = view! {
        <form class="pad stack fields" method="post" action=sheet.address.action("close")>
            {ui::csrf_field(csrf)}
            {ui::hidden_field("seen".to_owned(), view.seen.to_string())}
            <p>
                {format!("The snapshot keeps how {} stood at the freeze. It is never changed; what changes later is shown beside it.",
                    words::count(view.judged.len(), "proposal"))}
            </p>
            {open}
            <div class="buttons"><button class="btn primary">"Close freeze day"</button></div>
        </form>
    };
    let inside = if empty { view! { <Empty what="No proposal took part."/> }.into_any() } else { form.into_any() };
    Some(
        view! { <Panel title="Close freeze day" id="close" note="a snapshot, kept for ever">{inside}</Panel> }
            .into_any(),
    )
}
