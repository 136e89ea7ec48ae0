//! When two or a group meet: planned in a row or once, moved, called off, and written down.

use app::Clock;
use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use store::jobs::{self, Errand};

use crate::me::{link, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, PASSWORD, Seen, Stage, on_both};
use crate::supervision::{Cast, TERMS, begin, cast, record};
use crate::{supervision_groups, supervision_standing};

/// Ten o'clock on Tuesday 1 December 2026, and every four weeks until the end of February.
const ROW: [(&str, &str); 10] = [
    ("day_day", "1"),
    ("day_month", "12"),
    ("day_year", "2026"),
    ("time", "10:00"),
    ("minutes", "60"),
    ("place", "Room 2"),
    ("repeats", "yes"),
    ("until_day", "28"),
    ("until_month", "2"),
    ("until_year", "2027"),
];

/// Opens the page to plan and sends this.
async fn plans(browser: &mut Browser<'_>, place: &str, form: &[(&str, &str)]) -> Seen {
    let path = format!("{place}/plan");
    let id = hidden(&browser.get(&path).await, "id");
    browser.post(&path, &[&[("id", &*id)][..], form].concat()).await
}

/// Plans once, and says where it is.
pub(crate) async fn plan_once(browser: &mut Browser<'_>, place: &str, day: &str, time: &str) -> String {
    let form = with(&with(&with(&ROW, "repeats", "no"), "day_day", day), "time", time);
    let done = plans(browser, place, &form).await;
    assert_eq!(done.header(header::LOCATION), format!("{place}?done=planned"), "{}", done.body);
    let page = browser.get(place).await;
    let all = page.body.split("href=\"").filter_map(|it| it.split_once('"'));
    let all = all.filter(|it| it.0.contains("/planned/") && it.1.contains(&format!(" {day} December 2026")));
    all.map(|it| it.0.to_owned()).next().unwrap()
}

/// The row without the one of 29 December.
async fn plan_row(browser: &mut Browser<'_>, place: &str) -> Seen {
    plans(
        browser,
        place,
        &[&ROW[..], &[("step", "keep"), ("days", "2026-12-01"), ("days", "2027-01-26")]].concat(),
    )
    .await
}

/// Sends the form of one that is planned, as its page shows it but for this.
async fn change(browser: &mut Browser<'_>, at: &str, what: &str, form: &[(&str, &str)]) -> Seen {
    let number = hidden(&browser.get(at).await, "number");
    browser.post(&format!("{at}/{what}"), &[form, &[("number", &*number)]].concat()).await
}

/// To whom letters go when those who meet tomorrow are reminded, one session at a time; whoever takes the first is killed.
async fn reminded(stage: &Stage) -> Vec<String> {
    let db = stage.site.db();
    stage.letters().await;
    let tx = db.begin().await.unwrap();
    jobs::enqueue(&tx, &Errand::RemindOfSessions(None), stage.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let (mut steps, mut to) = (0, Vec::new());
    while let Some(claim) = jobs::claim(db, "a", stage.clock.now(), TimeDelta::minutes(1)).await.unwrap() {
        let tx = db.begin().await.unwrap();
        match &claim.errand {
            Errand::RemindOfSessions(after) => {
                let told = app::remind_of_sessions(&stage.site, *after, 1).await.unwrap();
                told.keep(&tx, stage.clock.now()).await.unwrap();
                steps += 1;
                if steps == 1 {
                    drop(tx);
                    stage.clock.wait(TimeDelta::minutes(2));
                    continue;
                }
            }
            Errand::SendMail(letter) => {
                assert!(
                    letter.text.contains("You meet somebody tomorrow.")
                        && !letter.text.contains("upervision with"),
                    "{}",
                    letter.text
                );
                to.push(letter.to.as_str().to_owned());
            }
            other => panic!("{other:?}"),
        }
        assert!(jobs::done(&tx, &claim).await.unwrap());
        tx.commit().await.unwrap();
    }
    to.sort();
    to
}

on_both! {
    async fn half_a_year_is_planned_once_its_days_were_looked_at(stage: Stage) {
        let Cast { mut sam, mut pat, mut max, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let form = pat.get(&format!("{pair}/plan")).await;
        for words in ["value=\"60\"", "value=\"Room 2\"", "again and again (every 4 weeks)", "value=\"20\"", "value=\"2027\""] {
            assert!(form.body.contains(words), "{words}: {}", form.body);
        }
        stage.letters().await;
        let look = plans(&mut pat, &pair, &ROW).await;
        assert_eq!(look.status, StatusCode::OK);
        for words in ["Tuesday 1 December 2026", "Tuesday 29 December 2026", "Tuesday 26 January 2027", "Tuesday 23 February 2027", "At 10.00 am, every 4 weeks, for 1 hour."] {
            assert!(look.body.contains(words), "{words}: {}", look.body);
        }
        assert!(sam.get(&pair).await.body.contains("Nothing is planned."), "looking keeps nothing");
        let back = plans(&mut pat, &pair, &[&ROW[..], &[("step", "back")]].concat()).await;
        assert!(back.body.contains("value=\"10:00\"") && back.body.contains("Until when?"), "{}", back.body);
        let id = hidden(&look, "id");
        let chosen = [&ROW[..], &[("id", &*id), ("step", "keep"), ("days", "2026-12-01"), ("days", "2027-01-26"), ("days", "2027-01-27")]].concat();
        for _ in 0..2 {
            // A second tap.
            let done = pat.post(&format!("{pair}/plan"), &chosen).await;
            assert_eq!(done.header(header::LOCATION), format!("{pair}?done=planned"), "{}", done.body);
        }
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].to == "sam@demo.example" && letters[0].link() == pair, "{letters:?}");
        let page = sam.get(&pair).await;
        assert!(page.body.contains("Tuesday 1 December 2026 at 10.00 am") && page.body.contains("Tuesday 26 January 2027 at 10.00 am"), "{}", page.body);
        assert!(!page.body.contains("29 December") && !page.body.contains("27 January"), "{}", page.body);
        for who in [&mut sam, &mut pat] {
            let hub = who.get("/supervision").await;
            assert!(hub.body.contains("What comes next") && hub.body.contains("Tuesday 1 December 2026 at 10.00 am"), "{}", hub.body);
        }
        let one = link(&page, &format!("{pair}/planned/"));
        for path in [&one, &format!("{pair}/plan")] {
            assert_eq!(max.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(sam.get("/me/log").await.body.contains("Planned when you meet for supervision"));
        for (form, says) in [
            (with(&ROW, "day_day", "20"), "to come"),
            (with(&ROW, "time", "late"), "Write a time of day"),
            (with(&ROW, "until_year", "2025"), "not before the first one"),
            (with(&ROW, "until_day", ""), "Write a day, a month and a year"),
            (with(&ROW, "minutes", "1"), "from 5 to 720"),
            (with(&with(&ROW, "day_month", "3"), "day_year", "2028"), "within 15 months"),
        ] {
            let form = if says == "to come" { with(&form, "day_month", "11") } else { form };
            let refused = plans(&mut pat, &pair, &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
            assert!(refused.body.contains(says) && refused.body.contains("value=\"Room 2\""), "{says}: {}", refused.body);
        }
        let none = plans(&mut pat, &pair, &[&ROW[..], &[("step", "keep")]].concat()).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("Choose at least one day."), "{}", none.body);
    }

    async fn whoever_is_busy_is_said_to_be_busy_and_nothing_else(stage: Stage) {
        let Cast { mut sam, mut pat, mut max, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let manage = format!("{path}/line-management");
        let id = hidden(&max.get(&manage).await, "id");
        let done = max.post(&manage, &[&TERMS[..], &[("id", &*id)]].concat()).await;
        assert!(done.status.is_redirection(), "{}", done.body);
        let managed = format!("/supervision/{id}");
        let theirs = plan_once(&mut max, &managed, "29", "10:30").await;
        let look = plans(&mut pat, &pair, &ROW).await;
        assert!(look.body.contains("Tuesday 29 December 2026: somebody is busy"), "{}", look.body);
        for secret in ["Max", "10.30", "10:30", "Line management", &theirs] {
            assert!(!look.body.contains(secret), "{secret}: {}", look.body);
        }
        let all = [&ROW[..], &[("step", "keep"), ("days", "2026-12-01"), ("days", "2026-12-29")]].concat();
        let refused = plans(&mut pat, &pair, &all).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("Somebody is busy"), "{}", refused.body);
        assert!(sam.get(&pair).await.body.contains("Nothing is planned."), "all of it or nothing");
        let once = with(&with(&ROW, "repeats", "no"), "day_day", "29");
        let refused = plans(&mut sam, &pair, &once).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("Somebody is busy"), "{}", refused.body);
        assert!(plans(&mut pat, &pair, &with(&once, "time", "11:30")).await.status.is_redirection(), "one ends when the other begins");
    }

    async fn of_two_who_plan_for_one_person_at_once_one_comes_second(stage: Stage) {
        let Cast { mut pat, mut max, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let manage = format!("{path}/line-management");
        let id = hidden(&max.get(&manage).await, "id");
        assert!(max.post(&manage, &[&TERMS[..], &[("id", &*id)]].concat()).await.status.is_redirection());
        let managed = format!("/supervision/{id}");
        let once = with(&ROW, "repeats", "no");
        let both = tokio::join!(plans(&mut pat, &pair, &once), plans(&mut max, &managed, &once));
        let kept = [both.0.status, both.1.status].iter().filter(|it| it.is_redirection()).count();
        assert_eq!(kept, 1, "{} {}", both.0.status, both.1.status);
    }

    async fn one_is_moved_and_those_after_it_if_so_chosen(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        assert!(plan_row(&mut pat, &pair).await.status.is_redirection());
        let one = link(&sam.get(&pair).await, &format!("{pair}/planned/"));
        stage.letters().await;
        let to = with(&with(&ROW[..6], "day_day", "3"), "time", "14:30");
        for _ in 0..2 {
            // A second tap.
            let done = change(&mut sam, &one, "move", &to).await;
            assert_eq!(done.header(header::LOCATION), format!("{one}?done=moved"), "{}", done.body);
        }
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].to == "pat@demo.example" && letters[0].link() == one, "{letters:?}");
        let page = pat.get(&one).await;
        assert!(page.body.contains("Thursday 3 December 2026 at 2.30 pm") && page.body.contains("It was planned for 1 December 2026"), "{}", page.body);
        assert!(pat.get(&pair).await.body.contains("Tuesday 26 January 2027 at 10.00 am"), "the other one stays");
        let stale = [&with(&to, "day_day", "4")[..], &[("number", "1")]].concat();
        let stale = pat.post(&format!("{one}/move"), &stale).await;
        assert!(stale.status == StatusCode::CONFLICT && stale.body.contains("It was changed meanwhile."), "{}", stale.body);
        let all = [&with(&to, "day_day", "9")[..], &[("later", "yes")]].concat();
        let number = hidden(&pat.get(&one).await, "number");
        for _ in 0..2 {
            // A second tap, of the same page.
            let done = pat.post(&format!("{one}/move"), &[&all[..], &[("number", &*number)]].concat()).await;
            assert_eq!(done.header(header::LOCATION), format!("{one}?done=moved"), "{}", done.body);
        }
        let page = pat.get(&pair).await;
        for words in ["Wednesday 9 December 2026 at 2.30 pm", "Monday 1 February 2027 at 2.30 pm"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let other = plan_once(&mut pat, &pair, "15", "9:00").await;
        let onto = change(&mut pat, &other, "move", &with(&to, "day_day", "9")).await;
        assert!(onto.status == StatusCode::UNPROCESSABLE_ENTITY && onto.body.contains("Somebody is busy at that time on 9 December 2026."), "{}", onto.body);
        let refused = change(&mut pat, &one, "move", &with(&to, "day_month", "13")).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("value=\"13\""), "{}", refused.body);
        for (statement, guard) in [
            ("DELETE FROM supervision_planned", "supervision_planned_never_goes"),
            ("UPDATE supervision_planned SET first_starts = 1", "supervision_planned_only_moves"),
            ("UPDATE supervision_planned SET starts = 1", "supervision_planned_once"),
            ("UPDATE supervision_planned SET off = 'service'", "supervision_planned_off_by_somebody"),
            ("UPDATE supervision_planned SET off = 'not_heard', off_by = made_by, why = 'clash'", "supervision_planned_why_in_a_word"),
            ("UPDATE supervision_arrangement SET ended_on = '2026-12-31'", "supervision_arrangement_leaves_nothing_planned"),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            let unnamed = guard == "supervision_planned_once" && refused.contains("supervision_planned.starts");
            assert!(unnamed || refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn one_is_called_off_once_in_a_word(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let one = plan_once(&mut pat, &pair, "1", "10:00").await;
        let nothing = change(&mut sam, &one, "off", &[("off", ""), ("why", "")]).await;
        assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.body.contains("Choose who could not"), "{}", nothing.body);
        let early = change(&mut sam, &one, "off", &[("off", "not_heard"), ("why", "")]).await;
        assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("It has not begun yet."), "{}", early.body);
        let number = hidden(&sam.get(&one).await, "number");
        stage.letters().await;
        for _ in 0..2 {
            // A second tap.
            let off = [("off", "supervisee"), ("why", "clash"), ("number", &*number)];
            let done = sam.post(&format!("{one}/off"), &off).await;
            assert_eq!(done.header(header::LOCATION), format!("{one}?done=off"), "{}", done.body);
        }
        assert_eq!(stage.letters().await.len(), 1);
        let page = pat.get(&one).await;
        for words in ["Did not take place", "Whoever is supervised could not. Something else is at the same time", "Kept by"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let late = [&ROW[..6], &[("number", &*number)]].concat();
        let late = pat.post(&format!("{one}/move"), &late).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(sam.get(&pair).await.body.contains("Nothing is planned."));
        let refused = stage.site.db().execute("UPDATE supervision_planned SET place = 'Elsewhere'").await;
        assert!(refused.unwrap_err().to_string().contains("supervision_planned_is_settled_once"));
        plan_once(&mut pat, &pair, "1", "10:00").await;
    }

    async fn what_was_planned_is_written_down_and_says_so(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let one = plan_once(&mut pat, &pair, "1", "10:00").await;
        assert!(!pat.get(&one).await.body.contains("Write down that we met"), "it lies ahead");
        stage.clock.wait(TimeDelta::days(12));
        let page = sam.get(&pair).await;
        assert!(page.body.contains("Did you meet?"), "{}", page.body);
        let record_at = link(&pat.get(&one).await, &format!("{pair}/record?planned="));
        let form = pat.get(&record_at).await;
        for words in ["value=\"10:00\"", "value=\"60\"", "value=\"Room 2\"", "value=\"12\""] {
            assert!(form.body.contains(words), "{words}: {}", form.body);
        }
        let late = with(&with(&ROW[..6], "time", "10:20"), "minutes", "40");
        assert!(record(&mut pat, &format!("{pair}/record"), &late).await.status.is_redirection());
        let page = sam.get(&one).await;
        assert!(page.body.contains("It took place: what is written down"), "{}", page.body);
        assert!(sam.get(&link(&page, &format!("{pair}/sessions/"))).await.body.contains("10.20 am"));
        assert!(!sam.get(&pair).await.body.contains("Did you meet?"));
        let (session, number) = (link(&page, &format!("{pair}/sessions/")), "1");
        // A change is of the same session.
        assert!(supervision_standing::change(&mut pat, &session, "35", number).await.status.is_redirection());
        assert!(sam.get(&one).await.body.contains("It took place"));
    }

    async fn what_took_place_on_another_day_or_earlier_than_planned_is_written_down_with_its_plan(stage: Stage) {
        let Cast { mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let [one, two] = [plan_once(&mut pat, &pair, "1", "10:00").await, plan_once(&mut pat, &pair, "2", "23:00").await];
        // Of two on one day both are moved one by one.
        plan_once(&mut pat, &pair, "1", "20:00").await;
        let both = [&with(&ROW[..6], "day_day", "4")[..], &[("later", "yes")]].concat();
        let refused = change(&mut pat, &one, "move", &both).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("one by one"), "{}", refused.body);
        stage.clock.wait(TimeDelta::days(11));
        let planned = one.rsplit('/').next().unwrap();
        let other_day = [&with(&ROW[..6], "day_day", "2")[..], &[("planned", planned)]].concat();
        assert!(record(&mut pat, &format!("{pair}/record"), &other_day).await.status.is_redirection());
        assert!(pat.get(&one).await.body.contains("It took place"), "it was chosen");
        assert!(!pat.get(&two).await.body.contains("It took place"), "another was");
        let earlier = with(&with(&ROW[..6], "day_day", "2"), "time", "15:00");
        let earlier = [&earlier[..], &[("same", "another")]].concat();
        assert!(record(&mut pat, &format!("{pair}/record"), &earlier).await.status.is_redirection());
        assert!(pat.get(&two).await.body.contains("It took place"), "earlier than it was planned");
        // Its time is free again.
        plan_once(&mut pat, &pair, "2", "23:00").await;
    }

    async fn what_is_planned_after_the_end_is_asked_about(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        assert!(plan_row(&mut pat, &pair).await.status.is_redirection());
        let last = [("last_day", "31"), ("last_month", "12"), ("last_year", "2026")];
        let asked = pat.post(&format!("{pair}/end"), &last).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.body.contains("A session is planned after that day.") && asked.body.contains("What is planned after that day is called off"), "{}", asked.body);
        let done = pat.post(&format!("{pair}/end"), &[&last[..], &[("calls_off", "yes")]].concat()).await;
        assert_eq!(done.header(header::LOCATION), format!("{pair}?done=ended"), "{}", done.body);
        let page = sam.get(&pair).await;
        assert!(page.body.contains("1 December 2026 at 10.00 am") && !page.body.contains("26 January"), "{}", page.body);
        let late = plans(&mut pat, &pair, &with(&ROW, "day_year", "2027")).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("It ends on 31 December 2026."), "{}", late.body);
    }

    async fn what_was_planned_before_the_end_is_settled_after_it(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let one = plan_once(&mut pat, &pair, "1", "10:00").await;
        let last = [("last_day", "2"), ("last_month", "12"), ("last_year", "2026")];
        assert!(pat.post(&format!("{pair}/end"), &last).await.status.is_redirection());
        stage.clock.wait(TimeDelta::days(14));
        let page = sam.get(&one).await;
        assert!(page.body.contains("It did not take place") && !page.body.contains("Move it"), "{}", page.body);
        let moved = change(&mut sam, &one, "move", &with(&ROW[..6], "day_day", "8")).await;
        assert_eq!(moved.status, StatusCode::NOT_FOUND);
        let done = change(&mut sam, &one, "off", &[("off", "not_heard"), ("why", "")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{one}?done=off"), "{}", done.body);
        assert!(!pat.get(&pair).await.body.contains("Did you meet?"));
    }

    async fn a_link_of_a_call_is_as_long_as_programs_make_them(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let link_of_call = format!("https://call.example/meet/{}", "x".repeat(300));
        let one = with(&with(&ROW, "repeats", "no"), "place", &link_of_call);
        let wordy = "Room ".repeat(30);
        let long = with(&one, "place", &wordy);
        let refused = plans(&mut pat, &pair, &long).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("120"), "{}", refused.body);
        assert!(plans(&mut pat, &pair, &one).await.status.is_redirection());
        let at = link(&sam.get(&pair).await, &format!("{pair}/planned/"));
        let page = sam.get(&at).await;
        assert!(page.body.contains(&format!("href=\"{link_of_call}\"")) && page.body.contains("by this link"), "{}", page.body);
        let shorter = link_of_call.replace("xx", "x");
        let done = change(&mut sam, &at, "move", &with(&ROW[..6], "place", &shorter)).await;
        assert!(done.status.is_redirection() && pat.get(&at).await.body.contains(&shorter), "{}", done.body);
        stage.clock.wait(TimeDelta::days(12));
        let record_at = link(&pat.get(&at).await, &format!("{pair}/record?planned="));
        assert!(pat.get(&record_at).await.body.contains("value=\"Online\""));
        let refused = stage.site.db().execute("UPDATE supervision_planned SET place = 'Room 2'").await.unwrap_err().to_string();
        assert!(refused.contains("supervision_planned_link_fits"), "{refused}");
    }

    async fn everybody_who_meets_tomorrow_is_written_to_once(stage: Stage) {
        let Cast { mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        for (day, time) in [("1", "10:00"), ("1", "15:00"), ("2", "10:00")] {
            plan_once(&mut pat, &pair, day, time).await;
        }
        stage.clock.wait(TimeDelta::days(9));
        assert_eq!(reminded(&stage).await, ["pat@demo.example", "pat@demo.example", "sam@demo.example", "sam@demo.example"]);
        let rung = [("known_as", "Sam"), ("way", "phone"), ("phone", "01865 000000")];
        let mut sam = stage.browser();
        assert!(sam.post("/sign-in", &[("email", "sam@demo.example"), ("password", PASSWORD)]).await.status.is_redirection());
        let kept = sam.post("/me/about", &rung).await;
        assert!(kept.status.is_redirection(), "{}", kept.body);
        stage.clock.wait(TimeDelta::days(1));
        assert_eq!(reminded(&stage).await, ["pat@demo.example"], "whoever would rather be rung gets no letter");
        stage.clock.wait(TimeDelta::days(1));
        assert!(reminded(&stage).await.is_empty(), "it is over");
    }

    async fn of_a_group_whoever_leads_plans_and_members_read_of_their_days(stage: Stage) {
        let supervision_groups::Cast { mut cora, mut kim, mut lee, group, people: [_, l, _], .. } = supervision_groups::cast(&stage).await;
        let one = plan_once(&mut cora, &group, "1", "10:00").await;
        let later = plan_once(&mut cora, &group, "8", "10:00").await;
        let last = [("last_day", "1"), ("last_month", "12"), ("last_year", "2026")];
        assert!(cora.post(&format!("{group}/members/{l}"), &last).await.status.is_redirection());
        assert!(kim.get(&one).await.body.contains("Tuesday 1 December 2026") && kim.get(&later).await.status == StatusCode::OK);
        assert!(lee.get(&one).await.status == StatusCode::OK && lee.get(&later).await.status == StatusCode::NOT_FOUND);
        assert!(!lee.get(&group).await.body.contains("8 December") && !lee.get("/supervision").await.body.contains("8 December"));
        assert_eq!(kim.get(&format!("{group}/plan")).await.status, StatusCode::NOT_FOUND, "whoever leads plans");
        assert!(!kim.get(&one).await.body.contains("Call it off"));
        stage.clock.wait(TimeDelta::days(11));
        assert!(cora.get(&group).await.body.contains("Did you meet?"));
        assert!(!kim.get(&group).await.body.contains("Did you meet?"), "whoever leads is asked");
        for what in ["move", "off"] {
            assert_eq!(kim.post(&format!("{one}/{what}"), &[("number", "1"), ("off", "service"), ("why", "clash")]).await.status, StatusCode::NOT_FOUND, "{what}");
        }
    }
}
