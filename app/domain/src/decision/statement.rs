//! What people sign: waivers, sign-offs, that nothing is needed, checklist lines, that they read it, who supports it.

use super::{Case, RuleError, link, not_too_long, sentence};
use crate::{Event, Outcome, PullKind, ReleaseVersion, Rule, Subject, checklist, owning_sig, verdict_on};

impl Case<'_> {
    pub(super) fn no_docs_needed(&self, release: ReleaseVersion, reason: &str) -> Result<Event, RuleError> {
        self.on(release, |docket| {
            docket.goes_on()?;
            Ok(Event::NoDocsNeeded { release, reason: sentence(reason)? })
        })
    }

    /// Refused while an implementation is known: that would be contradicted by what everybody sees.
    pub(super) fn nothing_to_merge(&self, release: ReleaseVersion, reason: &str) -> Result<Event, RuleError> {
        let known = crate::requirement::implementation_pulls(self.known, release).next();
        if let Some(pull) = known {
            let (repository, number) = (&pull.repository, pull.number);
            return Err(RuleError::Contradicted(format!(
                "{repository}#{number} implements it for {release}; classify it as unrelated first if it does not"
            )));
        }
        self.on(release, |docket| {
            docket.goes_on()?;
            Ok(Event::NothingToMerge { release, reason: sentence(reason)? })
        })
    }

    pub(super) fn waive(&self, release: ReleaseVersion, rule: Rule, reason: &str) -> Result<Event, RuleError> {
        let dates = (self.dates)(release)?;
        let subject = Subject { source: self.source, history: self.history, release, dates: &dates };
        let verdict = verdict_on(subject, self.known, self.now);
        let mut requirements = verdict.judgement(rule.freeze()).requirements.iter();
        let met = requirements.find(|r| r.rule == rule).is_none_or(|r| r.outcome == Outcome::Pass);
        self.on(release, |docket| {
            docket.goes_on()?;
            if met {
                return Err(RuleError::NothingToWaive(rule.title()));
            }
            Ok(Event::Waived { release, rule, reason: sentence(reason)? })
        })
    }

    pub(super) fn sign_off(&self, sig: &str) -> Result<Event, RuleError> {
        let owning = owning_sig(self.source, self.history, self.known);
        let asked: Vec<_> = self.source.sign_off.iter().filter(|asked| *asked != owning).collect();
        if !asked.iter().any(|asked| *asked == sig) {
            let asked = asked.iter().map(|sig| sig.as_str()).collect::<Vec<_>>().join(", ");
            let asked = if asked.is_empty() { "none".to_owned() } else { asked };
            return Err(RuleError::NoSignOff(sig.to_owned(), asked));
        }
        if self.known.signed_off.contains(&sig) {
            return Err(RuleError::Already(format!("{sig} has signed it off already")));
        }
        Ok(Event::SignedOff { sig: sig.to_owned() })
    }

    pub(super) fn classify(
        &self,
        release: ReleaseVersion,
        repository: &str,
        number: u32,
        kind: PullKind,
    ) -> Result<Event, RuleError> {
        let repository = repository.trim();
        let no_pull = || RuleError::NoPull(repository.to_owned(), number);
        let mut pulls = self.known.pulls.iter();
        let pull = pulls.find(|pull| pull.repository == repository && pull.number == number).ok_or_else(no_pull)?;
        if (pull.kind, pull.release) == (kind, release) {
            return Err(RuleError::Already(format!("it is classified as {} for {release} already", kind.words())));
        }
        // The release that it leaves must not be out either; one that nobody knows has no record to close.
        if (self.dates)(pull.release).is_ok_and(|dates| dates.released(self.now)) {
            return Err(RuleError::Released(pull.release));
        }
        self.on(release, |docket| {
            docket.open()?;
            Ok(Event::PullClassified { repository: repository.to_owned(), number, kind, release })
        })
    }

    pub(super) fn sign_line(&self, release: ReleaseVersion, line: &str, statement: &str) -> Result<Event, RuleError> {
        let dates = (self.dates)(release)?;
        let subject = Subject { source: self.source, history: self.history, release, dates: &dates };
        let verdict = verdict_on(subject, self.known, self.now);
        let extra = (self.extra_lines)(release);
        let lines = checklist::checklist(self.known, &verdict, &extra);
        let found = lines.iter().find(|known| known.key == line);
        let found = found.ok_or_else(|| RuleError::NoLine(release, line.to_owned()))?;
        if let Some(why) = &found.locked {
            return Err(RuleError::LineNotReady(why.clone()));
        }
        self.on(release, |docket| {
            docket.tracked()?;
            Ok(Event::ChecklistSigned { release, line: line.to_owned(), statement: statement.trim().to_owned() })
        })
    }

    pub(super) fn put_on_agenda(&self, reason: &str) -> Result<Event, RuleError> {
        if self.known.on_agenda.is_some() {
            return Err(RuleError::Already("it is on the agenda already".to_owned()));
        }
        Ok(Event::PutOnAgenda { reason: sentence(reason)? })
    }

    pub(super) fn take_off_agenda(&self, note: &str) -> Result<Event, RuleError> {
        if self.known.on_agenda.is_none() {
            return Err(RuleError::Already("it is not on the agenda".to_owned()));
        }
        Ok(Event::TakenOffAgenda { note: not_too_long(note.trim())? })
    }

    pub(super) fn acknowledge(&self) -> Result<Event, RuleError> {
        let blob = &self.known.document.ok_or(RuleError::NoDocument)?.blob;
        let already = self.known.events.iter().any(|recorded| {
            recorded.person().eq_ignore_ascii_case(self.person)
                && matches!(&recorded.event, Event::Acknowledged { blob: read } if read == blob)
        });
        if already {
            return Err(RuleError::Already("this version of the document is acknowledged already".to_owned()));
        }
        Ok(Event::Acknowledged { blob: blob.clone() })
    }
}

/// Support rests on links that others can follow (R002-21).
pub(super) fn support(links: &[String], note: &str) -> Result<Event, RuleError> {
    let links = read_links(links)?;
    if links.is_empty() {
        return Err(RuleError::NoLink(String::new()));
    }
    Ok(Event::SupportRecorded { links, note: note.trim().to_owned() })
}

/// Feedback may have been said aloud, so that it needs words rather than a link.
pub(super) fn feedback(links: &[String], note: &str) -> Result<Event, RuleError> {
    Ok(Event::FeedbackRecorded { links: read_links(links)?, note: sentence(note)? })
}

fn read_links(links: &[String]) -> Result<Vec<String>, RuleError> {
    links.iter().filter(|text| !text.trim().is_empty()).map(|text| link(text)).collect()
}
