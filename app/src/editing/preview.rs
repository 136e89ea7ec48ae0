//! What learners will see of a draft: the very components that they see, with a band above that says what it is.
//! Checks can be tried, and nothing is kept.

use std::sync::Arc;

use axum::http::StatusCode;
use domain::course::Slug;
use leptos::prelude::*;
use store::content::{Course, Lesson};
use store::courses::Published;
use uuid::Uuid;

use super::faults::many;
use super::{checked, draft, place};
use crate::courses::{CoursePage, WayIn, before};
use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::form::Typed;
use crate::learn::{LessonPage, Way, preview_check};
use crate::permits::EditsCourses;
use crate::ui::shell::{Area, Head};

/// A draft as far as it can be read.
struct Previewed {
    course: Arc<Course>,
    /// So many lessons cannot be read yet.
    left_out: usize,
    root: String,
}

/// What stands in the way of a preview.
enum NoPreview {
    /// There is no draft any more.
    NoDraft,
    /// So many things have to be put right in the file at this path.
    Faults(usize, String),
}

async fn previewed(cx: &Cx, slug: &Slug) -> Result<Result<Previewed, NoPreview>, TurnedAway> {
    let Some(draft) = store::drafts::of(cx.site.db(), slug).await? else {
        return Ok(Err(NoPreview::NoDraft));
    };
    let read = checked(cx, draft.source()).await?;
    let faults = read.outline.as_ref().err().map_or(0, Vec::len);
    let Some((course, left_out)) = read.readable(slug.clone()) else {
        return Ok(Err(NoPreview::Faults(faults, format!("{}/outline", place(slug)))));
    };
    Ok(Ok(Previewed { course: Arc::new(course), left_out, root: format!("{}/preview", place(slug)) }))
}

/// A lesson of it; a lesson that cannot be read yet says so.
fn lesson_of<'a>(it: &'a Previewed, slug: &Slug) -> Result<&'a Lesson, NoPreview> {
    let path = it.root.replace("/preview", "/lessons");
    it.course
        .lesson(slug)
        .map(|it| it.1)
        .ok_or_else(|| NoPreview::Faults(it.left_out, format!("{path}/{slug}")))
}

/// GET /editing/{course}/preview
pub(crate) async fn course(cx: Cx, _: EditsCourses, At(slug): At<Slug>) -> Answer {
    let it = match previewed(&cx, &slug).await? {
        Ok(it) => it,
        Err(why) => return not_yet(&cx, slug, why).await,
    };
    let band = band(&it, &slug);
    let first = it.course.lessons.first().map(|first| format!("{}/{}", it.root, first.slug));
    let before = before(&cx, &it.course);
    let published = Published { id: Uuid::nil(), number: 0, adopted: None, course: it.course };
    let page = move || view! { {band} <CoursePage published way_in=WayIn::Preview(first) before/> };
    Ok(cx.page(StatusCode::OK, Head::new("A preview", Area::Me), page).await)
}

/// GET /editing/{course}/preview/{lesson}
pub(crate) async fn lesson(cx: Cx, _: EditsCourses, At((slug, lesson)): At<(Slug, Slug)>) -> Answer {
    let it = match previewed(&cx, &slug).await? {
        Ok(it) => it,
        Err(why) => return not_yet(&cx, slug, why).await,
    };
    if let Err(why) = lesson_of(&it, &lesson) {
        return not_yet(&cx, slug, why).await;
    }
    let band = band(&it, &slug);
    let way = Way::in_preview(it.course, &lesson, &it.root).ok_or(TurnedAway::NotFound)?;
    let page = move || view! { {band} <LessonPage way/> };
    Ok(cx.page(StatusCode::OK, Head::new("A preview", Area::Me), page).await)
}

/// POST /editing/{course}/preview/{lesson}: on to the next lesson, as if this one had been read or gone round.
pub(crate) async fn go_on(cx: Cx, _: EditsCourses, At((slug, lesson)): At<(Slug, Slug)>) -> Answer {
    let it = match previewed(&cx, &slug).await? {
        Ok(it) => it,
        Err(why) => return not_yet(&cx, slug, why).await,
    };
    let next = it.course.after(&lesson).map(|next| format!("{}/{}", it.root, next.slug));
    Ok(cx.done(&next.unwrap_or(it.root)))
}

/// GET /editing/{course}/preview/{lesson}/reflection: what learners write there is theirs, so there is nothing to try.
pub(crate) async fn reflection(cx: Cx, _: EditsCourses, At((slug, lesson)): At<(Slug, Slug)>) -> Answer {
    let it = match previewed(&cx, &slug).await? {
        Ok(it) => it,
        Err(why) => return not_yet(&cx, slug, why).await,
    };
    let (band, back) = (band(&it, &slug), format!("{}/{lesson}", it.root));
    let page = move || {
        view! {
            {band}
            <div class="wrap reading form-page stack">
                <h1>"A reflection"</h1>
                <p class="lead">"Learners write here, for themselves alone. In a preview there is nothing to write."</p>
                <p><a class="button" href=back>"Back to the lesson"</a></p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::OK, Head::new("A preview", Area::Me), page).await)
}

/// A course, a lesson in it, and the name of a question.
type Asked = (Slug, Slug, String);

/// GET /editing/{course}/preview/{lesson}/check/{question}
pub(crate) async fn check(cx: Cx, _: EditsCourses, At(asked): At<Asked>) -> Answer {
    question(cx, asked, None).await
}

/// POST /editing/{course}/preview/{lesson}/check/{question}: says what the answer says for itself, and keeps nothing.
pub(crate) async fn try_check(cx: Cx, _: EditsCourses, At(asked): At<Asked>, typed: Typed) -> Answer {
    question(cx, asked, Some(typed)).await
}

async fn question(cx: Cx, (slug, lesson, id): Asked, typed: Option<Typed>) -> Answer {
    let it = match previewed(&cx, &slug).await? {
        Ok(it) => it,
        Err(why) => return not_yet(&cx, slug, why).await,
    };
    let found = match lesson_of(&it, &lesson) {
        Ok(found) => found,
        Err(why) => return not_yet(&cx, slug, why).await,
    };
    let path = format!("{}/{lesson}", it.root);
    match found.questions().find(|it| it.id == id) {
        Some(question) => preview_check(&cx, (found, question), path, typed, band(&it, &slug)).await,
        // It was put right since the page was opened.
        None => Ok(cx.done(&format!("{path}#checks"))),
    }
}

/// Says above the page, outside of what learners see, that it is a preview.
fn band(it: &Previewed, slug: &Slug) -> AnyView {
    let left_out = match it.left_out {
        0 => None,
        1 => Some(" One lesson is left out until it is put right."),
        _ => Some(" Some lessons are left out until they are put right."),
    };
    view! {
        <aside class="preview" aria-label="Preview">
            <div class="wrap"><p><b>"This is a preview."</b>" Nothing that you do in it is kept."{left_out}" "<a href=place(slug)>"Back to the draft"</a></p></div>
        </aside>
    }
    .into_any()
}

async fn not_yet(cx: &Cx, slug: Slug, why: NoPreview) -> Answer {
    let NoPreview::Faults(faults, path) = why else { return draft::none(cx, slug).await };
    let page = move || {
        view! {
            <div class="wrap reading form-page stack">
                <p><a class="crumb" href=place(&slug)>"The draft"</a></p>
                <h1>"There is something to put right first"</h1>
                <p class="lead">{(faults > 0).then(|| many(faults))}{(faults > 0).then_some(": ")}"what cannot be read cannot be shown."</p>
                <p><a class="button" href=path>"See what it is"</a></p>
            </div>
        }
    };
    Ok(cx.page(StatusCode::CONFLICT, Head::new("A preview", Area::Me), page).await)
}
