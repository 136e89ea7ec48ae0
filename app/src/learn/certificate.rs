//! My certificate of a course: what it shows, making it, printing it, and taking it back.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;
use domain::course::certificate::{
    Certified, Code, Current, NameForm, NameShown, NotFinished, certify, is_called_otherwise,
    show as show_name_of,
};
use domain::course::progress;
use domain::people::KnownAs;
use store::certificates::{CERTIFICATE_MADE, CERTIFICATE_RENAMED, CERTIFICATE_WITHDRAWN, Good};

use super::settle;
use crate::answer::Broken;
use crate::certificates::{Claims, Sheet};
use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::form::{FormState, Typed};
use crate::permits::TookUpHere;
use crate::sign_in::random_bytes;
use crate::ui::choose::filled;
use crate::ui::shell::{Area, Head};
use pages::{MadePage, NamePage, NotYetPage, Offer, WithdrawPage};

mod pages;

/// GET /learn/{slug}/certificate: the certificate, or how to make one.
pub(crate) async fn show(cx: Cx, here: TookUpHere, Asks(asks): Asks) -> Answer {
    if !here.may_have_one() {
        return Ok(not_yet(&cx, here, StatusCode::OK).await);
    }
    let Some((good, claims)) = current(&cx, &here).await? else {
        let said = (asks.text("done") == "withdrawn").then_some(
            "Withdrawn. Whoever looks its code up reads that you have taken it back, and nothing else.",
        );
        let form = filled(&[("shows", NameShown::KnownAs.as_str().to_owned())]);
        return Ok(name_page(&cx, &here, StatusCode::OK, form, Offer { is_new: true, said }).await);
    };
    let said = match asks.text("done") {
        "made" => Some("Your certificate is made. It waits for you here whenever you need it."),
        "renamed" => {
            Some("Kept. Your certificate shows this name now. Old copies show the old one, so print it anew.")
        }
        _ => None,
    };
    let spelled = cx.site.printer().spelled_otherwise(claims.name.clone()).await?;
    let is_called_otherwise =
        KnownAs::parse(&here.me.known_as).is_ok_and(|it| is_called_otherwise(&as_kept(&good, &claims), &it));
    let slug = here.published.course.slug.clone();
    let sheet = Sheet::new(&cx.site, claims, slug.clone());
    let known_as = is_called_otherwise.then_some(here.me.known_as);
    let head = head_of(&here.published.course.outline.discreet_title, "your certificate");
    let page = move || leptos::view! { <MadePage slug sheet said spelled known_as/> };
    Ok(cx.page(StatusCode::OK, head, page).await)
}

/// GET /learn/{slug}/certificate/name: which name it shows.
pub(crate) async fn show_name(cx: Cx, here: TookUpHere) -> Answer {
    let current = if here.may_have_one() { current(&cx, &here).await? } else { None };
    let Some((good, claims)) = current else { return Ok(cx.done(&here.page())) };
    let full_name = if good.shows == NameShown::FullName { claims.name } else { String::new() };
    let form = filled(&[("shows", good.shows.as_str().to_owned()), ("full_name", full_name)]);
    Ok(name_page(&cx, &here, StatusCode::OK, form, Offer { is_new: false, said: None }).await)
}

/// POST /learn/{slug}/certificate: makes it, or lets it show another name.
pub(crate) async fn make(cx: Cx, here: TookUpHere, typed: Typed) -> Answer {
    let form = NameForm { shows: typed.text("shows"), full_name: typed.text("full_name") };
    let name = match show_name_of(form, &here.me.known_as) {
        Ok(name) => name,
        Err(faults) if here.may_have_one() => {
            let is_new = current(&cx, &here).await?.is_none();
            let form = FormState::refused(typed, faults);
            let offer = Offer { is_new, said: None };
            return Ok(name_page(&cx, &here, StatusCode::UNPROCESSABLE_ENTITY, form, offer).await);
        }
        Err(_) => return Ok(not_yet(&cx, here, StatusCode::CONFLICT).await),
    };
    let (me, course) = (here.me.id(), here.published.id);
    let tx = cx.site.db().begin().await?;
    let there = store::certificates::of_now(&tx, me, course).await?;
    settle(&tx, &cx, me, &here.published).await?;
    let finished = store::learning::course_finished_now(&tx, me, course).await?;
    // A statement that does not fit its signature any more says nothing: it is made anew.
    let current = there.as_ref().map(|it| as_kept_or_lost(it, cx.site.statement_keys().read(&it.statement)));
    let certified = certify(finished.is_some(), current.as_ref(), name, Code::from_chance(random_bytes()));
    let (certified, finished) = match (certified, finished) {
        (Ok(Some(certified)), Some(finished)) => (certified, finished),
        (Ok(_), _) => return Ok(cx.done(&here.page())),
        (Err(NotFinished), _) => {
            drop(tx);
            return Ok(not_yet(&cx, here, StatusCode::CONFLICT).await);
        }
    };
    let claims = claims(&cx, &here, &certified, finished).await?;
    let statement = cx.site.statement_keys().sign(&claims);
    let there = there.map(|it| it.id);
    let id = store::certificates::save(&tx, (me, course), (&certified, there), statement, cx.now()).await?;
    let (action, done) = match certified.is_new() {
        true => (CERTIFICATE_MADE, "made"),
        false => (CERTIFICATE_RENAMED, "renamed"),
    };
    cx.keep(tx, cx.event(action, me).to(id)).await?;
    Ok(cx.done(&format!("{}?done={done}", here.page())))
}

/// GET /learn/{slug}/certificate/pdf
pub(crate) async fn print(cx: Cx, here: TookUpHere) -> Answer {
    let Some((_, claims)) = current(&cx, &here).await? else { return Ok(cx.done(&here.page())) };
    let sheet = Sheet::new(&cx.site, claims, here.published.course.slug.clone());
    let printed = cx.site.printer().print(sheet).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        // Whoever sees the list of downloads reads no course.
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"certificate.pdf\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, printed).into_response())
}

/// GET /learn/{slug}/certificate/withdraw
pub(crate) async fn show_withdraw(cx: Cx, here: TookUpHere) -> Answer {
    if store::certificates::of(cx.site.db(), here.me.id(), here.published.id).await?.is_none() {
        return Ok(cx.done(&here.page()));
    }
    let head = head_of(&here.published.course.outline.discreet_title, "withdraw your certificate");
    let slug = here.published.course.slug.clone();
    Ok(cx.page(StatusCode::OK, head, move || leptos::view! { <WithdrawPage slug/> }).await)
}

/// POST /learn/{slug}/certificate/withdraw: takes it back. A second tap finds none.
pub(crate) async fn withdraw(cx: Cx, here: TookUpHere) -> Answer {
    let me = here.me.id();
    let tx = cx.site.db().begin().await?;
    let Some(good) = store::certificates::of_now(&tx, me, here.published.id).await? else {
        return Ok(cx.done(&here.page()));
    };
    store::certificates::withdraw(&tx, good.id, cx.now()).await?;
    cx.keep(tx, cx.event(CERTIFICATE_WITHDRAWN, me).to(good.id)).await?;
    Ok(cx.done(&format!("{}?done=withdrawn", here.page())))
}

impl TookUpHere {
    /// Whether they have finished the course, in this version or in one before it.
    fn may_have_one(&self) -> bool {
        let lessons = self.published.course.lessons.iter().map(|it| &it.slug);
        let finished = self.enrolled.finished.iter().cloned().collect();
        self.finished.is_some() || progress::course(lessons, &finished).is_some()
    }

    fn page(&self) -> String {
        format!("/learn/{}/certificate", self.published.course.slug)
    }
}

/// Somebody's certificate and what it says, if what is kept fits its signature; else it is as if there were none,
/// until it is made anew.
async fn current(cx: &Cx, here: &TookUpHere) -> Result<Option<(Good, Claims)>, Broken> {
    let good = store::certificates::of(cx.site.db(), here.me.id(), here.published.id).await?;
    Ok(good.and_then(|it| {
        let claims = cx.site.statement_keys().read(&it.statement)?;
        Some((it, claims))
    }))
}

fn as_kept(good: &Good, claims: &Claims) -> Current {
    Current { code: good.code, shows: good.shows, name: claims.name.clone() }
}

fn as_kept_or_lost(good: &Good, claims: Option<Claims>) -> Current {
    let name = claims.map(|it| it.name).unwrap_or_default();
    Current { code: good.code, shows: good.shows, name }
}

/// What is signed: the course as it was in the version that was finished.
async fn claims(
    cx: &Cx,
    here: &TookUpHere,
    certified: &Certified,
    (version, finished): (i64, DateTime<Utc>),
) -> Result<Claims, Broken> {
    let course = store::courses::in_version(cx.site.db(), &here.published, version).await?;
    Ok(Claims {
        iss: cx.site.public_url().to_owned(),
        jti: certified.code().to_string(),
        iat: cx.now().timestamp(),
        issuer: cx.public.host.name.clone(),
        name: certified.name().name().to_owned(),
        course: course.outline.title.clone(),
        version,
        lessons: course.lessons.len(),
        minutes: course.minutes(),
        finished: finished.with_timezone(&London).date_naive(),
        issued: cx.today(),
    })
}

fn head_of(discreet_title: &str, what: &str) -> Head {
    Head::new(&format!("{discreet_title}, {what}"), Area::Learn)
}

async fn name_page(
    cx: &Cx,
    here: &TookUpHere,
    status: StatusCode,
    form: FormState,
    offer: Offer,
) -> axum::response::Response {
    let outline = &here.published.course.outline;
    let head = head_of(&outline.discreet_title, "your certificate").failed(!form.faults.is_empty());
    let (title, known_as) = (outline.title.clone(), here.me.known_as.clone());
    let slug = here.published.course.slug.clone();
    cx.page(status, head, move || leptos::view! { <NamePage form slug title known_as offer/> }).await
}

async fn not_yet(cx: &Cx, here: TookUpHere, status: StatusCode) -> axum::response::Response {
    let course = here.published.course;
    let is_left = |it: &&store::content::Lesson| !here.enrolled.finished.contains(&it.slug.to_string());
    let left = course.lessons.iter().filter(is_left).count();
    let next = course
        .lessons
        .iter()
        .find(is_left)
        .map(|it| (format!("/learn/{}/{}", course.slug, it.slug), it.title.clone()));
    let head = head_of(&course.outline.discreet_title, "your certificate");
    cx.page(status, head, move || leptos::view! { <NotYetPage left next/> }).await
}
