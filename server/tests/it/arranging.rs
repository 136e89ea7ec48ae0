//! What an administrator arranges for the people of their organisation.

use axum::http::{StatusCode, header};

use crate::inviting::action;
use crate::me::{ODD, joined, link, option, with};
use crate::stage::{Browser, Stage, on_both};

const KIM: &str = "kim@demo.example";

/// Changes an engagement to what it is: nowhere, on no footing, with no end.
const AS_IT_IS: [(&str, &str); 6] =
    [("basis", "none"), ("service", ""), ("team", ""), ("to_day", ""), ("to_month", ""), ("to_year", "")];

const ENDS: [(&str, &str); 6] = [
    ("basis", "bank"),
    ("service", ""),
    ("team", ""),
    ("to_day", "30"),
    ("to_month", "11"),
    ("to_year", "2026"),
];

const FROM: [(&str, &str); 4] =
    [("holder", ""), ("from_day", "21"), ("from_month", "11"), ("from_year", "2026")];

/// The page of the one person of that name.
pub(crate) async fn person_called(stage: &Stage, admin: &mut Browser<'_>, name: &str) -> String {
    let people = format!("{}/people", stage.organisation());
    let page = admin.get(&format!("{people}?name={name}")).await;
    link(&page, &format!("{people}/0"))
}

/// Adds a place.
async fn add(stage: &Stage, admin: &mut Browser<'_>, kind: &str, name: &str) -> StatusCode {
    let path = format!("{}/places", stage.organisation());
    admin.post(&path, &[("kind", kind), ("name", name)]).await.status
}

on_both! {
    async fn services_teams_and_sites_have_names(stage: Stage) {
        let mut admin = stage.administrator().await;
        let path = format!("{}/places", stage.organisation());
        for _ in 0..2 {
            assert_eq!(add(&stage, &mut admin, "team", "Night & Day").await, StatusCode::SEE_OTHER);
        }
        assert_eq!(admin.get(&path).await.body.matches("Night &amp; Day").count(), 1, "a second tap adds no second");
        let long = "n".repeat(81);
        for odd in ["", " ", "🦋", "\u{202e}abc", "a\nb", &long] {
            assert_eq!(add(&stage, &mut admin, "team", odd).await, StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}");
        }
        let seen = admin.post(&path, &[("kind", "house"), ("name", "<b>Here</b>")]).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("value=\"&lt;b&gt;Here&lt;/b&gt;\"") && seen.title().starts_with("Error: "));
        assert_eq!(admin.post(&path, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(add(&stage, &mut admin, "site", "محمد 🦋").await, StatusCode::SEE_OTHER);
    }

    async fn an_engagement_changes_and_ends(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut kim = joined(&stage, &mut admin, (KIM, "Kim", "tutor")).await;
        for (kind, name) in [("service", "North"), ("team", "Nights"), ("site", "Willow")] {
            add(&stage, &mut admin, kind, name).await;
        }
        let person = person_called(&stage, &mut admin, "Kim").await;
        let path = link(&admin.get(&person).await, &format!("{}/engagements/", stage.organisation()));
        let page = admin.get(&path).await;
        let [service, team] = ["North", "Nights"].map(|it| option(&page, it));
        let site = page.body.split("name=\"site\" value=\"").nth(1).unwrap().split_once('"').unwrap().0.to_owned();
        let form = [("site", site.as_str()), ("site", site.as_str())];
        let placed = [with(&with(&ENDS, "service", &service), "team", &team), form.to_vec()].concat();
        for _ in 0..2 {
            assert_eq!(admin.post(&path, &placed).await.header(header::LOCATION), format!("{person}?done=kept"));
        }
        assert!(admin.get(&person).await.body.contains("Tutor (bank) since 21 November 2026, until 30 November 2026"));
        let page = admin.get(&path).await;
        assert_eq!(page.body.matches("selected").count(), 2, "{}", page.body);
        assert_eq!(page.body.matches("checked").count(), 2, "a basis and a site");
        assert!(kim.get("/me").await.body.contains("until 30 November 2026"));
        assert_eq!(admin.post(&path, &AS_IT_IS).await.status, StatusCode::SEE_OTHER);
        assert!(!admin.get(&path).await.body.contains("selected"));
    }

    async fn a_form_for_an_engagement_comes_back_and_keeps_nothing(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, (KIM, "Kim", "tutor")).await;
        let person = person_called(&stage, &mut admin, "Kim").await;
        let path = link(&admin.get(&person).await, &format!("{}/engagements/", stage.organisation()));
        for (field, _) in ENDS {
            for odd in ODD {
                let seen = admin.post(&path, &with(&ENDS, field, odd)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={odd:?}");
                assert!(!seen.body.contains("<script"));
            }
        }
        let seen = admin.post(&path, &with(&ENDS, "to_day", "20")).await;
        assert!(seen.body.contains("not before the first day") && seen.body.contains("value=\"20\""));
        assert_eq!(admin.post(&path, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let odd_site = [ENDS.as_slice(), &[("site", "00000000-0000-0000-0000-000000000001")]].concat();
        assert_eq!(admin.post(&path, &odd_site).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!admin.get(&person).await.body.contains("until"));
    }

    async fn the_last_administrator_cannot_end_themself(stage: Stage) {
        let mut admin = stage.administrator().await;
        let person = person_called(&stage, &mut admin, "Alex").await;
        let path = link(&admin.get(&person).await, &format!("{}/engagements/", stage.organisation()));
        let seen = admin.post(&path, &ENDS).await;
        assert!(seen.status == StatusCode::UNPROCESSABLE_ENTITY && seen.body.contains("this is the last one"));
        joined(&stage, &mut admin, (KIM, "Kim", "administrator")).await;
        assert_eq!(admin.post(&path, &ENDS).await.status, StatusCode::SEE_OTHER);
    }

    async fn somebody_is_chosen_and_stops_being_it(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("jo@demo.example", "Jo", "supervisor")).await;
        stage.learner("sam@demo.example").await;
        joined(&stage, &mut admin, (KIM, "Kim", "volunteer")).await;
        let person = person_called(&stage, &mut admin, "Kim").await;
        let path = format!("{person}/relate/supervisor");
        let page = admin.get(&path).await;
        assert!(!page.body.contains(">Sam<"), "learners act for nobody");
        let jo = option(&page, "Jo");
        for _ in 0..2 {
            let kept = admin.post(&path, &with(&FROM, "holder", &jo)).await;
            assert_eq!(kept.header(header::LOCATION), format!("{person}?done=kept"));
        }
        let page = admin.get(&person).await;
        assert_eq!(page.body.matches("End this today").count(), 1, "a second tap makes no second");
        assert!(page.body.contains("Supervisor: ") && page.body.contains("since 21 November 2026"));
        let end = action(&page, "/end");
        for _ in 0..2 {
            assert_eq!(admin.post(&end, &[]).await.header(header::LOCATION), format!("{person}?done=ended"));
        }
        assert!(admin.get(&person).await.body.contains("until 21 November 2026"));
        let later = with(&with(&FROM, "holder", &jo), "from_day", "25");
        admin.post(&path, &later).await;
        let page = admin.get(&person).await;
        let ends: Vec<_> = page.body.split("action=\"").skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0)
            .filter(|it| it.ends_with("/end")).collect();
        assert_eq!(ends.len(), 2);
        admin.post(ends[1], &[]).await;
        assert!(!admin.get(&person).await.body.contains("25 November"), "what never began is gone");
    }

    async fn a_refusal_does_not_tell_whom_somebody_would_rather_not_have(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("jo@demo.example", "Jo", "supervisor")).await;
        let jo = person_called(&stage, &mut admin, "Jo").await.rsplit_once('/').unwrap().1.to_owned();
        stage.learner("sam@demo.example").await;
        let sam = person_called(&stage, &mut admin, "Sam").await.rsplit_once('/').unwrap().1.to_owned();
        let mut kim = joined(&stage, &mut admin, (KIM, "Kim", "volunteer")).await;
        kim.post("/me/not-with", &[("other", &jo), ("purpose", "supervise")]).await;
        let person = person_called(&stage, &mut admin, "Kim").await;
        for kind in ["line_manager", "clinical_lead", "guide", "supervisor", "partner_supervisor"] {
            let path = format!("{person}/relate/{kind}");
            assert!(!admin.get(&path).await.body.contains(">Jo<"), "{kind}");
            let nobody = "00000000-0000-7000-8000-000000000009";
            let mut refusals = Vec::new();
            for holder in [jo.as_str(), sam.as_str(), nobody] {
                let seen = admin.post(&path, &with(&FROM, "holder", holder)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
                refusals.push(seen.body);
            }
            assert!(refusals.iter().all(|it| *it == refusals[0]), "one answer for whatever reason: {kind}");
        }
        let path = format!("{person}/relate/assessor");
        assert_eq!(admin.post(&path, &with(&FROM, "holder", &jo)).await.status, StatusCode::SEE_OTHER, "for assessing Kim named nobody");
    }

    async fn choosing_bears_odd_values(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("jo@demo.example", "Jo", "supervisor")).await;
        joined(&stage, &mut admin, (KIM, "Kim", "volunteer")).await;
        let person = person_called(&stage, &mut admin, "Kim").await;
        let path = format!("{person}/relate/supervisor");
        let jo = option(&admin.get(&path).await, "Jo");
        let form = with(&FROM, "holder", &jo);
        for (field, _) in FROM {
            for odd in ODD.into_iter().chain([""]) {
                let seen = admin.post(&path, &with(&form, field, odd)).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={odd:?}");
            }
        }
        let ends = [form.as_slice(), &[("to_day", "1"), ("to_month", "1"), ("to_year", "2026")]].concat();
        let seen = admin.post(&path, &ends).await;
        assert!(seen.body.contains("href=\"#to_day\"") && seen.body.contains("selected"));
        let kim = person.rsplit_once('/').unwrap().1;
        assert!(admin.post(&path, &with(&FROM, "holder", kim)).await.body.contains("nobody can be this to themself"));
        assert_eq!(admin.post(&path, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!admin.get(&person).await.body.contains("End this today"));
        for odd in ["x", "line%20manager", "%00"] {
            assert_eq!(admin.get(&format!("{person}/relate/{odd}")).await.status, StatusCode::NOT_FOUND);
            assert_eq!(admin.post(&format!("{person}/relate/{odd}"), &form).await.status, StatusCode::NOT_FOUND);
        }
    }

    async fn nobody_else_arranges_anything(stage: Stage) {
        let mut admin = stage.administrator().await;
        joined(&stage, &mut admin, ("jo@demo.example", "Jo", "supervisor")).await;
        let mut kim = joined(&stage, &mut admin, (KIM, "Kim", "coordinator")).await;
        let person = person_called(&stage, &mut admin, "Kim").await;
        let engagement = link(&admin.get(&person).await, &format!("{}/engagements/", stage.organisation()));
        let path = format!("{person}/relate/supervisor");
        let jo = option(&admin.get(&path).await, "Jo");
        admin.post(&path, &with(&FROM, "holder", &jo)).await;
        let end = action(&admin.get(&person).await, "/end");
        let places = format!("{}/places", stage.organisation());
        for it in [&person, &path, &engagement, &places] {
            assert_eq!(kim.get(it).await.status, StatusCode::NOT_FOUND, "{it}");
            assert_eq!(stage.get(it).await.status, StatusCode::SEE_OTHER, "{it}");
        }
        for it in [&path, &engagement, &places, &end] {
            assert_eq!(kim.post(it, &[]).await.status, StatusCode::NOT_FOUND, "{it}");
        }
        let nobody = "00000000-0000-7000-8000-000000000009";
        for odd in ["people/x", "engagements/x", &format!("people/{nobody}"), &format!("engagements/{nobody}"), &format!("people/{nobody}/relate/guide")] {
            assert_eq!(admin.get(&format!("{}/{odd}", stage.organisation())).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        for odd in [format!("relationships/{nobody}/end"), "relationships/x/end".to_owned(), format!("engagements/{nobody}")] {
            assert_eq!(admin.post(&format!("{}/{odd}", stage.organisation()), &[]).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
    }
}
