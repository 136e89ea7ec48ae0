//! What was backed up comes back whole, on either engine, or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use age::secrecy::ExposeSecret;
use app::Clock;
use domain::training::evidence::file::FileId;
use futures::TryStreamExt;
use server::keys::Keys;
use server::{audit, backup, open};
use store::archive::{Filling, Snapshot};
use store::{Db, Engine};
use tempfile::TempDir;
use uuid::Uuid;

use crate::audit::write;
use crate::databases::empty;
use crate::stage::{Stage, on_both};

/// What somebody added as a file.
const PHOTO: &[u8] = b"\xff\xd8 a photo";

/// A place with courses, events and a signed head, and a backup of it.
struct Drill {
    stage: Stage,
    keys: Keys,
    folder: TempDir,
    file: PathBuf,
}

impl Drill {
    async fn of(stage: Stage, key: Option<&str>) -> Self {
        let (keys, folder) = (Keys::random().unwrap(), TempDir::new().unwrap());
        let file = folder.path().join("backup");
        let (db, now) = (stage.site.db(), stage.clock.now());
        write(db, 3).await;
        audit::sign(db, &keys, folder.path(), now).await.unwrap();
        // Rows that the migrations made: one is changed, one is gone, one is new.
        for statement in [
            "UPDATE help_line SET label = 'Call 999' WHERE position = 1",
            "DELETE FROM help_line WHERE position = 4",
            "INSERT INTO help_line SELECT 9, 'Ours', detail, NULL, 'née ☎ \"quoted\"', verified_on
             FROM help_line WHERE position = 2",
        ] {
            db.execute(statement).await.unwrap();
        }
        let files = open::files(folder.path().join("files").to_str().unwrap()).unwrap();
        files.replace(FileId::from_uuid(Uuid::from_u128(7)), PHOTO.into()).await.unwrap();
        backup::backup(db, Some(&files), (&file, key), now).await.unwrap();
        Self { stage, keys, folder, file }
    }

    /// What `alongside restore` says.
    async fn restore(&self, db: &Db, identity: Option<&str>) -> anyhow::Result<String> {
        let identity = identity.map(|it| {
            let path = self.folder.path().join("identity");
            fs::write(&path, it).unwrap();
            path
        });
        let data = TempDir::new().unwrap();
        let files = open::files(self.restored().to_str().unwrap()).unwrap();
        backup::restore((db, &files), &self.file, identity.as_deref(), Some(&self.keys), data.path()).await
    }

    /// Where files come back to.
    fn restored(&self) -> PathBuf {
        self.folder.path().join("restored")
    }

    /// Restores what must not come back, and looks that nothing did.
    async fn refused(&self, identity: Option<&str>, because: &str) {
        let folder = TempDir::new().unwrap();
        let db = empty(self.stage.site.db().engine(), folder.path()).await;
        let before = everything(&db).await;
        let said = self.restore(&db, identity).await.unwrap_err().to_string();
        assert!(said.contains(because) && said.lines().count() == 1, "{said}");
        assert_eq!(everything(&db).await, before);
        db.close().await.unwrap();
    }
}

/// All rows of all tables.
async fn everything(db: &Db) -> BTreeMap<String, Vec<String>> {
    let snapshot = Snapshot::take(db).await.unwrap();
    let mut all = BTreeMap::new();
    for table in &snapshot.tables {
        let mut rows: Vec<String> = snapshot.rows(table).await.unwrap().try_collect().await.unwrap();
        rows.sort();
        all.insert(table.name.clone(), rows);
    }
    all
}

async fn comes_back(stage: Stage, onto: Engine) {
    let drill = Drill::of(stage, None).await;
    let folder = TempDir::new().unwrap();
    let db = empty(onto, folder.path()).await;
    let told = drill.restore(&db, None).await.unwrap();
    assert!(told.contains(" and one file, as they were on 21 November 2026 at 19:30 UTC"), "{told}");
    let photo = drill.restored().join("evidence").join(Uuid::from_u128(7).to_string());
    assert_eq!(fs::read(photo).unwrap(), PHOTO);
    assert!(told.ends_with("The audit is whole: 3 events, one signature."), "{told}");
    assert_eq!(everything(&db).await, everything(drill.stage.site.db()).await);
    let verified = audit::verify(&db, &drill.keys, drill.folder.path()).await.unwrap();
    assert_eq!(verified, "The audit is whole: 3 events, 2 signatures.");
    write(&db, 1).await;
    open::content(&crate::databases::content(), &db, drill.stage.clock.now()).await.unwrap();
    // The constraints are as strict as before.
    let astray = "UPDATE course_version SET co_production = 'nothing'";
    assert!(db.execute(astray).await.is_err());
    assert!(db.execute("DELETE FROM audit_event").await.is_err());
}

on_both! {
    async fn what_was_backed_up_comes_back_on_the_same_engine(stage: Stage) {
        let engine = stage.site.db().engine();
        comes_back(stage, engine).await;
    }

    async fn what_was_backed_up_comes_back_on_the_other_engine(stage: Stage) {
        let other = match stage.site.db().engine() {
            Engine::Sqlite => Engine::Postgres,
            Engine::Postgres => Engine::Sqlite,
        };
        comes_back(stage, other).await;
    }

    async fn others_go_on_writing_meanwhile_and_the_backup_is_of_one_moment(stage: Stage) {
        let drill = Drill::of(stage, None).await;
        let (db, now) = (drill.stage.site.db().clone(), drill.stage.clock.now());
        let stop = Arc::new(AtomicBool::new(false));
        let writing = tokio::spawn({
            let (db, stop) = (db.clone(), stop.clone());
            async move {
                while !stop.load(Ordering::Relaxed) {
                    write(&db, 1).await;
                }
            }
        });
        // Until one was made during which somebody really wrote.
        loop {
            fs::remove_file(&drill.file).unwrap();
            let before = everything(&db).await["audit_event"].len();
            backup::backup(&db, None, (&drill.file, None), now).await.unwrap();
            if everything(&db).await["audit_event"].len() > before {
                break;
            }
        }
        stop.store(true, Ordering::Relaxed);
        writing.await.unwrap();
        let folder = TempDir::new().unwrap();
        let restored = empty(db.engine(), folder.path()).await;
        drill.restore(&restored, None).await.unwrap();
        let (there, then) = (everything(&db).await, everything(&restored).await);
        let (all, of_then) = (there["audit_event"].len(), then["audit_event"].len());
        assert!((3..=all).contains(&of_then));
        assert_eq!(then["audit_detail"].len(), of_then, "an event and its words are of one moment");
    }

    async fn rows_may_point_at_rows_that_come_later_but_not_at_none(stage: Stage) {
        let db = stage.site.db();
        db.execute(match db.engine() {
            Engine::Sqlite => "CREATE TABLE knot (id BLOB NOT NULL PRIMARY KEY, next BLOB REFERENCES knot (id),
                               tied INTEGER, day TEXT) STRICT",
            Engine::Postgres => "CREATE TABLE knot (id uuid PRIMARY KEY, next uuid REFERENCES knot (id),
                                 tied boolean, day date)",
        }).await.unwrap();
        let id = |byte: char| format!(r#"{{"bytes":"{}A=="}}"#, byte.to_string().repeat(21));
        let row = |day: &str, id: &str, next: &str, tied: &str| format!("[{day},{id},{next},{tied}]");
        let first = row(r#""2026-11-21""#, &id('A'), &id('B'), "1");
        let second = row("null", &id('B'), "null", "null");
        for (lines, goes) in [(vec![first.clone()], false), (vec![first, second], true)] {
            let filling = Filling::begin(db).await.unwrap();
            let table = filling.tables.iter().find(|it| it.name == "knot").unwrap();
            // One by one, so that the second row is another statement's.
            for line in &lines {
                filling.put(table, std::slice::from_ref(line), &BTreeSet::new()).await.unwrap();
            }
            assert_eq!(filling.done().await.is_ok(), goes);
            assert_eq!(everything(db).await["knot"], if goes { lines } else { vec![] });
        }
        assert!(db.execute("UPDATE knot SET next = id WHERE next IS NULL").await.is_ok());
        assert!(db.execute("DELETE FROM knot WHERE day IS NULL").await.is_err());
    }

    async fn a_sealed_backup_opens_for_its_own_identity_alone(stage: Stage) {
        let (ours, theirs) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
        let drill = Drill::of(stage, Some(&ours.to_public().to_string())).await;
        let words = fs::read(&drill.file).unwrap();
        assert!(words.starts_with(b"age-encryption.org/"));
        drill.refused(None, "--identity").await;
        drill.refused(Some(theirs.to_string().expose_secret()), "does not open this backup").await;
        drill.refused(Some("hello"), "no file of age identities").await;
        let folder = TempDir::new().unwrap();
        let db = empty(drill.stage.site.db().engine(), folder.path()).await;
        drill.restore(&db, Some(ours.to_string().expose_secret())).await.unwrap();
        assert_eq!(everything(&db).await, everything(drill.stage.site.db()).await);
        for (at, byte) in words.iter().enumerate().skip(words.len() / 7).step_by(words.len() / 6) {
            let mut changed = words.clone();
            changed[at] = !byte;
            fs::write(&drill.file, changed).unwrap();
            drill.refused(Some(ours.to_string().expose_secret()), "is damaged").await;
        }
    }

    async fn a_backup_that_was_cut_off_or_changed_restores_nothing(stage: Stage) {
        let drill = Drill::of(stage, None).await;
        let whole = fs::read(&drill.file).unwrap();
        for length in [0, 5, whole.len() / 3, whole.len() - 9, whole.len() - 1] {
            fs::write(&drill.file, &whole[..length]).unwrap();
            drill.refused(None, "is damaged").await;
        }
        for at in (20..whole.len()).step_by(whole.len() / 9).chain([whole.len() - 5]) {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            fs::write(&drill.file, changed).unwrap();
            drill.refused(None, "is damaged").await;
        }
        fs::write(&drill.file, [whole.as_slice(), b"more"].concat()).unwrap();
        drill.refused(None, "is damaged").await;
        fs::remove_file(&drill.file).unwrap();
        drill.refused(None, "cannot be opened").await;
    }

    async fn nothing_is_restored_over_what_is_there(stage: Stage) {
        let drill = Drill::of(stage, None).await;
        let db = drill.stage.site.db();
        let before = everything(db).await;
        let said = drill.restore(db, None).await.unwrap_err().to_string();
        assert!(said.contains("This place is not empty"), "{said}");
        assert_eq!(everything(db).await, before);
        for statement in ["DELETE FROM help_line WHERE position = 3", "UPDATE public_generation SET number = 7"] {
            let folder = TempDir::new().unwrap();
            let nearly = empty(db.engine(), folder.path()).await;
            nearly.execute(statement).await.unwrap();
            let said = drill.restore(&nearly, None).await.unwrap_err().to_string();
            assert!(said.contains("This place is not empty"), "{statement}: {said}");
            nearly.close().await.unwrap();
        }
    }

    async fn a_backup_never_overwrites_a_file_and_leaves_no_half_one(stage: Stage) {
        let drill = Drill::of(stage, None).await;
        let (db, now) = (drill.stage.site.db(), drill.stage.clock.now());
        let again = backup::backup(db, None, (&drill.file, None), now).await.unwrap_err().to_string();
        assert!(again.contains("already"), "{again}");
        let other = drill.folder.path().join("other");
        let wrong = backup::backup(db, None, (&other, Some("age1nonsense")), now).await.unwrap_err().to_string();
        assert!(wrong.contains("no age recipient"), "{wrong}");
        let names: Vec<_> = fs::read_dir(drill.folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert!(!names.iter().any(|it| it.to_string_lossy().starts_with("other")), "{names:?}");
        assert!(!names.iter().any(|it| it.to_string_lossy().ends_with(".part")), "{names:?}");
    }

    async fn a_chain_that_is_not_whole_is_not_restored(stage: Stage) {
        let db = stage.site.db().clone();
        write(&db, 1).await;
        let drop_guard = match db.engine() {
            Engine::Sqlite => "DROP TRIGGER audit_event_never_changes",
            Engine::Postgres => "ALTER TABLE audit_event DISABLE TRIGGER USER",
        };
        db.execute(drop_guard).await.unwrap();
        db.execute("UPDATE audit_event SET at = 1").await.unwrap();
        Drill::of(stage, None).await.refused(None, "event 1 was changed").await;
    }

    async fn without_the_key_file_rows_come_back_and_the_signatures_wait(stage: Stage) {
        let drill = Drill::of(stage, None).await;
        let (folder, data) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        fs::copy(drill.folder.path().join("audit-head.json"), data.path().join("audit-head.json")).unwrap();
        let db = empty(drill.stage.site.db().engine(), folder.path()).await;
        let files = open::files(drill.restored().to_str().unwrap()).unwrap();
        let told = backup::restore((&db, &files), &drill.file, None, None, data.path()).await.unwrap();
        assert!(told.contains("1 of its signatures wait") && told.contains("audit-head-before-restore.json"), "{told}");
    }
}

#[tokio::test]
async fn a_database_that_is_only_now_made_is_an_empty_place() {
    let drill = Drill::of(Stage::open(Engine::Sqlite).await, None).await;
    let folder = TempDir::new().unwrap();
    let db = Db::open(&format!("sqlite://{}/new.db", folder.path().display())).await.unwrap();
    drill.restore(&db, None).await.unwrap();
    assert_eq!(everything(&db).await, everything(drill.stage.site.db()).await);
}

#[tokio::test]
async fn both_engines_have_the_same_tables_with_the_same_columns() {
    let folder = TempDir::new().unwrap();
    let mut shapes = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let db = empty(engine, folder.path()).await;
        let snapshot = Snapshot::take(&db).await.unwrap();
        let mut shape: Vec<_> = snapshot
            .tables
            .iter()
            .map(|it| (it.name.clone(), it.columns.iter().map(|it| it.name.clone()).collect::<Vec<_>>()))
            .collect();
        shape.sort();
        shapes.push(shape);
        for table in &snapshot.tables {
            let mut rows = pin!(snapshot.rows(table).await.unwrap());
            while rows.try_next().await.unwrap().is_some() {}
        }
    }
    assert_eq!(shapes[0], shapes[1]);
}
