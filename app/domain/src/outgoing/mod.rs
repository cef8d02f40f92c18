//! What leaves the tracker, word for word: about an exception the mail that asks for it, the answer in its thread, the
//! comment on the tracking issue (P-19); about a week's check-in and a freeze the comment on each issue; about a freeze the
//! announcement (P-26); to somebody the mail that reminds (P-27). Mails are plain text, wrapped at 72 characters.
//!
//! Left out on purpose: addresses, message ids and sending, which are the server's.

mod about;
mod body;
mod check_in;
mod digest;
mod freeze;

pub use about::moment_in;
pub use about::{About, Answer, Asked, Ruling};
use body::Body;
pub use body::wrapped;
pub use check_in::{Reported, check_in_comment, minutes};
pub use digest::{DigestLine, PERSONAL_LINK, confirmation_mail, digest_mail};
pub use freeze::{Announced, freeze_comment, groups_text};

const ONLY_NAMED: &str = "Work outside of the pull requests that the request names is not covered.";

/// A mail without its addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// Plain text; every line ends in a line feed.
    pub body: String,
}

/// The mail to the list that asks for an exception.
pub fn request_mail(about: &About<'_>, asked: &Asked<'_>) -> Mail {
    let mut body = Body::default();
    body.line("Hello,");
    body.line("");
    let freeze = about.freeze.and_then(|freeze| about.dates.freeze(freeze));
    let from = match (about.freeze, freeze) {
        (Some(name), Some(at)) => {
            format!("an exception from the {} of {} ({})", name.name(), about.release, about.day(at))
        }
        (Some(name), None) => format!("an exception from the {} of {}", name.name(), about.release),
        (None, _) => format!("an exception in {}", about.release),
    };
    body.line(&format!("@{} asks for {from} for {}.", asked.requester, about.proposal()));
    body.section("Additional time", &format!("Until {}.{}", about.moment(asked.until), about.beyond(asked.until)));
    body.section("Justification", asked.justification);
    body.section("Impact if it is not granted", asked.impact);
    let covers = if asked.covers.is_empty() {
        "None is named.".to_owned()
    } else {
        let links = asked.covers.iter().map(|pull| format!("- {}", pull_link(pull)));
        links.chain([String::new(), "Work outside of these is not covered.".to_owned()]).collect::<Vec<_>>().join("\n")
    };
    body.section("Covered pull requests", &covers);
    body.line("");
    body.links(about);
    Mail { subject: about.subject(), body: body.0 }
}

/// The answer in the thread of that mail.
pub fn answer_mail(about: &About<'_>, answer: &Answer<'_>) -> Mail {
    let mut body = Body::default();
    body.line(&format!("Hello @{},", answer.requester));
    body.line("");
    let what = about.exception();
    let words = match answer.ruling {
        Ruling::Granted(until) => {
            format!("the {what} is granted until {}.{}", about.moment(until), about.beyond(until))
        }
        Ruling::Extended(until) => {
            format!("the {what} is extended: it is granted until {}.{}", about.moment(until), about.beyond(until))
        }
        Ruling::Denied => format!("the {what} is denied."),
    };
    body.line(&words);
    body.section("Reason", answer.reason);
    body.line("");
    if answer.limits() {
        body.line(ONLY_NAMED);
        body.line("");
    }
    body.line(&format!("Decided by @{}.", answer.by));
    body.line("");
    body.links(about);
    Mail { subject: format!("Re: {}", about.subject()), body: body.0 }
}

/// The comment on the tracking issue, in Markdown.
pub fn decision_comment(about: &About<'_>, answer: &Answer<'_>) -> String {
    let what = match about.freeze {
        Some(freeze) => format!("{} exception for {}", freeze.name(), about.release),
        None => format!("Exception in {}", about.release),
    };
    let until = |until| format!("{}** ({}).{}", about.day(until), about.exact(until), about.beyond(until));
    let head = match answer.ruling {
        Ruling::Granted(end) => format!("**{what}: granted until {}", until(end)),
        Ruling::Extended(end) => format!("**{what}: extended until {}", until(end)),
        Ruling::Denied => format!("**{what}: denied.**"),
    };
    let reason = answer.reason.trim().lines().map(|line| format!("> {line}").trim_end().to_owned());
    let scope = if answer.limits() { format!(" {ONLY_NAMED}") } else { String::new() };
    let people = format!("Decided by @{}, asked for by @{}.{scope}", answer.by, answer.requester);
    let request = about.id.map(|id| format!("[Request]({}/exceptions/{id})", about.base()));
    let thread = answer.thread.map(|thread| format!("[Mail]({thread})"));
    let links = request.into_iter().chain(thread).collect::<Vec<_>>().join(" · ");
    let reason = reason.collect::<Vec<_>>().join("\n");
    let paragraphs = [head, reason, people, links].into_iter().filter(|paragraph| !paragraph.is_empty());
    format!("{}\n", paragraphs.collect::<Vec<_>>().join("\n\n"))
}

/// `owner/name#7` as a link that every reader of mail can follow.
fn pull_link(pull: &str) -> String {
    pull.split_once('#')
        .map_or_else(|| pull.to_owned(), |(name, number)| format!("https://github.com/{name}/pull/{number}"))
}
