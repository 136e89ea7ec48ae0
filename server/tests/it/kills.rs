//! A node is killed at any moment, again and again, while people register, confirm, sign in and learn. What it
//! said was done is done, nothing is half done, no letter is lost, and none is sent twice but by a kill.

mod group;
mod learner;
mod line;
mod mailbox;
mod node;
pub(crate) mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use store::Engine;

use self::learner::{Done, Town};
use self::mailbox::Mailbox;
use self::node::Place;
use self::rows::Rows;
use crate::proof;

/// Kills with every change.
const EVERYDAY: u32 = 3;
/// People at once.
const PEOPLE: usize = 4;
/// A node lives for up to so long, in milliseconds, from when it is ready.
const LONGEST_LIFE: u32 = 900;
/// How often the chain is checked in between.
const CHECK_EVERY: u32 = 20;
/// Longer than a lease: what a killed node had in hand has been taken up by then.
const SETTLES_WITHIN: Duration = Duration::from_secs(240);

async fn survives_kills(engine: Engine) {
    let kills = proof::cases(EVERYDAY);
    let mailbox = Mailbox::open().await;
    let place = Place::make(engine, mailbox.port()).await;
    let town = Arc::new(Town { address: place.address, mailbox, closing: AtomicBool::new(false) });
    let people: Vec<_> = (0..PEOPLE).map(|it| tokio::spawn(learner::come(town.clone(), it))).collect();
    for nth in 1..=kills {
        let node = place.serve().await;
        tokio::time::sleep(Duration::from_millis((getrandom::u32().unwrap() % LONGEST_LIFE).into())).await;
        node.kill();
        if nth % CHECK_EVERY == 0 {
            place.verify();
        }
    }
    let node = place.serve().await;
    town.closing.store(true, Ordering::Relaxed);
    let mut done = Vec::new();
    for person in people {
        done.extend(person.await.unwrap());
    }
    if proof::is_proving() {
        settle(&place).await;
    }
    node.kill();
    place.verify();
    let rows = place.rows().await;
    nothing_is_half_done(&rows);
    what_was_answered_is_kept(&rows, &done);
    let twice = no_letter_is_lost(&rows, &town, kills);
    let (people, letters) = (rows.of("person").len(), rows.of("link").len());
    let seen = format!(
        "kills: {people} people registered, {letters} letters, {twice} of them sent twice, {} steps answered",
        done.len()
    );
    proof::tell(engine, kills, &seen);
}

/// Waits until nothing is left to send.
async fn settle(place: &Place) {
    let began = std::time::Instant::now();
    while place.rows().await.of("job").iter().any(|it| it.text("kind") == "send_mail") {
        assert!(began.elapsed() < SETTLES_WITHIN, "letters are still waiting");
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

/// Everything that belongs together is there together, and once.
fn nothing_is_half_done(rows: &Rows) {
    let people = rows.once("person", "id", |_| true);
    assert_eq!(rows.once("sign_in", "person_id", |_| true), people);
    assert_eq!(rows.once("engagement", "person_id", |it| it.text("kind") == "learner"), people);
    let about =
        |action: &'static str| rows.once("audit_event", "about", move |it| it.text("action") == action);
    assert_eq!(about("person_registered"), people);
    let confirmed = rows.once("sign_in", "person_id", |it| !it.is_null("confirmed_at"));
    assert_eq!(about("address_confirmed"), confirmed);
    assert_eq!(rows.once("link", "person_id", |it| !it.is_null("used_at")), confirmed);
    let sessions = rows.once("session", "id", |_| true);
    assert_eq!(rows.once("audit_event", "subject", |it| it.text("action") == "signed_in"), sessions);
    assert!(rows.of("refresh_token").len() >= sessions.len());
    let enrolled = rows.once("enrolment", "person_id", |_| true);
    assert!(rows.of("lesson_under_way").iter().all(|it| enrolled.contains(it.id("person_id").as_str())));
}

/// Nobody was told that something is done which is not.
fn what_was_answered_is_kept(rows: &Rows, done: &[(String, Done)]) {
    let people: BTreeMap<&str, &rows::Row> =
        rows.of("sign_in").iter().map(|it| (it.text("email"), it)).collect();
    assert_eq!(people.len(), rows.of("sign_in").len());
    for (email, done) in done {
        let person = people.get(email.as_str()).unwrap_or_else(|| panic!("{done:?} is lost"));
        let id = person.id("person_id");
        let has = |table: &str| rows.of(table).iter().any(|it| it.id("person_id") == id);
        let kept = match done {
            Done::Registered => true,
            Done::Confirmed => !person.is_null("confirmed_at"),
            Done::SignedIn => has("session"),
            Done::Enrolled => has("enrolment"),
            Done::Read(lesson) => rows
                .of("lesson_under_way")
                .iter()
                .any(|it| it.id("person_id") == id && it.text("lesson") == *lesson),
        };
        assert!(kept, "{done:?} is lost");
    }
}

/// Each link that was kept has its letter, which was sent or waits. How many were sent more than once comes
/// back: no more than nodes were killed, because each has one in hand at a time.
fn no_letter_is_lost(rows: &Rows, town: &Town, kills: u32) -> usize {
    let sent = town.mailbox.received();
    let jobs = rows.of("job").iter().filter(|it| it.text("kind") == "send_mail");
    assert!(rows.of("job").iter().all(|it| it.text("state") != "dead"));
    let waiting: BTreeSet<String> = jobs.map(|it| it.id("id")).collect();
    let letters: BTreeSet<&String> = sent.keys().chain(&waiting).collect();
    assert_eq!(letters.len(), rows.of("link").len(), "letters and links");
    let twice: usize = sent.values().map(|it| it.len() - 1).sum();
    assert!(twice <= kills as usize, "{twice} letters were sent twice by {kills} kills");
    assert!(sent.values().all(|it| it.iter().all(|letter| *letter == it[0])), "sent twice, and not the same");
    twice
}

#[tokio::test]
async fn whoever_is_killed_has_kept_what_it_promised_on_sqlite() {
    survives_kills(Engine::Sqlite).await;
}

#[tokio::test]
async fn whoever_is_killed_has_kept_what_it_promised_on_postgres() {
    survives_kills(Engine::Postgres).await;
}
