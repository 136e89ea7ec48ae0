//! Talking with whoever applied and choosing: who reads what they asked for, who decides, and for how many there is a
//! place.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::stage::{Browser, Stage, on_both};
use crate::training_cohort;
use crate::training_rounds::{answer, apply, coordinator, open, public, round, step, talk, theirs};

/// Somebody who has sent an application, with where it is.
async fn sent<'a>(stage: &'a Stage, round: &str, email: &str) -> (Browser<'a>, String) {
    let mut browser = stage.learner(email).await;
    let application = apply(&mut browser, round).await;
    answer(&mut browser, &application).await;
    step(&mut browser, &application, "send").await;
    (browser, application)
}

on_both! {
    async fn what_somebody_needs_is_read_by_whoever_arranges_and_never_by_whoever_selects(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        let mut lee = coordinator(&stage, &mut admin, "Lee").await;
        let round = round(&stage, &mut kim).await;
        open(&mut kim, &round).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let application = apply(&mut sam, &round).await;
        answer(&mut sam, &application).await;
        let asked = [("adjustments", "A room without stairs"), ("revision", "0")];
        assert!(sam.post(&format!("{application}/adjustments"), &asked).await.status.is_redirection());
        step(&mut sam, &application, "send").await;
        let page = theirs(&stage, &application);
        let arrange = format!("{page}/arrange");
        for path in [page.clone(), format!("{round}/board"), format!("{round}/table"), arrange.clone()] {
            let page = kim.get(&path).await;
            assert!(!page.body.contains("stairs") && !page.body.contains("sam@demo.example"), "{path}");
        }
        assert!(!sam.get("/me/log").await.body.contains("Read what would help you"));
        assert_eq!(kim.post(&arrange, &[]).await.header(header::LOCATION), arrange);
        let read = kim.get(&arrange).await;
        assert!(read.body.contains("A room without stairs") && !read.body.contains("I listened"), "{}", read.body);
        assert!(read.body.contains("sam@demo.example"), "whoever arranges can invite them");
        assert!(sam.get("/me/log").await.body.contains("Read what would help you"), "written down first");
        let decides = kim.get(&page).await;
        assert!(!decides.body.contains("stairs") && !decides.body.contains("sam@demo.example"));
        assert!(!lee.get(&arrange).await.body.contains("sam@demo.example"), "nor does another see the address");
        assert!(lee.get(&arrange).await.body.contains("Another coordinator has taken this on") && !lee.get(&arrange).await.body.contains("stairs"));
        assert!(kim.post(&arrange, &[("arranged", "yes")]).await.status.is_redirection());
        assert!(kim.get(&arrange).await.body.contains("It is arranged."));
        assert_eq!(kim.post(&arrange, &[("arranged", "🦋")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        talk(&mut kim, &page, "Kim").await;
        let refused = kim.post(&format!("{page}/decide"), &[("decision", "offer"), ("reason", "")]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("another coordinator decides"), "{}", refused.body);
        let decided = "UPDATE training_application SET decided_by = arranger_id";
        let refused = stage.site.db().execute(decided).await.unwrap_err().to_string();
        assert!(refused.contains("training_application_selected_unseen"), "and the engine says so too: {refused}");
        let offered = lee.post(&format!("{page}/decide"), &[("decision", "offer"), ("reason", "Welcome")]).await;
        assert_eq!(offered.header(header::LOCATION), format!("{page}?done=offer"), "{}", offered.body);
        let late = sam.get(&format!("{application}/adjustments")).await;
        assert_eq!(late.header(header::LOCATION), application, "asked before an offer only");
    }

    async fn a_place_is_offered_after_the_talk_taken_and_offered_to_no_more_than_there_are_places(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        let round = round(&stage, &mut kim).await;
        open(&mut kim, &round).await;
        let (mut sam, sams) = sent(&stage, &round, "sam@demo.example").await;
        let (mut noor, noors) = sent(&stage, &round, "noor@demo.example").await;
        let [first, second] = [&sams, &noors].map(|it| theirs(&stage, it));
        assert!(kim.get("/today").await.body.contains("2 applications wait"));
        assert!(!sam.get("/today").await.body.contains("applications wait"));
        let offer = [("decision", "offer"), ("reason", "You would be welcome.")];
        let early = kim.post(&format!("{first}/decide"), &offer).await;
        assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("Talk with them first"), "{}", early.body);
        let tomorrow = [("held_day", "22"), ("held_month", "11"), ("held_year", "2026"), ("held_by", "x")];
        let odd = kim.post(&format!("{first}/conversation"), &tomorrow).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.body.contains("Choose who talked with them") && odd.body.contains("once it has happened"), "{}", odd.body);
        talk(&mut kim, &first, "Kim").await;
        talk(&mut kim, &second, "Kim").await;
        stage.letters().await;
        assert!(kim.post(&format!("{first}/decide"), &offer).await.status.is_redirection());
        let letter = stage.letters().await.pop().unwrap();
        assert_eq!((letter.to.as_str(), letter.link()), ("sam@demo.example", sams.clone()));
        assert!(!letter.text.contains("place") && !letter.text.contains("welcome"), "what the news is stands on their page");
        let full = kim.post(&format!("{second}/decide"), &offer).await;
        assert!(full.status == StatusCode::UNPROCESSABLE_ENTITY && full.body.contains("The only place is offered or taken."), "{}", full.body);
        let silent = kim.post(&format!("{second}/decide"), &[("decision", "not_this_time"), ("reason", "")]).await;
        assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.body.contains("Write why"), "{}", silent.body);
        let said = [("decision", "not_this_time"), ("reason", "More people wrote than there are places.")];
        assert!(kim.post(&format!("{second}/decide"), &said).await.status.is_redirection());
        let page = noor.get(&noors).await;
        assert!(page.body.contains("More people wrote than there are places.") && page.body.contains("You can apply in another."), "{}", page.body);
        assert!(sam.get(&sams).await.body.contains("You would be welcome."));
        step(&mut sam, &sams, "pause").await;
        let held = kim.post(&format!("{second}/decide"), &offer).await;
        assert!(held.body.contains("The only place is offered or taken."), "whoever pauses keeps their place: {}", held.body);
        step(&mut sam, &sams, "return").await;
        step(&mut sam, &sams, "accept").await;
        assert!(kim.get(&format!("{round}/board")).await.body.contains("Place taken"));
        step(&mut sam, &sams, "step_back").await;
        assert!(kim.post(&format!("{second}/decide"), &offer).await.status.is_redirection(), "a place has come free");
        step(&mut sam, &sams, "return").await;
        assert!(sam.get(&sams).await.body.contains("Talked with"), "everything but the place");
        let stale = kim.post(&format!("{second}/decide"), &said).await;
        assert!(stale.body.contains("has moved on since"), "{}", stale.body);
    }

    async fn nobody_decides_about_themself_and_a_round_that_is_over_takes_nothing(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        let round = round(&stage, &mut kim).await;
        open(&mut kim, &round).await;
        let own = apply(&mut kim, &round).await;
        answer(&mut kim, &own).await;
        stage.clock.wait(TimeDelta::days(9));
        let mut late = stage.learner("late@demo.example").await;
        let written = apply(&mut late, &round).await;
        answer(&mut late, &written).await;
        // Just before midnight at the end of the last day it is still good.
        step(&mut kim, &own, "send").await;
        assert_eq!(kim.get(&theirs(&stage, &own)).await.status, StatusCode::NOT_FOUND);
        for what in ["conversation", "decide", "arrange"] {
            let seen = kim.post(&format!("{}/{what}", theirs(&stage, &own)), &[]).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND, "{what}");
        }
        stage.clock.wait(TimeDelta::days(1));
        let refused = late.post(&format!("{written}/step"), &[("step", "send")]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("takes no applications today"), "{}", refused.body);
        let mut jo = stage.learner("jo@demo.example").await;
        let begun = jo.post(&format!("{}/apply", public(&round)), &[]).await;
        assert_eq!(begun.header(header::LOCATION), public(&round), "nobody begins too late");
    }

    async fn what_two_do_at_once_is_done_once(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        let mut lee = coordinator(&stage, &mut admin, "Lee").await;
        let round = round(&stage, &mut kim).await;
        open(&mut kim, &round).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let (mut one, mut other) = (sam.tab(), sam.tab());
        let path = format!("{}/apply", public(&round));
        let (one, other) = tokio::join!(one.post(&path, &[]), other.post(&path, &[]));
        assert_eq!(one.header(header::LOCATION), other.header(header::LOCATION), "one application");
        let sams = apply(&mut sam, &round).await;
        answer(&mut sam, &sams).await;
        step(&mut sam, &sams, "send").await;
        let (_, noors) = sent(&stage, &round, "noor@demo.example").await;
        let [first, second] = [&sams, &noors].map(|it| theirs(&stage, it));
        talk(&mut kim, &first, "Kim").await;
        talk(&mut kim, &second, "Kim").await;
        let offer = [("decision", "offer"), ("reason", "")];
        let (first, second) = (format!("{first}/decide"), format!("{second}/decide"));
        let (one, other) = tokio::join!(kim.post(&first, &offer), lee.post(&second, &offer));
        let mut said = [one.status, other.status];
        said.sort();
        assert_eq!(said, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY], "there is one place");
    }

    async fn whoever_takes_the_place_comes_into_the_group_of_the_round_and_is_known_there(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        let round = round(&stage, &mut kim).await;
        open(&mut kim, &round).await;
        assert!(kim.get(&round).await.body.contains("There is no group yet."));
        let group = training_cohort::begin(&stage, &mut kim, &training_cohort::NEW).await;
        let id = group.rsplit('/').next().unwrap();
        let (mut sam, sams) = sent(&stage, &round, "sam@demo.example").await;
        let page = theirs(&stage, &sams);
        talk(&mut kim, &page, "Kim").await;
        let offer = [("decision", "offer"), ("reason", "")];
        assert!(kim.post(&format!("{page}/decide"), &offer).await.status.is_redirection());
        step(&mut sam, &sams, "accept").await;
        let path = format!("{round}/group");
        let odd = kim.post(&path, &[("group", "🦋")]).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.body.contains("Choose a group."), "{}", odd.body);
        let nowhere = kim.post(&path, &[("group", "00000000-0000-7000-8000-000000000009")]).await;
        assert!(nowhere.status == StatusCode::UNPROCESSABLE_ENTITY && nowhere.body.contains("not among yours"), "{}", nowhere.body);
        assert!(!sam.get(&sams).await.body.contains("Spring &amp; Co"), "there is no group yet");
        let kept = kim.post(&path, &[("group", id)]).await;
        assert_eq!(kept.header(header::LOCATION), format!("{round}?done=group"), "{}", kept.body);
        let twice = kim.post(&path, &[("group", id)]).await;
        assert_eq!(twice.header(header::LOCATION), format!("{round}?done=group"));
        let seen = sam.get(&sams).await;
        assert!(seen.body.contains("Spring &amp; Co") && seen.body.contains(&format!("/training/cohorts/{id}")), "{}", seen.body);
        assert_eq!(sam.get(&format!("/training/cohorts/{id}")).await.status, StatusCode::OK);
        assert!(kim.get(&group).await.body.contains("1 of 3 taken"));
        step(&mut sam, &sams, "pause").await;
        assert!(kim.get(&group).await.body.contains("Pausing"));
        step(&mut sam, &sams, "return").await;
        step(&mut sam, &sams, "step_back").await;
        let page = kim.get(&group).await;
        assert!(page.body.contains("0 of 3 taken") && page.body.contains("Has left"), "{}", page.body);
    }
}
