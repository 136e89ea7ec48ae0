//! What people need so that they can take part, whom they tell, and what their log says of it.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::arranging::person_called;
use crate::inviting::action;
use crate::me::{joined, link};
use crate::stage::{Browser, Seen, Stage, on_both};

const SAM: &str = "sam@demo.example";
const NEEDS: &str = "\n A quiet room </textarea><script>alert(1)</script> محمد 🦋";

/// Tells these groups of the host.
async fn tell(stage: &Stage, sam: &mut Browser<'_>, needs: &str, groups: &[&str]) -> Seen {
    let groups: Vec<_> = groups.iter().map(|it| format!("{}-{it}", stage.host())).collect();
    let mut form = vec![("needs", needs)];
    form.extend(groups.iter().map(|it| ("share", it.as_str())));
    sam.post("/me/access-needs", &form).await
}

on_both! {
    async fn somebody_tells_a_tutor_what_they_need_and_reads_who_read_it(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut sam = stage.learner(SAM).await;
        let mut kim = joined(&stage, &mut admin, ("kim@demo.example", "Kim", "tutor")).await;
        assert!(kim.get("/access-needs").await.body.contains("Nobody has told you anything yet."));
        let kept = tell(&stage, &mut sam, NEEDS, &["tutors"]).await;
        assert_eq!(kept.header(header::LOCATION), "/me?done=access-needs");
        let mine = sam.get("/me/access-needs").await;
        assert!(mine.body.contains("&lt;&#x2F;textarea&gt;&lt;script&gt;"), "{}", mine.body);
        assert!(!mine.body.contains("<script>alert"), "it comes back as text");
        assert!(mine.body.contains("محمد 🦋") && mine.body.contains(" checked"));

        let theirs = link(&kim.get("/access-needs").await, "/access-needs/");
        let page = kim.get(&theirs).await;
        assert!(page.body.contains("A quiet room &lt;/textarea"), "{}", page.body);
        let log = sam.get("/me/log").await;
        assert!(log.body.contains("Read what you need to take part") && log.body.contains("<bdi>Kim</bdi>"), "{}", log.body);
        assert!(!log.body.contains("quiet"), "the log does not repeat it");

        tell(&stage, &mut sam, NEEDS, &["coordinators"]).await;
        assert_eq!(kim.get(&theirs).await.status, StatusCode::NOT_FOUND, "what is taken back is closed");
        assert!(kim.get("/access-needs").await.body.contains("Nobody has told you anything yet."));
        assert_eq!(admin.get(&theirs).await.status, StatusCode::NOT_FOUND, "administrators are not told");
        assert_eq!(sam.get("/access-needs").await.status, StatusCode::NOT_FOUND);
    }

    async fn whoever_is_alongside_somebody_is_told_only_while_they_are(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut jo = joined(&stage, &mut admin, ("jo@demo.example", "Jo", "supervisor")).await;
        let mut sam = joined(&stage, &mut admin, (SAM, "Sam", "volunteer")).await;
        let kept = tell(&stage, &mut sam, "A break each hour", &["alongside"]).await;
        assert_eq!(kept.header(header::LOCATION), "/me?done=access-needs");
        assert_eq!(jo.get("/access-needs").await.status, StatusCode::NOT_FOUND, "not yet");

        let person = person_called(&stage, &mut admin, "Sam").await;
        let path = format!("{person}/relate/guide");
        let holder = crate::me::option(&admin.get(&path).await, "Jo");
        let form = [("holder", holder.as_str()), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];
        let chosen = admin.post(&path, &form).await;
        assert_eq!(chosen.header(header::LOCATION), format!("{person}?done=kept"), "{}", chosen.body);
        let list = jo.get("/access-needs").await;
        assert!(list.body.contains("Sam"), "{} {}", list.status, list.body);
        let theirs = link(&list, "/access-needs/");
        assert!(jo.get(&theirs).await.body.contains("A break each hour"));
        let end = action(&admin.get(&person).await, "/end");
        admin.post(&end, &[]).await;
        // Today is the last day.
        stage.clock.wait(TimeDelta::hours(5));
        assert_eq!(jo.get(&theirs).await.status, StatusCode::NOT_FOUND, "over is over");
    }

    async fn what_is_mistyped_stays_on_the_page_and_emptied_is_taken_back(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let seen = tell(&stage, &mut sam, &"a".repeat(1001), &["tutors"]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.title().starts_with("Error: ") && seen.body.contains("it has 1001 characters"));
        let elsewhere = "00000000-0000-7000-8000-000000000009-tutors";
        let seen = sam.post("/me/access-needs", &[("needs", "A quiet room"), ("share", elsewhere)]).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.body.contains("A quiet room"));
        tell(&stage, &mut sam, "A quiet room", &["tutors"]).await;
        for _ in 0..2 {
            tell(&stage, &mut sam, "", &["tutors"]).await;
        }
        let page = sam.get("/me/access-needs").await;
        assert!(!page.body.contains("A quiet room") && !page.body.contains(" checked"), "{}", page.body);
    }

    async fn a_log_is_read_page_by_page_and_is_about_nobody_else(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let about = [("known_as", "Sam"), ("pronouns", ""), ("way", "email"), ("phone", ""), ("note", "")];
        for _ in 0..40 {
            sam.post("/me/about", &about).await;
        }
        let first = sam.get("/me/log").await;
        assert_eq!(first.body.matches("Changed what you are called").count(), 30);
        let second = sam.get(&link(&first, "/me/log?before=").replace("&amp;", "&")).await;
        assert_eq!(second.body.matches("Changed what you are called").count(), 10);
        for words in ["Signed in", "Confirmed the e-mail address", "Joined this site"] {
            assert!(second.body.contains(words), "{words}: {}", second.body);
        }
        let mut kim = stage.learner("kim@demo.example").await;
        assert!(!kim.get("/me/log").await.body.contains("Changed what you are called"));
        assert_eq!(sam.get("/me/log?before=🦋").await.status, StatusCode::OK);
    }

    async fn everything_that_can_be_done_has_a_line_in_the_log(stage: Stage) {
        let actions = store::audit::known_actions(stage.site.db()).await.unwrap();
        let unsaid: Vec<_> = actions.iter().filter(|it| app::log_line(it).is_none()).collect();
        assert!(unsaid.is_empty(), "say in app/src/me/log.rs what these are to people: {unsaid:?}");
    }
}
