//! A mail that goes out, ready to be copied or opened in a mail program.

use std::fmt::Write;

use leptos::prelude::*;

use super::port::Mail;

/// The mail with what can be done with it.
pub(super) fn mail_to_send(mail: &Mail) -> AnyView {
    let text = format!("To: {}\nSubject: {}\n\n{}", mail.to, mail.subject, mail.body);
    let sending = mail.sending.clone().map(|words| view! { <p class="muted">{words}</p> });
    view! {
        {sending}
        <div class="fix mail">
            <pre tabindex="0">{text}</pre>
            <button type="button" class="btn needs-script" data-copy="">"Copy"</button>
            <a class="btn" href=mailto(mail)>"Open in your mail program"</a>
        </div>
    }
    .into_any()
}

/// A text as it would go out, to be looked at.
pub(super) fn shown(title: &'static str, head: &str, body: &str) -> AnyView {
    let text = if head.is_empty() { body.to_owned() } else { format!("{head}\n\n{body}") };
    view! {
        <div class="fix mail">
            <h3>{title}</h3>
            <pre tabindex="0">{text}</pre>
        </div>
    }
    .into_any()
}

/// Subject and text as an address that mail programs open.
fn mailto(mail: &Mail) -> String {
    format!("mailto:{}?subject={}&body={}", mail.to, escaped(&mail.subject), escaped(&mail.body.replace('\n', "\r\n")))
}

/// Percent-encoded as RFC 6068 asks: a space is no `+` here.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_program_gets_subject_and_lines_as_they_are() {
        let mail = Mail {
            to: "list@example.org".to_owned(),
            subject: "CF & more".to_owned(),
            body: "Hi,\nö".to_owned(),
            sending: None,
        };
        assert_eq!(mailto(&mail), "mailto:list@example.org?subject=CF%20%26%20more&body=Hi%2C%0D%0A%C3%B6");
    }
}
