//! The who-may matrix: everybody against every door of the one table.
//!
//! A new door makes [`every_door_is_in_the_matrix`] fail until a row here says who may pass it.

use app::DOORS;
use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;

use self::cast::{Cast, Who};
use self::matrix::{Row, matrix};
use crate::stage::{Browser, Seen, on_both};

mod cast;
mod matrix;
mod passes;
mod supervising;
mod working;

#[test]
fn every_door_is_in_the_matrix() {
    let in_matrix = |method: &str, path: &str| {
        let path = if path.starts_with("/health/") { "/health/{probe}" } else { path };
        matrix().any(|row| (row.0, row.1) == (method, path))
    };
    let missing: Vec<_> = DOORS.iter().filter(|it| !in_matrix(it.method, it.path)).collect();
    assert!(missing.is_empty(), "say in the matrix who may pass: {missing:#?}");
    let is_door = |row: &&Row| {
        row.1 == "/health/{probe}" || DOORS.iter().any(|it| (it.method, it.path) == (row.0, row.1))
    };
    let gone: Vec<_> = matrix().filter(|row| !is_door(row)).map(|row| row.1).collect();
    assert!(gone.is_empty(), "no such door any more: {gone:#?}");
}

#[test]
fn a_door_for_anybody_is_for_all_and_no_other_is() {
    for door in DOORS {
        let row = matrix().find(|row| (row.0, row.1) == (door.method, door.path));
        let Some((.., passes)) = row else { continue };
        assert_eq!(door.permit == "Anyone", passes.lets(Who::Stranger), "{door:?}");
    }
}

/// Doors that sign whoever goes through them out.
const WAYS_OUT: [&str; 2] = ["/sign-out", "/leave"];

on_both! {
    async fn everybody_passes_the_doors_that_are_theirs_and_no_other(stage: Stage) {
        let cast = Cast::gathered(&stage).await;
        let mut wrong = Vec::new();
        for &(method, path, filled, passes) in matrix() {
            let filled = cast.filled(filled);
            // So that everybody's phone shows another code.
            stage.clock.wait(TimeDelta::seconds(30));
            for who in Who::all() {
                let mut browser = match WAYS_OUT.contains(&path) {
                    true => cast.another_browser(who).await,
                    false => cast.browser(who),
                };
                let seen = go(&mut browser, method, &filled).await;
                if let Err(why) = is_as_it_should(&seen, path, (who, passes.lets(who))) {
                    wrong.push(format!("{who:?} at {method} {path}: {} {why}", seen.status));
                }
                for canary in supervising::heard(&seen.body, who) {
                    wrong.push(format!("{who:?} at {method} {path} reads {canary}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// Whether somebody passed who may, and was turned away kindly who may not.
fn is_as_it_should(seen: &Seen, path: &str, (who, may): (Who, bool)) -> Result<(), &'static str> {
    let sent_to_sign_in = seen.header(header::LOCATION).starts_with("/sign-in?next=")
        || seen.body.contains("<h1>Sign in</h1>") && seen.status == StatusCode::FORBIDDEN;
    let is_404 = is_kind_404(seen);
    match (may, who) {
        _ if seen.status.is_server_error() => Err("is an error of ours"),
        (true, _) if sent_to_sign_in || is_404 => Err("ought to have passed"),
        (true, _) => Ok(()),
        (false, Who::Stranger) if path != "/demo/letters" && !sent_to_sign_in => {
            Err("ought to sign in first")
        }
        (false, Who::Stranger) if path != "/demo/letters" => Ok(()),
        (false, _) if !is_404 => Err("ought not to have passed"),
        (false, _) => Ok(()),
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
