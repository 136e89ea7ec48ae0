//! A course as a ZIP: saved, sent again, and whatever else somebody may send.

use axum::http::{Request, StatusCode, header};
use domain::course::Slug;
use store::content::{HEAVIEST_ZIP, unpack};

use crate::databases;
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, on_both};
use crate::writing::{COURSE, DRAFT, editors, keep, shipped, sign, typed};

/// Sends a ZIP in the place of a draft of which the page was opened before.
async fn send(editor: &mut Browser<'_>, page: &Seen, zip: &[u8]) -> Seen {
    send_over(editor, &hidden(page, "text"), zip).await
}

async fn send_over(editor: &mut Browser<'_>, text: &str, zip: &[u8]) -> Seen {
    let mut body = Vec::new();
    body.extend(b"--heron\r\nContent-Disposition: form-data; name=\"zip\"; filename=\"a.zip\"\r\n\r\n");
    body.extend(zip);
    body.extend(
        format!(
            "\r\n--heron\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--heron--\r\n"
        )
        .bytes(),
    );
    post(editor, "multipart/form-data; boundary=heron", body).await
}

async fn post(editor: &mut Browser<'_>, kind: &str, body: Vec<u8>) -> Seen {
    let request = Request::post(format!("{DRAFT}/upload")).header(header::CONTENT_TYPE, kind);
    editor.send_body(request, body.into()).await
}

on_both! {
    async fn what_is_saved_as_a_zip_and_sent_again_is_the_same_text(stage: Stage) {
        let [mut sam, _] = editors(&stage).await;
        let saved = sam.get(&format!("{DRAFT}/zip")).await;
        assert_eq!(saved.header(header::CONTENT_TYPE), "application/zip");
        assert_eq!(saved.header(header::CONTENT_DISPOSITION), format!("attachment; filename=\"{COURSE}.zip\""));
        assert_eq!(saved.header(header::CACHE_CONTROL), "no-store");
        let slug = || Slug::parse(COURSE).unwrap();
        let shipped = databases::shipped().courses.iter().find(|it| it.slug == slug()).unwrap().clone();
        assert_eq!(unpack(slug(), &saved.bytes).unwrap().hash(), shipped.hash());

        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        sign(&mut sam, DRAFT, "profession", &[]).await;
        let page = sam.get(&format!("{DRAFT}/upload")).await;
        let done = send(&mut sam, &page, &saved.bytes).await;
        assert_eq!(done.header(header::LOCATION), format!("{DRAFT}?done=replaced"), "{}", done.body);
        assert!(sam.get(DRAFT).await.body.contains("signed by profession"), "it is the same text");
        assert_eq!(sam.get(&format!("{DRAFT}/zip")).await.bytes, saved.bytes);
    }

    async fn a_zip_takes_the_place_of_a_draft_and_never_of_one_that_changed_unseen(stage: Stage) {
        const LESSON: &str = "/editing/how-this-place-works/lessons/what-is-kept";
        let [mut sam, mut kim] = editors(&stage).await;
        let saved = sam.get(&format!("{DRAFT}/zip")).await.bytes;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let page = sam.get(&format!("{DRAFT}/upload")).await;
        let lesson = kim.get(LESSON).await;
        keep(&mut kim, LESSON, &lesson, "from Kim").await;
        let refused = send(&mut sam, &page, &saved).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("Somebody changed the draft"), "{}", refused.body);
        assert!(typed(&kim.get(LESSON).await).contains("from Kim"));
        assert_eq!(send(&mut sam, &refused, &saved).await.status, StatusCode::SEE_OTHER, "now it has been seen");
        assert!(!typed(&kim.get(LESSON).await).contains("from Kim"));
        let late = keep(&mut kim, LESSON, &lesson, "from Kim again").await;
        assert_eq!(late.status, StatusCode::CONFLICT, "whoever has a lesson open hears of it");
    }

    async fn whatever_else_is_sent_is_refused_kindly_and_changes_nothing(stage: Stage) {
        let [mut sam, _] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        let page = sam.get(&format!("{DRAFT}/upload")).await;
        let text = hidden(&page, "text");
        for odd in [&b""[..], b"PK\x05\x06", b"not a zip", &[0xff; 5_000]] {
            let seen = send(&mut sam, &page, odd).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.body.contains("Choose a ZIP") && seen.body.contains("href=\"#zip\""), "{}", seen.body);
            assert_eq!(hidden(&seen, "text"), text);
        }
        for (kind, body) in [
            ("multipart/form-data; boundary=heron", &b"--heron\r\nbroken"[..]),
            ("multipart/form-data", b"--heron--"),
            ("application/x-www-form-urlencoded", b"zip=x&text=y"),
            ("text/plain", b"zip"),
            ("\x7e", b""),
        ] {
            assert_eq!(post(&mut sam, kind, body.to_vec()).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        }
        let heavy = vec![0; HEAVIEST_ZIP + 64 * 1024];
        assert_eq!(send(&mut sam, &page, &heavy).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(hidden(&sam.get(&format!("{DRAFT}/upload")).await, "text"), text);
        sam.post("/sign-out", &[]).await;
        let out = send(&mut sam, &page, b"x").await;
        assert!(out.header(header::LOCATION).starts_with("/sign-in?next="), "a file does not ride along");
    }

    async fn what_came_newer_with_the_program_is_compared_and_taken_or_left(stage: Stage) {
        let mut two = editors(&stage).await;
        crate::writing::adopted(&stage, &mut two, DRAFT).await;
        let [sam, kim] = &mut two;
        let mut newer = databases::shipped().courses.clone();
        newer.iter_mut().for_each(|it| it.lessons[0].text.push_str("\n- A newer source.\n"));
        shipped(&stage, &newer).await;
        assert!(sam.get(DRAFT).await.body.contains(&format!("href=\"{DRAFT}/compare?with=proposal\"")));
        let compare = format!("{DRAFT}/compare");
        let page = sam.get(&compare).await;
        assert!(page.body.contains("<ins>- A newer source.</ins>") && page.body.matches("See the lines").count() == 1, "{}", page.body);
        let decide = |way: &'static str| [("with", "proposal".to_owned()), ("way", way.to_owned()), ("text", hidden(&page, "text")), ("seen", hidden(&page, "seen"))];
        let form = decide("take");
        let form: Vec<_> = form.iter().map(|it| (it.0, it.1.as_str())).collect();
        assert_eq!(sam.post(&compare, &form).await.header(header::LOCATION), format!("{DRAFT}?done=begun"));
        assert_eq!(kim.post(&compare, &form).await.header(header::LOCATION), format!("{DRAFT}/compare?with=proposal"), "there is a draft by now");
        sign(sam, DRAFT, "lived_experience", &[]).await;
        sign(kim, DRAFT, "profession", &[]).await;
        crate::writing::publish(kim, DRAFT).await;
        assert!(!sam.get("/editing").await.body.contains("A newer text came"), "it has been taken");
        let seen = sam.get(&compare).await;
        assert!(seen.body.contains("There is nothing to compare"));

        newer.iter_mut().for_each(|it| it.lessons[0].text.push_str("\n- The newest.\n"));
        shipped(&stage, &newer).await;
        let page = kim.get(&compare).await;
        let form = [("with", "proposal"), ("way", "leave"), ("text", &*hidden(&page, "text"))];
        assert_eq!(kim.post(&compare, &form).await.header(header::LOCATION), format!("{DRAFT}?done=looked"));
        shipped(&stage, &newer).await;
        assert!(!sam.get("/editing").await.body.contains("A newer text came"), "what was left does not come back");
    }

    async fn a_newer_text_that_was_taken_and_changed_is_settled_when_its_draft_is_published(stage: Stage) {
        const FIRST: &str = "/editing/how-this-place-works/lessons/at-your-own-pace";
        let mut two = editors(&stage).await;
        crate::writing::adopted(&stage, &mut two, DRAFT).await;
        let [sam, kim] = &mut two;
        let mut newer = databases::shipped().courses.clone();
        let compare = format!("{DRAFT}/compare");
        for (line, waits) in [("\n- A newer source.\n", false), ("\n- One that is followed by another.\n", true)] {
            newer.iter_mut().for_each(|it| it.lessons[0].text.push_str(line));
            shipped(&stage, &newer).await;
            let page = sam.get(&compare).await;
            let form = [("with", "proposal"), ("way", "take"), ("text", &*hidden(&page, "text")), ("seen", "")];
            assert_eq!(sam.post(&compare, &form).await.header(header::LOCATION), format!("{DRAFT}?done=begun"));
            assert!(!sam.get(DRAFT).await.body.contains("A newer text came"), "it is in the draft");
            let page = sam.get(FIRST).await;
            let changed = typed(&page).replacen("Welcome", "Welcome, and welcome", 1);
            assert_eq!(keep(sam, FIRST, &page, &changed).await.status, StatusCode::SEE_OTHER);
            if waits {
                newer.iter_mut().for_each(|it| it.lessons[0].text.push_str("\n- The newest.\n"));
                shipped(&stage, &newer).await;
                assert!(sam.get(DRAFT).await.body.contains("A newer text came"), "this one is not in the draft");
            }
            sign(sam, DRAFT, "lived_experience", &[]).await;
            sign(kim, DRAFT, "profession", &[]).await;
            let done = crate::writing::publish(kim, DRAFT).await;
            assert_eq!(done.header(header::LOCATION), format!("{DRAFT}?done=published"), "{}", done.body);
            assert_eq!(sam.get("/editing").await.body.contains("A newer text came"), waits, "{line}");
        }
    }

    async fn a_draft_that_learners_have_overtaken_is_looked_at_before_it_is_published(stage: Stage) {
        let [mut sam, mut kim] = editors(&stage).await;
        sam.post(&format!("{DRAFT}/begin"), &[]).await;
        sign(&mut sam, DRAFT, "lived_experience", &[]).await;
        sign(&mut kim, DRAFT, "profession", &[]).await;
        let text = hidden(&kim.get(DRAFT).await, "text");
        let mut newer = databases::shipped().courses.clone();
        newer.iter_mut().for_each(|it| it.lessons[0].text.push_str("\n- A newer source.\n"));
        assert_eq!(shipped(&stage, &newer).await, newer.len(), "nobody has adopted it");
        let refused = kim.post(&format!("{DRAFT}/publish"), &[("text", &text)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("What learners read has changed since this draft began"), "{}", refused.body);
        let compare = format!("{DRAFT}/compare?with=published");
        let page = kim.get(&compare).await;
        assert!(page.body.contains("A newer source."), "{}", page.body);
        let form = [("with", "published"), ("way", "leave"), ("text", &*hidden(&page, "text"))];
        assert_eq!(kim.post(&compare, &form).await.header(header::LOCATION), format!("{DRAFT}?done=looked"));
        let done = kim.post(&format!("{DRAFT}/publish"), &[("text", &text)]).await;
        assert_eq!(done.header(header::LOCATION), format!("{DRAFT}?done=published"), "the signatures are for this text: {}", done.body);
    }
}
