//! The limit: an axum handler that checks the token, asks the store what the page asks it, and gives back the
//! page's bytes from memory. No layers, no rules, no rendering.
//!
//! It says so when a page has come to ask something else: both are heard once before anything is measured.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail, ensure};
use app::{Clock, Site, SystemClock};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono_tz::Europe::London;
use domain::course::check::Choice;
use domain::course::{Slug, reflection};
use domain::people::PersonId;
use http_body_util::BodyExt;
use server::layers;
use server::settings::Settings;
use store::Db;
use store::heard::Ran;
use store::learning::Place;
use tokio::net::TcpListener;
use tower::ServiceExt;
use uuid::Uuid;

use crate::learners::{EVERYTHING, cookie, person};
use crate::seed::COURSE;

/// A page to be measured against.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    method: Method,
    signed_in: bool,
    path: String,
    body: String,
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(4, ':');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(method), Some(who), Some(path), Some(body)) => Ok(Self {
                method: method.to_uppercase().parse().map_err(|_| format!("{method} is no method"))?,
                signed_in: who != "nobody",
                path: path.to_owned(),
                body: body.to_owned(),
            }),
            _ => Err(format!("{text} is not like get:nobody:/courses:")),
        }
    }
}

/// What is kept of a page.
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
    asks: Asks,
}

/// What a page asks.
#[derive(Clone, Debug)]
enum Asks {
    /// Anybody may see it.
    Nothing,
    Today,
    Lesson {
        course: Uuid,
        lesson: Slug,
    },
    Marking {
        course: Uuid,
        lesson: Slug,
    },
    Checking {
        course: Uuid,
        lesson: Slug,
        question: String,
    },
    Reflecting {
        course: Uuid,
        lesson: Slug,
    },
}

impl Asks {
    fn of(wanted: &Wanted, site: &Site) -> Result<Self> {
        if !wanted.signed_in {
            return Ok(Self::Nothing);
        }
        let parts: Vec<&str> = wanted.path.split('/').skip(1).collect();
        let [_, course, lesson, ref door @ ..] = parts[..] else { return Ok(Self::Today) };
        let slug = |text: &str| Slug::parse(text).map_err(|error| anyhow!("{text}: {error}"));
        let course = site.public().course(&slug(course)?).map(|it| it.id).context("no such course")?;
        let lesson = slug(lesson)?;
        Ok(match door {
            [] if wanted.method == Method::GET => Self::Lesson { course, lesson },
            [] => Self::Marking { course, lesson },
            ["check", question] => Self::Checking { course, lesson, question: (*question).to_owned() },
            ["reflection"] => Self::Reflecting { course, lesson },
            _ => bail!("nobody has said what {} asks", wanted.path),
        })
    }

    async fn ask(&self, db: &Db, person: PersonId) -> store::Result<()> {
        if matches!(self, Self::Nothing) {
            return Ok(());
        }
        store::people::known(db, person).await?;
        match self {
            Self::Nothing => {}
            Self::Today => {
                let today = SystemClock.now().with_timezone(&London).date_naive();
                store::training::ahead::sessions_of(db, person, today, 2).await?;
                store::training::applications::of_person(db, person, 3).await?;
                store::training::issues::of_person(db, person, (None, 3)).await?;
                store::training::hours::asked_about(db, person, 3).await?;
                store::learning::enrolments_of(db, person).await?;
            }
            Self::Lesson { course, lesson } => {
                store::learning::enrolled_on(db, person, *course).await?;
                store::learning::in_lesson(db, Place { person, course: *course, lesson }).await?;
            }
            Self::Marking { course, lesson } => {
                store::learning::enrolled_on(db, person, *course).await?;
                let (tx, place) = (db.begin().await?, Place { person, course: *course, lesson });
                store::learning::in_lesson_now(&tx, place).await?;
                store::learning::save_read(&tx, place, SystemClock.now()).await?;
                tx.commit().await?;
            }
            Self::Checking { course, lesson, question } => {
                store::learning::enrolled_on(db, person, *course).await?;
                let (tx, place) = (db.begin().await?, Place { person, course: *course, lesson });
                store::learning::in_lesson_now(&tx, place).await?;
                let now = SystemClock.now();
                store::learning::save_try(&tx, place, (question, &Choice::LEFT_OUT), now).await?;
                tx.commit().await?;
            }
            Self::Reflecting { course, lesson } => {
                store::learning::enrolled_on(db, person, *course).await?;
                let (tx, place) = (db.begin().await?, Place { person, course: *course, lesson });
                let current = store::reflections::of_now(&tx, place).await?;
                if let Ok(kept) = reflection::keep(current.as_ref(), REFLECTION, 0) {
                    store::reflections::save(&tx, place, &kept, SystemClock.now()).await?;
                }
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

/// As long as what the bench sends.
const REFLECTION: &str = "Today I walked by the river before reading this. It helped.";

/// Where the first check question with one answer is, in the course that everybody takes.
pub(crate) fn check_path(site: &Site) -> Result<String> {
    let public = site.public();
    let course = Slug::parse(COURSE).ok().and_then(|it| public.course(&it).cloned());
    let course = course.context("no such course")?.course.clone();
    let lesson = course.lessons.first().context("the course has no lesson")?;
    let question = lesson.questions().find(|it| matches!(it.asks, store::content::Asks::One(_)));
    let question = question.context("its first lesson has no check with one answer")?;
    Ok(format!("/learn/{COURSE}/{}/check/{}", lesson.slug, question.id))
}

/// By method, address and encoding.
type Pages = HashMap<(Method, String, bool), Kept>;

#[derive(Clone)]
struct Limit {
    site: Site,
    pages: Arc<Pages>,
}

/// Listens where the settings say, until it is ended.
pub(crate) async fn serve(settings: &Settings, db: &Db, wanted: &[Wanted]) -> Result<()> {
    let pages = Arc::new(pages(settings, db, wanted).await?);
    // Another node, to which nobody listens.
    let site = crate::site(settings, db.clone()).await?;
    let listener = TcpListener::bind(settings.addr).await?;
    let ready = axum::routing::get(|| async { "ready" });
    let router = Router::new().route("/health/ready", ready).fallback(answer);
    axum::serve(listener, router.with_state(Limit { site, pages })).await?;
    Ok(())
}

async fn answer(State(limit): State<Limit>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let packed = parts.headers.contains_key(header::ACCEPT_ENCODING);
    let key = (parts.method, parts.uri.to_string(), packed);
    let Some(page) = limit.pages.get(&key) else { return StatusCode::NOT_FOUND.into_response() };
    if !matches!(page.asks, Asks::Nothing) {
        let Some(access) = limit.site.signed_in(&parts.headers) else {
            return StatusCode::UNAUTHORIZED.into_response();
        };
        if let Err(error) = page.asks.ask(limit.site.db(), access.person).await {
            return (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response();
        }
    }
    (page.status, page.headers.clone(), page.bytes.clone()).into_response()
}

/// What has been asked, in order.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn hear(&self, ran: &Ran) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(ran.sql().to_owned());
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Has the real router make each page once.
async fn pages(settings: &Settings, db: &Db, wanted: &[Wanted]) -> Result<Pages> {
    let heard = Heard::default();
    let hearing = heard.clone();
    let db = db.clone().heard_by(move |ran| hearing.hear(&ran));
    let site = crate::site(settings, db.clone()).await?;
    let router = layers::router(site.clone(), &settings.site, settings.proxies.clone());
    let mut pages = Pages::new();
    for it in wanted {
        // Marking a lesson as read uses somebody up, who is then not measured.
        let somebody = if it.method == Method::GET { 1 } else { EVERYTHING };
        let asks = Asks::of(it, &site)?;
        for packed in [false, true] {
            let mut request = Request::builder().method(it.method.clone()).uri(&it.path);
            if it.method == Method::POST {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            }
            if packed {
                request = request.header(header::ACCEPT_ENCODING, "br");
            }
            if it.signed_in {
                request = request.header(header::COOKIE, cookie(&site, somebody));
            }
            heard.taken();
            let answer = router.clone().oneshot(request.body(Body::from(it.body.clone()))?).await;
            let (parts, body) = answer.map_err(|never| anyhow!("{never}"))?.into_parts();
            let bytes = body.collect().await.context("a page broke off")?.to_bytes();
            ensure!(parts.status.as_u16() < 400, "{} {} answered {}", it.method, it.path, parts.status);
            let by_page = heard.taken();
            asks.ask(&db, PersonId::from_uuid(person(somebody))).await?;
            is_the_same(&it.path, &by_page, &heard.taken())?;
            let mut headers = HeaderMap::new();
            for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::LOCATION] {
                if let Some(value) = parts.headers.get(&name) {
                    headers.insert(name, value.clone());
                }
            }
            let kept = Kept { status: parts.status, headers, bytes, asks: asks.clone() };
            pages.insert((it.method.clone(), it.path.clone(), packed), kept);
        }
    }
    Ok(pages)
}

fn is_the_same(path: &str, by_page: &[String], by_us: &[String]) -> Result<()> {
    ensure!(
        by_page == by_us,
        "{path} asks other statements than its bare handler: bring `Asks` in server/bench/src/bare.rs up to \
         date.\nThe page asks {by_page:#?}\nand the bare handler {by_us:#?}"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wanted_page_is_read() {
        let it: Wanted = "post:learner:/learn/a/b:way=round".parse().unwrap();
        assert_eq!((it.method, it.signed_in), (Method::POST, true));
        assert_eq!((it.path.as_str(), it.body.as_str()), ("/learn/a/b", "way=round"));
        assert!("get:/courses".parse::<Wanted>().is_err());
    }
}
