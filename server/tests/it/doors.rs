//! The who-may matrix: everybody against every door of the one table.
//!
//! A new door makes [`every_door_is_in_the_matrix`] fail until a row here says who may pass it.

use app::DOORS;
use axum::http::{Request, StatusCode, header};

use crate::inviting::{FORM, action};
use crate::me::link;
use crate::stage::{Browser, Seen, on_both};

/// What the matrix calls each door, with its names filled in, and who passes. Everybody else is turned away: a
/// stranger to sign in, somebody signed in to a page that is not theirs with 404.
const MATRIX: [(&str, &str, &str, &[Who]); 59] = [
    ("get", "/", "/", ALL),
    ("get", "/courses", "/courses", ALL),
    ("get", "/courses/{slug}", "/courses/how-this-place-works", ALL),
    ("post", "/courses/{slug}/enrol", "/courses/how-this-place-works/enrol", LEARNERS),
    ("get", "/pages/{slug}", "/pages/privacy", ALL),
    ("get", "/privacy/register", "/privacy/register", ALL),
    ("get", "/register", "/register", ALL),
    ("post", "/register", "/register", ALL),
    ("get", "/register/sent", "/register/sent", ALL),
    ("get", "/confirm/{token}", "/confirm/x", ALL),
    ("post", "/confirm/{token}", "/confirm/x", ALL),
    ("get", "/sign-in", "/sign-in", ALL),
    ("post", "/sign-in", "/sign-in", ALL),
    ("get", "/sign-in/code", "/sign-in/code", ALL),
    ("post", "/sign-in/code", "/sign-in/code", ALL),
    ("get", "/sign-in/set-up", "/sign-in/set-up", ALL),
    ("post", "/sign-in/set-up", "/sign-in/set-up", ALL),
    ("post", "/sign-out", "/sign-out", ALL),
    ("post", "/leave", "/leave", ALL),
    ("get", "/forgotten", "/forgotten", ALL),
    ("post", "/forgotten", "/forgotten", ALL),
    ("get", "/forgotten/sent", "/forgotten/sent", ALL),
    ("get", "/reset/{token}", "/reset/x", ALL),
    ("post", "/reset/{token}", "/reset/x", ALL),
    ("get", "/invitation/{token}", "/invitation/x", ALL),
    ("post", "/invitation/{token}", "/invitation/x", ALL),
    ("get", "/organisation/{organisation}/people", "{organisation}/people", ADMINISTRATOR),
    ("get", "/organisation/{organisation}/people/invite", "{organisation}/people/invite", ADMINISTRATOR),
    ("post", "/organisation/{organisation}/people/invite", "{organisation}/people/invite", ADMINISTRATOR),
    ("post", "/organisation/{organisation}/invitations/{id}/withdraw", "{withdraw}", ADMINISTRATOR),
    ("get", "/today", "/today", SIGNED_IN),
    ("get", "/me", "/me", SIGNED_IN),
    ("get", "/me/about", "/me/about", SIGNED_IN),
    ("post", "/me/about", "/me/about", SIGNED_IN),
    ("get", "/me/address", "/me/address", SIGNED_IN),
    ("post", "/me/address", "/me/address", SIGNED_IN),
    ("get", "/me/address/sent", "/me/address/sent", SIGNED_IN),
    ("get", "/address/{token}", "/address/x", ALL),
    ("post", "/address/{token}", "/address/x", ALL),
    ("get", "/me/away/{engagement}", "{their engagement}", OWNER),
    ("post", "/me/away/{engagement}", "{their engagement}", OWNER),
    ("get", "/me/not-with", "/me/not-with", SIGNED_IN),
    ("post", "/me/not-with", "/me/not-with", SIGNED_IN),
    ("post", "/me/not-with/remove", "/me/not-with/remove", SIGNED_IN),
    ("get", "/me/sign-ins", "/me/sign-ins", SIGNED_IN),
    ("post", "/me/sign-ins/{id}/end", "/me/sign-ins/{their session}/end", OWNER),
    ("get", "/step-up", "/step-up", SIGNED_IN),
    ("post", "/step-up", "/step-up", SIGNED_IN),
    ("get", "/me/second-factor", "/me/second-factor", SIGNED_IN),
    ("get", "/me/second-factor/set-up", "/me/second-factor/set-up", SIGNED_IN),
    ("post", "/me/second-factor/set-up", "/me/second-factor/set-up", SIGNED_IN),
    ("get", "/me/second-factor/codes", "/me/second-factor/codes", SIGNED_IN),
    ("post", "/me/second-factor/codes", "/me/second-factor/codes", SIGNED_IN),
    ("get", "/me/second-factor/off", "/me/second-factor/off", SIGNED_IN),
    ("post", "/me/second-factor/off", "/me/second-factor/off", SIGNED_IN),
    ("get", "/learn/{slug}/{lesson}", "/learn/how-this-place-works/at-your-own-pace", OWNER),
    ("post", "/learn/{slug}/{lesson}", "/learn/how-this-place-works/at-your-own-pace", OWNER),
    ("get", "/demo/letters", "/demo/letters", &[]),
    ("get", "/health/{probe}", "/health/live", ALL),
];

/// Everybody who tries each door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Stranger,
    /// A learner whose things are asked for.
    Owner,
    /// A learner whom they are none of.
    AnotherLearner,
    /// An administrator of the organisation that runs the site, and nothing else.
    Administrator,
}

const ALL: &[Who] = &[Who::Stranger, Who::Owner, Who::AnotherLearner, Who::Administrator];
const SIGNED_IN: &[Who] = &[Who::Owner, Who::AnotherLearner, Who::Administrator];
const LEARNERS: &[Who] = &[Who::Owner, Who::AnotherLearner];
const ADMINISTRATOR: &[Who] = &[Who::Administrator];
const OWNER: &[Who] = &[Who::Owner];

#[test]
fn every_door_is_in_the_matrix() {
    let in_matrix = |method: &str, path: &str| {
        let path = if path.starts_with("/health/") { "/health/{probe}" } else { path };
        MATRIX.iter().any(|row| (row.0, row.1) == (method, path))
    };
    let missing: Vec<_> = DOORS.iter().filter(|it| !in_matrix(it.method, it.path)).collect();
    assert!(missing.is_empty(), "say in MATRIX who may pass: {missing:#?}");
    let is_door = |row: &(&str, &str, &str, &[Who])| {
        row.1 == "/health/{probe}" || DOORS.iter().any(|it| (it.method, it.path) == (row.0, row.1))
    };
    let gone: Vec<_> = MATRIX.iter().filter(|row| !is_door(row)).map(|row| row.1).collect();
    assert!(gone.is_empty(), "no such door any more: {gone:#?}");
}

#[test]
fn a_door_for_anybody_is_for_all_and_no_other_is() {
    for door in DOORS {
        let row = MATRIX.iter().find(|row| (row.0, row.1) == (door.method, door.path));
        let Some((.., who)) = row else { continue };
        assert_eq!(door.permit == "Anyone", who.contains(&Who::Stranger), "{door:?}");
    }
}

on_both! {
    async fn everybody_passes_the_doors_that_are_theirs_and_no_other(stage: Stage) {
        let mut inviting = stage.administrator().await;
        stage.invited(&mut inviting, &FORM).await;
        let people = inviting.get(&format!("{}/people", stage.organisation())).await;
        let withdraw = action(&people, "/withdraw");
        for (row, (method, path, filled, may)) in MATRIX.into_iter().enumerate() {
            for who in ALL {
                // Afresh each time: some doors sign out.
                let mut owner = stage.learner_or_back("owner@demo.example").await;
                owner.post("/courses/how-this-place-works/enrol", &[]).await;
                let filled = filled.replace("{their session}", &session_of(&mut owner).await)
                    .replace("{their engagement}", &link(&owner.get("/me").await, "/me/away/"))
                    .replace("{organisation}", &stage.organisation())
                    .replace("{withdraw}", &withdraw);
                let mut browser = match who {
                    Who::Stranger => stage.browser(),
                    Who::Owner => owner,
                    Who::Administrator => {
                        stage.another_administrator(&format!("administrator-{row}@demo.example")).await
                    }
                    Who::AnotherLearner => stage.learner(&format!("another-{row}@demo.example")).await,
                };
                let seen = go(&mut browser, method, &filled).await;
                let says = format!("{who:?} at {method} {path}: {}", seen.status);
                assert!(!seen.status.is_server_error(), "{says}");
                let sent_to_sign_in = seen.header(header::LOCATION).starts_with("/sign-in?next=")
                    || seen.body.contains("<h1>Sign in</h1>") && seen.status == StatusCode::FORBIDDEN;
                match (may.contains(who), who) {
                    (true, _) => assert!(!sent_to_sign_in && !is_kind_404(&seen), "{says}"),
                    (false, Who::Stranger) if path != "/demo/letters" => assert!(sent_to_sign_in, "{says}"),
                    (false, _) => assert!(is_kind_404(&seen), "{says}"),
                }
            }
        }
    }
}

/// The page for what is not there or not theirs; a link that does not work any more has a page of its own.
fn is_kind_404(seen: &Seen) -> bool {
    seen.status == StatusCode::NOT_FOUND && seen.body.contains("We can’t find that page")
}

async fn go(browser: &mut Browser<'_>, method: &str, path: &str) -> Seen {
    match method {
        "get" => browser.send(Request::get(path), String::new()).await,
        // It takes only what could be on a list, whether or not it is.
        _ if path == "/me/not-with/remove" => {
            let other = "00000000-0000-7000-8000-000000000009";
            browser.post(path, &[("other", other), ("purpose", "supervise")]).await
        }
        _ => browser.post(path, &[]).await,
    }
}

/// The id of the session that this browser is in.
async fn session_of(browser: &mut Browser<'_>) -> String {
    let page = browser.get("/me/sign-ins").await.body;
    // The latest used stands first, and this one has just been used.
    let from = page.split_once("/me/sign-ins/").map_or("", |it| it.1);
    from.split_once("/end").map_or("", |it| it.0).to_owned()
}
