//! What the college learns: places and finished as they are counted, feedback as it may be told, and both as files.

use std::path::Path;
use std::process::Command;

use app::Clock;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use chrono::{NaiveDate, TimeDelta};
use domain::course::feedback::Question;
use http_body_util::BodyExt;
use migrations::{Migrator, MigratorTrait};
use serde_json::{Value, json};
use server::mail::Mailer;
use server::work::Worker;
use store::figures::Places;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::feedback::{COURSE, PATH, learner};
use crate::learning::finish_all;
use crate::me::joined;
use crate::stage::{Browser, PASSWORD, Stage, on_both};

const FIGURES: &str = "/college/figures";
pub(crate) const AUTUMN: &str = "/college/figures?term=2026-autumn";
pub(crate) const WORDS: &str = "/college/figures/how-this-place-works/2026-autumn";

/// As many learners as there are answers, who have all taken the course. Each says one word for every question, and writes
/// what they say again for the college to read.
pub(crate) async fn who_say(stage: &Stage, answers: &[&str]) {
    for (number, said) in answers.iter().enumerate() {
        let mut sam = learner(stage, &address(number)).await;
        let wrote = format!("The {said} of {number}");
        let mut form: Vec<_> = Question::ALL.iter().map(|it| (it.as_str(), *said)).collect();
        form.push(("helped", &wrote));
        assert_eq!(sam.post(PATH, &form).await.status, StatusCode::SEE_OTHER);
    }
}

pub(crate) fn address(number: usize) -> String {
    format!("learner-{number}@demo.example")
}

/// Waits until the next term has begun, and lets a worker do what comes round.
pub(crate) async fn next_term(stage: &Stage) {
    stage.clock.wait(TimeDelta::days(45));
    let folder = TempDir::new().unwrap();
    let mailer = Mailer::outbox(folder.path().into(), "alongside@localhost".parse().unwrap());
    let mut worker = Worker::new(stage.site.clone(), mailer);
    while worker.turn().await.unwrap() {}
}

async fn file(stage: &Stage, browser: &Browser<'_>, path: &str) -> Vec<u8> {
    let request = Request::get(path).header(header::COOKIE, browser.cookie_header());
    let answer = stage.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let name = answer.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert!(name.starts_with("attachment; filename=\"figures-20"), "{name}");
    answer.into_body().collect().await.unwrap().to_bytes().into()
}

/// Both files, as Python reads them.
async fn read(stage: &Stage, browser: &Browser<'_>) -> Value {
    let folder = TempDir::new().unwrap();
    for name in ["figures.csv", "figures.ods"] {
        let bytes = file(stage, browser, &format!("/college/{name}")).await;
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read_sheets.py");
    let read = Command::new("python3").arg(script).arg(folder.path()).output().expect("python3 is needed");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).unwrap()
}

/// What is counted, by course, over all months.
async fn counted(stage: &Stage) -> Vec<Places> {
    let from = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let before = NaiveDate::from_ymd_opt(2040, 1, 1).unwrap();
    let recounted = store::figures::recounted(stage.site.db()).await.unwrap();
    let mut counted = std::collections::BTreeMap::new();
    for (_, course, places) in store::figures::by_month(stage.site.db(), from, before).await.unwrap() {
        let sum: &mut Places = counted.entry(course).or_default();
        sum.taken += places.taken;
        sum.finished += places.finished;
    }
    assert_eq!(counted, recounted, "the counts are those of the rows");
    let all = store::figures::of_all_by_month(stage.site.db(), from, before).await.unwrap();
    assert_eq!(
        all.iter().map(|it| it.1.taken).sum::<i64>(),
        counted.values().map(|it| it.taken).sum::<i64>()
    );
    counted.into_values().collect()
}

on_both! {
    async fn places_and_courses_finished_are_counted_once_each_whoever_taps_twice(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        let mut kim = learner(&stage, "kim@demo.example").await;
        let enrol = format!("/courses/{COURSE}/enrol");
        let mut tab = sam.tab();
        tokio::join!(sam.post(&enrol, &[]), tab.post(&enrol, &[]), kim.post(&enrol, &[]));
        assert_eq!(counted(&stage).await, [Places { taken: 2, finished: 0 }]);
        stage.clock.wait(TimeDelta::days(12));
        sam.post("/courses/looking-after-yourself/enrol", &[]).await;
        for _ in 0..2 {
            finish_all(&stage, &mut sam).await;
        }
        let mut of_courses = counted(&stage).await;
        of_courses.sort_by_key(|it| it.taken);
        assert_eq!(of_courses, [Places { taken: 1, finished: 0 }, Places { taken: 2, finished: 1 }]);
    }

    async fn those_who_take_a_place_at_once_are_all_counted(stage: Stage) {
        let mut all = Vec::new();
        for number in 0..8 {
            all.push(stage.learner(&address(number)).await);
        }
        let enrol = format!("/courses/{COURSE}/enrol");
        futures::future::join_all(all.iter_mut().map(|it| it.post(&enrol, &[]))).await;
        assert_eq!(counted(&stage).await, [Places { taken: 8, finished: 0 }]);
    }

    async fn what_was_there_before_there_were_counts_is_counted_in_the_month_of_the_clock_on_the_wall(stage: Stage) {
        let mut sam = learner(&stage, "sam@demo.example").await;
        learner(&stage, "kim@demo.example").await;
        finish_all(&stage, &mut sam).await;
        let db = stage.site.db();
        // Half an hour after midnight on the first of July, where clocks are an hour ahead.
        let summer: chrono::DateTime<chrono::Utc> = "2026-06-30T23:30:00Z".parse().unwrap();
        db.execute(&format!("UPDATE enrolment SET enrolled_at = {}", summer.timestamp_millis())).await.unwrap();
        let steps = Migrator::migrations().iter().rev().position(|it| it.name().ends_with("_figures")).unwrap() + 1;
        Migrator::down(db.for_migrations(), Some(u32::try_from(steps).unwrap())).await.unwrap();
        Migrator::up(db.for_migrations(), None).await.unwrap();
        assert_eq!(counted(&stage).await, [Places { taken: 2, finished: 1 }]);
        let month = |text: &str| text.parse::<NaiveDate>().unwrap();
        let months = store::figures::of_all_by_month(db, month("2026-01-01"), month("2027-01-01")).await.unwrap();
        let wanted = [(month("2026-07-01"), Places { taken: 2, finished: 0 }), (month("2026-11-01"), Places { taken: 0, finished: 1 })];
        assert_eq!(months, wanted);
    }

    async fn the_college_reads_what_people_say_once_five_have_and_the_term_is_over(stage: Stage) {
        who_say(&stage, &["yes", "yes", "yes", "yes", "partly", "no"]).await;
        let mut admin = stage.administrator().await;
        let before = admin.get(FIGURES).await;
        assert!(before.body.contains("6 taken") && before.body.contains("counted when it is over, after 31 December 2026"), "{}", before.body);
        assert_eq!(admin.get(WORDS).await.status, StatusCode::NOT_FOUND, "nothing before the term is over");

        next_term(&stage).await;
        let mut admin = again(&stage, admin).await;
        let page = admin.get(AUTUMN).await;
        assert!(page.body.contains("6 answers, given until the end of autumn 2026"), "{}", page.body);
        assert!(page.body.contains("More than half said: yes") && page.body.contains("No number can be shown"), "{}", page.body);
        for few in [">4<", ">1<"] {
            let said = page.body.split_once("id=\"said\"").unwrap().1;
            assert!(!said.contains(few), "{few}: {said}");
        }
        let words = admin.get(WORDS).await;
        assert_eq!(words.body.matches("<bdi>The ").count(), 6, "{}", words.body);
        assert!(!words.body.contains(">Sam<") && !words.body.contains("learner-"));
        assert!(admin.get("/college/figures/understanding-mental-health/2026-autumn").await.status == StatusCode::NOT_FOUND);

        // What has been counted is counted: the author’s words go, the numbers stay.
        let mut sam = signed_in(&stage, &address(4)).await;
        let mine = sam.get(PATH).await;
        assert!(mine.body.contains("it has been counted") && mine.body.contains("The partly of 4"), "{}", mine.body);
        assert!(!mine.body.contains("checked"), "nobody knows any more what they ticked");
        let late = sam.post(PATH, &[("good", "no"), ("change", "Too late")]).await;
        assert!(late.status == StatusCode::CONFLICT && late.body.contains("Too late"), "{}", late.body);
        let back = sam.post(&format!("{PATH}/take-back"), &[]).await;
        assert_eq!(back.header(header::LOCATION), format!("{PATH}?done=words"));
        assert!(!admin.get(WORDS).await.body.contains("The partly of 4"));
        assert_eq!(admin.get(AUTUMN).await.body, page.body, "no number tells who went");
    }

    async fn fewer_than_five_wait_and_are_counted_with_the_next_term(stage: Stage) {
        who_say(&stage, &["yes", "yes", "no", "no"]).await;
        next_term(&stage).await;
        let mut admin = stage.administrator().await;
        let page = admin.get(AUTUMN).await;
        assert!(page.body.contains("Fewer than five answers: they wait"), "{}", page.body);
        assert_eq!(admin.get(WORDS).await.status, StatusCode::NOT_FOUND);
        let mut kim = learner(&stage, "kim@demo.example").await;
        kim.post(PATH, &[("good", "yes"), ("helped", "The river")]).await;
        stage.clock.wait(TimeDelta::days(80));
        next_term(&stage).await;
        let mut admin = again(&stage, admin).await;
        let page = admin.get("/college/figures?term=2027-spring").await;
        assert!(page.body.contains("5 answers, given until the end of spring 2027"), "{}", page.body);
        assert_eq!(admin.get(WORDS).await.status, StatusCode::NOT_FOUND, "they are in one count only");
        assert!(admin.get("/college/figures/how-this-place-works/2027-spring").await.body.contains("The river"));
    }

    async fn others_read_the_same_figures_in_both_files(stage: Stage) {
        who_say(&stage, &["yes", "yes", "yes", "yes", "yes", "yes", "no", "no", "no", "partly", "partly"]).await;
        let mut kim = stage.learner("kim@demo.example").await;
        kim.post("/courses/looking-after-yourself/enrol", &[]).await;
        next_term(&stage).await;
        let admin = stage.administrator().await;
        let read = read(&stage, &admin).await;
        assert_eq!((&read["mark"], &read["listed"]), (&json!(true), &json!(["/", "content.xml"])));
        assert_eq!(read["mimetype"], json!(["mimetype", true, "application/vnd.oasis.opendocument.spreadsheet"]));
        let csv = read["csv"].as_array().unwrap();
        let of = |course: &str, what: &str, answer: &str| {
            let rows = csv.iter().filter(|it| (it[0].as_str(), it[3].as_str(), it[4].as_str()) == (Some(course), Some(what), Some(answer)));
            rows.map(|it| (it[5].as_str().unwrap().to_owned(), it[6].as_str().unwrap().to_owned())).next().unwrap()
        };
        let (this, other) = ("How this place works", "Looking after yourself in a helping role");
        assert_eq!(of(this, "Places taken", ""), ("11".into(), String::new()));
        assert_eq!(of(this, "Answers", "").0, "11");
        assert_eq!(of(this, Question::Good.asks(), "Yes"), ("6".into(), String::new()));
        let (number, why) = of(this, Question::Good.asks(), "No");
        assert!(number.is_empty() && why.starts_with("Not shown: fewer than five answers"), "{number} {why}");
        let (number, why) = of(other, "Answers", "");
        assert!(number.is_empty() && why.starts_with("Fewer than five answers: they wait"), "{number} {why}");
        assert!(!csv.iter().any(|it| it.to_string().contains("The yes of")), "what people wrote is in no file");
        // Both say the same, and numbers are numbers there.
        let sheets = read["ods"].as_object().unwrap();
        assert_eq!(sheets.keys().collect::<Vec<_>>(), ["Feedback", "Places"]);
        let rows = ["Places", "Feedback"].map(|it| sheets[it].as_array().unwrap());
        let flat = rows[0].iter().chain(rows[1].iter().skip(1)).map(|row| {
            row.as_array().unwrap().iter().map(|it| it[1].clone()).collect::<Vec<_>>()
        });
        assert_eq!(&flat.map(Value::from).collect::<Vec<_>>(), csv);
        assert_eq!((&rows[0][1][1][0], &rows[0][1][5]), (&json!("date"), &json!(["float", "11"])));
    }

    async fn a_course_that_is_called_like_a_formula_runs_nowhere(stage: Stage) {
        let mut sources = crate::databases::shipped().courses.clone();
        let ours = sources.iter_mut().find(|it| it.slug.as_str() == COURSE).unwrap();
        ours.outline = ours.outline.replacen("title = \"How this place works\"", "title = \"=cmd|'/c calc'!A1 <b>&\"", 1);
        let tx = stage.site.db().begin().await.unwrap();
        store::courses::publish(&tx, &sources, stage.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();
        who_say(&stage, &["yes"]).await;
        let admin = stage.administrator().await;
        let read = read(&stage, &admin).await;
        assert_eq!(read["csv"][1][0], "'=cmd|'/c calc'!A1 <b>&");
        assert_eq!(read["ods"]["Places"][1][0], json!(["string", "=cmd|'/c calc'!A1 <b>&"]));
    }

    async fn figures_are_for_coordinators_and_administrators_of_the_host_with_their_second_step(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = joined(&stage, &mut admin, ("kim@demo.example", "Kim", "coordinator")).await;
        assert!(kim.get("/me").await.body.contains("href=\"/college/figures\""));
        assert_eq!(kim.get(FIGURES).await.status, StatusCode::OK);
        let mut jo = joined(&stage, &mut admin, ("jo@demo.example", "Jo", "tutor")).await;
        for path in [FIGURES, "/college/figures.csv", "/college/figures.ods", WORDS] {
            assert_eq!(jo.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(!jo.get("/me").await.body.contains("/college/figures"));
        // Somebody who became a coordinator after signing in shows a second factor first.
        let mut sam = stage.learner("sam@demo.example").await;
        crate::second_factor::make_coordinator(&stage, "sam@demo.example").await;
        let seen = sam.get(FIGURES).await;
        assert!(seen.status == StatusCode::SEE_OTHER || !seen.body.contains("Places taken"), "{}", seen.body);
    }

    async fn figures_bear_odd_addresses(stage: Stage) {
        let mut admin = stage.administrator().await;
        for odd in crate::me::ODD.into_iter().chain(["2026", "9999-spring", "2030-spring", "1999-autumn"]) {
            let odd: String = form_urlencoded::byte_serialize(odd.as_bytes()).collect();
            assert_eq!(admin.get(&format!("{FIGURES}?term={odd}")).await.status, StatusCode::OK, "{odd}");
            assert_eq!(admin.get(&format!("{FIGURES}/{COURSE}/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
            assert_eq!(admin.get(&format!("{WORDS}?helped={odd}&change={odd}")).await.status, StatusCode::NOT_FOUND);
        }
    }

    async fn the_database_itself_keeps_no_number_of_fewer_than_five(stage: Stage) {
        let db = stage.site.db();
        let round = |answers: u32| {
            format!("INSERT INTO feedback_round (through, course_id, answers) SELECT '2026-09-01', id, {answers} FROM course WHERE slug = '{COURSE}'")
        };
        let spread = |answers: u32, yes: u32| {
            format!("INSERT INTO feedback_spread (through, course_id, question, answers, said_yes) SELECT '2026-09-01', id, 'good', {answers}, {yes} FROM course WHERE slug = '{COURSE}'")
        };
        let refused = async |sql: String| db.execute(&sql).await.unwrap_err().to_string();
        assert!(refused(round(4)).await.contains("feedback_round_of_five"));
        db.execute(&round(12)).await.unwrap();
        assert!(refused(spread(12, 4)).await.contains("feedback_spread_of_five"));
        assert!(refused(spread(12, 9)).await.contains("feedback_spread_leaves_no_few"));
        assert!(refused(spread(13, 6)).await.to_lowercase().contains("foreign key"), "one sum for all questions");
        db.execute(&spread(12, 6)).await.unwrap();
        who_say(&stage, &["yes"]).await;
        let counted = "UPDATE feedback SET through = '2026-09-01'".to_owned();
        assert!(refused(counted).await.contains("feedback_counted_is_forgotten"));
    }
}

/// Somebody who signs in again.
pub(crate) async fn signed_in<'a>(stage: &'a Stage, email: &str) -> Browser<'a> {
    let mut browser = stage.browser();
    let seen = browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    browser
}

/// The administrator, who signs in again with their phone.
async fn again<'a>(stage: &'a Stage, admin: Browser<'_>) -> Browser<'a> {
    stage.clock.wait(TimeDelta::seconds(30));
    let mut browser = stage.browser();
    let seen = browser.post("/sign-in", &[("email", crate::inviting::ADMIN), ("password", PASSWORD)]).await;
    let half_way = crate::second_factor::hidden(&seen, "half_way");
    let code = admin.phone.as_ref().unwrap().code(stage.clock.now());
    browser.post("/sign-in/code", &[("half_way", &half_way), ("sign_in_code", &code)]).await;
    assert!(browser.has_cookies());
    browser
}
