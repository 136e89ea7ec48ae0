//! The gate before what somebody has accepted to be begins.

use axum::http::{StatusCode, header};

use crate::me::{joined, link, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Stage, on_both};
use crate::training_requirements::{DID, FIRE, require};
use crate::training_vetting::{CHECK, ROLE};

/// Those who have to do with it, and where checks and training are.
struct Place<'a> {
    admin: Browser<'a>,
    kim: Browser<'a>,
    vera: Browser<'a>,
    up: String,
}

async fn place(stage: &Stage) -> Place<'_> {
    let mut admin = stage.administrator().await;
    let kim = joined(stage, &mut admin, ("kim@demo.example", "Kim", "coordinator")).await;
    let vera = joined(stage, &mut admin, ("vera@demo.example", "Vera", "vetting")).await;
    Place { admin, kim, vera, up: format!("/training/at/{}", stage.host()) }
}

/// Lets volunteers be checked.
async fn asks(vera: &mut Browser<'_>, up: &str) {
    let seen = vera.post(&format!("{up}/checks/roles/volunteer"), &ROLE).await;
    assert!(seen.status.is_redirection(), "{}", seen.body);
}

on_both! {
    async fn what_somebody_accepted_waits_for_the_check_and_begins_by_itself(stage: Stage) {
        let Place { mut admin, mut kim, mut vera, up } = place(&stage).await;
        assert!(kim.get(&format!("{up}/waiting")).await.body.contains("Nobody waits"));
        asks(&mut vera, &up).await;
        let mut sam = joined(&stage, &mut admin, ("sam@demo.example", "Sam", "volunteer")).await;
        let me = sam.get("/me").await;
        assert!(me.body.contains("Volunteer with Our college, which you have accepted, waits for the check that the role asks for"), "{}", me.body);
        assert!(me.body.contains("Applicant with Our college") && !me.body.contains("Volunteer with Our college since"), "{}", me.body);
        assert!(sam.get("/me/log").await.body.contains("Accepted an invitation to something that waits"));
        let list = kim.get(&format!("{up}/waiting")).await;
        assert!(list.body.contains("<bdi>Sam</bdi>") && list.body.contains("the check that the role asks for") && !list.body.contains("/begin"), "{}", list.body);
        let checks = vera.get(&format!("{up}/checks")).await;
        let theirs = link(&checks, &format!("{up}/checks/people/"));
        assert!(checks.body.contains("Waiting for their check"), "{}", checks.body);
        let may_not = with(&CHECK, "outcome", "may_not");
        assert!(vera.post(&theirs, &may_not).await.status.is_redirection());
        assert!(kim.get(&format!("{up}/waiting")).await.body.contains("the check that the role asks for"), "and no more than that");
        assert!(vera.post(&theirs, &CHECK).await.status.is_redirection());
        let me = sam.get("/me").await;
        assert!(me.body.contains("Volunteer with Our college since 21 November 2026") && !me.body.contains("waits for"), "{}", me.body);
        assert!(kim.get(&format!("{up}/waiting")).await.body.contains("Nobody waits"));
        assert!(sam.get("/me/log").await.body.contains("Began as what you had accepted"));
    }

    async fn an_exception_that_names_somebody_alongside_lets_it_begin(stage: Stage) {
        let Place { mut admin, mut vera, up, .. } = place(&stage).await;
        asks(&mut vera, &up).await;
        let mut sam = joined(&stage, &mut admin, ("sam@demo.example", "Sam", "volunteer")).await;
        let theirs = link(&vera.get(&format!("{up}/checks")).await, &format!("{up}/checks/people/"));
        let page = vera.get(&theirs).await;
        let guide = crate::me::option(&page, "Kim");
        let form = [("kind", "volunteer"), ("guide", &*guide), ("duties", "Makes tea, with Kim there"), ("until_day", "20"), ("until_month", "12"), ("until_year", "2026")];
        let seen = vera.post(&format!("{theirs}/exception"), &form).await;
        assert_eq!(seen.header(header::LOCATION), format!("{theirs}?done=excepted"), "{}", seen.body);
        assert!(sam.get("/me").await.body.contains("Volunteer with Our college since 21 November 2026"));
    }

    async fn training_before_starting_is_waited_for_and_a_press_too_early_begins_nothing(stage: Stage) {
        let Place { mut admin, mut kim, up, .. } = place(&stage).await;
        let before = [&FIRE[..], &[("before", "yes")]].concat();
        let requirement = require(&mut kim, &format!("{up}/requirements"), &before).await;
        assert!(kim.get(&requirement).await.body.contains("Before they start."));
        let mut sam = joined(&stage, &mut admin, ("sam@demo.example", "Sam", "volunteer")).await;
        assert!(sam.get("/me").await.body.contains("waits for Fire safety"));
        let list = kim.get(&format!("{up}/waiting")).await;
        let record = link(&list, &format!("{up}/people/"));
        let person = record.split("/people/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let waiting = stage.site.db();
        let id = store::training::starts::waiting(waiting, store::training::starts::Whose::Of(person.parse().unwrap()), 9).await.unwrap()[0].id;
        let begin = format!("{up}/waiting/{id}/begin");
        let early = kim.post(&begin, &[]).await;
        assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("It cannot begin yet") && early.title().starts_with("Error: "), "{}", early.body);
        assert_eq!(sam.post(&begin, &[]).await.status, StatusCode::NOT_FOUND);
        let record_id = hidden(&kim.get(&record).await, "id");
        let form = [&DID[..], &[("id", &*record_id)]].concat();
        for _ in 0..2 {
            assert!(kim.post(&format!("{record}/record"), &form).await.status.is_redirection());
        }
        let me = sam.get("/me").await;
        assert_eq!(me.body.matches("Volunteer with Our college since").count(), 1, "{}", me.body);
        assert_eq!(kim.post(&begin, &[]).await.status, StatusCode::NOT_FOUND, "it waits no more");
    }

    async fn what_does_not_begin_after_all_is_let_go_and_can_be_accepted_again(stage: Stage) {
        let Place { mut admin, mut kim, mut vera, up } = place(&stage).await;
        asks(&mut vera, &up).await;
        let mut sam = joined(&stage, &mut admin, ("sam@demo.example", "Sam", "volunteer")).await;
        let list = kim.get(&format!("{up}/waiting")).await;
        let action = list.body.split("action=\"").find(|it| it.contains("/let-go\"")).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(sam.post(&action, &[]).await.status, StatusCode::NOT_FOUND);
        stage.letters().await;
        for _ in 0..2 {
            // A second tap.
            assert_eq!(kim.post(&action, &[]).await.header(header::LOCATION), format!("{up}/waiting?done=gone"));
        }
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].to == "sam@demo.example" && letters[0].link() == "/me", "{letters:?}");
        assert!(!sam.get("/me").await.body.contains("waits for") && kim.get(&format!("{up}/waiting")).await.body.contains("Nobody waits"));
    }

    async fn where_nothing_is_stated_nothing_waits_and_whoever_is_there_stays(stage: Stage) {
        let Place { mut admin, mut kim, mut vera, up } = place(&stage).await;
        let mut sam = joined(&stage, &mut admin, ("sam@demo.example", "Sam", "volunteer")).await;
        asks(&mut vera, &up).await;
        assert!(sam.get("/me").await.body.contains("Volunteer with Our college since 21 November 2026"), "what has begun goes on");
        let mut toni = joined(&stage, &mut admin, ("toni@demo.example", "Toni", "tutor")).await;
        assert!(toni.get("/me").await.body.contains("Tutor with Our college since 21 November 2026"));
        assert!(kim.get(&format!("{up}/waiting")).await.body.contains("Nobody waits"));
        // What the role asked for is taken back: whoever waited begins with one press.
        let mut jo = joined(&stage, &mut admin, ("jo@demo.example", "Jo", "volunteer")).await;
        assert!(jo.get("/me").await.body.contains("waits for the check"));
        let none = with(&with(&ROLE, "level", "none"), "revision", "1");
        assert!(vera.post(&format!("{up}/checks/roles/volunteer"), &none).await.status.is_redirection());
        let list = kim.get(&format!("{up}/waiting")).await;
        assert!(list.body.contains("Everything is there"), "{}", list.body);
        let action = list.body.split("action=\"").find(|it| it.contains("/begin\"")).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(kim.post(&action, &[]).await.header(header::LOCATION), format!("{up}/waiting?done=begun"));
        assert!(jo.get("/me").await.body.contains("Volunteer with Our college since 21 November 2026"));
    }

    async fn what_began_before_a_role_asked_for_a_check_comes_back_from_a_backup(stage: Stage) {
        // Rows go in table by table: what somebody is before what roles ask for, so that the guard looks at neither.
        let tables = store::archive::Snapshot::take(stage.site.db()).await.unwrap().tables;
        let at = |name: &str| tables.iter().position(|it| it.name == name).unwrap();
        assert!(at("engagement") < at("vetting_role"));
    }

    async fn the_database_itself_lets_nobody_begin_before_their_check(stage: Stage) {
        let Place { mut admin, mut vera, up, .. } = place(&stage).await;
        asks(&mut vera, &up).await;
        joined(&stage, &mut admin, ("sam@demo.example", "Sam", "volunteer")).await;
        let id = match stage.site.db().engine() {
            store::Engine::Sqlite => "randomblob(16)",
            store::Engine::Postgres => "gen_random_uuid()",
        };
        let begins = format!("INSERT INTO engagement (id, person_id, organisation_id, kind, from_on) SELECT {id}, person_id, organisation_id, kind, from_on FROM engagement_waiting");
        let refused = stage.site.db().execute(&begins).await.unwrap_err().to_string();
        assert!(refused.contains("engagement_begins_after_its_check"), "{refused}");
        let twice = format!("INSERT INTO engagement_waiting SELECT {id}, organisation_id, person_id, kind, basis, from_on, since_on FROM engagement_waiting");
        assert!(stage.site.db().execute(&twice).await.is_err(), "engagement_waiting_once");
    }
}
