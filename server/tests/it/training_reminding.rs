//! What becomes due: everybody is told once, in one letter, whatever happens to those who go through everybody.

use std::collections::BTreeMap;

use app::{Clock, REMINDED_AT_ONCE, remind_of_due};
use axum::http::header;
use chrono::TimeDelta;
use domain::jobs::LEASE;
use server::mail::Mailer;
use server::work::Worker;
use store::Engine;
use store::jobs::{self, Errand};
use tempfile::TempDir;
use uuid::Uuid;

use crate::jobs::enter;
use crate::me::with;
use crate::stage::{Posted, Stage, on_both};
use crate::training_requirements::{DID, FIRE, Place, place, require, theirs};

/// Volunteers by the hundred, written straight into the tables.
async fn volunteers(stage: &Stage, many: usize) {
    let db = stage.site.db();
    let spelled = |id: Uuid| match db.engine() {
        Engine::Sqlite => format!("x'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    };
    let host = spelled(stage.host().as_uuid());
    let (mut persons, mut sign_ins, mut engagements) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..many {
        let (id, row) = (spelled(Uuid::now_v7()), spelled(Uuid::now_v7()));
        persons.push(format!("({id}, 'Jo', '', 0)"));
        sign_ins.push(format!("({id}, 'volunteer-{at}@demo.example', 'x', 0)"));
        engagements.push(format!("({row}, {id}, {host}, 'volunteer', '2026-01-01')"));
    }
    for (into, rows) in [
        ("person (id, known_as, pronouns, made_at)", persons),
        ("sign_in (person_id, email, password, confirmed_at)", sign_ins),
        ("engagement (id, person_id, organisation_id, kind, from_on)", engagements),
    ] {
        db.execute(&format!("INSERT INTO {into} VALUES {}", rows.join(", "))).await.unwrap();
    }
}

/// Goes through everybody, a step at a time. `killed` are the steps at the end of which whoever takes them is killed.
async fn go_through(stage: &Stage, killed: &[usize]) -> (usize, Vec<Posted>) {
    let db = stage.site.db();
    enter(stage, &Errand::RemindOfDue(None)).await;
    let (mut steps, mut letters) = (0, Vec::new());
    while let Some(claim) = jobs::claim(db, "a", stage.clock.now(), LEASE).await.unwrap() {
        let reminding = match &claim.errand {
            Errand::RemindOfDue(after) => {
                Some(remind_of_due(&stage.site, *after, REMINDED_AT_ONCE).await.unwrap())
            }
            Errand::SendMail(letter) => {
                letters.push(Posted { to: letter.to.as_str().to_owned(), text: letter.text.clone() });
                None
            }
            other => panic!("{other:?}"),
        };
        let tx = db.begin().await.unwrap();
        if let Some(reminding) = reminding {
            reminding.keep(&tx, stage.clock.now()).await.unwrap();
            steps += 1;
            if killed.contains(&steps) {
                drop(tx);
                stage.clock.wait(LEASE + TimeDelta::milliseconds(1));
                continue;
            }
        }
        assert!(jobs::done(&tx, &claim).await.unwrap());
        tx.commit().await.unwrap();
    }
    (steps, letters)
}

on_both! {
    async fn a_thousand_people_are_told_once_each_though_the_run_is_killed_in_the_middle(stage: Stage) {
        let Place { mut kim, required, .. } = place(&stage).await;
        require(&mut kim, &required, &FIRE).await;
        volunteers(&stage, 1000).await;
        stage.letters().await;
        // With the administrator, the coordinator and Sam there are 1,003: eleven steps, and two that were taken twice.
        let (steps, letters) = go_through(&stage, &[1, 3]).await;
        assert_eq!((steps, REMINDED_AT_ONCE), (13, 100));
        let mut times = BTreeMap::new();
        for it in &letters {
            *times.entry(it.to.as_str()).or_insert(0) += 1;
            assert!(it.text.contains("Fire safety, for Our college"), "{}", it.text);
        }
        assert_eq!((times.len(), letters.len()), (1001, 1001), "each volunteer, and nobody twice");
        assert!(times.contains_key("sam@demo.example") && !times.contains_key("kim@demo.example"));
        assert_eq!(go_through(&stage, &[]).await.1.len(), 0, "the same night once more");
        stage.clock.wait(TimeDelta::days(1));
        assert_eq!(go_through(&stage, &[]).await.1.len(), 0, "and the next night");
    }

    async fn one_letter_tells_of_all_that_becomes_due_and_tells_of_what_is_past_again_after_four_weeks(stage: Stage) {
        let Place { mut kim, required, .. } = place(&stage).await;
        require(&mut kim, &required, &FIRE).await;
        let manual = with(&with(&with(&FIRE, "code", "lift-1"), "title", "Lifting"), "weeks", "2");
        require(&mut kim, &required, &manual).await;
        stage.letters().await;
        let told = async || {
            let letters = go_through(&stage, &[]).await.1;
            letters.into_iter().map(|it| (it.to, it.text)).collect::<Vec<_>>()
        };
        let letters = told().await;
        let [(to, text)] = &letters[..] else { panic!("{letters:?}") };
        assert_eq!(to, "sam@demo.example");
        for said in ["- Lifting, for Our college. Please do it by 5 December 2026.", "- Fire safety, for Our college. Please do it by 19 December 2026.", "It then counts for 12 months", "http://127.0.0.1:3000/training/required", "ask whoever coordinates"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(text.find("Lifting") < text.find("Fire safety"), "what comes first stands first");
        stage.clock.wait(TimeDelta::days(15));
        let letters = told().await;
        assert!(letters.len() == 1 && letters[0].1.contains("It was asked for by 5 December 2026") && !letters[0].1.contains("Fire"), "{letters:?}");
        stage.clock.wait(TimeDelta::days(27));
        let letters = told().await;
        assert!(letters.len() == 1 && letters[0].1.contains("Fire safety") && !letters[0].1.contains("Lifting"), "{letters:?}");
        stage.clock.wait(TimeDelta::days(1));
        assert!(told().await.iter().all(|it| it.1.contains("Lifting") && !it.1.contains("Fire")));
        stage.clock.wait(TimeDelta::days(1));
        assert!(told().await.is_empty());
    }

    async fn nobody_is_written_to_who_has_a_day_is_away_or_would_rather_be_rung(stage: Stage) {
        let Place { mut kim, mut sam, required, .. } = place(&stage).await;
        let requirement = require(&mut kim, &required, &FIRE).await;
        let page = theirs(&mut kim, &requirement, "Sam").await;
        let folder = TempDir::new().unwrap();
        stage.letters().await;
        let sent = async || {
            let mailer = Mailer::outbox(folder.path().into(), "alongside@localhost".parse().unwrap());
            let mut worker = Worker::new(stage.site.clone(), mailer);
            enter(&stage, &Errand::RemindOfDue(None)).await;
            while worker.turn().await.unwrap() {}
            std::fs::read_dir(folder.path()).unwrap().count()
        };
        let booked = [("book_day", "24"), ("book_month", "11"), ("book_year", "2026")];
        assert!(kim.post(&format!("{page}/book"), &booked).await.status.is_redirection());
        assert_eq!(sent().await, 0, "a day is set");
        stage.clock.wait(TimeDelta::days(4));
        let about = [("known_as", "Sam"), ("pronouns", ""), ("way", "phone"), ("phone", "07700 900123"), ("note", "")];
        assert_eq!(sam.post("/me/about", &about).await.header(header::LOCATION), "/me?done=about");
        assert!(sam.get("/training/required").await.body.contains("You would rather be rung or sent a text, so no letters come"));
        assert_eq!(sent().await, 0, "they would rather be rung");
        let about = with(&about, "way", "email");
        assert_eq!(sam.post("/me/about", &about).await.header(header::LOCATION), "/me?done=about");
        assert!(sam.get("/training/required").await.body.contains("When something comes up you get a letter"));
        assert_eq!(sent().await, 1, "the day went by, and a letter is how it is best to reach them");
        assert_eq!(sent().await, 1);
        let did = with(&DID, "on_day", "24");
        assert!(kim.post(&format!("{page}/record"), &did).await.status.is_redirection());
        stage.clock.wait(TimeDelta::days(60));
        assert_eq!(sent().await, 1, "it is there");
    }

    async fn the_database_itself_lets_nobody_be_told_the_same_twice(stage: Stage) {
        let Place { mut kim, required, .. } = place(&stage).await;
        require(&mut kim, &required, &FIRE).await;
        stage.letters().await;
        go_through(&stage, &[]).await;
        let db = stage.site.db();
        let twice = "INSERT INTO requirement_told SELECT person_id, requirement_id, reminder, due_on, told_on FROM requirement_told";
        assert!(db.execute(twice).await.is_err(), "requirement_told_once");
        let again = match db.engine() {
            Engine::Sqlite => "UPDATE requirement_told SET told_on = date(told_on, '+60 days')",
            Engine::Postgres => "UPDATE requirement_told SET told_on = told_on + 60",
        };
        let refused = db.execute(again).await.unwrap_err().to_string();
        assert!(refused.contains("requirement_told_again_after_weeks"), "{refused}");
        let past = "UPDATE requirement_told SET reminder = 'missing'";
        assert!(db.execute(past).await.is_err(), "nor is it rewritten");
    }
}
