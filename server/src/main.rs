//! `alongside`: one binary with several jobs.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use app::{Clock, Site, SystemClock};
use clap::{Parser, Subcommand};
use server::keys::Keys;
use server::settings::Settings;
use server::{audit, backup, layers, open};
use store::Db;
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

/// How often a node looks whether another has changed what public pages show.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How often a node looks whether the day's head is signed.
const SIGN_EVERY: Duration = Duration::from_secs(3600);

fn main() -> ExitCode {
    let job = CommandLine::parse().job;
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
            Job::Backup { file, key } => {
                let db = open::database(&settings).await?;
                let told = backup::backup(&db, &file, key.as_deref(), SystemClock.now()).await;
                db.close().await?;
                say(&told?);
                Ok(())
            }
            Job::Restore { file, identity } => {
                let keys = if settings.keys.exists() { Some(Keys::read(&settings.keys)?) } else { None };
                let db = open::database(&settings).await?;
                let told =
                    backup::restore(&db, &file, identity.as_deref(), keys.as_ref(), &settings.data).await;
                db.close().await?;
                say(&told?);
                Ok(())
            }
            Job::Keys { job } => keys(&job, &settings),
            Job::Content { job: ContentJob::Check } => {
                let (courses, pages) =
                    open::read_content(&settings.content).map_err(|faults| anyhow!(open::told(&faults)))?;
                say(&format!("{} courses and {} pages, nothing to put right.", courses.len(), pages.len()));
                Ok(())
            }
        }
    })
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
            say("The keys are turned: give every node the new file and start it again. Turning them twice within \
                 ten minutes signs people out.");
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
    let site = open::site(settings, db.clone(), Box::new(SystemClock)).await?;
    let watching = tokio::spawn(watch(site.clone()));
    let signing = tokio::spawn(sign_daily(db.clone(), keys, settings.data.clone()));
    say(&format!("Listening on http://{}", listener.local_addr()?));
    axum::serve(listener, layers::router(site, &settings.site)).with_graceful_shutdown(told_to_stop()).await?;
    watching.abort();
    signing.abort();
    Ok(db.close().await?)
}

/// Keeps what public pages show in step with the database.
async fn watch(site: Site) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        ticks.tick().await;
        if let Err(error) = site.refresh_public().await {
            tracing::warn!(%error, "public pages may be out of date");
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
