//! Asking for a debrief: it stands in somebody's list until one of the two says what became of it.

use axum::http::{StatusCode, header};

use crate::me::{link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, on_both};
use crate::supervision::{Cast, MET, cast, record};

/// Asks somebody of that name for a debrief.
async fn ask(browser: &mut Browser<'_>, name: &str, soon: &str) -> Seen {
    let page = browser.get("/supervision/debrief").await;
    let (id, of) = (hidden(&page, "id"), option(&page, name));
    browser.post("/supervision/debrief", &[("id", &*id), ("of", &*of), ("soon", soon)]).await
}

on_both! {
    async fn a_debrief_that_somebody_asks_for_stands_in_both_lists_until_it_is_answered(stage: Stage) {
        let Cast { mut sam, mut pat, mut max, .. } = cast(&stage).await;
        stage.letters().await;
        let vague = ask(&mut sam, "Pat", "").await;
        assert!(vague.status == StatusCode::UNPROCESSABLE_ENTITY && vague.body.contains("Choose how soon."), "{}", vague.body);
        for _ in 0..2 {
            // A second time it waits already.
            assert_eq!(ask(&mut sam, "Pat", "today").await.header(header::LOCATION), "/supervision?done=asked");
        }
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].to == "pat@demo.example" && letters[0].link() == "/supervision", "{letters:?}");
        let mine = sam.get("/supervision").await;
        assert!(mine.body.contains("You asked for a debrief with <bdi>Pat</bdi>") && mine.body.contains("I need it no more"), "{}", mine.body);
        let theirs = pat.get("/supervision").await;
        assert!(theirs.body.contains("Asks you for a debrief: <bdi>Sam</bdi>") && theirs.body.contains("We have found a time"), "{}", theirs.body);
        assert!(!max.get("/supervision").await.body.contains("debrief with"), "nobody else sees it");
        let at = link_of_form(&theirs);
        for (mut who, became) in [(max.tab(), "talked"), (pat.tab(), "not_needed"), (pat.tab(), "x")] {
            who.post(&at, &[("became", became)]).await;
            assert!(sam.get("/supervision").await.body.contains("You asked for a debrief"), "{became}");
        }
        for _ in 0..2 {
            // A second tap.
            assert!(pat.post(&at, &[("became", "arranged")]).await.status.is_redirection());
        }
        assert!(!sam.get("/supervision").await.body.contains("You asked for a debrief"));
        assert!(pat.get("/me/log").await.body.contains("Asked you for a debrief"));
        let refused = stage.site.db().execute("UPDATE debrief SET soon = 'this_week'").await.unwrap_err().to_string();
        assert!(refused.contains("debrief_is_answered_once"), "{refused}");
        for (values, guard) in [
            ("'today', 1, NULL, person_id, NULL", "debrief_answered_whole"),
            ("'today', 1, 'talked', (SELECT id FROM person WHERE known_as = 'Max'), 1", "debrief_answered_by_one_of_the_two"),
        ] {
            let statement = format!("INSERT INTO debrief SELECT organisation_id, organisation_id, person_id, of_id, {values} FROM debrief");
            let refused = stage.site.db().execute(&statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn only_whoever_may_talk_about_what_came_up_is_asked_and_writing_it_down_answers(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let page = sam.get("/supervision/debrief").await;
        let (id, of) = (hidden(&page, "id"), option(&page, "Pat"));
        let stranger = format!("{}.{}", of.split('.').next().unwrap(), path.rsplit('/').next().unwrap());
        for of in ["", "x", &stranger, "00000000-0000-7000-8000-000000000009.00000000-0000-7000-8000-000000000009"] {
            let refused = sam.post("/supervision/debrief", &[("id", &*id), ("of", of), ("soon", "today")]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{of}");
        }
        assert!(pat.get("/supervision/debrief").await.body.contains("Nobody is named yet"));
        assert!(ask(&mut sam, "Pat", "this_week").await.status.is_redirection());
        let came_up = link(&pat.get("/supervision/new").await, "/supervision/came-up/");
        let done = record(&mut pat, &came_up, &with(&MET, "day_day", "21")).await;
        assert!(done.status.is_redirection(), "{}", done.body);
        for who in [&mut sam, &mut pat] {
            assert!(!who.get("/supervision").await.body.contains("Debriefs that somebody asked for"));
        }
        // Whoever asked may ask again, and take it back.
        assert!(ask(&mut sam, "Pat", "when_it_suits").await.status.is_redirection());
        let at = link_of_form(&sam.get("/supervision").await);
        assert!(sam.post(&at, &[("became", "not_needed")]).await.status.is_redirection());
        assert!(!pat.get("/supervision").await.body.contains("Asks you for a debrief"));
    }
}

fn link_of_form(page: &Seen) -> String {
    let at = page.body.split("action=\"").find(|it| it.starts_with("/supervision/debrief/")).unwrap();
    at.split_once('"').unwrap().0.to_owned()
}
