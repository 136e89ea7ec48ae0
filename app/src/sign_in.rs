//! Who is asking: passwords, tokens, and the cookies that carry them.
//!
//! The pages are in [`pages`]; what a sign-in allows is decided by `domain::sign_in`.

mod access;
mod begin;
mod cookies;
mod device;
mod locked;
pub(crate) mod pages;
mod passwords;
pub(crate) mod places;
mod recognise;
pub(crate) mod reset;
mod riding;
pub(crate) mod second_factor;
mod secrets;
mod tries;

pub use access::Access;
pub use passwords::{PasswordCost, Passwords};
pub use secrets::{Secrets, TokenKey};

pub(crate) use access::AccessKeys;
pub(crate) use cookies::Cookies;
pub(crate) use passwords::guessability;
pub(crate) use recognise::{Seen, fresh, recognise};
pub(crate) use riding::sign_in_first;
pub(crate) use secrets::{Token, random_bytes, text as token_text, token_hash};
pub(crate) use tries::Tries;
