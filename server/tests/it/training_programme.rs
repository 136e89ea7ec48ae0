//! Programmes: what everybody reads of them, and what only those who hold their sessions do.

use axum::http::{StatusCode, header};

use crate::databases::shipped;
use crate::me::{ODD, joined};
use crate::stage::on_both;

pub(crate) const PROGRAMME: &str = "/training/programmes/peer-support-worker";

on_both! {
    async fn anybody_reads_what_a_programme_is_and_that_it_promises_no_job(stage: Stage) {
        assert!(stage.get("/courses").await.body.contains(&format!("href=\"{PROGRAMME}\"")), "the prospectus leads there");
        let page = stage.get(PROGRAMME).await;
        assert_eq!((page.status, page.title()), (StatusCode::OK, "Peer Support Worker programme · Alongside"));
        for said in ["40 hours, with breaks on top", "36 hours", "80 in 100 minutes", "It is no promise", "2 hours 45 minutes", "One small story", "Ten minutes of a group"] {
            assert!(page.body.contains(said), "{said}");
        }
        assert_eq!(page.body.matches("After this you can:").count(), 15);
        for it in ["introduction-to-recovery", "getting-ready-for-peer-support"] {
            assert!(page.body.contains(&format!("href=\"/courses/{it}\"")), "{it}");
        }
        assert!(!page.body.contains("<script"));
    }

    async fn a_session_and_its_handouts_are_for_everybody_and_how_it_is_held_is_not(stage: Stage) {
        let session = stage.get(&format!("{PROGRAMME}/what-peer-support-is")).await;
        assert!(session.body.contains("Nobody asks what has happened to you") && session.body.contains("Session 1 of 15, 3 hours"), "{}", session.body);
        assert!(session.body.contains("handouts/is-this-ours-nine-situations") && session.body.contains("The lesson: "));
        let handout = stage.get(&format!("{PROGRAMME}/handouts/is-this-ours-nine-situations")).await;
        assert!(handout.body.contains("The kettle") && !handout.body.contains("These are thoughts, and not a key"), "{}", handout.body);
        for private in ["Bring a pause card", "twenty minutes to prepare", "/notes"] {
            assert!(!session.body.contains(private), "{private}");
        }
        let notes = format!("{PROGRAMME}/what-peer-support-is/notes");
        assert!(stage.get(&notes).await.header(header::LOCATION).starts_with("/sign-in?next="));
        let mut sam = stage.learner("sam@demo.example").await;
        assert_eq!(sam.get(&notes).await.status, StatusCode::NOT_FOUND);
        assert!(!sam.get(&format!("{PROGRAMME}/what-peer-support-is")).await.body.contains(&notes), "nobody is led where they may not go");
        let mut admin = stage.administrator().await;
        let mut jo = joined(&stage, &mut admin, ("jo@demo.example", "Jo", "tutor")).await;
        assert!(jo.get(&format!("{PROGRAMME}/what-peer-support-is")).await.body.contains(&notes));
        let page = jo.get(&notes).await;
        assert!(page.body.contains("twenty minutes to prepare") && page.body.contains("These are thoughts, and not a key") && page.body.contains("<th>Minutes</th>"), "{}", page.body);
    }

    async fn whoever_is_signed_in_has_a_tab_that_tells_little(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        let session = format!("{PROGRAMME}/talking-about-suicide-and-self-harm");
        assert_eq!(sam.get(&session).await.title(), "Working together, session 12 · Alongside");
        assert_eq!(sam.get(PROGRAMME).await.title(), "Working together · Alongside");
        assert_eq!(sam.get(&format!("{PROGRAMME}/handouts/before-i-share")).await.title(), "Working together, session 3 · Alongside");
        assert!(stage.get(&session).await.title().starts_with("Talking about suicide"));
    }

    async fn what_is_no_programme_session_or_handout_is_a_kind_404(stage: Stage) {
        for odd in ODD.into_iter().chain(["handouts", "Listening"]) {
            let odd: String = form_urlencoded::byte_serialize(odd.as_bytes()).collect();
            for path in [format!("/training/programmes/{odd}"), format!("{PROGRAMME}/{odd}"), format!("{PROGRAMME}/handouts/{odd}")] {
                let page = stage.get(&path).await;
                assert!(page.status == StatusCode::NOT_FOUND && page.body.contains("We can’t find that page"), "{path}");
            }
        }
    }

    async fn a_programme_that_changes_is_a_new_version_and_the_old_one_stays(stage: Stage) {
        let mut sources = shipped().programmes.clone();
        let (db, now) = (stage.site.db(), app::Clock::now(&stage.clock));
        let tx = db.begin().await.unwrap();
        assert!(store::training::programmes::publish(&tx, &sources, now).await.unwrap().is_empty(), "the same again is no version");
        sources[0].sessions[3].text = sources[0].sessions[3].text.replace("title = \"Listening\"", "title = \"Listening well\"");
        assert_eq!(store::training::programmes::publish(&tx, &sources, now).await.unwrap().len(), 1);
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();
        assert!(stage.get(&format!("{PROGRAMME}/listening")).await.body.contains("Listening well"));
        let current = stage.site.public().programmes[0].clone();
        let old = store::training::programmes::in_version(db, &current, 1).await.unwrap();
        assert_eq!((current.number, old.sessions[3].title.as_str()), (2, "Listening"));
    }
}
