//! `alongside`: one binary with several jobs.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use app::{Clock, PasswordCost, Passwords, Site, SystemClock};
use clap::{Parser, Subcommand};
use domain::people::Which;
use server::keys::Keys;
use server::serving::{self, Limits};
use server::settings::Settings;
use server::work::Worker;
use server::{audit, backup, demo, layers, mail, open};
use store::Db;
use store::files::Files;
use tokio::net::TcpListener;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Peer support, learning, supervision and involvement, alongside each other.
#[derive(Parser)]
#[command(version, after_help = Settings::help())]
struct CommandLine {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Serve the site until told to stop.
    Serve,
    /// Bring the database's schema up to date. Safe to run from several nodes at once.
    Migrate,
    /// Write everything in the database into a new file, while the site goes on.
    Backup {
        file: PathBuf,
        /// Seal it for this age recipient (age1…).
        #[arg(long, value_name = "RECIPIENT")]
        key: Option<String>,
        /// Leave out the files that people added, because they are copied in another way.
        #[arg(long)]
        without_files: bool,
    },
    /// Put a backup back into an empty place. Put the key file back first; it is never in a backup.
    Restore {
        file: PathBuf,
        /// The file of age identities that opens a sealed one.
        #[arg(long, value_name = "FILE")]
        identity: Option<PathBuf>,
    },
    /// Make or turn the secret keys.
    Keys {
        #[command(subcommand)]
        job: KeysJob,
    },
    /// Print a settings file to begin with: every setting, what it means, and what it is when nobody says.
    Settings,
    /// Load invented people into an empty database, for trying things out on one's own machine.
    #[command(hide = true)]
    Demo,
    /// Look after the chain of what was done.
    Audit {
        #[command(subcommand)]
        job: AuditJob,
    },
    /// Look after courses and pages.
    Content {
        #[command(subcommand)]
        job: ContentJob,
    },
    /// Look after those who run the site.
    Admin {
        #[command(subcommand)]
        job: AdminJob,
    },
}

#[derive(Subcommand)]
enum KeysJob {
    /// Make a key file where there is none.
    New,
    /// Turn the keys; what was signed with the last ones still holds.
    Rotate,
}

#[derive(Subcommand)]
enum AuditJob {
    /// Read the whole chain again and say what does not fit.
    Verify,
}

#[derive(Subcommand)]
enum ContentJob {
    /// Name everything in the content folder that has to be put right.
    Check,
}

#[derive(Subcommand)]
enum AdminJob {
    /// Invite the very first administrator, who can then invite everybody else on the site.
    Invite {
        /// Where the letter goes.
        email: String,
        /// Though there is an administrator already.
        #[arg(long)]
        another: bool,
    },
    /// Switch the second step off for somebody who has lost their phone and their recovery codes. Make sure in
    /// person who asks: whoever also knows the password can then sign in.
    LostPhone {
        /// The address they sign in with.
        email: String,
    },
}

/// How often a node looks what others have changed. A session ended elsewhere is over here within 5 seconds.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long a node that was told to stop waits for the job in hand: longer than a mail server is waited for.
const WAIT_FOR_WORK: Duration = Duration::from_secs(25);
/// How often a node looks whether the day's head is signed.
const SIGN_EVERY: Duration = Duration::from_secs(3600);

fn main() -> ExitCode {
    let job = CommandLine::parse().job;
    if matches!(job, Job::Settings) {
        return example();
    }
    let done = Settings::from_environment()
        .map_err(|wrong| anyhow!("{}", wrong.join("\n")))
        .and_then(|settings| run(job, settings));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(job: Job, settings: Settings) -> Result<()> {
    tracing_subscriber::fmt()
        .with_env_filter(format!("{},sqlx=warn,sea_orm_migration=warn", settings.log))
        .with_writer(std::io::stderr)
        // Colours are for a person at a terminal; a journal would keep their codes.
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let runtime = tokio::runtime::Runtime::new().context("The machine gives us no threads.")?;
    runtime.block_on(async {
        match job {
            Job::Serve => serve(&settings).await,
            Job::Migrate => {
                let db = open::database(&settings).await?;
                open::migrate(&db).await?;
                db.close().await?;
                say("The database is up to date.");
                Ok(())
            }
            Job::Audit { job: AuditJob::Verify } => {
                let db = open::database(&settings).await?;
                open::up_to_date(&db).await?;
                let found = audit::verify(&db, &Keys::read(&settings.keys)?, &settings.data).await;
                db.close().await?;
                say(&found?);
                Ok(())
            }
            Job::Backup { file, key, without_files } => {
                let db = open::database(&settings).await?;
                let left_out = without_files || Files::are_with_a_service(&settings.files);
                // Where nobody has added a file yet there is no folder, and a backup makes none.
                let is_there = !left_out && Path::new(&settings.files).exists();
                let files = if is_there { Some(open::files(&settings.files)?) } else { None };
                let to = (file.as_path(), key.as_deref());
                let told = backup::backup(&db, files.as_ref(), to, SystemClock.now()).await;
                db.close().await?;
                say(&told?);
                if left_out {
                    say(&format!("Files that people added are not in it: they lie in {}.", settings.files));
                }
                Ok(())
            }
            Job::Restore { file, identity } => {
                let keys = if settings.keys.exists() { Some(Keys::read(&settings.keys)?) } else { None };
                let (db, files) = (open::database(&settings).await?, open::files(&settings.files)?);
                let (identity, data) = (identity.as_deref(), &settings.data);
                let told = backup::restore((&db, &files), &file, identity, keys.as_ref(), data).await;
                db.close().await?;
                say(&told?);
                Ok(())
            }
            Job::Demo => demo(&settings).await,
            Job::Settings => unreachable!("printed before any setting was read"),
            Job::Keys { job } => keys(&job, &settings),
            Job::Admin { job } => admin(&job, &settings).await,
            Job::Content { job: ContentJob::Check } => {
                let content =
                    open::read_content(&settings.content).map_err(|faults| anyhow!(open::told(&faults)))?;
                let (courses, pages) = (content.courses.len(), content.pages.len());
                let (pathways, programmes) = (content.pathways.len(), content.programmes.len());
                let (frameworks, templates) = (content.frameworks.len(), content.templates.len());
                say(&format!(
                    "Courses: {courses}, programmes: {programmes}, pathways: {pathways}, frameworks: {frameworks}, \
                     agreements: {templates}, pages: {pages}. There is nothing to put right."
                ));
                Ok(())
            }
        }
    })
}

/// Also where the settings themselves are wrong, and through a pipe that somebody closes.
fn example() -> ExitCode {
    match std::io::stdout().write_all(Settings::example().as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Loads the demo where nobody is yet. Only `cargo xtask run` asks for it.
async fn demo(settings: &Settings) -> Result<()> {
    demo::stays_at_home(settings)?;
    let db = open::database(settings).await?;
    open::migrate_or_ask(&db).await?;
    // The invented people have taken the courses that there are.
    open::content(&settings.content, &db, SystemClock.now()).await?;
    demo::load(&db, &Passwords::new(PasswordCost::FLOOR)?, &SystemClock).await?;
    db.close().await?;
    say(&demo::sign_ins());
    Ok(())
}

async fn admin(job: &AdminJob, settings: &Settings) -> Result<()> {
    let db = open::database(settings).await?;
    open::migrate_or_ask(&db).await?;
    let now = SystemClock.now();
    let told = match job {
        AdminJob::Invite { email, another } => {
            let which = if *another { Which::Another } else { Which::First };
            server::admin::invite(&db, settings, (email, which), now).await
        }
        AdminJob::LostPhone { email } => server::admin::lost_phone(&db, settings, email, now).await,
    };
    db.close().await?;
    say(&told?);
    Ok(())
}

fn keys(job: &KeysJob, settings: &Settings) -> Result<()> {
    let path = &settings.keys;
    match job {
        KeysJob::New => {
            Keys::make(path)?;
            say(&format!("The keys are in {}: keep a copy apart from the backups.", path.display()));
        }
        KeysJob::Rotate => {
            Keys::rotate(path)?;
            say(
                "The keys are turned: give every node the new file and start it again. Turning them twice within \
                 ten minutes signs people out.",
            );
        }
    }
    Ok(())
}

async fn serve(settings: &Settings) -> Result<()> {
    // The port first: somebody who has the site open twice should learn it at once.
    let listener = TcpListener::bind(settings.addr).await.with_context(|| {
        format!("{} cannot be listened on: stop what uses it, or set ALONGSIDE_ADDR.", settings.addr)
    })?;
    let db = open::database(settings).await?;
    let keys = Keys::at_start(&settings.keys, db.engine())?;
    open::migrate_or_ask(&db).await?;
    let site = open::site(settings, db.clone(), &keys, Box::new(SystemClock)).await?;
    let watching = tokio::spawn(watch(site.clone()));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let working = tokio::spawn(Worker::new(site.clone(), mail::Mailer::open(settings)?).work(stopped));
    let signing = tokio::spawn(sign_daily(db.clone(), keys, settings.data.clone()));
    say(&format!("Listening on http://{}", listener.local_addr()?));
    if settings.is_https() && !settings.addr.ip().is_loopback() && settings.proxies.are_here_only() {
        tracing::warn!(
            "ALONGSIDE_TRUSTED_PROXIES names no proxy on another machine: tries to sign in that come over one \
             are counted as one person’s"
        );
    }
    let router = layers::router(site, &settings.site, settings.proxies.clone());
    serving::serve(listener, router, Limits::of(settings.connections), told_to_stop()).await;
    watching.abort();
    stop.send_replace(true);
    let break_off = working.abort_handle();
    if tokio::time::timeout(WAIT_FOR_WORK, working).await.is_err() {
        break_off.abort();
        tracing::warn!("stopped in the middle of a job: it is taken up again when its lease has run out");
    }
    signing.abort();
    Ok(db.close().await?)
}

/// Keeps what public pages show, and who is signed in no more, in step with the database.
async fn watch(site: Site) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        ticks.tick().await;
        if let Err(error) = site.refresh_public().await {
            tracing::warn!(%error, "public pages may be out of date");
        }
        if let Err(error) = site.refresh_ended().await {
            tracing::warn!(%error, "a session ended on another node may live on here");
        }
    }
}

/// Signs the chain's head once a day, whichever node comes first.
async fn sign_daily(db: Db, keys: Keys, data: PathBuf) {
    let mut ticks = tokio::time::interval(SIGN_EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = audit::sign(&db, &keys, &data, SystemClock.now()).await {
            tracing::error!(error = format!("{error:#}"), "the audit's head is not signed");
        }
    }
}

/// Ends on Ctrl-C, or when the service manager says so.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupted => {}
        () = terminated => {}
    }
}

#[expect(clippy::print_stderr, reason = "this is what the person at the terminal reads")]
fn say(sentence: &str) {
    eprintln!("{sentence}");
}
