//! The statement behind a certificate: what was said, signed so that anybody can check it without us.
//!
//! It is a compact JWS (RFC 7515) with EdDSA (RFC 8037). The public keys, those of earlier days too, stand at
//! `/certificates/keys`, so what was signed stays checkable when keys turn.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::certificates::Statement;

/// What a node is handed to sign statements with and to check them.
#[derive(Clone, Debug)]
pub struct StatementSecrets {
    pub signing: SigningKey,
    /// The public halves, the newest first, that of the signing key among them.
    pub public: Vec<PublicKey>,
}

/// An Ed25519 key that signs, and what it is called.
#[derive(Clone)]
pub struct SigningKey {
    pub kid: String,
    /// PKCS#8.
    pub secret: Vec<u8>,
}

/// The public half of an Ed25519 key.
#[derive(Clone, Debug)]
pub struct PublicKey {
    pub kid: String,
    pub bytes: [u8; 32],
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.kid)
    }
}

/// What a certificate says. Nothing that its sheet does not show.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    /// The site that signed it.
    pub(crate) iss: String,
    /// Its code.
    pub(crate) jti: String,
    /// Seconds since 1970, as RFC 7519 has it.
    pub(crate) iat: i64,
    /// Who runs the site.
    pub(crate) issuer: String,
    pub(crate) name: String,
    pub(crate) course: String,
    pub(crate) version: i64,
    pub(crate) lessons: usize,
    /// How long most people take.
    pub(crate) minutes: u32,
    pub(crate) finished: NaiveDate,
    pub(crate) issued: NaiveDate,
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims(…)")
    }
}

/// Says what kind of token it is, so that none is taken for another.
const KIND: &str = "certificate+jwt";

/// The keys in the form in which statements are signed and checked.
pub(crate) struct StatementKeys {
    kid: String,
    signing: EncodingKey,
    public: Vec<(String, DecodingKey)>,
    published: String,
}

impl fmt::Debug for StatementKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatementKeys({})", self.kid)
    }
}

impl StatementKeys {
    pub(crate) fn new(secrets: &StatementSecrets) -> Self {
        let text = |it: &PublicKey| URL_SAFE_NO_PAD.encode(it.bytes);
        let public = secrets.public.iter();
        let published = json!({ "keys": public.clone().map(|it| json!({
            "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": it.kid, "x": text(it),
        })).collect::<Vec<_>>() });
        Self {
            kid: secrets.signing.kid.clone(),
            signing: EncodingKey::from_ed_der(&secrets.signing.secret),
            public: public.map(|it| (it.kid.clone(), DecodingKey::from_ed_der(&it.bytes))).collect(),
            published: published.to_string(),
        }
    }

    pub(crate) fn sign(&self, claims: &Claims) -> Statement {
        let header = Header {
            typ: Some(KIND.to_owned()),
            kid: Some(self.kid.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        match jsonwebtoken::encode(&header, claims, &self.signing) {
            Ok(signed) => Statement(signed),
            Err(error) => unreachable!("an Ed25519 key signs any claims: {error}"),
        }
    }

    /// What a statement says, if one of our keys signed exactly that.
    pub(crate) fn read(&self, Statement(statement): &Statement) -> Option<Claims> {
        let header = jsonwebtoken::decode_header(statement).ok()?;
        let (_, key) = self.public.iter().find(|it| Some(&it.0) == header.kid.as_ref())?;
        if header.typ.as_deref() != Some(KIND) {
            return None;
        }
        let mut validation = Validation::new(Algorithm::EdDSA);
        // It is good for ever: whether it was withdrawn is not written in it.
        validation.validate_exp = false;
        validation.set_required_spec_claims::<&str>(&[]);
        jsonwebtoken::decode(statement, key, &validation).ok().map(|it| it.claims)
    }

    /// The public keys as a JSON Web Key Set (RFC 7517).
    pub(crate) fn published(&self) -> &str {
        &self.published
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

    use super::*;

    fn secrets(seeds: &[u8]) -> StatementSecrets {
        let pair = |seed: u8| Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let public = |seed: &u8| PublicKey {
            kid: seed.to_string(),
            bytes: pair(*seed).public_key().as_ref().try_into().unwrap(),
        };
        let secret = pair(seeds[0]).to_pkcs8v1().unwrap().as_ref().to_vec();
        let signing = SigningKey { kid: seeds[0].to_string(), secret };
        StatementSecrets { signing, public: seeds.iter().map(public).collect() }
    }

    fn keys(seeds: &[u8]) -> StatementKeys {
        StatementKeys::new(&secrets(seeds))
    }

    fn claims() -> Claims {
        let day = "2026-11-21".parse().unwrap();
        Claims {
            iss: "https://college.example".into(),
            jti: "7K3Q-9XTM-2B8R-5DNW".into(),
            iat: 1_795_000_000,
            issuer: "Riverside College".into(),
            name: "محمد علی خان".into(),
            course: "Understanding Mental Health".into(),
            version: 3,
            lessons: 7,
            minutes: 240,
            finished: day,
            issued: day,
        }
    }

    #[test]
    fn a_statement_says_what_was_signed() {
        let keys = keys(&[1]);
        assert_eq!(keys.read(&keys.sign(&claims())), Some(claims()));
    }

    #[test]
    fn what_was_signed_stays_good_when_keys_turn() {
        let old = keys(&[1]).sign(&claims());
        assert_eq!(keys(&[3, 2, 1]).read(&old), Some(claims()));
        assert_eq!(keys(&[3, 2]).read(&old), None);
    }

    #[test]
    fn a_statement_that_was_altered_is_not_believed() {
        let keys = keys(&[1]);
        let Statement(signed) = keys.sign(&claims());
        let [head, said, signature] = signed.split('.').collect::<Vec<_>>()[..] else {
            panic!("three parts")
        };
        let other =
            URL_SAFE_NO_PAD.encode(serde_json::to_vec(&Claims { name: "Other".into(), ..claims() }).unwrap());
        let unsigned = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"none","typ":"{KIND}","kid":"1"}}"#));
        let plain = jsonwebtoken::encode(
            &Header { kid: Some("1".into()), ..Header::new(Algorithm::EdDSA) },
            &claims(),
            &EncodingKey::from_ed_der(&secrets(&[1]).signing.secret),
        );
        for odd in [
            format!("{head}.{other}.{signature}"),
            format!("{head}.{said}."),
            format!("{unsigned}.{said}."),
            plain.unwrap(),
            String::new(),
            "a.b.c".into(),
        ] {
            assert_eq!(keys.read(&Statement(odd.clone())), None, "{odd}");
        }
    }

    #[test]
    fn nothing_secret_is_published() {
        let published = keys(&[2, 1]).published().to_owned();
        let secret = secrets(&[2, 1]).signing.secret;
        assert!(!published.contains(&URL_SAFE_NO_PAD.encode(&secret[16..])) && !published.contains("\"d\""));
        let set: jsonwebtoken::jwk::JwkSet = serde_json::from_str(&published).unwrap();
        assert_eq!(set.keys.len(), 2);
    }
}
