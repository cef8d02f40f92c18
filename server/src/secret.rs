//! Secrets that are made here, and how one that comes in is compared.

use std::fmt::Write;

use subtle::ConstantTimeEq;

/// The system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random bytes ({0})")]
pub struct NoRandomness(#[from] getrandom::Error);

/// 256 random bits, hexadecimal.
///
/// # Errors
/// When the system gives no random bytes, which does not happen once it has started.
pub fn random() -> Result<String, NoRandomness> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        _ = write!(hex, "{byte:02x}");
        hex
    }))
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
pub fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
