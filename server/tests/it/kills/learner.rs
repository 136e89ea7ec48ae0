//! Somebody who registers, confirms, signs in and learns, and tries again when the line breaks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::mailbox::Mailbox;
use crate::stage::PASSWORD;

/// What they share.
pub(super) struct Town {
    pub(super) address: SocketAddr,
    pub(super) mailbox: Mailbox,
    /// Nobody new comes any more.
    pub(super) closing: AtomicBool,
}

/// What the node has said is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    Registered,
    Confirmed,
    SignedIn,
    Enrolled,
    Read(&'static str),
}

const COURSE: &str = "how-this-place-works";
const LESSONS: [&str; 3] = ["at-your-own-pace", "what-is-kept", "people-alongside-you"];
/// A node that was killed is back long before.
const BACK_WITHIN: Duration = Duration::from_secs(60);
/// Longer than the first waits between tries to sign in.
const WAITS_WITHIN: Duration = Duration::from_secs(200);
const ANSWERS_WITHIN: Duration = Duration::from_secs(15);
/// Who waits longer for a letter gives up: a killed node may hold it for the time of a lease.
const LETTER_WITHIN: Duration = Duration::from_secs(4);

/// One after the other until the town closes; back comes what was done for whom.
pub(super) async fn come(town: Arc<Town>, place: usize) -> Vec<(String, Done)> {
    let mut all = Vec::new();
    for nth in 0.. {
        if town.closing.load(Ordering::Relaxed) {
            break;
        }
        let mut learner = Learner {
            town: &town,
            email: format!("learner.{place}.{nth}@example.org"),
            // Somebody else's network each time, so that nobody waits for mistakes that were a kill's.
            network: format!("10.{place}.{}.{}", nth / 250, nth % 250),
            cookies: Vec::new(),
            done: Vec::new(),
        };
        learner.learn().await;
        all.extend(learner.done.into_iter().map(|it| (learner.email.clone(), it)));
    }
    all
}

struct Learner<'a> {
    town: &'a Town,
    email: String,
    network: String,
    cookies: Vec<String>,
    done: Vec<Done>,
}

struct Answer {
    status: u16,
    location: String,
    cookies: Vec<String>,
    body: String,
}

impl Learner<'_> {
    async fn learn(&mut self) {
        let form =
            [("old_enough", "yes"), ("known_as", "Sam"), ("email", &self.email), ("password", PASSWORD)];
        let answer = self.send("/register", &form).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/register/sent"));
        self.done.push(Done::Registered);
        let Some(link) = self.town.mailbox.link_for(&self.email, LETTER_WITHIN).await else { return };
        let answer = self.send(&link, &[]).await;
        // Confirmed before, by a request that was never answered.
        assert!(answer.location == "/sign-in?confirmed=yes" || answer.status == 404, "{}", answer.body);
        self.done.push(Done::Confirmed);
        let form = [("email", self.email.as_str()), ("password", PASSWORD)];
        let answer = self.sign_in(&form).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/today"), "{}", answer.body);
        self.cookies = answer.cookies;
        self.done.push(Done::SignedIn);
        let answer = self.send(&format!("/courses/{COURSE}/enrol"), &[]).await;
        assert_eq!((answer.status, answer.location), (303, format!("/learn/{COURSE}/{}", LESSONS[0])));
        self.done.push(Done::Enrolled);
        for lesson in LESSONS {
            let answer = self.send(&format!("/learn/{COURSE}/{lesson}"), &[]).await;
            assert!(answer.status == 303 && answer.location.starts_with("/learn/"), "{}", answer.location);
            self.done.push(Done::Read(lesson));
        }
    }

    /// A try that a kill cut off counts as failed, by design; after some of them there is a wait, as on the page.
    async fn sign_in(&self, form: &[(&str, &str)]) -> Answer {
        let began = Instant::now();
        loop {
            let answer = self.send("/sign-in", form).await;
            if !answer.body.contains("Wait ") || began.elapsed() > WAITS_WITHIN {
                return answer;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    /// Sends a form until it is answered.
    async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nX-Forwarded-For: {}\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.town.address,
            self.network,
            self.cookies.join("; "),
            body.len()
        );
        let answered = async {
            loop {
                if let Ok(Some(answer)) = tokio::time::timeout(ANSWERS_WITHIN, self.ask(&request)).await {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(BACK_WITHIN, answered).await.expect("the node should be back")
    }

    /// One try: nothing when the line broke before the end.
    async fn ask(&self, request: &str) -> Option<Answer> {
        let mut line = TcpStream::connect(self.town.address).await.ok()?;
        line.write_all(request.as_bytes()).await.ok()?;
        let mut heard = Vec::new();
        line.read_to_end(&mut heard).await.ok()?;
        let heard = String::from_utf8_lossy(&heard);
        let (head, body) = heard.split_once("\r\n\r\n")?;
        let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let named = |name: &str| {
            let fields = head.lines().filter_map(|it| it.split_once(": "));
            let named = fields.filter(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.to_owned());
            named.collect::<Vec<_>>()
        };
        let pair = |it: String| it.split(';').next().unwrap_or_default().to_owned();
        let location = named("location").pop().unwrap_or_default();
        let cookies = named("set-cookie").into_iter().map(pair).collect();
        Some(Answer { status, location, cookies, body: body.to_owned() })
    }
}
