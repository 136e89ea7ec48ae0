//! What anybody may read without an account.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::stage::on_both;

const PAGES: [&str; 6] = [
    "/",
    "/courses",
    "/courses/how-this-place-works",
    "/pages/privacy",
    "/pages/accessibility",
    "/pages/about",
];

on_both! {
    async fn every_public_page_is_there_without_a_script(stage: Stage) {
        for path in PAGES {
            let page = stage.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.body.contains("<script"), "{path}");
            assert!(!page.body.contains(" style="), "{path}");
            assert!(!page.header(header::CONTENT_SECURITY_POLICY).contains("script-src"), "{path}");
            assert!(page.title().ends_with(" · Alongside"), "{path}: {}", page.title());
        }
    }

    async fn every_page_says_where_to_turn(stage: Stage) {
        for path in PAGES.into_iter().chain(["/nowhere"]) {
            let page = stage.get(path).await;
            for words in ["999", "116 123", "85258", "Nobody watches this site", "Leave this site"] {
                assert!(page.body.contains(words), "{path} lacks {words}");
            }
        }
    }

    async fn the_prospectus_names_every_course(stage: Stage) {
        let page = stage.get("/courses").await;
        assert!(page.body.contains("How this place works"));
        assert!(page.body.contains(r#"href="/courses/how-this-place-works""#));
    }

    async fn a_course_page_lists_its_lessons(stage: Stage) {
        let page = stage.get("/courses/how-this-place-works").await;
        for it in &stage.course("how-this-place-works").lessons {
            assert!(page.body.contains(&it.title), "{} is missing", it.title);
        }
        assert!(page.body.contains("Draft, not yet co-produced here"));
    }

    async fn what_is_not_there_is_a_kind_404(stage: Stage) {
        for path in ["/nowhere", "/courses/nothing", "/courses/NOT%20a%20slug", "/courses/%00", "/pages/x", "/courses/%ff"] {
            let page = stage.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.body.contains("We can’t find that page"), "{path}");
        }
    }

    async fn a_page_takes_no_other_method(stage: Stage) {
        let page = stage.ask(Request::post("/courses").body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
        assert!(page.body.contains("Nothing has been changed"));
    }

    async fn what_is_sent_from_another_site_is_kindly_refused(stage: Stage) {
        let request = Request::post("/courses")
            .header(header::HOST, "college.example")
            .header(header::ORIGIN, "https://elsewhere.example");
        let page = stage.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.body.contains("That came from another site"));
    }

    async fn a_page_that_has_not_changed_is_not_sent_again(stage: Stage) {
        let etag = stage.get("/courses").await.header(header::ETAG).to_owned();
        let again = Request::get("/courses").header(header::IF_NONE_MATCH, &etag);
        let again = stage.ask(again.body(Body::empty()).unwrap()).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    }

    async fn a_page_that_is_kept_comes_packed_as_the_browser_likes_it(stage: Stage) {
        for (accepts, packed) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0", "")] {
            for _ in ["rendered", "kept"] {
                let request = Request::get("/courses").header(header::ACCEPT_ENCODING, accepts);
                let page = stage.ask(request.body(Body::empty()).unwrap()).await;
                assert_eq!((page.status, page.header(header::CONTENT_ENCODING)), (StatusCode::OK, packed));
                assert!(page.header(header::VARY).contains("accept-encoding"), "{accepts}");
            }
        }
    }

    async fn the_node_says_that_it_is_alive_and_ready(stage: Stage) {
        assert_eq!(stage.get("/health/live").await.body, "alive");
        assert_eq!(stage.get("/health/ready").await.body, "ready");
    }

    async fn a_course_that_changes_is_shown_in_its_new_version(stage: Stage) {
        use domain::course::Slug;
        let mut sources = crate::databases::shipped().courses.clone();
        let ours = sources.iter_mut().find(|it| it.slug.as_str() == "how-this-place-works").unwrap();
        ours.outline = ours.outline.replace("How this place works", "How it all works");
        let tx = stage.site.db().begin().await.unwrap();
        let now = app::Clock::now(&stage.clock);
        assert_eq!(store::courses::publish(&tx, &sources, now).await.unwrap().len(), 1);
        assert!(store::courses::publish(&tx, &sources, now).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        assert!(!stage.get("/courses").await.body.contains("How it all works"));
        stage.site.refresh_public().await.unwrap();
        assert!(stage.get("/courses").await.body.contains("How it all works"));
        let slug = Slug::parse("how-this-place-works").unwrap();
        assert_eq!(stage.site.public().course(&slug).map(|it| it.number), Some(2));
    }
}
