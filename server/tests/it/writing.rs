//! Courses in writing: drafts, the two people who publish them, and what learners are told.

use axum::http::{StatusCode, header};
use domain::course::Slug;
use store::content::CourseSource;

use crate::databases;
use crate::me::{ODD, joined};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

pub(crate) const COURSE: &str = "how-this-place-works";
pub(crate) const DRAFT: &str = "/editing/how-this-place-works";
const FIRST: &str = "/editing/how-this-place-works/lessons/at-your-own-pace";

/// Two course editors.
pub(crate) async fn editors(stage: &Stage) -> [Browser<'_>; 2] {
    let mut admin = stage.administrator().await;
    let sam = joined(stage, &mut admin, ("sam@demo.example", "Sam", "course_editor")).await;
    let kim = joined(stage, &mut admin, ("kim@demo.example", "Kim", "course_editor")).await;
    [sam, kim]
}

/// The text that the page of a draft shows, to be signed.
async fn text(editor: &mut Browser<'_>, draft: &str) -> String {
    let page = editor.get(draft).await;
    let text = hidden(&page, "text");
    assert!(!text.is_empty(), "there is nothing to sign: {}", page.body);
    text
}

pub(crate) async fn sign(editor: &mut Browser<'_>, draft: &str, side: &str, more: &[(&str, &str)]) -> Seen {
    let text = text(editor, draft).await;
    let mut form = vec![("side", side), ("text", &text)];
    form.extend(more);
    editor.post(&format!("{draft}/sign"), &form).await
}

pub(crate) async fn publish(editor: &mut Browser<'_>, draft: &str) -> Seen {
    let text = text(editor, draft).await;
    editor.post(&format!("{draft}/publish"), &[("text", &text)]).await
}

/// Types into the text of a file, of which the page was opened before.
pub(crate) async fn keep(editor: &mut Browser<'_>, path: &str, page: &Seen, text: &str) -> Seen {
    editor.post(path, &[("text", text), ("revision", &hidden(page, "revision"))]).await
}

/// What a text area of the page holds.
pub(crate) fn typed(page: &Seen) -> String {
    let area = page.body.split_once("<textarea").and_then(|it| it.1.split_once('>')).map_or("", |it| it.1);
    let text = area.split_once("</textarea>").map_or("", |it| it.0).trim_start_matches('\n');
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    text.replace("&#x2F;", "/").replace("&amp;", "&")
}

/// Both sign and one publishes.
pub(crate) async fn adopted(stage: &Stage, [sam, kim]: &mut [Browser<'_>; 2], draft: &str) {
    sam.post(&format!("{draft}/begin"), &[]).await;
    let one = sign(sam, draft, "lived_experience", &[("shows_name", "yes")]).await;
    assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.body);
    assert_eq!(sign(kim, draft, "profession", &[]).await.status, StatusCode::SEE_OTHER);
    let done = publish(kim, draft).await;
    assert_eq!(done.header(header::LOCATION), format!("{draft}?done=published"), "{}", done.body);
    assert_eq!(stage.get(&draft.replace("/editing/", "/courses/")).await.status, StatusCode::OK);
}

async fn refused_by(stage: &Stage, statement: &str, by: &str) {
    let said = stage.site.db().execute(statement).await.unwrap_err().to_string();
    // SQLite names columns and not constraints where a key is taken.
    assert!(
        said.contains(by) || said.contains("UNIQUE") || said.contains("FOREIGN KEY"),
        "{statement}: {said}"
    );
}

/// Starts with this content; how many courses have a new version then.
pub(crate) async fn shipped(stage: &Stage, courses: &[CourseSource]) -> usize {
    let tx = stage.site.db().begin().await.unwrap();
    let changed = store::courses::publish(&tx, courses, app::Clock::now(&stage.clock)).await.unwrap();
    tx.commit().await.unwrap();
    stage.site.refresh_public().await.unwrap();
    changed.len()
}

on_both! {
    async fn two_editors_adopt_a_course_as_it_is(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        let course = format!("/courses/{COURSE}");
        assert!(stage.get(&course).await.body.contains("Draft, not yet co-produced here"));
        assert!(sam.get("/me").await.body.contains("href=\"/editing\"") && sam.get("/today").await.body.contains("href=\"/editing\""));
        assert!(sam.get("/editing").await.body.contains("Learners read it as it came: draft, not yet co-produced here."));
        let begun = sam.post(&format!("{DRAFT}/begin"), &[]).await;
        assert_eq!(begun.header(header::LOCATION), format!("{DRAFT}?done=begun"));
        assert_eq!(kim.post(&format!("{DRAFT}/begin"), &[]).await.status, StatusCode::SEE_OTHER, "there is one draft");
        sign(&mut sam, DRAFT, "lived_experience", &[("shows_name", "yes")]).await;
        let page = sam.get(DRAFT).await;
        assert!(page.body.contains("<b>You</b> signed out of lived experience") && page.body.contains("Somebody else signs it by profession."), "{}", page.body);
        assert!(!page.body.contains("I sign this by profession"), "it takes somebody else");
        let seen = kim.get(DRAFT).await;
        assert!(seen.body.contains("<bdi>Sam</bdi>"), "{}", seen.body);
        let early = publish_anyway(&mut kim, &hidden(&seen, "text")).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.body.contains("Somebody else signs it by profession."));
        sign(&mut kim, DRAFT, "profession", &[]).await;
        let done = publish(&mut sam, DRAFT).await;
        assert_eq!(done.header(header::LOCATION), format!("{DRAFT}?done=published"), "{}", done.body);
        let page = stage.get(&course).await;
        let told = "adopted here on 21 November 2026, out of lived experience (<bdi>Sam</bdi>) and by profession.";
        assert!(page.body.contains(told), "{}", page.body);
        assert!(stage.get("/courses?state=adopted").await.body.contains("One course fits."));
        let page = sam.get(DRAFT).await;
        assert!(page.body.contains("Adopted here on 21 November 2026.") && page.body.contains("Begin a draft"), "{}", page.body);
        assert!(sam.get("/me/log").await.body.contains("Signed a course"));
    }

    async fn a_signature_goes_when_the_text_changes_and_may_be_taken_back(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        sign(&mut sam, DRAFT, "lived_experience", &[]).await;
        let old = text(&mut kim, DRAFT).await;
        let page = kim.get(FIRST).await;
        let kept = keep(&mut kim, FIRST, &page, &typed(&page)).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        assert!(sam.get(DRAFT).await.body.contains("signed out of lived experience"), "nothing has changed");
        keep(&mut kim, FIRST, &page, &typed(&page).replace("Welcome.", "Welcome back.")).await;
        assert!(!sam.get(DRAFT).await.body.contains("signed out of lived experience"));
        let late = kim.post(&format!("{DRAFT}/sign"), &[("side", "profession"), ("text", &old)]).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("The text has changed since you opened this page"), "{}", late.body);
        sign(&mut kim, DRAFT, "profession", &[]).await;
        assert_eq!(kim.post(&format!("{DRAFT}/sign"), &[("way", "back")]).await.header(header::LOCATION), format!("{DRAFT}?done=back"));
        assert!(!sam.get(DRAFT).await.body.contains("signed by profession"));
    }

    async fn one_person_is_not_two_however_it_is_tried(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        sign(&mut sam, DRAFT, "lived_experience", &[]).await;
        let text = text(&mut kim, DRAFT).await;
        let both = sam.post(&format!("{DRAFT}/sign"), &[("side", "profession"), ("text", &text)]).await;
        assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(both.body.contains("It takes somebody else for this one"));
        for odd in ODD.into_iter().chain(["", "safety"]) {
            let seen = kim.post(&format!("{DRAFT}/sign"), &[("side", odd), ("text", &text)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
        }
        let again = "INSERT INTO course_signature (draft, side, person_id, hash, shows_name, signed_at) SELECT draft, 'profession', person_id, hash, shows_name, 0 FROM course_signature";
        refused_by(&stage, again, "course_signature_by_two_people").await;
        refused_by(&stage, &again.replace("'profession', person_id", "'lived_experience', person_id"), "course_signature_one_for_each_side").await;
        refused_by(&stage, &format!("{again} WHERE side = 'lived_experience'").replace("'profession'", "'safety'"), "course_signature_safety_has_a_day").await;
    }

    async fn the_database_itself_keeps_a_signature_to_its_text_and_an_adoption_to_two_people(stage: Stage) {
        let mut two = editors(&stage).await;
        two[0].post(&format!("{DRAFT}/begin"), &[]).await;
        sign(&mut two[0], DRAFT, "lived_experience", &[]).await;
        let other = match stage.site.db().engine() {
            store::Engine::Sqlite => "zeroblob(32)",
            store::Engine::Postgres => "decode(repeat('00', 32), 'hex')",
        };
        refused_by(&stage, &format!("UPDATE course_draft SET hash = {other}"), "course_signature_of_this_text").await;
        let page = two[1].get(DRAFT).await;
        sign(&mut two[1], DRAFT, "profession", &[]).await;
        assert_eq!(publish_anyway(&mut two[1], &hidden(&page, "text")).await.status, StatusCode::SEE_OTHER);
        refused_by(&stage, "UPDATE course_adoption SET profession_by = lived_by", "course_adoption_by_two_people").await;
        refused_by(&stage, "UPDATE course_adoption SET safety_by = lived_by", "course_adoption_safety_whole").await;
    }

    async fn what_is_newer_in_a_draft_is_never_overwritten_unseen(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let (first, second) = (sam.get(FIRST).await, kim.get(FIRST).await);
        assert_eq!(keep(&mut sam, FIRST, &first, "from Sam").await.status, StatusCode::SEE_OTHER);
        let refused = keep(&mut kim, FIRST, &second, "from <b>Kim</b>").await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("from Sam") && refused.body.contains("from &lt;b&gt;Kim"), "both are shown: {}", refused.body);
        assert!(sam.get(FIRST).await.body.contains("from Sam"));
        let both = keep(&mut kim, FIRST, &refused, "from both").await;
        assert_eq!(both.header(header::LOCATION), format!("{FIRST}?done=kept"));
        let page = sam.get(FIRST).await;
        assert!(page.body.contains("from both") && page.body.contains("Line 1") && page.body.contains("Begin the file with a line of +++"), "{}", page.body);
        sam.post(&format!("{DRAFT}/leave"), &[]).await;
        let gone = keep(&mut kim, FIRST, &page, "long and good").await;
        assert_eq!(gone.status, StatusCode::CONFLICT);
        assert!(gone.body.contains("long and good"), "what was typed is there to copy");
        stage.clock.wait(chrono::TimeDelta::seconds(1));
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        assert_eq!(keep(&mut kim, FIRST, &first, "over a new draft").await.status, StatusCode::CONFLICT);
    }

    async fn a_draft_may_be_unfinished_and_says_what_to_put_right_at_its_line(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let page = sam.get(FIRST).await;
        let faulty = typed(&page).replace("Welcome.", "Welcome. <script>alert(1)</script>");
        assert_eq!(keep(&mut sam, FIRST, &page, &faulty).await.status, StatusCode::SEE_OTHER, "it is kept");
        let page = sam.get(FIRST).await;
        let line = faulty.lines().position(|it| it.contains("<script>")).unwrap() + 1;
        assert!(page.body.contains(&format!("Line {line}")) && page.body.contains("Write it in Markdown: HTML is not shown here."), "{}", page.body);
        assert!(page.body.contains("alert(1)") && !page.body.contains("<script>"));
        let page = kim.get(DRAFT).await;
        assert!(page.body.contains("to put right before it can be signed") && !page.body.contains("I sign this"), "{}", page.body);
        assert!(stage.get(&format!("/courses/{COURSE}")).await.body.contains("What is kept"), "learners read what they read");
        for odd in ODD.into_iter().chain(["", "+++\n+++\n"]) {
            let page = sam.get(FIRST).await;
            assert_eq!(keep(&mut sam, FIRST, &page, odd).await.status, StatusCode::SEE_OTHER, "{odd:?}");
            assert_eq!(sam.get(FIRST).await.status, StatusCode::OK, "{odd:?}");
            assert_eq!(sam.get(DRAFT).await.status, StatusCode::OK, "{odd:?}");
        }
        let long = format!("begins {}", "x".repeat(40_001));
        let page = sam.get(FIRST).await;
        let seen = keep(&mut sam, FIRST, &page, &long).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("begins xxx") && seen.body.contains("at most 40000 fit"), "what was typed is still there");
    }

    async fn lessons_are_added_moved_and_taken_out(stage: Stage) {
        let [mut sam, _] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let add = format!("{DRAFT}/lessons");
        for odd in ODD.into_iter().chain(["", "at-your-own-pace", "Two words", "../x"]) {
            let seen = sam.post(&add, &[("lesson", odd)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
        }
        assert_eq!(sam.post(&add, &[("lesson", "one-more")]).await.header(header::LOCATION), format!("{DRAFT}/lessons/one-more"));
        let order = format!("{DRAFT}/order");
        for _ in 0..2 {
            sam.post(&order, &[("lesson", "one-more"), ("way", "up")]).await;
        }
        let lessons = |page: &Seen| page.body.split("/lessons/").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0.to_owned()).collect::<Vec<_>>();
        assert_eq!(lessons(&sam.get(DRAFT).await), ["at-your-own-pace", "one-more", "what-is-kept", "people-alongside-you"]);
        assert_eq!(sam.post(&order, &[("lesson", "what-is-kept"), ("way", "out")]).await.header(header::LOCATION), format!("{DRAFT}?done=out"));
        for odd in [("nothing", "up"), ("one-more", "sideways"), ("", "")] {
            assert_eq!(sam.post(&order, &[("lesson", odd.0), ("way", odd.1)]).await.status, StatusCode::SEE_OTHER, "{odd:?}");
        }
        assert_eq!(lessons(&sam.get(DRAFT).await), ["at-your-own-pace", "one-more", "people-alongside-you"]);
        assert!(stage.get(&format!("/courses/{COURSE}")).await.body.contains("What is kept"));
    }

    async fn courses_that_recommend_each_other_in_a_ring_are_told_at_the_line_and_not_published(stage: Stage) {
        const OUTLINE: &str = "/editing/introduction-to-recovery/outline";
        let [mut sam, _] = editors(&stage).await;
        sam.post("/editing/introduction-to-recovery/begin", &[]).await;
        let ring = "“understanding-mental-health”";
        for (before, told) in [("understanding-mental-health", ring), ("nothing-like-it", "There is no course “nothing-like-it”")] {
            let page = sam.get(&format!("{OUTLINE}?as=text")).await;
            let text = typed(&page).lines().filter(|it| !it.starts_with("recommended_before")).map(|it| format!("{it}\n")).collect::<String>();
            keep(&mut sam, OUTLINE, &page, &format!("{text}recommended_before = [\"{before}\"]\n")).await;
            let page = sam.get(&format!("{OUTLINE}?as=text")).await;
            let line = typed(&page).lines().count();
            assert!(page.body.contains(told) && page.body.contains(&format!("Line {line}")), "{}", page.body);
            let page = sam.get("/editing/introduction-to-recovery").await;
            assert!(page.body.contains("One thing to put right") && !page.body.contains("Publish it</button>"));
        }
    }

    async fn two_editors_who_publish_together_publish_once(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        sign(&mut sam, DRAFT, "lived_experience", &[]).await;
        sign(&mut kim, DRAFT, "profession", &[]).await;
        let text = text(&mut sam, DRAFT).await;
        let beside = stage.beside().await;
        let mut there = kim.on(&beside);
        let (one, other) = tokio::join!(publish_anyway(&mut sam, &text), publish_anyway(&mut there, &text));
        for seen in [one, other] {
            assert_eq!(seen.header(header::LOCATION), format!("{DRAFT}?done=published"), "{}", seen.body);
        }
        stage.site.refresh_public().await.unwrap();
        let slug = Slug::parse(COURSE).unwrap();
        assert_eq!(stage.site.public().course(&slug).map(|it| it.number), Some(2));
        assert_eq!(publish_anyway(&mut kim, "another text").await.status, StatusCode::CONFLICT);
    }

    async fn whoever_is_half_way_is_told_what_two_editors_changed(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        let mut learner = stage.learner("noor@demo.example").await;
        let first = learner.post(&format!("/courses/{COURSE}/enrol"), &[]).await.header(header::LOCATION).to_owned();
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let page = sam.get(FIRST).await;
        keep(&mut sam, FIRST, &page, &typed(&page).replace("Welcome.", "Welcome back.")).await;
        assert!(!learner.get(&first).await.body.contains("Welcome back"), "nobody reads a draft");
        sign(&mut sam, DRAFT, "profession", &[]).await;
        sign(&mut kim, DRAFT, "lived_experience", &[]).await;
        publish(&mut kim, DRAFT).await;
        let page = learner.get(&first).await;
        assert!(page.body.contains("This course has changed") && page.body.contains("Welcome back"), "{}", page.body);
    }

    async fn what_ships_later_does_not_take_the_place_of_what_was_adopted(stage: Stage) {
        let mut two = editors(&stage).await;
        adopted(&stage, &mut two, DRAFT).await;
        let mut newer = databases::shipped().courses.clone();
        assert_eq!(shipped(&stage, &newer).await, 0, "a node that starts again changes nothing");
        assert!(!two[0].get("/editing").await.body.contains("A newer text came"));
        for it in &mut newer {
            it.lessons[0].text.push_str("\n- Another source.\n");
        }
        assert_eq!(shipped(&stage, &newer).await, newer.len() - 1, "what nobody adopted is brought up to date");
        let page = two[0].get("/editing").await;
        assert_eq!(page.body.matches("A newer text came").count(), 1, "{}", page.body);
        assert!(stage.get(&format!("/courses/{COURSE}")).await.body.contains("Gone through and adopted here"));
        assert_eq!(shipped(&stage, &newer).await, 0);
    }

    async fn what_touches_suicide_is_adopted_with_a_safety_review_and_never_hidden_when_that_is_due(stage: Stage) {
        const TOUCHING: &str = "/editing/understanding-mental-health";
        let [mut sam, mut kim] = editors(&stage).await;
        sam.post(&format!("{TOUCHING}/begin"), &[]).await;
        sign(&mut sam, TOUCHING, "lived_experience", &[]).await;
        sign(&mut kim, TOUCHING, "profession", &[]).await;
        let page = sam.get(TOUCHING).await;
        assert!(page.body.contains("looked at what it says about self-harm and suicide"), "{}", page.body);
        let due = |day, year| [("review_by", day), ("review_by_month", "12"), ("review_by_year", year), ("safety_name", "yes")];
        for (day, year) in [("", ""), ("1", "2025"), ("1", "2036"), ("31", "x")] {
            let seen = sign(&mut kim, TOUCHING, "safety", &due(day, year)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{day} {year}");
        }
        assert_eq!(sign(&mut kim, TOUCHING, "safety", &due("1", "2026")).await.status, StatusCode::SEE_OTHER, "one of the two");
        assert_eq!(publish(&mut kim, TOUCHING).await.status, StatusCode::SEE_OTHER);
        let course = "/courses/understanding-mental-health";
        let page = stage.get(course).await;
        assert!(page.body.contains("looked at for its safety (<bdi>Kim</bdi>)") && page.body.contains("again by 1 December 2026"), "{}", page.body);
        let overdue = "to look at its safety again by 1 December 2026";
        assert!(!sam.get("/editing").await.body.contains(overdue));
        stage.clock.wait(chrono::TimeDelta::days(11));
        let page = sam.get("/editing").await;
        let first = page.body.find("Understanding mental health").unwrap();
        assert!(page.body.contains(overdue) && first < page.body.find("How this place works").unwrap(), "{}", page.body);
        assert!(stage.get(course).await.body.contains("Sign in to take this course"));
    }

    async fn a_new_course_is_begun_from_blank(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        for odd in ODD.into_iter().chain(["", "new", COURSE, "Two words", "a/b"]) {
            assert_eq!(sam.post("/editing/new", &[("name", odd)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
        }
        let begun = sam.post("/editing/new", &[("name", "talking-about-sleep")]).await;
        assert_eq!(begun.header(header::LOCATION), "/editing/talking-about-sleep?done=begun");
        assert!(kim.get("/editing").await.body.contains("talking-about-sleep"));
        let page = sam.get("/editing/talking-about-sleep/outline").await;
        assert!(page.body.contains("Line 1") && page.body.contains("Write a title"), "{}", page.body);
        assert_eq!(stage.get("/courses/talking-about-sleep").await.status, StatusCode::NOT_FOUND);
        let known = databases::shipped().courses.iter().find(|it| it.slug.as_str() == COURSE).unwrap().clone();
        for (path, text) in [("outline", &known.outline), ("lessons/talking-about-sleep", &known.lessons[0].text)] {
            let path = format!("/editing/talking-about-sleep/{path}");
            let page = sam.get(&path).await;
            keep(&mut sam, &path, &page, text).await;
        }
        sign(&mut sam, "/editing/talking-about-sleep", "lived_experience", &[]).await;
        sign(&mut kim, "/editing/talking-about-sleep", "profession", &[]).await;
        assert_eq!(publish(&mut kim, "/editing/talking-about-sleep").await.status, StatusCode::SEE_OTHER);
        assert!(stage.get("/courses/talking-about-sleep").await.body.contains("Gone through and adopted here"));
    }

    async fn the_tabs_of_those_who_are_signed_in_say_what_a_lock_screen_may_say(stage: Stage) {
        let [mut sam, _] = editors(&stage).await;
        let slug = "understanding-mental-health";
        sam.post(&format!("/editing/{slug}/begin"), &[]).await;
        for path in ["/editing".to_owned(), format!("/editing/{slug}"), format!("/editing/{slug}/outline"), format!("/courses/{slug}")] {
            let title = sam.get(&path).await.title().to_lowercase();
            assert!(!title.contains("mental") && !title.is_empty(), "{path}: {title}");
        }
        assert!(stage.get(&format!("/courses/{slug}")).await.title().contains("mental health"), "anybody may read it there");
    }
}

async fn publish_anyway(editor: &mut Browser<'_>, text: &str) -> Seen {
    editor.post(&format!("{DRAFT}/publish"), &[("text", text)]).await
}
