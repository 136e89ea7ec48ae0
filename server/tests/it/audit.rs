//! What was done stays written down, whoever would like it otherwise.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use server::audit;
use server::keys::Keys;
use store::audit::{Action, COURSE_PUBLISHED, Event, append};
use store::{Db, Engine};
use tempfile::TempDir;
use uuid::Uuid;

use crate::stage::on_both;

const PERSON: Uuid = Uuid::from_u128(7);

fn now() -> DateTime<Utc> {
    "2026-11-21T19:30:00Z".parse().unwrap()
}

fn event() -> Event {
    Event::new(now(), COURSE_PUBLISHED)
}

/// Writes events about a person, each in a transaction of its own.
pub(crate) async fn write(db: &Db, count: usize) {
    for number in 0..count {
        let tx = db.begin().await.unwrap();
        append(&tx, event().by(PERSON).about(PERSON).saying(format!("Words {number}"))).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// What `alongside audit verify` says.
async fn told(db: &Db, keys: &Keys, data: &TempDir) -> String {
    match audit::verify(db, keys, data.path()).await {
        Ok(said) => said,
        Err(error) => error.to_string(),
    }
}

fn around() -> (Keys, TempDir) {
    (Keys::random().unwrap(), TempDir::new().unwrap())
}

async fn refused(db: &Db, statement: &str, by: &str) {
    let said = db.execute(statement).await.unwrap_err().to_string();
    assert!(said.contains(by), "{statement}: {said}");
}

/// Takes the guards away, as somebody could who owns the database.
async fn disarm(db: &Db) {
    let statements: &[&str] = match db.engine() {
        Engine::Sqlite => &[
            "PRAGMA foreign_keys = OFF",
            "DROP TRIGGER audit_event_never_changes",
            "DROP TRIGGER audit_event_never_goes",
            "DROP TRIGGER audit_detail_never_changes",
            "DROP TRIGGER audit_head_never_changes",
            "DROP TRIGGER audit_head_never_goes",
        ],
        Engine::Postgres => &[
            "ALTER TABLE audit_event DISABLE TRIGGER USER",
            "ALTER TABLE audit_detail DISABLE TRIGGER USER",
            "ALTER TABLE audit_head DISABLE TRIGGER USER",
            "ALTER TABLE audit_head DROP CONSTRAINT audit_head_of_an_event",
            "ALTER TABLE audit_detail DROP CONSTRAINT audit_detail_of_an_event",
        ],
    };
    for statement in statements {
        db.execute(statement).await.unwrap();
    }
}

fn blob(engine: Engine, byte: &str) -> String {
    let hex = byte.repeat(32);
    match engine {
        Engine::Sqlite => format!("x'{hex}'"),
        Engine::Postgres => format!("'\\x{hex}'::bytea"),
    }
}

on_both! {
    async fn an_event_cannot_be_changed_deleted_replaced_or_emptied(stage: Stage) {
        let db = stage.site.db();
        write(db, 2).await;
        let (keys, data) = around();
        audit::sign(db, &keys, data.path(), now()).await.unwrap();
        for statement in [
            "UPDATE audit_event SET at = 0 WHERE sequence = 1",
            "UPDATE audit_detail SET detail = 'other' WHERE sequence = 1",
            "UPDATE audit_head SET kid = 'other'",
        ] {
            refused(db, statement, "never_changes").await;
        }
        refused(db, "DELETE FROM audit_event WHERE sequence = 2", "audit_event_never").await;
        refused(db, "DELETE FROM audit_head", "audit_head_never").await;
        match db.engine() {
            Engine::Sqlite => {
                for (table, by) in [
                    ("audit_event", "audit_event_follows_the_last"),
                    ("audit_detail", "audit_detail_is_not_replaced"),
                    ("audit_head", "audit_head_is_not_replaced"),
                ] {
                    refused(db, &format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"), by).await;
                    refused(db, &format!("INSERT OR IGNORE INTO {table} SELECT * FROM {table} LIMIT 1"), by).await;
                }
            }
            Engine::Postgres => {
                for table in ["audit_event", "audit_detail", "audit_head"] {
                    refused(db, &format!("TRUNCATE {table} CASCADE"), "is_never_emptied").await;
                }
                refused(
                    db,
                    "INSERT INTO audit_event SELECT * FROM audit_event LIMIT 1 \
                     ON CONFLICT (sequence) DO UPDATE SET at = 0",
                    "audit_event_follows_the_last",
                ).await;
                let replica = "SET session_replication_role = replica; DELETE FROM audit_event WHERE sequence = 2";
                refused(db, replica, "audit_event_never").await;
            }
        }
        assert_eq!(told(db, &keys, &data).await, "The audit is whole: 2 events, 2 signatures.");
    }

    async fn an_event_joins_the_chain_at_its_end_or_not_at_all(stage: Stage) {
        let db = stage.site.db();
        write(db, 1).await;
        let insert = |sequence: i64, previous: &str| {
            let hash = blob(db.engine(), "bb");
            format!(
                "INSERT INTO audit_event (sequence, at, action, previous, hash)
                 VALUES ({sequence}, 0, 'course_published', {previous}, {hash})"
            )
        };
        let last = "(SELECT hash FROM audit_event WHERE sequence = 1)";
        for (sequence, previous) in [(3, last), (2, blob(db.engine(), "00").as_str()), (0, last)] {
            refused(db, &insert(sequence, previous), "audit_event_follows_the_last").await;
        }
    }

    async fn the_database_knows_every_action_and_every_restriction_has_its_reason(stage: Stage) {
        let db = stage.site.db();
        let tx = db.begin().await.unwrap();
        let unknown = Event::new(now(), Action::named("made_up"));
        assert!(append(&tx, unknown).await.is_err());
        drop(tx);
        let hash = blob(db.engine(), "bb");
        let first = blob(db.engine(), "00");
        refused(
            db,
            &format!(
                "INSERT INTO audit_event (sequence, at, action, restricted_until, previous, hash)
                 VALUES (1, 0, 'course_published', '2026-11-21', {first}, {hash})"
            ),
            "audit_restricted_with_reason",
        ).await;
    }

    async fn many_at_once_still_make_one_chain(stage: Stage) {
        let db = stage.site.db();
        let writers: Vec<_> = (0..12).map(|_| tokio::spawn({ let db = db.clone(); async move { write(&db, 5).await } })).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let (keys, data) = around();
        assert_eq!(told(db, &keys, &data).await, "The audit is whole: 60 events, none signed yet.");
    }

    async fn what_is_rolled_back_leaves_no_gap(stage: Stage) {
        let db = stage.site.db();
        write(db, 1).await;
        let tx = db.begin().await.unwrap();
        assert_eq!(append(&tx, event()).await.unwrap(), 2);
        drop(tx);
        let tx = db.begin().await.unwrap();
        assert_eq!(append(&tx, event()).await.unwrap(), 2);
        assert_eq!(append(&tx, event()).await.unwrap(), 3);
        tx.commit().await.unwrap();
        let (keys, data) = around();
        assert_eq!(told(db, &keys, &data).await, "The audit is whole: 3 events, none signed yet.");
    }

    async fn words_can_be_erased_and_the_chain_stays_whole(stage: Stage) {
        let db = stage.site.db();
        write(db, 2).await;
        let tx = db.begin().await.unwrap();
        store::audit::erase_detail(&tx, 1, Uuid::from_u128(1), now()).await.unwrap();
        // Nothing more to erase, so nothing to write down.
        store::audit::erase_detail(&tx, 1, Uuid::from_u128(1), now()).await.unwrap();
        tx.commit().await.unwrap();
        let seen = store::audit::about(db, PERSON, now().date_naive(), None, 10).await.unwrap();
        let words: Vec<_> = seen.iter().map(|it| it.detail.as_deref()).collect();
        assert_eq!(words, [Some("event 1"), Some("Words 1"), None]);
        let (keys, data) = around();
        assert_eq!(told(db, &keys, &data).await, "The audit is whole: 3 events, none signed yet.");
    }

    async fn everybody_sees_their_part_and_what_is_restricted_only_after_its_review(stage: Stage) {
        let db = stage.site.db();
        write(db, 3).await;
        let review = now().date_naive();
        let tx = db.begin().await.unwrap();
        append(&tx, event().about(PERSON).restricted(review, "A concern is being looked into.")).await.unwrap();
        append(&tx, event().about(Uuid::from_u128(8))).await.unwrap();
        tx.commit().await.unwrap();
        let seen = async |today: NaiveDate, before, limit| {
            let entries = store::audit::about(db, PERSON, today, before, limit).await.unwrap();
            entries.into_iter().map(|it| it.sequence).collect::<Vec<_>>()
        };
        assert_eq!(seen(review, None, 10).await, [3, 2, 1]);
        assert_eq!(seen(review + Days::new(1), None, 10).await, [4, 3, 2, 1]);
        assert_eq!(seen(review, None, 2).await, [3, 2]);
        assert_eq!(seen(review, Some(2), 2).await, [1]);
    }

    async fn the_head_is_signed_once_a_day(stage: Stage) {
        let db = stage.site.db();
        let (keys, data) = around();
        audit::sign(db, &keys, data.path(), now()).await.unwrap();
        assert_eq!(told(db, &keys, &data).await, "The audit is whole: no events yet.");
        write(db, 1).await;
        for hours in [0, 1, 24, 25] {
            audit::sign(db, &keys, data.path(), now() + TimeDelta::hours(hours)).await.unwrap();
        }
        // Two in the database and the copy of the newest.
        assert_eq!(told(db, &keys, &data).await, "The audit is whole: one event, 3 signatures.");
        let strangers = Keys::random().unwrap();
        assert!(told(db, &strangers, &data).await.contains("which is not in the key file"));
    }

    async fn a_changed_event_is_found(stage: Stage) {
        let db = stage.site.db();
        write(db, 3).await;
        let (keys, data) = around();
        disarm(db).await;
        db.execute("UPDATE audit_event SET at = at + 1 WHERE sequence = 2").await.unwrap();
        assert_eq!(told(db, &keys, &data).await, "The audit is not whole: event 2 was changed (3 events were read).");
    }

    async fn changed_words_are_found(stage: Stage) {
        let db = stage.site.db();
        write(db, 2).await;
        let (keys, data) = around();
        disarm(db).await;
        db.execute("UPDATE audit_detail SET detail = 'other' WHERE sequence = 2").await.unwrap();
        assert!(told(db, &keys, &data).await.contains("the words of event 2 were changed"));
    }

    async fn an_event_that_is_missing_from_the_middle_is_found(stage: Stage) {
        let db = stage.site.db();
        write(db, 3).await;
        let (keys, data) = around();
        disarm(db).await;
        db.execute("DELETE FROM audit_detail").await.unwrap();
        db.execute("DELETE FROM audit_event WHERE sequence = 2").await.unwrap();
        assert_eq!(told(db, &keys, &data).await, "The audit is not whole: event 2 is missing (2 events were read).");
    }

    async fn an_end_that_was_cut_off_is_found(stage: Stage) {
        let db = stage.site.db();
        write(db, 3).await;
        let (keys, data) = around();
        audit::sign(db, &keys, data.path(), now()).await.unwrap();
        disarm(db).await;
        db.execute("DELETE FROM audit_detail").await.unwrap();
        db.execute("DELETE FROM audit_event WHERE sequence = 3").await.unwrap();
        let cut = "the end was cut off: events up to 3 were signed, the last one is 2";
        let elsewhere = TempDir::new().unwrap();
        assert!(told(db, &keys, &elsewhere).await.contains(cut));
        db.execute("DELETE FROM audit_head").await.unwrap();
        assert!(told(db, &keys, &elsewhere).await.contains("is whole"));
        assert!(told(db, &keys, &data).await.contains(cut), "the copy beside the database tells");
        let again = audit::sign(db, &keys, data.path(), now() + TimeDelta::days(1)).await.unwrap_err();
        assert!(again.to_string().contains("audit verify"), "nothing is signed over a chain that was cut");
    }

    async fn a_chain_that_was_written_anew_is_found(stage: Stage) {
        let db = stage.site.db();
        write(db, 2).await;
        let (keys, data) = around();
        audit::sign(db, &keys, data.path(), now()).await.unwrap();
        disarm(db).await;
        for table in ["audit_detail", "audit_event"] {
            db.execute(&format!("DELETE FROM {table}")).await.unwrap();
        }
        write(db, 2).await;
        assert!(told(db, &keys, &data).await.contains("event 2 is not the one that was signed"));
    }

    async fn a_forged_signature_is_found(stage: Stage) {
        let db = stage.site.db();
        write(db, 1).await;
        let (keys, data) = around();
        audit::sign(db, &keys, data.path(), now()).await.unwrap();
        disarm(db).await;
        db.execute("UPDATE audit_head SET day = '2026-11-20'").await.unwrap();
        assert!(told(db, &keys, &data).await.contains("the signature at event 1 is forged"));
    }
}
