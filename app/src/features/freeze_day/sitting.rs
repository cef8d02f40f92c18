//! One proposal after the other: the rail, the verdict with its evidence, what is decided, the comment.

use domain::Group;
use leptos::prelude::*;

use super::{
    decide::decide,
    page::Sheet,
    port::{JudgedRow, OpenRequest, Sitting},
};
use crate::{
    features::{
        exceptions,
        shared::{ProposalLink, finding, handle, handles, status_badge},
    },
    ui::{self, Empty, Icon, Tone},
    words,
};

/// The part of the page.
pub(super) fn day(sheet: &Sheet<'_>) -> AnyView {
    let Some(sitting) = &sheet.view.sitting else {
        let what = "No tracked proposal came to this freeze.";
        let inside = view! { <Empty what><p>"What took part otherwise is in the announcement."</p></Empty> };
        return view! { <section class="panel" aria-label="Freeze day">{inside}</section> }.into_any();
    };
    let rows: Vec<_> =
        sheet.view.judged.iter().filter(|row| row.comes_up).map(|row| stop(row, sitting, sheet)).collect();
    let all_settled = sheet.view.judged.iter().all(|row| !row.comes_up || row.settled);
    let done = (all_settled && !sheet.view.sources.is_empty()).then(|| {
        let href = sheet.href(&sheet.address.show("announcement"));
        let words = view! { <p>"Everything is settled. "<a class="link" href=href>"On to the announcement"</a></p> };
        ui::notice(Tone::Good, Icon::Checks, words)
    });
    view! {
        {done}
        <div class="meet">
            <nav class="panel rail" aria-label="Proposals of this freeze"><ul>{rows}</ul></nav>
            <div class="stack">
                {proposal(sitting, sheet)}
                {comment(sitting, sheet)}
            </div>
        </div>
    }
    .into_any()
}

fn stop(row: &JudgedRow, sitting: &Sitting, sheet: &Sheet<'_>) -> AnyView {
    let current = (row.proposal.href() == sitting.proposal.href()).then_some("true");
    let state = if row.settled {
        view! { <span class="state pass">{ui::icon(Icon::Check)}<span class="hidden">"Settled"</span></span> }
            .into_any()
    } else {
        view! { <span class="state"><span class="hidden">"Open"</span></span> }.into_any()
    };
    let (tone, words) = news(row, sheet);
    let href = sheet.href(&sheet.address.of(&row.proposal));
    let class = if row.settled { "done" } else { "" };
    view! {
        <li data-row="">
            <a data-row-link="" class=class href=href aria-current=current>
                {state}
                <span>{row.proposal.name()}" "{row.proposal.title.clone()}</span>
                <small class=tone.class()>{words}</small>
            </a>
        </li>
    }
    .into_any()
}

/// How it stands with this freeze by now: on its day, the way to the next one is no news.
fn news(row: &JudgedRow, sheet: &Sheet<'_>) -> (Tone, String) {
    let tone = |status| crate::status::info(status).tone;
    match (&row.news, row.group) {
        (Some(news), group) if news.group == Group::Met && group != Group::Met => (Tone::Good, news.told.clone()),
        (Some(news), _) => (tone(row.since.as_ref().map_or(&row.status, |(status, _)| status)), news.told.clone()),
        (None, Group::Met) => (Tone::Good, row.stood(sheet.view.freeze)),
        (None, _) => (tone(&row.status), row.words.clone()),
    }
}

fn proposal(sitting: &Sitting, sheet: &Sheet<'_>) -> AnyView {
    let link = &sitting.proposal;
    let (status, words) = &sitting.status;
    let row = sheet.view.judged.iter().find(|row| row.proposal.href() == link.href());
    let then = row.filter(|row| row.since.is_some()).map(|row| {
        view! { <small>"at the freeze: "{row.stood(sheet.view.freeze)}</small> }
    });
    let href = sheet.href(&format!("{}?release={}", link.href(), sheet.view.release));
    let findings: Vec<_> = sitting.judgement.requirements.iter().map(|one| finding(one, None, sheet.context)).collect();
    let owners = (!sitting.owners.is_empty()).then(|| view! { <small>"Owner "{handles(&sitting.owners)}</small> });
    view! {
        <section class="panel" aria-labelledby="sitting">
            <header class="sitting">
                <span class="id">{link.name()}</span>
                <h2 id="sitting"><a href=href>{link.title.clone()}</a></h2>
                {status_badge(status, words)}
                {then}
                {owners}
                <div class="end">{around(sitting, sheet)}</div>
            </header>
            <ul class="findings">{findings}</ul>
            {sitting.request.as_ref().map(|request| asked(request, sheet))}
            {decide(sitting, sheet)}
        </section>
    }
    .into_any()
}

/// The one before and the one after, by link and key.
fn around(sitting: &Sitting, sheet: &Sheet<'_>) -> AnyView {
    let (before, after) = &sitting.around;
    let step = |link: &Option<ProposalLink>, rel: &'static str, key: &'static str, words: &'static str| {
        link.as_ref().map(|link| {
            let href = sheet.href(&sheet.address.of(link));
            let name = format!(": {}", link.name());
            view! {
                <a class="link" rel=rel href=href data-key=key>
                    {words}<span class="hidden">{name}</span>" "<kbd class="needs-script">{key}</kbd>
                </a>
            }
        })
    };
    view! { {step(before, "prev", "p", "Previous")}{step(after, "next", "n", "Next")} }.into_any()
}

/// The request that waits for a decision, as it was asked.
fn asked(request: &OpenRequest, sheet: &Sheet<'_>) -> AnyView {
    let until = words::long_day(words::day_in(request.until, sheet.view.dates.zone));
    view! {
        <div class="asked">
            <p>
                <b>{handle(&request.requester)}" asks for an exception until "{until}</b>" · "
                <a class="link" href=exceptions::href(request.id)>"the request with its facts"</a>
            </p>
            <blockquote class="said">{request.justification.clone()}</blockquote>
            <p class="muted">"If it is not granted: "{request.impact.clone()}</p>
        </div>
    }
    .into_any()
}

/// The comment on the tracking issue: what would go out, word for word, and what is there.
fn comment(sitting: &Sitting, sheet: &Sheet<'_>) -> AnyView {
    let number = sitting.proposal.number;
    let comment = &sitting.comment;
    let same = comment.posted.as_ref().is_some_and(|(text, ..)| text.trim() == comment.draft.trim());
    let posted = comment.posted.as_ref().map(|(_, state, href)| {
        let words = match (same, state == "held") {
            (true, true) => "This text is held until an admin turns sending on: ",
            (false, true) => "An earlier text is held until an admin turns sending on: ",
            (true, false) => "This text is in the outbox: ",
            (false, false) => "An earlier text is in the outbox: ",
        };
        view! { <small>{words}<a class="link" href=href.clone()>{state.clone()}</a></small> }
    });
    let form = sheet.csrf.as_deref().filter(|_| !same).map(|csrf| {
        let words =
            if comment.posted.is_some() { "Change the comment and go on" } else { "Post the comment and go on" };
        let held = comment.held.then(|| {
            view! {
                <small>"Nothing goes to GitHub yet: the "<a class="link" href="/outbox">"outbox"</a>" holds it until an admin turns sending on."</small>
            }
        });
        view! {
            <form method="post" action=sheet.address.action("comment")>
                {ui::csrf_field(csrf)}
                {ui::hidden_field("proposal".to_owned(), key(&sitting.proposal))}
                {ui::hidden_field("text".to_owned(), comment.draft.clone())}
                <button class="btn">{words}</button>
                {held}
            </form>
        }
    });
    view! {
        <section class="panel" aria-labelledby="comment">
            <header>
                <h2 id="comment">{format!("Comment on #{number}")}</h2>
                <small>"goes out exactly as it stands here, and only when you press"</small>
            </header>
            <div class="pad">
                <div class="fix mail freeze-comment">
                    <pre tabindex="0">{comment.draft.clone()}</pre>
                    <button type="button" class="btn needs-script" data-copy="">"Copy"</button>
                    <a class="btn" href=sitting.issue.clone()>"Open the issue"{ui::icon(Icon::External)}</a>
                    {form}
                    {posted}
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// `cep/4702`, as forms send it.
pub(super) fn key(proposal: &ProposalLink) -> String {
    format!("{}/{}", proposal.source, proposal.number)
}
