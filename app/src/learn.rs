//! Learning: taking up a course, reading a lesson, marking it as read.

mod lesson_page;

use domain::course::Slug;

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::{EnrolledHere, Learning};
use crate::ui::shell::{Area, Head};
use lesson_page::{LessonPage, Way};

/// POST /courses/{slug}/enrol: one tap, and on to the first lesson.
pub(crate) async fn enrol(cx: Cx, me: Learning, At(slug): At<Slug>) -> Answer {
    let published = cx.public.course(&slug).ok_or(TurnedAway::NotFound)?;
    let first = published.course.lessons.first().ok_or(TurnedAway::NotFound)?;
    let tx = cx.site.db().begin().await?;
    store::learning::save_enrolment(&tx, me.learner.person(), published.id, cx.now()).await?;
    tx.commit().await?;
    Ok(cx.done(&format!("/learn/{slug}/{}", first.slug)))
}

/// GET /learn/{slug}/{lesson}
pub(crate) async fn lesson(cx: Cx, here: EnrolledHere, At((_, lesson)): At<(Slug, Slug)>) -> Answer {
    let way = Way::through(here.published.course.clone(), &here.enrolled.read, &lesson)
        .ok_or(TurnedAway::NotFound)?;
    // The lesson's own title stays on the page; the tab may be seen by others.
    let title = format!("{}, lesson {}", here.published.course.outline.discreet_title, way.number());
    let (key, head) = (way.key(), Head::new(&title, Area::Learn));
    Ok(cx.shared_page(&key, head, move || leptos::view! { <LessonPage way/> }).await)
}

/// POST /learn/{slug}/{lesson}: marks it as read, and goes on to the next.
pub(crate) async fn mark_read(cx: Cx, here: EnrolledHere, At((slug, lesson)): At<(Slug, Slug)>) -> Answer {
    let (_, read) = here.published.course.lesson(&lesson).ok_or(TurnedAway::NotFound)?;
    let tx = cx.site.db().begin().await?;
    let person = here.learning.learner.person();
    store::learning::save_read(&tx, person, here.published.id, &read.slug, cx.now()).await?;
    tx.commit().await?;
    // After the last one the same page says that the course is finished.
    let next = here.published.course.after(&lesson).map_or(&lesson, |it| &it.slug);
    Ok(cx.done(&format!("/learn/{slug}/{next}")))
}
