//! Papers of placements: the agreement and the induction, signed by two for the very text that they read.

use axum::http::{StatusCode, header};

use crate::me::{ODD, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, on_both};
use crate::training_placement::{Cast, cast};

async fn sign(browser: &mut Browser<'_>, path: &str, name: &str) -> Seen {
    let shown = hidden(&browser.get(path).await, "shown");
    let form = [("name", name), ("read", "yes"), ("shown", &*shown)];
    browser.post(&format!("{path}/sign"), &form).await
}

const TICK: [(&str, &str); 4] = [("item", "1"), ("day", "21"), ("day_month", "11"), ("day_year", "2026")];

on_both! {
    async fn an_agreement_is_signed_by_both_as_it_was_when_the_placement_was_arranged(stage: Stage) {
        let Cast { mut sam, mut pat, mut cody, mine, desk, .. } = cast(&stage).await;
        let texts = format!("/training/at/{}/placements/texts", stage.host());
        let form = [("agreement", "Something else."), ("items", ""), ("revision", "1")];
        assert!(cody.post(&texts, &form).await.status.is_redirection());
        let newer = cody.post(&texts, &with(&form, "agreement", "A third")).await;
        assert!(newer.status == StatusCode::CONFLICT && newer.body.contains("Something else."), "{}", newer.body);
        let [mine, desk] = [mine, desk].map(|it| format!("{it}/papers/agreement"));
        let page = sam.get(&mine).await;
        assert!(page.body.contains("We <em>both</em> agree.") && page.body.contains("Not signed"), "{}", page.body);
        let text = sam.get(&format!("{mine}/text")).await;
        assert!(text.body.starts_with("Alongside placement agreement, format 1\nFor: Sam\nWith: Pat\n"), "{}", text.body);
        let hash = store::hash_of(&text.body);
        assert!(page.body.contains(&format!("<code>{hash}</code>")), "{}", page.body);
        let empty = sam.post(&format!("{mine}/sign"), &[("shown", &*hash)]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("Write your name to sign.") && empty.body.contains("Read it first"), "{}", empty.body);
        let other = sam.post(&format!("{mine}/sign"), &[("name", "Sam"), ("read", "yes"), ("shown", "0")]).await;
        assert_eq!(other.status, StatusCode::CONFLICT);
        let form = [("name", "Sam & Co"), ("read", "yes"), ("shown", &*hash)];
        for _ in 0..2 {
            // A second tap.
            let done = sam.post(&format!("{mine}/sign"), &form).await;
            assert_eq!(done.header(header::LOCATION), format!("{mine}?done=signed"), "{}", done.body);
        }
        let done = sign(&mut pat, &desk, "Pat Hill").await;
        assert_eq!(done.header(header::LOCATION), format!("{desk}?done=signed"), "{}", done.body);
        let page = sam.get(&mine).await;
        assert!(page.body.contains("Sam &amp; Co") && page.body.contains("Pat Hill") && !page.body.contains("Not signed"), "{}", page.body);
        assert!(sam.get("/me/log").await.body.contains("Signed a paper of a placement"));
        for (statement, guard) in [
            ("UPDATE placement_signature SET name = 'x'", "placement_signature_never_changes"),
            ("UPDATE placement_paper SET text = 'x'", "placement_paper_never_changes"),
            ("DELETE FROM placement_paper", "placement_paper_never"),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn an_induction_is_ticked_item_by_item_and_signed_by_both_at_the_end(stage: Stage) {
        let Cast { mut sam, mut pat, mine, desk, .. } = cast(&stage).await;
        let (tick, [mine, theirs]) = (format!("{desk}/induction"), [&mine, &desk].map(|it| format!("{it}/papers/induction")));
        let page = pat.get(&theirs).await;
        assert!(page.body.contains("The way out") && !page.body.contains("Sign it"), "{}", page.body);
        for (field, typed, says) in [("item", "9", "Tick at least one thing"), ("day", "22", "today or before")] {
            let refused = pat.post(&tick, &with(&TICK, field, typed)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(refused.body.contains(says), "{field}: {}", refused.body);
        }
        for odd in ODD {
            for field in TICK.map(|it| it.0) {
                let form = with(&TICK, field, odd);
                assert!(!pat.post(&tick, &form).await.status.is_server_error(), "{field} {odd:?}");
            }
        }
        assert_eq!(sam.post(&tick, &TICK).await.status, StatusCode::NOT_FOUND);
        for item in ["1", "1", "2"] {
            let done = pat.post(&tick, &with(&TICK, "item", item)).await;
            assert_eq!(done.header(header::LOCATION), format!("{theirs}?done=ticked"), "{}", done.body);
        }
        let text = sam.get(&format!("{mine}/text")).await;
        assert!(text.body.ends_with("1. The way out (done on 2026-11-21 by Pat)\n2. Whom to call (done on 2026-11-21 by Pat)\n"), "{}", text.body);
        for (browser, path) in [(&mut sam, &mine), (&mut pat, &theirs)] {
            assert!(sign(browser, path, "Kim Li").await.status.is_redirection());
        }
        assert_eq!(sam.get(&mine).await.body.matches("Kim Li, on").count(), 2);
        let refused = stage.site.db().execute("UPDATE placement_item SET day = NULL, by_id = NULL").await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("placement_item_that_is_done_never_changes"), "{refused}");
        let copied = "INSERT INTO placement_signature SELECT placement_id, 'agreement', side, person_id, hash, by_id, name, at FROM placement_signature";
        let refused = stage.site.db().execute(copied).await.unwrap_err().to_string();
        assert!(refused.contains("placement_signed_this_text") || refused.contains("FOREIGN KEY"), "{refused}");
    }

    async fn only_the_two_read_a_paper(stage: Stage) {
        let Cast { mut sam, mut pat, mut cody, mine, desk, .. } = cast(&stage).await;
        for it in [&mine, &desk] {
            assert_eq!(cody.get(&format!("{it}/papers/agreement")).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(sam.get(&format!("{desk}/papers/agreement")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(pat.get(&format!("{mine}/papers/agreement")).await.status, StatusCode::NOT_FOUND);
        for path in ["papers/another", "papers/induction/text"] {
            assert_eq!(sam.get(&format!("{mine}/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
