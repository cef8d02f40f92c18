//! Query strings: decoding and encoding. By hand, because it is little and has to work the same in tests and server.

use std::fmt::Write;

/// No value in an address is longer than this; the rest is cut off.
const MAX_VALUE: usize = 300;
/// Nobody needs more parameters than this; the rest is not read.
const MAX_PARAMETERS: usize = 60;

/// The parameters of a query string, in its order. Empty values are left out: a form sends them for empty fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads a query string, with or without the leading `?`.
    pub fn parse(query: &str) -> Self {
        let pairs = query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()).take(MAX_PARAMETERS);
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decode(name), decode(value).trim().to_owned()))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        )
    }

    /// All parameters with their values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The first value of a parameter.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.iter().find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Percent-encodes a value for a query string.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b':' | b'/' | b',' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            // Writing to a String cannot fail.
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let raw = text.as_bytes();
    let mut i = 0;
    while i < raw.len() && bytes.len() < MAX_VALUE {
        let escaped = || {
            let hex = raw.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok())?;
            if hex.bytes().all(|b| b.is_ascii_hexdigit()) { u8::from_str_radix(hex, 16).ok() } else { None }
        };
        match (raw[i], escaped()) {
            (b'+', _) => bytes.push(b' '),
            (b'%', Some(byte)) => {
                bytes.push(byte);
                i += 2;
            }
            (byte, _) => bytes.push(byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&bytes).chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_decodes_to_the_same() {
        for text in ["plain", "a b+c", "50 % & more = ?", "größe ✓", "v1.10", "2026-10-08T12:00:00Z"] {
            let query = format!("?q={}", encode(text));
            assert_eq!(Parameters::parse(&query).first("q"), Some(text), "{query}");
        }
    }

    #[test]
    fn broken_escapes_stay_as_they_are_and_nothing_panics() {
        assert_eq!(Parameters::parse("q=%zz%4").first("q"), Some("%zz%4"));
        assert_eq!(Parameters::parse("q=%ff").first("q"), Some("\u{fffd}"));
        assert_eq!(Parameters::parse("q=%+1").first("q"), Some("% 1"));
        assert_eq!(Parameters::parse("&&=&q&q=").first("q"), None);
        assert_eq!(Parameters::parse("q=%00a").first("q"), Some("a"));
    }

    #[test]
    fn a_parameter_can_come_several_times() {
        let parameters = Parameters::parse("status=a&x=1&status=b");
        assert_eq!(parameters.all("status").collect::<Vec<_>>(), ["a", "b"]);
    }
}
