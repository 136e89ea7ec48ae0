//! Learning: taking up a course, reading a lesson, trying its checks, finishing it.

pub(crate) mod certificate;
mod check;
mod feedback;
mod lesson_page;
mod mine;
mod reflection;
mod way;

use axum::http::StatusCode;
use domain::course::Slug;
use domain::course::progress::{self, Finished, Step, UnderWay, go_round};
use domain::people::{Actor, PersonId, begin_to_learn};
use store::Tx;
use store::audit::Event;
use store::content::Lesson;
use store::courses::{Changes, Published};
use store::learning::{InLesson, Place};
use store::people::LEARNING_BEGUN;

pub(crate) use check::{preview as preview_check, show as show_check, try_it as try_check};
pub(crate) use feedback::{keep as keep_feedback, show as show_feedback, take_back as take_feedback_back};
pub(crate) use mine::{InHand, Taken, show as mine};
pub(crate) use reflection::{keep as keep_reflection, show as show_reflection};

use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::Typed;
use crate::permits::{EnrolledHere, SignedIn};
use crate::ui::shell::{Area, Head};
use lesson_page::Changed;

pub(crate) use lesson_page::LessonPage;
pub(crate) use way::Way;

/// POST /courses/{slug}/enrol: one tap, and on to the first lesson. Whoever has an account learns from then on.
pub(crate) async fn enrol(cx: Cx, me: SignedIn, At(slug): At<Slug>) -> Answer {
    let published = cx.public.course(&slug).ok_or(TurnedAway::NotFound)?;
    let first = published.course.lessons.first().ok_or(TurnedAway::NotFound)?;
    // Its page says so, to whoever kept it open.
    let not_offered = || Ok(cx.done(&format!("/courses/{slug}")));
    if published.course.outline.withdrawn {
        return not_offered();
    }
    let tx = cx.site.db().begin().await?;
    let began = match me.actor.as_learner() {
        Some(_) => None,
        None => {
            let engagements = store::people::engagements_in_turn(&tx, me.id()).await?;
            let now = Actor::new(me.id(), engagements.clone(), Vec::new(), cx.today());
            match (now.as_learner(), begin_to_learn(me.id(), cx.public.host.id, &engagements)) {
                // Another tap was quicker.
                (Some(_), _) => None,
                (None, Some(new)) => Some(new),
                (None, None) => return not_offered(),
            }
        }
    };
    if let Some(new) = &began {
        store::people::save_learner(&tx, new, cx.today()).await?;
    }
    let version = (published.id, published.number);
    store::learning::save_enrolment(&tx, me.id(), version, (cx.now(), cx.today())).await?;
    match began {
        None => tx.commit().await?,
        Some(new) => {
            let event = Event::new(cx.now(), LEARNING_BEGUN).by(me.id().as_uuid());
            cx.keep(tx, event.about(me.id().as_uuid()).within(new.organisation().as_uuid())).await?;
        }
    }
    Ok(cx.done(&format!("/learn/{slug}/{}", first.slug)))
}

/// GET /learn/{slug}/{lesson}
pub(crate) async fn lesson(cx: Cx, here: EnrolledHere, At((_, lesson)): At<(Slug, Slug)>) -> Answer {
    let course = here.published.course.clone();
    let (_, found) = course.lesson(&lesson).ok_or(TurnedAway::NotFound)?;
    let in_lesson = store::learning::in_lesson(cx.site.db(), here.place(&found.slug)).await?;
    let way = Way::through(course.clone(), &here.enrolled.finished, (&lesson, &in_lesson));
    let way = way.ok_or(TurnedAway::NotFound)?;
    // The lesson's own title stays on the page; the tab may be seen by others.
    let title = format!("{}, lesson {}", course.outline.discreet_title, way.number());
    let (key, head) = (way.key(), Head::new(&title, Area::Learn));
    match changes(&cx, &here).await? {
        None => Ok(cx.shared_page(&key, head, move || leptos::view! { <LessonPage way/> }).await),
        // Not kept: it is for few, and until they have seen it.
        changed => {
            Ok(cx.page(StatusCode::OK, head, move || leptos::view! { <LessonPage way changed/> }).await)
        }
    }
}

/// What has changed since somebody was last told, unless nothing has.
async fn changes(cx: &Cx, here: &EnrolledHere) -> Result<Option<Changed>, Broken> {
    let Some(since) = here.enrolled.version_seen.filter(|it| *it < here.published.number) else {
        return Ok(None);
    };
    let changes = cx.public.changes(cx.site.db(), &here.published, since).await?;
    // What is said about the course may have changed alone.
    if *changes == Changes::default() {
        return Ok(None);
    }
    let course = &here.published.course;
    let titles =
        |slugs: &[Slug]| slugs.iter().filter_map(|it| Some(course.lesson(it)?.1.title.clone())).collect();
    let (new, changed) = (titles(&changes.new), titles(&changes.changed));
    Ok(Some(Changed { new, changed, gone: changes.gone, seen: format!("/courses/{}/seen", course.slug) }))
}

/// POST /courses/{slug}/seen: somebody has seen what has changed.
pub(crate) async fn seen(cx: Cx, here: EnrolledHere, At(slug): At<Slug>) -> Answer {
    let tx = cx.site.db().begin().await?;
    let person = here.learning.learner.person();
    store::learning::save_version_seen(&tx, person, here.published.id, here.published.number).await?;
    // What was missing may have been taken out.
    store::learning::take_turns(&tx, person, here.published.id).await?;
    settle(&tx, &cx, here.learning.learner.person(), &here.published).await?;
    tx.commit().await?;
    let next = here.published.course.lessons.iter().find(|it| !here.has_finished(&it.slug));
    let next = next.or(here.published.course.lessons.first()).ok_or(TurnedAway::NotFound)?;
    Ok(cx.done(&format!("/learn/{slug}/{}", next.slug)))
}

/// POST /learn/{slug}/{lesson}: marks it as read or goes round it. Once it is finished it goes on to the next, else
/// to the checks that are left to try.
pub(crate) async fn mark_read(
    cx: Cx,
    here: EnrolledHere,
    At((slug, lesson)): At<(Slug, Slug)>,
    typed: Typed,
) -> Answer {
    let (_, found) = here.published.course.lesson(&lesson).ok_or(TurnedAway::NotFound)?;
    // After the last one the same page says that the course is finished.
    let next = here.published.course.after(&lesson).map_or(&lesson, |it| &it.slug);
    let next = format!("/learn/{slug}/{next}");
    if here.has_finished(&lesson) {
        return Ok(cx.done(&next));
    }
    let place = here.place(&lesson);
    let tx = cx.site.db().begin().await?;
    let step = match typed.text("way") {
        "round" => match go_round(found.content_note.is_some()) {
            Ok(finished) => {
                store::learning::take_turns(&tx, place.person, place.course).await?;
                Step::Finishes(finished)
            }
            Err(_) => return Err(TurnedAway::NotFound),
        },
        _ => {
            let in_lesson = store::learning::in_lesson_now(&tx, place).await?;
            step(found, &InLesson { is_read: true, ..in_lesson })
        }
    };
    let next = match step {
        Step::Finishes(finished) => {
            finish(&tx, &cx, &here, (place, finished)).await?;
            next
        }
        Step::Goes { .. } => {
            store::learning::save_read(&tx, place, cx.now()).await?;
            format!("/learn/{slug}/{lesson}#checks")
        }
    };
    tx.commit().await?;
    Ok(cx.done(&next))
}

/// Keeps that a lesson is finished, and the course if that was the last of it. The transaction has taken its turn.
async fn finish(
    tx: &Tx,
    cx: &Cx,
    here: &EnrolledHere,
    (place, finished): (Place<'_>, Finished),
) -> store::Result<()> {
    store::learning::save_finished(tx, place, finished, cx.now()).await?;
    settle(tx, cx, place.person, &here.published).await
}

/// Keeps that the course is finished if every lesson of it is.
async fn settle(tx: &Tx, cx: &Cx, person: PersonId, published: &Published) -> store::Result<()> {
    let finished = store::learning::finished_now(tx, person, published.id).await?;
    match progress::course(published.course.lessons.iter().map(|it| &it.slug), &finished) {
        None => Ok(()),
        Some(it) => {
            let version = (published.id, published.number);
            store::learning::save_course_finished(tx, person, version, it, (cx.now(), cx.today())).await
        }
    }
}

/// What comes of what somebody has done in a lesson.
fn step(lesson: &Lesson, in_lesson: &InLesson) -> Step {
    let questions: Vec<_> = lesson.questions().map(|it| it.id.as_str()).collect();
    let tried = in_lesson.tried.keys().cloned().collect();
    UnderWay { is_read: in_lesson.is_read, questions: &questions, tried: &tried }.step()
}

impl EnrolledHere {
    /// A lesson of this course, for the one who is enrolled.
    fn place<'a>(&self, lesson: &'a Slug) -> Place<'a> {
        Place { person: self.learning.learner.person(), course: self.published.id, lesson }
    }

    fn has_finished(&self, lesson: &Slug) -> bool {
        self.enrolled.finished.iter().any(|it| it == lesson.as_str())
    }
}
