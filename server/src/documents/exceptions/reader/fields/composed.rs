//! Values that take more than one key, or more than one form.

use domain::diagnostic::codes;

use super::{
    super::super::{
        super::{text::quoted, yaml::Value},
        keys::Key,
        phase::Phase,
        record::{IssueRef, ListedStatus},
        values::{is_link, read_issue, read_proposal_key, read_pull, read_status},
    },
    Fields, NoRecord, flat, says_nothing,
};

/// A tracking issue, and a proposal by source and number.
type Named = (Option<IssueRef>, Option<(String, u32)>);

impl Fields<'_> {
    /// The issue and the proposal that the record names; one of them at least.
    pub(super) fn issue(&mut self) -> Result<Named, NoRecord> {
        let stated = self.short(Key::Issue, "issue");
        let proposal = self.short(Key::Proposal, "proposal");
        let issue = stated.as_ref().and_then(|(_, text)| read_issue(text));
        let key = proposal.as_ref().and_then(|(_, text)| read_proposal_key(text));
        let unreadable = proposal.filter(|_| key.is_none()).or(stated.filter(|_| issue.is_none()));
        match unreadable {
            Some((_, text)) if issue.is_none() && key.is_none() => {
                Err(NoRecord::Lost(format!("The issue {} is no number and no address of one", quoted(&text))))
            }
            Some((line, text)) => {
                let message = format!("{} names no issue; it was kept as a note.", quoted(&text));
                self.warn(line, codes::NUMBER_UNREADABLE, message, "Write the number of the tracking issue.");
                self.notes.push(format!("issue: {text}"));
                Ok((issue, key))
            }
            None if issue.is_none() && key.is_none() => Err(NoRecord::Lost("The record names no issue".to_owned())),
            None => Ok((issue, key)),
        }
    }

    /// The record's own word, else that of its place.
    pub(super) fn phase(&mut self, place: Phase) -> Phase {
        let named = |text: &str| Phase::named(text).ok_or_else(|| "it is no freeze".to_owned());
        let own = (Key::Phase, "type", codes::PHASE_UNKNOWN);
        let phase = self.read(own, "Write enhancementFreeze, codeFreeze or other.", named).unwrap_or(place);
        if phase == Phase::Unknown {
            let message = "Nothing tells which freeze the record is about; it was read as about none.".to_owned();
            let mend = "Put it under enhancementFreeze, codeFreeze or other.";
            self.warn(self.line, codes::PHASE_UNKNOWN, message, mend);
        }
        phase
    }

    pub(super) fn thread(&mut self) -> Option<String> {
        let link = |text: &str| is_link(text).then(|| text.to_owned()).ok_or_else(|| "it is no address".to_owned());
        self.read((Key::Thread, "thread", codes::ODD_VALUE), "Write the address of the mail.", link)
    }

    pub(super) fn status(&mut self) -> Option<ListedStatus> {
        let (line, text) = self.short(Key::Status, "status")?;
        let status = read_status(&text);
        if let Some(ListedStatus::Other(_)) = status {
            let message =
                format!("The status {} means nothing here; the request was read as undecided.", quoted(&text));
            self.warn(line, codes::STATUS_UNKNOWN, message, "Write approved, denied or withdrawn.");
        }
        status
    }

    /// Covered pull requests; whatever else stands there is kept as a note.
    pub(super) fn pulls(&mut self) -> Vec<String> {
        let Some(node) = self.values.get(&Key::Pulls).copied() else { return Vec::new() };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut pulls = Vec::new();
        for item in items.iter().filter(|item| !says_nothing(item)) {
            let text = flat(item);
            let all: Vec<_> = text.split([',', ' ', '\n']).filter(|part| !part.is_empty()).map(read_pull).collect();
            if all.is_empty() || all.iter().any(Option::is_none) {
                let message = format!("{} is no pull request; it was kept as a note.", quoted(&text));
                self.warn(item.line, codes::ODD_VALUE, message, "Write addresses of pull requests.");
                self.notes.push(format!("pull_requests: {text}"));
            } else {
                pulls.extend(all.into_iter().flatten());
            }
        }
        pulls
    }

    pub(super) fn all_notes(&mut self) -> Vec<String> {
        let mut notes = match self.values.get(&Key::Notes).map(|node| (&node.value, *node)) {
            Some((Value::List(items), _)) => items.iter().map(flat).collect(),
            Some((_, node)) => vec![flat(node)],
            None => Vec::new(),
        };
        notes.retain(|note| !note.trim().is_empty());
        notes.append(&mut self.notes);
        notes
    }
}
