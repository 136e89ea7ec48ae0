//! What a running node holds: the database, the built files, and what every public page shows.

mod assets;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue};
use chrono::{DateTime, TimeDelta, Utc};
use domain::course::Slug;
use domain::course::recommended::Recommended;
use domain::course::search::Index;
use domain::help::HelpLine;
use domain::sign_in::SessionId;
use store::Db;
use store::content::{self, Pathway, ShippedFramework, ShippedTemplate, TextPage};
use store::courses::{Changes, Published};
use store::files::Files;
use store::people::Host;
use store::training::programmes::Published as Programme;
use tokio::sync::Semaphore;
use uuid::Uuid;

pub use assets::Assets;

use crate::Clock;
use crate::certificates::{Printer, StatementKeys, StatementSecrets};
use crate::packing::Packed;
use crate::render::Policies;
use crate::sign_in::{Access, AccessKeys, Cookies, Passwords, Secrets, fresh};
use crate::ui::piece::Piece;

/// A running node. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Site(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    given: Given,
    access_keys: AccessKeys,
    statement_keys: StatementKeys,
    printer: Printer,
    photos: Semaphore,
    cookies: Cookies,
    policies: Policies,
    public: RwLock<Arc<Public>>,
    /// Sessions that have ended lately: an access token of theirs may still be on its way round.
    ended: RwLock<HashMap<SessionId, DateTime<Utc>>>,
}

/// What a node is given besides its database.
#[derive(Debug)]
pub struct Given {
    pub clock: Box<dyn Clock>,
    pub assets: Assets,
    pub pages: Vec<TextPage>,
    pub pathways: Vec<Pathway>,
    /// What agreements on supervision begin with.
    pub templates: Vec<ShippedTemplate>,
    /// Frameworks of competences that an organisation may take over.
    pub frameworks: Vec<ShippedFramework>,
    pub secrets: Secrets,
    /// What certificates are signed with and checked by.
    pub statements: StatementSecrets,
    pub passwords: Passwords,
    /// What a browser calls the site, without a slash at the end.
    pub public_url: String,
    /// Where *Leave this site* leads.
    pub leave_to: String,
    /// Where files are that people add.
    pub files: Files,
    /// How heavy one may be, in MiB.
    pub heaviest_file_mib: u64,
    /// In the demo, the folder in which letters are kept instead of being sent.
    pub demo_outbox: Option<PathBuf>,
}

/// Everything that anonymous pages show, read from the database once and kept until it changes there.
#[derive(Debug)]
pub struct Public {
    generation: i64,
    pub help_lines: Vec<HelpLine>,
    /// Who runs the site.
    pub host: Host,
    /// In order of title.
    pub courses: Vec<Published>,
    /// What courses can be found by.
    pub(crate) index: Index,
    /// Of courses that may be begun, which are recommended before which.
    pub(crate) recommended: Recommended,
    /// What groups go through together, in order of title.
    pub programmes: Vec<Programme>,
    /// Whole pages as they were rendered for people who are not signed in, by path and query.
    rendered: moka::sync::Cache<String, Rendered>,
    pieces: moka::sync::Cache<Piece, Arc<str>>,
    /// What has changed in a course since a version of it, which takes the text of both to tell.
    changes: moka::sync::Cache<(Uuid, i64), Arc<Changes>>,
    /// Older versions of programmes, which groups go through that began with them.
    versions: moka::sync::Cache<(Uuid, i64), Arc<content::Programme>>,
}

/// A page as it goes over the line.
#[derive(Clone, Debug)]
pub(crate) struct Rendered {
    pub(crate) html: Bytes,
    pub(crate) has_islands: bool,
    /// What only pages that are kept have: it costs several times what it takes to send one.
    pub(crate) kept: Option<Kept>,
}

/// What is made once of a page that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) etag: HeaderValue,
    pub(crate) packed: Packed,
}

/// How long an ended session is remembered: longer than any access token lives, clocks apart included.
const REMEMBERED: TimeDelta = TimeDelta::minutes(15);

/// Rendered pages kept for people who are not signed in, in bytes.
const KEPT_PAGES: u64 = 16 * 1024 * 1024;

/// So many photos are held whole in memory at once.
const PHOTOS_AT_ONCE: usize = 2;

/// So many pairs of versions: learners are half way through a few versions of each course at most.
const KEPT_CHANGES: u64 = 1_000;

/// So many older versions of programmes, each about as long as a small book.
const KEPT_VERSIONS: u64 = 20;

impl Site {
    /// Opens a node on a database that has been migrated.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(db: Db, given: Given) -> store::Result<Self> {
        // Leptos renders on an executor that the process sets once; a second node of a test finds it set.
        let _ = any_spawner::Executor::init_tokio();
        let public = RwLock::new(Arc::new(Public::load(&db).await?));
        let access_keys = AccessKeys::new(&given.secrets);
        let statement_keys = StatementKeys::new(&given.statements);
        let cookies = Cookies::for_address(&given.public_url);
        let policies = Policies::new(&given.leave_to.parse().unwrap_or_default());
        let ended = RwLock::default();
        let printer = Printer::default();
        Ok(Self(Arc::new(Inner {
            db,
            given,
            access_keys,
            statement_keys,
            printer,
            photos: Semaphore::new(PHOTOS_AT_ONCE),
            cookies,
            policies,
            public,
            ended,
        })))
    }

    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.0.given.clock.as_ref()
    }

    #[must_use]
    pub fn assets(&self) -> &Assets {
        &self.0.given.assets
    }

    /// What public pages show, as of the last look.
    #[must_use]
    pub fn public(&self) -> Arc<Public> {
        // A panic elsewhere leaves the last whole value in place, so a poisoned lock is still good to read.
        self.0.public.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The plain page of that name.
    #[must_use]
    pub fn text_page(&self, slug: &Slug) -> Option<&TextPage> {
        self.0.given.pages.iter().find(|it| it.slug == *slug)
    }

    /// What agreements on supervision begin with.
    pub(crate) fn templates(&self) -> &[ShippedTemplate] {
        &self.0.given.templates
    }

    /// Courses that are recommended together.
    pub(crate) fn pathways(&self) -> &[Pathway] {
        &self.0.given.pathways
    }

    /// Frameworks of competences that came with the program.
    pub(crate) fn frameworks(&self) -> &[ShippedFramework] {
        &self.0.given.frameworks
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        &self.0.given.secrets
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.given.passwords
    }

    pub(crate) fn access_keys(&self) -> &AccessKeys {
        &self.0.access_keys
    }

    pub(crate) fn statement_keys(&self) -> &StatementKeys {
        &self.0.statement_keys
    }

    pub(crate) fn printer(&self) -> &Printer {
        &self.0.printer
    }

    /// Where files are that people add.
    pub(crate) fn files(&self) -> &Files {
        &self.0.given.files
    }

    /// How heavy one may be, in MiB.
    pub(crate) fn heaviest_file_mib(&self) -> u64 {
        self.0.given.heaviest_file_mib
    }

    /// Turns at holding a photo whole in memory.
    pub(crate) fn photos(&self) -> &Semaphore {
        &self.0.photos
    }

    pub(crate) fn cookies(&self) -> Cookies {
        self.0.cookies
    }

    /// Who sends these headers, by the check of every door; nobody if their token has run out.
    #[must_use]
    pub fn signed_in(&self, headers: &HeaderMap) -> Option<Access> {
        fresh(self, headers, self.clock().now())
    }

    /// The cookie of somebody who has signed in. For the bench, which does not pay for a password each time.
    #[must_use]
    pub fn cookie_of(&self, access: &Access) -> String {
        self.cookies().pair(self.access_keys(), access)
    }

    pub(crate) fn policies(&self) -> &Policies {
        &self.0.policies
    }

    /// Where *Leave this site* leads.
    pub(crate) fn leave_to(&self) -> &str {
        &self.0.given.leave_to
    }

    /// What a browser calls the site, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.0.given.public_url
    }

    /// Whether browsers reach the site by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url().starts_with("https://")
    }

    /// Whether this is the demo.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.0.given.demo_outbox.is_some()
    }

    /// In the demo, where letters are kept.
    pub(crate) fn demo_outbox(&self) -> Option<&Path> {
        self.0.given.demo_outbox.as_deref()
    }

    /// The whole address of a page, for letters.
    pub(crate) fn address_of(&self, path: &str) -> String {
        format!("{}{path}", self.public_url())
    }

    /// Whether a session has been ended, as far as this node has heard.
    pub(crate) fn has_ended(&self, session: SessionId) -> bool {
        self.0.ended.read().unwrap_or_else(PoisonError::into_inner).contains_key(&session)
    }

    /// Takes in that sessions have ended, and forgets those whose access tokens have run out since.
    pub(crate) fn note_ended(&self, sessions: impl IntoIterator<Item = SessionId>, at: DateTime<Utc>) {
        let now = self.clock().now();
        let mut ended = self.0.ended.write().unwrap_or_else(PoisonError::into_inner);
        ended.extend(sessions.into_iter().map(|it| (it, at)));
        ended.retain(|_, at| *at + REMEMBERED > now);
    }

    /// Looks which sessions have been ended on other nodes.
    ///
    /// # Errors
    /// When the database does not answer; what is known stays.
    pub async fn refresh_ended(&self) -> store::Result<()> {
        let then = self.clock().now() - REMEMBERED;
        for (session, at) in store::sessions::ended_since(self.db(), then).await? {
            self.note_ended([session], at);
        }
        Ok(())
    }

    /// Looks whether what public pages show has changed in the database, and takes it in if so.
    ///
    /// # Errors
    /// When the database does not answer; the last value stays.
    pub async fn refresh_public(&self) -> store::Result<()> {
        if store::public::generation(self.db()).await? == self.public().generation {
            return Ok(());
        }
        let fresh = Arc::new(Public::load(self.db()).await?);
        *self.0.public.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }
}

impl Public {
    async fn load(db: &Db) -> store::Result<Self> {
        // The number first: whatever changes while the rest is read is seen again at the next look.
        let generation = store::public::generation(db).await?;
        let help_lines = store::public::help_lines(db).await?;
        let host = store::people::host(db).await?;
        let courses = store::courses::current(db).await?;
        let programmes = store::training::programmes::current(db).await?;
        let index = crate::courses::index(&courses);
        let offered = courses.iter().map(|it| &it.course).filter(|it| !it.outline.withdrawn);
        let recommended =
            offered.map(|it| (it.slug.clone(), it.outline.recommended_before.clone())).collect();
        let rendered = moka::sync::Cache::builder()
            .max_capacity(KEPT_PAGES)
            .weigher(|path: &String, page: &Rendered| {
                let packed = page.kept.as_ref().map_or(0, |it| it.packed.len());
                u32::try_from(path.len() + page.html.len() + packed).unwrap_or(u32::MAX)
            })
            .build();
        let pieces = moka::sync::Cache::builder()
            .max_capacity(KEPT_PAGES)
            .weigher(|_, html: &Arc<str>| u32::try_from(html.len()).unwrap_or(u32::MAX))
            .build();
        let changes = moka::sync::Cache::new(KEPT_CHANGES);
        let versions = moka::sync::Cache::new(KEPT_VERSIONS);
        Ok(Self {
            generation,
            help_lines,
            host,
            courses,
            index,
            recommended,
            programmes,
            rendered,
            pieces,
            changes,
            versions,
        })
    }

    /// The courses that may be begun, in order of title.
    pub(crate) fn offered(&self) -> impl Iterator<Item = &Published> {
        self.courses.iter().filter(|it| !it.course.outline.withdrawn)
    }

    /// The course of that name in its current version.
    #[must_use]
    pub fn course(&self, slug: &Slug) -> Option<&Published> {
        self.courses.iter().find(|it| it.course.slug == *slug)
    }

    /// The programme of that name in its current version.
    #[must_use]
    pub fn programme(&self, slug: &Slug) -> Option<&Programme> {
        self.programmes.iter().find(|it| it.programme.slug == *slug)
    }

    /// A programme in the version that a group goes through, if there is such a programme.
    pub(crate) async fn programme_in(
        &self,
        db: &Db,
        (id, number): (Uuid, i64),
    ) -> store::Result<Option<Arc<content::Programme>>> {
        let Some(current) = self.programmes.iter().find(|it| it.id == id) else { return Ok(None) };
        if current.number == number {
            return Ok(Some(current.programme.clone()));
        }
        if let Some(programme) = self.versions.get(&(id, number)) {
            return Ok(Some(programme));
        }
        let programme = store::training::programmes::in_version(db, current, number).await?;
        self.versions.insert((id, number), programme.clone());
        Ok(Some(programme))
    }

    /// What has changed in a course since a version of it.
    pub(crate) async fn changes(
        &self,
        db: &Db,
        published: &Published,
        since: i64,
    ) -> store::Result<Arc<Changes>> {
        let key = (published.id, since);
        if let Some(changes) = self.changes.get(&key) {
            return Ok(changes);
        }
        let changes = Arc::new(store::courses::changes(db, published, since).await?);
        self.changes.insert(key, changes.clone());
        Ok(changes)
    }

    pub(crate) fn piece(&self, piece: Piece, render: impl FnOnce() -> Arc<str>) -> Arc<str> {
        self.pieces.get_with(piece, render)
    }

    pub(crate) fn kept(&self, path: &str) -> Option<Rendered> {
        self.rendered.get(path)
    }

    pub(crate) fn keep(&self, path: &str, page: Rendered) {
        self.rendered.insert(path.to_owned(), page);
    }
}
