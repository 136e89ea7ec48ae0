//! What is kept of a token: its hash.

/// The SHA-256 of a token or of a recovery code, as it is kept. What it is the hash of is made by chance
/// outside and has at least 80 bits of it, so that a hash without salt or stretching is enough.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash that these bytes are.
    #[must_use]
    pub const fn from_bytes(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// The bytes, for rows.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl core::fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_gets_into_a_log() {
        assert_eq!(format!("{:?}", TokenHash::from_bytes([7; 32])), "TokenHash(…)");
    }
}
