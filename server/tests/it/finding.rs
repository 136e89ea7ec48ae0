//! Finding people of an organisation, and those who have left.

use axum::http::StatusCode;
use chrono::TimeDelta;

use crate::arranging::person_called;
use crate::me::{ODD, joined, link, with};
use crate::stage::{Browser, Stage, on_both};

const MIND: [(&str, &str); 4] =
    [("name", "Riverside Mind"), ("kind", "charity"), ("parent", ""), ("email", "pat@demo.example")];

/// The names on the cards of a page of people, in order.
async fn found(stage: &Stage, admin: &mut Browser<'_>, query: &str) -> Vec<String> {
    let page = admin.get(&format!("{}/people?{query}", stage.organisation())).await;
    assert_eq!(page.status, StatusCode::OK, "{query}");
    let cards = page.body.split("<h3>").skip(1);
    cards.filter_map(|it| it.split_once("<bdi>")?.1.split("</bdi>").next()).map(ToOwned::to_owned).collect()
}

/// Ends what somebody is here, on the twenty-second.
async fn leaves(stage: &Stage, admin: &mut Browser<'_>, name: &str) {
    let person = person_called(stage, admin, name).await;
    let path = link(&admin.get(&person).await, &format!("{}/engagements/", stage.organisation()));
    let ends = [
        ("basis", "none"),
        ("service", ""),
        ("team", ""),
        ("to_day", "22"),
        ("to_month", "11"),
        ("to_year", "2026"),
    ];
    assert_eq!(admin.post(&path, &ends).await.status, StatusCode::SEE_OTHER);
}

on_both! {
    async fn people_are_found_by_the_beginning_of_any_of_their_names(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("zoe@demo.example", "Zoë O’Brien", "tutor")).await;
        joined(&stage, &mut admin, ("lu@demo.example", "Łukasz Zoellner", "volunteer")).await;
        joined(&stage, &mut admin, ("m@demo.example", "محمد", "tutor")).await;
        joined(&stage, &mut admin, ("sam@demo.example", "Sam Samson", "tutor")).await;
        assert_eq!(found(&stage, &mut admin, "").await, ["Alex", "Łukasz Zoellner", "محمد", "Sam Samson", "Zoë O’Brien"]);
        assert_eq!(found(&stage, &mut admin, "name=zoe").await, ["Zoë O’Brien", "Łukasz Zoellner"]);
        assert_eq!(found(&stage, &mut admin, "name=ZO%C3%8B").await, ["Zoë O’Brien", "Łukasz Zoellner"]);
        assert_eq!(found(&stage, &mut admin, "name=obri").await, ["Zoë O’Brien"]);
        assert_eq!(found(&stage, &mut admin, "name=%D9%85%D8%AD").await, ["محمد"]);
        assert_eq!(found(&stage, &mut admin, "name=sam").await, ["Sam Samson"], "once, though both names begin so");
        assert_eq!(found(&stage, &mut admin, "name=zoe&kind=volunteer").await, ["Łukasz Zoellner"]);
        assert_eq!(found(&stage, &mut admin, "kind=tutor").await, ["Sam Samson", "محمد", "Zoë O’Brien"], "the last to come is the first");
        for nobody in ["name=am", "name=zoe%20b", "name=%E2%80%94", "name=zoe&kind=payer", "name=~", "name=%25"] {
            assert_eq!(found(&stage, &mut admin, nobody).await, [""; 0], "{nobody}");
        }
    }

    async fn a_new_name_is_found_and_the_old_one_is_not(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = joined(&stage, &mut admin, ("kim@demo.example", "Kim Green", "tutor")).await;
        let about = [("known_as", "Robin Ash"), ("pronouns", ""), ("way", "email"), ("phone", ""), ("note", "")];
        assert_eq!(kim.post("/me/about", &about).await.status, StatusCode::SEE_OTHER);
        assert_eq!(found(&stage, &mut admin, "name=ash").await, ["Robin Ash"]);
        for old in ["name=kim", "name=green"] {
            assert_eq!(found(&stage, &mut admin, old).await, [""; 0], "{old}");
        }
    }

    async fn whoever_has_left_is_found_and_no_longer_listed(stage: Stage) {
        let mut admin = stage.administrator().await;
        for (email, name) in [("kim@demo.example", "Kim"), ("jo@demo.example", "Jo")] {
            joined(&stage, &mut admin, (email, name, "tutor")).await;
            leaves(&stage, &mut admin, name).await;
        }
        assert_eq!(found(&stage, &mut admin, "").await, ["Alex", "Jo", "Kim"], "the last day is still to come");
        assert_eq!(found(&stage, &mut admin, "kind=left").await, [""; 0]);
        stage.clock.wait(TimeDelta::days(2));
        assert_eq!(found(&stage, &mut admin, "").await, ["Alex"]);
        assert_eq!(found(&stage, &mut admin, "kind=left").await, ["Jo", "Kim"], "the last to leave is the first");
        assert_eq!(found(&stage, &mut admin, "kind=tutor").await, [""; 0]);
        assert_eq!(found(&stage, &mut admin, "name=k").await, ["Kim"], "whoever looks may not know that they have left");
        assert_eq!(found(&stage, &mut admin, "name=k&kind=left").await, ["Kim"]);
        assert_eq!(found(&stage, &mut admin, "name=a&kind=left").await, [""; 0]);
        let kim = person_called(&stage, &mut admin, "Kim").await;
        let page = admin.get(&kim).await;
        assert!(page.body.contains("Has left") && page.body.contains("Tutor since 21 November 2026, until 22 November 2026"));
        assert!(!page.body.contains("Choose somebody as their"));
        assert_eq!(admin.get(&format!("{kim}/relate/guide")).await.status, StatusCode::NOT_FOUND);
        joined(&stage, &mut admin, ("pat@demo.example", "Pat", "tutor")).await;
        let end = link(&page, &format!("{}/engagements/", stage.organisation()));
        let goes_on = [("basis", "none"), ("service", ""), ("team", ""), ("to_day", ""), ("to_month", ""), ("to_year", "")];
        assert_eq!(admin.post(&end, &goes_on).await.status, StatusCode::SEE_OTHER, "a last day typed by mistake is put right");
        assert_eq!(found(&stage, &mut admin, "").await, ["Alex", "Kim", "Pat"]);
        assert_eq!(found(&stage, &mut admin, "kind=left").await, ["Jo"]);
    }

    async fn pages_of_people_follow_each_other(stage: Stage) {
        let mut admin = stage.administrator().await;
        for number in 0..30 {
            stage.registered(&format!("sam{number}@demo.example")).await;
        }
        for (query, all) in [("", 31), ("kind=learner", 30)] {
            let (mut names, mut next) = (Vec::new(), format!("{}/people?{query}", stage.organisation()));
            loop {
                let query = next.split_once('?').unwrap().1.to_owned();
                let page = admin.get(&next).await;
                names.extend(found(&stage, &mut admin, &query).await);
                let mut hrefs = page.body.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
                let onward = hrefs.find(|it| it.contains("after="));
                match onward {
                    Some(it) => next = it.replace("&amp;", "&"),
                    None => break,
                }
            }
            assert_eq!(names.len(), all, "{query}");
        }
        let page = admin.get(&format!("{}/people?name=sam", stage.organisation())).await;
        assert!(page.body.contains("Type more of it"));
    }

    async fn looking_for_people_bears_odd_values(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("kim@demo.example", "Kim", "tutor")).await;
        let form = [("name", "kim"), ("kind", "tutor"), ("after", "")];
        let long = "n".repeat(5_000);
        for (field, _) in form {
            for odd in ODD.into_iter().chain([long.as_str(), ""]) {
                let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(with(&form, field, odd)).finish();
                let page = admin.get(&format!("{}/people?{query}", stage.organisation())).await;
                assert_eq!(page.status, StatusCode::OK, "{field}={odd:?}");
                assert!(!page.body.contains("<script"), "{field}={odd:?}");
            }
        }
        let nobody = "after=00000000-0000-7000-8000-000000000009";
        assert_eq!(found(&stage, &mut admin, nobody).await, ["Alex", "Kim"], "whoever the page began with may be gone");
    }

    async fn one_organisation_finds_nobody_of_another(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("kim@demo.example", "Kim", "tutor")).await;
        admin.post("/organisations", &MIND).await;
        let sent = stage.letters().await.remove(0).link();
        let mut other = stage.joined(&sent, "pat@demo.example", "Pat").await;
        let people = link(&other.get("/me").await, "/organisation/");
        for query in ["", "?name=kim", "?kind=left", "?kind=tutor"] {
            assert!(!other.get(&format!("{people}{query}")).await.body.contains("Kim"), "{query}");
        }
        assert!(other.get(&format!("{people}?name=pat")).await.body.contains("Pat"));
    }
}
