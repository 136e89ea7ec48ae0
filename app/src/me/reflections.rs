//! What I wrote after lessons: where each of my reflections is, also when I do not learn here any more.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::SignedIn;
use crate::ui::shell::{Area, Head};

/// What somebody wrote in one course.
struct InCourse {
    title: String,
    /// Each with the lesson after which it was written, in reading order.
    written: Vec<(String, String)>,
}

/// GET /me/reflections
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let written = store::reflections::written_by(cx.site.db(), me.id()).await?;
    let mut courses = Vec::new();
    for published in &cx.public.courses {
        let course = &published.course;
        let mut lessons: Vec<_> = written
            .iter()
            .filter(|it| it.0 == published.id)
            .map(|(_, slug)| {
                let found = course.lesson(slug);
                let title = found.map_or_else(|| GONE.to_owned(), |it| it.1.title.clone());
                let at = found.map_or(usize::MAX, |it| it.0);
                (at, format!("/learn/{}/{slug}/reflection", course.slug), title)
            })
            .collect();
        lessons.sort();
        if !lessons.is_empty() {
            let written = lessons.into_iter().map(|it| (it.1, it.2)).collect();
            courses.push(InCourse { title: course.outline.title.clone(), written });
        }
    }
    let done = (asks.text("done") == "back").then_some("You have taken it back. It is deleted.");
    let head = Head::new("What I wrote after lessons", Area::Learn);
    Ok(cx.page(StatusCode::OK, head, move || view! { <WrittenPage courses done/> }).await)
}

/// What stands for a lesson that its course does not have any more.
pub(crate) const GONE: &str = "A lesson that is no longer in the course";

#[component]
fn WrittenPage(courses: Vec<InCourse>, done: Option<&'static str>) -> impl IntoView {
    let none = courses.is_empty();
    let in_course = |it: InCourse| {
        view! {
            <section class="stack">
                <h2>{it.title}</h2>
                <ul role="list" class="stack">
                    {it.written
                        .into_iter()
                        .map(|(href, lesson)| view! { <li><a class="alone" href=href>{lesson}</a></li> })
                        .collect_view()}
                </ul>
            </section>
        }
    };
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/learn">"My courses"</a></p>
            <h1>"What I wrote after lessons"</h1>
            {done.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            <p class="lead">"Only you can open these. They stay yours as long as you have an account, also when you are not a learner here any more."</p>
            {none.then(|| view! { <p>"You have not written anything yet, or you took it back."</p> })}
            {courses.into_iter().map(in_course).collect_view()}
        </div>
    }
}
