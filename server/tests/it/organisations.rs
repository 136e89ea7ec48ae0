//! The organisations of the partnership, what holds in each, and work that got stuck.

use axum::http::{StatusCode, header};
use domain::sign_in::EmailAddress;
use store::jobs::Errand;

use crate::inviting::action;
use crate::jobs::{enter, exhaust, letter};
use crate::me::{joined, link, with};
use crate::stage::{Browser, PASSWORD, Stage, on_both};

const KIM: &str = "kim@demo.example";
const MIND: [(&str, &str); 4] =
    [("name", "Riverside Mind"), ("kind", "charity"), ("parent", ""), ("email", KIM)];

/// Shows once more that it is still them, as is asked before what is dangerous.
async fn step_up(stage: &Stage, browser: &mut Browser<'_>) {
    stage.clock.wait(chrono::TimeDelta::seconds(30));
    let code = browser.phone.as_ref().map(|it| it.code(app::Clock::now(&stage.clock))).unwrap();
    let seen = browser.post("/step-up", &[("sign_in_code", &code), ("next", "/today")]).await;
    assert_eq!(seen.header(header::LOCATION), "/today", "{}", seen.body);
}

on_both! {
    async fn an_organisation_is_added_and_its_first_administrator_joins(stage: Stage) {
        let mut admin = stage.administrator().await;
        assert!(admin.get("/me").await.body.contains("href=\"/organisations\""));
        assert_eq!(admin.post("/organisations", &MIND).await.header(header::LOCATION), "/organisations?done=added");
        let page = admin.get("/organisations").await;
        assert!(page.body.contains("Riverside Mind") && page.body.contains("Nobody administers it yet"));
        let again = admin.post("/organisations", &MIND).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a second tap adds no second");

        let sent = stage.letters().await.remove(0).link();
        let mut kim = stage.joined(&sent, KIM, "Kim").await;
        assert!(!admin.get("/organisations").await.body.contains("Nobody administers it yet"));
        let people = link(&kim.get("/me").await, "/organisation/");
        assert!(kim.get(&people).await.body.contains("People of Riverside Mind"));
        assert_eq!(admin.get(&people).await.status, StatusCode::NOT_FOUND, "who runs the site does not look in");
        assert_eq!(kim.get("/organisations").await.status, StatusCode::NOT_FOUND);
        let host = format!("{}/people", stage.organisation());
        assert!(!admin.get(&host).await.body.contains("Kim"), "nobody else sees who is there");
    }

    async fn its_first_administrator_is_invited_again_while_there_is_none(stage: Stage) {
        let mut admin = stage.administrator().await;
        admin.post("/organisations", &MIND).await;
        let lost = stage.letters().await.remove(0).link();
        let again = link(&admin.get("/organisations").await, "/organisations/");
        assert_eq!(admin.post(&again, &[("email", "kim")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(admin.post(&again, &[("email", KIM)]).await.header(header::LOCATION), "/organisations?done=invited");
        let sent = stage.letters().await.remove(0).link();
        assert!(stage.get(&lost).await.body.contains("withdrawn"), "the first link opens nothing any more");
        stage.joined(&sent, KIM, "Kim").await;
        let late = admin.post(&again, &[("email", "jo@demo.example")]).await;
        assert!(late.body.contains("Somebody administers this organisation by now"), "{}", late.body);
        let nowhere = "/organisations/00000000-0000-7000-8000-000000000009/administrator";
        assert_eq!(admin.get(nowhere).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_mistyped_organisation_is_kept_on_the_page(stage: Stage) {
        let mut admin = stage.administrator().await;
        for odd in crate::me::ODD {
            let seen = admin.post("/organisations", &with(&MIND, "parent", odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
            assert!(seen.body.contains("value=\"Riverside Mind\"") && seen.body.contains(KIM));
        }
        let seen = admin.post("/organisations", &with(&MIND, "name", "<b>Here</b>")).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER);
        assert!(admin.get("/organisations").await.body.contains("&lt;b&gt;Here&lt;/b&gt;"));
    }

    async fn settings_show_at_once_on_public_pages(stage: Stage) {
        let mut admin = stage.administrator().await;
        let path = format!("{}/settings", stage.organisation());
        assert!(admin.get(&path).await.body.contains("value=\"18\""));
        let kept = admin.post(&path, &[("name", "Riverside College"), ("minimum_age", "16")]).await;
        assert_eq!(kept.header(header::LOCATION), format!("{path}?done=kept"));
        assert!(stage.get("/register").await.body.contains("Are you at least 16?"));
        for age in ["", "13", "twelve", "🦋", "-18"] {
            let seen = admin.post(&path, &[("name", "Riverside College"), ("minimum_age", age)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{age:?}");
        }
        admin.post("/organisations", &MIND).await;
        let taken = admin.post(&path, &[("name", "riverside MIND"), ("minimum_age", "18")]).await;
        assert!(taken.body.contains("has this name already"), "{}", taken.body);
    }

    async fn an_organisation_says_it_in_its_own_words(stage: Stage) {
        let mut admin = stage.administrator().await;
        let (base, words) = (stage.organisation(), format!("{}/words", stage.organisation()));
        let kept = admin.post(&words, &[("peer_mentor", "Walking <i>companion</i>")]).await;
        assert_eq!(kept.header(header::LOCATION), format!("{base}/settings?done=kept"));
        assert!(admin.get(&words).await.body.contains("value=\"Walking &lt;i&gt;companion&lt;/i&gt;\""));
        let mut kim = joined(&stage, &mut admin, (KIM, "Kim", "peer_mentor")).await;
        for page in [kim.get("/me").await, admin.get(&format!("{base}/people")).await] {
            assert!(page.body.contains("Walking &lt;i&gt;companion&lt;/i&gt; "), "{}", page.body);
        }
        let both = admin.post(&words, &[("tutor", "Guide"), ("supporter", "guide")]).await;
        assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(both.body.contains("could not tell them apart") && both.body.contains("value=\"Guide\""));
        admin.post(&words, &[]).await;
        assert!(kim.get("/me").await.body.contains("Peer mentor"), "ours come back");
    }

    async fn the_second_factor_is_switched_off_only_by_who_has_just_given_theirs(stage: Stage) {
        let mut admin = stage.administrator().await;
        let path = format!("{}/second-factor", stage.organisation());
        stage.clock.wait(chrono::TimeDelta::minutes(11));
        assert!(admin.get(&path).await.header(header::LOCATION).starts_with("/step-up"), "asked once more");
        step_up(&stage, &mut admin).await;
        assert_eq!(admin.post(&path, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let kept = admin.post(&path, &[("second_factor", "not-asked")]).await;
        assert_eq!(kept.header(header::LOCATION), format!("{}/settings?done=not-asked", stage.organisation()));
        let mut kim = joined(&stage, &mut admin, (KIM, "Kim", "administrator")).await;
        assert!(kim.phone.is_none(), "a password is enough now");
        assert_eq!(kim.get(&format!("{}/people", stage.organisation())).await.status, StatusCode::OK);

        assert_eq!(admin.post(&path, &[("second_factor", "asked")]).await.status, StatusCode::SEE_OTHER);
        let people = kim.get(&format!("{}/people", stage.organisation())).await;
        assert_ne!(people.status, StatusCode::OK, "whoever is in already is asked too");
        let mut seen = stage.browser();
        let seen = seen.post("/sign-in", &[("email", KIM), ("password", PASSWORD)]).await;
        assert!(seen.body.contains("Set up a second step"), "{}", seen.body);
    }

    async fn whoever_lost_phone_and_codes_is_let_in_by_whoever_holds_the_machine(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = joined(&stage, &mut admin, (KIM, "Kim", "tutor")).await;
        let email = EmailAddress::parse(KIM).unwrap();
        let lost = async |email: &EmailAddress| {
            let at = (email, "http://127.0.0.1:3000");
            app::let_go_of_second_factor(stage.site.db(), at, app::Clock::now(&stage.clock)).await.unwrap()
        };
        assert_eq!(lost(&email).await, app::LetGo::Done);
        assert_eq!(lost(&email).await, app::LetGo::HadNone, "once is enough");
        assert_eq!(lost(&EmailAddress::parse("x@demo.example").unwrap()).await, app::LetGo::Nobody);
        let letter = stage.letters().await.remove(0);
        assert!(letter.to == KIM && letter.text.contains("signed out everywhere"));

        stage.site.refresh_ended().await.unwrap();
        assert_eq!(kim.get("/me").await.status, StatusCode::SEE_OTHER, "signed out");
        let asked = stage.browser().post("/sign-in", &[("email", KIM), ("password", PASSWORD)]).await;
        assert!(asked.body.contains("Set up a second step"), "{}", asked.body);
    }

    async fn work_that_got_stuck_is_tried_again_or_let_go(stage: Stage) {
        for _ in 0..2 {
            enter(&stage, &Errand::SendMail(letter())).await;
            exhaust(&stage).await;
        }
        let mut admin = stage.administrator().await;
        let page = admin.get("/jobs").await;
        assert_eq!(page.body.matches("A letter of ").count(), 2, "{}", page.body);
        assert!(!page.body.contains(letter().to.as_str()), "nobody reads to whom it goes");
        let (retry, drop_it) = (action(&page, "/retry"), action(&page, "/drop"));
        assert_eq!(admin.post(&retry, &[]).await.header(header::LOCATION), "/jobs?done=retried");
        assert_eq!(admin.post(&retry, &[]).await.status, StatusCode::NOT_FOUND, "a second tap finds it gone");
        assert_eq!(admin.post(&drop_it, &[]).await.status, StatusCode::NOT_FOUND, "it is being tried");
        let page = admin.get("/jobs").await;
        assert_eq!(admin.post(&action(&page, "/drop"), &[]).await.header(header::LOCATION), "/jobs?done=dropped");
        assert!(admin.get("/jobs").await.body.contains("Nothing is stuck."));
    }
}
