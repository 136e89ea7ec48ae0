//! Checks before somebody starts: which a role asks for, what follows from them, and who reads that.

use axum::http::{StatusCode, header};

use crate::me::{ODD, joined, link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Stage, on_both};
use crate::training_requirements::id_of;

/// What a role asks for.
pub(crate) const ROLE: [(&str, &str); 6] = [
    ("level", "enhanced"),
    ("workforce", "adult"),
    ("barred", ""),
    ("reason", "Is alone with adults each week"),
    ("repeat", ""),
    ("revision", "0"),
];

/// What follows from a check.
pub(crate) const CHECK: [(&str, &str); 7] = [
    ("level", "enhanced"),
    ("workforce", "adult"),
    ("issued_day", "2"),
    ("issued_month", "11"),
    ("issued_year", "2026"),
    ("updated_day", ""),
    ("outcome", "conditions"),
];

struct Place<'a> {
    admin: Browser<'a>,
    vera: Browser<'a>,
    sam: Browser<'a>,
    checks: String,
}

async fn place(stage: &Stage) -> Place<'_> {
    let mut admin = stage.administrator().await;
    let vera = joined(stage, &mut admin, ("vera@demo.example", "Vera", "vetting")).await;
    let sam = joined(stage, &mut admin, ("sam@demo.example", "Sam", "volunteer")).await;
    Place { admin, vera, sam, checks: format!("/training/at/{}/checks", stage.host()) }
}

/// Lets volunteers be checked, and says where Sam's is.
async fn asked(vera: &mut Browser<'_>, checks: &str) -> String {
    let seen = vera.post(&format!("{checks}/roles/volunteer"), &ROLE).await;
    assert_eq!(seen.header(header::LOCATION), format!("{checks}?done=settled"), "{}", seen.body);
    link(&vera.get(checks).await, &format!("{checks}/people/"))
}

on_both! {
    async fn a_role_says_which_check_it_asks_for_and_why_it_may(stage: Stage) {
        let Place { mut vera, checks, .. } = place(&stage).await;
        assert!(vera.get("/me").await.body.contains(&checks), "it is led to");
        let page = vera.get(&checks).await;
        assert!(page.body.contains("No role asks for a check yet") && page.body.contains("it is an offence"), "{}", page.body);
        let role = format!("{checks}/roles/volunteer");
        for (field, odd) in [("reason", " "), ("level", "some"), ("workforce", ""), ("repeat", "x"), ("repeat", "999")] {
            let seen = vera.post(&role, &with(&ROLE, field, odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd}");
            assert!(seen.body.contains(&format!("href=\"#{field}\"")) && seen.title().starts_with("Error: "), "{}", seen.body);
        }
        let standard = with(&with(&ROLE, "level", "standard"), "barred", "yes");
        assert!(vera.post(&role, &standard).await.body.contains("Only an enhanced check"));
        for odd in ODD {
            for field in ["level", "workforce", "repeat"] {
                assert_eq!(vera.post(&role, &with(&ROLE, field, odd)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd:?}");
            }
        }
        asked(&mut vera, &checks).await;
        assert!(vera.get(&checks).await.body.contains("Enhanced, adult workforce.") && vera.get(&role).await.body.contains("Is alone with adults"));
        let stale = vera.post(&role, &with(&ROLE, "level", "none")).await;
        assert!(stale.status == StatusCode::CONFLICT && stale.body.contains("What was kept meanwhile"), "{}", stale.body);
        assert!(vera.post(&role, &with(&with(&ROLE, "level", "none"), "revision", "1")).await.status.is_redirection());
        assert!(vera.get(&checks).await.body.contains("No role asks for a check yet"));
        assert_eq!(vera.get(&format!("{checks}/roles/king")).await.status, StatusCode::NOT_FOUND);
    }

    async fn only_what_follows_from_a_check_is_kept_and_each_reading_stands_in_a_log(stage: Stage) {
        let Place { mut vera, mut sam, checks, .. } = place(&stage).await;
        let sams = asked(&mut vera, &checks).await;
        let page = vera.get(&sams).await;
        assert!(page.body.contains("Not current") && page.body.contains("Nothing is noted yet"), "{}", page.body);
        assert!(!page.body.contains("<textarea"), "there is no place for what stands in it");
        let id = hidden(&page, "id");
        let form = [&CHECK[..], &[("id", &*id)]].concat();
        for _ in 0..2 {
            assert_eq!(vera.post(&sams, &form).await.header(header::LOCATION), format!("{sams}?done=noted"));
        }
        let page = vera.get(&sams).await;
        assert_eq!(page.body.matches("<span class=\"tag good\">May start, with conditions</span>").count(), 1, "{}", page.body);
        assert!(page.body.contains("of 2 November 2026"));
        for (field, odd) in [("issued_day", ""), ("issued_year", "2027"), ("updated_day", "1"), ("outcome", "clear"), ("level", "")] {
            let seen = vera.post(&sams, &with(&CHECK, field, odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd}");
        }
        let mine = sam.get("/training/required").await;
        assert!(mine.body.contains("Check before you start") && mine.body.contains(">Current<"), "{}", mine.body);
        assert!(!mine.body.contains("conditions"), "{}", mine.body);
        let log = sam.get("/me/log").await;
        assert!(log.body.contains("Looked at what followed from your check") && log.body.matches("Noted what follows").count() == 1, "{}", log.body);
        // The database holds nothing else of it, and nobody notes their own.
        let own = "INSERT INTO vetting_check SELECT * FROM (SELECT id, organisation_id, person_id, level, workforce, barred_list, issued_on, updated_on, outcome, person_id AS by_person, made_at FROM vetting_check) c";
        let refused = stage.site.db().execute(own).await.unwrap_err().to_string();
        assert!(refused.contains("vetting_check_by_somebody_else") || refused.contains("vetting_check_id_taken"), "{refused}");
    }

    async fn whoever_coordinates_sees_only_whether_it_is_current(stage: Stage) {
        let Place { mut admin, mut vera, checks, .. } = place(&stage).await;
        let sams = asked(&mut vera, &checks).await;
        let mut kim = joined(&stage, &mut admin, ("kim@demo.example", "Kim", "coordinator")).await;
        let up = format!("/training/at/{}", stage.host());
        for path in [checks.clone(), format!("{checks}/roles/volunteer"), sams.clone()] {
            assert_eq!(kim.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(kim.get(&format!("{up}/matrix")).await.body.contains(">Not current<"));
        vera.post(&sams, &with(&CHECK, "outcome", "may_not")).await;
        let table = kim.get(&format!("{up}/matrix")).await;
        assert!(table.body.contains(">Not current<") && !table.body.contains("May not"), "{}", table.body);
        vera.post(&sams, &CHECK).await;
        let table = kim.get(&format!("{up}/matrix")).await;
        assert!(table.body.contains(">Current<") && !table.body.contains("conditions") && !table.body.contains("2 November"), "{}", table.body);
        let file = kim.get(&format!("{up}/matrix.csv")).await;
        assert!(!file.body.contains("Enhanced") && !file.body.contains("conditions"), "{}", file.body);
        assert_eq!(vera.get(&format!("{up}/matrix")).await.status, StatusCode::NOT_FOUND);
    }

    async fn nobody_starts_early_but_by_name_with_a_day_and_somebody_alongside(stage: Stage) {
        let Place { mut admin, mut vera, mut sam, checks, .. } = place(&stage).await;
        let sams = asked(&mut vera, &checks).await;
        joined(&stage, &mut admin, ("lee@demo.example", "Lee", "supervisor")).await;
        let lee = option(&vera.get(&sams).await, "Lee");
        let form = [("kind", "volunteer"), ("guide", &*lee), ("duties", "Makes tea, with Lee there"), ("until_day", "1"), ("until_month", "12"), ("until_year", "2026")];
        let path = format!("{sams}/exception");
        for (field, odd) in [("kind", "tutor"), ("guide", ""), ("duties", " "), ("until_day", "0"), ("until_year", "2027"), ("duties", "Ring 07700 900123")] {
            let seen = vera.post(&path, &with(&form, field, odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd}");
            assert!(seen.body.contains("<details open"), "{field}: {}", seen.body);
        }
        assert_eq!(vera.post(&path, &form).await.header(header::LOCATION), format!("{sams}?done=excepted"));
        let page = vera.get(&sams).await;
        assert!(page.body.contains("until 1 December 2026, never without <bdi>Lee") && page.body.contains("Decided by <bdi>Vera"), "{}", page.body);
        assert!(sam.get("/me/log").await.body.contains("may start before your check is there"));
        vera.post(&sams, &with(&CHECK, "outcome", "may_not")).await;
        let shut = vera.post(&path, &form).await;
        assert!(shut.status == StatusCode::UNPROCESSABLE_ENTITY && shut.body.contains("nothing here opens that"), "{}", shut.body);
    }

    async fn nobody_is_checked_whose_role_does_not_ask_for_it_and_nobody_sees_their_own(stage: Stage) {
        let Place { mut admin, mut vera, checks, .. } = place(&stage).await;
        asked(&mut vera, &checks).await;
        let ora = joined(&stage, &mut admin, ("ora@demo.example", "Ora", "tutor")).await;
        drop(ora);
        let oras = format!("{checks}/people/{}", id_of(&stage, &mut admin, "ora").await);
        assert!(vera.get(&oras).await.body.contains("Nothing that they are here asks for a check"));
        let seen = vera.post(&oras, &CHECK).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.body.contains("it is an offence"), "{}", seen.body);
        let own = format!("{checks}/people/{}", id_of(&stage, &mut admin, "vera").await);
        assert_eq!(vera.get(&own).await.status, StatusCode::NOT_FOUND);
        assert_eq!(vera.post(&own, &CHECK).await.status, StatusCode::NOT_FOUND);
    }
}
