//! Certificates: made by whoever has finished a course, checked by anybody who holds a code.

use axum::body::Body;
use axum::http::{HeaderName, Request, StatusCode, header};
use http_body_util::BodyExt;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use rqrr::{Grid, SimpleGrid};
use serde_json::Value;
use tower::ServiceExt;

use crate::learning::finish_course;
use crate::me::ODD;
use crate::stage::{Browser, Seen, Stage, on_both};

const PAGE: &str = "/learn/how-this-place-works/certificate";

/// Somebody who has finished the course.
async fn finisher<'a>(stage: &'a Stage, email: &str) -> Browser<'a> {
    let mut browser = stage.learner(email).await;
    finish_course(stage, &mut browser).await;
    browser
}

async fn make(browser: &mut Browser<'_>, shows: &str, full_name: &str) -> Seen {
    browser.post(PAGE, &[("shows", shows), ("full_name", full_name)]).await
}

/// The code on somebody's certificate.
async fn code(browser: &mut Browser<'_>) -> String {
    let page = browser.get(PAGE).await;
    between(&page.body, "<p class=\"code\"><code>", "</code>").to_owned()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.split_once(start).unwrap_or_else(|| panic!("{start} in {text}")).1;
    from.split_once(end).unwrap().0
}

async fn check(stage: &Stage, code: &str) -> Seen {
    stage.get(&format!("/certificates/{code}")).await
}

/// The file, read by another library than the one that makes it.
async fn pdf(stage: &Stage, browser: &Browser<'_>) -> String {
    let request = Request::get(format!("{PAGE}/pdf")).header(header::COOKIE, browser.cookie_header());
    let answer = stage.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(answer.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"certificate.pdf\"");
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    lopdf::Document::load_mem(&bytes).unwrap().extract_text(&[1]).unwrap().replace('\n', "")
}

/// What a camera reads in the square of a page.
fn square(html: &str) -> String {
    let svg = between(html, "class=\"square\"", "</svg>");
    let width: usize = between(svg, "viewBox=\"0 0 ", " ").parse().unwrap();
    let mut dark = vec![false; width * width];
    for run in between(svg, "<path d=\"M", "\"").split('M') {
        let (x, rest) = run.split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
        dark[y * width + x..][..length].fill(true);
    }
    let grid = SimpleGrid::from_func(width - 8, |x, y| dark[(y + 4) * width + x + 4]);
    Grid::new(grid).decode().unwrap().1
}

on_both! {
    async fn whoever_has_finished_a_course_makes_a_certificate_and_a_stranger_checks_it(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        let last = sam.get("/learn/how-this-place-works/people-alongside-you").await;
        assert!(last.body.contains(&format!("href=\"{PAGE}\"")));
        assert!(sam.get("/learn").await.body.contains(&format!("href=\"{PAGE}\"")));
        let offer = sam.get(PAGE).await;
        assert_eq!(offer.title(), "How this place works, your certificate · Alongside");
        assert!(offer.body.contains("Make my certificate"));
        let made = make(&mut sam, "full_name", "محمد علی خان").await;
        assert_eq!(made.header(header::LOCATION), format!("{PAGE}?done=made"), "{}", made.body);
        let page = sam.get(&format!("{PAGE}?done=made")).await;
        assert!(page.body.contains("محمد علی خان") && page.body.contains("Your certificate is made"));
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
        assert!(!page.body.contains("<script") && !page.body.contains(" style="));

        let code = code(&mut sam).await;
        assert_eq!(square(&page.body), format!("http://127.0.0.1:3000/certificates/{code}"));
        let checked = check(&stage, &code).await;
        assert_eq!((checked.status, checked.title()), (StatusCode::OK, "A genuine certificate · Alongside"));
        for words in ["This certificate is genuine", "محمد علی خان", "How this place works", "21 November 2026"] {
            assert!(checked.body.contains(words), "{words} in {}", checked.body);
        }
        assert!(!checked.body.contains(">Sam<"), "nobody is told what the owner did not choose to show");
        assert_eq!(checked.headers[HeaderName::from_static("x-robots-tag")], "noindex");
        assert_eq!(checked.header(header::CACHE_CONTROL), "no-store");
        let text = pdf(&stage, &sam).await;
        assert!(text.contains(&code) && text.contains("How this place works") && "محمدعليخان".contains(|it| text.contains(it)), "{text}");
    }

    async fn a_certificate_is_for_those_who_have_finished_the_course(stage: Stage) {
        let mut sam = stage.learner("sam@demo.example").await;
        assert_eq!(sam.get(PAGE).await.status, StatusCode::NOT_FOUND, "who has not taken it up");
        assert_eq!(make(&mut sam, "known_as", "").await.status, StatusCode::NOT_FOUND);
        sam.post("/courses/how-this-place-works/enrol", &[]).await;
        let page = sam.get(PAGE).await;
        assert!(page.body.contains("3 lessons are left") && page.body.contains("Carry on"), "{}", page.body);
        assert_eq!(make(&mut sam, "known_as", "").await.status, StatusCode::CONFLICT);
        assert_eq!(make(&mut sam, "", "").await.status, StatusCode::CONFLICT);
        for path in ["/name", "/pdf", "/withdraw"] {
            assert_eq!(sam.get(&format!("{PAGE}{path}")).await.header(header::LOCATION), PAGE, "{path}");
        }
        assert_eq!(stage.get(PAGE).await.status, StatusCode::SEE_OTHER, "strangers are asked to sign in");
        let mut kim = finisher(&stage, "kim@demo.example").await;
        make(&mut kim, "known_as", "").await;
        assert!(sam.get(PAGE).await.body.contains("lessons are left"), "somebody else's is not theirs");
    }

    async fn however_often_it_is_asked_for_there_is_one_certificate(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        let (mut one, mut two, mut three) = (sam.tab(), sam.tab(), sam.tab());
        let (first, second, third) = tokio::join!(
            make(&mut one, "known_as", ""), make(&mut two, "known_as", ""), make(&mut three, "known_as", "")
        );
        for seen in [first, second, third] {
            assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
        }
        let before = code(&mut sam).await;
        make(&mut sam, "known_as", "").await;
        assert_eq!(code(&mut sam).await, before);
        let copied = stage.site.db().execute(
            "INSERT INTO certificate (id, person_id, course_id, code, shows, statement, made_at) \
             SELECT course_id, person_id, course_id, 'AAAA-AAAA-AAAA-AAAA', shows, statement, made_at FROM certificate",
        ).await;
        assert!(copied.is_err(), "certificate_one_current");
        let log = sam.get("/me/log").await.body;
        assert_eq!(log.matches("Made a certificate of a course you have finished").count(), 1);
    }

    async fn another_name_is_shown_under_the_same_code(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        make(&mut sam, "full_name", "Samira Example").await;
        let before = code(&mut sam).await;
        let form = sam.get(&format!("{PAGE}/name")).await;
        assert!(form.body.contains("value=\"Samira Example\""), "{}", form.body);
        assert_eq!(make(&mut sam, "known_as", "").await.header(header::LOCATION), format!("{PAGE}?done=renamed"));
        assert_eq!(code(&mut sam).await, before);
        let checked = check(&stage, &before).await.body;
        assert!(checked.contains(">Sam<") && !checked.contains("Samira"), "{checked}");
        assert!(sam.get("/me/log").await.body.contains("Changed which name a certificate shows"));

        let about = [("known_as", "Alex"), ("way", "email")];
        assert_eq!(sam.post("/me/about", &about).await.status, StatusCode::SEE_OTHER);
        assert!(sam.get(PAGE).await.body.contains("still shows what you were called before"));
        make(&mut sam, "known_as", "").await;
        assert!(check(&stage, &before).await.body.contains(">Alex<"));
    }

    async fn a_withdrawn_certificate_says_nothing_and_is_never_good_again(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        make(&mut sam, "full_name", "Samira Example").await;
        let old = code(&mut sam).await;
        assert!(sam.get(&format!("{PAGE}/withdraw")).await.body.contains("stays withdrawn for good"));
        for done in ["?done=withdrawn", ""] {
            let seen = sam.post(&format!("{PAGE}/withdraw"), &[]).await;
            assert_eq!(seen.header(header::LOCATION), format!("{PAGE}{done}"), "a second tap finds none");
        }
        let page = sam.get(&format!("{PAGE}?done=withdrawn")).await;
        assert!(page.body.contains("Withdrawn.") && page.body.contains("Make my certificate"));
        let checked = check(&stage, &old).await;
        assert_eq!(checked.status, StatusCode::GONE);
        assert!(checked.body.contains("has been withdrawn"));
        for word in ["Samira", ">Sam<", "How this place works"] {
            assert!(!checked.body.contains(word), "{word}");
        }
        make(&mut sam, "known_as", "").await;
        assert_ne!(code(&mut sam).await, old);
        assert_eq!(check(&stage, &old).await.status, StatusCode::GONE);
        assert!(sam.get("/me/log").await.body.contains("Withdrew a certificate"));
        let says = stage.site.db().execute(&format!("UPDATE certificate SET statement = 'x' WHERE code = '{old}'")).await;
        assert!(says.is_err(), "certificate_withdrawn_says_nothing");
    }

    async fn a_code_that_was_guessed_or_altered_gets_a_kind_answer(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        make(&mut sam, "known_as", "").await;
        let code = code(&mut sam).await;
        let last = if code.ends_with('A') { "B" } else { "A" };
        let altered = format!("{}{last}", &code[..18]);
        let seen = check(&stage, &altered).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND);
        assert!(seen.body.contains("One letter or figure is not as it stands") && seen.body.contains(&altered));
        assert!(seen.title().starts_with("Error: "));
        // Of the right shape, and never given out.
        let guessed = check(&stage, "0000-0000-0000-0001").await;
        let seen = if guessed.body.contains("is not as it stands") { check(&stage, "0000-0000-0000-0000").await } else { guessed };
        assert_eq!(seen.status, StatusCode::NOT_FOUND);
        for odd in ["x", "%20", "%2e%2e", "%3Cscript%3E", "%F0%9F%8C%BB", "%00", "%ff", &"A".repeat(5_000), "' OR 1=1 --"] {
            let seen = check(&stage, &odd.replace(' ', "%20")).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND, "{odd}");
            assert!(!seen.body.contains("<script"), "{odd}");
        }
        for typed in [code.to_lowercase(), code.replace('-', " "), format!("http://127.0.0.1:3000/certificates/{code}")] {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("code", &typed).finish();
            let seen = stage.get(&format!("/certificates?{query}")).await;
            assert_eq!(seen.header(header::LOCATION), format!("/certificates/{code}"), "{typed}");
        }
        let seen = stage.get("/certificates?code=7K3Q+9XT").await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("This one has 7.") && seen.body.contains("value=\"7K3Q 9XT\""), "{}", seen.body);
        assert_eq!(stage.get("/certificates").await.status, StatusCode::OK);
        assert_eq!(check(&stage, &code.replace('-', "").to_lowercase()).await.status, StatusCode::OK);
    }

    async fn what_does_not_fit_its_signature_is_never_shown_as_genuine(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        let mut kim = finisher(&stage, "kim@demo.example").await;
        make(&mut sam, "full_name", "Samira Example").await;
        make(&mut kim, "full_name", "Kimberly Example").await;
        let (sams, kims) = (code(&mut sam).await, code(&mut kim).await);
        let db = stage.site.db();
        // Another's statement is genuine, but not under this code.
        db.execute(&format!(
            "UPDATE certificate SET statement = (SELECT other.statement FROM certificate AS other WHERE other.code = '{kims}') \
             WHERE code = '{sams}'"
        )).await.unwrap();
        let moved = check(&stage, &sams).await;
        db.execute(&format!("UPDATE certificate SET statement = replace(statement, '.', '.A') WHERE code = '{sams}'")).await.unwrap();
        let altered = check(&stage, &sams).await;
        for seen in [moved, altered] {
            assert_eq!(seen.status, StatusCode::CONFLICT);
            assert!(seen.body.contains("can’t vouch") && !seen.body.contains("Example") && !seen.body.contains("genuine"));
        }
        assert_eq!(check(&stage, &kims).await.status, StatusCode::OK);
        assert!(sam.get(PAGE).await.body.contains("Make my certificate"), "it can be made anew");
        make(&mut sam, "full_name", "Samira Example").await;
        assert!(check(&stage, &sams).await.body.contains("Samira Example"), "under the same code");
    }

    async fn anybody_checks_a_statement_without_us_and_old_keys_stay_published(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        make(&mut sam, "full_name", "Zoë Nguyễn").await;
        let code = code(&mut sam).await;
        let turned = stage.beside_with_turned_keys().await;
        for node in [&stage, &turned] {
            let page = check(node, &code).await;
            assert_eq!(page.status, StatusCode::OK);
            let signed = between(&page.body, "<p class=\"key card\"><code>", "</code>");
            let published = node.get("/certificates/keys").await;
            assert_eq!(published.header(header::CONTENT_TYPE), "application/jwk-set+json");
            let keys: JwkSet = serde_json::from_str(&published.body).unwrap();
            let kid = jsonwebtoken::decode_header(signed).unwrap().kid.unwrap();
            let key = DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
            let mut validation = Validation::new(Algorithm::EdDSA);
            validation.required_spec_claims.clear();
            validation.validate_exp = false;
            let said = jsonwebtoken::decode::<Value>(signed, &key, &validation).unwrap().claims;
            assert_eq!((said["name"].as_str(), said["jti"].as_str()), (Some("Zoë Nguyễn"), Some(code.as_str())));
            assert_eq!((said["finished"].as_str(), said["version"].as_i64()), (Some("2026-11-21"), Some(1)));
        }
    }

    async fn a_name_that_cannot_be_printed_is_told_before_and_spelled_in_latin_letters(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        make(&mut sam, "full_name", "བསྟན་འཛིན Tenzin 🌻").await;
        let page = sam.get(PAGE).await;
        assert!(page.body.contains("བསྟན་འཛིན Tenzin 🌻"), "as it was typed");
        let spelled = between(&page.body, "written as “<b>", "</b>");
        assert!(spelled.is_ascii() && spelled.contains("Tenzin"), "{spelled}");
        let text = pdf(&stage, &sam).await;
        assert!(text.contains(spelled) && text.contains("as it was typed"), "{text}");
        let code = code(&mut sam).await;
        assert!(check(&stage, &code).await.body.contains("བསྟན་འཛིན Tenzin 🌻"));
    }

    async fn a_name_bears_odd_values_and_loses_nothing(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        let long = "ü".repeat(101);
        for odd in ODD.into_iter().chain(["", "\u{200b}", long.as_str()]) {
            let seen = make(&mut sam, "full_name", odd).await;
            assert!([StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY].contains(&seen.status), "{odd:?}");
            if seen.status == StatusCode::SEE_OTHER {
                pdf(&stage, &sam).await;
            }
            let page = sam.get(PAGE).await;
            assert!(!page.body.contains("<script>"), "{odd:?}");
        }
        let seen = make(&mut sam, "full_name", &long).await;
        assert!(seen.body.contains(&long) && seen.body.contains("at most 100 characters"));
        let seen = make(&mut sam, "both", "Sam").await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.title().starts_with("Error: ") && seen.body.contains("value=\"Sam\""));
    }

    async fn what_was_finished_stays_certified_in_its_own_version(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        let courses = crate::databases::shipped().courses.clone();
        let mut changed = courses.into_iter().find(|it| it.slug.as_str() == "how-this-place-works").unwrap();
        changed.outline = changed.outline.replacen("title = \"How this place works\"", "title = \"Quite another title\"", 1);
        let mut new = changed.lessons[2].clone();
        new.slug = domain::course::Slug::parse("a-new-one").unwrap();
        changed.lessons.push(new);
        let tx = stage.site.db().begin().await.unwrap();
        store::courses::publish(&tx, &[changed], app::Clock::now(&stage.clock)).await.unwrap();
        tx.commit().await.unwrap();
        stage.site.refresh_public().await.unwrap();
        assert!(sam.get("/learn").await.body.contains(&format!("href=\"{PAGE}\"")), "though it is under way again");
        assert_eq!(make(&mut sam, "known_as", "").await.status, StatusCode::SEE_OTHER);
        let code = code(&mut sam).await;
        let checked = check(&stage, &code).await.body;
        assert!(checked.contains("How this place works") && checked.contains("3 lessons") && !checked.contains("Quite another"));
    }

    async fn twenty_certificates_at_once_are_all_printed(stage: Stage) {
        let mut sam = finisher(&stage, "sam@demo.example").await;
        make(&mut sam, "known_as", "").await;
        let all = futures::future::join_all((0..20).map(|_| pdf(&stage, &sam))).await;
        assert!(all.iter().all(|it| *it == all[0] && it.contains("Sam")));
    }
}
