//! Concerns: whom they reach, and whom never; who takes them on, and what becomes of those that nobody does.

use app::Clock;
use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use store::jobs::{self, Errand};

use crate::me::{joined, link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

/// What is typed to cover a way, without who does.
const COVER: [(&str, &str); 4] = [
    ("answer_within", "4"),
    ("there", "Monday to Friday, 9 to 5"),
    ("out_of_hours", "The duty team, 01865 000001"),
    ("outside", "The council, 01865 000002"),
];

/// Says that these cover a way.
pub(crate) async fn cover<const N: usize>(
    admin: &mut Browser<'_>,
    host: &str,
    route: &str,
    names: [&str; N],
) -> Seen {
    let path = format!("/organisation/{host}/concerns/{route}");
    let page = admin.get(&path).await;
    let revision = hidden(&page, "revision");
    let holders: Vec<_> =
        ["first", "second", "third"].into_iter().zip(names.map(|it| option(&page, it))).collect();
    let holders = holders.iter().map(|(name, it)| (*name, it.as_str()));
    let form: Vec<_> = holders.chain(COVER).chain([("revision", &*revision)]).collect();
    let done = admin.post(&path, &form).await;
    assert!(done.status.is_redirection(), "{}", done.body);
    done
}

/// The value of the box that people read so.
fn boxed(page: &Seen, text: &str) -> String {
    let boxes = page.body.split("value=\"").skip(1).filter_map(|it| it.split_once('"'));
    let is_it = |it: &(&str, &str)| it.1.split("</label>").next().is_some_and(|it| it.contains(text));
    boxes.filter(is_it).map(|it| it.0.to_owned()).last().unwrap()
}

/// Sends the form of a way, filled in so far, about these.
async fn try_raise(
    browser: &mut Browser<'_>,
    host: &str,
    route: &str,
    (about, rest): (&[&str], &[(&str, &str)]),
) -> Seen {
    let path = format!("/concerns/raise/{host}/{route}");
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let id = hidden(&page, "id");
    let about: Vec<_> = about.iter().map(|it| boxed(&page, it)).collect();
    let about = about.iter().map(|it| ("about", it.as_str()));
    let form: Vec<_> = about.chain(rest.iter().copied()).chain([("id", &*id)]).collect();
    browser.post(&path, &form).await
}

/// Raises a concern about somebody who would be told, with where it is written down, and says where it is.
pub(crate) async fn raise(
    browser: &mut Browser<'_>,
    host: &str,
    route: &str,
    about: &[(&str, &str)],
) -> String {
    let (who, system) = about[0];
    let done = try_raise(browser, host, route, (&[who], &[("knows", "no"), ("system", system)])).await;
    assert!(done.status.is_redirection(), "{}", done.body);
    done.header(header::LOCATION).split('?').next().unwrap().to_owned()
}

struct Cast<'a> {
    sam: Browser<'a>,
    lea: Browser<'a>,
    dan: Browser<'a>,
    dot: Browser<'a>,
    admin: Browser<'a>,
    host: String,
}

/// Sam learns; Lea leads safeguarding, and Dan and Dot stand in for her.
async fn cast(stage: &Stage) -> Cast<'_> {
    let mut admin = stage.administrator().await;
    let sam = stage.learner("sam@demo.example").await;
    let host = stage.host().to_string();
    let lea = joined(stage, &mut admin, ("lea@demo.example", "Lea", "safeguarding_lead")).await;
    let dan = joined(stage, &mut admin, ("dan@demo.example", "Dan", "safeguarding_deputy")).await;
    let dot = joined(stage, &mut admin, ("dot@demo.example", "Dot", "safeguarding_deputy")).await;
    cover(&mut admin, &host, "adult", ["Lea", "Dan", "Dot"]).await;
    stage.letters().await;
    Cast { sam, lea, dan, dot, admin, host }
}

/// Lets everything run that is due, and says what was posted to whom.
async fn run(stage: &Stage) -> Vec<(String, String)> {
    let (db, mut posted) = (stage.site.db(), Vec::new());
    while let Some(claim) = jobs::claim(db, "a", stage.clock.now(), TimeDelta::minutes(1)).await.unwrap() {
        let tx = db.begin().await.unwrap();
        match &claim.errand {
            Errand::PassOnConcern(id) => app::pass_on_concern(&stage.site, &tx, *id).await.unwrap(),
            Errand::SendMail(letter) => posted.push((letter.to.as_str().to_owned(), letter.text.clone())),
            other => panic!("{other:?}"),
        }
        assert!(jobs::done(&tx, &claim).await.unwrap());
        tx.commit().await.unwrap();
    }
    posted
}

fn to(posted: &[(String, String)]) -> Vec<&str> {
    posted.iter().map(|it| it.0.split('@').next().unwrap()).collect()
}

on_both! {
    async fn a_concern_reaches_the_lead_who_takes_it_on(stage: Stage) {
        let Cast { mut sam, mut lea, mut dan, mut admin, host, .. } = cast(&stage).await;
        let page = sam.get(&format!("/concerns/raise/{host}/adult")).await;
        for words in ["href=\"tel:999\"", "<bdi>Lea</bdi>", "after 4 hours", "The duty team, 01865 000001", "The council, 01865 000002"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let (id, path) = (hidden(&page, "id"), format!("/concerns/raise/{host}/adult"));
        let form = [("id", &*id), ("knows", "yes"), ("system", "The council’s form"), ("reference", "ABC 12")];
        let (mut one, mut two) = (sam.tab(), sam.tab());
        let (one, two) = tokio::join!(one.post(&path, &form), two.post(&path, &form));
        // Two taps at once, and a third.
        for done in [one, two, sam.post(&path, &form).await] {
            assert_eq!(done.header(header::LOCATION), format!("/concerns/{id}?done=raised"), "{}", done.body);
        }
        let at = format!("/concerns/{id}");
        let posted = run(&stage).await;
        assert_eq!(to(&posted), ["lea"]);
        assert!(posted[0].1.contains(&at) && !posted[0].1.to_lowercase().contains("safeguarding") && !posted[0].1.contains("Sam"), "{posted:?}");
        let mine = sam.get(&at).await;
        for words in ["You raised it", "Whom it reached", "<bdi>Lea</bdi>", "<bdi>Dan</bdi>", "The council’s form", "ABC 12", "Yes, they know"] {
            assert!(mine.body.contains(words), "{words}: {}", mine.body);
        }
        assert!(!mine.body.contains("I take this on"), "{}", mine.body);
        let theirs = lea.get(&at).await;
        for words in ["Raised by", "<bdi>Sam</bdi>", "sam@demo.example", "I take this on", "The council’s form"] {
            assert!(theirs.body.contains(words), "{words}: {}", theirs.body);
        }
        assert!(lea.get("/concerns/mine").await.body.contains("Waits to be taken on"));
        for _ in 0..2 {
            assert_eq!(lea.post(&format!("{at}/take-on"), &[]).await.header(header::LOCATION), format!("{at}?done=taken"));
        }
        assert_eq!(dan.post(&format!("{at}/take-on"), &[]).await.header(header::LOCATION), format!("{at}?done=already"));
        let posted = run(&stage).await;
        assert!(to(&posted) == ["sam"] && posted[0].1.contains(&at), "{posted:?}");
        assert!(sam.get(&at).await.body.contains("<bdi>Lea</bdi> took it on"));
        let log = sam.get("/me/log").await;
        assert!(log.body.contains("Opened a concern that you raised") && log.body.contains("Took on a concern that you raised"), "{}", log.body);
        // Nobody has more time to lose.
        stage.clock.wait(TimeDelta::hours(5));
        assert!(run(&stage).await.is_empty());
        assert_eq!(admin.get(&at).await.status, StatusCode::NOT_FOUND, "administrators see none of it");
    }

    async fn nothing_reaches_anybody_whom_it_is_about(stage: Stage) {
        let Cast { mut sam, mut lea, mut dan, mut dot, host, .. } = cast(&stage).await;
        let at = raise(&mut sam, &host, "adult", &[("Lea", "")]).await;
        assert_eq!(to(&run(&stage).await), ["dan"]);
        assert_eq!(lea.get(&at).await.status, StatusCode::NOT_FOUND);
        assert_eq!(lea.post(&format!("{at}/take-on"), &[]).await.status, StatusCode::NOT_FOUND);
        for path in ["/concerns/mine", "/me/log", "/today", "/me"] {
            assert!(!lea.get(path).await.body.contains(&at) && !lea.get(path).await.body.contains("concern that"), "{path}");
        }
        let theirs = dan.get(&at).await;
        assert!(theirs.body.contains("Say nothing of it to them") && theirs.body.contains("<bdi>Lea</bdi>"), "{}", theirs.body);
        let id = "(SELECT id FROM concern)";
        let lea_id = "(SELECT id FROM person WHERE known_as = 'Lea')";
        for (statement, guard) in [
            (format!("INSERT INTO concern_told VALUES ({id}, {lea_id}, 2, 1)"), "concern_reaches_nobody_it_is_about"),
            (format!("INSERT INTO concern_told VALUES ({id}, (SELECT id FROM person WHERE known_as = 'Sam'), 2, 1)"), "concern_is_told_to_somebody_else"),
            (format!("INSERT INTO concern_taken_on VALUES ({id}, {lea_id}, 1)"), "concern_taken_on_by_somebody_told"),
            (format!("INSERT INTO concern_about VALUES ({id}, (SELECT id FROM person WHERE known_as = 'Dot'))"), "concern_about_is_said_first"),
            ("UPDATE concern SET route = 'child'".into(), "concern_never_changes"),
            ("DELETE FROM concern_about".into(), "concern_about_never_goes"),
            ("UPDATE concern_told SET at = 2".into(), "concern_told_never_changes"),
            ("DELETE FROM concern".into(), "concern_never_goes"),
        ] {
            let refused = stage.site.db().execute(&statement).await.unwrap_err().to_string();
            let unnamed = guard == "concern_taken_on_by_somebody_told" && refused.contains("FOREIGN KEY");
            assert!(unnamed || refused.contains(guard), "{statement}: {refused}");
        }
        // If it is about everybody, nobody is told and nothing is kept.
        let refused = try_raise(&mut sam, &host, "adult", (&["Lea", "Dan", "Dot"], &[("knows", "unsafe"), ("system", "Kept here")])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Nobody is left here") && refused.body.contains("The council, 01865 000002") && refused.body.contains("value=\"Kept here\""), "{}", refused.body);
        assert!(run(&stage).await.is_empty());
        // Whoever covers it turns to the others.
        let at = raise(&mut dan, &host, "adult", &[("Lea", "")]).await;
        assert_eq!(to(&run(&stage).await), ["dot"]);
        assert!(!dan.get(&at).await.body.contains("I take this on") && dot.get(&at).await.body.contains("I take this on"));
    }

    async fn what_nobody_takes_on_goes_to_the_next_once_and_at_last_back(stage: Stage) {
        let Cast { mut sam, mut lea, mut dot, mut admin, host, .. } = cast(&stage).await;
        // Also who would rather be rung.
        let rung = [("known_as", "Lea"), ("way", "phone"), ("phone", "01865 000000")];
        assert!(lea.post("/me/about", &rung).await.status.is_redirection());
        let done = try_raise(&mut sam, &host, "adult", (&[], &[("knows", "no")])).await;
        let at = done.header(header::LOCATION).split('?').next().unwrap().to_owned();
        assert_eq!(to(&run(&stage).await), ["lea"]);
        stage.clock.wait(TimeDelta::hours(3));
        assert!(run(&stage).await.is_empty(), "there is still time");
        stage.clock.wait(TimeDelta::hours(1));
        assert_eq!(to(&run(&stage).await), ["dan"]);
        // Who covers it is as it is then: Dan is told already, and Dot is not of it any more.
        cover(&mut admin, &host, "adult", ["Lea", "Dan"]).await;
        assert_eq!(dot.get(&at).await.status, StatusCode::NOT_FOUND);
        stage.clock.wait(TimeDelta::hours(4));
        let posted = run(&stage).await;
        assert_eq!(to(&posted), ["sam", "lea", "dan"]);
        assert!(posted[0].1.contains("Please ring."), "{posted:?}");
        let page = sam.get(&at).await;
        assert!(page.body.contains("Nobody has taken it on in time") && page.body.contains("The duty team, 01865 000001"), "{}", page.body);
        stage.clock.wait(TimeDelta::days(2));
        assert!(run(&stage).await.is_empty(), "it is said once");
        assert!(lea.get(&at).await.body.contains("I take this on"), "it can still be taken on");
        assert!(lea.post(&format!("{at}/take-on"), &[]).await.status.is_redirection());
        assert!(!sam.get(&at).await.body.contains("Nobody has taken it on in time"));
    }

    async fn each_kind_has_people_of_its_own(stage: Stage) {
        let Cast { mut sam, mut lea, mut admin, host, .. } = cast(&stage).await;
        let mut guardian = joined(&stage, &mut admin, ("gia@demo.example", "Gia", "freedom_to_speak_up_guardian")).await;
        cover(&mut admin, &host, "speak_up", ["Gia"]).await;
        stage.letters().await;
        let choose = admin.get(&format!("/organisation/{host}/concerns/adult")).await;
        assert!(!choose.body.contains(">Gia<") && choose.body.contains(">Dan<"), "{}", choose.body);
        let done = try_raise(&mut sam, &host, "speak_up", (&[], &[("system", "")])).await;
        let at = done.header(header::LOCATION).split('?').next().unwrap().to_owned();
        assert_eq!(to(&run(&stage).await), ["gia"]);
        assert_eq!(lea.get(&at).await.status, StatusCode::NOT_FOUND);
        assert!(guardian.get(&at).await.body.contains("I take this on"));
        let child = sam.get(&format!("/concerns/raise/{host}/child")).await;
        assert!(child.body.contains("Nobody is named here yet") && !child.body.contains("Turn to them"), "{}", child.body);
        assert_eq!(sam.post(&format!("/concerns/raise/{host}/child"), &[("knows", "no")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(sam.get(&format!("/concerns/raise/{host}/gossip")).await.status, StatusCode::NOT_FOUND);
        // Everybody finds whom to ring, also without an account, and nobody's name.
        let front = stage.browser().get("/concerns").await;
        for words in ["href=\"tel:999\"", "The duty team, 01865 000001", "nobody is named here yet", "href=\"/sign-in\""] {
            assert!(front.body.contains(words), "{words}: {}", front.body);
        }
        assert!(!front.body.contains("Lea<") && !front.body.contains("Gia"));
        assert!(stage.browser().get("/").await.body.contains("href=\"/concerns\""), "from every page");
    }

    async fn where_it_is_written_down_is_said_once_and_names_nobody(stage: Stage) {
        let Cast { mut sam, mut lea, mut dan, host, .. } = cast(&stage).await;
        let nhs = [("knows", "no"), ("system", "The record"), ("reference", "943 476 5919")];
        let asked = try_raise(&mut sam, &host, "adult", (&[], &nhs)).await;
        assert!(asked.status == StatusCode::UNPROCESSABLE_ENTITY && asked.body.contains("looks like an NHS number") && asked.body.contains("value=\"943 476 5919\""), "{}", asked.body);
        let none = try_raise(&mut sam, &host, "adult", (&[], &[("system", "The record")])).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("no mistake if they do not know yet"), "{}", none.body);
        assert!(run(&stage).await.is_empty());
        let done = try_raise(&mut sam, &host, "adult", (&[], &[("knows", "no")])).await;
        let at = done.header(header::LOCATION).split('?').next().unwrap().to_owned();
        let form = [("system", "The record"), ("reference", "12")];
        let empty = lea.post(&format!("{at}/written"), &with(&form, "system", "")).await;
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("where that number leads to"), "{}", empty.body);
        let done = lea.post(&format!("{at}/written"), &form).await;
        assert_eq!(done.header(header::LOCATION), format!("{at}?done=written"), "{}", done.body);
        for who in [&mut sam, &mut dan] {
            // Another is too late, and sees how it stands.
            assert_eq!(who.post(&format!("{at}/written"), &with(&form, "reference", "13")).await.header(header::LOCATION), at);
            let page = who.get(&at).await;
            assert!(page.body.contains("The record") && page.body.contains("<bdi>12</bdi>"), "{}", page.body);
        }
    }

    async fn whoever_covers_concerns_is_said_by_an_administrator(stage: Stage) {
        let Cast { mut admin, host, .. } = cast(&stage).await;
        let path = format!("/organisation/{host}/concerns/adult");
        let page = admin.get(&path).await;
        for words in ["value=\"4\"", "The duty team", "After how many hours"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let (lea, revision) = (option(&page, "Lea"), hidden(&page, "revision"));
        let form = [&COVER[..], &[("first", &*lea), ("second", ""), ("third", ""), ("revision", &*revision)]].concat();
        for (form, says) in [
            (with(&form, "first", ""), "Choose somebody from the list."),
            (with(&form, "first", "x"), "Choose somebody from the list."),
            (with(&form, "second", &lea), "They stand here twice."),
            (with(&form, "answer_within", "100"), "from 1 to 72"),
            (with(&form, "out_of_hours", ""), "Write who is rung when they are not there."),
        ] {
            let refused = admin.post(&path, &form).await;
            assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(says) && refused.body.contains("The council"), "{says}: {}", refused.body);
        }
        for _ in 0..2 {
            // A second tap.
            assert_eq!(admin.post(&path, &form).await.header(header::LOCATION), format!("/organisation/{host}/concerns?done=kept"));
        }
        let newer = admin.post(&path, &with(&form, "answer_within", "8")).await;
        assert!(newer.status == StatusCode::CONFLICT && newer.body.contains("value=\"8\""), "{}", newer.body);
        let again = hidden(&newer, "revision");
        let form = with(&with(&form, "answer_within", "8"), "revision", &again);
        assert!(admin.post(&path, &form).await.status.is_redirection());
        let all = admin.get(&format!("/organisation/{host}/concerns")).await;
        assert!(all.body.contains("<bdi>Lea</bdi>") && all.body.contains("Nobody is named") && !all.body.contains("<bdi>Dan</bdi>"), "{}", all.body);
        assert!(admin.get(&format!("/organisation/{host}/settings")).await.body.contains(&link(&all, &path)[..path.len() - 6]));
    }
}
