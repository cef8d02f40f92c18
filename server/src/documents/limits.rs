//! How much of one reading is kept, so that no file can fill the database or a page.

use domain::{Diagnostic, diagnostic::codes};

/// Most target lines, boxes and entries of the history that one reading keeps; real documents have a dozen.
pub const MAX_ENTRIES: usize = 1_000;

/// Most diagnostics that one document gets; a file that earns more is not helped by a longer list.
pub const MAX_DIAGNOSTICS: usize = 500;

/// Cuts a list to its first entries. `whole` is what was read ("document"), `what` the entries in the plural.
pub fn keep<T>(list: &mut Vec<T>, whole: &str, what: &str, found: &mut Vec<Diagnostic>) {
    if list.len() > MAX_ENTRIES {
        let message = format!("The {whole} has {} {what}; only the first {MAX_ENTRIES} were kept.", list.len());
        found.push(Diagnostic::error(0, codes::TOO_LARGE, message, format!("Shorten the {whole}.")));
        list.truncate(MAX_ENTRIES);
    }
}

/// Cuts the diagnostics to the first ones, and says so.
pub fn keep_diagnostics(found: &mut Vec<Diagnostic>, whole: &str) {
    let Some(dropped) = found.len().checked_sub(MAX_DIAGNOSTICS).filter(|dropped| *dropped > 0) else { return };
    found.truncate(MAX_DIAGNOSTICS);
    let message = format!("There are {dropped} more remarks on this {whole}.");
    found.insert(0, Diagnostic::note(0, codes::TOO_LARGE, message, "Mend the first ones and read it again."));
}
