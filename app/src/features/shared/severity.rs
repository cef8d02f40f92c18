//! How much a diagnostic matters, as people see it.

use domain::Severity;
use leptos::prelude::*;

use crate::ui::{self, Icon, Tone};

/// In a word.
pub const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// As a badge.
pub fn severity_badge(severity: Severity) -> impl IntoView {
    let (tone, which) = match severity {
        Severity::Note => (Tone::Quiet, Icon::Circle),
        Severity::Warning => (Tone::Warn, Icon::Warning),
        Severity::Error => (Tone::Bad, Icon::Cross),
    };
    ui::badge(tone, which, severity_word(severity))
}
