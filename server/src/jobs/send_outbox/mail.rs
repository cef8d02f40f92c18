//! A mail: handed to the mail server, under one Message-ID however often it goes out. One to a person is looked at once
//! more before: whether there is still a reason for it, what it says now, and where it goes.

use super::Outcome;
use crate::{
    mail::{MailError, Mailer},
    store::outbox::{Entry, OutgoingMail},
    usecases::{
        Context,
        remind::{Ready, ready},
    },
    verdicts::Verdicts,
};

/// Sends it. Where the server did not say whether it took it, a person has to.
pub(super) async fn send(
    context: &Context,
    verdicts: &Verdicts,
    mailer: &Mailer,
    (entry, mail): (&Entry, &OutgoingMail),
) -> Outcome {
    let Some(personal) = &mail.personal else { return hand_over(mailer, mail, None, ToString::to_string).await };
    match ready(context, verdicts, entry, (mail, personal)).await {
        Ok(Ready::Send { mail: ready, stop }) => {
            // What a server says against it can name the address, and the outbox is public.
            hand_over(mailer, &ready, stop.as_deref(), MailError::without_its_words).await
        }
        Ok(Ready::Stop(why)) => Outcome::Stopped(why.to_owned()),
        Err(error) => {
            tracing::error!(%error, "looking once more at a mail to a person");
            Outcome::Later("the database did not answer".to_owned(), None)
        }
    }
}

async fn hand_over(
    mailer: &Mailer,
    mail: &OutgoingMail,
    stop: Option<&str>,
    words: fn(&MailError) -> String,
) -> Outcome {
    match mailer.send(mail, stop).await {
        Ok(()) => Outcome::Sent(None),
        Err(error) if error.is_unclear() => Outcome::Unclear(words(&error)),
        Err(error) if error.is_final() => Outcome::Final(words(&error)),
        Err(error) => Outcome::Later(words(&error), None),
    }
}
