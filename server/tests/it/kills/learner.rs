//! Somebody who registers, confirms, signs in and learns, and tries again when the line breaks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::line::{Answer, Line};
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
/// Longer than the first waits between tries to sign in.
const WAITS_WITHIN: Duration = Duration::from_secs(200);
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
            line: Line::new(town.address, Some(format!("10.{place}.{}.{}", nth / 250, nth % 250))),
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
    line: Line,
    done: Vec<Done>,
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
        self.line.cookies = answer.cookies;
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
        self.line.sent(path, fields).await
    }
}
