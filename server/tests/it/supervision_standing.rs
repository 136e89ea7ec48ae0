//! Whether a session is written down as it was: each says it for themself, of one or of several at once.

use axum::http::{StatusCode, header};

use crate::me::{link, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::supervision::{Cast, MET, begin, cast, record};

/// Sam and Pat, who met; Pat wrote it down. Where the pair and the session are.
async fn met<'a>(stage: &'a Stage) -> (Cast<'a>, String, String) {
    let mut cast = cast(stage).await;
    let pair = begin(&mut cast.pat, &cast.begin).await;
    assert!(record(&mut cast.pat, &format!("{pair}/record"), &MET).await.status.is_redirection());
    let session = link(&cast.sam.get(&pair).await, &format!("{pair}/sessions/"));
    (cast, pair, session)
}

/// Says something of the record that the page shows.
async fn say(browser: &mut Browser<'_>, session: &str, stand: &str, comment: &str) -> Seen {
    let number = hidden(&browser.get(session).await, "number");
    let form = [("stand", stand), ("comment", comment), ("number", &*number)];
    browser.post(&format!("{session}/stand"), &form).await
}

/// Changes how long it was.
pub(crate) async fn change(browser: &mut Browser<'_>, session: &str, minutes: &str, number: &str) -> Seen {
    let form = [&with(&MET, "minutes", minutes)[..], &[("number", number)]].concat();
    browser.post(&format!("{session}/change"), &form).await
}

on_both! {
    async fn whoever_did_not_write_it_says_once_whether_it_was_so(stage: Stage) {
        let (Cast { mut sam, mut pat, .. }, _, session) = met(&stage).await;
        assert!(!pat.get(&session).await.body.contains("Is it written down as it was?"), "they wrote it");
        let page = sam.get(&session).await;
        assert!(page.body.contains("It counts once all have agreed, and from 5 December 2026 on anyhow."), "{}", page.body);
        let (empty, number) = (say(&mut sam, &session, "", "Hm").await, hidden(&page, "number"));
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("Choose whether it was so."), "{}", empty.body);
        assert!(empty.body.contains("Hm</textarea>"), "{}", empty.body);
        for _ in 0..2 {
            // A second tap.
            let form = [("stand", "agreed"), ("comment", "Thank you"), ("number", &*number)];
            assert!(sam.post(&format!("{session}/stand"), &form).await.status.is_redirection());
        }
        let page = pat.get(&session).await;
        for words in ["Agreed, with a comment, 21 November 2026", "Thank you"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(!page.body.contains("It counts once"), "{}", page.body);
        for (statement, guard) in [
            ("UPDATE supervision_stand SET comment = 'Other'", "supervision_stand_never_changes"),
            ("DELETE FROM supervision_stand", "supervision_stand_never"),
            (
                "INSERT INTO supervision_stand (session_id, number, person_id, stand, comment, at) SELECT session_id, number, by_id, 'agreed', '', 1 FROM supervision_fact",
                "supervision_stand_by_somebody_else",
            ),
            (
                "INSERT INTO supervision_stand (session_id, number, person_id, stand, comment, at) SELECT session_id, number, (SELECT id FROM person WHERE known_as = 'Max'), 'agreed', '', 1 FROM supervision_fact",
                "supervision_stand_by_somebody_there",
            ),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn whoever_does_not_agree_says_how_it_was_and_a_change_is_asked_about_anew(stage: Stage) {
        let (Cast { mut sam, mut pat, .. }, pair, session) = met(&stage).await;
        stage.letters().await;
        let silent = say(&mut sam, &session, "disagreed", " ").await;
        assert!(silent.body.contains("Write in a few words how it was"), "{}", silent.body);
        let named = say(&mut sam, &session, "disagreed", "Ring 01234 567890").await;
        assert!(named.body.contains("a phone number") && named.body.contains("I have looked again"), "{}", named.body);
        assert!(say(&mut sam, &session, "disagreed", "It was half an hour.").await.status.is_redirection());
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].to == "pat@demo.example" && letters[0].link() == session, "{letters:?}");
        let page = pat.get(&session).await;
        assert!(page.body.contains("Did not agree") && page.body.contains("It was half an hour."), "{}", page.body);
        let form = pat.get(&format!("{session}/change")).await;
        for words in ["value=\"16:30\"", "value=\"50\"", "value=\"By phone\""] {
            assert!(form.body.contains(words), "{words}: {}", form.body);
        }
        let done = change(&mut pat, &session, "30", &hidden(&form, "number")).await;
        assert_eq!(done.header(header::LOCATION), format!("{session}?done=changed"), "{}", done.body);
        let newer = change(&mut sam, &session, "20", "1").await;
        assert_eq!(newer.status, StatusCode::CONFLICT);
        assert!(newer.body.contains("30 minutes") && newer.body.contains("value=\"20\""), "{}", newer.body);
        let page = sam.get(&session).await;
        assert!(page.body.contains("version 2") && page.body.contains("Is it written down as it was?"), "{}", page.body);
        let old = [("stand", "agreed"), ("comment", ""), ("number", "1")];
        let old = sam.post(&format!("{session}/stand"), &old).await;
        assert!(old.status == StatusCode::CONFLICT && old.body.contains("It was changed meanwhile."), "{}", old.body);
        assert!(say(&mut sam, &session, "agreed", "").await.status.is_redirection());
        let moved = with(&with(&MET, "day_day", "19"), "minutes", "30");
        let moved = pat.post(&format!("{session}/change"), &[&moved[..], &[("number", "2")]].concat()).await;
        assert!(moved.status.is_redirection(), "{}", moved.body);
        let page = sam.get(&pair).await;
        assert!(page.body.contains("19 November 2026 at 4.30 pm") && !page.body.contains("20 November 2026 at"), "{}", page.body);
        assert!(sam.get("/supervision").await.body.contains("Once, 30 minutes, in the last 12 months."));
    }

    async fn several_are_agreed_to_at_once_as_they_were_shown(stage: Stage) {
        let (Cast { mut sam, mut pat, mut max, .. }, pair, session) = met(&stage).await;
        for (day, minutes) in [("18", "40"), ("19", "45")] {
            let met = with(&with(&MET, "day_day", day), "minutes", minutes);
            assert!(record(&mut pat, &format!("{pair}/record"), &met).await.status.is_redirection());
        }
        assert!(sam.get("/supervision").await.body.contains("Say whether 3 sessions are written down as they were"));
        let page = sam.get("/supervision/waiting").await;
        let records = page.body.split("name=\"record\" value=\"").skip(1).filter_map(|it| it.split_once('"'));
        let records: Vec<_> = records.map(|it| ("record", it.0)).collect();
        assert_eq!(records.len(), 3, "{}", page.body);
        assert!(change(&mut pat, &session, "55", "1").await.status.is_redirection());
        for mut who in [pat.tab(), max.tab()] {
            assert!(who.post("/supervision/waiting", &records).await.status.is_redirection());
        }
        let done = sam.post("/supervision/waiting", &records).await;
        assert_eq!(done.header(header::LOCATION), "/supervision/waiting?done=some");
        let about = pat.get("/me/log").await.body.matches("Said whether a supervision session is written down").count();
        assert_eq!(about, 2, "whoever it is about sees it, of one as of several");
        let left = sam.get("/supervision/waiting").await;
        assert!(left.body.contains("55 minutes") && !left.body.contains("45 minutes"), "{}", left.body);
        assert!(!max.get("/supervision/waiting").await.body.contains("minutes"));
        let nothing = sam.post("/supervision/waiting", &[]).await;
        assert_eq!(nothing.header(header::LOCATION), "/supervision/waiting?done=none");
        // What the supervisee writes down waits for whoever supervises.
        let met = with(&MET, "day_day", "17");
        assert!(record(&mut sam, &format!("{pair}/record"), &met).await.status.is_redirection());
        assert!(pat.get("/supervision").await.body.contains("Say whether one session is written down as it was"));
        assert!(!sam.get("/supervision/waiting").await.body.contains("17 November"));
    }
}
