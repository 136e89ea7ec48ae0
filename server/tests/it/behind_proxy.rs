//! Behind a proxy: tries are counted by whose request it was, and https stays https.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use domain::sign_in::ThrottleKind;

use crate::stage::{Seen, Stage, on_both};

/// A try to sign in that came over a proxy at `peer`, which says that it came from `client`.
async fn try_from(stage: &Stage, peer: &str, client: &str, email: &str) -> Seen {
    let request = Request::post("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-forwarded-for", client)
        .extension(ConnectInfo::<SocketAddr>(peer.parse().unwrap()));
    stage.ask(request.body(Body::from(format!("email={email}&password=guessed"))).unwrap()).await
}

/// Uses up what is free from one address, each time with another account.
async fn guess_until_waiting(stage: &Stage, peer: &str, client: impl Fn(u32) -> String) {
    for it in 0..=ThrottleKind::Address.free_failures() {
        let seen = try_from(stage, peer, &client(it), &format!("nobody{it}@example.org")).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{it}: {}", seen.title());
        assert!(!is_asked_to_wait(&seen), "{it}");
    }
}

fn is_asked_to_wait(seen: &Seen) -> bool {
    seen.body.contains("Wait ")
}

on_both! {
    async fn guesses_over_a_proxy_are_counted_by_whose_they_are(stage: Stage) {
        guess_until_waiting(&stage, "127.0.0.1:9", |it| format!("10.9.9.{it}, 192.0.2.1")).await;
        assert!(is_asked_to_wait(&try_from(&stage, "127.0.0.1:9", "192.0.2.1", "one@example.org").await));
        assert!(!is_asked_to_wait(&try_from(&stage, "127.0.0.1:9", "192.0.2.2", "two@example.org").await));
    }

    async fn what_a_stranger_writes_into_the_header_is_not_believed(stage: Stage) {
        guess_until_waiting(&stage, "192.0.2.1:9", |it| format!("10.9.9.{it}")).await;
        let next = try_from(&stage, "192.0.2.1:9", "10.9.9.250", "one@example.org").await;
        assert!(is_asked_to_wait(&next));
    }
}

#[tokio::test]
async fn a_browser_that_came_by_https_is_told_to_stay() {
    let stage = Stage::open(store::Engine::Sqlite).await;
    assert_eq!(stage.get("/").await.header(header::STRICT_TRANSPORT_SECURITY), "");
    let by_https = stage.beside_by_https().await;
    for path in ["/", "/nowhere", "/pkg/nothing.css"] {
        let seen = by_https.get(path).await;
        assert_eq!(seen.header(header::STRICT_TRANSPORT_SECURITY), "max-age=31536000", "{path}");
    }
}

#[tokio::test]
async fn our_own_pages_are_known_whatever_a_proxy_makes_of_the_host() {
    let stage = Stage::open(store::Engine::Sqlite).await.beside_by_https().await;
    let sent_from = async |origin: &str| {
        let request = Request::post("/sign-out").header(header::HOST, "127.0.0.1:3000");
        stage.ask(request.header(header::ORIGIN, origin).body(Body::empty()).unwrap()).await.status
    };
    assert_eq!(sent_from("https://college.example").await, StatusCode::SEE_OTHER);
    assert_eq!(sent_from("https://elsewhere.example").await, StatusCode::FORBIDDEN);
}
