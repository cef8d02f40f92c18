//! Who the primary contacts are: whoever is assigned by command, else whoever is named under the heading.

use domain::{Diagnostic, Origin, Stated, diagnostic::codes};

use super::{
    super::{
        commands::command_of,
        inline::plain,
        line_shape::item_of,
        people::{is_login, mentions},
        text::quoted,
    },
    parts::{Part, Parts, Said},
    values::{is_unstated, remark_on_ignored, remark_on_placeholder},
};

/// Most contacts of one issue; a longer list is no list of contacts.
const MAX_CONTACTS: usize = 20;

/// Reads the contacts, in the order of the text, each once.
pub fn read_contacts(parts: &Parts<'_>, found: &mut Vec<Diagnostic>) -> Vec<Stated<String>> {
    let mut assigned = Vec::new();
    let mut named = Vec::new();
    for said in &parts.said {
        match assign_arguments(said.text.trim()) {
            Some(arguments) => assign(said, arguments, &mut assigned, found),
            None if said.part == Part::Contact => name(said, &mut named),
            None => {}
        }
    }
    let mut contacts: Vec<Stated<String>> = Vec::new();
    for contact in if assigned.is_empty() { named } else { assigned } {
        let known = contacts.iter().any(|known| known.value.eq_ignore_ascii_case(&contact.value));
        if !known && contacts.len() < MAX_CONTACTS {
            contacts.push(contact);
        }
    }
    contacts
}

fn assign_arguments(text: &str) -> Option<&str> {
    let (head, rest) = text.split_at_checked("/assign".len())?;
    let is_command = head.eq_ignore_ascii_case("/assign") && (rest.is_empty() || rest.starts_with(char::is_whitespace));
    is_command.then_some(rest)
}

fn assign(said: &Said<'_>, arguments: &str, assigned: &mut Vec<Stated<String>>, found: &mut Vec<Diagnostic>) {
    let before = assigned.len();
    for word in arguments.split([' ', '\t', ',']).filter(|word| !word.is_empty()).take(MAX_CONTACTS) {
        let login = word.trim_start_matches('@').trim_end_matches(['.', ';', ':']);
        if word.starts_with('$') {
            remark_on_placeholder(word, said.line, found);
        } else if is_login(login) {
            assigned.push(Stated { value: login.to_owned(), line: said.line, from: Origin::Line });
        } else {
            let message = format!("{} is not the GitHub login of a person.", quoted(word));
            let mend = "Write /assign and a login such as @octocat.";
            found.push(Diagnostic::warning(said.line, codes::BAD_LOGIN, message, mend));
        }
    }
    if assigned.len() > before && (said.on_heading || command_of(said.text).is_none()) {
        remark_on_ignored(said, found);
    }
}

fn name(said: &Said<'_>, named: &mut Vec<Stated<String>>) {
    let text = item_of(said.text).map_or(said.text, |item| item.text);
    let stated = |login: &str| Stated { value: login.to_owned(), line: said.line, from: Origin::Line };
    let before = named.len();
    named.extend(mentions(text).filter(|login| is_login(login)).take(MAX_CONTACTS).map(stated));
    let sole = plain(text);
    let sole = sole.trim_end_matches('.');
    if named.len() == before && is_login(sole) && !is_unstated(sole) {
        named.push(stated(sole));
    }
}
