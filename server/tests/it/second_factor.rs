//! Signing in with a second factor: a code from an app, or a recovery code in its place.

use app::Clock;
use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::phone::App;
use crate::stage::{Browser, PASSWORD, Seen, Stage, on_both};

pub(crate) const SAM: &str = "sam@demo.example";
const KIM: &str = "kim@demo.example";

/// What a hidden field of a page carries.
pub(crate) fn hidden(page: &Seen, name: &str) -> String {
    let from = page.body.split_once(&format!("name=\"{name}\" value=\"")).map_or("", |it| it.1);
    from.split_once('"').map_or("", |it| it.0).replace("&amp;", "&")
}

/// The recovery codes that a page shows.
pub(crate) fn shown_codes(page: &Seen) -> Vec<String> {
    let codes = page.body.split("<li><code>").skip(1).filter_map(|it| it.split_once('<'));
    codes.map(|it| it.0.to_owned()).collect()
}

/// Makes somebody a coordinator of the host, who sees other people's data.
pub(crate) async fn make_coordinator(stage: &Stage, email: &str) {
    let sql = format!(
        "INSERT INTO engagement (id, person_id, organisation_id, kind, from_on) \
         SELECT s.person_id, s.person_id, o.id, 'coordinator', '2026-01-01' \
         FROM sign_in s, organisation o WHERE s.email = '{email}'"
    );
    stage.site.db().execute(&sql).await.unwrap();
}

/// Sets an app up from one's own page.
pub(crate) async fn set_up(stage: &Stage, browser: &mut Browser<'_>) -> (App, Vec<String>) {
    assert_eq!(browser.post("/step-up", &[("password", PASSWORD)]).await.status, StatusCode::SEE_OTHER);
    let page = browser.get("/me/second-factor/set-up").await;
    let app = App::told(&page.body);
    let code = app.code(stage.clock.now());
    let form = [("proposal", hidden(&page, "proposal")), ("sign_in_code", code)];
    let form: Vec<_> = form.iter().map(|it| (it.0, it.1.as_str())).collect();
    let done = browser.post("/me/second-factor/set-up", &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    stage.letters().await;
    stage.clock.wait(TimeDelta::seconds(30));
    (app, shown_codes(&done))
}

/// Types the password, and gives back the page that asks for more.
async fn half_way<'a>(stage: &'a Stage, email: &str) -> (Browser<'a>, Seen) {
    let mut browser = stage.browser();
    let page = browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(!browser.has_cookies(), "nothing has begun");
    (browser, page)
}

async fn type_code(browser: &mut Browser<'_>, page: &Seen, field: &str, code: &str) -> Seen {
    let half_way = hidden(page, "half_way");
    browser.post("/sign-in/code", &[("half_way", &half_way), ("email", SAM), (field, code)]).await
}

/// That nobody was let in, and what the page says.
fn is_refused(seen: &Seen, why: &str) {
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", seen.body);
    assert!(seen.title().starts_with("Error: ") && seen.body.contains(why), "{why}: {}", seen.body);
    assert!(seen.headers.get(header::SET_COOKIE).is_none());
}

on_both! {
    async fn whoever_switched_it_on_is_asked_for_a_code(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, codes) = set_up(&stage, &mut sam).await;
        assert_eq!(codes.len(), 10);
        let (mut browser, page) = half_way(&stage, SAM).await;
        assert!(page.body.contains("<h1>Type your code") && page.body.contains("one-time-code"));
        assert_eq!(browser.get("/today").await.status, StatusCode::SEE_OTHER);
        let code = app.code(stage.clock.now());
        let typed = format!(" {} {} ", &code[..3], &code[3..]);
        let seen = type_code(&mut browser, &page, "sign_in_code", &typed).await;
        assert_eq!(seen.header(header::LOCATION), "/today", "{}", seen.body);
        assert_eq!(browser.get("/today").await.status, StatusCode::OK);
    }

    async fn a_code_is_taken_once_whichever_tab_it_is_typed_in(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        let ((mut one, first), (mut two, second)) = (half_way(&stage, SAM).await, half_way(&stage, SAM).await);
        let code = app.code(stage.clock.now());
        let (a, b) = futures::join!(
            type_code(&mut one, &first, "sign_in_code", &code),
            type_code(&mut two, &second, "sign_in_code", &code)
        );
        // Whichever came first.
        let (taken, refused, mut two, second) = match a.status {
            StatusCode::SEE_OTHER => (a, b, two, second),
            _ => (b, a, one, first),
        };
        assert_eq!(taken.header(header::LOCATION), "/today");
        is_refused(&refused, "That code has been used");
        stage.clock.wait(TimeDelta::seconds(30));
        let code = app.code(stage.clock.now());
        let seen = type_code(&mut two, &second, "sign_in_code", &code).await;
        assert_eq!(seen.header(header::LOCATION), "/today", "two tabs are two sign-ins");
    }

    async fn a_phone_whose_clock_is_a_little_off_works(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        stage.clock.wait(TimeDelta::minutes(5));
        for (off, is_taken) in [(-60, false), (-30, true), (60, false), (30, true)] {
            let (mut browser, page) = half_way(&stage, SAM).await;
            let code = app.code(stage.clock.now() + TimeDelta::seconds(off));
            let seen = type_code(&mut browser, &page, "sign_in_code", &code).await;
            assert_eq!(seen.status == StatusCode::SEE_OTHER, is_taken, "{off} seconds: {}", seen.status);
        }
    }

    async fn what_is_half_way_begins_one_session(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        let (mut browser, page) = half_way(&stage, SAM).await;
        let code = app.code(stage.clock.now());
        type_code(&mut browser, &page, "sign_in_code", &code).await;
        stage.clock.wait(TimeDelta::seconds(30));
        let (code, mut thief) = (app.code(stage.clock.now()), stage.browser());
        is_refused(&type_code(&mut thief, &page, "sign_in_code", &code).await, "does not count any more");
        let (mut browser, page) = half_way(&stage, SAM).await;
        let seen = type_code(&mut browser, &page, "sign_in_code", &code).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "and the code was not lost over it");
    }

    async fn what_is_half_way_is_good_for_ten_minutes_and_until_a_new_password(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        let (mut browser, page) = half_way(&stage, SAM).await;
        stage.clock.wait(TimeDelta::minutes(10));
        let code = app.code(stage.clock.now());
        let late = type_code(&mut browser, &page, "sign_in_code", &code).await;
        is_refused(&late, "That took a little long");
        assert!(late.body.contains("<h1>Sign in") && late.body.contains(&format!("value=\"{SAM}\"")));
        let (mut browser, page) = half_way(&stage, SAM).await;
        browser.post("/forgotten", &[("email", SAM)]).await;
        let link = stage.letters().await.remove(0).link();
        assert_eq!(browser.post(&link, &[("password", "another walk uphill")]).await.status, StatusCode::SEE_OTHER);
        is_refused(&type_code(&mut browser, &page, "sign_in_code", &code).await, "does not count any more");
    }

    async fn what_is_half_way_is_ours_and_one_persons(stage: Stage) {
        let (mut sam, mut kim) = (stage.learner(SAM).await, stage.learner(KIM).await);
        let (sams, _) = set_up(&stage, &mut sam).await;
        let (kims, _) = set_up(&stage, &mut kim).await;
        let (mut browser, page) = half_way(&stage, KIM).await;
        let code = sams.code(stage.clock.now());
        is_refused(&type_code(&mut browser, &page, "sign_in_code", &code).await, "match");
        let (whole, code) = (hidden(&page, "half_way"), kims.code(stage.clock.now()));
        let other = if whole.ends_with('A') { 'B' } else { 'A' };
        let middle = whole.len() / 2;
        let touched = format!("{}{}{}", &whole[..middle], if &whole[middle..=middle] == "A" { 'B' } else { 'A' }, &whole[middle + 1..]);
        for odd in [touched, format!("{}{other}", &whole[..whole.len() - 1]), format!("{whole}="), String::new(), "é".into(), "A".repeat(400)] {
            let seen = browser.post("/sign-in/code", &[("half_way", &odd), ("sign_in_code", &code)]).await;
            is_refused(&seen, "does not count any more");
        }
        let proposal = { kim.post("/step-up", &[("sign_in_code", &code)]).await; hidden(&kim.get("/me/second-factor/set-up").await, "proposal") };
        assert!(!proposal.is_empty());
        is_refused(&browser.post("/sign-in/code", &[("half_way", &proposal)]).await, "does not count any more");
    }

    async fn guessing_codes_has_to_wait_and_a_right_password_changes_nothing(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        let wrong = |it: &str| if it == "000000" { "111111" } else { "000000" };
        for _ in 0..6 {
            let (mut browser, page) = half_way(&stage, SAM).await;
            let code = app.code(stage.clock.now());
            is_refused(&type_code(&mut browser, &page, "sign_in_code", wrong(&code)).await, "match");
        }
        let (mut browser, page) = half_way(&stage, SAM).await;
        let code = app.code(stage.clock.now());
        is_refused(&type_code(&mut browser, &page, "sign_in_code", &code).await, "Wait 30 seconds");
        is_refused(&type_code(&mut browser, &page, "recovery_code", "abcd").await, "Wait 30 seconds");
        stage.clock.wait(TimeDelta::seconds(30));
        let code = app.code(stage.clock.now());
        assert_eq!(type_code(&mut browser, &page, "sign_in_code", &code).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_recovery_code_signs_in_once_and_a_letter_says_so(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (_, codes) = set_up(&stage, &mut sam).await;
        let (mut browser, page) = half_way(&stage, SAM).await;
        let typed = codes[3].to_uppercase().replace('-', " ");
        let seen = type_code(&mut browser, &page, "recovery_code", &typed).await;
        assert_eq!(seen.header(header::LOCATION), "/today", "{}", seen.body);
        let letter = stage.letters().await.remove(0);
        assert!(letter.to == SAM && letter.text.contains("You have 9 left"), "{}", letter.text);
        assert!(browser.get("/me/second-factor").await.body.contains("9 recovery codes left"));
        let (mut browser, page) = half_way(&stage, SAM).await;
        is_refused(&type_code(&mut browser, &page, "recovery_code", &codes[3]).await, "That recovery code has been used");
        is_refused(&type_code(&mut browser, &page, "recovery_code", "k7qm-2fvx-9d3a-bcde").await, "none of your recovery codes");
    }

    async fn recovery_codes_run_out(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (_, codes) = set_up(&stage, &mut sam).await;
        for code in &codes {
            let (mut browser, page) = half_way(&stage, SAM).await;
            assert_eq!(type_code(&mut browser, &page, "recovery_code", code).await.status, StatusCode::SEE_OTHER);
        }
        assert!(stage.letters().await.pop().unwrap().text.contains("It was your last one"));
        assert!(sam.get("/me/second-factor").await.body.contains("You have no recovery code left"));
        let (mut browser, page) = half_way(&stage, SAM).await;
        is_refused(&type_code(&mut browser, &page, "recovery_code", &codes[9]).await, "has been used");
    }

    async fn whoever_sees_other_peoples_data_sets_it_up_before_anything_opens(stage: Stage) {
        stage.registered(SAM).await;
        make_coordinator(&stage, SAM).await;
        let (mut browser, page) = half_way(&stage, SAM).await;
        assert!(page.body.contains("<h1>Set up a second step") && page.body.contains("<svg class=\"square\""));
        let app = App::told(&page.body);
        let [half, proposal] = ["half_way", "proposal"].map(|it| hidden(&page, it));
        let form = |code: &'static str| [("half_way", half.clone()), ("proposal", proposal.clone()), ("sign_in_code", code.into()), ("next", "/courses".into())];
        let again = browser.post("/sign-in/set-up", &form("12 34").each_ref().map(|it| (it.0, it.1.as_str()))).await;
        is_refused(&again, "match");
        assert_eq!(App::told(&again.body).code(stage.clock.now()), app.code(stage.clock.now()), "the same key");
        stage.clock.wait(TimeDelta::minutes(15));
        let mut right = form("");
        right[2].1 = app.code(stage.clock.now());
        let right = right.each_ref().map(|it| (it.0, it.1.as_str()));
        let done = browser.post("/sign-in/set-up", &right).await;
        assert_eq!(shown_codes(&done).len(), 10, "{}", done.body);
        assert!(done.body.contains("href=\"/courses\""));
        assert_eq!(browser.get("/today").await.status, StatusCode::OK);
        assert!(stage.letters().await.remove(0).text.contains("ten recovery codes"));
        is_refused(&stage.browser().post("/sign-in/set-up", &right).await, "does not count any more");
        assert!(half_way(&stage, SAM).await.1.body.contains("<h1>Type your code"));
    }

    async fn of_two_tabs_that_set_it_up_the_first_counts(stage: Stage) {
        stage.registered(SAM).await;
        make_coordinator(&stage, SAM).await;
        let tabs = [half_way(&stage, SAM).await, half_way(&stage, SAM).await];
        let mut seen = Vec::new();
        for (mut browser, page) in tabs {
            let code = App::told(&page.body).code(stage.clock.now());
            let fields = ["half_way", "proposal"].map(|it| hidden(&page, it));
            let form = [("half_way", fields[0].as_str()), ("proposal", &fields[1]), ("sign_in_code", &code)];
            seen.push(browser.post("/sign-in/set-up", &form).await);
        }
        assert_eq!(shown_codes(&seen[0]).len(), 10);
        is_refused(&seen[1], "does not count any more");
    }

    async fn an_organisation_may_switch_it_off(stage: Stage) {
        stage.registered(SAM).await;
        make_coordinator(&stage, SAM).await;
        stage.site.db().execute("UPDATE organisation SET second_factor = FALSE").await.unwrap();
        let seen = stage.browser().post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        assert_eq!(seen.header(header::LOCATION), "/today");
    }

    async fn what_was_typed_rides_past_the_code(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        stage.clock.wait(TimeDelta::days(31));
        let lapsed = sam.post("/courses/how-this-place-works/enrol", &[("note", "half a sentence")]).await;
        let [path, body, seal] = ["riding_path", "riding_body", "riding_seal"].map(|it| hidden(&lapsed, it));
        let mut form = vec![("email", SAM), ("password", PASSWORD), ("shared", "yes")];
        form.extend([("riding_path", path.as_str()), ("riding_body", &body), ("riding_seal", &seal)]);
        let page = sam.post("/sign-in", &form).await;
        let code = app.code(stage.clock.now());
        let fields = ["half_way", "shared", "riding_path", "riding_body", "riding_seal"].map(|it| (it, hidden(&page, it)));
        let mut form: Vec<_> = fields.iter().map(|it| (it.0, it.1.as_str())).collect();
        form.push(("sign_in_code", &code));
        let back = sam.post("/sign-in/code", &form).await;
        assert!(back.body.contains("half a sentence") && back.status == StatusCode::OK, "{}", back.body);
        let cookies: Vec<_> = back.headers.get_all(header::SET_COOKIE).iter().collect();
        assert!(cookies.iter().all(|it| !it.to_str().unwrap().contains("Max-Age")), "still a shared computer");
    }

    async fn the_demo_shows_the_code_and_nothing_else_does(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let (app, _) = set_up(&stage, &mut sam).await;
        assert!(!half_way(&stage, SAM).await.1.body.contains("This is the demo"));
        let demo = stage.beside_as_demo().await;
        let (mut browser, page) = half_way(&demo, SAM).await;
        let code = app.code(stage.clock.now());
        assert!(page.body.contains(&format!("The code now is <b class=\"code\">{code}")), "{}", page.body);
        assert_eq!(type_code(&mut browser, &page, "sign_in_code", &code).await.status, StatusCode::SEE_OTHER);
        let page = browser.get("/step-up").await;
        let next = app.code(stage.clock.now() + TimeDelta::seconds(30));
        assert!(page.body.contains(&next), "the next one, because that one has been used");
    }

    async fn the_key_is_in_the_database_for_the_nodes_only(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        sam.post("/step-up", &[("password", PASSWORD)]).await;
        let page = sam.get("/me/second-factor/set-up").await;
        let (app, now) = (App::told(&page.body), stage.clock.now());
        sam.post("/me/second-factor/set-up", &[("proposal", &hidden(&page, "proposal")), ("sign_in_code", &app.code(now))]).await;
        let email = domain::sign_in::EmailAddress::parse(SAM).unwrap();
        let person = store::sign_in::credentials(stage.site.db(), &email).await.unwrap().unwrap().person;
        let kept = store::second_factor::totp(stage.site.db(), person).await.unwrap().unwrap().sealed_secret;
        assert!(!kept.windows(20).any(|it| it == app.key()), "sealed");
    }
}
