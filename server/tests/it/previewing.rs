//! What learners will see of a draft, seen by its editors.

use axum::http::{Request, StatusCode, header};

use crate::second_factor::hidden;
use crate::stage::on_both;
use crate::writing::{COURSE, DRAFT, editors, keep, typed};

on_both! {
    async fn a_preview_shows_what_learners_will_see_and_keeps_nothing(stage: Stage) {
        let [mut sam, _] = editors(&stage).await;
        let preview = format!("{DRAFT}/preview");
        assert_eq!(sam.get(&preview).await.status, StatusCode::CONFLICT, "there is no draft yet");
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let page = sam.get(&preview).await;
        assert!(page.body.contains("This is a preview.") && page.body.contains("What to expect"), "{}", page.body);
        assert!(page.body.contains(&format!("href=\"{preview}/at-your-own-pace\"")) && !page.body.contains("/enrol"));

        let mut learner = stage.learner("noor@demo.example").await;
        let first = learner.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        let theirs = learner.get(&first).await.body;
        let seen = sam.get(&format!("{preview}/at-your-own-pace")).await.body;
        let article = |body: &str| body.split_once("<article").unwrap().1.split_once("</article>").unwrap().0.to_owned();
        let there = article(&seen).replace(&preview, &format!("/learn/{COURSE}"));
        assert_eq!(there, article(&theirs), "the very same");

        let lesson = stage.course("how-this-place-works").lessons[0].clone();
        let question = lesson.questions().next().unwrap();
        let check = format!("{preview}/{}/check/{}", lesson.slug, question.id);
        assert!(!sam.get(&check).await.body.contains("data-tried"));
        let tried = sam.post(&check, &[("answer", "1"), ("place", "1"), ("place", "2")]).await;
        assert!([StatusCode::OK, StatusCode::UNPROCESSABLE_ENTITY].contains(&tried.status));
        let refused = sam.post(&check, &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let json = Request::post(&check).header(header::ACCEPT, "application/json").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let told = sam.send(json, "answer=1".to_owned()).await;
        assert!([StatusCode::OK, StatusCode::UNPROCESSABLE_ENTITY].contains(&told.status), "an island is told as well: {}", told.body);
        assert_eq!(sam.get(&format!("{check}x")).await.status, StatusCode::SEE_OTHER, "a question that is no more leads back");

        let next = sam.post(&format!("{preview}/{}", lesson.slug), &[]).await;
        assert_eq!(next.header(header::LOCATION), format!("{preview}/what-is-kept"));
        assert_eq!(sam.get(next.header(header::LOCATION)).await.status, StatusCode::OK);
        assert!(sam.get(&format!("{preview}/{}/reflection", lesson.slug)).await.body.contains("nothing to write"));
        assert!(sam.get("/learn").await.body.contains("You have not taken up a course yet"));
    }

    async fn what_cannot_be_read_yet_is_left_out_of_a_preview_and_said(stage: Stage) {
        let [mut sam, _] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let lesson = format!("{DRAFT}/lessons/what-is-kept");
        let page = sam.get(&lesson).await;
        let faulty = format!("{}\n<script>alert(1)</script>\n[x](javascript:alert(1))\n", typed(&page));
        keep(&mut sam, &lesson, &page, &faulty).await;
        let seen = sam.get(&format!("{DRAFT}/preview/what-is-kept")).await;
        assert_eq!(seen.status, StatusCode::CONFLICT);
        assert!(seen.body.contains("There is something to put right first") && !seen.body.contains("alert(1)"));
        let seen = sam.get(&format!("{DRAFT}/preview/at-your-own-pace")).await;
        assert!(seen.body.contains("One lesson is left out") && !seen.body.contains("alert(1)"));
        let outline = format!("{DRAFT}/outline");
        let page = sam.get(&outline).await;
        keep(&mut sam, &outline, &page, "title = [[[").await;
        for path in ["preview", "preview/at-your-own-pace", "preview/at-your-own-pace/check/x", "preview/at-your-own-pace/reflection"] {
            let seen = sam.get(&format!("{DRAFT}/{path}")).await;
            assert_eq!(seen.status, StatusCode::CONFLICT, "{path}");
            assert!(seen.body.contains(&format!("href=\"{outline}\"")), "{path}");
        }
    }

    async fn what_is_said_about_a_course_is_filled_in_field_by_field(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let outline = format!("{DRAFT}/outline");
        let page = sam.get(&outline).await;
        assert!(page.body.contains("value=\"How this place works\"") && page.body.contains("No tests. Nobody marks you and nobody fails."), "{}", page.body);
        let revision = hidden(&page, "revision");
        let form = [
            ("title", "Where you are \"now\""), ("discreet_title", "Where you are"), ("summary", "A short one."), ("category", "Getting started"),
            ("about", "One.\r\n\r\nTwo."), ("expect", "This\r\n\r\nand that"), ("content_notes", ""), ("recommended_before", ""), ("written_by", "Us"),
            ("reviewed", "22"), ("reviewed_month", "11"), ("reviewed_year", "2026"), ("revision", &*revision),
        ];
        assert_eq!(sam.post(&outline, &form).await.header(header::LOCATION), format!("{outline}?done=kept"));
        let text = typed(&sam.get(&format!("{outline}?as=text")).await);
        assert!(text.contains("Where you are \"now\"") && text.contains("reviewed = 2026-11-22") && text.contains("\"and that\""), "{text}");
        assert!(sam.get(&format!("{DRAFT}/preview")).await.body.contains("Where you are \"now\""));
        let late = kim.post(&outline, &crate::me::with(&form, "title", "Mine")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("value=\"Mine\"") && late.body.contains("What was kept meanwhile"), "both are shown");
        let revision = hidden(&sam.get(&outline).await, "revision");
        let form = crate::me::with(&form, "revision", &revision);
        let day = sam.post(&outline, &crate::me::with(&form, "reviewed_month", "13")).await;
        assert_eq!(day.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(day.body.contains("href=\"#reviewed\"") && day.body.contains("value=\"13\""), "{}", day.body);
        for odd in crate::me::ODD {
            for field in ["title", "about", "expect", "recommended_before"] {
                let revision = hidden(&sam.get(&outline).await, "revision");
                let form = crate::me::with(&form, "revision", &revision);
                let kept = sam.post(&outline, &crate::me::with(&form, field, odd)).await;
                assert_eq!(kept.status, StatusCode::SEE_OTHER, "{field}={odd:?}");
                assert!(!sam.get(&outline).await.body.contains("<script>"));
            }
        }
    }
}
