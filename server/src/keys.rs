//! The secret keys of this place, kept in one file outside the database.
//!
//! Two keys for the tokens in cookies (the current one and the one before it, so that nobody is signed out when
//! they turn), an Ed25519 key that signs what others may check later (heads of the audit, certificates) with the
//! public halves of those before it, and a key under which network addresses are hashed for throttling.
//!
//! Whoever has the file can sign in as anybody, so only its owner may read it. It is never part of a backup.

mod file;

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use app::StatementSecrets;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};
use store::Engine;
use store::audit::Checked;

/// What a node signs and checks with.
#[derive(Debug)]
pub struct Keys {
    /// HS256 keys for cookies, the current one first. There are one or two.
    pub token_keys: Vec<TokenKey>,
    /// Network addresses are kept as HMACs under this key.
    pub throttling: Secret,
    signing: SigningKey,
    signed_before: Vec<PublicKey>,
}

/// A key for tokens and the name that a token's head calls it by.
#[derive(Clone, Debug)]
pub struct TokenKey {
    pub kid: String,
    pub secret: Secret,
}

/// Thirty-two random bytes. They never appear in a log.
#[derive(Clone)]
pub struct Secret([u8; 32]);

/// A signature with the name of the key that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub kid: String,
    pub bytes: Vec<u8>,
}

struct SigningKey {
    seed: Secret,
    pair: Ed25519KeyPair,
    public: PublicKey,
}

#[derive(Clone, Debug)]
struct PublicKey {
    kid: String,
    bytes: [u8; 32],
}

impl Keys {
    /// Makes keys that nobody has had before.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    pub fn random() -> Result<Self> {
        Ok(Self {
            token_keys: vec![TokenKey::random()?],
            throttling: Secret::random()?,
            signing: SigningKey::of(Secret::random()?)?,
            signed_before: Vec::new(),
        })
    }

    /// The keys that a node starts with. Beside the embedded database they are made when there are none; nodes
    /// that share a database have to share the file too, so there it is never made in passing.
    ///
    /// # Errors
    /// With one sentence that says what to do.
    pub fn at_start(path: &Path, engine: Engine) -> Result<Self> {
        if path.exists() {
            return Self::read(path);
        }
        if engine == Engine::Postgres {
            bail!(
                "There is no key file at {}: make one with `alongside keys new`, give every node the same file \
                 and say with ALONGSIDE_KEYS where it is.",
                path.display()
            );
        }
        let keys = Self::random()?;
        file::write_new(path, &keys)?;
        tracing::info!("made a key file: keep a copy of it apart from the backups");
        Ok(keys)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// With one sentence, also when others than its owner may read the file.
    pub fn read(path: &Path) -> Result<Self> {
        file::read(path)
    }

    /// `alongside keys new`: makes the file, and never overwrites one.
    ///
    /// # Errors
    /// With one sentence that says what to do.
    pub fn make(path: &Path) -> Result<Self> {
        let keys = Self::random()?;
        file::write_new(path, &keys)?;
        Ok(keys)
    }

    /// `alongside keys rotate`: new keys for tokens and for signing. The last token key stays until the next
    /// turn, public keys stay for ever. Addresses keep theirs, else every throttle would start anew.
    ///
    /// # Errors
    /// With one sentence that says what to do; the old file is then as it was.
    pub fn rotate(path: &Path) -> Result<Self> {
        let Self { mut token_keys, throttling, signing, mut signed_before } = Self::read(path)?;
        token_keys.insert(0, TokenKey::random()?);
        token_keys.truncate(2);
        signed_before.insert(0, signing.public);
        let keys =
            Self { token_keys, throttling, signing: SigningKey::of(Secret::random()?)?, signed_before };
        file::replace(path, &keys)?;
        Ok(keys)
    }

    /// Signs with the current Ed25519 key.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature {
            kid: self.signing.public.kid.clone(),
            bytes: self.signing.pair.sign(message).as_ref().to_vec(),
        }
    }

    /// The same keys as certificates are signed with and checked by.
    ///
    /// # Errors
    /// When the library refuses a key that it made.
    pub fn statements(&self) -> Result<StatementSecrets> {
        let secret = self.signing.pair.to_pkcs8v1().map_err(|_| anyhow!("A signing key is no key."))?;
        let public = std::iter::once(&self.signing.public).chain(&self.signed_before);
        Ok(StatementSecrets {
            signing: app::SigningKey {
                kid: self.signing.public.kid.clone(),
                secret: secret.as_ref().to_vec(),
            },
            public: public.map(|it| app::PublicKey { kid: it.kid.clone(), bytes: it.bytes }).collect(),
        })
    }

    /// Checks a signature made by the current Ed25519 key or by one before it.
    #[must_use]
    pub fn check(&self, message: &[u8], signature: &Signature) -> Checked {
        let mut known = std::iter::once(&self.signing.public).chain(&self.signed_before);
        let Some(key) = known.find(|it| it.kid == signature.kid) else { return Checked::UnknownKey };
        match UnparsedPublicKey::new(&ED25519, key.bytes).verify(message, &signature.bytes) {
            Ok(()) => Checked::Good,
            Err(_) => Checked::Forged,
        }
    }
}

impl TokenKey {
    fn random() -> Result<Self> {
        let mut name = [0; 8];
        fill(&mut name)?;
        Ok(Self { kid: hex(&name), secret: Secret::random()? })
    }
}

impl SigningKey {
    fn of(seed: Secret) -> Result<Self> {
        let pair =
            Ed25519KeyPair::from_seed_unchecked(&seed.0).map_err(|_| anyhow!("A signing key is no key."))?;
        let public = pair.public_key().as_ref().try_into().context("A signing key has the wrong length.")?;
        Ok(Self { seed, pair, public: PublicKey::of(public) })
    }
}

impl PublicKey {
    /// Named after itself, so that a name can never point at another key.
    fn of(bytes: [u8; 32]) -> Self {
        Self { kid: hex(&Sha256::digest(bytes)[..8]), bytes }
    }
}

impl Secret {
    fn random() -> Result<Self> {
        let mut bytes = [0; 32];
        fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    #[must_use]
    pub const fn into_bytes(self) -> [u8; 32] {
        self.0
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.public.kid).finish_non_exhaustive()
    }
}

fn fill(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| anyhow!("The machine gives us no randomness ({error})."))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

#[cfg(test)]
mod tests;
