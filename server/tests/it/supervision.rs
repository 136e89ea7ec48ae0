//! Supervision: begun with somebody, agreed on by both, and written down when it took place.

use axum::http::{StatusCode, header};

use crate::arranging::person_called;
use crate::me::{joined, link, option, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};

/// An agreement from the day on which the clock of the stage began.
pub(crate) const TERMS: [(&str, &str); 16] = [
    ("every", "4"),
    ("unit", "weeks"),
    ("minutes", "60"),
    ("times_a_year", ""),
    ("grace_days", "14"),
    ("from_day", "1"),
    ("from_month", "11"),
    ("from_year", "2026"),
    ("place", "Room 2"),
    ("ground_rules", "We begin on time."),
    ("confidentiality", "What you say."),
    ("limits", "When somebody is in danger."),
    ("missed", "We find another day."),
    ("review_day", "1"),
    ("review_month", "5"),
    ("review_year", "2027"),
];

/// A session on a Friday.
pub(crate) const MET: [(&str, &str); 6] = [
    ("day_day", "20"),
    ("day_month", "11"),
    ("day_year", "2026"),
    ("time", "16:30"),
    ("minutes", "50"),
    ("place", "By phone"),
];

/// Begins reflective practice with whoever `path` is about, and says where it is.
pub(crate) async fn begin(supervisor: &mut Browser<'_>, path: &str) -> String {
    let path = format!("{path}/reflective-practice");
    let id = hidden(&supervisor.get(&path).await, "id");
    let form = [&TERMS[..], &[("id", &*id)]].concat();
    for _ in 0..2 {
        // A second tap.
        let done = supervisor.post(&path, &form).await;
        assert_eq!(done.header(header::LOCATION), format!("/supervision/{id}/agreement/1"), "{}", done.body);
    }
    format!("/supervision/{id}")
}

/// Agrees to the version whose page this is.
async fn agree(browser: &mut Browser<'_>, agreement: &str, name: &str) -> Seen {
    let shown = hidden(&browser.get(agreement).await, "shown");
    browser.post(&format!("{agreement}/agree"), &[("name", name), ("read", "yes"), ("shown", &*shown)]).await
}

/// Writes down a session as its page is opened.
pub(crate) async fn record(browser: &mut Browser<'_>, path: &str, form: &[(&str, &str)]) -> Seen {
    let id = hidden(&browser.get(path).await, "id");
    browser.post(path, &[&[("id", &*id)][..], form].concat()).await
}

/// Writes down a session of a pair in which something was agreed that `owner` does, and says where that is settled.
pub(crate) async fn agreed(browser: &mut Browser<'_>, pair: &str, owner: &str) -> String {
    let todo = [("what_1", "Ask about the bus pass"), ("who_1", owner)];
    let due = [("due_1_day", "5"), ("due_1_month", "12"), ("due_1_year", "2026")];
    let done = record(browser, &format!("{pair}/record"), &[&MET[..], &todo, &due].concat()).await;
    assert!(done.status.is_redirection(), "{}", done.body);
    let page = browser.get(pair).await;
    let action = page.body.split("action=\"").find(|it| it.contains("/actions/")).unwrap();
    action.split_once('"').unwrap().0.to_owned()
}

/// Sam, whom Pat supervises and Max manages.
pub(crate) struct Cast<'a> {
    pub(crate) sam: Browser<'a>,
    pub(crate) pat: Browser<'a>,
    pub(crate) max: Browser<'a>,
    pub(crate) admin: Browser<'a>,
    /// Where Pat begins with Sam.
    pub(crate) begin: String,
}

pub(crate) async fn cast(stage: &Stage) -> Cast<'_> {
    let mut admin = stage.administrator().await;
    let sam = stage.learner("sam@demo.example").await;
    let pat = joined(stage, &mut admin, ("pat@demo.example", "Pat", "supervisor")).await;
    let max = joined(stage, &mut admin, ("max@demo.example", "Max", "service_manager")).await;
    let person = person_called(stage, &mut admin, "Sam").await;
    for (kind, holder) in [("supervisor", "Pat"), ("line_manager", "Max")] {
        let path = format!("{person}/relate/{kind}");
        let holder = option(&admin.get(&path).await, holder);
        let form = [("holder", &*holder), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];
        assert!(admin.post(&path, &form).await.status.is_redirection());
    }
    let begin = format!("/supervision/new/{}/{}", stage.host(), person.rsplit('/').next().unwrap());
    Cast { sam, pat, max, admin, begin }
}

on_both! {
    async fn two_agree_each_for_themself_to_the_text_that_they_were_shown(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let all = pat.get("/supervision/new").await;
        assert!(all.body.contains("Reflective practice, one to one") && !all.body.contains("Line management"), "{}", all.body);
        stage.letters().await;
        let pair = begin(&mut pat, &path).await;
        let letters = stage.letters().await;
        let agreement = format!("{pair}/agreement/1");
        assert!(letters.len() == 1 && letters[0].to == "sam@demo.example" && letters[0].link() == agreement, "{letters:?}");
        let says = letters[0].text.split("http").next().unwrap();
        assert!(!says.to_lowercase().contains("supervis"), "{letters:?}");
        let hub = sam.get("/supervision").await;
        assert!(hub.body.contains("Waits for you") && hub.body.contains(&agreement), "{}", hub.body);
        let page = sam.get(&agreement).await;
        for words in ["Every 4 weeks for at least 60 minutes.", "We begin on time.", "No manager reads it."] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let shown = hidden(&page, "shown");
        assert_eq!(store::hash_of(&sam.get(&format!("{agreement}/text")).await.body), shown);
        let unread = sam.post(&format!("{agreement}/agree"), &[("name", "Sam Reed"), ("shown", &*shown)]).await;
        assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unread.body.contains("Read it first") && unread.body.contains("value=\"Sam Reed\""), "{}", unread.body);
        for _ in 0..2 {
            // A second tap.
            let done = agree_again(&mut sam, &agreement, &shown).await;
            assert_eq!(done.header(header::LOCATION), format!("{agreement}?done=agreed"), "{}", done.body);
        }
        assert!(sam.get(&pair).await.body.contains("It holds when the other has too."));
        assert!(agree(&mut pat, &agreement, "Pat Quill").await.status.is_redirection());
        let page = sam.get(&agreement).await;
        assert!(page.body.contains("Sam Reed, on 21 November 2026") && page.body.contains("Pat Quill, on"), "{}", page.body);
        assert!(sam.get(&pair).await.body.contains("Every 4 weeks for at least 60 minutes."));
        assert!(sam.get("/me/log").await.body.contains("Agreed to an agreement on supervision"));
    }

    async fn whoever_begins_what_has_begun_keeps_what_they_typed_and_nobody_takes_an_id_of_others(stage: Stage) {
        let Cast { mut pat, mut max, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let again = format!("{path}/reflective-practice");
        let id = hidden(&pat.get(&again).await, "id");
        let there = pat.post(&again, &[&with(&TERMS, "place", "The park")[..], &[("id", &*id)]].concat()).await;
        assert_eq!(there.status, StatusCode::CONFLICT);
        for words in ["value=\"The park\"", "You meet in this way already", &*format!("href=\"{pair}\"")] {
            assert!(there.body.contains(words), "{words}: {}", there.body);
        }
        let taken = pair.rsplit('/').next().unwrap();
        let line = format!("{path}/line-management");
        let begun = max.post(&line, &[&TERMS[..], &[("id", taken)]].concat()).await;
        let to = begun.header(header::LOCATION);
        assert!(begun.status.is_redirection() && !to.contains(taken), "{to} {}", begun.body);
        assert_eq!(max.get(&pair).await.status, StatusCode::NOT_FOUND);
    }

    async fn whoever_supervises_somebody_no_more_is_not_told_of_it(stage: Stage) {
        let Cast { mut pat, mut admin, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        assert!(pat.get("/supervision").await.body.contains(&pair));
        let person = person_called(&stage, &mut admin, "Sam").await;
        let page = admin.get(&person).await;
        let ends: Vec<_> = page.body.split("action=\"").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0).collect();
        for end in ends.into_iter().filter(|it| it.ends_with("/end")) {
            let last = [("to_day", "21"), ("to_month", "11"), ("to_year", "2026")];
            assert!(admin.post(end, &last).await.status.is_redirection(), "{end}");
        }
        stage.clock.wait(chrono::TimeDelta::days(1));
        let hub = pat.get("/supervision").await;
        let main = hub.body.split("<main").nth(1).unwrap();
        assert!(!main.contains(&pair) && !main.contains("<bdi>Sam<"), "{main}");
        assert_eq!(pat.get(&pair).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_was_agreed_never_changes(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        agree(&mut sam, &format!("{pair}/agreement/1"), "Sam Reed").await;
        for (statement, guard) in [
            ("UPDATE supervision_agreement SET minutes = 30", "supervision_agreement_never_changes"),
            ("UPDATE supervision_agreed SET name = 'Lee'", "supervision_agreed_never_changes"),
            ("DELETE FROM supervision_agreed", "supervision_agreed_never"),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn a_change_is_a_new_version_that_either_writes_and_none_is_overwritten_unseen(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let first = format!("{pair}/agreement/1");
        agree(&mut sam, &first, "Sam Reed").await;
        agree(&mut pat, &first, "Pat Quill").await;
        let change = format!("{pair}/change");
        let page = sam.get(&change).await;
        assert!(page.body.contains("name=\"minutes\" type=\"text\" value=\"60\""), "{}", page.body);
        let seen = hidden(&page, "revision");
        let form = [&with(&TERMS, "minutes", "45")[..], &[("revision", &*seen)]].concat();
        let done = sam.post(&change, &form).await;
        assert_eq!(done.header(header::LOCATION), format!("{pair}/agreement/2"), "{}", done.body);
        let form = [&with(&TERMS, "place", "The park")[..], &[("revision", "1")]].concat();
        let newer = pat.post(&change, &form).await;
        assert_eq!(newer.status, StatusCode::CONFLICT);
        assert!(newer.body.contains("at least 45 minutes") && newer.body.contains("value=\"The park\""), "{}", newer.body);
        // What was agreed holds until both have agreed to the next.
        let old = agree_again(&mut pat, &first, &hidden(&newer, "revision")).await;
        assert_eq!(old.status, StatusCode::CONFLICT, "{}", old.body);
        assert!(pat.get(&first).await.body.contains("This is version 1"));
        let bad = [&with(&TERMS, "every", "0")[..], &[("revision", "2")]].concat();
        let bad = pat.post(&change, &bad).await;
        assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.body.contains("from 1 to 26"), "{}", bad.body);
        for (who, name) in [(&mut sam, "Sam Reed"), (&mut pat, "Pat Quill")] {
            assert!(agree(who, &format!("{pair}/agreement/2"), name).await.status.is_redirection());
        }
        assert!(sam.get("/supervision").await.body.contains("Every 4 weeks for at least 45 minutes."));
    }

    async fn a_session_is_written_down_by_either_and_counts_for_whoever_was_supervised(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let here = format!("{pair}/record");
        stage.letters().await;
        let id = hidden(&sam.get(&here).await, "id");
        let form = [&MET[..], &[("id", &*id)]].concat();
        for _ in 0..2 {
            // A second tap.
            let done = sam.post(&here, &form).await;
            assert_eq!(done.header(header::LOCATION), format!("{pair}?done=recorded"), "{}", done.body);
        }
        let letters = stage.letters().await;
        assert!(letters.len() == 1 && letters[0].to == "pat@demo.example" && letters[0].link().starts_with(&format!("{pair}/sessions/")), "{letters:?}");
        let page = pat.get(&pair).await;
        for words in ["20 November 2026 at 4.30 pm", "50 minutes, By phone"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert!(sam.get("/supervision").await.body.contains("Once, 50 minutes, in the last 12 months."));
        assert!(pat.get("/supervision").await.body.contains("Once, 50 minutes, in the last 12 months."));
    }

    async fn two_who_write_down_the_same_session_see_both_and_keep_one_by_choice(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        let here = format!("{pair}/record");
        assert!(record(&mut sam, &here, &MET).await.status.is_redirection());
        let theirs = with(&with(&MET, "time", "16:35"), "minutes", "60");
        let both = record(&mut pat, &here, &theirs).await;
        assert_eq!(both.status, StatusCode::CONFLICT);
        for words in ["What is written down already", "4.30 pm, 50 minutes", "value=\"16:35\"", "leave it as it is"] {
            assert!(both.body.contains(words), "{words}: {}", both.body);
        }
        let first = option(&both, "The one at 4.30 pm");
        let instead = [&theirs[..], &[("same", &*first)]].concat();
        assert!(record(&mut pat, &here, &instead).await.status.is_redirection());
        let page = sam.get(&pair).await;
        assert!(page.body.contains("4.35 pm") && page.body.contains("version 2") && !page.body.contains("4.30 pm"), "{}", page.body);
        assert!(sam.get("/supervision").await.body.contains("Once, 1 hour, in the last 12 months."));
        let another = [&with(&MET, "time", "9:00")[..], &[("same", "another")]].concat();
        assert!(record(&mut sam, &here, &another).await.status.is_redirection());
        assert!(sam.get("/supervision").await.body.contains("2 times, 1 hour 50 minutes, in the last 12 months."));
        // With two of that day, each can be chosen.
        let third = record(&mut sam, &here, &with(&MET, "time", "9:05")).await;
        assert_eq!(third.status, StatusCode::CONFLICT);
        let morning = option(&third, "The one at 9.00 am");
        let instead = [&with(&with(&MET, "time", "9:05"), "minutes", "55")[..], &[("same", &*morning)]].concat();
        assert!(record(&mut sam, &here, &instead).await.status.is_redirection());
        assert!(sam.get("/supervision").await.body.contains("2 times, 1 hour 55 minutes, in the last 12 months."));
        let same_time = [&with(&MET, "time", "9:05")[..], &[("same", "another")]].concat();
        let refused = record(&mut sam, &here, &same_time).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("Write another time."), "{}", refused.body);
        for (statement, guard) in [
            ("UPDATE supervision_fact SET minutes = 5", "supervision_fact_never_changes"),
            ("UPDATE supervision_presence SET minutes = 5", "supervision_presence_never_changes"),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }

    async fn a_session_ahead_or_before_the_first_day_comes_back_with_what_was_typed(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let here = format!("{}/record", begin(&mut pat, &path).await);
        for (field, value, says) in [
            ("day_day", "25", "What lies ahead is planned instead."),
            ("day_month", "10", "You meet in this way from 1 November 2026."),
            ("time", "late", "Write a time of day in figures"),
            ("minutes", "0", "from 5 to 720"),
            ("day_day", "31", "Write a day that there is"),
        ] {
            let refused = record(&mut sam, &here, &with(&MET, field, value)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(refused.body.contains(says) && refused.body.contains("value=\"By phone\""), "{says}: {}", refused.body);
        }
        assert!(!sam.get("/supervision").await.body.contains("in the last 12 months"));
    }

    async fn what_came_up_is_written_down_without_an_agreement_and_begins_one_pair(stage: Stage) {
        let Cast { mut sam, mut max, begin: path, .. } = cast(&stage).await;
        let here = path.replace("/new/", "/came-up/");
        let early = record(&mut max, &here, &MET).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.body.contains("You meet in this way from 21 November 2026."), "{}", early.body);
        stage.clock.wait(chrono::TimeDelta::days(1));
        let met = with(&MET, "day_day", "22");
        let (mut one, mut two) = (max.tab(), max.tab());
        let later = with(&met, "time", "9:15");
        let (one, two) = tokio::join!(record(&mut one, &here, &met), record(&mut two, &here, &later));
        let mut statuses = [one.status, two.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT], "{} {}", one.body, two.body);
        let hub = sam.get("/supervision").await;
        assert!(hub.body.contains("When something comes up") && hub.body.contains("Once, 50 minutes"), "{}", hub.body);
        let pair = link(&hub, "/supervision/0");
        assert!(sam.get(&pair).await.body.contains("By phone"));
        assert_eq!(sam.get(&format!("{pair}/change")).await.status, StatusCode::NOT_FOUND, "there is nothing to agree on");
        let refused = record(&mut max, &here, &with(&met, "day_year", "2027")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        // An earlier talk can be written down after a later one.
        let before = record(&mut max, &here, &with(&MET, "day_day", "21")).await;
        assert!(before.status.is_redirection(), "{}", before.body);
    }

    async fn a_manager_reads_nothing_of_reflective_practice(stage: Stage) {
        let Cast { mut sam, mut pat, mut max, mut admin, begin: path } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        record(&mut sam, &format!("{pair}/record"), &MET).await;
        for who in [&mut max, &mut admin] {
            for page in ["", "/agreement/1", "/agreement/1/text", "/record", "/change"] {
                assert_eq!(who.get(&format!("{pair}{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
            }
        }
        assert!(!max.get("/supervision").await.body.contains("Reflective practice"));
        assert_eq!(max.get(&format!("{path}/reflective-practice")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(max.get(&format!("{path}/line-management")).await.status, StatusCode::OK);
        for odd in ["experts-by-experience", "nothing", "line-management"] {
            assert_eq!(pat.get(&format!("{path}/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
    }

    async fn the_database_itself_keeps_pairs_and_presences_whole(stage: Stage) {
        let Cast { mut sam, mut pat, begin: path, .. } = cast(&stage).await;
        let pair = begin(&mut pat, &path).await;
        record(&mut sam, &format!("{pair}/record"), &MET).await;
        for (statement, guard) in [
            (
                "INSERT INTO supervision_presence (session_id, number, person_id, arrangement_id, day, came, minutes) \
                 SELECT session_id, number, (SELECT supervisor_id FROM supervision_arrangement), arrangement_id, day, 'came', 5 FROM supervision_fact",
                "supervision_presence_of_a_member",
            ),
            (
                "INSERT INTO supervision_spell (arrangement_id, person_id, from_on) \
                 SELECT id, supervisor_id, from_on FROM supervision_arrangement",
                "supervision_spell_of_its_pair",
            ),
            (
                "INSERT INTO supervision_agreed (arrangement_id, number, hash, person_id, name, at) \
                 SELECT arrangement_id, number, hash, (SELECT id FROM person WHERE known_as = 'Max'), 'Max', 1 FROM supervision_agreement",
                "supervision_agreed_by_one_of_them",
            ),
        ] {
            let refused = stage.site.db().execute(statement).await.unwrap_err().to_string();
            assert!(refused.contains(guard), "{statement}: {refused}");
        }
    }
}

async fn agree_again(browser: &mut Browser<'_>, agreement: &str, shown: &str) -> Seen {
    let form = [("name", "Sam Reed"), ("read", "yes"), ("shown", shown)];
    browser.post(&format!("{agreement}/agree"), &form).await
}
