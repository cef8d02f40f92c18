//! A mail to one person: the row in the outbox names the person, never the address, which is put in when it is sent.

use chrono::{DateTime, Utc};
use domain::outgoing::Mail;
use sqlx::PgConnection;

use super::Context;
use crate::store::{
    self,
    outbox::{self, Cause, Outgoing, OutgoingMail, Personal},
    person::Person,
};

/// Writes a mail to somebody under a key of its own. `cause` says whose doing it is.
///
/// # Errors
/// When the database fails.
pub async fn write(
    conn: &mut PgConnection,
    context: &Context,
    (person, personal): (&Person, Personal),
    (key, text): (&str, Mail),
    cause: Cause<'_>,
    now: DateTime<Utc>,
) -> store::Result<()> {
    let mail = OutgoingMail {
        to: format!("@{}", person.login),
        subject: text.subject,
        body: text.body,
        message_id: context.config.message_id(key),
        in_reply_to: None,
        personal: Some(personal),
    };
    outbox::put(conn, cause, key, &Outgoing::Mail(mail), false, now).await
}
