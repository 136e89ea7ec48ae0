//! A course from its page to its end.

use axum::http::{Request, StatusCode, header};

use crate::stage::on_both;

const COURSE: &str = "how-this-place-works";

on_both! {
    async fn a_learner_reads_a_course_to_its_end(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        assert!(sam.get(&format!("/courses/{COURSE}")).await.body.contains("Take this course"));
        let mut at = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let lessons = stage.site.public().courses[0].course.lessons.clone();
        for (number, lesson) in lessons.iter().enumerate() {
            let page = sam.get(&at).await;
            assert!(page.body.contains(&lesson.title), "lesson {}", number + 1);
            assert!(page.body.contains(&format!("{number} of 3 read")));
            at = sam.post(&at, &[]).await.header(header::LOCATION).to_owned();
        }
        let end = sam.get(&at).await;
        assert!(end.body.contains("You have read the whole course"), "{}", end.body);
        assert!(sam.get("/today").await.body.contains("Finished"));
    }

    async fn today_leads_to_the_lesson_that_comes_next(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        assert!(sam.get("/today").await.body.contains("Nothing is waiting for you"));
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        assert!(sam.get("/today").await.body.contains(&format!("href=\"{first}\"")));
        let second = sam.post(&first, &[]).await.header(header::LOCATION).to_owned();
        assert_ne!(first, second);
        assert!(sam.get("/today").await.body.contains(&format!("href=\"{second}\"")));
    }

    async fn tapping_twice_does_it_once(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let enrol = format!("/courses/{COURSE}/enrol");
        let first = sam.post(&enrol, &[]).await.header(header::LOCATION).to_owned();
        sam.post(&first, &[]).await;
        assert_eq!(sam.post(&enrol, &[]).await.header(header::LOCATION), first);
        assert_eq!(sam.post(&first, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(sam.get(&first).await.body.contains("1 of 3 read"));
    }

    async fn an_island_is_told_at_the_very_same_door(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let told = sam.send(Request::post(&first).header(header::ACCEPT, "application/json"), String::new()).await;
        let second = stage.site.public().courses[0].course.lessons[1].slug.clone();
        let next = format!(r#"{{"next":"/learn/{COURSE}/{second}"}}"#);
        assert_eq!((told.status, told.body), (StatusCode::OK, next));
        let stranger = Request::post(&first).header(header::ACCEPT, "application/json");
        let refused = stage.browser().send(stranger, String::new()).await;
        assert_eq!((refused.status, refused.body.as_str()), (StatusCode::FORBIDDEN, r#"{"sign_in":true}"#));
    }

    async fn a_lesson_is_for_those_who_have_enrolled(stage: Stage) {
        let lesson = format!("/learn/{COURSE}/{}", stage.site.public().courses[0].course.lessons[0].slug);
        let mut sam = stage.learner("sam@demo.example").await;
        for path in [lesson.as_str(), &format!("/learn/{COURSE}/nothing"), "/learn/nothing/nothing", "/learn/%00/x"] {
            assert_eq!(sam.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(sam.post(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(stage.get(&lesson).await.status, StatusCode::SEE_OTHER, "strangers are asked to sign in");
    }

    async fn a_lesson_looks_the_same_to_those_who_are_as_far_and_to_nobody_else(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let mut kim = stage.learner("kim@demo.example").await;
        let enrol = format!("/courses/{COURSE}/enrol");
        let first = sam.post(&enrol, &[]).await.header(header::LOCATION).to_owned();
        kim.post(&enrol, &[]).await;
        let page = sam.get(&first).await;
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
        assert_eq!(kim.get(&first).await.body, page.body);
        let second = sam.post(&first, &[]).await.header(header::LOCATION).to_owned();
        assert!(sam.get(&first).await.body.contains("1 of 3 read"));
        assert!(sam.get(&second).await.body.contains("1 of 3 read"));
        assert_eq!(kim.get(&first).await.body, page.body);
        assert!(kim.get(&second).await.body.contains("0 of 3 read"));
    }

    async fn only_a_page_with_an_island_brings_a_script(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let page = sam.get(&first).await;
        assert!(page.body.contains("<leptos-island") && page.body.contains("<script type=\"module\""));
        assert!(page.header(header::CONTENT_SECURITY_POLICY).contains("'wasm-unsafe-eval'"));
        for path in ["/today", "/me/sign-ins", &format!("/courses/{COURSE}")] {
            let page = sam.get(path).await;
            assert!(!page.body.contains("<script"), "{path}");
            assert!(!page.header(header::CONTENT_SECURITY_POLICY).contains("script-src"), "{path}");
        }
    }

    async fn the_tab_says_nothing_that_others_should_not_read(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        assert_eq!(sam.get(&first).await.title(), "How this place works, lesson 1 · Alongside");
    }
}
