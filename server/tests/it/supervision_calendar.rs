//! Somebody's own calendar: a link that is shown once, and what it gives.

use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;

use crate::stage::{Browser, Seen, Stage, on_both};
use crate::supervision::{Cast, MET, begin, cast, record};
use crate::supervision_groups;
use crate::supervision_planning::plan_once;

/// Makes a link, and says its path.
pub(crate) async fn link_of(browser: &mut Browser<'_>) -> String {
    let page = browser.post("/supervision/calendar", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let path = page.body.split_once("/calendar/").unwrap().1.split_once(".ics").unwrap().0;
    format!("/calendar/{path}.ics")
}

/// What a calendar app gets, which has no session.
async fn calendar(stage: &Stage, path: &str) -> Seen {
    stage.get(path).await
}

on_both! {
    async fn a_calendar_gets_when_they_meet_and_nothing_of_what_it_is_about(stage: Stage) {
        let Cast { mut sam, mut pat, mut max, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let one = plan_once(&mut pat, &pair, "1", "10:00").await;
        let path = link_of(&mut sam).await;
        let seen = calendar(&stage, &path).await;
        assert_eq!((seen.status, seen.header(header::CONTENT_TYPE)), (StatusCode::OK, "text/calendar; charset=utf-8"));
        for words in ["DTSTART;TZID=Europe/London:20261201T100000", "DURATION:PT60M", "SUMMARY:Meeting with Pat", "LOCATION:Room 2", "STATUS:CONFIRMED", "BEGIN:VTIMEZONE"] {
            assert!(seen.body.contains(words), "{words}: {}", seen.body);
        }
        for secret in ["Reflective", "upervision with", "begin on time"] {
            assert!(!seen.body.contains(secret), "{secret}: {}", seen.body);
        }
        let held = [("day_day", "20"), ("themes", "Canary of themes")];
        assert!(record(&mut sam, &format!("{pair}/record"), &[&held[1..], &MET].concat()).await.status.is_redirection());
        let again = stage.ask(Request::get(&path).header(header::IF_NONE_MATCH, seen.header(header::ETAG)).body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!((again.status, &*again.body), (StatusCode::NOT_MODIFIED, ""), "what is written down is not in it");
        let number = crate::second_factor::hidden(&sam.get(&one).await, "number");
        let off = [("off", "supervisee"), ("why", "clash"), ("number", &*number)];
        assert!(sam.post(&format!("{one}/off"), &off).await.status.is_redirection());
        let seen = calendar(&stage, &path).await;
        assert!(seen.body.contains("STATUS:CANCELLED") && !seen.body.contains("clash"), "{}", seen.body);
        let theirs = calendar(&stage, &link_of(&mut pat).await).await;
        assert!(theirs.body.contains("SUMMARY:Meeting with Sam"), "{}", theirs.body);
        // Of an ended pair too: what is called off because of it is said to be.
        plan_once(&mut pat, &pair, "20", "10:00").await;
        let last = [("last_day", "5"), ("last_month", "12"), ("last_year", "2026"), ("calls_off", "yes")];
        assert!(pat.post(&format!("{pair}/end"), &last).await.status.is_redirection());
        assert_eq!(calendar(&stage, &path).await.body.matches("STATUS:CANCELLED").count(), 2);
        let nobodys = calendar(&stage, &link_of(&mut max).await).await;
        assert!(!nobodys.body.contains("VEVENT"), "{}", nobodys.body);
    }

    async fn a_link_is_shown_once_made_anew_and_stopped(stage: Stage) {
        let Cast { mut sam, .. } = cast(&stage).await;
        assert!(!sam.get("/supervision/calendar").await.body.contains("Stop it"));
        let first = link_of(&mut sam).await;
        let page = sam.get("/supervision/calendar").await;
        assert!(page.body.contains("You have a link since 21 November 2026") && !page.body.contains(".ics"), "{}", page.body);
        let second = link_of(&mut sam).await;
        assert_eq!(calendar(&stage, &first).await.status, StatusCode::NOT_FOUND, "the old one works no more");
        assert_eq!(calendar(&stage, &second).await.status, StatusCode::OK);
        for wrong in ["/calendar/x/alongside.ics", "/calendar/%00/alongside.ics"] {
            assert_eq!(calendar(&stage, wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        for _ in 0..2 {
            // A second tap.
            let done = sam.post("/supervision/calendar/stop", &[]).await;
            assert_eq!(done.header(header::LOCATION), "/supervision/calendar?done=stopped");
        }
        assert_eq!(calendar(&stage, &second).await.status, StatusCode::NOT_FOUND);
        let log = sam.get("/me/log").await;
        assert_eq!((log.body.matches("Made a link for your calendar").count(), log.body.matches("Stopped the link").count()), (2, 1), "{}", log.body);
        let token = second.split('/').nth(2).unwrap();
        let kept = stage.site.db().execute(&format!("INSERT INTO calendar_feed SELECT id, '{token}', 1 FROM person")).await;
        assert!(kept.is_err(), "what is kept is a hash of 32 bytes");
    }

    async fn whoever_has_left_gets_nothing_later(stage: Stage) {
        let supervision_groups::Cast { mut cora, mut lee, group, people: [_, l, _], .. } = supervision_groups::cast(&stage).await;
        plan_once(&mut cora, &group, "1", "10:00").await;
        plan_once(&mut cora, &group, "8", "10:00").await;
        let last = [("last_day", "1"), ("last_month", "12"), ("last_year", "2026")];
        assert!(cora.post(&format!("{group}/members/{l}"), &last).await.status.is_redirection());
        assert!(lee.get("/supervision").await.body.contains("href=\"/supervision/calendar\""));
        let path = link_of(&mut lee).await;
        let seen = calendar(&stage, &path).await;
        assert!(seen.body.contains("20261201T100000") && !seen.body.contains("20261208"), "{}", seen.body);
        assert!(seen.body.contains("SUMMARY:Meeting with Tuesday group"), "{}", seen.body);
        stage.clock.wait(TimeDelta::days(120));
        assert!(!calendar(&stage, &path).await.body.contains("VEVENT"), "what has been goes");
    }
}
