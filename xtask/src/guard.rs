//! Nothing stays behind: every process started here and every temporary folder is on one list, and is taken off
//! it when its guard is dropped (also by a panic), or all at once when a signal asks us to stop.
//!
//! A kill that nobody can catch is answered by the kernel: on Linux children are started through `setpriv
//! --pdeathsig KILL`. That is tied to the thread which started them, so start them from the main thread only.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, WaitOptions};

static LIVE: Mutex<Vec<Entry>> = Mutex::new(Vec::new());
static NEXT: AtomicU64 = AtomicU64::new(0);
static STOPPING: AtomicBool = AtomicBool::new(false);
static HAS_SETPRIV: LazyLock<bool> = LazyLock::new(|| {
    cfg!(target_os = "linux") && ["/usr/bin", "/bin"].iter().any(|it| Path::new(it).join("setpriv").exists())
});

/// The exit code shells expect of a program that was interrupted.
const INTERRUPTED: i32 = 130;
const ORPHANS_MAY_TAKE: Duration = Duration::from_secs(2);

#[derive(Debug)]
struct Entry {
    id: u64,
    what: Live,
}

#[derive(Debug, Clone)]
enum Live {
    Group { leader: Pid, ending: Ending },
    Folder(PathBuf),
}

/// How a process is asked to end, and how long it may take before it is killed.
#[derive(Debug, Clone, Copy)]
pub struct Ending {
    first: Signal,
    patience: Duration,
}

impl Ending {
    /// The way most programs understand.
    pub const POLITE: Self = Self { first: Signal::TERM, patience: Duration::from_secs(10) };
    /// PostgreSQL's "immediate": its data is thrown away anyway.
    pub const IMMEDIATE: Self = Self { first: Signal::QUIT, patience: Duration::from_secs(5) };
    /// PostgreSQL's "fast": its data is kept.
    pub const FAST: Self = Self { first: Signal::INT, patience: Duration::from_secs(120) };
}

/// A process group of ours.
#[derive(Debug)]
pub struct Guarded {
    id: u64,
    child: process::Child,
    leader: Pid,
    ending: Ending,
}

/// A folder that goes when its guard goes.
#[derive(Debug)]
pub struct TemporaryFolder {
    id: u64,
    path: PathBuf,
}

/// A command that dies with us, cannot ask questions, and has a process group of its own.
pub fn tied(program: impl AsRef<OsStr>) -> Command {
    let mut command = if *HAS_SETPRIV {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.process_group(0).stdin(Stdio::null());
    command
}

/// Starts it and puts it on the list in one go, so that no signal falls in between.
pub fn spawn(command: &mut Command, ending: Ending) -> Result<Guarded> {
    let mut live = lock();
    if is_stopping() {
        bail!("Stopping.");
    }
    let child =
        command.spawn().with_context(|| format!("{} did not start", command.get_program().display()))?;
    let leader = Pid::from_child(&child);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    live.push(Entry { id, what: Live::Group { leader, ending } });
    Ok(Guarded { id, child, leader, ending })
}

impl Guarded {
    pub fn wait(mut self) -> Result<ExitStatus> {
        let status = self.child.wait();
        wait_if_stopping();
        Ok(status?)
    }

    /// As the kernel numbers it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it ended by itself.
    pub fn has_ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    pub fn stdout(&mut self) -> Option<process::ChildStdout> {
        self.child.stdout.take()
    }

    pub fn stderr(&mut self) -> Option<process::ChildStderr> {
        self.child.stderr.take()
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        if !forget(self.id) {
            return;
        }
        match self.child.try_wait() {
            // It ended by itself: only what it left behind in its group is still to go.
            Ok(Some(_)) => drop(rustix::process::kill_process_group(self.leader, Signal::KILL)),
            _ => end_group(self.leader, self.ending),
        }
    }
}

impl TemporaryFolder {
    /// `<base>/alongside-<name>-<our process id>`, empty.
    pub fn create(base: &Path, name: &str) -> Result<Self> {
        sweep(base, name);
        let path = base.join(format!("alongside-{name}-{}", process::id()));
        fs::DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .with_context(|| format!("The folder {} cannot be made", path.display()))?;
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        lock().push(Entry { id, what: Live::Folder(path.clone()) });
        Ok(Self { id, path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        if forget(self.id) {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Alive from the first command to the last; sees to those that no other guard knew of.
#[derive(Debug)]
pub struct Watch(());

impl Drop for Watch {
    fn drop(&mut self) {
        wait_if_stopping();
        see_orphans_off();
    }
}

/// From here on Ctrl-C, a hang-up and a polite kill clear up before they end us.
pub fn watch() -> Result<Watch> {
    adopt_orphans();
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        let mut live = lock();
        // Last in, first out: servers before the database they talk to, folders after who writes in them.
        for entry in live.drain(..).rev() {
            match entry.what {
                Live::Group { leader, ending } => end_group(leader, ending),
                Live::Folder(path) => drop(fs::remove_dir_all(path)),
            }
        }
        see_orphans_off();
        process::exit(INTERRUPTED);
    })
    .context("Ctrl-C cannot be caught")?;
    Ok(Watch(()))
}

/// A browser puts its helpers into groups of their own; when it goes, they become our children and not the system's.
#[cfg(target_os = "linux")]
fn adopt_orphans() {
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

#[cfg(not(target_os = "linux"))]
fn adopt_orphans() {}

/// Waits for those that are ending anyway and kills the rest.
fn see_orphans_off() {
    let deadline = Instant::now() + ORPHANS_MAY_TAKE;
    loop {
        match rustix::process::wait(WaitOptions::NOHANG) {
            Ok(Some(_)) => {}
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(20)),
            Ok(None) => {
                for orphan in children() {
                    let _ = rustix::process::kill_process(orphan, Signal::KILL);
                }
                thread::sleep(Duration::from_millis(20));
            }
            Err(_) => return,
        }
    }
}

/// Read from /proc: what has us as its parent.
fn children() -> Vec<Pid> {
    let us = process::id().to_string();
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = pids.filter_map(|it| it.file_name().to_str()?.parse::<i32>().ok());
    let is_ours = |pid: &i32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // After the name, which stands in brackets and may hold anything: the state, then the parent.
        let after_name = stat.rsplit_once(") ").map(|it| it.1).unwrap_or_default();
        after_name.split(' ').nth(1) == Some(us.as_str())
    };
    pids.filter(is_ours).filter_map(Pid::from_raw).collect()
}

pub fn is_stopping() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

/// After a signal the thread that clears up has the last word; this one must not end the program before it.
pub fn wait_if_stopping() {
    while is_stopping() {
        thread::park();
    }
}

fn lock() -> MutexGuard<'static, Vec<Entry>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes it off the list; no means that it has been cleared up already.
fn forget(id: u64) -> bool {
    let mut live = lock();
    let before = live.len();
    live.retain(|it| it.id != id);
    live.len() < before
}

/// Asks the leader, waits, then kills whatever of the group is left.
fn end_group(leader: Pid, ending: Ending) {
    let _ = rustix::process::kill_process(leader, ending.first);
    let deadline = Instant::now() + ending.patience;
    while !is_gone(leader) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(20));
    }
    let _ = rustix::process::kill_process_group(leader, Signal::KILL);
}

/// An error means that it is no child of ours any more: somebody else has seen it end.
fn is_gone(leader: Pid) -> bool {
    !matches!(rustix::process::waitpid(Some(leader), WaitOptions::NOHANG), Ok(None))
}

/// Removes what a killed run could not.
fn sweep(base: &Path, name: &str) {
    let prefix = format!("alongside-{name}-");
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let file_name = entry.file_name();
        let owner = file_name.to_str().and_then(|it| it.strip_prefix(&prefix)).and_then(|it| it.parse().ok());
        let Some(pid) = owner.and_then(Pid::from_raw) else { continue };
        if rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_guard_ends_its_process() {
        let child = spawn(tied("sleep").arg("60"), Ending::POLITE).unwrap();
        let leader = child.leader;
        drop(child);
        assert!(rustix::process::test_kill_process(leader).is_err());
    }

    #[test]
    fn a_grandchild_goes_too() {
        let mut child =
            spawn(tied("sh").args(["-c", "sleep 60 & echo $!; wait"]).stdout(Stdio::piped()), Ending::POLITE);
        let output = child.as_mut().unwrap().stdout().unwrap();
        let mut line = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line).unwrap();
        let sleeper = Pid::from_raw(line.trim().parse().unwrap()).unwrap();
        drop(child);
        let deadline = Instant::now() + Duration::from_secs(5);
        while is_running(sleeper) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        assert!(!is_running(sleeper));
    }

    /// A killed orphan may stay in the table until somebody reads its end.
    fn is_running(pid: Pid) -> bool {
        match fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())) {
            Ok(stat) => !stat.contains(") Z "),
            Err(_) => false,
        }
    }

    #[test]
    fn a_temporary_folder_goes_with_its_guard_and_the_next_one_sweeps_the_dead() {
        let base = tempfile::tempdir().unwrap();
        let dead = base.path().join("alongside-data-999999999");
        fs::create_dir(&dead).unwrap();
        let folder = TemporaryFolder::create(base.path(), "data").unwrap();
        assert!(!dead.exists());
        let path = folder.path().to_owned();
        assert!(path.exists());
        drop(folder);
        assert!(!path.exists());
    }
}
