//! Showing once more that it is oneself, before what is dangerous; and one's own page about the second step.

use app::Clock;
use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;

use crate::phone::App;
use crate::second_factor::{SAM, hidden, make_coordinator, set_up, shown_codes};
use crate::stage::{PASSWORD, on_both};

const CODES: &str = "/me/second-factor/codes";
const OFF: &str = "/me/second-factor/off";

on_both! {
    async fn what_is_dangerous_asks_for_a_code_once_more(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, before) = set_up(&stage, &mut sam).await;
        let asked = sam.get(CODES).await;
        assert_eq!(asked.header(header::LOCATION), "/step-up?next=%2Fme%2Fsecond-factor%2Fcodes");
        let page = sam.get(asked.header(header::LOCATION)).await;
        assert!(page.body.contains("Is it still you?") && page.body.contains("name=\"sign_in_code\""));
        let next = hidden(&page, "next");
        let wrong = sam.post("/step-up", &[("sign_in_code", "12"), ("next", &next)]).await;
        assert_eq!((wrong.status, hidden(&wrong, "next").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, CODES));
        let code = app.code(stage.clock.now());
        assert_eq!(sam.post("/step-up", &[("sign_in_code", &code), ("next", &next)]).await.header(header::LOCATION), CODES);
        let after = shown_codes(&sam.post(CODES, &[]).await);
        assert!(after.len() == 10 && after.iter().all(|it| !before.contains(it)));
        stage.clock.wait(TimeDelta::minutes(9));
        assert_eq!(sam.get(CODES).await.status, StatusCode::OK);
        stage.clock.wait(TimeDelta::minutes(1));
        assert_eq!(sam.get(CODES).await.status, StatusCode::SEE_OTHER, "after ten minutes");
        let seen = sam.post("/step-up", &[("sign_in_code", &code)]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "an old code");
        for (code, status) in [(&before[0], StatusCode::UNPROCESSABLE_ENTITY), (&after[0], StatusCode::SEE_OTHER)] {
            assert_eq!(sam.post("/step-up", &[("recovery_code", code)]).await.status, status);
        }
    }

    async fn somebody_elses_step_up_and_another_sessions_is_none(stage: Stage) {
        let (mut sam, mut kim) = (stage.learner(SAM).await, stage.learner("kim@demo.example").await);
        let mut elsewhere = stage.browser();
        elsewhere.post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        sam.post("/step-up", &[("password", PASSWORD)]).await;
        let page = sam.get("/me/second-factor/set-up").await;
        for other in [&mut kim, &mut elsewhere] {
            assert_eq!(other.get("/me/second-factor/set-up").await.status, StatusCode::SEE_OTHER);
        }
        let (proposal, code) = (hidden(&page, "proposal"), App::told(&page.body).code(stage.clock.now()));
        let seen = kim.post("/me/second-factor/set-up", &[("proposal", &proposal), ("sign_in_code", &code)]).await;
        assert_eq!(seen.header(header::LOCATION), "/me/second-factor/set-up", "it is not theirs");
        assert!(kim.get("/me/second-factor").await.body.contains("It is switched off"));
    }

    async fn a_password_does_where_there_is_no_app_and_not_once_there_is(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let mut other = stage.browser();
        other.post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        let wrong = sam.post("/step-up", &[("password", "not that one"), ("next", CODES)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("That is not your password") && !wrong.body.contains("not that one"));
        other.post("/step-up", &[("password", PASSWORD)]).await;
        let stale = hidden(&other.get("/me/second-factor/set-up").await, "proposal");
        set_up(&stage, &mut sam).await;
        assert_eq!(other.get(CODES).await.status, StatusCode::SEE_OTHER, "what came before the app does not count");
        assert_eq!(other.post("/step-up", &[("password", PASSWORD)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let seen = other.post("/me/second-factor/set-up", &[("proposal", &stale), ("sign_in_code", "123456")]).await;
        assert_ne!(seen.status, StatusCode::OK, "nor does a page from before it");
    }

    async fn guessing_at_the_step_up_has_to_wait_too(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        for _ in 0..6 {
            assert!(sam.post("/step-up", &[("password", "no")]).await.body.contains("not your password"));
        }
        assert!(sam.post("/step-up", &[("password", PASSWORD)]).await.body.contains("Wait 30 seconds"));
        stage.clock.wait(TimeDelta::seconds(30));
        assert_eq!(sam.post("/step-up", &[("password", PASSWORD)]).await.status, StatusCode::SEE_OTHER);
    }

    async fn what_was_typed_rides_through_the_step_up(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let asked = sam.post(OFF, &[("note", "a <b>word</b>"), ("password", "never this")]).await;
        assert_eq!(asked.status, StatusCode::FORBIDDEN);
        assert!(asked.body.contains("What you typed is not lost") && !asked.body.contains("never this"));
        let [path, body, seal] = ["riding_path", "riding_body", "riding_seal"].map(|it| hidden(&asked, it));
        let form = [("password", PASSWORD), ("riding_path", path.as_str()), ("riding_body", &body), ("riding_seal", &seal)];
        let back = sam.post("/step-up", &form).await;
        assert!(back.body.contains("a &lt;b&gt;word") && back.body.contains(&format!("action=\"{OFF}\"")), "{}", back.body);
        let mut kim = stage.learner("kim@demo.example").await;
        assert_eq!(kim.post("/step-up", &form).await.header(header::LOCATION), "/today", "somebody else's");
    }

    async fn an_island_is_told_to_step_up(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let ask = || Request::post(CODES).header(header::ACCEPT, "application/json");
        let told = sam.send(ask(), String::new()).await;
        assert_eq!((told.status, told.body.as_str()), (StatusCode::FORBIDDEN, r#"{"step_up":true}"#));
        make_coordinator(&stage, SAM).await;
        let told = sam.send(ask(), String::new()).await;
        assert_eq!((told.status, told.body.as_str()), (StatusCode::FORBIDDEN, r#"{"second_factor":true}"#));
    }

    async fn a_session_from_before_it_was_asked_gives_the_second_factor_first(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        sam.post("/step-up", &[("password", PASSWORD)]).await;
        assert_eq!(sam.get(CODES).await.header(header::LOCATION), "/me/second-factor", "no app, nothing asked");
        make_coordinator(&stage, SAM).await;
        let asked = sam.get(CODES).await;
        assert_eq!(asked.header(header::LOCATION), "/me/second-factor/set-up?next=%2Fme%2Fsecond-factor%2Fcodes");
        let page = sam.get(asked.header(header::LOCATION)).await;
        assert_eq!(hidden(&page, "next"), CODES);
        let form = sam.post(CODES, &[("note", "half a sentence")]).await;
        assert!(form.status == StatusCode::FORBIDDEN && form.body.contains("half a sentence"), "{}", form.body);
        let (app, _) = set_up(&stage, &mut sam).await;
        let code = app.code(stage.clock.now());
        sam.post("/step-up", &[("sign_in_code", &code)]).await;
        assert_eq!(sam.get(CODES).await.status, StatusCode::OK);
    }

    async fn that_it_was_given_outlives_the_access_token(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        make_coordinator(&stage, SAM).await;
        set_up(&stage, &mut sam).await;
        stage.clock.wait(TimeDelta::minutes(11));
        // Without an app, only what the session has given keeps the door from asking for one.
        stage.site.db().execute("DELETE FROM recovery_code").await.unwrap();
        stage.site.db().execute("DELETE FROM totp").await.unwrap();
        assert!(sam.get(CODES).await.header(header::LOCATION).starts_with("/step-up"));
    }

    async fn it_is_switched_off_with_a_password(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        sam.post("/step-up", &[("sign_in_code", &app.code(stage.clock.now()))]).await;
        let wrong = sam.post(OFF, &[("password", "no")]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("not your password"));
        let done = sam.post(OFF, &[("password", PASSWORD)]).await;
        assert_eq!(done.header(header::LOCATION), "/me/second-factor?off=yes", "{}", done.body);
        assert!(stage.letters().await.remove(0).text.contains("Your password alone signs you in now"));
        let seen = stage.browser().post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        assert_eq!(seen.header(header::LOCATION), "/today");
        assert_eq!(sam.get(OFF).await.status, StatusCode::SEE_OTHER, "and the proof went with it");
    }

    async fn it_stays_on_while_an_organisation_asks_for_it(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        make_coordinator(&stage, SAM).await;
        sam.post("/step-up", &[("sign_in_code", &app.code(stage.clock.now()))]).await;
        assert!(!sam.get("/me/second-factor").await.body.contains("Switch it off"));
        let seen = sam.post(OFF, &[("password", PASSWORD)]).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.body.contains("It stays on"), "{}", seen.body);
        assert!(sam.get("/me/second-factor").await.body.contains("It is switched on"));
    }

    async fn another_phone_takes_the_place_of_the_old_one(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (old, old_codes) = set_up(&stage, &mut sam).await;
        sam.post("/step-up", &[("sign_in_code", &old.code(stage.clock.now()))]).await;
        let page = sam.get("/me/second-factor/set-up").await;
        let new = App::told(&page.body);
        stage.clock.wait(TimeDelta::minutes(20));
        let form = [("proposal", hidden(&page, "proposal")), ("sign_in_code", new.code(stage.clock.now()))];
        let form = form.each_ref().map(|it| (it.0, it.1.as_str()));
        assert_eq!(shown_codes(&sam.post("/me/second-factor/set-up", &form).await).len(), 10, "there is half an hour for it");
        stage.clock.wait(TimeDelta::seconds(30));
        let refused = [("sign_in_code", old.code(stage.clock.now())), ("recovery_code", old_codes[0].clone())];
        for (field, code) in refused {
            assert_eq!(sam.post("/step-up", &[(field, &code)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        }
        let code = new.code(stage.clock.now());
        assert_eq!(sam.post("/step-up", &[("sign_in_code", &code)]).await.status, StatusCode::SEE_OTHER);
    }

    async fn no_odd_value_breaks_a_form_and_nothing_needs_a_script(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        sam.post("/step-up", &[("sign_in_code", &app.code(stage.clock.now()))]).await;
        let long = "9".repeat(5_000);
        let odd = ["", " ", "\0", "🦋", "\u{202e}12", "١٢٣٤٥٦", &long, "<script>alert(1)</script>", "' OR 1=1 --", "-1"];
        for value in odd {
            for path in ["/step-up", "/sign-in/code", "/sign-in/set-up", "/me/second-factor/set-up", OFF] {
                let names = ["sign_in_code", "recovery_code", "password", "half_way", "proposal", "next"];
                let seen = sam.post(path, &names.map(|it| (it, value))).await;
                let fine = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::SEE_OTHER];
                assert!(fine.contains(&seen.status) && !seen.body.contains("<script"), "{path} {value:?}: {}", seen.status);
            }
            stage.clock.wait(TimeDelta::hours(25));
            sam.post("/step-up", &[("sign_in_code", &app.code(stage.clock.now()))]).await;
        }
        for path in ["/me/second-factor", "/me/second-factor/set-up", CODES, OFF, "/step-up"] {
            let page = sam.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.body.contains("<script") && !page.body.contains(" style="), "{path}");
            assert_eq!(page.header(header::CACHE_CONTROL), "no-store", "{path}");
        }
    }
}
