//! Passwords: hashed slowly, off the threads that serve pages, and only so many at once.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, Params};
use domain::sign_in::{Guessability, NewPassword};
use tokio::sync::Semaphore;

use crate::answer::Broken;

/// How much a hash costs: memory in KiB and passes. The floor is what OWASP's password storage cheat sheet names
/// for Argon2id (19 MiB, 2 passes, 1 lane); more is a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl PasswordCost {
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2 };
}

/// Hashes and checks passwords.
#[derive(Clone, Debug)]
pub struct Passwords {
    params: Params,
    /// Each hash holds its memory; two at once is what a small machine can spare.
    turns: Arc<Semaphore>,
    /// The hash of nothing in particular, checked when an account does not exist so that it takes as long.
    decoy: Arc<str>,
}

/// Hashes at once.
const TURNS: usize = 2;

impl Passwords {
    /// # Errors
    /// When the cost lies below the floor or beyond what the algorithm takes.
    pub fn new(cost: PasswordCost) -> std::io::Result<Self> {
        let cost = PasswordCost {
            memory_kib: cost.memory_kib.max(PasswordCost::FLOOR.memory_kib),
            passes: cost.passes.max(PasswordCost::FLOOR.passes),
        };
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(told)?;
        let decoy = Argon2::from(params.clone()).hash_password(b"nobody").map_err(told)?.to_string().into();
        Ok(Self { params, turns: Arc::new(Semaphore::new(TURNS)), decoy })
    }

    pub(crate) async fn hash(&self, password: &NewPassword) -> Result<String, Broken> {
        self.hash_text(password.expose().to_owned()).await
    }

    /// The hash of the right password once more, if it was made at another cost than the one that is set now. Else
    /// old ones would stay cheap, and a check against them would take another time than against none.
    pub(crate) async fn renewed(&self, right: &str, hash: &str) -> Result<Option<String>, Broken> {
        match hash.starts_with(cost_of(&self.decoy)) {
            true => Ok(None),
            false => Ok(Some(self.hash_text(right.to_owned()).await?)),
        }
    }

    async fn hash_text(&self, password: String) -> Result<String, Broken> {
        let params = self.params.clone();
        self.off_the_way(move || {
            let hash = Argon2::from(params).hash_password(password.as_bytes());
            hash.map(|it| it.to_string()).map_err(told)
        })
        .await?
        .map_err(Broken::from)
    }

    /// The hash of a password that no rule has looked at: for the demo, which everybody knows anyway.
    ///
    /// # Errors
    /// When the machine has no memory or thread to give.
    pub async fn hash_demo(&self, password: &'static str) -> std::io::Result<String> {
        let params = self.params.clone();
        let hashed =
            tokio::task::spawn_blocking(move || Argon2::from(params).hash_password(password.as_bytes()));
        hashed.await?.map(|it| it.to_string()).map_err(told)
    }

    /// Whether the password is the one of that hash; without a hash it takes as long and is not.
    pub(crate) async fn is_right(&self, typed: &str, hash: Option<&str>) -> Result<bool, Broken> {
        let (typed, against) = (typed.to_owned(), hash.unwrap_or(&self.decoy).to_owned());
        let matches = self
            .off_the_way(move || {
                Argon2::default().verify_password(typed.as_bytes(), against.as_str()).is_ok()
            })
            .await?;
        Ok(matches && hash.is_some())
    }

    async fn off_the_way<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Broken> {
        let _turn = self.turns.acquire().await?;
        Ok(tokio::task::spawn_blocking(work).await?)
    }
}

/// The beginning of a hash that says how it was made: `$argon2id$v=19$m=19456,t=2,p=1$`.
fn cost_of(hash: &str) -> &str {
    hash.match_indices('$').nth(3).map_or(hash, |(at, _)| &hash[..=at])
}

/// How easily somebody would guess the password who knows these things about the person.
pub(crate) fn guessability(password: &str, about: &[&str]) -> Guessability {
    // The estimate is quadratic in the length; nothing beyond its first part makes a password easier.
    let start: String = password.chars().take(64).collect();
    match zxcvbn::zxcvbn(&start, about).score() {
        zxcvbn::Score::Zero | zxcvbn::Score::One => Guessability::Easy,
        _ => Guessability::Hard,
    }
}

/// The algorithm's own errors implement no `Error` without features that we leave out.
fn told(error: impl std::fmt::Display) -> std::io::Error {
    std::io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_right_for_its_own_hash_only() {
        let passwords = Passwords::new(PasswordCost::FLOOR).unwrap();
        let password = NewPassword::choose("walking by the river", &[], Guessability::Hard).unwrap();
        let hash = passwords.hash(&password).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.is_right("walking by the river", Some(&hash)).await.unwrap());
        assert!(!passwords.is_right("walking by the sea", Some(&hash)).await.unwrap());
        assert!(!passwords.is_right("nobody", None).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_is_made_anew() {
        let (cheap, dear) =
            (Passwords::new(PasswordCost::FLOOR).unwrap(), PasswordCost { memory_kib: 20 * 1024, passes: 3 });
        let dear = Passwords::new(dear).unwrap();
        let password = NewPassword::choose("walking by the river", &[], Guessability::Hard).unwrap();
        let old = cheap.hash(&password).await.unwrap();
        assert_eq!(cheap.renewed("walking by the river", &old).await.unwrap(), None);
        let new = dear.renewed("walking by the river", &old).await.unwrap().unwrap();
        assert!(new.starts_with("$argon2id$v=19$m=20480,t=3,p=1$"), "{new}");
        assert!(dear.is_right("walking by the river", Some(&new)).await.unwrap());
    }

    #[test]
    fn common_passwords_are_easy() {
        for it in ["password12", "1234567890", "qwertyuiop", "letmein123"] {
            assert_eq!(guessability(it, &[]), Guessability::Easy, "{it}");
        }
        assert_eq!(guessability("walking by the river", &[]), Guessability::Hard);
    }
}
