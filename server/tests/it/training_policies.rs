//! Policies: written in versions, read and accepted by each whom they bind, and seen with everything else that is required.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::me::{ODD, joined, link, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::training_requirements::{DID, Place, place, theirs};

/// A policy for volunteers, from the day on which the clock of tests begins.
pub(crate) const ALONE: [(&str, &str); 9] = [
    ("code", "alone-1"),
    ("title", "Working alone"),
    ("words", "Say where you are going.\n\n- Take a phone.\n- Ring when you are back."),
    ("link", ""),
    ("kind", "volunteer"),
    ("weeks", "4"),
    ("from_day", "21"),
    ("from_month", "11"),
    ("from_year", "2026"),
];

/// Writes a policy, and says where it is, for whoever coordinates and for whom it binds.
pub(crate) async fn write(kim: &mut Browser<'_>, up: &str, form: &[(&str, &str)]) -> (String, String) {
    let here = format!("{up}/policies");
    let seen = kim.post(&format!("{here}/new"), form).await;
    assert_eq!(seen.header(header::LOCATION), format!("{here}?done=made"), "{}", seen.body);
    let code = form[0].1.to_ascii_uppercase();
    let page = kim.get(&here).await;
    let card = page.body.split("<li").find(|it| it.contains(&format!(">{code} "))).unwrap().to_owned();
    let path = card.split_once("href=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let own = format!("/training/required/policies/{}", path.rsplit('/').next().unwrap());
    (path, own)
}

/// Accepts what their page shows.
pub(crate) async fn accept(sam: &mut Browser<'_>, own: &str) -> Seen {
    let shown = hidden(&sam.get(own).await, "shown");
    sam.post(own, &[("shown", &shown), ("read", "yes")]).await
}

/// Keeps the next version.
async fn change(kim: &mut Browser<'_>, policy: &str, form: &[(&str, &str)]) -> Seen {
    let revision = hidden(&kim.get(policy).await, "revision");
    kim.post(policy, &[&form[1..], &[("revision", &revision)]].concat()).await
}

fn says(page: &Seen, words: &[&str]) {
    for it in words {
        assert!(page.body.contains(it), "{it}: {}", page.body);
    }
}

/// What a constraint or a guard of the database refuses by its name.
async fn refuses(stage: &Stage, name: &str, statement: &str) {
    let why = stage.site.db().execute(statement).await.expect_err(statement).to_string();
    // SQLite does not name what points elsewhere.
    let is_unnamed = stage.site.db().engine() == store::Engine::Sqlite && why.contains("FOREIGN KEY");
    assert!(why.contains(name) || is_unnamed, "{name}: {why}");
}

on_both! {
    async fn a_policy_is_read_and_accepted_as_it_was_shown(stage: Stage) {
        let Place { mut kim, mut sam, mut admin, up, .. } = place(&stage).await;
        says(&kim.get(&format!("{up}/policies")).await, &["There is none yet"]);
        let (policy, own) = write(&mut kim, &up, &ALONE).await;
        let mine = sam.get("/training/required").await;
        says(&mine, &["Working alone", "Not due yet", "by 19 December 2026", "To read and accept: version 1", "Read it, and say that you accept it."]);
        assert_eq!(link(&mine, "/training/required/policies/"), own);
        let page = sam.get(&own).await;
        says(&page, &["Version 1 of a policy of <bdi>Our college", "in force since 21 November 2026", "<li>Take a phone.</li>", "Accept this version"]);
        assert!(!page.title().contains("Working alone"), "discreet: {}", page.title());
        // Reading is not accepting, and nothing is accepted without the tick.
        let shown = hidden(&page, "shown");
        let unticked = sam.post(&own, &[("shown", &shown)]).await;
        assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
        says(&unticked, &["Read it first, then tick that you have read it", "href=\"#read\""]);
        let form = [("shown", &*shown), ("read", "yes")];
        for _ in 0..2 {
            let done = sam.post(&own, &form).await;
            assert_eq!(done.header(header::LOCATION), format!("{own}?done=accepted"), "{}", done.body);
        }
        let page = sam.get(&own).await;
        says(&page, &["Current", "for good", "Version 1 accepted", "Version 1, accepted on 21 November 2026"]);
        assert!(!page.body.contains("Accept this version"));
        says(&sam.get("/me/log").await, &["Accepted a policy"]);
        // The sheet says what, which, when and by what number; the text can be fetched, and that is its number.
        let sheet = sam.get(&format!("{own}/1")).await;
        says(&sheet, &["Working alone", "<bdi>Sam</bdi>", "Our college", "1, from 21 November 2026", "21 November 2026", &shown, "<li>Take a phone.</li>"]);
        let text = sam.get(&format!("{own}/1/text")).await;
        assert_eq!(store::hash_of(&text.body), shown);
        says(&text, &["Organisation: Our college\nPolicy: Working alone\nVersion: 1\nIn force from: 2026-11-21\nText:\nSay where you are going."]);
        // Whoever coordinates sees who has, and writes it down for nobody.
        let page = theirs(&mut kim, &policy.replace("/policies/", "/requirements/"), "Sam").await;
        says(&kim.get(&page).await, &["Accepted</b> version 1 on 21 November 2026", "Nobody does it for them"]);
        for way in ["record", "book"] {
            assert_eq!(kim.post(&format!("{page}/{way}"), &DID).await.status, StatusCode::NOT_FOUND, "{way}");
        }
        // Nobody else has such a page: not those whom it does not bind, nor as something else that is required.
        for path in [own.clone(), format!("{own}/1"), format!("{own}/1/text")] {
            assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(kim.get(&policy.replace("/policies/", "/requirements/")).await.status, StatusCode::NOT_FOUND);
        assert!(!kim.get(&format!("{up}/requirements")).await.body.contains("ALONE-1"));
    }

    async fn a_new_version_asks_again_and_the_old_acceptance_stays(stage: Stage) {
        let Place { mut kim, mut sam, up, .. } = place(&stage).await;
        let (policy, own) = write(&mut kim, &up, &ALONE).await;
        assert!(accept(&mut sam, &own).await.status.is_redirection());
        // A change of whom it binds asks nobody to read the same words again.
        let more = [&ALONE[..], &[("kind", "tutor"), ("changed", "")]].concat();
        let kept = change(&mut kim, &policy, &more).await;
        assert_eq!(kept.header(header::LOCATION), format!("{up}/policies?done=same"), "{}", kept.body);
        says(&sam.get(&own).await, &["Current", "for good"]);
        // New words, in ten days, say what is new and leave everybody as they are until then.
        let words = with(&with(&ALONE, "words", "Ring before you go."), "from_day", "1");
        let words = [&with(&words, "from_month", "12")[..], &[("changed", "You ring before you go.")]].concat();
        let unsaid = change(&mut kim, &policy, &with(&words, "changed", "")).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        says(&unsaid, &["Say in a sentence what is new", "Ring before you go.", "href=\"#changed\""]);
        let kept = change(&mut kim, &policy, &words).await;
        assert_eq!(kept.header(header::LOCATION), format!("{up}/policies?done=changed"), "{}", kept.body);
        says(&sam.get(&own).await, &["Current", "From 1 December 2026 version 2 is in force", "You ring before you go."]);
        assert_eq!(sam.get(&format!("{own}/2/text")).await.status, StatusCode::NOT_FOUND, "it is not shown yet");
        stage.clock.wait(TimeDelta::days(10));
        let page = sam.get(&own).await;
        says(&page, &["It has changed since you accepted version 1: You ring before you go.", "Due soon", "by 29 December 2026", "Version 1, accepted on 21 November 2026"]);
        says(&sam.get("/training/required").await, &["Due soon", "Version 1 accepted, and version 2 is in force", "To read and accept: version 2"]);
        let file = kim.get(&format!("{up}/matrix.csv")).await;
        says(&file, &["Sam,Volunteer,ALONE-1,Working alone,Due soon,2026-12-29,\"Version 1 accepted, and version 2 is in force\""]);
        assert!(accept(&mut sam, &own).await.status.is_redirection());
        says(&sam.get(&own).await, &["Current", "Version 2, accepted on 1 December 2026", "Version 1, accepted on 21 November 2026"]);
        // Each sheet says the version that was read then.
        assert!(sam.get(&format!("{own}/1")).await.body.contains("Take a phone"));
        assert!(!sam.get(&format!("{own}/2")).await.body.contains("Take a phone"));
        says(&kim.get(&format!("{policy}/1")).await, &["Take a phone", "Version 1", "It never changes."]);
        // Nothing goes backwards, and nothing is overwritten that was not seen.
        let early = with(&with(&words, "from_day", "30"), "from_month", "11");
        let early = change(&mut kim, &policy, &with(&early, "words", "Earlier.")).await;
        assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("from 1 December 2026"), "{}", early.body);
        let stale = kim.post(&policy, &[&words[1..], &[("revision", "1")]].concat()).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        says(&stale, &["What was kept meanwhile", "Version 2, from 1 December 2026", "Ring before you go."]);
    }

    async fn nobody_accepts_a_version_that_they_were_not_shown(stage: Stage) {
        let Place { mut kim, mut sam, up, .. } = place(&stage).await;
        let (policy, own) = write(&mut kim, &up, &ALONE).await;
        let shown = hidden(&sam.get(&own).await, "shown");
        // While it is being read, another version comes into force.
        let words = [&with(&ALONE, "words", "Go in twos.")[..], &[("changed", "Nobody goes alone.")]].concat();
        assert!(change(&mut kim, &policy, &words).await.status.is_redirection());
        let late = sam.post(&own, &[("shown", &shown), ("read", "yes")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        says(&late, &["Version 2 is in force since 21 November 2026", "Nothing is accepted yet", "Go in twos.", "href=\"#text\"", "id=\"text\""]);
        assert!(!late.body.contains("value=\"yes\" checked"), "nothing stays ticked: {}", late.body);
        for odd in ODD.into_iter().chain([""]) {
            assert_eq!(sam.post(&own, &[("shown", odd), ("read", "yes")]).await.status, StatusCode::CONFLICT, "{odd:?}");
        }
        says(&sam.get("/training/required").await, &["Not due yet"]);
        // Shown again, it is accepted.
        let shown = hidden(&late, "shown");
        assert!(sam.post(&own, &[("shown", &shown), ("read", "yes")]).await.status.is_redirection());
        says(&sam.get(&own).await, &["Version 2 accepted"]);
        assert_eq!(sam.get(&format!("{own}/1")).await.status, StatusCode::NOT_FOUND, "version 1 was never accepted");
        // The database refuses another text under an acceptance, too.
        refuses(&stage, "policy_acceptance_never_changes", "UPDATE policy_acceptance SET edition = 1").await;
        let other = "INSERT INTO policy_acceptance SELECT organisation_id, person_id, requirement_id, 1, hash, accepted_on, accepted_at FROM policy_acceptance";
        refuses(&stage, "policy_accepted_this_text", other).await;
    }

    async fn an_acceptance_is_kept_once_and_never_rewritten(stage: Stage) {
        let Place { mut kim, mut sam, up, .. } = place(&stage).await;
        let (policy, own) = write(&mut kim, &up, &ALONE).await;
        assert!(accept(&mut sam, &own).await.status.is_redirection());
        for (name, statement) in [
            ("policy_acceptance_never_changes", "UPDATE policy_acceptance SET accepted_at = 1"),
            ("policy_acceptance_never_", "DELETE FROM policy_acceptance"),
            ("policy_accepted_once", "INSERT INTO policy_acceptance SELECT * FROM policy_acceptance"),
            ("policy_edition_never_changes", "UPDATE policy_edition SET title = 'Another'"),
            ("policy_edition_never_", "DELETE FROM policy_edition"),
        ] {
            refuses(&stage, name, statement).await;
        }
        // Nor do versions leave one out, or go backwards.
        let columns = "requirement_id, edition, from_on, last_edition, last_on, title, words, link, changed, text, hash, made_at";
        let next = |edition: &str, from: &str, after: &str| {
            format!("INSERT INTO policy_edition ({columns}) SELECT requirement_id, {edition}, {from}, {after}, title, words, link, 'New', text, hash, made_at FROM policy_edition")
        };
        for (name, statement) in [
            ("policy_edition_never_goes_back", next("2", "'2026-11-20'", "1, from_on")),
            ("policy_edition_follows_the_last", next("3", "from_on", "1, from_on")),
            ("policy_edition_follows_the_last", next("2", "from_on", "NULL, NULL")),
            ("policy_edition_comes_after_one", next("2", "'2026-12-01'", "1, '2026-11-01'")),
            ("policy_is_read_in_one_place", next("2", "from_on", "1, from_on").replace("words, link, 'New'", "words, 'https://a.example', 'New'")),
        ] {
            refuses(&stage, name, &statement).await;
        }
        // It stays when its person is bound no more.
        let nobody = [&ALONE.iter().filter(|it| it.0 != "kind").copied().collect::<Vec<_>>()[..], &[("nobody", "yes"), ("changed", "")]].concat();
        assert!(change(&mut kim, &policy, &nobody).await.status.is_redirection());
        let page = sam.get(&own).await;
        says(&page, &["It is not asked of you any more", "Version 1, accepted on 21 November 2026"]);
        assert!(!page.body.contains("Take a phone") && sam.get(&format!("{own}/1")).await.body.contains("Take a phone"));
    }

    async fn a_policy_stands_in_the_table_like_whatever_is_required(stage: Stage) {
        let Place { mut kim, mut sam, mut admin, up, .. } = place(&stage).await;
        let (policy, own) = write(&mut kim, &up, &ALONE).await;
        joined(&stage, &mut admin, ("mo@demo.example", "Mo", "volunteer")).await;
        joined(&stage, &mut admin, ("noor@demo.example", "Noor", "volunteer")).await;
        assert!(accept(&mut sam, &own).await.status.is_redirection());
        let noor = theirs(&mut kim, &policy.replace("/policies/", "/requirements/"), "Noor").await;
        let exempt = [("why", "leaves soon"), ("until_day", "1"), ("until_month", "3"), ("until_year", "2027")];
        assert!(kim.post(&format!("{noor}/exempt"), &exempt).await.status.is_redirection());
        let list = kim.get(&format!("{up}/policies")).await;
        says(&list, &["Version 1 is in force.", "Who has read Working alone"]);
        let who = link(&list, &format!("{up}/matrix?requirement="));
        let page = kim.get(&who).await;
        says(&page, &["ALONE-1", "<bdi>Mo", "Not due yet", "Exempt", "Current", "1 of 1 for whom it is due. Not counted: 1 away or exempt, 1 not due yet."]);
        stage.clock.wait(TimeDelta::days(9));
        for it in [&mut kim, &mut sam] {
            assert_eq!(it.get("/me").await.status, StatusCode::OK);
        }
        for _ in 0..2 {
            stage.clock.wait(TimeDelta::days(10));
            assert_eq!(kim.get("/me").await.status, StatusCode::OK);
        }
        says(&kim.get(&who).await, &["Missing", "1 of 2 for whom it is due. Not counted: 1 away or exempt."]);
    }

    async fn bad_input_about_a_policy_comes_back_with_a_kind_word(stage: Stage) {
        let Place { mut kim, mut sam, up, .. } = place(&stage).await;
        let new = format!("{up}/policies/new");
        let id = hidden(&kim.get(&new).await, "id");
        let form = [&ALONE[..], &[("id", &*id)]].concat();
        for _ in 0..2 {
            assert!(kim.post(&new, &form).await.status.is_redirection(), "sent twice");
        }
        assert_eq!(kim.get(&format!("{up}/policies")).await.body.matches("ALONE-1").count(), 1);
        let other = with(&ALONE, "code", "other");
        let long = "é".repeat(20_001);
        for (field, odd) in [("code", "alone-1"), ("code", "a b"), ("title", ""), ("words", ""), ("words", "<b>Ring</b>"), ("words", "# Ring"), ("words", &*long), ("link", "https://a.example"), ("kind", "king"), ("weeks", "0"), ("weeks", "53"), ("from_day", "20"), ("from_month", "13")] {
            let seen = kim.post(&new, &with(&other, field, odd)).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd}");
            let anchor = if field == "from_month" { "from_day" } else { field };
            assert!(seen.title().starts_with("Error: ") && seen.body.contains(&format!("href=\"#{anchor}\"")), "{field} {odd}: {}", seen.body);
        }
        for odd in ODD {
            for field in ["code", "weeks", "from_year", "kind", "link"] {
                let seen = kim.post(&new, &with(&other, field, odd)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {odd:?}");
            }
        }
        assert_eq!(kim.post(&new, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // A policy may be read elsewhere; then its address is what is kept.
        let there = with(&with(&other, "words", ""), "link", "https://policies.example/alone");
        let (policy, own) = write(&mut kim, &up, &there).await;
        says(&sam.get(&own).await, &["It is read on another page", "href=\"https://policies.example/alone\"", "What is kept here is the address"]);
        for odd in ["0", "2", "x", "-1", "4294967296"] {
            assert_eq!(kim.get(&format!("{policy}/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
            assert_eq!(sam.get(&format!("{own}/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
            assert_eq!(sam.get(&format!("{own}/{odd}/text")).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        let nowhere = "/training/required/policies/00000000-0000-7000-8000-000000000009";
        assert_eq!(sam.get(nowhere).await.status, StatusCode::NOT_FOUND);
    }

    async fn two_organisations_bind_one_person_each_by_its_own_policies(stage: Stage) {
        let Place { mut kim, mut sam, mut admin, up, .. } = place(&stage).await;
        let (_, own) = write(&mut kim, &up, &ALONE).await;
        // A partner with the same code binds Sam, too.
        let founded = [("name", "Riverside Mind"), ("kind", "charity"), ("parent", ""), ("email", "pat@demo.example")];
        assert!(admin.post("/organisations", &founded).await.status.is_redirection());
        let invitation = stage.letters().await.pop().unwrap().link();
        let mut pat = stage.joined(&invitation, "pat@demo.example", "pat").await;
        let partner = link(&pat.get("/me").await, "/organisation/").replace("/people", "");
        let there = partner.rsplit('/').next().unwrap().to_owned();
        let literal = |it: uuid::Uuid| match stage.site.db().engine() {
            store::Engine::Sqlite => format!("x'{}'", it.simple()),
            store::Engine::Postgres => format!("'{it}'"),
        };
        for (kind, name) in [("coordinator", "Kim"), ("volunteer", "Sam")] {
            let (id, at) = (literal(uuid::Uuid::now_v7()), literal(there.parse().unwrap()));
            let engaged = format!("INSERT INTO engagement (id, person_id, organisation_id, kind, from_on) VALUES ({id}, (SELECT id FROM person WHERE known_as = '{name}'), {at}, '{kind}', '2026-11-21')");
            stage.site.db().execute(&engaged).await.unwrap();
        }
        let theirs = with(&with(&ALONE, "title", "Going out"), "words", "Carry a card.");
        let (_, other) = write(&mut kim, &format!("/training/at/{there}"), &theirs).await;
        let page = sam.get("/training/required").await;
        says(&page, &["Asked by <bdi>Our college", "Asked by <bdi>Riverside Mind", "Working alone", "Going out"]);
        assert!(accept(&mut sam, &own).await.status.is_redirection());
        says(&sam.get(&own).await, &["Version 1 accepted"]);
        says(&sam.get(&other).await, &["Accept this version", "Carry a card."]);
    }
}
