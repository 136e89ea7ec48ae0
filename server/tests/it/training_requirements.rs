//! What organisations require of people, how they stand with it, and what is written down about each of them.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::me::{ODD, joined, link, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

/// Something that is required of volunteers each year, from the day on which the clock of tests begins.
pub(crate) const FIRE: [(&str, &str); 12] = [
    ("code", "fire-1"),
    ("title", "Fire safety"),
    ("level", ""),
    ("rule", "every"),
    ("months", "12"),
    ("hours", ""),
    ("parts", ""),
    ("kind", "volunteer"),
    ("weeks", "4"),
    ("from_day", "21"),
    ("from_month", "11"),
    ("from_year", "2026"),
];

/// Something that somebody did.
pub(crate) const DID: [(&str, &str); 7] = [
    ("part", ""),
    ("on_day", "20"),
    ("on_month", "11"),
    ("on_year", "2026"),
    ("hours", "2"),
    ("provider", "Our college"),
    ("evidence", "Certificate seen"),
];

/// A coordinator, and a volunteer called Sam with their page as the coordinator has it.
pub(crate) struct Place<'a> {
    pub(crate) admin: Browser<'a>,
    pub(crate) kim: Browser<'a>,
    pub(crate) sam: Browser<'a>,
    /// Where what is required is.
    pub(crate) required: String,
    /// Where one thing that is required of Sam is, once something is.
    pub(crate) up: String,
}

pub(crate) async fn place(stage: &Stage) -> Place<'_> {
    let mut admin = stage.administrator().await;
    let kim = joined(stage, &mut admin, ("kim@demo.example", "Kim", "coordinator")).await;
    let sam = joined(stage, &mut admin, ("sam@demo.example", "Sam", "volunteer")).await;
    let up = format!("/training/at/{}", stage.host());
    Place { admin, kim, sam, required: format!("{up}/requirements"), up }
}

/// Requires something, and says where it is.
pub(crate) async fn require(kim: &mut Browser<'_>, required: &str, form: &[(&str, &str)]) -> String {
    let seen = kim.post(&format!("{required}/new"), form).await;
    assert_eq!(seen.header(header::LOCATION), format!("{required}?done=made"), "{}", seen.body);
    let code = form[0].1.to_ascii_uppercase();
    let page = kim.get(required).await;
    let card = page.body.split("<li").find(|it| it.contains(&format!(">{code} "))).unwrap().to_owned();
    let from = card.split_once("href=\"").unwrap().1;
    from.split_once('"').unwrap().0.to_owned()
}

/// Where a requirement of somebody is, whom the matrix shows by name.
pub(crate) async fn theirs(kim: &mut Browser<'_>, requirement: &str, name: &str) -> String {
    let (up, id) = requirement.split_once("/requirements/").unwrap();
    let page = kim.get(&format!("{up}/matrix?name={name}")).await;
    let person = link(&page, &format!("{up}/people/"));
    format!("{person}/{id}")
}

/// The id of somebody whom an administrator finds by name.
pub(crate) async fn id_of(stage: &Stage, admin: &mut Browser<'_>, name: &str) -> String {
    let people = format!("{}/people", stage.organisation());
    let page = admin.get(&format!("{people}?name={name}")).await;
    let card = page.body.split("<h3>").nth(1).unwrap().split_once("href=\"").unwrap().1;
    card.split_once('"').unwrap().0.rsplit('/').next().unwrap().to_owned()
}

/// Waits so many days while these stay signed in.
async fn days_go_by(stage: &Stage, browsers: &mut [&mut Browser<'_>], days: i64) {
    for _ in 0..days / 10 {
        stage.clock.wait(TimeDelta::days(10));
        for it in browsers.iter_mut() {
            assert_eq!(it.get("/me").await.status, StatusCode::OK);
        }
    }
    stage.clock.wait(TimeDelta::days(days % 10));
}

fn says(page: &Seen, words: &[&str]) {
    for it in words {
        assert!(page.body.contains(it), "{it}: {}", page.body);
    }
}

on_both! {
    async fn what_is_required_stands_on_the_pages_of_those_of_whom_it_is(stage: Stage) {
        let Place { mut kim, mut sam, mut admin, required, .. } = place(&stage).await;
        says(&sam.get("/training/required").await, &["Nothing is required of you"]);
        says(&kim.get(&required).await, &["Nothing is required yet"]);
        let requirement = require(&mut kim, &required, &FIRE).await;
        let mine = sam.get("/training/required").await;
        says(&mine, &["Asked by <bdi>Our college", "Fire safety", "Not due yet", "by 19 December 2026", "Every 12 months", "What would count", "Next: Fire safety."]);
        says(&admin.get("/training/required").await, &["Nothing is required of you"]);
        says(&kim.get(&requirement).await, &["FIRE-1 Fire safety", "From 21 November 2026", "Volunteer"]);
        let page = theirs(&mut kim, &requirement, "Sam").await;
        says(&kim.get(&page).await, &["Not due yet", "Nothing yet."]);
        let kept = kim.post(&format!("{page}/record"), &DID).await;
        assert_eq!(kept.header(header::LOCATION), format!("{page}?done=recorded"), "{}", kept.body);
        says(&sam.get("/training/required").await, &["Current", "until 20 November 2027", "20 November 2026, 2 hours, given by Our college. Certificate seen"]);
        says(&sam.get("/me/log").await, &["Wrote down what you did of what is required"]);
        assert!(!sam.get("/training/required").await.body.contains("What would count"));
    }

    async fn somebody_goes_from_not_due_yet_to_missing_and_from_current_to_overdue(stage: Stage) {
        let Place { mut kim, mut sam, required, .. } = place(&stage).await;
        let requirement = require(&mut kim, &required, &with(&FIRE, "months", "1")).await;
        let page = theirs(&mut kim, &requirement, "Sam").await;
        days_go_by(&stage, &mut [&mut kim, &mut sam], 28).await;
        says(&sam.get("/training/required").await, &["Not due yet"]);
        days_go_by(&stage, &mut [&mut kim, &mut sam], 1).await;
        says(&sam.get("/training/required").await, &["Missing", "was due by 19 December 2026"]);
        let booked = [("book_day", "24"), ("book_month", "12"), ("book_year", "2026")];
        assert!(kim.post(&format!("{page}/book"), &booked).await.status.is_redirection());
        says(&sam.get("/training/required").await, &["Booked", "Booked for 24 December 2026"]);
        assert!(kim.post(&format!("{page}/record"), &DID).await.status.is_redirection());
        says(&sam.get("/training/required").await, &["Due soon", "by 20 December 2026"]);
        days_go_by(&stage, &mut [&mut kim, &mut sam], 1).await;
        days_go_by(&stage, &mut [&mut kim, &mut sam], 1).await;
        says(&sam.get("/training/required").await, &["Overdue", "since 20 December 2026", "Booked for 24 December 2026"]);
    }

    async fn nobody_is_overdue_by_a_change_of_what_is_required(stage: Stage) {
        let Place { mut kim, mut sam, required, .. } = place(&stage).await;
        let requirement = require(&mut kim, &required, &FIRE).await;
        let page = theirs(&mut kim, &requirement, "Sam").await;
        let june = [("part", ""), ("on_day", "1"), ("on_month", "6"), ("on_year", "2026"), ("hours", ""), ("provider", "Our college"), ("evidence", "Seen")];
        kim.post(&format!("{page}/record"), &june).await;
        says(&sam.get("/training/required").await, &["until 1 June 2027"]);
        // From today it is every month.
        let form = kim.get(&requirement).await;
        let revision = hidden(&form, "revision");
        says(&form, &["value=\"12\"", "value=\"4\""]);
        let monthly = [&with(&FIRE, "months", "1")[1..], &[("revision", &*revision)]].concat();
        let kept = kim.post(&requirement, &monthly).await;
        assert_eq!(kept.header(header::LOCATION), format!("{required}?done=changed"), "{}", kept.body);
        says(&sam.get("/training/required").await, &["Due soon", "by 19 December 2026", "Every month"]);
        // Another tab, which has not seen that, keeps nothing over it.
        let stale = kim.post(&requirement, &monthly).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        says(&stale, &["What was kept meanwhile", "Every month", "Fire safety"]);
        // A day that lies ahead is told beforehand.
        let ahead = [("from_day", "1"), ("from_month", "1"), ("from_year", "2027"), ("revision", "2")];
        let parts = [("title", "Fire safety"), ("rule", "parts"), ("parts", "Online\r\nLive"), ("kind", "volunteer"), ("weeks", "8")];
        let kept = kim.post(&requirement, &[&parts[..], &ahead].concat()).await;
        assert!(kept.status.is_redirection(), "{}", kept.body);
        says(&sam.get("/training/required").await, &["From 1 January 2027: All of these, once: Online; Live", "Everybody then has 8 weeks"]);
        // Nothing is changed backwards, nor is a version that stands.
        let before = kim.post(&requirement, &[&parts[..], &[("from_day", "1"), ("from_month", "12"), ("from_year", "2026"), ("revision", "3")]].concat()).await;
        assert!(before.status == StatusCode::UNPROCESSABLE_ENTITY && before.body.contains("from 1 January 2027"), "{}", before.body);
        let refused = stage.site.db().execute("UPDATE requirement_version SET weeks = 1").await;
        assert!(refused.is_err(), "requirement_version_never_changes");
        // And it can be asked of nobody any more.
        let nobody = [("title", "Fire safety"), ("rule", "once"), ("nobody", "yes"), ("weeks", "8"), ("from_day", "1"), ("from_month", "1"), ("from_year", "2027"), ("revision", "3")];
        assert!(kim.post(&requirement, &nobody).await.status.is_redirection());
        says(&sam.get("/training/required").await, &["it is asked of nobody any more"]);
    }

    async fn bad_input_about_what_is_required_comes_back_with_a_kind_word(stage: Stage) {
        let Place { mut kim, required, .. } = place(&stage).await;
        let new = format!("{required}/new");
        let id = hidden(&kim.get(&new).await, "id");
        let form = [&FIRE[..], &[("id", &*id)]].concat();
        for _ in 0..2 {
            assert!(kim.post(&new, &form).await.status.is_redirection(), "sent twice");
        }
        assert_eq!(kim.get(&required).await.body.matches("FIRE-1").count(), 1);
        let again = kim.post(&new, &FIRE).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("under this code already"), "{}", again.body);
        let other = with(&FIRE, "code", "other");
        for (field, odd) in [("code", "a b"), ("title", ""), ("level", "7"), ("rule", "never"), ("months", "0"), ("kind", "king"), ("weeks", "0"), ("from_day", "20"), ("from_month", "13")] {
            let seen = kim.post(&new, &with(&other, field, odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd}");
            let anchor = if field == "from_month" { "from_day" } else { field };
            assert!(seen.title().starts_with("Error: ") && seen.body.contains(&format!("href=\"#{anchor}\"")), "{field} {odd}: {}", seen.body);
        }
        let long = "é".repeat(5_000);
        for odd in ODD.into_iter().chain([long.as_str()]) {
            for field in ["code", "level", "rule", "months", "weeks", "from_year"] {
                assert_eq!(kim.post(&new, &with(&other, field, odd)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd:?}");
            }
        }
        assert_eq!(kim.post(&new, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(kim.get(&required).await.body.matches("<li class=\"card").count(), 1);
        let nowhere = format!("{required}/00000000-0000-7000-8000-000000000009");
        assert_eq!(kim.get(&nowhere).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_was_written_down_is_never_rewritten_and_taken_back_with_a_reason(stage: Stage) {
        let Place { mut kim, mut sam, required, .. } = place(&stage).await;
        let requirement = require(&mut kim, &required, &FIRE).await;
        let page = theirs(&mut kim, &requirement, "Sam").await;
        let id = hidden(&kim.get(&page).await, "id");
        let form = [&DID[..], &[("id", &*id)]].concat();
        for _ in 0..2 {
            kim.post(&format!("{page}/record"), &form).await;
        }
        let seen = kim.get(&page).await;
        assert_eq!(seen.body.matches("Certificate seen").count(), 2, "once, and once in its label: {}", seen.body);
        for (field, odd) in [("on_day", "22"), ("on_day", ""), ("hours", "x"), ("provider", " "), ("evidence", "")] {
            let seen = kim.post(&format!("{page}/record"), &with(&DID, field, odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd}");
            assert!(seen.body.contains("value=\"11\"") && seen.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", seen.body);
        }
        let personal = with(&DID, "evidence", "Ring 07700 900123");
        let seen = kim.post(&format!("{page}/record"), &personal).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.body.contains("a phone number"), "{}", seen.body);
        assert!(kim.post(&format!("{page}/record"), &[&personal[..], &[("looked_at", "yes")]].concat()).await.status.is_redirection());
        // Not even the database rewrites it.
        for wrong in ["UPDATE requirement_record SET done_on = '2026-01-01'", "UPDATE requirement_record SET by_person = person_id"] {
            assert!(stage.site.db().execute(wrong).await.is_err(), "{wrong}");
        }
        let what = hidden(&kim.get(&page).await, "what");
        let unsaid = kim.post(&format!("{page}/take-back"), &[("what", &what), ("back_why", " ")]).await;
        assert!(unsaid.status == StatusCode::UNPROCESSABLE_ENTITY && unsaid.body.contains("href=\"#back_why\""), "{}", unsaid.body);
        for _ in 0..2 {
            let back = kim.post(&format!("{page}/take-back"), &[("what", &*what), ("back_why", "another person")]).await;
            assert_eq!(back.header(header::LOCATION), format!("{page}?done=back"));
        }
        says(&kim.get(&page).await, &["Taken back by Kim on 21 November 2026: another person"]);
        assert_eq!(sam.get("/me/log").await.body.matches("Took back what was written down").count(), 1);
        assert!(stage.site.db().execute("UPDATE requirement_record SET back_why = 'x' WHERE back_why IS NOT NULL").await.is_err());
    }

    async fn an_exemption_has_a_reason_an_end_and_a_name(stage: Stage) {
        let Place { mut kim, mut sam, required, up, .. } = place(&stage).await;
        let requirement = require(&mut kim, &required, &FIRE).await;
        let page = theirs(&mut kim, &requirement, "Sam").await;
        let form = [("why", "did it elsewhere"), ("until_day", "31"), ("until_month", "12"), ("until_year", "2026")];
        for (field, odd) in [("why", ""), ("until_day", "32"), ("until_year", "2025"), ("until_year", "2030")] {
            let seen = kim.post(&format!("{page}/exempt"), &with(&form, field, odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd}");
            assert!(seen.body.contains("<details open"), "the form is open: {field}");
        }
        assert_eq!(kim.post(&format!("{page}/exempt"), &form).await.header(header::LOCATION), format!("{page}?done=exempted"));
        says(&kim.get(&page).await, &["Exempt", "until 31 December 2026: did it elsewhere", "Decided by <bdi>Kim"]);
        says(&sam.get("/training/required").await, &["Exempt", "until 31 December 2026"]);
        says(&kim.get(&format!("{up}/matrix")).await, &["Exempt", "It is due for nobody. Not counted: 1 away or exempt."]);
    }

    async fn nobody_writes_about_themselves_nor_about_people_of_another_place(stage: Stage) {
        let Place { mut admin, mut kim, required, up, .. } = place(&stage).await;
        let requirement = require(&mut kim, &required, &with(&FIRE, "kind", "coordinator")).await;
        let id = requirement.rsplit('/').next().unwrap().to_owned();
        joined(&stage, &mut admin, ("lee@demo.example", "Lee", "coordinator")).await;
        let lee = theirs(&mut kim, &requirement, "Lee").await;
        assert!(kim.post(&format!("{lee}/record"), &DID).await.status.is_redirection());
        // To themself the matrix shows the way to their own page.
        let page = kim.get(&format!("{up}/matrix?name=Kim")).await;
        assert!(page.body.contains("href=\"/training/required\"") && !page.body.contains("/people/"), "{}", page.body);
        let kims = id_of(&stage, &mut admin, "kim").await;
        for end in ["record", "book", "exempt", "take-back"] {
            let path = format!("{up}/people/{kims}/required/{id}/{end}");
            assert_eq!(kim.post(&path, &DID).await.status, StatusCode::NOT_FOUND, "{end}");
        }
        let own = "INSERT INTO requirement_booking (id, organisation_id, person_id, requirement_id, booked_on, by_person, made_at) \
                   SELECT id, organisation_id, person_id, requirement_id, done_on, person_id, 0 FROM requirement_record";
        let refused = stage.site.db().execute(own).await.unwrap_err().to_string();
        assert!(refused.contains("requirement_booking_by_somebody_else"), "{refused}");
        let stranger = format!("{up}/people/00000000-0000-7000-8000-000000000009/required");
        assert_eq!(kim.get(&stranger).await.status, StatusCode::NOT_FOUND);
    }

    async fn parts_and_hours_are_counted_and_said(stage: Stage) {
        let Place { mut kim, mut sam, required, .. } = place(&stage).await;
        let parts = [("code", "omt-1"), ("title", "Learning disability"), ("level", "1"), ("rule", "parts"), ("months", "36"), ("hours", ""), ("parts", "Online\nLive <part>"), ("kind", "volunteer"), ("weeks", "4"), FIRE[9], FIRE[10], FIRE[11]];
        let parts = require(&mut kim, &required, &parts).await;
        let hours = [("code", "sg"), ("title", "Safeguarding"), ("level", ""), ("rule", "hours"), ("months", "36"), ("hours", "8"), ("parts", ""), ("kind", "volunteer"), ("weeks", "4"), FIRE[9], FIRE[10], FIRE[11]];
        let hours = require(&mut kim, &required, &hours).await;
        let (live, long) = (theirs(&mut kim, &parts, "Sam").await, theirs(&mut kim, &hours, "Sam").await);
        let unsaid = kim.post(&format!("{live}/record"), &DID).await;
        assert!(unsaid.status == StatusCode::UNPROCESSABLE_ENTITY && unsaid.body.contains("Choose which part"), "{}", unsaid.body);
        kim.post(&format!("{live}/record"), &with(&DID, "part", "Live <part>")).await;
        kim.post(&format!("{long}/record"), &with(&DID, "hours", "2.5")).await;
        let mine = sam.get("/training/required").await;
        says(&mine, &["Learning disability, level 1", "Part done", "1 of 2 parts", "2 hours 30 minutes of 8 hours", "Live &lt;part&gt;"]);
        kim.post(&format!("{live}/record"), &with(&DID, "part", "Online")).await;
        kim.post(&format!("{long}/record"), &with(&DID, "hours", "5:30")).await;
        let mine = sam.get("/training/required").await;
        assert_eq!(mine.body.matches("tag good").count(), 2, "{}", mine.body);
        assert!(mine.body.matches("until 20 November 2029").count() >= 2, "{}", mine.body);
    }

    async fn one_record_counts_for_two_organisations_if_its_person_lets_it(stage: Stage) {
        let Place { mut admin, mut kim, mut sam, required, .. } = place(&stage).await;
        let requirement = require(&mut kim, &required, &FIRE).await;
        let page = theirs(&mut kim, &requirement, "Sam").await;
        kim.post(&format!("{page}/record"), &DID).await;
        // Another organisation asks the same of Sam, and accepts what was done elsewhere.
        let form = [("name", "Riverside Mind"), ("kind", "charity"), ("parent", ""), ("email", "ash@demo.example")];
        assert!(admin.post("/organisations", &form).await.status.is_redirection());
        let invited = stage.letters().await.pop().unwrap().link();
        let mut ash = stage.joined(&invited, "ash@demo.example", "Ash").await;
        let people = link(&ash.get("/me").await, "/organisation/");
        let other = people.trim_start_matches("/organisation/").trim_end_matches("/people").to_owned();
        for (email, kind) in [("ash@demo.example", "coordinator"), ("sam@demo.example", "volunteer")] {
            let engaged = format!(
                "INSERT INTO engagement (id, person_id, organisation_id, kind, from_on) \
                 SELECT s.person_id, s.person_id, o.id, '{kind}', '2026-11-01' FROM sign_in s, organisation o \
                 WHERE s.email = '{email}' AND o.name = 'Riverside Mind'"
            );
            stage.site.db().execute(&engaged).await.unwrap();
        }
        let entered = "INSERT INTO directory (organisation_id, filed_under, person_id, leads) \
                       SELECT o.id, d.filed_under, d.person_id, d.leads FROM directory d, organisation o, sign_in s \
                       WHERE o.name = 'Riverside Mind' AND s.person_id = d.person_id AND s.email = 'sam@demo.example'";
        stage.site.db().execute(entered).await.unwrap();
        let theirs_there = format!("/training/at/{other}/requirements");
        let there = require(&mut ash, &theirs_there, &[&FIRE[..], &[("others", "yes")]].concat()).await;
        let sams = theirs(&mut ash, &there, "Sam").await;
        says(&ash.get(&sams).await, &["Not due yet", "Nothing yet."]);
        let mine = sam.get("/training/required").await;
        says(&mine, &["Let it count at Riverside Mind too", "Coordinators there then see this line"]);
        let count = crate::inviting::action(&mine, "/count");
        let chosen = there.rsplit('/').next().unwrap();
        for _ in 0..2 {
            assert_eq!(sam.post(&count, &[("requirement", chosen)]).await.header(header::LOCATION), "/training/required?done=counted");
        }
        says(&ash.get(&sams).await, &["Current", "Written down at another organisation"]);
        assert!(!ash.get(&sams).await.body.contains("Take it back"), "it is taken back where it was written down");
        // Taken back there, it counts nowhere.
        let what = hidden(&kim.get(&page).await, "what");
        kim.post(&format!("{page}/take-back"), &[("what", &*what), ("back_why", "wrong person")]).await;
        says(&ash.get(&sams).await, &["Not due yet"]);
        // What is not offered cannot be chosen, and nobody else chooses for Sam.
        let own = requirement.rsplit('/').next().unwrap();
        assert_eq!(sam.post(&count, &[("requirement", own)]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(kim.post(&count, &[("requirement", chosen)]).await.status, StatusCode::NOT_FOUND);
    }
}
