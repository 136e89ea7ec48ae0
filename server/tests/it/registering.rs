//! Registering as a learner, and showing that one reads mail at one's address.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::stage::{PASSWORD, on_both};

const FORM: [(&str, &str); 4] =
    [("old_enough", "yes"), ("known_as", "Sam"), ("email", "sam@demo.example"), ("password", PASSWORD)];

/// The form with one field typed otherwise.
fn form_with<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    FORM.into_iter().map(|(it, typed)| if it == name { (it, value) } else { (it, typed) }).collect()
}

on_both! {
    async fn somebody_registers_confirms_and_signs_in(stage: Stage) {
        let mut browser = stage.browser();
        assert_eq!(browser.get("/register").await.status, StatusCode::OK);
        assert_eq!(browser.post("/register", &FORM).await.header(header::LOCATION), "/register/sent");
        let letter = stage.letters().await.remove(0);
        assert_eq!(letter.to, "sam@demo.example");
        let link = letter.link();
        assert!(browser.get(&link).await.body.contains("This address is mine"));
        assert!(browser.get(&link).await.body.contains("This address is mine"), "opening uses nothing up");
        assert_eq!(browser.post(&link, &[]).await.header(header::LOCATION), "/sign-in?confirmed=yes");
        let signed_in = browser.post("/sign-in", &[("email", "Sam@demo.example"), ("password", PASSWORD)]).await;
        assert_eq!(signed_in.header(header::LOCATION), "/today");
        assert!(browser.get("/today").await.body.contains("Good evening, Sam"));
    }

    async fn whoever_registers_on_the_way_to_a_course_comes_back_to_it(stage: Stage) {
        let course = "/courses/how-this-place-works";
        let mut browser = stage.browser();
        let page = browser.get(course).await;
        let register = "/register?next=%2Fcourses%2Fhow-this-place-works";
        assert!(page.body.contains(&format!("href=\"{register}\"")), "{}", page.body);
        assert!(browser.get(register).await.body.contains(&format!("name=\"next\" value=\"{course}\"")));
        let refused = browser.post("/register", &[form_with("email", "x").as_slice(), &[("next", course)]].concat()).await;
        assert!(refused.body.contains(&format!("value=\"{course}\"")), "a slip does not lose the way");
        browser.post("/register", &[FORM.as_slice(), &[("next", course)]].concat()).await;
        let letter = stage.letters().await.remove(0);
        assert!(!letter.text.contains("how-this-place-works"), "the letter does not say what it is about");
        let to_sign_in = browser.post(&letter.link(), &[]).await.header(header::LOCATION).to_owned();
        assert_eq!(to_sign_in, "/sign-in?confirmed=yes&next=%2Fcourses%2Fhow-this-place-works");
        let page = browser.get(&to_sign_in).await;
        assert!(page.body.contains("Your address is confirmed") && page.body.contains(&format!("name=\"next\" value=\"{course}\"")));
        for (number, elsewhere) in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "\0"].into_iter().enumerate() {
            let email = format!("kim{number}@demo.example");
            let form = [form_with("email", &email).as_slice(), &[("next", elsewhere)]].concat();
            assert_eq!(browser.post("/register", &form).await.header(header::LOCATION), "/register/sent", "{elsewhere:?}");
            let link = stage.letters().await.remove(0).link();
            assert_eq!(browser.post(&link, &[]).await.header(header::LOCATION), "/sign-in?confirmed=yes", "{elsewhere:?}");
        }
    }

    async fn a_link_works_once_and_for_three_days(stage: Stage) {
        let mut browser = stage.browser();
        browser.post("/register", &FORM).await;
        let link = stage.letters().await.remove(0).link();
        stage.clock.wait(TimeDelta::days(3));
        assert_eq!(browser.post(&link, &[]).await.status, StatusCode::NOT_FOUND);
        browser.post("/register", &FORM).await;
        let link = stage.letters().await.remove(0).link();
        assert_eq!(browser.post(&link, &[]).await.status, StatusCode::SEE_OTHER);
        let again = browser.post(&link, &[]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        assert!(again.body.contains("This link has been used"));
    }

    async fn an_address_that_is_known_gets_the_same_answer_and_another_letter(stage: Stage) {
        stage.registered("sam@demo.example").await;
        let seen = stage.browser().post("/register", &FORM).await;
        assert_eq!(seen.header(header::LOCATION), "/register/sent");
        assert!(stage.letters().await[0].text.contains("You have an account already"));
    }

    async fn what_was_typed_comes_back_with_how_to_put_it_right(stage: Stage) {
        let hostile = "\"><script>alert(1)</script>";
        let seen = stage.browser().post("/register", &form_with("email", hostile)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.title().starts_with("Error: "), "{}", seen.title());
        assert!(seen.body.contains("value=\"Sam\""));
        assert!(seen.body.contains("&quot;&gt;&lt;script&gt;") && !seen.body.contains("<script"), "{}", seen.body);
        assert!(seen.body.contains("href=\"#email\"") && seen.body.contains("aria-invalid=\"true\""));
        assert!(!seen.body.contains(PASSWORD), "a password never comes back");
        assert!(stage.letters().await.is_empty());
    }

    async fn no_odd_value_breaks_the_form(stage: Stage) {
        let long = "é".repeat(5_000);
        for field in ["old_enough", "known_as", "email", "password"] {
            for value in ["", " ", "\0", "🦋", "\u{202e}abc", "محمد", &long, "a\nb", "<b>", "%00", "' OR 1=1 --"] {
                let seen = stage.browser().post("/register", &form_with(field, value)).await;
                let fine = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::SEE_OTHER];
                assert!(fine.contains(&seen.status), "{field}={value:?}: {}", seen.status);
            }
        }
        assert_eq!(stage.browser().post("/register", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let twice = [FORM.as_slice(), &[("email", "other@demo.example")]].concat();
        assert_eq!(stage.browser().post("/register", &twice).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_form_that_is_too_heavy_is_told_so(stage: Stage) {
        let heavy = "a".repeat(300_000);
        let seen = stage.browser().post("/register", &form_with("known_as", &heavy)).await;
        assert_eq!(seen.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(seen.body.contains("more than this page can take"));
    }

    async fn whoever_is_too_young_is_shown_where_to_turn_and_nothing_is_kept(stage: Stage) {
        let seen = stage.browser().post("/register", &form_with("old_enough", "no")).await;
        assert!(seen.body.contains("Childline"));
        assert!(stage.letters().await.is_empty());
        let seen = stage.browser().post("/sign-in", &[("email", "sam@demo.example"), ("password", PASSWORD)]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn common_passwords_are_refused(stage: Stage) {
        for easy in ["password12", "1234567890", "sam@demo.example", "short"] {
            let seen = stage.browser().post("/register", &form_with("password", easy)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{easy}");
            assert!(seen.body.contains("href=\"#password\""), "{easy}");
        }
    }
}
