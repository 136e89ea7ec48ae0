//! Databases for tests: copies of two that are made once for the whole run.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use server::open::{self, Content};
use store::{Db, Engine};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::stage;

/// Where the temporary PostgreSQL of the test run is.
const POSTGRES: &str = "ALONGSIDE_TEST_POSTGRES";

/// A database with nothing in it but what its migrations put there.
pub(crate) async fn empty(engine: Engine, folder: &Path) -> Db {
    match engine {
        Engine::Sqlite => copied(migrated_file().await, folder).await,
        Engine::Postgres => Db::open(&postgres_url().await).await.unwrap(),
    }
}

/// The same in which the content that comes with the program was published, when the clock of tests began.
pub(crate) async fn with_content(engine: Engine, folder: &Path) -> Db {
    match engine {
        Engine::Sqlite => copied(published_file().await, folder).await,
        Engine::Postgres => Db::open(&made_after(published_template().await).await).await.unwrap(),
    }
}

/// The address of an empty one on PostgreSQL.
pub(crate) async fn postgres_url() -> String {
    made_after(migrated_template().await).await
}

/// Where the content is that comes with the program.
pub(crate) fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")
}

/// That content, read once for the whole run.
pub(crate) fn shipped() -> &'static Content {
    static SHIPPED: OnceLock<Content> = OnceLock::new();
    SHIPPED.get_or_init(|| open::read_content(&content()).unwrap())
}

async fn publish(db: &Db) {
    let tx = db.begin().await.unwrap();
    store::courses::publish(&tx, &shipped().courses, stage::begins()).await.unwrap();
    store::training::programmes::publish(&tx, &shipped().programmes, stage::begins()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn migrated_file() -> &'static TempDir {
    static MIGRATED: OnceCell<TempDir> = OnceCell::const_new();
    let make = || async {
        let folder = TempDir::new().unwrap();
        let db = Db::open(&sqlite_url(folder.path())).await.unwrap();
        open::migrate(&db).await.unwrap();
        db.close().await.unwrap();
        folder
    };
    MIGRATED.get_or_init(make).await
}

async fn published_file() -> &'static TempDir {
    static PUBLISHED: OnceCell<TempDir> = OnceCell::const_new();
    let make = || async {
        let folder = TempDir::new().unwrap();
        let db = copied(migrated_file().await, folder.path()).await;
        publish(&db).await;
        db.close().await.unwrap();
        folder
    };
    PUBLISHED.get_or_init(make).await
}

/// A copy of what was closed, so that all of it is in the one file.
async fn copied(original: &TempDir, folder: &Path) -> Db {
    std::fs::copy(original.path().join("test.db"), folder.join("test.db")).unwrap();
    Db::open(&sqlite_url(folder)).await.unwrap()
}

fn sqlite_url(folder: &Path) -> String {
    format!("sqlite://{}/test.db", folder.display())
}

async fn migrated_template() -> &'static str {
    static MIGRATED: OnceCell<String> = OnceCell::const_new();
    let make = || async {
        let name = format!("migrated_{}", std::process::id());
        let db = Db::open(&created(&name, "template1").await).await.unwrap();
        open::migrate(&db).await.unwrap();
        db.close().await.unwrap();
        name
    };
    MIGRATED.get_or_init(make).await
}

async fn published_template() -> &'static str {
    static PUBLISHED: OnceCell<String> = OnceCell::const_new();
    let make = || async {
        let name = format!("published_{}", std::process::id());
        let db = Db::open(&created(&name, migrated_template().await).await).await.unwrap();
        publish(&db).await;
        db.close().await.unwrap();
        name
    };
    PUBLISHED.get_or_init(make).await
}

/// The address of a database of its own, made after that one.
async fn made_after(template: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    created(&format!("test_{}_{count}", std::process::id()), template).await
}

async fn created(name: &str, template: &str) -> String {
    let url = std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!(
            "{POSTGRES} is not set: run `cargo xtask test`, or `cargo xtask postgres` and set what it prints"
        )
    });
    let server = Db::open(&url).await.unwrap();
    server.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
    server.close().await.unwrap();
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}
