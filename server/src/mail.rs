//! Sending mail by SMTP, where a server is configured.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use secrecy::ExposeSecret;

use crate::{config::MailConfig, store::outbox::OutgoingMail};

/// A server that does not answer for so long has failed.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why mail cannot be sent, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// One half of the configuration.
    #[error("{present} is set and {missing} is not; sending mail needs both")]
    Half {
        /// The setting that is there.
        present: &'static str,
        /// The setting that is not.
        missing: &'static str,
    },
    /// Not an address of a server. What it says is left out, because it may hold a password.
    #[error("CEP_TRACKER_SMTP_URL is not the address of an SMTP server; write it as smtps://user:password@host")]
    Server,
    /// Not an address.
    #[error("`{0}` is not a mail address: {1}")]
    Address(String, lettre::address::AddressError),
    /// The mail cannot be put together.
    #[error(transparent)]
    Message(#[from] lettre::error::Error),
    /// The server fell silent.
    #[error("the mail server did not answer for {} seconds", TIMEOUT.as_secs())]
    Silent,
    /// The server did not take it.
    #[error("the mail server did not take it: {0}")]
    Refused(#[from] lettre::transport::smtp::Error),
}

/// A way to send mail.
#[derive(Debug, Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// The configured way; none when no server is configured.
    ///
    /// # Errors
    /// When half of the configuration is missing, or it cannot be read.
    pub fn new(config: &MailConfig) -> Result<Option<Self>, MailError> {
        const URL: &str = "CEP_TRACKER_SMTP_URL";
        const FROM: &str = "CEP_TRACKER_MAIL_FROM";
        let url = config.smtp_url.as_ref().map(ExposeSecret::expose_secret).filter(|url| !url.is_empty());
        let from = config.from.as_deref().filter(|from| !from.is_empty());
        let (url, from) = match (url, from) {
            (None, None) => return Ok(None),
            (Some(_), None) => return Err(MailError::Half { present: URL, missing: FROM }),
            (None, Some(_)) => return Err(MailError::Half { present: FROM, missing: URL }),
            (Some(url), Some(from)) => (url, from),
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| MailError::Server)?
            .timeout(Some(TIMEOUT))
            .build();
        Ok(Some(Self { transport, from: mailbox(from)? }))
    }

    /// Sends a mail.
    ///
    /// # Errors
    /// When its addresses cannot be read, or the server does not take it.
    pub async fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(mailbox(&mail.to)?)
            .subject(mail.subject.clone())
            .message_id(Some(mail.message_id.clone()))
            .header(ContentType::TEXT_PLAIN);
        if let Some(first) = &mail.in_reply_to {
            message = message.in_reply_to(first.clone()).references(first.clone());
        }
        let message = message.body(mail.body.clone())?;
        // The transport's own limit is for connecting; a server that falls silent later would be waited for for ever.
        tokio::time::timeout(TIMEOUT, self.transport.send(message)).await.map_err(|_| MailError::Silent)??;
        Ok(())
    }
}

fn mailbox(address: &str) -> Result<Mailbox, MailError> {
    address.parse().map_err(|why| MailError::Address(address.to_owned(), why))
}
