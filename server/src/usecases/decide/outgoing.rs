//! What a decision sends out, put into the outbox in its transaction (P-19).

use chrono::{DateTime, Utc};
use domain::{
    Event, Recorded,
    outgoing::{self, About, Answer, Asked},
};
use sqlx::PgConnection;

use super::{DecideError, Word};
use crate::{
    store::outbox::{self, Cause, Outgoing, OutgoingComment, OutgoingMail},
    usecases::{Context, keep_outbox::is_live},
    verdicts::{ProposalRecord, World},
};

/// Queues what follows from a step of an exception: the request to the list and the decision as an answer to it, where
/// mail is configured; and the decision as a comment on the tracking issue. Another's mail that was merely recorded is
/// not sent again.
pub(super) async fn queue(
    conn: &mut PgConnection,
    context: &Context,
    (world, record): (&World, &ProposalRecord),
    recorded: &Recorded,
    word: &Word,
    now: DateTime<Utc>,
) -> Result<(), DecideError> {
    let texts = texts(context, world, record, recorded, now);
    let number = record.history.number;
    let by = Some((recorded.actor.as_str(), word.signed_in().map(|(person, _)| person.id)));
    let cause = Cause { source: &record.source.id, number, event: recorded.id, by };
    if texts.is_empty() {
        return Ok(());
    }
    let held = !is_live(&mut *conn, &context.config).await?;
    for (key, what) in texts {
        outbox::put(&mut *conn, cause, &key, &what, held, now).await?;
    }
    Ok(())
}

/// What goes out, each under its key.
fn texts(
    context: &Context,
    world: &World,
    record: &ProposalRecord,
    recorded: &Recorded,
    now: DateTime<Utc>,
) -> Vec<(String, Outgoing)> {
    let Some(request) = recorded.event.request() else { return Vec::new() };
    let history = record.history.with(recorded);
    let known = history.at(now);
    let is_sending =
        |earlier: &&Recorded| matches!(earlier.event, Event::ExceptionSent { request: r, .. } if r == request);
    let Some(sent) = history.events.iter().find(is_sending) else { return Vec::new() };
    let Some(release) = sent.event.release() else { return Vec::new() };
    let calendar = &record.source.calendar;
    let Some(dates) = world.releases.get(&(calendar.clone(), release)).map(|r| r.dates_at(now)) else {
        return Vec::new();
    };
    let participation = known.participation(release, &dates);
    let Some(view) = participation.requests.all.iter().find(|view| view.number == request) else { return Vec::new() };
    let about = About {
        source: &record.source,
        number: history.number,
        title: &record.title,
        release,
        freeze: view.freeze,
        dates: &dates,
        base: context.config.address(),
        id: Some(sent.id),
    };
    let of_calendar = world.calendars.iter().find(|known| known.id == *calendar);
    let list = of_calendar.and_then(|calendar| calendar.mailing_list.clone());
    let answer = match recorded.event {
        Event::ExceptionGranted { .. } | Event::ExceptionDenied { .. } => Answer::latest(view),
        _ => None,
    };
    let mail = list.filter(|_| context.config.mail.is_configured()).and_then(|to| {
        // A request that came by another's mail has no mail of ours to answer to.
        let own = sent.on_behalf_of.is_none();
        let (text, answers) = match (&recorded.event, &answer) {
            (Event::ExceptionSent { .. }, _) if own => (outgoing::request_mail(&about, &Asked::from(view)), None),
            (_, Some(answer)) => (outgoing::answer_mail(&about, answer), own.then_some(sent.id)),
            _ => return None,
        };
        let (source, number) = (&about.source.id, about.number);
        let id = |event: i64| context.config.message_id(&format!("{source}-{number}.exception-{request}.{event}"));
        let (subject, body, message_id) = (text.subject, text.body, id(recorded.id));
        let mail = OutgoingMail { to, subject, body, message_id, in_reply_to: answers.map(id), personal: None };
        Some((format!("exception/{}/{request}/{}", history.number, recorded.id), Outgoing::Mail(mail)))
    });
    let comment = answer.map(|answer| {
        let slot = slot(&about, request, &answer, recorded.id);
        let body = outgoing::decision_comment(&about, &answer);
        let (repository, number) = (record.source.repository.clone(), history.number);
        (slot.clone(), Outgoing::Comment(OutgoingComment { repository, number, body, slot }))
    });
    mail.into_iter().chain(comment).collect()
}

/// A request has one comment with its decision. Each extension is a decision of its own (P-18), and has one too: who
/// follows the issue is told of a new comment, not of a changed one.
fn slot(about: &About<'_>, request: u32, answer: &Answer<'_>, event: i64) -> String {
    let what = match answer.ruling {
        outgoing::Ruling::Extended(_) => format!("extension-{event}"),
        outgoing::Ruling::Granted(_) | outgoing::Ruling::Denied => "decision".to_owned(),
    };
    format!("exception/{}/{request}/{what}", about.number)
}
