//! A mail: handed to the mail server, under one Message-ID however often it goes out.

use super::Outcome;
use crate::{mail::Mailer, store::outbox::OutgoingMail};

/// Sends it. Where the server did not say whether it took it, a person has to.
pub(super) async fn send(mailer: &Mailer, mail: &OutgoingMail) -> Outcome {
    match mailer.send(mail).await {
        Ok(()) => Outcome::Sent(None),
        Err(error) if error.is_unclear() => Outcome::Unclear(error.to_string()),
        Err(error) if error.is_final() => Outcome::Final(error.to_string()),
        Err(error) => Outcome::Later(error.to_string(), None),
    }
}
