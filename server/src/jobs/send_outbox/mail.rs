//! A mail: handed to the mail server, under one Message-ID however often it goes out. One to a person is looked at once
//! more before: whether there is still a reason for it, what it says now, and where it goes.

use super::Outcome;
use crate::{
    mail::Mailer,
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
    let Some(personal) = &mail.personal else { return hand_over(mailer, mail, None).await };
    match ready(context, verdicts, entry, (mail, personal)).await {
        Ok(Ready::Send { mail: ready, stop }) => {
            // What a server says against it names the address, and the outbox is public.
            let hidden = |words: String| words.replace(&ready.to, &mail.to);
            match hand_over(mailer, &ready, stop.as_deref()).await {
                Outcome::Later(why, at) => Outcome::Later(hidden(why), at),
                Outcome::Unclear(why) => Outcome::Unclear(hidden(why)),
                Outcome::Final(why) => Outcome::Final(hidden(why)),
                other => other,
            }
        }
        Ok(Ready::Stop(why)) => Outcome::Stopped(why.to_owned()),
        Err(error) => Outcome::Later(error.to_string(), None),
    }
}

async fn hand_over(mailer: &Mailer, mail: &OutgoingMail, stop: Option<&str>) -> Outcome {
    match mailer.send(mail, stop).await {
        Ok(()) => Outcome::Sent(None),
        Err(error) if error.is_unclear() => Outcome::Unclear(error.to_string()),
        Err(error) if error.is_final() => Outcome::Final(error.to_string()),
        Err(error) => Outcome::Later(error.to_string(), None),
    }
}
