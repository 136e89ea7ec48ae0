//! Node and its modules: kept in the cache by the hash of their lock file, never inside the checkout.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context, Result, bail};

use crate::guard::tied;
use crate::places::Places;
use crate::publish::hash_of;
use crate::say;
use crate::tools;

/// The oldest Node that everything in package.json runs on.
const OLDEST: u32 = 20;
const HOW: &str = "install Node 20 or newer (from nodejs.org, or with `apt-get install nodejs npm` where Debian's \
                   own is new enough)";

/// The folder `node_modules` in the cache, filled.
#[derive(Debug, Clone)]
pub struct Modules {
    path: PathBuf,
    /// The hash of the lock file: another hash, other tools.
    pub lock_hash: String,
}

impl Modules {
    /// Installs them if need be. The error says in one sentence why there are none.
    pub fn ensure(places: &Places) -> Result<Self> {
        check_node()?;
        let lock = fs::read(places.end2end().join("package-lock.json"))
            .context("end2end has no package-lock.json")?;
        let lock_hash = hash_of(&[&lock]);
        let home = places.cache.join("node").join(&lock_hash);
        let modules = Self { path: home.join("node_modules"), lock_hash };
        if !modules.path.is_dir() {
            install(places, &home)?;
        }
        Ok(modules)
    }

    /// The same for who can do without: says why nothing will be minified.
    pub fn or_without(places: &Places) -> Option<Self> {
        match Self::ensure(places) {
            Ok(modules) => Some(modules),
            Err(error) => {
                say::note(format!("{error:#} Going on without: scripts and styles will not be minified."));
                None
            }
        }
    }

    /// A tool that came with the modules.
    pub fn tool(&self, name: &str) -> Command {
        tied(self.path.join(".bin").join(name))
    }

    /// Makes `end2end/node_modules` point here.
    pub fn link_into(&self, end2end: &Path) -> Result<()> {
        let link = end2end.join("node_modules");
        match fs::symlink_metadata(&link) {
            Ok(there) if there.is_symlink() && fs::read_link(&link)? == self.path => return Ok(()),
            Ok(there) if there.is_symlink() => fs::remove_file(&link)?,
            Ok(_) => bail!("{} is in the way of the modules in the cache: delete it.", link.display()),
            Err(_) => {}
        }
        std::os::unix::fs::symlink(&self.path, &link)
            .with_context(|| format!("{} cannot be made", link.display()))
    }
}

fn check_node() -> Result<()> {
    let Some(version) = tools::answer_of(Command::new("node").arg("--version")) else {
        bail!("Node is missing: {HOW}.");
    };
    match major(&version) {
        Some(number) if number >= OLDEST => {}
        _ => bail!("Node is {version}, which is too old: {HOW}."),
    }
    if tools::find("npm").is_none() {
        bail!("Node is there without npm: {HOW}.");
    }
    Ok(())
}

/// `v20.19.0` is 20.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Into a folder beside it first: a half-filled one would be taken for whole.
fn install(places: &Places, home: &Path) -> Result<()> {
    say::step("Installing the browser tools with `npm ci` (usually half a minute).");
    let half = home.with_extension(format!("half-{}", process::id()));
    let _ = fs::remove_dir_all(&half);
    fs::create_dir_all(&half)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(places.end2end().join(name), half.join(name)).with_context(|| format!("end2end/{name}"))?;
    }
    let mut npm = tied("npm");
    npm.args(["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    // Its own patience is minutes; without a network the answer should come sooner.
    npm.args(["--fetch-retries=1", "--fetch-retry-mintimeout=2000"]);
    npm.current_dir(&half).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    let installed = tools::succeed_quietly(
        &mut npm,
        "npm could not install what end2end/package-lock.json names: check the network and try again.",
    );
    if installed.is_err() {
        let _ = fs::remove_dir_all(&half);
        return installed;
    }
    let _ = fs::remove_dir_all(home);
    fs::rename(&half, home).context("The installed modules cannot be moved into the cache")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.19.0\n"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("node"), None);
    }
}
