//! Supervision in figures: numbers of five at least, for whoever has to show that it happens.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;

use crate::me::{joined, with};
use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::supervision_groups::{add, begin, record};
use crate::supervision_planning::plan_once;

const NAMES: [&str; 11] = ["Amy", "Bea", "Cid", "Dee", "Eli", "Fay", "Gus", "Hal", "Ivy", "Jed", "Kit"];

/// A session on a day of December.
const MET: [(&str, &str); 6] = [
    ("day_day", "1"),
    ("day_month", "12"),
    ("day_year", "2026"),
    ("time", "10:00"),
    ("minutes", "60"),
    ("themes", "Canary of themes"),
];

struct Cast<'a> {
    cora: Browser<'a>,
    sue: Browser<'a>,
    admin: Browser<'a>,
    amy: Browser<'a>,
    group: String,
    /// Where the figures are.
    figures: String,
}

/// Eleven people who are to be supervised, of whom six belong to a group that was planned for sixteen days, met on six
/// of them, and was called off on five.
async fn cast(stage: &Stage) -> Cast<'_> {
    let mut admin = stage.administrator().await;
    let mut cora = joined(stage, &mut admin, ("cora@demo.example", "Cora", "coordinator")).await;
    let sue = joined(stage, &mut admin, ("sue@demo.example", "Sue", "service_manager")).await;
    let group = begin(&mut cora, &stage.host().to_string()).await;
    let (mut people, mut amy) = (Vec::new(), None);
    for (at, name) in NAMES.into_iter().enumerate() {
        let email = format!("{name}@demo.example").to_lowercase();
        let browser = joined(stage, &mut admin, (&email, name, "peer_support_worker")).await;
        amy.get_or_insert(browser);
        if at < 6 {
            people.push(add(&mut cora, &group, name, "1").await.0);
        }
    }
    let mut planned = Vec::new();
    for day in 1..=16 {
        planned.push(plan_once(&mut cora, &group, &day.to_string(), "10:00").await);
    }
    stage.clock.wait(TimeDelta::days(29));
    let came: Vec<_> = people.iter().map(|it| (it.as_str(), "came", "60")).collect();
    for day in 1..=6 {
        let done = record(&mut cora, &group, &with(&MET, "day_day", &day.to_string()), &came).await;
        assert!(done.status.is_redirection(), "{}", done.body);
    }
    for at in &planned[6..11] {
        let number = hidden(&cora.get(at).await, "number");
        let off = [("off", "service"), ("why", "place"), ("number", &*number)];
        assert!(cora.post(&format!("{at}/off"), &off).await.status.is_redirection());
    }
    let figures = format!("/supervision/at/{}", stage.host());
    Cast { cora, sue, admin, amy: amy.unwrap(), group, figures }
}

/// What stands beside a label.
fn beside<'a>(page: &'a Seen, label: &str) -> Option<&'a str> {
    let rest = page.body.split_once(&format!("<dt>{label}</dt><dd>"))?.1;
    rest.split_once("</dd>").map(|it| it.0)
}

on_both! {
    async fn what_was_due_adds_up_and_no_few_follow(stage: Stage) {
        let Cast { mut cora, mut sue, mut admin, mut amy, group, figures } = cast(&stage).await;
        assert!(sue.get("/supervision").await.body.contains(&figures));
        let page = sue.get(&figures).await;
        assert_eq!(page.status, StatusCode::OK);
        for (label, number) in [
            ("People who are to be supervised", Some("11")),
            ("Met somebody at least once", Some("6")),
            ("Have nobody yet", Some("Not shown")),
            ("People who met somebody in it", Some("6")),
            ("Sessions that were due", Some("16")),
            ("Took place, waits to be agreed", Some("6")),
            ("It was neither of them", None),
            ("Of these, moved at least once", Some("Not shown")),
            ("Took place without being planned", Some("Not shown")),
        ] {
            assert_eq!(beside(&page, label), number, "{label}: {}", page.body);
        }
        assert!(page.body.contains("of 100 sessions that were due about 40 took place, and of 100 people about 55 met somebody"), "{}", page.body);
        let csv = sue.get(&format!("{figures}/figures.csv?quarter=2026-4")).await;
        assert_eq!(csv.header(header::CONTENT_TYPE), "text/csv; charset=utf-8; header=present");
        assert!(csv.body.contains("Group supervision,2026-10-01,2026-12-20,Sessions that were due,16,\r\n"), "{}", csv.body);
        for secret in ["Canary", "Amy", "Cora", "Tuesday group", "No room"] {
            assert!(!page.body.contains(secret) && !csv.body.contains(secret), "{secret}");
        }
        for who in [&mut cora, &mut admin, &mut amy] {
            for path in [&figures, &format!("{figures}/figures.csv")] {
                assert_eq!(who.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        assert_eq!(sue.get(&group).await.status, StatusCode::NOT_FOUND, "numbers open no supervision");
        // All but one have agreed to each.
        let agreed = "INSERT INTO supervision_stand SELECT session_id, number, person_id, 'agreed', '', 1 FROM supervision_presence WHERE person_id";
        stage.site.db().execute(&format!("{agreed} IN (SELECT id FROM person WHERE known_as IN ('Bea', 'Cid', 'Dee', 'Eli', 'Fay'))")).await.unwrap();
        assert_eq!(beside(&sue.get(&figures).await, "Took place, waits to be agreed"), Some("6"));
        stage.site.db().execute(&format!("{agreed} IN (SELECT id FROM person WHERE known_as = 'Amy')")).await.unwrap();
        let agreed = sue.get(&figures).await;
        assert_eq!((beside(&agreed, "Took place"), beside(&agreed, "Took place, waits to be agreed")), (Some("6"), None), "{}", agreed.body);
    }

    async fn what_nobody_agrees_to_counts_after_two_weeks(stage: Stage) {
        let Cast { mut sue, figures, .. } = cast(&stage).await;
        // Whoever looks now stays signed in until then.
        assert_eq!(sue.get(&figures).await.status, StatusCode::OK);
        stage.clock.wait(TimeDelta::days(14));
        let later = sue.get(&format!("{figures}?quarter=2026-4")).await;
        assert_eq!((beside(&later, "Took place"), beside(&later, "Took place, waits to be agreed")), (Some("6"), None), "{}", later.body);
        let now = sue.get(&figures).await;
        assert!(now.body.contains("January to March 2027, so far") && now.body.contains("Nothing was planned or held in these months."), "{}", now.body);
        assert!(now.body.contains("quarter=2026-4"));
        for odd in ["2027-2", "x", "2026-9", "%00"] {
            assert!(sue.get(&format!("{figures}?quarter={odd}")).await.body.contains("January to March 2027, so far"), "{odd}");
        }
    }

    async fn of_few_people_nothing_is_told(stage: Stage) {
        let mut admin = stage.administrator().await;
        let mut ada = joined(&stage, &mut admin, ("ada@demo.example", "Ada", "auditor")).await;
        joined(&stage, &mut admin, ("amy@demo.example", "Amy", "peer_support_worker")).await;
        let page = ada.get(&format!("/supervision/at/{}", stage.host())).await;
        assert!(page.body.contains("Fewer than 5 people are to be supervised") && !page.body.contains("<dt>"), "{}", page.body);
        let csv = ada.get(&format!("/supervision/at/{}/figures.csv", stage.host())).await;
        assert!(csv.body.contains("People who are to be supervised,,\"Fewer than 5, or"), "{}", csv.body);
    }
}
