//! What can only be seen from inside: how errands are kept, and that no question reads the whole table.

use domain::sign_in::EmailAddress;
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};

use super::*;
use crate::letter::{Letter, Subject};

fn every_errand() -> Vec<Errand> {
    let letter = Letter {
        to: EmailAddress::parse("sam@example.org").unwrap(),
        subject: Subject::parse("Confirm your address").unwrap(),
        text: "Hello".into(),
    };
    vec![
        Errand::SendMail(letter),
        Errand::ForgetSlots,
        Errand::ForgetInvitations,
        Errand::CountFeedback,
        Errand::ForgetInterest,
        Errand::TellOfRound(domain::training::RoundId::from_uuid(Uuid::nil())),
        Errand::SweepFiles,
        Errand::ForgetWitnesses,
        Errand::GatherVoices,
        Errand::RemindOfDue(Some(domain::people::PersonId::from_uuid(Uuid::nil()))),
        Errand::RemindOfSessions(Some(domain::supervision::plan::PlannedId::from_uuid(Uuid::nil()))),
        Errand::PassOnConcern(domain::concern::ConcernId::from_uuid(Uuid::nil())),
    ]
}

#[test]
fn every_errand_is_kept_under_its_kind_and_comes_back() {
    let errands = every_errand();
    assert_eq!(errands.iter().map(Errand::kind).collect::<Vec<_>>(), Errand::KINDS);
    for errand in errands {
        let payload = errand.to_payload().unwrap();
        assert!(payload.contains(&format!(r#""kind":"{}""#, errand.kind())), "{payload}");
        assert_eq!(Errand::from_payload(&payload).unwrap(), errand);
    }
}

#[test]
fn what_cannot_be_read_is_not_repeated() {
    let error = Errand::from_payload(r#"{"kind": "send_mail", "with": {"to": "sam@example.org, b@c"}}"#);
    assert!(!error.unwrap_err().to_string().contains("sam"));
}

#[test]
fn every_trouble_fits_its_column() {
    let troubles = [
        Trouble::MailRefused(u16::MAX),
        Trouble::MailUnreachable,
        Trouble::MailUnfit,
        Trouble::OutboxUnwritable,
        Trouble::Database,
        Trouble::Crashed,
        Trouble::Lost,
        Trouble::Unreadable,
    ];
    assert!(troubles.iter().all(|it| (1..=40).contains(&it.to_string().len())));
}

#[tokio::test]
async fn no_question_reads_the_whole_table() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite://{}/test.db", folder.path().display())).await.unwrap();
    Migrator::up(db.for_migrations(), None).await.unwrap();
    let now = Utc::now();
    for question in
        [ready(now), lease_run_out(now), dead::page(None, 20), dead::page(Some(Uuid::now_v7()), 20)]
    {
        let question = question.build(DbBackend::Sqlite);
        let values = question.values.clone().unwrap();
        let plan = format!("EXPLAIN QUERY PLAN {}", question.sql);
        let plan = Statement::from_sql_and_values(DbBackend::Sqlite, plan, values);
        let steps = db.read.query_all_raw(plan).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|it| it.try_get("", "detail").unwrap()).collect();
        assert!(steps.iter().all(|it| it.starts_with("SEARCH job USING INDEX")), "{steps:?}");
    }
}
