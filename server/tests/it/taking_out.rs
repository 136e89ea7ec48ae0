//! What somebody wrote about a course tells who somebody is: whoever reads it for the college takes it out, for good.

use axum::http::{StatusCode, header};

use crate::feedback::PATH;
use crate::figures::{AUTUMN, WORDS, address, next_term, signed_in, who_say};
use crate::me::{ODD, joined};
use crate::stage::{Seen, Stage, on_both};

const REASON: [(&str, &str); 2] = [("why", "names_somebody"), ("word", "Kim")];

/// Five who said something, long enough ago to be read.
async fn five(stage: &Stage) {
    who_say(stage, &["yes", "yes", "yes", "partly", "no"]).await;
    next_term(stage).await;
}

/// Where something that was written is taken out.
fn out(page: &Seen, written: &str) -> String {
    let after =
        page.body.split_once(&format!("{written}</bdi>")).unwrap_or_else(|| panic!("{}", page.body)).1;
    after.split_once("href=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
}

/// Whether there is a row of which a condition is true: this change to it is refused.
async fn is_any(stage: &Stage, change: &str, condition: &str) -> bool {
    stage.site.db().execute(&format!("UPDATE {change} WHERE {condition}")).await.is_err()
}

const COMMENT: &str = "feedback_comment SET taken_out = 'boring'";

on_both! {
    async fn what_names_somebody_is_taken_out_for_good_and_no_number_changes(stage: Stage) {
        five(&stage).await;
        let mut admin = stage.administrator().await;
        let (figures, words) = (admin.get(AUTUMN).await, admin.get(WORDS).await);
        let here = out(&words, "The partly of 3");
        let asks = admin.get(&here).await;
        assert!(asks.body.contains("Take this out for good?") && asks.body.contains("The partly of 3"), "{}", asks.body);
        assert!(!asks.body.contains("The no of 4"), "and nothing else");
        let long = "x".repeat(61);
        let refused = [("", "Kim"), ("because", "Kim"), ("something_else", ""), ("something_else", long.as_str())];
        for (why, word) in refused.into_iter().chain(ODD.map(|it| (it, it))) {
            let seen = admin.post(&here, &[("why", why), ("word", word)]).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{why:?} {word:?}");
            assert!(seen.title().starts_with("Error: ") && seen.body.contains("The partly of 3"), "{}", seen.body);
        }
        assert!(admin.get(WORDS).await.body.contains("The partly of 3"), "nothing is taken out yet");
        assert_eq!(admin.post(&here, &REASON).await.header(header::LOCATION), format!("{WORDS}?done=out"));
        let left = admin.get(&format!("{WORDS}?done=out")).await;
        assert!(left.body.contains("It is taken out, for good.") && !left.body.contains("The partly of 3"), "{}", left.body);
        assert_eq!(left.body.matches("<bdi>The ").count(), 4);
        assert_eq!(admin.get(AUTUMN).await.body, figures.body, "no number changes");
        for seen in [admin.get(&here).await, admin.post(&here, &REASON).await] {
            assert_eq!(seen.header(header::LOCATION), format!("{WORDS}?done=gone"), "a second tap");
        }
        let mut sam = signed_in(&stage, &address(3)).await;
        let mine = sam.get(PATH).await;
        assert!(mine.body.contains("taken out by the college, because it named somebody") && !mine.body.contains("The partly of 3"), "{}", mine.body);
        assert!(!sam.get("/me/log").await.body.contains("Took out"), "the log tells nobody whose it was");
    }

    async fn the_database_itself_keeps_no_word_of_what_was_taken_out_and_writes_down_who_did_it(stage: Stage) {
        five(&stage).await;
        let mut admin = stage.administrator().await;
        let here = out(&admin.get(WORDS).await, "The no of 4");
        let mut tab = admin.tab();
        let one = [("why", "something_else"), ("word", " a threat ")];
        tokio::join!(admin.post(&here, &one), tab.post(&here, &one));
        let db = stage.site.db();
        let refused = async |sql: &str| db.execute(sql).await.unwrap_err().to_string();
        let again = "UPDATE feedback_comment SET text = 'The no of 4' WHERE taken_out IS NOT NULL";
        assert!(refused(again).await.contains("feedback_comment_taken_out_says_nothing"));
        let unsaid = "UPDATE feedback_comment SET text = NULL WHERE taken_out IS NULL";
        assert!(refused(unsaid).await.contains("feedback_comment_taken_out_says_nothing"));
        let early = "UPDATE feedback_comment SET through = NULL WHERE taken_out IS NOT NULL";
        assert!(refused(early).await.contains("feedback_comment_taken_out_was_shown"));
        let other = format!("UPDATE {COMMENT} WHERE taken_out IS NOT NULL");
        assert!(refused(&other).await.contains("feedback_comment_taken_out_known"));
        assert!(is_any(&stage, COMMENT, "text LIKE '%partly of 3%'").await && !is_any(&stage, COMMENT, "text LIKE '%no of 4%'").await);
        let once = "(SELECT count(*) FROM audit_event WHERE action = 'feedback_taken_out') = 1";
        let written_down = "action = 'feedback_taken_out' AND about IS NULL AND actor IS NOT NULL";
        assert!(is_any(&stage, "audit_event SET at = 0", &format!("{written_down} AND {once}")).await, "once, however often it is tapped");
        assert!(is_any(&stage, "audit_detail SET detail = ''", "detail = 'something_else: a threat'").await);
        // Its author may let go of the rest as well.
        let mut sam = signed_in(&stage, &address(4)).await;
        sam.post(&format!("{PATH}/take-back"), &[]).await;
        assert!(!is_any(&stage, COMMENT, "taken_out IS NOT NULL").await);
    }

    async fn only_those_who_read_it_for_the_college_take_something_out(stage: Stage) {
        five(&stage).await;
        let mut admin = stage.administrator().await;
        let here = out(&admin.get(WORDS).await, "The no of 4");
        let mut jo = joined(&stage, &mut admin, ("jo@demo.example", "Jo", "tutor")).await;
        let mut sam = signed_in(&stage, &address(4)).await;
        for browser in [&mut jo, &mut sam] {
            assert_eq!(browser.get(&here).await.status, StatusCode::NOT_FOUND);
            assert_eq!(browser.post(&here, &REASON).await.status, StatusCode::NOT_FOUND);
        }
        let mut kim = joined(&stage, &mut admin, ("kim@demo.example", "Kim", "coordinator")).await;
        for odd in ["/helped/x", "/nothing/1", "/helped/1/2", "/helped/99999999999999999999"] {
            assert_eq!(kim.post(&format!("{WORDS}{odd}"), &REASON).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        assert_eq!(kim.post(&here, &REASON).await.header(header::LOCATION), format!("{WORDS}?done=out"));
    }
}
