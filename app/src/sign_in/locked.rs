//! What is locked away so that only the nodes can read it: secrets in the database, and what a page carries for
//! us from one request to the next.
//!
//! AES-256-GCM under a key of its own for each purpose. A nonce is made by chance for every message and stands
//! before it; as many messages as one key is good for (2³², NIST SP 800-38D section 8.3) will never be made.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};

use super::secrets::Secrets;

impl Secrets {
    /// Locks something away for an owner: under another purpose or for another owner it does not open.
    pub(crate) fn lock(&self, purpose: &str, owner: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut text = plain.to_vec();
        let sealed = self.key_for(purpose).seal_in_place_append_tag(Aad::from(owner), &mut text);
        let Ok(nonce) = sealed else { unreachable!("the machine has no chance to give, or memory no end") };
        [nonce.as_ref().as_slice(), &text].concat()
    }

    /// What was locked away, if it was by us, for this purpose and this owner, and nobody has touched it.
    pub(crate) fn unlock(&self, purpose: &str, owner: &[u8], locked: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = locked.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = text.to_vec();
        let plain = self.key_for(purpose).open_in_place(nonce, Aad::from(owner), &mut text).ok()?;
        Some(plain.to_vec())
    }

    fn key_for(&self, purpose: &str) -> RandomizedNonceKey {
        let key = self.sealed("a key to lock things away", &[purpose.as_bytes()]);
        let Ok(key) = RandomizedNonceKey::new(&AES_256_GCM, &key) else {
            unreachable!("AES-256 takes keys of 32 bytes")
        };
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(sealing: u8) -> Secrets {
        Secrets { token_keys: Vec::new(), sealing: [sealing; 32] }
    }

    #[test]
    fn what_was_locked_opens_for_its_owner_and_purpose_only() {
        let locked = secrets(1).lock("lunch", b"sam", b"a sandwich");
        assert_eq!(secrets(1).unlock("lunch", b"sam", &locked).as_deref(), Some(b"a sandwich".as_slice()));
        assert_eq!(secrets(1).unlock("lunch", b"kim", &locked), None);
        assert_eq!(secrets(1).unlock("supper", b"sam", &locked), None);
        assert_eq!(secrets(2).unlock("lunch", b"sam", &locked), None);
    }

    #[test]
    fn the_same_thing_never_looks_the_same_twice() {
        assert_ne!(secrets(1).lock("lunch", b"sam", b""), secrets(1).lock("lunch", b"sam", b""));
    }

    #[test]
    fn whatever_was_touched_stays_shut() {
        let locked = secrets(1).lock("lunch", b"sam", b"a sandwich");
        for at in 0..locked.len() {
            let mut touched = locked.clone();
            touched[at] ^= 1;
            assert_eq!(secrets(1).unlock("lunch", b"sam", &touched), None, "byte {at}");
            assert_eq!(secrets(1).unlock("lunch", b"sam", &locked[..at]), None, "cut at {at}");
        }
    }
}
