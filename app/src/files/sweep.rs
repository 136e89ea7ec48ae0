//! Taking away files that nothing names: of uploads that were broken off between the file and its row.

use chrono::TimeDelta;
use domain::training::evidence::file::FileId;
use futures::TryStreamExt;
use store::training::evidence_files::named;

use crate::answer::Broken;
use crate::site::Site;

/// So old is a file before it is looked at: far older than any whose row is still on its way.
const SETTLED: TimeDelta = TimeDelta::days(1);

/// So many are asked about at once.
const AT_ONCE: usize = 500;

/// Takes away the files that no row names, in small steps, and says how many there were.
///
/// # Errors
/// When files or the database cannot be reached; what was taken away by then stays away.
pub async fn sweep_files(site: &Site) -> Result<usize, Broken> {
    let mut old = site.files().older_than(site.clock().now() - SETTLED).try_chunks(AT_ONCE);
    let mut swept = 0;
    while let Some(ids) = old.try_next().await? {
        let named = named(site.db(), &ids).await?;
        let unnamed: Vec<FileId> = ids.into_iter().filter(|it| !named.contains(it)).collect();
        for id in unnamed {
            site.files().remove(id).await?;
            swept += 1;
        }
    }
    Ok(swept)
}
