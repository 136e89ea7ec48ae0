//! The access token: a short-lived JWT that says who somebody is without asking the database.

use chrono::{DateTime, Utc};
use domain::people::PersonId;
use domain::sign_in::{SessionId, SessionKind, access_is_fresh};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::secrets::Secrets;

/// Who somebody is, as their token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    pub person: PersonId,
    pub session: SessionId,
    pub kind: SessionKind,
    /// Whether the second factor was given in this session.
    pub second_factor: bool,
    pub issued_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: PersonId,
    sid: SessionId,
    kind: String,
    /// Whether the second factor was given. Tokens from before there was one say nothing of it.
    #[serde(default)]
    sf: bool,
    /// Seconds since 1970, as RFC 7519 has it.
    iat: i64,
    exp: i64,
}

/// The keys in the form in which tokens are made and read.
pub(crate) struct AccessKeys {
    keys: Vec<(String, EncodingKey, DecodingKey)>,
    validation: Validation,
}

impl std::fmt::Debug for AccessKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AccessKeys({})", self.keys.len())
    }
}

impl AccessKeys {
    pub(crate) fn new(secrets: &Secrets) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        // The library would look at the machine's clock; ours is the one that was handed in.
        validation.validate_exp = false;
        validation.set_required_spec_claims::<&str>(&[]);
        let both = |secret: &[u8]| (EncodingKey::from_secret(secret), DecodingKey::from_secret(secret));
        let keys = secrets.token_keys.iter().map(|it| {
            let (encoding, decoding) = both(&it.secret);
            (it.kid.clone(), encoding, decoding)
        });
        Self { keys: keys.collect(), validation }
    }

    /// The token as text.
    pub(crate) fn mint(&self, access: &Access) -> String {
        let Some((kid, key, _)) = self.keys.first() else { unreachable!("a node has a token key") };
        let header = Header { kid: Some(kid.clone()), ..Header::new(Algorithm::HS256) };
        let claims = Claims {
            sub: access.person,
            sid: access.session,
            kind: access.kind.as_str().to_owned(),
            sf: access.second_factor,
            iat: access.issued_at.timestamp(),
            exp: access.expires_at.timestamp(),
        };
        match jsonwebtoken::encode(&header, &claims, key) {
            Ok(token) => token,
            Err(error) => unreachable!("an HS256 key signs any claims: {error}"),
        }
    }

    /// What a token says, if we made it; whether it is still fresh is told apart.
    pub(crate) fn read(&self, token: &str) -> Option<Access> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        let kid = header.kid?;
        let (_, _, key) = self.keys.iter().find(|it| it.0 == kid)?;
        let claims = jsonwebtoken::decode::<Claims>(token, key, &self.validation).ok()?.claims;
        Some(Access {
            person: claims.sub,
            session: claims.sid,
            kind: SessionKind::parse(&claims.kind)?,
            second_factor: claims.sf,
            issued_at: DateTime::from_timestamp(claims.iat, 0)?,
            expires_at: DateTime::from_timestamp(claims.exp, 0)?,
        })
    }
}

impl Access {
    pub(crate) fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        access_is_fresh(self.issued_at, self.expires_at, now)
    }
}

#[cfg(test)]
mod tests {
    use super::super::secrets::TokenKey;
    use super::*;

    fn keys(kids: &[&str]) -> AccessKeys {
        let key = |kid: &&str| TokenKey { kid: (*kid).into(), secret: kid.repeat(32).into_bytes() };
        AccessKeys::new(&Secrets { token_keys: kids.iter().map(key).collect(), sealing: [0; 32] })
    }

    fn access() -> Access {
        let at = |seconds: i64| DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap();
        Access {
            person: PersonId::from_uuid(uuid::Uuid::from_u128(1)),
            session: SessionId::from_uuid(uuid::Uuid::from_u128(2)),
            kind: SessionKind::OwnDevice,
            second_factor: false,
            issued_at: at(0),
            expires_at: at(600),
        }
    }

    #[test]
    fn a_token_says_what_it_was_made_of() {
        let keys = keys(&["a"]);
        for access in [access(), Access { second_factor: true, ..access() }] {
            assert_eq!(keys.read(&keys.mint(&access)), Some(access));
        }
    }

    #[test]
    fn a_token_from_before_there_was_a_second_factor_says_that_none_was_given() {
        let (id, at) = (uuid::Uuid::from_u128(1), 1_795_000_000);
        let claims =
            serde_json::json!({"sub": id, "sid": id, "kind": "own_device", "iat": at, "exp": at + 600});
        let header = Header { kid: Some("a".into()), ..Header::new(Algorithm::HS256) };
        let key = EncodingKey::from_secret("a".repeat(32).as_bytes());
        let token = jsonwebtoken::encode(&header, &claims, &key).unwrap();
        assert!(keys(&["a"]).read(&token).is_some_and(|it| !it.second_factor));
    }

    #[test]
    fn after_a_rotation_the_old_key_is_still_believed() {
        assert_eq!(keys(&["b", "a"]).read(&keys(&["a"]).mint(&access())), Some(access()));
        assert_eq!(keys(&["c", "b"]).read(&keys(&["a"]).mint(&access())), None);
    }

    #[test]
    fn a_token_of_another_making_is_not_believed() {
        let token = keys(&["a"]).mint(&access());
        let (head, rest) = token.split_once('.').unwrap();
        let (claims, _) = rest.split_once('.').unwrap();
        assert_eq!(keys(&["a"]).read(&format!("{head}.{claims}.")), None);
        // "alg": "none"
        assert_eq!(keys(&["a"]).read(&format!("eyJhbGciOiJub25lIiwia2lkIjoiYSJ9.{claims}.")), None);
        for odd in ["", "..", "a.b.c", "é"] {
            assert_eq!(keys(&["a"]).read(odd), None);
        }
    }
}
