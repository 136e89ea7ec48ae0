//! Goes through every door of the table, as several people, and hears what the store asks on the way.
//!
//! Nobody lists pages here: a new row of the table is visited with the next run, and the forms of the pages that
//! open are filled in and sent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, anyhow, ensure};
use app::{Clock, DOORS, Door, Site, SystemClock};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use server::layers;
use server::mail::Mailer;
use server::settings::Settings;
use server::work::Worker;
use store::Db;
use store::heard::Ran;
use tower::ServiceExt;
use uuid::Uuid;

use crate::forms::{self, Form};
use crate::learners::{EVERYTHING, cookie, cookie_in, engagement, person, session, spelled};
use crate::seed::COURSE;

/// A lesson that nobody has read yet.
const LESSON: &str = "people-alongside-you";

/// A page is asked in so many ways: every list of choices, twice, and a while through its pages.
const WAYS_AT_MOST: usize = 100;

/// A statement with the doors behind which it was asked.
pub(crate) struct Asked {
    pub(crate) ran: Ran,
    pub(crate) doors: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visitor {
    Nobody,
    Learner,
    /// Everything that people can be to an organisation, with the second step just taken.
    Everything,
}

struct Round {
    router: Router,
    site: Site,
    heard: Arc<Mutex<Vec<Ran>>>,
    asked: BTreeMap<String, Asked>,
    /// What pages have led to, by the door behind which it is.
    led_to: BTreeMap<&'static str, String>,
    /// Each visit is another learner's, in another session: some doors sign out.
    number: u32,
}

/// Everything that is asked behind the doors, and by a node between requests.
pub(crate) async fn everything_asked(settings: &Settings, db: Db) -> Result<Vec<Asked>> {
    let heard: Arc<Mutex<Vec<Ran>>> = Arc::default();
    let hearing = {
        let heard = heard.clone();
        move |it| heard.lock().unwrap_or_else(PoisonError::into_inner).push(it)
    };
    let site = crate::site(settings, db.clone().heard_by(hearing)).await?;
    let router = layers::router(site.clone(), &settings.site, settings.proxies.clone());
    let mut round =
        Round { router, site, heard, asked: BTreeMap::new(), led_to: BTreeMap::new(), number: 10 };
    round.note("start");
    for door in DOORS {
        for visitor in [Visitor::Nobody, Visitor::Learner, Visitor::Everything] {
            round.visit(door, visitor, &db).await?;
        }
    }
    round.between_requests(settings).await?;
    Ok(round.asked.into_values().collect())
}

impl Round {
    async fn visit(&mut self, door: &Door, visitor: Visitor, db: &Db) -> Result<()> {
        self.number += 1;
        let cookie = self.cookie(visitor, db).await?;
        let method: Method = door.method.to_uppercase().parse()?;
        let name = format!("{method} {}", door.path);
        let path = self.path(door.path, visitor);
        let (status, html) = self.send(&method, &path, &cookie, String::new()).await?;
        ensure!(!status.is_server_error(), "{name} answered {status} when it was visited.");
        self.note(&name);
        if status != StatusCode::OK {
            return Ok(());
        }
        if visitor == Visitor::Everything {
            self.look_around(&html);
            self.ask_every_way(door, &html, &cookie).await?;
        }
        let mut forms = forms::filled(&html, self.number);
        // What signs out comes last.
        forms.sort_by_key(|it| ["/sign-out", "/leave"].contains(&it.action.as_str()));
        for Form { action, fields } in forms {
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            let (status, _) = self.send(&Method::POST, &action, &cookie, body).await?;
            ensure!(!status.is_server_error(), "The form {action} of {name} answered {status}.");
            self.note(&format!("POST {}", door_of(&action)));
        }
        Ok(())
    }

    /// Asks a page for everything that it can be asked for: what its forms offer, and where it goes on.
    async fn ask_every_way(&mut self, door: &Door, html: &str, cookie: &str) -> Result<()> {
        let mut seen = BTreeSet::new();
        let mut further = VecDeque::from([html.to_owned()]);
        while let Some(html) = further.pop_front() {
            let goes_on = html.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
            let goes_on = goes_on.filter(|it| it.contains('?') && door_of(it) == door.path);
            let goes_on = goes_on.map(|it| html_escape::decode_html_entities(it).into_owned());
            for address in forms::asking(&html).into_iter().chain(goes_on) {
                if seen.len() < WAYS_AT_MOST && seen.insert(address.clone()) {
                    let (status, html) = self.send(&Method::GET, &address, cookie, String::new()).await?;
                    ensure!(!status.is_server_error(), "{address} answered {status}.");
                    self.note(&format!("GET {}", door.path));
                    further.push_back(html);
                }
            }
        }
        Ok(())
    }

    /// Takes in where a page leads.
    fn look_around(&mut self, html: &str) {
        let marks = ["href=\"/", "action=\"/"];
        for part in marks.iter().flat_map(|mark| html.split(mark).skip(1)) {
            let path = part.split(['"', '?', '#']).next().unwrap_or_default();
            let (path, door) = (format!("/{path}"), door_of(&format!("/{path}")));
            if door.contains('{') {
                self.led_to.insert(door, path);
            }
        }
    }

    async fn send(
        &self,
        method: &Method,
        path: &str,
        cookie: &str,
        body: String,
    ) -> Result<(StatusCode, String)> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))?;
        let answer = self.router.clone().oneshot(request).await.map_err(|never| anyhow!("{never}"))?;
        let status = answer.status();
        let html = answer.into_body().collect().await?.to_bytes();
        Ok((status, String::from_utf8_lossy(&html).into_owned()))
    }

    async fn cookie(&self, visitor: Visitor, db: &Db) -> Result<String> {
        Ok(match visitor {
            Visitor::Nobody => String::new(),
            Visitor::Learner => cookie(&self.site, self.number),
            Visitor::Everything => {
                let session = Uuid::now_v7();
                begin_proved(db, session).await?;
                cookie_in(&self.site, EVERYTHING, session)
            }
        })
    }

    /// A door's path with its names filled in: by what a page has led to, or with something that is there, or with
    /// an id.
    fn path(&self, door: &str, visitor: Visitor) -> String {
        if let Some(path) = self.led_to.get(door).filter(|_| visitor == Visitor::Everything) {
            return path.clone();
        }
        let number = if visitor == Visitor::Everything { EVERYTHING } else { self.number };
        let fill = |part: &str| match part {
            "{slug}" if door.starts_with("/pages/") => "privacy".to_owned(),
            "{slug}" | "{course}" => COURSE.to_owned(),
            "{term}" => "2026-summer".to_owned(),
            "{lesson}" => LESSON.to_owned(),
            "{token}" => "kM3zYd1sN8w2vQ7tRb5xLg".to_owned(),
            "{organisation}" => self.site.public().host.id.to_string(),
            "{engagement}" => engagement(number).to_string(),
            _ if part.starts_with('{') => match door {
                it if it.contains("/sign-ins/") => session(number).to_string(),
                it if it.contains("/engagements/") => engagement(number).to_string(),
                _ => person(self.number).to_string(),
            },
            _ => part.to_owned(),
        };
        door.split('/').map(fill).collect::<Vec<_>>().join("/")
    }

    /// Puts down what has been asked since the last time.
    fn note(&mut self, door: &str) {
        let heard = std::mem::take(&mut *self.heard.lock().unwrap_or_else(PoisonError::into_inner));
        for ran in heard {
            let key = one_spelling(ran.sql());
            let asked = self.asked.entry(key).or_insert_with(|| Asked { ran, doors: Vec::new() });
            if !asked.doors.iter().any(|it| it == door) {
                asked.doors.push(door.to_owned());
            }
        }
    }

    /// What a node asks by itself, every few seconds.
    async fn between_requests(&mut self, settings: &Settings) -> Result<()> {
        self.site.refresh_public().await?;
        self.site.refresh_ended().await?;
        let mut worker = Worker::new(self.site.clone(), Mailer::open(settings)?);
        // Whatever the visits have left to do is done as well.
        while worker.turn().await? {}
        self.note("between requests");
        let reminding = app::remind_of_due(&self.site, None, app::REMINDED_AT_ONCE).await?;
        let tx = self.site.db().begin().await?;
        reminding.keep(&tx, SystemClock.now()).await?;
        self.note("what becomes due, some people");
        Ok(())
    }
}

/// Lists of different lengths are one statement.
fn one_spelling(sql: &str) -> String {
    let numberless: String = sql.chars().filter(|it| !it.is_ascii_digit()).collect();
    let mut short = numberless.replace("$, ", "").replace("?, ", "");
    while let Some(twice) = short.find("(?), (?)").or_else(|| short.find("($), ($)")) {
        short.replace_range(twice..twice + 5, "");
    }
    short
}

/// The door that an address belongs to, as the table spells it.
fn door_of(path: &str) -> &'static str {
    let path = path.split('?').next().unwrap_or_default();
    let fits = |door: &&Door| {
        let (ours, theirs) = (door.path.split('/'), path.split('/'));
        ours.clone().count() == theirs.clone().count()
            && ours.zip(theirs).all(|(ours, theirs)| ours.starts_with('{') || ours == theirs)
    };
    DOORS.iter().find(fits).map_or("no door", |it| it.path)
}

/// A session of that person in which the second step has just been taken.
async fn begin_proved(db: &Db, session: Uuid) -> Result<()> {
    let (who, session) = (spelled(db, person(EVERYTHING)), spelled(db, session));
    let now = SystemClock.now().timestamp_millis();
    db.execute(&format!(
        "INSERT INTO session (id, person_id, kind, device, began_at, last_used_at) \
         VALUES ({session}, {who}, 'own_device', 'A browser', {now}, {now})"
    ))
    .await?;
    let proof = "INSERT INTO session_proof (session_id, second_factor_at, stepped_up_at)";
    Ok(db.execute(&format!("{proof} VALUES ({session}, {now}, {now})")).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_different_lengths_are_one_statement() {
        assert_eq!(one_spelling("a IN ($1, $2, $3)"), one_spelling("a IN ($1, $2)"));
        assert_eq!(one_spelling("VALUES (?), (?), (?)"), one_spelling("VALUES (?)"));
        assert_ne!(one_spelling("a = $1"), one_spelling("b = $1"));
    }

    #[test]
    fn an_address_finds_its_door() {
        assert_eq!(door_of("/courses/a/enrol"), "/courses/{slug}/enrol");
        assert_eq!(door_of("/sign-in?next=/today"), "/sign-in");
        assert_eq!(door_of("/nothing/here/at/all"), "no door");
    }
}
