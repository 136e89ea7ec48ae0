//! Groups that are supervised together: begun, joined and left, and written down in one form, all of it or nothing.

use axum::http::{StatusCode, header};

use crate::arranging::person_called;
use crate::me::{joined, link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::supervision::TERMS;

/// A session on the day on which the clock of the stage began.
const MET: [(&str, &str); 6] = [
    ("day_day", "21"),
    ("day_month", "11"),
    ("day_year", "2026"),
    ("time", "10:00"),
    ("minutes", "90"),
    ("themes", "Endings, and looking after ourselves"),
];

/// Begins a group for the host, and says where it is.
pub(crate) async fn begin(leader: &mut Browser<'_>, host: &str) -> String {
    let path = format!("/supervision/group/{host}/experts-by-experience");
    let id = hidden(&leader.get(&path).await, "id");
    let form = [&TERMS[..], &[("id", &*id), ("name", "Tuesday group")]].concat();
    for _ in 0..2 {
        // A second tap.
        let done = leader.post(&path, &form).await;
        assert_eq!(
            done.header(header::LOCATION),
            format!("/supervision/{id}/members?done=begun"),
            "{}",
            done.body
        );
    }
    format!("/supervision/{id}")
}

/// Adds somebody of that name from a day of November on, and says who they are.
pub(crate) async fn add(leader: &mut Browser<'_>, group: &str, name: &str, day: &str) -> (String, Seen) {
    let members = format!("{group}/members");
    let page = leader.get(&format!("{members}?name={name}")).await;
    let person = option(&page, name);
    let from = [("from_day", day), ("from_month", "11"), ("from_year", "2026")];
    let form = [&[("person", &*person), ("name", name)][..], &from].concat();
    let seen = leader.post(&members, &form).await;
    (person, seen)
}

/// A coordinator with a group of three experts by experience.
pub(crate) struct Cast<'a> {
    pub(crate) cora: Browser<'a>,
    pub(crate) kim: Browser<'a>,
    pub(crate) lee: Browser<'a>,
    pub(crate) admin: Browser<'a>,
    pub(crate) group: String,
    /// Kim, Lee and Ash, as a form names them.
    pub(crate) people: [String; 3],
}

pub(crate) async fn cast(stage: &Stage) -> Cast<'_> {
    let mut admin = stage.administrator().await;
    let mut cora = joined(stage, &mut admin, ("cora@demo.example", "Cora", "coordinator")).await;
    let kim = joined(stage, &mut admin, ("kim@demo.example", "Kim", "expert_by_experience")).await;
    let lee = joined(stage, &mut admin, ("lee@demo.example", "Lee", "expert_by_experience")).await;
    joined(stage, &mut admin, ("ash@demo.example", "Ash", "peer_support_worker")).await;
    let group = begin(&mut cora, &stage.host().to_string()).await;
    let mut people = Vec::new();
    for name in ["Kim", "Lee", "Ash"] {
        let (person, seen) = add(&mut cora, &group, name, "1").await;
        assert_eq!(seen.header(header::LOCATION), format!("{group}/members?done=joined"), "{}", seen.body);
        people.push(person);
    }
    Cast { cora, kim, lee, admin, group, people: people.try_into().unwrap() }
}

/// Writes down a session of a group as its page is opened, with whether each came.
pub(crate) async fn record(
    leader: &mut Browser<'_>,
    group: &str,
    form: &[(&str, &str)],
    came: &[(&str, &str, &str)],
) -> Seen {
    let path = format!("{group}/record");
    let id = hidden(&leader.get(&path).await, "id");
    let came: Vec<_> = came
        .iter()
        .flat_map(|(who, came, minutes)| {
            [(format!("came-{who}"), (*came).to_owned()), (format!("minutes-{who}"), (*minutes).to_owned())]
        })
        .collect();
    let came: Vec<_> = came.iter().map(|(name, value)| (&**name, &**value)).collect();
    leader.post(&path, &[&[("id", &*id)][..], form, &came].concat()).await
}

on_both! {
    async fn members_are_added_by_name_written_to_and_agree_each_for_themself(stage: Stage) {
        stage.letters().await;
        let Cast { mut cora, mut kim, group, .. } = cast(&stage).await;
        let letters = stage.letters().await;
        let agreement = format!("{group}/agreement/1");
        let theirs: Vec<_> = letters.iter().filter(|it| it.text.contains(&agreement)).map(|it| &*it.to).collect();
        assert_eq!(theirs, ["kim@demo.example", "lee@demo.example", "ash@demo.example"]);
        let page = cora.get(&group).await;
        for words in ["Group supervision with Tuesday group", "Kim", "Lee", "Ash", "Add somebody"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let page = kim.get(&group).await;
        assert!(page.body.contains("Led by") && page.body.contains("Cora") && !page.body.contains("Add somebody"), "{}", page.body);
        let hub = kim.get("/supervision").await;
        assert!(hub.body.contains("Tuesday group, with Cora") && hub.body.contains("Waits for you"), "{}", hub.body);
        for (who, name) in [(&mut kim, "Kim Dale"), (&mut cora, "Cora Moss")] {
            let shown = hidden(&who.get(&agreement).await, "shown");
            let form = [("name", name), ("read", "yes"), ("shown", &*shown)];
            assert!(who.post(&format!("{agreement}/agree"), &form).await.status.is_redirection());
        }
        let page = cora.get(&agreement).await;
        assert!(page.body.contains("Kim Dale, on") && page.body.contains("Not yet"), "{}", page.body);
        assert!(kim.get("/supervision").await.body.contains("Every month for at least 60 minutes") || kim.get("/supervision").await.body.contains("Every 4 weeks"));
        assert_eq!(kim.get(&format!("{group}/change")).await.status, StatusCode::NOT_FOUND, "whoever leads writes it");
    }

    async fn nobody_joins_twice_and_nobody_who_only_learns_is_found(stage: Stage) {
        let Cast { mut cora, group, people, .. } = cast(&stage).await;
        stage.learner("nia@demo.example").await;
        let members = format!("{group}/members");
        for name in ["Nia", "nia", "Cora", "Kim", ""] {
            let page = cora.get(&format!("{members}?name={name}")).await;
            assert!(!page.body.contains("<option value=\"0"), "{name}: {}", page.body);
        }
        let from = |day| [("from_day", day), ("from_month", "11"), ("from_year", "2026")];
        let twice = cora.post(&members, &[&[("person", &*people[0]), ("name", "Kim")][..], &from("1")].concat()).await;
        assert_eq!(twice.header(header::LOCATION), format!("{members}?done=joined"), "a second tap");
        for (person, day, says) in [
            (&*people[0], "15", "They belong to the group on that day"),
            ("nobody", "15", "Find somebody by their name first"),
            ("00000000-0000-0000-0000-000000000009", "15", "This person can&#x27;t be chosen here."),
            (&*people[0], "41", "Write a day that there is"),
        ] {
            let refused = cora.post(&members, &[&[("person", person), ("name", "Kim")][..], &from(day)].concat()).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{person}");
            assert!(refused.body.contains(says) || refused.body.contains(&says.replace("&#x27;", "'")), "{says}: {}", refused.body);
        }
    }

    async fn a_record_of_a_group_is_kept_whole_and_gives_each_their_hours(stage: Stage) {
        let Cast { mut cora, mut kim, mut lee, group, people: [k, l, a], .. } = cast(&stage).await;
        let action = [("what_1", "Find a room with a window"), ("who_1", &*l), ("due_1_day", "5"), ("due_1_month", "12"), ("due_1_year", "2026"), ("share_1", "yes")];
        let form = [&MET[..], &action].concat();
        let missing = record(&mut cora, &group, &form, &[(&k, "came", ""), (&l, "part", "200")]).await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        for says in ["from 1 to 89", "They were a member on that day", "Nothing is kept yet", "Endings, and looking after", "value=\"Find a room"] {
            assert!(missing.body.contains(says), "{says}: {}", missing.body);
        }
        assert!(kim.get(&group).await.body.contains("None is written down yet."));
        let done = record(&mut cora, &group, &form, &[(&k, "came", ""), (&l, "part", "40"), (&a, "off_shift", "")]).await;
        assert_eq!(done.header(header::LOCATION), format!("{group}?done=recorded"), "{}", done.body);
        let page = kim.get(&group).await;
        for words in ["21 November 2026 at 10.00 am", "Endings, and looking after ourselves", "Came for a part, 40 minutes", "Off shift", "Find a room with a window"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(kim.get("/supervision").await.body.contains("Once, 1 hour 30 minutes, in the last 12 months."));
        let hub = lee.get("/supervision").await;
        assert!(hub.body.contains("Once, 40 minutes, in the last 12 months.") && hub.body.contains("Find a room with a window"), "{}", hub.body);
        assert_eq!(kim.get(&format!("{group}/record")).await.status, StatusCode::NOT_FOUND, "whoever leads writes it down");
    }

    async fn a_member_recorded_who_had_left_is_named_and_nobody_else_can_be(stage: Stage) {
        let Cast { mut cora, group, people: [k, l, a], .. } = cast(&stage).await;
        let leave = format!("{group}/members/{l}");
        let last = |day| [("last_day", day), ("last_month", "11"), ("last_year", "2026")];
        assert!(cora.post(&leave, &last("10")).await.status.is_redirection());
        let all = [(&*k, "came", ""), (&*l, "came", ""), (&*a, "came", "")];
        let gone = record(&mut cora, &group, &MET, &all).await;
        assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(gone.body.contains("They were not a member on that day") && gone.body.contains("<bdi>Lee</bdi>"), "{}", gone.body);
        let mut sam = stage.learner("sam@demo.example").await;
        let stranger = crate::me::link(&sam.get("/me").await, "/");
        assert!(!stranger.is_empty());
        let earlier = with(&MET, "day_day", "10");
        assert!(record(&mut cora, &group, &earlier, &all).await.status.is_redirection());
        let early = cora.post(&leave, &last("9")).await;
        assert!(early.body.contains("whether they came on 10 November 2026"), "{}", early.body);
        let refused = stage.site.db().execute("UPDATE supervision_spell SET to_on = '2026-11-09' WHERE to_on IS NOT NULL").await.unwrap_err().to_string();
        assert!(refused.contains("supervision_spell_keeps_who_came"), "{refused}");
        assert_eq!(sam.get(&group).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_is_shared_in_a_group_is_read_by_those_who_were_members_on_that_day(stage: Stage) {
        let Cast { mut cora, mut kim, mut lee, mut admin, group, people: [k, l, a] } = cast(&stage).await;
        let earlier = with(&with(&MET, "day_day", "10"), "themes", "Canary of the tenth");
        let all = [(&*k, "came", ""), (&*l, "came", ""), (&*a, "told_us", "")];
        assert!(record(&mut cora, &group, &earlier, &all).await.status.is_redirection());
        let last = [("last_day", "10"), ("last_month", "11"), ("last_year", "2026")];
        assert!(cora.post(&format!("{group}/members/{l}"), &last).await.status.is_redirection());
        let mut nia = joined(&stage, &mut admin, ("nia@demo.example", "Nia", "volunteer")).await;
        let (n, seen) = add(&mut cora, &group, "Nia", "15").await;
        assert!(seen.status.is_redirection(), "{}", seen.body);
        let todo = [("what_1", "Canary of an action"), ("who_1", &*k), ("due_1_day", "5"), ("due_1_month", "12"), ("due_1_year", "2026")];
        let later = [&with(&MET, "themes", "Canary of today")[..], &todo].concat();
        let all = [(&*k, "came", ""), (&*a, "came", ""), (&*n, "came", "")];
        let done = record(&mut cora, &group, &later, &all).await;
        assert!(done.status.is_redirection(), "{}", done.body);
        for (who, tenth, today) in [(&mut kim, true, true), (&mut lee, true, false), (&mut nia, false, true), (&mut cora, true, true)] {
            let page = who.get(&group).await;
            assert_eq!(page.body.contains("Canary of the tenth"), tenth, "{}", page.body);
            assert_eq!(page.body.contains("Canary of today"), today, "{}", page.body);
            assert_eq!(page.body.contains("Canary of an action"), today, "{}", page.body);
        }
        let mut max = joined(&stage, &mut admin, ("max@demo.example", "Max", "service_manager")).await;
        let mut tess = joined(&stage, &mut admin, ("tess@demo.example", "Tess", "tutor")).await;
        for who in [&mut max, &mut admin, &mut tess] {
            for path in ["", "/members", "/record", "/agreement/1", "/change"] {
                assert_eq!(who.get(&format!("{group}{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        for path in [String::from("/members"), format!("/members/{k}")] {
            assert_eq!(kim.get(&format!("{group}{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn an_action_carries_over_until_its_owner_or_whoever_leads_says_that_it_is_done(stage: Stage) {
        let Cast { mut cora, mut kim, mut lee, group, people: [k, l, a], .. } = cast(&stage).await;
        let todo = [("what_2", "Bring the tea"), ("who_2", &*l), ("due_2_day", "5"), ("due_2_month", "12"), ("due_2_year", "2026")];
        let all = [(&*k, "came", ""), (&*l, "came", ""), (&*a, "came", "")];
        assert!(record(&mut cora, &group, &[&MET[..], &todo].concat(), &all).await.status.is_redirection());
        let page = lee.get("/supervision").await;
        let action = page.body.split("action=\"").find(|it| it.contains("/actions/")).unwrap();
        let action = action.split_once('"').unwrap().0.to_owned();
        assert!(!kim.get(&group).await.body.contains(&action), "it is not theirs to say");
        kim.post(&action, &[("done", "yes")]).await;
        assert!(lee.get("/supervision").await.body.contains("Bring the tea"), "somebody else's word does not count");
        for _ in 0..2 {
            // A second tap.
            assert!(lee.post(&action, &[("done", "yes")]).await.status.is_redirection());
        }
        assert!(!cora.get(&group).await.body.contains("Bring the tea"));
        assert!(cora.post(&action, &[("done", "no")]).await.status.is_redirection());
        assert!(cora.get(&group).await.body.contains("Bring the tea"), "taken back");
        for (statement, guard) in [
            ("UPDATE supervision_action SET what = 'Other'", "supervision_action_is_only_settled"),
            ("DELETE FROM supervision_action", "supervision_action_never_goes"),
            ("UPDATE supervision_theme SET text = 'Other'", "supervision_theme_never_changes"),
            ("DELETE FROM supervision_spell", "supervision_spell_never_goes"),
            ("UPDATE supervision_spell SET from_on = '2026-11-02'", "supervision_spell_only_ends"),
            (
                "INSERT INTO supervision_spell (arrangement_id, person_id, from_on) SELECT arrangement_id, person_id, '2026-11-03' FROM supervision_spell",
                "supervision_spells_are_apart",
            ),
            (
                "UPDATE supervision_action SET done_at = 1, done_by = NULL",
                "supervision_action_done_by_somebody",
            ),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn what_looks_like_somebody_is_asked_about_before_anything_is_kept(stage: Stage) {
        let Cast { mut cora, group, people: [k, l, a], .. } = cast(&stage).await;
        let all = [(&*k, "came", ""), (&*l, "came", ""), (&*a, "came", "")];
        let named = with(&MET, "themes", "Call 943 476 5919");
        let asked = record(&mut cora, &group, &named, &all).await;
        assert!(asked.status == StatusCode::UNPROCESSABLE_ENTITY && asked.body.contains("an NHS number"), "{}", asked.body);
        assert!(cora.get(&group).await.body.contains("None is written down yet."));
        let looked = [&named[..], &[("looked", "yes")]].concat();
        assert!(record(&mut cora, &group, &looked, &all).await.status.is_redirection());
    }

    async fn nobody_is_found_who_would_rather_not_have_this_leader_and_nobody_hides_behind_others(stage: Stage) {
        let Cast { mut cora, mut admin, group, .. } = cast(&stage).await;
        let leader = person_called(&stage, &mut admin, "Cora").await.rsplit_once('/').unwrap().1.to_owned();
        let mut nia = joined(&stage, &mut admin, ("nia@demo.example", "Nia", "volunteer")).await;
        let found = |page: &Seen, name: &str| page.body.contains(&format!(">{name} ("));
        assert!(found(&cora.get(&format!("{group}/members?name=nia")).await, "Nia"));
        nia.post("/me/not-with", &[("other", &leader), ("purpose", "supervise")]).await;
        let page = cora.get(&format!("{group}/members?name=nia")).await;
        assert!(!found(&page, "Nia") && page.body.contains("Nobody who could join has a name"), "{}", page.body);
        for number in 0..12 {
            stage.learner(&format!("sam{number}@demo.example")).await;
        }
        joined(&stage, &mut admin, ("samira@demo.example", "Samira", "volunteer")).await;
        let page = cora.get(&format!("{group}/members?name=sam")).await;
        assert!(found(&page, "Samira") && !found(&page, "Sam"), "{}", page.body);
    }

    async fn whoever_has_left_hears_of_nothing_new_and_agrees_to_nothing(stage: Stage) {
        let Cast { mut cora, mut lee, mut admin, group, people: [k, l, a], .. } = cast(&stage).await;
        joined(&stage, &mut admin, ("nia@demo.example", "Nia", "volunteer")).await;
        let all = [(&*k, "came", ""), (&*l, "came", ""), (&*a, "came", "")];
        stage.letters().await;
        assert!(record(&mut cora, &group, &with(&MET, "day_day", "10"), &all).await.status.is_redirection());
        let asked: Vec<_> = stage.letters().await.into_iter().map(|it| it.to).collect();
        assert!(asked.len() == 3 && !asked.contains(&"cora@demo.example".to_owned()), "{asked:?}");
        assert!(lee.get("/supervision").await.body.contains("Say whether one session is written down as it was"));
        let shown = hidden(&lee.get(&format!("{group}/agreement/1")).await, "shown");
        let last = [("last_day", "10"), ("last_month", "11"), ("last_year", "2026")];
        assert!(cora.post(&format!("{group}/members/{l}"), &last).await.status.is_redirection());
        assert!(add(&mut cora, &group, "Nia", "15").await.1.status.is_redirection());
        stage.letters().await;
        let change = hidden(&cora.get(&format!("{group}/change")).await, "revision");
        let longer = [&with(&TERMS, "minutes", "75")[..], &[("revision", &*change)]].concat();
        let written = cora.post(&format!("{group}/change"), &longer).await;
        assert_eq!(written.header(header::LOCATION), format!("{group}/agreement/2"), "{}", written.body);
        let mut told: Vec<_> = stage.letters().await.into_iter().map(|it| it.to).collect();
        told.sort();
        assert_eq!(told, ["ash@demo.example", "kim@demo.example", "nia@demo.example"]);
        let hub = lee.get("/supervision").await;
        assert!(hub.body.contains("Last day: 10 November 2026") && !hub.body.contains("Read and agree"), "{}", hub.body);
        let page = lee.get(&group).await;
        assert!(page.body.contains("Who belonged to it on the last day") && page.body.contains("<bdi>Kim</bdi>"), "{}", page.body);
        assert!(!page.body.contains("Nia"), "{}", page.body);
        let page = lee.get(&format!("{group}/agreement/2")).await;
        assert!(!page.body.contains("Nia") && !page.body.contains("Agree to it"), "{}", page.body);
        let late = lee.post(&format!("{group}/agreement/2/agree"), &[("name", "Lee Moss"), ("read", "yes"), ("shown", &*shown)]).await;
        assert!(late.status == StatusCode::CONFLICT && late.body.contains("You do not meet in this way any more"), "{}", late.body);
        // A change moves what they came to to a day after theirs: it waits for them no more.
        let session = link(&cora.get(&group).await, &format!("{group}/sessions/"));
        let number = hidden(&cora.get(&format!("{session}/change")).await, "number");
        let came = [format!("came-{k}"), format!("came-{a}")];
        let came = came.iter().map(|it| (&**it, "came"));
        let moved: Vec<_> = with(&MET, "day_day", "14").into_iter().chain(came).chain([("number", &*number)]).collect();
        let moved = cora.post(&format!("{session}/change"), &moved).await;
        assert_eq!(moved.header(header::LOCATION), format!("{session}?done=changed"), "{}", moved.body);
        assert!(!lee.get("/supervision").await.body.contains("written down as it was"));
    }

    async fn whoever_leads_no_more_opens_nothing(stage: Stage) {
        let Cast { mut cora, mut admin, group, .. } = cast(&stage).await;
        let person = person_called(&stage, &mut admin, "Cora").await;
        let engagement = link(&admin.get(&person).await, &format!("{}/engagements/", stage.organisation()));
        stage.clock.wait(chrono::TimeDelta::days(2));
        let last = [("to_day", "22"), ("to_month", "11"), ("to_year", "2026"), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026"), ("basis", "none")];
        let ended = admin.post(&engagement, &last).await;
        assert!(ended.status.is_redirection(), "{}", ended.body);
        for path in ["", "/members", "/record"] {
            assert_eq!(cora.get(&format!("{group}{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(!cora.get("/supervision").await.body.contains("Tuesday group"));
    }

    async fn a_group_ends_once_after_its_last_session_and_stays_to_be_read(stage: Stage) {
        let Cast { mut cora, mut kim, group, people: [k, l, a], .. } = cast(&stage).await;
        let all = [(&*k, "came", ""), (&*l, "came", ""), (&*a, "came", "")];
        assert!(record(&mut cora, &group, &with(&MET, "day_day", "10"), &all).await.status.is_redirection());
        let end = format!("{group}/end");
        assert_eq!(kim.get(&end).await.status, StatusCode::NOT_FOUND, "whoever leads ends it");
        let last = |day| [("last_day", day), ("last_month", "11"), ("last_year", "2026")];
        let early = cora.post(&end, &last("9")).await;
        assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("You met on 10 November 2026."), "{}", early.body);
        let refused = stage.site.db().execute("UPDATE supervision_arrangement SET ended_on = '2026-11-09'").await;
        assert!(refused.unwrap_err().to_string().contains("supervision_arrangement_keeps_its_sessions"));
        stage.letters().await;
        for _ in 0..2 {
            // A second tap.
            let done = cora.post(&end, &last("20")).await;
            assert_eq!(done.header(header::LOCATION), format!("{group}?done=ended"), "{}", done.body);
        }
        let letters = stage.letters().await;
        assert!(letters.len() == 3 && letters.iter().all(|it| it.link() == group), "{letters:?}");
        let page = kim.get(&group).await;
        assert!(page.body.contains("Last day: 20 November 2026") && page.body.contains("Endings, and looking"), "{}", page.body);
        let late = record(&mut cora, &group, &MET, &all).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("It had ended by that day."), "{}", late.body);
        let left = cora.post(&format!("{group}/members/{k}"), &last("21")).await;
        assert!(left.body.contains("The group itself ends on 20 November 2026."), "{}", left.body);
        let (_, joined) = add(&mut cora, &group, "Kim", "21").await;
        assert!(joined.body.contains("The group has ended by then."), "{}", joined.body);
        assert!(record(&mut cora, &group, &with(&MET, "day_day", "19"), &all).await.status.is_redirection());
        for (statement, guard) in [
            ("UPDATE supervision_arrangement SET ended_on = NULL", "supervision_arrangement_ends_once"),
            ("UPDATE supervision_arrangement SET group_name = 'Other'", "supervision_arrangement_only_ends"),
            ("DELETE FROM supervision_arrangement", "supervision_arrangement_never_goes"),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }
}
