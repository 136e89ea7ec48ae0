//! A node as a process of its own, which can be killed.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use app::{Clock, SystemClock};
use server::backup;
use store::{Db, Engine};
use tempfile::TempDir;

use super::rows::Rows;
use crate::databases;

const READY_WITHIN: Duration = Duration::from_secs(60);

/// Where nodes come and go: their folder and their database.
pub(super) struct Place {
    pub(super) address: SocketAddr,
    folder: TempDir,
    database: String,
    mail_port: u16,
}

pub(super) struct Node(Child);

impl Place {
    pub(super) async fn make(engine: Engine, mail_port: u16) -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
        std::fs::write(
            folder.path().join("site/assets.txt"),
            "css /c\njs /j\nwasm /w\nboot /b\nstatic/icon.svg /i\n",
        )
        .unwrap();
        let database = match engine {
            Engine::Sqlite => format!("sqlite://{}/alongside.db", folder.path().display()),
            Engine::Postgres => databases::postgres_url().await,
        };
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let place = Self { address, folder, database, mail_port };
        place.done(&["keys", "new"]);
        place
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_alongside"));
        command
            .args(words)
            .env_clear()
            .env("ALONGSIDE_ADDR", self.address.to_string())
            .env("ALONGSIDE_PUBLIC_URL", format!("http://{}", self.address))
            .env("ALONGSIDE_TRUSTED_PROXIES", "127.0.0.1")
            .env("ALONGSIDE_DATA", self.folder.path())
            .env("ALONGSIDE_SITE", self.folder.path().join("site"))
            .env("ALONGSIDE_CONTENT", databases::content())
            .env("ALONGSIDE_SMTP_URL", format!("smtp://127.0.0.1:{}", self.mail_port))
            .env("ALONGSIDE_MAIL_FROM", "Us <us@example.org>")
            .env("ALONGSIDE_LOG", "error")
            .env("DATABASE_URL", &self.database)
            .stdin(Stdio::null());
        command
    }

    /// Starts a node and waits until it is ready.
    pub(super) async fn serve(&self) -> Node {
        let mut node = Node(self.command(&["serve"]).stderr(self.log()).spawn().unwrap());
        let began = Instant::now();
        while !self.is_ready().await {
            if let Some(status) = node.0.try_wait().unwrap() {
                panic!("the node did not start: {status}\n{}", self.logged());
            }
            assert!(began.elapsed() < READY_WITHIN, "the node is not ready\n{}", self.logged());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        node
    }

    async fn is_ready(&self) -> bool {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let asked = async {
            let mut line = tokio::net::TcpStream::connect(self.address).await?;
            let host = self.address;
            let asked = format!("GET /health/ready HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            line.write_all(asked.as_bytes()).await?;
            let mut heard = String::new();
            line.read_to_string(&mut heard).await?;
            std::io::Result::Ok(heard.starts_with("HTTP/1.1 200"))
        };
        asked.await.unwrap_or_default()
    }

    /// Whether the chain of what was done agrees.
    pub(super) fn verify(&self) {
        self.done(&["audit", "verify"]);
    }

    pub(super) fn done(&self, words: &[&str]) {
        let output = self.command(words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Everything in the database, as a backup has it.
    pub(super) async fn rows(&self) -> Rows {
        let db = Db::open(&self.database).await.unwrap();
        let file = self.folder.path().join("look.backup");
        backup::backup(&db, None, (&file, None), SystemClock.now()).await.unwrap();
        db.close().await.unwrap();
        let rows = Rows::read(&file);
        std::fs::remove_file(file).unwrap();
        rows
    }

    fn log(&self) -> Stdio {
        let path = self.folder.path().join("log");
        std::fs::File::options().create(true).append(true).open(path).unwrap().into()
    }

    fn logged(&self) -> String {
        read(&self.folder.path().join("log"))
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

impl Node {
    /// With the signal that nobody can catch.
    pub(super) fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Node {
    /// Also when a test fails in between.
    fn drop(&mut self) {
        self.end();
    }
}
