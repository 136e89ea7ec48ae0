//! Reflections: what somebody writes for themself alone.

use axum::http::{Request, StatusCode, header};

use crate::arranging::person_called;
use crate::me::ODD;
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

const COURSE: &str = "how-this-place-works";
const PATH: &str = "/learn/how-this-place-works/what-is-kept/reflection";

/// A learner who has taken up the course.
async fn learner<'a>(stage: &'a Stage, email: &str) -> Browser<'a> {
    let mut browser = stage.learner(email).await;
    browser.post(&format!("/courses/{COURSE}/enrol"), &[]).await;
    browser
}

/// Writes into the form of a page that was opened before.
async fn write(browser: &mut Browser<'_>, page: &Seen, text: &str) -> Seen {
    browser.post(PATH, &[("reflection", text), ("revision", &hidden(page, "revision"))]).await
}

/// Ends what somebody is here as a learner, yesterday.
pub(crate) async fn stops_learning(stage: &Stage, email: &str) {
    let theirs = format!("person_id = (SELECT person_id FROM sign_in WHERE email = '{email}')");
    let ended =
        "UPDATE engagement SET from_on = '2026-11-01', to_on = '2026-11-20' WHERE kind = 'learner' AND";
    stage.site.db().execute(&format!("{ended} {theirs}")).await.unwrap();
}

on_both! {
    async fn a_reflection_is_kept_and_opens_for_its_author_alone(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut sam = learner(&stage, "sam@demo.example").await;
        assert!(sam.get("/learn/how-this-place-works/what-is-kept").await.body.contains(&format!("href=\"{PATH}\"")));
        let page = sam.get(PATH).await;
        assert!(page.body.contains("whoever holds the database"), "it says who could technically read it");
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
        let kept = write(&mut sam, &page, "The heron <b>stood</b>").await;
        assert_eq!(kept.header(header::LOCATION), format!("{PATH}?done=kept"));
        assert!(sam.get(&format!("{PATH}?done=kept")).await.body.contains("Kept. Only you can open it"));
        assert!(sam.get(PATH).await.body.contains("The heron &lt;b&gt;stood&lt;"), "{}", sam.get(PATH).await.body);
        let mut kim = learner(&stage, "kim@demo.example").await;
        assert!(!kim.get(PATH).await.body.contains("heron"));
        let person = person_called(&stage, &mut admin, "Sam").await;
        for path in [PATH, &person, "/me", "/me/log", "/jobs", "/organisations"] {
            assert!(!admin.get(path).await.body.contains("heron"), "{path}");
        }
        assert_eq!(admin.get(PATH).await.status, StatusCode::NOT_FOUND);
        for path in ["/me/log", "/learn", "/today"] {
            assert!(!sam.get(path).await.body.contains("heron"), "{path}");
        }
    }

    async fn what_is_newer_is_never_overwritten_unseen(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        let first = sam.get(PATH).await;
        let mut tab = sam.tab();
        let second = tab.get(PATH).await;
        write(&mut sam, &first, "from the first tab").await;
        let refused = write(&mut tab, &second, "from the second tab").await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("from the first tab") && refused.body.contains("from the second tab"), "both are shown");
        assert!(sam.get(PATH).await.body.contains("from the first tab"), "nothing is overwritten");
        assert_eq!(write(&mut tab, &refused, "from both").await.status, StatusCode::SEE_OTHER, "now it has been seen");
        assert!(sam.get(PATH).await.body.contains("from both"));
        let page = sam.get(PATH).await;
        for _ in 0..2 {
            assert_eq!(write(&mut sam, &page, "the same").await.status, StatusCode::SEE_OTHER, "a second tap");
        }
    }

    async fn an_island_is_told_the_number_of_what_is_kept_and_when_something_is_newer(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        let island = || Request::post(PATH).header(header::ACCEPT, "application/json");
        let kept = sam.send(island(), "reflection=one&revision=0".into()).await;
        let told = format!(r#"{{"next":"{PATH}?done=kept","revision":"1"}}"#);
        assert_eq!((kept.status, kept.body), (StatusCode::OK, told));
        let refused = sam.send(island(), "reflection=two&revision=0".into()).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(sam.send(island(), "reflection=two&revision=1".into()).await.status, StatusCode::OK);
    }

    async fn a_reflection_is_taken_back_and_an_old_tab_does_not_bring_it_back(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        let page = sam.get(PATH).await;
        write(&mut sam, &page, "never mind").await;
        let old = sam.get(PATH).await;
        assert_eq!(write(&mut sam, &old, "").await.status, StatusCode::SEE_OTHER);
        assert!(!sam.get(PATH).await.body.contains("never mind"));
        let refused = write(&mut sam, &old, "never mind").await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("It was taken back"));
    }

    async fn a_reflection_bears_odd_values_and_loses_nothing(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        for odd in ODD {
            let page = sam.get(PATH).await;
            let seen = write(&mut sam, &page, odd).await;
            assert!([StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY].contains(&seen.status), "{odd:?}");
            assert!(!sam.get(PATH).await.body.contains("<script>"), "{odd:?}");
        }
        let page = sam.get(PATH).await;
        let long = format!("begins {}", "ü".repeat(20_000));
        let seen = write(&mut sam, &page, &long).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("begins ") && seen.body.contains("at most 20000 fit"), "what was typed is still there");
        for odd in ["", "x", "-1", "99999999999999999999"] {
            let seen = sam.post(PATH, &[("reflection", "mine"), ("revision", odd)]).await;
            assert_eq!(seen.status, StatusCode::CONFLICT, "{odd:?}");
        }
        assert_eq!(sam.get("/learn/how-this-place-works/nothing/reflection").await.status, StatusCode::NOT_FOUND);
    }
}
