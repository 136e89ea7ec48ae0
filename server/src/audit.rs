//! The chain of what was done, seen from outside the database: its head is signed once a day with a key that the
//! database does not hold, and the newest signed head is copied beside it, so that an end that was cut off
//! together with its signature is missed all the same.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use store::Db;
use store::audit::{self, Checked, Fault, Head, SignedHead, Verified};

use crate::keys::{Keys, Signature};

/// Copy this file to another machine now and then: the older the copy, the more could be cut off unseen.
const COPY: &str = "audit-head.json";

#[derive(Serialize, Deserialize)]
struct Copied {
    day: NaiveDate,
    sequence: i64,
    hash: String,
    kid: String,
    signature: String,
}

/// Signs the head of the chain, if there is one and nobody has today, and copies the newest signed head into
/// the data folder.
///
/// # Errors
/// When the chain no longer holds what was signed before: nothing is signed over a chain that was cut.
pub async fn sign(db: &Db, keys: &Keys, data: &Path, now: DateTime<Utc>) -> Result<()> {
    let today = now.date_naive();
    let copy = read_copy(data)?;
    let tx = db.begin().await?;
    // Nodes come one after the other, and no event in between.
    audit::lock(&tx).await?;
    let last = audit::newest_signed(&tx).await?;
    for signed in [&copy, &last].into_iter().flatten() {
        ensure!(
            audit::holds(&tx, &signed.head).await?,
            "The chain no longer holds event {} as it was signed: run `alongside audit verify`.",
            signed.head.sequence
        );
    }
    if last.as_ref().is_some_and(|it| it.day >= today) {
        return write_copy(data, last.as_ref(), copy.as_ref());
    }
    let Some(head) = audit::newest(&tx).await? else { return Ok(()) };
    let Signature { kid, bytes } = keys.sign(&SignedHead::message(today, &head));
    let signed = SignedHead { day: today, head, kid, signature: bytes };
    audit::keep_signed(&tx, &signed).await?;
    tx.commit().await?;
    write_copy(data, Some(&signed), copy.as_ref())
}

/// `alongside audit verify`: reads everything again. Answers with one sentence when all is well.
///
/// # Errors
/// With one sentence that names the first event that is not well.
pub async fn verify(db: &Db, keys: &Keys, data: &Path) -> Result<String> {
    let copy = read_copy(data)?;
    let found = audit::verify(db, copy, &|signed| checked(keys, signed)).await?;
    match found.faults.first() {
        None => Ok(whole(&found)),
        Some(first) => bail!("{}", not_whole(&found, first)),
    }
}

/// Asks the keys about the signature of a head.
#[must_use]
pub fn checked(keys: &Keys, signed: &SignedHead) -> Checked {
    let signature = Signature { kid: signed.kid.clone(), bytes: signed.signature.clone() };
    keys.check(&SignedHead::message(signed.day, &signed.head), &signature)
}

/// The sentence for a chain that is whole.
#[must_use]
pub fn whole(found: &Verified) -> String {
    let heads = match found.heads {
        0 => "none signed yet".to_owned(),
        1 => "one signature".to_owned(),
        many => format!("{many} signatures"),
    };
    match found.events {
        0 => "The audit is whole: no events yet.".to_owned(),
        1 => format!("The audit is whole: one event, {heads}."),
        many => format!("The audit is whole: {many} events, {heads}."),
    }
}

/// The sentence for a chain that is not.
#[must_use]
pub fn not_whole(found: &Verified, first: &Fault) -> String {
    let others = match found.faults_count {
        0 | 1 => String::new(),
        2 => ", and one more thing does not fit".to_owned(),
        many => format!(", and {} more things do not fit", many - 1),
    };
    let read = match found.events {
        1 => "one event was read".to_owned(),
        many => format!("{many} events were read"),
    };
    format!("The audit is not whole: {first}{others} ({read}).")
}

/// After a restore the copy may tell of events that were written after the backup was made: it is put aside
/// under another name, which comes back.
///
/// # Errors
/// When the folder does not let us.
pub(crate) fn put_copy_aside(data: &Path) -> Result<Option<PathBuf>> {
    let aside = data.join("audit-head-before-restore.json");
    match fs::rename(data.join(COPY), &aside) {
        Ok(()) => Ok(Some(aside)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context("The copy of the audit's head cannot be put aside."),
    }
}

fn read_copy(data: &Path) -> Result<Option<SignedHead>> {
    let path = data.join(COPY);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => bail!("The copy of the audit's head, {}, cannot be read ({error}).", path.display()),
    };
    let damaged = || format!("The copy of the audit's head, {}, is damaged.", path.display());
    let it: Copied = serde_json::from_str(&text).with_context(damaged)?;
    let head = Head { sequence: it.sequence, hash: STANDARD.decode(it.hash).with_context(damaged)? };
    let signature = STANDARD.decode(it.signature).with_context(damaged)?;
    Ok(Some(SignedHead { day: it.day, head, kid: it.kid, signature }))
}

/// Whole or not at all, and only when it says something new.
fn write_copy(data: &Path, newest: Option<&SignedHead>, copy: Option<&SignedHead>) -> Result<()> {
    let Some(signed) = newest.filter(|it| Some(*it) != copy) else { return Ok(()) };
    let copied = Copied {
        day: signed.day,
        sequence: signed.head.sequence,
        hash: STANDARD.encode(&signed.head.hash),
        kid: signed.kid.clone(),
        signature: STANDARD.encode(&signed.signature),
    };
    let next = data.join("audit-head.next");
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(data)?;
        let mut file = fs::File::create(&next)?;
        serde_json::to_writer_pretty(&mut file, &copied)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&next, data.join(COPY))
    };
    write().with_context(|| format!("The audit's head cannot be copied to {}.", data.display()))
}
