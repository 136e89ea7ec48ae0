//! Learning plans: their owner's own, part by part, with goals that are rated and reviews.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::me::{ODD, link};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, on_both};

const SAM: &str = "sam@demo.example";

/// Sets a goal, and says where its page is.
pub(crate) async fn set_goal(sam: &mut Browser<'_>, words: &str) -> String {
    let page = sam.get("/plan/goals/new").await;
    let path = goal_action(&page);
    let seen = sam.post(&path, &[("words", words), ("notice", ""), ("heading", ""), ("revision", "0")]).await;
    assert_eq!(seen.header(header::LOCATION), format!("{path}?done=set"), "{}", seen.body);
    path
}

/// Where the form about the words of a goal goes.
fn goal_action(page: &Seen) -> String {
    let actions = page.body.split("action=\"").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0);
    let is_goal = |it: &&str| it.strip_prefix("/plan/goals/").is_some_and(|id| !id.contains('/'));
    actions.filter(is_goal).map(ToOwned::to_owned).next().unwrap()
}

/// Writes into the first field of a page that was opened before.
async fn write(sam: &mut Browser<'_>, page: &Seen, hopes: &str) -> Seen {
    let revision = hidden(page, "revision");
    sam.post("/plan/words", &[("hopes", hopes), ("helps", "music"), ("hinders", ""), ("revision", &revision)])
        .await
}

on_both! {
    async fn a_plan_is_written_part_by_part_and_opens_for_its_owner_alone(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut sam = stage.learner(SAM).await;
        for path in ["/today", "/learn"] {
            assert!(sam.get(path).await.body.contains("href=\"/plan\""), "{path} leads there");
        }
        let empty = sam.get("/plan").await;
        assert!(empty.body.contains("It is still empty, and that is fine") && !empty.body.contains("<svg class=\"run\""));
        assert_eq!(empty.title(), "My plan · Alongside");
        assert_eq!(empty.header(header::CACHE_CONTROL), "no-store");
        let page = sam.get("/plan/words").await;
        assert!(page.body.contains("no names of other people"), "a reminder stands beside the fields");
        let kept = write(&mut sam, &page, "A garden </textarea><script>alert(1)</script> محمد 🦋").await;
        assert_eq!(kept.header(header::LOCATION), "/plan?done=kept");
        let plan = sam.get("/plan?done=kept").await;
        assert!(plan.body.contains("A garden &lt;/textarea&gt;&lt;script&gt;") && !plan.body.contains("<script>alert"), "{}", plan.body);
        assert!(plan.body.contains("music") && plan.body.contains("Nothing written yet.") && plan.body.contains("whoever holds the database"));
        assert!(sam.get("/plan/words").await.body.contains("&lt;&#x2F;textarea&gt;"));
        let mut kim = stage.learner("kim@demo.example").await;
        assert!(!kim.get("/plan").await.body.contains("A garden"));
        for path in ["/me/log", "/learn", "/today"] {
            assert!(!sam.get(path).await.body.contains("A garden"), "{path}");
        }
        assert_eq!(admin.get("/plan").await.status, StatusCode::NOT_FOUND, "whoever learns nowhere has none");
    }

    async fn no_part_of_a_plan_that_is_newer_is_overwritten_unseen(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let old = sam.get("/plan/words").await;
        write(&mut sam, &old, "from the first tab").await;
        let refused = write(&mut sam, &old, "from the second tab").await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("from the first tab") && refused.body.contains("from the second tab"), "both are shown");
        assert_eq!(write(&mut sam, &refused, "from both").await.status, StatusCode::SEE_OTHER, "now it has been seen");
        let taken_back = sam.get("/plan/words").await;
        let form = [("hopes", ""), ("helps", ""), ("hinders", ""), ("revision", &*hidden(&taken_back, "revision"))];
        sam.post("/plan/words", &form).await;
        let refused = write(&mut sam, &taken_back, "an old tab").await;
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("It was taken back."), "{}", refused.body);

        let goal = set_goal(&mut sam, "Take the bus").await;
        let form = |words, revision| [("words", words), ("notice", ""), ("heading", "hope"), ("revision", revision)];
        assert_eq!(sam.post(&goal, &form("Take the train", "1")).await.header(header::LOCATION), "/plan?done=kept");
        let refused = sam.post(&goal, &form("Take the tram", "1")).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("Take the train") && refused.body.contains("Take the tram") && refused.body.contains("value=\"2\""));
        assert!(sam.get("/plan").await.body.contains("Take the train"));
        assert_eq!(sam.post(&goal, &form("", "2")).await.header(header::LOCATION), "/plan?done=gone");
        assert_eq!(sam.get(&goal).await.status, StatusCode::NOT_FOUND);
        let refused = sam.post(&goal, &form("Take the train", "2")).await;
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("It was taken back."), "{}", refused.body);
        assert!(!sam.get("/plan").await.body.contains("Take the t"));
    }

    async fn a_goal_is_rated_once_a_day_and_the_chart_has_its_figures_in_a_table(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let goal = set_goal(&mut sam, "Take the bus").await;
        for rating in ["3", "0", "4"] {
            let seen = sam.post(&format!("{goal}/rate"), &[("rating", rating)]).await;
            assert_eq!(seen.header(header::LOCATION), format!("{goal}?done=rated"));
        }
        let page = sam.get(&format!("{goal}?done=rated")).await;
        assert!(page.body.contains("4 out of 10 on 21 November 2026.</desc>"), "the latest of the day stands: {}", page.body);
        assert!(page.body.contains("id=\"rating-4\" name=\"rating\" value=\"4\" checked"), "{}", page.body);
        stage.clock.wait(TimeDelta::days(2));
        sam.post(&format!("{goal}/rate"), &[("rating", "7")]).await;
        for path in [goal.as_str(), "/plan"] {
            let page = sam.get(path).await;
            assert!(page.body.contains("From 4 out of 10 on 21 November 2026 to 7 on 23 November 2026.</desc>"), "{path}: {}", page.body);
            assert!(page.body.contains("Show the figures") && page.body.contains("<th scope=\"row\">23 November 2026</th>"), "{path}");
            assert!(!page.body.contains("style=") && !page.body.contains('%'), "{path}");
        }
        for odd in ODD.into_iter().chain(["", "11", "5.5"]) {
            let seen = sam.post(&format!("{goal}/rate"), &[("rating", odd)]).await;
            assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.title().starts_with("Error: "), "{odd:?}");
            assert!(seen.body.contains("Choose a number from 0 to 10.") && seen.body.contains("Take the bus"), "{odd:?}");
        }
    }

    async fn many_ratings_are_shown_a_page_at_a_time(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let goal = set_goal(&mut sam, "Sleep").await;
        for _ in 0..33 {
            sam.post(&format!("{goal}/rate"), &[("rating", "5")]).await;
            stage.clock.wait(TimeDelta::days(1));
        }
        let latest = sam.get(&goal).await;
        assert_eq!(latest.body.matches("<th scope=\"row\">").count(), 30);
        assert_eq!(sam.get("/plan").await.body.matches("<th scope=\"row\">").count(), 30);
        let earlier = sam.get(&link(&latest, &format!("{goal}?before="))).await;
        assert_eq!(earlier.body.matches("<th scope=\"row\">").count(), 3);
        assert!(!earlier.body.contains("Show earlier numbers"));
        assert_eq!(sam.get(&format!("{goal}?before=🦋")).await.status, StatusCode::OK);
    }

    async fn a_goal_is_reached_or_set_aside_and_brought_back(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let goal = set_goal(&mut sam, "Take the bus").await;
        for to in ["reached", "reached", "set_aside", "under_way"] {
            let seen = sam.post(&format!("{goal}/state"), &[("state", to)]).await;
            assert_eq!(seen.header(header::LOCATION), format!("{goal}?done={to}"));
        }
        sam.post(&format!("{goal}/state"), &[("state", "reached")]).await;
        assert!(sam.get("/plan").await.body.contains("<h3>Reached</h3>"));
        let page = sam.get(&goal).await;
        assert!(page.body.contains("Bring it back") && !page.body.contains("Keep today’s number"), "{}", page.body);
        let seen = sam.post(&format!("{goal}/rate"), &[("rating", "5")]).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.body.contains("Bring it back first"), "{}", seen.body);
        assert_eq!(sam.post(&format!("{goal}/state"), &[("state", "failed")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_second_tap_sets_no_second_goal_and_no_more_than_fit_are_under_way(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let goal = set_goal(&mut sam, "Goal 1").await;
        sam.post(&goal, &[("words", "Goal 1"), ("revision", "0")]).await;
        assert_eq!(sam.get("/plan").await.body.matches("Goal 1<").count(), 1);
        for number in 2..=12 {
            set_goal(&mut sam, &format!("Goal {number}")).await;
        }
        let path = goal_action(&sam.get("/plan/goals/new").await);
        let seen = sam.post(&path, &[("words", "Goal 13"), ("revision", "0")]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("12 goals are under way") && seen.body.contains("Goal 13"), "what was typed is still there");
        sam.post(&format!("{goal}/state"), &[("state", "reached")]).await;
        assert_eq!(sam.post(&path, &[("words", "Goal 13"), ("revision", "0")]).await.status, StatusCode::SEE_OTHER);
        let seen = sam.post(&format!("{goal}/state"), &[("state", "under_way")]).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.body.contains("then bring this one back"));
        let mut kim = stage.learner("kim@demo.example").await;
        for path in [goal.clone(), format!("{goal}/rate"), format!("{goal}/state")] {
            let seen = kim.post(&path, &[("words", "Mine"), ("rating", "1"), ("state", "reached"), ("revision", "0")]).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path} is not theirs");
        }
        assert!(!sam.get("/plan").await.body.contains("Mine"));
    }

    async fn somebody_looks_back_and_changes_what_they_wrote(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let page = sam.get("/plan/reviews/new").await;
        let path = page.body.split("action=\"").find(|it| it.starts_with("/plan/reviews/")).unwrap();
        let path = path.split_once('"').unwrap().0.to_owned();
        assert!(page.body.contains("value=\"21\"") && page.body.contains("value=\"2026\""), "today stands there");
        let form = |day, with, went_well, revision| {
            [("held_day", day), ("held_month", "11"), ("held_year", "2026"), ("with", with), ("went_well", went_well), ("change", ""), ("revision", revision)]
        };
        let seen = sam.post(&path, &form("22", "", "I went <b>out</b>", "0")).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("today or before") && seen.body.contains("I went &lt;b&gt;out"), "{}", seen.body);
        for _ in 0..2 {
            assert_eq!(sam.post(&path, &form("21", "tutor", "I went out", "0")).await.header(header::LOCATION), "/plan?done=kept");
        }
        let plan = sam.get("/plan").await;
        assert!(plan.body.matches("I went out").count() == 1 && plan.body.contains("With my tutor"), "{}", plan.body);
        assert!(sam.get(&path).await.body.contains("I went out"));
        let refused = sam.post(&path, &form("21", "alone", "Another day", "1")).await;
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("I went out") && refused.body.contains("Another day"));
        assert_eq!(sam.post(&path, &form("21", "alone", "", "2")).await.header(header::LOCATION), "/plan?done=gone");
        assert_eq!(sam.get(&path).await.status, StatusCode::NOT_FOUND);
        let mut kim = stage.learner("kim@demo.example").await;
        assert_eq!(kim.post(&path, &form("21", "alone", "Mine", "0")).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_plan_bears_odd_values_and_loses_nothing(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let goal = set_goal(&mut sam, "Take the bus").await;
        let review = "/plan/reviews/00000000-0000-7000-8000-000000000001";
        let forms: [(&str, &[&str]); 3] = [
            ("/plan/words", &["hopes", "helps", "hinders", "revision"]),
            (&goal, &["words", "notice", "heading", "revision"]),
            (review, &["held_day", "held_month", "held_year", "with", "went_well", "change", "revision"]),
        ];
        let long = "é".repeat(5_000);
        for (path, fields) in forms {
            for field in fields {
                for odd in ODD.into_iter().chain(["", "99999999999999999999", long.as_str()]) {
                    let seen = sam.post(path, &[(*field, odd)]).await;
                    let fine = [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT];
                    assert!(fine.contains(&seen.status), "{path} {field}={odd:?}: {}", seen.status);
                    assert!(!seen.body.contains("<script"), "{path} {field}={odd:?}");
                }
            }
        }
        assert!(sam.get("/plan").await.body.contains("Take the bus"));
        for odd in ["/plan/goals/x", "/plan/goals/00000000-0000-7000-8000-000000000009", "/plan/reviews/🦋"] {
            assert_eq!(sam.get(odd).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        let seen = sam.post("/plan/words", &[("hopes", &long)]).await;
        assert!(seen.body.contains("at most 2000 fit") && seen.body.contains("éééé"), "what was typed is still there");
    }

    async fn a_plan_says_where_one_is_in_the_recommended_pair_and_requires_nothing(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let plan = sam.get("/plan").await;
        assert!(plan.body.contains("Towards peer support work") && plan.body.matches("Not begun").count() == 2, "{}", plan.body);
        assert!(plan.body.contains("You need none of them."));
        let page = sam.get("/courses/understanding-mental-health").await;
        assert!(page.body.contains("You may like to take <a href=\"/courses/introduction-to-recovery\">Introduction to Recovery</a> first. You need not."), "{}", page.body);
        assert!(page.body.contains("Take this course"), "it is no gate");
        sam.post("/courses/understanding-mental-health/enrol", &[]).await;
        let plan = sam.get("/plan").await;
        assert!(plan.body.contains("Under way: 0 of 7 lessons finished") && plan.body.matches("Not begun").count() == 1);
    }

    async fn what_is_recommended_after_a_finished_course_is_suggested_and_says_why(stage: Stage) {
        let mut sources = crate::databases::shipped().courses.clone();
        let after = sources.iter_mut().find(|it| it.slug.as_str() == "looking-after-yourself").unwrap();
        after.outline.push_str("\nrecommended_before = [\"how-this-place-works\"]\n");
        let tx = stage.site.db().begin().await.unwrap();
        store::courses::publish(&tx, &sources, app::Clock::now(&stage.clock)).await.unwrap();
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();
        let mut sam = stage.learner(SAM).await;
        sam.post("/courses/how-this-place-works/enrol", &[]).await;
        let says = "Recommended after How this place works";
        assert!(!sam.get("/plan").await.body.contains(says), "not before it is finished");
        let finish = "INSERT INTO lesson_finished (person_id, course_id, lesson, finished_at) \
                      SELECT e.person_id, e.course_id, l.slug, 0 FROM enrolment e JOIN course c ON c.id = e.course_id \
                      JOIN lesson l ON l.course_id = c.id AND l.number = c.current";
        stage.site.db().execute(finish).await.unwrap();
        let plan = sam.get("/plan").await;
        assert!(plan.body.contains(says) && plan.body.contains("href=\"/courses/looking-after-yourself\""), "{}", plan.body);
        sam.post("/courses/looking-after-yourself/enrol", &[]).await;
        assert!(!sam.get("/plan").await.body.contains(says), "what is taken up is known");
    }
}
