//! A node for one test: a database of its own, a clock that stands still, and the whole router.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use app::{Assets, Clock, Site};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};
use http_body_util::BodyExt;
use server::{layers, open};
use store::{Db, Engine};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// Plays a test on SQLite and again on PostgreSQL.
macro_rules! on_both {
    ($(async fn $name:ident($stage:ident: Stage) $body:block)+) => {$(
        async fn $name($stage: $crate::stage::Stage) $body

        mod $name {
            #[tokio::test]
            async fn on_sqlite() {
                super::$name($crate::stage::Stage::open(store::Engine::Sqlite).await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::$name($crate::stage::Stage::open(store::Engine::Postgres).await).await;
            }
        }
    )+};
}
pub(crate) use on_both;

/// Where the temporary PostgreSQL of the test run is.
const POSTGRES: &str = "ALONGSIDE_TEST_POSTGRES";

/// One node with everything around it.
pub(crate) struct Stage {
    pub(crate) site: Site,
    pub(crate) clock: StandingClock,
    router: Router,
    _folder: TempDir,
}

/// What came back.
pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A clock that moves only when it is told to.
#[derive(Clone, Debug)]
pub(crate) struct StandingClock(Arc<Mutex<DateTime<Utc>>>);

impl Clock for StandingClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

impl StandingClock {
    /// A Saturday in November, in the evening.
    fn new() -> Self {
        Self(Arc::new(Mutex::new("2026-11-21T19:30:00Z".parse().unwrap())))
    }

    #[expect(dead_code, reason = "the slices that wait for something come with the next landing")]
    pub(crate) fn wait(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }
}

impl Stage {
    pub(crate) async fn open(engine: Engine) -> Self {
        let folder = TempDir::new().unwrap();
        let db = empty(engine, folder.path()).await;
        let clock = StandingClock::new();
        let pages = open::content(&content(), &db, clock.now()).await.unwrap();
        let site = Site::open(db, Box::new(clock.clone()), Assets::default(), pages).await.unwrap();
        let router = layers::router(site.clone(), folder.path());
        Self { site, clock, router, _folder: folder }
    }

    pub(crate) async fn get(&self, path: &str) -> Seen {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Seen {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Seen { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

impl Seen {
    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    /// The page's text between `<title>` and its end.
    pub(crate) fn title(&self) -> &str {
        let from = self.body.split_once("<title>").map_or("", |it| it.1);
        from.split_once("</title>").map_or("", |it| it.0)
    }
}

/// The content that comes with the program.
pub(crate) fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")
}

/// A database with nothing in it but what its migrations put there.
pub(crate) async fn empty(engine: Engine, folder: &Path) -> Db {
    match engine {
        Engine::Sqlite => sqlite(folder).await,
        Engine::Postgres => postgres().await,
    }
}

/// A copy of a database that was migrated once for the whole run.
async fn sqlite(folder: &Path) -> Db {
    static MIGRATED: OnceCell<TempDir> = OnceCell::const_new();
    let migrated = MIGRATED
        .get_or_init(|| async {
            let folder = TempDir::new().unwrap();
            let db = Db::open(&sqlite_url(folder.path())).await.unwrap();
            open::migrate(&db).await.unwrap();
            db.close().await.unwrap();
            folder
        })
        .await;
    std::fs::copy(migrated.path().join("test.db"), folder.join("test.db")).unwrap();
    Db::open(&sqlite_url(folder)).await.unwrap()
}

fn sqlite_url(folder: &Path) -> String {
    format!("sqlite://{}/test.db", folder.display())
}

/// A database made after one that was migrated once for the whole run.
async fn postgres() -> Db {
    static MIGRATED: OnceCell<String> = OnceCell::const_new();
    let url = std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!("{POSTGRES} is not set: run `cargo xtask test`, or `cargo xtask postgres` and set what it prints")
    });
    let server = Db::open(&url).await.unwrap();
    let template = MIGRATED
        .get_or_init(|| async {
            let name = format!("template_{}", std::process::id());
            server.execute(&format!("CREATE DATABASE {name}")).await.unwrap();
            let db = Db::open(&with_database(&url, &name)).await.unwrap();
            open::migrate(&db).await.unwrap();
            db.close().await.unwrap();
            name
        })
        .await;
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let name = format!("test_{}_{count}", std::process::id());
    server.execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
    server.close().await.unwrap();
    Db::open(&with_database(&url, &name)).await.unwrap()
}

/// The address of another database on the same server.
fn with_database(url: &str, name: &str) -> String {
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}
