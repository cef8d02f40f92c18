//! The implementation history: one entry per list item, dated line or paragraph.

use domain::HistoryEntry;

use super::{
    inline::{append, plain},
    line_shape::{heading_of, is_rule, item_of},
    sections::{Extent, is_placeholder},
    visible::Line,
};

/// Name of the section that holds the history, in every template.
pub const SECTION: &str = "Implementation History";

/// Reads the entries within `extent`; continuation lines belong to their entry, code blocks and placeholders to none.
pub fn read_history(lines: &[Line<'_>], extent: &Extent) -> Vec<HistoryEntry> {
    let mut entries: Vec<HistoryEntry> = Vec::new();
    let mut open = false;
    for line in lines.iter().take(extent.end).skip(extent.body) {
        if line.code || heading_of(&line.text).is_some() || is_rule(&line.text) {
            open = false;
            continue;
        }
        let item = item_of(&line.text);
        let text = item.map_or(line.text.trim(), |item| item.text);
        let begins = item.is_some() || line.after_blank || begins_with_date(text) || !open;
        match entries.last_mut() {
            Some(last) if !begins => append(&mut last.text, text),
            _ => entries.push(HistoryEntry { text: plain(text), line: line.number }),
        }
        open = true;
    }
    entries.retain(|entry| !entry.text.is_empty() && !is_placeholder(&entry.text));
    entries
}

/// `2024-05-22: …`, `01-02-1921: …`, `2025/10/17: …`.
fn begins_with_date(text: &str) -> bool {
    let date: String = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.')).collect();
    let parts = date.split(['-', '/', '.']).filter(|part| !part.is_empty()).count();
    parts == 3 && date.len() >= 8
}
