//! Makes a node ready: the database opened and migrated, the content published.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use app::{Assets, Clock, Given, Passwords, Secrets, Site, TokenKey};
use chrono::{DateTime, Utc};
use migrations::{Migrator, MigratorTrait};
use store::audit::{COURSE_PUBLISHED, Event, PROGRAMME_PUBLISHED};
use store::content::{
    CourseSource, Fault, Pathway, ProgrammeSource, ShippedFramework, ShippedTemplate, TextPage, read_courses,
    read_frameworks, read_pages, read_pathways, read_programmes, read_templates,
};
use store::files::Files;
use store::{Db, Engine};

use crate::demo;
use crate::keys::{self, Keys};
use crate::settings::Settings;

/// Opens the database. On SQLite the folder and the file are made when they are missing.
///
/// # Errors
/// With one sentence that says what to do.
pub async fn database(settings: &Settings) -> Result<Db> {
    if settings.database_url.starts_with("sqlite") {
        // People's rows lie in it: nobody else on the machine looks in.
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&settings.data);
        made.with_context(|| format!("The data folder {} cannot be made.", settings.data.display()))?;
    }
    // The address may carry a password, so it is not repeated.
    Db::open(&settings.database_url).await.context("The database of DATABASE_URL cannot be opened.")
}

/// Brings the schema up to date; one node at a time.
///
/// # Errors
/// When a step fails; on both engines a step that failed has left nothing behind.
pub async fn migrate(db: &Db) -> Result<()> {
    let alone = db.alone_for_migrations().await.context("The database does not let us migrate.")?;
    Migrator::up(alone.connection(), None).await.context("The schema could not be brought up to date.")?;
    Ok(alone.done().await?)
}

/// Migrates the embedded database; says what to do when a shared one is behind, because there several nodes
/// of different age may be running.
///
/// # Errors
/// With one sentence that says what to do.
pub async fn migrate_or_ask(db: &Db) -> Result<()> {
    if db.engine() == Engine::Sqlite {
        return migrate(db).await;
    }
    up_to_date(db).await
}

/// For what only looks at a database: that must not change its schema in passing.
///
/// # Errors
/// With one sentence that says what to do.
pub async fn up_to_date(db: &Db) -> Result<()> {
    let pending = Migrator::get_pending_migrations_read_only(db.for_migrations()).await;
    if pending.map_or(true, |it| !it.is_empty()) {
        bail!("The database is older than this program: run `alongside migrate` first.");
    }
    Ok(())
}

/// Reads and publishes what is in the content folder, and opens the node.
///
/// # Errors
/// All faults of the content at once, or what the database said.
pub async fn site(settings: &Settings, db: Db, keys: &Keys, clock: Box<dyn Clock>) -> Result<Site> {
    let Content { pages, pathways, frameworks, templates, .. } =
        content(&settings.content, &db, clock.now()).await?;
    let assets = Assets::read(&settings.site).with_context(|| {
        format!("The built files in {} cannot be read: run `cargo xtask site`.", settings.site.display())
    })?;
    let passwords = Passwords::new(settings.password_cost)?;
    let public_url = settings.public_url.clone();
    let is_demo = store::demo::is_loaded(&db).await?;
    if is_demo {
        demo::stays_at_home(settings)?;
    }
    let demo_outbox = is_demo.then(|| settings.data.join("outbox"));
    let (secrets, statements) = (secrets(keys), keys.statements()?);
    let leave_to = settings.leave_to.clone();
    let (files, heaviest_file_mib) = (files(&settings.files)?, settings.heaviest_file_mib);
    let given = Given {
        clock,
        assets,
        pages,
        pathways,
        frameworks,
        templates,
        secrets,
        statements,
        passwords,
        public_url,
        leave_to,
        files,
        heaviest_file_mib,
        demo_outbox,
    };
    Ok(Site::open(db, given).await?)
}

/// Opens where files lie that people add. A folder is made when it is missing, for nobody else on the machine.
///
/// # Errors
/// With one sentence that says what to do.
pub fn files(place: &str) -> Result<Files> {
    if !Files::are_with_a_service(place) {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(place);
        made.with_context(|| format!("The folder {place} of ALONGSIDE_FILES cannot be made."))?;
    }
    Files::open(place).context("The files of ALONGSIDE_FILES cannot be reached.")
}

/// The keys as the pages use them.
#[must_use]
pub fn secrets(keys: &Keys) -> Secrets {
    let key = |it: &keys::TokenKey| TokenKey { kid: it.kid.clone(), secret: it.secret.bytes().to_vec() };
    Secrets {
        token_keys: keys.token_keys.iter().map(key).collect(),
        sealing: keys.throttling.clone().into_bytes(),
    }
}

/// Publishes the courses and programmes of a content folder; everything in it comes back.
///
/// # Errors
/// All faults of the content at once, or what the database said.
pub async fn content(folder: &Path, db: &Db, now: DateTime<Utc>) -> Result<Content> {
    let content = read_content(folder).map_err(|faults| anyhow::anyhow!(told(&faults)))?;
    let tx = db.begin().await?;
    let changed = store::courses::publish(&tx, &content.courses, now).await?;
    if !changed.is_empty() {
        tracing::info!(courses = changed.len(), "published");
    }
    for course in changed {
        store::audit::append(&tx, Event::new(now, COURSE_PUBLISHED).to(course)).await?;
    }
    let changed = store::training::programmes::publish(&tx, &content.programmes, now).await?;
    if !changed.is_empty() {
        tracing::info!(programmes = changed.len(), "published");
    }
    for programme in changed {
        store::audit::append(&tx, Event::new(now, PROGRAMME_PUBLISHED).to(programme)).await?;
    }
    tx.commit().await?;
    Ok(content)
}

/// Everything in a content folder.
#[derive(Debug)]
pub struct Content {
    pub courses: Vec<CourseSource>,
    pub programmes: Vec<ProgrammeSource>,
    pub pages: Vec<TextPage>,
    pub pathways: Vec<Pathway>,
    pub frameworks: Vec<ShippedFramework>,
    pub templates: Vec<ShippedTemplate>,
}

/// Reads everything in a content folder.
///
/// # Errors
/// Every fault in it.
pub fn read_content(folder: &Path) -> Result<Content, Vec<Fault>> {
    let (courses, pages) = (read_courses(folder), read_pages(folder));
    // Where courses or frameworks cannot be read, nobody can say which there are.
    let pathways = courses.as_ref().map_or(Ok(Vec::new()), |it| read_pathways(folder, it));
    let frameworks = courses.as_ref().map_or(Ok(Vec::new()), |it| read_frameworks(folder, it));
    let programmes = match (&courses, &frameworks) {
        (Ok(courses), Ok(frameworks)) => read_programmes(folder, courses, frameworks),
        _ => Ok(Vec::new()),
    };
    match (courses, programmes, pages, pathways, frameworks, read_templates(folder)) {
        (Ok(courses), Ok(programmes), Ok(pages), Ok(pathways), Ok(frameworks), Ok(templates)) => {
            Ok(Content { courses, programmes, pages, pathways, frameworks, templates })
        }
        (courses, programmes, pages, pathways, frameworks, templates) => {
            let faults = [courses.err(), programmes.err(), pages.err(), pathways.err(), frameworks.err()];
            Err(faults.into_iter().flatten().chain(templates.err()).flatten().collect())
        }
    }
}

/// The faults, a line each, with how many there are.
#[must_use]
pub fn told(faults: &[Fault]) -> String {
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.push(match faults.len() {
        1 => "One thing in the content has to be put right.".to_owned(),
        many => format!("{many} things in the content have to be put right."),
    });
    lines.join("\n")
}
