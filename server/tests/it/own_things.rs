//! What somebody wrote and finished stays theirs when they do not learn here any more.

use axum::http::{StatusCode, header};

use crate::feedback::PATH as FEEDBACK;
use crate::learning::finish_course;
use crate::planning::set_goal;
use crate::reflecting::stops_learning;
use crate::second_factor::hidden;
use crate::stage::{Browser, Stage, on_both};

const REFLECTION: &str = "/learn/how-this-place-works/what-is-kept/reflection";
const COURSE: &str = "/courses/how-this-place-works";
const SAM: &str = "sam@demo.example";

/// Somebody who finished a course, wrote a reflection, a plan and what they think of it, and stopped learning.
async fn sam(stage: &Stage) -> Browser<'_> {
    let mut sam = stage.learner(SAM).await;
    finish_course(stage, &mut sam).await;
    let page = sam.get(REFLECTION).await;
    sam.post(REFLECTION, &[("reflection", "The heron"), ("revision", &hidden(&page, "revision"))]).await;
    sam.post("/plan/words", &[("hopes", "A garden"), ("revision", "0")]).await;
    set_goal(&mut sam, "Take the bus").await;
    sam.post(FEEDBACK, &[("good", "yes"), ("helped", "The river")]).await;
    stops_learning(stage, SAM).await;
    sam
}

on_both! {
    async fn what_somebody_wrote_and_finished_opens_for_them_when_they_do_not_learn_any_more(stage: Stage) {
        let mut sam = sam(&stage).await;
        let mine = sam.get("/learn").await;
        for link in ["/plan", "/me/reflections", "/learn/how-this-place-works/certificate"] {
            assert!(mine.body.contains(&format!("href=\"{link}\"")), "{link}: {}", mine.body);
        }
        let plan = sam.get("/plan").await;
        assert!(plan.body.contains("Your plan stays yours") && plan.body.contains("A garden") && plan.body.contains("Take the bus"), "{}", plan.body);
        assert!(!plan.body.contains("/plan/words") && !plan.body.contains("/plan/goals") && !plan.body.contains("/plan/share"), "to read, and no new writing");
        assert!(sam.get("/me/reflections").await.body.contains(&format!("href=\"{REFLECTION}\"")));
        let page = sam.get(REFLECTION).await;
        assert!(page.body.contains("What you wrote stays yours") && page.body.contains("The heron") && !page.body.contains("<textarea"), "{}", page.body);
        assert_eq!(sam.post("/learn/how-this-place-works/certificate", &[("shows", "known_as")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(sam.get("/learn/how-this-place-works/certificate/pdf").await.status, StatusCode::OK);
        for path in ["/plan/words", "/plan/goals/new", "/plan/share", "/learn/how-this-place-works/what-is-kept"] {
            assert_eq!(sam.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let mut kim = stage.learner("kim@demo.example").await;
        assert_eq!(kim.get(REFLECTION).await.status, StatusCode::NOT_FOUND, "it is nobody else’s");
        assert!(!kim.get("/me/reflections").await.body.contains("reflection\""));
    }

    async fn what_somebody_types_after_they_stopped_learning_is_not_kept_and_not_lost(stage: Stage) {
        let mut sam = sam(&stage).await;
        let page = sam.get(REFLECTION).await;
        let seen = sam.post(REFLECTION, &[("reflection", "A <b>new</b> thought"), ("revision", &hidden(&page, "revision"))]).await;
        assert_eq!(seen.status, StatusCode::CONFLICT);
        assert!(seen.body.contains("This was not kept") && seen.body.contains("A &lt;b&gt;new&lt;") && seen.body.contains("The heron"), "{}", seen.body);
        assert!(sam.get(REFLECTION).await.body.contains("The heron"));
        assert_eq!(sam.post(FEEDBACK, &[("good", "no")]).await.status, StatusCode::NOT_FOUND);
    }

    async fn whoever_stopped_learning_takes_back_and_erases_what_is_theirs(stage: Stage) {
        let mut sam = sam(&stage).await;
        let page = sam.get(REFLECTION).await;
        let old = sam.post(REFLECTION, &[("reflection", ""), ("revision", "0")]).await;
        assert_eq!(old.status, StatusCode::CONFLICT, "what is newer is not taken back unseen");
        let back = sam.post(REFLECTION, &[("reflection", ""), ("revision", &hidden(&page, "revision"))]).await;
        assert_eq!(back.header(header::LOCATION), "/me/reflections?done=back");
        let left = sam.get("/me/reflections?done=back").await;
        assert!(left.body.contains("It is deleted.") && !left.body.contains(REFLECTION), "{}", left.body);
        assert!(!sam.get(REFLECTION).await.body.contains("The heron"));
        assert!(sam.get(FEEDBACK).await.body.contains("The river"));
        assert_eq!(sam.post(&format!("{FEEDBACK}/take-back"), &[]).await.header(header::LOCATION), format!("{FEEDBACK}?done=back"));
        assert!(!sam.get(FEEDBACK).await.body.contains("The river"));
        assert!(sam.get("/plan/erase").await.body.contains("Nobody can bring them back"));
        for _ in 0..2 {
            assert_eq!(sam.post("/plan/erase", &[]).await.header(header::LOCATION), "/plan?done=erased");
        }
        let plan = sam.get("/plan?done=erased").await;
        assert!(plan.body.contains("Nothing of it is kept") && !plan.body.contains("A garden") && !plan.body.contains("Take the bus"), "{}", plan.body);
    }

    async fn what_is_erased_is_not_brought_back_by_an_old_tab(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        sam.post("/plan/words", &[("hopes", "A garden"), ("revision", "0")]).await;
        let goal = set_goal(&mut sam, "Take the bus").await;
        sam.post(&format!("{goal}/rate"), &[("rating", "4")]).await;
        let (words, set) = (sam.get("/plan/words").await, sam.get(&goal).await);
        sam.post("/plan/erase", &[]).await;
        assert!(sam.get("/plan").await.body.contains("It is still empty"));
        let seen = sam.post("/plan/words", &[("hopes", "A garden"), ("revision", &hidden(&words, "revision"))]).await;
        assert_eq!(seen.status, StatusCode::CONFLICT);
        let seen = sam.post(&goal, &[("words", "Take the bus"), ("revision", &hidden(&set, "revision"))]).await;
        assert_eq!(seen.status, StatusCode::CONFLICT);
        let plan = sam.get("/plan").await;
        assert!(!plan.body.contains("bus") && !plan.body.contains("garden"), "{}", plan.body);
        let rated = "UPDATE plan_rating SET rating = 11";
        assert!(stage.site.db().execute(rated).await.is_ok(), "no number is left");
    }

    async fn whoever_stopped_learning_does_not_begin_again_by_themselves(stage: Stage) {
        let mut sam = sam(&stage).await;
        let page = sam.get(COURSE).await;
        assert!(page.body.contains("You are not a learner here at the moment"), "{}", page.body);
        assert!(!page.body.contains("/enrol") && !page.body.contains("Carry on") && !page.body.contains("Read it again"));
        let seen = sam.post(&format!("{COURSE}/enrol"), &[]).await;
        assert_eq!(seen.header(header::LOCATION), COURSE);
        assert_eq!(sam.get("/learn/how-this-place-works/what-is-kept").await.status, StatusCode::NOT_FOUND);
    }

    async fn whoever_works_here_takes_a_course_in_one_tap_and_learns_from_then_on(stage: Stage) {
        let mut kim = stage.learner("kim@demo.example").await;
        // As somebody who was invited, and has never been a learner.
        let tutor = "UPDATE engagement SET kind = 'tutor'";
        stage.site.db().execute(tutor).await.unwrap();
        assert_eq!(kim.get("/plan").await.status, StatusCode::NOT_FOUND, "they do not learn here yet");
        assert!(kim.get(COURSE).await.body.contains("Take this course"));
        let mut tab = kim.tab();
        let (enrol, other) = (format!("{COURSE}/enrol"), "/courses/introduction-to-recovery/enrol");
        let both = tokio::join!(kim.post(&enrol, &[]), tab.post(other, &[]));
        assert_eq!((both.0.status, both.1.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        assert_eq!(kim.get(both.0.header(header::LOCATION)).await.status, StatusCode::OK);
        assert_eq!(kim.get(both.1.header(header::LOCATION)).await.status, StatusCode::OK);
        let log = kim.get("/me/log").await.body;
        assert_eq!(log.matches("Began to learn here").count(), 1, "once, though two tabs tapped: {log}");
        assert_eq!(kim.get("/plan").await.status, StatusCode::OK);
    }
}
