//! A node is killed while somebody writes down what a group of eight did: the whole of it is there, or nothing.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{Datelike, Days, NaiveDate, Utc, Weekday};
use store::Engine;
use uuid::Uuid;

use super::line::Line;
use super::mailbox::Mailbox;
use super::node::Place;
use super::rows::Rows;
use crate::proof;
use crate::supervision::TERMS;

/// Kills with every change.
const EVERYDAY: u32 = 25;
const SEED: u64 = 0x5eed_0fa9_4070;
/// How far past the usual end of saving a moment may lie, in hundredths of how long it takes.
const UP_TO: u64 = 130;
/// Everybody of the demo's charity but whoever leads.
const MEMBERS: [&str; 8] = ["Robin", "Amina", "Tom", "Grace", "Dee", "Callum", "Wen", "Moira"];

/// A form about one session, and what became of it.
struct Sent {
    id: String,
    fields: Vec<(String, String)>,
    /// The node said that it is written down.
    answered: bool,
}

async fn survives_kills(engine: Engine) {
    let kills = proof::cases(EVERYDAY);
    let mailbox = Mailbox::open().await;
    let place = Place::make(engine, mailbox.port()).await;
    place.done(&["demo"]);
    let node = place.serve().await;
    let mut line = Line::new(place.address, None);
    let signed_in = line
        .sent("/sign-in", &[("email", "coordinator@demo.example"), ("password", server::demo::PASSWORD)])
        .await;
    assert_eq!(signed_in.status, 303, "{}", signed_in.body);
    line.cookies = signed_in.cookies;
    let (group, people) = group(&line).await;
    let path = format!("{group}/record");
    node.kill();
    // As fresh as those that are killed: what a node does first takes longer, and a kill would mostly come too early.
    let node = place.serve().await;
    line.page(&path).await.expect("the page of the form");
    let mut sent = vec![form(&people, 0)];
    let began = Instant::now();
    sent[0].answered = send(&line, &path, &sent[0]).await;
    let takes = began.elapsed();
    assert!(sent[0].answered, "saved while nobody kills");
    node.kill();
    let mut random = SEED;
    for nth in 1..=kills {
        let node = place.serve().await;
        line.page(&path).await.expect("the page of the form");
        let mut form = form(&people, nth);
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = takes.mul_f64(f64::from(u32::try_from((random >> 33) % UP_TO).unwrap()) / 100.0);
        let (answered, ()) = tokio::join!(send(&line, &path, &form), async {
            tokio::time::sleep(moment).await;
            node.kill();
        });
        form.answered = answered;
        sent.push(form);
    }
    let node = place.serve().await;
    let rows = place.rows().await;
    let there = sent.iter().filter(|it| is_whole(&rows, it)).count();
    // Whoever sends it again, because nobody answered, has it written down once.
    for form in &sent {
        assert!(send(&line, &path, form).await, "sent again");
    }
    node.kill();
    place.verify();
    let rows = place.rows().await;
    assert!(sent.iter().all(|it| is_whole(&rows, it)));
    assert_eq!(rows.of("supervision_session").len(), sent.len());
    assert_eq!(
        rows.of("audit_event").iter().filter(|it| it.text("action") == "supervision_held").count(),
        sent.len()
    );
    let answered = sent.iter().filter(|it| it.answered).count();
    let seen = format!(
        "kills: {there} forms wholly there, {} wholly absent, {answered} answered",
        sent.len() - there
    );
    proof::tell(engine, kills, &seen);
}

/// Begins a group of eight, and says where it is and who belongs to it.
async fn group(line: &Line) -> (String, Vec<String>) {
    let page = line.page("/supervision/new").await.unwrap().body;
    let begin = page.split("href=\"").find(|it| it.contains("/experts-by-experience")).unwrap();
    let begin = begin.split_once('"').unwrap().0.to_owned();
    let id = Uuid::now_v7().to_string();
    let first = day(0) - Days::new(100);
    let (date, month, year) = (first.day().to_string(), first.month().to_string(), first.year().to_string());
    let review = first + Days::new(300);
    let review = [review.day().to_string(), review.month().to_string(), review.year().to_string()];
    let mut terms: BTreeMap<&str, &str> = TERMS.into_iter().collect();
    terms.extend([("id", &*id), ("name", "Tuesday"), ("from_day", &*date), ("from_month", &*month)]);
    terms.extend([("from_year", &*year), ("review_day", &*review[0]), ("review_month", &*review[1])]);
    terms.insert("review_year", &review[2]);
    let fields: Vec<_> = terms.into_iter().collect();
    let answer = line.send(&begin, &fields).await.unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    let group = format!("/supervision/{id}");
    let mut people = Vec::new();
    for name in MEMBERS {
        let found = line.page(&format!("{group}/members?name={name}")).await.unwrap().body;
        let person = found.split("<option value=\"").find(|it| it.contains(&format!(">{name} ("))).unwrap();
        let person = person.split_once('"').unwrap().0.to_owned();
        let from = [("from_day", &*date), ("from_month", &*month), ("from_year", &*year)];
        let fields = [&[("person", &*person), ("name", name)][..], &from].concat();
        let answer = line.send(&format!("{group}/members"), &fields).await.unwrap();
        assert_eq!(answer.status, 303, "{}", answer.body);
        people.push(person);
    }
    (group, people)
}

/// A Wednesday that has been: on none did clocks change.
fn day(weeks_ago: u64) -> NaiveDate {
    let mut day = Utc::now().date_naive() - Days::new(2 + 7 * weeks_ago);
    while day.weekday() != Weekday::Wed {
        day = day - Days::new(1);
    }
    day
}

/// A session of its own for each form.
fn form(people: &[String], nth: u32) -> Sent {
    let id = Uuid::now_v7().to_string();
    let (day, minutes) = (day(u64::from(nth / 100)), nth % 100 * 14);
    let mut fields = vec![
        ("id".to_owned(), id.clone()),
        ("same".to_owned(), "another".to_owned()),
        ("day_day".to_owned(), day.day().to_string()),
        ("day_month".to_owned(), day.month().to_string()),
        ("day_year".to_owned(), day.year().to_string()),
        ("time".to_owned(), format!("{}:{:02}", minutes / 60, minutes % 60)),
        ("minutes".to_owned(), "90".to_owned()),
        ("themes".to_owned(), "Endings".to_owned()),
    ];
    fields.extend(people.iter().map(|it| (format!("came-{it}"), "came".to_owned())));
    for nth in 1..=3 {
        let due = [("day", day.day()), ("month", day.month()), ("year", day.year().unsigned_abs() + 1)];
        fields.push((format!("what_{nth}"), "Bring the tea".to_owned()));
        fields.push((format!("who_{nth}"), people[0].clone()));
        fields.extend(due.map(|(part, value)| (format!("due_{nth}_{part}"), value.to_string())));
    }
    Sent { id, fields, answered: false }
}

/// Sends a form once, and says whether the node answered that it is written down.
async fn send(line: &Line, path: &str, form: &Sent) -> bool {
    let fields: Vec<_> = form.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let answer = tokio::time::timeout(Duration::from_secs(15), line.send(path, &fields)).await;
    let Ok(Some(answer)) = answer else { return false };
    assert_eq!(answer.status, 303, "{}", answer.body);
    true
}

/// Whether a session is there with everything that belongs to it; panics if it is there in part, or was answered and is
/// not there.
fn is_whole(rows: &Rows, form: &Sent) -> bool {
    let counted =
        |table: &str, column: &str| rows.of(table).iter().filter(|it| it.id(column) == form.id).count();
    let there = [
        counted("supervision_session", "id"),
        counted("supervision_fact", "session_id"),
        counted("supervision_presence", "session_id"),
        counted("supervision_theme", "session_id"),
        counted("supervision_action", "session_id"),
    ];
    match there {
        [1, 1, 8, 1, 3] => true,
        [0, 0, 0, 0, 0] => {
            assert!(!form.answered, "what was answered is lost");
            false
        }
        half => panic!("it is there in part: {half:?}"),
    }
}

#[tokio::test]
async fn a_group_is_written_down_wholly_or_not_at_all_on_sqlite() {
    survives_kills(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_group_is_written_down_wholly_or_not_at_all_on_postgres() {
    survives_kills(Engine::Postgres).await;
}
