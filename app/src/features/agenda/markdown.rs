//! The agenda as Markdown, to be pasted into the notes of a meeting.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use domain::FreezeZone;

use super::port::SigAgenda;
use crate::{features::shared::ProposalLink, words};

/// The text. `origin` is the address under which people reach the tracker, without a slash at its end.
pub fn markdown(parts: &[SigAgenda], origin: &str, now: DateTime<Utc>) -> String {
    let mut text = format!("# Agenda, {}\n", words::long_day(now.date_naive()));
    let link = |proposal: &ProposalLink| {
        format!("[{}]({origin}{}) {}", proposal.name(), proposal.href(), plain(&proposal.title))
    };
    for part in parts {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n## {}\n", part.sig);
        section(&mut text, "To discuss", &part.items, |item| {
            format!("{}: {} (@{})", link(&item.proposal), plain(&item.reason), item.who)
        });
        section(&mut text, "Exceptions", &part.exceptions, |request| {
            let about = format!("[{}]({origin}{})", request.about, request.href);
            let age = request.since.map_or_else(String::new, |since| format!(", {}", words::ago(since, now)));
            let late = late(request.deadline, now);
            format!("{}: {about}, asked for by @{}{age}{late}", link(&request.proposal), request.requester)
        });
        section(&mut text, "Waits on the SIG", &part.waits, |wait| {
            let day = |at| words::short_day(words::day_in(at, FreezeZone::ANYWHERE_ON_EARTH));
            let due = wait.deadline.map_or_else(String::new, |at| format!(", until {}", day(at)));
            let release = wait.release.map_or_else(String::new, |release| format!(" ({release})"));
            let late = late(wait.deadline, now);
            format!("{}{release}: {}{due}{late}", link(&wait.proposal), plain(&wait.what))
        });
        section(&mut text, "Reviews that lag", &part.reviews, |review| {
            let pull = format!("{}#{}", review.repository, review.number);
            let waits = words::length(now - review.since);
            let whom = match review.waits_on.as_slice() {
                [] => ", no reviewer named".to_owned(),
                logins => format!(" on {}", words::handles(logins)),
            };
            format!("{}: {pull} has waited {waits}{whom}", link(&review.proposal))
        });
    }
    if parts.is_empty() {
        text.push_str("\nNothing is on it.\n");
    }
    text
}

/// ", overdue by 3 days"; empty while the deadline is ahead.
fn late(deadline: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    let past = deadline.filter(|deadline| *deadline <= now);
    past.map_or_else(String::new, |deadline| format!(", {}", domain::words::overdue(deadline, now)))
}

fn section<T>(text: &mut String, title: &str, all: &[T], told: impl Fn(&T) -> String) {
    if !all.is_empty() {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n### {title}\n\n");
        for one in all {
            let _ = writeln!(text, "- {}", told(one));
        }
    }
}

/// What people wrote, in one line and without being taken for Markdown.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().fold(String::with_capacity(line.len()), |mut out, c| {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::agenda::port::AgendaItem;

    #[test]
    fn what_people_wrote_stays_one_line_and_no_markup() {
        let proposal =
            ProposalLink { source: "cep".to_owned(), noun: "CEP".to_owned(), number: 7, title: "A [b]".to_owned() };
        let item = AgendaItem {
            proposal,
            reason: "We\n# disagree".to_owned(),
            who: "olga".to_owned(),
            since: None,
            decision: 1,
            may: false,
        };
        let part = SigAgenda { sig: "sig-ci".to_owned(), items: vec![item], ..SigAgenda::default() };
        let text = markdown(&[part], "https://x.example", "2026-10-08T12:00:00Z".parse().unwrap());
        assert_eq!(
            text,
            "# Agenda, 8 Oct 2026\n\n## sig-ci\n\n### To discuss\n\n\
             - [CEP 7](https://x.example/cep/7) A \\[b\\]: We \\# disagree (@olga)\n"
        );
        assert!(markdown(&[], "", DateTime::UNIX_EPOCH).ends_with("Nothing is on it.\n"));
    }
}
