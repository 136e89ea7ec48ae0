//! A course from its page to its end.

use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, Utc};
use domain::course::Slug;
use store::content::{Asks, Lesson, LessonSource, Question};

use crate::stage::{Browser, Seen, Stage, on_both};

const COURSE: &str = "how-this-place-works";

/// Sends a question the answers that fit.
async fn answer(browser: &mut Browser<'_>, lesson: &Lesson, question: &Question) -> Seen {
    let shape = question.shape();
    let (field, right) = match &question.asks {
        Asks::One(all) | Asks::Several(all) => {
            ("answer", (1..).zip(all).filter(|it| it.1.right).map(|it| it.0).collect::<Vec<usize>>())
        }
        Asks::Order { .. } => ("place", question.shown().iter().map(|it| it + 1).collect()),
        Asks::Pairs { pairs, .. } => {
            let shown = question.shown();
            ("place", (0..pairs.len()).map(|it| shown.iter().position(|at| *at == it).unwrap() + 1).collect())
        }
    };
    assert_eq!(shape.len(), question.shown().len());
    let right: Vec<_> = right.iter().map(ToString::to_string).collect();
    let fields: Vec<_> = right.iter().map(|it| (field, it.as_str())).collect();
    browser.post(&check(&lesson.slug, question), &fields).await
}

fn check(lesson: &Slug, question: &Question) -> String {
    format!("/learn/{COURSE}/{lesson}/check/{}", question.id)
}

/// Reads a lesson and tries all its checks; where that leads.
async fn finish(browser: &mut Browser<'_>, at: &str, lesson: &Lesson) -> String {
    for question in lesson.questions() {
        assert_eq!(answer(browser, lesson, question).await.status, StatusCode::SEE_OTHER);
    }
    browser.post(at, &[]).await.header(header::LOCATION).to_owned()
}

/// Takes up the course and finishes it.
pub(crate) async fn finish_course(stage: &Stage, browser: &mut Browser<'_>) {
    let mut at =
        browser.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
    for lesson in &lessons(stage) {
        at = finish(browser, &at, lesson).await;
    }
}

fn lessons(stage: &Stage) -> Vec<Lesson> {
    stage.course("how-this-place-works").lessons.clone()
}

/// Finishes every lesson of the course; where that leads.
pub(crate) async fn finish_all(stage: &Stage, browser: &mut Browser<'_>) -> String {
    let mut end = String::new();
    for lesson in lessons(stage) {
        end = finish(browser, &format!("/learn/{COURSE}/{}", lesson.slug), &lesson).await;
    }
    end
}

/// The version in which somebody has finished the course, and when.
async fn finished(stage: &Stage, browser: &Browser<'_>) -> Option<(i64, DateTime<Utc>)> {
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, browser.cookie_header().parse().unwrap());
    let person = stage.site.signed_in(&headers).unwrap().person;
    let course = stage.site.public().course(&Slug::parse(COURSE).unwrap()).unwrap().id;
    store::learning::course_finished(stage.site.db(), person, course).await.unwrap()
}

on_both! {
    async fn a_learner_reads_a_course_to_its_end(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        assert!(sam.get(&format!("/courses/{COURSE}")).await.body.contains("Take this course"));
        let mut at = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        for (number, lesson) in lessons(&stage).iter().enumerate() {
            let page = sam.get(&at).await;
            assert!(page.body.contains(&lesson.title), "lesson {}", number + 1);
            assert!(page.body.contains(&format!("{number} of 3 finished")));
            at = finish(&mut sam, &at, lesson).await;
        }
        let end = sam.get(&at).await;
        assert!(end.body.contains("You have finished the whole course"), "{}", end.body);
        assert!(sam.get("/today").await.body.contains("Finished"));
        assert!(sam.get("/learn").await.body.contains("Finished"));
    }

    async fn a_lesson_is_finished_when_it_is_read_and_all_its_checks_are_tried_in_either_order(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let lessons = lessons(&stage);
        let read = sam.post(&first, &[]).await;
        assert_eq!(read.header(header::LOCATION), format!("{first}#checks"), "there are checks to try");
        let all = lessons[0].questions().count();
        let page = sam.get(&first).await;
        assert!(page.body.contains("0 of 3 finished") && page.body.contains("then it is finished"), "{}", page.body);
        for (number, question) in lessons[0].questions().enumerate() {
            let seen = answer(&mut sam, &lessons[0], question).await;
            let page = sam.get(seen.header(header::LOCATION)).await;
            assert!(page.body.contains("That fits."), "{}", page.body);
            assert_eq!(page.body.contains("You have finished this lesson"), number + 1 == all);
            assert_eq!(page.body.contains("Next check"), number + 1 != all);
        }
        assert!(sam.get(&first).await.body.contains("1 of 3 finished"));
        assert!(sam.get("/learn").await.body.contains("1 of 3 finished"));
    }

    async fn a_course_is_finished_with_its_last_lesson_though_two_tabs_finish_the_last_two_at_once(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await;
        let lessons = lessons(&stage);
        let at = |lesson: &Lesson| format!("/learn/{COURSE}/{}", lesson.slug);
        for lesson in &lessons {
            for question in lesson.questions() {
                answer(&mut sam, lesson, question).await;
            }
        }
        sam.post(&at(&lessons[0]), &[]).await;
        assert_eq!(finished(&stage, &sam).await, None);
        let mut tab = sam.tab();
        let (second, third) = (at(&lessons[1]), at(&lessons[2]));
        let both = tokio::join!(sam.post(&second, &[]), tab.post(&third, &[]));
        assert_eq!((both.0.status, both.1.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        let now = app::Clock::now(&stage.clock);
        assert_eq!(finished(&stage, &sam).await, Some((1, now)));
        stage.clock.wait(chrono::TimeDelta::days(1));
        sam.post(&third, &[]).await;
        assert_eq!(finished(&stage, &sam).await, Some((1, now)), "the first time stands");
    }

    async fn what_was_missing_may_have_been_taken_out(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let lessons = lessons(&stage);
        let second = finish(&mut sam, &first, &lessons[0]).await;
        finish(&mut sam, &second, &lessons[1]).await;
        let mut sources = crate::databases::shipped().courses.clone();
        let shorter = sources.iter_mut().find(|it| it.slug.as_str() == COURSE).unwrap();
        shorter.lessons.truncate(2);
        let tx = stage.site.db().begin().await.unwrap();
        store::courses::publish(&tx, &sources, app::Clock::now(&stage.clock)).await.unwrap();
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();
        assert_eq!(finished(&stage, &sam).await, None);
        sam.post(&format!("/courses/{COURSE}/seen"), &[]).await;
        assert_eq!(finished(&stage, &sam).await.map(|it| it.0), Some(2));
    }

    async fn whoever_is_half_way_keeps_what_they_finished_and_is_told_what_changed(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let lessons = lessons(&stage);
        let second = finish(&mut sam, &first, &lessons[0]).await;
        assert!(!sam.get(&second).await.body.contains("has changed"));

        let courses = crate::databases::shipped().courses.clone();
        let mut changed = courses.into_iter().find(|it| it.slug.as_str() == COURSE).unwrap();
        let new = LessonSource { slug: Slug::parse("a-new-one").unwrap(), text: changed.lessons[2].text.replace("title = \"", "title = \"New: ") };
        changed.lessons[0].text = changed.lessons[0].text.replace("Welcome.", "Welcome back.");
        changed.lessons[2] = new;
        let tx = stage.site.db().begin().await.unwrap();
        store::courses::publish(&tx, &[changed], app::Clock::now(&stage.clock)).await.unwrap();
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();

        let page = sam.get(&second).await;
        assert!(page.body.contains("This course has changed") && page.body.contains("1 of 3 finished"), "{}", page.body);
        assert!(page.body.contains("New: “New: People alongside you”") && page.body.contains(&format!("anew: “{}”", lessons[0].title)));
        assert!(page.body.contains("One lesson was taken out"));
        let mut kim = stage.learner("kim@demo.example").await;
        let theirs = kim.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        assert!(!kim.get(&theirs).await.body.contains("has changed"), "whoever begins now has nothing to be told");
        for _ in 0..2 {
            assert_eq!(sam.post(&format!("/courses/{COURSE}/seen"), &[]).await.header(header::LOCATION), second);
        }
        assert!(!sam.get(&second).await.body.contains("has changed"));
        assert_eq!(sam.get(&format!("/learn/{COURSE}/{}", lessons[2].slug)).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_course_that_is_withdrawn_may_be_finished_and_not_begun(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let enrol = format!("/courses/{COURSE}/enrol");
        let first = sam.post(&enrol, &[]).await.header(header::LOCATION).to_owned();
        let mut sources = crate::databases::shipped().courses.clone();
        let ours = sources.iter_mut().find(|it| it.slug.as_str() == COURSE).unwrap();
        ours.outline.push_str("\nwithdrawn = true\n");
        let tx = stage.site.db().begin().await.unwrap();
        store::courses::publish(&tx, &sources, app::Clock::now(&stage.clock)).await.unwrap();
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();

        for (path, word) in [("/courses", "How this place works"), ("/courses?q=place+works", "How this place works"), ("/", "How this place works")] {
            assert!(!stage.get(path).await.body.contains(word), "{path}");
        }
        let mut kim = stage.learner("kim@demo.example").await;
        assert!(kim.get(&format!("/courses/{COURSE}")).await.body.contains("not offered any more"));
        assert_eq!(kim.post(&enrol, &[]).await.header(header::LOCATION), format!("/courses/{COURSE}"));
        assert_eq!(kim.get(&first).await.status, StatusCode::NOT_FOUND);
        assert!(sam.get(&format!("/courses/{COURSE}")).await.body.contains("Begin the first lesson"));
        let second = finish(&mut sam, &first, &lessons(&stage)[0]).await;
        assert!(sam.get(&second).await.body.contains("1 of 3 finished"));
        assert!(sam.get("/learn").await.body.contains("How this place works"));
    }

    async fn a_wrong_answer_counts_and_says_why_and_may_be_tried_again(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let lesson = lessons(&stage).remove(0);
        let question = lesson.questions().find(|it| matches!(it.asks, Asks::One(_))).unwrap();
        let Asks::One(answers) = &question.asks else { unreachable!() };
        let wrong = (answers.iter().position(|it| !it.right).unwrap() + 1).to_string();
        let path = check(&lesson.slug, question);
        assert!(!sam.get(&path).await.body.contains("data-tried"), "nothing is given away before");
        for _ in 0..2 {
            assert_eq!(sam.post(&path, &[("answer", &wrong)]).await.header(header::LOCATION), path);
        }
        let page = sam.get(&path).await;
        assert!(page.body.contains("Not quite") && page.body.contains("data-tried=\"yes\""), "{}", page.body);
        assert_eq!(page.body.matches(" checked").count(), 1);
        assert!(sam.get(&first).await.body.contains(">Tried<"));
        answer(&mut sam, &lesson, question).await;
        let page = sam.get(&path).await;
        assert!(page.body.contains("That fits."));
        let first = answers.iter().find(|it| !it.right).unwrap().text.to_text();
        assert!(page.body.contains("The first time you chose") && page.body.contains(&first), "{}", page.body);
    }

    async fn a_check_bears_odd_values_and_keeps_what_was_chosen(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await;
        for lesson in lessons(&stage) {
            for question in lesson.questions() {
                let path = check(&lesson.slug, question);
                for odd in crate::me::ODD.into_iter().chain(["", "0", "7", "1,2"]) {
                    for field in ["answer", "place", "x"] {
                        let seen = sam.post(&path, &[(field, odd)]).await;
                        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={odd:?}");
                        assert!(seen.body.contains("href=\"#answer\"") && seen.body.contains("id=\"answer\""));
                    }
                }
                if question.shape().len() > 2 && matches!(question.asks, Asks::Order { .. } | Asks::Pairs { .. }) {
                    let seen = sam.post(&path, &[("place", "2"), ("place", ""), ("place", "")]).await;
                    assert_eq!((seen.status, seen.body.matches(" selected").count()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
                }
            }
        }
        assert!(sam.get("/learn").await.body.contains("0 of 3 finished"), "nothing is half kept");
        for lesson in lessons(&stage) {
            assert!(!sam.get(&format!("/learn/{COURSE}/{}", lesson.slug)).await.body.contains(">Tried<"));
        }
    }

    async fn a_question_that_is_no_more_says_so(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        for gone in ["0123456789", "x", "%00", "%F0%9F%A6%8B"] {
            for seen in [sam.get(&format!("{first}/check/{gone}")).await, sam.post(&format!("{first}/check/{gone}"), &[("answer", "1")]).await] {
                assert_eq!(seen.status, StatusCode::CONFLICT, "{gone}");
                assert!(seen.body.contains("This question has changed") && seen.body.contains(&format!("{first}#checks")));
            }
        }
    }

    async fn only_where_something_is_noted_can_a_question_be_left_out_or_a_lesson_gone_round(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await;
        for lesson in lessons(&stage) {
            let path = format!("/learn/{COURSE}/{}", lesson.slug);
            let question = lesson.questions().next().unwrap();
            let past = sam.post(&check(&lesson.slug, question), &[("way", "past")]).await;
            let (expected, round) = match lesson.is_noted() {
                true => (StatusCode::SEE_OTHER, lesson.content_note.is_some()),
                false => (StatusCode::UNPROCESSABLE_ENTITY, false),
            };
            assert_eq!(past.status, expected, "{path}");
            let seen = sam.post(&path, &[("way", "round")]).await;
            assert_eq!(seen.status == StatusCode::SEE_OTHER, round, "{path}");
            assert_eq!(sam.get(&path).await.body.contains("You have finished this lesson"), round, "{path}");
        }
        assert!(lessons(&stage).iter().any(|it| it.content_note.is_some()), "there is one to go round");
    }

    async fn today_leads_to_the_lesson_that_comes_next(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        assert!(sam.get("/today").await.body.contains("Nothing is waiting for you"));
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        assert!(sam.get("/today").await.body.contains(&format!("href=\"{first}\"")));
        let second = finish(&mut sam, &first, &lessons(&stage)[0]).await;
        assert_ne!(first, second);
        assert!(sam.get("/today").await.body.contains(&format!("href=\"{second}\"")));
    }

    async fn tapping_twice_does_it_once(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let enrol = format!("/courses/{COURSE}/enrol");
        let first = sam.post(&enrol, &[]).await.header(header::LOCATION).to_owned();
        finish(&mut sam, &first, &lessons(&stage)[0]).await;
        assert_eq!(sam.post(&enrol, &[]).await.header(header::LOCATION), first);
        assert_eq!(sam.post(&first, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(sam.get(&first).await.body.contains("1 of 3 finished"));
    }

    async fn an_island_is_told_at_the_very_same_door(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let first = sam.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let lesson = lessons(&stage).remove(0);
        for question in lesson.questions() {
            answer(&mut sam, &lesson, question).await;
        }
        let told = sam.send(Request::post(&first).header(header::ACCEPT, "application/json"), String::new()).await;
        let second = stage.course("how-this-place-works").lessons[1].slug.clone();
        let next = format!(r#"{{"next":"/learn/{COURSE}/{second}"}}"#);
        assert_eq!((told.status, told.body), (StatusCode::OK, next));
        let stranger = Request::post(&first).header(header::ACCEPT, "application/json");
        let refused = stage.browser().send(stranger, String::new()).await;
        assert_eq!((refused.status, refused.body.as_str()), (StatusCode::FORBIDDEN, r#"{"sign_in":true}"#));
    }

    async fn a_lesson_is_for_those_who_have_enrolled(stage: Stage) {
        let lesson = format!("/learn/{COURSE}/{}", stage.course("how-this-place-works").lessons[0].slug);
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
        let lessons = lessons(&stage);
        answer(&mut sam, &lessons[0], lessons[0].questions().next().unwrap()).await;
        assert!(sam.get(&first).await.body.contains(">Tried<"));
        assert_eq!(kim.get(&first).await.body, page.body);
        let second = finish(&mut sam, &first, &lessons[0]).await;
        assert!(sam.get(&first).await.body.contains("1 of 3 finished"));
        assert!(sam.get(&second).await.body.contains("1 of 3 finished"));
        assert_eq!(kim.get(&first).await.body, page.body);
        assert!(kim.get(&second).await.body.contains("0 of 3 finished"));
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
