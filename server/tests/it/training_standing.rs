//! How people are getting on in a group: what counts, what is asked of one person, whom to ring, and what comes of it.

use axum::http::{StatusCode, header};

use crate::me::{ODD, with};
use crate::stage::{Browser, on_both};
use crate::training_cohort::{Group, NEW, give, group_from, keep, registers, row};

/// The same group, two weeks earlier: three sessions have been on the day of these tests.
fn earlier() -> Vec<(&'static str, &'static str)> {
    with(&NEW, "first_day", "7")
}

/// Marks the first sessions of one person, one after the other.
async fn mark(tutor: &mut Browser<'_>, registers: &[String], person: &str, marks: &[(&str, &str)]) {
    for (register, (mark, minutes)) in registers.iter().zip(marks) {
        let kept = keep(tutor, register, &[row(person, mark, minutes, false)], "0").await;
        assert!(kept.header(header::LOCATION).ends_with("?done=register"), "{}", kept.body);
    }
}

on_both! {
    async fn somebody_sees_what_they_attended_what_is_missing_and_what_would_count(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within } = group_from(&stage, &earlier()).await;
        let mut sam = stage.learner("sam@demo.example").await;
        assert!(!sam.get("/me").await.body.contains("href=\"/training/cohorts\""), "nobody is led to nothing");
        assert_eq!(sam.get(&within).await.status, StatusCode::NOT_FOUND);
        let person = give(&mut coordinator, &path, "Sam").await;
        assert!(sam.get("/me").await.body.contains("href=\"/training/cohorts\""));
        assert!(sam.get("/training/cohorts").await.body.contains("Taking part"));
        let before = sam.get(&within).await;
        assert_eq!(before.title(), "Working together · Alongside");
        assert!(before.body.contains("Next: ") && before.body.contains("Saturday 28 November 2026 at 10.00 am"), "{}", before.body);
        assert!(before.body.contains("With <bdi>Jo and Lee</bdi>") || before.body.contains("With <bdi>Lee and Jo</bdi>"), "{}", before.body);
        let all = registers(&mut jo, &within).await;
        mark(&mut jo, &all, &person, &[("came", ""), ("part", "60"), ("not_heard", "")]).await;
        // Held 3 × 180 = 540, there 240: 44 in 100. Asked 80 in 100 of 2,400 = 1,920; missing 1,680, which are 28 hours.
        // To come 1,860, which are 31 hours.
        let page = sam.get(&within).await;
        for said in ["<dd>4 hours</dd>", "9 hours, of which 44 in 100 minutes count", "80 in 100 minutes: 32 hours", "<dd>28 hours</dd>", "still ahead: 31 hours", "and power”: 2 hours", "We missed you", "There for 1 hour"] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        // Catching up on the third session counts all of its 180 minutes.
        assert!(keep(&mut jo, &all[2], &[row(&person, "not_heard", "", true)], "1").await.status.is_redirection());
        let page = sam.get(&within).await;
        for said in ["Caught up</dt><dd>3 hours", "of which 77 in 100 minutes count", "<dd>25 hours</dd>", "We missed you, caught up"] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(!page.body.contains("You have completed") && !page.body.contains("failed"));
    }

    async fn what_comes_next_in_a_group_stands_on_today_and_so_does_a_register_to_keep(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within } = group_from(&stage, &earlier()).await;
        let mut sam = stage.learner("sam@demo.example").await;
        assert!(!sam.get("/today").await.body.contains("Spring &amp; Co"));
        let person = give(&mut coordinator, &path, "Sam").await;
        // The third session is on today.
        let page = sam.get("/today").await;
        assert!(page.body.contains("Saturday 21 November 2026 at 10.00 am, Room 4. Spring &amp; Co"), "{}", page.body);
        assert!(page.body.contains(&format!("href=\"{within}\"")) && !page.body.contains("Keep the register"));
        let page = jo.get("/today").await;
        assert_eq!(page.body.matches("Keep the register: ").count(), 3, "{}", page.body);
        let all = registers(&mut jo, &within).await;
        mark(&mut jo, &all, &person, &[("came", ""), ("came", ""), ("came", "")]).await;
        assert!(!jo.get("/today").await.body.contains("Keep the register"));
        coordinator.post(&format!("{path}/people/{person}"), &[("state", "paused")]).await;
        assert!(!sam.get("/today").await.body.contains("Spring &amp; Co"), "whoever pauses is asked for nothing");
    }

    async fn twice_not_heard_from_asks_for_a_friendly_call_and_takes_nothing(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within } = group_from(&stage, &earlier()).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let person = give(&mut coordinator, &path, "Sam").await;
        let all = registers(&mut jo, &within).await;
        mark(&mut jo, &all, &person, &[("came", ""), ("not_heard", "")]).await;
        assert!(!jo.get(&within).await.body.contains("friendly call"));
        keep(&mut jo, &all[2], &[row(&person, "not_heard", "", false)], "0").await;
        let table = jo.get(&within).await;
        assert!(table.body.contains("A friendly call would be good") && table.body.contains("Ring them"), "{}", table.body);
        assert!(!sam.get(&within).await.body.contains("friendly call"));
        assert!(coordinator.get(&path).await.body.contains("Taking part"), "their place stays theirs");
    }

    async fn what_is_asked_of_one_person_is_adjusted_by_name_and_its_history_stays(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within } = group_from(&stage, &earlier()).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let person = give(&mut coordinator, &path, "Sam").await;
        let here = format!("{within}/people/{person}");
        for (percent, why) in [("101", "joined later"), ("", "joined later"), ("60", ""), ("x", "")] {
            let seen = jo.post(&format!("{here}/adjust"), &[("percent", percent), ("why", why)]).await;
            assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.title().starts_with("Error: "), "{percent} {why}");
        }
        let personal = [("percent", "60"), ("why", "ring 07700 900123")];
        let seen = jo.post(&format!("{here}/adjust"), &personal).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.body.contains("looks like a phone number") && seen.body.contains("ring 07700 900123"), "{}", seen.body);
        for (percent, why) in [("70", "joined <b>later</b>"), ("60", "as agreed")] {
            let seen = jo.post(&format!("{here}/adjust"), &[("percent", percent), ("why", why)]).await;
            assert_eq!(seen.header(header::LOCATION), format!("{here}?done=adjusted"), "{}", seen.body);
        }
        let page = jo.get(&here).await;
        assert!(page.body.contains("joined &lt;b&gt;later&lt;/b&gt;") && page.body.contains("as agreed") && page.body.contains("by <bdi>Jo</bdi>"), "{}", page.body);
        let mine = sam.get(&within).await;
        assert!(mine.body.contains("60 in 100 minutes are asked") && mine.body.contains("by <bdi>Jo</bdi>") && mine.body.contains("60 in 100 minutes: 24 hours"), "{}", mine.body);
        assert!(sam.get("/me/log").await.body.contains("Adjusted what a group asks of you"));
        for odd in ODD {
            let seen = jo.post(&format!("{here}/adjust"), &[("percent", odd), ("why", odd)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
        }
    }

    async fn completed_and_accredited_are_two_things(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within } = group_from(&stage, &earlier()).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let person = give(&mut coordinator, &path, "Sam").await;
        let here = format!("{within}/people/{person}");
        let body = [("body", "An awarding body"), ("on_day", "21"), ("on_month", "11"), ("on_year", "2026")];
        for odd in ["", "31", "22", "🦋"] {
            assert_eq!(jo.post(&format!("{here}/accredited"), &with(&body, "on_day", odd)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
        }
        assert_eq!(jo.post(&format!("{here}/accredited"), &body).await.header(header::LOCATION), format!("{here}?done=accredited"));
        let mine = sam.get(&within).await;
        assert!(mine.body.contains("Accredited by <bdi>An awarding body</bdi> on 21 November 2026") && !mine.body.contains("You have completed"), "{}", mine.body);

        // One of a hundred minutes is asked; all work is handed in; the course is finished.
        let all = registers(&mut jo, &within).await;
        mark(&mut jo, &all, &person, &[("came", "")]).await;
        jo.post(&format!("{here}/adjust"), &[("percent", "1"), ("why", "as agreed")]).await;
        let works = ["one-small-story", "ten-minutes-of-listening", "a-map-for-somebody-new", "ten-minutes-of-a-group"].map(|it| ("work", it));
        assert_eq!(jo.post(&format!("{here}/assignments"), &[&works[..3], &[("work", "nothing")]].concat()).await.header(header::LOCATION), format!("{here}?done=work"));
        assert!(jo.get(&within).await.body.contains("3 of 4") && sam.get(&within).await.body.matches("Handed in").count() == 3);
        jo.post(&format!("{here}/assignments"), &works).await;
        assert!(!sam.get(&within).await.body.contains("You have completed"), "the course is missing");
        let finish = "INSERT INTO course_finished (person_id, course_id, version, finished_at) \
                      SELECT e.person_id, e.course_id, 1, 0 FROM enrolment e";
        sam.post("/courses/getting-ready-for-peer-support/enrol", &[]).await;
        stage.site.db().execute(finish).await.unwrap();
        assert!(sam.get(&within).await.body.contains("You have completed this programme"));
        assert!(jo.get(&within).await.body.contains("Yes, accredited"));
        // What is unticked is taken back.
        jo.post(&format!("{here}/assignments"), &[]).await;
        assert!(!sam.get(&within).await.body.contains("You have completed"));
    }

    async fn a_group_is_open_to_its_own_tutors_and_coordinators_and_to_each_person_about_themselves(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within } = group_from(&stage, &earlier()).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let person = give(&mut coordinator, &path, "Sam").await;
        stage.registered("other@demo.example").await;
        let other = give(&mut coordinator, &path, "Sam").await;
        let register = registers(&mut jo, &within).await.remove(0);
        for theirs in [format!("{within}/people/{person}"), format!("{within}/people/{other}"), register.clone(), path.clone()] {
            assert_eq!(sam.get(&theirs).await.status, StatusCode::NOT_FOUND, "{theirs}");
        }
        assert_eq!(jo.get(&path).await.status, StatusCode::NOT_FOUND, "tutors do not coordinate");
        assert_eq!(coordinator.get(&register).await.status, StatusCode::OK);
        let odd = format!("{within}/people/00000000-0000-7000-8000-000000000009");
        assert_eq!(jo.get(&odd).await.status, StatusCode::NOT_FOUND);
        assert_eq!(jo.post(&format!("{odd}/assignments"), &[]).await.status, StatusCode::NOT_FOUND);
        for odd in ODD {
            let odd: String = form_urlencoded::byte_serialize(odd.as_bytes()).collect();
            assert_eq!(jo.get(&format!("/training/cohorts/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
            assert_eq!(jo.get(&format!("{within}/sessions/{odd}/register")).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        // A tutor who is chosen no more is let in no more; whoever has a place cannot be one.
        coordinator.post(&format!("{path}/tutors"), &[]).await;
        assert_eq!(jo.get(&within).await.status, StatusCode::NOT_FOUND);
        assert!(coordinator.get(&path).await.body.contains("Fewer than two"));
    }

    async fn a_group_stays_with_the_version_that_it_began_with(stage: Stage) {
        let Group { mut coordinator, path, .. } = group_from(&stage, &earlier()).await;
        let mut sources = crate::databases::shipped().programmes.clone();
        sources[0].sessions[3].text = sources[0].sessions[3].text.replace("title = \"Listening\"", "title = \"Listening well\"");
        let tx = stage.site.db().begin().await.unwrap();
        store::training::programmes::publish(&tx, &sources, app::Clock::now(&stage.clock)).await.unwrap();
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();
        let page = coordinator.get(&path).await;
        assert!(page.body.contains("4. Listening<") && !page.body.contains("Listening well"), "{}", page.body);
    }
}
