//! How a group is getting on, for its coordinator: what it works with, everybody's progress, and figures without
//! names; and how far somebody is with what their role asks, for their employer.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::arranging::person_called;
use crate::me::{joined, link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Stage, on_both};
use crate::training_cohort::{NEW, begin, choose_tutors, give, keep, registers, row, within};
use crate::training_judging::{Cast, WALK, add, cast, step};
use crate::training_requirements::{FIRE, require};
use crate::training_roles::{ROLE, base, issue, publish, write};

/// Lets a group work with the framework of the cast, and says where it is.
async fn with_framework(stage: &Stage, cast: &mut Cast<'_>) -> (String, String) {
    let group = begin(stage, &mut cast.cody, &NEW).await;
    let framework = cast.mine.rsplit('/').next().unwrap().to_owned();
    let form = [("framework", &*framework)];
    let done = cast.cody.post(&format!("{group}/competences"), &form).await;
    assert_eq!(done.header(header::LOCATION), format!("{group}?done=competences"), "{}", done.body);
    (group, framework)
}

/// Somebody has evidence for the first competence and says that it may be looked at.
async fn shows(sam: &mut Browser<'_>, mine: &str) {
    let one = format!("{mine}/1");
    assert!(add(sam, &one, "informal", &WALK).await.status.is_redirection());
    assert!(step(sam, &one, &[("state", "ready")]).await.status.is_redirection());
}

on_both! {
    async fn whoever_gets_a_place_works_with_what_the_group_works_with(stage: Stage) {
        let mut cast = cast(&stage).await;
        let mut robin = joined(&stage, &mut cast.admin, ("robin@demo.example", "Robin", "learner")).await;
        let mut ash = joined(&stage, &mut cast.admin, ("ash@demo.example", "Ash", "learner")).await;
        let group = begin(&stage, &mut cast.cody, &NEW).await;
        let path = format!("{group}/competences");
        give(&mut cast.cody, &group, "Robin").await;
        let framework = cast.mine.rsplit('/').next().unwrap().to_owned();
        for odd in ["x", "00000000-0000-7000-8000-000000000009"] {
            let refused = cast.cody.post(&path, &[("framework", odd)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains("Choose one from the list, or none."), "{}", refused.body);
        }
        assert!(!robin.get("/training/competences").await.body.contains("of 3 achieved"));
        for _ in 0..2 {
            // A second tap.
            let done = cast.cody.post(&path, &[("framework", &framework)]).await;
            assert_eq!(done.header(header::LOCATION), format!("{group}?done=competences"), "{}", done.body);
        }
        assert!(robin.get("/training/competences").await.body.contains("0 of 3 achieved"));
        // Nor does the database take one of another organisation, whoever asks it.
        let other = "UPDATE cohort_framework SET organisation_id = cohort_id";
        assert!(stage.site.db().execute(other).await.is_err(), "cohort_framework_within_one_organisation");
        assert!(!ash.get("/training/competences").await.body.contains("of 3 achieved"));
        give(&mut cast.cody, &group, "Ash").await;
        assert!(ash.get("/training/competences").await.body.contains("0 of 3 achieved"));
        // What people work with stays theirs when the group works with nothing any more.
        assert!(cast.cody.post(&path, &[("framework", "")]).await.status.is_redirection());
        assert!(robin.get("/training/competences").await.body.contains("0 of 3 achieved"));
        assert!(!cast.cody.get(&format!("{group}/progress")).await.body.contains("Competences: "));
    }

    async fn the_coordinator_sees_how_everybody_is_getting_on_and_not_what_shows_it(stage: Stage) {
        let mut cast = cast(&stage).await;
        let (group, _) = with_framework(&stage, &mut cast).await;
        let mine = cast.mine.clone();
        let empty = cast.cody.get(&format!("{group}/progress")).await;
        assert!(empty.body.contains("Nobody has a place yet."), "{}", empty.body);
        let sam_id = give(&mut cast.cody, &group, "Sam").await;
        shows(&mut cast.sam, &mine).await;
        let required = format!("/training/at/{}/requirements", stage.host());
        require(&mut cast.cody, &required, &with(&with(&FIRE, "kind", "learner"), "weeks", "1")).await;
        stage.clock.wait(TimeDelta::days(9));
        let page = cast.cody.get(&format!("{group}/progress")).await;
        for words in ["Sam", "0 of 3", "1 waiting", "Fire safety", "0 of 4", "<td>waits</td>", "Competences: Ours"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(!page.body.contains("We walked") && !page.body.contains("A walk"), "{}", page.body);
        let paused = cast.cody.post(&format!("{group}/people/{sam_id}"), &[("state", "paused")]).await;
        assert!(paused.status.is_redirection());
        assert!(cast.cody.get(&format!("{group}/progress")).await.body.contains("Pausing"));
        assert!(cast.cody.post(&format!("{group}/people/{sam_id}"), &[("state", "left")]).await.status.is_redirection());
        assert!(cast.cody.get(&format!("{group}/progress")).await.body.contains("Nobody has a place yet."));
        for odd in ["from=999999", "from=-1", "everything=yes&from=x"] {
            assert_eq!(cast.cody.get(&format!("{group}/progress?{odd}")).await.status, StatusCode::OK, "{odd}");
        }
    }

    async fn figures_name_nobody_and_tell_nothing_of_fewer_than_five(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut coordinator = joined(&stage, &mut admin, ("kim@demo.example", "Kim", "coordinator")).await;
        let mut jo = joined(&stage, &mut admin, ("jo@demo.example", "Jo", "tutor")).await;
        joined(&stage, &mut admin, ("lee@demo.example", "Lee", "tutor")).await;
        let path = begin(&stage, &mut coordinator, &with(&NEW, "places", "12")).await;
        choose_tutors(&mut coordinator, &path).await;
        let within = within(&path);
        let mut rows = Vec::new();
        for name in ["Ada", "Bea", "Cal", "Dee", "Eve"] {
            let email = format!("{}@demo.example", name.to_ascii_lowercase());
            joined(&stage, &mut admin, (&email, name, "learner")).await;
            let person = give(&mut coordinator, &path, name).await;
            rows.push(row(&person, if name == "Eve" { "told_us" } else { "came" }, "", false));
        }
        let figures = format!("{path}/figures");
        assert!(coordinator.get(&figures).await.body.contains("No session can be shown yet"));
        let first = registers(&mut jo, &within).await.remove(0);
        assert!(keep(&mut jo, &first, &rows[..4], "0").await.status.is_redirection());
        let four = coordinator.get(&figures).await;
        assert!(four.body.contains("No session can be shown yet"), "{}", four.body);
        assert!(keep(&mut jo, &first, &rows, "1").await.status.is_redirection());
        let five = coordinator.get(&figures).await;
        assert!(five.body.contains("there 80 in 100 minutes, 80 with what was caught up on"), "{}", five.body);
        assert!(five.body.contains("No number can be shown: in so small a group"), "{}", five.body);
        for name in ["Ada", "Bea", "Cal", "Dee", "Eve"] {
            assert!(!five.body.contains(name), "{name}: {}", five.body);
        }
    }

    async fn an_employer_sees_what_its_role_names_once_the_person_has_signed_and_nothing_else(stage: Stage) {
        let mut cast = cast(&stage).await;
        let mut max = joined(&stage, &mut cast.admin, ("max@demo.example", "Max", "line_manager")).await;
        let path = format!("{}/relate/line_manager", person_called(&stage, &mut cast.admin, "Sam").await);
        let holder = option(&cast.admin.get(&path).await, "Max");
        let form = [("holder", ""), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];
        assert!(cast.admin.post(&path, &with(&form, "holder", &holder)).await.status.is_redirection());
        shows(&mut cast.sam, &cast.mine).await;
        let framework = cast.mine.rsplit('/').next().unwrap().to_owned();
        let role = write(&stage, &mut cast.cody).await;
        assert!(role.starts_with(&base(&stage)));
        let asks = with(&with(&ROLE, "essential", "Listens without judging | 1"), "framework", &framework);
        let kept = cast.cody.post(&format!("{role}/draft"), &[&asks[..], &[("revision", "1")]].concat()).await;
        assert!(kept.status.is_redirection(), "{}", kept.body);
        publish(&mut cast.cody, &role).await;
        issue(&mut cast.cody, &role, "sam").await;
        let issued = link(&cast.sam.get("/training/roles").await, "/training/roles/");
        let own = cast.sam.get(&issued).await;
        assert!(own.body.contains("How far I am with what it asks") && own.body.contains("0 of 1 achieved."), "{}", own.body);
        for browser in [&mut max, &mut cast.cody] {
            let page = browser.get(&issued).await;
            assert!(page.body.contains("Shown by: 1 Listens") && !page.body.contains("of 1 achieved"), "{}", page.body);
        }
        let shown = hidden(&own, "shown");
        let signed = [("name", "Sam"), ("read", "yes"), ("shown", &*shown)];
        assert!(cast.sam.post(&format!("{issued}/sign"), &signed).await.status.is_redirection());
        for browser in [&mut max, &mut cast.cody] {
            let page = browser.get(&issued).await;
            assert!(page.body.contains("0 of 1 achieved.") && page.body.contains("1 Listens"), "{}", page.body);
            assert!(!page.body.contains("Tells own story") && !page.body.contains("We walked"), "{}", page.body);
        }
        let back = cast.cody.post(&format!("{issued}/take-back"), &[("why", "The post has ended.")]).await;
        assert!(back.status.is_redirection(), "{}", back.body);
        for browser in [&mut max, &mut cast.cody, &mut cast.sam] {
            assert!(!browser.get(&issued).await.body.contains("of 1 achieved"));
        }
    }
}
