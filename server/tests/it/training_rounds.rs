//! A round of training from its beginning to a place: what coordinators arrange, what somebody answers, every step back
//! and on, and who reads what.

use axum::http::{StatusCode, header};

use crate::inviting::action;
use crate::me::{ODD, joined, link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

const ROUND: [(&str, &str); 11] = [
    ("name", "Spring"),
    ("sentence", "Ten days of training."),
    ("opens_day", "21"),
    ("opens_month", "11"),
    ("opens_year", "2026"),
    ("closes_day", "30"),
    ("closes_month", "11"),
    ("closes_year", "2026"),
    ("places", "1"),
    ("role", "volunteer"),
    ("revision", "0"),
];

const LISTENS: [(&str, &str); 5] =
    [("words", "Listens well"), ("need", "essential"), ("ways", "lived"), ("ways", "willing"), ("place", "")];
const DRIVES: [(&str, &str); 3] = [("words", "Drives a car"), ("need", "desirable"), ("place", "")];

const ANSWER: [(&str, &str); 2] = [("evidence", "I listened for a year."), ("revision", "0")];

/// Where the host's training is.
pub(crate) fn training(stage: &Stage) -> String {
    format!("/training/at/{}", stage.host())
}

/// Begins a round with two criteria, and says where its page is.
pub(crate) async fn round(stage: &Stage, coordinator: &mut Browser<'_>) -> String {
    let about = action(&coordinator.get(&format!("{}/rounds/new", training(stage))).await, "/about");
    let kept = coordinator.post(&about, &ROUND).await;
    let round = about.replace("/about", "");
    assert_eq!(kept.header(header::LOCATION), format!("{round}?done=kept"), "{}", kept.body);
    for criterion in [&LISTENS[..], &DRIVES[..]] {
        let page = coordinator.get(&format!("{round}/criteria/new")).await;
        let revision = hidden(&page, "revision");
        let form = [criterion, &[("revision", &*revision)]].concat();
        let kept = coordinator.post(&criterion_action(&page), &form).await;
        assert_eq!(kept.header(header::LOCATION), format!("{round}?done=kept"), "{}", kept.body);
    }
    round
}

/// Where the form about a criterion goes.
fn criterion_action(page: &Seen) -> String {
    let actions = page.body.split("action=\"").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0);
    actions.filter(|it| it.contains("/criteria/")).map(ToOwned::to_owned).next().unwrap()
}

/// The page of a round as everybody reads it.
pub(crate) fn public(round: &str) -> String {
    format!("/training/rounds/{}", round.rsplit('/').next().unwrap())
}

/// Opens a round.
pub(crate) async fn open(coordinator: &mut Browser<'_>, round: &str) {
    let opened = coordinator.post(&format!("{round}/open"), &[]).await;
    assert_eq!(opened.header(header::LOCATION), format!("{round}?done=opened"), "{}", opened.body);
}

/// Begins an application, and says where its page is.
pub(crate) async fn apply(sam: &mut Browser<'_>, round: &str) -> String {
    let begun = sam.post(&format!("{}/apply", public(round)), &[]).await;
    assert!(begun.header(header::LOCATION).starts_with("/training/applications/"), "{}", begun.body);
    begun.header(header::LOCATION).to_owned()
}

/// Answers the first criterion.
pub(crate) async fn answer(sam: &mut Browser<'_>, application: &str) -> String {
    let criterion = link(&sam.get(application).await, &format!("{application}/criteria/"));
    let kept = sam.post(&criterion, &ANSWER).await;
    assert_eq!(
        kept.header(header::LOCATION),
        format!("{application}?done=answered#answers"),
        "{}",
        kept.body
    );
    criterion
}

/// Takes a step that leads on.
pub(crate) async fn step(sam: &mut Browser<'_>, application: &str, step: &str) {
    let seen = sam.post(&format!("{application}/step"), &[("step", step)]).await;
    assert_eq!(seen.header(header::LOCATION), format!("{application}?done={step}"), "{step}: {}", seen.body);
}

/// The page of an application as coordinators see it.
pub(crate) fn theirs(stage: &Stage, application: &str) -> String {
    format!("{}/applications/{}", training(stage), application.rsplit('/').next().unwrap())
}

/// Somebody who coordinates, of this name.
pub(crate) async fn coordinator<'a>(stage: &'a Stage, admin: &mut Browser<'_>, name: &str) -> Browser<'a> {
    let email = format!("{}@demo.example", name.to_lowercase());
    joined(stage, admin, (&email, name, "coordinator")).await
}

/// Keeps that the coordinator of this name has talked with them.
pub(crate) async fn talk(kim: &mut Browser<'_>, page: &str, who: &str) {
    let who = option(&kim.get(page).await, who);
    let form = [("held_day", "21"), ("held_month", "11"), ("held_year", "2026"), ("held_by", who.as_str())];
    let seen = kim.post(&format!("{page}/conversation"), &form).await;
    assert_eq!(seen.header(header::LOCATION), format!("{page}?done=talked"), "{}", seen.body);
}

/// Puts somebody on the list for such a role.
async fn listed(stage: &Stage, email: &str, role: &str) {
    let mut browser = stage.browser();
    let host = stage.host().to_string();
    let form =
        [("organisation", &*host), ("known_as", "Jo"), ("email", email), ("role", role), ("consent", "1")];
    browser.post("/training/join", &form).await;
    let link = stage.letters().await.pop().unwrap().link();
    assert!(browser.post(&link, &[]).await.status.is_redirection());
}

on_both! {
    async fn a_round_is_written_opened_and_read_by_everybody(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        assert!(kim.get("/me").await.body.contains(&format!("href=\"{}\"", training(&stage))));
        let round = round(&stage, &mut kim).await;
        let page = kim.get(&round).await;
        assert!(page.body.contains("Not opened yet") && page.body.contains("Listens well") && page.body.contains("lived experience (a plain yes is enough) and being willing"), "{}", page.body);
        assert_eq!(stage.get(&public(&round)).await.status, StatusCode::NOT_FOUND, "nobody else sees it yet");
        open(&mut kim, &round).await;
        let again = kim.post(&format!("{round}/open"), &[]).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("Nobody is written to a second time"), "{}", again.body);
        let page = stage.get(&public(&round)).await;
        assert!(page.body.contains("Open until 30 November 2026") && page.body.contains("Sign in and apply") && page.body.contains("Drives a car"), "{}", page.body);
        assert!(kim.get(&training(&stage)).await.body.contains("Spring"));
    }

    async fn those_who_asked_for_such_a_role_are_told_once_however_often_it_is_tried(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        for (email, role) in [("v@demo.example", "volunteer"), ("p@demo.example", "paid"), ("n@demo.example", "not_sure")] {
            listed(&stage, email, role).await;
        }
        assert!(kim.get(&training(&stage)).await.body.contains("3 people are on the list."));
        let round = round(&stage, &mut kim).await;
        open(&mut kim, &round).await;
        stage.letters().await;
        let id = round.rsplit('/').next().unwrap().parse().unwrap();
        app::tell_of_round(&stage.site, id).await.unwrap();
        app::tell_of_round(&stage.site, id).await.unwrap();
        let letters = stage.letters().await;
        let mut to: Vec<_> = letters.iter().map(|it| it.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["n@demo.example", "v@demo.example"], "whoever asked for pay is not told of a round for volunteers");
        assert_eq!(letters[0].link(), public(&round));
        let leave = letters[0].text.split("http://127.0.0.1:3000").nth(2).unwrap().split_whitespace().next().unwrap();
        assert!(stage.browser().post(leave, &[]).await.status.is_redirection());
        assert!(kim.get(&training(&stage)).await.body.contains("2 people are on the list."));
    }

    async fn criteria_that_somebody_has_begun_to_answer_stay_as_they_are(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        let round = round(&stage, &mut kim).await;
        let criterion = link(&kim.get(&round).await, &format!("{round}/criteria/0"));
        let page = kim.get(&criterion).await;
        let revision = hidden(&page, "revision");
        let form = with(&LISTENS, "words", "Listens");
        let form = [&form[..], &[("revision", &*revision)]].concat();
        assert!(kim.post(&criterion, &form).await.status.is_redirection());
        let old = kim.post(&criterion, &with(&form, "words", "Hears")).await;
        assert!(old.status == StatusCode::CONFLICT && old.body.contains("Another coordinator changed"), "{}", old.body);
        let other = another(&stage, &mut kim).await;
        let foreign = criterion.replace(&round, &other);
        assert_eq!(kim.get(&foreign).await.status, StatusCode::NOT_FOUND);
        assert_eq!(kim.post(&foreign, &form).await.status, StatusCode::NOT_FOUND, "a criterion belongs to one round");
        open(&mut kim, &round).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let application = apply(&mut sam, &round).await;
        let page = kim.get(&criterion).await;
        let revision = hidden(&page, "revision");
        let form = [&LISTENS[..], &[("revision", &*revision)]].concat();
        let refused = kim.post(&criterion, &form).await;
        assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("begin another round"), "{}", refused.body);
        assert!(sam.get(&application).await.body.contains(". Listens<"));
        let changed = stage.site.db().execute("UPDATE training_round SET criteria = criteria + 1").await;
        assert!(changed.unwrap_err().to_string().to_lowercase().contains("foreign key"), "and the engine says so too");
    }

    async fn somebody_answers_sends_pauses_steps_back_and_returns_and_nothing_is_lost(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        let round = round(&stage, &mut kim).await;
        open(&mut kim, &round).await;
        let mut sam = stage.learner("sam@demo.example").await;
        assert!(sam.get("/training").await.body.contains(&public(&round)));
        let application = apply(&mut sam, &round).await;
        assert_eq!(apply(&mut sam, &round).await, application, "a second tap begins no second one");
        let page = sam.get("/training").await;
        assert!(page.body.contains("My applications") && page.body.contains("then send it by 30 November 2026"), "{}", page.body);
        let early = sam.post(&format!("{application}/step"), &[("step", "send")]).await;
        assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("Number 1 is essential"), "{}", early.body);
        answer(&mut sam, &application).await;
        let board = format!("{round}/board");
        assert!(!kim.get(&board).await.body.contains("<bdi>Sam</bdi>"), "nobody sees a draft");
        assert_eq!(kim.get(&theirs(&stage, &application)).await.status, StatusCode::NOT_FOUND);
        for what in ["pause", "return", "step_back", "return", "send", "pause", "return", "step_back", "return"] {
            step(&mut sam, &application, what).await;
        }
        let page = sam.get(&application).await;
        assert!(page.body.contains("I listened for a year.") && page.body.contains("They stay as you sent them") && page.body.contains("<th scope=\"row\">Stepped back</th>"), "{}", page.body);
        assert!(kim.get(&board).await.body.contains("<bdi>Sam</bdi>") && kim.get(&format!("{round}/table")).await.body.contains("<bdi>Sam</bdi>"));
        let stale = sam.post(&format!("{application}/step"), &[("step", "send")]).await;
        assert!(stale.status == StatusCode::CONFLICT && stale.body.contains("has moved on since"), "{}", stale.body);
        for odd in ODD.into_iter().chain(["", "offer", "talk", "not_this_time"]) {
            assert_eq!(sam.post(&format!("{application}/step"), &[("step", odd)]).await.status, StatusCode::CONFLICT, "{odd:?}");
        }
        let log = sam.get("/me/log").await;
        for what in ["Began an application", "Sent an application", "Paused an application", "Stepped back from", "Returned to"] {
            assert!(log.body.contains(what), "{what}: {}", log.body);
        }
    }

    async fn an_answer_in_an_old_tab_overwrites_nothing_newer_and_odd_ones_come_back(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = coordinator(&stage, &mut admin, "Kim").await;
        let round = round(&stage, &mut kim).await;
        open(&mut kim, &round).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let application = apply(&mut sam, &round).await;
        let criterion = answer(&mut sam, &application).await;
        let old = sam.post(&criterion, &with(&ANSWER, "evidence", "From an old tab")).await;
        assert!(old.status == StatusCode::CONFLICT && old.body.contains("I listened for a year.") && old.body.contains("From an old tab"), "{}", old.body);
        let page = sam.get(&criterion).await;
        assert!(page.body.contains("A yes is enough.") && page.body.contains("name=\"lived\"") && !page.body.contains("name=\"equivalence\""), "{}", page.body);
        let all = [
            ("evidence", "mine"), ("title", "NVQ 3"), ("body", "City & Guilds"), ("year", "2019"), ("valid_day", "1"),
            ("valid_month", "6"), ("valid_year", "2028"), ("seen_by", "Kim"), ("lived", "yes"), ("willing_day", "1"),
            ("willing_month", "6"), ("willing_year", "2027"), ("revision", "1"),
        ];
        let long = "é".repeat(5_000);
        for (field, _) in all {
            for odd in ODD.into_iter().chain(["", long.as_str()]) {
                let seen = sam.post(&criterion, &with(&all, field, odd)).await;
                let fine = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::SEE_OTHER, StatusCode::CONFLICT];
                assert!(fine.contains(&seen.status), "{field}={odd:?}: {}", seen.status);
                assert!(!seen.body.contains("<script"), "{field}={odd:?}");
            }
        }
        let revision = hidden(&sam.get(&criterion).await, "revision");
        let kept = sam.post(&criterion, &with(&all, "revision", &revision)).await;
        assert!(kept.status.is_redirection(), "{}", kept.body);
        let page = sam.get(&application).await;
        for words in ["NVQ 3", "City &amp; Guilds", "Lived experience", "By 1 June 2027", "1 June 2028"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let mut noor = stage.learner("noor@demo.example").await;
        for path in [application.clone(), criterion.clone(), format!("{application}/adjustments")] {
            assert_eq!(noor.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let other = answer_of_another_round(&stage, &mut kim, &application).await;
        assert_eq!(sam.get(&other).await.status, StatusCode::NOT_FOUND, "a criterion of another round");
    }
}

/// Another round.
async fn another(stage: &Stage, kim: &mut Browser<'_>) -> String {
    round(stage, kim).await
}

/// Where the answer to a criterion of another round would be.
async fn answer_of_another_round(stage: &Stage, kim: &mut Browser<'_>, application: &str) -> String {
    let round = round(stage, kim).await;
    let criterion = link(&kim.get(&round).await, &format!("{round}/criteria/0"));
    criterion.replace(&round, application)
}
