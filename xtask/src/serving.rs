//! The application as a child process: started with what it needs to know, waited for, ended with its guard.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::asking::{Asked, ask};
use crate::guard::{self, Ending, Guarded, tied};
use crate::places::Places;
use crate::tools;

/// A debug build on a busy machine migrates slowly.
const START_MAY_TAKE: Duration = Duration::from_secs(60);
const ANSWER_MAY_TAKE: Duration = Duration::from_secs(5);

/// How one server is set up.
#[derive(Debug, Clone)]
pub struct Setup {
    pub binary: PathBuf,
    pub address: SocketAddr,
    pub data: PathBuf,
    /// `None` is SQLite in the data folder.
    pub database: Option<String>,
    /// Where its log goes; `None` is the terminal.
    pub log: Option<PathBuf>,
    /// Whether the person's own settings are kept out.
    pub is_alone: bool,
}

impl Setup {
    /// `alongside <words>` with this setup.
    fn command(&self, places: &Places, words: &[&str]) -> Result<Command> {
        let mut command = tied(&self.binary);
        if self.is_alone {
            tools::without_surroundings(&mut command);
        }
        command
            .args(words)
            .current_dir(&places.checkout)
            .env("ALONGSIDE_ADDR", self.address.to_string())
            .env("ALONGSIDE_PUBLIC_URL", format!("http://{}", self.address))
            .env("ALONGSIDE_DATA", &self.data)
            .env("ALONGSIDE_SITE", places.site())
            .env("ALONGSIDE_CONTENT", places.checkout.join("content"));
        if let Some(database) = &self.database {
            command.env("DATABASE_URL", database);
        }
        if let Some(log) = &self.log {
            let file = open_log(log)?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        Ok(command)
    }

    /// On SQLite, serving migrates; a shared database is migrated on purpose, before anything serves from it.
    pub fn migrate_shared(&self, places: &Places) -> Result<()> {
        if self.database.is_none() {
            return Ok(());
        }
        // A node on a shared database is given its keys; the embedded one makes its own.
        if !self.data.join("keys").exists() {
            self.ask(places, &["keys", "new"], "The keys could not be made")?;
        }
        self.ask(places, &["migrate"], "The database could not be migrated")
    }

    /// Loads the invented people, if nobody is in the database yet, and says how to sign in as them.
    pub fn load_demo(&self, places: &Places) -> Result<()> {
        self.ask(places, &["demo"], "The demo could not be loaded")
    }

    /// Runs `alongside <words>` to its end.
    pub fn ask(&self, places: &Places, words: &[&str], trouble: &str) -> Result<()> {
        if !tools::is_content(&mut self.command(places, words)?)? {
            self.show_log();
            bail!("{trouble}: what was said stands above.");
        }
        Ok(())
    }

    /// Starts serving and waits until it is ready.
    pub fn serve(&self, places: &Places) -> Result<Guarded> {
        self.serve_as(places, &["serve"])
    }

    /// The same for a program that serves when it is told `words`.
    pub fn serve_as(&self, places: &Places, words: &[&str]) -> Result<Guarded> {
        let mut server = guard::spawn(&mut self.command(places, words)?, Ending::POLITE)?;
        let deadline = Instant::now() + START_MAY_TAKE;
        while Instant::now() < deadline {
            if let Some(status) = server.has_ended()? {
                guard::wait_if_stopping();
                self.show_log();
                bail!("The server ended before it was ready ({status}): what it said stands above.");
            }
            if is_ready(self.address) {
                return Ok(server);
            }
            thread::sleep(Duration::from_millis(50));
        }
        self.show_log();
        bail!(
            "The server was not ready after {} seconds: what it said stands above.",
            START_MAY_TAKE.as_secs()
        )
    }

    fn show_log(&self) {
        if let Some(log) = &self.log {
            tools::show_end_of(log);
        }
    }
}

fn open_log(path: &Path) -> Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::options().create(true).append(true).open(path);
    file.with_context(|| format!("The log {} cannot be written", path.display()))
}

fn is_ready(address: SocketAddr) -> bool {
    let asked = Asked { path: "/health/ready", ..Asked::default() };
    ask(address, asked, ANSWER_MAY_TAKE).is_ok_and(|it| it.status() == Some(200))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    fn answered_with(answer: &'static str) -> bool {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 1024];
            let length = stream.read(&mut asked).unwrap();
            assert!(asked[..length].starts_with(b"GET /health/ready HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).unwrap();
        });
        let ready = is_ready(address);
        server.join().unwrap();
        ready
    }

    #[test]
    fn only_a_200_is_ready() {
        assert!(answered_with("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
        assert!(!answered_with("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
    }
}
