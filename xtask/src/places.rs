//! Where things are: the checkout, the cache outside it, and the lock on that cache.

use std::env;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::say;

/// What a first build needs, with some room.
const COLD_BYTES: u64 = 6 << 30;
/// What a build on top of an earlier one needs.
const WARM_BYTES: u64 = 1 << 30;

/// The folders that everything else is found from.
#[derive(Debug, Clone)]
pub struct Places {
    pub checkout: PathBuf,
    pub cache: PathBuf,
    /// Cargo's folder for everything native.
    pub target: PathBuf,
}

/// Held while anything in the cache changes; let go when dropped.
#[derive(Debug)]
pub struct CacheLock(#[expect(dead_code, reason = "held only to be dropped: closing the file lets go")] File);

impl Places {
    pub fn find() -> Result<Self> {
        // Asked at run time: two checkouts may share one target folder, and so one binary of this program.
        let manifest =
            env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let checkout = Path::new(&manifest).parent().context("xtask has no folder above it")?.to_path_buf();
        let cache = match cache_from(|name| env::var_os(name).map(PathBuf::from)) {
            Some(path) => std::path::absolute(path)?,
            None => bail!("There is no HOME to keep the build cache in: set ALONGSIDE_CACHE to a folder."),
        };
        fs::create_dir_all(&cache).with_context(|| {
            format!(
                "The cache folder {} cannot be made: set ALONGSIDE_CACHE to another one.",
                cache.display()
            )
        })?;
        let target = match env::var_os("CARGO_TARGET_DIR").filter(|it| !it.is_empty()) {
            Some(path) => std::path::absolute(path)?,
            None => cache.join("target"),
        };
        Ok(Self { checkout, cache, target })
    }

    /// Cargo's folder for the browser's half.
    pub fn front(&self) -> PathBuf {
        self.cache.join("front")
    }

    /// What the server hands out under `/pkg`, and the list of it.
    pub fn site(&self) -> PathBuf {
        self.checkout.join("target/site")
    }

    /// Half-made assets, kept so that the next build can skip what has not changed.
    pub fn workbench(&self) -> PathBuf {
        self.checkout.join("target/site-work")
    }

    pub fn end2end(&self) -> PathBuf {
        self.checkout.join("end2end")
    }

    /// Waits its turn: two builds at once would only be slower, and could mix up their files.
    pub fn lock(&self) -> Result<CacheLock> {
        let path = self.cache.join("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                say::step(format!(
                    "Waiting for another `cargo xtask` to finish (it holds {}).",
                    path.display()
                ));
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error).context("The cache cannot be locked"),
        }
        Ok(CacheLock(file))
    }

    /// Says so before a build and not in the middle of it.
    pub fn has_room(&self) -> Result<()> {
        let built_before =
            ["debug", "release"].iter().any(|it| self.target.join(it).join("alongside").exists());
        let needed = if built_before { WARM_BYTES } else { COLD_BYTES };
        for folder in [&self.cache, &self.checkout] {
            let Ok(disk) = rustix::fs::statvfs(folder.as_path()) else { continue };
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            if free < needed {
                bail!(
                    "The disk that holds {} has {} GB free, and building needs {} GB: make room, or set \
                     ALONGSIDE_CACHE to a folder on a larger disk.",
                    folder.display(),
                    free >> 30,
                    needed >> 30
                );
            }
        }
        Ok(())
    }
}

/// `$ALONGSIDE_CACHE`, else `$XDG_CACHE_HOME/alongside`, else `~/.cache/alongside`.
fn cache_from(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let set = |name| variable(name).filter(|it| !it.as_os_str().is_empty());
    set("ALONGSIDE_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|it| it.join("alongside")))
        .or_else(|| set("HOME").map(|it| it.join(".cache/alongside")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(set: &[(&str, &str)]) -> Option<PathBuf> {
        cache_from(|name| set.iter().find(|it| it.0 == name).map(|it| PathBuf::from(it.1)))
    }

    #[test]
    fn the_most_particular_cache_wins() {
        let all = [("ALONGSIDE_CACHE", "/a"), ("XDG_CACHE_HOME", "/b"), ("HOME", "/c")];
        assert_eq!(cache(&all), Some("/a".into()));
        assert_eq!(cache(&all[1..]), Some("/b/alongside".into()));
        assert_eq!(cache(&all[2..]), Some("/c/.cache/alongside".into()));
        assert_eq!(cache(&[]), None);
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        assert_eq!(cache(&[("ALONGSIDE_CACHE", ""), ("HOME", "/c")]), Some("/c/.cache/alongside".into()));
    }
}
