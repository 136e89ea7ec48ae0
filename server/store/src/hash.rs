//! What a text that somebody signed is known by.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// SHA-256 over a text, as it is printed and as `sha256sum` says it.
#[must_use]
pub fn hash_of(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing into a String never fails.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
