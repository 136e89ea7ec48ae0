//! A node for one test: a database of its own, a clock that stands still, and the whole router.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use app::{Assets, Clock, Given, PasswordCost, Passwords, Secrets, Site, StatementSecrets};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};
use domain::course::Slug;
use http_body_util::BodyExt;
use server::keys::Keys;
use server::proxies::{Proxies, ProxyHeader};
use server::{layers, open};
use store::Engine;
use store::content::{Course, TextPage};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::databases;
use crate::phone::App;

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

/// One node with everything around it.
pub(crate) struct Stage {
    pub(crate) site: Site,
    pub(crate) clock: StandingClock,
    keys: Secrets,
    statements: StatementSecrets,
    router: Router,
    folder: TempDir,
}

/// What came back.
pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    /// The body as it came, for what is no page.
    pub(crate) bytes: Bytes,
}

/// A clock that moves only when it is told to.
#[derive(Clone, Debug)]
pub(crate) struct StandingClock(Arc<Mutex<DateTime<Utc>>>);

impl Clock for StandingClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// What the clock shows first: a Saturday in November, in the evening.
pub(crate) fn begins() -> DateTime<Utc> {
    "2026-11-21T19:30:00Z".parse().unwrap()
}

impl StandingClock {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(begins())))
    }

    pub(crate) fn wait(&self, time: TimeDelta) {
        *self.0.lock().unwrap() += time;
    }
}

impl Stage {
    pub(crate) async fn open(engine: Engine) -> Self {
        let folder = TempDir::new().unwrap();
        let db = databases::with_content(engine, folder.path()).await;
        let clock = StandingClock::new();
        let content = databases::shipped();
        let all = Keys::random().unwrap();
        let (keys, statements) = (open::secrets(&all), all.statements().unwrap());
        let secrets = (keys.clone(), statements.clone());
        let mut given = given(clock.clone(), content.pages.clone(), secrets, folder.path());
        given.pathways = content.pathways.clone();
        given.templates = content.templates.clone();
        given.frameworks = content.frameworks.clone();
        let site = Site::open(db, given).await.unwrap();
        let router = router(&site, folder.path());
        Self { site, clock, keys, statements, router, folder }
    }

    /// Another node on the same database, with the same keys.
    pub(crate) async fn beside(&self) -> Self {
        self.another(|_, _| {}).await
    }

    /// Another node that browsers reach by https.
    pub(crate) async fn beside_by_https(&self) -> Self {
        self.another(|given, _| given.public_url = "https://college.example".into()).await
    }

    /// Another node whose signing key has been turned since.
    pub(crate) async fn beside_with_turned_keys(&self) -> Self {
        let mut turned = Keys::random().unwrap().statements().unwrap();
        turned.public.extend(self.statements.public.clone());
        self.another(|given, _| given.statements = turned).await
    }

    /// Another node on which hashing a password costs more.
    pub(crate) async fn beside_with_dearer_passwords(&self) -> Self {
        let dearer = PasswordCost { memory_kib: 20 * 1024, passes: 3 };
        self.another(|given, _| given.passwords = Passwords::new(dearer).unwrap()).await
    }

    /// Another node that has found the demo in the database.
    pub(crate) async fn beside_as_demo(&self) -> Self {
        self.another(|given, folder| given.demo_outbox = Some(folder.join("outbox"))).await
    }

    /// Where files are that people add.
    pub(crate) fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// Where a node that is the demo keeps its letters.
    pub(crate) fn outbox(&self) -> PathBuf {
        self.folder.path().join("outbox")
    }

    async fn another(&self, change: impl FnOnce(&mut Given, &Path)) -> Self {
        let folder = TempDir::new().unwrap();
        let keys = (self.keys.clone(), self.statements.clone());
        // All nodes reach the same files.
        let mut given = given(self.clock.clone(), Vec::new(), keys, self.folder.path());
        change(&mut given, folder.path());
        let site = Site::open(self.site.db().beside().await.unwrap(), given).await.unwrap();
        let router = router(&site, folder.path());
        let (clock, keys, statements) = (self.clock.clone(), self.keys.clone(), self.statements.clone());
        Self { site, clock, keys, statements, router, folder }
    }

    /// The whole site, to be served on a socket.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// The course of that name, as it is published.
    pub(crate) fn course(&self, slug: &str) -> Arc<Course> {
        self.site.public().course(&Slug::parse(slug).unwrap()).unwrap().course.clone()
    }

    pub(crate) async fn get(&self, path: &str) -> Seen {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Seen {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Seen {
            status: parts.status,
            headers: parts.headers,
            body: without_markers(&String::from_utf8_lossy(&body)),
            bytes: body,
        }
    }
}

/// Somebody at a browser: keeps cookies, follows nothing by itself.
pub(crate) struct Browser<'a> {
    stage: &'a Stage,
    cookies: BTreeMap<String, String>,
    /// The phone of whoever sits there, if it has learnt to show codes.
    pub(crate) phone: Option<App>,
}

impl Stage {
    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { stage: self, cookies: BTreeMap::new(), phone: None }
    }

    /// A browser of somebody who has registered, confirmed and signed in.
    pub(crate) async fn learner(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        self.registered(email).await;
        let seen = browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
        browser
    }

    /// Registers somebody and confirms their address.
    pub(crate) async fn registered(&self, email: &str) {
        let mut browser = self.browser();
        let form = [("old_enough", "yes"), ("known_as", "Sam"), ("email", email), ("password", PASSWORD)];
        assert_eq!(browser.post("/register", &form).await.status, StatusCode::SEE_OTHER);
        let link = self.letters().await.pop().map(|it| it.link()).unwrap();
        assert_eq!(browser.post(&link, &[]).await.header(header::LOCATION), "/sign-in?confirmed=yes");
    }

    /// The letters that wait to be sent, which then wait no more.
    pub(crate) async fn letters(&self) -> Vec<Posted> {
        let (db, now) = (self.site.db(), self.clock.now());
        let mut letters = Vec::new();
        while let Some(claim) = store::jobs::claim(db, "test", now, TimeDelta::minutes(1)).await.unwrap() {
            if let store::jobs::Errand::SendMail(letter) = &claim.errand {
                let (to, text) = (letter.to.as_str().to_owned(), letter.text.clone());
                letters.push(Posted { to, text });
            }
            let tx = db.begin().await.unwrap();
            store::jobs::done(&tx, &claim).await.unwrap();
            tx.commit().await.unwrap();
        }
        letters
    }
}

/// The password of everybody in these tests.
pub(crate) const PASSWORD: &str = "walking by the river";

/// A letter that was to be sent.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) to: String,
    pub(crate) text: String,
}

impl Posted {
    /// The path of its first link.
    pub(crate) fn link(&self) -> String {
        let from = self.text.split_once("http://127.0.0.1:3000").unwrap().1;
        from.split_whitespace().next().unwrap().to_owned()
    }
}

impl Browser<'_> {
    pub(crate) async fn get(&mut self, path: &str) -> Seen {
        self.send(Request::get(path), String::new()).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(request, body).await
    }

    /// The same browser, sent by the load balancer to another node.
    pub(crate) fn on<'b>(&self, stage: &'b Stage) -> Browser<'b> {
        Browser { stage, cookies: self.cookies.clone(), phone: self.phone.clone() }
    }

    /// The same browser once more, as another tab that has not heard the last answers.
    pub(crate) fn tab(&self) -> Self {
        Self { stage: self.stage, cookies: self.cookies.clone(), phone: self.phone.clone() }
    }

    pub(crate) async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Seen {
        self.send_body(request, body.into()).await
    }

    /// The same with a body that is no text.
    pub(crate) async fn send_body(&mut self, request: axum::http::request::Builder, body: Body) -> Seen {
        let request = request.header(header::HOST, "127.0.0.1:3000");
        let request = request.header(header::COOKIE, self.cookie_header()).body(body).unwrap();
        let seen = self.stage.ask(request).await;
        for cookie in seen.headers.get_all(header::SET_COOKIE) {
            let (pair, rest) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match rest.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        seen
    }

    pub(crate) fn cookie_header(&self) -> String {
        let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    pub(crate) fn has_cookies(&self) -> bool {
        !self.cookies.is_empty()
    }
}

/// Leptos puts markers between texts, more of them in development builds; nobody sees them.
fn without_markers(html: &str) -> String {
    html.replace("<!>", "")
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

fn given(
    clock: StandingClock,
    pages: Vec<TextPage>,
    (secrets, statements): (Secrets, StatementSecrets),
    folder: &Path,
) -> Given {
    Given {
        clock: Box::new(clock),
        assets: Assets::parse("css /c\nboot /b\nstatic/icon.svg /i").unwrap(),
        pages,
        pathways: Vec::new(),
        templates: Vec::new(),
        frameworks: Vec::new(),
        secrets,
        statements,
        passwords: passwords(),
        public_url: "http://127.0.0.1:3000".into(),
        leave_to: "https://www.bbc.co.uk/weather".into(),
        files: open::files(folder.join("files").to_str().unwrap()).unwrap(),
        heaviest_file_mib: 25,
        demo_outbox: None,
    }
}

/// Those of all nodes: each would hash one to begin with.
fn passwords() -> Passwords {
    static PASSWORDS: LazyLock<Passwords> = LazyLock::new(|| Passwords::new(PasswordCost::FLOOR).unwrap());
    PASSWORDS.clone()
}

/// Behind a proxy on the same machine.
fn router(site: &Site, files: &Path) -> Router {
    layers::router(site.clone(), files, Proxies::new(Proxies::here(), ProxyHeader::XForwardedFor))
}
