//! Roles: written, issued to a person, and signed by two, each for themself and for the very text that they read.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::arranging::person_called;
use crate::me::{ODD, joined, link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

pub(crate) const ROLE: [(&str, &str); 9] = [
    ("title", "Peer support worker"),
    ("description", "You walk beside people.\n\n- You listen."),
    ("essential", "Listens without judging\nHas lived through hard times"),
    ("desirable", "Has run a group"),
    ("framework", ""),
    ("band", "Band 3"),
    ("hours", "22.5"),
    ("checks", "Enhanced check for adults"),
    ("training", "Safeguarding adults"),
];

/// Where the roles of the organisation that runs the site are.
pub(crate) fn base(stage: &Stage) -> String {
    format!("/training/at/{}/roles", stage.host())
}

/// Writes a role profile, and says where it is.
pub(crate) async fn write(stage: &Stage, coordinator: &mut Browser<'_>) -> String {
    let page = coordinator.get(&format!("{}/new", base(stage))).await;
    let actions = page.body.split("action=\"").map(|it| it.split_once('"').unwrap().0);
    let action = actions.into_iter().find(|it| it.ends_with("/draft")).unwrap().to_owned();
    let done = coordinator.post(&action, &[&ROLE[..], &[("revision", "0")]].concat()).await;
    let role = action.trim_end_matches("/draft").to_owned();
    assert_eq!(done.header(header::LOCATION), format!("{role}?done=kept"), "{}", done.body);
    role
}

/// Makes a version of it.
pub(crate) async fn publish(coordinator: &mut Browser<'_>, role: &str) {
    let revision = hidden(&coordinator.get(role).await, "revision");
    let done = coordinator.post(&format!("{role}/publish"), &[("revision", &revision)]).await;
    assert_eq!(done.header(header::LOCATION), format!("{role}?done=published"), "{}", done.body);
}

/// Issues it to the first of that name.
pub(crate) async fn issue(coordinator: &mut Browser<'_>, role: &str, name: &str) {
    let person = hidden(&coordinator.get(&format!("{role}/issue?name={name}")).await, "person");
    let done = coordinator.post(&format!("{role}/issue"), &[("person", &person)]).await;
    assert_eq!(done.header(header::LOCATION), format!("{role}?done=issued"), "{}", done.body);
}

/// Sam, to whom a role was issued; Max, who manages them; Cody, who coordinates.
struct Cast<'a> {
    sam: Browser<'a>,
    max: Browser<'a>,
    cody: Browser<'a>,
    /// Where Cody has the role.
    role: String,
    /// Where it is as it was issued.
    issued: String,
}

async fn cast(stage: &Stage) -> Cast<'_> {
    let mut admin = stage.administrator().await;
    let mut sam = stage.learner("sam@demo.example").await;
    let max = joined(stage, &mut admin, ("max@demo.example", "Max", "line_manager")).await;
    let mut cody = joined(stage, &mut admin, ("cody@demo.example", "Cody", "coordinator")).await;
    let path = format!("{}/relate/line_manager", person_called(stage, &mut admin, "Sam").await);
    let holder = option(&admin.get(&path).await, "Max");
    let form = [("holder", ""), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];
    assert!(admin.post(&path, &with(&form, "holder", &holder)).await.status.is_redirection());
    let role = write(stage, &mut cody).await;
    publish(&mut cody, &role).await;
    issue(&mut cody, &role, "sam").await;
    let issued = link(&sam.get("/training/roles").await, "/training/roles/");
    Cast { sam, max, cody, role, issued }
}

/// Signs it as its page is opened.
async fn sign(browser: &mut Browser<'_>, path: &str, name: &str) -> Seen {
    let shown = hidden(&browser.get(path).await, "shown");
    let form = [("name", name), ("read", "yes"), ("shown", &*shown)];
    browser.post(&format!("{path}/sign"), &form).await
}

on_both! {
    async fn a_role_is_issued_and_holds_when_both_have_signed_it(stage: Stage) {
        let Cast { mut sam, mut max, mut cody, role, issued } = cast(&stage).await;
        let page = sam.get(&issued).await;
        for words in ["Peer support worker", "<li>You listen.</li>", "Listens without judging", "Enhanced check", "Not signed", "22 hours 30 minutes"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let empty = sam.post(&format!("{issued}/sign"), &[("shown", &*hidden(&page, "shown"))]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("Write your name to sign.") && empty.body.contains("Read it first"), "{}", empty.body);
        for _ in 0..2 {
            // A second tap.
            let shown = hidden(&page, "shown");
            let done = sam.post(&format!("{issued}/sign"), &[("name", "Sam & Co"), ("read", "yes"), ("shown", &*shown)]).await;
            assert_eq!(done.header(header::LOCATION), format!("{issued}?done=signed"), "{}", done.body);
        }
        assert!(sam.get(&issued).await.body.contains("Sam &amp; Co"));
        let desk = max.get("/training/managing").await;
        assert!(desk.body.contains("Sam") && desk.body.contains("Waits to be signed"), "{}", desk.body);
        let done = sign(&mut max, &issued, "Max Hill").await;
        assert_eq!(done.header(header::LOCATION), format!("{issued}?done=signed"), "{}", done.body);
        let page = cody.get(&issued).await;
        assert!(page.body.contains("Signed by both") && page.body.contains("Max Hill"), "{}", page.body);
        assert!(cody.get(&role).await.body.contains("Signed by both"));
        assert!(sam.get("/me/log").await.body.contains("Signed a role"));
    }

    async fn whoever_has_something_to_sign_is_written_to_once_and_never_about_what(stage: Stage) {
        let Cast { mut sam, mut max, mut cody, role, issued } = cast(&stage).await;
        let link = format!("http://127.0.0.1:3000{issued}");
        let about = async || {
            let letters = stage.letters().await.into_iter().filter(|it| it.text.contains(&link));
            letters.map(|it| (it.to, it.text)).collect::<Vec<_>>()
        };
        let letters = about().await;
        assert!(letters.len() == 1 && letters[0].0 == "sam@demo.example" && letters[0].1.contains("A role was issued to you"), "{letters:?}");
        assert!(!letters[0].1.contains("Peer support worker"), "what it is stands on its page");
        issue(&mut cody, &role, "sam").await;
        assert!(about().await.is_empty(), "a second tap");
        sign(&mut sam, &issued, "Sam").await;
        let letters = about().await;
        assert!(letters.len() == 1 && letters[0].0 == "max@demo.example" && letters[0].1.contains("sign it if you agree"), "{letters:?}");
        sign(&mut sam, &issued, "Sam").await;
        assert!(about().await.is_empty(), "a second tap");
        sign(&mut max, &issued, "Max").await;
        let letters = about().await;
        assert!(letters.len() == 1 && letters[0].0 == "sam@demo.example" && letters[0].1.contains("by the other of you as well"), "{letters:?}");
    }

    async fn the_text_can_be_fetched_and_its_hash_is_the_one_that_is_printed(stage: Stage) {
        let Cast { mut sam, mut max, issued, .. } = cast(&stage).await;
        let text = sam.get(&format!("{issued}/text")).await;
        assert!(text.header(header::CONTENT_TYPE).starts_with("text/plain"));
        assert!(text.body.starts_with("Alongside role profile, format 1\n") && text.body.contains("Version: 1\n"));
        let hash = store::hash_of(&text.body);
        let page = max.get(&issued).await;
        assert!(page.body.contains(&format!("<code>{hash}</code>")), "{}", page.body);
        assert_eq!(hidden(&page, "shown"), hash);
        let other = [("name", "Sam"), ("read", "yes"), ("shown", "0")];
        let refused = sam.post(&format!("{issued}/sign"), &other).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("showed another text"), "{}", refused.body);
    }

    async fn a_later_version_takes_the_place_of_one_that_is_being_signed_and_both_are_named(stage: Stage) {
        let Cast { mut sam, mut cody, role, issued, .. } = cast(&stage).await;
        let shown = hidden(&sam.get(&issued).await, "shown");
        let same = cody.post(&format!("{role}/publish"), &[("revision", "1")]).await;
        assert!(same.status == StatusCode::UNPROCESSABLE_ENTITY && same.body.contains("Nothing has changed since version 1"), "{}", same.body);
        let form = [&with(&ROLE, "band", "Band 4")[..], &[("revision", "1")]].concat();
        assert!(cody.post(&format!("{role}/draft"), &form).await.status.is_redirection());
        let stale = cody.post(&format!("{role}/publish"), &[("revision", "1")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
        publish(&mut cody, &role).await;
        stage.clock.wait(TimeDelta::minutes(1));
        issue(&mut cody, &role, "sam").await;
        let refused = sam.post(&format!("{issued}/sign"), &[("name", "Sam"), ("read", "yes"), ("shown", &*shown)]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("This is version 1.") && refused.body.contains("read version 2"), "{}", refused.body);
        let newer = link(&sam.get("/training/roles").await, "/training/roles/");
        assert_ne!(newer, issued);
        assert!(sign(&mut sam, &newer, "Sam").await.status.is_redirection());
        assert!(sam.get(&issued).await.body.contains("Replaced by a later version"));
    }

    async fn nobody_signs_for_somebody_else_and_a_signature_is_never_rewritten(stage: Stage) {
        let Cast { mut sam, mut max, mut cody, issued, .. } = cast(&stage).await;
        let shown = hidden(&sam.get(&issued).await, "shown");
        let form = [("name", "Sam"), ("read", "yes"), ("shown", &*shown)];
        assert_eq!(cody.post(&format!("{issued}/sign"), &form).await.status, StatusCode::NOT_FOUND);
        let mut kim = stage.learner("kim@demo.example").await;
        for path in [issued.clone(), format!("{issued}/text")] {
            assert_eq!(kim.get(&path).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(sam.post(&format!("{issued}/take-back"), &[("why", "No")]).await.status, StatusCode::NOT_FOUND);
        assert!(sign(&mut max, &issued, "Max").await.status.is_redirection());
        assert!(sam.get(&issued).await.body.contains("Not signed"));
        let db = stage.site.db();
        let columns = "INSERT INTO role_act (issue_id, number, person_id, act, by_id, hash, name, words, at)";
        let copied = "SELECT issue_id, 3, person_id, 'signed_by_person', by_id, hash, name, words, at FROM role_act WHERE act = 'signed_by_manager'";
        let refused = db.execute(&format!("{columns} {copied}")).await.unwrap_err().to_string();
        assert!(refused.contains("role_signed_for_oneself"), "{refused}");
        for (statement, guard) in [
            ("UPDATE role_act SET name = 'x'", "role_act_never_changes"),
            ("DELETE FROM role_act", "role_act_never"),
            ("UPDATE role_version SET text = 'x'", "role_version_never_changes"),
            ("UPDATE role_issue SET hash = 'x'", "role_issue_text_never_changes"),
            ("UPDATE role_issue SET state = 'signed'", "role_issue_signed_by_both"),
        ] {
            let refused = db.execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn a_role_is_declined_or_taken_back_with_a_word_and_can_be_issued_again(stage: Stage) {
        let Cast { mut sam, mut cody, role, issued, .. } = cast(&stage).await;
        let refused = sam.post(&format!("{issued}/decline"), &[("why", "Call 07700 900123")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("looks like a phone number") && refused.body.contains("07700 900123"), "{}", refused.body);
        let done = sam.post(&format!("{issued}/decline"), &[("why", "Other hours were agreed.")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{issued}?done=declined"), "{}", done.body);
        let page = cody.get(&issued).await;
        assert!(page.body.contains("Declined") && page.body.contains("Other hours were agreed."), "{}", page.body);
        let over = sam.post(&format!("{issued}/sign"), &[("name", "Sam"), ("read", "yes")]).await;
        assert_eq!(over.status, StatusCode::CONFLICT);
        stage.clock.wait(TimeDelta::minutes(1));
        issue(&mut cody, &role, "sam").await;
        let again = link(&sam.get("/training/roles").await, "/training/roles/");
        sign(&mut sam, &again, "Sam").await;
        assert_eq!(cody.post(&format!("{again}/take-back"), &[("why", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = cody.post(&format!("{again}/take-back"), &[("why", "The post has ended.")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{again}?done=revoked"), "{}", done.body);
        assert!(sam.get(&again).await.body.contains("The post has ended."));
    }

    async fn what_is_typed_of_a_role_comes_back_with_how_to_put_it_right(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut cody = joined(&stage, &mut admin, ("cody@demo.example", "Cody", "coordinator")).await;
        let role = write(&stage, &mut cody).await;
        let draft = format!("{role}/draft");
        for (field, typed, says) in [
            ("title", "", "Say what the role is called."),
            ("description", "<b>Walk</b>", "Line 1: write it in Markdown"),
            ("essential", "Listens | 3.5", "Choose the framework that the codes are from."),
            ("framework", "another", "Choose from the list."),
            ("hours", "ten", "Write hours in figures"),
        ] {
            let form = [&with(&ROLE, field, typed)[..], &[("revision", "1")]].concat();
            let refused = cody.post(&draft, &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(refused.body.contains(says) && refused.body.contains("Has run a group"), "{field}: {}", refused.body);
        }
        let form = [&with(&with(&ROLE, "title", ""), "description", "<b>Walk</b>")[..], &[("revision", "1")]].concat();
        let both = cody.post(&draft, &form).await;
        assert!(both.body.contains("Say what the role is called.") && both.body.contains("Line 1: write it in"), "{}", both.body);
        for odd in ODD {
            for field in ROLE.map(|it| it.0) {
                let form = [&with(&ROLE, field, odd)[..], &[("revision", "0")]].concat();
                let seen = cody.post(&draft, &form).await;
                assert!(!seen.status.is_server_error(), "{field} {odd:?}");
            }
            assert!(!cody.post(&format!("{role}/issue"), &[("person", odd)]).await.status.is_server_error());
        }
        let form = [&with(&ROLE, "band", "Band 5")[..], &[("revision", "0")]].concat();
        let newer = cody.post(&draft, &form).await;
        assert_eq!(newer.status, StatusCode::CONFLICT, "{}", newer.body);
        assert!(newer.body.contains("What was kept meanwhile") && newer.body.contains("Band 5"));
        let words = format!("{}/words", base(&stage));
        let same = cody.post(&words, &[("essential", "Good"), ("desirable", "good")]).await;
        assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(cody.post(&words, &[("essential", "Must have"), ("desirable", "")]).await.status.is_redirection());
        assert!(cody.get(&role).await.body.contains("Must have"));
    }
}
