//! Whatever arrives, nothing breaks: arbitrary paths, queries, headers and bodies meet the whole router.

use std::collections::BTreeMap;

use app::DOORS;
use axum::body::Body;
use axum::http::{Method, Request, header};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use crate::proof;
use crate::stage::Stage;

/// A path: some door's with anything in the place of its names, or anything at all.
fn path() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z-]{0,12}",
        "\\PC{0,12}",
        Just("how-this-place-works".to_owned()),
        Just("at-your-own-pace".to_owned()),
        Just("%00".to_owned()),
        Just("%ff%fe".to_owned()),
        Just("..".to_owned()),
        Just("00000000-0000-0000-0000-000000000000".to_owned()),
    ];
    let door = (0..DOORS.len(), prop::collection::vec(piece, 3)).prop_map(|(door, pieces)| {
        let mut pieces = pieces.into_iter();
        let filled = DOORS[door].path.split('/').map(|it| match it.starts_with('{') {
            true => pieces.next().unwrap_or_default(),
            false => it.to_owned(),
        });
        filled.collect::<Vec<_>>().join("/")
    });
    prop_oneof![3 => door, 1 => "/\\PC{0,40}"]
}

/// A form's body: plausible fields with anything in them, or any bytes.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![
        Just("email"),
        Just("password"),
        Just("known_as"),
        Just("old_enough"),
        Just("next"),
        Just("shared"),
        Just("riding_path"),
        Just("riding_body"),
        Just("riding_seal"),
    ];
    let value = prop_oneof![
        "\\PC{0,30}",
        ".{0,10}",
        Just("sam@demo.example".to_owned()),
        Just("yes".to_owned()),
        Just("\0".to_owned())
    ];
    let form = prop::collection::vec((name, value), 0..6).prop_map(|fields| {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
    });
    prop_oneof![3 => form, 1 => prop::collection::vec(any::<u8>(), 0..200)]
}

/// What stands in no address as it is.
const UNFIT: &str = "\"#<>\\^`{|} ";

/// One request, or nothing where the parts make none.
fn request(method: &Method, path: &str, query: &str, cookie: &[u8], body: Vec<u8>) -> Option<Request<Body>> {
    let escaped: String = path
        .chars()
        .map(|it| {
            if it.is_ascii_graphic() && !UNFIT.contains(it) {
                it.to_string()
            } else {
                format!("%{:02X}", u32::from(it) & 0xff)
            }
        })
        .collect();
    let query: String = query
        .chars()
        .map(|it| if UNFIT.contains(it) { format!("%{:02X}", u32::from(it)) } else { it.to_string() })
        .collect();
    // What no header can carry never reaches a router either.
    let cookie: Vec<u8> = cookie.iter().copied().filter(|it| *it >= 32 && *it != 127).collect();
    let request = Request::builder()
        .method(method)
        .uri(format!("{escaped}?{query}"))
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(body)).ok()
}

async fn nothing_breaks(engine: store::Engine) {
    let stage = Stage::open(engine).await;
    let browser = stage.learner("sam@demo.example").await;
    let signed_in = browser.cookie_header();
    let often = [Method::GET, Method::POST];
    let seldom = [Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS];
    let anything = (
        prop_oneof![4 => prop::sample::select(often.to_vec()), 1 => prop::sample::select(seldom.to_vec())],
        path(),
        "[ -~]{0,30}",
        prop_oneof![Just(signed_in.into_bytes()), prop::collection::vec(any::<u8>(), 0..40)],
        body(),
    );
    let cases = proof::cases(400);
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(cases) });
    let mut statuses: BTreeMap<u16, u32> = BTreeMap::new();
    for _ in 0..cases {
        let (method, path, query, cookie, body) = anything.new_tree(&mut runner).unwrap().current();
        let Some(request) = request(&method, &path, &query, &cookie, body) else { continue };
        let seen = stage.ask(request).await;
        assert!(!seen.status.is_server_error(), "{method} {path}?{query}: {}\n{}", seen.status, seen.body);
        *statuses.entry(seen.status.as_u16()).or_default() += 1;
    }
    proof::tell(engine, statuses.values().sum(), &format!("requests, answered {statuses:?}"));
}

#[tokio::test]
async fn nothing_breaks_on_sqlite() {
    nothing_breaks(store::Engine::Sqlite).await;
}

#[tokio::test]
async fn nothing_breaks_on_postgres() {
    nothing_breaks(store::Engine::Postgres).await;
}
