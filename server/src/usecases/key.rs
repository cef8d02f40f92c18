//! Names of proposals, as people write them.

/// A proposal by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Source.
    pub source: String,
    /// Number.
    pub number: u32,
}

impl std::str::FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` does not name a proposal; write it as cep/4702");
        let (source, number) = text.trim_start_matches('/').split_once('/').ok_or_else(bad)?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or_else(bad)?;
        Ok(Self { source: source.to_owned(), number })
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.source, self.number)
    }
}
