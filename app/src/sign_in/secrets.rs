//! What is made by chance, and what is only known to the nodes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::sign_in::TokenHash;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// The keys of the nodes. Every node of a site holds the same.
#[derive(Clone)]
pub struct Secrets {
    /// Sign the access tokens: the first is used, all are believed.
    pub token_keys: Vec<TokenKey>,
    /// Turns network addresses, accounts and what rides through a sign-in into something that only we can make.
    pub sealing: [u8; 32],
}

/// One key for access tokens.
#[derive(Clone)]
pub struct TokenKey {
    pub kid: String,
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secrets({} token keys)", self.token_keys.len())
    }
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenKey({})", self.kid)
    }
}

impl Secrets {
    /// A keyed hash of several parts, none of which can be moved into another.
    pub(crate) fn sealed(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        // HMAC takes keys of any length, so this cannot fail for 32 bytes.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.sealing) else {
            unreachable!("HMAC takes keys of any length")
        };
        for part in [purpose.as_bytes()].iter().chain(parts) {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Whether a seal is the one over these parts, without telling by time how nearly it was.
    pub(crate) fn is_sealed(&self, seal: &str, purpose: &str, parts: &[&[u8]]) -> bool {
        let wanted = self.sealed(purpose, parts);
        let Ok(given) = URL_SAFE_NO_PAD.decode(seal) else { return false };
        given.len() == wanted.len() && given.iter().zip(wanted).fold(0, |odd, (a, b)| odd | (a ^ b)) == 0
    }
}

/// A secret that somebody carries: 256 bits of chance, as text for a cookie or a link.
pub(crate) struct Token(String);

impl Token {
    /// # Panics
    /// When the machine has no chance to give: nothing safe can be done then.
    pub(crate) fn random() -> Self {
        Self(text(&random_bytes::<32>()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub(crate) fn hash(&self) -> TokenHash {
        token_hash(&self.0)
    }
}

/// What is kept of a secret that somebody brought.
pub(crate) fn token_hash(text: &str) -> TokenHash {
    TokenHash::from_bytes(Sha256::digest(text).into())
}

pub(crate) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes that [`text`] wrote: each text stands for other bytes.
pub(crate) fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Bytes by chance.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    match getrandom::fill(&mut bytes) {
        Ok(()) => bytes,
        Err(error) => unreachable!("the machine has no chance to give: {error}"),
    }
}
