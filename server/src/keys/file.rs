//! The key file: TOML with the keys in base64, for its owner's eyes only.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::{Keys, PublicKey, Secret, SigningKey, TokenKey};

const HEAD: &str = "\
# The secret keys of this place. Whoever has this file can sign in as anybody.
# Keep a copy in a safe place, apart from the backups. `alongside keys rotate` turns the keys.

";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// HMAC key for network addresses.
    throttling: String,
    /// Ed25519 seed.
    signing: String,
    /// Ed25519 public keys, the newest first.
    #[serde(default)]
    signed_before: Vec<String>,
    /// HS256 keys, the current one first.
    token: Vec<WrittenTokenKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTokenKey {
    kid: String,
    secret: String,
}

pub(super) fn read(path: &Path) -> Result<Keys> {
    let shown = path.display();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!(
                "There is no key file at {shown}: make one with `alongside keys new`, or say with ALONGSIDE_KEYS where it is."
            )
        }
        Err(error) => bail!("The key file {shown} cannot be read ({error})."),
    };
    let mode = fs::metadata(path)
        .with_context(|| format!("The key file {shown} cannot be looked at."))?
        .permissions()
        .mode();
    ensure!(
        mode & 0o077 == 0 || is_credential(path),
        "Others than its owner may use the key file {shown}: close it with `chmod 600 {shown}`, and if somebody \
         else may have seen it, turn the keys with `alongside keys rotate`."
    );
    // The parser's own message would repeat the line, and with it a key.
    let written: Written = toml::from_str(&text)
        .map_err(|_| anyhow!("The key file {shown} is damaged: put back the copy that you kept."))?;
    parsed(written).map_err(|wrong| {
        anyhow!("The key file {shown} is damaged ({wrong}): put back the copy that you kept.")
    })
}

/// Whether systemd handed the file over: it lies in a folder of this process’s own then, and some versions show
/// the right to read it as the group’s.
fn is_credential(path: &Path) -> bool {
    std::env::var_os("CREDENTIALS_DIRECTORY").is_some_and(|it| !it.is_empty() && path.starts_with(it))
}

/// Makes the file, and the folder when it is missing.
pub(super) fn write_new(path: &Path, keys: &Keys) -> Result<()> {
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.with_context(|| format!("The folder {} cannot be made.", folder.display()))?;
    }
    match put(path, keys) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!(
                "There is a key file at {} already: `alongside keys rotate` turns its keys.",
                path.display()
            )
        }
        done => done.with_context(|| format!("The key file {} cannot be written.", path.display())),
    }
}

/// Puts a new file in the place of the old one, whole or not at all.
pub(super) fn replace(path: &Path, keys: &Keys) -> Result<()> {
    let next = path.with_extension("next");
    // Left behind by a turn that lost its power.
    let _ = fs::remove_file(&next);
    put(&next, keys)
        .and_then(|()| fs::rename(&next, path))
        .with_context(|| format!("The key file {} cannot be written; it is as it was.", path.display()))
}

fn put(path: &Path, keys: &Keys) -> std::io::Result<()> {
    let text = toml::to_string(&written(keys)).map_err(std::io::Error::other)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(HEAD.as_bytes())?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn written(keys: &Keys) -> Written {
    let token = |it: &TokenKey| WrittenTokenKey { kid: it.kid.clone(), secret: STANDARD.encode(it.secret.0) };
    Written {
        throttling: STANDARD.encode(keys.throttling.0),
        signing: STANDARD.encode(keys.signing.seed.0),
        signed_before: keys.signed_before.iter().map(|it| STANDARD.encode(it.bytes)).collect(),
        token: keys.token_keys.iter().map(token).collect(),
    }
}

/// The error says which part is wrong, never what stands there.
fn parsed(written: Written) -> Result<Keys, &'static str> {
    let mut token_keys = Vec::new();
    for it in written.token {
        token_keys.push(TokenKey { kid: it.kid, secret: Secret(bytes(&it.secret, "token")?) });
    }
    if token_keys.is_empty() {
        return Err("no token");
    }
    let mut signed_before = Vec::new();
    for it in &written.signed_before {
        signed_before.push(PublicKey::of(bytes(it, "signed_before")?));
    }
    Ok(Keys {
        token_keys,
        throttling: Secret(bytes(&written.throttling, "throttling")?),
        signing: SigningKey::of(Secret(bytes(&written.signing, "signing")?)).map_err(|_| "signing")?,
        signed_before,
    })
}

fn bytes(text: &str, part: &'static str) -> Result<[u8; 32], &'static str> {
    STANDARD.decode(text).ok().and_then(|it| it.try_into().ok()).ok_or(part)
}
