//! Competences: shown by their owner, judged by somebody else, step by step and for good.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::arranging::person_called;
use crate::learning::finish_course;
use crate::me::{ODD, joined, link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::training_frameworks::{TABLE, brought_in, send};

/// Sam, who shows what they can do; Kim and Jo, who assess them; Cody, who coordinates.
pub(crate) struct Cast<'a> {
    pub(crate) sam: Browser<'a>,
    pub(crate) kim: Browser<'a>,
    pub(crate) jo: Browser<'a>,
    pub(crate) cody: Browser<'a>,
    pub(crate) admin: Browser<'a>,
    /// Where Cody sees the framework.
    pub(crate) framework: String,
    /// Where Sam's competences in it are.
    pub(crate) mine: String,
    /// Where Sam's assessors see them.
    pub(crate) desk: String,
}

pub(crate) async fn cast(stage: &Stage) -> Cast<'_> {
    let mut admin = stage.administrator().await;
    let mut sam = stage.learner("sam@demo.example").await;
    let kim = joined(stage, &mut admin, ("kim@demo.example", "Kim", "assessor")).await;
    let jo = joined(stage, &mut admin, ("jo@demo.example", "Jo", "assessor")).await;
    let mut cody = joined(stage, &mut admin, ("cody@demo.example", "Cody", "coordinator")).await;
    let person = person_called(stage, &mut admin, "Sam").await;
    for name in ["Kim", "Jo"] {
        let path = format!("{person}/relate/assessor");
        let holder = option(&admin.get(&path).await, name);
        let form = [("holder", ""), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];
        let seen = admin.post(&path, &with(&form, "holder", &holder)).await;
        assert!(seen.status.is_redirection(), "{}", seen.body);
    }
    let framework = brought_in(stage, &mut cody, TABLE).await;
    let id = framework.rsplit('/').next().unwrap().to_owned();
    let done = sam.post("/training/competences", &[("framework", &id)]).await;
    assert_eq!(done.header(header::LOCATION), "/training/competences?done=taken");
    let person = person.rsplit('/').next().unwrap().to_owned();
    let (mine, desk) = (format!("/training/competences/{id}"), format!("/training/assessing/{person}/{id}"));
    Cast { sam, kim, jo, cody, admin, framework, mine, desk }
}

/// Adds a piece of evidence as its page is opened.
pub(crate) async fn add(browser: &mut Browser<'_>, path: &str, kind: &str, more: &[(&str, &str)]) -> Seen {
    let path = format!("{path}/evidence");
    let id = hidden(&browser.get(&path).await, "id");
    let form = [&[("kind", kind), ("id", &*id)][..], more].concat();
    browser.post(&path, &form).await
}

/// Takes a step as the page shows it.
pub(crate) async fn step(browser: &mut Browser<'_>, path: &str, more: &[(&str, &str)]) -> Seen {
    let seen = hidden(&browser.get(path).await, "seen");
    browser.post(path, &[&[("seen", &*seen)][..], more].concat()).await
}

pub(crate) const WALK: [(&str, &str); 3] =
    [("title", "A walk"), ("words", "We walked, and I listened."), ("serves", "1")];

/// Sam has evidence for the first competence and says that it may be looked at.
async fn ready(cast: &mut Cast<'_>) {
    let one = format!("{}/1", cast.mine);
    let done = add(&mut cast.sam, &one, "reflection", &WALK).await;
    assert_eq!(done.header(header::LOCATION), format!("{one}?done=added"), "{}", done.body);
    let done = step(&mut cast.sam, &one, &[("state", "ready")]).await;
    assert_eq!(done.header(header::LOCATION), format!("{one}?done=ready"), "{}", done.body);
}

on_both! {
    async fn a_competence_goes_from_missing_to_achieved_and_says_what_comes_next(stage: Stage) {
        let mut cast = cast(&stage).await;
        let page = cast.sam.get("/training/competences").await;
        assert!(page.body.contains("0 of 3 achieved") && page.body.contains("What is missing"), "{}", page.body);
        assert!(page.body.contains("that you have lived through it") && page.body.contains("a course here"), "{}", page.body);
        assert!(!page.title().to_lowercase().contains("mental"));
        assert!(cast.kim.get("/training/assessing").await.body.contains("Nobody waits for you."));
        ready(&mut cast).await;
        let one = format!("{}/1", cast.mine);
        assert!(cast.sam.get(&one).await.body.contains("It waits for somebody who assesses you"));
        stage.clock.wait(TimeDelta::minutes(1));
        let desk = cast.kim.get("/training/assessing").await;
        assert!(desk.body.contains("Sam") && desk.body.contains("1 Listens"), "{}", desk.body);
        let theirs = link(&desk, &format!("{}/1", cast.desk));
        let page = cast.kim.get(&theirs).await;
        assert!(page.body.contains("We walked, and I listened.") && page.body.contains("Asks first"), "{}", page.body);
        let empty = step(&mut cast.kim, &theirs, &[("state", "needs_more")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("Say what is still missing"), "{}", empty.body);
        let more = [("state", "needs_more"), ("comment", "Say how it ended.")];
        let done = step(&mut cast.kim, &theirs, &more).await;
        assert_eq!(done.header(header::LOCATION), format!("{theirs}?done=judged"), "{}", done.body);
        let page = cast.sam.get(&one).await;
        assert!(page.body.contains("Needs a little more") && page.body.contains("Say how it ended."), "{}", page.body);
        assert!(cast.sam.get("/me/log").await.body.contains("Judged a competence"));
        step(&mut cast.sam, &one, &[("state", "ready")]).await;
        step(&mut cast.kim, &theirs, &[("state", "achieved")]).await;
        let page = cast.sam.get("/training/competences").await;
        assert!(page.body.contains("1 of 3 achieved") && page.body.contains("What I have"), "{}", page.body);
        let again = [("state", "revisit"), ("day", "1"), ("day_month", "6"), ("day_year", "2027")];
        let done = step(&mut cast.kim, &theirs, &again).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(cast.sam.get(&one).await.body.contains("by 1 June 2027"));
    }

    async fn nobody_judges_themself_through_any_door_and_each_try_is_written_down(stage: Stage) {
        let mut cast = cast(&stage).await;
        ready(&mut cast).await;
        let one = format!("{}/1", cast.mine);
        let seen = hidden(&cast.sam.get(&one).await, "seen");
        let form = [("state", "achieved"), ("seen", &*seen), ("comment", "")];
        let refused = cast.sam.post(&one, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Nobody judges their own competences"), "{}", refused.body);
        let theirs = format!("{}/1", cast.desk);
        assert_eq!(cast.sam.get(&theirs).await.status, StatusCode::NOT_FOUND);
        assert_eq!(cast.sam.post(&theirs, &form).await.status, StatusCode::NOT_FOUND);
        let observed = [("kind", "observation"), WALK[0], WALK[1], WALK[2]];
        assert_eq!(cast.sam.post(&format!("{theirs}/evidence"), &observed).await.status, StatusCode::NOT_FOUND);
        let refused = cast.sam.post(&format!("{one}/evidence"), &observed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let log = cast.sam.get("/me/log").await;
        assert_eq!(log.body.matches("Tried to judge a competence of their own").count(), 4, "{}", log.body);
        let person = cast.desk.split('/').nth(3).unwrap();
        let id = cast.desk.rsplit('/').next().unwrap();
        // A person's id as each engine writes it.
        let spelled = |id: &str| match stage.site.db().engine() {
            store::Engine::Sqlite => format!("x'{}'", id.replace('-', "")),
            store::Engine::Postgres => format!("'{id}'"),
        };
        let columns = "INSERT INTO competence_step (person_id, framework_id, code, number, version, state, by_id, comment, at) VALUES";
        let (person, id) = (spelled(person), spelled(id));
        let own = format!("{columns} ({person}, {id}, '1', 3, 1, 'achieved', {person}, '', 0)");
        let refused = stage.site.db().execute(&own).await.unwrap_err().to_string();
        assert!(refused.contains("competence_judged_by_somebody_else"), "{refused}");
        for statement in ["UPDATE competence_step SET comment = 'x'", "DELETE FROM competence_step", "UPDATE evidence SET words = 'x'"] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains("never_change") || refused.contains("never_goes"), "{statement}: {refused}");
        }
        assert!(!cast.sam.get("/training/competences").await.body.contains("1 of 3 achieved"));
    }

    async fn a_judgement_over_one_that_was_not_seen_shows_both(stage: Stage) {
        let mut cast = cast(&stage).await;
        ready(&mut cast).await;
        let theirs = format!("{}/1", cast.desk);
        let seen = hidden(&cast.jo.get(&theirs).await, "seen");
        step(&mut cast.kim, &theirs, &[("state", "achieved"), ("comment", "Well done.")]).await;
        let form = [("state", "needs_more"), ("comment", "Not yet, I think."), ("seen", &*seen)];
        let late = cast.jo.post(&theirs, &form).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        for words in ["Somebody was quicker", "Well done.", "Not yet, I think.", "Kim"] {
            assert!(late.body.contains(words), "{words}: {}", late.body);
        }
        assert!(cast.sam.get(&format!("{}/1", cast.mine)).await.body.contains("You have it."));
    }

    async fn an_appeal_goes_to_another_assessor_than_the_one_who_judged(stage: Stage) {
        let mut cast = cast(&stage).await;
        ready(&mut cast).await;
        let (one, theirs) = (format!("{}/1", cast.mine), format!("{}/1", cast.desk));
        step(&mut cast.kim, &theirs, &[("state", "needs_more"), ("comment", "More.")]).await;
        let why = [("state", "appealed"), ("comment", "")];
        assert_eq!(step(&mut cast.sam, &one, &why).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let why = [("state", "appealed"), ("comment", "I have shown it twice.")];
        let done = step(&mut cast.sam, &one, &why).await;
        assert_eq!(done.header(header::LOCATION), format!("{one}?done=appealed"), "{}", done.body);
        assert!(cast.kim.get("/training/assessing").await.body.contains("Nobody waits for you."));
        assert!(cast.kim.get(&theirs).await.body.contains("They ask for somebody else than you"));
        let refused = cast.kim.post(&theirs, &[("state", "achieved"), ("seen", "4")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(cast.jo.get("/training/assessing").await.body.contains("Somebody else is asked to look"));
        let done = step(&mut cast.jo, &theirs, &[("state", "achieved")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }

    async fn evidence_is_taken_back_whole_until_it_was_judged_and_marked_after_that(stage: Stage) {
        let mut cast = cast(&stage).await;
        let one = format!("{}/1", cast.mine);
        let both = [WALK[0], WALK[1], WALK[2], ("serves", "2")];
        add(&mut cast.sam, &one, "informal", &both).await;
        assert!(cast.sam.get(&format!("{}/2", cast.mine)).await.body.contains("We walked"), "one piece, two competences");
        let back = |page: &Seen| page.body.split_once("action=\"/training/evidence/").unwrap().1.split_once('"').unwrap().0.to_owned();
        let path = format!("/training/evidence/{}", back(&cast.sam.get(&one).await));
        assert_eq!(cast.kim.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "it is not theirs");
        let done = cast.sam.post(&path, &[("code", "1")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{one}?done=gone"));
        assert_eq!(cast.sam.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "it is gone");
        assert!(!cast.sam.get(&one).await.body.contains("We walked"));
        let bare = step(&mut cast.sam, &one, &[("state", "ready")]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bare.body.contains("Add a piece of evidence first"), "{}", bare.body);

        ready(&mut cast).await;
        step(&mut cast.kim, &format!("{}/1", cast.desk), &[("state", "achieved")]).await;
        let path = format!("/training/evidence/{}", back(&cast.sam.get(&one).await));
        let done = cast.sam.post(&path, &[("code", "1")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{one}?done=marked"));
        let page = cast.sam.get(&one).await;
        assert!(page.body.contains("Withdrawn") && page.body.contains("We walked"), "{}", page.body);
    }

    async fn what_looks_like_somebody_is_warned_of_and_comes_back_as_it_was_typed(stage: Stage) {
        let mut cast = cast(&stage).await;
        let one = format!("{}/1", cast.mine);
        let personal = [WALK[0], ("words", "She is 07700 900123."), WALK[2]];
        let seen = add(&mut cast.sam, &one, "informal", &personal).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("looks like a phone number") && seen.body.contains("07700 900123"), "{}", seen.body);
        let looked = [&personal[..], &[("looked_at", "yes")]].concat();
        assert_eq!(add(&mut cast.sam, &one, "informal", &looked).await.status, StatusCode::SEE_OTHER);
        let refused = add(&mut cast.sam, &one, "lived_experience", &[("serves", "1")]).await;
        assert!(refused.body.contains("Lived experience does not count for 1"), "{}", refused.body);
        let yes = add(&mut cast.sam, &one, "lived_experience", &[("serves", "2"), ("words", "What happened to me")]).await;
        assert_eq!(yes.header(header::LOCATION), format!("{}/2?done=added", cast.mine), "{}", yes.body);
        let page = cast.sam.get(&format!("{}/2", cast.mine)).await;
        assert!(page.body.contains("Lived experience") && !page.body.contains("What happened to me"), "{}", page.body);
        for odd in ODD {
            for field in ["kind", "title", "words", "serves", "id"] {
                let form = with(&[("kind", "informal"), WALK[0], WALK[1], WALK[2], ("id", "x")], field, odd);
                let seen = cast.sam.post(&format!("{one}/evidence"), &form).await;
                assert!(seen.status.is_client_error() || seen.status.is_redirection(), "{field}={odd:?}: {}", seen.status);
                assert!(!seen.body.contains("<script"), "{field}={odd:?}");
            }
            for field in ["state", "seen", "comment", "day"] {
                let form = with(&[("state", "willing"), ("seen", "1"), ("comment", ""), ("day", "1")], field, odd);
                for path in [&one, &format!("{}/1", cast.desk)] {
                    let browser = if path.contains("assessing") { &mut cast.kim } else { &mut cast.sam };
                    let seen = browser.post(path, &form).await;
                    assert!(seen.status.is_client_error(), "{field}={odd:?}: {}", seen.status);
                }
            }
        }
    }

    async fn a_finished_course_counts_by_itself_and_a_reflection_is_copied_only_by_choice(stage: Stage) {
        let mut cast = cast(&stage).await;
        let three = format!("{}/3", cast.mine);
        cast.sam.post("/courses/how-this-place-works/enrol", &[]).await;
        let wrote = [("reflection", "Mine alone, until I choose."), ("revision", "0")];
        cast.sam.post("/learn/how-this-place-works/at-your-own-pace/reflection", &wrote).await;
        finish_course(&stage, &mut cast.sam).await;
        let page = cast.sam.get(&three).await;
        assert!(page.body.contains("A course finished here"), "{}", page.body);
        let done = step(&mut cast.sam, &three, &[("state", "working_towards")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let done = step(&mut cast.sam, &three, &[("state", "ready")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{three}?done=ready"), "{}", done.body);
        assert!(!cast.kim.get(&format!("{}/3", cast.desk)).await.body.contains("Mine alone"));
        let page = cast.sam.get(&format!("{three}/evidence")).await;
        assert!(page.body.contains("?from=how-this-place-works/at-your-own-pace"), "{}", page.body);
        let copy = cast.sam.get(&format!("{three}/evidence?from=how-this-place-works/at-your-own-pace")).await;
        assert!(copy.body.contains("Mine alone, until I choose."), "{}", copy.body);
        for odd in ODD {
            let odd: String = form_urlencoded::byte_serialize(odd.as_bytes()).collect();
            assert_eq!(cast.sam.get(&format!("{three}/evidence?from={odd}/{odd}")).await.status, StatusCode::OK);
        }
    }

    async fn an_assessor_notes_what_they_saw_and_the_candidate_reads_it(stage: Stage) {
        let mut cast = cast(&stage).await;
        let theirs = format!("{}/1", cast.desk);
        let noted = [("title", "In the group"), ("words", "Sam waited and asked."), ("serves", "1")];
        let done = add(&mut cast.kim, &theirs, "observation", &noted).await;
        assert_eq!(done.header(header::LOCATION), format!("{theirs}?done=added"), "{}", done.body);
        let page = cast.sam.get(&format!("{}/1", cast.mine)).await;
        assert!(page.body.contains("Sam waited and asked.") && page.body.contains("Observation"), "{}", page.body);
        assert!(!page.body.contains("Take this back"), "it is not theirs to take back");
        assert!(cast.sam.get("/me/log").await.body.contains("Noted something that shows what you can do"));
        let told = add(&mut cast.kim, &theirs, "reflection", &noted).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "that is for Sam to tell");
        assert!(cast.kim.get(&cast.desk).await.body.contains("On its way"));
    }

    async fn a_judgement_stays_with_the_version_it_was_made_under(stage: Stage) {
        let mut cast = cast(&stage).await;
        ready(&mut cast).await;
        step(&mut cast.kim, &format!("{}/1", cast.desk), &[("state", "achieved")]).await;
        let version = format!("{}/version", cast.framework);
        let seen = hidden(&cast.cody.get(&version).await, "seen");
        let about = [("title", "Ours"), ("licence", "Our own words."), ("seen", &*seen)];
        let changed = TABLE.replace("Listens,", "Listens well,");
        assert!(send(&mut cast.cody, &version, &about, changed.as_bytes()).await.status.is_redirection());
        let page = cast.sam.get(&format!("{}/1", cast.mine)).await;
        assert!(page.body.contains("Listens well") && page.body.contains("It was worded then: Listens"), "{}", page.body);
        assert!(page.body.contains("You have it."), "{}", page.body);
        let about = [("title", "Ours"), ("licence", "Our own words."), ("seen", "2")];
        let gone = changed.replace("\n1,", "\n9,");
        assert!(send(&mut cast.cody, &version, &about, gone.as_bytes()).await.status.is_redirection());
        let list = cast.sam.get("/training/competences").await;
        assert!(list.body.contains("1 Listens well"), "what was achieved is still there: {}", list.body);
        let page = cast.sam.get(&format!("{}/1", cast.mine)).await;
        assert!(page.body.contains("is in the list no more"), "{}", page.body);
    }

    async fn whoever_assesses_no_more_sees_nothing_more(stage: Stage) {
        let mut cast = cast(&stage).await;
        ready(&mut cast).await;
        let theirs = format!("{}/1", cast.desk);
        assert_eq!(cast.kim.get(&theirs).await.status, StatusCode::OK);
        let person = person_called(&stage, &mut cast.admin, "Sam").await;
        let page = cast.admin.get(&person).await;
        let ends: Vec<_> = page.body.split("action=\"").filter_map(|it| it.split_once('"')).map(|it| it.0.to_owned()).filter(|it| it.ends_with("/end")).collect();
        assert_eq!(ends.len(), 2, "{}", page.body);
        for end in ends {
            cast.admin.post(&end, &[]).await;
        }
        stage.clock.wait(TimeDelta::days(1));
        for browser in [&mut cast.kim, &mut cast.jo] {
            assert_eq!(browser.get(&theirs).await.status, StatusCode::NOT_FOUND);
            assert_eq!(browser.get("/training/assessing").await.status, StatusCode::NOT_FOUND);
        }
        let mut robin = stage.learner("robin@demo.example").await;
        for path in [&cast.mine, &format!("{}/1", cast.mine), &theirs] {
            assert_eq!(robin.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
