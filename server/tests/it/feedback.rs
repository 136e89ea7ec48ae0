//! What somebody says about a course: theirs until it is counted.

use axum::http::{StatusCode, header};

use crate::me::ODD;
use crate::stage::{Browser, Stage, on_both};

pub(crate) const COURSE: &str = "how-this-place-works";
pub(crate) const PATH: &str = "/courses/how-this-place-works/feedback";

/// A learner who has taken up the course.
pub(crate) async fn learner<'a>(stage: &'a Stage, email: &str) -> Browser<'a> {
    let mut browser = stage.learner(email).await;
    browser.post(&format!("/courses/{COURSE}/enrol"), &[]).await;
    browser
}

on_both! {
    async fn somebody_says_how_it_was_changes_it_and_takes_it_back(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        assert!(sam.get("/learn").await.body.contains(&format!("href=\"{PATH}\"")), "also to whoever stops half way");
        let page = sam.get(PATH).await;
        assert_eq!(page.title(), "How this place works, what you say about it · Alongside");
        assert!(page.body.contains("until five people have said something"), "it says what the college sees");
        assert!(!page.body.contains("take-back"), "there is nothing to take back");
        let kept = sam.post(PATH, &[("good", "yes"), ("tell", ""), ("welcome", "partly"), ("helped", "The <b>heron</b>"), ("change", "")]).await;
        assert_eq!(kept.header(header::LOCATION), format!("{PATH}?done=kept"));
        let page = sam.get(&format!("{PATH}?done=kept")).await;
        assert!(page.body.contains("it waits to be counted") && page.body.contains("The &lt;b&gt;heron"), "{}", page.body);
        assert_eq!(page.body.matches(" checked").count(), 3, "two that were ticked and one left open");
        sam.post(PATH, &[("good", "no"), ("change", "More rivers")]).await;
        let page = sam.get(PATH).await;
        assert!(page.body.contains("More rivers") && !page.body.contains("heron"), "{}", page.body);
        let mut kim = learner(&stage, "kim@demo.example").await;
        assert!(!kim.get(PATH).await.body.contains("More rivers"), "it is nobody else’s");
        for _ in 0..2 {
            let back = sam.post(&format!("{PATH}/take-back"), &[]).await;
            assert_eq!(back.header(header::LOCATION), format!("{PATH}?done=back"));
        }
        let page = sam.get(PATH).await;
        assert!(!page.body.contains("More rivers") && !page.body.contains("take-back"), "{}", page.body);
        assert!(!sam.get("/me/log").await.body.contains("how it was"), "no log tells who has answered, or when");
    }

    async fn it_is_offered_when_the_course_is_finished(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        let end = crate::learning::finish_all(&stage, &mut sam).await;
        for path in [end.as_str(), "/learn"] {
            assert!(sam.get(path).await.body.contains(&format!("href=\"{PATH}\"")), "{path}");
        }
    }

    async fn what_looks_personal_is_kept_only_after_a_second_look(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        let form = [("good", "yes"), ("helped", "Ring me on 07700 900123"), ("change", "")];
        let seen = sam.post(PATH, &form).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.title().starts_with("Error: ") && seen.body.contains("looks like a phone number"), "{}", seen.body);
        assert!(seen.body.contains("Ring me on 07700 900123") && seen.body.contains("name=\"looked_at\""), "what was typed is still there");
        assert!(!sam.get(PATH).await.body.contains("07700"), "nothing is half kept");
        let seen = sam.post(PATH, &[&form[..], &[("looked_at", "yes")]].concat()).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER);
    }

    async fn feedback_bears_odd_values_and_loses_nothing(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        assert_eq!(sam.post(PATH, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        for odd in ODD {
            for field in ["good", "tell", "welcome"] {
                let seen = sam.post(PATH, &[(field, odd), ("helped", "kept on the page")]).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={odd:?}");
                assert!(seen.body.contains("kept on the page") && seen.body.contains(&format!("href=\"#{field}\"")));
            }
            let seen = sam.post(PATH, &[("good", "yes"), ("helped", odd), ("change", odd)]).await;
            assert!([StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY].contains(&seen.status), "{odd:?}");
            assert!(!sam.get(PATH).await.body.contains("<script>"), "{odd:?}");
        }
        let long = format!("begins {}", "ü".repeat(1_000));
        let seen = sam.post(PATH, &[("helped", &long)]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("begins ü") && seen.body.contains("at most 1000 fit"), "{}", seen.body);
        let just = "ü".repeat(1_000);
        assert_eq!(sam.post(PATH, &[("helped", &just)]).await.status, StatusCode::SEE_OTHER);
    }

    async fn only_somebody_enrolled_says_how_a_course_was(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        for path in [PATH, "/courses/nothing/feedback", "/courses/%00/feedback"] {
            assert_eq!(sam.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(sam.post(path, &[("good", "yes")]).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(sam.post(&format!("{path}/take-back"), &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
