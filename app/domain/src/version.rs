//! Release versions and what a target line states.
//!
//! A release is one minor version of a calendar: `v1.9`, `1.9` and `v1.9.0` name the same one, and 1.9 comes before
//! 1.10. What people write in place of a version (nothing, TBD, N/A, a struck-out line) is kept apart from what nobody
//! can read, because each means something else to the release team.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::document::{Stage, TargetReading};

/// A minor version of a calendar, e.g. `v1.10` (PROCESS "release").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseVersion {
    /// The number before the dot.
    pub major: u16,
    /// The number after the dot.
    pub minor: u16,
}

/// The text is not a version of the form `v1.9`, `1.9` or `v1.9.0`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a release version; write it as v1.9")]
pub struct NotAVersion(pub String);

impl ReleaseVersion {
    /// The version `v{major}.{minor}`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    /// The release that follows within the same major version.
    #[must_use]
    pub const fn next(self) -> Self {
        Self { major: self.major, minor: self.minor.saturating_add(1) }
    }
}

impl fmt::Display for ReleaseVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}.{}", self.major, self.minor)
    }
}

impl FromStr for ReleaseVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let bad = || NotAVersion(text.to_owned());
        let digits = |part: &str| {
            let plain = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
            if plain { part.parse::<u16>().ok() } else { None }
        };
        let trimmed = text.trim();
        let bare = trimmed.strip_prefix(['v', 'V']).unwrap_or(trimmed);
        let mut parts = bare.split('.');
        let major = parts.next().and_then(digits).ok_or_else(bad)?;
        let minor = parts.next().and_then(digits).ok_or_else(bad)?;
        match parts.next() {
            Some(patch) if digits(patch).is_none() => return Err(bad()),
            _ => {}
        }
        if parts.next().is_some() { Err(bad()) } else { Ok(Self { major, minor }) }
    }
}

impl Serialize for ReleaseVersion {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReleaseVersion {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for ReleaseVersion {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("A minor version of the calendar."))
            .pattern(Some(r"^v\d{1,4}\.\d{1,4}$"))
            .examples(["v1.10"])
            .into()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for ReleaseVersion {}

/// Words that people put before a version without changing its meaning.
const LEADING_WORDS: &[&str] = &["kubevirt", "release", "version"];
/// Beginnings of a value that means "not decided yet".
const UNDECIDED: &[&str] = &["tbd", "tba", "t.b.d", "to be d", "to be announced", "to be agreed", "todo", "?"];
/// Beginnings of a value that means "there is no such step".
const NONE: &[&str] = &["n/a", "n.a", "n\\a", "not applicable", "none", "never", "skipped"];

impl TargetReading {
    /// Reads what stands in the place of a version (P-9 d).
    ///
    /// A version may be followed by a full stop, a question mark, or a remark in brackets or after a comma, semicolon
    /// or dash; a remark outside brackets that names a second version makes it unreadable, because guessing which of
    /// two releases is meant helps nobody.
    pub fn of(raw: &str) -> Self {
        let whole = raw.trim_matches(is_blank);
        if whole.len() > 1 && whole.starts_with('~') && whole.ends_with('~') {
            return Self::Struck;
        }
        let text = whole.trim_matches(|c: char| is_blank(c) || matches!(c, '*' | '_' | '`' | '"' | '\''));
        if text.is_empty() || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '~')) {
            return Self::Empty;
        }
        let lower = text.chars().take(24).collect::<String>().to_ascii_lowercase();
        if begins_with_word(&lower, UNDECIDED) {
            return Self::Tbd;
        }
        if lower == "na" || begins_with_word(&lower, NONE) {
            return Self::NotApplicable;
        }
        leading_version(text).map_or(Self::Unreadable, Self::Version)
    }

    /// The release, when there is one.
    pub const fn version(self) -> Option<ReleaseVersion> {
        match self {
            Self::Version(version) => Some(version),
            _ => None,
        }
    }
}

impl Stage {
    /// Reads the word between "targets" and "for version". Numbered repetitions (`alpha2`) belong to their stage.
    pub fn of(text: &str) -> Self {
        let clean = text.trim().trim_matches(['*', '_', '`', '"', '\'', '~']).trim().to_lowercase();
        match clean.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ') {
            "alpha" => Self::Alpha,
            "beta" => Self::Beta,
            "ga" | "stable" | "general availability" => Self::Ga,
            "" if clean.is_empty() => Self::Single,
            _ => Self::Other(clean),
        }
    }
}

/// Blanks, those without width included, which editors and web pages leave behind.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}')
}

fn begins_with_word(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| word.ends_with(" d") || !rest.starts_with(char::is_alphanumeric))
    })
}

fn leading_version(text: &str) -> Option<ReleaseVersion> {
    let mut text = text;
    for _ in 0..LEADING_WORDS.len() {
        let Some((word, rest)) = text.split_once(char::is_whitespace) else { break };
        if !LEADING_WORDS.contains(&word.to_ascii_lowercase().as_str()) {
            break;
        }
        text = rest.trim_start();
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | 'v' | 'V'))).unwrap_or(text.len());
    let (token, rest) = text.split_at_checked(end)?;
    let version = token.trim_end_matches('.').parse().ok()?;
    let rest = rest.trim_start_matches(['?', '.', '`', '*', '_']);
    let remark = rest.trim_start();
    let remark_fits = match remark.chars().next() {
        None | Some('(' | '[' | '<') => true,
        Some(',' | ';' | ':' | '–' | '—') => !names_a_version(remark),
        Some('-') => rest.starts_with(' ') && !names_a_version(remark),
        Some(_) => false,
    };
    remark_fits.then_some(version)
}

fn names_a_version(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .any(|word| word.trim_end_matches('.').parse::<ReleaseVersion>().is_ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn v(minor: u16) -> TargetReading {
        TargetReading::Version(ReleaseVersion::new(1, minor))
    }

    #[test]
    fn every_way_of_writing_one_release_reads_the_same() {
        for raw in [
            "v1.9",
            "1.9",
            "v1.9.0",
            "1.9.0",
            "v1.9.",
            " v1.9. ",
            "V1.9",
            "`v1.9`",
            "**v1.9**",
            "KubeVirt v1.9",
            "v1.9\u{200b}",
            "v1.9?",
        ] {
            assert_eq!(TargetReading::of(raw), v(9), "{raw}");
        }
        for raw in
            ["v1.9 (first in v1.0.0)", "v1.9 (VMI-status based design)", "v1.9, pending review", "v1.9 - see the issue"]
        {
            assert_eq!(TargetReading::of(raw), v(9), "{raw}");
        }
    }

    #[test]
    fn values_other_than_versions_keep_their_meaning() {
        for raw in ["", "  ", "-", "–", "**"] {
            assert_eq!(TargetReading::of(raw), TargetReading::Empty, "{raw}");
        }
        for raw in ["TBD", "tbd.", "TBD (next release)", "to be determined", "TODO", "?", "to be agreed"] {
            assert_eq!(TargetReading::of(raw), TargetReading::Tbd, "{raw}");
        }
        assert_eq!(TargetReading::of("To be adopted in v1.9, once it is merged."), TargetReading::Unreadable);
        for raw in ["N/A", "n/a (perpetually alpha)", "N/A (This VEP defines an out-of-tree", "Never", "na", "none"] {
            assert_eq!(TargetReading::of(raw), TargetReading::NotApplicable, "{raw}");
        }
        for raw in ["~v1.9~", "~~v1.9~~", "~~"] {
            assert_eq!(TargetReading::of(raw), TargetReading::Struck, "{raw}");
        }
    }

    #[test]
    fn what_names_no_single_release_is_unreadable() {
        for raw in [
            "v1.9 or v1.10",
            "v1.9, maybe v1.10",
            "v1.9+",
            "vX.Y",
            "next",
            "v1",
            "1.9.x",
            "v1.9-rc.1",
            "nation",
            "65536.1",
            "todos",
        ] {
            assert_eq!(TargetReading::of(raw), TargetReading::Unreadable, "{raw}");
        }
    }

    #[test]
    fn one_ten_comes_after_one_nine() {
        assert!(ReleaseVersion::new(1, 10) > ReleaseVersion::new(1, 9));
        assert_eq!(ReleaseVersion::new(1, 9).next().to_string(), "v1.10");
    }

    #[test]
    fn stages_are_known_in_any_case_and_numbered() {
        assert_eq!(Stage::of(" Alpha2 "), Stage::Alpha);
        assert_eq!(Stage::of("BETA"), Stage::Beta);
        assert_eq!(Stage::of("Stable"), Stage::Ga);
        assert_eq!(Stage::of(""), Stage::Single);
        assert_eq!(Stage::of("Announcement"), Stage::Other("announcement".to_owned()));
    }

    proptest! {
        #[test]
        fn a_version_survives_being_written_and_read(major in 0u16..=9999, minor in 0u16..=9999) {
            let version = ReleaseVersion::new(major, minor);
            prop_assert_eq!(version.to_string().parse::<ReleaseVersion>().ok(), Some(version));
            prop_assert_eq!(TargetReading::of(&version.to_string()), TargetReading::Version(version));
        }

        #[test]
        fn reading_a_target_never_panics_and_ignores_outer_blanks(raw in "\\PC{0,40}") {
            prop_assert_eq!(TargetReading::of(&raw), TargetReading::of(&format!("  {raw}\t")));
        }
    }
}
