//! What others say of somebody's work: a witness by a link, people who were supported by a code on paper.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use futures::TryStreamExt;
use store::archive::Snapshot;

use crate::me::{ODD, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, PASSWORD, Seen, Stage, on_both};
use crate::training_judging::{Cast, cast};

/// Sam asks Lee about the first competence; where Lee's link leads.
async fn asked(stage: &Stage, cast: &mut Cast<'_>) -> String {
    let path = format!("{}/1/witness", cast.mine);
    let id = hidden(&cast.sam.get(&path).await, "id");
    let form = [("known_as", "Lee"), ("email", "lee@elsewhere.example"), ("serves", "1"), ("id", &*id)];
    stage.letters().await;
    for _ in 0..2 {
        let done = cast.sam.post(&path, &form).await;
        assert_eq!(done.header(header::LOCATION), format!("{path}?done=asked"), "{}", done.body);
    }
    let letters = stage.letters().await;
    let [letter] = &letters[..] else { panic!("a second tap sends no second letter: {letters:?}") };
    assert_eq!(letter.to, "lee@elsewhere.example");
    letter.link()
}

const SAID: [(&str, &str); 4] = [
    ("how", "We share the Tuesday group."),
    ("words", "They wait, and ask first."),
    ("agrees", "yes"),
    ("answer", "tell"),
];

/// The rows of a table.
async fn rows(stage: &Stage, table: &str) -> Vec<String> {
    let snapshot = Snapshot::take(stage.site.db()).await.unwrap();
    let table = snapshot.tables.iter().find(|it| it.name == table).unwrap();
    snapshot.rows(table).await.unwrap().try_collect().await.unwrap()
}

/// Whether the database holds whom Sam asked.
async fn remembers_lee(stage: &Stage) -> bool {
    rows(stage, "witness_asked").await.iter().any(|it| it.contains("lee@") && it.contains("Lee"))
}

/// What has come round is done.
async fn night(stage: &Stage) {
    app::gather_voices(&stage.site).await.unwrap();
    let tx = stage.site.db().begin().await.unwrap();
    store::training::witnesses::forget(&tx, app::Clock::now(&stage.clock)).await.unwrap();
    tx.commit().await.unwrap();
}

/// Six weeks go by, and Sam signs in again.
async fn six_weeks(stage: &Stage, cast: &mut Cast<'_>) {
    stage.clock.wait(TimeDelta::weeks(6));
    let form = [("email", "sam@demo.example"), ("password", PASSWORD)];
    assert!(cast.sam.post("/sign-in", &form).await.status.is_redirection());
}

/// Sam makes a sheet; the codes on it.
async fn sheet(cast: &mut Cast<'_>) -> Vec<String> {
    let path = format!("{}/1/codes", cast.mine);
    let page = cast.sam.post(&path, &[("codes", "6"), ("serves", "1")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let codes = page.body.split("<b class=\"code\">").skip(1);
    codes.map(|it| it.split_once("</b>").unwrap().0.to_owned()).collect()
}

async fn say(browser: &mut Browser<'_>, code: &str, more: &[(&str, &str)]) -> Seen {
    browser.post(&format!("/training/w/{code}"), more).await
}

on_both! {
    async fn a_witness_answers_once_without_an_account_and_is_forgotten(stage: Stage) {
        let mut cast = cast(&stage).await;
        let link = asked(&stage, &mut cast).await;
        assert!(link.starts_with("/training/w/") && remembers_lee(&stage).await);
        let mut lee = stage.browser();
        for _ in 0..2 {
            let page = lee.get(&link).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains("Sam") && page.body.contains("Listens"), "{}", page.body);
        }
        let none = lee.post(&link, &with(&SAID, "agrees", "")).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.contains("Without that we keep nothing") && none.body.contains("They wait, and ask first."), "{}", none.body);
        let personal = lee.post(&link, &with(&SAID, "words", "Ring Ann on 07700 900123")).await;
        assert!(personal.body.contains("looks like a phone number"), "{}", personal.body);
        let own = cast.sam.post(&link, &SAID).await;
        assert!(own.status == StatusCode::NOT_FOUND && own.body.contains("for somebody else to say"), "{}", own.body);
        assert!(cast.sam.get("/me/log").await.body.contains("Tried to judge a competence of their own"));
        let done = lee.post(&link, &SAID).await;
        assert_eq!(done.header(header::LOCATION), "/training/w/done?what=told", "{}", done.body);
        for again in [lee.post(&link, &SAID).await, lee.get(&link).await] {
            assert_eq!(again.status, StatusCode::NOT_FOUND);
            assert!(again.body.contains("This was answered already"), "{}", again.body);
        }
        assert!(!remembers_lee(&stage).await && !lee.has_cookies());
        let one = format!("{}/1", cast.mine);
        for page in [cast.sam.get(&one).await, cast.kim.get(&format!("{}/1", cast.desk)).await] {
            for words in ["They wait, and ask first.", "We share the Tuesday group.", "From somebody who knows my work", "Testimony"] {
                assert!(page.body.contains(words), "{words}: {}", page.body);
            }
            assert!(!page.body.contains("Lee"));
        }
        assert!(cast.sam.get("/me/log").await.body.contains("Somebody whom you asked said what they have seen"));
        let page = cast.sam.get(&one).await;
        let back = page.body.split_once("action=\"/training/evidence/").unwrap().1.split_once('"').unwrap().0.to_owned();
        let done = cast.sam.post(&format!("/training/evidence/{back}"), &[("code", "1")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{one}?done=marked"), "nobody picks among what others say");
        assert!(cast.sam.get(&one).await.body.contains("They wait, and ask first."));
    }

    async fn a_witness_who_would_rather_not_or_is_late_or_not_needed_keeps_nothing(stage: Stage) {
        let mut cast = cast(&stage).await;
        let path = format!("{}/1/witness", cast.mine);
        let mut lee = stage.browser();
        let declined = asked(&stage, &mut cast).await;
        let done = lee.post(&declined, &[("answer", "decline")]).await;
        assert_eq!(done.header(header::LOCATION), "/training/w/done?what=declined");
        assert!(!remembers_lee(&stage).await);
        assert_eq!(lee.post(&declined, &SAID).await.status, StatusCode::NOT_FOUND);
        let withdrawn = asked(&stage, &mut cast).await;
        let page = cast.sam.get(&path).await;
        assert!(page.body.contains("They would rather not") && page.body.contains("Lee"), "{}", page.body);
        let id = page.body.split_once("action=\"/training/witnesses/").unwrap().1.split_once('"').unwrap().0.to_owned();
        assert_eq!(cast.kim.post(&format!("/training/witnesses/{id}"), &[]).await.status, StatusCode::NOT_FOUND);
        assert!(cast.sam.post(&format!("/training/witnesses/{id}"), &[]).await.status.is_redirection());
        assert_eq!(lee.post(&withdrawn, &SAID).await.status, StatusCode::NOT_FOUND);
        let late = asked(&stage, &mut cast).await;
        stage.clock.wait(TimeDelta::weeks(4));
        assert!(lee.post(&late, &SAID).await.body.contains("good for four weeks, which are over"));
        assert!(remembers_lee(&stage).await);
        night(&stage).await;
        assert!(!remembers_lee(&stage).await);
        let page = cast.sam.get(&path).await;
        assert!(page.body.contains("Nothing came within four weeks") && !page.body.contains("Lee"), "{}", page.body);
        assert!(!cast.sam.get(&format!("{}/1", cast.mine)).await.body.contains("They wait"));
        assert_eq!(lee.get("/training/w/never-written").await.status, StatusCode::NOT_FOUND);
        let kept = "UPDATE witness_asked SET email = 'lee@elsewhere.example'";
        let refused = stage.site.db().execute(kept).await.unwrap_err().to_string();
        assert!(refused.contains("witness_forgotten_at_the_end"), "{refused}");
    }

    async fn who_is_asked_is_somebody_else_and_odd_things_are_put_right(stage: Stage) {
        let mut cast = cast(&stage).await;
        let path = format!("{}/1/witness", cast.mine);
        let own = [("known_as", "Sam"), ("email", "SAM@demo.example"), ("serves", "1")];
        let refused = cast.sam.post(&path, &own).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Ask somebody else than yourself"), "{}", refused.body);
        let link = asked(&stage, &mut cast).await;
        let (sheet, mut lee) = (sheet(&mut cast).await, stage.browser());
        for odd in ODD {
            for field in ["known_as", "email", "serves"] {
                let seen = cast.sam.post(&path, &with(&own, field, odd)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={odd:?}");
            }
            for field in ["how", "words", "signed", "agrees"] {
                let seen = lee.post(&link, &with(&with(&SAID, "agrees", ""), field, odd)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={odd:?}");
                assert!(!seen.body.contains("<script"), "{field}={odd:?}");
            }
            let seen = say(&mut lee, &sheet[0], &[("listened", odd)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
        }
    }

    async fn voices_are_heard_together_when_their_time_is_over_and_tell_nothing_of_whose_they_are(stage: Stage) {
        let mut cast = cast(&stage).await;
        let codes = sheet(&mut cast).await;
        assert_eq!(codes.len(), 6);
        let path = format!("{}/1/codes", cast.mine);
        let page = cast.sam.get(&path).await;
        assert!(page.body.contains("You have a sheet out") && !page.body.contains(&codes[0]), "{}", page.body);
        assert_eq!(cast.sam.post(&path, &[("codes", "6"), ("serves", "1")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut somebody = stage.browser();
        let typed = codes[0].to_lowercase().replace('-', " ");
        let on = somebody.get(&format!("/training/w?code={}", typed.replace(' ', "+"))).await;
        assert_eq!(on.header(header::LOCATION), format!("/training/w/{}", codes[0]));
        let slip = somebody.get("/training/w?code=7K3Q-9XTM-2B8R-5DNA").await;
        assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(slip.body.contains("stands on the paper"), "{}", slip.body);
        assert!(somebody.get(&format!("/training/w/{}", codes[0])).await.body.contains("How was it to talk with"));
        assert_eq!(say(&mut somebody, &codes[0], &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let own = say(&mut cast.sam, &codes[0], &[("listened", "yes")]).await;
        assert!(own.status == StatusCode::NOT_FOUND && own.body.contains("for somebody else to say"), "{}", own.body);
        for (at, words) in ["Zest", "", "Always there"].into_iter().enumerate() {
            let done = say(&mut somebody, &codes[at], &[("listened", "yes"), ("again", "partly"), ("words", words)]).await;
            assert_eq!(done.header(header::LOCATION), "/training/w/done?what=voice", "{}", done.body);
            stage.clock.wait(TimeDelta::hours(5));
        }
        let again = say(&mut somebody, &codes[0], &[("listened", "no")]).await;
        assert!(again.status == StatusCode::NOT_FOUND && again.body.contains("used already"), "{}", again.body);
        let one = format!("{}/1", cast.mine);
        night(&stage).await;
        let page = cast.sam.get(&one).await;
        assert!(!page.body.contains("Always there"), "nothing before the time is over");
        six_weeks(&stage, &mut cast).await;
        assert!(say(&mut somebody, &codes[4], &[("listened", "no")]).await.body.contains("good for six weeks, which are over"));
        night(&stage).await;
        night(&stage).await;
        let page = cast.sam.get(&one).await;
        for words in ["3 people whom I supported", "They listened to me: 3 yes, 0 partly, 0 no", "I would talk with them again: 0 yes, 3 partly, 0 no"] {
            assert_eq!(page.body.matches(words).count(), 1, "{words}: {}", page.body);
        }
        assert!(page.body.find("Always there") < page.body.find("Zest"), "in no order of coming");
        assert!(rows(&stage, "voice_code").await.is_empty() && rows(&stage, "voice").await.is_empty(), "nothing else is left");
        assert!(somebody.get(&format!("/training/w/{}", codes[0])).await.body.contains("We know no such code"));
    }

    async fn of_fewer_than_three_voices_nothing_is_ever_shown(stage: Stage) {
        let mut cast = cast(&stage).await;
        let codes = sheet(&mut cast).await;
        let mut somebody = stage.browser();
        for code in &codes[..2] {
            say(&mut somebody, code, &[("words", "Always there")]).await;
        }
        six_weeks(&stage, &mut cast).await;
        night(&stage).await;
        let page = cast.sam.get(&format!("{}/1", cast.mine)).await;
        assert!(page.status == StatusCode::OK && !page.body.contains("Always there"), "{}", page.body);
        assert!(rows(&stage, "voice").await.is_empty());
        assert_eq!(sheet(&mut cast).await.len(), 6, "another sheet may be made");
    }
}
