//! Sending mail by SMTP, where a server is configured.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use secrecy::ExposeSecret;

use crate::{config::MailConfig, store::outbox::OutgoingMail};

/// A server that does not answer for so long has failed.
const TIMEOUT: Duration = Duration::from_secs(30);

const LIST_UNSUBSCRIBE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
const LIST_UNSUBSCRIBE_POST: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");

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
    Refused(lettre::transport::smtp::Error),
    /// The connection was lost on the way, perhaps after the mail.
    #[error("the connection to the mail server was lost before it said whether it took the mail: {0}")]
    Lost(lettre::transport::smtp::Error),
}

impl MailError {
    /// Whether nobody knows if the server took it.
    pub const fn is_unclear(&self) -> bool {
        matches!(self, Self::Silent | Self::Lost(_))
    }

    /// What happened without what the server said, which can name the receiver.
    pub fn without_its_words(&self) -> String {
        match self {
            Self::Address(..) => "the address cannot be written to".to_owned(),
            Self::Refused(error) => match error.status() {
                Some(code) => format!("the mail server did not take it (code {code})"),
                None => "the mail server could not be reached".to_owned(),
            },
            Self::Lost(_) => {
                "the connection to the mail server was lost before it said whether it took the mail".to_owned()
            }
            other => other.to_string(),
        }
    }

    /// Whether it is refused however often it is sent.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Address(..) | Self::Message(_) => true,
            Self::Refused(error) => error.is_permanent(),
            _ => false,
        }
    }
}

impl From<lettre::transport::smtp::Error> for MailError {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        // The library has no question for "could not connect" but its words; a test holds them.
        let before = error.is_client() || error.is_tls() || error.to_string().starts_with("Connection error");
        if error.status().is_some() || before { Self::Refused(error) } else { Self::Lost(error) }
    }
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

    /// Sends a mail. `stop` is where its receiver ends such mails: mail programs show a button for it (RFC 8058).
    ///
    /// # Errors
    /// When its addresses cannot be read, or the server does not take it.
    pub async fn send(&self, mail: &OutgoingMail, stop: Option<&str>) -> Result<(), MailError> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(mailbox(&mail.to)?)
            .subject(mail.subject.clone())
            .message_id(Some(mail.message_id.clone()))
            .header(ContentType::TEXT_PLAIN);
        if let Some(first) = &mail.in_reply_to {
            message = message.in_reply_to(first.clone()).references(first.clone());
        }
        let mut message = message.body(mail.body.clone())?;
        if let Some(stop) = stop {
            let headers = message.headers_mut();
            headers.insert_raw(HeaderValue::new(LIST_UNSUBSCRIBE, format!("<{stop}>")));
            headers.insert_raw(HeaderValue::new(LIST_UNSUBSCRIBE_POST, "List-Unsubscribe=One-Click".to_owned()));
        }
        // The transport's own limit is for connecting; a server that falls silent later would be waited for for ever.
        tokio::time::timeout(TIMEOUT, self.transport.send(message)).await.map_err(|_| MailError::Silent)??;
        Ok(())
    }
}

/// Whether a text is an address to which mail can go, without a name beside it.
///
/// # Errors
/// Why it is none.
pub fn checked_address(text: &str) -> Result<String, MailError> {
    let address: lettre::Address = text.parse().map_err(|why| MailError::Address(text.to_owned(), why))?;
    Ok(address.to_string())
}

fn mailbox(address: &str) -> Result<Mailbox, MailError> {
    address.parse().map_err(|why| MailError::Address(address.to_owned(), why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_server_that_cannot_be_reached_certainly_took_nothing() {
        // Port 9 of this machine is closed.
        let config =
            MailConfig { smtp_url: Some("smtp://127.0.0.1:9".into()), from: Some("ceps@example.org".to_owned()) };
        let mailer = Mailer::new(&config).unwrap().unwrap();
        let mail = OutgoingMail {
            to: "list@example.org".to_owned(),
            subject: "S".to_owned(),
            body: "B".to_owned(),
            message_id: "<1@example.org>".to_owned(),
            in_reply_to: None,
            personal: None,
        };
        let error = mailer.send(&mail, None).await.unwrap_err();
        assert!(!error.is_unclear() && !error.is_final(), "{error}");
    }
}
