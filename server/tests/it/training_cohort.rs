//! Groups that go through a programme: their days, tutors, places and registers, and what people see of themselves.

use axum::http::{StatusCode, header};

use crate::me::{ODD, joined, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

/// A group of the whole programme, weekly from the day on which the clock of tests begins.
pub(crate) const NEW: [(&str, &str); 11] = [
    ("programme", "peer-support-worker"),
    ("name", "Spring & Co"),
    ("places", "3"),
    ("least", ""),
    ("first_day", "21"),
    ("first_month", "11"),
    ("first_year", "2026"),
    ("rhythm", "weekly"),
    ("time", "10:00"),
    ("place", "Room 4"),
    ("link", ""),
];

/// A coordinator, two tutors, and where their group is.
pub(crate) struct Group<'a> {
    pub(crate) coordinator: Browser<'a>,
    pub(crate) jo: Browser<'a>,
    /// Where the coordinator has it.
    pub(crate) path: String,
    /// Where the others have it.
    pub(crate) within: String,
}

/// Begins a group with Jo and Lee as tutors.
pub(crate) async fn group(stage: &Stage) -> Group<'_> {
    group_from(stage, &NEW).await
}

/// The same, with another form.
pub(crate) async fn group_from<'a>(stage: &'a Stage, form: &[(&str, &str)]) -> Group<'a> {
    let mut admin = stage.administrator().await;
    let mut coordinator = joined(stage, &mut admin, ("kim@demo.example", "Kim", "coordinator")).await;
    let jo = joined(stage, &mut admin, ("jo@demo.example", "Jo", "tutor")).await;
    joined(stage, &mut admin, ("lee@demo.example", "Lee", "tutor")).await;
    let path = begin(stage, &mut coordinator, form).await;
    choose_tutors(&mut coordinator, &path).await;
    let within = within(&path);
    Group { coordinator, jo, path, within }
}

/// Chooses everybody who gives courses as tutors of a group.
pub(crate) async fn choose_tutors(coordinator: &mut Browser<'_>, path: &str) {
    let tutors = ticked(&coordinator.get(&format!("{path}/tutors")).await);
    let form: Vec<_> = tutors.iter().map(|it| ("tutor", it.as_str())).collect();
    let seen = coordinator.post(&format!("{path}/tutors"), &form).await;
    assert_eq!(seen.header(header::LOCATION), format!("{path}?done=tutors"), "{}", seen.body);
}

/// Where a group is for those who are in it.
pub(crate) fn within(path: &str) -> String {
    format!("/training/cohorts/{}", path.rsplit_once('/').unwrap().1)
}

/// Where the groups of the organisation that runs the site are.
fn base(stage: &Stage) -> String {
    format!("/training/at/{}/cohorts", stage.host())
}

pub(crate) async fn begin(stage: &Stage, coordinator: &mut Browser<'_>, form: &[(&str, &str)]) -> String {
    let seen = coordinator.post(&format!("{}/new", base(stage)), form).await;
    let location = seen.header(header::LOCATION).to_owned();
    assert!(location.ends_with("?done=begun"), "{}", seen.body);
    location.trim_end_matches("?done=begun").to_owned()
}

/// Everything that could be ticked among tutors.
fn ticked(page: &Seen) -> Vec<String> {
    let boxes = page.body.split("name=\"tutor\" value=\"").skip(1);
    boxes.map(|it| it.split_once('"').unwrap().0.to_owned()).collect()
}

/// Gives the first of that name who has none a place, and says who it is.
pub(crate) async fn give(coordinator: &mut Browser<'_>, path: &str, name: &str) -> String {
    let page = coordinator.get(&format!("{path}/people?name={name}")).await;
    let person = hidden(&page, "person");
    let seen = coordinator.post(&format!("{path}/people"), &[("person", &person)]).await;
    assert_eq!(seen.header(header::LOCATION), format!("{path}?done=given"), "{}", seen.body);
    person
}

/// Where the registers of a group are, in the programme's order.
pub(crate) async fn registers(tutor: &mut Browser<'_>, within: &str) -> Vec<String> {
    let page = tutor.get(within).await;
    let start = format!("href=\"{within}/sessions/");
    let links = page.body.split(start.as_str()).skip(1).map(|it| it.split_once('"').unwrap().0);
    links.map(|it| format!("{within}/sessions/{it}")).collect()
}

/// What is typed about one person.
pub(crate) fn row(person: &str, mark: &str, minutes: &str, caught_up: bool) -> Vec<(String, String)> {
    let field = |name: &str, value: &str| (format!("{name}-{person}"), value.to_owned());
    let mut row = vec![field("mark", mark), field("minutes", minutes)];
    row.extend(caught_up.then(|| field("caught", "yes")));
    row
}

/// Sends a register as a page shows it that has seen `revision`.
pub(crate) async fn keep(
    tutor: &mut Browser<'_>,
    register: &str,
    rows: &[Vec<(String, String)>],
    revision: &str,
) -> Seen {
    let fields: Vec<_> = rows.iter().flatten().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    tutor.post(register, &[&fields[..], &[("revision", revision)]].concat()).await
}

on_both! {
    async fn a_group_begins_with_a_day_for_each_session_that_can_then_be_changed(stage: Stage) {
        let Group { mut coordinator, path, .. } = group(&stage).await;
        let training = crate::training_rounds::training(&stage);
        assert!(coordinator.get(&training).await.body.contains(&base(&stage)), "it is led to");
        let page = coordinator.get(&path).await;
        assert!(page.body.contains("Spring &amp; Co") && page.body.contains("0 of 3 taken") && page.body.contains("80 in 100 minutes"), "{}", page.body);
        for day in ["Saturday 21 November 2026 at 10.00 am", "Saturday 28 November 2026 at 10.00 am", "Saturday 27 February 2027 at 10.00 am"] {
            assert!(page.body.contains(day), "{day}");
        }
        assert!(!page.body.contains("Fewer than two"), "both tutors hold all of them");
        let second = page.body.match_indices(&format!("{path}/sessions/")).nth(1).unwrap().0;
        let second = page.body[second..].split_once('"').unwrap().0.to_owned();
        let form = coordinator.get(&second).await;
        assert!(form.body.contains("value=\"28\"") && form.body.contains("value=\"10:00\""), "{}", form.body);
        let one = ticked(&form).remove(0);
        let moved = [("held_day", "29"), ("held_month", "11"), ("held_year", "2026"), ("time", "14.30"), ("place", ""), ("link", "https://meet.example/x"), ("tutor", &*one)];
        assert_eq!(coordinator.post(&second, &moved).await.header(header::LOCATION), format!("{path}?done=kept"));
        let page = coordinator.get(&path).await;
        assert!(page.body.contains("Sunday 29 November 2026 at 2.30 pm") && page.body.contains("Fewer than two"), "{}", page.body);
        assert!(page.body.contains("Saturday 5 December 2026 at 10.00 am"), "the others stay");
        for odd in ODD.into_iter().chain([""]) {
            for field in ["held_day", "time"] {
                let seen = coordinator.post(&second, &with(&moved, field, odd)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd:?}");
                assert!(seen.title().starts_with("Error: ") && seen.body.contains("https://meet.example/x"), "{field} {odd:?}");
            }
        }
        let stranger = coordinator.post(&second, &with(&moved, "tutor", "00000000-0000-7000-8000-000000000009")).await;
        assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_form_that_is_sent_twice_begins_one_group_and_bad_ones_none(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = joined(&stage, &mut admin, ("kim@demo.example", "Kim", "coordinator")).await;
        let new = format!("{}/new", base(&stage));
        let id = hidden(&kim.get(&new).await, "id");
        let form = [&NEW[..], &[("id", &id)]].concat();
        let first = begin(&stage, &mut kim, &form).await;
        assert_eq!(begin(&stage, &mut kim, &form).await, first);
        assert_eq!(kim.get(&base(&stage)).await.body.matches("Spring &amp; Co").count(), 1);
        for (field, odd) in [("programme", "x"), ("name", ""), ("places", "0"), ("places", "61"), ("least", "0"), ("first_day", "31"), ("rhythm", "daily"), ("time", "25:00"), ("place", "")] {
            let seen = kim.post(&new, &with(&NEW, field, odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd}");
            assert!(seen.title().starts_with("Error: ") && seen.body.contains(&format!("href=\"#{field}\"")), "{field} {odd}: {}", seen.body);
        }
        for odd in ODD {
            for field in ["places", "time", "programme", "first_year"] {
                assert_eq!(kim.post(&new, &with(&NEW, field, odd)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd:?}");
            }
        }
        assert_eq!(kim.post(&new, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(kim.get(&base(&stage)).await.body.matches("<li class=\"card").count(), 1);
    }

    async fn no_more_people_get_a_place_than_there_are_places(stage: Stage) {
        let Group { mut coordinator, path, .. } = group(&stage).await;
        for it in 0..5 {
            stage.registered(&format!("sam{it}@demo.example")).await;
        }
        for _ in 0..2 {
            give(&mut coordinator, &path, "Sam").await;
        }
        // The last place, given to two at once from two tabs.
        let page = coordinator.get(&format!("{path}/people?name=Sam")).await;
        let free: Vec<_> = page.body.split("name=\"person\" value=\"").skip(1).map(|it| it.split_once('"').unwrap().0.to_owned()).collect();
        assert_eq!(free.len(), 3);
        let (mut one, mut two, people) = (coordinator.tab(), coordinator.tab(), format!("{path}/people"));
        let (form_one, form_two) = ([("person", &*free[0])], [("person", &*free[1])]);
        let (a, b) = tokio::join!(one.post(&people, &form_one), two.post(&people, &form_two));
        let mut statuses = [a.status, b.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
        assert!(format!("{}{}", a.body, b.body).contains("Every place is taken"));
        assert!(coordinator.get(&path).await.body.contains("3 of 3 taken"));
        // Nor does the database take one more, whoever asks it.
        let more = "INSERT INTO cohort_place (cohort_id, person_id, state, seat, places, since) \
                    SELECT c.id, p.id, 'here', 4, c.places, '2026-11-21' FROM cohort c, person p \
                    WHERE p.id NOT IN (SELECT person_id FROM cohort_place)";
        let refused = stage.site.db().execute(more).await.unwrap_err().to_string();
        assert!(refused.contains("cohort_place_within_places"), "{refused}");
        // Fewer places than are taken are refused; more are given.
        let terms = |places| [("name", "Spring"), ("places", places), ("least", "70")];
        let fewer = coordinator.post(&format!("{path}/terms"), &terms("2")).await;
        assert!(fewer.status == StatusCode::UNPROCESSABLE_ENTITY && fewer.body.contains("3 places are taken"), "{}", fewer.body);
        coordinator.post(&format!("{path}/terms"), &terms("9")).await;
        give(&mut coordinator, &path, "Sam").await;
        assert!(coordinator.get(&path).await.body.contains("4 of 9 taken"));
    }

    async fn whoever_pauses_or_leaves_loses_nothing_and_comes_back(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within, .. } = group(&stage).await;
        let mut sam = stage.learner("sam@demo.example").await;
        let person = give(&mut coordinator, &path, "Sam").await;
        let register = registers(&mut jo, &within).await.remove(0);
        keep(&mut jo, &register, &[row(&person, "came", "", false)], "0").await;
        let theirs = format!("{path}/people/{person}");
        for (to, says) in [("paused", "Your place stays yours"), ("left", "What you have done is kept"), ("left", "kept"), ("here", "Next: ")] {
            assert_eq!(coordinator.post(&theirs, &[("state", to)]).await.header(header::LOCATION), format!("{path}?done={to}"));
            let mine = sam.get(&within).await;
            assert!(mine.body.contains(says) && mine.body.contains("<dd>3 hours</dd>"), "{to}: {}", mine.body);
        }
        for odd in ODD.into_iter().chain(["", "gone"]) {
            assert!(coordinator.post(&theirs, &[("state", odd)]).await.status.is_redirection(), "{odd:?}");
        }
        // When fewer places are left, those who stay close up.
        for it in 0..2 {
            stage.registered(&format!("sam{it}@demo.example")).await;
            give(&mut coordinator, &path, "Sam").await;
        }
        coordinator.post(&theirs, &[("state", "left")]).await;
        let terms = [("name", "Spring"), ("places", "2"), ("least", "")];
        assert_eq!(coordinator.post(&format!("{path}/terms"), &terms).await.header(header::LOCATION), format!("{path}?done=kept"));
        let back = coordinator.post(&theirs, &[("state", "here")]).await;
        assert!(back.status == StatusCode::UNPROCESSABLE_ENTITY && back.body.contains("Every place is taken"), "{}", back.body);
        let log = sam.get("/me/log").await;
        assert!(log.body.contains("Gave you a place in a group") && log.body.contains("Changed whether you take part"), "{}", log.body);
    }

    async fn a_register_is_kept_as_a_whole_or_not_at_all(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within, .. } = group(&stage).await;
        for it in 0..2 {
            stage.registered(&format!("sam{it}@demo.example")).await;
        }
        let [a, b] = [give(&mut coordinator, &path, "Sam").await, give(&mut coordinator, &path, "Sam").await];
        let register = registers(&mut jo, &within).await.remove(0);
        let page = jo.get(&register).await;
        assert!(page.body.matches("role=\"group\"").count() == 2 && hidden(&page, "revision") == "0", "{}", page.body);
        assert!(!page.body.contains("health") && page.body.contains("Nobody is asked why"));
        for odd in ODD.into_iter().chain(["0", "180", ""]) {
            let refused = keep(&mut jo, &register, &[row(&a, "came", "", false), row(&b, "part", odd, false)], "0").await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
            assert!(refused.body.contains("from 1 to 179") && refused.title().starts_with("Error: "), "{odd:?}");
        }
        assert_eq!(hidden(&jo.get(&register).await, "revision"), "0", "nothing of it was kept");
        let kept = keep(&mut jo, &register, &[row(&a, "came", "", false), row(&b, "part", "95", true)], "0").await;
        assert_eq!(kept.header(header::LOCATION), format!("{within}?done=register"), "{}", kept.body);
        let page = jo.get(&register).await;
        assert!(page.body.contains("value=\"95\"") && page.body.contains("checked") && hidden(&page, "revision") == "1", "{}", page.body);
        let table = jo.get(&within).await;
        assert!(table.body.contains("Kept") && table.body.contains(">100<"), "{}", table.body);
        let odd = "not-a-person".to_owned();
        assert!(keep(&mut jo, &register, &[row(&odd, "came", "", false)], "1").await.status.is_redirection(), "what is nobody’s is no row");
        let stranger = keep(&mut jo, &register, &[row("00000000-0000-7000-8000-000000000009", "came", "", false)], "2").await;
        assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_newer_register_is_shown_and_never_overwritten_unseen(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within, .. } = group(&stage).await;
        stage.registered("sam@demo.example").await;
        let sam = give(&mut coordinator, &path, "Sam").await;
        let register = registers(&mut jo, &within).await.remove(0);
        keep(&mut jo, &register, &[row(&sam, "came", "", false)], "0").await;
        let late = keep(&mut coordinator, &register, &[row(&sam, "part", "60", false)], "0").await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("Kept now: Came") && late.body.contains("value=\"60\"") && hidden(&late, "revision") == "1", "{}", late.body);
        let again = keep(&mut coordinator, &register, &[row(&sam, "part", "60", false)], "1").await;
        assert!(again.status.is_redirection(), "now it has been seen");
        assert!(jo.get(&register).await.body.contains("value=\"60\""));
    }

    async fn before_a_session_only_who_told_us_is_marked_and_what_is_off_counts_for_nobody(stage: Stage) {
        let Group { mut coordinator, mut jo, path, within, .. } = group(&stage).await;
        let mut learner = stage.learner("sam@demo.example").await;
        let sam = give(&mut coordinator, &path, "Sam").await;
        let all = registers(&mut jo, &within).await;
        assert_eq!(all.len(), 15);
        let early = keep(&mut jo, &all[1], &[row(&sam, "came", "", false)], "0").await;
        assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("has not been held yet"), "{}", early.body);
        assert!(keep(&mut jo, &all[1], &[row(&sam, "told_us", "", false)], "0").await.status.is_redirection());
        assert!(learner.get(&within).await.body.contains("You told us") && jo.get(&within).await.body.contains("Begun"));
        assert!(learner.get(&within).await.body.contains("Held so far</dt><dd>none yet"), "it is not held by that");
        let first = all[0].trim_end_matches("/register").replace(&within, &path);
        let off = [("held_day", "21"), ("held_month", "11"), ("held_year", "2026"), ("time", "10:00"), ("place", "Room 4"), ("link", ""), ("off", "yes")];
        assert!(coordinator.post(&first, &off).await.status.is_redirection());
        let refused = keep(&mut jo, &all[0], &[row(&sam, "came", "", false)], "0").await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("does not take place"), "{}", refused.body);
        // 40 hours without the three of the first session.
        assert!(learner.get(&within).await.body.contains("<dd>37 hours</dd>"));
    }
}
