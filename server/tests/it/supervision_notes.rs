//! What is written about sessions: for oneself alone, or shared with whoever was there.

use app::Clock;
use axum::http::{StatusCode, header};
use server::backup;

use crate::kills::rows::Rows;
use crate::me::link;
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::supervision::{Cast, MET, begin, cast, record};

/// Sam and Pat, who met: where the session is, and where each writes for themself.
async fn met<'a>(stage: &'a Stage) -> (Cast<'a>, String, String) {
    let mut cast = cast(stage).await;
    let pair = begin(&mut cast.pat, &cast.begin).await;
    let form = [&MET[..], &[("themes", "Canary of themes")]].concat();
    assert!(record(&mut cast.sam, &format!("{pair}/record"), &form).await.status.is_redirection());
    let session = link(&cast.sam.get(&pair).await, &format!("{pair}/sessions/"));
    let note = format!("/supervision/notes/{}", session.rsplit('/').next().unwrap());
    (cast, session, note)
}

/// Writes into the form of a page as it is opened.
async fn write(browser: &mut Browser<'_>, path: &str, text: &str, more: &[(&str, &str)]) -> Seen {
    let page = browser.get(path).await;
    let revision = hidden(&page, "revision");
    let number = if path.ends_with("/share") { hidden(&page, "number") } else { String::new() };
    let form = [&[("text", text), ("revision", &*revision), ("number", &*number)][..], more].concat();
    browser.post(path, &form).await
}

const SHARE: [(&str, &str); 1] = [("share", "yes")];

on_both! {
    async fn what_somebody_writes_for_themself_is_opened_by_nobody_else(stage: Stage) {
        let (Cast { mut sam, mut pat, mut max, mut admin, .. }, session, note) = met(&stage).await;
        let done = write(&mut sam, &note, "Canary of Sam", &[]).await;
        assert_eq!(done.header(header::LOCATION), format!("{note}?done=kept&prompt=blank"), "{}", done.body);
        write(&mut pat, &note, "Canary of Pat", &[]).await;
        let (mine, theirs) = (sam.get(&note).await, pat.get(&note).await);
        assert!(mine.body.contains("Canary of Sam") && !mine.body.contains("Canary of Pat"), "{}", mine.body);
        assert!(theirs.body.contains("Canary of Pat") && !theirs.body.contains("Canary of Sam"), "{}", theirs.body);
        assert!(mine.body.contains("belongs in what you share, which they may see"), "{}", mine.body);
        for who in [&mut max, &mut admin] {
            assert_eq!(who.get(&note).await.status, StatusCode::NOT_FOUND);
            assert_eq!(who.get(&session).await.status, StatusCode::NOT_FOUND);
        }
        assert!(sam.get("/supervision/notes").await.body.contains(&note));
        assert!(!max.get("/supervision/notes").await.body.contains(&note));
        let asks = sam.get(&format!("{note}?prompt=driscoll")).await;
        assert!(asks.body.contains("So what does it mean to you?"), "{}", asks.body);
    }

    async fn words_of_two_tabs_are_never_overwritten_unseen(stage: Stage) {
        let (Cast { mut sam, .. }, session, note) = met(&stage).await;
        for path in [note, format!("{session}/share")] {
            let (mut one, mut two) = (sam.tab(), sam.tab());
            let revision = hidden(&one.get(&path).await, "revision");
            let form = |text| [("text", text), ("revision", &*revision)];
            assert!(one.post(&path, &form("From the first tab")).await.status.is_redirection());
            let newer = two.post(&path, &form("From the second tab")).await;
            assert_eq!(newer.status, StatusCode::CONFLICT);
            for words in ["From the first tab", "From the second tab"] {
                assert!(newer.body.contains(words), "{words}: {}", newer.body);
            }
            let again = [("text", "From the second tab"), ("revision", &*hidden(&newer, "revision"))];
            assert!(two.post(&path, &again).await.status.is_redirection());
            let long = "x".repeat(20_001);
            let refused = write(&mut sam, &path, &long, &[]).await;
            assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(&long), "{path}");
            assert!(write(&mut sam, &path, "", &[]).await.status.is_redirection());
            assert!(!sam.get(&path).await.body.contains("From the second tab"), "taken back");
        }
    }

    async fn what_is_shared_is_read_by_the_other_who_is_seen_to_open_it(stage: Stage) {
        let (Cast { mut sam, mut pat, .. }, session, _) = met(&stage).await;
        let share = format!("{session}/share");
        write(&mut sam, &share, "I would like more time.", &[]).await;
        assert!(!pat.get(&session).await.body.contains("more time"), "a draft");
        assert!(sam.get(&share).await.body.contains("I would like more time."), "which is there again");
        stage.letters().await;
        let done = write(&mut sam, &share, "I would like more time.", &SHARE).await;
        assert_eq!(done.header(header::LOCATION), format!("{session}?done=shared"), "{}", done.body);
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].to == "pat@demo.example" && letters[0].link() == session, "{letters:?}");
        assert!(!letters[0].text.contains("more time"));
        assert!(sam.get(&session).await.body.contains("Nobody yet."));
        let page = pat.get(&session).await;
        assert!(page.body.contains("I would like more time.") && page.body.contains("Canary of themes"), "{}", page.body);
        pat.get(&session).await;
        let mine = sam.get(&session).await;
        assert!(mine.body.contains("Who opened what I share"), "{}", mine.body);
        assert_eq!(mine.body.matches("<li><bdi>Pat</bdi>, 21 November 2026").count(), 1, "{}", mine.body);
        assert!(!page.body.contains("Who opened what I share"), "{}", page.body);
        write(&mut sam, &share, "I would like more time in spring.", &SHARE).await;
        let page = pat.get(&session).await;
        assert!(page.body.contains("in spring.") && page.body.contains("version 2") && page.body.contains("Before"), "{}", page.body);
        write(&mut sam, &share, "", &SHARE).await;
        assert!(pat.get(&session).await.body.contains("Taken back."));
        for (statement, guard) in [
            ("UPDATE supervision_shared SET text = 'Other'", "supervision_shared_never_changes"),
            ("DELETE FROM supervision_shared", "supervision_shared_never"),
            ("UPDATE supervision_opened SET at = 1", "supervision_opened_never_changes"),
            (
                "INSERT INTO supervision_shared (session_id, author_id, number, text, at) SELECT id, (SELECT id FROM person WHERE known_as = 'Max'), 1, 'Mine', 1 FROM supervision_session",
                "supervision_shared_by_somebody_there",
            ),
            (
                "INSERT INTO supervision_shared (session_id, author_id, number, text, at) SELECT session_id, author_id, 9, 'Mine', 1 FROM supervision_shared",
                "supervision_shared_follows_the_last",
            ),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn what_looks_like_somebody_is_asked_about_before_it_is_shared(stage: Stage) {
        let (Cast { mut sam, mut pat, .. }, session, _) = met(&stage).await;
        let share = format!("{session}/share");
        let named = "They were born on 3 April 1985.";
        let asked = write(&mut sam, &share, named, &SHARE).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.body.contains("a date of birth") && asked.body.contains(named), "{}", asked.body);
        assert!(!pat.get(&session).await.body.contains("1985"));
        let looked = [SHARE[0], ("looked", "yes")];
        assert!(write(&mut sam, &share, named, &looked).await.status.is_redirection());
        assert!(pat.get(&session).await.body.contains("1985"));
        let empty = write(&mut pat, &share, " ", &SHARE).await;
        assert!(empty.body.contains("Write what you would like to share."), "{}", empty.body);
    }

    async fn canaries_stand_in_their_own_tables_and_in_no_letter(stage: Stage) {
        let (Cast { mut sam, mut pat, .. }, session, note) = met(&stage).await;
        stage.letters().await;
        write(&mut sam, &note, "Canary for Sam alone", &[]).await;
        write(&mut sam, &format!("{session}/share"), "Canary for both", &SHARE).await;
        write(&mut pat, &format!("{session}/share"), "Canary of a draft", &[]).await;
        pat.get(&session).await;
        assert!(stage.letters().await.iter().all(|it| !it.text.contains("Canary")));
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("all.backup");
        backup::backup(stage.site.db(), None, (&file, None), stage.clock.now()).await.unwrap();
        let rows = Rows::read(&file);
        for (canary, tables) in [
            ("Canary for Sam alone", &["supervision_note"][..]),
            ("Canary for both", &["supervision_shared"]),
            ("Canary of a draft", &["supervision_note"]),
            ("Canary of themes", &["supervision_theme"]),
        ] {
            assert_eq!(rows.tables_with(canary), tables, "{canary}");
        }
    }
}
