//! Asking to be told when training begins: confirmed by a letter, left by a link, forgotten after a while.

use app::Clock;
use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use store::training::interest;

use crate::me::{ODD, with};
use crate::stage::{Browser, Stage, on_both};

const KIM: &str = "kim@demo.example";

/// Fills in the form of the public page.
async fn ask(stage: &Stage, browser: &mut Browser<'_>, email: &str) -> crate::stage::Seen {
    browser.post("/training/join", &form(&stage.host().to_string(), email)).await
}

fn form<'a>(organisation: &'a str, email: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("organisation", organisation),
        ("known_as", "Kim"),
        ("email", email),
        ("role", "not_sure"),
        ("consent", "1"),
    ]
}

/// How many are on the list.
async fn listed(stage: &Stage) -> usize {
    interest::how_many(stage.site.db(), stage.host(), 100).await.unwrap()
}

on_both! {
    async fn nobody_is_on_the_list_who_did_not_confirm(stage: Stage) {
        let mut kim = stage.browser();
        let page = kim.get("/training/join").await;
        assert!(page.body.contains("Put me on the list") && page.body.contains("It forgets me two years after"), "{}", page.body);
        assert_eq!(ask(&stage, &mut kim, KIM).await.header(header::LOCATION), "/training/join/sent");
        assert_eq!(listed(&stage).await, 0, "not before the link");
        let letter = stage.letters().await.pop().unwrap();
        assert_eq!(letter.to, KIM);
        assert!(letter.text.contains("Our college") && !letter.text.contains("/training/leave/"));
        let link = letter.link();
        assert!(kim.get(&link).await.body.contains("One tap, and you are on the list."));
        assert_eq!(listed(&stage).await, 0, "opening it uses nothing up");
        assert_eq!(kim.post(&link, &[]).await.header(header::LOCATION), "/training/join/done");
        assert_eq!(listed(&stage).await, 1);
        let again = kim.post(&link, &[]).await;
        assert!(again.status == StatusCode::NOT_FOUND && again.body.contains("so you are on the list"), "{}", again.body);
    }

    async fn an_address_that_is_on_the_list_gets_the_same_page_and_a_second_tap_no_second_letter(stage: Stage) {
        let mut kim = stage.browser();
        let first = ask(&stage, &mut kim, KIM).await;
        let second = ask(&stage, &mut kim, KIM).await;
        assert_eq!(first.header(header::LOCATION), second.header(header::LOCATION));
        let letters = stage.letters().await;
        assert_eq!(letters.len(), 1, "one letter in ten minutes");
        kim.post(&letters[0].link(), &[]).await;
        stage.clock.wait(TimeDelta::minutes(10));
        let third = ask(&stage, &mut kim, "KIM@demo.example").await;
        assert_eq!((third.status, third.header(header::LOCATION)), (first.status, first.header(header::LOCATION)));
        let letter = stage.letters().await.pop().unwrap();
        assert!(letter.text.contains("You are on this list already"), "only whoever reads mail there is told");
        let leave = letter.text.split("http://127.0.0.1:3000").nth(2).unwrap().split_whitespace().next().unwrap().to_owned();
        assert!(kim.get(&leave).await.body.contains("Take me off the list"));
        assert_eq!(listed(&stage).await, 1, "opening it takes nobody off");
        for _ in 0..2 {
            assert_eq!(kim.post(&leave, &[]).await.header(header::LOCATION), "/training/join/done?what=left");
        }
        assert_eq!(listed(&stage).await, 0);
        assert_eq!(kim.get(&leave).await.status, StatusCode::NOT_FOUND);
        let forged = leave.replace("/training/leave/0", "/training/leave/1");
        assert_eq!(kim.get(&forged).await.status, StatusCode::NOT_FOUND, "nobody else can make such a link");
    }

    async fn a_link_is_good_for_three_days_and_interest_is_forgotten_two_years_after_it_was_confirmed(stage: Stage) {
        let mut kim = stage.browser();
        ask(&stage, &mut kim, KIM).await;
        let link = stage.letters().await.pop().unwrap().link();
        stage.clock.wait(TimeDelta::days(3));
        let late = kim.post(&link, &[]).await;
        assert!(late.status == StatusCode::NOT_FOUND && late.body.contains("Ask once more"), "{}", late.body);
        ask(&stage, &mut kim, KIM).await;
        kim.post(&stage.letters().await.pop().unwrap().link(), &[]).await;
        stage.clock.wait(TimeDelta::days(730));
        let tx = stage.site.db().begin().await.unwrap();
        assert_eq!(interest::forget(&tx, stage.clock.now()).await.unwrap(), 0, "not a day too early");
        stage.clock.wait(TimeDelta::seconds(1));
        assert_eq!(interest::forget(&tx, stage.clock.now()).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(listed(&stage).await, 0);
        assert_eq!(kim.get(&link).await.status, StatusCode::NOT_FOUND);
    }

    async fn somebody_signed_in_is_linked_to_their_account_and_leaves_on_their_own_page(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        assert!(sam.get("/learn").await.body.contains("href=\"/training\""));
        let page = sam.get("/training").await;
        assert!(page.body.contains("Introduction to Recovery") && page.body.contains("Nobody checks whether you took them"), "{}", page.body);
        let page = sam.get("/training/join").await;
        assert!(page.body.contains("value=\"Sam\"") && page.body.contains("sam@demo.example") && !page.body.contains("name=\"email\""), "{}", page.body);
        for _ in 0..2 {
            // Whatever address is sent along, letters go to their own.
            assert_eq!(ask(&stage, &mut sam, "kim@demo.example").await.header(header::LOCATION), "/training?done=joined");
        }
        assert!(stage.letters().await.is_empty() && listed(&stage).await == 1);
        let page = sam.get("/training?done=joined").await;
        assert!(page.body.contains("Leave the list of Our college") && page.body.contains("I am not sure yet"), "{}", page.body);
        assert!(sam.get("/me/log").await.body.contains("Asked to be told when training begins"));
        let host = stage.host().to_string();
        ask(&stage, &mut stage.browser(), "lee@demo.example").await;
        stage.browser().post(&stage.letters().await.pop().unwrap().link(), &[]).await;
        let mut lee = stage.learner("lee@demo.example").await;
        assert!(lee.get("/training").await.body.contains("Leave the list of Our college"), "asked before there was an account");
        lee.post("/training/leave", &[("organisation", &host)]).await;
        let mut noor = stage.learner("noor@demo.example").await;
        noor.post("/training/leave", &[("organisation", &host)]).await;
        assert_eq!(listed(&stage).await, 1, "nobody leaves for somebody else");
        for _ in 0..2 {
            let seen = sam.post("/training/leave", &[("organisation", &host)]).await;
            assert_eq!(seen.header(header::LOCATION), "/training?done=left");
        }
        assert_eq!(listed(&stage).await, 0);
        assert!(sam.get("/me/log").await.body.contains("Left a list of people"));
    }

    async fn what_was_typed_comes_back_and_nothing_odd_is_kept(stage: Stage) {
        let mut kim = stage.browser();
        let host = stage.host().to_string();
        let long = "é".repeat(5_000);
        for (field, _) in form(&host, KIM) {
            for odd in ODD.into_iter().chain(["", long.as_str()]) {
                let seen = kim.post("/training/join", &with(&form(&host, KIM), field, odd)).await;
                let fine = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::SEE_OTHER];
                assert!(fine.contains(&seen.status), "{field}={odd:?}: {}", seen.status);
                assert!(!seen.body.contains("<script"), "{field}={odd:?}");
            }
        }
        let seen = kim.post("/training/join", &with(&form(&host, "nobody"), "consent", "")).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.title().starts_with("Error: ") && seen.body.contains("value=\"nobody\"") && seen.body.contains("Without it we do not write to you."), "{}", seen.body);
        assert_eq!(kim.post("/training/join", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(listed(&stage).await, 0);
        for odd in ["x", "x.y", ".", "00000000-0000-0000-0000-000000000001.AAAA"] {
            assert_eq!(kim.get(&format!("/training/leave/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
            assert_eq!(kim.post(&format!("/training/leave/{odd}"), &[]).await.status, StatusCode::SEE_OTHER, "{odd}");
            assert_eq!(kim.post(&format!("/training/join/{odd}"), &[]).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
    }
}
