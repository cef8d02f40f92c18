//! What a decision sends out, put into the outbox in its transaction (P-19).

use chrono::{DateTime, Utc};
use domain::{
    Event, History, Recorded,
    outgoing::{self, About, Answer, Asked},
};
use sqlx::PgConnection;

use super::DecideError;
use crate::{
    store::outbox::{self, OutgoingMail},
    usecases::Context,
    verdicts::{ProposalRecord, World},
};

/// Queues the mail that follows from a step of an exception, where mail is configured: the request to the list, and the
/// decision as an answer to it. Another's mail that was merely recorded is not sent again.
pub(super) async fn queue(
    conn: &mut PgConnection,
    context: &Context,
    world: &World,
    record: &ProposalRecord,
    recorded: &Recorded,
    now: DateTime<Utc>,
) -> Result<(), DecideError> {
    let Some(number) = recorded.event.request().filter(|_| context.config.mail.smtp_url.is_some()) else {
        return Ok(());
    };
    let calendar = world.calendars.iter().find(|calendar| calendar.id == record.source.calendar);
    let Some(list) = calendar.and_then(|calendar| calendar.mailing_list.clone()) else { return Ok(()) };
    let Some((key, mail)) = mail(context, world, record, recorded, (number, list), now) else { return Ok(()) };
    outbox::put(conn, (&record.source.id, record.history.number, recorded.id), &key, &mail, now).await?;
    Ok(())
}

fn mail(
    context: &Context,
    world: &World,
    record: &ProposalRecord,
    recorded: &Recorded,
    (number, to): (u32, String),
    now: DateTime<Utc>,
) -> Option<(String, OutgoingMail)> {
    let history = with(&record.history, recorded);
    let known = history.at(now);
    let sent = history
        .events
        .iter()
        .find(|earlier| matches!(earlier.event, Event::ExceptionSent { request, .. } if request == number))?;
    let release = sent.event.release()?;
    let dates = world.releases.get(&(record.source.calendar.clone(), release))?.dates_at(now);
    let participation = known.participation(release, &dates);
    let request = participation.requests.all.iter().find(|request| request.number == number)?;
    let base = context.config.address();
    let about = About {
        source: &record.source,
        number: history.number,
        title: &record.title,
        release,
        freeze: request.freeze,
        dates: &dates,
        base,
        id: Some(sent.id),
    };
    let message_id = |event: i64| message_id(base, &record.source.id, history.number, number, event);
    // A request that came by another's mail has no mail of ours to answer to.
    let own = sent.on_behalf_of.is_none();
    let (mail, in_reply_to) = match &recorded.event {
        Event::ExceptionSent { .. } if own => (outgoing::request_mail(&about, &Asked::from(request)), None),
        Event::ExceptionGranted { .. } | Event::ExceptionDenied { .. } => {
            (outgoing::answer_mail(&about, &Answer::latest(request)?), own.then(|| message_id(sent.id)))
        }
        _ => return None,
    };
    let key = format!("exception/{}/{number}/{}", history.number, recorded.id);
    let (subject, body) = (mail.subject, mail.body);
    Some((key, OutgoingMail { to, subject, body, message_id: message_id(recorded.id), in_reply_to }))
}

fn with(history: &History, recorded: &Recorded) -> History {
    let mut history = history.clone();
    history.events.push(recorded.clone());
    history
}

/// Follows from the decision alone, so that a mail that goes out twice is known as one.
fn message_id(base: &str, source: &str, number: u32, request: u32, event: i64) -> String {
    let host = base.split("://").nth(1).unwrap_or(base);
    let host = host.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("localhost");
    format!("<{source}-{number}.exception-{request}.{event}@{host}>")
}
