//! Signing in, staying signed in, and signing out, here and everywhere.

use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;
use domain::sign_in::EmailAddress;

use crate::stage::{PASSWORD, on_both};

const SAM: &str = "sam@demo.example";

on_both! {
    async fn a_wrong_password_and_an_unknown_address_get_the_same_answer(stage: Stage) {
        stage.registered(SAM).await;
        let wrong = stage.browser().post("/sign-in", &[("email", SAM), ("password", "not that one")]).await;
        let unknown = stage.browser().post("/sign-in", &[("email", "x@demo.example"), ("password", PASSWORD)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.body.replace(SAM, ""), unknown.body.replace("x@demo.example", ""));
    }

    async fn a_hash_of_another_cost_is_made_anew_when_somebody_signs_in(stage: Stage) {
        stage.registered(SAM).await;
        let dearer = stage.beside_with_dearer_passwords().await;
        let (email, right) = (EmailAddress::parse(SAM).unwrap(), [("email", SAM), ("password", PASSWORD)]);
        let hash = async || {
            store::sign_in::credentials(stage.site.db(), &email).await.unwrap().unwrap().password_hash
        };
        dearer.browser().post("/sign-in", &[("email", SAM), ("password", "not that one")]).await;
        assert!(hash().await.contains("m=19456,t=2,"), "a wrong one changes nothing");
        assert_eq!(dearer.browser().post("/sign-in", &right).await.status, StatusCode::SEE_OTHER);
        let renewed = hash().await;
        assert!(renewed.contains("m=20480,t=3,"), "{renewed}");
        assert_eq!(dearer.browser().post("/sign-in", &right).await.status, StatusCode::SEE_OTHER);
        assert_eq!(hash().await, renewed, "once is enough");
    }

    async fn many_tries_have_to_wait_also_where_there_is_no_account(stage: Stage) {
        stage.registered(SAM).await;
        for email in [SAM, "nobody@demo.example"] {
            let wrong = [("email", email), ("password", "not that one")];
            for _ in 0..6 {
                assert!(stage.browser().post("/sign-in", &wrong).await.body.contains("go together"));
            }
            let seventh = stage.browser().post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
            assert!(seventh.body.contains("Wait 30 seconds"), "{email}");
        }
        stage.clock.wait(TimeDelta::seconds(30));
        let right = stage.browser().post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        assert_eq!(right.status, StatusCode::SEE_OTHER);
    }

    async fn nobody_signs_in_before_their_address_is_confirmed(stage: Stage) {
        let form = [("old_enough", "yes"), ("known_as", "Sam"), ("email", SAM), ("password", PASSWORD)];
        stage.browser().post("/register", &form).await;
        stage.letters().await;
        let seen = stage.browser().post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        assert!(seen.body.contains("confirm your address first"));
        assert_eq!(stage.letters().await.len(), 1, "a new letter");
    }

    async fn a_stranger_is_asked_to_sign_in_and_comes_back(stage: Stage) {
        stage.registered(SAM).await;
        let mut browser = stage.browser();
        let asked = browser.get("/me/sign-ins").await;
        assert_eq!(asked.header(header::LOCATION), "/sign-in?next=%2Fme%2Fsign-ins");
        let page = browser.get(asked.header(header::LOCATION)).await;
        assert!(page.body.contains(r#"name="next" value="/me/sign-ins""#), "{}", page.body);
        let form = [("email", SAM), ("password", PASSWORD), ("next", "/me/sign-ins")];
        assert_eq!(browser.post("/sign-in", &form).await.header(header::LOCATION), "/me/sign-ins");
        let form = [("email", SAM), ("password", PASSWORD), ("next", "//evil.example")];
        assert_eq!(stage.browser().post("/sign-in", &form).await.header(header::LOCATION), "/today");
    }

    async fn somebody_stays_signed_in_after_the_access_token_has_run_out(stage: Stage) {
        let mut browser = stage.learner(SAM).await;
        for _ in 0..5 {
            stage.clock.wait(TimeDelta::minutes(11));
            assert_eq!(browser.get("/today").await.status, StatusCode::OK);
        }
    }

    async fn several_tabs_and_lost_answers_sign_nobody_out(stage: Stage) {
        let mut browser = stage.learner(SAM).await;
        stage.clock.wait(TimeDelta::minutes(11));
        for _ in 0..3 {
            assert_eq!(browser.tab().get("/today").await.status, StatusCode::OK, "an answer that was lost");
        }
        assert_eq!(browser.get("/today").await.status, StatusCode::OK);
        stage.clock.wait(TimeDelta::minutes(11));
        assert_eq!(browser.get("/today").await.status, StatusCode::OK);
    }

    async fn a_stolen_token_ends_the_session_once_its_child_has_been_used(stage: Stage) {
        let mut browser = stage.learner(SAM).await;
        let mut thief = browser.tab();
        stage.clock.wait(TimeDelta::minutes(11));
        browser.get("/today").await;
        stage.clock.wait(TimeDelta::minutes(11));
        browser.get("/today").await;
        assert_eq!(thief.get("/today").await.status, StatusCode::SEE_OTHER);
        let over = browser.get("/today").await;
        assert_eq!(over.status, StatusCode::SEE_OTHER, "and the session of both is over");
    }

    async fn a_session_ended_on_one_node_is_over_on_another(stage: Stage) {
        let mut browser = stage.learner(SAM).await;
        stage.clock.wait(TimeDelta::minutes(1));
        let mut other = stage.browser();
        other.post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        let page = browser.get("/me/sign-ins").await;
        assert_eq!(page.body.matches("/end\"").count(), 2, "{}", page.body);
        let ends: Vec<_> = page.body.split("action=\"").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0)
            .filter(|it| it.ends_with("/end")).collect();
        let elsewhere = stage.beside().await;
        for end in ends {
            browser.tab().post(end, &[]).await;
        }
        elsewhere.site.refresh_ended().await.unwrap();
        assert_eq!(browser.on(&elsewhere).get("/today").await.status, StatusCode::SEE_OTHER);
        assert_eq!(other.on(&elsewhere).get("/today").await.status, StatusCode::SEE_OTHER);
    }

    async fn nobody_ends_the_session_of_somebody_else(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let mut kim = stage.learner("kim@demo.example").await;
        let page = sam.get("/me/sign-ins").await;
        let end = page.body.split("action=\"").filter_map(|it| it.split_once('"')).map(|it| it.0).find(|it| it.ends_with("/end")).unwrap();
        assert_eq!(kim.post(end, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(sam.get("/today").await.status, StatusCode::OK);
        for odd in ["/me/sign-ins/x/end", "/me/sign-ins/00000000-0000-0000-0000-000000000000/end"] {
            assert_eq!(sam.post(odd, &[]).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
    }

    async fn signing_out_takes_everything_along(stage: Stage) {
        let mut browser = stage.learner(SAM).await;
        let mut copy = browser.tab();
        let out = browser.post("/sign-out", &[]).await;
        assert_eq!(out.header(header::LOCATION), "/");
        assert!(out.headers["clear-site-data"].to_str().unwrap().contains("storage"));
        assert!(!browser.has_cookies());
        assert_eq!(copy.get("/today").await.status, StatusCode::SEE_OTHER);
    }

    async fn leaving_the_site_signs_out_on_the_way(stage: Stage) {
        let mut browser = stage.learner(SAM).await;
        let left = browser.post("/leave", &[]).await;
        assert_eq!(left.header(header::LOCATION), "https://www.bbc.co.uk/weather");
        assert!(!browser.has_cookies());
    }

    async fn on_a_shared_computer_ten_quiet_minutes_end_it(stage: Stage) {
        stage.registered(SAM).await;
        let mut browser = stage.browser();
        let form = [("email", SAM), ("password", PASSWORD), ("shared", "yes")];
        let seen = browser.post("/sign-in", &form).await;
        let cookies: Vec<_> = seen.headers.get_all(header::SET_COOKIE).iter().collect();
        assert!(cookies.iter().all(|it| !it.to_str().unwrap().contains("Max-Age")), "{cookies:?}");
        for _ in 0..4 {
            stage.clock.wait(TimeDelta::minutes(9));
            assert_eq!(browser.get("/today").await.status, StatusCode::OK);
        }
        stage.clock.wait(TimeDelta::minutes(10));
        assert_eq!(browser.get("/today").await.status, StatusCode::SEE_OTHER);
        assert!(!browser.has_cookies());
    }

    async fn a_new_password_signs_out_everywhere(stage: Stage) {
        let mut browser = stage.learner(SAM).await;
        let mut forgetful = stage.browser();
        assert_eq!(forgetful.post("/forgotten", &[("email", SAM)]).await.header(header::LOCATION), "/forgotten/sent");
        assert_eq!(
            forgetful.post("/forgotten", &[("email", "nobody@demo.example")]).await.header(header::LOCATION),
            "/forgotten/sent"
        );
        let letters = stage.letters().await;
        assert_eq!(letters.len(), 1);
        let link = letters[0].link();
        assert_eq!(forgetful.post(&link, &[("password", "short")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let kept = forgetful.post(&link, &[("password", "another walk uphill")]).await;
        assert_eq!(kept.header(header::LOCATION), "/sign-in?changed=yes");
        assert_eq!(forgetful.post(&link, &[("password", "a third walk uphill")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get("/today").await.status, StatusCode::SEE_OTHER);
        let old = stage.browser().post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        let new = [("email", SAM), ("password", "another walk uphill")];
        assert_eq!(stage.browser().post("/sign-in", &new).await.status, StatusCode::SEE_OTHER);
    }

    async fn what_was_typed_rides_through_sign_in_for_the_same_person_only(stage: Stage) {
        let browser = stage.learner(SAM).await;
        stage.registered("kim@demo.example").await;
        stage.clock.wait(TimeDelta::days(31));
        let path = "/courses/how-this-place-works/enrol";
        let lapsed = browser.tab().post(path, &[("note", "half a <b>sentence</b>"), ("password", "never this")]).await;
        assert_eq!(lapsed.status, StatusCode::FORBIDDEN);
        assert!(lapsed.body.contains("What you typed is not lost"));
        let hidden = |name: &str| {
            let from = lapsed.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
            from.split_once('"').unwrap().0.replace("&amp;", "&")
        };
        let [riding_path, body, seal] = ["riding_path", "riding_body", "riding_seal"].map(hidden);
        assert!(!body.contains("never"), "a password does not ride");
        let mut form = vec![("password", PASSWORD), ("riding_path", &riding_path), ("riding_body", &body), ("riding_seal", &seal)];
        form.push(("email", SAM));
        let back = stage.browser().post("/sign-in", &form).await;
        assert_eq!(back.status, StatusCode::OK);
        assert!(back.body.contains("half a &lt;b&gt;sentence") && back.body.contains(&format!("action=\"{path}\"")), "{}", back.body);
        form.pop();
        form.push(("email", "kim@demo.example"));
        assert_eq!(stage.browser().post("/sign-in", &form).await.header(header::LOCATION), "/today");
        form.pop();
        form[1].1 = "/me/sign-ins";
        form.push(("email", SAM));
        assert_eq!(stage.browser().post("/sign-in", &form).await.header(header::LOCATION), "/today", "another path");
    }

    async fn pages_about_somebody_are_kept_nowhere(stage: Stage) {
        let mut browser = stage.learner(SAM).await;
        for path in ["/today", "/courses", "/me/sign-ins", "/"] {
            assert_eq!(browser.get(path).await.header(header::CACHE_CONTROL), "no-store", "{path}");
        }
        assert!(!stage.get("/courses").await.body.contains("Sign out"), "nor shown to anybody else");
    }

    async fn cookies_are_out_of_reach_of_scripts_and_other_sites(stage: Stage) {
        stage.registered(SAM).await;
        let seen = stage.browser().post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        for cookie in seen.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"));
        }
    }

    async fn an_odd_cookie_is_no_cookie(stage: Stage) {
        for odd in ["alongside_access=x", "alongside_refresh=x", "alongside_access=a.b.c; alongside_refresh=~", "==;;=", ""] {
            let request = Request::get("/today").header(header::COOKIE, odd.as_bytes());
            let seen = stage.ask(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER, "{odd:?}");
        }
    }
}
