//! A PostgreSQL of our own for as long as it is needed: made from Debian's package, gone afterwards.
//!
//! PostgreSQL refuses to run as root, so root lends it Debian's user `postgres`, and a folder that user can reach.
//! Nothing of a test is meant to survive, so nothing is synced to disk. The bench keeps a copy.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::guard::{self, Ending, Guarded, TemporaryFolder, tied};
use crate::packages;
use crate::say;
use crate::tools;

/// The one we promise to run on; another is taken only where this is not to be had.
const PROMISED: u32 = 15;
const DEBIAN_HOME: &str = "/usr/lib/postgresql";
const OWNER: &str = "postgres";
const SUPERUSER: &str = "alongside";
const START_MAY_TAKE: Duration = Duration::from_secs(30);
/// For data that nobody will miss: nothing is synced to disk.
const THROWN_AWAY: &[&str] = &["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
/// Between looking for a free port and taking it, somebody else may.
const PORTS_TRIED: u32 = 5;

/// A running cluster; dropping it stops and removes it.
#[derive(Debug)]
pub struct Cluster {
    // Order matters: fields are dropped from the top, and the server goes before its files.
    server: Guarded,
    folder: TemporaryFolder,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    /// An empty one for tests, whose data may go at any moment.
    pub fn start() -> Result<Self> {
        Self::make(None, THROWN_AWAY, Ending::IMMEDIATE)
    }

    /// An empty one whose data is kept with [`Cluster::keep_in`].
    pub fn start_to_keep() -> Result<Self> {
        Self::make(None, THROWN_AWAY, Ending::FAST)
    }

    /// One on a copy of what was kept, which writes to disk as one in earnest would.
    pub fn start_on(kept: &Path) -> Result<Self> {
        Self::make(Some(kept), &[], Ending::IMMEDIATE)
    }

    fn make(kept: Option<&Path>, settings: &[&str], ending: Ending) -> Result<Self> {
        packages::ensure(&["postgresql"], "to run on PostgreSQL")?;
        let programs = programs().context(
            "PostgreSQL is installed, but its programs were not found: put the folder of initdb on the PATH.",
        )?;
        say::step(format!("Starting a temporary PostgreSQL from {} (2 seconds).", programs.display()));
        // Not TMPDIR: that may be inside somebody's home, and a socket's path has 107 bytes at most.
        let folder = TemporaryFolder::create(Path::new("/tmp"), "cluster")?;
        if tools::is_root() {
            let (user, group) = ids_of(OWNER)?;
            chown(folder.path(), Some(user), Some(group))?;
        }
        match kept {
            None => initialise(&programs, folder.path())?,
            Some(kept) => copy(kept, &folder.path().join("data"))?,
        }
        for _ in 0..PORTS_TRIED {
            let port = free_port()?;
            let mut server = serve(&programs, folder.path(), (port, settings, ending))?;
            if is_up(&programs, port, &mut server)? {
                return Ok(Self { server, folder, programs, port });
            }
        }
        tools::show_end_of(&folder.path().join("log"));
        bail!("The temporary PostgreSQL did not start: the end of its log stands above.")
    }

    /// Ends it and keeps its data, for [`Cluster::start_on`].
    pub fn keep_in(self, kept: &Path) -> Result<()> {
        drop(self.server);
        copy(&self.folder.path().join("data"), kept)
    }

    /// Where a database of this cluster is.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes an empty database and says where it is.
    pub fn create_database(&self, name: &str) -> Result<String> {
        let statement = format!("CREATE DATABASE \"{name}\"");
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-q", "-X", "-d", &self.url("postgres"), "-c", &statement]);
        without_habits(&mut psql);
        ensure!(
            tools::answer_of(&mut psql).is_some(),
            "The database {name} could not be made in the temporary PostgreSQL."
        );
        Ok(self.url(name))
    }
}

/// `cargo xtask postgres`: until somebody stops it.
pub fn hold() -> Result<()> {
    let mut cluster = Cluster::start()?;
    say::note("It goes when you press Ctrl-C. For `cargo test` by hand:");
    say::answer(format!("export ALONGSIDE_TEST_POSTGRES={}", cluster.url("postgres")));
    while cluster.server.has_ended()?.is_none() {
        thread::sleep(Duration::from_millis(200));
    }
    guard::wait_if_stopping();
    bail!("The temporary PostgreSQL ended by itself.")
}

/// A loopback port that nobody listens on.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("No port of 127.0.0.1 is free")?;
    Ok(listener.local_addr()?.port())
}

/// The folder with initdb and postgres in it.
fn programs() -> Option<PathBuf> {
    let names = fs::read_dir(DEBIAN_HOME).into_iter().flatten().flatten();
    let versions: Vec<u32> = names.filter_map(|it| it.file_name().to_str()?.parse().ok()).collect();
    let debian = |version: u32| Path::new(DEBIAN_HOME).join(version.to_string()).join("bin");
    let mut folders: Vec<PathBuf> = preferred(versions).into_iter().map(debian).collect();
    folders.extend(tools::find("initdb").and_then(|it| it.parent().map(Path::to_path_buf)));
    folders.into_iter().find(|it| ["initdb", "postgres", "psql"].iter().all(|name| it.join(name).is_file()))
}

/// The promised version first, then newer ones, nearest first; older ones not at all.
fn preferred(mut versions: Vec<u32>) -> Vec<u32> {
    versions.retain(|it| *it >= PROMISED);
    versions.sort_unstable();
    versions
}

fn initialise(programs: &Path, folder: &Path) -> Result<()> {
    let mut initdb = as_owner(programs.join("initdb"), folder);
    initdb.arg("-D").arg(folder.join("data")).args(["-U", SUPERUSER, "-A", "trust", "-E", "UTF8"]);
    initdb.args(["--locale=C.UTF-8", "--no-sync", "--no-instructions"]);
    tools::succeed_quietly(
        &mut initdb,
        "initdb could not make the temporary PostgreSQL: what it said stands above.",
    )
}

/// A copy that costs nothing where the disk can do that, with its owner.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut cp = Command::new("cp");
    cp.args(["-a", "--reflink=auto", "--"]).arg(from).arg(to);
    ensure!(tools::answer_of(&mut cp).is_some(), "{} cannot be copied to {}.", from.display(), to.display());
    Ok(())
}

fn serve(programs: &Path, folder: &Path, (port, more, ending): (u16, &[&str], Ending)) -> Result<Guarded> {
    let mut postgres = as_owner(programs.join("postgres"), folder);
    postgres.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]);
    let socket = format!("unix_socket_directories={}", folder.display());
    let settings = [
        "listen_addresses=127.0.0.1",
        &socket,
        // Every test has a database and a pool of its own.
        "max_connections=300",
        "logging_collector=off",
    ];
    for setting in settings.iter().chain(more) {
        postgres.args(["-c", setting]);
    }
    let log = fs::File::options().create(true).append(true).open(folder.join("log"))?;
    postgres.stdout(log.try_clone()?).stderr(log);
    guard::spawn(&mut postgres, ending)
}

/// False if it ended, which is what it does when its port is taken.
fn is_up(programs: &Path, port: u16, server: &mut Guarded) -> Result<bool> {
    let deadline = Instant::now() + START_MAY_TAKE;
    while Instant::now() < deadline && server.has_ended()?.is_none() {
        let mut question = Command::new(programs.join("pg_isready"));
        question.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]).stdin(Stdio::null());
        if question.status().is_ok_and(|it| it.success()) {
            return Ok(server.has_ended()?.is_none());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(false)
}

/// Runs as Debian's `postgres` if we are root, else as we are.
fn as_owner(program: PathBuf, folder: &Path) -> Command {
    let mut command = if tools::is_root() {
        let mut command = tied("setpriv");
        let user = [format!("--reuid={OWNER}"), format!("--regid={OWNER}")];
        // The kernel forgets whom to die with when the user changes, so it is said again.
        command.args(user).args(["--init-groups", "--pdeathsig", "KILL", "--"]).arg(program);
        command
    } else {
        tied(program)
    };
    command.current_dir(folder).env("LC_ALL", "C.UTF-8");
    without_habits(&mut command);
    command
}

/// The person's own settings for PostgreSQL's programs.
fn without_habits(command: &mut Command) {
    for name in [
        "PGDATA",
        "PGHOST",
        "PGPORT",
        "PGUSER",
        "PGPASSWORD",
        "PGDATABASE",
        "PGSERVICE",
        "PGOPTIONS",
        "PGSSLMODE",
    ] {
        command.env_remove(name);
    }
}

fn ids_of(user: &str) -> Result<(u32, u32)> {
    let list = match fs::read_to_string("/etc/passwd") {
        Ok(list) => list,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error.into()),
    };
    parse_ids(&list, user).with_context(|| {
        format!("There is no user {user} to run PostgreSQL as: install Debian's package postgresql.")
    })
}

fn parse_ids(list: &str, user: &str) -> Option<(u32, u32)> {
    let line = list.lines().find(|it| it.split(':').next() == Some(user))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promised_version_comes_first_and_older_ones_never() {
        assert_eq!(preferred(vec![17, 13, 15, 16]), [15, 16, 17]);
        assert_eq!(preferred(vec![14]), [0; 0]);
    }

    #[test]
    fn ids_are_read_from_the_list_of_users() {
        let list = "root:x:0:0::/root:/bin/sh\npostgres:x:104:112:PostgreSQL:/var:/bin/bash\n";
        assert_eq!(parse_ids(list, "postgres"), Some((104, 112)));
        assert_eq!(parse_ids(list, "post"), None);
    }
}
