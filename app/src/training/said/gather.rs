//! Putting together what came by sheets of codes that are over, each night: so nothing tells when somebody spoke.

use domain::training::evidence::EvidenceId;
use domain::training::evidence::voices::gather;
use store::training::voices::{self, Sheet};
use store::training::{evidence, frameworks, judgements};

use crate::site::Site;
use crate::training::competences::add::begun;

/// So many are asked for at once.
const AT_ONCE: u64 = 50;

/// Puts together what came by each sheet that is over, or lets it go where too few spoke; says how many sheets there were.
///
/// # Errors
/// When the database does not answer.
pub async fn gather_voices(site: &Site) -> store::Result<usize> {
    let mut gathered = 0;
    loop {
        let over = voices::over(site.db(), site.clock().now(), AT_ONCE).await?;
        if over.is_empty() {
            return Ok(gathered);
        }
        for sheet in over {
            one(site, &sheet).await?;
            gathered += 1;
        }
    }
}

async fn one(site: &Site, sheet: &Sheet) -> store::Result<()> {
    let now = site.clock().now();
    let framework = frameworks::framework(site.db(), sheet.framework).await?;
    let there = match &framework {
        Some(it) => frameworks::competences(site.db(), it.id, it.version).await?,
        None => Vec::new(),
    };
    let tx = site.db().begin().await?;
    judgements::take_turns(&tx, sheet.of, sheet.framework).await?;
    let voices = voices::voices(&tx, sheet.id).await?;
    // Another worker may have been here first.
    if !voices::take_away(&tx, sheet.id).await? {
        return Ok(());
    }
    if let (Some(new), Some(framework)) = (gather(sheet.of, &sheet.serves, &voices), framework) {
        let piece = EvidenceId::from_uuid(uuid::Uuid::now_v7());
        evidence::save(&tx, (piece, framework.id), (&new, None), now).await?;
        begun(&tx, &framework, (&new, &there), now).await?;
    }
    tx.commit().await
}
