//! The demo: everybody in it signs in, and nobody from elsewhere gets at it.

use app::{PasswordCost, Passwords};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use server::demo;

use crate::stage::{Browser, Stage, on_both};

const ROLES: [&str; 10] = [
    "trainee",
    "supervisor",
    "coordinator",
    "holder",
    "payer",
    "expert",
    "tutor",
    "manager",
    "safeguarding",
    "admin",
];

/// The same node with the demo loaded.
async fn with_demo(stage: &Stage) -> Stage {
    let passwords = Passwords::new(PasswordCost::FLOOR).unwrap();
    demo::load(stage.site.db(), &passwords, &stage.clock).await.unwrap();
    stage.beside_as_demo().await
}

/// Somebody of the demo, signed in.
async fn played<'a>(stage: &'a Stage, role: &str) -> Browser<'a> {
    let mut browser = stage.browser();
    let email = format!("{role}@demo.example");
    browser.post("/sign-in", &[("email", &email), ("password", demo::PASSWORD)]).await;
    browser
}

on_both! {
    async fn everybody_in_the_demo_signs_in(stage: Stage) {
        let stage = with_demo(&stage).await;
        for role in ROLES {
            let email = format!("{role}@demo.example");
            let form = [("email", email.as_str()), ("password", demo::PASSWORD)];
            let mut browser = stage.browser();
            let seen = browser.post("/sign-in", &form).await;
            assert_eq!(seen.header(header::LOCATION), "/today", "{role}");
            assert_eq!(browser.get("/today").await.status, StatusCode::OK, "{role}");
            assert!(demo::sign_ins().contains(&email));
        }
    }

    async fn terms_have_gone_by_in_it(stage: Stage) {
        let stage = with_demo(&stage).await;
        let mut admin = played(&stage, "admin").await;
        let figures = admin.get("/college/figures?term=2026-summer").await.body;
        assert!(figures.contains("13 answers, given until the end of summer 2026"), "{figures}");
        assert!(figures.contains("Fewer than five answers: they wait"), "{figures}");
        let words = admin.get("/college/figures/understanding-mental-health/2026-summer").await.body;
        assert!(words.contains("Reading it at night"), "{words}");
        assert!(played(&stage, "tutor").await.get("/plans").await.body.contains("Robin"));
        let plan = played(&stage, "trainee").await.get("/plan").await.body;
        assert!(plan.contains("Take the bus to the college on my own") && plan.contains("Callum"), "{plan}");
        let said = played(&stage, "expert").await.get("/courses/understanding-mental-health/feedback").await.body;
        assert!(said.contains("it has been counted"), "{said}");
    }

    async fn a_group_is_half_way_through_its_programme_in_it_and_a_round_is_open(stage: Stage) {
        let stage = with_demo(&stage).await;
        let mut trainee = played(&stage, "trainee").await;
        let today = trainee.get("/today").await.body;
        assert!(today.contains("Garden Room, Riverside House. Garden group"), "{today}");
        let competences = trainee.get("/training/competences").await.body;
        assert!(competences.contains("1 of 7 achieved") && competences.contains("Needs a little more"), "{competences}");
        assert!(trainee.get("/training").await.body.contains("Training for peer supporters"));
        assert!(played(&stage, "tutor").await.get("/today").await.body.contains("Keep the register: "));
        assert!(played(&stage, "supervisor").await.get("/today").await.body.contains("Evidence waits"));
    }

    async fn loading_it_again_changes_nothing(stage: Stage) {
        let demo = with_demo(&stage).await;
        assert_eq!(demo.site.public().host.name, "Riverside Recovery College");
        with_demo(&stage).await;
    }

    async fn it_is_not_loaded_where_somebody_real_is(stage: Stage) {
        stage.registered("sam@example.org").await;
        let passwords = Passwords::new(PasswordCost::FLOOR).unwrap();
        let refused = demo::load(stage.site.db(), &passwords, &stage.clock).await.unwrap_err();
        assert!(refused.to_string().contains("Somebody is in this database already"));
    }

    async fn nobody_from_elsewhere_gets_at_it(stage: Stage) {
        let stage = with_demo(&stage).await;
        for (name, value) in [("host", "college.example"), ("x-forwarded-for", "192.0.2.1"), ("forwarded", "for=1")] {
            let request = Request::get("/sign-in").header("host", "127.0.0.1:3000").header(name, value);
            let request = if name == "host" { Request::get("/sign-in").header(name, value) } else { request };
            let seen = stage.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{name}");
        }
    }

    async fn letters_are_read_on_a_page(stage: Stage) {
        assert_eq!(stage.get("/demo/letters").await.status, StatusCode::NOT_FOUND, "but only in the demo");
        let stage = with_demo(&stage).await;
        let letter = "From: us@demo.example\r\nTo: kim@demo.example\r\nSubject: Please confirm\r\n\
                      Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
                      Open\r\nhttp://127.0.0.1:3000/confirm/=\r\nabc\r\n<script>alert(1)</script>\r\n";
        std::fs::create_dir_all(stage.outbox()).unwrap();
        std::fs::write(stage.outbox().join("1.eml"), letter).unwrap();
        std::fs::write(stage.outbox().join("2.eml"), b"\xff\xff").unwrap();
        let page = stage.browser().get("/demo/letters").await;
        assert!(page.body.contains("href=\"/confirm/abc\"") && !page.body.contains("<script"), "{}", page.body);
        assert!(stage.browser().get("/register/sent").await.body.contains("/demo/letters"));
    }
}
