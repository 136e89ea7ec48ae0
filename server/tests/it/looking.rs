//! Looking for courses in the prospectus.

use axum::http::StatusCode;
use domain::course::Slug;

use crate::me::{ODD, with};
use crate::stage::{Stage, on_both};

/// The titles of the courses that a query shows, in order.
async fn found(stage: &Stage, query: &str) -> Vec<String> {
    let page = stage.get(&format!("/courses?{query}")).await;
    assert_eq!(page.status, StatusCode::OK, "{query}");
    let cards = page.body.split("<a href=\"/courses/").skip(1);
    cards.filter_map(|it| it.split_once('>')?.1.split("</a>").next()).map(ToOwned::to_owned).collect()
}

on_both! {
    async fn a_course_is_found_by_its_words_with_or_without_a_slip(stage: Stage) {
        let whole = found(&stage, "q=understanding+mental+health").await;
        assert_eq!(whole[0], "Understanding mental health");
        for slip in ["q=understading+mental+health", "q=undrestanding+mental+heatlh", "q=UNDERSTANDING+M%C3%A9ntal+health"] {
            assert_eq!(found(&stage, slip).await, whole, "{slip}");
        }
        let page = stage.get("/courses?q=understading").await;
        assert!(page.body.contains("We looked for “understanding”, not for “understading”"), "{}", page.body);
        assert!(page.body.contains("value=\"understading\""), "what was typed stays");
        assert_eq!(found(&stage, "q=zzzzzz").await, [""; 0]);
        assert!(stage.get("/courses?q=zzzzzz").await.body.contains("No course fits this"));
    }

    async fn courses_are_narrowed_down(stage: Stage) {
        let all = stage.site.public().courses.len();
        assert_eq!(found(&stage, "").await.len(), all);
        assert_eq!(found(&stage, "category=Getting+started").await, ["How this place works"]);
        assert_eq!(found(&stage, "length=hour").await, ["How this place works"]);
        assert_eq!(found(&stage, "state=draft").await.len(), all);
        assert_eq!(found(&stage, "state=adopted").await, [""; 0]);
        assert!(found(&stage, "plain=yes").await.len() < all);
        let page = stage.get("/courses?category=Getting+started").await;
        assert!(page.body.contains("<details open"), "what narrows it down is in sight");
    }

    async fn a_long_prospectus_is_shown_page_by_page_with_what_was_asked(stage: Stage) {
        let mut sources = crate::databases::shipped().courses.iter();
        let one = sources.find(|it| it.slug.as_str() == "how-this-place-works").unwrap();
        let tx = stage.site.db().begin().await.unwrap();
        let further: Vec<_> = (1..=80)
            .map(|number| {
                let mut it = one.clone();
                it.slug = Slug::parse(&format!("further-{number}")).unwrap();
                it.outline = it.outline.replacen("title = \"", &format!("title = \"Further {number:02}: "), 1);
                it
            })
            .collect();
        store::courses::publish(&tx, &further, app::Clock::now(&stage.clock)).await.unwrap();
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();
        for query in ["", "q=further&category=Getting+started"] {
            let (mut all, mut at) = (Vec::new(), query.to_owned());
            let mut pages = 0;
            loop {
                pages += 1;
                all.extend(found(&stage, &at).await);
                let page = stage.get(&format!("/courses?{at}")).await;
                assert_eq!(page.body.contains("80 courses fit."), !query.is_empty(), "{at}");
                let Some((before, _)) = page.body.split_once("Show more courses") else { break };
                let href = before.rsplit_once("href=\"/courses?").unwrap().1;
                at = href.split_once('"').unwrap().0.replace("&amp;", "&");
            }
            all.sort();
            let whole = all.len();
            all.dedup();
            let expected = if query.is_empty() { stage.site.public().courses.len() } else { 80 };
            assert_eq!((all.len(), whole, pages), (expected, expected, expected.div_ceil(40)), "{query}");
        }
        assert_eq!(found(&stage, "after=gone").await.len(), 40, "it begins anew");
    }

    async fn each_card_says_what_a_course_is_about_and_whether_it_has_content_notes(stage: Stage) {
        let page = stage.get("/courses").await;
        for it in &stage.site.public().courses {
            assert!(page.body.contains(&it.course.outline.category), "{}", it.course.slug);
        }
        let noted = stage.site.public().courses.iter().filter(|it| it.course.is_noted()).count();
        assert_eq!(page.body.matches("Has content notes").count(), noted);
    }

    async fn looking_bears_odd_values(stage: Stage) {
        let form = [("q", "sleep"), ("category", ""), ("length", ""), ("state", ""), ("plain", ""), ("after", "")];
        let long = "word ".repeat(5_000);
        for (field, _) in form {
            for odd in ODD.into_iter().chain([long.as_str(), ""]) {
                let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(with(&form, field, odd)).finish();
                let page = stage.get(&format!("/courses?{query}")).await;
                assert_eq!(page.status, StatusCode::OK, "{field}={odd:.20}");
                assert!(!page.body.contains("<script"), "{field}={odd:.20}");
            }
        }
    }
}
