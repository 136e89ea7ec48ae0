//! Learning plans that are shown to a tutor, and taken back.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::arranging::person_called;
use crate::me::{ODD, joined, link};
use crate::planning::set_goal;
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

/// Sam, who learns and has a goal; and Kim, who gives courses.
async fn sam_and_kim(stage: &Stage) -> (Browser<'_>, Browser<'_>, Browser<'_>) {
    let mut admin = stage.administrator().await;
    let mut sam = stage.learner("sam@demo.example").await;
    let kim = joined(stage, &mut admin, ("kim@demo.example", "Kim", "tutor")).await;
    set_goal(&mut sam, "Take the bus").await;
    (admin, sam, kim)
}

/// Shows Sam's plan to the first tutor on the list, by a page that tells of the courses as well.
async fn show(sam: &mut Browser<'_>) -> Seen {
    show_as(sam, &[("courses", "yes")]).await
}

async fn show_as(sam: &mut Browser<'_>, told: &[(&str, &str)]) -> Seen {
    let mut page = sam.get("/plan/share").await;
    // Before stand those to whom it is shown already.
    page.body = page.body.split_once("action=\"/plan/share\"").unwrap().1.to_owned();
    let [tutor, organisation] = ["tutor", "organisation"].map(|it| hidden(&page, it));
    let form = [&[("tutor", &*tutor), ("organisation", &*organisation)], told].concat();
    sam.post("/plan/share", &form).await
}

on_both! {
    async fn a_plan_is_shown_to_a_tutor_by_name_and_its_owner_reads_who_read_it(stage: Stage) {
        let (mut admin, mut sam, mut kim) = sam_and_kim(&stage).await;
        let page = sam.get("/plan/share").await;
        assert!(page.body.contains("Nobody but you.") && page.body.contains("Show it to Kim"), "{}", page.body);
        assert!(page.body.contains("whoever holds the database"), "it says who could technically read it");
        assert!(kim.get("/me").await.body.contains("href=\"/plans\""));
        assert!(kim.get("/plans").await.body.contains("Nobody shows you their plan"));
        assert_eq!(show(&mut sam).await.header(header::LOCATION), "/plan/share?done=shared");
        let page = sam.get("/plan/share").await;
        assert!(page.body.contains("since 21 November 2026") && !page.body.contains("Show it to Kim"), "{}", page.body);
        assert!(sam.get("/plan").await.body.contains("<li><bdi>Kim</bdi></li>"));
        let theirs = link(&kim.get("/plans").await, "/plans/");
        assert!(!sam.get("/me/log").await.body.contains("Read your plan"));
        let plan = kim.get(&theirs).await;
        assert!(plan.body.contains("Take the bus") && plan.body.contains("Their log says that you have read it"), "{}", plan.body);
        assert!(!plan.body.contains("<form method=\"post\" action=\"/plan"), "to read, and no more");
        let log = sam.get("/me/log").await;
        assert!(log.body.contains("Read your plan") && log.body.contains("Shared your plan with a tutor") && log.body.contains("<bdi>Kim</bdi>"), "{}", log.body);
        assert!(!log.body.contains("bus"), "the log does not repeat it");
        assert_eq!(admin.get(&theirs).await.status, StatusCode::NOT_FOUND, "administrators are shown nothing");
        let mut jo = joined(&stage, &mut admin, ("jo@demo.example", "Jo", "tutor")).await;
        assert_eq!(jo.get(&theirs).await.status, StatusCode::NOT_FOUND, "nor is another tutor");
        let person = person_called(&stage, &mut admin, "Sam").await;
        for path in [person.as_str(), "/plan", "/plans", "/access-needs", "/me/log"] {
            assert!(!admin.get(path).await.body.contains("bus"), "{path}");
        }

        let tutor = hidden(&sam.get("/plan/share").await, "tutor");
        for _ in 0..2 {
            let seen = sam.post("/plan/share/take-back", &[("tutor", &tutor)]).await;
            assert_eq!(seen.header(header::LOCATION), "/plan/share?done=taken-back");
        }
        assert_eq!(kim.get(&theirs).await.status, StatusCode::NOT_FOUND, "what is taken back is closed at once");
        assert!(kim.get("/plans").await.body.contains("Nobody shows you their plan"));
        assert_eq!(sam.get("/me/log").await.body.matches("Took your plan back").count(), 1);
        assert_eq!(sam.get("/plans").await.status, StatusCode::NOT_FOUND);
    }

    async fn what_is_shown_closes_by_itself_when_either_leaves_and_stays_closed(stage: Stage) {
        let (_, mut sam, mut kim) = sam_and_kim(&stage).await;
        assert_eq!(show(&mut sam).await.header(header::LOCATION), "/plan/share?done=shared");
        let theirs = link(&kim.get("/plans").await, "/plans/");
        let db = stage.site.db();
        // Today is the last day.
        db.execute("UPDATE engagement SET to_on = '2026-11-21' WHERE kind = 'learner'").await.unwrap();
        assert_eq!(kim.get(&theirs).await.status, StatusCode::OK);
        stage.clock.wait(TimeDelta::hours(5));
        assert_eq!(kim.get(&theirs).await.status, StatusCode::NOT_FOUND, "the learner has left");
        assert!(kim.get("/plans").await.body.contains("Nobody shows you their plan"));
        db.execute("UPDATE engagement SET to_on = NULL, from_on = '2026-11-22' WHERE kind = 'learner'").await.unwrap();
        assert_eq!(kim.get(&theirs).await.status, StatusCode::NOT_FOUND, "coming back does not open it");
        assert!(kim.get("/plans").await.body.contains("Nobody shows you their plan"));
        let page = sam.get("/plan/share").await;
        assert!(page.body.contains("Closed: one of you is not there any more.") && page.body.contains("Show it to Kim"), "{}", page.body);
        assert!(!sam.get("/plan").await.body.contains("<li><bdi>Kim</bdi></li>"));
        let tutor = hidden(&page, "tutor");
        let host = stage.host().to_string();
        assert_eq!(sam.post("/plan/share", &[("tutor", &tutor), ("organisation", &host)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(kim.get(&theirs).await.status, StatusCode::OK, "a new choice does");
        db.execute("UPDATE engagement SET from_on = '2026-11-23' WHERE kind = 'tutor'").await.unwrap();
        stage.clock.wait(TimeDelta::days(2));
        assert_eq!(kim.get(&theirs).await.status, StatusCode::NOT_FOUND, "the tutor has come back");
        assert!(kim.get("/plans").await.body.contains("Nobody shows you their plan"));
    }

    async fn courses_are_shown_to_those_for_whom_their_owner_agreed_to_it_and_never_lesson_by_lesson(stage: Stage) {
        let (_, mut sam, mut kim) = sam_and_kim(&stage).await;
        sam.post("/courses/introduction-to-recovery/enrol", &[]).await;
        let lesson = stage.site.public().courses.iter().find(|it| it.course.slug.as_str() == "introduction-to-recovery").unwrap().course.lessons[0].slug.clone();
        sam.post(&format!("/learn/introduction-to-recovery/{lesson}"), &[]).await;
        assert!(sam.get("/plan/share").await.body.contains("whether each is finished, under way or not begun"));
        // A page that was opened before courses were spoken of.
        show_as(&mut sam, &[]).await;
        let theirs = link(&kim.get("/plans").await, "/plans/");
        let plan = kim.get(&theirs).await;
        assert!(plan.body.contains("Take the bus") && !plan.body.contains("Introduction to Recovery"), "{}", plan.body);
        let page = sam.get("/plan/share").await;
        assert!(page.body.contains("Without its courses"), "{}", page.body);
        sam.post("/plan/share/take-back", &[("tutor", &hidden(&page, "tutor"))]).await;
        show(&mut sam).await;
        assert!(!sam.get("/plan/share").await.body.contains("Without its courses"));
        let plan = kim.get(&theirs).await;
        assert!(plan.body.contains("Introduction to Recovery") && plan.body.contains(">Under way<") && plan.body.contains("Not begun"), "{}", plan.body);
        assert!(!plan.body.contains("lessons finished") && !plan.body.contains("How this place works"), "{}", plan.body);
        assert!(sam.get("/plan").await.body.contains("lessons finished"), "its owner sees more");
    }

    async fn a_tutor_gives_their_second_step_before_a_plan_is_shown(stage: Stage) {
        let (_, mut sam, mut kim) = sam_and_kim(&stage).await;
        show(&mut sam).await;
        let theirs = link(&kim.get("/plans").await, "/plans/");
        let mut pat = stage.learner("pat@demo.example").await;
        let tutor = "INSERT INTO engagement (id, person_id, organisation_id, kind, from_on) \
                     SELECT s.person_id, s.person_id, o.id, 'tutor', '2026-01-01' \
                     FROM sign_in s, organisation o WHERE s.email = 'pat@demo.example'";
        stage.site.db().execute(tutor).await.unwrap();
        assert_eq!(show(&mut sam).await.header(header::LOCATION), "/plan/share?done=shared");
        for path in ["/plans", &theirs] {
            let seen = pat.get(path).await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER, "{path}: {}", seen.body);
            assert!(seen.header(header::LOCATION).starts_with("/me/second-factor/set-up?next="), "{path}: {}", seen.header(header::LOCATION));
        }
        assert!(!sam.get("/me/log").await.body.contains("Read your plan"));
        assert!(kim.get(&theirs).await.body.contains("Take the bus"), "who has given it reads on");
    }

    async fn nobody_is_shown_a_plan_who_is_no_tutor_where_its_owner_learns(stage: Stage) {
        let (mut admin, mut sam, _) = sam_and_kim(&stage).await;
        joined(&stage, &mut admin, ("jo@demo.example", "Jo", "coordinator")).await;
        let person = person_called(&stage, &mut admin, "Jo").await;
        let jo = person.rsplit_once('/').unwrap().1;
        let (host, elsewhere) = (stage.host().to_string(), "00000000-0000-7000-8000-000000000009");
        let kim = hidden(&sam.get("/plan/share").await, "tutor");
        for (tutor, organisation) in [(jo, host.as_str()), (elsewhere, &host), (&kim, elsewhere)].into_iter().chain(ODD.map(|it| (it, it))) {
            let seen = sam.post("/plan/share", &[("tutor", tutor), ("organisation", organisation)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{tutor:?}");
            assert!(seen.title().starts_with("Error: ") && seen.body.contains("Choose a tutor from the list."), "{}", seen.body);
            assert_eq!(sam.post("/plan/share/take-back", &[("tutor", tutor)]).await.status, StatusCode::SEE_OTHER);
        }
        assert!(sam.get("/plan/share").await.body.contains("Nobody but you."));
        for odd in ["?name=k", "?name=🦋&page=0", "?page=99999999999999999999", "?page=18446744073709551615"] {
            assert_eq!(sam.get(&format!("/plan/share{odd}")).await.status, StatusCode::OK, "{odd}");
        }
        assert!(sam.get("/plan/share?name=KI").await.body.contains("Show it to Kim"));
        assert!(!sam.get("/plan/share?name=im").await.body.contains("Show it to Kim"));
        let refused = stage.site.db().execute("INSERT INTO plan_share (person_id, tutor_id, organisation_id, from_on) SELECT p.person_id, p.person_id, o.id, '2026-11-21' FROM plan p, organisation o").await;
        assert!(refused.unwrap_err().to_string().contains("plan_share_is_with_somebody_else"));
    }
}
