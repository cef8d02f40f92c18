//! The responsible SIGs: by command, else in words; the primary one first.

use domain::{Diagnostic, IssueReading, Origin, Stated, diagnostic::codes};

use super::{
    super::{commands::command_of, inline::plain, line_shape::item_of, outline::words, text::quoted},
    parts::{Part, Parts, Said},
    values::{is_unstated, remark_on_ignored, remark_on_placeholder},
};

/// Most SIGs that one line names.
const MAX_SIGS: usize = 20;

/// Under which label of the form a SIG stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Primary,
    Additional,
}

/// What the lines give, before it is decided what counts.
#[derive(Default)]
struct Named {
    by_command: Vec<(Slot, Stated<String>)>,
    in_words: Vec<(Slot, Stated<String>)>,
    unclear: Vec<(Slot, u32, String)>,
}

/// Reads the SIGs. Where a label holds a command, words under the same label are only its explanation.
pub fn read_sigs(parts: &Parts<'_>, reading: &mut IssueReading, found: &mut Vec<Diagnostic>) {
    let mut named = Named::default();
    let mut slot = Slot::Primary;
    for said in parts.of(Part::Sigs) {
        let mut said = said;
        if let Some((next, rest)) = slot_label(said.text) {
            slot = next;
            if rest.trim().is_empty() {
                continue;
            }
            said = Said { text: rest, on_heading: true, ..said };
        }
        read_line(&said, slot, &mut named, found);
    }
    for said in parts.said.iter().filter(|said| said.part != Part::Sigs && command_of(said.text).is_some()) {
        command(said, Slot::Primary, &mut named, found);
    }
    let any = |slot: Slot| named.by_command.iter().any(|(other, _)| *other == slot);
    let (primary, additional) = (any(Slot::Primary), any(Slot::Additional));
    let commanded = |slot: Slot| if slot == Slot::Primary { primary } else { additional };
    for (_, line, text) in named.unclear.iter().filter(|(slot, _, _)| !commanded(*slot)) {
        let message = format!("{} names no SIG in a form that is read.", quoted(text));
        found.push(Diagnostic::note(*line, codes::SIG_UNCLEAR, message, "Write /sig name, one a line."));
    }
    let words = named.in_words.iter().filter(|(slot, _)| !commanded(*slot));
    let all: Vec<&(Slot, Stated<String>)> = named.by_command.iter().chain(words).collect();
    reading.primary_sig = all.iter().find(|(slot, _)| *slot == Slot::Primary).map(|(_, sig)| sig.clone());
    let (primary, additional): (Vec<_>, Vec<_>) = all.into_iter().partition(|(slot, _)| *slot == Slot::Primary);
    for (_, sig) in primary.into_iter().chain(additional) {
        let known = reading.primary_sig.iter().chain(&reading.additional_sigs).any(|known| known.value == sig.value);
        if !known && reading.additional_sigs.len() < MAX_SIGS {
            reading.additional_sigs.push(sig.clone());
        }
    }
}

/// `Primary SIG:` and `Additional SIGs (optional):`, with what stands behind.
fn slot_label(text: &str) -> Option<(Slot, &str)> {
    let (label, rest) = text.split_once(':')?;
    let label = label.get(..label.len().min(60)).map(words)?;
    let slot = if label.starts_with("primary sig") {
        Slot::Primary
    } else if label.starts_with("additional sig") {
        Slot::Additional
    } else {
        return None;
    };
    Some((slot, rest.trim_start_matches(['*', '_'])))
}

fn read_line(said: &Said<'_>, slot: Slot, named: &mut Named, found: &mut Vec<Diagnostic>) {
    if command(said, slot, named, found) || said.text.trim_start().starts_with('/') {
        return;
    }
    let text = plain(item_of(said.text).map_or(said.text, |item| item.text));
    if is_unstated(&text) || text.contains("://") || text.contains('#') {
        return;
    }
    let names: Vec<Option<String>> = text.trim_end_matches('.').split([',', '/']).map(sig_in_words).collect();
    if names.len() <= MAX_SIGS && names.iter().all(Option::is_some) {
        let stated = |value| (slot, Stated { value, line: said.line, from: Origin::Line });
        named.in_words.extend(names.into_iter().flatten().map(stated));
    } else {
        named.unclear.push((slot, said.line, text));
    }
}

/// Takes `/sig x y`, also where the bots would not; true when the line is such a command.
fn command(said: &Said<'_>, slot: Slot, named: &mut Named, found: &mut Vec<Diagnostic>) -> bool {
    let text = said.text.trim();
    let Some((head, rest)) = text.split_at_checked(4) else { return false };
    if !head.eq_ignore_ascii_case("/sig") || !(rest.is_empty() || rest.starts_with([' ', '\t', '/', '-'])) {
        return false;
    }
    let before = named.by_command.len();
    for word in rest.split([' ', '\t', ',']).take(MAX_SIGS) {
        let name = word.trim_matches(|c: char| matches!(c, '/' | '-' | '.' | '@' | '*' | '`')).to_ascii_lowercase();
        if word.contains('$') {
            remark_on_placeholder(word, said.line, found);
        } else if !name.is_empty() && !is_unstated(&name) {
            let bare = name.strip_prefix("sig-").or_else(|| name.strip_prefix("sig/")).unwrap_or(&name);
            if bare.len() < name.len() || !is_sig(bare) {
                let message = format!("{} asks for the label sig/{name}.", quoted(text));
                let mend = "Write /sig and the name without sig- before it.";
                found.push(Diagnostic::note(said.line, codes::SIG_UNCLEAR, message, mend));
            }
            if is_sig(bare) {
                let sig = Stated { value: format!("sig-{bare}"), line: said.line, from: Origin::Line };
                named.by_command.push((slot, sig));
            }
        }
    }
    if named.by_command.len() > before && (said.on_heading || command_of(said.text).is_none()) {
        remark_on_ignored(said, found);
    }
    true
}

/// `compute`, `SIG Network`, `sig-storage`.
fn sig_in_words(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let bare = lower.strip_prefix("sig").map_or(lower.as_str(), |rest| rest.trim_start_matches(['-', ' ', '/']));
    is_sig(bare).then(|| format!("sig-{bare}"))
}

fn is_sig(name: &str) -> bool {
    // "Cross-SIG" speaks of SIGs and names none.
    let fits =
        !name.ends_with("-sig") && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    fits && (2..=40).contains(&name.len()) && name.starts_with(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sig_is_named_by_its_own_name_and_not_by_a_word_about_sigs() {
        assert_eq!(sig_in_words("SIG Network").as_deref(), Some("sig-network"));
        assert_eq!(sig_in_words("compute").as_deref(), Some("sig-compute"));
        assert_eq!(sig_in_words("Cross-SIG"), None);
    }
}
