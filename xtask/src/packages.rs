//! Debian's packages: installed when we may, named exactly when we may not.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::guard::tied;
use crate::say;
use crate::tools;

const POSTGRESQL: &str = "postgresql";
/// Read by the package when it installs: without it, it would start a database of its own.
const CREATE_CLUSTER: &str = "/etc/postgresql-common/createcluster.conf";
const NO_MAIN_CLUSTER: &str = "create_main_cluster = false";

/// Sees to it that the packages are there; `what_for` ends the sentence "… is needed".
pub fn ensure(packages: &[&str], what_for: &str) -> Result<()> {
    let installed = installed(packages);
    let missing: Vec<&str> =
        packages.iter().copied().filter(|it| !installed.iter().any(|have| have == it)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if tools::find("apt-get").is_none() {
        bail!(
            "Of Debian's packages {list} is needed {what_for}, and there is no apt-get here: install it your system's way."
        );
    }
    if !tools::is_root() {
        bail!(
            "Of Debian's packages {list} is needed {what_for}. Type: sudo apt-get install -y --no-install-recommends {list}"
        );
    }
    say::step(format!("Installing Debian's packages {list}, {what_for} (usually a minute)."));
    if missing.contains(&POSTGRESQL) {
        forbid_main_cluster()?;
    }
    tools::succeed_quietly(apt().arg("update"), "apt-get could not read its lists: is there a network?")?;
    tools::succeed_quietly(
        apt().args(["install", "-y", "--no-install-recommends"]).args(&missing),
        &format!("apt-get could not install {list}: what it said stands above."),
    )
}

fn apt() -> Command {
    let mut command = tied("apt-get");
    command.args(["-q", "-o", "Dpkg::Use-Pty=0"]).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn installed(packages: &[&str]) -> Vec<String> {
    let query = ["-W", "-f", "${Package} ${db:Status-Status}\n"];
    // It fails when one package is unknown and still answers for the others.
    let output = Command::new("dpkg-query").args(query).args(packages).output();
    output.map(|it| parse_installed(&String::from_utf8_lossy(&it.stdout))).unwrap_or_default()
}

fn parse_installed(answer: &str) -> Vec<String> {
    answer.lines().filter_map(|it| it.strip_suffix(" installed")).map(str::to_owned).collect()
}

fn forbid_main_cluster() -> Result<()> {
    let path = Path::new(CREATE_CLUSTER);
    let text = fs::read_to_string(path).unwrap_or_default();
    let is_forbidden =
        text.lines().any(|it| it.replace(' ', "").eq_ignore_ascii_case("create_main_cluster=false"));
    if is_forbidden {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    fs::write(path, format!("{text}{gap}{NO_MAIN_CLUSTER}\n"))
        .with_context(|| format!("{CREATE_CLUSTER} cannot be written"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_package_is_not_installed() {
        let answer = "lld-22 installed\npostgresql config-files\nchromium installed\n";
        assert_eq!(parse_installed(answer), ["lld-22", "chromium"]);
    }
}
