//! Placements: arranged, and what was done on them, told by one and agreed by another before it counts.

use axum::http::{StatusCode, header};

use crate::arranging::person_called;
use crate::me::{ODD, joined, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::training_vetting::{CHECK, ROLE};

const PLACEMENT: [(&str, &str); 10] = [
    ("id", "00000000-0000-7000-8000-000000000007"),
    ("supervisor", ""),
    ("site", ""),
    ("cohort", ""),
    ("from_day", "1"),
    ("from_month", "11"),
    ("from_year", "2026"),
    ("to_day", "31"),
    ("to_month", "12"),
    ("to_year", "2026"),
];

pub(crate) const LINE: [(&str, &str); 7] = [
    ("activity", "group"),
    ("day", "21"),
    ("day_month", "11"),
    ("day_year", "2026"),
    ("hours", "1"),
    ("minutes", "30"),
    ("words", "Walking group"),
];

/// Arranges a placement for somebody with whoever is called so, and says where its person has it.
pub(crate) async fn arrange(
    admin: &mut Browser<'_>,
    coordinator: &mut Browser<'_>,
    (stage, person, supervisor): (&Stage, &str, &str),
) -> String {
    let places = format!("{}/places", stage.organisation());
    assert!(admin.post(&places, &[("kind", "site"), ("name", "Mill House")]).await.status.is_redirection());
    let all = format!("/training/at/{}/placements", stage.host());
    let texts =
        [("agreement", "We *both* agree."), ("items", "The way out\nWhom to call"), ("revision", "0")];
    let kept = coordinator.post(&format!("{all}/texts"), &texts).await;
    assert_eq!(kept.header(header::LOCATION), format!("{all}?done=texts"), "{}", kept.body);
    let path = format!("{all}/people/{person}");
    let page = coordinator.get(&path).await;
    let [supervisor, site] = [supervisor, "Mill House"].map(|it| option(&page, it));
    let form = with(&PLACEMENT, "supervisor", &supervisor);
    let form = with(&form, "site", &site);
    for _ in 0..2 {
        // A second tap.
        let done = coordinator.post(&path, &form).await;
        assert_eq!(done.header(header::LOCATION), format!("{all}?done=arranged"), "{}", done.body);
    }
    format!("/training/placements/{}", PLACEMENT[0].1)
}

/// Tells a line as its page is opened.
pub(crate) async fn tell(browser: &mut Browser<'_>, path: &str, line: &[(&str, &str)]) -> Seen {
    let page = browser.get(path).await;
    let (id, site) = (hidden(&page, "id"), option(&page, "Mill House"));
    browser.post(path, &[&[("id", &*id), ("site", &*site)][..], line].concat()).await
}

/// Sam, who is on placement; Pat, who looks after it; Cody, who coordinates.
pub(crate) struct Cast<'a> {
    pub(crate) admin: Browser<'a>,
    pub(crate) sam: Browser<'a>,
    pub(crate) pat: Browser<'a>,
    pub(crate) cody: Browser<'a>,
    /// Where Sam has it.
    pub(crate) mine: String,
    /// Where Pat has it.
    pub(crate) desk: String,
}

pub(crate) async fn cast(stage: &Stage) -> Cast<'_> {
    let mut admin = stage.administrator().await;
    let sam = stage.learner("sam@demo.example").await;
    let pat = joined(stage, &mut admin, ("pat@demo.example", "Pat", "placement_supervisor")).await;
    let mut cody = joined(stage, &mut admin, ("cody@demo.example", "Cody", "coordinator")).await;
    let person = person_called(stage, &mut admin, "Sam").await;
    let person = person.rsplit('/').next().unwrap().to_owned();
    let mine = arrange(&mut admin, &mut cody, (stage, &person, "Pat")).await;
    let desk = mine.replace("/placements/", "/looking-after/");
    Cast { admin, sam, pat, cody, mine, desk }
}

/// Everything that waits on the desk, as its boxes send it.
fn ticks(page: &Seen) -> Vec<String> {
    let boxes = page.body.split("name=\"line\" value=\"").skip(1);
    boxes.map(|it| it.split_once('"').unwrap().0.to_owned()).collect()
}

async fn agree(pat: &mut Browser<'_>, desk: &str, ticks: &[String]) -> Seen {
    let form: Vec<_> = ticks.iter().map(|it| ("line", it.as_str())).collect();
    pat.post(&format!("{desk}/agree"), &form).await
}

/// Two lines of hours, told by the one and waiting at the other's: their ticks, and the first line's id.
async fn told_twice(
    (sam, mine): (&mut Browser<'_>, &str),
    (pat, desk): (&mut Browser<'_>, &str),
) -> (Vec<String>, String) {
    for hours in ["1", "2"] {
        tell(sam, mine, &with(&LINE, "hours", hours)).await;
    }
    let lines = ticks(&pat.get(desk).await);
    let first = lines[0].split_once('.').unwrap().0.to_owned();
    (lines, first)
}

on_both! {
    async fn hours_count_once_whoever_looks_after_the_placement_agrees(stage: Stage) {
        let Cast { mut sam, mut pat, mut cody, mine, desk, .. } = cast(&stage).await;
        let page = sam.get(&mine).await;
        assert!(page.body.contains("Mill House") && page.body.contains("none yet") && page.body.contains("value=\"21\""), "{}", page.body);
        for hours in ["1", "2"] {
            let done = tell(&mut sam, &mine, &with(&LINE, "hours", hours)).await;
            assert_eq!(done.header(header::LOCATION), format!("{mine}?done=told"), "{}", done.body);
        }
        assert!(sam.get(&mine).await.body.contains("Waits to be agreed"));
        assert!(sam.get("/training/placements").await.body.contains("No hours agreed yet"));
        assert!(pat.get("/training/looking-after").await.body.contains("2 lines wait"));
        let page = pat.get(&desk).await;
        let lines = ticks(&page);
        assert!(lines.len() == 2 && page.body.contains("Walking group"), "{}", page.body);
        assert_eq!(agree(&mut pat, &desk, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        for _ in 0..2 {
            // A second tap.
            let done = agree(&mut pat, &desk, &lines).await;
            assert_eq!(done.header(header::LOCATION), format!("{desk}?done=agreed"), "{}", done.body);
        }
        assert!(sam.get(&mine).await.body.contains("<dd>4 hours</dd>"));
        let list = cody.get(&format!("/training/at/{}/placements", stage.host())).await;
        assert!(list.body.contains("4 hours agreed") && !list.body.contains("Walking group"), "{}", list.body);
        assert!(sam.get("/me/log").await.body.contains("Agreed hours of a placement"));
        for statement in ["UPDATE placement_hours SET minutes = 5", "DELETE FROM placement_hours"] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains("placement_hours_agreed_never"), "{statement}: {refused}");
        }
    }

    async fn a_day_has_24_hours_however_many_placements_there_are(stage: Stage) {
        let Cast { mut admin, mut sam, mut cody, mine, .. } = cast(&stage).await;
        let person = person_called(&stage, &mut admin, "Sam").await;
        let path = format!("/training/at/{}/placements/people/{}", stage.host(), person.rsplit('/').next().unwrap());
        let page = cody.get(&path).await;
        let [supervisor, site] = ["Pat", "Mill House"].map(|it| option(&page, it));
        let other = "00000000-0000-7000-8000-000000000008";
        let form = with(&with(&with(&PLACEMENT, "supervisor", &supervisor), "site", &site), "id", other);
        assert!(cody.post(&path, &form).await.status.is_redirection());
        let other = format!("/training/placements/{other}");
        let (mut one, mut two) = (sam.tab(), sam.tab());
        let long = with(&LINE, "hours", "13");
        let (one, two) = tokio::join!(tell(&mut one, &mine, &long), tell(&mut two, &other, &long));
        let mut statuses = [one.status, two.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY], "{} {}", one.body, two.body);
        assert!(format!("{}{}", one.body, two.body).contains("A day has 24 hours"));
        assert!(sam.get("/training/placements").await.status.is_success());
    }

    async fn whoever_told_hours_is_written_to_when_they_come_back_or_are_agreed(stage: Stage) {
        let Cast { mut sam, mut pat, mine, desk, .. } = cast(&stage).await;
        let (lines, first) = told_twice((&mut sam, &mine), (&mut pat, &desk)).await;
        let ask = format!("{desk}/hours/{first}/ask");
        stage.letters().await;
        let seen = hidden(&pat.get(&ask).await, "seen");
        pat.post(&ask, &[("question", "Which group was it?"), ("seen", &*seen)]).await;
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].to == "sam@demo.example" && letters[0].link() == mine, "{letters:?}");
        assert!(letters[0].text.contains("There is a question about hours") && !letters[0].text.contains("Which group"), "{letters:?}");
        for _ in 0..2 {
            // A second tap.
            agree(&mut pat, &desk, &lines[1..]).await;
        }
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].text.contains("were agreed, and count now"), "{letters:?}");
        let about = [("known_as", "Sam"), ("pronouns", ""), ("way", "text"), ("phone", "07700 900123"), ("note", "")];
        assert!(sam.post("/me/about", &about).await.status.is_redirection());
        tell(&mut sam, &mine, &LINE).await;
        let lines = ticks(&pat.get(&desk).await);
        agree(&mut pat, &desk, &lines).await;
        assert!(stage.letters().await.is_empty(), "they would rather get a text");
    }

    async fn lines_are_agreed_all_or_none_and_a_question_sends_one_back(stage: Stage) {
        let Cast { mut sam, mut pat, mine, desk, .. } = cast(&stage).await;
        let (lines, first) = told_twice((&mut sam, &mine), (&mut pat, &desk)).await;
        let ask = format!("{desk}/hours/{first}/ask");
        let seen = hidden(&pat.get(&ask).await, "seen");
        let empty = pat.post(&ask, &[("question", ""), ("seen", &*seen)]).await;
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("Write what you would like to know."), "{}", empty.body);
        let done = pat.post(&ask, &[("question", "Which group was it?"), ("seen", &*seen)]).await;
        assert_eq!(done.header(header::LOCATION), format!("{desk}?done=asked"), "{}", done.body);
        let refused = agree(&mut pat, &desk, &lines).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("nothing is agreed yet"), "{}", refused.body);
        assert!(sam.get(&mine).await.body.contains("Which group was it?"));
        let line = format!("{mine}/hours/{first}");
        let page = sam.get(&line).await;
        let [id, seen] = ["id", "seen"].map(|it| hidden(&page, it));
        let site = option(&page, "Mill House");
        let form = [&with(&LINE, "words", "The Tuesday one")[..], &[("id", &*id), ("seen", &*seen), ("site", &*site)]].concat();
        let done = sam.post(&line, &form).await;
        assert_eq!(done.header(header::LOCATION), format!("{mine}?done=told"), "{}", done.body);
        let stale = sam.post(&line, &form).await;
        assert_eq!(stale.header(header::LOCATION), format!("{mine}?done=newer"), "{}", stale.body);
        let lines = ticks(&pat.get(&desk).await);
        assert!(agree(&mut pat, &desk, &lines).await.status.is_redirection());
        assert!(sam.get(&mine).await.body.contains("<dd>4 hours</dd>"));
    }

    async fn what_was_agreed_is_written_anew_and_counts_until_that_is_agreed(stage: Stage) {
        let Cast { mut sam, mut pat, mine, desk, .. } = cast(&stage).await;
        tell(&mut sam, &mine, &LINE).await;
        let lines = ticks(&pat.get(&desk).await);
        agree(&mut pat, &desk, &lines).await;
        let line = format!("{mine}/hours/{}", lines[0].split_once('.').unwrap().0);
        let page = sam.get(&line).await;
        assert!(page.body.contains("This was agreed"), "{}", page.body);
        let (id, site) = (hidden(&page, "id"), option(&page, "Mill House"));
        let form = [&with(&LINE, "hours", "0")[..], &[("id", &*id), ("seen", "1"), ("site", &*site)]].concat();
        for _ in 0..2 {
            let done = sam.post(&line, &form).await;
            assert_eq!(done.header(header::LOCATION), format!("{mine}?done=told"), "{}", done.body);
        }
        let another = with(&form, "id", "00000000-0000-7000-8000-000000000009");
        let twice = sam.post(&line, &another).await;
        assert_eq!(twice.header(header::LOCATION), format!("{mine}?done=newer"), "{}", twice.body);
        assert!(sam.get(&mine).await.body.contains("<dd>1 hour 30 minutes</dd>"));
        let lines = ticks(&pat.get(&desk).await);
        assert_eq!(lines.len(), 1);
        agree(&mut pat, &desk, &lines).await;
        assert!(sam.get(&mine).await.body.contains("<dd>30 minutes</dd>"));
        assert!(sam.get("/training/placements").await.body.contains("30 minutes agreed"));
    }

    async fn hours_are_of_a_day_that_has_been_and_a_day_has_24(stage: Stage) {
        let Cast { mut sam, mine, .. } = cast(&stage).await;
        for (field, typed, says) in [
            ("day", "22", "Choose today or a day before"),
            ("day_month", "10", "on which your placement was going on"),
            ("activity", "", "Choose what you did."),
            ("hours", "25", "Write how long it was"),
            ("words", "Ann, born 3 May 1980", "looks like a date of birth"),
        ] {
            let refused = tell(&mut sam, &mine, &with(&LINE, field, typed)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(refused.body.contains(says), "{field}: {}", refused.body);
        }
        let looked = [&with(&LINE, "words", "Ann, born 3 May 1980")[..], &[("looked_at", "yes")]].concat();
        assert!(tell(&mut sam, &mine, &looked).await.status.is_redirection());
        assert!(tell(&mut sam, &mine, &with(&LINE, "hours", "22")).await.status.is_redirection());
        let refused = tell(&mut sam, &mine, &with(&LINE, "hours", "0")).await;
        assert!(refused.body.contains("A day has 24 hours"), "{}", refused.body);
        for odd in ODD {
            for field in LINE.map(|it| it.0) {
                assert!(!tell(&mut sam, &mine, &with(&LINE, field, odd)).await.status.is_server_error(), "{field} {odd:?}");
            }
        }
    }

    async fn only_its_person_and_whoever_looks_after_it_see_a_placement(stage: Stage) {
        let Cast { mut sam, mut pat, mut cody, mine, desk, .. } = cast(&stage).await;
        tell(&mut sam, &mine, &LINE).await;
        let line = ticks(&pat.get(&desk).await)[0].split_once('.').unwrap().0.to_owned();
        let mut kim = stage.learner("kim@demo.example").await;
        for path in [mine.clone(), desk.clone(), format!("{mine}/hours/{line}"), format!("{desk}/hours/{line}/ask")] {
            assert_eq!(kim.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(cody.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(sam.post(&format!("{desk}/agree"), &[("line", &format!("{line}.1"))]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(pat.get(&mine).await.status, StatusCode::NOT_FOUND);
        let site = option(&sam.get(&mine).await, "Mill House");
        let taken = [&LINE[..], &[("id", &*line), ("site", &*site)]].concat();
        let again = sam.post(&mine, &with(&taken, "hours", "9")).await;
        assert_eq!(again.header(header::LOCATION), format!("{mine}?done=told"), "a line is told once: {}", again.body);
        assert!(!pat.get(&desk).await.body.contains("9 hours"));
        let refused = stage.site.db().execute("UPDATE placement_hours SET state = 'agreed', agreed_by = person_id, agreed_at = 0").await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("placement_hours_agreed_by_somebody_else"), "{refused}");
        let gone = sam.post(&format!("{mine}/hours/{line}/take-back"), &[("seen", "1")]).await;
        assert_eq!(gone.header(header::LOCATION), format!("{mine}?done=gone"));
        assert!(pat.get(&desk).await.body.contains("Nothing."));
    }

    async fn steps_towards_leading_a_group_name_the_guide_and_skip_none_without_a_reason(stage: Stage) {
        let Cast { mut admin, mut sam, mut pat, mine, desk, .. } = cast(&stage).await;
        let path = format!("{desk}/ladder");
        assert!(pat.get(&path).await.body.contains("Nobody is arranged as their guide"));
        let guided = format!("{}/relate/guide", person_called(&stage, &mut admin, "Sam").await);
        let holder = option(&admin.get(&guided).await, "Cody");
        let form = [("holder", &*holder), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];
        assert!(admin.post(&guided, &form).await.status.is_redirection());
        let guide = option(&pat.get(&path).await, "Cody");
        let step = [("rung", "led_with_guide"), ("day", "21"), ("day_month", "11"), ("day_year", "2026"), ("guide", &*guide), ("why", "")];
        let refused = pat.post(&path, &step).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Say in a word why a step was left out."), "{}", refused.body);
        for _ in 0..2 {
            // A second tap.
            let done = pat.post(&path, &with(&step, "why", "They led groups before.")).await;
            assert_eq!(done.header(header::LOCATION), format!("{desk}?done=step"), "{}", done.body);
        }
        let page = sam.get(&mine).await;
        assert!(page.body.contains("Led a group with the guide in the room") && page.body.contains("They led groups before."), "{}", page.body);
        assert_eq!(sam.post(&path, &step).await.status, StatusCode::NOT_FOUND);
        for statement in ["UPDATE placement_rung SET why = 'x'", "DELETE FROM placement_rung"] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains("placement_rung_never"), "{statement}: {refused}");
        }
        let other = "INSERT INTO placement_rung SELECT placement_id, 'leads', person_id, day, guide_id, person_id, why, at FROM placement_rung";
        let refused = stage.site.db().execute(other).await.unwrap_err().to_string();
        assert!(refused.contains("placement_rung_recorded_by_somebody_else"), "{refused}");
    }

    async fn a_placement_of_a_group_counts_towards_what_its_programme_asks_for(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut sam = stage.learner("sam@demo.example").await;
        joined(&stage, &mut admin, ("pat@demo.example", "Pat", "placement_supervisor")).await;
        let mut cody = joined(&stage, &mut admin, ("cody@demo.example", "Cody", "coordinator")).await;
        let group = crate::training_cohort::begin(&stage, &mut cody, &crate::training_cohort::NEW).await;
        let person = crate::training_cohort::give(&mut cody, &group, "sam").await;
        let all = format!("/training/at/{}/placements", stage.host());
        let places = format!("{}/places", stage.organisation());
        admin.post(&places, &[("kind", "site"), ("name", "Mill House")]).await;
        let path = format!("{all}/people/{person}");
        let page = cody.get(&path).await;
        let [supervisor, site, cohort] = ["Pat", "Mill House", "Spring &amp; Co"].map(|it| option(&page, it));
        let form = with(&with(&with(&PLACEMENT, "supervisor", &supervisor), "site", &site), "cohort", &cohort);
        let done = cody.post(&path, &form).await;
        assert_eq!(done.header(header::LOCATION), format!("{all}?done=arranged"), "{}", done.body);
        let page = sam.get(&format!("/training/placements/{}", PLACEMENT[0].1)).await;
        assert!(page.body.contains("What the programme asks for") && page.body.contains("<dd>36 hours</dd>"), "{}", page.body);
        assert!(!page.body.contains("papers/"), "there is no agreement and no list here: {}", page.body);
        assert!(cody.get(&all).await.body.contains("No hours agreed yet, of 36 hours"));
    }

    async fn a_placement_is_arranged_with_what_there_is_to_choose(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut cody = joined(&stage, &mut admin, ("cody@demo.example", "Cody", "coordinator")).await;
        stage.registered("sam@demo.example").await;
        let person = person_called(&stage, &mut admin, "Sam").await;
        let all = format!("/training/at/{}/placements", stage.host());
        let path = format!("{all}/people/{}", person.rsplit('/').next().unwrap());
        assert!(cody.get(&path).await.body.contains("Nobody here looks after placements yet."));
        let refused = cody.post(&path, &PLACEMENT).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Choose who looks after them") && refused.body.contains("Choose where it is"), "{}", refused.body);
        for odd in ODD {
            for field in PLACEMENT.map(|it| it.0) {
                assert!(!cody.post(&path, &with(&PLACEMENT, field, odd)).await.status.is_server_error(), "{field} {odd:?}");
            }
        }
        let found = cody.get(&format!("{all}/people?name=sam")).await;
        assert!(found.body.contains(&path), "{}", found.body);
        let nobody = format!("{all}/people/00000000-0000-7000-8000-000000000009");
        assert_eq!(cody.get(&nobody).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_placement_ends_early_and_hours_stay_with_whom_they_were(stage: Stage) {
        let Cast { mut sam, mut pat, mut cody, mine, desk, .. } = cast(&stage).await;
        tell(&mut sam, &mine, &LINE).await;
        stage.letters().await;
        let all = format!("/training/at/{}/placements", stage.host());
        let end = mine.replace("/training/placements", &all) + "/end";
        assert!(cody.get(&all).await.body.contains(&end));
        let form = [("on_day", "21"), ("on_month", "11"), ("on_year", "2026"), ("why", "Moves to another site")];
        for (field, typed) in [("on_day", "20"), ("on_day", ""), ("on_year", "2027"), ("why", " "), ("why", "Ring 07700 900123")] {
            let seen = cody.post(&end, &with(&form, field, typed)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}: {}", seen.body);
            assert!(seen.title().starts_with("Error: ") && seen.body.contains(&format!("href=\"#{field}\"")) || field == "on_year", "{}", seen.body);
        }
        for odd in ODD {
            for field in ["on_day", "on_month", "on_year"] {
                assert!(!cody.post(&end, &with(&form, field, odd)).await.status.is_server_error(), "{field} {odd:?}");
            }
        }
        for _ in 0..2 {
            // A second tap.
            let done = cody.post(&end, &form).await;
            assert_eq!(done.header(header::LOCATION), format!("{all}?done=ended"), "{}", done.body);
        }
        let said = "Ended early, on 21 November 2026 instead of 31 December 2026: Moves to another site.";
        assert!(sam.get(&mine).await.body.contains(said) && cody.get(&all).await.body.contains(said));
        assert!(sam.get("/me/log").await.body.contains("Ended a placement early"));
        // Pat still agrees what was done.
        let lines = ticks(&pat.get(&desk).await);
        assert!(agree(&mut pat, &desk, &lines).await.status.is_redirection());
        for statement in ["UPDATE placement_ended SET why = 'x'", "INSERT INTO placement_ended SELECT placement_id, person_id, ended_on, was_to, why, by_id, made_at FROM placement_ended"] {
            assert!(stage.site.db().execute(statement).await.is_err(), "placement_ended_never_changes, placement_ended_once: {statement}");
        }
        assert_eq!(sam.get(&end).await.status, StatusCode::NOT_FOUND);
    }

    async fn hours_wait_until_the_check_is_there_that_the_role_asks_for(stage: Stage) {
        let Cast { mut admin, mut sam, mine, .. } = cast(&stage).await;
        let mut vera = joined(&stage, &mut admin, ("vera@demo.example", "Vera", "vetting")).await;
        let checks = format!("/training/at/{}/checks", stage.host());
        assert!(vera.post(&format!("{checks}/roles/learner"), &ROLE).await.status.is_redirection());
        assert!(sam.get(&mine).await.body.contains("A check for the role is still missing"));
        let refused = tell(&mut sam, &mine, &LINE).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("has not started yet"), "{}", refused.body);
        let person = person_called(&stage, &mut admin, "sam").await;
        let theirs = format!("{checks}/people/{}", person.rsplit('/').next().unwrap());
        let id = hidden(&vera.get(&theirs).await, "id");
        let noted = vera.post(&theirs, &[&CHECK[..], &[("id", &*id)]].concat()).await;
        assert!(noted.status.is_redirection(), "{}", noted.body);
        assert!(!sam.get(&mine).await.body.contains("still missing"));
        assert!(tell(&mut sam, &mine, &LINE).await.status.is_redirection());
    }
}
