//! What people see and change of their own.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::inviting::{FORM, action};
use crate::stage::{Browser, PASSWORD, Seen, Stage, on_both};

const SAM: &str = "sam@demo.example";
const NEW: &str = "sam@new.example";

const ABOUT: [(&str, &str); 5] = [
    ("known_as", "Sam & Co"),
    ("pronouns", "they"),
    ("way", "text"),
    ("phone", "07700 900123"),
    ("note", "not before ten"),
];

const AWAY: [(&str, &str); 6] = [
    ("away_from_day", "1"),
    ("away_from_month", "12"),
    ("away_from_year", "2026"),
    ("away_to_day", "5"),
    ("away_to_month", "12"),
    ("away_to_year", "2026"),
];

pub(crate) const ODD: [&str; 9] =
    ["🦋", "\u{202e}abc", "محمد", "a\nb", "<script>", "%00", "' OR 1=1 --", "-1", "\0"];

/// A form with one field typed otherwise.
pub(crate) fn with<'a>(form: &[(&'a str, &'a str)], name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|it| if it.0 == name { (it.0, value) } else { *it }).collect()
}

/// Invites and joins somebody, as this.
pub(crate) async fn joined<'a>(
    stage: &'a Stage,
    admin: &mut Browser<'_>,
    (email, name, kind): (&str, &str, &str),
) -> Browser<'a> {
    let form = [("email", email), ("kind", kind), ("basis", "none"), FORM[4], FORM[5], FORM[6]];
    let link = stage.invited(admin, &form).await;
    stage.joined(&link, email, name).await
}

/// The first link of a page that begins so.
pub(crate) fn link(page: &Seen, start: &str) -> String {
    let links = page.body.split("href=\"").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0);
    links.filter(|it| it.starts_with(start)).map(ToOwned::to_owned).next().unwrap()
}

/// The value of the option that people read so.
pub(crate) fn option(page: &Seen, text: &str) -> String {
    let options = page.body.split("<option value=\"").skip(1).filter_map(|it| it.split_once('"'));
    let is_it = |it: &(&str, &str)| it.1.split_once('>').is_some_and(|it| it.1.starts_with(text));
    options.filter(is_it).map(|it| it.0.to_owned()).next().unwrap()
}

on_both! {
    async fn me_says_what_i_am_in_words(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let page = sam.get("/me").await;
        assert!(page.body.contains("Learner with Our college since 21 November 2026"), "{}", page.body);
        assert!(page.body.contains(SAM) && page.body.contains("/me/sign-ins"));
        assert!(!page.body.contains("/organisation/"), "a learner looks after no organisation");
        assert!(sam.get("/today").await.body.contains("href=\"/me\""), "and the masthead leads there");
        let mut alex = stage.administrator().await;
        assert!(alex.get("/me").await.body.contains(&format!("href=\"{}/people\"", stage.organisation())));
        assert_eq!(stage.get("/me").await.status, StatusCode::SEE_OTHER);
    }

    async fn i_say_what_i_am_called_and_how_to_reach_me(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        assert!(sam.get("/me/about").await.body.contains("value=\"Sam\""));
        for _ in 0..2 {
            assert_eq!(sam.post("/me/about", &ABOUT).await.header(header::LOCATION), "/me?done=about");
        }
        let page = sam.get("/me?done=about").await;
        for words in ["Sam &amp; Co", "they", "Send me a text", "07700 900123", "not before ten", "is kept"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(sam.get("/me/about").await.body.contains("value=\"not before ten\""));
    }

    async fn what_i_typed_about_me_comes_back_and_nothing_is_half_kept(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let seen = sam.post("/me/about", &with(&ABOUT, "phone", "\"><b>")).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.title().starts_with("Error: ") && seen.body.contains("&quot;&gt;&lt;b&gt;"));
        assert!(seen.body.contains("value=\"Sam &amp; Co\"") && seen.body.contains("value=\"not before ten\""));
        assert!(!sam.get("/me").await.body.contains("Sam &amp; Co"));
        let long = "é".repeat(5_000);
        for (field, _) in ABOUT {
            for odd in ODD.into_iter().chain(["", long.as_str()]) {
                let seen = sam.post("/me/about", &with(&ABOUT, field, odd)).await;
                let fine = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::SEE_OTHER];
                assert!(fine.contains(&seen.status), "{field}={odd:?}: {}", seen.status);
                assert!(!seen.body.contains("<script"), "{field}={odd:?}");
            }
            assert_eq!(sam.post("/me/about", &with(&ABOUT, field, &long)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(sam.post("/me/about", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let twice = [ABOUT.as_slice(), &[("known_as", "")]].concat();
        assert_eq!(sam.post("/me/about", &twice).await.status, StatusCode::SEE_OTHER);
    }

    async fn i_am_away_and_nobody_asks_why(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let path = link(&sam.get("/me").await, "/me/away/");
        assert!(sam.get(&path).await.body.contains("Nobody is asked why"));
        assert_eq!(sam.post(&path, &AWAY).await.header(header::LOCATION), "/me?done=away");
        assert!(sam.get("/me").await.body.contains("Away from 1 December 2026 to 5 December 2026"));
        assert!(sam.get(&path).await.body.contains("value=\"12\""));
        let seen = sam.post(&path, &with(&AWAY, "away_to_month", "11")).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("not before the first day") && seen.body.contains("value=\"11\""));
        for (field, _) in AWAY {
            for odd in ODD {
                let seen = sam.post(&path, &with(&AWAY, field, odd)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={odd:?}");
            }
        }
        let mut kim = stage.learner("kim@demo.example").await;
        assert_eq!(kim.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(kim.post(&path, &AWAY).await.status, StatusCode::NOT_FOUND);
        assert_eq!(kim.post(&path, &[("away_from_day", "x")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(sam.get("/me/away/x").await.status, StatusCode::NOT_FOUND);
        assert_eq!(sam.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!sam.get("/me").await.body.contains("Away from"));
    }

    async fn my_address_changes_once_the_new_one_has_said_yes(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let form = [("email", NEW), ("password", PASSWORD)];
        assert_eq!(sam.post("/me/address", &form).await.header(header::LOCATION), "/me/address/sent");
        let letters = stage.letters().await;
        assert_eq!(letters.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), [NEW, SAM]);
        let path = letters[0].link();
        assert!(sam.get(&path).await.body.contains("This address is mine"));
        assert!(sam.get("/me").await.body.contains(SAM), "opening changes nothing");
        assert_eq!(sam.post(&path, &[]).await.header(header::LOCATION), "/me?done=address");
        assert_eq!(sam.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
        assert!(sam.get("/me").await.body.contains(NEW));
        let old = stage.browser().post("/sign-in", &[("email", SAM), ("password", PASSWORD)]).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(stage.browser().post("/sign-in", &form).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_changed_address_says_nothing_about_who_else_is_here(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        stage.registered(NEW).await;
        let form = [("email", NEW), ("password", PASSWORD)];
        assert_eq!(sam.post("/me/address", &form).await.header(header::LOCATION), "/me/address/sent");
        assert!(stage.letters().await[0].text.contains("There is an account with this address already"));
        let free = [("email", "free@new.example"), ("password", PASSWORD)];
        sam.post("/me/address", &free).await;
        let path = stage.letters().await[0].link();
        stage.registered("free@new.example").await;
        let seen = sam.post(&path, &[]).await;
        assert!(seen.status == StatusCode::NOT_FOUND && seen.body.contains("in the meantime"));
    }

    async fn nobody_takes_an_account_along_without_its_password(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        let seen = sam.post("/me/address", &[("email", NEW), ("password", "not that one")]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains(&format!("value=\"{NEW}\"")) && seen.body.contains("href=\"#password\""));
        for odd in ODD {
            let seen = sam.post("/me/address", &[("email", odd), ("password", PASSWORD)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
        }
        assert_eq!(sam.post("/me/address", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stage.letters().await.is_empty());
        // A new password stops a change that is under way.
        sam.post("/me/address", &[("email", NEW), ("password", PASSWORD)]).await;
        let path = stage.letters().await[0].link();
        stage.browser().post("/forgotten", &[("email", SAM)]).await;
        let reset = stage.letters().await[0].link();
        stage.browser().post(&reset, &[("password", "another walk uphill")]).await;
        assert_eq!(stage.browser().post(&path, &[]).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_link_to_a_new_address_works_for_a_day(stage: Stage) {
        let mut sam = stage.learner(SAM).await;
        sam.post("/me/address", &[("email", NEW), ("password", PASSWORD)]).await;
        let path = stage.letters().await[0].link();
        stage.clock.wait(TimeDelta::hours(24));
        assert_eq!(stage.browser().post(&path, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.get("/address/x").await.status, StatusCode::NOT_FOUND);
    }

    async fn i_name_whom_i_would_rather_not_be_put_with(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("jo@demo.example", "Jo", "supervisor")).await;
        let mut kim = joined(&stage, &mut admin, ("kim@demo.example", "Kim", "volunteer")).await;
        let page = kim.get("/me/not-with").await;
        assert!(!page.body.contains(">Alex<"), "an administrator is chosen for nothing");
        let jo = option(&page, "Jo");
        let form = [("other", jo.as_str()), ("purpose", "supervise"), ("purpose", "interview")];
        for _ in 0..2 {
            assert_eq!(kim.post("/me/not-with", &form).await.header(header::LOCATION), "/me/not-with?done=named");
        }
        let page = kim.get("/me/not-with").await;
        assert_eq!(page.body.matches("Take this off").count(), 2);
        let remove = action(&page, "/remove");
        for _ in 0..2 {
            let gone = kim.post(&remove, &[("other", &jo), ("purpose", "supervise")]).await;
            assert_eq!(gone.header(header::LOCATION), "/me/not-with?done=removed");
        }
        assert_eq!(kim.get("/me/not-with").await.body.matches("Take this off").count(), 1);
        for page in [admin.get(&format!("{}/people", stage.organisation())).await, admin.get("/me/not-with").await] {
            assert!(!page.body.contains("Take this off"), "nobody else reads the list");
        }
    }

    async fn the_list_takes_only_who_could_be_chosen(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("jo@demo.example", "Jo", "supervisor")).await;
        let mut kim = joined(&stage, &mut admin, ("kim@demo.example", "Kim", "volunteer")).await;
        let jo = option(&kim.get("/me/not-with").await, "Jo");
        let mut sam = stage.learner(SAM).await;
        let page = sam.get("/me/not-with").await;
        assert!(!page.body.contains("Jo") && page.body.contains("there is nobody to name"), "anybody may be a learner");
        assert_eq!(sam.post("/me/not-with", &[("other", &jo), ("purpose", "assess")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        for odd in ODD.into_iter().chain([""]) {
            let seen = kim.post("/me/not-with", &[("other", odd), ("purpose", "assess")]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
            let seen = kim.post("/me/not-with", &[("other", &jo), ("purpose", odd)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
            assert!(seen.body.contains("selected"), "who was chosen stays so");
            assert_eq!(kim.post("/me/not-with/remove", &[("other", odd), ("purpose", "assess")]).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(kim.post("/me/not-with", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!kim.get("/me/not-with").await.body.contains("Take this off"), "nothing is half kept");
    }
}
